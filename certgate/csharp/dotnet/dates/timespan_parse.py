"""Texts that TimeSpan.Parse and TimeSpan.ParseExact read, in the invariant culture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.dates.timespan_format import tokens
from certgate.csharp.dotnet.system import faults

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

_SECOND = 10_000_000
_UNITS = {"d": 86400 * _SECOND, "h": 3600 * _SECOND, "m": 60 * _SECOND, "s": _SECOND}
_LIMITS = {"d": 10_675_199, "h": 23, "m": 59, "s": 59}
_PATTERN = re.compile(r"(-?)(\d+(?:[.:]\d+){0,4})", re.ASCII)
_SHAPES = {
    "": ("d",),
    ":": ("hm",),
    "::": ("hms", "dhm"),
    ".:": ("dhm",),
    "::.": ("hmsf",),
    ".::": ("dhms",),
    ":::": ("dhms",),
    ".::.": ("dhmsf",),
    ":::.": ("dhmsf",),
}
"""By the separators of a text, what its numbers may be; the first that they fit in counts."""

_CONSTANT = {shape: kinds[:1] for shape, kinds in _SHAPES.items() if not shape.startswith(":::")}
_GENERAL = {shape: kinds for shape, kinds in _SHAPES.items() if not shape.startswith(".")}
_STANDARD = {"c": _CONSTANT, "t": _CONSTANT, "T": _CONSTANT, "g": _GENERAL, "G": {":::.": _SHAPES[":::."]}}


def parse_timespan(text: str, allowed: dict[str, tuple[str, ...]] = _SHAPES) -> int:
    """Ticks. `allowed`: what may stand between the numbers, and what they are then.

    Raises FormatException and OverflowException.
    """
    found = _PATTERN.fullmatch(text.strip().rstrip("\0"))
    numbers = re.split("[.:]", found[2]) if found else []
    shapes = allowed.get(re.sub(r"\d", "", found[2])) if found else None
    if found is None or shapes is None:
        raise unrecognized(text)
    for shape in shapes:
        parts = dict(zip(shape, numbers, strict=True))
        fraction = _fraction(parts.pop("f", "0"))
        counts = {name: int(value[-12:]) if value[:-12].strip("0") == "" else 1 << 40 for name, value in parts.items()}
        if fraction is not None and all(count <= _LIMITS[name] for name, count in counts.items()):
            return _fit(_total(counts, text) + fraction, found[1] == "-", text)
    raise _overflow(text)


def _fraction(digits: str) -> int | None:
    """Ticks; None for too many digits. Of those with zeros in front, .NET rounds what is too long."""
    number = digits.lstrip("0")
    if len(number) > 7:
        return None
    if len(digits) <= 7 or not number:
        return int(digits.ljust(7, "0")) if number else 0
    if len(digits) > 20:
        return 0
    scale: int = 10 ** (len(digits) - 7)
    return (2 * int(number) + scale) // (2 * scale)


def parse_timespan_exact(text: str, spec: str, negative: bool = False) -> int:
    """Ticks. `negative`: TimeSpanStyles.AssumeNegative. Raises FormatException and OverflowException."""
    if len(spec) == 1:
        if spec not in _STANDARD:
            raise faults.bad_format()
        return parse_timespan(text, _STANDARD[spec])
    if not spec:
        raise faults.bad_format()
    parts: dict[str, int] = {}
    at = 0
    for kind, pattern in tokens(spec):
        if kind == "literal":
            if not text.startswith(pattern, at):
                raise unrecognized(text)
            at += len(pattern)
            continue
        digits = re.compile(r"\d*", re.ASCII).match(text, at, at + _most(kind, pattern))
        length = len(digits[0]) if digits else 0
        if length < (0 if kind == "F" else len(pattern)) or kind in parts:
            raise unrecognized(text)
        parts[kind] = int((text[at : at + length] or "0").ljust(7, "0") if kind in "fF" else text[at : at + length])
        at += length
    if at != len(text):
        raise unrecognized(text)
    ticks = _total({name: parts.get(name, 0) for name in "dhms"}, text)
    return _fit(ticks + parts.get("f", parts.get("F", 0)), negative, text)


def _most(kind: str, pattern: str) -> int:
    """How many digits a field takes at most: exactly as many as its letters, two or eight for a single letter."""
    if kind in "fF" or len(pattern) > 1:
        return max(len(pattern), 8 if kind == "d" else 0)
    return 8 if kind == "d" else 2


def _total(parts: dict[str, int], text: str) -> int:
    if any(value > _LIMITS[name] for name, value in parts.items()):
        raise _overflow(text)
    return sum(value * _UNITS[name] for name, value in parts.items())


def _fit(ticks: int, negative: bool, text: str) -> int:
    signed = -ticks if negative else ticks
    if not -(1 << 63) <= signed < 1 << 63:
        raise _overflow(text)
    return signed


def unrecognized(text: str) -> ThrownException:
    return faults.format_error(f"String '{text}' was not recognized as a valid TimeSpan.")


def _overflow(text: str) -> ThrownException:
    return faults.overflow(
        f"The TimeSpan string '{text}' could not be parsed because at least one of the numeric "
        "components is out of range or "
        "contains too many digits."
    )
