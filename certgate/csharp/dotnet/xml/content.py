"""What may be put into elements and documents, and how values become their content.

https://learn.microsoft.com/dotnet/standard/linq/valid-content-xelement-xdocument-objects: texts are joined, numbers
and dates are written as XML Schema has them, sequences are taken apart, nodes that have a parent are copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.chars import is_whitespace
from certgate.csharp.dotnet.xml.tree import (
    Attribute,
    CData,
    Container,
    Document,
    DocumentType,
    Element,
    Node,
    Text,
    XObject,
)
from certgate.csharp.dotnet.xml.walk import clone, root_of
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import iterate

if TYPE_CHECKING:
    from collections.abc import Iterator


def string_value(value: Any) -> str:
    """The text that a value becomes in an attribute or element. ArgumentException for nodes."""
    from certgate.csharp.dotnet.xml.schema_text import schema_text

    if isinstance(value, XObject):
        raise faults.argument("An XObject cannot be used as a value.")
    return schema_text(value)


def flat(content: Any) -> Iterator[Any]:
    """The pieces of content: sequences taken apart to any depth, nulls left out, other values as texts."""
    waiting: list[Iterator[Any]] = [iter((content,))]
    while waiting:
        charge_steps(1)
        piece = next(waiting[-1], waiting)
        if piece is waiting:
            waiting.pop()
        elif isinstance(piece, (Node, Attribute)):
            yield piece
        elif isinstance(piece, str):
            yield str.__str__(piece)
        elif is_sequence(piece):
            waiting.append(iterate(piece))
        elif piece is not None:
            yield string_value(piece)


def is_sequence(value: Any) -> bool:
    return not isinstance(value, str) and hasattr(value, "__iter__")


def snapshot(content: Any) -> Any:
    """Content that may come out of the tree which is about to change, read now."""
    if not is_sequence(content):
        return content
    found: list[Any] = []
    for piece in flat_values(content):
        charge_size(1)
        found.append(piece)
    return found


def flat_values(content: Any) -> Iterator[Any]:
    """The values of nested sequences, without converting them."""
    waiting: list[Iterator[Any]] = [iter((content,))]
    while waiting:
        charge_steps(1)
        piece = next(waiting[-1], waiting)
        if piece is waiting:
            waiting.pop()
        elif is_sequence(piece):
            waiting.append(iterate(piece))
        elif piece is not None:
            yield piece


def add_content(holder: Container, content: Any) -> None:
    """``Add``: behind the last child."""
    for piece in flat(content):
        if isinstance(piece, Node):
            add_node(holder, piece)
        elif isinstance(piece, Attribute):
            add_attribute(holder, piece)
        else:
            add_text(holder, piece)


def add_node(holder: Container, node: Node) -> None:
    check_node(holder, node, holder)
    node = free(holder, node)
    holder.text_to_node()
    holder.append(node)


def free(holder: Container, node: Node) -> Node:
    """The node itself where it can be put into `holder`, else a copy."""
    return clone(node) if node.parent is not None or node is root_of(holder) else node


def add_attribute(holder: Container, attribute: Attribute) -> None:
    if not isinstance(holder, Element):
        raise faults.argument("An attribute cannot be added to content.")
    if holder.attribute(attribute.name) is not None:
        raise faults.invalid_operation("Duplicate attribute.")
    holder.put(attribute if attribute.parent is None else Attribute(attribute.name, attribute.value))


def add_text(holder: Container, text: str) -> None:
    check_text(holder, text)
    last = holder.content
    if last is None:
        charge_size(len(text))
        holder.content = text
    elif not text:
        return
    elif isinstance(last, str):
        charge_size(len(last) + len(text))
        holder.content = last + text
    elif isinstance(last, Text) and not isinstance(last, CData):
        extend(last, text)
    else:
        holder.append(Text(text))


def extend(node: Text, text: str) -> None:
    charge_size(len(node.value) + len(text))
    node.value += text


def set_text(holder: Element, text: str) -> None:
    """``Value = text``."""
    holder.clear()
    add_text(holder, text)


class Inserter:
    """Puts content behind `previous`, or before all children: each piece behind the one before."""

    def __init__(self, holder: Container, previous: Node | None) -> None:
        self.holder = holder
        self.previous = previous
        self.text: str | None = None

    def add(self, content: Any) -> None:
        for piece in flat(content):
            if isinstance(piece, Node):
                self._node(piece)
            elif isinstance(piece, Attribute):
                raise faults.argument("An attribute cannot be added to content.")
            else:
                check_text(self.holder, piece)
                charge_size(len(piece))
                self.text = (self.text or "") + piece
        if self.text is not None and self.holder.content is None:
            self.holder.content = self.text
        else:
            self._flush()

    def _node(self, node: Node) -> None:
        check_node(self.holder, node, self.previous)
        node = free(self.holder, node)
        self.holder.text_to_node()
        self._flush()
        self._insert(node)

    def _flush(self) -> None:
        if self.text:
            if isinstance(self.previous, Text) and not isinstance(self.previous, CData):
                extend(self.previous, self.text)
            else:
                self.holder.text_to_node()
                self._insert(Text(self.text))
        self.text = None

    def _insert(self, node: Node) -> None:
        self.holder.insert(node, self.previous)
        self.previous = node


def check_text(holder: Container, text: str) -> None:
    if isinstance(holder, Document) and not is_whitespace(text):
        raise faults.argument("Non-whitespace characters cannot be added to content.")


def check_node(holder: Container, node: Node, previous: Node | None) -> None:
    """Whether a node may stand behind `previous`. ArgumentException, InvalidOperationException."""
    if isinstance(holder, Element):
        if isinstance(node, (Document, DocumentType)):
            raise _cannot_be_added(node)
        return
    match node:
        case CData() | Document():
            raise _cannot_be_added(node)
        case Text():
            check_text(holder, node.value)
        case Element():
            _check_document(holder, previous, "DocumentType", "None")
        case DocumentType():
            _check_document(holder, previous, "None", "Element")


def _cannot_be_added(node: Node) -> Exception:
    return faults.argument(f"A node of type {node.kind} cannot be added to content.")


def _check_document(holder: Container, previous: Node | None, before: str, after: str) -> None:
    """One document type, then one element: `before` may stand before the new node and `after` behind it."""
    if not isinstance(holder.content, Node):
        return
    allowed = after if previous is None else before
    for node in holder.nodes():
        if node.kind in ("Element", "DocumentType"):
            if node.kind != allowed:
                raise faults.invalid_operation("This operation would create an incorrectly structured document.")
            allowed = "None"
        if node is previous:
            allowed = after
