"""The conversions of ``IConvertible``: from any simple value to a type named as TypeCode does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.numbers import number_parse
from certgate.csharp.dotnet.numbers.number_parse import TooLarge
from certgate.csharp.dotnet.system import boolean, faults
from certgate.csharp.values import (
    Byte,
    Char,
    EnumValue,
    Long,
    SByte,
    Short,
    Single,
    UInt,
    ULong,
    UShort,
    single,
    text_of,
    type_of,
)

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

INTEGERS: dict[str, tuple[type, int, bool, str]] = {
    "SByte": (SByte, 8, True, "a signed byte"),
    "Byte": (Byte, 8, False, "an unsigned byte"),
    "Int16": (Short, 16, True, "an Int16"),
    "UInt16": (UShort, 16, False, "a UInt16"),
    "Int32": (int, 32, True, "an Int32"),
    "UInt32": (UInt, 32, False, "a UInt32"),
    "Int64": (Long, 64, True, "an Int64"),
    "UInt64": (ULong, 64, False, "a UInt64"),
}
"""Name -> Python class, bits, whether signed, what overflow messages call it."""

_NUMBERS = (*INTEGERS, "Single", "Double", "Decimal")


def overflow(name: str) -> ThrownException:
    words = (
        INTEGERS[name][3]
        if name in INTEGERS
        else {"Char": "a character", "Decimal": "a Decimal"}.get(name, f"a {name}")
    )
    return faults.overflow(f"Value was either too large or too small for {words}.")


def integer(number: int, name: str) -> Any:
    """A value of that integral type. OverflowException."""
    python, bits, signed, _ = INTEGERS[name]
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    if not low <= number <= high:
        raise overflow(name)
    return python(number)


def convert(value: Any, name: str) -> Any:
    """`value` as a `name`; null is that type's zero. InvalidCastException, FormatException, OverflowException."""
    if value is None:
        return _zero(name)
    if isinstance(value, EnumValue):
        value = int(value.value)
    if name == "String":
        return text_of(value)
    if isinstance(value, Char):
        return _from_char(value, name)
    if isinstance(value, str):
        return _from_text(value, name)
    if not isinstance(value, (bool, int, float, NetDecimal)):
        return _other(value, name)
    match name:
        case "Boolean":
            return bool(value.number) if isinstance(value, NetDecimal) else value != 0
        case "Char":
            return _to_char(value, name)
        case "DateTime":
            raise invalid_cast(value, name)
    return _to_number(value, name)


def _zero(name: str) -> Any:
    from certgate.csharp.dotnet.dates.date_values import DateTimeValue

    match name:
        case "Boolean":
            return False
        case "Char":
            return Char("\0")
        case "String":
            return ""
        case "DateTime":
            return DateTimeValue(0)
    return _to_number(0, name)


def invalid_cast(value: Any, name: str) -> ThrownException:
    source = type_of(value).reflection_name.rpartition(".")[2]
    return faults.invalid_cast(f"Invalid cast from '{source}' to '{name}'.")


def _other(value: Any, name: str) -> Any:
    from certgate.csharp.dotnet.dates.date_values import DateTimeValue

    if isinstance(value, DateTimeValue):
        if name == "DateTime":
            return value
        raise invalid_cast(value, name)
    raise faults.invalid_cast(
        f"Unable to cast object of type '{type_of(value).reflection_name}' to type 'System.IConvertible'."
    )


def _to_number(value: Any, name: str) -> Any:
    match name:
        case "Double":
            return float(value)
        case "Single":
            return single(float(value))
        case "Decimal":
            return _to_decimal(value)
    if isinstance(value, NetDecimal):
        from certgate.csharp.dotnet.numbers.rounding import TO_EVEN, round_decimal

        return integer(round_decimal(value, 0, TO_EVEN).truncate(), name)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise overflow(name)
        return integer(round(value), name)
    return integer(int(value), name)


def _to_decimal(value: Any) -> NetDecimal:
    if isinstance(value, NetDecimal):
        return value
    if isinstance(value, float):
        return NetDecimal.of_float(value, 7 if isinstance(value, Single) else 15)
    return NetDecimal(int(value))


def _to_char(value: Any, name: str) -> Char:
    if isinstance(value, (bool, float, NetDecimal)):
        raise invalid_cast(value, name)
    if not 0 <= value <= 0xFFFF:
        raise overflow(name)
    return Char(chr(value))


def _from_char(value: Char, name: str) -> Any:
    if name == "Char":
        return value
    if name in INTEGERS:
        return integer(ord(value), name)
    raise invalid_cast(value, name)


def _from_text(text: str, name: str) -> Any:
    match name:
        case "Boolean":
            found = boolean.read(text)
            if found is None:
                raise faults.format_error(f"String '{text}' was not recognized as a valid Boolean.")
            return found
        case "Char":
            if len(text) != 1:
                raise faults.format_error("String must be exactly one character long.")
            return Char(text)
    return _parse(text, name)


def _parse(text: str, name: str) -> Any:
    found: Any
    try:
        if name in INTEGERS:
            python, bits, signed, _ = INTEGERS[name]
            found = number_parse.parse_integer(text, number_parse.INTEGER, bits, signed)
            found = None if found is None else python(found)
        elif name == "Decimal":
            parts = number_parse.parse_decimal(text, number_parse.NUMBER)
            found = None if parts is None else NetDecimal(-parts[0] if parts[2] else parts[0], parts[1], parts[2])
        else:
            found = number_parse.parse_float(text, number_parse.FLOAT | number_parse.THOUSANDS)
            found = single(found) if name == "Single" and found is not None else found
    except TooLarge:
        raise overflow(name) from None
    if found is None:
        raise faults.bad_input(text)
    return found
