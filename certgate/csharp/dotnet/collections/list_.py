"""``System.Collections.Generic.List<T>``. Searching and sorting: ``list_search.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections import list_search
from certgate.csharp.dotnet.collections.collection_access import copy_to as copy_collection
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.collections.list_access import INVALID_RANGE, check_range, given, test
from certgate.csharp.dotnet.collections.list_type import ENUMERATOR, LIST
from certgate.csharp.dotnet.collections.list_values import NetList
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import NetArray, array, iterate

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

PARTS = (list_search,)
"""The module that declares searching and sorting."""


@LIST.constructor("List()", generic=True)
def make(kinds: tuple[NetType, ...]) -> NetList:
    return NetList(kinds[0])


@LIST.constructor("List(int capacity)", generic=True)
def make_capacity(kinds: tuple[NetType, ...], capacity: int) -> NetList:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    made = NetList(kinds[0])
    made.room = capacity
    return made


@LIST.constructor("List(System.Collections.Generic.IEnumerable<T> collection)", generic=True)
def make_from(kinds: tuple[NetType, ...], collection: Any) -> NetList:
    made = NetList(kinds[0], iterate(given(collection, "collection")))
    if not hasattr(collection, "__len__"):
        made.room = 0
        while made.room < len(made):
            made.grow(made.room + 1)
    return made


@LIST.property("int Count")
def get_count(self: NetList) -> int:
    return len(self.items)


@LIST.property("int Capacity { get; set; }")
def get_capacity(self: NetList) -> int:
    return self.room


@get_capacity.set
def set_capacity(self: NetList, value: int) -> None:
    if value < len(self.items):
        raise faults.out_of_range("capacity was less than the current size.", "value")
    self.room = value


@LIST.method("int EnsureCapacity(int capacity)")
def ensure_capacity(self: NetList, capacity: int) -> int:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    self.grow(capacity)
    return self.room


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
    charge_size(len(more) * 2)
    self.items[index:index] = more
    self.version += bool(more)
    self.grow(len(self.items))


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
    check_range(self, index, count)
    if count:
        del self.items[index : index + count]
        self.version += 1


@LIST.method("void Clear()")
def clear(self: NetList) -> None:
    self.clear()


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
    check_range(self, index, count)
    return NetList(self.element_type, self.items[index : index + count])


@LIST.method("void Reverse()")
def reverse(self: NetList) -> None:
    self.replace(self.items[::-1])


@LIST.method("void Reverse(int index, int count)")
def reverse_range(self: NetList, index: int, count: int) -> None:
    check_range(self, index, count)
    items = list(self.items)
    items[index : index + count] = items[index : index + count][::-1]
    self.replace(items)


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


@LIST.method("void CopyTo(int index, T[] array, int arrayIndex, int count)")
def copy_part(self: NetList, index: int, target: NetArray | None, at: int, count: int) -> None:
    if len(self.items) - index < count:
        raise faults.argument(INVALID_RANGE)
    from certgate.csharp.dotnet.collections.array_ import copy_part as copy_array

    copy_array(array(self.element_type, self.items), index, target, at, count)


@LIST.method("void TrimExcess()")
def trim_excess(self: NetList) -> None:
    """Only where much is free."""
    if len(self.items) < self.room * 9 // 10:
        self.room = len(self.items)


@LIST.method("System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly()")
def as_read_only(self: NetList) -> Any:
    from certgate.csharp.dotnet.collections.read_only import ReadOnlyList

    return ReadOnlyList(self, self.element_type)


@LIST.method("System.Collections.Generic.List.Enumerator<T> GetEnumerator()")
def get_enumerator(self: NetList) -> EnumeratorValue:
    return EnumeratorValue(self, ENUMERATOR.of(self.element_type))
