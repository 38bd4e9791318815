"""Texts read by an exact date and time format, in the invariant culture (DateTime.ParseExact)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet import calendar, faults
from certgate.csharp.dotnet.date_format import STANDARD
from certgate.csharp.dotnet.date_parse import Reading, bad_calendar, full_year, unrecognized
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

_PATTERNS = {**STANDARD, "U": STANDARD["F"]}
LEADING_WHITE, TRAILING_WHITE, INNER_WHITE = 1, 2, 4


def parse_exact(text: str, spec: str, today: tuple[int, int, int], styles: int = 0) -> Reading:
    """`styles`: DateTimeStyles, of which the three for white space matter here. Raises FormatException."""
    if not text:
        raise unrecognized(text)
    if not spec:
        raise faults.bad_format()
    pattern = spec
    if len(spec) == 1:
        if spec not in _PATTERNS:
            raise faults.bad_format()
        pattern = _PATTERNS[spec]
    body = text
    if styles & TRAILING_WHITE:
        body, pattern = body.rstrip(), pattern.rstrip()
    if styles & LEADING_WHITE:
        body, pattern = body.lstrip(), pattern.lstrip()
    charge_steps(len(text) + len(pattern))
    reader = _Reader(text, body, pattern, styles & INNER_WHITE != 0)
    reader.walk()
    reading = reader.result(today)
    if spec in ("r", "R", "u"):
        return Reading(reading.ticks, 0, zulu=True) if spec == "u" else reading
    return reading


class _Reader:
    """One walk over format and text together; `fields` holds what was read, by its letter."""

    def __init__(self, text: str, body: str, pattern: str, inner_white: bool) -> None:
        self.text = text
        self.body = body
        self.pattern = pattern
        self.inner_white = inner_white
        self.at = 0
        self.fields: dict[str, int] = {}
        self.zulu = False

    def fail(self) -> ThrownException:
        return unrecognized(self.text)

    def walk(self) -> None:
        at = 0
        while at < len(self.pattern):
            at = self._token(at)
            if self.inner_white:
                self.at += len(self.body) - self.at - len(self.body[self.at :].lstrip())
        if self.at < len(self.body):
            raise self.fail()

    def _token(self, at: int) -> int:
        char = self.pattern[at]
        if char in "'\"":
            end = self.pattern.find(char, at + 1)
            if end < 0:
                raise faults.format_error(f"Cannot find a matching quote character for the character '{char}'.")
            self._literal(self.pattern[at + 1 : end])
            return end + 1
        if char == "\\" or char == "%":
            if at + 1 >= len(self.pattern):
                raise faults.bad_format()
            if char == "\\":
                self._literal(self.pattern[at + 1])
                return at + 2
            self._field(self.pattern[at + 1], 1)
            return at + 2
        length = 1
        while char in "ghHmsfFtdMyz" and self.pattern[at + length : at + length + 1] == char:
            length += 1
        self._field(char, length)
        return at + length

    def _literal(self, text: str) -> None:
        if self.inner_white and not text.strip():
            return
        if not self.body.startswith(text, self.at):
            raise self.fail()
        self.at += len(text)

    def _field(self, char: str, length: int) -> None:
        match char:
            case "y":
                self._year(length)
            case "M" | "d" if length > 2:
                names = calendar.MONTHS if char == "M" else calendar.DAYS
                index = self._name(names, short=length == 3)
                self._set("M" if char == "M" else "w", index + 1 if char == "M" else index)
            case "M" | "d" | "H" | "h" | "m" | "s":
                self._set(char, self._digits(1 if length == 1 else 2, 2))
            case "f" | "F":
                self._fraction(length, optional=char == "F")
            case "t":
                self._half_day(length)
            case "z":
                self._set("z", self._offset(length))
            case "K":
                self._zone()
            case "g":
                self._literal("A.D.")
            case ".":
                self._point()
            case _:
                self._literal(char)

    def _set(self, field: str, value: int) -> None:
        if self.fields.setdefault(field, value) != value:
            raise self.fail()

    def _digits(self, least: int, most: int) -> int:
        end = self.at
        while end < len(self.body) and end - self.at < most and self.body[end] in "0123456789":
            end += 1
        if end - self.at < least:
            raise self.fail()
        start, self.at = self.at, end
        return int(self.body[start:end])

    def _year(self, length: int) -> None:
        if length <= 2:
            start = self.at
            self._digits(length, 2)
            self._set("y", full_year(self.body[start : self.at]))
        else:
            self._set("y", self._digits(length if length > 3 else 3, max(length, 4)))

    def _fraction(self, length: int, optional: bool) -> None:
        if length > 7:
            raise faults.bad_format()
        start = self.at
        self._digits(0 if optional else length, length) if self.at < len(self.body) or not optional else None
        self._set("f", int(self.body[start : self.at].ljust(7, "0")))

    def _point(self) -> None:
        """A point is left out together with an empty fraction."""
        if self.body.startswith(".", self.at):
            self.at += 1
        elif not self.pattern[self.pattern.find(".") + 1 :].startswith("F"):
            raise self.fail()

    def _name(self, names: tuple[str, ...], short: bool) -> int:
        rest = self.body[self.at :].lower()
        for index, name in enumerate(names):
            wanted = name[:3] if short else name
            if rest.startswith(wanted.lower()):
                self.at += len(wanted)
                return index
        raise self.fail()

    def _half_day(self, length: int) -> None:
        text = self.body[self.at : self.at + (1 if length == 1 else 2)].upper()
        if text not in (("A", "P") if length == 1 else ("AM", "PM")):
            raise self.fail()
        self.at += len(text)
        self._set("t", text.startswith("P"))

    def _offset(self, length: int) -> int:
        sign = self.body[self.at : self.at + 1]
        if sign not in ("+", "-"):
            raise self.fail()
        self.at += 1
        ticks = self._digits(1 if length == 1 else 2, 2) * calendar.HOUR
        if length > 2:
            self.at += self.body.startswith(":", self.at)
            ticks += self._digits(2, 2) * calendar.MINUTE
        return -ticks if sign == "-" else ticks

    def _zone(self) -> None:
        if self.body.startswith("Z", self.at):
            self.at += 1
            self.zulu = True
            self._set("z", 0)
        elif self.body[self.at : self.at + 1] in ("+", "-"):
            self._set("z", self._offset(3))

    def result(self, today: tuple[int, int, int]) -> Reading:
        fields = self.fields
        dated = fields.keys() & {"y", "M", "d"}
        year = fields.get("y", today[0])
        month = fields.get("M", 1 if dated else today[1])
        day = calendar.date_ticks(year, month, fields.get("d", 1 if dated else today[2]))
        hour = fields.get("H", fields.get("h", 0))
        if "t" in fields:
            hour = hour % 12 + 12 * fields["t"] if hour <= 12 else hour
        minute, second = fields.get("m", 0), fields.get("s", 0)
        if day is None or hour > 23 or minute > 59 or second > 59:
            raise bad_calendar(self.text)
        ticks = day + hour * calendar.HOUR + minute * calendar.MINUTE + second * calendar.SECOND + fields.get("f", 0)
        if "w" in fields and fields["w"] != calendar.day_of_week(ticks):
            raise faults.format_error(
                f"String '{self.text}' was not recognized as a valid DateTime because the day of week was incorrect."
            )
        return Reading(ticks, fields.get("z"), self.zulu)
