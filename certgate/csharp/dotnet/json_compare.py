"""How Newtonsoft compares the values of two JValues, and turns one into another type as ``System.Convert`` would."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet import faults, number_parse
from certgate.csharp.dotnet.boolean import parse as parse_boolean
from certgate.csharp.dotnet.json_tokens import BigInteger
from certgate.csharp.types import NetType
from certgate.csharp.values import NUMBER_CLASSES, ByteArray, Char, EnumValue, Single, key_of, text_of, type_of

_BITS: dict[NetType, tuple[int, bool]] = {
    types.SBYTE: (8, True),
    types.BYTE: (8, False),
    types.INT16: (16, True),
    types.UINT16: (16, False),
    types.INT32: (32, True),
    types.UINT32: (32, False),
    types.INT64: (64, True),
    types.UINT64: (64, False),
}
_NAMES: dict[NetType, str] = {types.SBYTE: "a signed byte", types.BYTE: "an unsigned byte"}


def compare_values(kind: str, left: Any, right: Any) -> int:
    """Negative, 0 or positive; `kind` is the JTokenType of the left one."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if kind in ("Integer", "Float"):
        return _order(_number(left), _number(right))
    if kind == "Boolean":
        return _order(bool(left), bool(right))
    if isinstance(left, ByteArray) and isinstance(right, ByteArray):
        return _order(bytes(left), bytes(right))
    if isinstance(left, str) or isinstance(right, str):
        return _order(text_of(left), text_of(right))
    if key_of(left) == key_of(right):
        return 0
    compare = getattr(left, "compare", None)
    result: int = compare(right) if compare is not None and type(left) is type(right) else 1
    return result


def _number(value: Any) -> Any:
    if isinstance(value, NetDecimal):
        from fractions import Fraction

        return Fraction(value.number, 10**value.scale)
    if isinstance(value, EnumValue):
        return value.value
    if isinstance(value, BigInteger):
        return value.number
    return value if isinstance(value, int | float) else float(text_of(value))


def _order(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def change(value: Any, kind: NetType) -> Any:
    """``Convert.ChangeType``: FormatException, OverflowException, InvalidCastException."""
    if type_of(value) is kind:
        return value
    if kind is types.STRING:
        return text_of(value)
    if kind is types.BOOLEAN:
        return parse_boolean(value) if isinstance(value, str) else bool(_number(value))
    if kind in _BITS:
        return _integer(value, kind)
    if kind is types.DECIMAL:
        return _decimal(value)
    if kind in (types.DOUBLE, types.SINGLE):
        number = _float(value)
        return Single(number) if kind is types.SINGLE else number
    if kind is types.CHAR and isinstance(value, str):
        if len(value) != 1:
            raise faults.format_error("String must be exactly one character long.")
        return Char(value)
    message = f"Invalid cast from '{type_of(value).reflection_name}' to '{kind.reflection_name}'."
    raise faults.invalid_cast(message)


def _integer(value: Any, kind: NetType) -> Any:
    bits, signed = _BITS[kind]
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    if isinstance(value, str):
        try:
            number = number_parse.parse_integer(value, number_parse.INTEGER, bits, signed)
        except number_parse.TooLarge:
            raise _too_large(kind) from None
        if number is None:
            raise faults.bad_input(value)
    else:
        number = _rounded(value, kind)
    if not low <= number <= high:
        raise _too_large(kind)
    return NUMBER_CLASSES[kind](number)


def _rounded(value: Any, kind: NetType) -> int:
    if isinstance(value, float | NetDecimal):
        if isinstance(value, float) and not abs(value) < 1e30:
            raise _too_large(kind)
        rounded: int = round(_number(value))
        return rounded
    if isinstance(value, int | EnumValue | BigInteger):
        return int(_number(value))
    message = f"Invalid cast from '{type_of(value).reflection_name}' to '{kind.reflection_name}'."
    raise faults.invalid_cast(message)


def _too_large(kind: NetType) -> Any:
    name = kind.definition.name if kind.definition is not None else kind.display
    article = _NAMES.get(kind) or ("an" if name[0] in "I" else "a") + f" {name}"
    return faults.overflow(f"Value was either too large or too small for {article}.")


def _decimal(value: Any) -> NetDecimal:
    if isinstance(value, str):
        try:
            read = number_parse.parse_decimal(value, number_parse.NUMBER)
        except number_parse.TooLarge:
            raise faults.overflow("Value was either too large or too small for a Decimal.") from None
        if read is None:
            raise faults.bad_input(value)
        return NetDecimal(-read[0] if read[2] else read[0], read[1], read[2])
    if isinstance(value, float):
        return NetDecimal.of_float(value, 7 if isinstance(value, Single) else 15)
    return NetDecimal(int(value))


def _float(value: Any) -> float:
    if isinstance(value, str):
        read = number_parse.parse_float(value, number_parse.FLOAT | number_parse.THOUSANDS)
        if read is None:
            raise faults.bad_input(value)
        return read
    return float(_number(value))
