"""The outer shape of a certificate (RFC 5280 section 4.1): where its parts lie, found in one scan.

Refuses what .NET on Linux refuses to load, which is what OpenSSL's reader refuses: the shape, names whose strings
cannot be read, but neither odd dates nor the content of keys and extensions. Knows nothing of what the parts mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.pki import der, names
from certgate.pki.der import DerError, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_EXTENSIONS = 1_000
"""SECURITY: real certificates have about ten; the bound keeps later look-ups cheap."""

_VERSION = 0xA0
_ISSUER_ID = 0x81
_SUBJECT_ID = 0x82
_EXTENSIONS = 0xA3


class Outline(NamedTuple):
    """The parts of a certificate as nodes of its DER; `version` and `extensions` are None where they are left out."""

    whole: Node
    tbs: Node
    version: Node | None
    serial: Node
    issuer: Node
    not_before: Node
    not_after: Node
    subject: Node
    public_key: Node
    extensions: tuple[Node, ...]
    algorithm: Node
    signature: Node


def scan(data: bytes) -> Outline:
    """The outline of the certificate that `data` starts with. Raises DerError where .NET would not load it."""
    whole = der.read(data).expect(der.SEQUENCE)
    tbs, algorithm, signature = _exactly(whole, 3)
    _algorithm(algorithm)
    der.bit_string(signature.expect(der.BIT_STRING).content)
    parts = iter(tbs.expect(der.SEQUENCE).children())
    version, serial = _version_and_serial(parts)
    inner, issuer, validity, subject, public_key = (_next(parts) for _ in range(5))
    _algorithm(inner)
    names.check(issuer)
    names.check(subject)
    not_before, not_after = _validity(validity)
    _public_key(public_key)
    extensions = _trailing(parts)
    return Outline(
        whole,
        tbs,
        version,
        serial,
        issuer,
        not_before,
        not_after,
        subject,
        public_key,
        extensions,
        inner,
        signature,
    )


def _exactly(node: Node, count: int) -> list[Node]:
    children = node.children(count)
    if len(children) != count:
        raise DerError(f"{len(children)} values where {count} belong")
    return children


def _next(parts: Iterator[Node]) -> Node:
    node = next(parts, None)
    if node is None:
        raise DerError("a part is missing")
    return node


def _version_and_serial(parts: Iterator[Node]) -> tuple[Node | None, Node]:
    first = _next(parts)
    version = None
    if first.tag == _VERSION:
        [version] = _exactly(first, 1)
        der.integer(version.expect(der.INTEGER).content)
        first = _next(parts)
    der.integer(first.expect(der.INTEGER).content)
    return version, first


def _algorithm(node: Node) -> None:
    children = node.expect(der.SEQUENCE).children(2)
    if not children:
        raise DerError("an algorithm without identifier")
    der.oid(children[0].expect(der.OID).content)
    for parameters in children[1:]:
        der.check(parameters)


def _validity(node: Node) -> tuple[Node, Node]:
    not_before, not_after = _exactly(node.expect(der.SEQUENCE), 2)
    for time in (not_before, not_after):
        if time.tag not in (der.UTC_TIME, der.GENERALIZED_TIME):
            raise DerError("a validity that is no time")
    return not_before, not_after


def _public_key(node: Node) -> None:
    algorithm, key = _exactly(node.expect(der.SEQUENCE), 2)
    _algorithm(algorithm)
    der.bit_string(key.expect(der.BIT_STRING).content)


def _trailing(parts: Iterator[Node]) -> tuple[Node, ...]:
    """The extensions, after the two unique identifiers that may stand before them."""
    allowed = [_ISSUER_ID, _SUBJECT_ID, _EXTENSIONS]
    extensions: tuple[Node, ...] = ()
    for node in parts:
        if node.tag not in allowed:
            raise DerError(f"tag 0x{node.tag:02X} has no place in a certificate")
        del allowed[: allowed.index(node.tag) + 1]
        if node.tag == _EXTENSIONS:
            extensions = _extensions(node)
        else:
            der.bit_string(node.content)
    return extensions


def _extensions(node: Node) -> tuple[Node, ...]:
    [listed] = _exactly(node, 1)
    extensions = tuple(listed.expect(der.SEQUENCE).children(MAX_EXTENSIONS))
    for extension in extensions:
        read_extension(extension)
    return extensions


def read_extension(node: Node) -> tuple[str, bool, bytes]:
    """Object identifier, criticality and value of one extension."""
    children = node.expect(der.SEQUENCE).children(3)
    if len(children) < 2:
        raise DerError("an extension without value")
    oid = der.oid(children[0].expect(der.OID).content)
    critical = len(children) == 3 and der.boolean(children[1].expect(der.BOOLEAN).content)
    return oid, critical, children[-1].expect(der.OCTET_STRING).content
