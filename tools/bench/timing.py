"""How things are timed, and the processes that others are compared with."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
RUNS = 15
BASELINE = [sys.executable, "-c", "import typer"]
CERTGATE = [sys.executable, "-m", "certgate"]
SAMPLES = "sample-certs"


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def microseconds(function: Callable[[], object], count: int = 2_000) -> float:
    """The best of several rounds, for one call."""
    rounds = []
    for _ in range(7):
        start = time.perf_counter()
        for _ in range(count):
            function()
        rounds.append((time.perf_counter() - start) / count * 1e6)
    return min(rounds)
