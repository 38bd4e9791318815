"""Texts that TimeSpan.Parse and TimeSpan.ParseExact read, in the invariant culture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.timespan_format import tokens

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

_SECOND = 10_000_000
_UNITS = {"d": 86400 * _SECOND, "h": 3600 * _SECOND, "m": 60 * _SECOND, "s": _SECOND}
_LIMITS = {"d": 10_675_199, "h": 23, "m": 59, "s": 59}
_PATTERN = re.compile(
    r"(?P<sign>-?)(?:(?P<only>\d+)|(?:(?P<d>\d+)[.:])?(?P<h>\d+):(?P<m>\d+)(?::(?P<s>\d+)(?:\.(?P<f>\d+))?)?)", re.ASCII
)


def parse_timespan(text: str) -> int:
    """Ticks. Raises FormatException and OverflowException."""
    found = _PATTERN.fullmatch(text.strip().rstrip("\0"))
    if found is None:
        raise _unrecognized(text)
    parts = {name: found[name] or "0" for name in "dhms"}
    if found["only"]:
        parts["d"] = found["only"]
    if found["d"] and found["s"] is None and ":" in text[: text.find(found["h"], len(found["d"]))]:
        parts = {"d": "0", "h": found["d"], "m": found["h"], "s": found["m"]}
    fraction = found["f"] or ""
    ticks = _total({name: int(value[:12]) for name, value in parts.items()}, text)
    if len(fraction) > 7:
        raise _overflow(text)
    return _fit(ticks + int(fraction.ljust(7, "0")), found["sign"] == "-", text)


def parse_timespan_exact(text: str, spec: str, negative: bool = False) -> int:
    """Ticks. `negative`: TimeSpanStyles.AssumeNegative. Raises FormatException and OverflowException."""
    if len(spec) == 1:
        if spec not in "ctTgG":
            raise faults.bad_format()
        return parse_timespan(text)
    parts: dict[str, int] = {}
    at = 0
    for kind, pattern in tokens(spec):
        if kind == "literal":
            if not text.startswith(pattern, at):
                raise _unrecognized(text)
            at += len(pattern)
            continue
        digits = re.compile(r"\d*", re.ASCII).match(text, at, at + _most(kind, pattern))
        length = len(digits[0]) if digits else 0
        if length < (0 if kind == "F" else len(pattern)) or kind in parts:
            raise _unrecognized(text)
        parts[kind] = int((text[at : at + length] or "0").ljust(7, "0") if kind in "fF" else text[at : at + length])
        at += length
    if at != len(text):
        raise _unrecognized(text)
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


def _unrecognized(text: str) -> ThrownException:
    return faults.format_error(f"String '{text}' was not recognized as a valid TimeSpan.")


def _overflow(text: str) -> ThrownException:
    return faults.overflow(
        f"The TimeSpan string '{text}' could not be parsed because at least one of the numeric "
        "components is out of range or "
        "contains too many digits."
    )
