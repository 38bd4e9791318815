"""How .NET puts values in order: ``Comparer<T>.Default``, comparers given by the program, and sorting with them."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, TypeVar

from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, charge_steps
from certgate.csharp.values import Byte, Char, EnumValue, NetObject, SByte, Short, TupleValue, UShort, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


T = TypeVar("T")


class Comparable(NetObject):
    """Base of library values that have an order."""

    __slots__ = ()

    def compare(self, other: Any) -> int:
        """Less than, equal to or greater than zero; `other` is of the same class."""
        raise NotImplementedError

    def mismatch(self) -> ThrownException:
        """The exception for comparing with another type."""
        return faults.argument(f"Object must be of type {type_of(self).reflection_name.rpartition('.')[2]}.")


def compare(left: Any, right: Any) -> int:
    """``Comparer<T>.Default.Compare``: null comes first, NaN before every number, text in the order of the culture."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    return compare_same(left, right)


def compare_same(left: Any, right: Any) -> int:
    """``left.CompareTo(right)`` of a `left` that is not null. ArgumentException where types differ or have no order."""
    if right is None:
        return 1
    if left.__class__ is not right.__class__:
        if not _has_order(left):
            if _has_order(right):
                return -compare_same(right, left)
            raise no_order()
        if isinstance(left, Comparable):
            raise left.mismatch()
        if isinstance(left, TupleValue):
            raise faults.argument(f"Argument must be of type {left.net_type.reflection_name}.", "other")
        raise faults.argument(f"Object must be of type {type_of(left).reflection_name.rpartition('.')[2]}.")
    if isinstance(left, Char):
        return ord(left) - ord(right)
    if isinstance(left, (Byte, SByte, Short, UShort)):
        return int(left - right)
    if isinstance(left, str):
        from certgate.csharp.dotnet.text import collation

        return collation.compare(left, right)
    if isinstance(left, float):
        return _compare_floats(left, right)
    if isinstance(left, EnumValue):
        return bool(left.value > right.value) - bool(left.value < right.value)
    if isinstance(left, TupleValue):
        return next((order for order in map(compare, left.items, right.items) if order), 0)
    if isinstance(left, Comparable):
        return int(left.compare(right))
    if not _has_order(left):
        raise no_order()
    return bool(left > right) - bool(left < right)


def no_order() -> ThrownException:
    return faults.argument("At least one object must implement IComparable.")


def _has_order(value: Any) -> bool:
    return isinstance(value, (int, float, str, EnumValue, TupleValue, Comparable)) or not isinstance(value, NetObject)


def _compare_floats(left: float, right: float) -> int:
    if left != left or right != right:
        return (right != right) - (left != left)
    return (left > right) - (left < right)


def sort(items: Iterable[Any], order: Callable[[Any, Any], int] | None, *, wrap: bool = True) -> list[Any]:
    """A sorted copy in which equal elements keep their order, as ``OrderBy`` has it.

    `wrap`: what the comparer throws arrives as InvalidOperationException.
    """
    chosen = order or compare
    listed = list(items)
    charge_steps(len(listed))

    def counted(left: Any, right: Any) -> int:
        charge_steps(1)
        return chosen(left, right)

    if not wrap:
        return sorted(listed, key=cmp_to_key(counted))
    return wrapped(lambda: sorted(listed, key=cmp_to_key(counted)))


def wrapped(run: Callable[[], T]) -> T:
    """What a comparer throws arrives as InvalidOperationException, with the first exception inside."""
    try:
        return run()
    except ThrownException as error:
        from certgate.csharp.exceptions import ExceptionValue

        message = "Failed to compare two elements in the array."
        value = ExceptionValue("System.InvalidOperationException", message, error.value)
        raise value.thrown() from None


def binary_search(items: Sequence[Any], wanted: Any, order: Callable[[Any, Any], int]) -> int:
    """The index of `wanted` in sorted items, else the complement of where it would stand."""
    return search_part(items, 0, len(items), wanted, order)


def search_part(items: Sequence[Any], start: int, count: int, wanted: Any, order: Callable[[Any, Any], int]) -> int:
    """:func:`binary_search` in `count` items from `start` on."""
    low, high = start, start + count - 1
    while low <= high:
        middle = low + (high - low) // 2
        found = order(items[middle], wanted)
        if found == 0:
            return middle
        if found < 0:
            low = middle + 1
        else:
            high = middle - 1
    return ~low
