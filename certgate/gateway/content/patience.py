"""Work in a library that has no limit of its own and that nothing can stop: nobody waits for it beyond some seconds.

SECURITY: what is left behind ends with the process, whose end it does not hold up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SECONDS = 2.0
"""What libxml2 does to ordinary documents takes a thousandth of that."""


class TooLong(Exception):
    """The work is not done yet."""


def in_time(work: Callable[[], T], seconds: float) -> T:
    """What `work` gives or raises. Raises TooLong."""
    from threading import Thread

    done: list[T] = []
    raised: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:
            raised.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not done:
        raise TooLong
    return done[0]
