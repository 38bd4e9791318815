"""What changes the tree of an XmlDocument, and what looks for nodes in it by XPath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.chars import is_whitespace
from certgate.csharp.dotnet.xml.dom import NODE, DomList, DomNode
from certgate.csharp.dotnet.xml.path import evaluate
from certgate.csharp.dotnet.xml.path_values import nodes as node_set
from certgate.csharp.dotnet.xml.tree import Attribute, Container, Document, Element, Node, Text
from certgate.csharp.dotnet.xml.walk import clone, root_of
from certgate.csharp.runtime import UnsupportedReached, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.namespaces import NamespaceManager


# -- changes -------------------------------------------------------------------------------------


def _put(view: DomNode, child: DomNode | None, previous: Node | None) -> DomNode:
    """A node behind `previous`, or before all; it leaves where it was."""
    if child is None:
        raise faults.null_reference()
    holder, node = view.node, child.node
    if not isinstance(holder, Container) or not isinstance(node, Node):
        raise faults.invalid_operation("The current node cannot contain other nodes.")
    if child.owner is not view.owner:
        raise faults.argument("The node to be inserted is from a different document context.")
    if node is root_of(holder) or any(one is node for one in _path(holder)):
        raise faults.argument("Cannot insert a node or any ancestor of that node as a child of itself.")
    if isinstance(holder, Document) and isinstance(node, Element) and holder.root() not in (None, node):
        raise faults.invalid_operation("This document already has a 'DocumentElement' node.")
    if node.parent is not None:
        node.parent.remove(node)
    holder.text_to_node()
    holder.insert(node, previous)
    return child


def _path(node: Any) -> list[Any]:
    found = [node]
    while found[-1].parent is not None:
        charge_steps(1)
        found.append(found[-1].parent)
    return found


@NODE.method("XmlNode AppendChild(XmlNode newChild)")
def append_child(self: DomNode, child: DomNode | None) -> DomNode:
    last = self.node.last() if isinstance(self.node, Container) else None
    if child is not None and last is child.node:
        return child
    return _put(self, child, last)


@NODE.method("XmlNode PrependChild(XmlNode newChild)")
def prepend_child(self: DomNode, child: DomNode | None) -> DomNode:
    return _put(self, child, None)


def _own(self: DomNode, child: DomNode) -> Node:
    if not isinstance(child.node, Node) or child.node.parent is not self.node:
        raise faults.argument("The reference node is not a child of this node.")
    return child.node


@NODE.method("XmlNode InsertBefore(XmlNode newChild, XmlNode refChild)")
def insert_before(self: DomNode, child: DomNode | None, other: DomNode | None) -> DomNode:
    return append_child(self, child) if other is None else _put(self, child, _own(self, other).previous())


@NODE.method("XmlNode InsertAfter(XmlNode newChild, XmlNode refChild)")
def insert_after(self: DomNode, child: DomNode | None, other: DomNode | None) -> DomNode:
    return _put(self, child, None if other is None else _own(self, other))


@NODE.method("XmlNode RemoveChild(XmlNode oldChild)")
def remove_child(self: DomNode, child: DomNode | None) -> DomNode:
    if child is None:
        raise faults.null_reference()
    if not isinstance(child.node, Node) or child.node.parent is not self.node or not isinstance(self.node, Container):
        raise faults.argument("The node to be removed is not a child of this node.")
    self.node.remove(child.node)
    return child


@NODE.method("XmlNode ReplaceChild(XmlNode newChild, XmlNode oldChild)")
def replace_child(self: DomNode, child: DomNode | None, old: DomNode | None) -> DomNode:
    if old is None:
        raise faults.null_reference()
    previous = _own(self, old).previous()
    remove_child(self, old)
    _put(self, child, previous)
    return old


@NODE.method("void RemoveAll()")
def remove_all(self: DomNode) -> None:
    if isinstance(self.node, Element):
        for one in list(self.node.attributes()):
            self.node.take(one)
    if isinstance(self.node, Container):
        self.node.clear()


@NODE.method("XmlNode CloneNode(bool deep)")
def clone_node(self: DomNode, deep: bool) -> DomNode | None:
    if isinstance(self.node, (Attribute, Document)) or not isinstance(self.node, Node):
        raise UnsupportedReached("certgate does not simulate cloning such a node")
    return self.owner.view(clone(self.node) if deep else self.node.copy())


# -- queries -------------------------------------------------------------------------------------


def _select(self: DomNode, path: str | None, manager: NamespaceManager | None) -> list[Any]:
    if path is None:
        raise faults.argument_null("xpath")
    found = node_set(evaluate(self.node, path, None if manager is None else manager.space_of))
    return [
        one for one in found if not (isinstance(one, Text) and is_whitespace(one.value) and not self.owner.preserve)
    ]


@NODE.method("XmlNodeList SelectNodes(string xpath)")
def select_nodes(self: DomNode, path: str | None) -> DomList:
    return select_nodes_with(self, path, None)


@NODE.method("XmlNodeList SelectNodes(string xpath, System.Xml.XmlNamespaceManager nsmgr)")
def select_nodes_with(self: DomNode, path: str | None, manager: NamespaceManager | None) -> DomList:
    found = _select(self, path, manager)
    return DomList(self.owner, lambda: found)


@NODE.method("XmlNode SelectSingleNode(string xpath)")
def select_node(self: DomNode, path: str | None) -> DomNode | None:
    return select_node_with(self, path, None)


@NODE.method("XmlNode SelectSingleNode(string xpath, System.Xml.XmlNamespaceManager nsmgr)")
def select_node_with(self: DomNode, path: str | None, manager: NamespaceManager | None) -> DomNode | None:
    found = _select(self, path, manager)
    return self.owner.view(found[0]) if found else None
