"""``System.Array``: what all arrays have, and its static methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults, ordering
from certgate.csharp.dotnet.list_ import given, test
from certgate.csharp.dotnet.string_comparison import order_of
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, Long, NetArray, array, default_of, key_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

ARRAY = define(
    "System.Array",
    bases=("ICloneable", "System.Collections.IList"),
    allowed=True,
    known="AsReadOnly BinarySearch Clear Clone ConstrainedCopy ConvertAll Copy CopyTo CreateInstance "
    "CreateInstanceFromArrayType "
    "Empty Equals Exists Fill Find FindAll FindIndex FindLast FindLastIndex ForEach GetEnumerator "
    "GetHashCode GetLength "
    "GetLongLength GetLowerBound GetType GetUpperBound GetValue IndexOf Initialize IsFixedSize "
    "IsReadOnly IsSynchronized "
    "LastIndexOf Length LongLength MaxLength Rank ReferenceEquals Resize Reverse SetValue Sort "
    "SyncRoot ToString TrueForAll",
)
_TOO_SHORT = "Destination array was not long enough. Check the destination index, length, and the array's lower bounds."


def _items(source: NetArray | None, parameter: str = "array") -> list[Any]:
    """The elements, as C# values."""
    return list(given(source, parameter))


def _put(target: NetArray, items: list[Any]) -> None:
    target.items[:] = items


@ARRAY.property("int Length")
def get_length(self: NetArray) -> int:
    return len(self)


@ARRAY.property("long LongLength")
def get_long_length(self: NetArray) -> Long:
    return Long(len(self))


@ARRAY.property("int Rank")
def get_rank(self: NetArray) -> int:
    return len(self.lengths)


@ARRAY.method("int GetLength(int dimension)")
def get_length_of(self: NetArray, dimension: int) -> int:
    if not 0 <= dimension < len(self.lengths):
        raise faults.index_outside_array()
    return self.lengths[dimension]


@ARRAY.method("int GetLowerBound(int dimension)")
def get_lower_bound(self: NetArray, dimension: int) -> int:
    return get_length_of(self, dimension) * 0


@ARRAY.method("int GetUpperBound(int dimension)")
def get_upper_bound(self: NetArray, dimension: int) -> int:
    return get_length_of(self, dimension) - 1


@ARRAY.method("object GetValue(int index)")
def get_value(self: NetArray, index: int) -> Any:
    if not 0 <= index < len(self):
        raise faults.index_outside_array()
    return self.get(index)


@ARRAY.method("void SetValue(object value, int index)")
def set_value(self: NetArray, value: Any, index: int) -> None:
    if not 0 <= index < len(self):
        raise faults.index_outside_array()
    element = self.element_type
    if value is None:
        value = default_of(element)
    elif element.is_value and types.PYTHON_CLASSES.get(value.__class__) is not element:
        raise faults.invalid_cast("Object cannot be stored in an array of this type.")
    self.put(index, value)


@ARRAY.method("object Clone()")
def clone(self: NetArray) -> NetArray:
    charge_size(len(self))
    return _same(self, list(self))


def _same(self: NetArray, items: list[Any]) -> NetArray:
    """An array of the same type and shape with other elements."""
    if isinstance(self, ByteArray):
        return ByteArray(items)
    assert isinstance(self.net_type, types.ArrayType)  # noqa: S101 - arrays are made so
    return NetArray(self.net_type, items, self.lengths)


@ARRAY.method("void CopyTo(System.Array array, int index)")
def copy_to(self: NetArray, target: NetArray | None, index: int) -> None:
    _copy(self, 0, given(target, "array"), index, len(self))


@ARRAY.method("static void Copy(System.Array sourceArray, System.Array destinationArray, int length)")
def copy(source: NetArray | None, target: NetArray | None, length: int) -> None:
    _copy(given(source, "sourceArray"), 0, given(target, "destinationArray"), 0, length)


@ARRAY.method(
    "static void Copy(System.Array sourceArray, int sourceIndex, System.Array destinationArray, int "
    "destinationIndex, int length)"
)
def copy_part(source: NetArray | None, start: int, target: NetArray | None, at: int, length: int) -> None:
    _copy(given(source, "sourceArray"), start, given(target, "destinationArray"), at, length)


def _copy(source: NetArray, start: int, target: NetArray, at: int, length: int) -> None:
    for value, name in ((length, "length"), (start, "sourceIndex"), (at, "destinationIndex")):
        if value < 0:
            raise faults.negative(name, value)
    if start + length > len(source):
        message = "Source array was not long enough. Check the source index, length, and the array's lower bounds."
        raise faults.argument(message, "sourceArray")
    if at + length > len(target):
        raise faults.argument(_TOO_SHORT, "destinationArray")
    if source.element_type is not target.element_type and source.element_type.is_value:
        message = "Source array type cannot be assigned to destination array type."
        raise faults.thrown("System.ArrayTypeMismatchException", message)
    charge_steps(length >> 4)
    target.items[at : at + length] = source.items[start : start + length]


@ARRAY.method("static T[] Empty<T>()", generic=True)
def empty(kinds: tuple[NetType, ...]) -> NetArray:
    return array(kinds[0], ())


@ARRAY.method("static int IndexOf<T>(T[] array, T value)")
def index_of(source: NetArray | None, value: Any) -> int:
    return index_of_from(source, value, 0)


@ARRAY.method("static int IndexOf<T>(T[] array, T value, int startIndex)")
def index_of_from(source: NetArray | None, value: Any, start: int) -> int:
    items, wanted = _items(source), key_of(value)
    if not 0 <= start <= len(items):
        raise faults.index_less_or_equal("startIndex")
    return next((at for at in range(start, len(items)) if key_of(items[at]) == wanted), -1)


@ARRAY.method("static int LastIndexOf<T>(T[] array, T value)")
def last_index_of(source: NetArray | None, value: Any) -> int:
    items, wanted = _items(source), key_of(value)
    return next((at for at in range(len(items) - 1, -1, -1) if key_of(items[at]) == wanted), -1)


@ARRAY.method("static void Sort(System.Array array)")
@ARRAY.method("static void Sort<T>(T[] array)")
def sort(source: NetArray | None) -> None:
    _put(given(source, "array"), ordering.sort(_items(source), None))


@ARRAY.method("static void Sort<T>(T[] array, System.Collections.Generic.IComparer<T> comparer)")
def sort_comparer(source: NetArray | None, comparer: Any) -> None:
    _put(given(source, "array"), ordering.sort(_items(source), order_of(comparer)))


@ARRAY.method("static void Sort<T>(T[] array, Comparison<T> comparison)")
def sort_comparison(source: NetArray | None, comparison: Any) -> None:
    _put(given(source, "array"), ordering.sort(_items(source), given(comparison, "comparison")))


@ARRAY.method("static void Sort<TKey, TValue>(TKey[] keys, TValue[] items)")
def sort_pairs(keys: NetArray | None, values: NetArray | None) -> None:
    sorted_keys = given(keys, "keys")
    if values is None:
        sort(keys)
        return
    pairs = list(zip(sorted_keys, values, strict=False))
    ordered = ordering.sort(pairs, lambda left, right: ordering.compare(left[0], right[0]))
    _put(sorted_keys, [pair[0] for pair in ordered])
    values.items[: len(ordered)] = [pair[1] for pair in ordered]


@ARRAY.method("static void Reverse(System.Array array)")
@ARRAY.method("static void Reverse<T>(T[] array)")
def reverse(source: NetArray | None) -> None:
    _put(given(source, "array"), _items(source)[::-1])


@ARRAY.method("static void Clear(System.Array array)")
def clear(source: NetArray | None) -> None:
    clear_part(source, 0, len(given(source, "array")))


@ARRAY.method("static void Clear(System.Array array, int index, int length)")
def clear_part(source: NetArray | None, index: int, length: int) -> None:
    target = given(source, "array")
    if index < 0 or length < 0 or index + length > len(target):
        raise faults.index_outside_array()
    for at in range(index, index + length):
        target.put(at, default_of(target.element_type))


@ARRAY.method("static void Fill<T>(T[] array, T value)")
def fill(source: NetArray | None, value: Any) -> None:
    target = given(source, "array")
    _put(target, [value] * len(target))


@ARRAY.method("static T Find<T>(T[] array, Predicate<T> match)", generic=True)
def find(kinds: tuple[NetType, ...], source: NetArray | None, match: Any) -> Any:
    return next(filter(test(match), _items(source)), default_of(kinds[0]))


@ARRAY.method("static T FindLast<T>(T[] array, Predicate<T> match)", generic=True)
def find_last(kinds: tuple[NetType, ...], source: NetArray | None, match: Any) -> Any:
    return next(filter(test(match), reversed(_items(source))), default_of(kinds[0]))


@ARRAY.method("static T[] FindAll<T>(T[] array, Predicate<T> match)", generic=True)
def find_all(kinds: tuple[NetType, ...], source: NetArray | None, match: Any) -> NetArray:
    return array(kinds[0], filter(test(match), _items(source)))


@ARRAY.method("static int FindIndex<T>(T[] array, Predicate<T> match)")
def find_index(source: NetArray | None, match: Any) -> int:
    predicate = test(match)
    return next((at for at, item in enumerate(_items(source)) if predicate(item)), -1)


@ARRAY.method("static int FindLastIndex<T>(T[] array, Predicate<T> match)")
def find_last_index(source: NetArray | None, match: Any) -> int:
    predicate, items = test(match), _items(source)
    return next((at for at in range(len(items) - 1, -1, -1) if predicate(items[at])), -1)


@ARRAY.method("static bool Exists<T>(T[] array, Predicate<T> match)")
def exists(source: NetArray | None, match: Any) -> bool:
    return any(map(test(match), _items(source)))


@ARRAY.method("static bool TrueForAll<T>(T[] array, Predicate<T> match)")
def true_for_all(source: NetArray | None, match: Any) -> bool:
    return all(map(test(match), _items(source)))


@ARRAY.method("static void ForEach<T>(T[] array, Action<T> action)")
def for_each(source: NetArray | None, action: Any) -> None:
    for item in _items(source):
        charge_steps(1)
        given(action, "action")(item)


@ARRAY.method(
    "static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)", generic=True
)
def convert_all(kinds: tuple[NetType, ...], source: NetArray | None, converter: Any) -> NetArray:
    return array(kinds[1], map(given(converter, "converter"), _items(source)))


@ARRAY.method("static int BinarySearch<T>(T[] array, T value)")
def binary_search(source: NetArray | None, value: Any) -> int:
    return ordering.binary_search(_items(source), value, ordering.compare)


@ARRAY.method("static void Resize<T>(ref T[] array, int newSize)", generic=True)
def resize(kinds: tuple[NetType, ...], source: NetArray | None, size: int) -> tuple[None, NetArray]:
    if size < 0:
        raise faults.negative("newSize", size)
    charge_size(size)
    items = [] if source is None else list(source)[:size]
    return None, array(kinds[0], items + [default_of(kinds[0])] * (size - len(items)))
