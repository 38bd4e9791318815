"""``System.Collections.Generic.HashSet<T>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import copy_hashed
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue, declare_enumerator
from certgate.csharp.dotnet.collections.set_values import SetLike, declare_members, fill
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.table import Table
from certgate.csharp.types import define
from certgate.csharp.values import NetArray

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"

HASH_SET = define(
    f"{G}.HashSet<T>",
    bases=(f"{G}.ISet<T>", f"{G}.IReadOnlySet<T>"),
    allowed=True,
    known="Add Capacity Clear Comparer Contains CopyTo Count CreateSetComparer EnsureCapacity Equals ExceptWith "
    "GetAlternateLookup GetEnumerator GetHashCode GetObjectData GetType IntersectWith "
    "IsProperSubsetOf IsProperSupersetOf "
    "IsSubsetOf IsSupersetOf OnDeserialization Overlaps ReferenceEquals Remove RemoveWhere SetEquals "
    "SymmetricExceptWith "
    "ToString TrimExcess TryGetAlternateLookup TryGetValue UnionWith",
)
ENUMERATOR = declare_enumerator(f"{G}.HashSetEnumerator")


class SetValue(SetLike):
    __slots__ = ("table",)

    def __init__(self, element_type: NetType, comparer: Any = None) -> None:
        self.element_type = element_type
        self.net_type: NetType = HASH_SET.of(element_type)
        self.table = Table(comparer)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Any]:
        keys = self.table.keys
        return (keys[place] for place in self.table.walk())

    def key_for(self, item: Any) -> Any:
        return self.table.key_for(item)

    def add(self, item: Any) -> bool:
        if self.table.find(item) is not None:
            return False
        self.table.insert(item, None)
        return True

    def contains(self, item: Any) -> bool:
        return self.table.find(item) is not None

    def find(self, item: Any) -> list[Any]:
        place = self.table.find(item)
        return [] if place is None else [self.table.keys[place]]

    def remove(self, item: Any) -> bool:
        return self.table.remove(item)

    def clear(self) -> None:
        self.table.clear()

    def empty(self) -> SetValue:
        return SetValue(self.element_type, self.table.comparer)


@HASH_SET.constructor("HashSet()", generic=True)
def make(kinds: tuple[NetType, ...]) -> SetValue:
    return SetValue(kinds[0])


@HASH_SET.constructor("HashSet(int capacity)", generic=True)
def make_capacity(kinds: tuple[NetType, ...], capacity: int) -> SetValue:
    return make_capacity_comparer(kinds, capacity, None)


@HASH_SET.constructor("HashSet(IEqualityComparer<T> comparer)", generic=True)
def make_comparer(kinds: tuple[NetType, ...], comparer: Any) -> SetValue:
    return SetValue(kinds[0], comparer)


@HASH_SET.constructor("HashSet(int capacity, IEqualityComparer<T> comparer)", generic=True)
def make_capacity_comparer(kinds: tuple[NetType, ...], capacity: int, comparer: Any) -> SetValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return SetValue(kinds[0], comparer)


@HASH_SET.constructor("HashSet(System.Collections.Generic.IEnumerable<T> collection)", generic=True)
def make_from(kinds: tuple[NetType, ...], items: Any) -> Any:
    return fill(SetValue(kinds[0]), items)


@HASH_SET.constructor(
    "HashSet(System.Collections.Generic.IEnumerable<T> collection, IEqualityComparer<T> comparer)", generic=True
)
def make_from_comparer(kinds: tuple[NetType, ...], items: Any, comparer: Any) -> Any:
    return fill(SetValue(kinds[0], comparer), items)


declare_members(HASH_SET)
HASH_SET.method("void CopyTo(T[] array)")(lambda self, target: copy_hashed(self, target, 0))
HASH_SET.method("void TrimExcess()")(lambda self: None)


@HASH_SET.method("void CopyTo(T[] array, int arrayIndex)")
def copy_to(self: SetValue, target: NetArray | None, index: int) -> None:
    copy_hashed(self, target, index)


@HASH_SET.method("void CopyTo(T[] array, int arrayIndex, int count)")
def copy_part(self: SetValue, target: NetArray | None, index: int, count: int) -> None:
    copy_hashed(self, target, index, count)


@HASH_SET.method(f"{G}.HashSetEnumerator<T> GetEnumerator()")
def get_enumerator(self: SetValue) -> EnumeratorValue:
    return EnumeratorValue(self, ENUMERATOR.of(self.element_type))


@HASH_SET.property("IEqualityComparer<T> Comparer")
def get_comparer(self: SetValue) -> Any:
    from certgate.csharp.dotnet.collections.comparers import DefaultEquality

    return DefaultEquality(self.element_type) if self.table.comparer is None else self.table.comparer
