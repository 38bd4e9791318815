"""How Newtonsoft compares the values of two JValues."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.json.tokens import BigInteger
from certgate.csharp.dotnet.numbers.convert_values import convert
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import compare_ordinal
from certgate.csharp.values import ByteArray, EnumValue, ULong, key_of, text_of, type_of

_EPSILON = 2.2204460492503131e-16
_ALIKE = {"Guid": "System.Guid", "Uri": "System.Uri", "TimeSpan": "System.TimeSpan"}


def compare_values(kind: str, left: Any, right: Any) -> int:
    """Negative, 0 or positive; `kind` is the JTokenType by which to compare. FormatException, ArgumentException."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    match kind:
        case "Integer" | "Float":
            return _numbers(left, right, whole=kind == "Integer")
        case "Boolean":
            return _order(convert(left, "Boolean"), convert(right, "Boolean"))
        case "String" | "Comment" | "Raw":
            return compare_ordinal(text_of(left), text_of(right))
        case "Bytes":
            if not isinstance(right, ByteArray):
                raise faults.argument("Object must be of type byte[].")
            return _order((len(left), bytes(left)), (len(right), bytes(right)))
        case "Date":
            return _dates(left, right)
    if kind in _ALIKE and type_of(right).full_name != _ALIKE[kind]:
        raise faults.argument(f"Object must be of type {kind}.")
    if key_of(left) == key_of(right):
        return 0
    compare = getattr(left, "compare", None)
    return int(compare(right)) if compare is not None else _order(text_of(left), text_of(right))


def _numbers(left: Any, right: Any, *, whole: bool) -> int:
    values = [value.value if isinstance(value, EnumValue) else value for value in (left, right)]
    if any(isinstance(value, BigInteger) for value in values):
        return _order(*(value.number if isinstance(value, BigInteger) else _exact(value) for value in values))
    if any(isinstance(value, (NetDecimal, ULong)) for value in values):
        return _order(*(_exact(convert(value, "Decimal")) for value in values))
    if whole and not any(isinstance(value, float) for value in values):
        return _order(*(int(convert(value, "Int64")) for value in values))
    one, other = (float(convert(value, "Double")) for value in values)
    tolerance = (abs(one) + abs(other) + 10.0) * _EPSILON
    return 0 if one == other or abs(one - other) < tolerance else _order(one, other)


def _exact(value: Any) -> Any:
    if isinstance(value, NetDecimal):
        return Fraction(value.number, 10**value.scale)
    return value if isinstance(value, (int, float)) else convert(value, "Double")


def _dates(left: Any, right: Any) -> int:
    from certgate.csharp import types
    from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue
    from certgate.csharp.dotnet.json.casts import cast

    if isinstance(left, DateTimeValue):
        other = DateTimeValue(right.ticks) if isinstance(right, DateTimeOffsetValue) else right
        return left.compare(cast(other, types.named("System.DateTime")))
    return int(left.compare(cast(right, types.named("System.DateTimeOffset"))))


def _order(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)
