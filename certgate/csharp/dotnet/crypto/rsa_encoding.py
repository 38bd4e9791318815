"""The paddings of RSA that need random bytes, which come from the run: PKCS#1 encryption, OAEP and PSS (RFC 8017).

They are made here so that the same run gives the same bytes each time; what needs no randomness is the library's.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[int], bytes]


class TooLong(Exception):
    """The message does not fit into the key."""


def pkcs1(message: bytes, size: int, draw: Draw) -> int:
    """Section 7.2.1; `size` is the modulus in bytes."""
    count = size - len(message) - 3
    if count < 8:
        raise TooLong
    filler = b""
    while len(filler) < count:
        filler += draw(count - len(filler)).replace(b"\0", b"")
    return int.from_bytes(b"\0\2" + filler + b"\0" + message, "big")


def oaep(message: bytes, size: int, digest: str, draw: Draw) -> int:
    """Section 7.1.1, without a label."""
    width = hashlib.new(digest, usedforsecurity=False).digest_size
    gap = size - len(message) - 2 * width - 2
    if gap < 0:
        raise TooLong
    data = _digest(b"", digest) + bytes(gap) + b"\1" + message
    seed = draw(width)
    masked = _xor(data, _mask(seed, len(data), digest))
    return int.from_bytes(b"\0" + _xor(seed, _mask(masked, width, digest)) + masked, "big")


def pss(hashed: bytes, bits: int, digest: str, draw: Draw) -> int:
    """Section 9.1.1 with a salt as long as the digest; `bits` is the size of the modulus."""
    width = len(hashed)
    length = (bits - 1 + 7) // 8
    gap = length - 2 * width - 2
    if gap < 0:
        raise TooLong
    salt = draw(width)
    sealed = _digest(bytes(8) + hashed + salt, digest)
    masked = bytearray(_xor(bytes(gap) + b"\1" + salt, _mask(sealed, length - width - 1, digest)))
    masked[0] &= 0xFF >> (8 * length - (bits - 1))
    return int.from_bytes(bytes(masked) + sealed + b"\xbc", "big")


def _mask(seed: bytes, length: int, digest: str) -> bytes:
    """MGF1, appendix B.2.1."""
    found = b""
    while len(found) < length:
        found += _digest(seed + (len(found) // len(_digest(b"", digest))).to_bytes(4, "big"), digest)
    return found[:length]


def _digest(data: bytes, digest: str) -> bytes:
    return hashlib.new(digest, data, usedforsecurity=False).digest()


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(left, right, strict=True))
