"""``System.Array``: what all arrays have, and its static methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.conversions import WIDENING, derives_from
from certgate.csharp.dotnet.collections import array_search, array_sort
from certgate.csharp.dotnet.collections.array_type import ARRAY, TOO_SHORT, items_of
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.collections.list_access import given, test
from certgate.csharp.dotnet.system import faults
from certgate.csharp.operations import numeric_conversion
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import ByteArray, Long, NetArray, array, default_of, type_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

PARTS = (array_search, array_sort)
"""The modules that declare the rest of the members."""


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


def _place(self: NetArray, indexes: list[int]) -> int:
    """Where an element stands among all. ArgumentException, IndexOutOfRangeException."""
    if len(indexes) != len(self.lengths):
        ranks = {1: "one", 2: "two", 3: "three"}
        if len(indexes) in ranks:
            raise faults.argument(f"Array was not a {ranks[len(indexes)]}-dimensional array.")
        raise faults.argument("Indices length does not match the array rank.")
    place = 0
    for index, length in zip(indexes, self.lengths, strict=True):
        if not 0 <= index < length:
            raise faults.index_outside_array()
        place = place * length + index
    return place


def _get(self: NetArray, *indexes: int) -> Any:
    return self.get(_place(self, [int(index) for index in indexes]))


def _set(self: NetArray, value: Any, *indexes: int) -> None:
    place = _place(self, [int(index) for index in indexes])
    element = self.element_type
    if value is None:
        value = default_of(element)
    elif not derives_from(type_of(value), types.nullable_inner(element) or element):
        if element not in WIDENING.get(type_of(value), ()):
            raise faults.invalid_cast("Object cannot be stored in an array of this type.")
        value = numeric_conversion(type_of(value), element)(value)
    self.put(place, value)


for _keyword in ("int", "long"):
    for _count in (1, 2, 3):
        _names = ["index"] if _count == 1 else [f"index{number}" for number in range(1, _count + 1)]
        _parameters = ", ".join(f"{_keyword} {name}" for name in _names)
        ARRAY.method(f"object GetValue({_parameters})")(_get)
        ARRAY.method(f"void SetValue(object value, {_parameters})")(_set)
    ARRAY.method(f"object GetValue(params {_keyword}[] indices)")(
        lambda self, indexes: _get(self, *given(indexes, "indices"))
    )
    ARRAY.method(f"void SetValue(object value, params {_keyword}[] indices)")(
        lambda self, value, indexes: _set(self, value, *given(indexes, "indices"))
    )


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
    if len(source.lengths) != len(target.lengths):
        message = "The specified arrays must have the same number of dimensions."
        raise faults.thrown("System.RankException", message)
    if length < 0:
        raise faults.negative("length", length)
    if start < 0:
        raise faults.too_small("sourceIndex", start, 0)
    if start + length > len(source):
        message = "Source array was not long enough. Check the source index, length, and the array's lower bounds."
        raise faults.argument(message, "sourceArray")
    if at < 0:
        raise faults.too_small("destinationIndex", at, 0)
    if at + length > len(target):
        raise faults.argument(TOO_SHORT, "destinationArray")
    charge_steps(length >> 4)
    target.items[at : at + length] = _converted(source, target.element_type, start, length)


def _values(source: NetArray, start: int, length: int) -> list[Any]:
    """Elements as C# values."""
    return [source.get(at) for at in range(start, start + length)]


def _converted(source: NetArray, kind: NetType, start: int, length: int) -> Any:
    """Elements as those of another array. ArrayTypeMismatchException, InvalidCastException."""
    own = source.element_type
    items = source.items[start : start + length]
    if own is kind or (own.is_reference and kind.is_reference and derives_from(own, kind)):
        return items
    if kind in WIDENING.get(own, ()) and kind is not types.DECIMAL:
        return list(map(numeric_conversion(own, kind), _values(source, start, length)))
    if own.is_value and kind.is_reference and (kind is types.OBJECT or derives_from(own, kind)):
        return _values(source, start, length)
    if not own.is_reference or not (own is types.OBJECT or own.kind == "interface" or derives_from(kind, own)):
        message = "Source array type cannot be assigned to destination array type."
        raise faults.thrown("System.ArrayTypeMismatchException", message)
    for item in items:
        if (item is None and kind.is_value) or (item is not None and not derives_from(type_of(item), kind)):
            message = "At least one element in the source array could not be cast down to the destination array type."
            raise faults.invalid_cast(message)
    return items


ARRAY.method(
    "static void ConstrainedCopy(System.Array sourceArray, int sourceIndex, System.Array destinationArray, "
    "int destinationIndex, int length)"
)(copy_part)


@ARRAY.method("static T[] Empty<T>()", generic=True)
def empty(kinds: tuple[NetType, ...]) -> NetArray:
    return array(kinds[0], ())


@ARRAY.method("static void Clear(System.Array array)")
def clear(source: NetArray | None) -> None:
    clear_part(source, 0, len(given(source, "array")))


@ARRAY.method("static void Clear(System.Array array, int index, int length)")
def clear_part(source: NetArray | None, index: int, length: int) -> None:
    target = given(source, "array")
    if index < 0 or length < 0 or index + length > len(target):
        raise faults.index_outside_array()
    charge_steps(length >> 2)
    for at in range(index, index + length):
        target.put(at, default_of(target.element_type))


@ARRAY.method("static void Fill<T>(T[] array, T value)")
def fill(source: NetArray | None, value: Any) -> None:
    target = given(source, "array")
    charge_steps(len(target) >> 3)
    target.items[:] = [value] * len(target)


@ARRAY.method("static bool Exists<T>(T[] array, Predicate<T> match)")
def exists(source: NetArray | None, match: Any) -> bool:
    return any(map(test(match), items_of(source)))


@ARRAY.method("static bool TrueForAll<T>(T[] array, Predicate<T> match)")
def true_for_all(source: NetArray | None, match: Any) -> bool:
    return all(map(test(match), items_of(source)))


@ARRAY.method("static void ForEach<T>(T[] array, Action<T> action)")
def for_each(source: NetArray | None, action: Any) -> None:
    for item in items_of(source):
        charge_steps(1)
        given(action, "action")(item)


@ARRAY.method(
    "static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)", generic=True
)
def convert_all(kinds: tuple[NetType, ...], source: NetArray | None, converter: Any) -> NetArray:
    return array(kinds[1], map(given(converter, "converter"), items_of(source)))


@ARRAY.method("static void Resize<T>(ref T[] array, int newSize)", generic=True)
def resize(kinds: tuple[NetType, ...], source: NetArray | None, size: int) -> tuple[None, NetArray]:
    if size < 0:
        raise faults.negative("newSize", size)
    charge_size(size)
    items = [] if source is None else list(source)[:size]
    return None, array(kinds[0], items + [default_of(kinds[0])] * (size - len(items)))


@ARRAY.method("static void Fill<T>(T[] array, T value, int startIndex, int count)")
def fill_part(source: NetArray | None, value: Any, start: int, count: int) -> None:
    target: NetArray = given(source, "array")
    if not 0 <= start <= len(target):
        raise faults.index_less_or_equal("startIndex")
    if not 0 <= count <= len(target) - start:
        raise faults.count()
    charge_steps(count >> 3)
    target.items[start : start + count] = [value] * count


@ARRAY.method("static System.Array CreateInstance(System.Type elementType, int length)")
def create_instance(kind: Any, length: int) -> NetArray:
    if length < 0:
        raise faults.negative("length", length)
    return _create(kind, (length,))


@ARRAY.method("static System.Array CreateInstance(System.Type elementType, int length1, int length2)")
def create_matrix(kind: Any, first: int, second: int) -> NetArray:
    for length, name in ((first, "length1"), (second, "length2")):
        if length < 0:
            raise faults.negative(name, length)
    return _create(kind, (first, second))


@ARRAY.method("static System.Array CreateInstance(System.Type elementType, params int[] lengths)")
def create_any(kind: Any, lengths: NetArray | None) -> NetArray:
    found = tuple(given(lengths, "lengths"))
    if not found:
        raise faults.argument("Must provide at least one rank.")
    for at, length in enumerate(found):
        if length < 0:
            raise faults.negative(f"lengths[{at}]", length)
    return _create(kind, found)


def _create(kind: Any, lengths: tuple[int, ...]) -> NetArray:
    element = given(kind, "elementType").of
    count = 1
    for length in lengths:
        count *= length
    charge_size(count)
    if len(lengths) == 1:
        return array(element, [default_of(element)] * count)
    return NetArray(element.array(len(lengths)), [default_of(element)] * count, lengths)


@ARRAY.method("static System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly<T>(T[] array)", generic=True)
def as_read_only(kinds: tuple[NetType, ...], source: NetArray | None) -> Any:
    from certgate.csharp.dotnet.collections.read_only import ReadOnlyList

    return ReadOnlyList(given(source, "array"), kinds[0])


@ARRAY.method("System.Collections.IEnumerator GetEnumerator()")
def get_enumerator(self: NetArray) -> EnumeratorValue:
    return EnumeratorValue(self, types.named("System.Collections.IEnumerator"))


@ARRAY.method("long GetLongLength(int dimension)")
def get_long_length_of(self: NetArray, dimension: int) -> Long:
    return Long(get_length_of(self, dimension))


for _name, _value in (("IsFixedSize", True), ("IsReadOnly", False), ("IsSynchronized", False)):
    ARRAY.property(f"bool {_name}")(lambda self, value=_value: value)
ARRAY.property("object SyncRoot")(lambda self: self)
ARRAY.property("static int MaxLength")(lambda: 0x7FFFFFC7)
ARRAY.method("void Initialize()")(lambda self: None)
