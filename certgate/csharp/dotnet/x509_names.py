"""``GetNameInfo``, ``SubjectName`` and ``IssuerName``, and the members of ``X500DistinguishedName``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.oid import OidValue
from certgate.csharp.dotnet.x509 import read
from certgate.csharp.dotnet.x509_values import (
    CERTIFICATE,
    DISTINGUISHED_NAME,
    NAME_TYPE,
    CertificateValue,
    NameValue,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import to_utf16

if TYPE_CHECKING:
    from certgate.csharp.values import EnumValue


@CERTIFICATE.property("X500DistinguishedName SubjectName")
def subject_name(self: CertificateValue) -> NameValue:
    name = self.certificate.subject_name
    return NameValue(name, name.raw)


@CERTIFICATE.property("X500DistinguishedName IssuerName")
def issuer_name(self: CertificateValue) -> NameValue:
    name = self.certificate.issuer_name
    return NameValue(name, name.raw)


@CERTIFICATE.method("string GetNameInfo(X509NameType nameType, bool forIssuer)")
def get_name_info(self: CertificateValue, kind: EnumValue, issuer: bool) -> str:
    certificate = self.certificate
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


@DISTINGUISHED_NAME.method("string Decode(X500DistinguishedNameFlags flag)")
def decode(self: NameValue, flags: EnumValue) -> str:
    """Without flags in the order of the encoding; `Reversed` turns that round, as ``Name`` has it."""
    unknown = flags.value & ~(0x1 | 0x40 | 0x80 | 0x100)
    if unknown or flags.value & 0x40:
        raise UnsupportedReached("these flags of X500DistinguishedName.Decode are not simulated")
    lines = to_utf16(self.name.format(True)).rstrip("\n").split("\n")
    return ("\r\n" if flags.value & 0x100 else ", ").join(reversed(lines) if flags.value & 1 else lines)
