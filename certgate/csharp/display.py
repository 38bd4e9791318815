"""Values as C# would write them, for people: in the explain tree, in reports, at the prompt."""

from __future__ import annotations

from typing import Any

from certgate.csharp.runtime import (
    Budget,
    BudgetExceeded,
    Limits,
    ThrownException,
    UnsupportedReached,
    running,
)
from certgate.csharp.utf16 import from_utf16
from certgate.csharp.values import (
    ByteArray,
    Char,
    DelegateValue,
    EnumValue,
    NetArray,
    NetObject,
    NetSequence,
    text_of,
    type_of,
)

SHOWING = Limits(steps=1_000_000, items=1024 * 1024)
"""What showing values may cost."""

_MAX_LEVEL = 4
"""Levels of arrays inside one another that are shown."""

_ESCAPES = {
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\0": "\\0",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}


def quote(text: str, mark: str = '"') -> str:
    """A string or character as C# would write it."""
    parts = []
    for char in from_utf16(text):
        if char == mark:
            parts.append("\\" + char)
        elif char in _ESCAPES:
            parts.append(_ESCAPES[char])
        else:
            parts.append(char if char.isprintable() else f"\\u{ord(char):04x}")
    return mark + "".join(parts) + mark


def shown(value: Any, budget: Budget | None = None) -> str:
    """What :func:`display` makes of a value, however large or deep it is, or why it cannot be shown.

    SECURITY: showing costs no more than the `budget`, or a small one of its own; beyond it only the type is shown.
    """
    if not isinstance(value, NetObject):
        return display(value)
    try:
        with running(budget or Budget(SHOWING)):
            return display(value)
    except (ThrownException, UnsupportedReached) as error:
        return error.message
    except BudgetExceeded:
        return type_of(value).display


def display(value: Any, limit: int = 20, level: int = 0) -> str:
    """A value for a person, as C# would write it; of a collection the first `limit` elements."""
    if value is None:
        return "null"
    if isinstance(value, Char):
        return quote(value, "'")
    if isinstance(value, str):
        return quote(value) if len(value) <= 400 else quote(value[:400])[:-1] + '…"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, EnumValue):
        return f"{value.net_type.display}.{value.to_text()}" if value.to_text()[:1].isalpha() else value.to_text()
    if isinstance(value, ByteArray):
        return f"byte[{len(value)}]"
    if isinstance(value, NetArray) and level < _MAX_LEVEL:
        parts = [display(item, 5, level + 1) for item in value.items[:limit]]
        more = ", …" if len(value.items) > limit else ""
        return f"{{ {', '.join(parts)}{more} }}" if parts else "{ }"
    kind = type_of(value)
    if isinstance(value, NetSequence | DelegateValue):
        return kind.display
    if kind.full_name.endswith(".X509Certificate2"):
        return _subject(value)
    try:
        text = from_utf16(text_of(value))
    except UnsupportedReached:
        # An exception that was thrown: its text has a stack trace, which nobody knows.
        text = from_utf16(value.head()) if hasattr(type(value), "head") else f"({kind.display})"
    return text if len(text) <= 400 else text[:400] + "…"


def _subject(value: Any) -> str:
    """What a certificate is known by."""
    for owner in (type_of(value), *type_of(value).bases):
        definition = owner.definition
        for member in definition.members("Subject") if definition is not None else ():
            if member.call is not None:
                return from_utf16(str(member.call(value)))
    return type_of(value).display
