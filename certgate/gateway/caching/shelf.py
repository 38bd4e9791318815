"""What a cache keeps: entries with their time, in the session's tables, within limits of size.

Knows neither responses nor values: their modules beside this one do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.gateway.session import Full

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from certgate.gateway.run import Run
    from certgate.policy.document import Element

MAX_ITEM = 2 * 1024 * 1024
"""Bytes: the gateway keeps nothing larger."""
MAX_TOTAL = 64 * 1024 * 1024
"""SECURITY: bytes of all that a run keeps."""
MAX_SECONDS = 10 * 366 * 86400
"""SECURITY: no entry lives longer."""
_SIZES = "cache-size"


@frozen
class Entry:
    """`refresh`: from then on it is to be made anew, though it can still be had. `secrets` as ``Secrets.kept`` gives
    them; `secret`: the value itself is one."""

    value: Any
    until: datetime
    refresh: datetime
    secrets: tuple[frozenset[str], tuple[tuple[str, str], ...]]
    secret: bool = False


def family(name: str, element: Element) -> str:
    """The table of the cache that an element means."""
    return f"{name}:{'external' if element.literal('caching-type') == 'external' else 'internal'}"


def found(run: Run, table: str, key: Hashable) -> Entry | None:
    """What the cache has under a key; None where its time is over."""
    entry = run.session.get(table, key)
    if isinstance(entry, Entry) and run.now < entry.until:
        run.secrets.adopt(entry.secrets)
        return entry
    run.assume("cache-empty")
    return None


def later(run: Run, seconds: int) -> datetime:
    return run.now + timedelta(seconds=min(seconds, MAX_SECONDS))


def keep(run: Run, table: str, key: Hashable, entry: Entry | tuple[Entry, ...], size: int) -> None:
    """Raises Full."""
    total = (run.session.get(_SIZES, "") or 0) + size
    if total > MAX_TOTAL:
        raise Full
    run.session.put(table, key, entry)
    run.session.put(_SIZES, "", total)
