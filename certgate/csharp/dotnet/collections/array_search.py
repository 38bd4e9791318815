"""Searching arrays: ``Array.IndexOf``, ``Find`` and ``BinarySearch`` with their kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.array_type import ARRAY, items_of
from certgate.csharp.dotnet.collections.list_access import (
    INVALID_RANGE,
    first_place,
    given,
    last_match,
    last_place,
    test,
)
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.string_comparison import order_of
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import NetArray, array, default_of, key_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType


def check_range(source: NetArray | None, index: int, length: int) -> None:
    """ArgumentNullException, ArgumentOutOfRangeException, ArgumentException."""
    found = given(source, "array")
    for value, name in ((index, "index"), (length, "length")):
        if value < 0:
            raise faults.out_of_range("Non-negative number required.", name)
    if len(found) - index < length:
        raise faults.argument(INVALID_RANGE)


def _first(source: NetArray | None, value: Any, start: int, count: int | None) -> int:
    items = items_of(source)
    if not 0 <= start <= len(items):
        raise faults.index_less_or_equal("startIndex")
    count = len(items) - start if count is None else count
    if not 0 <= count <= len(items) - start:
        raise faults.count()
    wanted = key_of(value)
    charge_steps(count >> 1)
    return next((at for at in range(start, start + count) if key_of(items[at]) == wanted), -1)


def _last(source: NetArray | None, value: Any, start: int | None, count: int | None) -> int:
    items = items_of(source)
    start = len(items) - 1 if start is None else start
    if not items:
        if start not in (-1, 0):
            raise faults.index_less("startIndex")
        if count:
            raise faults.count()
        return -1
    if not 0 <= start < len(items):
        raise faults.index_less("startIndex")
    count = start + 1 if count is None else count
    if count < 0 or start - count + 1 < 0:
        raise faults.count()
    return last_place(items, value, start, count)


for _generic, _array, _value in (("<T>", "T[]", "T"), ("", "System.Array", "object")):
    _head = f"int IndexOf{_generic}({_array} array, {_value} value"
    ARRAY.method(f"static {_head})")(lambda source, value: _first(source, value, 0, None))
    ARRAY.method(f"static {_head}, int startIndex)")(lambda source, value, start: _first(source, value, start, None))
    ARRAY.method(f"static {_head}, int startIndex, int count)")(_first)
    _head = f"int LastIndexOf{_generic}({_array} array, {_value} value"
    ARRAY.method(f"static {_head})")(lambda source, value: _last(source, value, None, None))
    ARRAY.method(f"static {_head}, int startIndex)")(lambda source, value, start: _last(source, value, start, None))
    ARRAY.method(f"static {_head}, int startIndex, int count)")(_last)


@ARRAY.method("static T Find<T>(T[] array, Predicate<T> match)", generic=True)
def find(kinds: tuple[NetType, ...], source: NetArray | None, match: Any) -> Any:
    items = items_of(source)
    return next(filter(test(match), items), default_of(kinds[0]))


@ARRAY.method("static T FindLast<T>(T[] array, Predicate<T> match)", generic=True)
def find_last(kinds: tuple[NetType, ...], source: NetArray | None, match: Any) -> Any:
    items = items_of(source)
    return next(filter(test(match), reversed(items)), default_of(kinds[0]))


@ARRAY.method("static T[] FindAll<T>(T[] array, Predicate<T> match)", generic=True)
def find_all(kinds: tuple[NetType, ...], source: NetArray | None, match: Any) -> NetArray:
    items = items_of(source)
    return array(kinds[0], filter(test(match), items))


@ARRAY.method("static int FindIndex<T>(T[] array, Predicate<T> match)")
def find_index(source: NetArray | None, match: Any) -> int:
    items = items_of(source)
    return first_place(items, 0, len(items), match)


@ARRAY.method("static int FindIndex<T>(T[] array, int startIndex, Predicate<T> match)")
def find_index_from(source: NetArray | None, start: int, match: Any) -> int:
    items = items_of(source)
    return first_place(items, start, len(items) - start, match)


@ARRAY.method("static int FindIndex<T>(T[] array, int startIndex, int count, Predicate<T> match)")
def find_index_part(source: NetArray | None, start: int, count: int, match: Any) -> int:
    return first_place(items_of(source), start, count, match)


@ARRAY.method("static int FindLastIndex<T>(T[] array, Predicate<T> match)")
def find_last_index(source: NetArray | None, match: Any) -> int:
    items = items_of(source)
    return last_match(items, len(items) - 1, len(items), match)


@ARRAY.method("static int FindLastIndex<T>(T[] array, int startIndex, Predicate<T> match)")
def find_last_index_from(source: NetArray | None, start: int, match: Any) -> int:
    return last_match(items_of(source), start, start + 1, match)


@ARRAY.method("static int FindLastIndex<T>(T[] array, int startIndex, int count, Predicate<T> match)")
def find_last_index_part(source: NetArray | None, start: int, count: int, match: Any) -> int:
    return last_match(items_of(source), start, count, match)


def _search(source: NetArray | None, index: int, length: int | None, value: Any, comparer: Any) -> int:
    length = len(given(source, "array")) if length is None else length
    check_range(source, index, length)
    return ordering.wrapped(lambda: ordering.search_part(items_of(source), index, length, value, order_of(comparer)))


for _generic, _array, _value, _comparer in (
    ("<T>", "T[]", "T", "System.Collections.Generic.IComparer<T>"),
    ("", "System.Array", "object", "System.Collections.IComparer"),
):
    _head = f"int BinarySearch{_generic}({_array} array"
    _tail = f", {_comparer} comparer)"
    ARRAY.method(f"static {_head}, {_value} value)")(lambda source, value: _search(source, 0, None, value, None))
    ARRAY.method(f"static {_head}, {_value} value{_tail}")(
        lambda source, value, comparer: _search(source, 0, None, value, comparer)
    )
    ARRAY.method(f"static {_head}, int index, int length, {_value} value)")(
        lambda source, index, length, value: _search(source, index, length, value, None)
    )
    ARRAY.method(f"static {_head}, int index, int length, {_value} value{_tail}")(_search)
