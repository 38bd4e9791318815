"""The classes behind what Where, Select and OrderBy give: .NET has one for each kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collection_types import ENUMERABLE
from certgate.csharp.dotnet.linq_lists import RangeSequence, SelectedList
from certgate.csharp.dotnet.list_values import NetList
from certgate.csharp.types import NetType
from certgate.csharp.values import NetArray, NetSequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class IteratorType(NetType):
    """A class inside ``System.Linq.Enumerable``; its name can only be seen at run time."""

    __slots__ = ("interface",)

    def __init__(self, reflection_name: str, interface: NetType) -> None:
        super().__init__("class", reflection_name, reflection_name, reflection_name)
        self.interface = interface

    def _find_bases(self) -> tuple[NetType, ...]:
        return (self.interface,)


_types: dict[str, IteratorType] = {}


def iterator_type(name: str, interface: NetType, *arguments: NetType) -> IteratorType:
    inner = ",".join(argument.reflection_name for argument in arguments)
    full = f"System.Linq.Enumerable+{name}`{len(arguments)}[{inner}]"
    found = _types.get(full)
    if found is None:
        found = IteratorType(full, interface)
        if len(_types) < 10_000:
            _types[full] = found
    return found


class WhereSequence(NetSequence):
    """`origin` is the kind of source: ``Array``, ``List`` or ``IEnumerable``."""

    __slots__ = ("origin",)

    def __init__(self, element: NetType, origin: str, start: Callable[[], Iterator[Any]]) -> None:
        super().__init__(element, start)
        self.origin = origin
        self.net_type = iterator_type(f"{origin}WhereIterator", ENUMERABLE.of(element), element)


def where(element: NetType, source: Any, start: Callable[[], Iterator[Any]]) -> WhereSequence:
    if isinstance(source, WhereSequence):
        return WhereSequence(element, source.origin, start)
    return WhereSequence(element, _kind(source, "IEnumerable"), start)


def _kind(source: Any, other: str) -> str:
    return "Array" if isinstance(source, NetArray) else "List" if isinstance(source, NetList) else other


def select_type(source_type: NetType, element: NetType, source: Any) -> NetType:
    """The class of ``source.Select(…)``."""
    sequence = ENUMERABLE.of(element)
    if isinstance(source, RangeSequence):
        return iterator_type("RangeSelectIterator", sequence, element)
    if isinstance(source, WhereSequence):
        return iterator_type(f"{source.origin}WhereSelectIterator", sequence, source_type, element)
    if isinstance(source, SelectedList):
        return select_type(source_type, element, source.source)
    other = "Iterator" if isinstance(source, NetSequence) else "IEnumerable"
    return iterator_type(f"{_kind(source, other)}SelectIterator", sequence, source_type, element)


def ordered_type(element: NetType, key: NetType) -> NetType:
    from certgate.csharp.dotnet.linq_values import ORDERED

    return iterator_type("OrderedIterator", ORDERED.of(element), element, key)
