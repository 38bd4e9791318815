"""Arithmetic, comparison and numeric conversion of values by C# type (C# specification 12.9 to 12.13 and 10.3.2).

Pure functions of values, used when constants are folded and when code runs. Checked ones throw OverflowException.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal, fit
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import NUMBER_CLASSES, Char, EnumValue, Single, enum_value, single

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.types import NetType

    Operation = Callable[[Any, Any], Any]

BOUNDS: dict[NetType, tuple[int, int]] = {
    types.SBYTE: (-(2**7), 2**7 - 1),
    types.BYTE: (0, 2**8 - 1),
    types.INT16: (-(2**15), 2**15 - 1),
    types.UINT16: (0, 2**16 - 1),
    types.INT32: (-(2**31), 2**31 - 1),
    types.UINT32: (0, 2**32 - 1),
    types.INT64: (-(2**63), 2**63 - 1),
    types.UINT64: (0, 2**64 - 1),
    types.CHAR: (0, 2**16 - 1),
}
"""The least and the greatest value of each integral type."""


def _overflow() -> ThrownException:
    return ThrownException("System.OverflowException", "Arithmetic operation resulted in an overflow.")


def _divide_by_zero() -> ThrownException:
    return ThrownException("System.DivideByZeroException", "Attempted to divide by zero.")


def wrapper(kind: NetType, checked: bool) -> Callable[[int], Any]:
    """A function that makes a value of an integral type of any whole number: cut to its bits, or OverflowException."""
    low, high = BOUNDS[kind]
    span = high - low + 1
    make = _char if kind is types.CHAR else NUMBER_CLASSES[kind]

    def wrap(number: int) -> Any:
        if low <= number <= high:
            return make(number)
        if checked:
            raise _overflow()
        return make((number - low) % span + low)

    return wrap


def _char(number: int) -> Char:
    return Char(chr(number))


def _integer_operations(kind: NetType, checked: bool) -> dict[str, Operation]:
    low, high = BOUNDS[kind]
    span = high - low + 1
    make: Callable[[int], Any] = NUMBER_CLASSES[kind]
    bits = 63 if span > 2**32 else 31

    def fitted(number: int) -> Any:
        if low <= number <= high:
            return make(number)
        if checked:
            raise _overflow()
        return make((number - low) % span + low)

    def divide(left: int, right: int) -> Any:
        if not right:
            raise _divide_by_zero()
        quotient = abs(left) // abs(right)
        number = quotient if (left < 0) == (right < 0) else -quotient
        if number > high:
            raise _overflow()
        return make(number)

    def remainder(left: int, right: int) -> Any:
        if not right:
            raise _divide_by_zero()
        if right == -1 and left == low:
            raise _overflow()
        rest = abs(left) % abs(right)
        return make(-rest if left < 0 else rest)

    def shift_left(left: int, right: int) -> Any:
        return make(((left << (right & bits)) - low) % span + low)

    return {
        "+": lambda left, right: fitted(left + right),
        "-": lambda left, right: fitted(left - right),
        "*": lambda left, right: fitted(left * right),
        "/": divide,
        "%": remainder,
        "<<": shift_left,
        ">>": lambda left, right: make(left >> (right & bits)),
        "&": lambda left, right: make(left & right),
        "|": lambda left, right: make(left | right),
        "^": lambda left, right: make((left ^ right) if low < 0 else (left ^ right) & high),
    }


def _float_divide(left: float, right: float) -> float:
    if right:
        return left / right
    if left != left or right != right or left == 0:
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _float_remainder(left: float, right: float) -> float:
    if left != left or right != right or math.isinf(left) or right == 0:
        return math.nan
    return math.fmod(left, right)


_FLOAT: dict[str, Operation] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _float_divide,
    "%": _float_remainder,
}


def _plain_double(operation: Operation) -> Operation:
    return lambda left, right: operation(float(left), float(right))


def _single_operation(operation: Operation) -> Operation:
    return lambda left, right: single(operation(float(left), float(right)))


_DECIMAL: dict[str, Operation] = {
    "+": NetDecimal.__add__,
    "-": NetDecimal.__sub__,
    "*": NetDecimal.__mul__,
    "/": NetDecimal.__truediv__,
    "%": NetDecimal.__mod__,
}

_BOOLEAN: dict[str, Operation] = {
    "&": lambda left, right: left and right,
    "|": lambda left, right: left or right,
    "^": lambda left, right: left != right,
}

COMPARISONS: dict[str, Operation] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}

_tables: dict[tuple[NetType, bool], dict[str, Operation]] = {}


def binary(operator: str, kind: NetType, checked: bool = False) -> Operation:
    """The operation on two values of `kind`, a promoted numeric type or bool. Shifts have an int on the right."""
    if operator in COMPARISONS:
        return COMPARISONS[operator]
    table = _tables.get((kind, checked))
    if table is None:
        if kind is types.DECIMAL:
            table = _DECIMAL
        elif kind is types.DOUBLE:
            table = {name: _plain_double(operation) for name, operation in _FLOAT.items()}
        elif kind is types.SINGLE:
            table = {name: _single_operation(operation) for name, operation in _FLOAT.items()}
        elif kind is types.BOOLEAN:
            table = _BOOLEAN
        else:
            table = _integer_operations(kind, checked)
        _tables[kind, checked] = table
    return table[operator]


def unary(operator: str, kind: NetType, checked: bool = False) -> Callable[[Any], Any]:
    """``+ - ~ !`` on a value of a promoted type."""
    if operator == "!":
        return lambda value: not value
    if operator == "+":
        return lambda value: value
    if kind in (types.DOUBLE, types.DECIMAL):
        return lambda value: -value
    if kind is types.SINGLE:
        return lambda value: Single(-value)
    wrap = wrapper(kind, checked)
    if operator == "-":
        return lambda value: wrap(-value)
    low, high = BOUNDS[kind]
    make = NUMBER_CLASSES[kind]
    return lambda value: make(~value if low < 0 else ~value & high)


def number_of(value: Any) -> Any:
    """The number inside a char or an enum value."""
    if isinstance(value, Char):
        return ord(value)
    return value.value if isinstance(value, EnumValue) else value


def numeric_conversion(source: NetType, target: NetType, checked: bool = False) -> Callable[[Any], Any]:
    """The function that converts between two numeric, char or enum types, as a cast does (10.3.2, 10.3.3)."""
    key = (source, target, checked)
    found = _conversions.get(key)
    if found is None:
        found = _conversions[key] = _make_conversion(source, target, checked)
    return found


_conversions: dict[tuple[NetType, NetType, bool], Callable[[Any], Any]] = {}


def _make_conversion(source: NetType, target: NetType, checked: bool) -> Callable[[Any], Any]:
    if target.kind == "enum" and target.definition is not None:
        definition = target.definition
        number = numeric_conversion(source, types.KEYWORDS[definition.underlying], checked)
        return lambda value: enum_value(definition, int(number(value)))
    if source.kind == "enum" and source.definition is not None:
        inner = numeric_conversion(types.KEYWORDS[source.definition.underlying], target, checked)
        return lambda value: inner(value.value)
    if target is types.DECIMAL:
        return _to_decimal(source)
    if target is types.DOUBLE:
        return (lambda value: float(ord(value))) if source is types.CHAR else float
    if target is types.SINGLE:
        return (
            (lambda value: single(float(ord(value)))) if source is types.CHAR else (lambda value: single(float(value)))
        )
    return _to_integer(source, target, checked)


def _to_decimal(source: NetType) -> Callable[[Any], Any]:
    if source is types.DOUBLE:
        return NetDecimal.of_float
    if source is types.SINGLE:
        return lambda value: NetDecimal.of_float(value, 7)
    if source is types.CHAR:
        return lambda value: NetDecimal(ord(value))
    return lambda value: fit(int(value), 0)


def _to_integer(source: NetType, target: NetType, checked: bool) -> Callable[[Any], Any]:
    wrap = wrapper(target, checked)
    if source is types.DECIMAL:
        return _decimal_to_integer(target)
    if source in (types.DOUBLE, types.SINGLE):
        return _float_to_integer(target, checked, wrap)
    if source is types.CHAR:
        return lambda value: wrap(ord(value))
    return lambda value: wrap(int(value))


def _decimal_to_integer(target: NetType) -> Callable[[Any], Any]:
    low, high = BOUNDS[target]
    wrap = wrapper(target, True)
    words: dict[NetType, str] = {types.INT32: "an Int32", types.INT64: "an Int64"}
    words |= {types.UINT32: "a UInt32", types.UINT64: "a UInt64"}
    words |= {types.INT16: "an Int16", types.UINT16: "a UInt16", types.CHAR: "a character"}
    words |= {types.BYTE: "an unsigned byte", types.SBYTE: "a signed byte"}

    def convert(value: NetDecimal) -> Any:
        number = value.truncate()
        if not low <= number <= high:
            raise ThrownException(
                "System.OverflowException", f"Value was either too large or too small for {words[target]}."
            )
        return wrap(number)

    return convert


def _float_to_integer(target: NetType, checked: bool, wrap: Callable[[int], Any]) -> Callable[[Any], Any]:
    """.NET 9 and later saturate what does not fit; NaN becomes 0. Small types go by way of int."""
    low, high = BOUNDS[target]

    def convert(value: float) -> Any:
        if value != value or math.isinf(value) or not low - 1 < value < high + 1:
            if checked:
                raise _overflow()
            if value != value:
                return wrap(0)
            if high - low < 2**32 - 1:
                middle = int(max(-(2.0**31), min(2.0**31 - 1, value)))
                return wrap(middle)
            return wrap(low if value < 0 else high)
        return wrap(int(value))

    return convert
