"""The words of a date text in the invariant culture: numbers with what follows them, names, offsets.

What may follow what: date_states.py; what they mean: date_parse.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_states import STATES
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

LONGEST_NUMBER = 8
_SUFFIXES = frozenset("年月日時时分秒년월일시분초")
_NAMES = {
    **{name[:length].upper(): ("month", at + 1) for at, name in enumerate(calendar.MONTHS) for length in (3, 9)},
    **{name[:length].upper(): ("weekday", at) for at, name in enumerate(calendar.DAYS) for length in (3, 9)},
    "AM": ("half", 0),
    "PM": ("half", 1),
    "A.D.": ("era", 1),
    "AD": ("era", 1),
    "GMT": ("zone", 0),
    "Z": ("zone", 0),
}
_BY_LENGTH = sorted(_NAMES, key=len, reverse=True)


def unrecognized(text: str) -> ThrownException:
    return faults.format_error(f"String '{text}' was not recognized as a valid DateTime.")


class Words:
    """One walk over the text; the numbers, names and marks found so far."""

    def __init__(self, text: str) -> None:
        if not _SUFFIXES.isdisjoint(text):
            raise UnsupportedReached("certgate does not simulate dates with East Asian suffixes")
        self.text = text
        self.at = 0
        self.numbers: list[int] = []
        self.year = self.month = self.weekday = -1
        self.half: int | None = None
        self.fraction = 0.0
        self.offset: int | None = None
        self.zulu = False
        self.iso_time = False
        self.half_after_day = False

    def fail(self) -> ThrownException:
        return unrecognized(self.text)

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_white(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def next(self, state: str) -> str | None:
        """The kind of the next word, one of ``date_states.WORDS``; None for one that does not matter."""
        self.skip_white()
        char = self.peek()
        if not char:
            return "end"
        if char in "0123456789":
            return self._number(state)
        if name := self._name():
            return self._named(state, *_NAMES[name])
        if char in ",.":
            self.at += 1
            return None
        if char.isalpha():
            raise faults.format_error(
                f"The string '{self.text}' was not recognized as a valid DateTime. "
                f"There is an unknown word starting at index '{self.at}'."
            )
        start = self.at
        if char in "+-" and self.offset is None:
            if self.read_offset():
                return None
            self.at = start
        if not self.skip_mark():
            raise self.fail()
        return None

    def _name(self) -> str:
        upper = self.text[self.at : self.at + 9].upper()
        for name in _BY_LENGTH:
            if upper.startswith(name) and not self.text[self.at + len(name) : self.at + len(name) + 1].isalpha():
                self.at += len(name)
                return name
        return ""

    def _named(self, state: str, kind: str, value: int) -> str | None:
        if kind == "half":
            if self.half is not None:
                raise self.fail()
            self.half = value
            return None
        if kind == "zone":
            if self.offset is not None:
                raise self.fail()
            self.offset, self.zulu = 0, True
        elif kind == "weekday":
            if self.weekday != -1:
                raise self.fail()
            self.weekday = value
        elif kind == "month":
            if self.month != -1:
                raise self.fail()
            kind = self._followed(state, "month")
            self.month = value
        return kind

    def _number(self, state: str) -> str:
        start = self.at
        while self.peek() and self.peek() in "0123456789":
            self.at += 1
        length = self.at - start
        if len(self.numbers) == 3 or length > LONGEST_NUMBER:
            raise self.fail()
        value = int(self.text[start : self.at])
        inside = self.at < len(self.text) - 1
        if state == "NNt" and inside and self.peek() == ".":
            self.fraction = self.read_fraction()
        if state in ("Nt", "NNt"):
            self._zone()
        if length > 2:
            if self.year != -1:
                raise self.fail()
            self.year = value
            return self._followed(state, "year")
        kind = self._followed(state, "number")
        self.half_after_day = kind == "number half" and state == "dNN"
        self.numbers.append(value)
        if kind == "number half" and state in ("Nt", "NNt"):
            self._zone()
        return kind

    def _followed(self, state: str, kind: str) -> str:
        """`kind` with what stands behind the word, which is passed over."""
        start = self.at
        self.skip_white()
        char = self.peek()
        if not char:
            return f"{kind} end"
        mark = self.text[self.at : self.at + 2].upper()
        if mark in ("AM", "PM") and not self.text[self.at + 2 : self.at + 3].isalpha():
            if self.half is not None or kind == "month":
                raise self.fail()
            self.half = int(mark == "PM")
            self.at += 2
            return "number half" if kind == "number" else kind
        if char in "Tt" and not self.text[self.at + 1 : self.at + 2].isalpha():
            if kind != "number" or state not in ("YN", "YNd"):
                raise self.fail()
            self.at += 1
            self.iso_time = True
            return kind
        if char == ":":
            if kind != "number":
                raise self.fail()
            self.at += 1
            return "number time"
        if char == "/" or char == "-":
            self.at += 1
            if char == "-" and f"{kind} date" not in STATES[state] and kind in STATES[state]:
                self.at = start
                return kind
            return f"{kind} date"
        return kind

    def _zone(self) -> None:
        """An offset right behind a time."""
        start = self.at
        if start >= len(self.text) - 1:
            return
        self.skip_white()
        if self.peek() not in ("+", "-"):
            self.at = start
        elif self.offset is not None or not self.read_offset():
            raise self.fail()

    def read_fraction(self) -> float:
        """The digits behind a point, summed as .NET sums them."""
        result, base = 0.0, 0.1
        self.at += 1
        while self.peek() and self.peek() in "0123456789":
            result += int(self.peek()) * base
            base *= 0.1
            self.at += 1
        return result

    def read_offset(self) -> bool:
        """``+8``, ``+08:00``, ``+0800``; False when it is no offset."""
        sign = self.peek()
        self.at += 1
        number = self._digits()
        if not 1 <= len(number) <= 4:
            return False
        hours, minutes = (int(number), 0) if len(number) < 3 else divmod(int(number), 100)
        if len(number) < 3 and self.peek() == ":":
            self.at += 1
            number = self._digits()
            if not 1 <= len(number) <= 2:
                return False
            minutes = int(number)
        if minutes > 59:
            return False
        ticks = hours * calendar.HOUR + minutes * calendar.MINUTE
        self.offset = -ticks if sign == "-" else ticks
        return True

    def _digits(self) -> str:
        start = self.at
        while self.peek() and self.peek() in "0123456789":
            self.at += 1
        return self.text[start : self.at]

    def skip_mark(self) -> bool:
        """A number sign of a pair around the text, or NUL characters at its end."""
        char = self.peek()
        if char == "\0" and not self.text[self.at :].strip("\0"):
            self.at = len(self.text)
            return True
        body = self.text.rstrip("\0").strip()
        if char != "#" or len(body) < 2 or body.count("#") != 2 or body[0] != "#" or body[-1] != "#" or "\0" in body:
            return False
        self.at += 1
        return True
