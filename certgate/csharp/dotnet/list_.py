"""``System.Collections.Generic.List<T>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults, ordering
from certgate.csharp.dotnet.collection_interfaces import EnumeratorValue
from certgate.csharp.dotnet.collection_interfaces import copy_to as copy_collection
from certgate.csharp.dotnet.list_values import NetList
from certgate.csharp.dotnet.string_comparison import order_of
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, NetObject, array, default_of, iterate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"

LIST = define(
    f"{G}.List<T>",
    bases=(f"{G}.IList<T>", f"{G}.IReadOnlyList<T>", "System.Collections.IList"),
    allowed=True,
    known="Add AddRange AsReadOnly BinarySearch Capacity Clear Contains ConvertAll CopyTo Count "
    "EnsureCapacity Equals Exists Find "
    "FindAll FindIndex FindLast FindLastIndex ForEach GetEnumerator GetHashCode GetRange GetType "
    "IndexOf Insert InsertRange Item "
    "LastIndexOf ReferenceEquals Remove RemoveAll RemoveAt RemoveRange Reverse Slice Sort ToArray "
    "ToString TrimExcess TrueForAll",
)


ENUMERATOR = define(f"{G}.ListEnumerator<T>", kind="struct", bases=(f"{G}.IEnumerator<T>",))
"""``List<T>.Enumerator``, which the gateway refuses."""
READ_ONLY = define(
    "System.Collections.ObjectModel.ReadOnlyCollection<T>",
    bases=(f"{G}.IList<T>", f"{G}.IReadOnlyList<T>"),
    known="Contains CopyTo Count Empty Equals GetEnumerator GetHashCode GetType IndexOf Item ReferenceEquals ToString",
)


class ReadOnlyList(NetObject):
    """What ``AsReadOnly`` gives: a view of a list that takes no changes."""

    __slots__ = ("element_type", "net_type", "of")

    def __init__(self, of: NetList) -> None:
        self.of = of
        self.element_type = of.element_type
        self.net_type: NetType = READ_ONLY.of(of.element_type)

    def __len__(self) -> int:
        return len(self.of)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.of)

    def get(self, index: int) -> Any:
        return self.of.get(index)


def given(value: Any, parameter: str) -> Any:
    if value is None:
        raise faults.argument_null(parameter)
    return value


def test(match: Any) -> Callable[[Any], Any]:
    """A predicate that charges each of its calls."""
    predicate = given(match, "match")

    def run(item: Any) -> Any:
        charge_steps(1)
        return predicate(item)

    return run


@LIST.constructor("List()", generic=True)
def make(kinds: tuple[NetType, ...]) -> NetList:
    return NetList(kinds[0])


@LIST.constructor("List(int capacity)", generic=True)
def make_capacity(kinds: tuple[NetType, ...], capacity: int) -> NetList:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return NetList(kinds[0])


@LIST.constructor("List(System.Collections.Generic.IEnumerable<T> collection)", generic=True)
def make_from(kinds: tuple[NetType, ...], collection: Any) -> NetList:
    return NetList(kinds[0], iterate(given(collection, "collection")))


@LIST.property("int Count")
def get_count(self: NetList) -> int:
    return len(self.items)


@LIST.property("int Capacity { get; set; }")
def get_capacity(self: NetList) -> int:
    """The room that .NET would have made: four, then twice as much each time."""
    room = 0
    while room < len(self.items):
        room = room * 2 or 4
    return room


@LIST.indexer("T this[int index] { get; set; }")
def get_item(self: NetList, index: int) -> Any:
    return self.get(index)


@get_item.set
def set_item(self: NetList, index: int, value: Any) -> None:
    self.put(index, value)


@LIST.method("void Add(T item)")
def add(self: NetList, item: Any) -> None:
    self.add(item)


@LIST.method("void AddRange(System.Collections.Generic.IEnumerable<T> collection)")
def add_range(self: NetList, collection: Any) -> None:
    insert_range(self, len(self.items), collection)


@LIST.method("void Insert(int index, T item)")
def insert(self: NetList, index: int, item: Any) -> None:
    self.insert(index, item)


@LIST.method("void InsertRange(int index, System.Collections.Generic.IEnumerable<T> collection)")
def insert_range(self: NetList, index: int, collection: Any) -> None:
    given(collection, "collection")
    if not 0 <= index <= len(self.items):
        raise faults.index_less_or_equal("index")
    more = list(self.items) if collection is self else list(iterate(collection))
    charge_size(len(more))
    self.items[index:index] = more
    self.version += bool(more)


@LIST.method("bool Remove(T item)")
def remove(self: NetList, item: Any) -> bool:
    return self.remove(item)


@LIST.method("void RemoveAt(int index)")
def remove_at(self: NetList, index: int) -> None:
    self.remove_at(index)


@LIST.method("int RemoveAll(Predicate<T> match)")
def remove_all(self: NetList, match: Any) -> int:
    predicate = test(match)
    kept = [item for item in list(self.items) if not predicate(item)]
    removed = len(self.items) - len(kept)
    if removed:
        self.replace(kept)
    return removed


@LIST.method("void RemoveRange(int index, int count)")
def remove_range(self: NetList, index: int, count: int) -> None:
    _check_range(self, index, count)
    if count:
        del self.items[index : index + count]
        self.version += 1


def _check_range(self: NetList, index: int, count: int) -> None:
    if index < 0:
        raise faults.out_of_range("Non-negative number required.", "index")
    if count < 0:
        raise faults.out_of_range("Non-negative number required.", "count")
    if len(self.items) - index < count:
        raise faults.argument(
            "Offset and length were out of bounds for the array or count is greater than the number "
            "of elements from index to "
            "the end of the source collection."
        )


@LIST.method("void Clear()")
def clear(self: NetList) -> None:
    self.clear()


@LIST.method("bool Contains(T item)")
def contains(self: NetList, item: Any) -> bool:
    charge_steps(len(self.items) >> 4)
    return self.contains(item)


@LIST.method("int IndexOf(T item)")
def index_of(self: NetList, item: Any) -> int:
    return self.index(item)


@LIST.method("int IndexOf(T item, int index)")
def index_of_from(self: NetList, item: Any, index: int) -> int:
    if index > len(self.items):
        raise faults.index_less_or_equal("index")
    if index < 0:
        raise faults.index_less_or_equal("startIndex")
    return self.index(item, index)


@LIST.method("int LastIndexOf(T item)")
def last_index_of(self: NetList, item: Any) -> int:
    reverse = NetList(self.element_type, reversed(self.items)).index(item)
    return -1 if reverse < 0 else len(self.items) - 1 - reverse


@LIST.method("T Find(Predicate<T> match)")
def find(self: NetList, match: Any) -> Any:
    return next(filter(test(match), self.items), default_of(self.element_type))


@LIST.method("T FindLast(Predicate<T> match)")
def find_last(self: NetList, match: Any) -> Any:
    return next(filter(test(match), reversed(self.items)), default_of(self.element_type))


@LIST.method("List<T> FindAll(Predicate<T> match)")
def find_all(self: NetList, match: Any) -> NetList:
    return NetList(self.element_type, filter(test(match), self.items))


@LIST.method("int FindIndex(Predicate<T> match)")
def find_index(self: NetList, match: Any) -> int:
    predicate = test(match)
    return next((at for at, item in enumerate(self.items) if predicate(item)), -1)


@LIST.method("int FindLastIndex(Predicate<T> match)")
def find_last_index(self: NetList, match: Any) -> int:
    predicate = test(match)
    return next((at for at in range(len(self.items) - 1, -1, -1) if predicate(self.items[at])), -1)


@LIST.method("bool Exists(Predicate<T> match)")
def exists(self: NetList, match: Any) -> bool:
    return any(map(test(match), self.items))


@LIST.method("bool TrueForAll(Predicate<T> match)")
def true_for_all(self: NetList, match: Any) -> bool:
    return all(map(test(match), self.items))


@LIST.method("void ForEach(Action<T> action)")
def for_each(self: NetList, action: Any) -> None:
    given(action, "action")
    for item in self:
        charge_steps(1)
        action(item)


@LIST.method("List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)", generic=True)
def convert_all(kinds: tuple[NetType, ...], self: NetList, converter: Any) -> NetList:
    return NetList(kinds[0], map(given(converter, "converter"), self.items))


@LIST.method("List<T> GetRange(int index, int count)")
@LIST.method("List<T> Slice(int start, int length)")
def get_range(self: NetList, index: int, count: int) -> NetList:
    _check_range(self, index, count)
    return NetList(self.element_type, self.items[index : index + count])


@LIST.method("void Reverse()")
def reverse(self: NetList) -> None:
    self.replace(self.items[::-1])


@LIST.method("void Reverse(int index, int count)")
def reverse_range(self: NetList, index: int, count: int) -> None:
    _check_range(self, index, count)
    items = list(self.items)
    items[index : index + count] = items[index : index + count][::-1]
    self.replace(items)


@LIST.method("void Sort()")
def sort(self: NetList) -> None:
    self.replace(ordering.sort(self.items, None))


@LIST.method("void Sort(System.Collections.Generic.IComparer<T> comparer)")
def sort_comparer(self: NetList, comparer: Any) -> None:
    self.replace(ordering.sort(self.items, order_of(comparer)))


@LIST.method("void Sort(Comparison<T> comparison)")
def sort_comparison(self: NetList, comparison: Any) -> None:
    self.replace(ordering.sort(self.items, given(comparison, "comparison")))


@LIST.method("int BinarySearch(T item)")
def binary_search(self: NetList, item: Any) -> int:
    return ordering.binary_search(self.items, item, ordering.compare)


@LIST.method("T[] ToArray()")
def to_array(self: NetList) -> NetArray:
    charge_size(len(self.items))
    return array(self.element_type, self.items)


@LIST.method("void CopyTo(T[] array)")
def copy_all(self: NetList, target: NetArray | None) -> None:
    copy_collection(self, target, 0)


@LIST.method("void CopyTo(T[] array, int arrayIndex)")
def copy_to(self: NetList, target: NetArray | None, index: int) -> None:
    copy_collection(self, target, index)


@LIST.method("void TrimExcess()")
def trim_excess(self: NetList) -> None:
    """Nothing to give back."""


@LIST.method("System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly()")
def as_read_only(self: NetList) -> ReadOnlyList:
    return ReadOnlyList(self)


@LIST.method("System.Collections.Generic.ListEnumerator<T> GetEnumerator()")
def get_enumerator(self: NetList) -> EnumeratorValue:
    return EnumeratorValue(self, ENUMERATOR.of(self.element_type))


@ENUMERATOR.property("T Current")
def get_current(self: EnumeratorValue) -> Any:
    return self.current


@ENUMERATOR.method("bool MoveNext()")
def move_next(self: EnumeratorValue) -> bool:
    return self.move_next()


@ENUMERATOR.method("void Dispose()")
def dispose(self: EnumeratorValue) -> None:
    """Nothing to give back."""


@READ_ONLY.property("int Count")
def get_read_only_count(self: ReadOnlyList) -> int:
    return len(self)


@READ_ONLY.indexer("T this[int index]")
def get_read_only_item(self: ReadOnlyList, index: int) -> Any:
    return self.get(index)


@READ_ONLY.method("bool Contains(T value)")
def read_only_contains(self: ReadOnlyList, item: Any) -> bool:
    return self.of.contains(item)


@READ_ONLY.method("int IndexOf(T value)")
def read_only_index_of(self: ReadOnlyList, item: Any) -> int:
    return self.of.index(item)
