"""``GetNameInfo``, ``SubjectName`` and ``IssuerName``, and the members of ``X500DistinguishedName``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.oid import OidValue
from certgate.csharp.dotnet.x509 import read, relative_names
from certgate.csharp.dotnet.x509_values import (
    CERTIFICATE,
    CERTIFICATE_BASE,
    DISTINGUISHED_NAME,
    NAME_TYPE,
    CertificateValue,
    NameValue,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import to_utf16

if TYPE_CHECKING:
    from certgate.csharp.values import EnumValue
    from certgate.pki.names import Name


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


@CERTIFICATE_BASE.method("string GetName()")
def get_older_name(self: CertificateValue) -> str:
    """The subject as .NET Framework wrote it, in the order of the encoding."""
    return _in_order(self.certificate.subject_name)


@CERTIFICATE_BASE.method("string GetIssuerName()")
def get_older_issuer_name(self: CertificateValue) -> str:
    return _in_order(self.certificate.issuer_name)


def _in_order(name: Name) -> str:
    return to_utf16(", ".join(read(lambda: relative_names(name, quoted=True, plus=True))))


_REVERSED, _NO_PLUS, _NO_QUOTES, _COMMAS, _SEMICOLONS, _LINES = 1, 32, 64, 128, 16, 256


@DISTINGUISHED_NAME.method("string Decode(X500DistinguishedNameFlags flag)")
def decode(self: NameValue, flags: EnumValue) -> str:
    """Without flags in the order of the encoding; `Reversed` turns that round, as ``Name`` has it."""
    number = flags.value
    if number & ~(_REVERSED | _NO_PLUS | _NO_QUOTES | _COMMAS | _SEMICOLONS | _LINES):
        raise UnsupportedReached("these flags of X500DistinguishedName.Decode are not simulated")
    parts = read(lambda: relative_names(self.name, quoted=not number & _NO_QUOTES, plus=not number & _NO_PLUS))
    between = "\r\n" if number & _LINES else "; " if number & _SEMICOLONS else ", "
    return to_utf16(between.join(reversed(parts) if number & _REVERSED else parts))
