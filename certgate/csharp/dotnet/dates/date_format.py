"""Standard and custom date and time format strings, in the invariant culture.

https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings. Works on ticks; knows
no values of the simulated program.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from datetime import tzinfo

UNSPECIFIED, UTC_KIND, LOCAL = 0, 1, 2

STANDARD = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "m": "MMMM dd",
    "M": "MMMM dd",
    "o": "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
    "O": "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
    "r": "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    "R": "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    "s": "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "u": "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
    "U": "dddd, dd MMMM yyyy HH:mm:ss",
    "y": "yyyy MMMM",
    "Y": "yyyy MMMM",
}


@frozen
class Moment:
    """What is written: clock reading, kind, the gateway's zone and, for a DateTimeOffset, its offset in ticks."""

    ticks: int
    kind: int = UNSPECIFIED
    zone: tzinfo = UTC
    offset: int | None = None


def format_moment(moment: Moment, spec: str | None) -> str:
    """Raises FormatException as .NET does."""
    if not spec:
        spec = "G" if moment.offset is None else "MM/dd/yyyy HH:mm:ss zzz"
    if len(spec) == 1:
        moment, spec = _standard(moment, spec)
    charge_steps(len(spec))
    return _Writer(moment, spec).write()


def _standard(moment: Moment, letter: str) -> tuple[Moment, str]:
    pattern = STANDARD.get(letter)
    if pattern is None or (letter == "U" and moment.offset is not None):
        raise faults.bad_format()
    if letter in "rRu" and moment.offset is not None:
        return Moment(moment.ticks - moment.offset, offset=0), pattern
    if letter == "U" and moment.kind != UTC_KIND:
        return Moment(calendar.local_to_utc(moment.ticks, moment.zone), UTC_KIND), pattern
    return moment, pattern


def offset_text(ticks: int, style: int) -> str:
    """1: ``+2``, 2: ``+02``, 3: ``+02:00``."""
    sign, minutes = "-" if ticks < 0 else "+", abs(ticks) // calendar.MINUTE
    hours = minutes // 60
    if style == 1:
        return f"{sign}{hours}"
    return f"{sign}{hours:02}" if style == 2 else f"{sign}{hours:02}:{minutes % 60:02}"


class _Writer:
    def __init__(self, moment: Moment, spec: str) -> None:
        self.moment = moment
        self.spec = spec
        self.parts = calendar.parts(moment.ticks)
        self.out: list[str] = []

    def write(self) -> str:
        at = 0
        while at < len(self.spec):
            at += self._token(at)
        return "".join(self.out)

    def _token(self, at: int) -> int:
        """Write what stands at `at`; the number of characters that it took."""
        char = self.spec[at]
        if char in "'\"":
            return self._quoted(at, char)
        if char == "\\":
            if at + 1 >= len(self.spec):
                raise faults.bad_format()
            self.out.append(self.spec[at + 1])
            return 2
        if char == "%":
            if at + 1 >= len(self.spec) or self.spec[at + 1] == "%":
                raise faults.bad_format()
            self._field(self.spec[at + 1], 1)
            return 2
        if char == "K":
            self._field("K", 1)
            return 1
        length = 1
        while char in "ghHmsfFtdMyz" and at + length < len(self.spec) and self.spec[at + length] == char:
            length += 1
        self._field(char, length)
        return length

    def _quoted(self, at: int, quote: str) -> int:
        start = at
        at += 1
        while at < len(self.spec):
            char = self.spec[at]
            at += 1
            if char == quote:
                return at - start
            if char == "\\":
                if at >= len(self.spec):
                    raise faults.bad_format()
                char = self.spec[at]
                at += 1
            self.out.append(char)
        raise faults.format_error(f"Cannot find a matching quote character for the character '{quote}'.")

    def _field(self, char: str, length: int) -> None:
        p = self.parts
        match char:
            case "d" | "M":
                self.out.append(self._day(length) if char == "d" else self._month(length))
            case "h":
                self.out.append(_digits((p.hour + 11) % 12 + 1, length))
            case "H":
                self.out.append(_digits(p.hour, length))
            case "m":
                self.out.append(_digits(p.minute, length))
            case "s":
                self.out.append(_digits(p.second, length))
            case "f" | "F":
                self._fraction(length, trimmed=char == "F")
            case "t":
                half = "AM" if p.hour < 12 else "PM"
                self.out.append(half[0] if length == 1 else half)
            case "y":
                self.out.append(_digits(p.year % 100, length) if length <= 2 else f"{p.year:0{length}}")
            case "z":
                self.out.append(offset_text(self._offset(), min(length, 3)))
            case "K":
                self.out.append(self._zone())
            case "g":
                self.out.append("A.D.")
            case _:
                self.out.append(char)

    def _day(self, length: int) -> str:
        if length <= 2:
            return _digits(self.parts.day, length)
        name = calendar.DAYS[calendar.day_of_week(self.moment.ticks)]
        return name[:3] if length == 3 else name

    def _month(self, length: int) -> str:
        if length <= 2:
            return _digits(self.parts.month, length)
        name = calendar.MONTHS[self.parts.month - 1]
        return name[:3] if length == 3 else name

    def _fraction(self, length: int, trimmed: bool) -> None:
        if length > 7:
            raise faults.bad_format()
        text = f"{self.parts.fraction:07}"[:length]
        if trimmed:
            text = text.rstrip("0")
            if not text and self.out and self.out[-1].endswith("."):
                self.out[-1] = self.out[-1][:-1]
        self.out.append(text)

    def _offset(self) -> int:
        moment = self.moment
        if moment.offset is not None:
            return moment.offset
        return 0 if moment.kind == UTC_KIND else calendar.local_offset(moment.ticks, moment.zone)

    def _zone(self) -> str:
        if self.moment.offset is None and self.moment.kind == UNSPECIFIED:
            return ""
        if self.moment.offset is None and self.moment.kind == UTC_KIND:
            return "Z"
        return offset_text(self._offset(), 3)


def _digits(value: int, length: int) -> str:
    return f"{value:02}" if length > 1 else str(value)
