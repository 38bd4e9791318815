"""``System.Collections.Generic.HashSet<T>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.collection_interfaces import copy_to as copy_collection
from certgate.csharp.dotnet.list_ import given, test
from certgate.csharp.dotnet.table import Table
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, NetObject, default_of, iterate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"

HASH_SET = define(
    f"{G}.HashSet<T>",
    bases=(f"{G}.ISet<T>", f"{G}.IReadOnlyCollection<T>"),
    allowed=True,
    known="Add Capacity Clear Comparer Contains CopyTo Count CreateSetComparer EnsureCapacity Equals ExceptWith "
    "GetAlternateLookup GetEnumerator GetHashCode GetObjectData GetType IntersectWith "
    "IsProperSubsetOf IsProperSupersetOf "
    "IsSubsetOf IsSupersetOf OnDeserialization Overlaps ReferenceEquals Remove RemoveWhere SetEquals "
    "SymmetricExceptWith "
    "ToString TrimExcess TryGetAlternateLookup TryGetValue UnionWith",
)


class SetValue(NetObject):
    __slots__ = ("element_type", "net_type", "table")

    def __init__(self, element_type: NetType, comparer: Any = None) -> None:
        self.element_type = element_type
        self.net_type: NetType = HASH_SET.of(element_type)
        self.table = Table(comparer)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Any]:
        keys = self.table.keys
        return (keys[place] for place in self.table.walk())

    def add(self, item: Any) -> bool:
        if self.table.find(item) is not None:
            return False
        self.table.insert(item, None)
        return True

    def contains(self, item: Any) -> bool:
        return self.table.find(item) is not None

    def remove(self, item: Any) -> bool:
        return self.table.remove(item)

    def clear(self) -> None:
        self.table.clear()

    def keys_of(self, other: Any) -> set[Any]:
        """The keys of another sequence under this set's comparer."""
        return {self.table.key_for(item) for item in iterate(given(other, "other"))}

    def own_keys(self) -> set[Any]:
        return set(self.table.places)


def _fill(result: SetValue, items: Any) -> SetValue:
    for item in iterate(given(items, "collection")):
        result.add(item)
    return result


@HASH_SET.constructor("HashSet()", generic=True)
def make(kinds: tuple[NetType, ...]) -> SetValue:
    return SetValue(kinds[0])


@HASH_SET.constructor("HashSet(int capacity)", generic=True)
def make_capacity(kinds: tuple[NetType, ...], capacity: int) -> SetValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return SetValue(kinds[0])


@HASH_SET.constructor("HashSet(IEqualityComparer<T> comparer)", generic=True)
def make_comparer(kinds: tuple[NetType, ...], comparer: Any) -> SetValue:
    return SetValue(kinds[0], comparer)


@HASH_SET.constructor("HashSet(System.Collections.Generic.IEnumerable<T> collection)", generic=True)
def make_from(kinds: tuple[NetType, ...], items: Any) -> SetValue:
    return _fill(SetValue(kinds[0]), items)


@HASH_SET.constructor(
    "HashSet(System.Collections.Generic.IEnumerable<T> collection, IEqualityComparer<T> comparer)", generic=True
)
def make_from_comparer(kinds: tuple[NetType, ...], items: Any, comparer: Any) -> SetValue:
    return _fill(SetValue(kinds[0], comparer), items)


@HASH_SET.property("int Count")
def get_count(self: SetValue) -> int:
    return len(self)


@HASH_SET.method("bool Add(T item)")
def add(self: SetValue, item: Any) -> bool:
    return self.add(item)


@HASH_SET.method("bool Contains(T item)")
def contains(self: SetValue, item: Any) -> bool:
    return self.contains(item)


@HASH_SET.method("bool Remove(T item)")
def remove(self: SetValue, item: Any) -> bool:
    return self.remove(item)


@HASH_SET.method("void Clear()")
def clear(self: SetValue) -> None:
    self.clear()


@HASH_SET.method("int RemoveWhere(Predicate<T> match)")
def remove_where(self: SetValue, match: Any) -> int:
    predicate = test(match)
    removed = [item for item in list(self) if predicate(item)]
    return sum(map(self.remove, removed))


@HASH_SET.method("bool TryGetValue(T equalValue, out T actualValue)")
def try_get_value(self: SetValue, item: Any) -> tuple[bool, Any]:
    place = self.table.find(item)
    return (False, default_of(self.element_type)) if place is None else (True, self.table.keys[place])


@HASH_SET.method("void CopyTo(T[] array)")
def copy_all(self: SetValue, target: NetArray | None) -> None:
    copy_collection(self, target, 0)


_OTHER = "System.Collections.Generic.IEnumerable<T> other"


@HASH_SET.method(f"void UnionWith({_OTHER})")
def union_with(self: SetValue, other: Any) -> None:
    for item in list(iterate(given(other, "other"))):
        self.add(item)


@HASH_SET.method(f"void IntersectWith({_OTHER})")
def intersect_with(self: SetValue, other: Any) -> None:
    keep = self.keys_of(other)
    for item in [item for item in self if self.table.key_for(item) not in keep]:
        self.remove(item)


@HASH_SET.method(f"void ExceptWith({_OTHER})")
def except_with(self: SetValue, other: Any) -> None:
    for item in list(iterate(given(other, "other"))):
        self.remove(item)


@HASH_SET.method(f"void SymmetricExceptWith({_OTHER})")
def symmetric_except_with(self: SetValue, other: Any) -> None:
    distinct = _fill(SetValue(self.element_type, self.table.comparer), given(other, "other"))
    for item in list(distinct):
        if not self.remove(item):
            self.add(item)


@HASH_SET.method(f"bool Overlaps({_OTHER})")
def overlaps(self: SetValue, other: Any) -> bool:
    return bool(self.own_keys() & self.keys_of(other))


@HASH_SET.method(f"bool SetEquals({_OTHER})")
def set_equals(self: SetValue, other: Any) -> bool:
    return self.own_keys() == self.keys_of(other)


@HASH_SET.method(f"bool IsSubsetOf({_OTHER})")
def is_subset_of(self: SetValue, other: Any) -> bool:
    return self.own_keys() <= self.keys_of(other)


@HASH_SET.method(f"bool IsProperSubsetOf({_OTHER})")
def is_proper_subset_of(self: SetValue, other: Any) -> bool:
    return self.own_keys() < self.keys_of(other)


@HASH_SET.method(f"bool IsSupersetOf({_OTHER})")
def is_superset_of(self: SetValue, other: Any) -> bool:
    return self.own_keys() >= self.keys_of(other)


@HASH_SET.method(f"bool IsProperSupersetOf({_OTHER})")
def is_proper_superset_of(self: SetValue, other: Any) -> bool:
    return self.own_keys() > self.keys_of(other)
