"""The random values of a run: a stream of bytes that depends on what the run was given and on nothing else.

A check that runs in a pipeline has to answer the same each time, so nothing here is secret, and nothing of it may
protect anything.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Entropy:
    """The stream. `position` counts the bytes that were drawn; setting it back draws the same ones again.

    `seed` is asked for when the first are drawn, `drawn` is called whenever some are.
    """

    def __init__(self, seed: Callable[[], str], drawn: Callable[[], None]) -> None:
        self._drawn = drawn
        self._make_seed = seed
        self._seed: bytes | None = None
        self.position = 0

    def draw(self, count: int) -> bytes:
        """The next `count` bytes."""
        self._drawn()
        if self._seed is None:
            self._seed = self._make_seed().encode("utf-8", "surrogatepass")
        seed = self._seed
        start, self.position = self.position, self.position + count
        first, last = start // _BLOCK, (self.position - 1) // _BLOCK
        data = b"".join(hashlib.sha512(at.to_bytes(8, "big") + seed).digest() for at in range(first, last + 1))
        return data[start - first * _BLOCK :][:count]


_BLOCK = hashlib.sha512().digest_size
