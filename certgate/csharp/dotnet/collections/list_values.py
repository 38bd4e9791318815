"""The values behind ``List<T>``, ``Queue<T>`` and ``Stack<T>``: they notice changes while they are enumerated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size, charge_steps
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
        self.net_type = self.own_type()
        self.items = list(items)
        self.version = 0
        charge_size(len(self.items) * 2)

    def own_type(self) -> NetType:
        return types.named(self.full_name, self.element_type)

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
        charge_steps((len(self.items) - start) >> 2)
        wanted = key_of(item)
        charge_steps(len(self.items) - start >> 1)
        return next((at for at in range(start, len(self.items)) if key_of(self.items[at]) == wanted), -1)

    def contains(self, item: Any) -> bool:
        return self.index(item) >= 0

    def clear(self) -> None:
        self.version += 1
        self.items.clear()


class NetList(Growing):
    """``List<T>``; `room` is its Capacity."""

    __slots__ = ("room",)

    full_name = "System.Collections.Generic.List"

    def __init__(self, element_type: NetType, items: Iterable[Any] = ()) -> None:
        super().__init__(element_type, items)
        self.room = len(self.items)

    def check(self, index: int) -> int:
        if not 0 <= index < len(self.items):
            raise faults.index_less()
        return index

    def get(self, index: int) -> Any:
        return self.items[self.check(index)]

    def put(self, index: int, value: Any) -> None:
        self.items[self.check(index)] = value
        self.version += 1

    def grow(self, count: int) -> None:
        """Make room for `count` elements: four at first, then twice as many as before."""
        if count > self.room:
            self.room = max(self.room * 2 or 4, count)

    def add(self, item: Any) -> None:
        charge_size(1)
        self.version += 1
        self.items.append(item)
        if len(self.items) > self.room:
            self.grow(len(self.items))

    def insert(self, index: int, item: Any) -> None:
        if not 0 <= index <= len(self.items):
            raise faults.out_of_range("Index must be within the bounds of the List.", "index")
        charge_size(1)
        charge_steps((len(self.items) - index) >> 8)
        self.version += 1
        self.items.insert(index, item)
        self.grow(len(self.items))

    def remove(self, item: Any) -> bool:
        index = self.index(item)
        if index >= 0:
            self.remove_at(index)
        return index >= 0

    def remove_at(self, index: int) -> None:
        charge_steps((len(self.items) - index) >> 8)
        del self.items[self.check(index)]
        self.version += 1

    def replace(self, items: list[Any]) -> None:
        """Put other elements in place of all, keeping the list object that enumerations look at."""
        self.items[:] = items
        self.version += 1


class NetQueue(Growing):
    """``Queue<T>``: what left stands before `head` until there is much of it."""

    __slots__ = ("head",)

    full_name = "System.Collections.Generic.Queue"
    strict = True
    """Its enumerator throws where there is no current element."""

    def __init__(self, element_type: NetType, items: Iterable[Any] = ()) -> None:
        super().__init__(element_type, items)
        self.head = 0

    def __len__(self) -> int:
        return len(self.items) - self.head

    def __iter__(self) -> Iterator[Any]:
        version, index = self.version, self.head
        while True:
            if version != self.version:
                raise faults.invalid_operation(MODIFIED)
            if index >= len(self.items):
                return
            yield self.items[index]
            index += 1

    def contains(self, item: Any) -> bool:
        return self.index(item, self.head) >= 0

    def clear(self) -> None:
        super().clear()
        self.head = 0

    def push(self, item: Any) -> None:
        charge_size(1)
        self.items.append(item)
        self.version += 1

    def peek(self) -> Any:
        return self.items[self.head]

    def take(self) -> Any:
        item = self.items[self.head]
        self.items[self.head] = None
        self.head += 1
        if self.head > 1_000 and self.head * 2 > len(self.items):
            del self.items[: self.head]
            self.head = 0
        self.version += 1
        return item


class NetStack(Growing):
    """``Stack<T>``: `items` from the bottom up; it is enumerated from the top down."""

    __slots__ = ()

    full_name = "System.Collections.Generic.Stack"
    strict = True

    def __iter__(self) -> Iterator[Any]:
        version, index = self.version, len(self.items) - 1
        while True:
            if version != self.version:
                raise faults.invalid_operation(MODIFIED)
            if index < 0:
                return
            yield self.items[index]
            index -= 1

    def push(self, item: Any) -> None:
        charge_size(1)
        self.items.append(item)
        self.version += 1

    def peek(self) -> Any:
        return self.items[-1]

    def take(self) -> Any:
        self.version += 1
        return self.items.pop()
