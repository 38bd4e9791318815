"""``System.Tuple``: the classes of one to seven items, and ``Tuple.Create``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import ordering
from certgate.csharp.dotnet.ordering import Comparable
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import ItemsValue, equals, text_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

CREATE = define("System.Tuple", kind="static", allowed=True, known="Create Equals ReferenceEquals")


class ClassTuple(ItemsValue, Comparable):
    """A System.Tuple: an object, compared by its items."""

    __slots__ = ()

    def compare(self, other: Any) -> int:
        return next((order for order in map(ordering.compare, self.items, other.items) if order), 0)


def _declare(count: int) -> TypeDefinition:
    names = [f"T{number}" for number in range(1, count + 1)]
    members = " ".join(f"Item{number}" for number in range(1, count + 1))
    definition = define(
        f"System.Tuple<{', '.join(names)}>",
        bases=("IComparable",),
        # The toolkit's analyzers differ on tuples: all let a tuple be made, the newest its items be read.
        allowed=f".ctor {members}",
        known=f"Equals GetHashCode GetType ReferenceEquals ToString {members}",
    )
    parameters = ", ".join(f"{name} item{name[1:]}" for name in names)
    spelled = f"Tuple<{', '.join(names)}>"

    def make(kinds: tuple[NetType, ...], *items: Any) -> ClassTuple:
        return ClassTuple(definition.of(*kinds), items)

    definition.constructor(f"Tuple({parameters})", generic=True)(make)
    CREATE.method(f"static {spelled} Create<{', '.join(names)}>({parameters})", generic=True)(make)
    for index in range(count):
        definition.property(f"T{index + 1} Item{index + 1}")(lambda self, index=index: self.items[index])
    definition.method("string ToString()")(text_of)
    definition.method("bool Equals(object obj)")(equals)
    return definition


DEFINITIONS = tuple(_declare(count) for count in range(1, 8))
