"""``System.Xml.Linq.Extensions``: the axes of all nodes of a sequence, and removing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.linq.type import walk
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.xml import attribute as xml_attribute
from certgate.csharp.dotnet.xml import axes as xml_axes
from certgate.csharp.dotnet.xml import node as xml_node
from certgate.csharp.dotnet.xml.compare import compare_order
from certgate.csharp.dotnet.xml.container import child_elements
from certgate.csharp.dotnet.xml.node import ancestors
from certgate.csharp.dotnet.xml.tree import Container, Element, Node
from certgate.csharp.dotnet.xml.types import EXTENSIONS, SEQ
from certgate.csharp.dotnet.xml.walk import descendant_elements, descendants
from certgate.csharp.runtime import charge_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.dotnet.xml.names import Name
    from certgate.csharp.types import NetType

_NAME = "XName name"


def _given(source: Any) -> Any:
    if source is None:
        raise faults.argument_null("source")
    return source


def _each(source: Any, parts: Callable[[Any], Iterator[Any]]) -> Callable[[], Iterator[Any]]:
    """A walk over the parts of every item that is not null."""
    return lambda: (part for item in walk(source) if item is not None for part in parts(item))


def _declare_elements(method: str, made_by: str, parts: Callable[[Any], Iterator[Any]], limit: str) -> None:
    """An axis of elements, with and without a name; `limit` is what ``T`` must be, if the method is generic."""
    parameters = f"{method}<T>(this {SEQ}<T> source" if limit else f"{method}(this {SEQ}<XElement> source"
    where = f" where T : {limit}" if limit else ""

    def iterator(kinds: tuple[NetType, ...]) -> str:
        return f"Extensions+{made_by}" + f"`1[{kinds[0].reflection_name if limit else 'System.Xml.Linq.XElement'}]"

    def get(kinds: tuple[NetType, ...], source: Any) -> Any:
        return xml_axes.elements(iterator(kinds), _each(_given(source), parts))

    def get_named(kinds: tuple[NetType, ...], source: Any, name: Name | None) -> Any:
        found = _given(source)
        return xml_axes.no_elements() if name is None else xml_axes.elements(iterator(kinds), _each(found, parts), name)

    EXTENSIONS.method(f"static {SEQ}<XElement> {parameters}){where}", generic=True)(get)
    EXTENSIONS.method(f"static {SEQ}<XElement> {parameters}, {_NAME}){where}", generic=True)(get_named)


_declare_elements("Elements", "<GetElements>d__24", child_elements, "XContainer")
_declare_elements("Descendants", "<GetDescendants>d__23", descendant_elements, "XContainer")
_declare_elements(
    "DescendantsAndSelf", "<GetDescendants>d__23", lambda item: descendant_elements(item, itself=True), ""
)
_declare_elements("Ancestors", "<GetAncestors>d__21", lambda item: ancestors(item, itself=False), "XNode")
_declare_elements("AncestorsAndSelf", "<GetAncestors>d__21", lambda item: ancestors(item, itself=True), "")


@EXTENSIONS.method(f"static {SEQ}<XAttribute> Attributes(this {SEQ}<XElement> source)")
def get_attributes(source: Any) -> Any:
    return xml_axes.attributes("Extensions+<GetAttributes>d__20", _each(_given(source), Element.attributes))


@EXTENSIONS.method(f"static {SEQ}<XAttribute> Attributes(this {SEQ}<XElement> source, {_NAME})")
def get_attributes_named(source: Any, name: Name | None) -> Any:
    found = _given(source)
    if name is None:
        return xml_axes.no_attributes()
    return xml_axes.attributes("Extensions+<GetAttributes>d__20", _each(found, Element.attributes), name)


@EXTENSIONS.method(f"static {SEQ}<XNode> Nodes<T>(this {SEQ}<T> source) where T : XContainer", generic=True)
def get_nodes(kinds: tuple[NetType, ...], source: Any) -> Any:
    made_by = f"Extensions+<NodesIterator>d__7`1[{kinds[0].reflection_name}]"
    return xml_axes.nodes(made_by, _each(_given(source), Container.nodes))


@EXTENSIONS.method(f"static {SEQ}<XNode> DescendantNodes<T>(this {SEQ}<T> source) where T : XContainer", generic=True)
def get_descendant_nodes(kinds: tuple[NetType, ...], source: Any) -> Any:
    made_by = f"Extensions+<GetDescendantNodes>d__22`1[{kinds[0].reflection_name}]"
    return xml_axes.nodes(made_by, _each(_given(source), descendants))


@EXTENSIONS.method(f"static {SEQ}<XNode> DescendantNodesAndSelf(this {SEQ}<XElement> source)")
def get_descendant_nodes_and_self(source: Any) -> Any:
    made_by = "Extensions+<GetDescendantNodes>d__22`1[System.Xml.Linq.XElement]"
    return xml_axes.nodes(made_by, _each(_given(source), lambda item: descendants(item, itself=True)))


@EXTENSIONS.method(f"static {SEQ}<T> InDocumentOrder<T>(this {SEQ}<T> source) where T : XNode", generic=True)
def in_document_order(kinds: tuple[NetType, ...], source: Any) -> Any:
    items = _given(source)
    made_by = f"Extensions+<DocumentOrderIterator>d__17`1[{kinds[0].reflection_name}]"
    return xml_axes.Axis(kinds[0], made_by, lambda: iter(ordering.sort(walk(items), _compare)))


def _compare(left: Node | None, right: Node | None) -> int:
    return compare_order(left, right)


def _snapshot(source: Any) -> list[Any]:
    found = list(walk(_given(source)))
    charge_size(len(found))
    return found


@EXTENSIONS.method(f"static void Remove(this {SEQ}<XAttribute> source)")
def remove_attributes(source: Any) -> None:
    for one in _snapshot(source):
        if one is not None:
            xml_attribute.remove(one)


@EXTENSIONS.method(f"static void Remove<T>(this {SEQ}<T> source) where T : XNode")
def remove_nodes(source: Any) -> None:
    for one in _snapshot(source):
        if one is not None:
            xml_node.remove(one)
