"""``System.Tuple``: the classes of one to seven items and of eight with a rest, ``Tuple.Create`` and
``ValueTuple.Create``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import Hashed, combine, hash_code
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.ordering import Comparable
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import ItemsValue, TupleValue, equals

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException
    from certgate.csharp.types import NetType

CREATE = define("System.Tuple", kind="static", allowed=True, known="Create Equals ReferenceEquals")


VALUE = define(
    "System.ValueTuple",
    kind="struct",
    bases=("System.ValueType", "System.IComparable"),
    known="CompareTo Create Equals GetHashCode GetType ToString",
)


class ClassTuple(ItemsValue, Comparable, Hashed):
    """A System.Tuple: an object, compared by its items; the eighth one may be a tuple itself."""

    __slots__ = ()

    def compare(self, other: Any) -> int:
        return next((order for order in map(ordering.compare, self.items, other.items) if order), 0)

    def mismatch(self) -> ThrownException:
        return faults.argument(f"Argument must be of type {self.net_type.reflection_name}.", "other")

    def hash_code(self) -> int:
        return combine([hash_code(item) for item in self.items[-8:]])

    def to_text(self) -> str:
        if len(self.items) < 8:
            return super().to_text()
        head = ItemsValue.to_text(ClassTuple(self.net_type, self.items[:7]))
        return f"{head[:-1]}, {self.items[7].to_text()[1:]}"


@VALUE.method("int CompareTo(object other)")
def compare_value_to(self: TupleValue, other: Any) -> int:
    return ordering.compare_same(self, other)


@VALUE.method("bool Equals(object obj)")
def value_equals(self: TupleValue, other: Any) -> bool:
    return equals(self, other)


@VALUE.method("string ToString()")
def value_text(self: TupleValue) -> str:
    return self.to_text()


@VALUE.method("int GetHashCode()")
def value_hash_code(self: TupleValue) -> int:
    """Made with a seed that differs in each process; a single element is hashed as it is."""
    if len(self.items) != 1:
        raise UnsupportedReached("the hash code of a tuple differs in each process")
    return hash_code(self.items[0])


def _declare(count: int) -> TypeDefinition:
    names = [f"T{number}" for number in range(1, count + 1)]
    items = [f"Item{number}" for number in range(1, count + 1)]
    if count == 8:
        names[7], items[7] = "TRest", "Rest"
    members = " ".join(items)
    definition = define(
        f"System.Tuple<{', '.join(names)}>",
        bases=("IComparable",),
        # The toolkit's analyzers differ on tuples: all let a tuple be made, the newest its items be read.
        allowed=f".ctor {members}",
        known=f"Equals GetHashCode GetType ReferenceEquals ToString {members}",
    )
    parameters = ", ".join(f"{kind} {item[:1].lower()}{item[1:]}" for kind, item in zip(names, items, strict=True))

    def make(kinds: tuple[NetType, ...], *given: Any) -> ClassTuple:
        if count == 8 and not isinstance(given[7], ClassTuple):
            raise faults.argument("The last element of an eight element tuple must be a Tuple.")
        return ClassTuple(definition.of(*kinds), given)

    definition.constructor(f"Tuple({parameters})", generic=True)(make)
    _declare_create(definition, count, names[:7])
    for index, item in enumerate(items):
        definition.property(f"{names[index]} {item}")(lambda self, index=index: self.items[index])
    definition.method("string ToString()")(ClassTuple.to_text)
    definition.method("bool Equals(object obj)")(equals)
    definition.method("int GetHashCode()")(ClassTuple.hash_code)
    return definition


def _declare_create(definition: TypeDefinition, count: int, names: list[str]) -> None:
    """``Tuple.Create``; of eight items, the last is wrapped in a tuple of its own."""
    kinds = [*names, "T8"] if count == 8 else names
    spelled = ", ".join(kinds)
    parameters = ", ".join(f"{name} item{name[1:]}" for name in kinds)
    rest = f"{', '.join(names)}, System.Tuple<T8>" if count == 8 else spelled

    def create(given_kinds: tuple[NetType, ...], *given: Any) -> ClassTuple:
        if count < 8:
            return ClassTuple(definition.of(*given_kinds), given)
        inner = DEFINITIONS[0].of(given_kinds[7])
        return ClassTuple(definition.of(*given_kinds[:7], inner), (*given[:7], ClassTuple(inner, given[7:])))

    CREATE.method(f"static System.Tuple<{rest}> Create<{spelled}>({parameters})", generic=True)(create)
    if count > 1:
        VALUE.method(f"static ({spelled}) Create<{spelled}>({parameters})", generic=True)(
            lambda given_kinds, *given: TupleValue(types.tuple_type(given_kinds), given)
        )


DEFINITIONS = tuple(_declare(count) for count in range(1, 9))
