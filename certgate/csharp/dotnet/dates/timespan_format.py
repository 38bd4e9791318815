"""Standard and custom TimeSpan format strings (c, g, G and ``hh\\:mm``), in the invariant culture."""

from __future__ import annotations

from certgate.csharp.dotnet.system import faults

_SECOND = 10_000_000
_LONGEST = {"d": 8, "h": 2, "m": 2, "s": 2, "f": 7, "F": 7}


def format_timespan(ticks: int, spec: str | None) -> str:
    """Raises FormatException."""
    if not spec or spec in ("c", "t", "T"):
        return _constant(ticks)
    if spec in ("g", "G"):
        return _general(ticks, spec == "G")
    if len(spec) == 1:
        raise faults.bad_format()
    return _custom(abs(ticks), spec)


def _split(ticks: int) -> tuple[int, int, int, int, int]:
    """Days, hours, minutes, seconds and ticks below a second of the magnitude."""
    seconds, fraction = divmod(abs(ticks), _SECOND)
    return seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60, fraction


def _constant(ticks: int) -> str:
    days, hours, minutes, seconds, fraction = _split(ticks)
    sign = "-" if ticks < 0 else ""
    day_part = f"{days}." if days else ""
    tail = f".{fraction:07}" if fraction else ""
    return f"{sign}{day_part}{hours:02}:{minutes:02}:{seconds:02}{tail}"


def _general(ticks: int, long: bool) -> str:
    days, hours, minutes, seconds, fraction = _split(ticks)
    sign = "-" if ticks < 0 else ""
    if long:
        return f"{sign}{days}:{hours:02}:{minutes:02}:{seconds:02}.{fraction:07}"
    day_part = f"{days}:" if days else ""
    tail = f".{fraction:07}".rstrip("0") if fraction else ""
    return f"{sign}{day_part}{hours}:{minutes:02}:{seconds:02}{tail}"


def _custom(ticks: int, spec: str) -> str:
    days, hours, minutes, seconds, fraction = _split(ticks)
    values = {"d": days, "h": hours, "m": minutes, "s": seconds}
    out: list[str] = []
    for kind, text in tokens(spec):
        if kind == "literal":
            out.append(text)
        elif kind in values:
            out.append(f"{values[kind]:0{len(text)}}")
        else:
            digits = f"{fraction:07}"[: len(text)]
            out.append(digits.rstrip("0") if kind == "F" else digits)
    return "".join(out)


def tokens(spec: str) -> list[tuple[str, str]]:
    """The parts of a custom format: (letter, the letters) or ("literal", text). Raises FormatException."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(spec):
        char = spec[at]
        if char in _LONGEST:
            length = len(spec[at:]) - len(spec[at:].lstrip(char))
            if length > _LONGEST[char]:
                raise faults.bad_format()
            found.append((char, char * length))
            at += length
        elif char in "'\"":
            end = spec.find(char, at + 1)
            if end < 0:
                raise faults.bad_format()
            found.append(("literal", spec[at + 1 : end]))
            at = end + 1
        elif char == "%" and spec[at + 1 : at + 2] in _LONGEST:
            found.append((spec[at + 1], spec[at + 1]))
            at += 2
        elif char == "\\" and at + 1 < len(spec):
            found.append(("literal", spec[at + 1]))
            at += 2
        else:
            raise faults.bad_format()
    return found
