"""``ReadOnlyDictionary<TKey, TValue>`` and the methods of ``CollectionExtensions``; of all these the gateway allows
``GetValueOrDefault``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import count_of
from certgate.csharp.dotnet.collections.dictionary import declare_reading
from certgate.csharp.dotnet.collections.dictionary_values import Mapping
from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.collections.read_only import ReadOnlyList
from certgate.csharp.types import define
from certgate.csharp.values import iterate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
_NAME = "System.Collections.ObjectModel.ReadOnlyDictionary"
READ_ONLY = define(
    f"{_NAME}<TKey, TValue>",
    bases=(f"{G}.IDictionary<TKey, TValue>", f"{G}.IReadOnlyDictionary<TKey, TValue>"),
    known=f"ContainsKey Count Empty GetEnumerator Item Keys TryGetValue Values {_OBJECT}",
)
EXTENSIONS = define(
    f"{G}.CollectionExtensions",
    kind="static",
    extensions=True,
    allowed="GetValueOrDefault",  # the gateway's own library has it for every dictionary (fact sheet 7.3)
    known="AddRange AsReadOnly CopyTo GetValueOrDefault InsertRange Remove TryAdd",
)


class ReadOnlyMapping(Mapping):
    """A view of a dictionary that takes no changes."""

    __slots__ = ("of",)

    def __init__(self, of: Any, kinds: tuple[NetType, ...]) -> None:
        super().__init__(READ_ONLY.of(*kinds), *kinds)
        self.of = of

    def __len__(self) -> int:
        return count_of(self.of)

    def find(self, key: Any) -> list[Any]:
        found, value = self.of.try_get(key)
        return [value] if found else []

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        return ((pair.item_key, pair.value) for pair in iterate(self.of))


@READ_ONLY.constructor(f"ReadOnlyDictionary({G}.IDictionary<TKey, TValue> dictionary)", generic=True)
def make(kinds: tuple[NetType, ...], of: Any) -> ReadOnlyMapping:
    return ReadOnlyMapping(given(of, "dictionary"), kinds)


declare_reading(READ_ONLY, writable=False)
for _name in ("Keys", "Values"):
    READ_ONLY.property(
        f"System.Collections.ObjectModel.ReadOnlyDictionary.{_name[:-1]}Collection<TKey, TValue> {_name}"
    )(getattr(ReadOnlyMapping, _name.lower()))


@READ_ONLY.method(f"{G}.IEnumerator<{G}.KeyValuePair<TKey, TValue>> GetEnumerator()")
def get_enumerator(self: ReadOnlyMapping) -> Any:
    from certgate.csharp.dotnet.collections.collection_interfaces import get_enumerator as enumerate_

    return enumerate_(self)


_READ = f"this {G}.IReadOnlyDictionary<TKey, TValue> dictionary, TKey key"
_WRITE = f"this {G}.IDictionary<TKey, TValue> dictionary, TKey key"


@EXTENSIONS.method(f"static TValue GetValueOrDefault<TKey, TValue>({_READ})")
def get_value_or_default(dictionary: Any, key: Any) -> Any:
    return given(dictionary, "dictionary").try_get(key)[1]


@EXTENSIONS.method(f"static TValue GetValueOrDefault<TKey, TValue>({_READ}, TValue defaultValue)")
def get_value_or(dictionary: Any, key: Any, default: Any) -> Any:
    found, value = given(dictionary, "dictionary").try_get(key)
    return value if found else default


@EXTENSIONS.method(f"static bool TryAdd<TKey, TValue>({_WRITE}, TValue value)")
def try_add(dictionary: Any, key: Any, value: Any) -> bool:
    from certgate.csharp.dotnet.collections.collection_access import changeable

    if given(dictionary, "dictionary").contains_key(key):
        return False
    changeable(dictionary).insert_new(key, value)
    return True


@EXTENSIONS.method(f"static bool Remove<TKey, TValue>({_WRITE}, out TValue value)")
def remove(dictionary: Any, key: Any) -> tuple[bool, Any]:
    from certgate.csharp.dotnet.collections.collection_access import changeable

    found: tuple[bool, Any] = given(dictionary, "dictionary").try_get(key)
    if found[0]:
        changeable(dictionary).remove_key(key)
    return found


@EXTENSIONS.method(
    f"static System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly<T>(this {G}.IList<T> list)", generic=True
)
def as_read_only(kinds: tuple[NetType, ...], items: Any) -> ReadOnlyList:
    return ReadOnlyList(given(items, "list"), kinds[0])


@EXTENSIONS.method(
    f"static {_NAME}<TKey, TValue> AsReadOnly<TKey, TValue>(this {G}.IDictionary<TKey, TValue> dictionary)",
    generic=True,
)
def as_read_only_dictionary(kinds: tuple[NetType, ...], dictionary: Any) -> ReadOnlyMapping:
    return ReadOnlyMapping(given(dictionary, "dictionary"), kinds)
