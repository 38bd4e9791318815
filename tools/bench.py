"""Measures certgate as ratios within one run, since absolute times say more about the machine than about the program.

Start-up is timed for the whole process, in turn with ``python -c "import typer"``; the rest in this process.
Run with ``make bench``. It judges nothing: it prints figures.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 15
BASELINE = [sys.executable, "-c", "import typer"]
CERTGATE = [sys.executable, "-m", "certgate"]
SAMPLES = "sample-certs"
COMMANDS = {
    "thumbprint of a DER file": ["thumbprint", f"{SAMPLES}/partner-a.cer"],
    "thumbprint of a PEM file": ["thumbprint", f"{SAMPLES}/partner-a.pem"],
    "--help": ["--help"],
    "validate --help": ["validate", "--help"],
    "inspect of a DER file": ["inspect", f"{SAMPLES}/partner-a.cer"],
    "verify, trust store with CRLs": ["verify", f"{SAMPLES}/partner-a.cer", "--trust", f"{SAMPLES}/trust"],
    "validate, seed sample": [
        "validate",
        f"{SAMPLES}/partner-a.cer",
        "--policy",
        "sample-policies/seed-thumbprint.xml",
        "--config",
        f"{SAMPLES}/certgate.toml",
    ],
}


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def start_up() -> None:
    print(f'start-up of the whole process, as a multiple of python -c "import typer" (median of {RUNS} pairs)')
    for label, arguments in COMMANDS.items():
        pairs = [(seconds([*CERTGATE, *arguments]), seconds(BASELINE)) for _ in range(RUNS + 1)][1:]
        ratios = sorted(one / other for one, other in pairs)
        median = statistics.median(ratios)
        print(f"  {label:32} {median:5.2f} x   ({ratios[0]:.2f} to {ratios[-1]:.2f}; {pairs[0][0] * 1000:.0f} ms)")


def main() -> None:
    start_up()


if __name__ == "__main__":
    main()
