"""What a command costs before it does anything, and what the expression language adds to that."""

from __future__ import annotations

import statistics
import sys

from tools.bench.timing import BASELINE, CERTGATE, RUNS, SAMPLES, seconds

COMMANDS = {
    "thumbprint of a DER file": ["thumbprint", f"{SAMPLES}/partner-a.cer"],
    "thumbprint of a PEM file": ["thumbprint", f"{SAMPLES}/partner-a.pem"],
    "--help": ["--help"],
    "validate --help": ["validate", "--help"],
    "explain CODE": ["explain", "PartialChain"],
    "check of a policy": ["check", "sample-policies/thumbprint.xml"],
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


def start_up() -> None:
    print(f'start-up of the whole process, as a multiple of python -c "import typer" (median of {RUNS} pairs)')
    for label, arguments in COMMANDS.items():
        pairs = [(seconds([*CERTGATE, *arguments]), seconds(BASELINE)) for _ in range(RUNS + 1)][1:]
        ratios = sorted(one / other for one, other in pairs)
        median = statistics.median(ratios)
        print(f"  {label:32} {median:5.2f} x   ({ratios[0]:.2f} to {ratios[-1]:.2f}; {pairs[0][0] * 1000:.0f} ms)")


def imports() -> None:
    """What the expression language adds to a process that has the command line loaded."""
    cli = "import certgate.cli.app"
    plain = [sys.executable, "-c", cli]
    whole = [sys.executable, "-c", f"{cli}; import certgate.csharp.expression"]
    pairs = [(seconds(whole), seconds(plain)) for _ in range(RUNS + 1)][1:]
    added = statistics.median(one - other for one, other in pairs)
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"import of the expression language beside the command line alone (median of {RUNS} pairs)")
    print(f"  {'certgate.csharp':32} {ratio:5.2f} x   ({added * 1000:.1f} ms more)")
