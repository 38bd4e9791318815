"""The outer shape of a certificate (RFC 5280 section 4.1): where its parts lie, found in one scan.

Refuses what .NET on Linux refuses to load, which is what OpenSSL's reader refuses: the shape, names whose strings
cannot be read, but neither odd dates nor the content of keys and extensions. Knows nothing of what the parts mean.

Certificates of one authority have most of their parts in common, so parts that have been read are remembered by their
bytes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.pki import der, names
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from certgate.pki.der import Node
    from certgate.pki.names import CanonicalName

MAX_EXTENSIONS = 1_000
"""SECURITY: real certificates have about ten; the bound keeps later look-ups cheap."""
_MAX_REMEMBERED = 512
"""SECURITY: the most bytes of a part that is remembered, so that strangers cannot fill the memory."""

_VERSION = 0xA0
_VERSION_3 = bytes.fromhex("a003020102")
_ISSUER_ID = 0x81
_SUBJECT_ID = 0x82
_EXTENSIONS = 0xA3


class Algorithm(NamedTuple):
    """An AlgorithmIdentifier: its DER, its object identifier, and its parameters in DER where there are some."""

    raw: bytes
    oid: str
    parameters: bytes | None


class RawExtension:
    """One extension; `value` is the content of its OCTET STRING.

    `decoded` and `sane` are for others to keep what they found out about it: equal bytes are one object, as far as they
    are remembered. It is compared as the object that it is.
    """

    __slots__ = ("critical", "decoded", "head", "oid", "sane", "value")

    def __init__(self, oid: str, critical: bool, value: bytes) -> None:
        self.oid = oid
        self.critical = critical
        self.value = value
        self.head = oid, critical
        self.decoded: object = None
        self.sane: bool | None = None


class Outline(NamedTuple):
    """The parts of a certificate: small ones as bytes, in DER where nothing else is said, large ones as slices of it.

    `serial` is the content of the number. The names are there twice, once in the form in which names are compared.
    `validity` has tag and content of both dates. `signature` is the content of the BIT STRING, `outer_algorithm` the
    one that stands before it.
    """

    end: int
    tbs: slice
    version: int
    serial: bytes
    algorithm: Algorithm
    issuer: bytes
    compared_issuer: CanonicalName
    validity: tuple[int, bytes, int, bytes]
    subject: bytes
    compared_subject: CanonicalName
    spki: bytes
    key_algorithm: Algorithm
    key: slice
    extensions: tuple[RawExtension, ...]
    outer_algorithm: Algorithm
    signature: slice


def scan(data: bytes) -> Outline:
    """The outline of the certificate that `data` starts with. Raises DerError where .NET would not load it."""
    start, end = der.contents(data, 0, len(data), der.SEQUENCE)
    at, tbs_end = der.contents(data, start, end, der.SEQUENCE)
    outer_algorithm, bits = _algorithm(data, tbs_end, end)
    signature = _bits(data, bits, end)
    version, at = _version(data, at, tbs_end)
    serial, at = _serial(data, at, tbs_end)
    algorithm, at = _algorithm(data, at, tbs_end)
    issuer, compared_issuer, at = _name(data, at, tbs_end)
    validity, at = _validity(data, at, tbs_end)
    subject, compared_subject, at = _name(data, at, tbs_end)
    inside, stop = der.contents(data, at, tbs_end, der.SEQUENCE)
    key_algorithm, bits = _algorithm(data, inside, stop)
    key = _bits(data, bits, stop)
    return Outline(
        end,
        slice(start, tbs_end),
        version,
        serial,
        algorithm,
        issuer,
        compared_issuer,
        validity,
        subject,
        compared_subject,
        data[at:stop],
        key_algorithm,
        key,
        _trailing(data, stop, tbs_end) if stop < tbs_end else (),
        outer_algorithm,
        signature,
    )


def _last(stop: int, end: int) -> None:
    if stop != end:
        raise DerError("more values than belong there")


def _algorithm(data: bytes, at: int, end: int) -> tuple[Algorithm, int]:
    _, stop = der.contents(data, at, end, der.SEQUENCE)
    raw = data[at:stop]
    return _remembered_algorithm(raw) if len(raw) <= _MAX_REMEMBERED else _read_algorithm(raw), stop


def _read_algorithm(raw: bytes) -> Algorithm:
    children = der.read(raw).children(2)
    if not children:
        raise DerError("an algorithm without identifier")
    oid = der.oid(children[0].expect(der.OID).content)
    return Algorithm(raw, oid, der.check(children[1]).raw if len(children) > 1 else None)


_remembered_algorithm = lru_cache(maxsize=128)(_read_algorithm)


def _bits(data: bytes, at: int, end: int) -> slice:
    """The content of the BIT STRING that stands last."""
    content, stop = der.contents(data, at, end, der.BIT_STRING)
    _last(stop, end)
    if content == stop or data[content]:
        der.bit_string(data[content:stop])
    return slice(content, stop)


def _version(data: bytes, at: int, end: int) -> tuple[int, int]:
    """The version, 1 where none is given, and where the serial number stands."""
    if data[at : at + 5] == _VERSION_3 and at + 5 <= end:
        return 3, at + 5
    if data[at : at + 1] != b"\xa0":
        return 1, at
    inside, stop = der.contents(data, at, end, _VERSION)
    content, last = der.contents(data, inside, stop, der.INTEGER)
    _last(last, stop)
    return der.integer(data[content:last]) + 1, stop


def _serial(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    content, stop = der.contents(data, at, end, der.INTEGER)
    serial = data[content:stop]
    der.integer(serial)
    return serial, stop


def _name(data: bytes, at: int, end: int) -> tuple[bytes, CanonicalName, int]:
    _, stop = der.contents(data, at, end, der.SEQUENCE)
    raw = data[at:stop]
    return raw, names.check(raw), stop


def _validity(data: bytes, at: int, end: int) -> tuple[tuple[int, bytes, int, bytes], int]:
    inside, stop = der.contents(data, at, end, der.SEQUENCE)
    first, start, between = der.header(data, inside, stop)
    last, second, finish = der.header(data, between, stop)
    _last(finish, stop)
    for tag in (first, last):
        if tag not in (der.UTC_TIME, der.GENERALIZED_TIME):
            raise DerError("a validity that is no time")
    return (first, data[start:between], last, data[second:finish]), stop


def _trailing(data: bytes, at: int, end: int) -> tuple[RawExtension, ...]:
    """The extensions, after the two unique identifiers that may stand before them."""
    allowed = [_ISSUER_ID, _SUBJECT_ID, _EXTENSIONS]
    extensions: tuple[RawExtension, ...] = ()
    while at < end:
        tag, content, stop = der.header(data, at, end)
        if tag not in allowed:
            raise DerError(f"tag 0x{tag:02X} has no place in a certificate")
        del allowed[: allowed.index(tag) + 1]
        if tag == _EXTENSIONS:
            extensions = _extensions(data, content, stop)
        else:
            der.bit_string(data[content:stop])
        at = stop
    return extensions


def _extensions(data: bytes, at: int, end: int) -> tuple[RawExtension, ...]:
    at, stop = der.contents(data, at, end, der.SEQUENCE)
    _last(stop, end)
    found: list[RawExtension] = []
    while at < end:
        # What `der.contents` does first, here without a call: extensions are most of a certificate's values.
        after = at + 2 + data[at + 1] if at + 1 < end and data[at] == der.SEQUENCE and data[at + 1] < 0x80 else 0
        if not 0 < after <= end:
            _, after = der.contents(data, at, end, der.SEQUENCE)
        if len(found) == MAX_EXTENSIONS:
            raise DerError(f"more than {MAX_EXTENSIONS} values in one")
        raw = data[at:after]
        found.append(_remembered_extension(raw) if after - at <= _MAX_REMEMBERED else _read_extension(raw))
        at = after
    return tuple(found)


def read_extension(node: Node) -> tuple[str, bool, bytes]:
    """Object identifier, criticality and value of one extension. Raises DerError."""
    found = _read_extension(node.raw)
    return found.oid, found.critical, found.value


def _read_extension(raw: bytes) -> RawExtension:
    at, end = der.contents(raw, 0, len(raw), der.SEQUENCE)
    content, at = der.contents(raw, at, end, der.OID)
    oid = der.oid(raw[content:at])
    if at == end:
        raise DerError("an extension without value")
    tag, content, stop = der.header(raw, at, end)
    critical = stop < end
    if critical:
        if tag != der.BOOLEAN:
            raise DerError(f"tag 0x{tag:02X} stands where 0x{der.BOOLEAN:02X} belongs")
        critical = der.boolean(raw[content:stop])
        content, stop = der.contents(raw, stop, end, der.OCTET_STRING)
        _last(stop, end)
    elif tag != der.OCTET_STRING:
        raise DerError(f"tag 0x{tag:02X} stands where 0x{der.OCTET_STRING:02X} belongs")
    return RawExtension(oid, critical, raw[content:stop])


_remembered_extension = lru_cache(maxsize=1024)(_read_extension)
