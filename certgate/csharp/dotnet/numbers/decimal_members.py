"""What Decimal has and the other numbers have not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.numbers import rounding
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.ordering import compare
from certgate.csharp.operations import numeric_conversion
from certgate.csharp.values import Byte, EnumValue, Long, NetArray, array

if TYPE_CHECKING:
    from certgate.csharp.types import TypeDefinition

KNOWN = (
    "Add Ceiling Compare ConvertToInteger ConvertToIntegerNative Divide Floor FromOACurrency GetBits IsCanonical "
    "IsInteger MinusOne Multiply Negate One Remainder Round Scale Subtract TryGetBits "
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
    for keyword, name in _TARGETS.items():
        kind = types.KEYWORDS[keyword]
        definition.method(f"static {keyword} To{name}(decimal d)")(numeric_conversion(types.DECIMAL, kind, True))
    definition.method("static int[] GetBits(decimal d)")(_bits)
    definition.method("static bool IsInteger(decimal value)")(lambda d: d.number % 10**d.scale == 0)
    definition.method("static bool IsCanonical(decimal value)")(lambda d: d.scale == 0 or d.number % 10 != 0)
    definition.method("static bool Equals(decimal d1, decimal d2)")(lambda left, right: bool(left == right))
    definition.property("byte Scale")(lambda self: Byte(self.scale))
    definition.constructor("Decimal(int[] bits)")(_of_bits)
    definition.method("static decimal FromOACurrency(long cy)")(_of_currency)
    definition.method("static long ToOACurrency(decimal value)")(_to_currency)


_TARGETS = {
    "byte": "Byte",
    "sbyte": "SByte",
    "short": "Int16",
    "ushort": "UInt16",
    "int": "Int32",
    "uint": "UInt32",
    "long": "Int64",
    "ulong": "UInt64",
    "float": "Single",
    "double": "Double",
}


def _of_bits(bits: NetArray | None) -> NetDecimal:
    if bits is None:
        raise faults.argument_null("bits")
    if len(bits) != 4:
        message = "Decimal constructor requires an array or span of four valid decimal bytes."
        raise faults.argument(message)
    low, middle, high, flags = bits
    if flags & 0x7F00FFFF or (flags >> 16 & 0xFF) > 28:
        message = "Decimal constructor requires an array or span of four valid decimal bytes."
        raise faults.argument(message)
    return _make(low, middle, high, flags < 0, flags >> 16 & 0xFF)


def _of_currency(value: int) -> NetDecimal:
    """An amount in ten thousandths, without trailing zeros."""
    number, scale = int(value), 4
    while scale and number % 10 == 0:
        number, scale = number // 10, scale - 1
    return NetDecimal(number, scale)


def _to_currency(value: NetDecimal) -> Long:
    number = rounding.round_decimal(value, 4, rounding.TO_EVEN)
    amount = number.number * 10 ** (4 - number.scale)
    if not -(1 << 63) <= amount < 1 << 63:
        raise faults.overflow("Value was either too large or too small for a Currency.")
    return Long(amount)


def _make(low: int, middle: int, high: int, negative: bool, scale: int) -> NetDecimal:
    if scale > 28:
        raise faults.out_of_range("Decimal's scale value must be between 0 and 28, inclusive.", "scale")
    number = (low & 0xFFFFFFFF) | (middle & 0xFFFFFFFF) << 32 | (high & 0xFFFFFFFF) << 64
    return NetDecimal(-number if negative else number, int(scale), negative)


def _round(value: NetDecimal, places: int, mode: EnumValue) -> NetDecimal:
    return rounding.round_decimal(value, places, mode.value)


def _bits(value: NetDecimal) -> NetArray:
    number = abs(value.number)
    words = [number >> shift & 0xFFFFFFFF for shift in (0, 32, 64)]
    words.append(value.scale << 16 | (0x80000000 if value.negative else 0))
    return array(types.INT32, (word - (1 << 32) if word >> 31 else word for word in words))
