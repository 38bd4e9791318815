"""Where the library's random values come from: the evaluation that draws them is given a source, or has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation


def draw(run: Evaluation, count: int) -> bytes:
    """That many random bytes."""
    charge_size(count)
    charge_steps(5)
    if run.entropy is None:
        raise UnsupportedReached("a random value is another one each time")
    return run.entropy(count)


def mark(run: Evaluation) -> None:
    """A library beneath draws the random bytes itself; the run counts as one that drew some."""
    draw(run, 1)
