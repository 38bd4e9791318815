"""The extensions of a certificate and what is decoded from them, in .NET's vocabulary.

Decodes what chain building and policies ask for (RFC 5280 section 4.2). Knows nothing of how extensions are printed.
"""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.pki import der, oids
from certgate.pki.der import DerError, Node
from certgate.pki.general_names import GeneralName, NameKind, read_name, read_names

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_ENTRIES = 10_000
"""SECURITY: a bound on the purposes, points and addresses that one extension lists."""


class KeyUsage(IntFlag):
    """``X509KeyUsageFlags``: .NET's names and numbers."""

    NONE = 0
    ENCIPHER_ONLY = 0x1
    CRL_SIGN = 0x2
    KEY_CERT_SIGN = 0x4
    KEY_AGREEMENT = 0x8
    DATA_ENCIPHERMENT = 0x10
    KEY_ENCIPHERMENT = 0x20
    NON_REPUDIATION = 0x40
    DIGITAL_SIGNATURE = 0x80
    DECIPHER_ONLY = 0x8000

    @property
    def text(self) -> str:
        """As C# prints the flags: ``KeyEncipherment, DigitalSignature``."""
        names = [flag.name.title().replace("_", "") for flag in KeyUsage if flag and flag in self and flag.name]
        return ", ".join(names) or "None"


@frozen
class BasicConstraints:
    """`path_length` is None where it is not given; it may be negative in a malformed certificate."""

    certificate_authority: bool
    path_length: int | None


@frozen
class AuthorityKeyIdentifier:
    """`issuer` are the names of the issuer's issuer, `serial` the content of the issuer's serial number."""

    key_identifier: bytes | None
    issuer: tuple[GeneralName, ...]
    serial: bytes | None


@frozen
class DistributionPoint:
    """Where a CRL is found. `relative_name` is the DER of a relative name; `reasons` None means all reasons."""

    full_name: tuple[GeneralName, ...]
    relative_name: bytes | None
    reasons: frozenset[int] | None
    crl_issuer: tuple[GeneralName, ...]

    @property
    def urls(self) -> tuple[str, ...]:
        """The URIs of the point, of any scheme."""
        return tuple(name.text for name in self.full_name if name.kind is NameKind.URI)


@frozen
class AccessDescription:
    """One service: `method` is an object identifier."""

    method: str
    location: GeneralName


@frozen
class Extension:
    """One extension: `raw` is its value, without the OCTET STRING around it."""

    oid: str
    critical: bool
    raw: bytes

    @property
    def friendly_name(self) -> str | None:
        return oids.friendly_name(self.oid)

    @property
    def type_name(self) -> str:
        """The .NET class."""
        return _TYPE_NAMES.get(self.oid, "X509Extension")

    @property
    def decoded(self) -> str | None:
        """Key usage, EKU, basic constraints and subject key identifier in one line; None for other kinds.

        Raises DerError where the value does not fit.
        """
        decode = _DECODED.get(self.oid)
        return decode(self.raw) if decode else None

    def format(self, multiline: bool = False) -> str:
        """``AsnEncodedData.Format``. .NET on Linux makes no difference between one line and several."""
        from certgate.pki.extension_text import extension_text

        del multiline
        return extension_text(self.oid, self.raw)


def _sequence(raw: bytes) -> Node:
    # OpenSSL does not look behind the value either.
    return der.read(raw).expect(der.SEQUENCE)


def octets(raw: bytes) -> bytes:
    """The content of an OCTET STRING."""
    start, end = der.contents(raw, 0, len(raw), der.OCTET_STRING)
    return raw[start:end]


def basic_constraints(raw: bytes) -> BasicConstraints:
    """RFC 5280 section 4.2.1.9."""
    parts = _sequence(raw).children(2)
    authority = bool(parts) and parts[0].tag == der.BOOLEAN and der.boolean(parts.pop(0).content)
    if len(parts) > 1:
        raise DerError("too many values")
    length = der.integer(parts[0].expect(der.INTEGER).content) if parts else None
    return BasicConstraints(authority, length)


def key_usage(raw: bytes) -> KeyUsage:
    """RFC 5280 section 4.2.1.3; bits that the standard does not name are left out."""
    usage = KeyUsage.NONE
    for bit in der.named_bits(der.read(raw).expect(der.BIT_STRING).content):
        if bit <= 8:
            usage |= KeyUsage(0x80 >> bit if bit < 8 else 0x8000)
    return usage


def enhanced_key_usage(raw: bytes) -> tuple[str, ...]:
    """RFC 5280 section 4.2.1.12."""
    return tuple(der.oid(node.expect(der.OID).content) for node in _sequence(raw).children(MAX_ENTRIES))


def alternative_names(raw: bytes) -> tuple[GeneralName, ...]:
    """RFC 5280 sections 4.2.1.6 and 4.2.1.7."""
    return read_names(_sequence(raw))


def authority_key_identifier(raw: bytes) -> AuthorityKeyIdentifier:
    """RFC 5280 section 4.2.1.1."""
    fields = tagged(_sequence(raw), (0x80, 0xA1, 0x82))
    serial = fields.get(0x82)
    if serial:
        der.integer(serial.content)
    return AuthorityKeyIdentifier(
        fields[0x80].content if 0x80 in fields else None,
        read_names(fields[0xA1]) if 0xA1 in fields else (),
        serial.content if serial else None,
    )


def tagged(node: Node, tags: tuple[int, ...]) -> dict[int, Node]:
    """The optional members of a SEQUENCE by tag; DerError for an unknown tag, or one out of the order of `tags`."""
    found: dict[int, Node] = {}
    rest = list(tags)
    for child in node.children(len(tags)):
        if child.tag not in rest:
            raise DerError(f"tag 0x{child.tag:02X} has no place here")
        del rest[: rest.index(child.tag) + 1]
        found[child.tag] = child
    return found


def distribution_points(raw: bytes) -> tuple[DistributionPoint, ...]:
    """RFC 5280 section 4.2.1.13."""
    return tuple(map(_distribution_point, _sequence(raw).children(MAX_ENTRIES)))


def _distribution_point(node: Node) -> DistributionPoint:
    fields = tagged(node.expect(der.SEQUENCE), (0xA0, 0x81, 0xA2))
    full_name: tuple[GeneralName, ...] = ()
    relative = None
    if 0xA0 in fields:
        full_name, relative = _point_name(fields[0xA0])
    return DistributionPoint(
        full_name,
        relative,
        der.named_bits(fields[0x81].content) if 0x81 in fields else None,
        read_names(fields[0xA2]) if 0xA2 in fields else (),
    )


def _point_name(node: Node) -> tuple[tuple[GeneralName, ...], bytes | None]:
    choice = node.children(1)
    match [child.tag for child in choice]:
        case [0xA0]:
            return read_names(choice[0]), None
        case [0xA1]:
            choice[0].children()
            return (), bytes([der.SET]) + choice[0].raw[1:]
        case _:
            raise DerError("a distribution point name of an unknown kind")


def access_descriptions(raw: bytes) -> tuple[AccessDescription, ...]:
    """RFC 5280 sections 4.2.2.1 and 4.2.2.2."""
    return tuple(map(_access_description, _sequence(raw).children(MAX_ENTRIES)))


def _access_description(node: Node) -> AccessDescription:
    parts = node.expect(der.SEQUENCE).children(2)
    if len(parts) != 2:
        raise DerError("an access description that is not a method and a location")
    return AccessDescription(der.oid(parts[0].expect(der.OID).content), read_name(parts[1]))


def _purposes_text(raw: bytes) -> str:
    return "; ".join(f"{oid}={oids.friendly_name(oid) or ''}" for oid in enhanced_key_usage(raw))


def _constraints_text(raw: bytes) -> str:
    constraints = basic_constraints(raw)
    length = constraints.path_length
    return f"{constraints.certificate_authority}/{length is not None}/{length or 0}"


_DECODED: dict[str, Callable[[bytes], str]] = {
    oids.KEY_USAGE: lambda raw: key_usage(raw).text,
    oids.ENHANCED_KEY_USAGE: _purposes_text,
    oids.BASIC_CONSTRAINTS: _constraints_text,
    oids.SUBJECT_KEY_IDENTIFIER: lambda raw: octets(raw).hex().upper(),
}

DECODERS: dict[str, Callable[[bytes], object]] = {
    oids.BASIC_CONSTRAINTS: basic_constraints,
    oids.KEY_USAGE: key_usage,
    oids.ENHANCED_KEY_USAGE: enhanced_key_usage,
    oids.SUBJECT_KEY_IDENTIFIER: octets,
    oids.AUTHORITY_KEY_IDENTIFIER: authority_key_identifier,
    oids.SUBJECT_ALTERNATIVE_NAME: alternative_names,
    oids.ISSUER_ALTERNATIVE_NAME: alternative_names,
    oids.CRL_DISTRIBUTION_POINTS: distribution_points,
    oids.FRESHEST_CRL: distribution_points,
    oids.AUTHORITY_INFORMATION_ACCESS: access_descriptions,
}
"""The kinds of extension that certgate decodes, by object identifier."""

_TYPE_NAMES = {
    oids.BASIC_CONSTRAINTS: "X509BasicConstraintsExtension",
    oids.KEY_USAGE: "X509KeyUsageExtension",
    oids.ENHANCED_KEY_USAGE: "X509EnhancedKeyUsageExtension",
    oids.SUBJECT_KEY_IDENTIFIER: "X509SubjectKeyIdentifierExtension",
    oids.AUTHORITY_KEY_IDENTIFIER: "X509AuthorityKeyIdentifierExtension",
    oids.SUBJECT_ALTERNATIVE_NAME: "X509SubjectAlternativeNameExtension",
    oids.AUTHORITY_INFORMATION_ACCESS: "X509AuthorityInformationAccessExtension",
}
