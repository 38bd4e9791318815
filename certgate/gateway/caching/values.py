"""Values under keys: what of a C# value a cache can keep, and the copy that comes out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.gateway.caching.shelf import MAX_ITEM, Entry, family, found, keep, later
from certgate.gateway.context.variable_types import storable
from certgate.gateway.session import Full

if TYPE_CHECKING:
    from certgate.gateway.ending import Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

VALUES = "cache-value"


@frozen
class Kept:
    """What is to be kept, for how many seconds, and after how many it is to be made anew."""

    value: Any
    seconds: int
    refresh: int
    secret: bool


def copied(value: Any) -> Any:
    """A copy that shares nothing with the value that can be changed."""
    from certgate.csharp.values import ByteArray

    if isinstance(value, ByteArray):
        return ByteArray(bytes(value))
    clone = getattr(value, "clone", None)
    return clone() if clone is not None else value


def store(element: Element, run: Run, key: str, kept: Kept) -> Undecided | None:
    """Keep a value; Undecided where certgate does not know what the cache makes of it. SECURITY: an answer is not kept,
    as a cache writes values down and nobody says how."""
    from certgate.csharp.values import text_of

    kind = run.type_name(kept.value)
    if not storable(kind) or kind == "IResponse":
        return run.not_simulated(element, f"what a cache makes of a value of type {kind} is not known")
    size = len(kept.value) if isinstance(kept.value, str | bytes | bytearray) else len(text_of(kept.value))
    if size > MAX_ITEM:
        run.says("not kept: the value is larger than 2 MiB")
        return None
    until, refresh = later(run, kept.seconds), later(run, kept.refresh)
    entry = Entry(copied(kept.value), until, refresh, run.secrets.kept(), kept.secret)
    try:
        keep(run, family(VALUES, element), key, entry, size)
    except Full:
        return run.not_simulated(element, "the cache holds more than certgate keeps")
    return None


def look_up(element: Element, run: Run, key: str) -> Entry | None:
    return found(run, family(VALUES, element), key)


def take(run: Run, name: str, entry: Entry) -> None:
    """Give a variable the value of an entry."""
    run.variables[name] = copied(entry.value)
    if entry.secret:
        run.secrets.mark(f'"{name}"')


def remove(element: Element, run: Run, key: str) -> None:
    run.session.remove(family(VALUES, element), key)


def key_of(element: Element, run: Run) -> str | None:
    """The key that an element names; None where it has none. SECURITY: a cache under no key is nobody's."""
    return run.text(element, "key") or None
