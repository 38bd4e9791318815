"""What the sets of .NET share: ``HashSet<T>``, ``SortedSet<T>`` and the interface ``ISet<T>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.list_access import given, test
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import NetObject, default_of, iterate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from certgate.csharp.types import NetType, TypeDefinition

OTHER = "System.Collections.Generic.IEnumerable<T> other"


class SetLike(NetObject):
    """A set: each kind brings the methods that raise NotImplementedError here, all others follow from them.

    `key_for` gives what stands for an element in a Python set: equal where the set's comparer says so.
    """

    __slots__ = ("element_type", "net_type")

    element_type: NetType

    def __len__(self) -> int:
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        raise NotImplementedError

    def key_for(self, item: Any) -> Any:
        raise NotImplementedError

    def add(self, item: Any) -> bool:
        raise NotImplementedError

    def remove(self, item: Any) -> bool:
        raise NotImplementedError

    def contains(self, item: Any) -> bool:
        raise NotImplementedError

    def clear(self) -> None:
        raise NotImplementedError

    def find(self, item: Any) -> list[Any]:
        """The element equal to `item`, in a list of one; nothing where there is none."""
        raise NotImplementedError

    def empty(self) -> SetLike:
        """A new set of the same kind and comparer."""
        raise NotImplementedError

    def keys_of(self, items: Iterable[Any]) -> set[Any]:
        found = set()
        for item in items:
            charge_steps(1)
            found.add(self.key_for(item))
        return found


def fill(result: Any, items: Any, parameter: str = "collection") -> Any:
    for item in iterate(given(items, parameter)):
        charge_steps(1)
        result.add(item)
    return result


def union_with(self: SetLike, other: Any) -> None:
    for item in list(iterate(given(other, "other"))):
        self.add(item)


def intersect_with(self: SetLike, other: Any) -> None:
    keep = self.keys_of(iterate(given(other, "other")))
    for item in [item for item in self if self.key_for(item) not in keep]:
        self.remove(item)


def except_with(self: SetLike, other: Any) -> None:
    for item in list(iterate(given(other, "other"))):
        self.remove(item)


def symmetric_except_with(self: SetLike, other: Any) -> None:
    """Another set of the kind takes elements away as it comes; other sequences add first and take away last."""
    items = list(iterate(given(other, "other")))
    if type(other) is type(self):
        for item in items:
            if not self.remove(item):
                self.add(item)
        return
    own = self.keys_of(self)
    both = [item for item in items if not self.add(item) and self.key_for(item) in own]
    for item in both:
        self.remove(item)


def _keys(self: SetLike, other: Any) -> tuple[set[Any], set[Any]]:
    return self.keys_of(self), self.keys_of(iterate(given(other, "other")))


def overlaps(self: SetLike, other: Any) -> bool:
    own, others = _keys(self, other)
    return bool(own & others)


def set_equals(self: SetLike, other: Any) -> bool:
    own, others = _keys(self, other)
    return own == others


def is_subset_of(self: SetLike, other: Any) -> bool:
    own, others = _keys(self, other)
    return own <= others


def is_proper_subset_of(self: SetLike, other: Any) -> bool:
    own, others = _keys(self, other)
    return own < others


def is_superset_of(self: SetLike, other: Any) -> bool:
    own, others = _keys(self, other)
    return own >= others


def is_proper_superset_of(self: SetLike, other: Any) -> bool:
    own, others = _keys(self, other)
    return own > others


def remove_where(self: SetLike, match: Any) -> int:
    predicate = test(match)
    removed = [item for item in list(self) if predicate(item)]
    return sum(map(self.remove, removed))


def try_get_value(self: SetLike, item: Any) -> tuple[bool, Any]:
    found = self.find(item)
    return (True, found[0]) if found else (False, default_of(self.element_type))


def declare_comparing(definition: TypeDefinition) -> None:
    """The members that compare a set with other elements."""
    for name, run in (
        ("Overlaps", overlaps),
        ("SetEquals", set_equals),
        ("IsSubsetOf", is_subset_of),
        ("IsProperSubsetOf", is_proper_subset_of),
        ("IsSupersetOf", is_superset_of),
        ("IsProperSupersetOf", is_proper_superset_of),
    ):
        definition.method(f"bool {name}({OTHER})")(run)


def declare_changing(definition: TypeDefinition) -> None:
    """The members that change a set by other elements."""
    definition.method(f"void UnionWith({OTHER})")(union_with)
    definition.method(f"void IntersectWith({OTHER})")(intersect_with)
    definition.method(f"void ExceptWith({OTHER})")(except_with)
    definition.method(f"void SymmetricExceptWith({OTHER})")(symmetric_except_with)


def declare_members(definition: TypeDefinition) -> None:
    """What the classes have besides."""
    definition.property("int Count")(len)
    definition.method("bool Add(T item)")(lambda self, item: self.add(item))
    definition.method("bool Contains(T item)")(lambda self, item: self.contains(item))
    definition.method("bool Remove(T item)")(lambda self, item: self.remove(item))
    definition.method("void Clear()")(lambda self: self.clear())
    definition.method("int RemoveWhere(Predicate<T> match)")(remove_where)
    definition.method("bool TryGetValue(T equalValue, out T actualValue)")(try_get_value)
    declare_comparing(definition)
    declare_changing(definition)
