"""``ConcurrentDictionary``, ``ConcurrentQueue`` and ``ConcurrentStack``; the gateway refuses all three.

A ConcurrentDictionary is enumerated in an order that depends on the machine: with one entry only it can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.dictionary import declare_reading
from certgate.csharp.dotnet.collections.dictionary_values import ChangingMapping, PairValue
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.collections.list_values import NetList, NetQueue, NetStack
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import equality_key
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.types import TypeDefinition, define, named
from certgate.csharp.values import NetArray, array, default_of, equals, iterate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

C = "System.Collections.Concurrent"
G = "System.Collections.Generic"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"

DICTIONARY = define(
    f"{C}.ConcurrentDictionary<TKey, TValue>",
    bases=(f"{G}.IDictionary<TKey, TValue>", f"{G}.IReadOnlyDictionary<TKey, TValue>"),
    known="AddOrUpdate Clear Comparer ContainsKey Count GetAlternateLookup GetEnumerator GetOrAdd IsEmpty Item Keys "
    f"ToArray TryAdd TryGetAlternateLookup TryGetValue TryRemove TryUpdate Values {_OBJECT}",
)
_BASES = (f"{G}.IReadOnlyCollection<T>", "System.Collections.ICollection")
_SHARED = f"Clear CopyTo Count GetEnumerator IsEmpty ToArray TryPeek {_OBJECT}"
QUEUE = define(f"{C}.ConcurrentQueue<T>", bases=_BASES, known=f"Enqueue TryDequeue {_SHARED}")
STACK = define(f"{C}.ConcurrentStack<T>", bases=_BASES, known=f"Push PushRange TryPop TryPopRange {_SHARED}")


class ConcurrentMapping(ChangingMapping):
    __slots__ = ("comparer", "entries", "key_for")

    def __init__(self, kinds: tuple[NetType, ...], comparer: Any = None) -> None:
        super().__init__(DICTIONARY.of(*kinds), *kinds)
        self.comparer = comparer
        self.key_for = equality_key(comparer)
        self.entries: dict[Any, tuple[Any, Any]] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        if len(self.entries) > 1:
            raise UnsupportedReached("the order of a ConcurrentDictionary is not simulated")
        return iter(list(self.entries.values()))

    def find(self, key: Any) -> list[Any]:
        found = self.entries.get(self.key_for(key))
        return [] if found is None else [found[1]]

    def store(self, key: Any, value: Any) -> None:
        charge_size(1)
        place = self.key_for(key)
        self.entries[place] = (self.entries[place][0] if place in self.entries else key, value)

    def drop(self, key: Any) -> bool:
        return self.entries.pop(self.key_for(key), None) is not None

    def clear(self) -> None:
        self.entries.clear()


class ConcurrentQueueValue(NetQueue):
    __slots__ = ()

    full_name = f"{C}.ConcurrentQueue"


class ConcurrentStackValue(NetStack):
    __slots__ = ()

    full_name = f"{C}.ConcurrentStack"


@DICTIONARY.constructor("ConcurrentDictionary()", generic=True)
def make(kinds: tuple[NetType, ...]) -> ConcurrentMapping:
    return ConcurrentMapping(kinds)


@DICTIONARY.constructor(f"ConcurrentDictionary({G}.IEqualityComparer<TKey> comparer)", generic=True)
def make_comparer(kinds: tuple[NetType, ...], comparer: Any) -> ConcurrentMapping:
    return ConcurrentMapping(kinds, comparer)


@DICTIONARY.constructor("ConcurrentDictionary(int concurrencyLevel, int capacity)", generic=True)
def make_sized(kinds: tuple[NetType, ...], level: int, capacity: int) -> ConcurrentMapping:
    if level < 1 and level != -1:
        message = "The concurrencyLevel argument must be positive, or -1 to use a default level."
        raise faults.out_of_range(message, "concurrencyLevel")
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return ConcurrentMapping(kinds)


_PAIRS = f"{G}.IEnumerable<{G}.KeyValuePair<TKey, TValue>> collection"


@DICTIONARY.constructor(f"ConcurrentDictionary({_PAIRS})", generic=True)
def make_from(kinds: tuple[NetType, ...], source: Any) -> ConcurrentMapping:
    return make_from_comparer(kinds, source, None)


@DICTIONARY.constructor(f"ConcurrentDictionary({_PAIRS}, {G}.IEqualityComparer<TKey> comparer)", generic=True)
def make_from_comparer(kinds: tuple[NetType, ...], source: Any, comparer: Any) -> ConcurrentMapping:
    made = ConcurrentMapping(kinds, comparer)
    for pair in iterate(given(source, "collection")):
        if not made.try_add(pair.item_key, pair.value):
            raise faults.argument("The source argument contains duplicate keys.")
    return made


declare_reading(DICTIONARY, writable=True)
DICTIONARY.method("void Clear()")(ConcurrentMapping.clear)
DICTIONARY.method("bool TryAdd(TKey key, TValue value)")(ConcurrentMapping.try_add)
DICTIONARY.method("bool TryRemove(TKey key, out TValue value)")(ConcurrentMapping.take)
for _name, _kind in (("Keys", "TKey"), ("Values", "TValue")):
    DICTIONARY.property(f"{G}.ICollection<{_kind}> {_name}")(getattr(ConcurrentMapping, _name.lower()))


@DICTIONARY.property("bool IsEmpty")
def get_is_empty(self: ConcurrentMapping) -> bool:
    return not self.entries


@DICTIONARY.method(f"bool TryRemove({G}.KeyValuePair<TKey, TValue> item)")
def try_remove_pair(self: ConcurrentMapping, pair: PairValue) -> bool:
    return self.remove(pair)


@DICTIONARY.method("bool TryUpdate(TKey key, TValue newValue, TValue comparisonValue)")
def try_update(self: ConcurrentMapping, key: Any, value: Any, expected: Any) -> bool:
    found = self.found(key)
    if not found or not equals(found[0], expected):
        return False
    self.store(key, value)
    return True


@DICTIONARY.method("TValue GetOrAdd(TKey key, TValue value)")
def get_or_add(self: ConcurrentMapping, key: Any, value: Any) -> Any:
    self.try_add(key, value)
    return self.lookup(key)


@DICTIONARY.method("TValue GetOrAdd(TKey key, System.Func<TKey, TValue> valueFactory)")
def get_or_make(self: ConcurrentMapping, key: Any, make_value: Any) -> Any:
    given(make_value, "valueFactory")
    if not self.found(key):
        self.try_add(key, make_value(key))
    return self.lookup(key)


@DICTIONARY.method(
    "TValue AddOrUpdate(TKey key, TValue addValue, System.Func<TKey, TValue, TValue> updateValueFactory)"
)
def add_or_update(self: ConcurrentMapping, key: Any, value: Any, update: Any) -> Any:
    given(update, "updateValueFactory")
    found = self.found(key)
    self.store(key, update(key, found[0]) if found else value)
    return self.lookup(key)


@DICTIONARY.method(
    "TValue AddOrUpdate(TKey key, System.Func<TKey, TValue> addValueFactory, "
    "System.Func<TKey, TValue, TValue> updateValueFactory)"
)
def add_or_update_made(self: ConcurrentMapping, key: Any, make_value: Any, update: Any) -> Any:
    given(make_value, "addValueFactory")
    given(update, "updateValueFactory")
    found = self.found(key)
    self.store(key, update(key, found[0]) if found else make_value(key))
    return self.lookup(key)


@DICTIONARY.method(f"{G}.KeyValuePair<TKey, TValue>[] ToArray()")
def to_array(self: ConcurrentMapping) -> NetArray:
    return array(self.pair_type, self)


@DICTIONARY.method(f"{G}.IEnumerator<{G}.KeyValuePair<TKey, TValue>> GetEnumerator()")
def get_enumerator(self: ConcurrentMapping) -> EnumeratorValue:
    return EnumeratorValue(self, named(f"{G}.IEnumerator", self.pair_type))


def _declare(definition: TypeDefinition, python: Any, adding: str, taking: str) -> None:
    name = definition.name
    definition.constructor(f"{name}()", generic=True)(lambda kinds: python(kinds[0]))
    definition.constructor(f"{name}({G}.IEnumerable<T> collection)", generic=True)(
        lambda kinds, items: python(kinds[0], iterate(given(items, "collection")))
    )
    definition.property("int Count")(len)
    definition.property("bool IsEmpty")(lambda self: len(self) == 0)
    definition.method(f"void {adding}(T item)")(python.push)
    definition.method(f"bool {taking}(out T result)")(
        lambda self: (True, self.take()) if len(self) else (False, default_of(self.element_type))
    )
    definition.method("bool TryPeek(out T result)")(
        lambda self: (True, self.peek()) if len(self) else (False, default_of(self.element_type))
    )
    definition.method("void Clear()")(python.clear)
    definition.method("T[] ToArray()")(lambda self: array(self.element_type, NetList(self.element_type, self).items))
    definition.method(f"{G}.IEnumerator<T> GetEnumerator()")(
        lambda self: EnumeratorValue(self, named(f"{G}.IEnumerator", self.element_type))
    )


_declare(QUEUE, ConcurrentQueueValue, "Enqueue", "TryDequeue")
_declare(STACK, ConcurrentStackValue, "Push", "TryPop")
