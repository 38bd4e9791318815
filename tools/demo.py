"""The main job, shown: three clients under one policy. Run with ``make demo``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from certgate.cli.app import run

CLIENTS = ("partner-a.cer", "revoked.cer", "other-ca.cer")


def main() -> None:
    os.chdir(Path(__file__).parents[1])
    for client in CLIENTS:
        line = ["validate", f"sample-certs/{client}", "--policy", "sample-policies/thumbprint.xml"]
        line += ["--config", "sample-certs/certgate.toml"]
        print(f"$ certgate {' '.join(line)}")
        sys.stdout.flush()
        code = run(line)
        print(f"(exit code {int(code)})\n")


if __name__ == "__main__":
    main()
