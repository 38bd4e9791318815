"""What Decimal has and the other numbers have not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet import faults, rounding
from certgate.csharp.dotnet.ordering import compare
from certgate.csharp.values import EnumValue, Long, array

if TYPE_CHECKING:
    from certgate.csharp.types import TypeDefinition

KNOWN = (
    "Add Ceiling Compare Divide Floor FromOACurrency GetBits MinusOne Multiply Negate One Remainder "
    "Round Scale Subtract "
    "ToByte ToDouble ToInt16 ToInt32 ToInt64 ToOACurrency ToSByte ToSingle ToUInt16 ToUInt32 ToUInt64 Truncate Zero"
)


def declare(definition: TypeDefinition, greatest: int) -> None:
    constants = {"MaxValue": greatest, "MinValue": -greatest, "Zero": 0, "One": 1, "MinusOne": -1}
    for name, value in constants.items():
        definition.constant(f"decimal {name}", NetDecimal(value))
    definition.constructor("Decimal(int lo, int mid, int hi, bool isNegative, byte scale)")(_make)
    for keyword in ("int", "uint", "long", "ulong"):
        definition.constructor(f"Decimal({keyword} value)")(lambda value: NetDecimal(int(value)))
    definition.constructor("Decimal(double value)")(NetDecimal.of_float)
    definition.constructor("Decimal(float value)")(lambda value: NetDecimal.of_float(value, 7))
    definition.constructor("Decimal()")(lambda: NetDecimal(0))
    definition.method("static decimal Add(decimal d1, decimal d2)")(NetDecimal.__add__)
    definition.method("static decimal Subtract(decimal d1, decimal d2)")(NetDecimal.__sub__)
    definition.method("static decimal Multiply(decimal d1, decimal d2)")(NetDecimal.__mul__)
    definition.method("static decimal Divide(decimal d1, decimal d2)")(NetDecimal.__truediv__)
    definition.method("static decimal Remainder(decimal d1, decimal d2)")(NetDecimal.__mod__)
    definition.method("static decimal Negate(decimal d)")(NetDecimal.__neg__)
    definition.method("static int Compare(decimal d1, decimal d2)")(compare)
    definition.method("static decimal Truncate(decimal d)")(lambda d: rounding.round_decimal(d, 0, rounding.TO_ZERO))
    definition.method("static decimal Floor(decimal d)")(lambda d: rounding.round_decimal(d, 0, rounding.DOWN))
    definition.method("static decimal Ceiling(decimal d)")(lambda d: rounding.round_decimal(d, 0, rounding.UP))
    definition.method("static decimal Round(decimal d)")(lambda d: rounding.round_decimal(d, 0, rounding.TO_EVEN))
    definition.method("static decimal Round(decimal d, int decimals)")(
        lambda d, places: rounding.round_decimal(d, places, rounding.TO_EVEN)
    )
    definition.method("static decimal Round(decimal d, MidpointRounding mode)")(
        lambda d, mode: rounding.round_decimal(d, 0, mode.value)
    )
    definition.method("static decimal Round(decimal d, int decimals, MidpointRounding mode)")(_round)
    definition.method("static int ToInt32(decimal d)")(lambda d: _whole(d, 32, "an Int32"))
    definition.method("static long ToInt64(decimal d)")(lambda d: Long(_whole(d, 64, "an Int64")))
    definition.method("static double ToDouble(decimal d)")(float)
    definition.method("static int[] GetBits(decimal d)")(_bits)


def _make(low: int, middle: int, high: int, negative: bool, scale: int) -> NetDecimal:
    if scale > 28:
        raise faults.out_of_range("Decimal's scale value must be between 0 and 28, inclusive.", "scale")
    number = (low & 0xFFFFFFFF) | (middle & 0xFFFFFFFF) << 32 | (high & 0xFFFFFFFF) << 64
    return NetDecimal(-number if negative else number, int(scale), negative)


def _round(value: NetDecimal, places: int, mode: EnumValue) -> NetDecimal:
    return rounding.round_decimal(value, places, mode.value)


def _whole(value: NetDecimal, bits: int, name: str) -> int:
    number = value.truncate()
    if not -(1 << (bits - 1)) <= number < 1 << (bits - 1):
        raise faults.overflow(f"Value was either too large or too small for {name}.")
    return number


def _bits(value: NetDecimal) -> object:
    from certgate.csharp import types

    number = abs(value.number)
    words = [number >> shift & 0xFFFFFFFF for shift in (0, 32, 64)]
    words.append(value.scale << 16 | (0x80000000 if value.negative else 0))
    return array(types.INT32, (word - (1 << 32) if word >> 31 else word for word in words))
