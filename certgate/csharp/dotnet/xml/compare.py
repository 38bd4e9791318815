"""Comparing nodes: deep equality, document order, and the two comparers that stand for them."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.tree import Node
from certgate.csharp.dotnet.xml.types import EQUALITY, ORDER
from certgate.csharp.dotnet.xml.walk import deep_key
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import NetObject


def deep_equals(left: Node | None, right: Node | None) -> bool:
    if left is None or right is None:
        return left is right
    return left is right or deep_key(left) == deep_key(right)


def compare_order(left: Node | None, right: Node | None) -> int:
    """-1, 0 or 1; null comes first. InvalidOperationException for nodes of two trees."""
    if left is right:
        return 0
    if left is None or right is None:
        return -1 if left is None else 1
    above, other = _path(left), _path(right)
    if above[0] is not other[0]:
        raise faults.invalid_operation("A common ancestor is missing.")
    for one, two in zip(above, other, strict=False):
        charge_steps(1)
        if one is not two:
            return _order(one, two)
    return -1 if len(above) < len(other) else 1


def _path(node: Node) -> list[Node]:
    """The nodes from the root down to this one."""
    found = [node]
    while found[-1].parent is not None:
        charge_steps(1)
        found.append(found[-1].parent)
    return found[::-1]


def _order(left: Node, right: Node) -> int:
    """The order of two children of one container."""
    for node in left.parent.nodes() if left.parent is not None else ():
        charge_steps(1)
        if node is left or node is right:
            return -1 if node is left else 1
    raise faults.null_reference()


class EqualityComparer(NetObject):
    """An XNodeEqualityComparer: nodes are equal where DeepEquals says so."""

    __slots__ = ()

    net_type = EQUALITY.type

    def key_for(self, value: Node | None) -> Any:
        return None if value is None else deep_key(value)


class OrderComparer(NetObject):
    """An XNodeDocumentOrderComparer."""

    __slots__ = ()

    net_type = ORDER.type

    def order(self, left: Node | None, right: Node | None) -> int:
        return compare_order(left, right)


EQUALITY_COMPARER = EqualityComparer()
ORDER_COMPARER = OrderComparer()


@EQUALITY.constructor("XNodeEqualityComparer()")
def make_equality() -> EqualityComparer:
    return EqualityComparer()


@EQUALITY.method("bool Equals(XNode x, XNode y)")
def equality_equals(self: EqualityComparer, x: Node | None, y: Node | None) -> bool:
    return deep_equals(x, y)


EQUALITY.signatures("int GetHashCode(XNode obj)")


@ORDER.constructor("XNodeDocumentOrderComparer()")
def make_order() -> OrderComparer:
    return OrderComparer()


@ORDER.method("int Compare(XNode x, XNode y)")
def order_compare(self: OrderComparer, x: Node | None, y: Node | None) -> int:
    return compare_order(x, y)
