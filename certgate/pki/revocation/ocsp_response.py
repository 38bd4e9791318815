"""An OCSP response as its bytes say it (RFC 6960 section 4.2.1); what it is worth is decided in `ocsp`.

Takes DER only, and of that nothing unusual: OpenSSL checks the signature on what it would have written itself.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from certgate.pki import der, names
from certgate.pki.der import DerError, Node

if TYPE_CHECKING:
    from datetime import datetime

STATUSES = {
    0: "successful",
    1: "malformedRequest",
    2: "internalError",
    3: "tryLater",
    5: "sigRequired",
    6: "unauthorized",
}
GOOD, REVOKED, UNKNOWN = 0x80, 0xA1, 0x82
"""The tags of the three statuses of a certificate."""

MAX_SINGLES = 1_000
MAX_CERTIFICATES = 100
"""SECURITY: bounds on the work that one answer can cause."""

_NULL = b"\x05\x00"
_TRUE = b"\x01\x01\xff"
_BASIC = "1.3.6.1.5.5.7.48.1.1"
_NONCE = "1.3.6.1.5.5.7.48.1.2"


class TooManyError(DerError):
    """A response that others may read, but is beyond certgate's own bounds."""


class Single(NamedTuple):
    """What is said of one certificate: `issuer` is a digest and the issuer's name and key under it.

    `revoked` and `reason` belong to the status REVOKED.
    """

    issuer: tuple[str, bytes, bytes]
    serial: bytes
    status: int
    this_update: datetime
    next_update: datetime | None
    revoked: datetime | None = None
    reason: int | None = None


class Basic(NamedTuple):
    """A basic response. Its signer is meant by `name`, in the form in which names are compared, or by `key_hash`."""

    signed: bytes
    algorithm: bytes
    signature: bytes
    name: tuple[object, ...] | None
    key_hash: bytes
    singles: tuple[Single, ...]
    nonce: bool
    certificates: tuple[bytes, ...]


def read_response(body: bytes) -> tuple[int, Basic | None]:
    """The status of a response, and the basic response in it if it has one, whatever the status. Raises DerError."""
    status, *rest = der.read(body).expect(der.SEQUENCE).children(2)
    code = der.integer(status.expect(der.ENUMERATED).content)
    if not rest:
        return code, None
    kind, response = _exactly(_inside(rest[0], 0xA0).expect(der.SEQUENCE), 2)
    if der.oid(kind.expect(der.OID).content) != _BASIC:
        raise DerError("an answer of an unknown type")
    return code, _basic(der.read(response.expect(der.OCTET_STRING).content).expect(der.SEQUENCE))


def _basic(node: Node) -> Basic:
    signed, algorithm, signature, *more = node.children(4)
    next(iter(algorithm.expect(der.SEQUENCE)), algorithm).expect(der.OID)
    bits, unused = der.bit_string(signature.expect(der.BIT_STRING).content)
    if unused:
        raise DerError("a signature that is no whole number of bytes")
    parts = signed.expect(der.SEQUENCE).children(5)
    if parts and parts[0].tag == 0xA0:
        der.integer(_inside(parts.pop(0), 0xA0).expect(der.INTEGER).content)
    if len(parts) < 3:
        raise DerError("a response without signer, date or answers")
    responder, produced, singles, *rest = parts
    der.time(produced.expect(der.GENERALIZED_TIME))
    name, key_hash = _responder(responder)
    extensions = [oid for part in rest for oid in _extensions(part)]
    certificates = [_bounded(_inside(part, 0xA0), MAX_CERTIFICATES, "certificates") for part in more]
    answers = tuple(map(_single, _bounded(singles, MAX_SINGLES, "answers")))
    if not answers:
        raise DerError("a response without answers")
    return Basic(
        signed.raw,
        algorithm.raw,
        bits,
        name,
        key_hash,
        answers,
        _NONCE in extensions,
        tuple(one.raw for sent in certificates for one in sent),
    )


def _bounded(node: Node, most: int, what: str) -> list[Node]:
    """The values of a SEQUENCE. Raises TooManyError where there are more than certgate reads."""
    found = list(islice(node.expect(der.SEQUENCE), most + 1))
    if len(found) > most:
        raise TooManyError(f"more than {most:,} {what}")
    return found


def _responder(node: Node) -> tuple[tuple[object, ...] | None, bytes]:
    if node.tag == 0xA1:
        return names.canonical(_inside(node, 0xA1).raw), b""
    return None, _inside(node, 0xA2).expect(der.OCTET_STRING).content


def _single(node: Node) -> Single:
    identifier, status, this_update, *rest = node.expect(der.SEQUENCE).children(5)
    algorithm, name_hash, key_hash, serial = _exactly(identifier.expect(der.SEQUENCE), 4)
    kind, *parameters = algorithm.expect(der.SEQUENCE).children(2)
    if any(one.raw != _NULL for one in parameters):
        raise DerError("a digest with parameters")
    number = serial.expect(der.INTEGER).content
    der.integer(number)
    next_update = None
    if rest and rest[0].tag == 0xA0:
        next_update = der.time(_inside(rest.pop(0), 0xA0).expect(der.GENERALIZED_TIME))
    for part in rest:
        _extensions(part)
    revoked, reason = _status(status)
    return Single(
        (
            der.oid(kind.expect(der.OID).content),
            name_hash.expect(der.OCTET_STRING).content,
            key_hash.expect(der.OCTET_STRING).content,
        ),
        number,
        status.tag,
        der.time(this_update.expect(der.GENERALIZED_TIME)),
        next_update,
        revoked,
        reason,
    )


def _status(node: Node) -> tuple[datetime | None, int | None]:
    """When and why a certificate was revoked; nothing for the other statuses."""
    if node.tag in (GOOD, UNKNOWN):
        if node.content:
            raise DerError("a status with content")
        return None, None
    revoked, *reason = node.expect(REVOKED).children(2)
    code = der.integer(_inside(reason[0], 0xA0).expect(der.ENUMERATED).content) if reason else None
    return der.time(revoked.expect(der.GENERALIZED_TIME)), code


def _extensions(node: Node) -> list[str]:
    """The object identifiers of extensions; what they say does not count here."""
    found = []
    for extension in _inside(node, 0xA1).expect(der.SEQUENCE):
        oid, *critical, value = extension.expect(der.SEQUENCE).children(3)
        value.expect(der.OCTET_STRING)
        if any(flag.raw != _TRUE for flag in critical):
            raise DerError("a criticality that is not simply true")
        found.append(der.oid(oid.expect(der.OID).content))
    return found


def _inside(node: Node, tag: int) -> Node:
    """The value in an explicit tag."""
    return _exactly(node.expect(tag), 1)[0]


def _exactly(node: Node, count: int) -> list[Node]:
    children = node.children(count)
    if len(children) != count:
        raise DerError(f"{len(children)} values where {count} belong")
    return children
