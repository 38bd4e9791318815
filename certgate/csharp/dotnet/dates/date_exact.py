"""Texts read by an exact date and time format, in the invariant culture (DateTime.ParseExact)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_format import STANDARD
from certgate.csharp.dotnet.dates.date_parse import Reading, bad_weekday, clock, full_year
from certgate.csharp.dotnet.dates.date_words import unrecognized
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, charge_steps

if TYPE_CHECKING:
    from collections.abc import Callable

LEADING_WHITE, TRAILING_WHITE, INNER_WHITE = 1, 2, 4
_HALVES = ("AM", "PM")


def bad_specifier(spec: str) -> ThrownException:
    return faults.format_error(f"Format specifier '{spec}' was invalid.")


def parse_exact(
    text: str, spec: str, today: tuple[int, int, int], styles: int = 0, *, with_offset: bool = False
) -> Reading:
    """`styles`: DateTimeStyles, of which the three for white space matter here. Raises FormatException.

    `with_offset`: what is read is a DateTimeOffset.
    """
    if not text:
        raise unrecognized(text)
    if not spec:
        raise bad_specifier("")
    pattern = spec
    if len(spec) == 1:
        if spec == "U" and with_offset:
            raise bad_specifier(spec)
        if spec not in STANDARD:
            raise faults.bad_format()
        pattern = STANDARD[spec]
    charge_steps(2 * (len(text) + len(pattern)))
    reader = _Reader(text, pattern, styles)
    if spec == "U":
        reader.fields["z"], reader.zulu = 0, True
    reader.walk()
    if with_offset and spec in ("r", "R", "u"):
        reader.fields["z"] = 0
    return reader.result(today)


def first_that_fits(text: str, specs: list[str | None], read: Callable[[str], Any]) -> Any:
    """What the first format reads that fits `text`; a missing format is an error when its turn comes."""
    if not text:
        raise unrecognized(text)
    if not specs:
        raise faults.format_error("No format specifiers were provided.")
    for spec in specs:
        if not spec:
            raise bad_specifier("")
        try:
            return read(spec)
        except ThrownException:
            continue
    raise unrecognized(text)


class _Reader:
    """One walk over format and text together; `fields` holds what was read, by its letter."""

    def __init__(self, text: str, pattern: str, styles: int) -> None:
        self.text = text
        self.body = text.rstrip() if styles & TRAILING_WHITE else text
        self.pattern = _trimmed(pattern, styles)
        self.styles = styles
        self.inner_white = styles & INNER_WHITE != 0
        self.at = len(self.body) - len(self.body.lstrip()) if styles & LEADING_WHITE else 0
        self.fields: dict[str, int] = {}
        self.part: float | None = None
        self.zulu = False
        self.short_year = self.half_clock = False

    def fail(self) -> ThrownException:
        return unrecognized(self.text)

    def walk(self) -> None:
        at = 0
        while at < len(self.pattern):
            if self.inner_white:
                self._skip_white()
            at = self._token(at)
        if self.at < len(self.body):
            raise self.fail()

    def _skip_white(self) -> None:
        while self.body[self.at : self.at + 1].isspace():
            self.at += 1

    def _token(self, at: int) -> int:
        char = self.pattern[at]
        following = self.pattern[at + 1 : at + 2]
        if char in "'\"":
            return self._quoted(at, char)
        if char == "\\":
            if not following:
                raise bad_specifier(self.pattern)
            self._literal(following)
            return at + 2
        if char == "%":
            if following in ("", "%"):
                raise bad_specifier(self.pattern)
            return at + 1
        if char == "." and not self.body.startswith(".", self.at):
            return self._no_point(at)
        if self.pattern.startswith("GMT", at):
            self._literal("GMT")
            self.fields["z"] = 0
            return at + 3
        length = 1
        while char in "ghHmsfFtdMyz" and self.pattern[at + length : at + length + 1] == char:
            length += 1
        self._field(char, length, at)
        return at + length

    def _quoted(self, start: int, quote: str) -> int:
        at, content = start + 1, ""
        while at < len(self.pattern) and self.pattern[at] != quote:
            at += self.pattern[at] == "\\"
            content += self.pattern[at : at + 1]
            at += 1
        if at >= len(self.pattern):
            raise faults.format_error(f"Cannot find a matching quote character for the character '{quote}'.")
        for char in content:
            if char == " " and self.inner_white:
                self._skip_white()
            else:
                self._literal(char)
        return at + 1

    def _no_point(self, at: int) -> int:
        """A point is left out together with an empty fraction."""
        end = at + 1
        while self.pattern[end : end + 1] == "F":
            end += 1
        if end == at + 1:
            raise self.fail()
        return end

    def _literal(self, text: str) -> None:
        if not self.body.startswith(text, self.at):
            raise self.fail()
        self.at += len(text)

    def _field(self, char: str, length: int, at: int) -> None:
        match char:
            case "y":
                self.short_year = self.short_year or length <= 2
                self._set("y", self._digits(length))
            case "M" | "d" if length > 2:
                names = calendar.MONTHS if char == "M" else calendar.DAYS
                index = self._name([name[:3] for name in names] if length == 3 else list(names))
                self._set("M" if char == "M" else "w", index + 1 if char == "M" else index, "M" if char == "M" else "d")
            case "M" | "d" | "H" | "m" | "s":
                self._set(char, self._digits(min(length, 2)))
            case "h":
                self.half_clock = True
                self._set("H", self._digits(min(length, 2)), "h")
            case "f" | "F":
                self._second_part(char, length)
            case "t":
                self._set("t", self._half_day(length))
            case "z":
                self._set("z", self._offset(length))
            case "Z" | "K":
                self._zone(char)
            case "g":
                self._name(["A.D.", "AD"])
            case " ":
                self._space(at)
            case _:
                self._literal(char)

    def _space(self, at: int) -> None:
        if self.inner_white or self.body.startswith(" ", self.at):
            self.at += not self.inner_white
        elif not (self.styles & TRAILING_WHITE and at + 1 < len(self.pattern)):
            raise self.fail()

    def _set(self, field: str, value: int, letter: str = "") -> None:
        if self.fields.setdefault(field, value) != value:
            raise self._repeated(letter or field)

    def _repeated(self, letter: str) -> ThrownException:
        return faults.format_error(f"DateTime pattern '{letter}' appears more than once with different values.")

    def _digits(self, count: int) -> int:
        """So many digits; for one, one or two."""
        end = self.at
        most = 2 if count == 1 else count
        while end < len(self.body) and end - self.at < most and self.body[end] in "0123456789":
            end += 1
        if end - self.at < count:
            raise self.fail()
        start, self.at = self.at, end
        return int(self.body[start:end][:9])

    def _second_part(self, char: str, length: int) -> None:
        if length > 7:
            raise self.fail()
        start = self.at
        while self.at - start < length and self.body[self.at : self.at + 1] in tuple("0123456789"):
            self.at += 1
        read = self.body[start : self.at]
        if char == "f" and len(read) < length:
            raise self.fail()
        fraction = int(read) / 10 ** len(read) if read else 0.0
        if self.part not in (None, fraction):
            raise self._repeated(char)
        self.part = fraction

    def _name(self, names: list[str]) -> int:
        rest = self.body[self.at : self.at + 9].lower()
        for index, name in enumerate(names):
            if rest.startswith(name.lower()):
                self.at += len(name)
                return index
        raise self.fail()

    def _half_day(self, length: int) -> int:
        if length > 1:
            return self._name(list(_HALVES))
        char = self.body[self.at : self.at + 1]
        if char not in ("A", "P"):
            raise self.fail()
        self.at += 1
        return int(char == "P")

    def _offset(self, length: int) -> int:
        sign = self.body[self.at : self.at + 1]
        if sign not in ("+", "-"):
            raise self.fail()
        self.at += 1
        minutes = 60 * self._digits(length if length <= 2 else 1)
        if length > 2:
            self.at += self.body.startswith(":", self.at)
            rest = self._digits(2)
            if rest > 59:
                raise self.fail()
            minutes += rest
        return (-minutes if sign == "-" else minutes) * calendar.MINUTE

    def _zone(self, char: str) -> None:
        if char == "Z":
            self._zone_name()
            self._utc(char)
        elif self.body.startswith("Z", self.at):
            self.at += 1
            self._utc(char)
        elif self.body[self.at : self.at + 1] in ("+", "-"):
            self._set("z", self._offset(3), "K")

    def _zone_name(self) -> None:
        for name in ("GMT", "Z"):
            end = self.at + len(name)
            if self.body[self.at : end].upper() == name and not self.body[end : end + 1].isalpha():
                self.at = end
                return
        raise self.fail()

    def _utc(self, letter: str) -> None:
        self._set("z", 0, letter)
        self.zulu = True

    def result(self, today: tuple[int, int, int]) -> Reading:
        fields = self.fields
        dated = fields.keys() & {"y", "M", "d"}
        year = fields.get("y", today[0])
        if self.short_year and "y" in fields:
            if year >= 100:
                raise self.fail()
            year = full_year(year)
        month = fields.get("M", 1 if dated else today[1])
        day = fields.get("d", 1 if dated else today[2])
        time = self._hour(), fields.get("m", 0), fields.get("s", 0)
        ticks = clock(self.text, (year, month, day), time, self.part or 0.0)
        if fields.get("w", calendar.day_of_week(ticks)) != calendar.day_of_week(ticks):
            raise bad_weekday(self.text)
        guessed = bool(fields.keys() & {"M", "d"}) and "y" not in fields
        return Reading(ticks, fields.get("z"), self.zulu, guessed, self.text)

    def _hour(self) -> int:
        hour, half = self.fields.get("H", -1), self.fields.get("t")
        if self.half_clock:
            if hour > 12:
                raise self.fail()
            return hour % 12 + 12 * (half or 0)
        if (half == 0 and hour >= 12) or (half == 1 and hour < 12):
            raise self.fail()
        return max(hour, 0)


def _trimmed(pattern: str, styles: int) -> str:
    """Without the white space that the styles let go, also in quotes at the ends."""
    if styles & TRAILING_WHITE:
        pattern = pattern.rstrip()
        if pattern[-1:] in ("'", '"'):
            pattern = pattern[:-1].rstrip() + pattern[-1]
    if styles & LEADING_WHITE:
        pattern = pattern.lstrip()
        if pattern[:1] in ("'", '"'):
            pattern = pattern[0] + pattern[1:].lstrip()
    return pattern
