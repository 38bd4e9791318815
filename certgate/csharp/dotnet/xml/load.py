"""Texts as elements and documents: ``Parse`` and ``Load`` of XElement and XDocument, and how both are saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.io.text_reader import ReaderValue
from certgate.csharp.dotnet.io.text_writer import StringWriterValue, WriterValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.leaves import Declaration
from certgate.csharp.dotnet.xml.names import name_of
from certgate.csharp.dotnet.xml.output import save_options, saved
from certgate.csharp.dotnet.xml.reader import Reader
from certgate.csharp.dotnet.xml.tree import (
    Attribute,
    CData,
    Comment,
    Container,
    Document,
    DocumentType,
    Element,
    Instruction,
    Node,
    Text,
)
from certgate.csharp.dotnet.xml.types import DOCUMENT, ELEMENT
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.values import from_utf16, to_utf16

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.doctype import Doctype
    from certgate.csharp.dotnet.xml.tags import AttributeRead, StartTag
    from certgate.csharp.types import TypeDefinition
    from certgate.csharp.values import EnumValue

PRESERVE, LINES = 1, 4
"""LoadOptions: PreserveWhitespace, SetLineInfo."""


class Builder:
    """Puts what the reader meets into a document."""

    def __init__(self, reader: Reader, lines: bool) -> None:
        self.document = Document()
        self.holder: Container = self.document
        self.reader = reader
        self.lines = lines

    def _add(self, node: Node, at: int) -> None:
        if self.lines:
            node.place = self.reader.place(at)
        self.holder.text_to_node()
        self.holder.append(node)

    def declaration(self, version: str, encoding: str | None, standalone: str | None) -> None:
        self.document.declaration = Declaration(version, encoding, standalone)

    def doctype(self, doctype: Doctype) -> None:
        made = DocumentType(doctype.name, doctype.public, doctype.system, doctype.subset)
        self._add(made, self.reader.input.at)

    def start(self, tag: StartTag) -> None:
        made = self.element(tag.prefix, tag.local, tag.space)
        for one in tag.attributes:
            attribute = self.attribute(one)
            if self.lines:
                attribute.place = self.reader.place(one.at)
            made.put(attribute)
        self._add(made, tag.at)
        if not tag.empty:
            self.holder = made

    def element(self, prefix: str, local: str, space: str) -> Element:
        return Element(name_of(local, space))

    def attribute(self, one: AttributeRead) -> Attribute:
        return Attribute(name_of(one.local, one.space if one.prefix else ""), one.value)

    def end(self) -> None:
        if self.holder.content is None:
            self.holder.content = ""
        self.holder = self.holder.parent or self.document

    def text(self, text: str, at: int) -> None:
        last = self.holder.content
        if last is None and not self.lines:
            self.holder.content = text
        elif isinstance(last, str) and not self.lines:
            charge_size(len(last) + len(text))
            self.holder.content = last + text
        elif isinstance(last, Text) and not isinstance(last, CData) and not self.lines:
            charge_size(len(last.value) + len(text))
            last.value += text
        else:
            self._add(Text(text), at)

    def cdata(self, text: str, at: int) -> None:
        self._add(CData(text), at)

    def comment(self, text: str, at: int) -> None:
        self._add(Comment(text), at)

    def instruction(self, target: str, data: str, at: int) -> None:
        self._add(Instruction(target, data), at)


def parse_document(text: str, options: int = 0) -> Document:
    """``XDocument.Parse``. XmlException."""
    reader = Reader(text, preserve=bool(options & PRESERVE))
    builder = Builder(reader, lines=bool(options & LINES))
    reader.read(builder)
    if builder.lines:
        builder.document.place = (1, 1)
    return builder.document


def parse_element(text: str, options: int = 0) -> Element:
    """``XElement.Parse``: the root, which is in no document. XmlException."""
    document = parse_document(text, options)
    root = document.root()
    if root is None:
        raise faults.invalid_operation("The root element is missing.")
    document.remove(root)
    return root


def _text_of_reader(reader: Any) -> str:
    if reader is None:
        raise faults.argument_null("input")
    if not isinstance(reader, ReaderValue):
        raise UnsupportedReached("certgate does not simulate loading XML from this reader")
    rest = reader.rest()
    reader.at += len(rest)
    return rest


def _declare(owner: TypeDefinition, parse: Any) -> None:
    name = owner.name

    @owner.method(f"static {name} Parse(string text)")
    def parse_text(text: str | None) -> Any:
        return parse(_given(text))

    @owner.method(f"static {name} Parse(string text, LoadOptions options)")
    def parse_text_options(text: str | None, options: EnumValue) -> Any:
        return parse(_given(text), options.value)

    @owner.method(f"static {name} Load(System.IO.TextReader textReader)")
    def load(reader: Any) -> Any:
        return parse(_text_of_reader(reader))

    @owner.method(f"static {name} Load(System.IO.TextReader textReader, LoadOptions options)")
    def load_options(reader: Any, options: EnumValue) -> Any:
        return parse(_text_of_reader(reader), options.value)

    @owner.method("void Save(System.IO.TextWriter textWriter)")
    def save(self: Element | Document, writer: Any) -> None:
        _save(self, writer, save_options(self))

    @owner.method("void Save(System.IO.TextWriter textWriter, SaveOptions options)")
    def save_with(self: Element | Document, writer: Any, options: EnumValue) -> None:
        _save(self, writer, options.value)

    @owner.method(f"static {name} Load(System.IO.Stream stream)")
    def load_stream(stream: Any) -> Any:
        return parse(_text_of_stream(stream))

    @owner.method(f"static {name} Load(System.IO.Stream stream, LoadOptions options)")
    def load_stream_options(stream: Any, options: EnumValue) -> Any:
        return parse(_text_of_stream(stream), options.value)

    @owner.method("void Save(System.IO.Stream stream)")
    def save_stream(self: Element | Document, stream: Any) -> None:
        _save_stream(self, stream, save_options(self))

    @owner.method("void Save(System.IO.Stream stream, SaveOptions options)")
    def save_stream_with(self: Element | Document, stream: Any, options: EnumValue) -> None:
        _save_stream(self, stream, options.value)

    # SECURITY: names of files and addresses are never opened, so these have a signature only.
    owner.signatures(
        f"static {name} Load(string uri)",
        f"static {name} Load(string uri, LoadOptions options)",
        f"static {name} Load(System.Xml.XmlReader reader)",
        f"static {name} Load(System.Xml.XmlReader reader, LoadOptions options)",
        "void Save(string fileName)",
        "void Save(string fileName, SaveOptions options)",
        "void Save(System.Xml.XmlWriter writer)",
    )


def _given(text: str | None) -> str:
    """The text; .NET hands it to a reader that calls it ``s``."""
    if text is None:
        raise faults.argument_null("s")
    return text


def _save(item: Element | Document, writer: Any, options: int) -> None:
    if writer is None:
        raise faults.argument_null("output")
    encoding = "utf-16" if isinstance(writer, StringWriterValue) else getattr(writer, "encoding", None)
    if not isinstance(writer, WriterValue) or encoding is None:
        raise UnsupportedReached("certgate does not simulate saving XML to this writer")
    writer.write(saved(item, encoding if isinstance(encoding, str) else encoding.name, options))


_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*['\"]([\w.-]+)")
_KNOWN = {"utf-8": "utf-8", "us-ascii": "ascii", "iso-8859-1": "latin-1"}


def _text_of_stream(stream: Any) -> str:
    if stream is None:
        raise faults.argument_null("input")
    if not hasattr(stream, "data") or not hasattr(stream, "read"):
        raise UnsupportedReached("certgate does not simulate loading XML from this stream")
    data: bytes = stream.read(len(stream.data))
    found = next(((data[len(mark) :], codec) for mark, codec in _MARKS if data.startswith(mark)), None)
    if found is None:
        declared = _DECLARED.match(data)
        name = declared[1].decode("ascii", "replace").lower() if declared is not None else "utf-8"
        found = data, _KNOWN.get(name, "")
    try:
        return to_utf16(found[0].decode(found[1]))
    except (UnicodeDecodeError, LookupError):
        raise UnsupportedReached("certgate does not simulate reading the encoding of this XML") from None


def _save_stream(item: Element | Document, stream: Any, options: int) -> None:
    if stream is None:
        raise faults.argument_null("output")
    declared = item.declaration.encoding if isinstance(item, Document) and item.declaration else None
    name = (declared or "utf-8").lower()
    if name not in ("utf-8", "utf-16") or not hasattr(stream, "write"):
        raise UnsupportedReached("certgate does not simulate saving XML to this stream")
    text = from_utf16(saved(item, name, options))
    # .NET puts a byte order mark before both.
    stream.write(("\ufeff" + text).encode("utf-8" if name == "utf-8" else "utf-16-le"))


_declare(ELEMENT, parse_element)
_declare(DOCUMENT, parse_document)
