"""Nodes of XmlDocument as text, and to and from System.Xml.Linq.

SECURITY: walks the tree without calling itself.
"""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.xml.dom import DomDocument, DomNode, prefix_of
from certgate.csharp.dotnet.xml.load import parse_document
from certgate.csharp.dotnet.xml.output import to_text, write
from certgate.csharp.dotnet.xml.tree import Attribute, Container, Document, Element, Node, XObject
from certgate.csharp.dotnet.xml.writer import Writer, escape_value
from certgate.csharp.runtime import charge_steps


def qualified(node: Any) -> str:
    prefix = prefix_of(node)
    return f"{prefix}:{node.name.local}" if prefix else str(node.name.local)


def outer(node: XObject, *, indent: bool = False) -> str:
    """``OuterXml``."""
    if isinstance(node, Attribute):
        return f'{qualified(node)}="{escape_value(node.value)}"'
    if isinstance(node, Document):
        return inner(node, indent=indent)
    writer = Writer(indent=indent)
    if isinstance(node, Node):
        _write(writer, node)
    return writer.text_so_far()


def inner(node: XObject, *, indent: bool = False) -> str:
    """``InnerXml``."""
    if isinstance(node, Attribute):
        return escape_value(node.value)
    writer = Writer(indent=indent)
    for child in list(node.nodes()) if isinstance(node, Container) else ():
        _write(writer, child)
    return writer.text_so_far()


def _write(writer: Writer, top: Node) -> None:
    node: Node | None = top
    while node is not None:
        charge_steps(1)
        if isinstance(node, Element):
            _start(writer, node)
            if isinstance(node.content, Node):
                node = node.content.following
                continue
            if node.content:
                writer.text(node.content)
            writer.end(full=node.content is not None)
        else:
            write(writer, node)
        node = _climb(writer, node, top)


def _climb(writer: Writer, node: Node, top: Node) -> Node | None:
    while node is not top and node.parent is not None:
        if node is not node.parent.content:
            return node.following
        node = node.parent
        writer.end(full=True)
    return None


def _start(writer: Writer, element: Element) -> None:
    writer.start(prefix_of(element), element.name.local, element.name.space)
    for one in element.attributes():
        writer.attribute(prefix_of(one), one.name.local, one.name.space, one.value)


def to_linq(view: DomNode) -> Any:
    """The same as a node of System.Xml.Linq: a document, or the root of one."""
    document = parse_document(outer(view.node))
    return document if isinstance(view.node, Document) else document.root()


def from_linq(document: Document) -> DomDocument:
    made = DomDocument()
    if document.root() is None:
        return made
    declared = document.declaration.to_text() if document.declaration is not None else ""
    made.load(declared + to_text(document, 1))
    return made
