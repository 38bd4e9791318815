"""The definitions of ``Dictionary<TKey, TValue>``, ``KeyValuePair<TKey, TValue>`` and what goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.enumerators import declare_enumerator
from certgate.csharp.types import define
from certgate.csharp.values import default_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"

DICTIONARY = define(
    f"{G}.Dictionary<TKey, TValue>",
    bases=(
        f"{G}.IDictionary<TKey, TValue>",
        f"{G}.IReadOnlyDictionary<TKey, TValue>",
        "System.Collections.IDictionary",
    ),
    allowed=True,
    known="Add Capacity Clear Comparer ContainsKey ContainsValue Count EnsureCapacity GetAlternateLookup "
    "GetEnumerator GetObjectData Item Keys OnDeserialization Remove TrimExcess TryAdd "
    f"TryGetAlternateLookup TryGetValue Values {_OBJECT}",
)


def _default_pair(kind: NetType) -> Any:
    from certgate.csharp.dotnet.collections.dictionary_values import PairValue

    return PairValue(kind, *map(default_of, kind.arguments))


PAIR = define(
    f"{G}.KeyValuePair<TKey, TValue>",
    kind="struct",
    bases=("System.ValueType",),
    allowed=True,
    known=f"Deconstruct Key Value {_OBJECT}",
    default=_default_pair,
)
CREATE = define(f"{G}.KeyValuePair", kind="static", known="Create")
KEYS = define(
    f"{G}.DictionaryKeyCollection<T>",
    bases=(f"{G}.ICollection<T>", f"{G}.IReadOnlyCollection<T>", "System.Collections.ICollection"),
    allowed=True,
    known=f"Contains CopyTo Count GetEnumerator {_OBJECT}",
)
"""What the views of the keys and values of all dictionaries can do."""
VIEWS = {
    owner: (
        define(f"{owner}.KeyCollection<TKey, TValue>", bases=(f"{G}.DictionaryKeyCollection<TKey>",), allowed=True),
        define(f"{owner}.ValueCollection<TKey, TValue>", bases=(f"{G}.DictionaryKeyCollection<TValue>",), allowed=True),
    )
    for owner in (f"{G}.Dictionary", f"{G}.SortedDictionary", "System.Collections.ObjectModel.ReadOnlyDictionary")
}
"""Dictionary -> the types of its ``Keys`` and ``Values``."""
ENUMERATOR = declare_enumerator(f"{G}.DictionaryEnumerator")
