"""Texts that .NET reads as dates and times without being told a format, in the invariant culture (month first).

Follows what DateTime.Parse documents: ISO 8601, numbers with separators, English names, times with AM and PM, offsets.
Exact formats: date_exact.py. Results are ticks and an offset; knows no values of the simulated program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import field, frozen, slotted
from certgate.csharp.dotnet import calendar, faults
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

_TIME = re.compile(r"(\d{1,2})\s*:\s*(\d{1,2})(?!\d)(?:\s*:\s*(\d{1,2})(?!\d)(?:\.(\d{1,30}))?)?", re.ASCII)
_HALF_DAY_HOUR = re.compile(r"(\d{1,2})\s*(AM|PM)\b", re.ASCII | re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)", re.ASCII)
_NUMBER = re.compile(r"\d+", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+\.?")


@frozen
class Reading:
    """What a text says: clock reading in ticks; offset from UTC in ticks, None where it names none."""

    ticks: int
    offset: int | None
    zulu: bool = False


@slotted
class _Found:
    numbers: list[str] = field(default_factory=list)
    month: int | None = None
    month_at: int = 0
    weekday: int | None = None
    time: tuple[int, int, int] | None = None
    fraction: int = 0
    half: str = ""
    offset: int | None = None
    zulu: bool = False
    iso: bool = False


def parse_date(text: str, today: tuple[int, int, int]) -> Reading:
    """`today` (year, month, day) fills in what the text leaves out. Raises FormatException."""
    if not text:
        raise unrecognized(text)
    charge_steps(2 * len(text))
    found = _Scanner(text).scan()
    day = _date(found, text, today)
    ticks = calendar.date_ticks(*day)
    if ticks is None:
        raise bad_calendar(text) if found.iso else unrecognized(text)
    ticks += _time_of_day(found, text)
    if ticks > calendar.MAX_TICKS:
        raise unrecognized(text)
    if found.weekday is not None and found.weekday != calendar.day_of_week(ticks):
        raise faults.format_error(
            f"String '{text}' was not recognized as a valid DateTime because the day of week was incorrect."
        )
    return Reading(ticks, found.offset, found.zulu)


def unrecognized(text: str) -> ThrownException:
    return faults.format_error(f"String '{text}' was not recognized as a valid DateTime.")


def bad_calendar(text: str) -> ThrownException:
    return faults.format_error(
        f"The DateTime represented by the string '{text}' is not supported in calendar "
        "'System.Globalization.GregorianCalendar'."
    )


def full_year(text: str) -> int:
    """A year of one or two digits lies between 1950 and 2049."""
    year = int(text[:6])
    if len(text) > 2 or year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def _time_of_day(found: _Found, text: str) -> int:
    if found.time is None:
        return 0
    hour, minute, second = found.time
    if found.half:
        if hour > (12 if found.half == "AM" else 23):
            raise unrecognized(text)
        hour = hour % 12 if found.half == "AM" or hour == 12 else hour
        hour += 12 if found.half == "PM" and hour < 12 else 0
    if hour > 23 or minute > 59 or second > 59:
        raise bad_calendar(text)
    return hour * calendar.HOUR + minute * calendar.MINUTE + second * calendar.SECOND + found.fraction


def _date(found: _Found, text: str, today: tuple[int, int, int]) -> tuple[int, int, int]:
    numbers = found.numbers
    if any(len(number) > 4 for number in numbers):
        raise unrecognized(text)
    if found.month is not None:
        return _named_month(found, text, today)
    match [len(number) > 2 for number in numbers]:
        case []:
            if found.time is None:
                raise unrecognized(text)
            return today
        case [True, False]:
            return int(numbers[0]), int(numbers[1]), 1
        case [False, True]:
            return int(numbers[1]), int(numbers[0]), 1
        case [False, False]:
            return today[0], int(numbers[0]), int(numbers[1])
        case [True, False, False]:
            return int(numbers[0]), int(numbers[1]), int(numbers[2])
        case [False, False, _]:
            return full_year(numbers[2]), int(numbers[0]), int(numbers[1])
    raise unrecognized(text)


def _named_month(found: _Found, text: str, today: tuple[int, int, int]) -> tuple[int, int, int]:
    month, numbers = found.month or 0, found.numbers
    match [len(number) > 2 for number in numbers]:
        case [True]:
            return int(numbers[0]), month, 1
        case [False]:
            return today[0], month, int(numbers[0])
        case [True, False]:
            return int(numbers[0]), month, int(numbers[1])
        case [False, _]:
            return full_year(numbers[1]), month, int(numbers[0])
    raise unrecognized(text)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = _Found()

    def scan(self) -> _Found:
        text = self.text.rstrip("\0")
        while self.at < len(text):
            char = text[self.at]
            if char.isspace() or char == ",":
                self.at += 1
            elif char.isascii() and char.isdigit():
                self._number()
            elif char.isalpha():
                self._word()
            elif char in "+-" and self.found.time is not None and self.found.offset is None:
                self._offset()
            else:
                raise self._fail()
        return self.found

    def _fail(self) -> ThrownException:
        return unrecognized(self.text)

    def _number(self) -> None:
        found = self.found
        if time := _TIME.match(self.text, self.at):
            if found.time is not None:
                raise self._fail()
            hour, minute, second, fraction = time.groups()
            found.time = int(hour), int(minute), int(second or 0)
            found.fraction = round(float(f"0.{fraction}") * calendar.SECOND) if fraction else 0
            self.at = time.end()
            return
        if found.time is None and (hour_only := _HALF_DAY_HOUR.match(self.text, self.at)):
            found.time, found.half = (int(hour_only[1]), 0, 0), hour_only[2].upper()
            self.at = hour_only.end()
            return
        number = _NUMBER.match(self.text, self.at)
        if number is None or len(found.numbers) == 3:
            raise self._fail()
        found.numbers.append(number[0])
        self.at = number.end()
        self._separator()

    def _separator(self) -> None:
        """A date separator belongs to the number before it, and needs something of a date behind it."""
        char = self.text[self.at : self.at + 1]
        if not char or char not in "-/.":
            return
        following = self.text[self.at + 1 : self.at + 2]
        if not following or not (following.isalnum() or following.isspace()):
            raise self._fail()
        self.at += 1

    def _word(self) -> None:
        word = _WORD.match(self.text, self.at)
        name = word[0].rstrip(".") if word else ""
        found = self.found
        start = self.at
        upper = name.upper()
        self.at += len(name)
        if (month := _name_index(upper, calendar.MONTHS)) is not None and found.month is None:
            found.month = month + 1
            if self.text[self.at : self.at + 1] in ("-", "/", "."):
                self.at += 1
        elif (weekday := _name_index(upper, calendar.DAYS)) is not None and found.weekday is None:
            found.weekday = weekday
        elif upper in ("AM", "PM") and found.time is not None and not found.half:
            found.half = upper
        elif upper == "T" and found.numbers and found.time is None and _TIME.match(self.text, self.at):
            found.iso = len(found.numbers) == 3 and len(found.numbers[0]) > 2
        elif upper in ("Z", "GMT") and found.time is not None and found.offset is None:
            found.offset, found.zulu = 0, True
        else:
            raise self._unknown(start, upper)

    def _unknown(self, start: int, upper: str) -> ThrownException:
        known = upper in ("AM", "PM", "T", "Z", "GMT")
        if known or any(_name_index(upper, names) is not None for names in (calendar.MONTHS, calendar.DAYS)):
            return self._fail()
        return faults.format_error(
            f"The string '{self.text}' was not recognized as a valid DateTime. "
            f"There is an unknown word starting at index '{start}'."
        )

    def _offset(self) -> None:
        offset = _OFFSET.match(self.text, self.at)
        if offset is None:
            raise self._fail()
        sign, hours, minutes = offset.groups()
        if int(minutes or 0) > 59:
            raise self._fail()
        ticks = int(hours) * calendar.HOUR + int(minutes or 0) * calendar.MINUTE
        self.found.offset = -ticks if sign == "-" else ticks
        self.at = offset.end()


def _name_index(upper: str, names: tuple[str, ...]) -> int | None:
    for index, name in enumerate(names):
        if upper in (name.upper(), name[:3].upper()):
            return index
    return None
