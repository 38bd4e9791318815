"""``Queue<T>`` and ``Stack<T>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.list_ import given
from certgate.csharp.dotnet.list_values import Growing, NetQueue, NetStack
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import NetArray, array, default_of, iterate

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
_SHARED = (
    "Capacity Clear Contains CopyTo Count EnsureCapacity Equals GetEnumerator GetHashCode GetType "
    "Peek ReferenceEquals ToArray "
    "ToString TrimExcess TryPeek "
)
_BASES = (f"{G}.IReadOnlyCollection<T>", "System.Collections.ICollection")

QUEUE = define(f"{G}.Queue<T>", bases=_BASES, allowed=True, known=_SHARED + "Dequeue Enqueue TryDequeue")
STACK = define(f"{G}.Stack<T>", bases=_BASES, allowed=True, known=_SHARED + "Pop Push TryPop")


def first(self: Growing, name: str) -> Any:
    if not self.items:
        raise faults.invalid_operation(f"{name} empty.")
    return self.items[0]


def take(self: Growing, name: str) -> Any:
    item = first(self, name)
    del self.items[0]
    self.version += 1
    return item


def _declare(definition: TypeDefinition, python: type[Growing], name: str, taking: str) -> None:
    def start(kinds: tuple[NetType, ...]) -> Growing:
        return python(kinds[0])

    def start_from(kinds: tuple[NetType, ...], collection: Any) -> Growing:
        items = list(iterate(given(collection, "collection")))
        return python(kinds[0], reversed(items) if python is NetStack else items)

    definition.constructor(f"{name}()", generic=True)(start)
    definition.constructor(f"{name}(int capacity)", generic=True)(lambda kinds, capacity: start(kinds))
    definition.constructor(f"{name}(System.Collections.Generic.IEnumerable<T> collection)", generic=True)(start_from)
    definition.property("int Count")(len)
    definition.method("T Peek()")(lambda self: first(self, name))
    definition.method(f"T {taking}()")(lambda self: take(self, name))
    definition.method("bool TryPeek(out T result)")(lambda self: _try(self, self.items[:1]))
    definition.method(f"bool Try{taking}(out T result)")(
        lambda self: _try(self, [take(self, name)] if self.items else [])
    )
    definition.method("bool Contains(T item)")(Growing.contains)
    definition.method("void Clear()")(Growing.clear)
    definition.method("T[] ToArray()")(to_array)


def _try(self: Growing, found: list[Any]) -> tuple[bool, Any]:
    return (True, found[0]) if found else (False, default_of(self.element_type))


def to_array(self: Growing) -> NetArray:
    charge_size(len(self.items))
    return array(self.element_type, self.items)


_declare(QUEUE, NetQueue, "Queue", "Dequeue")
_declare(STACK, NetStack, "Stack", "Pop")


@QUEUE.method("void Enqueue(T item)")
def enqueue(self: NetQueue, item: Any) -> None:
    charge_size(1)
    self.items.append(item)
    self.version += 1


@STACK.method("void Push(T item)")
def push(self: NetStack, item: Any) -> None:
    charge_size(1)
    self.items.insert(0, item)
    self.version += 1
