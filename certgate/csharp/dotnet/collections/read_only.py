"""``ReadOnlyCollection<T>`` and ``Collection<T>`` of ``System.Collections.ObjectModel``; the gateway refuses both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import contains, copy_to, count_of, get_at, index_of
from certgate.csharp.dotnet.collections.collection_interfaces import get_enumerator
from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.collections.list_values import NetList
from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, array, iterate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
_SHARED = "Contains CopyTo Count Equals GetEnumerator GetHashCode GetType IndexOf Item ReferenceEquals ToString"
_BASES = (f"{G}.IList<T>", f"{G}.IReadOnlyList<T>", "System.Collections.IList")

READ_ONLY = define(
    "System.Collections.ObjectModel.ReadOnlyCollection<T>",
    bases=_BASES,
    known=f"Empty CreateCollection CreateSet {_SHARED}",
)
COLLECTION = define(
    "System.Collections.ObjectModel.Collection<T>",
    bases=_BASES,
    known=f"Add Clear Insert Remove RemoveAt {_SHARED}",
)


class ReadOnlyList(NetObject):
    """A view of a list or array that takes no changes."""

    __slots__ = ("element_type", "net_type", "of")

    def __init__(self, of: Any, element_type: NetType) -> None:
        self.of = of
        self.element_type = element_type
        self.net_type: NetType = READ_ONLY.of(element_type)

    def __len__(self) -> int:
        return count_of(self.of)

    def __iter__(self) -> Iterator[Any]:
        return iterate(self.of)

    def get(self, index: int) -> Any:
        return get_at(self.of, index)

    def contains(self, item: Any) -> bool:
        return bool(contains(self.of, item))


class CollectionValue(NetList):
    """``Collection<T>``: a list of another name, with texts of its own."""

    __slots__ = ()

    full_name = "System.Collections.ObjectModel.Collection"

    def insert(self, index: int, item: Any) -> None:
        if not 0 <= index <= len(self.items):
            raise faults.index_less("index")
        super().insert(index, item)


@READ_ONLY.constructor("ReadOnlyCollection(System.Collections.Generic.IList<T> list)", generic=True)
def make_read_only(kinds: tuple[NetType, ...], items: Any) -> ReadOnlyList:
    return ReadOnlyList(given(items, "list"), kinds[0])


@READ_ONLY.property(
    "static System.Collections.ObjectModel.ReadOnlyCollection<T> Empty",
    generic=True,
)
def get_empty(kinds: tuple[NetType, ...]) -> ReadOnlyList:
    return ReadOnlyList(array(kinds[0], ()), kinds[0])


@COLLECTION.constructor("Collection()", generic=True)
def make_collection(kinds: tuple[NetType, ...]) -> CollectionValue:
    return CollectionValue(kinds[0])


@COLLECTION.constructor("Collection(System.Collections.Generic.IList<T> list)", generic=True)
def make_collection_of(kinds: tuple[NetType, ...], items: Any) -> CollectionValue:
    """A list shares its elements with the collection over it; an array would not take changes."""
    made = CollectionValue(kinds[0])
    if isinstance(given(items, "list"), NetList):
        made.items = items.items
        return made
    from certgate.csharp.runtime import UnsupportedReached

    raise UnsupportedReached("a Collection over anything but a List is not simulated")


for _definition in (READ_ONLY, COLLECTION):
    _definition.property("int Count")(len)
    _definition.method("bool Contains(T value)")(contains)
    _definition.method("int IndexOf(T value)")(index_of)
    _definition.method("void CopyTo(T[] array, int index)")(copy_to)
    _definition.method("System.Collections.Generic.IEnumerator<T> GetEnumerator()")(get_enumerator)


@READ_ONLY.indexer("T this[int index]")
def get_read_only_item(self: ReadOnlyList, index: int) -> Any:
    return self.get(index)


@COLLECTION.indexer("T this[int index] { get; set; }")
def get_collection_item(self: CollectionValue, index: int) -> Any:
    return self.get(index)


@get_collection_item.set
def set_collection_item(self: CollectionValue, index: int, value: Any) -> None:
    self.put(index, value)


COLLECTION.method("void Add(T item)")(CollectionValue.add)
COLLECTION.method("void Insert(int index, T item)")(CollectionValue.insert)
COLLECTION.method("bool Remove(T item)")(CollectionValue.remove)
COLLECTION.method("void RemoveAt(int index)")(CollectionValue.remove_at)
COLLECTION.method("void Clear()")(CollectionValue.clear)
