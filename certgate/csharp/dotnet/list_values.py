"""The values behind ``List<T>``, ``Queue<T>`` and ``Stack<T>``: they notice changes while they are enumerated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import NetObject, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from certgate.csharp.types import NetType

MODIFIED = "Collection was modified; enumeration operation may not execute."


class Growing(NetObject):
    """`version` counts the changes; an enumeration that meets another count throws InvalidOperationException."""

    __slots__ = ("element_type", "items", "net_type", "version")

    full_name = ""

    def __init__(self, element_type: NetType, items: Iterable[Any] = ()) -> None:
        self.element_type = element_type
        self.net_type = types.named(self.full_name, element_type)
        self.items = list(items)
        self.version = 0
        charge_size(len(self.items))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Any]:
        version, index, items = self.version, 0, self.items
        while True:
            if version != self.version:
                raise faults.invalid_operation(MODIFIED)
            if index >= len(items):
                return
            yield items[index]
            index += 1

    def index(self, item: Any, start: int = 0) -> int:
        """Where the first element equal to `item` stands, from `start` on; -1 for nowhere."""
        wanted = key_of(item)
        return next((at for at in range(start, len(self.items)) if key_of(self.items[at]) == wanted), -1)

    def contains(self, item: Any) -> bool:
        return self.index(item) >= 0

    def clear(self) -> None:
        self.version += 1
        self.items.clear()


class NetList(Growing):
    """``List<T>``."""

    __slots__ = ()

    full_name = "System.Collections.Generic.List"

    def check(self, index: int) -> int:
        if not 0 <= index < len(self.items):
            raise faults.index_less()
        return index

    def get(self, index: int) -> Any:
        return self.items[self.check(index)]

    def put(self, index: int, value: Any) -> None:
        self.items[self.check(index)] = value
        self.version += 1

    def add(self, item: Any) -> None:
        charge_size(1)
        self.version += 1
        self.items.append(item)

    def insert(self, index: int, item: Any) -> None:
        if not 0 <= index <= len(self.items):
            raise faults.out_of_range("Index must be within the bounds of the List.", "index")
        charge_size(1)
        self.version += 1
        self.items.insert(index, item)

    def remove(self, item: Any) -> bool:
        index = self.index(item)
        if index >= 0:
            self.remove_at(index)
        return index >= 0

    def remove_at(self, index: int) -> None:
        del self.items[self.check(index)]
        self.version += 1

    def replace(self, items: list[Any]) -> None:
        """Put other elements in place of all, keeping the list object that enumerations look at."""
        self.items[:] = items
        self.version += 1


class NetQueue(Growing):
    """``Queue<T>``: `items` from the first to leave to the last."""

    __slots__ = ()

    full_name = "System.Collections.Generic.Queue"


class NetStack(Growing):
    """``Stack<T>``: `items` from the top, which leaves first, down."""

    __slots__ = ()

    full_name = "System.Collections.Generic.Stack"
