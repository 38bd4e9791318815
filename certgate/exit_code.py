"""The meaning of every exit status, and which wins. One meaning per code, whatever the command and the format."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Exit(IntEnum):
    """The meaning of every exit status."""

    OK = 0
    REJECTED = 1
    USAGE = 2
    INPUT = 3
    UNDECIDED = 4
    EXPECTATION = 5
    FINDINGS = 6
    BUG = 70
    INTERRUPTED = 130


_BY_WEIGHT = (Exit.BUG, Exit.USAGE, Exit.INPUT, Exit.EXPECTATION, Exit.REJECTED, Exit.FINDINGS, Exit.UNDECIDED, Exit.OK)
"""Of several the most serious wins: this order."""


def worst(codes: Iterable[Exit]) -> Exit:
    """The most serious of several exit codes; OK for none."""
    return min(codes, key=_BY_WEIGHT.index, default=Exit.OK)
