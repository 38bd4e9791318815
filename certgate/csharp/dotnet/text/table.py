"""The hash table behind ``Dictionary`` and ``HashSet``, in .NET's order: a freed place is used again first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.list_values import MODIFIED
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import equality_key
from certgate.csharp.runtime import charge_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_FREE: Any = object()


class Table:
    """Places with a key and a value each; `version` counts the keys that were added."""

    __slots__ = ("comparer", "free", "key_for", "keys", "places", "values", "version")

    def __init__(self, comparer: Any = None) -> None:
        self.comparer = comparer
        self.key_for = equality_key(comparer)
        self.keys: list[Any] = []
        self.values: list[Any] = []
        self.places: dict[Any, int] = {}
        self.free: list[int] = []
        self.version = 0

    def __len__(self) -> int:
        return len(self.places)

    def find(self, key: Any) -> int | None:
        """The place of a key."""
        return self.places.get(self.key_for(key))

    def insert(self, key: Any, value: Any) -> None:
        """Add a key that is not there."""
        # An entry takes about as much memory as sixteen characters.
        charge_size(16)
        self.version += 1
        if self.free:
            place = self.free.pop()
            self.keys[place], self.values[place] = key, value
        else:
            place = len(self.keys)
            self.keys.append(key)
            self.values.append(value)
        self.places[self.key_for(key)] = place

    def remove(self, key: Any) -> bool:
        place = self.places.pop(self.key_for(key), None)
        if place is None:
            return False
        self.keys[place] = self.values[place] = _FREE
        self.free.append(place)
        return True

    def clear(self) -> None:
        for part in (self.keys, self.values, self.places, self.free):
            part.clear()

    def walk(self) -> Iterator[int]:
        """The places in use. InvalidOperationException where a key was added meanwhile."""
        version, place = self.version, 0
        while True:
            if version != self.version:
                raise faults.invalid_operation(MODIFIED)
            while place < len(self.keys) and self.keys[place] is _FREE:
                place += 1
            if place >= len(self.keys):
                return
            yield place
            place += 1
