"""The values of dictionaries: pairs, the table of ``Dictionary<TKey, TValue>``, and the live keys and values of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.dictionary_types import (
    DICTIONARY,
    KEYS,
    PAIR,
    VIEWS,
)
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.table import Table
from certgate.csharp.values import NetObject, default_of, equals, key_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType


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


class Mapping(NetObject):
    """What all dictionaries share: their pairs, and what follows from finding and walking.

    A dictionary gives `find` (the value in a list of one, nothing for an absent key), `pairs` and `__len__`; one that
    takes changes also `store` and `drop`.
    """

    __slots__ = ("key_type", "net_type", "pair_type", "value_type")

    def __init__(self, net_type: NetType, key_type: NetType, value_type: NetType) -> None:
        self.net_type = net_type
        self.key_type = key_type
        self.value_type = value_type
        self.pair_type: NetType = PAIR.of(key_type, value_type)

    def __len__(self) -> int:
        raise NotImplementedError

    def find(self, key: Any) -> list[Any]:
        raise NotImplementedError

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        raise NotImplementedError

    def __iter__(self) -> Iterator[PairValue]:
        return (PairValue(self.pair_type, key, value) for key, value in self.pairs())

    def found(self, key: Any) -> list[Any]:
        """As `find`. ArgumentNullException."""
        if key is None:
            raise faults.argument_null("key")
        return self.find(key)

    def lookup(self, key: Any) -> Any:
        """KeyNotFoundException, ArgumentNullException."""
        found = self.found(key)
        if not found:
            raise faults.key_not_found(text_of(key))
        return found[0]

    def try_get(self, key: Any) -> tuple[bool, Any]:
        found = self.found(key)
        return (True, found[0]) if found else (False, default_of(self.value_type))

    def contains_key(self, key: Any) -> bool:
        return bool(self.found(key))

    def contains_value(self, value: Any) -> bool:
        wanted = key_of(value)
        return any(key_of(item) == wanted for _, item in self.pairs())

    def contains(self, pair: PairValue) -> bool:
        found, value = self.try_get(pair.item_key)
        return found and equals(value, pair.value)

    def keys(self) -> View:
        return View(self, self.key_type, 0)

    def values(self) -> View:
        return View(self, self.value_type, 1)


class ChangingMapping(Mapping):
    """A dictionary that takes changes: each kind brings `store`, `drop` and `clear`."""

    __slots__ = ()

    def store(self, key: Any, value: Any) -> None:
        """Set the value of a key, new or not."""
        raise NotImplementedError

    def drop(self, key: Any) -> bool:
        raise NotImplementedError

    def clear(self) -> None:
        raise NotImplementedError

    def put(self, key: Any, value: Any) -> None:
        if key is None:
            raise faults.argument_null("key")
        self.store(key, value)

    def insert_new(self, key: Any, value: Any) -> None:
        """ArgumentException for a key that is there."""
        if self.found(key):
            raise faults.argument(f"An item with the same key has already been added. Key: {text_of(key)}")
        self.store(key, value)

    def try_add(self, key: Any, value: Any) -> bool:
        if self.found(key):
            return False
        self.store(key, value)
        return True

    def remove_key(self, key: Any) -> bool:
        if key is None:
            raise faults.argument_null("key")
        return self.drop(key)

    def take(self, key: Any) -> tuple[bool, Any]:
        """``Remove(key, out value)``."""
        found, value = self.try_get(key)
        self.drop(key)
        return found, value

    def add(self, pair: PairValue) -> None:
        self.insert_new(pair.item_key, pair.value)

    def remove(self, pair: PairValue) -> bool:
        return self.contains(pair) and self.drop(pair.item_key)


class DictionaryValue(ChangingMapping):
    """A Dictionary."""

    __slots__ = ("table",)

    def __init__(self, key_type: NetType, value_type: NetType, comparer: Any = None) -> None:
        super().__init__(DICTIONARY.of(key_type, value_type), key_type, value_type)
        self.table = Table(comparer)

    def __len__(self) -> int:
        return len(self.table)

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        table = self.table
        return ((table.keys[place], table.values[place]) for place in table.walk())

    def find(self, key: Any) -> list[Any]:
        place = self.table.find(key)
        return [] if place is None else [self.table.values[place]]

    def store(self, key: Any, value: Any) -> None:
        place = self.table.find(key)
        if place is None:
            self.table.insert(key, value)
        else:
            self.table.values[place] = value

    def drop(self, key: Any) -> bool:
        return self.table.remove(key)

    def clear(self) -> None:
        self.table.clear()


class View(NetObject):
    """The live keys (`part` 0) or values (`part` 1) of a dictionary."""

    __slots__ = ("element_type", "net_type", "of", "part")

    def __init__(self, of: Mapping, element_type: NetType, part: int) -> None:
        self.of = of
        self.element_type = element_type
        self.part = part
        self.net_type: NetType = KEYS.of(element_type)
        definition = of.net_type.definition
        if definition is not None and definition.full_name in VIEWS:
            self.net_type = VIEWS[definition.full_name][part].of(*of.net_type.arguments)

    @property
    def refusal(self) -> str:
        what = "value" if self.part else "key"
        return f"Mutating a {what} collection derived from a dictionary is not allowed."

    def __len__(self) -> int:
        return len(self.of)

    def __iter__(self) -> Iterator[Any]:
        part = self.part
        return (pair[part] for pair in self.of.pairs())

    def contains(self, item: Any) -> bool:
        if self.part:
            return self.of.contains_value(item)
        return item is not None and self.of.contains_key(item)

    def get(self, index: int) -> Any:
        """The element at a place, for those that are lists. ArgumentOutOfRangeException."""
        if not 0 <= index < len(self.of):
            raise faults.index_less("index")
        return next(item for at, item in enumerate(self) if at == index)
