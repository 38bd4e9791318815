"""``XText``, ``XCData``, ``XComment``, ``XProcessingInstruction``, ``XDocumentType`` and ``XDeclaration``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.chars import verify_name, verify_nc_name
from certgate.csharp.dotnet.xml.content import check_text
from certgate.csharp.dotnet.xml.tree import CData, Comment, Document, DocumentType, Instruction, Text, Worded
from certgate.csharp.dotnet.xml.types import CDATA, COMMENT, DECLARATION, DOCUMENT_TYPE, INSTRUCTION, TEXT
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from certgate.csharp.types import TypeDefinition


def _given(text: str | None, name: str = "value") -> str:
    if text is None:
        raise faults.argument_null(name)
    return text


def _declare_worded(owner: TypeDefinition, made: type[Worded]) -> None:
    @owner.constructor(f"{owner.name}(string value)")
    def make(value: str | None) -> Worded:
        return made(_given(value))

    @owner.constructor(f"{owner.name}({owner.name} other)")
    def copy(other: Worded | None) -> Worded:
        if other is None:
            raise faults.argument_null("other")
        return made(other.value)


for _owner, _made in ((TEXT, Text), (CDATA, CData), (COMMENT, Comment)):
    _declare_worded(_owner, _made)


def get_value(self: Worded) -> str:
    return self.value


def set_value(self: Worded, value: str | None) -> None:
    text = _given(value)
    if isinstance(self.parent, Document) and isinstance(self, Text):
        check_text(self.parent, text)
    self.value = text


TEXT.property("string Value { get; set; }")(get_value).set(set_value)
COMMENT.property("string Value { get; set; }")(get_value).set(set_value)


def _check_target(target: str | None) -> str:
    name = verify_nc_name(target)
    if name.lower() == "xml":
        raise faults.argument(f"'{name}' is an invalid name for a processing instruction.")
    return name


@INSTRUCTION.constructor("XProcessingInstruction(string target, string data)")
def make_instruction(target: str | None, data: str | None) -> Instruction:
    text = _given(data, "data")
    return Instruction(_check_target(target), text)


@INSTRUCTION.constructor("XProcessingInstruction(XProcessingInstruction other)")
def copy_instruction(other: Instruction | None) -> Instruction:
    if other is None:
        raise faults.argument_null("other")
    return Instruction(other.target, other.data)


@INSTRUCTION.property("string Target { get; set; }")
def get_target(self: Instruction) -> str:
    return self.target


@get_target.set
def set_target(self: Instruction, value: str | None) -> None:
    self.target = _check_target(value)


@INSTRUCTION.property("string Data { get; set; }")
def get_data(self: Instruction) -> str:
    return self.data


@get_data.set
def set_data(self: Instruction, value: str | None) -> None:
    self.data = _given(value)


@DOCUMENT_TYPE.constructor("XDocumentType(string name, string publicId, string systemId, string internalSubset)")
def make_type(name: str | None, public: str | None, system: str | None, subset: str | None) -> DocumentType:
    return DocumentType(verify_name(name), public, system, subset)


@DOCUMENT_TYPE.constructor("XDocumentType(XDocumentType other)")
def copy_type(other: DocumentType | None) -> DocumentType:
    if other is None:
        raise faults.argument_null("other")
    return DocumentType(other.name, other.public, other.system, other.subset)


@DOCUMENT_TYPE.property("string Name { get; set; }")
def get_name(self: DocumentType) -> str:
    return self.name


@get_name.set
def set_name(self: DocumentType, value: str | None) -> None:
    self.name = verify_name(value)


@DOCUMENT_TYPE.property("string PublicId { get; set; }")
def get_public(self: DocumentType) -> str | None:
    return self.public


@get_public.set
def set_public(self: DocumentType, value: str | None) -> None:
    self.public = value


@DOCUMENT_TYPE.property("string SystemId { get; set; }")
def get_system(self: DocumentType) -> str | None:
    return self.system


@get_system.set
def set_system(self: DocumentType, value: str | None) -> None:
    self.system = value


@DOCUMENT_TYPE.property("string InternalSubset { get; set; }")
def get_subset(self: DocumentType) -> str | None:
    return self.subset


@get_subset.set
def set_subset(self: DocumentType, value: str | None) -> None:
    self.subset = value


class Declaration(NetObject):
    """An XDeclaration."""

    __slots__ = ("encoding", "standalone", "version")

    net_type = DECLARATION.type

    def __init__(self, version: str | None, encoding: str | None, standalone: str | None) -> None:
        self.version = version
        self.encoding = encoding
        self.standalone = standalone

    def copy(self) -> Declaration:
        return Declaration(self.version, self.encoding, self.standalone)

    def to_text(self) -> str:
        parts = (("version", self.version), ("encoding", self.encoding), ("standalone", self.standalone))
        written = [f' {name}="{text}"' for name, text in parts if text is not None]
        return f"<?xml{''.join(written)}?>"


@DECLARATION.constructor("XDeclaration(string version, string encoding, string standalone)")
def make_declaration(version: str | None, encoding: str | None, standalone: str | None) -> Declaration:
    return Declaration(version, encoding, standalone)


@DECLARATION.constructor("XDeclaration(XDeclaration other)")
def copy_declaration(other: Declaration | None) -> Declaration:
    if other is None:
        raise faults.argument_null("other")
    return other.copy()


@DECLARATION.method("string ToString()")
def declaration_to_string(self: Declaration) -> str:
    return self.to_text()


@DECLARATION.property("string Version { get; set; }")
def get_version(self: Declaration) -> str | None:
    return self.version


@get_version.set
def set_version(self: Declaration, value: str | None) -> None:
    self.version = value


@DECLARATION.property("string Encoding { get; set; }")
def get_encoding(self: Declaration) -> str | None:
    return self.encoding


@get_encoding.set
def set_encoding(self: Declaration, value: str | None) -> None:
    self.encoding = value


@DECLARATION.property("string Standalone { get; set; }")
def get_standalone(self: Declaration) -> str | None:
    return self.standalone


@get_standalone.set
def set_standalone(self: Declaration, value: str | None) -> None:
    self.standalone = value
