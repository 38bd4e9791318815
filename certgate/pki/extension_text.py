"""Extensions as .NET on Linux prints them, which is how OpenSSL 3.0 prints them; else the value in hex.

One small function a kind of extension, listed in `_PRINTERS`. Texts hold one byte a character until the very end.
Not printed as OpenSSL does, but in hex: kinds that only CRLs carry, RFC 3779 resources, proxy certificates, admissions.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from certgate.pki import der, extensions, oids
from certgate.pki.certificate_timestamps import timestamps_text
from certgate.pki.der import DerError, Node
from certgate.pki.general_name_text import address, distinguished, labelled, printed
from certgate.pki.general_names import GeneralName, NameKind, read_name
from certgate.pki.openssl_text import c_text, listed_object, number_text, some
from certgate.pki.policy_text import policies_text, policy_constraints_text, policy_mappings_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_EMPTY = "<EMPTY>\n"


def extension_text(oid: str, raw: bytes) -> str:
    """The text of an extension's value; hex where its kind is unknown or the value is broken."""
    printer = _PRINTERS.get(oid)
    if printer is None:
        return raw.hex().upper()
    try:
        return printer(raw).encode("latin-1").decode("utf-8", "replace")
    except DerError:
        return raw.hex().upper()


def _sequence(raw: bytes) -> Node:
    return der.read(raw).expect(der.SEQUENCE)


def _colons(content: bytes) -> str:
    return content.hex(":").upper()


def _integer(raw: bytes) -> str:
    return number_text(der.integer(der.read(raw).expect(der.INTEGER).content))


def _subject_key_identifier(raw: bytes) -> str:
    return _colons(extensions.octets(raw))


def _bits(labels: tuple[str, ...], raw: bytes) -> str:
    bits = der.named_bits(der.read(raw).expect(der.BIT_STRING).content)
    return some(label for bit, label in enumerate(labels) if bit in bits)


_KEY_USAGES = (
    *("Digital Signature", "Non Repudiation", "Key Encipherment", "Data Encipherment", "Key Agreement"),
    *("Certificate Sign", "CRL Sign", "Encipher Only", "Decipher Only"),
)
_NETSCAPE_TYPES = (
    *("SSL Client", "SSL Server", "S/MIME", "Object Signing"),
    *("Unused", "SSL CA", "S/MIME CA", "Object Signing CA"),
)
_REASONS = (
    *("Unused", "Key Compromise", "CA Compromise", "Affiliation Changed", "Superseded", "Cessation Of Operation"),
    *("Certificate Hold", "Privilege Withdrawn", "AA Compromise"),
)


def _alternative_names(raw: bytes) -> str:
    return ", ".join(":".join(labelled(name)) for name in extensions.alternative_names(raw)) or _EMPTY


def _basic_constraints(raw: bytes) -> str:
    constraints = extensions.basic_constraints(raw)
    length = constraints.path_length
    authority = f"CA:{str(constraints.certificate_authority).upper()}"
    return authority if length is None else f"{authority}, pathlen:{number_text(length)}"


def _enhanced_key_usage(raw: bytes) -> str:
    return some(map(listed_object, extensions.enhanced_key_usage(raw)))


def _authority_key_identifier(raw: bytes) -> str:
    identifier = extensions.authority_key_identifier(raw)
    lines = []
    if identifier.key_identifier is not None:
        label = "keyid:" if identifier.issuer or identifier.serial is not None else ""
        lines.append(label + _colons(identifier.key_identifier))
    lines += [":".join(labelled(name)) for name in identifier.issuer]
    if identifier.serial is not None:
        lines.append(f"serial:{_colons(_magnitude(identifier.serial))}")
    return some(lines, "\n")


def _magnitude(content: bytes) -> bytes:
    value = abs(der.integer(content))
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def _access(raw: bytes) -> str:
    lines = (
        f"{listed_object(access.method)} - {':'.join(labelled(access.location))}"
        for access in extensions.access_descriptions(raw)
    )
    return "\n".join(lines) or _EMPTY


def _indented(names: Iterable[GeneralName]) -> str:
    return "\n".join(f"  {printed(name)}" for name in names)


def _distribution_points(raw: bytes) -> str:
    return "\n".join(map(_distribution_point, extensions.distribution_points(raw)))


def _distribution_point(point: extensions.DistributionPoint) -> str:
    text = ""
    if point.full_name:
        text += f"Full Name:\n{_indented(point.full_name)}"
    if point.relative_name is not None:
        text += f"Relative Name:\n  {distinguished(point.relative_name)}\n"
    if point.reasons is not None:
        reasons = ", ".join(label for bit, label in enumerate(_REASONS) if bit in point.reasons)
        text += f"Reasons:\n  {reasons or '<EMPTY>'}\n"
    if point.crl_issuer:
        text += f"CRL Issuer:\n{_indented(point.crl_issuer)}"
    return text


def _name_constraints(raw: bytes) -> str:
    fields = extensions.tagged(_sequence(raw), (0xA0, 0xA1))
    titles = {0xA0: "Permitted", 0xA1: "Excluded"}
    return "\n".join(_subtrees(titles[tag], node) for tag, node in fields.items())


def _subtrees(title: str, node: Node) -> str:
    trees = [_subtree(tree) for tree in node.children(extensions.MAX_ENTRIES)]
    return f"{title}:\n" + "\n".join(trees) if trees else ""


def _subtree(node: Node) -> str:
    parts = node.expect(der.SEQUENCE).children(3)
    if not parts:
        raise DerError("a subtree without a base")
    base, *limits = parts
    for limit in limits:
        der.integer(limit.content)
    name = read_name(base)
    if name.kind is not NameKind.IP_ADDRESS:
        return f"  {printed(name)}"
    size = next((size for size in (16, 4) if len(name.content) >= size), len(name.content))
    return f"  IP:{address(name.content[:size])}/{address(name.content[size:])}"


def _private_key_usage_period(raw: bytes) -> str:
    fields = extensions.tagged(_sequence(raw), (0x80, 0x81))
    titles = {0x80: "Not Before", 0x81: "Not After"}
    return ", ".join(f"{titles[tag]}: {_date(node.content)}" for tag, node in fields.items())


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _date(content: bytes) -> str:
    try:
        moment = der.time(der.read(der.wrap(der.GENERALIZED_TIME, content)))
    except DerError:
        return "Bad time value"
    return f"{_MONTHS[moment.month - 1]} {moment.day:2} {moment:%H:%M:%S} {moment.year} GMT"


_FEATURES = {5: "status_request", 17: "status_request_v2"}


def _tls_features(raw: bytes) -> str:
    numbers = [der.integer(node.expect(der.INTEGER).content) for node in _sequence(raw).children(100)]
    return some(_FEATURES.get(number) or number_text(number) for number in numbers)


def _no_check(raw: bytes) -> str:
    der.read(raw).expect(der.NULL)
    return ""


def _poison(raw: bytes) -> str:
    der.read(raw).expect(der.NULL)
    return "NULL"


def _text(tag: int, raw: bytes) -> str:
    content = der.read(raw).expect(tag).content
    if not content:
        raise DerError("an empty text")
    return c_text(content)


def _issuer_sign_tool(raw: bytes) -> str:
    titles = ("signTool    ", "cATool      ", "signToolCert", "cAToolCert  ")
    values = _sequence(raw).children(4)
    if len(values) != 4:
        raise DerError("a signing tool without its four texts")
    texts = [value.expect(der.UTF8_STRING).content.decode("latin-1") for value in values]
    return "\n".join(f"{title}: {text}" for title, text in zip(titles, texts, strict=True))


_PRINTERS: dict[str, Callable[[bytes], str]] = {
    oids.SUBJECT_KEY_IDENTIFIER: _subject_key_identifier,
    oids.KEY_USAGE: partial(_bits, _KEY_USAGES),
    oids.PRIVATE_KEY_USAGE_PERIOD: _private_key_usage_period,
    oids.SUBJECT_ALTERNATIVE_NAME: _alternative_names,
    oids.ISSUER_ALTERNATIVE_NAME: _alternative_names,
    oids.BASIC_CONSTRAINTS: _basic_constraints,
    oids.NAME_CONSTRAINTS: _name_constraints,
    oids.CRL_DISTRIBUTION_POINTS: _distribution_points,
    oids.CERTIFICATE_POLICIES: policies_text,
    oids.POLICY_MAPPINGS: policy_mappings_text,
    oids.AUTHORITY_KEY_IDENTIFIER: _authority_key_identifier,
    oids.POLICY_CONSTRAINTS: policy_constraints_text,
    oids.ENHANCED_KEY_USAGE: _enhanced_key_usage,
    oids.FRESHEST_CRL: _distribution_points,
    oids.INHIBIT_ANY_POLICY: _integer,
    oids.AUTHORITY_INFORMATION_ACCESS: _access,
    oids.SUBJECT_INFORMATION_ACCESS: _access,
    oids.TLS_FEATURE: _tls_features,
    oids.OCSP_NO_CHECK: _no_check,
    oids.SIGNED_CERTIFICATE_TIMESTAMPS: timestamps_text,
    "1.3.6.1.4.1.11129.2.4.3": _poison,
    "1.3.6.1.4.1.11129.2.4.5": timestamps_text,
    "2.5.29.20": _integer,
    "2.5.29.27": _integer,
    "2.5.29.29": _alternative_names,
    "1.2.643.100.111": partial(_text, der.UTF8_STRING),
    "1.2.643.100.112": _issuer_sign_tool,
    "2.16.840.1.113730.1.1": partial(_bits, _NETSCAPE_TYPES),
    **{f"2.16.840.1.113730.1.{number}": partial(_text, der.IA5_STRING) for number in (2, 3, 4, 7, 8, 12, 13)},
}
