"""``XmlDocument`` and ``XmlElement``: loading, making nodes, and attributes by name."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.io.text_writer import StringWriterValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml import dom_changes as xml_dom_changes
from certgate.csharp.dotnet.xml import dom_node as xml_dom_node
from certgate.csharp.dotnet.xml import dom_text as xml_dom_text
from certgate.csharp.dotnet.xml import namespaces as xml_namespaces
from certgate.csharp.dotnet.xml.chars import verify_name
from certgate.csharp.dotnet.xml.dom import (
    DOCUMENT,
    ELEMENT,
    DomAttribute,
    DomDeclaration,
    DomDocument,
    DomElement,
    DomList,
    DomNode,
    prefix_of,
)
from certgate.csharp.dotnet.xml.names import XML, XMLNS, name_of
from certgate.csharp.dotnet.xml.tree import Attribute, CData, Comment, Container, Element, Text
from certgate.csharp.dotnet.xml.walk import clone, descendant_elements
from certgate.csharp.runtime import UnsupportedReached

NODE_MEMBERS = (xml_dom_node, xml_dom_changes)
"""The modules that declare what all nodes have."""


def _given(text: str | None, name: str) -> str:
    if text is None:
        raise faults.argument_null(name)
    return text


def _parts(name: str) -> tuple[str, str]:
    prefix, _, local = verify_name(name).rpartition(":")
    return prefix, local


@DOCUMENT.constructor("XmlDocument()")
def make() -> DomDocument:
    return DomDocument()


@DOCUMENT.property("bool PreserveWhitespace { get; set; }")
def get_preserve(self: DomDocument) -> bool:
    return self.preserve


@get_preserve.set
def set_preserve(self: DomDocument, value: bool) -> None:
    self.preserve = value


@DOCUMENT.property("System.Xml.XmlNameTable NameTable")
def get_name_table(self: DomDocument) -> xml_namespaces.NameTable:
    return xml_namespaces.NameTable()


@DOCUMENT.method("void LoadXml(string xml)")
def load_xml(self: DomDocument, text: str | None) -> None:
    self.load(_given(text, "s"))


@DOCUMENT.property("XmlElement DocumentElement")
def get_document_element(self: DomDocument) -> DomNode | None:
    return self.view(self.tree().root())


@DOCUMENT.method("void Save(System.IO.TextWriter writer)")
def save(self: DomDocument, writer: Any) -> None:
    if not isinstance(writer, StringWriterValue) or isinstance(self.tree().first(), DomDeclaration):
        raise UnsupportedReached("certgate does not simulate saving this XmlDocument")
    writer.write('<?xml version="1.0" encoding="utf-16"?>\n' + xml_dom_text.inner(self.node, indent=not self.preserve))


DOCUMENT.signatures(
    "void Load(string filename)",
    "void Load(System.IO.Stream inStream)",
    "void Load(System.IO.TextReader txtReader)",
    "void Load(System.Xml.XmlReader reader)",
    "void Save(string filename)",
    "void Save(System.IO.Stream outStream)",
    "void Save(System.Xml.XmlWriter w)",
)


@DOCUMENT.method("XmlElement CreateElement(string name)")
def create_element(self: DomDocument, name: str | None) -> DomNode | None:
    prefix, local = _parts(_given(name, "name"))
    return self.view(DomElement(name_of(local), prefix))


@DOCUMENT.method("XmlElement CreateElement(string qualifiedName, string namespaceURI)")
def create_element_in(self: DomDocument, name: str | None, space: str | None) -> DomNode | None:
    prefix, local = _parts(_given(name, "name"))
    return self.view(DomElement(name_of(local, space or ""), prefix))


@DOCUMENT.method("XmlElement CreateElement(string prefix, string localName, string namespaceURI)")
def create_element_with(self: DomDocument, prefix: str | None, local: str | None, space: str | None) -> DomNode | None:
    return self.view(DomElement(name_of(_parts(_given(local, "name"))[1], space or ""), prefix or ""))


@DOCUMENT.method("XmlAttribute CreateAttribute(string name)")
def create_attribute(self: DomDocument, name: str | None) -> DomNode | None:
    return self.view(_attribute(_given(name, "name"), ""))


def _attribute(name: str, value: str) -> DomAttribute:
    prefix, local = _parts(name)
    return DomAttribute(name_of(local, {"xmlns": XMLNS, "xml": XML}.get(prefix, "")), value, prefix)


@DOCUMENT.method("XmlText CreateTextNode(string text)")
def create_text(self: DomDocument, text: str | None) -> DomNode | None:
    return self.view(Text(text or ""))


@DOCUMENT.method("XmlCDataSection CreateCDataSection(string data)")
def create_cdata(self: DomDocument, text: str | None) -> DomNode | None:
    return self.view(CData(text or ""))


@DOCUMENT.method("XmlComment CreateComment(string data)")
def create_comment(self: DomDocument, text: str | None) -> DomNode | None:
    return self.view(Comment(text or ""))


@DOCUMENT.method("XmlDeclaration CreateXmlDeclaration(string version, string encoding, string standalone)")
def create_declaration(
    self: DomDocument, version: str | None, encoding: str | None, standalone: str | None
) -> DomNode | None:
    if version != "1.0":
        raise faults.argument(
            "Wrong XML version information. The XML must match production \"VersionNum ::= '1.' [0-9]+\"."
        )
    data = f'version="{version}"'
    data += f' encoding="{encoding}"' if encoding else ""
    data += f' standalone="{standalone}"' if standalone else ""
    return self.view(DomDeclaration("xml", data))


@DOCUMENT.method("XmlNode ImportNode(XmlNode node, bool deep)")
def import_node(self: DomDocument, node: DomNode | None, deep: bool) -> DomNode | None:
    if node is None or not isinstance(node.node, (Element, Text)):
        raise UnsupportedReached("certgate does not simulate importing such a node")
    return self.view(clone(node.node) if deep else node.node.copy())


def _by_name(view: DomNode, name: str | None) -> DomList:
    wanted = _given(name, "name")
    return _found(view, lambda one: wanted == "*" or xml_dom_node.name_of(one) == wanted)


def _by_local(view: DomNode, local: str | None, space: str | None) -> DomList:
    return _found(view, lambda one: local in ("*", one.name.local) and space in ("*", one.name.space))


def _found(view: DomNode, fits: Any) -> DomList:
    holder = view.node
    return DomList(
        view.owner,
        lambda: [one for one in descendant_elements(holder) if fits(one)] if isinstance(holder, Container) else [],
    )


for _owner in (DOCUMENT, ELEMENT):
    _owner.method("XmlNodeList GetElementsByTagName(string name)")(_by_name)
    _owner.method("XmlNodeList GetElementsByTagName(string localName, string namespaceURI)")(_by_local)


# -- elements ------------------------------------------------------------------------------------


def _element(view: DomNode) -> Element:
    assert isinstance(view.node, Element)  # noqa: S101 - members of XmlElement are called on elements
    return view.node


def _find(view: DomNode, name: str | None) -> Attribute | None:
    return next((one for one in _element(view).attributes() if xml_dom_node.name_of(one) == name), None)


def _find_in(view: DomNode, local: str | None, space: str | None) -> Attribute | None:
    found = _element(view).attributes()
    return next((one for one in found if one.name.local == local and one.name.space == (space or "")), None)


@ELEMENT.property("bool IsEmpty")
def get_is_empty(self: DomNode) -> bool:
    return _element(self).content is None


@ELEMENT.property("bool HasAttributes")
def get_has_attributes(self: DomNode) -> bool:
    return _element(self).last_attribute is not None


@ELEMENT.method("string GetAttribute(string name)")
def get_attribute(self: DomNode, name: str | None) -> str:
    found = _find(self, name)
    return "" if found is None else found.value


@ELEMENT.method("string GetAttribute(string localName, string namespaceURI)")
def get_attribute_in(self: DomNode, local: str | None, space: str | None) -> str:
    found = _find_in(self, local, space)
    return "" if found is None else found.value


@ELEMENT.method("XmlAttribute GetAttributeNode(string name)")
def get_attribute_node(self: DomNode, name: str | None) -> DomNode | None:
    return self.owner.view(_find(self, name))


@ELEMENT.method("bool HasAttribute(string name)")
def has_attribute(self: DomNode, name: str | None) -> bool:
    return _find(self, name) is not None


@ELEMENT.method("bool HasAttribute(string localName, string namespaceURI)")
def has_attribute_in(self: DomNode, local: str | None, space: str | None) -> bool:
    return _find_in(self, local, space) is not None


@ELEMENT.method("void SetAttribute(string name, string value)")
def set_attribute(self: DomNode, name: str | None, value: str | None) -> None:
    found = _find(self, name)
    if found is not None:
        found.value = value or ""
    else:
        _element(self).put(_attribute(_given(name, "name"), value or ""))


@ELEMENT.method("string SetAttribute(string localName, string namespaceURI, string value)")
def set_attribute_in(self: DomNode, local: str | None, space: str | None, value: str | None) -> str | None:
    found = _find_in(self, local, space)
    if found is not None:
        found.value = value or ""
    else:
        name = name_of(_parts(_given(local, "name"))[1], space or "")
        _element(self).put(DomAttribute(name, value or "", ""))
    return value


@ELEMENT.method("void RemoveAttribute(string name)")
def remove_attribute(self: DomNode, name: str | None) -> None:
    found = _find(self, name)
    if found is not None:
        _element(self).take(found)


@ELEMENT.method("void RemoveAllAttributes()")
def remove_all_attributes(self: DomNode) -> None:
    for one in list(_element(self).attributes()):
        _element(self).take(one)


@ELEMENT.property("string Prefix")
def get_prefix(self: DomNode) -> str:
    return prefix_of(self.node)
