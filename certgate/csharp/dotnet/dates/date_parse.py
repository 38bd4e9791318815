"""Texts that .NET reads as dates and times without being told a format, in the invariant culture (month first).

Words and their order: date_words.py, date_states.py; exact formats: date_exact.py. Results are ticks and an offset;
knows no values of the simulated program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_states import STATES
from certgate.csharp.dotnet.dates.date_words import Words, unrecognized
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

_TWO = re.compile(r"\s*(\d\d)", re.ASCII)


@frozen
class Reading:
    """What a text says: clock reading in ticks; offset from UTC in ticks, None where it names none.

    `guessed_year`: a month or day without a year, which came from today.
    """

    ticks: int
    offset: int | None
    zulu: bool = False
    guessed_year: bool = False
    text: str = ""


def parse_date(text: str, today: tuple[int, int, int]) -> Reading:
    """`today` (year, month, day) fills in what the text leaves out. Raises FormatException."""
    if not text:
        raise unrecognized(text)
    charge_steps(4 * len(text))
    return _Parser(text, today).parse()


def bad_calendar(text: str) -> ThrownException:
    return faults.format_error(
        f"The DateTime represented by the string '{text}' is not supported in calendar "
        "'System.Globalization.GregorianCalendar'."
    )


def bad_weekday(text: str) -> ThrownException:
    return faults.format_error(
        f"String '{text}' was not recognized as a valid DateTime because the day of week was incorrect."
    )


def full_year(year: int) -> int:
    """A year of one or two digits lies between 1950 and 2049."""
    return year if year >= 100 else year + (2000 if year < 50 else 1900)


def clock(text: str, date: tuple[int, int, int], time: tuple[int, int, int], fraction: float) -> int:
    """The ticks of a date and a time of day, each of which may be impossible."""
    day = calendar.date_ticks(*date)
    hour, minute, second = time
    if day is None or hour > 23 or minute > 59 or second > 59:
        raise bad_calendar(text)
    ticks = day + hour * calendar.HOUR + minute * calendar.MINUTE + second * calendar.SECOND
    ticks += round(fraction * calendar.SECOND)
    if ticks > calendar.MAX_TICKS:
        raise unrecognized(text)
    return ticks


class _Parser:
    """Walks through the states and takes over the date or time of each that is complete."""

    def __init__(self, text: str, today: tuple[int, int, int]) -> None:
        self.text = text
        self.today = today
        self.words = Words(text)
        self.date: tuple[int, int, int] | None = None
        self.time: tuple[int, int, int] | None = None
        self.guessed_year = False
        self.closed = False

    def parse(self) -> Reading:
        state, complete, word = "start", False, None
        while word not in ("end", "number end", "month end"):
            word = self.words.next(state)
            if word is None:
                continue
            if self.words.iso_time:
                return self._iso()
            if self.words.half_after_day:
                self._day_before_half()
            state = STATES[state].get(word, "")
            if not state:
                raise unrecognized(self.text)
            if state.startswith("="):
                self._take(state[1:])
                state, complete = "start", True
        if not complete:
            raise unrecognized(self.text)
        return self._result()

    def _day_before_half(self) -> None:
        """``1/10 5 AM``: the two numbers before the hour are a date."""
        hour = self.words.numbers.pop()
        self._take("NN")
        self.words.numbers.append(hour)
        self.words.half_after_day = False

    def _take(self, complete: str) -> None:
        numbers, words = self.words.numbers, self.words
        if complete.startswith("T"):
            self._take_time(complete)
        elif self.closed:
            raise unrecognized(self.text)
        else:
            date = self._dated(complete, [*numbers, 0, 0, 0], words.year, words.month)
            if calendar.date_ticks(*date) is None:
                raise unrecognized(self.text)
            self.date = date
            self.closed = complete not in ("MN", "NM")
        numbers.clear()

    def _take_time(self, complete: str) -> None:
        if self.time is not None or (complete == "TN" and self.words.half is None):
            raise unrecognized(self.text)
        hour, minute, second = [*self.words.numbers[: len(complete) - 1], 0, 0][:3]
        self.time = hour, minute, second

    def _dated(self, complete: str, numbers: list[int], year: int, month: int) -> tuple[int, int, int]:
        one, two, three = numbers[:3]
        match complete:
            case "NN" | "MN":
                self.guessed_year = True
                return (self.today[0], one, two) if complete == "NN" else (self.today[0], month, one)
            case "NNN":
                return full_year(three), one, two
            case "NM":
                return full_year(one), month, 1
            case "MNN":
                found = full_year(two), month, one
                return found if calendar.date_ticks(*found) is not None else (full_year(one), month, two)
            case "YNN" | "NNY":
                return year, one, two
            case "YMN":
                return year, month, one
            case "YN":
                return year, one, 1
        return year, month, 1

    def _result(self) -> Reading:
        words = self.words
        time = self.time or (0, 0, 0)
        if words.half is not None:
            hour = -1 if self.time is None else time[0]
            if not 0 <= hour <= (23 if words.half else 12):
                raise unrecognized(self.text)
            time = (hour % 12 + 12 * words.half if hour <= 12 else hour), *time[1:]
        ticks = clock(self.text, self.date or self.today, time, words.fraction)
        if words.weekday not in (-1, calendar.day_of_week(ticks)):
            raise bad_weekday(self.text)
        return Reading(ticks, words.offset, words.zulu, self.guessed_year, self.text)

    def _iso(self) -> Reading:
        """The time behind a T; nothing but an offset may follow it."""
        words = self.words
        hour, minute = self._two(), self._two(":")
        second, fraction = 0, 0.0
        words.skip_white()
        if words.peek() == ":":
            second = self._two(":")
            if words.peek() == ".":
                start = words.at
                fraction = words.read_fraction()
                if words.at == start + 1:
                    raise unrecognized(self.text)
        words.skip_white()
        self._iso_zone()
        date = words.year, words.numbers[0], words.numbers[1]
        return Reading(
            clock(self.text, date, (hour, minute, second), fraction), words.offset, words.zulu, text=self.text
        )

    def _iso_zone(self) -> None:
        words = self.words
        if words.peek() in ("+", "-"):
            if not words.read_offset():
                raise unrecognized(self.text)
        elif words.peek() in ("Z", "z"):
            words.at += 1
            words.offset, words.zulu = 0, True
        words.skip_white()
        for mark in "#\0":
            if words.peek() == mark and not words.skip_mark():
                raise unrecognized(self.text)
            words.skip_white()
        if words.peek():
            raise unrecognized(self.text)

    def _two(self, before: str = "") -> int:
        """Two digits, behind `before`, with white space anywhere."""
        words = self.words
        words.skip_white()
        if not self.text.startswith(before, words.at):
            raise unrecognized(self.text)
        found = _TWO.match(self.text, words.at + len(before))
        if found is None:
            raise unrecognized(self.text)
        words.at = found.end()
        return int(found[1])
