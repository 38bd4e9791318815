"""``XDocument``. Parsing and saving: ``load.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.content import add_content
from certgate.csharp.dotnet.xml.tree import Document, DocumentType, Element
from certgate.csharp.dotnet.xml.types import DOCUMENT
from certgate.csharp.dotnet.xml.walk import clone

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.leaves import Declaration
    from certgate.csharp.values import NetArray


@DOCUMENT.constructor("XDocument()")
def make() -> Document:
    return Document()


@DOCUMENT.constructor("XDocument(params object[] content)")
def make_with(content: NetArray | None) -> Document:
    made = Document()
    add_content(made, content)
    return made


@DOCUMENT.constructor("XDocument(XDeclaration declaration, params object[] content)")
def make_declared(declaration: Declaration | None, content: NetArray | None) -> Document:
    made = make_with(content)
    made.declaration = declaration
    return made


@DOCUMENT.constructor("XDocument(XDocument other)")
def copy(other: Document | None) -> Any:
    if other is None:
        raise faults.argument_null("other")
    return clone(other)


@DOCUMENT.property("XElement Root")
def get_root(self: Document) -> Element | None:
    return self.root()


@DOCUMENT.property("XDeclaration Declaration { get; set; }")
def get_declaration(self: Document) -> Any:
    return self.declaration


@get_declaration.set
def set_declaration(self: Document, value: Declaration | None) -> None:
    self.declaration = value


@DOCUMENT.property("XDocumentType DocumentType")
def get_document_type(self: Document) -> DocumentType | None:
    return next((node for node in self.nodes() if isinstance(node, DocumentType)), None)
