"""The interfaces of collections: ``IEnumerable<T>``, ``IList<T>``, ``IDictionary<TKey, TValue>`` and their kin."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.collections import collection_untyped, set_values
from certgate.csharp.dotnet.collections.collection_access import (
    changeable,
    contains,
    copy_to,
    count_of,
    element_of,
    get_at,
    index_of,
    put_at,
    read_only,
)
from certgate.csharp.dotnet.collections.collection_types import (
    COLLECTION,
    DICTIONARY,
    ENUMERABLE,
    ENUMERATOR,
    LIST,
    READ_ONLY_COLLECTION,
    READ_ONLY_DICTIONARY,
    READ_ONLY_LIST,
    READ_ONLY_SET,
    SET,
    UNTYPED_DICTIONARY,
    G,
)
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue as EnumeratorValue
from certgate.csharp.values import NetArray

PARTS = (collection_untyped,)
"""The module that declares the interfaces without a type."""


@ENUMERATOR.property("T Current")
def get_current(self: EnumeratorValue) -> Any:
    return self.typed_current()


@ENUMERABLE.method("IEnumerator<T> GetEnumerator()")
def get_enumerator(self: Any) -> EnumeratorValue:
    return EnumeratorValue(self, ENUMERATOR.of(element_of(self)))


@COLLECTION.property("int Count")
def get_count(self: Any) -> int:
    return count_of(self)


@READ_ONLY_COLLECTION.property("int Count")
def get_read_only_count(self: Any) -> int:
    return count_of(self)


@COLLECTION.property("bool IsReadOnly")
def get_is_read_only(self: Any) -> bool:
    return not hasattr(self, "add")


@COLLECTION.method("void Add(T item)")
def add(self: Any, item: Any) -> None:
    changeable(self).add(item)


@COLLECTION.method("void Clear()")
def clear(self: Any) -> None:
    if isinstance(self, NetArray):
        raise read_only(self)
    changeable(self).clear()


@COLLECTION.method("bool Remove(T item)")
def remove(self: Any, item: Any) -> bool:
    return bool(changeable(self).remove(item))


@LIST.indexer("T this[int index] { get; set; }")
def get_item(self: Any, index: int) -> Any:
    return get_at(self, index)


@get_item.set
def set_item(self: Any, index: int, value: Any) -> None:
    put_at(self, index, value)


@READ_ONLY_LIST.indexer("T this[int index]")
def get_read_only_item(self: Any, index: int) -> Any:
    return get_at(self, index)


@LIST.method("void Insert(int index, T item)")
def insert(self: Any, index: int, item: Any) -> None:
    changeable(self).insert(index, item)


@LIST.method("void RemoveAt(int index)")
def remove_at(self: Any, index: int) -> None:
    changeable(self).remove_at(index)


@SET.method("bool Add(T item)")
def set_add(self: Any, item: Any) -> bool:
    return bool(self.add(item))


@DICTIONARY.indexer("TValue this[TKey key] { get; set; }")
def get_value(self: Any, key: Any) -> Any:
    return self.lookup(key)


@get_value.set
def set_value(self: Any, key: Any, value: Any) -> None:
    if not hasattr(self, "put"):
        raise read_only(self)
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
@UNTYPED_DICTIONARY.method("void Add(object key, object value)")
def dictionary_add(self: Any, key: Any, value: Any) -> None:
    changeable(self).insert_new(key, value)


@DICTIONARY.method("bool Remove(TKey key)")
def dictionary_remove(self: Any, key: Any) -> bool:
    return bool(changeable(self).remove_key(key))


for _definition, _keys, _values in (
    (DICTIONARY, "ICollection<TKey>", "ICollection<TValue>"),
    (UNTYPED_DICTIONARY, "System.Collections.ICollection", "System.Collections.ICollection"),
    (READ_ONLY_DICTIONARY, f"{G}.IEnumerable<TKey>", f"{G}.IEnumerable<TValue>"),
):
    _definition.property(f"{_keys} Keys")(lambda self: self.keys())
    _definition.property(f"{_values} Values")(lambda self: self.values())
for _name in ("IsFixedSize", "IsReadOnly"):
    UNTYPED_DICTIONARY.property(f"bool {_name}")(lambda self: not hasattr(self, "put"))


COLLECTION.method("bool Contains(T item)")(contains)
COLLECTION.method("void CopyTo(T[] array, int arrayIndex)")(copy_to)
LIST.method("int IndexOf(T item)")(index_of)
set_values.declare_comparing(SET)
set_values.declare_changing(SET)
set_values.declare_comparing(READ_ONLY_SET)
READ_ONLY_SET.method("bool Contains(T item)")(contains)
