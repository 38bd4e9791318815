"""The members of ``XObject`` and ``XNode``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.linq.type import is_instance
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml import axes as xml_axes
from certgate.csharp.dotnet.xml import compare as xml_compare
from certgate.csharp.dotnet.xml.content import Inserter
from certgate.csharp.dotnet.xml.output import to_text
from certgate.csharp.dotnet.xml.tree import Document, Element, Node, XObject
from certgate.csharp.dotnet.xml.types import LINE_INFO, NODE, NODE_TYPE, OBJECT, SEQ
from certgate.csharp.dotnet.xml.walk import root_of
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import EnumValue, NetArray, enum_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.xml.names import Name

_CONTENT = "params object[] content"


@OBJECT.property("System.Xml.XmlNodeType NodeType")
def get_node_type(self: XObject) -> EnumValue:
    return enum_value(NODE_TYPE, self.kind)


@OBJECT.property("XElement Parent")
def get_parent(self: XObject) -> Any:
    return self.parent if isinstance(self.parent, Element) else None


@OBJECT.property("XDocument Document")
def get_document(self: XObject) -> Any:
    root = root_of(self)
    return root if isinstance(root, Document) else None


@OBJECT.property("string BaseUri")
def get_base_uri(self: XObject) -> str:
    """What is read from a text has none."""
    return ""


@LINE_INFO.method("bool HasLineInfo()")
def has_line_info(self: XObject) -> bool:
    return self.place is not None


@LINE_INFO.property("int LineNumber")
def get_line_number(self: XObject) -> int:
    return self.place[0] if self.place is not None else 0


@LINE_INFO.property("int LinePosition")
def get_line_position(self: XObject) -> int:
    return self.place[1] if self.place is not None else 0


# -- annotations ---------------------------------------------------------------------------------


def _kind(kind: Any) -> types.NetType:
    if kind is None:
        raise faults.argument_null("type")
    found: types.NetType = kind.of
    return found


def _annotations(self: XObject, kind: types.NetType) -> Iterator[Any]:
    for one in list(self.annotations or ()):
        charge_steps(1)
        if is_instance(one, kind):
            yield one


def _forget(self: XObject, kind: types.NetType) -> None:
    kept = [one for one in self.annotations or () if not is_instance(one, kind)]
    self.annotations = kept or None


@OBJECT.method("void AddAnnotation(object annotation)")
def add_annotation(self: XObject, annotation: Any) -> None:
    if annotation is None:
        raise faults.argument_null("annotation")
    charge_size(1)
    self.annotations = [*(self.annotations or ()), annotation]


@OBJECT.method("object Annotation(System.Type type)")
def annotation_of(self: XObject, kind: Any) -> Any:
    return next(_annotations(self, _kind(kind)), None)


@OBJECT.method("T Annotation<T>() where T : class", generic=True)
def annotation(kinds: tuple[types.NetType, ...], self: XObject) -> Any:
    return next(_annotations(self, kinds[0]), None)


@OBJECT.method(f"{SEQ}<object> Annotations(System.Type type)")
def annotations_of(self: XObject, kind: Any) -> Any:
    wanted = _kind(kind)
    return xml_axes.Axis(types.OBJECT, "XObject+<Annotations>d__16", lambda: _annotations(self, wanted))


@OBJECT.method(f"{SEQ}<T> Annotations<T>() where T : class", generic=True)
def annotations_typed(kinds: tuple[types.NetType, ...], self: XObject) -> Any:
    return xml_axes.Axis(kinds[0], "XObject+<Annotations>d__17`1", lambda: _annotations(self, kinds[0]))


@OBJECT.method("void RemoveAnnotations(System.Type type)")
def remove_annotations_of(self: XObject, kind: Any) -> None:
    _forget(self, _kind(kind))


@OBJECT.method("void RemoveAnnotations<T>() where T : class", generic=True)
def remove_annotations(kinds: tuple[types.NetType, ...], self: XObject) -> None:
    _forget(self, kinds[0])


# -- neighbours ----------------------------------------------------------------------------------


@NODE.property("XNode NextNode")
def get_next(self: Node) -> Node | None:
    return self.next()


@NODE.property("XNode PreviousNode")
def get_previous(self: Node) -> Node | None:
    return self.previous()


@NODE.property("static XNodeDocumentOrderComparer DocumentOrderComparer")
def get_order_comparer() -> xml_compare.OrderComparer:
    return xml_compare.ORDER_COMPARER


@NODE.property("static XNodeEqualityComparer EqualityComparer")
def get_equality_comparer() -> xml_compare.EqualityComparer:
    return xml_compare.EQUALITY_COMPARER


@NODE.method("static int CompareDocumentOrder(XNode n1, XNode n2)")
def compare_order(left: Node | None, right: Node | None) -> int:
    return xml_compare.compare_order(left, right)


@NODE.method("static bool DeepEquals(XNode n1, XNode n2)")
def deep_equals(left: Node | None, right: Node | None) -> bool:
    return xml_compare.deep_equals(left, right)


@NODE.method("bool IsAfter(XNode node)")
def is_after(self: Node, other: Node | None) -> bool:
    return xml_compare.compare_order(self, other) > 0


@NODE.method("bool IsBefore(XNode node)")
def is_before(self: Node, other: Node | None) -> bool:
    return xml_compare.compare_order(self, other) < 0


def ancestors(node: Node, itself: bool) -> Iterator[Element]:
    found: Any = node if itself else node.parent
    while isinstance(found, Element):
        yield found
        found = found.parent


def _after(node: Node) -> Iterator[Node]:
    found: Node | None = node
    while found is not None and found.parent is not None and found.parent.content is not found:
        found = found.following
        if found is not None:
            yield found


def _before(node: Node) -> Iterator[Node]:
    if node.parent is None or not isinstance(node.parent.content, Node):
        return
    found = node.parent.content
    while True:
        if found.following is None:
            raise faults.null_reference()
        found = found.following
        if found is node:
            return
        yield found
        if node.parent is None or node.parent is not found.parent:
            return


def _only_elements(items: Iterator[Node]) -> Iterator[Element]:
    return (one for one in items if isinstance(one, Element))


@NODE.method(f"{SEQ}<XElement> Ancestors()")
def get_ancestors(self: Node) -> Any:
    return xml_axes.elements("XNode+<GetAncestors>d__43", lambda: ancestors(self, itself=False))


@NODE.method(f"{SEQ}<XElement> Ancestors(XName name)")
def get_ancestors_named(self: Node, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_elements()
    return xml_axes.elements("XNode+<GetAncestors>d__43", lambda: ancestors(self, itself=False), name)


@NODE.method(f"{SEQ}<XNode> NodesAfterSelf()")
def nodes_after(self: Node) -> Any:
    return xml_axes.nodes("XNode+<NodesAfterSelf>d__21", lambda: _after(self))


@NODE.method(f"{SEQ}<XNode> NodesBeforeSelf()")
def nodes_before(self: Node) -> Any:
    return xml_axes.nodes("XNode+<NodesBeforeSelf>d__22", lambda: _before(self))


@NODE.method(f"{SEQ}<XElement> ElementsAfterSelf()")
def elements_after(self: Node) -> Any:
    return xml_axes.elements("XNode+<GetElementsAfterSelf>d__44", lambda: _only_elements(_after(self)))


@NODE.method(f"{SEQ}<XElement> ElementsAfterSelf(XName name)")
def elements_after_named(self: Node, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_elements()
    return xml_axes.elements("XNode+<GetElementsAfterSelf>d__44", lambda: _only_elements(_after(self)), name)


@NODE.method(f"{SEQ}<XElement> ElementsBeforeSelf()")
def elements_before(self: Node) -> Any:
    return xml_axes.elements("XNode+<GetElementsBeforeSelf>d__45", lambda: _only_elements(_before(self)))


@NODE.method(f"{SEQ}<XElement> ElementsBeforeSelf(XName name)")
def elements_before_named(self: Node, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_elements()
    return xml_axes.elements("XNode+<GetElementsBeforeSelf>d__45", lambda: _only_elements(_before(self)), name)


# -- changes -------------------------------------------------------------------------------------


def remove(node: Node) -> None:
    if node.parent is None:
        raise faults.invalid_operation("The parent is missing.")
    node.parent.remove(node)


@NODE.method("void AddAfterSelf(object content)")
def add_after(self: Node, content: Any) -> None:
    if self.parent is None:
        raise faults.invalid_operation("The parent is missing.")
    Inserter(self.parent, self).add(content)


@NODE.method(f"void AddAfterSelf({_CONTENT})")
def add_all_after(self: Node, content: NetArray | None) -> None:
    add_after(self, content)


@NODE.method("void AddBeforeSelf(object content)")
def add_before(self: Node, content: Any) -> None:
    if self.parent is None:
        raise faults.invalid_operation("The parent is missing.")
    Inserter(self.parent, self.previous()).add(content)


@NODE.method(f"void AddBeforeSelf({_CONTENT})")
def add_all_before(self: Node, content: NetArray | None) -> None:
    add_before(self, content)


@NODE.method("void Remove()")
def remove_node(self: Node) -> None:
    remove(self)


@NODE.method("void ReplaceWith(object content)")
def replace_with(self: Node, content: Any) -> None:
    holder = self.parent
    if holder is None:
        raise faults.invalid_operation("The parent is missing.")
    previous = self.previous()
    holder.remove(self)
    Inserter(holder, previous).add(content)


@NODE.method(f"void ReplaceWith({_CONTENT})")
def replace_with_all(self: Node, content: NetArray | None) -> None:
    replace_with(self, content)


# -- text ----------------------------------------------------------------------------------------


@NODE.method("string ToString()")
def to_string(self: Node) -> str:
    return self.to_text()


@NODE.method("string ToString(SaveOptions options)")
def to_string_options(self: Node, options: EnumValue) -> str:
    return to_text(self, options.value)


NODE.signatures(
    "System.Xml.XmlReader CreateReader()",
    "System.Xml.XmlReader CreateReader(ReaderOptions readerOptions)",
    "static XNode ReadFrom(System.Xml.XmlReader reader)",
    "void WriteTo(System.Xml.XmlWriter writer)",
)
