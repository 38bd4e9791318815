"""Comparing, clamping and signs of numbers, as ``System.Math`` and the numeric types do them."""

from __future__ import annotations

import math
from typing import Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.values import text_of


def greater(left: Any, right: Any, sign: int) -> Any:
    """The greater (`sign` 1) or lesser value; NaN where either is NaN, and 0 is greater than -0."""
    for value in (left, right):
        if isinstance(value, float) and math.isnan(value):
            return value
    if left == right and isinstance(left, float):
        return left if math.copysign(1.0, left) * sign > 0 else right
    return left if sign * ordering.compare_same(left, right) >= 0 else right


def magnitude(value: Any) -> Any:
    """A number as large, without sign; not a C# value."""
    return NetDecimal(abs(value.number), value.scale) if isinstance(value, NetDecimal) else abs(value)


def is_negative(value: Any) -> bool:
    """Also of a negative zero."""
    if isinstance(value, NetDecimal):
        return value.negative
    return math.copysign(1.0, value) < 0 if isinstance(value, float) else value < 0


def greater_magnitude(left: Any, right: Any, sign: int) -> Any:
    """The value of greater (`sign` 1) or lesser magnitude; of two with the same one, the greater or lesser."""
    one, other = magnitude(left), magnitude(right)
    if one != one or other != other:
        return left if one != one else right
    if one == other:
        return right if is_negative(left) == (sign > 0) else left
    return left if (one > other) == (sign > 0) else right


def clamp(value: Any, low: Any, high: Any) -> Any:
    if ordering.compare_same(low, high) > 0:
        raise faults.argument(f"'{text_of(low)}' cannot be greater than {text_of(high)}.")
    if isinstance(value, float) and math.isnan(value):
        return value
    return low if ordering.compare_same(value, low) < 0 else high if ordering.compare_same(value, high) > 0 else value


def sign_of(value: Any) -> int:
    """ArithmeticException for NaN."""
    if isinstance(value, NetDecimal):
        return (value.number > 0) - (value.number < 0)
    if value != value:
        raise faults.thrown(
            "System.ArithmeticException", "Function does not accept floating point Not-a-Number values."
        )
    return bool(value > 0) - bool(value < 0)


def absolute(value: int, bits: int) -> int:
    """OverflowException for the least value."""
    if value == -(1 << (bits - 1)):
        raise faults.overflow("Negating the minimum value of a twos complement number is invalid.")
    return abs(value)


def divide(left: int, right: int) -> tuple[int, int]:
    """Quotient, rounded to zero, and remainder. DivideByZeroException."""
    if right == 0:
        raise faults.thrown("System.DivideByZeroException", "Attempted to divide by zero.")
    quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
    return quotient, left - quotient * right
