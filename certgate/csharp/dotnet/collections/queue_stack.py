"""``Queue<T>`` and ``Stack<T>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import put_all
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue, declare_enumerator
from certgate.csharp.dotnet.collections.list_access import INVALID_RANGE, given
from certgate.csharp.dotnet.collections.list_values import NetQueue, NetStack
from certgate.csharp.dotnet.system import faults
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


def _needed(self: Any, name: str) -> Any:
    if not len(self):
        raise faults.invalid_operation(f"{name} empty.")
    return self


def _declare(definition: TypeDefinition, python: type, adding: str, taking: str) -> None:
    name = definition.name
    enumerator = declare_enumerator(f"{G}.{name}Enumerator")

    def start(kinds: tuple[NetType, ...], capacity: int = 0) -> Any:
        if capacity < 0:
            raise faults.negative("capacity", capacity)
        return python(kinds[0])

    def start_from(kinds: tuple[NetType, ...], collection: Any) -> Any:
        return python(kinds[0], iterate(given(collection, "collection")))

    definition.constructor(f"{name}()", generic=True)(start)
    definition.constructor(f"{name}(int capacity)", generic=True)(start)
    definition.constructor(f"{name}(System.Collections.Generic.IEnumerable<T> collection)", generic=True)(start_from)
    definition.property("int Count")(len)
    definition.method(f"void {adding}(T item)")(lambda self, item: self.push(item))
    definition.method("T Peek()")(lambda self: _needed(self, name).peek())
    definition.method(f"T {taking}()")(lambda self: _needed(self, name).take())
    definition.method("bool TryPeek(out T result)")(
        lambda self: (True, self.peek()) if len(self) else (False, default_of(self.element_type))
    )
    definition.method(f"bool Try{taking}(out T result)")(
        lambda self: (True, self.take()) if len(self) else (False, default_of(self.element_type))
    )
    definition.method("bool Contains(T item)")(python.contains)  # type: ignore[attr-defined]
    definition.method("void Clear()")(python.clear)  # type: ignore[attr-defined]
    definition.method("T[] ToArray()")(to_array)
    definition.method("void CopyTo(T[] array, int arrayIndex)")(copy_to)
    definition.method("void TrimExcess()")(lambda self: None)
    definition.method(f"{enumerator.full_name}<T> GetEnumerator()")(
        lambda self: EnumeratorValue(self, enumerator.of(self.element_type))
    )


def to_array(self: Any) -> NetArray:
    charge_size(len(self))
    return array(self.element_type, self)


def copy_to(self: Any, target: NetArray | None, index: int) -> None:
    if not 0 <= index <= len(given(target, "array")):
        message = "Index was out of range. Must be non-negative and less than or equal to the size of the collection."
        raise faults.out_of_range(message, "arrayIndex", index)
    if index + len(self) > len(given(target, "array")):
        raise faults.argument(INVALID_RANGE)
    put_all(list(self), given(target, "array"), index)


_declare(QUEUE, NetQueue, "Enqueue", "Dequeue")
_declare(STACK, NetStack, "Push", "Pop")
