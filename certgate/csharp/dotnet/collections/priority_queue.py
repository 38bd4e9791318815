"""``PriorityQueue<TElement, TPriority>``: a heap with four children each, whose steps say which of equal priorities
leaves first; the gateway refuses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import order_of
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, default_of, iterate

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
QUEUE = define(
    f"{G}.PriorityQueue<TElement, TPriority>",
    known="Capacity Clear Comparer Count Dequeue DequeueEnqueue Enqueue EnqueueDequeue EnqueueRange EnsureCapacity "
    "Equals GetHashCode GetType Peek ReferenceEquals Remove ToString TrimExcess TryDequeue TryPeek UnorderedItems",
)

Node = tuple[Any, Any]
"""Element and priority."""


class PriorityQueueValue(NetObject):
    __slots__ = ("kinds", "net_type", "nodes", "order")

    def __init__(self, kinds: tuple[NetType, ...], comparer: Any = None) -> None:
        self.kinds = kinds
        self.net_type: NetType = QUEUE.of(*kinds)
        self.order = order_of(comparer)
        self.nodes: list[Node] = []

    def __len__(self) -> int:
        return len(self.nodes)

    def push(self, element: Any, priority: Any) -> None:
        charge_size(1)
        self.nodes.append((element, priority))
        self._up((element, priority), len(self.nodes) - 1)

    def pop(self) -> Node:
        first, last = self.nodes[0], self.nodes.pop()
        if self.nodes:
            self._down(last, 0)
        return first

    def swap_first(self, element: Any, priority: Any) -> Node:
        """Take the first element and put another in."""
        first = self.nodes[0]
        if self.order(priority, first[1]) > 0:
            self._down((element, priority), 0)
        else:
            self.nodes[0] = (element, priority)
        return first

    def _up(self, node: Node, at: int) -> None:
        while at > 0:
            charge_steps(1)
            parent = at - 1 >> 2
            if self.order(node[1], self.nodes[parent][1]) >= 0:
                break
            self.nodes[at] = self.nodes[parent]
            at = parent
        self.nodes[at] = node

    def _down(self, node: Node, at: int) -> None:
        while (child := (at << 2) + 1) < len(self.nodes):
            charge_steps(1)
            least = child
            for other in range(child + 1, min(child + 4, len(self.nodes))):
                if self.order(self.nodes[other][1], self.nodes[least][1]) < 0:
                    least = other
            if self.order(node[1], self.nodes[least][1]) <= 0:
                break
            self.nodes[at] = self.nodes[least]
            at = least
        self.nodes[at] = node

    def heapify(self) -> None:
        for at in range((len(self.nodes) - 2 >> 2) if len(self.nodes) > 1 else -1, -1, -1):
            self._down(self.nodes[at], at)


def _first(self: PriorityQueueValue) -> PriorityQueueValue:
    if not self.nodes:
        raise faults.invalid_operation("Queue empty.")
    return self


QUEUE.constructor("PriorityQueue()", generic=True)(PriorityQueueValue)
QUEUE.constructor(f"PriorityQueue({G}.IComparer<TPriority> comparer)", generic=True)(PriorityQueueValue)


@QUEUE.constructor("PriorityQueue(int initialCapacity)", generic=True)
def make_sized(kinds: tuple[NetType, ...], capacity: int) -> PriorityQueueValue:
    if capacity < 0:
        raise faults.negative("initialCapacity", capacity)
    return PriorityQueueValue(kinds)


@QUEUE.constructor(f"PriorityQueue({G}.IEnumerable<(TElement Element, TPriority Priority)> items)", generic=True)
def make_from(kinds: tuple[NetType, ...], items: Any) -> PriorityQueueValue:
    made = PriorityQueueValue(kinds)
    enqueue_range(made, items)
    return made


QUEUE.property("int Count")(len)
QUEUE.method("void Enqueue(TElement element, TPriority priority)")(PriorityQueueValue.push)
QUEUE.method("TElement Dequeue()")(lambda self: _first(self).pop()[0])
QUEUE.method("TElement Peek()")(lambda self: _first(self).nodes[0][0])
QUEUE.method("void Clear()")(lambda self: self.nodes.clear())


@QUEUE.method("bool TryDequeue(out TElement element, out TPriority priority)")
def try_dequeue(self: PriorityQueueValue) -> tuple[bool, Any, Any]:
    return (True, *self.pop()) if self.nodes else (False, *map(default_of, self.kinds))


@QUEUE.method("bool TryPeek(out TElement element, out TPriority priority)")
def try_peek(self: PriorityQueueValue) -> tuple[bool, Any, Any]:
    return (True, *self.nodes[0]) if self.nodes else (False, *map(default_of, self.kinds))


@QUEUE.method("TElement EnqueueDequeue(TElement element, TPriority priority)")
def enqueue_dequeue(self: PriorityQueueValue, element: Any, priority: Any) -> Any:
    if not self.nodes or self.order(priority, self.nodes[0][1]) <= 0:
        return element
    return self.swap_first(element, priority)[0]


@QUEUE.method("TElement DequeueEnqueue(TElement element, TPriority priority)")
def dequeue_enqueue(self: PriorityQueueValue, element: Any, priority: Any) -> Any:
    return _first(self).swap_first(element, priority)[0]


@QUEUE.method(f"void EnqueueRange({G}.IEnumerable<(TElement Element, TPriority Priority)> items)")
def enqueue_range(self: PriorityQueueValue, items: Any) -> None:
    pairs = [tuple(pair.items) for pair in iterate(given(items, "items"))]
    if self.nodes:
        for element, priority in pairs:
            self.push(element, priority)
        return
    charge_size(len(pairs))
    self.nodes = [(element, priority) for element, priority in pairs]
    self.heapify()


@QUEUE.property("object UnorderedItems")
def get_unordered_items(self: PriorityQueueValue) -> Any:
    raise UnsupportedReached("PriorityQueue.UnorderedItems is not simulated")
