"""``GetNameInfo``: one name of a certificate, picked by .NET's rules on Linux (spec §2.3.1).

The last attribute of the encoding wins in names, the first entry in alternative names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.pki import der, names, oids
from certgate.pki.general_names import GeneralName, NameKind

if TYPE_CHECKING:
    from certgate.pki.certificate import Certificate

KINDS = ("SimpleName", "EmailName", "UpnName", "DnsName", "DnsFromAlternativeName", "UrlName")
"""The members of X509NameType, in the order of their numbers."""

_ALTERNATIVE_KINDS = {
    "SimpleName": NameKind.EMAIL,
    "EmailName": NameKind.EMAIL,
    "DnsName": NameKind.DNS,
    "DnsFromAlternativeName": NameKind.DNS,
    "UrlName": NameKind.URI,
}
_SUBJECT_FALLBACK = {"EmailName": oids.EMAIL_ADDRESS, "DnsName": oids.COMMON_NAME}
_SIMPLE_ORDER = (oids.ORGANIZATIONAL_UNIT, oids.ORGANIZATION, oids.EMAIL_ADDRESS)


class _Value(NamedTuple):
    oid: str
    tag: int
    content: bytes


def name_info(certificate: Certificate, kind: str, issuer: bool) -> str:
    """The name of this `kind` of the subject or issuer; empty where there is none. ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is no X509NameType")
    values = _values(certificate.issuer_name if issuer else certificate.subject_name)
    if kind == "SimpleName":
        simple = _simple(values)
        if simple is not None:
            return _converted(simple)
    alternative = _alternative(_alternatives(certificate, issuer), kind)
    if alternative is not None:
        return alternative
    fallback = _last(values, _SUBJECT_FALLBACK.get(kind, ""))
    return "" if fallback is None else _unconverted(fallback)


def _values(name: names.Name) -> list[_Value]:
    """All attributes, the last of the encoding first."""
    found = []
    for relative in der.read(name.raw):
        for attribute in relative:
            oid, value = attribute.children(2)
            found.append(_Value(der.oid(oid.content), value.tag, value.content))
    return found[::-1]


def _simple(values: list[_Value]) -> _Value | None:
    """The common name; without one, and only where the name holds more than OU, O and E: the first of these three in
    the encoding, else the last other attribute."""
    common = _last(values, oids.COMMON_NAME)
    if common is not None:
        return common
    others = [value for value in values if value.oid not in _SIMPLE_ORDER]
    if not others:
        return None
    for oid in _SIMPLE_ORDER:
        first = _last(values[::-1], oid)
        if first is not None:
            return first
    return others[0]


def _last(values: list[_Value], oid: str) -> _Value | None:
    return next((value for value in values if value.oid == oid), None)


def _alternatives(certificate: Certificate, issuer: bool) -> tuple[GeneralName, ...]:
    """An extension that is broken or occurs twice counts as absent here, as it does in .NET."""
    try:
        return certificate.issuer_alternative_names if issuer else certificate.subject_alternative_names
    except InputError:
        return ()


def _alternative(alternatives: tuple[GeneralName, ...], kind: str) -> str | None:
    for name in alternatives:
        if kind == "UpnName":
            principal = name.user_principal_name
            if principal is not None:
                return principal.decode("utf-8", "replace")
        elif name.kind is _ALTERNATIVE_KINDS[kind]:
            return name.text
    return None


_WIDTHS = {
    der.BMP_STRING: 2,
    der.UNIVERSAL_STRING: 4,
}


def _characters(value: _Value) -> list[int]:
    """The characters of a string of one or more bytes each; of UTF-8 they are its bytes."""
    width = _WIDTHS.get(value.tag, 1)
    content = value.content
    return [int.from_bytes(content[at : at + width], "big") for at in range(0, len(content), width)]


def _converted(value: _Value) -> str:
    if value.tag == der.UTF8_STRING:
        return value.content.decode("utf-8", "replace")
    return "".join(map(chr, _characters(value)))


def _unconverted(value: _Value) -> str:
    """How OpenSSL prints a string without converting it: characters above 255 as ``\\Uxxxx`` or ``\\Wxxxxxxxx``,
    others as one byte. .NET then takes the bytes for UTF-8."""
    characters = list(map(ord, _converted(value))) if value.tag == der.UTF8_STRING else _characters(value)
    return b"".join(map(_escaped, characters)).decode("utf-8", "replace")


def _escaped(character: int) -> bytes:
    if character > 0xFFFF:
        return f"\\W{character:08X}".encode()
    if character > 0xFF:
        return f"\\U{character:04X}".encode()
    return bytes([character])
