"""The definitions of the interfaces of collections."""

from __future__ import annotations

from certgate.csharp.types import define

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
READ_ONLY_SET = define(
    f"{G}.IReadOnlySet<T>",
    kind="interface",
    bases=(f"{G}.IReadOnlyCollection<T>",),
    known="Contains Count GetEnumerator IsProperSubsetOf IsProperSupersetOf IsSubsetOf IsSupersetOf Overlaps SetEquals",
)
READ_ONLY_DICTIONARY = define(
    f"{G}.IReadOnlyDictionary<TKey, TValue>",
    kind="interface",
    bases=(f"{G}.IReadOnlyCollection<KeyValuePair<TKey, TValue>>",),
    allowed=True,
    known="ContainsKey Count GetEnumerator Item Keys TryGetValue Values",
)


DICTIONARY_ENUMERATOR = define(
    "System.Collections.IDictionaryEnumerator",
    kind="interface",
    bases=("System.Collections.IEnumerator",),
    known="Current Entry Key MoveNext Reset Value",
)
