"""``LinkedList<T>`` and its nodes; the gateway refuses both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.collection_access import put_all
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue, declare_enumerator
from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.dotnet.collections.list_values import MODIFIED
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, NetObject, iterate, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

G = "System.Collections.Generic"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
LIST = define(
    f"{G}.LinkedList<T>",
    bases=(f"{G}.ICollection<T>", f"{G}.IReadOnlyCollection<T>", "System.Collections.ICollection"),
    known="AddAfter AddBefore AddFirst AddLast Clear Contains CopyTo Count Find FindLast First GetEnumerator "
    f"GetObjectData Last OnDeserialization Remove RemoveFirst RemoveLast {_OBJECT}",
)
NODE = define(f"{G}.LinkedListNode<T>", known=f"List Next Previous Value ValueRef {_OBJECT}")
ENUMERATOR = declare_enumerator(f"{G}.LinkedListEnumerator")


class Node(NetObject):
    """A node; `of` is None while it is in no list."""

    __slots__ = ("after", "before", "net_type", "of", "value")

    def __init__(self, element_type: NetType, value: Any) -> None:
        self.net_type: NetType = NODE.of(element_type)
        self.value = value
        self.of: LinkedListValue | None = None
        self.before: Node | None = None
        self.after: Node | None = None


class LinkedListValue(NetObject):
    __slots__ = ("count", "element_type", "first", "last", "net_type", "version")

    def __init__(self, element_type: NetType) -> None:
        self.element_type = element_type
        self.net_type: NetType = LIST.of(element_type)
        self.first: Node | None = None
        self.last: Node | None = None
        self.count = 0
        self.version = 0

    def __len__(self) -> int:
        return self.count

    def nodes(self, *, backwards: bool = False) -> Iterator[Node]:
        node = self.last if backwards else self.first
        while node is not None:
            charge_steps(1)
            yield node
            node = node.before if backwards else node.after

    def __iter__(self) -> Iterator[Any]:
        version, node = self.version, self.first
        while True:
            if version != self.version:
                raise faults.invalid_operation(MODIFIED)
            if node is None:
                return
            yield node.value
            node = node.after

    def link(self, node: Node, before: Node | None, after: Node | None) -> Node:
        """Put a node between two that are neighbours (None: the end)."""
        charge_size(1)
        self.version += 1
        self.count += 1
        node.of, node.before, node.after = self, before, after
        if before is None:
            self.first = node
        else:
            before.after = node
        if after is None:
            self.last = node
        else:
            after.before = node
        return node

    def unlink(self, node: Node) -> None:
        self.version += 1
        self.count -= 1
        if node.before is None:
            self.first = node.after
        else:
            node.before.after = node.after
        if node.after is None:
            self.last = node.before
        else:
            node.after.before = node.before
        node.of = node.before = node.after = None

    def made(self, value: Any) -> Node:
        return Node(self.element_type, value)

    def add(self, value: Any) -> None:
        self.link(self.made(value), self.last, None)

    def node_of(self, value: Any, *, backwards: bool = False) -> Node | None:
        wanted = key_of(value)
        return next((node for node in self.nodes(backwards=backwards) if key_of(node.value) == wanted), None)

    def contains(self, value: Any) -> bool:
        return self.node_of(value) is not None

    def remove(self, value: Any) -> bool:
        found = self.node_of(value)
        if found is not None:
            self.unlink(found)
        return found is not None

    def clear(self) -> None:
        for node in list(self.nodes()):
            self.unlink(node)


@LIST.constructor("LinkedList()", generic=True)
def make(kinds: tuple[NetType, ...]) -> LinkedListValue:
    return LinkedListValue(kinds[0])


@LIST.constructor(f"LinkedList({G}.IEnumerable<T> collection)", generic=True)
def make_from(kinds: tuple[NetType, ...], items: Any) -> LinkedListValue:
    made = LinkedListValue(kinds[0])
    for item in iterate(given(items, "collection")):
        made.add(item)
    return made


LIST.property("int Count")(len)
LIST.property(f"{G}.LinkedListNode<T> First")(lambda self: self.first)
LIST.property(f"{G}.LinkedListNode<T> Last")(lambda self: self.last)
LIST.method("bool Contains(T value)")(LinkedListValue.contains)
LIST.method("bool Remove(T value)")(LinkedListValue.remove)
LIST.method("void Clear()")(LinkedListValue.clear)
LIST.method(f"{G}.LinkedListEnumerator<T> GetEnumerator()")(
    lambda self: EnumeratorValue(self, ENUMERATOR.of(self.element_type))
)


@LIST.method(f"{G}.LinkedListNode<T> Find(T value)")
def find(self: LinkedListValue, value: Any) -> Node | None:
    return self.node_of(value)


@LIST.method(f"{G}.LinkedListNode<T> FindLast(T value)")
def find_last(self: LinkedListValue, value: Any) -> Node | None:
    return self.node_of(value, backwards=True)


def _own(self: LinkedListValue, node: Node | None) -> Node:
    """A node of this list. InvalidOperationException."""
    found: Node = given(node, "node")
    if found.of is not self:
        raise faults.invalid_operation("The LinkedList node does not belong to current LinkedList.")
    return found


def _free(node: Node | None, name: str) -> Node:
    found: Node = given(node, name)
    if found.of is not None:
        raise faults.invalid_operation("The LinkedList node already belongs to a LinkedList.")
    return found


def _declare_adding(method: str, link: Any, anchored: bool) -> None:
    """A method that takes a value and gives its node, and the same with a node."""
    node_type = f"{G}.LinkedListNode<T>"
    first = f"{node_type} node, " if anchored else ""
    new_name = "newNode" if anchored else "node"

    def by_value(self: LinkedListValue, *given_: Any) -> Node:
        anchor = _own(self, given_[0]) if anchored else None
        made: Node = link(self, self.made(given_[-1]), anchor)
        return made

    def by_node(self: LinkedListValue, *given_: Any) -> None:
        anchor = _own(self, given_[0]) if anchored else None
        link(self, _free(given_[-1], new_name), anchor)

    LIST.method(f"{node_type} {method}({first}T value)")(by_value)
    LIST.method(f"void {method}({first}{node_type} {new_name})")(by_node)


_declare_adding("AddFirst", lambda self, node, _: self.link(node, None, self.first), anchored=False)
_declare_adding("AddLast", lambda self, node, _: self.link(node, self.last, None), anchored=False)
_declare_adding("AddAfter", lambda self, node, anchor: self.link(node, anchor, anchor.after), anchored=True)
_declare_adding("AddBefore", lambda self, node, anchor: self.link(node, anchor.before, anchor), anchored=True)


@LIST.method(f"void Remove({G}.LinkedListNode<T> node)")
def remove_node(self: LinkedListValue, node: Node | None) -> None:
    self.unlink(_own(self, node))


def _end(node: Node | None) -> Node:
    if node is None:
        raise faults.invalid_operation("The LinkedList is empty.")
    return node


LIST.method("void RemoveFirst()")(lambda self: self.unlink(_end(self.first)))
LIST.method("void RemoveLast()")(lambda self: self.unlink(_end(self.last)))


@LIST.method("void CopyTo(T[] array, int index)")
def copy_to(self: LinkedListValue, target: NetArray | None, index: int) -> None:
    found = given(target, "array")
    if index < 0:
        raise faults.negative("index", index)
    if index > len(found):
        message = "Must be less than or equal to the size of the collection."
        raise faults.out_of_range(message, "index", index)
    if len(found) - index < len(self):
        raise faults.argument("Insufficient space in the target location to copy the information.")
    put_all(list(self), found, index)


@NODE.constructor("LinkedListNode(T value)", generic=True)
def make_node(kinds: tuple[NetType, ...], value: Any) -> Node:
    return Node(kinds[0], value)


NODE.property(f"{G}.LinkedList<T> List")(lambda self: self.of)
NODE.property(f"{G}.LinkedListNode<T> Next")(lambda self: self.after)
NODE.property(f"{G}.LinkedListNode<T> Previous")(lambda self: self.before)


@NODE.property("T Value { get; set; }")
def get_value(self: Node) -> Any:
    return self.value


@get_value.set
def set_value(self: Node, value: Any) -> None:
    self.value = value
