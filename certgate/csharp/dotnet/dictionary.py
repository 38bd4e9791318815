"""``Dictionary<TKey, TValue>`` and ``KeyValuePair<TKey, TValue>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.list_ import given
from certgate.csharp.dotnet.table import Table
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, default_of, equals, iterate, key_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"

DICTIONARY = define(
    f"{G}.Dictionary<TKey, TValue>",
    bases=(
        f"{G}.IDictionary<TKey, TValue>",
        f"{G}.IReadOnlyDictionary<TKey, TValue>",
        "System.Collections.IDictionary",
    ),
    allowed=True,
    known="Add Capacity Clear Comparer ContainsKey ContainsValue Count EnsureCapacity Equals "
    "GetAlternateLookup GetEnumerator "
    "GetHashCode GetObjectData GetType Item Keys OnDeserialization ReferenceEquals Remove ToString TrimExcess TryAdd "
    "TryGetAlternateLookup TryGetValue Values",
)
PAIR = define(
    f"{G}.KeyValuePair<TKey, TValue>",
    kind="struct",
    bases=("System.ValueType",),
    allowed=True,
    known="Deconstruct Equals GetHashCode GetType Key ReferenceEquals ToString Value",
    default=lambda kind: PairValue(kind, *map(default_of, kind.arguments)),
)
CREATE = define(f"{G}.KeyValuePair", kind="static", known="Create")
KEYS = define(
    f"{G}.DictionaryKeyCollection<T>", bases=(f"{G}.ICollection<T>", f"{G}.IReadOnlyCollection<T>"), allowed=True
)


class PairValue(NetObject):
    """A KeyValuePair."""

    __slots__ = ("item_key", "net_type", "value")

    def __init__(self, net_type: NetType, key: Any, value: Any) -> None:
        self.net_type = net_type
        self.item_key = key
        self.value = value

    def to_text(self) -> str:
        return f"[{text_of(self.item_key)}, {text_of(self.value)}]"

    def net_equals(self, other: object) -> bool:
        if not isinstance(other, PairValue) or other.net_type is not self.net_type:
            return False
        return equals(self.item_key, other.item_key) and equals(self.value, other.value)

    def key(self) -> Any:
        return (PairValue, key_of(self.item_key), key_of(self.value))


class DictionaryValue(NetObject):
    """A Dictionary."""

    __slots__ = ("key_type", "net_type", "pair_type", "table", "value_type")

    def __init__(self, key_type: NetType, value_type: NetType, comparer: Any = None) -> None:
        self.key_type = key_type
        self.value_type = value_type
        self.net_type: NetType = DICTIONARY.of(key_type, value_type)
        self.pair_type = PAIR.of(key_type, value_type)
        self.table = Table(comparer)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[PairValue]:
        table = self.table
        for place in table.walk():
            yield PairValue(self.pair_type, table.keys[place], table.values[place])

    def _place(self, key: Any) -> int | None:
        if key is None:
            raise faults.argument_null("key")
        return self.table.find(key)

    def lookup(self, key: Any) -> Any:
        """KeyNotFoundException, ArgumentNullException."""
        place = self._place(key)
        if place is None:
            raise faults.key_not_found(text_of(key))
        return self.table.values[place]

    def try_get(self, key: Any) -> tuple[bool, Any]:
        place = self._place(key)
        return (False, default_of(self.value_type)) if place is None else (True, self.table.values[place])

    def contains_key(self, key: Any) -> bool:
        return self._place(key) is not None

    def put(self, key: Any, value: Any) -> None:
        place = self._place(key)
        if place is None:
            self.table.insert(key, value)
        else:
            self.table.values[place] = value

    def insert_new(self, key: Any, value: Any) -> None:
        """ArgumentException for a key that is there."""
        if self._place(key) is not None:
            raise faults.argument(f"An item with the same key has already been added. Key: {text_of(key)}")
        self.table.insert(key, value)

    def remove_key(self, key: Any) -> bool:
        given(key, "key")
        return self.table.remove(key)

    def add(self, pair: PairValue) -> None:
        self.insert_new(pair.item_key, pair.value)

    def remove(self, pair: PairValue) -> bool:
        return self.contains(pair) and self.remove_key(pair.item_key)

    def contains(self, pair: PairValue) -> bool:
        found, value = self.try_get(pair.item_key)
        return found and equals(value, pair.value)

    def clear(self) -> None:
        self.table.clear()

    def keys(self) -> View:
        return View(self, self.key_type, lambda place: self.table.keys[place])

    def values(self) -> View:
        return View(self, self.value_type, lambda place: self.table.values[place])


class View(NetObject):
    """The live keys or values of a dictionary."""

    __slots__ = ("element_type", "get", "net_type", "of")

    def __init__(self, of: DictionaryValue, element_type: NetType, get: Callable[[int], Any]) -> None:
        self.of = of
        self.element_type = element_type
        self.get = get
        self.net_type = KEYS.of(element_type)

    def __len__(self) -> int:
        return len(self.of)

    def __iter__(self) -> Iterator[Any]:
        return map(self.get, self.of.table.walk())


@PAIR.constructor("KeyValuePair(TKey key, TValue value)", generic=True)
def make_pair(kinds: tuple[NetType, ...], key: Any, value: Any) -> PairValue:
    return PairValue(PAIR.of(*kinds), key, value)


@CREATE.method("static KeyValuePair<TKey, TValue> Create<TKey, TValue>(TKey key, TValue value)", generic=True)
def create_pair(kinds: tuple[NetType, ...], key: Any, value: Any) -> PairValue:
    return PairValue(PAIR.of(*kinds), key, value)


@PAIR.property("TKey Key")
def get_key(self: PairValue) -> Any:
    return self.item_key


@PAIR.property("TValue Value")
def get_value(self: PairValue) -> Any:
    return self.value


@PAIR.method("void Deconstruct(out TKey key, out TValue value)")
def deconstruct(self: PairValue) -> tuple[None, Any, Any]:
    return None, self.item_key, self.value


@PAIR.method("string ToString()")
def pair_text(self: PairValue) -> str:
    return self.to_text()


@DICTIONARY.constructor("Dictionary()", generic=True)
def make(kinds: tuple[NetType, ...]) -> DictionaryValue:
    return DictionaryValue(*kinds)


@DICTIONARY.constructor("Dictionary(int capacity)", generic=True)
def make_capacity(kinds: tuple[NetType, ...], capacity: int) -> DictionaryValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return DictionaryValue(*kinds)


@DICTIONARY.constructor("Dictionary(IEqualityComparer<TKey> comparer)", generic=True)
def make_comparer(kinds: tuple[NetType, ...], comparer: Any) -> DictionaryValue:
    return DictionaryValue(kinds[0], kinds[1], comparer)


@DICTIONARY.constructor("Dictionary(int capacity, IEqualityComparer<TKey> comparer)", generic=True)
def make_capacity_comparer(kinds: tuple[NetType, ...], capacity: int, comparer: Any) -> DictionaryValue:
    return DictionaryValue(kinds[0], kinds[1], comparer)


@DICTIONARY.constructor("Dictionary(IDictionary<TKey, TValue> dictionary)", generic=True)
def make_copy(kinds: tuple[NetType, ...], source: Any) -> DictionaryValue:
    return make_copy_comparer(kinds, source, None)


@DICTIONARY.constructor(
    "Dictionary(IDictionary<TKey, TValue> dictionary, IEqualityComparer<TKey> comparer)", generic=True
)
def make_copy_comparer(kinds: tuple[NetType, ...], source: Any, comparer: Any) -> DictionaryValue:
    result = DictionaryValue(kinds[0], kinds[1], comparer)
    for pair in iterate(given(source, "dictionary")):
        result.add(pair)
    return result


@DICTIONARY.constructor(
    "Dictionary(System.Collections.Generic.IEnumerable<KeyValuePair<TKey, TValue>> collection)", generic=True
)
def make_from(kinds: tuple[NetType, ...], source: Any) -> DictionaryValue:
    return make_copy_comparer(kinds, given(source, "collection"), None)


@DICTIONARY.constructor(
    "Dictionary(System.Collections.Generic.IEnumerable<KeyValuePair<TKey, TValue>> collection, "
    "IEqualityComparer<TKey> comparer)",
    generic=True,
)
def make_from_comparer(kinds: tuple[NetType, ...], source: Any, comparer: Any) -> DictionaryValue:
    return make_copy_comparer(kinds, given(source, "collection"), comparer)


@DICTIONARY.property("int Count")
def get_count(self: DictionaryValue) -> int:
    return len(self.table)


@DICTIONARY.property("DictionaryKeyCollection<TKey> Keys")
def get_keys(self: DictionaryValue) -> View:
    return self.keys()


@DICTIONARY.property("DictionaryKeyCollection<TValue> Values")
def get_values(self: DictionaryValue) -> View:
    return self.values()


@KEYS.property("int Count")
def get_view_count(self: View) -> int:
    return len(self.of)


@DICTIONARY.property("IEqualityComparer<TKey> Comparer")
def get_comparer(self: DictionaryValue) -> Any:
    if self.table.comparer is None:
        raise UnsupportedReached("the default comparer is not simulated as an object")
    return self.table.comparer


@DICTIONARY.indexer("TValue this[TKey key] { get; set; }")
def get_item(self: DictionaryValue, key: Any) -> Any:
    return self.lookup(key)


@get_item.set
def set_item(self: DictionaryValue, key: Any, value: Any) -> None:
    self.put(key, value)


@DICTIONARY.method("void Add(TKey key, TValue value)")
def add(self: DictionaryValue, key: Any, value: Any) -> None:
    self.insert_new(key, value)


@DICTIONARY.method("bool TryAdd(TKey key, TValue value)")
def try_add(self: DictionaryValue, key: Any, value: Any) -> bool:
    if self.contains_key(key):
        return False
    self.table.insert(key, value)
    return True


@DICTIONARY.method("bool ContainsKey(TKey key)")
def contains_key(self: DictionaryValue, key: Any) -> bool:
    return self.contains_key(key)


@DICTIONARY.method("bool ContainsValue(TValue value)")
def contains_value(self: DictionaryValue, value: Any) -> bool:
    wanted = key_of(value)
    return any(key_of(item) == wanted for item in self.values())


@DICTIONARY.method("bool TryGetValue(TKey key, out TValue value)")
def try_get_value(self: DictionaryValue, key: Any) -> tuple[bool, Any]:
    return self.try_get(key)


@DICTIONARY.method("bool Remove(TKey key)")
def remove(self: DictionaryValue, key: Any) -> bool:
    return self.remove_key(key)


@DICTIONARY.method("bool Remove(TKey key, out TValue value)")
def remove_out(self: DictionaryValue, key: Any) -> tuple[bool, Any]:
    found, value = self.try_get(key)
    self.remove_key(key)
    return found, value


@DICTIONARY.method("void Clear()")
def clear(self: DictionaryValue) -> None:
    self.clear()
