"""``SortedDictionary``, ``SortedList`` and ``SortedSet``: ordered by a comparer; the gateway refuses all three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import copy_hashed
from certgate.csharp.dotnet.collections.dictionary import declare_reading, declare_writing
from certgate.csharp.dotnet.collections.dictionary_values import ChangingMapping, View
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue, declare_enumerator
from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.collections.list_values import MODIFIED
from certgate.csharp.dotnet.collections.set_values import SetLike, declare_members, fill
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.string_comparison import order_of
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size, charge_steps
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import NetObject, NetSequence, default_of, iterate, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
_BASES = (
    f"{G}.IDictionary<TKey, TValue>",
    f"{G}.IReadOnlyDictionary<TKey, TValue>",
    "System.Collections.IDictionary",
)
_SHARED = "Add Clear Comparer ContainsKey ContainsValue Count GetEnumerator Item Keys Remove TryGetValue Values"

DICTIONARY = define(f"{G}.SortedDictionary<TKey, TValue>", bases=_BASES, known=f"{_SHARED} CopyTo {_OBJECT}")
LIST = define(
    f"{G}.SortedList<TKey, TValue>",
    bases=_BASES,
    known=f"{_SHARED} Capacity GetKeyAtIndex GetValueAtIndex IndexOfKey IndexOfValue RemoveAt SetValueAtIndex "
    f"TrimExcess {_OBJECT}",
)
SET = define(
    f"{G}.SortedSet<T>",
    bases=(f"{G}.ISet<T>", f"{G}.IReadOnlySet<T>", "System.Collections.ICollection"),
    known="Add Clear Comparer Contains CopyTo Count CreateSetComparer ExceptWith GetEnumerator GetViewBetween "
    "IntersectWith IsProperSubsetOf IsProperSupersetOf IsSubsetOf IsSupersetOf Max Min Overlaps Remove RemoveWhere "
    f"Reverse SetEquals SymmetricExceptWith TryGetValue UnionWith {_OBJECT}",
)
LIST_VIEWS = tuple(
    define(f"{G}.SortedList.{name}<TKey, TValue>", bases=(f"{G}.IList<{kind}>", "System.Collections.ICollection"))
    for name, kind in (("KeyList", "TKey"), ("ValueList", "TValue"))
)
ENUMERATOR = declare_enumerator(f"{G}.SortedEnumerator")


class Sorted:
    """Elements in order, with what belongs to each; `version` counts the changes."""

    __slots__ = ("keys", "order", "values", "version")

    def __init__(self, comparer: Any) -> None:
        self.order = order_of(comparer)
        self.keys: list[Any] = []
        self.values: list[Any] = []
        self.version = 0

    def place(self, key: Any) -> int:
        """Where a key stands, or the complement of where it would. InvalidOperationException."""
        charge_steps(1 + 2 * len(self.keys).bit_length())
        try:
            return ordering.binary_search(self.keys, key, self.order)
        except ThrownException as error:
            if error.type_name == "System.InvalidOperationException":
                raise
            raise faults.invalid_operation("Failed to compare two elements in the array.") from None

    def insert(self, at: int, key: Any, value: Any) -> None:
        charge_size(1)
        charge_steps((len(self.keys) - at) >> 8)
        self.keys.insert(at, key)
        self.values.insert(at, value)
        self.version += 1

    def delete(self, at: int) -> None:
        charge_steps((len(self.keys) - at) >> 8)
        del self.keys[at], self.values[at]
        self.version += 1

    def clear(self) -> None:
        self.keys.clear()
        self.values.clear()
        self.version += 1

    def walk(self) -> Iterator[int]:
        """The places, in order. InvalidOperationException after a change."""
        version, at = self.version, 0
        while True:
            if version != self.version:
                raise faults.invalid_operation(MODIFIED)
            if at >= len(self.keys):
                return
            yield at
            at += 1


class SortedMapping(ChangingMapping):
    """A SortedDictionary or a SortedList."""

    __slots__ = ("comparer", "sorted")

    def __init__(self, definition: TypeDefinition, kinds: tuple[NetType, ...], comparer: Any = None) -> None:
        super().__init__(definition.of(*kinds), *kinds)
        self.comparer = comparer
        self.sorted = Sorted(comparer)

    def __len__(self) -> int:
        return len(self.sorted.keys)

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        return ((self.sorted.keys[at], self.sorted.values[at]) for at in self.sorted.walk())

    def find(self, key: Any) -> list[Any]:
        at = self.sorted.place(key)
        return [self.sorted.values[at]] if at >= 0 else []

    def store(self, key: Any, value: Any) -> None:
        at = self.sorted.place(key)
        if at < 0:
            self.sorted.insert(~at, key, value)
        else:
            self.sorted.values[at] = value
            self.sorted.version += 1

    def drop(self, key: Any) -> bool:
        at = self.sorted.place(key)
        if at >= 0:
            self.sorted.delete(at)
        return at >= 0

    def clear(self) -> None:
        self.sorted.clear()


class SortedSetValue(SetLike):
    __slots__ = ("comparer", "sorted")

    def __init__(self, element_type: NetType, comparer: Any = None) -> None:
        self.element_type = element_type
        self.net_type: NetType = SET.of(element_type)
        self.comparer = comparer
        self.sorted = Sorted(comparer)

    def __len__(self) -> int:
        return len(self.sorted.keys)

    def __iter__(self) -> Iterator[Any]:
        return (self.sorted.keys[at] for at in self.sorted.walk())

    def key_for(self, item: Any) -> Any:
        """UnsupportedReached for a comparer that says of two elements only which comes first."""
        if self.comparer is None:
            return key_of(item)
        if hasattr(self.comparer, "key_for"):
            return self.comparer.key_for(item)
        raise UnsupportedReached("comparing a SortedSet with an own comparer to others is not simulated")

    def find(self, item: Any) -> list[Any]:
        at = self.sorted.place(item)
        return [self.sorted.keys[at]] if at >= 0 else []

    def add(self, item: Any) -> bool:
        at = self.sorted.place(item)
        if at < 0:
            self.sorted.insert(~at, item, None)
        return at < 0

    def contains(self, item: Any) -> bool:
        return self.sorted.place(item) >= 0

    def remove(self, item: Any) -> bool:
        at = self.sorted.place(item)
        if at >= 0:
            self.sorted.delete(at)
        return at >= 0

    def clear(self) -> None:
        self.sorted.clear()

    def empty(self) -> SortedSetValue:
        return SortedSetValue(self.element_type, self.comparer)


class SortedView(View):
    """The keys or values of a SortedList, which have an index."""

    __slots__ = ()

    refusal = (
        "This operation is not supported on SortedList nested types because they require modifying the original "
        "SortedList."
    )

    def __init__(self, of: SortedMapping, element_type: NetType, part: int) -> None:
        super().__init__(of, element_type, part)
        self.net_type = LIST_VIEWS[part].of(*of.net_type.arguments)


_COMPARER = f"{G}.IComparer<TKey> comparer"
_SOURCE = f"{G}.IDictionary<TKey, TValue> dictionary"


def _declare_mapping(definition: TypeDefinition) -> None:
    name = definition.name

    def make(kinds: tuple[NetType, ...], comparer: Any = None) -> SortedMapping:
        return SortedMapping(definition, kinds, comparer)

    def copy(kinds: tuple[NetType, ...], source: Any, comparer: Any = None) -> SortedMapping:
        made = make(kinds, comparer)
        for pair in iterate(given(source, "dictionary")):
            made.insert_new(pair.item_key, pair.value)
        return made

    definition.constructor(f"{name}()", generic=True)(make)
    definition.constructor(f"{name}({_COMPARER})", generic=True)(make)
    definition.constructor(f"{name}({_SOURCE})", generic=True)(copy)
    definition.constructor(f"{name}({_SOURCE}, {_COMPARER})", generic=True)(copy)
    declare_reading(definition, writable=True)
    declare_writing(definition)
    definition.property(f"{G}.IComparer<TKey> Comparer")(_comparer_of)
    definition.method(f"{G}.SortedEnumerator<{G}.KeyValuePair<TKey, TValue>> GetEnumerator()")(
        lambda self: EnumeratorValue(self, ENUMERATOR.of(self.pair_type))
    )


def _comparer_of(self: Any) -> Any:
    from certgate.csharp.dotnet.collections.comparers import ORDER, Order

    element = getattr(self, "key_type", None) or self.element_type
    return Order(ORDER.of(element), ordering.compare) if self.comparer is None else self.comparer


_declare_mapping(DICTIONARY)
_declare_mapping(LIST)

for _name in ("Keys", "Values"):
    DICTIONARY.property(f"{G}.SortedDictionary.{_name[:-1]}Collection<TKey, TValue> {_name}")(
        getattr(SortedMapping, _name.lower())
    )
LIST.property(f"{G}.IList<TKey> Keys")(lambda self: SortedView(self, self.key_type, 0))
LIST.property(f"{G}.IList<TValue> Values")(lambda self: SortedView(self, self.value_type, 1))


@LIST.method("int IndexOfKey(TKey key)")
def index_of_key(self: SortedMapping, key: Any) -> int:
    return max(self.sorted.place(given(key, "key")), -1)


@LIST.method("int IndexOfValue(TValue value)")
def index_of_value(self: SortedMapping, value: Any) -> int:
    wanted = key_of(value)
    return next((at for at, item in enumerate(self.sorted.values) if key_of(item) == wanted), -1)


def _checked(self: SortedMapping, index: int) -> int:
    if not 0 <= index < len(self):
        raise faults.index_less("index")
    return index


@LIST.method("void RemoveAt(int index)")
def remove_at(self: SortedMapping, index: int) -> None:
    self.sorted.delete(_checked(self, index))


@LIST.method("TKey GetKeyAtIndex(int index)")
def get_key_at(self: SortedMapping, index: int) -> Any:
    return self.sorted.keys[_checked(self, index)]


@LIST.method("TValue GetValueAtIndex(int index)")
def get_value_at(self: SortedMapping, index: int) -> Any:
    return self.sorted.values[_checked(self, index)]


@LIST.method("void SetValueAtIndex(int index, TValue value)")
def set_value_at(self: SortedMapping, index: int, value: Any) -> None:
    self.sorted.values[_checked(self, index)] = value
    self.sorted.version += 1


@SET.constructor("SortedSet()", generic=True)
def make_set(kinds: tuple[NetType, ...]) -> SortedSetValue:
    return SortedSetValue(kinds[0])


@SET.constructor(f"SortedSet({G}.IComparer<T> comparer)", generic=True)
def make_set_comparer(kinds: tuple[NetType, ...], comparer: Any) -> SortedSetValue:
    return SortedSetValue(kinds[0], comparer)


@SET.constructor(f"SortedSet({G}.IEnumerable<T> collection)", generic=True)
def make_set_from(kinds: tuple[NetType, ...], items: Any) -> Any:
    return fill(SortedSetValue(kinds[0]), items)


@SET.constructor(f"SortedSet({G}.IEnumerable<T> collection, {G}.IComparer<T> comparer)", generic=True)
def make_set_from_comparer(kinds: tuple[NetType, ...], items: Any, comparer: Any) -> Any:
    return fill(SortedSetValue(kinds[0], comparer), items)


declare_members(SET)
SET.property(f"{G}.IComparer<T> Comparer")(_comparer_of)
SET.method("void CopyTo(T[] array)")(lambda self, target: copy_hashed(self, target, 0))
SET.method("void CopyTo(T[] array, int index)")(lambda self, target, index: copy_hashed(self, target, index))
SET.method(f"{G}.SortedEnumerator<T> GetEnumerator()")(
    lambda self: EnumeratorValue(self, ENUMERATOR.of(self.element_type))
)


@SET.property("T Min")
def get_min(self: SortedSetValue) -> Any:
    return self.sorted.keys[0] if self.sorted.keys else default_of(self.element_type)


@SET.property("T Max")
def get_max(self: SortedSetValue) -> Any:
    return self.sorted.keys[-1] if self.sorted.keys else default_of(self.element_type)


@SET.method(f"{G}.IEnumerable<T> Reverse()")
def reverse(self: SortedSetValue) -> NetObject:
    return NetSequence(self.element_type, lambda: reversed(list(self)))


@SET.method(f"{G}.SortedSet<T> GetViewBetween(T lowerValue, T upperValue)")
def get_view_between(self: SortedSetValue, low: Any, high: Any) -> SortedSetValue:
    """A copy: changes of the set behind it do not show in it."""
    if self.sorted.order(low, high) > 0:
        raise faults.argument("Must be less than or equal to upperValue.", "lowerValue")
    made = self.empty()
    for item in self:
        if self.sorted.order(low, item) <= 0 <= self.sorted.order(high, item):
            made.add(item)
    return made
