"""``Hashtable``, ``DictionaryEntry`` and the dictionary behind ``Exception.Data``; the gateway refuses them.

A Hashtable is enumerated in the order of its hash codes: where these are not known, only one entry can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import put_all
from certgate.csharp.dotnet.collections.collection_types import DICTIONARY_ENUMERATOR
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.collections.list_values import MODIFIED
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import hash_code
from certgate.csharp.dotnet.text.string_comparison import equality_key
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, NetObject, equals, iterate, key_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENTRY = define(
    "System.Collections.DictionaryEntry",
    kind="struct",
    bases=("System.ValueType",),
    known="Deconstruct Equals GetHashCode GetType Key ReferenceEquals ToString Value",
    default=lambda _: EntryValue(None, None),
)
HASHTABLE = define(
    "System.Collections.Hashtable",
    bases=("System.Collections.IDictionary", "System.ICloneable"),
    known="Add Clear Clone Contains ContainsKey ContainsValue CopyTo Count Equals GetEnumerator GetHashCode "
    "GetObjectData GetType IsFixedSize IsReadOnly IsSynchronized Item Keys OnDeserialization ReferenceEquals Remove "
    "SyncRoot Synchronized ToString Values",
)
LIST_DICTIONARY = define("System.Collections.ListDictionaryInternal", bases=("System.Collections.IDictionary",))
VIEW = define("System.Collections.HashtableView", bases=("System.Collections.ICollection",))


class EntryValue(NetObject):
    """A DictionaryEntry."""

    __slots__ = ("item_key", "value")

    net_type = ENTRY.type

    def __init__(self, key: Any, value: Any) -> None:
        self.item_key = key
        self.value = value

    def net_equals(self, other: object) -> bool:
        if not isinstance(other, EntryValue):
            return False
        return equals(self.item_key, other.item_key) and equals(self.value, other.value)

    def key(self) -> Any:
        return (EntryValue, key_of(self.item_key), key_of(self.value))


class UntypedDictionary(NetObject):
    """Keys and values of any type, in the order in which they came; an absent key gives null."""

    __slots__ = ("comparer", "entries", "key_for", "removed", "version")

    duplicate = "Item has already been added. Key in dictionary: '{0}'  Key being added: '{0}'"

    def __init__(self, comparer: Any = None) -> None:
        self.comparer = comparer
        self.key_for = equality_key(comparer)
        self.entries: dict[Any, EntryValue] = {}
        self.version = 0
        self.removed = False

    def __len__(self) -> int:
        return len(self.entries)

    def order(self) -> list[EntryValue]:
        """The entries as they are enumerated."""
        return list(self.entries.values())

    def __iter__(self) -> Iterator[EntryValue]:
        version = self.version
        for entry in self.order():
            if version != self.version:
                raise faults.invalid_operation(MODIFIED)
            yield entry
        if version != self.version:
            raise faults.invalid_operation(MODIFIED)

    def contains_key(self, key: Any) -> bool:
        return self.key_for(given(key, "key")) in self.entries

    def try_get(self, key: Any) -> tuple[bool, Any]:
        found = self.entries.get(self.key_for(given(key, "key")))
        return (False, None) if found is None else (True, found.value)

    def lookup(self, key: Any) -> Any:
        return self.try_get(key)[1]

    def put(self, key: Any, value: Any) -> None:
        place = self.key_for(given(key, "key"))
        found = self.entries.get(place)
        charge_size(1)
        self.version += 1
        self.entries[place] = EntryValue(key if found is None else found.item_key, value)

    def insert_new(self, key: Any, value: Any) -> None:
        if self.contains_key(key):
            raise faults.argument(self.duplicate.replace("{0}", text_of(key)))
        self.put(key, value)

    def add(self, entry: EntryValue) -> None:
        self.insert_new(entry.item_key, entry.value)

    def remove_key(self, key: Any) -> bool:
        if self.entries.pop(self.key_for(given(key, "key")), None) is None:
            return False
        self.version += 1
        self.removed = True
        return True

    def clear(self) -> None:
        self.version += 1
        self.removed = False
        self.entries.clear()

    def keys(self) -> EntriesView:
        return EntriesView(self, lambda entry: entry.item_key)

    def values(self) -> EntriesView:
        return EntriesView(self, lambda entry: entry.value)


class ListDictionary(UntypedDictionary):
    """``Exception.Data``: a list, in the order of insertion."""

    __slots__ = ()

    net_type = LIST_DICTIONARY.type
    duplicate = "Item has already been added. Key in dictionary: '{0}'  Key being added: '{0}'"


class HashtableValue(UntypedDictionary):
    __slots__ = ("capacity",)

    net_type = HASHTABLE.type

    def __init__(self, comparer: Any = None, capacity: int = 0) -> None:
        super().__init__(comparer)
        self.capacity = capacity

    def order(self) -> list[EntryValue]:
        entries = list(self.entries.values())
        if len(entries) < 2:
            return entries
        if self.removed or self.comparer is not None:
            raise UnsupportedReached("the order of a Hashtable after removals is not simulated")
        return _buckets(entries, self.capacity)


_PRIMES = (
    *(3, 7, 11, 17, 23, 29, 37, 47, 59, 71, 89, 107, 131, 163, 197, 239, 293, 353, 431, 521, 631, 761, 919, 1103, 1327),
    *(1597, 1931, 2333, 2801, 3371, 4049, 4861, 5839, 7013, 8419, 10103, 12143, 14591, 17519, 21023, 25229, 30293),
    *(36353, 43627, 52361, 62851, 75431, 90523, 108631, 130363, 156437, 187751, 225307, 270371, 324449, 389357),
    *(467237, 560689, 672827, 807403, 968897, 1162687, 1395263, 1674319, 2009191, 2411033, 2893249, 3471899),
)


def _prime(least: int) -> int:
    found = next((prime for prime in _PRIMES if prime >= least), None)
    if found is None:
        raise UnsupportedReached("the order of so large a Hashtable is not simulated")
    return found


def _buckets(entries: list[EntryValue], capacity: int) -> list[EntryValue]:
    """The entries from the last bucket to the first, as double hashing puts them there."""
    size = _prime(int(capacity / 0.72)) if capacity / 0.72 > 3 else 3
    slots: list[EntryValue | None] = [None] * size
    for count, entry in enumerate(entries):
        if count >= int(0.72 * size):
            size = _prime(2 * size)
            slots = _moved(slots, size)
        _place(slots, entry)
    return [entry for entry in reversed(slots) if entry is not None]


def _moved(slots: list[EntryValue | None], size: int) -> list[EntryValue | None]:
    charge_size(size)
    larger: list[EntryValue | None] = [None] * size
    for entry in slots:
        if entry is not None:
            _place(larger, entry)
    return larger


def _place(slots: list[EntryValue | None], entry: EntryValue) -> None:
    code, size = hash_code(entry.item_key) & 0x7FFFFFFF, len(slots)
    step = 1 + (code * 101 & 0xFFFFFFFF) % (size - 1)
    at = code % size
    while slots[at] is not None:
        at = (at + step) % size
    slots[at] = entry


class EntriesView(NetObject):
    """The live keys or values."""

    __slots__ = ("get", "of")

    net_type = VIEW.type

    def __init__(self, of: UntypedDictionary, get: Callable[[EntryValue], Any]) -> None:
        self.of = of
        self.get = get

    def __len__(self) -> int:
        return len(self.of)

    def __iter__(self) -> Iterator[Any]:
        return map(self.get, iter(self.of))


@ENTRY.constructor("DictionaryEntry(object key, object value)")
def make_entry(key: Any, value: Any) -> EntryValue:
    return EntryValue(key, value)


@ENTRY.property("object Key")
def get_entry_key(self: EntryValue) -> Any:
    return self.item_key


@ENTRY.property("object Value")
def get_entry_value(self: EntryValue) -> Any:
    return self.value


@ENTRY.method("void Deconstruct(out object key, out object value)")
def deconstruct(self: EntryValue) -> tuple[None, Any, Any]:
    return None, self.item_key, self.value


@HASHTABLE.constructor("Hashtable()")
def make() -> HashtableValue:
    return HashtableValue()


@HASHTABLE.constructor("Hashtable(int capacity)")
def make_capacity(capacity: int) -> HashtableValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return HashtableValue(capacity=capacity)


@HASHTABLE.constructor("Hashtable(System.Collections.IEqualityComparer equalityComparer)")
def make_comparer(comparer: Any) -> HashtableValue:
    return HashtableValue(comparer)


@HASHTABLE.constructor("Hashtable(System.Collections.IDictionary d)")
def make_copy(source: Any) -> HashtableValue:
    made = HashtableValue(capacity=len(given(source, "d")))
    for entry in iterate(source):
        made.put(entry.item_key, entry.value)
    return made


HASHTABLE.property("int Count")(len)
for _name in ("Keys", "Values"):
    HASHTABLE.property(f"System.Collections.ICollection {_name}")(getattr(HashtableValue, _name.lower()))
for _name in ("IsFixedSize", "IsReadOnly", "IsSynchronized"):
    HASHTABLE.property(f"bool {_name}")(lambda self: False)
HASHTABLE.property("object SyncRoot")(lambda self: self)
HASHTABLE.method("void Add(object key, object value)")(HashtableValue.insert_new)
HASHTABLE.method("bool Contains(object key)")(HashtableValue.contains_key)
HASHTABLE.method("bool ContainsKey(object key)")(HashtableValue.contains_key)
HASHTABLE.method("void Clear()")(HashtableValue.clear)


@HASHTABLE.indexer("object this[object key] { get; set; }")
def get_item(self: HashtableValue, key: Any) -> Any:
    return self.lookup(key)


@get_item.set
def set_item(self: HashtableValue, key: Any, value: Any) -> None:
    self.put(key, value)


@HASHTABLE.method("void Remove(object key)")
def remove(self: HashtableValue, key: Any) -> None:
    self.remove_key(key)


@HASHTABLE.method("bool ContainsValue(object value)")
def contains_value(self: HashtableValue, value: Any) -> bool:
    wanted = key_of(value)
    return any(key_of(entry.value) == wanted for entry in self.entries.values())


@HASHTABLE.method("System.Collections.IDictionaryEnumerator GetEnumerator()")
def get_enumerator(self: HashtableValue) -> EnumeratorValue:
    return EnumeratorValue(self, DICTIONARY_ENUMERATOR.type)


@HASHTABLE.method("object Clone()")
def clone(self: HashtableValue) -> HashtableValue:
    made = HashtableValue(self.comparer, self.capacity)
    made.entries = dict(self.entries)
    made.removed = self.removed
    return made


@HASHTABLE.method("void CopyTo(System.Array array, int arrayIndex)")
def copy_to(self: HashtableValue, target: NetArray | None, index: int) -> None:
    if index < 0:
        raise faults.negative("arrayIndex", index)
    if len(given(target, "array")) - index < len(self):
        raise faults.argument(
            "Destination array is not long enough to copy all the items in the collection. Check array index and "
            "length."
        )
    put_all(list(self), given(target, "array"), index)
