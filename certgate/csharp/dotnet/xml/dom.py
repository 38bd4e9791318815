"""The values and types of ``System.Xml.XmlDocument`` and its nodes: views of a tree that keeps the prefixes as written.

The gateway does not let expressions use these types; they are here for ``--unrestricted``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.xml.load import Builder
from certgate.csharp.dotnet.xml.names import XMLNS, Name, name_of
from certgate.csharp.dotnet.xml.reader import Reader
from certgate.csharp.dotnet.xml.tree import Attribute, Document, Element, Instruction, Node, XObject
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.dotnet.xml.tags import AttributeRead
    from certgate.csharp.types import NetType, TypeDefinition

_UNTYPED = "System.Collections.IEnumerable"


def _define(name: str, base: str = "", abstract: bool = False) -> TypeDefinition:
    return define(f"System.Xml.{name}", bases=(f"System.Xml.{base}" if base else _UNTYPED,), abstract=abstract)


NODE = _define("XmlNode", abstract=True)
LINKED = _define("XmlLinkedNode", "XmlNode", abstract=True)
DOCUMENT = _define("XmlDocument", "XmlNode")
ELEMENT = _define("XmlElement", "XmlLinkedNode")
ATTRIBUTE = _define("XmlAttribute", "XmlNode")
CHARACTERS = _define("XmlCharacterData", "XmlLinkedNode", abstract=True)
TEXT = _define("XmlText", "XmlCharacterData")
CDATA = _define("XmlCDataSection", "XmlCharacterData")
COMMENT = _define("XmlComment", "XmlCharacterData")
WHITESPACE = _define("XmlWhitespace", "XmlCharacterData")
INSTRUCTION = _define("XmlProcessingInstruction", "XmlLinkedNode")
DECLARATION = _define("XmlDeclaration", "XmlLinkedNode")
DOCUMENT_TYPE = _define("XmlDocumentType", "XmlLinkedNode")
NODE_LIST = _define("XmlNodeList", abstract=True)
NAMED_MAP = _define("XmlNamedNodeMap")
ATTRIBUTES = _define("XmlAttributeCollection", "XmlNamedNodeMap")

_KINDS = {
    "Document": DOCUMENT,
    "Element": ELEMENT,
    "Attribute": ATTRIBUTE,
    "Text": TEXT,
    "CDATA": CDATA,
    "Comment": COMMENT,
    "ProcessingInstruction": INSTRUCTION,
    "XmlDeclaration": DECLARATION,
    "DocumentType": DOCUMENT_TYPE,
}


class DomElement(Element):
    """An element that knows the prefix it was written with."""

    __slots__ = ("prefix",)

    def __init__(self, name: Name, prefix: str) -> None:
        super().__init__(name)
        self.prefix = prefix

    def copy(self) -> Element:
        made = DomElement(self.name, self.prefix)
        for one in self.attributes():
            made.put(DomAttribute(one.name, one.value, prefix_of(one)))
        return made


class DomAttribute(Attribute):
    __slots__ = ("prefix",)

    def __init__(self, name: Name, value: str, prefix: str) -> None:
        super().__init__(name, value)
        self.prefix = prefix


class DomDeclaration(Instruction):
    """``<?xml …?>``: to XmlDocument a node like others."""

    __slots__ = ()

    kind = "XmlDeclaration"

    def copy(self) -> Node:
        return DomDeclaration(self.target, self.data)


def prefix_of(node: XObject) -> str:
    return node.prefix if isinstance(node, (DomElement, DomAttribute)) else ""


class DomNode(NetObject):
    """An XmlNode: `node` in the tree of `owner`; there is one for each node."""

    __slots__ = ("node", "owner")

    def __init__(self, node: XObject, owner: DomDocument) -> None:
        self.node = node
        self.owner = owner

    @property
    def net_type(self) -> NetType:  # type: ignore[override]
        return _KINDS[self.node.kind].type

    def __iter__(self) -> Iterator[Any]:
        holder: Any = self.node
        return (self.owner.view(node) for node in holder.nodes()) if hasattr(holder, "nodes") else iter(())

    def json_token(self) -> Any:
        """What Newtonsoft's serializer makes of it."""
        from certgate.csharp.dotnet.xml.dom_text import to_linq

        return to_linq(self).json_token()


class DomDocument(DomNode):
    """An XmlDocument. `views` holds the objects of the nodes that somebody looked at."""

    __slots__ = ("preserve", "views")

    def __init__(self) -> None:
        super().__init__(Document(), self)
        self.views: dict[int, DomNode] = {}
        self.preserve = False

    def tree(self) -> Document:
        assert isinstance(self.node, Document)  # noqa: S101 - set so in __init__
        return self.node

    def view(self, node: XObject | None) -> DomNode | None:
        if node is None:
            return None
        if node is self.node:
            return self
        found = self.views.get(id(node))
        if found is None:
            charge_size(1)
            found = self.views[id(node)] = DomNode(node, self)
        return found

    def load(self, text: str) -> None:
        """``LoadXml``. XmlException."""
        made = read_tree(text, self.preserve)
        tree = self.tree()
        tree.clear()
        for node in list(made.nodes()):
            made.remove(node)
            tree.append(node)


def read_tree(text: str, preserve: bool) -> Document:
    if "\r" in text:
        raise UnsupportedReached("certgate does not simulate how XmlDocument keeps carriage returns")
    reader = Reader(text, preserve)
    builder = _DomBuilder(reader, lines=False)
    reader.read(builder)
    return builder.document


class _DomBuilder(Builder):
    def declaration(self, version: str, encoding: str | None, standalone: str | None) -> None:
        data = f'version="{version}"'
        data += f' encoding="{encoding}"' if encoding else ""
        data += f' standalone="{standalone}"' if standalone else ""
        self.document.append(DomDeclaration("xml", data))

    def element(self, prefix: str, local: str, space: str) -> Element:
        return DomElement(name_of(local, space), prefix)

    def attribute(self, one: AttributeRead) -> Attribute:
        space = "" if not one.prefix else XMLNS if one.prefix == "xmlns" else one.space
        return DomAttribute(name_of(one.local, space), one.value, one.prefix)


class DomList(NetObject):
    """An XmlNodeList: `find` looks for the nodes each time somebody asks."""

    __slots__ = ("find", "owner")

    net_type = NODE_LIST.type

    def __init__(self, owner: DomDocument, find: Callable[[], list[Any]]) -> None:
        self.owner = owner
        self.find = find

    def __len__(self) -> int:
        return len(self.find())

    def __iter__(self) -> Iterator[Any]:
        return (self.owner.view(node) for node in self.find())

    def get(self, index: int) -> DomNode | None:
        """Null outside."""
        found = self.find()
        return self.owner.view(found[index]) if 0 <= index < len(found) else None


class DomAttributes(DomList):
    """An XmlAttributeCollection."""

    __slots__ = ()

    net_type = ATTRIBUTES.type
