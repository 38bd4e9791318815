"""``GetNameInfo``, ``SubjectName`` and ``IssuerName``, and the members of ``X500DistinguishedName``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto.oid import OidValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.x509.door import name_from, read, relative_names
from certgate.csharp.dotnet.x509.values import (
    CERTIFICATE,
    CERTIFICATE_BASE,
    DISTINGUISHED_NAME,
    NAME_TYPE,
    RELATIVE_NAME,
    CertificateValue,
    NameValue,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import NetObject, NetSequence, to_utf16

if TYPE_CHECKING:
    from certgate.csharp.values import ByteArray, EnumValue
    from certgate.pki.names import Attribute, Name


@CERTIFICATE.property("X500DistinguishedName SubjectName")
def subject_name(self: CertificateValue) -> Any:
    return self.part("SubjectName", lambda found: NameValue(found.subject_name, found.subject_name.raw))


@CERTIFICATE.property("X500DistinguishedName IssuerName")
def issuer_name(self: CertificateValue) -> Any:
    return self.part("IssuerName", lambda found: NameValue(found.issuer_name, found.issuer_name.raw))


@CERTIFICATE.method("string GetNameInfo(X509NameType nameType, bool forIssuer)")
def get_name_info(self: CertificateValue, kind: EnumValue, issuer: bool) -> str:
    certificate = self.held
    if certificate is None:
        raise faults.null_reference()
    names = [name for name, number in NAME_TYPE.constants.items() if number == kind.value]
    return to_utf16(read(lambda: certificate.name_info(names[0], issuer))) if names else ""


@DISTINGUISHED_NAME.property("string Name")
def get_name(self: NameValue) -> str:
    return to_utf16(self.name.text)


@DISTINGUISHED_NAME.property("Oid Oid")
def get_oid(self: NameValue) -> OidValue | None:
    return self.oid


@DISTINGUISHED_NAME.method("string Format(bool multiLine)")
def format_name(self: NameValue, multiline: bool) -> str:
    return to_utf16(self.name.format(multiline))


@CERTIFICATE_BASE.method("string GetName()")
def get_older_name(self: CertificateValue) -> str:
    """The subject as .NET Framework wrote it, in the order of the encoding."""
    return _in_order(self.certificate.subject_name)


@CERTIFICATE_BASE.method("string GetIssuerName()")
def get_older_issuer_name(self: CertificateValue) -> str:
    return _in_order(self.certificate.issuer_name)


def _in_order(name: Name) -> str:
    return to_utf16(", ".join(read(lambda: relative_names(name, quoted=True, plus=True))))


_REVERSED, _NO_PLUS, _NO_QUOTES, _SEMICOLONS, _LINES = 1, 32, 64, 16, 256
_ALL_FLAGS = 0x71F1


@DISTINGUISHED_NAME.method("string Decode(X500DistinguishedNameFlags flag)")
def decode(self: NameValue, flags: EnumValue) -> str:
    """Without flags in the order of the encoding; `Reversed` turns that round, as ``Name`` has it."""
    number = flags.value
    if number & ~_ALL_FLAGS:
        raise faults.argument("Illegal enum value: flag.")
    parts = read(lambda: relative_names(self.name, quoted=not number & _NO_QUOTES, plus=not number & _NO_PLUS))
    between = "\r\n" if number & _LINES else "; " if number & _SEMICOLONS else ", "
    return to_utf16(between.join(reversed(parts) if number & _REVERSED else parts))


# -- relative names ----------------------------------------------------------------------------------


class RelativeNameValue(NetObject):
    """An X500RelativeDistinguishedName: one part of a name, as a rule with one attribute."""

    __slots__ = ("attributes",)

    net_type = RELATIVE_NAME.type

    def __init__(self, attributes: tuple[Attribute, ...]) -> None:
        self.attributes = attributes

    @property
    def only(self) -> Attribute:
        """InvalidOperationException where there are several."""
        if len(self.attributes) != 1:
            raise faults.invalid_operation(_SEVERAL)
        return self.attributes[0]


_SEVERAL = "Single-element methods are not valid on an X.500 Relative Distinguished Name that has multiple elements."


@DISTINGUISHED_NAME.method(
    f"System.Collections.Generic.IEnumerable<{RELATIVE_NAME.full_name}> "
    "EnumerateRelativeDistinguishedNames(bool reversed = true)"
)
def enumerate_parts(self: NameValue, backwards: bool) -> NetSequence:
    parts = [RelativeNameValue(one) for one in read(lambda: self.name.attributes)]
    found = parts[::-1] if backwards else parts
    return NetSequence(RELATIVE_NAME.type, lambda: iter(found))


@RELATIVE_NAME.property("bool HasMultipleElements")
def get_has_several(self: RelativeNameValue) -> bool:
    return len(self.attributes) > 1


@RELATIVE_NAME.method("Oid GetSingleElementType()")
def get_single_type(self: RelativeNameValue) -> OidValue:
    return OidValue(self.only.oid)


@RELATIVE_NAME.method("string GetSingleElementValue()")
def get_single_value(self: RelativeNameValue) -> str:
    if not self.only.plain:
        raise UnsupportedReached("the value of this part of a name is no text")
    return to_utf16(self.only.text)


@DISTINGUISHED_NAME.constructor("X500DistinguishedName(byte[] encodedDistinguishedName)")
def make_name(data: ByteArray | None) -> NameValue:
    if data is None:
        raise faults.argument_null("value")
    return NameValue(name_from(bytes(data)), bytes(data))


@DISTINGUISHED_NAME.constructor("X500DistinguishedName(X500DistinguishedName distinguishedName)")
def make_name_copy(other: NameValue | None) -> NameValue:
    if other is None:
        raise faults.argument_null("asnEncodedData")
    return NameValue(other.name, other.raw)


@DISTINGUISHED_NAME.constructor("X500DistinguishedName(string distinguishedName)")
def make_name_of_text(text: str | None) -> NameValue:
    if text is None:
        raise faults.argument_null("distinguishedName")
    raise UnsupportedReached("certgate does not encode a distinguished name")
