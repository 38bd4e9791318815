"""JSON as XML, as Newtonsoft's XmlNodeConverter reads it: ``@name`` becomes an attribute, an array repeated elements.

https://www.newtonsoft.com/json/help/html/ConvertingJSONandXML.htm. Makes a document of System.Xml.Linq.
SECURITY: what reads an object calls itself for those inside; the JSON reader bounds their depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.dotnet.json.reading import PRIMITIVES
from certgate.csharp.dotnet.json.text_reader import TextReader
from certgate.csharp.dotnet.json.tokens import BigInteger
from certgate.csharp.dotnet.json.xml_write import JSON_SPACE
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.attribute import make_attribute
from certgate.csharp.dotnet.xml.content import add_attribute, add_node
from certgate.csharp.dotnet.xml.encoded import encode
from certgate.csharp.dotnet.xml.leaves import Declaration, make_instruction, make_type
from certgate.csharp.dotnet.xml.names import XMLNS, expanded, make_name
from certgate.csharp.dotnet.xml.namespaces import NamespaceManager
from certgate.csharp.dotnet.xml.output import prefix_of
from certgate.csharp.dotnet.xml.schema_text import schema_text
from certgate.csharp.dotnet.xml.tree import CData, Comment, Container, Document, Element, Text
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.csharp.values import text_of

if TYPE_CHECKING:
    from certgate.csharp.dotnet.json.reading import JsonReader, ReadOptions

_METADATA = ("$id", "$ref", "$type", "$value")
_NO_INTO = PRIMITIVES | {"StartConstructor"}


@frozen
class Conversion:
    """What DeserializeXNode was told."""

    root: str | None = None
    array_attribute: bool = False
    encode: bool = False


def deserialize(text: str, how: Conversion, options: ReadOptions) -> Document | None:
    """``JsonConvert.DeserializeXNode``; None for nothing and for null."""
    reader = TextReader(text, options)
    if not reader.read_content():
        return None
    made = _Reader(reader, how).read()
    while reader.read():
        if reader.kind != "Comment":
            raise reader.serialization("Additional text found in JSON string after finishing deserializing object.")
    return made


def value(reader: JsonReader, full_name: str) -> Any:
    """``DeserializeObject<T>`` where T is a type of nodes."""
    name = full_name.rpartition(".")[2]
    document = _Reader(reader, Conversion()).read()
    if document is None:
        return None
    if full_name.startswith("System.Xml.Linq.") and name in ("XDocument", "XContainer", "XNode", "XObject"):
        return document
    if name == "XElement":
        root = document.root()
        if root is None:
            raise faults.null_reference()
        document.remove(root)
        return root
    if name not in ("XmlDocument", "XmlNode"):
        raise UnsupportedReached(f"certgate does not simulate reading {full_name} from JSON")
    from certgate.csharp.dotnet.xml.dom_text import from_linq

    return from_linq(document)


class _Reader:
    def __init__(self, reader: JsonReader, how: Conversion) -> None:
        self.reader = reader
        self.how = how
        self.spaces = NamespaceManager()
        self.document = Document()

    def read(self) -> Document | None:
        if self.reader.kind == "Null":
            return None
        if self.reader.kind != "StartObject":
            raise self.reader.serialization("XmlNodeConverter can only convert JSON that begins with an object.")
        if self.how.root:
            self._element(self.document, self.how.root)
        else:
            self._advance()
            self._members(self.document)
        return self.document

    def _advance(self) -> None:
        if not self.reader.read():
            raise self.reader.serialization("Unexpected end when reading JSON.")

    def _members(self, holder: Container) -> None:
        """The rest of an object or array that became `holder`; the token is the first of it."""
        reader = self.reader
        while True:
            charge_steps(1)
            match reader.kind:
                case "PropertyName":
                    self._property(holder, reader.value)
                case "StartConstructor":
                    self._constructor(holder, reader.value)
                case "Comment":
                    add_node(holder, Comment(reader.value))
                case "EndObject" | "EndArray":
                    return
                case other:
                    raise reader.serialization(f"Unexpected JsonToken when deserializing node: {other}")
            if not reader.read():
                return

    def _property(self, holder: Container, name: str) -> None:
        if isinstance(holder, Document) and holder.root() is not None:
            raise self.reader.serialization(
                "JSON root object has multiple properties. The root object must have a single property in order to "
                "create a valid XML document. Consider specifying a DeserializeRootElementName."
            )
        self._advance()
        if self.reader.kind != "StartArray":
            self._value(holder, name)
            return
        if self._items(holder, name) == 1 and self.how.array_attribute:
            prefix, local = _parts(name)
            space = self.spaces.space_of(prefix) if prefix else self.spaces.default()
            for child in holder.nodes():
                if isinstance(child, Element) and child.name.local == local and child.name.space == (space or ""):
                    _mark_array(child)
                    break

    def _items(self, holder: Container, name: str) -> int:
        count = 0
        while self.reader.read() and self.reader.kind != "EndArray":
            self._value(holder, name)
            count += 1
        return count

    def _constructor(self, holder: Container, name: str) -> None:
        while self.reader.read() and self.reader.kind != "EndConstructor":
            self._value(holder, name)

    def _value(self, holder: Container, name: str) -> None:
        if not self.how.encode and self._special(holder, name):
            return
        if self.reader.kind == "StartArray":
            self._nested_array(holder, name)
        else:
            self._element(holder, name)

    def _special(self, holder: Container, name: str) -> bool:
        """What is no element: texts, instructions, the declaration and the document type."""
        if name in ("#text", "#whitespace", "#significant-whitespace"):
            add_node(holder, Text(self._needed()))
        elif name == "#cdata-section":
            add_node(holder, CData(self._needed()))
        elif name == "?xml":
            found = self._named_members("version", "encoding", "standalone")
            if isinstance(holder, Document):
                holder.declaration = Declaration(*found)
        elif name.startswith("?"):
            add_node(holder, make_instruction(name[1:], self._text()))
        elif name.upper() == "!DOCTYPE":
            add_node(holder, make_type(*self._named_members("name", "public", "system", "internalSubset")))
        else:
            return False
        return True

    def _named_members(self, *names: str) -> list[str | None]:
        found: dict[str, str | None] = {}
        while self.reader.read() and self.reader.kind != "EndObject":
            key = None if self.reader.value is None else text_of(self.reader.value)
            if key is None or key not in {f"@{name}" for name in names}:
                message = f"Unexpected property name encountered while deserializing XmlDeclaration: {key or ''}"
                raise self.reader.serialization(message)
            self._advance()
            found[key[1:]] = self._text()
        return [found.get(name) for name in names]

    def _needed(self) -> str:
        text = self._text()
        if text is None:
            raise faults.argument_null("value")
        return text

    def _text(self) -> str | None:
        """The current token as the text of an element or attribute."""
        kind, value = self.reader.kind, self.reader.value
        if kind == "Null":
            return None
        if kind not in ("String", "Integer", "Float", "Boolean", "Date", "Bytes"):
            raise self.reader.serialization(f"Cannot get an XML string value from token type '{kind}'.")
        if kind == "Bytes":
            import base64

            return base64.b64encode(bytes(value)).decode("ascii")
        return text_of(value) if isinstance(value, BigInteger) else schema_text(value)

    # -- elements ------------------------------------------------------------------------------------

    def _element(self, holder: Container, name: str) -> None:
        reader = self.reader
        if not name:
            raise reader.serialization("XmlNodeConverter cannot convert JSON with an empty property name to XML.")
        into = reader.kind not in _NO_INTO
        if self.how.encode:
            if into:
                self._advance()
            self._create(holder, name, None, {})
            return
        attributes = self._attributes() if into else {}
        if name.startswith("@"):
            self._attribute(holder, name, name[1:], _parts(name[1:])[0])
        elif name == "$values":
            self._create(holder, name[1:], self.spaces.prefix_of(JSON_SPACE), attributes)
        elif name in _METADATA:
            self._attribute(holder, name, name[1:], self.spaces.prefix_of(JSON_SPACE))
        else:
            self._create(holder, name, _parts(name)[0], attributes)

    def _create(self, holder: Container, name: str, prefix: str | None, attributes: dict[str, str | None]) -> None:
        made = self._new(name, prefix)
        add_node(holder, made)
        for key, value in attributes.items():
            self._put_attribute(made, key, _parts(key)[0], value)
        match self.reader.kind:
            case "String" | "Integer" | "Float" | "Boolean" | "Date" | "Bytes":
                add_node(made, Text(self._text() or ""))
            case "Null":
                pass
            case "EndObject":
                self.spaces.remove("", self.spaces.default())
            case _:
                self.spaces.push()
                self._members(made)
                self.spaces.pop()
                self.spaces.remove("", self.spaces.default())

    def _new(self, name: str, prefix: str | None) -> Element:
        charge_size(8 * len(name))
        encoded = encode(name, local=self.how.encode) or ""
        space = self.spaces.space_of(prefix) if prefix else self.spaces.default()
        return Element(make_name(_parts(encoded)[1], space) if space else expanded(encoded))

    def _attribute(self, holder: Container, name: str, local: str, prefix: str | None) -> None:
        if not isinstance(holder, Element):
            raise self.reader.serialization(
                f"JSON root object has property '{name}' that will be converted to an attribute. A root object cannot "
                "have any attribute properties. Consider specifying a DeserializeRootElementName."
            )
        self._put_attribute(holder, local, prefix, self._text(), strict=True)

    def _put_attribute(
        self, holder: Element, name: str, prefix: str | None, value: str | None, *, strict: bool = False
    ) -> None:
        encoded = encode(name) or ""
        if not prefix:
            found = expanded(encoded)
        else:
            space = self.spaces.space_of(prefix)
            if space is None and strict:
                raise faults.argument_null("namespaceName")
            found = make_name(_parts(encoded)[1], space or "")
        add_attribute(holder, make_attribute(found, value))

    def _nested_array(self, holder: Container, name: str) -> None:
        made = self._new(name, _parts(name)[0])
        add_node(holder, made)
        count = self._items(made, name)
        if not self.how.array_attribute:
            return
        _mark_array(made)
        if count == 1:
            inner = (child for child in made.nodes() if isinstance(child, Element) and child.name.local == name)
            for child in inner:
                _mark_array(child)
                break

    def _attributes(self) -> dict[str, str | None]:
        """The members at the start of an object that are attributes; the token is then the first that is none."""
        found: dict[str, str | None] = {}
        reader = self.reader
        while reader.read():
            if reader.kind in ("EndObject", "Comment"):
                break
            if reader.kind != "PropertyName":
                raise reader.serialization(f"Unexpected JsonToken: {reader.kind}")
            name: str = reader.value
            if name.startswith("@"):
                self._advance()
                self._note(found, name[1:], self._text())
            elif name == "$values" or name in _METADATA:
                prefix = self._json_prefix(found)
                if name == "$values":
                    break
                self._advance()
                if reader.kind not in PRIMITIVES:
                    raise reader.serialization(f"Unexpected JsonToken: {reader.kind}")
                value = None if reader.value is None else text_of(reader.value)
                _add(found, f"{prefix}:{name[1:]}", value)
            else:
                break
        return found

    def _note(self, found: dict[str, str | None], name: str, value: str | None) -> None:
        _add(found, name, value)
        if name == "xmlns" or name.startswith("xmlns:"):
            if value is None:
                raise faults.argument_null("uri")
            self.spaces.add(name[6:], value)

    def _json_prefix(self, found: dict[str, str | None]) -> str:
        """The prefix of Newtonsoft's own namespace, which is declared where it is not."""
        prefix = self.spaces.prefix_of(JSON_SPACE)
        if prefix is None:
            number: int | str = ""
            while self.spaces.space_of(f"json{number}") is not None:
                number = int(number or 0) + 1
            prefix = f"json{number}"
            _add(found, f"xmlns:{prefix}", JSON_SPACE)
            self.spaces.add(prefix, JSON_SPACE)
        return prefix


def _add(found: dict[str, str | None], name: str, value: str | None) -> None:
    if name in found:
        raise faults.argument(f"An item with the same key has already been added. Key: {name}")
    charge_size(1)
    found[name] = value


def _parts(name: str) -> tuple[str | None, str]:
    """Prefix and local name; a colon at either end parts nothing."""
    at = name.find(":")
    if at in (-1, 0, len(name) - 1):
        return None, name
    return name[:at], name[at + 1 :]


def _mark_array(element: Element) -> None:
    add_attribute(element, make_attribute(make_name("Array", JSON_SPACE), "true"))
    if prefix_of(element, JSON_SPACE) is None:
        add_attribute(element, make_attribute(make_name("json", XMLNS), JSON_SPACE))
