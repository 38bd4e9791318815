"""BER to DER (X.690): indefinite lengths, long lengths and strings in pieces, as some makers of PFX and PKCS#7 write.

What is DER already keeps its bytes, so the certificates inside keep their signatures.
"""

from __future__ import annotations

from certgate.pki.der import MAX_DEPTH, OCTET_STRING, DerError

MAX_VALUES = 200_000
"""SECURITY: the most values that one encoding may consist of."""

_CONSTRUCTED = 0x20
_END_OF_CONTENTS = b"\0\0"


def to_der(data: bytes) -> bytes:
    """The first value of `data` in DER. Raises DerError where it is not BER, too deep, or of too many values."""
    return _Converter(data).value(0, len(data), 0)[0]


def header(data: bytes, at: int, end: int) -> tuple[int, int | None, int]:
    """Tag, length (None: indefinite) and the offset of the content. Raises DerError."""
    if at + 2 > end:
        raise DerError("ends inside a tag or length")
    tag, length, content = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise DerError("a tag number above 30")
    if length == 0x80:
        return tag, None, content
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[content : content + size], "big")
        content += size
    if length > end - content:
        raise DerError("a length reaches past the end")
    return tag, length, content


def definite(tag: int, content: bytes) -> bytes:
    """A value with a length in DER's form."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


class _Converter:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.left = MAX_VALUES

    def value(self, at: int, end: int, depth: int) -> tuple[bytes, int]:
        """The value at an offset in DER, and the offset behind it."""
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            raise DerError("nested too deep or of too many values")
        tag, length, content = header(self.data, at, end)
        if not tag & _CONSTRUCTED:
            if length is None:
                raise DerError("an indefinite length without values inside")
            return definite(tag, self.data[content : content + length]), content + length
        parts, after = self.parts(content, length, end, depth)
        if tag == OCTET_STRING | _CONSTRUCTED:
            return definite(OCTET_STRING, b"".join(map(_content, parts))), after
        return definite(tag, b"".join(parts)), after

    def parts(self, at: int, length: int | None, end: int, depth: int) -> tuple[list[bytes], int]:
        """The values inside a constructed one, up to its length or its end-of-contents mark."""
        stop = end if length is None else at + length
        parts: list[bytes] = []
        while at < stop:
            if length is None and self.data[at : at + 2] == _END_OF_CONTENTS:
                return parts, at + 2
            part, at = self.value(at, stop, depth + 1)
            parts.append(part)
        if length is None:
            raise DerError("a length reaches past the end")
        return parts, at


def _content(encoded: bytes) -> bytes:
    """The content of a value in DER."""
    first = encoded[1]
    return encoded[2 if first < 0x80 else 2 + (first & 0x7F) :]
