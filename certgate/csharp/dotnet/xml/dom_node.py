"""The members of XmlNode, its lists and its kinds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml import dom_text as xml_dom_text
from certgate.csharp.dotnet.xml.dom import (
    ATTRIBUTE,
    ATTRIBUTES,
    CHARACTERS,
    DECLARATION,
    ELEMENT,
    INSTRUCTION,
    NAMED_MAP,
    NODE,
    NODE_LIST,
    DomAttributes,
    DomDocument,
    DomList,
    DomNode,
    prefix_of,
    read_tree,
)
from certgate.csharp.dotnet.xml.names import XMLNS
from certgate.csharp.dotnet.xml.tree import (
    Attribute,
    Container,
    Document,
    DocumentType,
    Element,
    Instruction,
    Node,
    Text,
    Worded,
)
from certgate.csharp.dotnet.xml.types import NODE_TYPE
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import EnumValue, enum_value

if TYPE_CHECKING:
    pass

_NAMES = {"Document": "#document", "Text": "#text", "CDATA": "#cdata-section", "Comment": "#comment"}


def name_of(node: Any) -> str:
    if isinstance(node, (Element, Attribute)):
        return xml_dom_text.qualified(node)
    if isinstance(node, Instruction):
        return node.target
    return node.name if isinstance(node, DocumentType) else _NAMES[node.kind]


@NODE.property("string Name")
def get_name(self: DomNode) -> str:
    return name_of(self.node)


@NODE.property("string LocalName")
def get_local_name(self: DomNode) -> str:
    node = self.node
    return node.name.local if isinstance(node, (Element, Attribute)) else name_of(node)


@NODE.property("string Prefix")
def get_prefix(self: DomNode) -> str:
    return prefix_of(self.node)


@NODE.property("string NamespaceURI")
def get_namespace(self: DomNode) -> str:
    node = self.node
    if isinstance(node, Attribute) and node.is_declaration():
        return XMLNS
    return node.name.space if isinstance(node, (Element, Attribute)) else ""


@NODE.property("System.Xml.XmlNodeType NodeType")
def get_node_type(self: DomNode) -> EnumValue:
    return enum_value(NODE_TYPE, self.node.kind)


@NODE.property("string Value { get; set; }")
def get_value(self: DomNode) -> str | None:
    node = self.node
    if isinstance(node, Instruction):
        return node.data
    return node.value if isinstance(node, (Attribute, Worded)) else None


@get_value.set
def set_value(self: DomNode, value: str | None) -> None:
    node = self.node
    if isinstance(node, Instruction):
        node.data = value or ""
    elif isinstance(node, (Attribute, Worded)):
        node.value = value or ""
    else:
        raise faults.invalid_operation(f"Cannot set a value on node type '{node.kind}'.")


def _inner_text(self: DomNode) -> str:
    return self.node.text() if isinstance(self.node, Container) else get_value_text(self)


def get_value_text(view: DomNode) -> str:
    node = view.node
    if isinstance(node, Instruction):
        return node.data
    return node.value if isinstance(node, (Attribute, Worded)) else ""


def _set_inner_text(self: DomNode, value: str | None) -> None:
    if isinstance(self.node, Document):
        raise faults.invalid_operation("The 'InnerText' of a 'Document' node is read-only and cannot be set.")
    if not isinstance(self.node, Container):
        set_value(self, value)
        return
    self.node.clear()
    self.node.append(Text(value or ""))


for _owner in (NODE, ELEMENT):
    _owner.property("string InnerText { get; set; }")(_inner_text).set(_set_inner_text)


@NODE.property("string InnerXml { get; set; }")
def get_inner_xml(self: DomNode) -> str:
    return xml_dom_text.inner(self.node)


@get_inner_xml.set
def set_inner_xml(self: DomNode, value: str | None) -> None:
    if isinstance(self.node, Document):
        self.owner.load(value or "")
        return
    if not isinstance(self.node, Element):
        raise UnsupportedReached("certgate does not simulate setting the InnerXml of such a node")
    if "<" not in (value or "") and "&" not in (value or ""):
        _set_inner_text(self, value)
        return
    holder = read_tree(f"<x>{value}</x>", self.owner.preserve).root()
    self.node.clear()
    for child in list(holder.nodes()) if holder is not None else ():
        child.parent = None
        self.node.append(child)


@NODE.property("string OuterXml")
def get_outer_xml(self: DomNode) -> str:
    return xml_dom_text.outer(self.node)


# -- neighbours ----------------------------------------------------------------------------------


@NODE.property("XmlNode ParentNode")
def get_parent(self: DomNode) -> DomNode | None:
    return None if isinstance(self.node, Attribute) else self.owner.view(self.node.parent)


@NODE.property("XmlDocument OwnerDocument")
def get_owner(self: DomNode) -> DomDocument | None:
    return None if self is self.owner else self.owner


@NODE.property("XmlNodeList ChildNodes")
def get_children(self: DomNode) -> DomList:
    return DomList(self.owner, lambda: children(self))


def children(view: DomNode) -> list[Any]:
    return list(view.node.nodes()) if isinstance(view.node, Container) else []


@NODE.property("bool HasChildNodes")
def get_has_children(self: DomNode) -> bool:
    return isinstance(self.node, Container) and self.node.last() is not None


@NODE.property("XmlNode FirstChild")
def get_first(self: DomNode) -> DomNode | None:
    return self.owner.view(self.node.first()) if isinstance(self.node, Container) else None


@NODE.property("XmlNode LastChild")
def get_last(self: DomNode) -> DomNode | None:
    return self.owner.view(self.node.last()) if isinstance(self.node, Container) else None


@NODE.property("XmlNode NextSibling")
def get_next(self: DomNode) -> DomNode | None:
    return self.owner.view(self.node.next()) if isinstance(self.node, Node) else None


@NODE.property("XmlNode PreviousSibling")
def get_previous(self: DomNode) -> DomNode | None:
    return self.owner.view(self.node.previous()) if isinstance(self.node, Node) else None


@NODE.property("XmlAttributeCollection Attributes")
def get_attributes(self: DomNode) -> DomAttributes | None:
    node = self.node
    return DomAttributes(self.owner, lambda: list(node.attributes())) if isinstance(node, Element) else None


@NODE.indexer("XmlElement this[string name]")
def get_child(self: DomNode, name: str | None) -> DomNode | None:
    found = (one for one in children(self) if isinstance(one, Element) and name_of(one) == name)
    return self.owner.view(next(found, None))


# -- lists and kinds -----------------------------------------------------------------------------


def _count(self: DomList) -> int:
    return len(self)


NODE_LIST.property("int Count")(_count)
NAMED_MAP.property("int Count")(_count)


@NODE_LIST.indexer("XmlNode this[int i]")
def get_item(self: DomList, index: int) -> DomNode | None:
    return self.get(index)


@ATTRIBUTES.indexer("XmlAttribute this[int i]")
def get_attribute_at(self: DomAttributes, index: int) -> DomNode | None:
    found = self.get(index)
    if found is None:
        raise faults.thrown(
            "System.IndexOutOfRangeException", "Specified argument was out of the range of valid values."
        )
    return found


def _named(attributes: DomAttributes, name: str | None) -> DomNode | None:
    return attributes.owner.view(next((one for one in attributes.find() if name_of(one) == name), None))


@ATTRIBUTES.indexer("XmlAttribute this[string name]")
def get_attribute_named(self: DomAttributes, name: str | None) -> DomNode | None:
    return _named(self, name)


@NAMED_MAP.method("XmlNode GetNamedItem(string name)")
def get_named_item(self: DomAttributes, name: str | None) -> DomNode | None:
    return _named(self, name)


@CHARACTERS.property("string Data { get; set; }")
def get_data(self: DomNode) -> str | None:
    return get_value_text(self)


@get_data.set
def set_data(self: DomNode, value: str | None) -> None:
    set_value(self, value)


@CHARACTERS.property("int Length")
def get_length(self: DomNode) -> int:
    return len(get_value_text(self))


@INSTRUCTION.property("string Target")
def get_target(self: DomNode) -> str:
    return name_of(self.node)


@INSTRUCTION.property("string Data")
def get_instruction_data(self: DomNode) -> str:
    return get_value_text(self)


def _declared(self: DomNode, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', get_value_text(self))
    return found[1] if found else ""


@DECLARATION.property("string Version")
def get_version(self: DomNode) -> str:
    return _declared(self, "version")


@DECLARATION.property("string Encoding")
def get_encoding(self: DomNode) -> str:
    return _declared(self, "encoding")


@DECLARATION.property("string Standalone")
def get_standalone(self: DomNode) -> str:
    return _declared(self, "standalone")


@ATTRIBUTE.property("XmlElement OwnerElement")
def get_owner_element(self: DomNode) -> DomNode | None:
    return self.owner.view(self.node.parent)


@ATTRIBUTE.property("bool Specified")
def get_specified(self: DomNode) -> bool:
    return True
