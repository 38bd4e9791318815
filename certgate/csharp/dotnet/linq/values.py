"""The values of LINQ: ordered sequences, groups and lookups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_types import LIST
from certgate.csharp.dotnet.linq.iterators import class_type, none
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.string_comparison import equality_key
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, NetObject, NetSequence, array, iterate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from certgate.csharp.types import NetType

_SEQUENCE = "System.Collections.Generic.IEnumerable"

ORDERED = define(
    "System.Linq.IOrderedEnumerable<out TElement>",
    kind="interface",
    bases=(f"{_SEQUENCE}<TElement>",),
    known="CreateOrderedEnumerable GetEnumerator",
)
GROUPING = define(
    "System.Linq.IGrouping<out TKey, out TElement>",
    kind="interface",
    bases=(f"{_SEQUENCE}<TElement>",),
    # Not on the published list, but the toolkit's analyzer lets every recorded use of Key pass.
    allowed=True,
    known="GetEnumerator Key",
)
LOOKUP = define(
    "System.Linq.ILookup<TKey, TElement>",
    kind="interface",
    bases=(f"{_SEQUENCE}<IGrouping<TKey, TElement>>",),
    known="Contains Count GetEnumerator Item",
)

Order = tuple["Callable[[Any], Any]", "Callable[[Any, Any], int]", bool]
"""Key selector, comparison, and whether descending."""

Keyed = tuple[tuple[Any, ...], Any]
"""The keys of an element, and the element."""


class OrderedSequence(NetSequence):
    """What ``OrderBy`` gives: sorts when enumerated; ``ThenBy`` adds an order to the ones it has."""

    __slots__ = ("orders", "source")

    def __init__(self, element_type: NetType, source: Any, orders: tuple[Order, ...]) -> None:
        super().__init__(element_type, self._sorted)
        self.net_type = ORDERED.of(element_type)
        self.source = source
        self.orders = orders

    def _keyed(self, items: Iterable[Any]) -> list[Keyed]:
        return [(tuple(selector(item) for selector, _, _ in self.orders), item) for item in items]

    def first(self, test: Callable[[Any], Any] | None, nothing: Any) -> Any:
        """The first element in order that passes `test`, found without sorting: comparers throw what they throw."""
        return self._best(test, nothing, last=False)

    def last(self, test: Callable[[Any], Any] | None, nothing: Any) -> Any:
        return self._best(test, nothing, last=True)

    def _best(self, test: Callable[[Any], Any] | None, nothing: Any, last: bool) -> Any:
        items = iterate(self.source)
        best: Keyed | None = None
        for one in self._keyed(items if test is None else filter(test, items)):
            charge_steps(1)
            order = -1 if best is None else self._compare(one, best)
            if best is None or (order >= 0 if last else order < 0):
                best = one
        return nothing if best is None else best[1]

    def _sorted(self) -> Iterator[Any]:
        items = list(iterate(self.source))
        charge_size(len(items))
        return iter([item for _, item in ordering.sort(self._keyed(items), self._compare)])

    def _compare(self, left: Keyed, right: Keyed) -> int:
        for index, (_, compare, descending) in enumerate(self.orders):
            order = compare(left[0][index], right[0][index])
            if order:
                return -order if descending else order
        return 0


class Group(NetObject):
    """An ``IGrouping``: a key and the elements that have it."""

    __slots__ = ("element_type", "item_key", "items", "net_type")

    def __init__(self, key_type: NetType, element_type: NetType, key: Any) -> None:
        self.element_type = element_type
        bases = (GROUPING.of(key_type, element_type), LIST.of(element_type))
        self.net_type: NetType = class_type("Grouping", key_type, element_type, bases=bases)
        self.item_key = key
        self.items: list[Any] = []

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def get(self, index: int) -> Any:
        if not 0 <= index < len(self.items):
            raise faults.not_valid("index")
        return self.items[index]

    def to_array(self) -> NetArray:
        charge_size(len(self.items))
        return array(self.element_type, self.items)


class LookupValue(NetObject):
    """An ``ILookup``: groups by key, in the order in which the keys appeared."""

    __slots__ = ("element_type", "groups", "key_for", "key_type", "net_type")

    def __init__(self, key_type: NetType, element_type: NetType, comparer: Any = None) -> None:
        self.key_type = key_type
        self.element_type = element_type
        self.net_type: NetType = class_type(
            "Lookup", key_type, element_type, bases=(LOOKUP.of(key_type, element_type),)
        )
        self.key_for = equality_key(comparer)
        self.groups: dict[Any, Group] = {}

    def __iter__(self) -> Iterator[Group]:
        return iter(list(self.groups.values()))

    def __len__(self) -> int:
        return len(self.groups)

    def put(self, key: Any, element: Any) -> None:
        charge_steps(1)
        place = self.key_for(key)
        group = self.groups.get(place)
        if group is None:
            group = self.groups[place] = Group(self.key_type, self.element_type, key)
        charge_size(1)
        group.items.append(element)

    def of(self, key: Any) -> Any:
        """The elements of a key; an empty sequence for a key that is not there."""
        found = self.groups.get(self.key_for(key))
        return none(self.element_type) if found is None else found


@GROUPING.property("TKey Key")
def get_key(self: Group) -> Any:
    return self.item_key


@LOOKUP.property("int Count")
def get_count(self: LookupValue) -> int:
    return len(self)


@LOOKUP.method("bool Contains(TKey key)")
def contains(self: LookupValue, key: Any) -> bool:
    return self.key_for(key) in self.groups


@LOOKUP.indexer("System.Collections.Generic.IEnumerable<TElement> this[TKey key]")
def get_item(self: LookupValue, key: Any) -> Any:
    return self.of(key)
