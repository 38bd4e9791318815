"""The sequences that elements, attributes and nodes come in: they walk the tree while somebody reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.linq.iterators import IteratorType
from certgate.csharp.dotnet.xml.types import ATTRIBUTE, ELEMENT, LINQ, NODE, SEQ
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import NetObject, array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.dotnet.xml.names import Name
    from certgate.csharp.types import NetType

_types: dict[tuple[str, NetType], IteratorType] = {}


class Axis(NetObject):
    """`start` gives a fresh walk. `made_by` names the method of .NET whose iterator this is."""

    __slots__ = ("element_type", "net_type", "start")

    def __init__(self, element_type: NetType, made_by: str, start: Callable[[], Iterator[Any]]) -> None:
        self.element_type = element_type
        self.start = start
        found = _types.get((made_by, element_type))
        if found is None:
            sequence = types.named(SEQ, element_type)
            found = _types[made_by, element_type] = IteratorType(f"{LINQ}.{made_by}", sequence)
        self.net_type: NetType = found

    def __iter__(self) -> Iterator[Any]:
        for item in self.start():
            charge_steps(1)
            yield item


def elements(made_by: str, start: Callable[[], Iterator[Any]], name: Name | None = None) -> Axis:
    """A sequence of elements: all, or those of that name."""
    if name is None:
        return Axis(ELEMENT.type, made_by, start)
    return Axis(ELEMENT.type, made_by, lambda: (one for one in start() if one.name is name))


def nodes(made_by: str, start: Callable[[], Iterator[Any]]) -> Axis:
    return Axis(NODE.type, made_by, start)


def attributes(made_by: str, start: Callable[[], Iterator[Any]], name: Name | None = None) -> Axis:
    if name is None:
        return Axis(ATTRIBUTE.type, made_by, start)
    return Axis(ATTRIBUTE.type, made_by, lambda: (one for one in start() if one.name is name))


def no_elements() -> Any:
    return array(ELEMENT.type, ())


def no_attributes() -> Any:
    return array(ATTRIBUTE.type, ())
