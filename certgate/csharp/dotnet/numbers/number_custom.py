"""Custom numeric format strings (``#,##0.00;(0.00)``), in the invariant culture.

https://learn.microsoft.com/dotnet/standard/base-types/custom-numeric-format-strings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from certgate.csharp.dotnet.numbers.number_buffer import NumberBuffer


@frozen
class _Section:
    """What a scan of one section found: counts of digit places left of the point, of all, and the rest."""

    start: int
    places: int
    point: int
    first_zero: int
    last_zero: int
    scientific: bool
    grouped: bool
    shift: int


def format_custom(number: NumberBuffer, spec: str) -> str:
    """Apply the section of `spec` that fits the number's sign."""
    charge_steps(3 * len(spec))
    section, start = _choose(number, spec)
    text = _Writer(number, section, spec).write()
    return "-" + text if number.negative and start == 0 and (text or number.scale) else text


def format_exponent(value: int, letter: str, digits: int, plus: bool) -> str:
    sign = "-" if value < 0 else "+" if plus else ""
    return letter + sign + str(abs(value)).rjust(digits, "0")


def _choose(number: NumberBuffer, spec: str) -> tuple[_Section, int]:
    start = _section_start(spec, (1 if number.negative else 0) if number.digits else 2)
    while True:
        section = _scan(spec, start)
        if not number.digits:
            number.negative = number.negative and number.floating
            number.scale = 0
            return section, start
        number.scale += section.shift
        number.round(section.places if section.scientific else number.scale + section.places - section.point)
        if number.digits:
            return section, start
        zero = _section_start(spec, 2)
        if zero == start:
            return section, start
        start = zero


def _section_start(spec: str, index: int) -> int:
    at = 0
    while index and at < len(spec):
        char = spec[at]
        at += 1
        if char in "'\"":
            at = _after_quote(spec, at, char)
        elif char == "\\":
            at += 1
        elif char == "\0":
            return 0
        elif char == ";":
            index -= 1
            if index == 0 and at < len(spec) and spec[at] not in ";\0":
                return at
    return 0


def _after_quote(spec: str, at: int, quote: str) -> int:
    end = spec.find(quote, at)
    return len(spec) if end < 0 else end + 1


def _scan(spec: str, start: int) -> _Section:  # one pass over the section, in the order of the characters
    places = shift = last_zero = commas = 0
    point = first_zero = comma_at = -1
    scientific = grouped = False
    at = start
    while at < len(spec) and spec[at] not in ";\0":
        char = spec[at]
        at += 1
        if char == "#":
            places += 1
        elif char == "0":
            first_zero = places if first_zero < 0 else first_zero
            places += 1
            last_zero = places
        elif char == ".":
            point = places if point < 0 else point
        elif char == ",":
            if places > 0 and point < 0:
                if comma_at == places:
                    commas += 1
                    continue
                grouped = grouped or comma_at >= 0
                comma_at, commas = places, 1
        elif char in "%‰":
            shift += 2 if char == "%" else 3
        elif char in "'\"":
            at = _after_quote(spec, at, char)
        elif char == "\\":
            at += 1
        elif char in "Ee" and _exponent_follows(spec, at):
            at += 1
            while at < len(spec) and spec[at] == "0":
                at += 1
            scientific = True
    point = places if point < 0 else point
    if comma_at >= 0:
        if comma_at == point:
            shift -= commas * 3
        else:
            grouped = True
    return _Section(start, places, point, first_zero, last_zero, scientific, grouped, shift)


def _exponent_follows(spec: str, at: int) -> bool:
    return spec[at : at + 1] == "0" or (spec[at : at + 1] in ("+", "-") and spec[at + 1 : at + 2] == "0")


class _Writer:
    """One walk over a section that puts digits in its places."""

    def __init__(self, number: NumberBuffer, section: _Section, spec: str) -> None:
        point = section.point
        self.number = number
        self.section = section
        self.spec = spec
        self.at = section.start
        self.out: list[str] = []
        self.next_digit = 0
        self.place = point if section.scientific else max(number.scale, point)
        self.adjust = 0 if section.scientific else number.scale - point
        self.zeros_from = point - section.first_zero if 0 <= section.first_zero < point else 0
        self.zeros_to = point - section.last_zero if section.last_zero > point else 0
        self.point_written = False
        self.scientific = section.scientific
        digits = max(self.zeros_from, self.place + min(self.adjust, 0))
        self.separators = set(range(3, digits, 3)) if section.grouped else set()

    def write(self) -> str:
        spec = self.spec
        while self.at < len(spec) and spec[self.at] not in ";\0":
            char = spec[self.at]
            self.at += 1
            if self.adjust > 0 and char in "#0.":
                self._leading_digits()
            self._character(char)
        return "".join(self.out)

    def _leading_digits(self) -> None:
        while self.adjust > 0:
            self._digit(self._take() or "0")
            self.adjust -= 1

    def _take(self) -> str:
        digit = self.number.digits[self.next_digit : self.next_digit + 1]
        self.next_digit += len(digit)
        return digit

    def _digit(self, digit: str) -> None:
        if digit:
            self.out.append(digit)
            if self.place > 1 and self.place - 1 in self.separators:
                self.out.append(",")
        self.place -= 1

    def _character(self, char: str) -> None:
        if char in "#0":
            self._placeholder()
        elif char == ".":
            self._point()
        elif char in "'\"":
            end = _after_quote(self.spec, self.at, char)
            self.out.append(self.spec[self.at : end].removesuffix(char))
            self.at = end
        elif char == "\\":
            self.out.append(self.spec[self.at : self.at + 1])
            self.at += 1
        elif char in "Ee":
            self._exponent(char)
        elif char != ",":
            self.out.append(char)

    def _placeholder(self) -> None:
        if self.adjust < 0:
            self.adjust += 1
            self._digit("0" if self.place <= self.zeros_from else "")
        else:
            self._digit(self._take() or ("0" if self.place > self.zeros_to else ""))

    def _point(self) -> None:
        if self.place != 0 or self.point_written:
            return
        more = self.next_digit < len(self.number.digits)
        if self.zeros_to < 0 or (self.section.point < self.section.places and more):
            self.out.append(".")
            self.point_written = True

    def _exponent(self, char: str) -> None:
        sign = self.spec[self.at : self.at + 1]
        if self.scientific and not _exponent_follows(self.spec, self.at):
            self.out.append(char)
            return
        end = self.at + (sign in ("+", "-"))
        start = end
        while end < len(self.spec) and self.spec[end] == "0":
            end += 1
        if self.scientific:
            exponent = self.number.scale - self.section.point if self.number.digits else 0
            self.out.append(format_exponent(exponent, char, min(end - start, 10), sign == "+"))
            self.scientific = False
        else:
            self.out.append(char + self.spec[self.at : end])
        self.at = end
