"""Digits of a number, the place of its decimal point and its sign, and how .NET rounds them.

Knows where the digits of a Double, Single, Decimal or integer come from; knows nothing of format strings.
"""

from __future__ import annotations

import struct
from decimal import ROUND_HALF_EVEN, Context, Decimal

CUSTOM_DIGITS = {False: 15, True: 7}
"""How many digits a custom format sees of a Double and of a Single."""

ROUND_TRIP_DIGITS = {False: 17, True: 9}


class NumberBuffer:
    """`digits` has no leading zero and is empty for zero; the value is 0.digits times ten to the power of `scale`."""

    __slots__ = ("digits", "floating", "negative", "scale")

    def __init__(self, digits: str, scale: int, negative: bool, floating: bool = False) -> None:
        self.digits = digits
        self.scale = scale
        self.negative = negative
        self.floating = floating

    def round(self, position: int, *, rounded: bool = False) -> None:
        """Keep `position` digits, half away from zero; `rounded` says that the digits are rounded already."""
        kept = self.digits[: max(position, 0)]
        up = 0 <= position < len(self.digits) and not rounded and self.digits[position] >= "5"
        if up:
            stripped = kept.rstrip("9")
            if stripped:
                self.digits = stripped[:-1] + str(int(stripped[-1]) + 1)
            else:
                self.digits, self.scale = "1", self.scale + 1
            return
        self.digits = kept.rstrip("0")
        if not self.digits:
            self.scale = 0
            self.negative = self.negative and self.floating


def of_integer(value: int) -> NumberBuffer:
    digits = str(abs(value)) if value else ""
    return NumberBuffer(digits, len(digits), value < 0)


def of_decimal(coefficient: int, scale: int, negative: bool) -> NumberBuffer:
    digits = str(coefficient) if coefficient else ""
    return NumberBuffer(digits, len(digits) - scale, negative)


def of_float(value: float, single: bool) -> NumberBuffer:
    """The fewest digits that give back the same value."""
    return _from_decimal(value, Decimal(shortest(value, single)))


def of_float_digits(value: float, significant: int) -> NumberBuffer:
    """The exact value of a float, rounded half to even to that many digits."""
    context = Context(prec=max(significant, 1), rounding=ROUND_HALF_EVEN)
    return _from_decimal(value, context.create_decimal(Decimal(value)))


def of_float_places(value: float, places: int) -> NumberBuffer:
    """The exact value of a float, rounded half to even to that many places after the point."""
    context = Context(prec=places + 400, rounding=ROUND_HALF_EVEN)
    return _from_decimal(value, Decimal(value).quantize(Decimal(1).scaleb(-places), context=context))


def shortest(value: float, single: bool) -> str:
    """The shortest decimal text of a finite float that reads back as the same Double (or Single)."""
    if not single:
        return repr(value)
    for precision in range(1, 10):
        text = f"{value:.{precision - 1}e}"
        if to_single(float(text)) == value:
            return text
    return repr(value)


def to_single(value: float) -> float:
    """The nearest Single, as a Python float; infinite where it does not fit."""
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _from_decimal(value: float, rounded: Decimal) -> NumberBuffer:
    _, digit_tuple, exponent = rounded.as_tuple()
    digits = "".join(map(str, digit_tuple)).lstrip("0")
    negative = str(value).startswith("-")
    if not digits:
        return NumberBuffer("", 0, negative, floating=True)
    scale = len(digits) + int(exponent)
    return NumberBuffer(digits.rstrip("0"), scale, negative, floating=True)
