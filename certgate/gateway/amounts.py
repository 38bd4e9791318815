"""Whole numbers and Booleans that attributes give, whatever an expression in them makes: seconds, counts, switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_TICKS = 10_000_000
"""Of a ``TimeSpan`` in a second."""
_LONGEST = 18
"""SECURITY: digits; no number of a policy is longer."""


def amount(run: Run, element: Element, name: str, holder: Element | None = None) -> int | None:
    """A number, of seconds where it is a length of time; None where it is not written or null. What is no number stops
    the run: its outcome is undecided."""
    value = run.value(element, name, holder)
    if value is None:
        return None
    number = _number(value)
    if number is None:
        from certgate.gateway.evaluating import Stopped

        raise Stopped(run.not_simulated(element, f"{name} gives no whole number", attribute=name))
    return number


def _number(value: Any) -> int | None:
    if isinstance(value, str):
        text = value.strip()
        return int(text) if text.removeprefix("-").isdecimal() and text.isascii() and len(text) <= _LONGEST else None
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    ticks = getattr(value, "ticks", None)
    return ticks // _TICKS if isinstance(ticks, int) and type(value).__name__ == "TimeSpanValue" else None


def switch(run: Run, element: Element, name: str, default: bool) -> bool:
    """The value of a Boolean attribute that may be left out."""
    if element.value(name) is None:
        return default
    value = run.value(element, name)
    return value.strip().lower() in ("true", "1") if isinstance(value, str) else bool(value)


def texts(run: Run, element: Element, group: str, each: str) -> tuple[str, ...]:
    """The texts of the children `each` inside the children `group`, as C# has them.

    SECURITY: an empty one stays, since a list of nothing else allows nothing, where no list allows everything.
    """
    from certgate.csharp.values import to_utf16

    found = [run.content(element, child) for holder in element.named(group) for child in holder.named(each)]
    return tuple(to_utf16(text or "") for text in found)
