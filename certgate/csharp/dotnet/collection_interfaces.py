"""The interfaces of collections: ``IEnumerable<T>``, ``IList<T>``, ``IDictionary<TKey, TValue>`` and their kin.

What they declare works on any value: arrays, strings, lists, dictionaries and lazy sequences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, NetObject, iterate, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

G = "System.Collections.Generic"

UNTYPED = define("System.Collections.IEnumerable", kind="interface", known="GetEnumerator")
UNTYPED_ENUMERATOR = define("System.Collections.IEnumerator", kind="interface", known="Current MoveNext Reset")
UNTYPED_COLLECTION = define(
    "System.Collections.ICollection",
    kind="interface",
    bases=("System.Collections.IEnumerable",),
    known="CopyTo Count GetEnumerator IsSynchronized SyncRoot",
)
UNTYPED_LIST = define(
    "System.Collections.IList",
    kind="interface",
    bases=("System.Collections.ICollection",),
    known="Add Clear Contains CopyTo Count GetEnumerator IndexOf Insert IsFixedSize IsReadOnly "
    "IsSynchronized Item Remove RemoveAt "
    "SyncRoot",
)
UNTYPED_DICTIONARY = define(
    "System.Collections.IDictionary",
    kind="interface",
    bases=("System.Collections.ICollection",),
    known="Add Clear Contains CopyTo Count GetEnumerator IsFixedSize IsReadOnly IsSynchronized Item "
    "Keys Remove SyncRoot Values",
)
ENUMERABLE = define(
    f"{G}.IEnumerable<out T>",
    kind="interface",
    bases=("System.Collections.IEnumerable",),
    allowed=True,
    known="GetEnumerator",
)
ENUMERATOR = define(
    f"{G}.IEnumerator<out T>",
    kind="interface",
    bases=("IDisposable", "System.Collections.IEnumerator"),
    allowed=True,
    known="Current Dispose MoveNext Reset",
)
COLLECTION = define(
    f"{G}.ICollection<T>",
    kind="interface",
    bases=(f"{G}.IEnumerable<T>",),
    allowed=True,
    known="Add Clear Contains CopyTo Count GetEnumerator IsReadOnly Remove",
)
READ_ONLY_COLLECTION = define(
    f"{G}.IReadOnlyCollection<out T>",
    kind="interface",
    bases=(f"{G}.IEnumerable<T>",),
    allowed=True,
    known="Count GetEnumerator",
)
LIST = define(
    f"{G}.IList<T>",
    kind="interface",
    bases=(f"{G}.ICollection<T>",),
    allowed=True,
    known="Add Clear Contains CopyTo Count GetEnumerator IndexOf Insert IsReadOnly Item Remove RemoveAt",
)
READ_ONLY_LIST = define(
    f"{G}.IReadOnlyList<out T>",
    kind="interface",
    bases=(f"{G}.IReadOnlyCollection<T>",),
    known="Count GetEnumerator Item",
)
SET = define(
    f"{G}.ISet<T>",
    kind="interface",
    bases=(f"{G}.ICollection<T>",),
    allowed=True,
    known="Add Clear Contains CopyTo Count ExceptWith GetEnumerator IntersectWith IsProperSubsetOf "
    "IsProperSupersetOf IsReadOnly "
    "IsSubsetOf IsSupersetOf Overlaps Remove SetEquals SymmetricExceptWith UnionWith",
)
DICTIONARY = define(
    f"{G}.IDictionary<TKey, TValue>",
    kind="interface",
    bases=(f"{G}.ICollection<KeyValuePair<TKey, TValue>>",),
    allowed=True,
    known="Add Clear Contains ContainsKey CopyTo Count GetEnumerator IsReadOnly Item Keys Remove TryGetValue Values",
)
READ_ONLY_DICTIONARY = define(
    f"{G}.IReadOnlyDictionary<TKey, TValue>",
    kind="interface",
    bases=(f"{G}.IReadOnlyCollection<KeyValuePair<TKey, TValue>>",),
    allowed=True,
    known="ContainsKey Count GetEnumerator Item Keys TryGetValue Values",
)


END: Any = object()
"""Stands for the end of an enumeration."""


class EnumeratorValue(NetObject):
    """An enumerator: before its first element and behind its last one there is no current value."""

    __slots__ = ("current", "iterator", "net_type", "source", "started")

    def __init__(self, source: Any, net_type: Any) -> None:
        self.source = source
        self.net_type = net_type
        self.iterator: Iterator[Any] = iterate(source)
        self.current: Any = None
        self.started = False

    def move_next(self) -> bool:
        self.started = True
        self.current = next(self.iterator, END)
        if self.current is END:
            self.current = None
            return False
        return True


def count_of(value: Any) -> int:
    """``Count`` of any collection."""
    length = getattr(value, "__len__", None)
    return length() if length is not None else sum(1 for _ in iterate(value))


@ENUMERATOR.property("T Current")
def get_current(self: EnumeratorValue) -> Any:
    return self.current


@UNTYPED_ENUMERATOR.property("object Current")
def get_untyped_current(self: EnumeratorValue) -> Any:
    return self.current


@UNTYPED_ENUMERATOR.method("bool MoveNext()")
def move_next(self: EnumeratorValue) -> bool:
    return self.move_next()


@ENUMERABLE.method("IEnumerator<T> GetEnumerator()")
@UNTYPED.method("System.Collections.IEnumerator GetEnumerator()")
def get_enumerator(self: Any) -> EnumeratorValue:
    from certgate.csharp import types

    return EnumeratorValue(self, types.named(f"{G}.IEnumerator", types.OBJECT))


@COLLECTION.property("int Count")
def get_count(self: Any) -> int:
    return count_of(self)


@READ_ONLY_COLLECTION.property("int Count")
def get_read_only_count(self: Any) -> int:
    return count_of(self)


@UNTYPED_COLLECTION.property("int Count")
def get_untyped_count(self: Any) -> int:
    return count_of(self)


@COLLECTION.property("bool IsReadOnly")
def get_is_read_only(self: Any) -> bool:
    return not hasattr(self, "add")


def _fixed() -> Exception:
    return faults.not_supported("Collection was of a fixed size.")


def _changeable(self: Any) -> Any:
    """A collection that takes changes. NotSupportedException."""
    if isinstance(self, NetArray):
        raise _fixed()
    if not hasattr(self, "add"):
        raise faults.not_supported("Collection is read-only.")
    return self


@COLLECTION.method("void Add(T item)")
def add(self: Any, item: Any) -> None:
    _changeable(self).add(item)


@COLLECTION.method("void Clear()")
def clear(self: Any) -> None:
    _changeable(self).clear()


@COLLECTION.method("bool Remove(T item)")
def remove(self: Any, item: Any) -> bool:
    return bool(_changeable(self).remove(item))


@COLLECTION.method("bool Contains(T item)")
def contains(self: Any, item: Any) -> bool:
    own = getattr(self, "contains", None)
    if own is not None:
        return bool(own(item))
    wanted = key_of(item)
    return any(key_of(element) == wanted for element in iterate(self))


@COLLECTION.method("void CopyTo(T[] array, int arrayIndex)")
def copy_to(self: Any, target: NetArray | None, index: int) -> None:
    if target is None:
        raise faults.argument_null("array")
    items = list(iterate(self))
    if index < 0:
        raise faults.negative("arrayIndex", index)
    if index + len(items) > len(target):
        message = (
            "Destination array was not long enough. Check the destination index, length, and the array's lower bounds."
        )
        raise faults.argument(message, "destinationArray")
    for offset, item in enumerate(items):
        target.put(index + offset, item)


def _get(self: Any, index: int) -> Any:
    if isinstance(self, NetArray):
        if not 0 <= index < len(self):
            raise faults.index_less("index")
        return self.get(index)
    return self.get(index)


@LIST.indexer("T this[int index] { get; set; }")
def get_item(self: Any, index: int) -> Any:
    return _get(self, index)


@get_item.set
def set_item(self: Any, index: int, value: Any) -> None:
    if isinstance(self, NetArray) and not 0 <= index < len(self):
        raise faults.index_less("index")
    self.put(index, value)


@READ_ONLY_LIST.indexer("T this[int index]")
def get_read_only_item(self: Any, index: int) -> Any:
    return _get(self, index)


@LIST.method("int IndexOf(T item)")
def index_of(self: Any, item: Any) -> int:
    wanted = key_of(item)
    return next((index for index, element in enumerate(iterate(self)) if key_of(element) == wanted), -1)


@LIST.method("void Insert(int index, T item)")
def insert(self: Any, index: int, item: Any) -> None:
    _changeable(self).insert(index, item)


@LIST.method("void RemoveAt(int index)")
def remove_at(self: Any, index: int) -> None:
    _changeable(self).remove_at(index)


@SET.method("bool Add(T item)")
def set_add(self: Any, item: Any) -> bool:
    return bool(self.add(item))


@DICTIONARY.indexer("TValue this[TKey key] { get; set; }")
def get_value(self: Any, key: Any) -> Any:
    return self.lookup(key)


@get_value.set
def set_value(self: Any, key: Any, value: Any) -> None:
    self.put(key, value)


@READ_ONLY_DICTIONARY.indexer("TValue this[TKey key]")
def get_read_only_value(self: Any, key: Any) -> Any:
    return self.lookup(key)


@DICTIONARY.method("bool ContainsKey(TKey key)")
@READ_ONLY_DICTIONARY.method("bool ContainsKey(TKey key)")
@UNTYPED_DICTIONARY.method("bool Contains(object key)")
def contains_key(self: Any, key: Any) -> bool:
    return bool(self.contains_key(key))


@DICTIONARY.method("bool TryGetValue(TKey key, out TValue value)")
@READ_ONLY_DICTIONARY.method("bool TryGetValue(TKey key, out TValue value)")
def try_get_value(self: Any, key: Any) -> tuple[bool, Any]:
    found: tuple[bool, Any] = self.try_get(key)
    return found


@DICTIONARY.method("void Add(TKey key, TValue value)")
def dictionary_add(self: Any, key: Any, value: Any) -> None:
    _changeable(self).insert_new(key, value)


@DICTIONARY.method("bool Remove(TKey key)")
def dictionary_remove(self: Any, key: Any) -> bool:
    return bool(_changeable(self).remove_key(key))


@DICTIONARY.property("ICollection<TKey> Keys")
def get_keys(self: Any) -> Any:
    return self.keys()


@DICTIONARY.property("ICollection<TValue> Values")
def get_values(self: Any) -> Any:
    return self.values()


@READ_ONLY_DICTIONARY.property("System.Collections.Generic.IEnumerable<TKey> Keys")
def get_read_only_keys(self: Any) -> Any:
    return self.keys()


@READ_ONLY_DICTIONARY.property("System.Collections.Generic.IEnumerable<TValue> Values")
def get_read_only_values(self: Any) -> Any:
    return self.values()


@UNTYPED_DICTIONARY.indexer("object this[object key] { get; set; }")
def get_untyped_value(self: Any, key: Any) -> Any:
    return self.try_get(key)[1]


@get_untyped_value.set
def set_untyped_value(self: Any, key: Any, value: Any) -> None:
    self.put(key, value)
