"""Remembering what was worked out, within bounds and for several threads at once. Knows nothing of what it is."""

from __future__ import annotations

from threading import Lock
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")

_keeping = Lock()


def keep(kept: dict[K, T], key: K, value: T, most: int) -> T:
    """Remember a value, and forget the oldest ones where there would be more than `most`. The value is returned.

    Every change of such a dictionary goes through here; it may be read at any time.
    """
    with _keeping:
        while len(kept) >= most:
            del kept[next(iter(kept))]
        kept[key] = value
    return value
