"""Sorting and reversing arrays: ``Array.Sort`` and ``Array.Reverse``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.array_search import check_range
from certgate.csharp.dotnet.collections.array_type import ARRAY, items_of
from certgate.csharp.dotnet.collections.introsort import sort_array
from certgate.csharp.dotnet.collections.list_access import INVALID_RANGE, given
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import order_of
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from certgate.csharp.values import NetArray

G = "System.Collections.Generic"


def _sort(source: NetArray | None, index: int, length: int | None, comparer: Any) -> None:
    target: NetArray = given(source, "array")
    length = len(target) if length is None else length
    check_range(target, index, length)
    part = items_of(target)[index : index + length]
    target.items[index : index + length] = sort_array(part, order_of(comparer))


for _generic, _array, _comparer in (
    ("<T>", "T[]", f"{G}.IComparer<T>"),
    ("", "System.Array", "System.Collections.IComparer"),
):
    _head = f"void Sort{_generic}({_array} array"
    ARRAY.method(f"static {_head})")(lambda source: _sort(source, 0, None, None))
    ARRAY.method(f"static {_head}, {_comparer} comparer)")(lambda source, comparer: _sort(source, 0, None, comparer))
    ARRAY.method(f"static {_head}, int index, int length)")(
        lambda source, index, length: _sort(source, index, length, None)
    )
    ARRAY.method(f"static {_head}, int index, int length, {_comparer} comparer)")(_sort)


@ARRAY.method("static void Sort<T>(T[] array, Comparison<T> comparison)")
def sort_comparison(source: NetArray | None, comparison: Any) -> None:
    target: NetArray = given(source, "array")
    target.items[:] = sort_array(items_of(target), given(comparison, "comparison"))


def _sort_pairs(keys: NetArray | None, values: NetArray | None, index: int, length: int | None, comparer: Any) -> None:
    sorted_keys: NetArray = given(keys, "keys")
    length = len(sorted_keys) if length is None else length
    if index < 0 or length < 0:
        raise faults.out_of_range("Non-negative number required.", "index" if index < 0 else "length")
    if len(sorted_keys) - index < length or (values is not None and index > len(values) - length):
        raise faults.argument(INVALID_RANGE)
    part = slice(index, index + length)
    if values is None:
        sorted_keys.items[part] = sort_array(items_of(sorted_keys)[part], order_of(comparer))
        return
    order = order_of(comparer)
    pairs = list(zip(items_of(sorted_keys)[part], items_of(values)[part], strict=True))
    ordered = sort_array(pairs, lambda left, right: order(left[0], right[0]))
    sorted_keys.items[part] = [pair[0] for pair in ordered]
    values.items[part] = [pair[1] for pair in ordered]


for _generic, _keys, _items, _comparer in (
    ("<TKey, TValue>", "TKey[]", "TValue[]", f"{G}.IComparer<TKey>"),
    ("", "System.Array", "System.Array", "System.Collections.IComparer"),
):
    _head = f"void Sort{_generic}({_keys} keys, {_items} items"
    ARRAY.method(f"static {_head})")(lambda keys, values: _sort_pairs(keys, values, 0, None, None))
    ARRAY.method(f"static {_head}, {_comparer} comparer)")(
        lambda keys, values, comparer: _sort_pairs(keys, values, 0, None, comparer)
    )
    ARRAY.method(f"static {_head}, int index, int length)")(
        lambda keys, values, index, length: _sort_pairs(keys, values, index, length, None)
    )
    ARRAY.method(f"static {_head}, int index, int length, {_comparer} comparer)")(_sort_pairs)


def _reverse(source: NetArray | None, index: int, length: int | None) -> None:
    target: NetArray = given(source, "array")
    length = len(target) if length is None else length
    check_range(target, index, length)
    charge_steps(length >> 3)
    target.items[index : index + length] = items_of(target)[index : index + length][::-1]


for _head in ("Reverse<T>(T[] array", "Reverse(System.Array array"):
    ARRAY.method(f"static void {_head})")(lambda source: _reverse(source, 0, None))
    ARRAY.method(f"static void {_head}, int index, int length)")(_reverse)
