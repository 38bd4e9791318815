"""XML as JSON, as Newtonsoft's XmlNodeConverter writes it: attributes as ``@name``, repeated elements as arrays.

https://www.newtonsoft.com/json/help/html/ConvertingJSONandXML.htm. Knows nodes of System.Xml.Linq.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.json.writer import quote
from certgate.csharp.dotnet.xml import schema_read as xml_schema_read
from certgate.csharp.dotnet.xml.encoded import decode
from certgate.csharp.dotnet.xml.leaves import Declaration
from certgate.csharp.dotnet.xml.names import XMLNS, name_of
from certgate.csharp.dotnet.xml.namespaces import NamespaceManager
from certgate.csharp.dotnet.xml.output import prefix_of
from certgate.csharp.dotnet.xml.tree import (
    Attribute,
    Comment,
    Container,
    Document,
    DocumentType,
    Element,
    Instruction,
    Node,
    Worded,
    XObject,
)
from certgate.csharp.dotnet.xml.walk import descendants
from certgate.csharp.runtime import BudgetExceeded, UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.dotnet.json.tokens import Token

JSON_SPACE = "http://james.newtonking.com/projects/json"
_MAX_HEIGHT = 150
"""SECURITY: what writes an element calls itself for those inside."""


class JsonText:
    """Newtonsoft's JsonTextWriter as far as it is needed: commas, colons and indentation."""

    def __init__(self, indented: bool) -> None:
        self.indented = indented
        self.parts: list[str] = []
        self.open: list[str] = []
        self.state = "start"

    def _put(self, text: str) -> None:
        charge_size(len(text))
        self.parts.append(text)

    def _line(self) -> None:
        self._put("\n" + "  " * len(self.open))

    def _before(self, *, name: bool = False) -> None:
        if self.state in ("object", "array"):
            self._put(",")
        if self.indented:
            if self.state == "property":
                self._put(" ")
            if self.state in ("array", "array start") or (name and self.state != "start"):
                self._line()

    def _after(self) -> None:
        self.state = {"{": "object", "[": "array"}[self.open[-1]] if self.open else "done"

    def name(self, text: str) -> None:
        if not self.open or self.open[-1] == "[":
            raise UnsupportedReached("certgate does not simulate what Newtonsoft says of JSON that would be invalid")
        self._before(name=True)
        self._put(quote(text) + ":")
        self.state = "property"

    def value(self, text: str | None) -> None:
        self._before()
        self._put("null" if text is None else quote(text))
        self._after()

    def start(self, bracket: str) -> None:
        self._before()
        self._put(bracket)
        self.open.append(bracket)
        self.state = "object start" if bracket == "{" else "array start"

    def end(self) -> None:
        bracket = self.open.pop()
        if self.indented and not self.state.endswith("start"):
            self._line()
        self._put("}" if bracket == "{" else "]")
        self._after()

    def comment(self, text: str) -> None:
        if self.indented and self.state in ("array", "array start"):
            self._line()
        self._put(f"/*{text}*/")


Piece = XObject | Declaration


def serialize(node: XObject | None, *, indented: bool, omit_root: bool) -> str:
    """``JsonConvert.SerializeXNode``."""
    text = JsonText(indented)
    if node is None:
        text.value(None)
        return "".join(text.parts)
    writer = _Writer(text, node)
    if not omit_root:
        text.start("{")
    writer.node(node, named=not omit_root)
    if not omit_root:
        text.end()
    return "".join(text.parts)


def token(node: XObject) -> Token:
    """What ``SerializeObject`` and ``JToken.FromObject`` make of a node."""
    from certgate.csharp.dotnet.json.load import parse
    from certgate.csharp.dotnet.json.reading import ReadOptions

    text = serialize(node, indented=False, omit_root=False)
    if any(isinstance(one, Comment) for one in (descendants(node, itself=True) if isinstance(node, Node) else ())):
        raise UnsupportedReached("certgate does not simulate comments of XML in a tree of JSON")
    return parse(text, "", ReadOptions(dates="None", max_depth=None))


class _Writer:
    def __init__(self, text: JsonText, top: XObject) -> None:
        self.text = text
        self.spaces = NamespaceManager()
        self.depth = 0
        self._outer_spaces(top)

    def _outer_spaces(self, top: XObject) -> None:
        """What the elements around declare counts too."""
        around: list[Element] = []
        found = top.parent
        while isinstance(found, Element):
            around.append(found)
            found = found.parent
        for element in reversed(around):
            self.spaces.push()
            for one in element.attributes():
                if one.name.space == XMLNS:
                    self.spaces.add(one.name.local, one.value)

    def node(self, node: Piece, *, named: bool) -> None:
        charge_steps(1)
        match node:
            case Document():
                self._children(node, named=named)
            case Element():
                self._element(node, named=named)
            case Comment():
                if named:
                    self.text.comment(node.value)
            case Declaration():
                self._members(node, version=node.version, encoding=node.encoding, standalone=node.standalone)
            case DocumentType():
                self._members(node, name=node.name, public=node.public, system=node.system, internalSubset=node.subset)
            case Attribute() if _is_own(node):
                return
            case Attribute() | Worded():
                self._value(node, node.value, named)
            case Instruction():
                self._value(node, node.data, named)

    def _value(self, node: Piece, value: str, named: bool) -> None:
        if named:
            self.text.name(self.name_of(node))
        self.text.value(value)

    def _members(self, node: Piece, **members: str | None) -> None:
        self.text.name(self.name_of(node))
        self.text.start("{")
        for name, value in members.items():
            if value:
                self.text.name(f"@{name}")
                self.text.value(value)
        self.text.end()

    def _element(self, element: Element, *, named: bool) -> None:
        children = list(element.nodes())
        if children and is_array(element) and all(_local(child) == element.name.local for child in children):
            self._children(element, named=False)
            return
        self.depth += 1
        if self.depth > _MAX_HEIGHT:
            raise BudgetExceeded(f"expression exceeded its limit of {_MAX_HEIGHT} levels of JSON")
        self.spaces.push()
        attributes = attributes_of(element)
        for one in attributes:
            if one.name.space == XMLNS:
                self.spaces.add(decode(one.name.local) or "", one.value)
        if named:
            self.text.name(self.name_of(element))
        self._content(element, children, attributes)
        self.spaces.pop()
        self.depth -= 1

    def _content(self, element: Element, children: Sequence[XObject], attributes: Sequence[Attribute]) -> None:
        only = children[0] if len(children) == 1 else None
        if isinstance(only, Worded) and only.kind == "Text" and not any(map(_counts, attributes)):
            self.text.value(only.value)
        elif not children and not attributes:
            self.text.value(None if element.content is None else "")
        else:
            self.text.start("{")
            for one in attributes:
                self.node(one, named=True)
            self._children(element, named=True)
            self.text.end()

    def _children(self, holder: Container, *, named: bool) -> None:
        """Children of one name together, in the order in which the names appear."""
        pieces: list[Piece] = list(holder.nodes())
        if isinstance(holder, Document) and holder.declaration is not None:
            pieces.insert(0, holder.declaration)
        groups: dict[str, list[Piece]] = {}
        for piece in pieces:
            groups.setdefault(self.name_of(piece), []).append(piece)
        for name, group in groups.items():
            if len(group) == 1 and not is_array(group[0]):
                self.node(group[0], named=named)
                continue
            if named:
                self.text.name(name)
            self.text.start("[")
            for piece in group:
                self.node(piece, named=False)
            self.text.end()

    def name_of(self, node: Piece) -> str:
        match node:
            case Attribute():
                if node.name.space == JSON_SPACE:
                    return f"${node.name.local}"
                return "@" + self._full(node.name.local, node.name.space)
            case Element():
                if node.name.space == JSON_SPACE:
                    return f"${node.name.local}"
                return self._full(node.name.local, node.name.space)
            case Declaration():
                return "?xml"
            case DocumentType():
                return "!DOCTYPE"
            case Instruction():
                return f"?{decode(node.target)}"
        return {"Text": "#text", "CDATA": "#cdata-section", "Comment": "#comment"}[node.kind]

    def _full(self, local: str, space: str) -> str:
        prefix = None if local == "xmlns" and space == XMLNS else self.spaces.prefix_of(space)
        name = decode(local) or ""
        return f"{prefix}:{name}" if prefix else name


def _is_own(attribute: Attribute) -> bool:
    """Whether it says something to the converter only."""
    if attribute.name.space == XMLNS and attribute.value == JSON_SPACE:
        return True
    return attribute.name.space == JSON_SPACE and attribute.name.local == "Array"


def _counts(attribute: Attribute) -> bool:
    return attribute.name.space != JSON_SPACE and not (attribute.name.space == XMLNS and attribute.value == JSON_SPACE)


def _local(node: Any) -> str | None:
    match node:
        case Element():
            return node.name.local
        case Instruction():
            return node.target
        case DocumentType():
            return "DOCTYPE"
    return None


def is_array(node: Piece) -> bool:
    """Whether an element asks to be written as an array, even alone."""
    if not isinstance(node, Element):
        return False
    for one in node.attributes():
        if one.name.local == "Array" and one.name.space == JSON_SPACE:
            return xml_schema_read.read_boolean(one.value)
    return False


def attributes_of(element: Element) -> list[Attribute]:
    """The attributes; first the declaration of a namespace that the element is in and nobody declares."""
    found = list(element.attributes())
    space = element.name.space
    outer = element.parent.name.space if isinstance(element.parent, Element) else None
    declared = any(one.name.local == "xmlns" and not one.name.space and one.value == space for one in found)
    if space and space != outer and not declared and not prefix_of(element, space):
        found.insert(0, Attribute(name_of("xmlns"), space))
    return found
