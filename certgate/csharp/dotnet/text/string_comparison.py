"""StringComparison and StringComparer: the ways .NET compares and finds texts."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import casing, collation
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import EnumValue, NetObject, key_of

COMPARISON = define_enum(
    "System.StringComparison",
    {
        "CurrentCulture": 0,
        "CurrentCultureIgnoreCase": 1,
        "InvariantCulture": 2,
        "InvariantCultureIgnoreCase": 3,
        "Ordinal": 4,
        "OrdinalIgnoreCase": 5,
    },
    allowed=True,
)
COMPARER_OF = define("System.Collections.Generic.IEqualityComparer<in T>", kind="interface", known="Equals GetHashCode")
ORDER_OF = define("System.Collections.Generic.IComparer<in T>", kind="interface", known="Compare")
COMPARER = define(
    "System.StringComparer",
    bases=("System.Collections.Generic.IEqualityComparer<string>", "System.Collections.Generic.IComparer<string>"),
    allowed=True,
    known="Compare Create CurrentCulture CurrentCultureIgnoreCase Equals FromComparison GetHashCode "
    "GetType InvariantCulture "
    "InvariantCultureIgnoreCase IsWellKnownCultureAwareComparer IsWellKnownOrdinalComparer Ordinal OrdinalIgnoreCase "
    "ReferenceEquals ToString",
)

CULTURE, ORDINAL, ORDINAL_IGNORE_CASE = 0, 4, 5


def mode(comparison: EnumValue) -> int:
    """The number of a StringComparison. ArgumentException for one that is none."""
    if not 0 <= comparison.value <= 5:
        raise faults.argument("The string comparison type passed in is currently not supported.", "comparisonType")
    return comparison.value


def compare(left: str | None, right: str | None, how: int) -> int:
    """Less than, equal to or greater than zero; null comes first."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if how < ORDINAL:
        return collation.compare(left, right, how % 2 == 1)
    return compare_ordinal(left, right) if how == ORDINAL else compare_ordinal(casing.fold(left), casing.fold(right))


def compare_ordinal(left: str, right: str) -> int:
    """The difference of the first code units that differ, else that of the lengths."""
    for one, other in zip(left, right, strict=False):
        if one != other:
            return ord(one) - ord(other)
    return len(left) - len(right)


def same(left: str | None, right: str | None, how: int) -> bool:
    if left is None or right is None:
        return left is right
    if how < ORDINAL:
        return collation.same(left, right, how % 2 == 1)
    return left == right if how == ORDINAL else casing.fold(left) == casing.fold(right)


def find(text: str, value: str, how: int) -> tuple[int, int] | None:
    """The first place where `value` stands in `text`: start and length."""
    return _find(text, value, how, last=False)


def find_last(text: str, value: str, how: int) -> tuple[int, int] | None:
    return _find(text, value, how, last=True)


def _find(text: str, value: str, how: int, last: bool) -> tuple[int, int] | None:
    if how < ORDINAL and not (collation.is_plain(text) and collation.is_plain(value)):
        return collation.find(text, value, how % 2 == 1, last)
    if how % 2 == 1:
        text, value = casing.fold(text), casing.fold(value)
    at = text.rfind(value) if last else text.find(value)
    return None if at < 0 else (at, len(value))


def starts_with(text: str, value: str, how: int) -> bool:
    if how < ORDINAL and not (collation.is_plain(text) and collation.is_plain(value)):
        return collation.is_ignored(value) or collation.match_at(text, 0, value, how % 2 == 1) is not None
    if how % 2 == 1:
        return casing.fold(text[: len(value)]) == casing.fold(value)
    return text.startswith(value)


def ends_with(text: str, value: str, how: int) -> bool:
    if how < ORDINAL and not (collation.is_plain(text) and collation.is_plain(value)):
        return collation.is_ignored(value) or collation.match_end(text, value, how % 2 == 1)
    if how % 2 == 1:
        return len(text) >= len(value) and casing.fold(text[len(text) - len(value) :]) == casing.fold(value)
    return text.endswith(value)


class StringComparer(NetObject):
    """One of the six comparers; `how` is the number of its StringComparison."""

    __slots__ = ("how",)

    net_type = COMPARER.type

    def __init__(self, how: int) -> None:
        self.how = how

    def order(self, left: Any, right: Any) -> int:
        return compare(left, right, self.how)

    def key_for(self, value: Any) -> Any:
        """What stands for `value` in a Python dict: equal where this comparer says so."""
        if not isinstance(value, str) or self.how == ORDINAL:
            return value
        if self.how == ORDINAL_IGNORE_CASE:
            return casing.fold(value)
        return tuple(collation.weights(value, self.how % 2 == 1))


_COMPARERS = tuple(StringComparer(how) for how in range(6))


def _declare(name: str, how: int) -> None:
    COMPARER.property(f"static StringComparer {name}")(lambda: _COMPARERS[how])


for _name, _how in COMPARISON.constants.items():
    _declare(_name, _how)


@COMPARER.method("static StringComparer FromComparison(StringComparison comparisonType)")
def from_comparison(comparison: EnumValue) -> StringComparer:
    return _COMPARERS[mode(comparison)]


@COMPARER.method("int Compare(string x, string y)")
def comparer_compare(self: StringComparer, x: str | None, y: str | None) -> int:
    return compare(x, y, self.how)


@COMPARER.method("bool Equals(string x, string y)")
def comparer_equals(self: StringComparer, x: str | None, y: str | None) -> bool:
    return same(x, y, self.how)


@ORDER_OF.method("int Compare(T x, T y)")
def order_of_compare(self: Any, x: Any, y: Any) -> int:
    return int(order_of(self)(x, y))


@COMPARER_OF.method("bool Equals(T x, T y)")
def equality_of(self: Any, x: Any, y: Any) -> bool:
    return bool(equality_key(self)(x) == equality_key(self)(y))


COMPARER_OF.signatures("int GetHashCode(T obj)")
COMPARER.signatures("int GetHashCode(string obj)", "int GetHashCode(object obj)")


def order_of(comparer: Any) -> Any:
    """The Python comparison behind an IComparer<T>; the default one for null."""
    if comparer is None:
        from certgate.csharp.dotnet.text import ordering

        return ordering.compare
    return comparer.order


def equality_key(comparer: Any) -> Any:
    """The function that gives a value's key in a Python dict under an IEqualityComparer<T>; the default for null."""
    return key_of if comparer is None else comparer.key_for
