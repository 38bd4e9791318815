"""Nodes of System.Xml.Linq as text: ``ToString`` and ``Save``.

SECURITY: walks the tree without calling itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.names import XML, XMLNS
from certgate.csharp.dotnet.xml.tree import (
    Attribute,
    CData,
    Comment,
    Document,
    DocumentType,
    Element,
    Instruction,
    Node,
    Text,
    XObject,
)
from certgate.csharp.dotnet.xml.types import SAVE_OPTIONS
from certgate.csharp.dotnet.xml.writer import Writer
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import EnumValue

if TYPE_CHECKING:
    from collections.abc import Iterator

UNFORMATTED, MERGE = 1, 2
"""SaveOptions: DisableFormatting, OmitDuplicateNamespaces."""


def to_text(item: XObject, options: int) -> str:
    """``ToString(options)``."""
    writer = Writer(indent=not options & UNFORMATTED, merge=bool(options & MERGE))
    if isinstance(item, Attribute):
        prefix = attribute_prefix(item)
        writer.attribute(prefix, item.name.local, item.name.space, item.value)
        return writer.text_so_far().strip()
    if isinstance(item, Document):
        write_content(writer, item)
    elif isinstance(item, Node):
        write(writer, item)
    return writer.text_so_far()


def save_options(item: XObject) -> int:
    """The SaveOptions that are annotations of a node or of what it is in."""
    found: XObject | None = item
    while found is not None:
        charge_steps(1)
        for one in found.annotations or ():
            if isinstance(one, EnumValue) and one.net_type is SAVE_OPTIONS.type:
                return one.value
        found = found.parent
    return 0


def saved(item: Element | Document, encoding: str, options: int) -> str:
    """``Save(writer, options)``: with an XML declaration."""
    writer = Writer(indent=not options & UNFORMATTED, merge=bool(options & MERGE))
    standalone = item.declaration.standalone if isinstance(item, Document) and item.declaration else None
    writer.declaration(encoding, standalone if standalone in ("yes", "no") else None)
    if isinstance(item, Element):
        write(writer, item)
        return writer.text_so_far()
    write_content(writer, item)
    if item.root() is None:
        raise faults.argument("Document does not have a root element.")
    return writer.text_so_far()


def write_content(writer: Writer, document: Document) -> None:
    if isinstance(document.content, str):
        writer.text(document.content)
        return
    for node in list(document.nodes()):
        write(writer, node)


def write(writer: Writer, node: Node) -> None:
    match node:
        case Element():
            _write_element(writer, node)
        case CData():
            writer.cdata(node.value)
        case Text():
            writer.text(node.value)
        case Comment():
            writer.comment(node.value)
        case Instruction():
            writer.instruction(node.target, node.data)
        case DocumentType():
            writer.document_type(node.name, node.public, node.system, node.subset)


class _Scopes:
    """The prefixes that the elements around declare, innermost last."""

    def __init__(self, element: Element) -> None:
        self.found: list[tuple[str, str]] = []
        self.marks: list[int] = []
        outer = element.parent
        while isinstance(outer, Element):
            charge_steps(1)
            # Of the elements around, .NET looks at the declarations of one in their order, of its own in reverse.
            self.found[:0] = reversed(list(declarations(outer)))
            outer = outer.parent

    def push(self, element: Element) -> None:
        self.marks.append(len(self.found))
        self.found.extend(declarations(element))

    def pop(self) -> None:
        del self.found[self.marks.pop() :]

    def prefix(self, space: str, default: bool) -> str | None:
        """The prefix of a namespace; the default namespace counts for elements only. None: there is none."""
        if not space:
            return ""
        charge_steps(1 + (len(self.found) >> 3))
        seen: set[str] = set()
        for prefix, other in reversed(self.found):
            if other == space and prefix not in seen and (default or prefix):
                return prefix
            seen.add(prefix)
        return {XML: "xml", XMLNS: "xmlns"}.get(space)


def declarations(element: Element) -> Iterator[tuple[str, str]]:
    """Prefix and namespace of each declaration on an element; the default namespace has an empty prefix."""
    for one in element.attributes():
        if one.is_declaration():
            yield one.name.local if one.name.space else "", one.value


def _write_element(writer: Writer, top: Element) -> None:
    scopes = _Scopes(top)
    node: Node | None = top
    while node is not None:
        charge_steps(1)
        if isinstance(node, Element):
            _start(writer, scopes, node)
            if isinstance(node.content, Node):
                node = node.content.following
                continue
            if node.content is not None:
                writer.text(node.content)
            writer.end(full=node.content is not None)
            scopes.pop()
        else:
            write(writer, node)
        node = _climb(writer, scopes, node, top)


def _climb(writer: Writer, scopes: _Scopes, node: Node, top: Element) -> Node | None:
    """What is written behind a node; closes the elements that end there."""
    while node is not top:
        if node.parent is None:
            return None
        if node is not node.parent.content:
            return node.following
        node = node.parent
        writer.end(full=True)
        scopes.pop()
    return None


def _start(writer: Writer, scopes: _Scopes, element: Element) -> None:
    scopes.push(element)
    name = element.name
    writer.start(scopes.prefix(name.space, default=True), name.local, name.space)
    for one in element.attributes():
        writer.attribute(scopes.prefix(one.name.space, default=False), one.name.local, one.name.space, one.value)


def attribute_prefix(attribute: Attribute) -> str | None:
    space = attribute.name.space
    if not space:
        return ""
    if attribute.parent is not None:
        return prefix_of(attribute.parent, space)
    return {XML: "xml", XMLNS: "xmlns"}.get(space)


def namespace_of(element: Element, prefix: str, outside: Element | None = None) -> str | None:
    """The namespace that a prefix stands for; ``xmlns`` asks for the default one."""
    found: Element | None = element
    while isinstance(found, Element) and found is not outside:
        charge_steps(1)
        for one in found.attributes():
            if one.is_declaration() and one.name.local == prefix:
                return one.value
        found = found.parent if isinstance(found.parent, Element) else None
    return None


def prefix_of(element: Element, space: str) -> str | None:
    """``GetPrefixOfNamespace``: the nearest prefix for it that no inner declaration hides."""
    found: Element | None = element
    any_inner = False
    while found is not None:
        charge_steps(1)
        any_here = False
        for one in found.attributes():
            if not one.is_declaration():
                continue
            if (
                one.value == space
                and one.name.space
                and (not any_inner or namespace_of(element, one.name.local, found) is None)
            ):
                return one.name.local
            any_here = True
        any_inner |= any_here
        found = found.parent if isinstance(found.parent, Element) else None
    if space == XML:
        return "xml" if not any_inner or namespace_of(element, "xml") is None else None
    return "xmlns" if space == XMLNS else None
