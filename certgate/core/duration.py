"""Lengths of time in words. Knows no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60))


def span(delta: timedelta) -> str:
    """A length of time in the largest unit that gives a whole number: ``12 days``, ``1 hour``, ``0 seconds``."""
    seconds = int(delta.total_seconds())
    unit, size = next(((unit, size) for unit, size in _UNITS if seconds >= size), ("second", 1))
    count = seconds // size
    return f"{count:,} {unit}{'' if count == 1 else 's'}"
