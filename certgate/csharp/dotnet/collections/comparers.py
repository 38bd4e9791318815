"""``EqualityComparer<T>``, ``Comparer<T>`` and the interfaces of comparers without a type; the gateway refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import hash_code
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, equals, key_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"

UNTYPED_EQUALITY = define("System.Collections.IEqualityComparer", kind="interface", known="Equals GetHashCode")
UNTYPED_ORDER = define("System.Collections.IComparer", kind="interface", known="Compare")
EQUALITY = define(
    f"{G}.EqualityComparer<T>",
    bases=(f"{G}.IEqualityComparer<T>", "System.Collections.IEqualityComparer"),
    abstract=True,
    known=f"Create Default {_OBJECT}",
)
ORDER = define(
    f"{G}.Comparer<T>",
    bases=(f"{G}.IComparer<T>", "System.Collections.IComparer"),
    abstract=True,
    known=f"Compare Create Default {_OBJECT}",
)
UNTYPED_COMPARER = define(
    "System.Collections.Comparer",
    bases=("System.Collections.IComparer",),
    known=f"Compare Default DefaultInvariant GetObjectData {_OBJECT}",
)


class DefaultEquality(NetObject):
    """``EqualityComparer<T>.Default``."""

    __slots__ = ("net_type",)

    def __init__(self, element: NetType) -> None:
        self.net_type: NetType = EQUALITY.of(element)

    def key_for(self, value: Any) -> Any:
        return key_of(value)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, DefaultEquality) and other.net_type is self.net_type


class OwnEquality(NetObject):
    """``EqualityComparer<T>.Create``: good for comparing two values, not for a table."""

    __slots__ = ("net_type", "same")

    def __init__(self, element: NetType, same: Any) -> None:
        self.net_type: NetType = EQUALITY.of(element)
        self.same = same

    def key_for(self, value: Any) -> Any:
        raise UnsupportedReached("a comparer made of delegates is not simulated")


class Order(NetObject):
    """A Comparer: `order` compares two values."""

    __slots__ = ("net_type", "order")

    def __init__(self, net_type: NetType, order: Any) -> None:
        self.net_type = net_type
        self.order = order


@EQUALITY.property(f"static {G}.EqualityComparer<T> Default", generic=True)
def get_default(kinds: tuple[NetType, ...]) -> DefaultEquality:
    return DefaultEquality(kinds[0])


@EQUALITY.method(
    f"static {G}.EqualityComparer<T> Create(System.Func<T, T, bool> equals, System.Func<T, int> getHashCode = null)",
    generic=True,
)
def create_equality(kinds: tuple[NetType, ...], same: Any, code: Any) -> OwnEquality:
    if same is None:
        raise faults.argument_null("equals")
    return OwnEquality(kinds[0], same)


@EQUALITY.method("bool Equals(T x, T y)")
def equality_equals(self: Any, left: Any, right: Any) -> bool:
    return bool(self.same(left, right)) if isinstance(self, OwnEquality) else equals(left, right)


@EQUALITY.method("int GetHashCode(T obj)")
def equality_hash_code(self: Any, value: Any) -> int:
    if isinstance(self, OwnEquality):
        raise UnsupportedReached("a comparer made of delegates is not simulated")
    return hash_code(value)


@UNTYPED_EQUALITY.method("bool Equals(object x, object y)")
def untyped_equals(self: Any, left: Any, right: Any) -> bool:
    return bool(self.key_for(left) == self.key_for(right))


@UNTYPED_EQUALITY.method("int GetHashCode(object obj)")
def untyped_hash_code(self: Any, value: Any) -> int:
    return hash_code(value)


@ORDER.property(f"static {G}.Comparer<T> Default", generic=True)
def get_default_order(kinds: tuple[NetType, ...]) -> Order:
    return Order(ORDER.of(*kinds), ordering.compare)


@ORDER.method(f"static {G}.Comparer<T> Create(System.Comparison<T> comparison)", generic=True)
def create_order(kinds: tuple[NetType, ...], comparison: Any) -> Order:
    if comparison is None:
        raise faults.argument_null("comparison")
    return Order(ORDER.of(*kinds), comparison)


@ORDER.method("int Compare(T x, T y)")
@UNTYPED_ORDER.method("int Compare(object x, object y)")
@UNTYPED_COMPARER.method("int Compare(object a, object b)")
def compare(self: Any, left: Any, right: Any) -> int:
    return int(self.order(left, right))


for _name in ("Default", "DefaultInvariant"):
    UNTYPED_COMPARER.field(f"static readonly System.Collections.Comparer {_name}")(
        lambda: Order(UNTYPED_COMPARER.type, ordering.compare)
    )
