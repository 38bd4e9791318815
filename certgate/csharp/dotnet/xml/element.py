"""``XElement``: making, reading and changing elements. Parsing and saving: ``load.py``; casts: ``casts.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml import axes as xml_axes
from certgate.csharp.dotnet.xml.attribute import make_attribute, set_attribute
from certgate.csharp.dotnet.xml.container import child, child_elements
from certgate.csharp.dotnet.xml.content import add_content, add_node, set_text, snapshot, string_value
from certgate.csharp.dotnet.xml.names import XML, XMLNS, Namespace, namespace
from certgate.csharp.dotnet.xml.node import ancestors
from certgate.csharp.dotnet.xml.output import namespace_of, prefix_of
from certgate.csharp.dotnet.xml.tree import Attribute, Element
from certgate.csharp.dotnet.xml.types import ELEMENT, SEQ
from certgate.csharp.dotnet.xml.walk import clone, descendant_elements, descendants

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.names import Name
    from certgate.csharp.values import NetArray

_CONTENT = "params object[] content"
_ATTRIBUTES = "XElement+<GetAttributes>d__115"
_DESCENDANTS = "XContainer+<GetDescendants>d__38"


def make(name: Name | None) -> Element:
    if name is None:
        raise faults.argument_null("name")
    return Element(name)


@ELEMENT.constructor("XElement(XElement other)")
def copy(other: Element | None) -> Any:
    if other is None:
        raise faults.argument_null("other")
    return clone(other)


@ELEMENT.constructor("XElement(XName name)")
def make_empty(name: Name | None) -> Element:
    return make(name)


@ELEMENT.constructor("XElement(XName name, object content)")
def make_with(name: Name | None, content: Any) -> Element:
    made = make(name)
    add_content(made, content)
    return made


@ELEMENT.constructor(f"XElement(XName name, {_CONTENT})")
def make_with_all(name: Name | None, content: NetArray | None) -> Element:
    return make_with(name, content)


# -- what it is ----------------------------------------------------------------------------------


@ELEMENT.property(f"static {SEQ}<XElement> EmptySequence")
def get_empty_sequence() -> Any:
    return xml_axes.no_elements()


@ELEMENT.property("XName Name { get; set; }")
def get_name(self: Element) -> Name:
    return self.name


@get_name.set
def set_name(self: Element, value: Name | None) -> None:
    if value is None:
        raise faults.argument_null("value")
    self.name = value


@ELEMENT.property("string Value { get; set; }")
def get_value(self: Element) -> str:
    return self.text()


@get_value.set
def set_value_text(self: Element, value: str | None) -> None:
    if value is None:
        raise faults.argument_null("value")
    set_text(self, value)


@ELEMENT.property("bool IsEmpty")
def get_is_empty(self: Element) -> bool:
    return self.content is None


@ELEMENT.property("bool HasElements")
def get_has_elements(self: Element) -> bool:
    return next(child_elements(self), None) is not None


@ELEMENT.property("bool HasAttributes")
def get_has_attributes(self: Element) -> bool:
    return self.last_attribute is not None


@ELEMENT.property("XAttribute FirstAttribute")
def get_first_attribute(self: Element) -> Attribute | None:
    return None if self.last_attribute is None else self.last_attribute.following


@ELEMENT.property("XAttribute LastAttribute")
def get_last_attribute(self: Element) -> Attribute | None:
    return self.last_attribute


@ELEMENT.method("XAttribute Attribute(XName name)")
def get_attribute(self: Element, name: Name | None) -> Attribute | None:
    return self.attribute(name)


@ELEMENT.method(f"{SEQ}<XAttribute> Attributes()")
def get_attributes(self: Element) -> Any:
    return xml_axes.attributes(_ATTRIBUTES, self.attributes)


@ELEMENT.method(f"{SEQ}<XAttribute> Attributes(XName name)")
def get_attributes_named(self: Element, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_attributes()
    return xml_axes.attributes(_ATTRIBUTES, self.attributes, name)


@ELEMENT.method(f"{SEQ}<XElement> AncestorsAndSelf()")
def get_ancestors(self: Element) -> Any:
    return xml_axes.elements("XNode+<GetAncestors>d__43", lambda: ancestors(self, itself=True))


@ELEMENT.method(f"{SEQ}<XElement> AncestorsAndSelf(XName name)")
def get_ancestors_named(self: Element, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_elements()
    return xml_axes.elements("XNode+<GetAncestors>d__43", lambda: ancestors(self, itself=True), name)


@ELEMENT.method(f"{SEQ}<XNode> DescendantNodesAndSelf()")
def get_descendant_nodes(self: Element) -> Any:
    return xml_axes.nodes("XContainer+<GetDescendantNodes>d__37", lambda: descendants(self, itself=True))


@ELEMENT.method(f"{SEQ}<XElement> DescendantsAndSelf()")
def get_descendants(self: Element) -> Any:
    return xml_axes.elements(_DESCENDANTS, lambda: descendant_elements(self, itself=True))


@ELEMENT.method(f"{SEQ}<XElement> DescendantsAndSelf(XName name)")
def get_descendants_named(self: Element, name: Name | None) -> Any:
    if name is None:
        return xml_axes.no_elements()
    return xml_axes.elements(_DESCENDANTS, lambda: descendant_elements(self, itself=True), name)


# -- namespaces ----------------------------------------------------------------------------------


@ELEMENT.method("XNamespace GetDefaultNamespace()")
def get_default_namespace(self: Element) -> Namespace:
    return namespace(namespace_of(self, "xmlns") or "")


@ELEMENT.method("XNamespace GetNamespaceOfPrefix(string prefix)")
def get_namespace_of_prefix(self: Element, prefix: str | None) -> Namespace | None:
    if prefix is None:
        raise faults.argument_null("prefix")
    if not prefix:
        raise faults.argument("The value cannot be an empty string.", "prefix")
    if prefix == "xmlns":
        return namespace(XMLNS)
    found = namespace_of(self, prefix)
    if found is not None:
        return namespace(found)
    return namespace(XML) if prefix == "xml" else None


@ELEMENT.method("string GetPrefixOfNamespace(XNamespace ns)")
def get_prefix_of_namespace(self: Element, space: Namespace | None) -> str | None:
    if space is None:
        raise faults.argument_null("ns")
    return prefix_of(self, space.text)


# -- changes -------------------------------------------------------------------------------------


@ELEMENT.method("void SetValue(object value)")
def set_value(self: Element, value: Any) -> None:
    if value is None:
        raise faults.argument_null("value")
    set_text(self, string_value(value))


@ELEMENT.method("void SetAttributeValue(XName name, object value)")
def set_attribute_value(self: Element, name: Name | None, value: Any) -> None:
    found = self.attribute(name)
    if value is None:
        if found is not None:
            self.take(found)
    elif found is not None:
        set_attribute(found, string_value(value))
    else:
        self.put(make_attribute(name, value))


@ELEMENT.method("void SetElementValue(XName name, object value)")
def set_element_value(self: Element, name: Name | None, value: Any) -> None:
    found = child(self, name)
    if value is None:
        if found is not None:
            self.remove(found)
    elif found is not None:
        set_text(found, string_value(value))
    else:
        text = string_value(value)
        made = make(name)
        set_text(made, text)
        add_node(self, made)


def clear_attributes(element: Element) -> None:
    for one in list(element.attributes()):
        one.parent = one.following = None
    element.last_attribute = None


@ELEMENT.method("void RemoveAttributes()")
def remove_attributes(self: Element) -> None:
    clear_attributes(self)


@ELEMENT.method("void RemoveAll()")
def remove_all(self: Element) -> None:
    clear_attributes(self)
    self.clear()


@ELEMENT.method("void ReplaceAll(object content)")
def replace_all(self: Element, content: Any) -> None:
    kept = snapshot(content)
    remove_all(self)
    add_content(self, kept)


@ELEMENT.method(f"void ReplaceAll({_CONTENT})")
def replace_all_with(self: Element, content: NetArray | None) -> None:
    replace_all(self, content)


@ELEMENT.method("void ReplaceAttributes(object content)")
def replace_attributes(self: Element, content: Any) -> None:
    kept = snapshot(content)
    clear_attributes(self)
    add_content(self, kept)


@ELEMENT.method(f"void ReplaceAttributes({_CONTENT})")
def replace_attributes_with(self: Element, content: NetArray | None) -> None:
    replace_attributes(self, content)
