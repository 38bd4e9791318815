"""Encrypted tokens (RFC 7516): the token inside, for the algorithms that the gateway's page and its library name."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.gateway.context.jwt import header_of
from certgate.gateway.tokens.keys import Family, Key, base64url
from certgate.gateway.tokens.reasons import OTHER, Invalid, Unknown, library

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTENT = {"A128CBC-HS256": (16, "sha256"), "A192CBC-HS384": (24, "sha384"), "A256CBC-HS512": (32, "sha512")}
"""The bytes of each of the two keys, and the digest."""
_WRAPS = {"A128KW": 16, "A192KW": 24, "A256KW": 32}
_RSA = ("RSA-OAEP", "RSA1_5")


class _Unfit(Exception):
    """This key does not open it."""


@frozen
class _Sealed:
    algorithm: str
    content: str
    header: bytes
    wrapped: bytes
    vector: bytes
    data: bytes
    tag: bytes


def opened(parts: Sequence[str], keys: Sequence[Key]) -> str | Invalid | Unknown:
    """The token inside a token of five parts."""
    header = header_of(parts[0])
    if header is None:
        return library(OTHER, "IDX10609: Decryption failed. The header is not well formed.")
    algorithm, content = (next(iter(header.get(name, ())), "") for name in ("alg", "enc"))
    if "crit" in header:
        return Unknown("certgate does not open encrypted tokens with members that must be understood (crit)")
    if not keys:
        return library(OTHER, "IDX10609: Decryption failed. No Keys tried.")
    if content not in _CONTENT or algorithm not in ("dir", *_WRAPS, *_RSA) or "zip" in header:
        return Unknown(f"certgate does not open tokens that are encrypted with '{algorithm[:40]}' and '{content[:40]}'")
    try:
        sealed = _Sealed(algorithm, content, parts[0].encode(), *map(base64url, parts[1:]))
    except ValueError:
        return library(OTHER, "IDX10603: Decryption failed.")
    for key in keys:
        try:
            return _unsealed(sealed, key).decode("ascii")
        except (_Unfit, ValueError):
            continue
    return library(OTHER, "IDX10603: Decryption failed.")


def _unsealed(sealed: _Sealed, key: Key) -> bytes:
    """What the key opens. _Unfit, ValueError."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC
    from cryptography.hazmat.primitives.padding import PKCS7

    half, digest = _CONTENT[sealed.content]
    both = _content_key(sealed, key)
    if len(both) != 2 * half:
        raise _Unfit
    covered = sealed.header + sealed.vector + sealed.data + (8 * len(sealed.header)).to_bytes(8)
    if not hmac.compare_digest(hmac.digest(both[:half], covered, digest)[:half], sealed.tag):
        raise _Unfit
    decryptor = Cipher(AES(both[half:]), CBC(sealed.vector)).decryptor()
    padded = decryptor.update(sealed.data) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return unpadder.update(padded) + unpadder.finalize()


def _content_key(sealed: _Sealed, key: Key) -> bytes:
    """_Unfit, ValueError."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    if sealed.algorithm in _RSA:
        if key.family is not Family.RSA:
            raise _Unfit
        return bytes(key.value.decrypt(sealed.wrapped, _padding(sealed.algorithm)))
    if key.family is not Family.SECRET:
        raise _Unfit
    if sealed.algorithm == "dir":
        return bytes(key.value)
    if len(key.value) != _WRAPS[sealed.algorithm]:
        raise _Unfit
    try:
        return aes_key_unwrap(key.value, sealed.wrapped)
    except InvalidUnwrap as error:
        raise _Unfit from error


def _padding(algorithm: str) -> object:
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.hashes import SHA1

    if algorithm == "RSA1_5":
        return padding.PKCS1v15()
    return padding.OAEP(padding.MGF1(SHA1()), SHA1(), None)
