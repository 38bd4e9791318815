"""The interfaces of collections without a type: ``IEnumerator``, ``IList`` and ``IDictionary``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.collections.collection_access import (
    changeable,
    copy_to,
    count_of,
    fitting,
    get_at,
    index_of,
    put_at,
)
from certgate.csharp.dotnet.collections.collection_types import (
    DICTIONARY_ENUMERATOR,
    UNTYPED,
    UNTYPED_COLLECTION,
    UNTYPED_DICTIONARY,
    UNTYPED_ENUMERATOR,
    UNTYPED_LIST,
)
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.values import NetArray


@UNTYPED_ENUMERATOR.property("object Current")
def get_untyped_current(self: EnumeratorValue) -> Any:
    return self.untyped_current()


@UNTYPED_ENUMERATOR.method("bool MoveNext()")
def move_next(self: EnumeratorValue) -> bool:
    return self.move_next()


@UNTYPED_ENUMERATOR.method("void Reset()")
def reset(self: EnumeratorValue) -> None:
    self.reset()


@DICTIONARY_ENUMERATOR.property("System.Collections.DictionaryEntry Entry")
def get_entry(self: EnumeratorValue) -> Any:
    return self.untyped_current()


@DICTIONARY_ENUMERATOR.property("object Key")
def get_entry_key(self: EnumeratorValue) -> Any:
    return self.untyped_current().item_key


@DICTIONARY_ENUMERATOR.property("object Value")
def get_entry_value(self: EnumeratorValue) -> Any:
    return self.untyped_current().value


@UNTYPED.method("System.Collections.IEnumerator GetEnumerator()")
def get_untyped_enumerator(self: Any) -> EnumeratorValue:
    return EnumeratorValue(self, UNTYPED_ENUMERATOR.type)


@UNTYPED_DICTIONARY.method("System.Collections.IDictionaryEnumerator GetEnumerator()")
def get_dictionary_enumerator(self: Any) -> EnumeratorValue:
    return EnumeratorValue(self, DICTIONARY_ENUMERATOR.type)


@UNTYPED_COLLECTION.property("int Count")
def get_untyped_count(self: Any) -> int:
    return count_of(self)


@UNTYPED_COLLECTION.property("bool IsSynchronized")
def get_is_synchronized(self: Any) -> bool:
    return False


@UNTYPED_COLLECTION.property("object SyncRoot")
def get_sync_root(self: Any) -> Any:
    return self


@UNTYPED_COLLECTION.method("void CopyTo(System.Array array, int index)")
def copy_to_untyped(self: Any, target: NetArray | None, index: int) -> None:
    copy_to(self, target, index)


@UNTYPED_LIST.indexer("object this[int index] { get; set; }")
def get_untyped_item(self: Any, index: int) -> Any:
    return get_at(self, index)


@get_untyped_item.set
def set_untyped_item(self: Any, index: int, value: Any) -> None:
    put_at(self, index, fitting(self, value))


@UNTYPED_LIST.method("int Add(object value)")
def untyped_add(self: Any, value: Any) -> int:
    changeable(self).add(fitting(self, value))
    return count_of(self) - 1


@UNTYPED_LIST.method("void Clear()")
def untyped_clear(self: Any) -> None:
    if isinstance(self, NetArray):
        from certgate.csharp.values import default_of

        self.items[:] = [default_of(self.element_type)] * len(self)
    else:
        changeable(self).clear()


@UNTYPED_LIST.method("bool Contains(object value)")
def untyped_contains(self: Any, value: Any) -> bool:
    return index_of(self, value) >= 0


@UNTYPED_LIST.method("int IndexOf(object value)")
def untyped_index_of(self: Any, value: Any) -> int:
    return index_of(self, value)


@UNTYPED_LIST.method("void Insert(int index, object value)")
def untyped_insert(self: Any, index: int, value: Any) -> None:
    changeable(self).insert(index, fitting(self, value))


@UNTYPED_LIST.method("void Remove(object value)")
def untyped_remove(self: Any, value: Any) -> None:
    changeable(self).remove(value)


@UNTYPED_LIST.method("void RemoveAt(int index)")
def untyped_remove_at(self: Any, index: int) -> None:
    changeable(self).remove_at(index)


@UNTYPED_LIST.property("bool IsFixedSize")
def get_is_fixed_size(self: Any) -> bool:
    return not hasattr(self, "add")


@UNTYPED_LIST.property("bool IsReadOnly")
def get_list_is_read_only(self: Any) -> bool:
    """An array is no read-only IList, though it is a read-only IList<T>."""
    return not hasattr(self, "put")


@UNTYPED_DICTIONARY.method("void Remove(object key)")
def untyped_dictionary_remove(self: Any, key: Any) -> None:
    changeable(self).remove_key(key)


@UNTYPED_DICTIONARY.method("void Clear()")
def untyped_dictionary_clear(self: Any) -> None:
    changeable(self).clear()


@UNTYPED_DICTIONARY.indexer("object this[object key] { get; set; }")
def get_untyped_value(self: Any, key: Any) -> Any:
    """Null for a key that is not there, where the generic indexer throws."""
    return self.try_get(key)[1] if self.contains_key(key) else None


@get_untyped_value.set
def set_untyped_value(self: Any, key: Any, value: Any) -> None:
    changeable(self).put(key, value)
