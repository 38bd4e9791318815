"""A small, bounded reader for DER (X.690): tags, lengths and the primitive values that certificates are made of.

Knows nothing of certificates. Refuses what is not DER in length or shape; never reads outside the bytes it was given.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 64
"""How deep values may be nested. SECURITY: keeps every recursive reader within Python's own stack."""
MAX_CHILDREN = 100_000
"""How many values `Node.children` lists. SECURITY: a bound on memory; iterate over a node for longer lists."""
MAX_OID_BYTES = 4096
MAX_ARC_BYTES = 256

BOOLEAN = 0x01
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
NULL = 0x05
OID = 0x06
ENUMERATED = 0x0A
UTF8_STRING = 0x0C
NUMERIC_STRING = 0x12
PRINTABLE_STRING = 0x13
T61_STRING = 0x14
IA5_STRING = 0x16
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
VISIBLE_STRING = 0x1A
UNIVERSAL_STRING = 0x1C
BMP_STRING = 0x1E
SEQUENCE = 0x30
SET = 0x31

_CONSTRUCTED = 0x20
_HIGH_TAG = 0x1F


class DerError(ValueError):
    """The bytes are not the DER that was asked for."""


class Node:
    """One value of an encoding: `tag` is its identifier byte; the others are offsets in `data`."""

    __slots__ = ("content_start", "data", "depth", "end", "start", "tag")

    def __init__(self, data: bytes, tag: int, start: int, content_start: int, end: int, depth: int = 0) -> None:
        self.data = data
        self.tag = tag
        self.start = start
        self.content_start = content_start
        self.end = end
        self.depth = depth

    def __repr__(self) -> str:
        return f"Node(tag=0x{self.tag:02X}, start={self.start}, length={self.end - self.content_start})"

    @property
    def content(self) -> bytes:
        """The bytes after tag and length."""
        return self.data[self.content_start : self.end]

    @property
    def raw(self) -> bytes:
        """The whole encoding, tag and length included."""
        return self.data[self.start : self.end]

    @property
    def constructed(self) -> bool:
        return bool(self.tag & _CONSTRUCTED)

    def __iter__(self) -> Iterator[Node]:
        """The values inside, read one by one. Raises DerError for a primitive value or a broken encoding."""
        if not self.tag & _CONSTRUCTED:
            raise DerError(f"tag 0x{self.tag:02X} holds no other values")
        depth = self.depth + 1
        if depth > MAX_DEPTH:
            raise DerError(f"nested deeper than {MAX_DEPTH}")
        at, end, data = self.content_start, self.end, self.data
        while at < end:
            node = read(data, at, end)
            node.depth = depth
            yield node
            at = node.end

    def children(self, limit: int = MAX_CHILDREN) -> list[Node]:
        """The values inside, at most `limit` of them. Raises DerError as iteration does, or where there are more."""
        if not self.tag & _CONSTRUCTED:
            raise DerError(f"tag 0x{self.tag:02X} holds no other values")
        depth = self.depth + 1
        if depth > MAX_DEPTH:
            raise DerError(f"nested deeper than {MAX_DEPTH}")
        at, end, data = self.content_start, self.end, self.data
        found: list[Node] = []
        while at < end:
            tag, content, stop = header(data, at, end)
            if len(found) == limit:
                raise DerError(f"more than {limit} values in one")
            found.append(Node(data, tag, at, content, stop, depth))
            at = stop
        return found

    def expect(self, tag: int) -> Node:
        """This node, or DerError when its tag is another."""
        if self.tag != tag:
            raise DerError(f"tag 0x{self.tag:02X} stands where 0x{tag:02X} belongs")
        return self


def read(data: bytes, offset: int = 0, end: int | None = None) -> Node:
    """The value that starts at `offset` and lies within ``data[:end]``.

    Raises DerError: truncated, a length past the end, an indefinite or overlong length, a tag number above 30.
    """
    tag, content, stop = header(data, offset, len(data) if end is None else end)
    return Node(data, tag, offset, content, stop)


def header(data: bytes, offset: int, end: int) -> tuple[int, int, int]:
    """What `read` finds, for those who need no node: the tag, and where the content begins and ends."""
    content = offset + 2
    if content > end:
        raise DerError("ends inside a tag or length")
    tag, length = data[offset], data[offset + 1]
    if tag & _HIGH_TAG == _HIGH_TAG:
        raise DerError("a tag number above 30")
    if length >= 0x80:
        length, content = _long_length(data, content, length & 0x7F, end)
    stop = content + length
    if stop > end:
        raise DerError("a length reaches past the end")
    return tag, content, stop


def contents(data: bytes, offset: int, end: int, tag: int) -> tuple[int, int]:
    """Where the content of the value at `offset`, which must have this tag, begins and ends. Raises DerError."""
    content = offset + 2
    if content <= end and data[offset] == tag:
        # What `header` does, for the lengths that are usual.
        length = data[offset + 1]
        if length < 0x80 and content + length <= end:
            return content, content + length
    if offset == end:
        raise DerError("a part is missing")
    found, content, stop = header(data, offset, end)
    if found != tag:
        raise DerError(f"tag 0x{found:02X} stands where 0x{tag:02X} belongs")
    return content, stop


def _long_length(data: bytes, offset: int, size: int, end: int) -> tuple[int, int]:
    if size == 0:
        raise DerError("an indefinite length")
    if size > 4 or offset + size > end:
        raise DerError("a length reaches past the end")
    length = int.from_bytes(data[offset : offset + size], "big")
    if length < 0x80 or length >> (8 * (size - 1)) == 0:
        raise DerError("a length longer than it needs to be")
    return length, offset + size


def read_only(data: bytes, tag: int | None = None) -> Node:
    """The one value that `data` consists of. Raises DerError when bytes follow it or its tag is another."""
    node = read(data)
    if node.end != len(data):
        raise DerError(f"{len(data) - node.end} bytes follow the value")
    return node if tag is None else node.expect(tag)


def wrap(tag: int, content: bytes) -> bytes:
    """The encoding of one value."""
    size = len(content)
    length = bytes([size]) if size < 0x80 else size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, *([0x80 | len(length)] if size >= 0x80 else [])]) + length + content


@lru_cache(maxsize=512)
def oid(content: bytes) -> str:
    """The dotted text of an object identifier's content."""
    if not content or content[-1] & 0x80 or len(content) > MAX_OID_BYTES:
        raise DerError("a broken object identifier")
    arcs: list[int] = []
    for encoded in _arcs(content):
        if encoded[0] == 0x80 or len(encoded) > MAX_ARC_BYTES:
            raise DerError("a broken object identifier")
        value = 0
        for byte in encoded:
            value = value << 7 | byte & 0x7F
        arcs.append(value)
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def _arcs(content: bytes) -> Iterator[bytes]:
    start = 0
    for at, byte in enumerate(content):
        if not byte & 0x80:
            yield content[start : at + 1]
            start = at + 1


def integer(content: bytes) -> int:
    """The value of an INTEGER's or ENUMERATED's content, two's complement; DerError when empty or padded."""
    if not content:
        raise DerError("an empty integer")
    if len(content) > 1 and (content[0], content[1] >> 7) in ((0x00, 0), (0xFF, 1)):
        raise DerError("a padded integer")
    return int.from_bytes(content, "big", signed=True)


def boolean(content: bytes) -> bool:
    """The value of a BOOLEAN's content; every non-zero byte is true, as OpenSSL reads it."""
    if len(content) != 1:
        raise DerError("a boolean of another length than 1")
    return content != b"\0"


def bit_string(content: bytes) -> tuple[bytes, int]:
    """The bytes of a BIT STRING's content and how many bits of the last one are unused; unused bits read as 0."""
    if not content or content[0] > 7 or (len(content) == 1 and content[0]):
        raise DerError("a broken bit string")
    unused, bits = content[0], content[1:]
    if unused:
        bits = bits[:-1] + bytes([bits[-1] & (0xFF << unused)])
    return bits, unused


def named_bits(content: bytes) -> frozenset[int]:
    """The numbers of the bits that are set in a BIT STRING's content; bit 0 is the first."""
    bits, _ = bit_string(content)
    return frozenset(8 * at + bit for at, byte in enumerate(bits) for bit in range(8) if byte & (0x80 >> bit))


def check(node: Node) -> Node:
    """This node, or DerError where it is a primitive universal value whose content breaks the rules of its type."""
    check_content(node.tag, node.content)
    return node


def check_content(tag: int, content: bytes) -> None:
    """The same for a tag and a content."""
    match tag:
        case 0x01:
            boolean(content)
        case 0x02 | 0x0A:
            integer(content)
        case 0x03:
            bit_string(content)
        case 0x05 if content:
            raise DerError("a NULL with content")
        case 0x06:
            oid(content)
        case _ if tag & 0xE0 == _CONSTRUCTED and tag not in (SEQUENCE, SET):
            raise DerError("a value in parts whose type has none")
        case 0x17 if len(content) < 11:
            raise DerError("a UTCTime that is too short")
        case 0x18 if len(content) < 13:
            raise DerError("a GeneralizedTime that is too short")
        case 0x1C if len(content) % 4:
            raise DerError("a UniversalString that is none")
        case 0x1E if len(content) % 2:
            raise DerError("a BMPString that is none")


def time(node: Node) -> datetime:
    """A UTCTime (1950 to 2049) or GeneralizedTime as aware UTC; DerError unless it has seconds and ends in ``Z``.

    Source: RFC 5280 section 4.1.2.5.
    """
    return exact_moment(node.tag, node.content)


@lru_cache(maxsize=512)
def exact_moment(tag: int, content: bytes) -> datetime:
    """The same for the content of a value with this tag. Raises DerError.

    SECURITY: the type tells how many digits the year has, as when OpenSSL compares it with the present time.
    """
    if len(content) != {UTC_TIME: 13, GENERALIZED_TIME: 15}.get(tag):
        raise DerError("a time in a form that certificates do not use")
    return moment(tag, content)


@lru_cache(maxsize=512)
def moment(tag: int, content: bytes) -> datetime:
    """The same as .NET reads the dates of a certificate: the length tells which of the two types it is."""
    text = content
    if len(text) == 13:
        text = (b"20" if text[:1] < b"5" else b"19") + text
    if tag not in (UTC_TIME, GENERALIZED_TIME) or len(text) != 15:
        raise DerError("a time in a form that certificates do not use")
    if text[14:] != b"Z" or not text[:14].isdigit():
        raise DerError("a time in a form that certificates do not use")
    try:
        # Later releases of Python read hour 24 as midnight.
        if text[8:10] > b"23":
            raise DerError("a time that does not exist")
        return datetime.fromisoformat(f"{text[:8].decode()}T{text[8:14].decode()}+00:00")
    except ValueError:
        raise DerError("a time that does not exist") from None
