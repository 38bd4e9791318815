"""Rounding of Decimal and Double to a number of places, by MidpointRounding."""

from __future__ import annotations

import math

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.system import faults

TO_EVEN, AWAY_FROM_ZERO, TO_ZERO, DOWN, UP = range(5)


def round_decimal(value: NetDecimal, places: int, mode: int) -> NetDecimal:
    """ArgumentOutOfRangeException for places outside 0 to 28."""
    if not 0 <= places <= 28:
        raise faults.out_of_range("Decimal can only round to between 0 and 28 digits of precision.", "decimals")
    check_mode(mode)
    if value.scale <= places:
        return value
    unit = 10 ** (value.scale - places)
    quotient, rest = divmod(abs(value.number), unit)
    quotient += _up(quotient, rest, unit, value.number < 0, mode)
    return NetDecimal(-quotient if value.negative else quotient, places, value.negative)


def _up(quotient: int, rest: int, unit: int, negative: bool, mode: int) -> bool:
    """Whether the magnitude grows."""
    match mode:
        case 0:
            return rest * 2 > unit or (rest * 2 == unit and quotient % 2 == 1)
        case 1:
            return rest * 2 >= unit
        case 3:
            return negative and rest > 0
        case 4:
            return not negative and rest > 0
    return False


def round_float(value: float, places: int, mode: int) -> float:
    """.NET multiplies by a power of ten, rounds to a whole number and divides."""
    if not 0 <= places <= 15:
        raise faults.out_of_range("Rounding digits must be between 0 and 15, inclusive.", "digits")
    check_mode(mode)
    if abs(value) >= 1e16 or not math.isfinite(value):
        return value
    power = 10.0**places
    return math.copysign(_whole(value * power, mode) / power, value)


def _whole(value: float, mode: int) -> float:
    match mode:
        case 0:
            return float(round(value))
        case 1:
            fraction, whole = math.modf(value)
            return whole + math.copysign(1.0, fraction) if abs(fraction) >= 0.5 else whole
        case 2:
            return float(math.trunc(value))
        case 3:
            return float(math.floor(value))
    return float(math.ceil(value))


def check_mode(mode: int) -> None:
    if not 0 <= mode <= 4:
        raise faults.argument(f"The value '{mode}' is not valid for this usage of the type MidpointRounding.", "mode")
