"""The members of ``XContainer``: what elements and documents share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.xml import axes as xml_axes
from certgate.csharp.dotnet.xml.content import Inserter, add_content, snapshot
from certgate.csharp.dotnet.xml.tree import Container, Element, Node
from certgate.csharp.dotnet.xml.types import CONTAINER, SEQ
from certgate.csharp.dotnet.xml.walk import descendant_elements, descendants
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.xml.names import Name
    from certgate.csharp.values import NetArray

_CONTENT = "params object[] content"
_DESCENDANTS = "XContainer+<GetDescendants>d__38"
_ELEMENTS = "XContainer+<GetElements>d__39"


def child_elements(holder: Container) -> Iterator[Element]:
    """The elements among the children; a text that is content stays one."""
    if isinstance(holder.content, Node):
        yield from (node for node in holder.nodes() if isinstance(node, Element))


def child(holder: Container, name: Name | None) -> Element | None:
    """The first child element of that name."""
    for one in child_elements(holder):
        charge_steps(1)
        if one.name is name:
            return one
    return None


@CONTAINER.property("XNode FirstNode")
def get_first(self: Container) -> Node | None:
    return self.first()


@CONTAINER.property("XNode LastNode")
def get_last(self: Container) -> Node | None:
    return self.last()


@CONTAINER.method("XElement Element(XName name)")
def get_element(self: Container, name: Name | None) -> Element | None:
    return child(self, name)


@CONTAINER.method(f"{SEQ}<XElement> Elements()")
def get_elements(self: Container) -> Any:
    return xml_axes.elements(_ELEMENTS, lambda: child_elements(self))


@CONTAINER.method(f"{SEQ}<XElement> Elements(XName name)")
def get_elements_named(self: Container, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_elements()
    return xml_axes.elements(_ELEMENTS, lambda: child_elements(self), name)


@CONTAINER.method(f"{SEQ}<XElement> Descendants()")
def get_descendants(self: Container) -> Any:
    return xml_axes.elements(_DESCENDANTS, lambda: descendant_elements(self))


@CONTAINER.method(f"{SEQ}<XElement> Descendants(XName name)")
def get_descendants_named(self: Container, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_elements()
    return xml_axes.elements(_DESCENDANTS, lambda: descendant_elements(self), name)


@CONTAINER.method(f"{SEQ}<XNode> DescendantNodes()")
def get_descendant_nodes(self: Container) -> Any:
    return xml_axes.nodes("XContainer+<GetDescendantNodes>d__37", lambda: descendants(self))


@CONTAINER.method(f"{SEQ}<XNode> Nodes()")
def get_nodes(self: Container) -> Any:
    return xml_axes.nodes("XContainer+<Nodes>d__18", self.nodes)


@CONTAINER.method("void Add(object content)")
def add(self: Container, content: Any) -> None:
    add_content(self, content)


@CONTAINER.method(f"void Add({_CONTENT})")
def add_all(self: Container, content: NetArray | None) -> None:
    add_content(self, content)


@CONTAINER.method("void AddFirst(object content)")
def add_first(self: Container, content: Any) -> None:
    Inserter(self, None).add(content)


@CONTAINER.method(f"void AddFirst({_CONTENT})")
def add_all_first(self: Container, content: NetArray | None) -> None:
    add_first(self, content)


@CONTAINER.method("void RemoveNodes()")
def remove_nodes(self: Container) -> None:
    self.clear()


@CONTAINER.method("void ReplaceNodes(object content)")
def replace_nodes(self: Container, content: Any) -> None:
    kept = snapshot(content)
    self.clear()
    add_content(self, kept)


@CONTAINER.method(f"void ReplaceNodes({_CONTENT})")
def replace_all_nodes(self: Container, content: NetArray | None) -> None:
    replace_nodes(self, content)


CONTAINER.signatures("System.Xml.XmlWriter CreateWriter()")
