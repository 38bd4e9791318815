"""``Dictionary<TKey, TValue>`` and ``KeyValuePair<TKey, TValue>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import copy_hashed
from certgate.csharp.dotnet.collections.dictionary_types import CREATE, DICTIONARY, ENUMERATOR, KEYS, PAIR, G
from certgate.csharp.dotnet.collections.dictionary_values import DictionaryValue as DictionaryValue
from certgate.csharp.dotnet.collections.dictionary_values import Mapping, View
from certgate.csharp.dotnet.collections.dictionary_values import PairValue as PairValue
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import TypeDefinition
from certgate.csharp.values import NetArray, iterate

if TYPE_CHECKING:
    from certgate.csharp.types import NetType


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
    return make_capacity_comparer(kinds, capacity, None)


@DICTIONARY.constructor("Dictionary(IEqualityComparer<TKey> comparer)", generic=True)
def make_comparer(kinds: tuple[NetType, ...], comparer: Any) -> DictionaryValue:
    return DictionaryValue(kinds[0], kinds[1], comparer)


@DICTIONARY.constructor("Dictionary(int capacity, IEqualityComparer<TKey> comparer)", generic=True)
def make_capacity_comparer(kinds: tuple[NetType, ...], capacity: int, comparer: Any) -> DictionaryValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
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


def declare_reading(definition: TypeDefinition, *, writable: bool) -> None:
    """The members with which any dictionary is read, and its indexer."""
    definition.property("int Count")(len)
    definition.method("bool ContainsKey(TKey key)")(lambda self, key: self.contains_key(key))
    definition.method("bool TryGetValue(TKey key, out TValue value)")(lambda self, key: self.try_get(key))
    item = definition.indexer("TValue this[TKey key]" + (" { get; set; }" if writable else ""))(
        lambda self, key: self.lookup(key)
    )
    if writable:
        item.set(lambda self, key, value: self.put(key, value))


def declare_writing(definition: TypeDefinition) -> None:
    """The members with which most dictionaries are changed."""
    definition.method("void Add(TKey key, TValue value)")(lambda self, key, value: self.insert_new(key, value))
    definition.method("bool Remove(TKey key)")(lambda self, key: self.remove_key(key))
    definition.method("void Clear()")(lambda self: self.clear())
    definition.method("bool ContainsValue(TValue value)")(lambda self, value: self.contains_value(value))


declare_reading(DICTIONARY, writable=True)
declare_writing(DICTIONARY)
for _name in ("Keys", "Values"):
    DICTIONARY.property(f"{G}.Dictionary.{_name[:-1]}Collection<TKey, TValue> {_name}")(getattr(Mapping, _name.lower()))
DICTIONARY.method("bool TryAdd(TKey key, TValue value)")(DictionaryValue.try_add)
DICTIONARY.method("bool Remove(TKey key, out TValue value)")(DictionaryValue.take)
DICTIONARY.method("void TrimExcess()")(lambda self: None)


@DICTIONARY.property("IEqualityComparer<TKey> Comparer")
def get_comparer(self: DictionaryValue) -> Any:
    from certgate.csharp.dotnet.collections.comparers import DefaultEquality

    return DefaultEquality(self.key_type) if self.table.comparer is None else self.table.comparer


@DICTIONARY.method(f"{G}.DictionaryEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()")
def get_enumerator(self: DictionaryValue) -> EnumeratorValue:
    return EnumeratorValue(self, ENUMERATOR.of(self.pair_type))


@KEYS.property("int Count")
def get_view_count(self: View) -> int:
    return len(self)


@KEYS.method("void CopyTo(T[] array, int index)")
def copy_view(self: View, target: NetArray | None, index: int) -> None:
    if target is not None and not 0 <= index <= len(target):
        if index < 0:
            raise faults.out_of_range("Non-negative number required.", "index")
        raise faults.index_less_or_equal("index")
    copy_hashed(self, target, index)


@KEYS.method("bool Contains(T item)")
def view_contains(self: View, item: Any) -> bool:
    if item is None and not self.part:
        raise faults.argument_null("key")
    return self.contains(item)


@KEYS.method(f"{G}.DictionaryEnumerator<T> GetEnumerator()")
def get_view_enumerator(self: View) -> EnumeratorValue:
    return EnumeratorValue(self, ENUMERATOR.of(self.element_type))
