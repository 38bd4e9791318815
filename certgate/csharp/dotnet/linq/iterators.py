"""The classes behind the sequences of LINQ: .NET has one for each operator, and for some one for each kind of source.

Knows which class an operator gives for a source. Sequences that .NET makes with a C# iterator have no class here:
their name is the compiler's (``types.unnamed``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from certgate.csharp import types
from certgate.csharp.conversions import derives_from, identical
from certgate.csharp.dotnet.collections.collection_types import ENUMERABLE, LIST, READ_ONLY_LIST
from certgate.csharp.dotnet.collections.list_values import NetList
from certgate.csharp.types import NetType
from certgate.csharp.values import NetArray, NetSequence, array, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class IteratorType(NetType):
    """A class that can only be seen at run time. `name` is that of a class of ``Enumerable``, `parts` its arguments."""

    __slots__ = ("interfaces", "name", "parts")

    def __init__(
        self, reflection_name: str, *interfaces: NetType, name: str = "", parts: tuple[NetType, ...] = ()
    ) -> None:
        super().__init__("class", reflection_name, reflection_name, reflection_name)
        self.interfaces = interfaces
        self.name = name
        self.parts = parts

    def _find_bases(self) -> tuple[NetType, ...]:
        return self.interfaces


_types: dict[str, IteratorType] = {}

_LISTS = ("RangeIterator", "RepeatIterator", "IListSkipTakeIterator")
"""Those that are an ``IList<T>`` too."""


def iterator_type(name: str, interface: NetType, *parts: NetType) -> IteratorType:
    full = f"System.Linq.Enumerable+{_generic(name, parts)}"
    found = _types.get(full)
    if found is None:
        lists = (LIST.of(parts[0]), READ_ONLY_LIST.of(parts[0])) if name in _LISTS else ()
        found = _remembered(IteratorType(full, interface, *lists, name=name, parts=parts))
    return found


def class_type(name: str, *parts: NetType, bases: tuple[NetType, ...]) -> IteratorType:
    """A class of ``System.Linq`` itself."""
    full = f"System.Linq.{_generic(name, parts)}"
    return _types.get(full) or _remembered(IteratorType(full, *bases, parts=parts))


def _generic(name: str, parts: tuple[NetType, ...]) -> str:
    return f"{name}`{len(parts)}[{','.join(part.reflection_name for part in parts)}]"


def _remembered(made: IteratorType) -> IteratorType:
    if len(_types) < 10_000:
        _types[made.reflection_name] = made
    return made


Sequence = TypeVar("Sequence", bound=NetSequence)


def named(sequence: Sequence, name: str, *parts: NetType) -> Sequence:
    """The sequence, of that class of ``Enumerable``."""
    sequence.net_type = iterator_type(name, ENUMERABLE.of(sequence.element_type), *parts)
    return sequence


def made_by(source: Any) -> str:
    """The class of ``Enumerable`` that a source is of; empty for any other source."""
    kind = type_of(source)
    return kind.name if isinstance(kind, IteratorType) else ""


def is_empty_array(source: Any) -> bool:
    """Whether .NET answers with an empty array at once."""
    return isinstance(source, NetArray) and not len(source)


def none(element: NetType) -> NetArray:
    return array(element, ())


def list_kind(source: Any, element: NetType) -> str:
    """``Array``, ``List`` or ``IList``, as .NET tells sources apart; empty for what is no list of `element`."""
    if isinstance(source, NetArray):
        return "Array"
    if isinstance(source, NetList):
        return "List" if identical(source.element_type, element) else ""
    return "IList" if derives_from(type_of(source), LIST.of(element)) else ""


def where(element: NetType, source: Any, start: Callable[[], Iterator[Any]]) -> NetSequence:
    name = made_by(source)
    if not name.endswith("WhereIterator"):
        kind = "" if name else list_kind(source, element)
        name = f"{kind if kind in ('Array', 'List') else 'IEnumerable'}WhereIterator"
    return named(NetSequence(element, start), name, element)


_SELECTED = {
    "ArrayWhereIterator": "ArrayWhereSelectIterator",
    "ListWhereIterator": "ListWhereSelectIterator",
    "IEnumerableWhereIterator": "IEnumerableWhereSelectIterator",
    "RangeIterator": "RangeSelectIterator",
    "IListSkipTakeIterator": "IListSkipTakeSelectIterator",
}
"""Class of the source -> class of its Select."""


def select_type(source_type: NetType, element: NetType, source: Any) -> NetType:
    """The class of ``source.Select(…)``."""
    sequence, kind = ENUMERABLE.of(element), type_of(source)
    if isinstance(kind, IteratorType) and kind.name:
        if kind.name.endswith("SelectIterator"):
            return iterator_type(kind.name, sequence, kind.parts[0], element)
        if isinstance(source, OfTypeSequence) and source.filters is not None:
            return iterator_type(f"{source.filters}WhereSelectIterator", sequence, types.OBJECT, element)
        return iterator_type(_SELECTED.get(kind.name, "IteratorSelectIterator"), sequence, source_type, element)
    name = f"{list_kind(source, source_type) or 'IEnumerable'}SelectIterator"
    return iterator_type(name, sequence, source_type, element)


class OfTypeSequence(NetSequence):
    """What ``OfType`` gives. `filters`: Select takes it for a Where over an ``Array`` or ``IEnumerable`` of objects."""

    __slots__ = ("filters",)

    def __init__(self, element: NetType, source: Any, start: Callable[[], Iterator[Any]]) -> None:
        super().__init__(element, start)
        self.filters: str | None = None
        if element.is_reference and derives_from(type_of(source), ENUMERABLE.of(types.OBJECT)):
            self.filters = "Array" if isinstance(source, NetArray) else "IEnumerable"
        named(self, "OfTypeIterator", element)


_ORDERED = ("OrderedIterator", "ImplicitlyStableOrderedIterator", "SkipTakeOrderedIterator")
_BY_INDEX = ("ArraySelectIterator", "ListSelectIterator", "IListSelectIterator", "IListSkipTakeSelectIterator")
_KEPT = ("RangeIterator", "RangeSelectIterator", "RepeatIterator", "IListSkipTakeIterator", "IteratorSelectIterator")


def part_of(made: NetSequence, source: Any) -> NetSequence:
    """The class of ``source.Skip(…)`` and ``source.Take(…)``."""
    element, kind = made.element_type, type_of(source)
    if not isinstance(kind, IteratorType) or not kind.name:
        kept = "IList" if list_kind(source, element) else "IEnumerable"
        return named(made, f"{kept}SkipTakeIterator", element)
    if kind.name in _KEPT:
        return named(made, kind.name, *kind.parts)
    if kind.name in _ORDERED:
        return named(made, "SkipTakeOrderedIterator", element)
    if kind.name in _BY_INDEX:
        return named(made, "IListSkipTakeSelectIterator", *kind.parts)
    return named(made, "IEnumerableSkipTakeIterator", element)


def ordered_type(element: NetType, *key: NetType) -> NetType:
    """The class of ``OrderBy``, and without a key that of ``Order`` where equal elements cannot be told apart."""
    from certgate.csharp.dotnet.linq.values import ORDERED

    name = "OrderedIterator" if key else "ImplicitlyStableOrderedIterator"
    return iterator_type(name, ORDERED.of(element), element, *key)
