"""``System.Decimal``: a 96-bit integer with a scale of 0 to 28 (C# specification 8.3.8), and its arithmetic.

Knows rounding and overflow as .NET does them; does not know format strings.
"""

from __future__ import annotations

import math

from certgate.csharp.runtime import ThrownException

MAX = 2**96 - 1
_TENS: list[int] = [10**power for power in range(60)]


class NetDecimal:
    """`number` / 10 ** `scale`. The scale is kept: 1.50 is not written as 1.5. `negative_zero` is kept as .NET does."""

    __slots__ = ("negative", "number", "scale")

    def __init__(self, number: int, scale: int = 0, negative: bool = False) -> None:
        self.number = number
        self.scale = scale
        self.negative = number < 0 or (number == 0 and negative)

    def __repr__(self) -> str:
        return f"{self.to_text()}m"

    @classmethod
    def parse(cls, text: str) -> NetDecimal:
        """From plain digits with an optional point and exponent; more than 28 places are rounded. ValueError
        otherwise."""
        body, _, exponent = text.lower().partition("e")
        whole, _, fraction = body.partition(".")
        power = int(exponent or 0) - len(fraction)
        number = int(whole + fraction)
        if power > 0:
            return fit(number * _power(power), 0, body.startswith("-"))
        return fit(number, -power, body.startswith("-"))

    @classmethod
    def of_float(cls, value: float, digits: int = 15) -> NetDecimal:
        """``(decimal)`` of a double (15 significant digits) or float (7). OverflowException."""
        if value != value or abs(value) == math.inf:
            raise overflow()
        exponent = math.frexp(value)[1]
        if exponent < -94:
            return cls(0)
        if exponent > 96:
            raise overflow()
        number, scale = _significant(abs(value), exponent, digits)
        return fit(-number if value < 0 else number, scale) if number else cls(0)

    def to_text(self) -> str:
        """``ToString()``, invariant. Zero has no sign."""
        digits = str(abs(self.number)).rjust(self.scale + 1, "0")
        sign = "-" if self.number < 0 else ""
        return f"{sign}{digits[: -self.scale]}.{digits[-self.scale :]}" if self.scale else sign + digits

    def __float__(self) -> float:
        # In .NET's steps: a nearest value of each half, then one division.
        high, low = divmod(abs(self.number), 2**64)
        value = (low + high * 2.0**64) / float(_TENS[self.scale])
        return -value if self.negative else value

    def truncate(self) -> int:
        """The whole part, towards zero."""
        quotient = abs(self.number) // _TENS[self.scale]
        return -quotient if self.number < 0 else quotient

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NetDecimal) and self.compare(other) == 0

    def __hash__(self) -> int:
        number, scale = self.number, self.scale
        while scale and number % 10 == 0:
            number, scale = number // 10, scale - 1
        return hash((number, scale))

    def compare(self, other: NetDecimal) -> int:
        """-1, 0 or 1."""
        left, right, _ = align(self, other)
        return (left > right) - (left < right)

    def __lt__(self, other: NetDecimal) -> bool:
        return self.compare(other) < 0

    def __le__(self, other: NetDecimal) -> bool:
        return self.compare(other) <= 0

    def __gt__(self, other: NetDecimal) -> bool:
        return self.compare(other) > 0

    def __ge__(self, other: NetDecimal) -> bool:
        return self.compare(other) >= 0

    def __neg__(self) -> NetDecimal:
        return NetDecimal(-self.number, self.scale, not self.negative)

    def __add__(self, other: NetDecimal) -> NetDecimal:
        left, right, scale = align(self, other)
        return fit(left + right, scale, _sign_of_zero(self, other, other.negative))

    def __sub__(self, other: NetDecimal) -> NetDecimal:
        left, right, scale = align(self, other)
        return fit(left - right, scale, _sign_of_zero(self, other, not other.negative))

    def __mul__(self, other: NetDecimal) -> NetDecimal:
        """Where a factor has more than 32 bits, or the places are too many for 64, a zero has no sign and no places."""
        number, scale = self.number * other.number, self.scale + other.scale
        if max(abs(self.number), abs(other.number)) >= 2**32:
            if not number:
                return NetDecimal(0)
        elif scale > 28 + 19:
            return NetDecimal(0)
        return fit(number, scale, self.negative != other.negative)

    def __truediv__(self, other: NetDecimal) -> NetDecimal:
        """Exact where 28 places can hold it, else rounded. DivideByZeroException, OverflowException."""
        if not other.number:
            raise ThrownException("System.DivideByZeroException", "Attempted to divide by zero.")
        negative = self.negative != other.negative
        scale = self.scale - other.scale
        number, divisor = abs(self.number), abs(other.number)
        if scale < 0:
            number, scale = number * _power(-scale), 0
        quotient, rest = divmod(number, divisor)
        while rest and scale < 28 and quotient <= MAX // 10:
            number = rest * 10
            quotient, scale = quotient * 10 + number // divisor, scale + 1
            rest = number % divisor
        if rest and (rest * 2 > divisor or (rest * 2 == divisor and quotient % 2)):
            quotient += 1
        result = fit(-quotient if negative else quotient, scale, negative)
        if not rest:
            return result
        return trim(result, 0)

    def __mod__(self, other: NetDecimal) -> NetDecimal:
        """The sign is that of the left operand, which is the result where it is the smaller. DivideByZeroException."""
        if not other.number:
            raise ThrownException("System.DivideByZeroException", "Attempted to divide by zero.")
        left, right, scale = align(self, other)
        if not left or abs(left) < abs(right):
            return self
        rest = abs(left) % abs(right)
        return fit(-rest if left < 0 else rest, scale, self.negative)


def _sign_of_zero(left: NetDecimal, right: NetDecimal, right_negative: bool) -> bool:
    """Whether a sum of zero is a negative one: .NET takes the sign along of the operand that it adds the other to."""
    if left.scale == right.scale:
        return left.negative
    if left.scale < right.scale:
        return left.negative if left.number else right_negative
    return right_negative if right.number else left.negative


def _power(exponent: int) -> int:
    return _TENS[exponent] if exponent < len(_TENS) else int(10**exponent)


def align(left: NetDecimal, right: NetDecimal) -> tuple[int, int, int]:
    """Both numbers at the larger scale, and that scale."""
    if left.scale == right.scale:
        return left.number, right.number, left.scale
    if left.scale < right.scale:
        return left.number * _TENS[right.scale - left.scale], right.number, right.scale
    return left.number, right.number * _TENS[left.scale - right.scale], left.scale


def _divide(number: int, divisor: int) -> int:
    """Division with the half rounded to even."""
    quotient, rest = divmod(abs(number), divisor)
    if rest * 2 > divisor or (rest * 2 == divisor and quotient % 2):
        quotient += 1
    return -quotient if number < 0 else quotient


def _significant(value: float, exponent: int, digits: int) -> tuple[int, int]:
    """`value`, below 2 ** `exponent`, as a whole number of at most `digits` digits and a scale: .NET scales the float
    by a power of ten, each step rounded, and drops the zeros at the end."""
    power = digits - 1 - ((exponent * 19728) >> 16)
    if power >= 0:
        power = min(power, 28)
        value *= float(_TENS[power])
    elif power != -1 or value >= float(_TENS[digits]):
        value /= float(_TENS[-power])
    else:
        power = 0
    if value < float(_TENS[digits - 1]) and power < 28:
        value *= 10
        power += 1
    number = round(value)
    if power < 0:
        return number * _TENS[-power], 0
    while power and number % 10 == 0 and number:
        number, power = number // 10, power - 1
    return number, power


def fit(number: int, scale: int, negative: bool = False) -> NetDecimal:
    """The decimal nearest to ``number / 10 ** scale`` that 96 bits and 28 places can hold. OverflowException."""
    drop = max(0, scale - 28)
    if abs(number) > MAX or drop:
        size = abs(number)
        while drop <= scale and _divide(size, _power(drop)) > MAX:
            drop += 1
        if drop > scale:
            raise overflow()
        number, scale = _divide(number, _power(drop)), scale - drop
    return NetDecimal(number, scale, negative)


def trim(value: NetDecimal, least: int) -> NetDecimal:
    """Without trailing zeros beyond `least` places."""
    number, scale = value.number, value.scale
    while scale > least and number % 10 == 0:
        number, scale = number // 10, scale - 1
    return NetDecimal(number, scale, value.negative)


def overflow() -> ThrownException:
    return ThrownException("System.OverflowException", "Value was either too large or too small for a Decimal.")
