"""The signature of a token: which keys are tried, and what the token library says where none fits.

SECURITY: the algorithm that a token names picks the family of keys that may check it, so that a public key is never
taken for a secret; ``none`` is an algorithm of unsigned tokens only.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from certgate.gateway.context.jwt import Listed
from certgate.gateway.tokens.keys import Family, Key, base64url
from certgate.gateway.tokens.reasons import KEY_NOT_FOUND, SIGNATURE, Invalid, Unknown, library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.gateway.context.jwt import JwtValue

_FAMILIES = {"HS": Family.SECRET, "RS": Family.RSA, "PS": Family.RSA, "ES": Family.EC}
_CURVES = {"ES256": "secp256r1", "ES384": "secp384r1", "ES512": "secp521r1"}
_SIZES = ("256", "384", "512")
SHORTEST_SECRET = 16
"""Bytes: the library refuses shorter ones for every algorithm."""
SHORTEST_RSA = 1024
"""Bits."""


def check(parts: Sequence[str], token: JwtValue, keys: Sequence[Key], *, required: bool) -> Invalid | Unknown | None:
    """What is wrong with the signature of a token in three parts."""
    header, payload, encoded = parts
    if not encoded:
        if not required:
            return None
        return library(SIGNATURE, "IDX10504: Unable to validate signature, token does not have a signature.")
    algorithm = _first(token, "alg")
    if "://" in algorithm:
        return Unknown("certgate does not know algorithms of tokens by their addresses")
    try:
        signature = base64url(encoded)
    except ValueError:
        return library(SIGNATURE, "IDX10503: Signature validation failed.")
    signed = f"{header}.{payload}".encode()
    names = {name for name in (_first(token, "kid"), _first(token, "x5t")) if name}
    matching = [key for key in keys if key.called(names)]
    for key in matching or keys:
        if verifies(algorithm, key, signed, signature):
            return None
    return _refused(keys, matching, _first(token, "kid"))


def _refused(keys: Sequence[Key], matching: Sequence[Key], identifier: str) -> Invalid:
    if not keys:
        text = "IDX10500: Signature validation failed. No security keys were provided to validate the signature."
        return library(KEY_NOT_FOUND, text)
    if matching:
        return library(SIGNATURE, f"IDX10511: Signature validation failed. kid: '{identifier}'.")
    if identifier:
        return library(
            KEY_NOT_FOUND, f"IDX10501: Signature validation failed. Unable to match keys: kid: '{identifier}'."
        )
    return library(SIGNATURE, "IDX10503: Signature validation failed.")


def verifies(algorithm: str, key: Key, signed: bytes, signature: bytes) -> bool:
    """Whether this key made the signature."""
    family = _FAMILIES.get(algorithm[:2])
    if key.family is not family or algorithm[2:] not in _SIZES or not _strong(algorithm, key):
        return False
    return bool(_algorithms()[algorithm].verify(signed, key.value, signature))


def _strong(algorithm: str, key: Key) -> bool:
    match key.family:
        case Family.SECRET:
            return len(key.value) >= SHORTEST_SECRET
        case Family.RSA:
            return bool(key.value.key_size >= SHORTEST_RSA)
    return bool(key.value.curve.name == _CURVES[algorithm])


@cache
def _algorithms() -> dict[str, Any]:
    from jwt.algorithms import get_default_algorithms

    return get_default_algorithms()


def _first(token: JwtValue, name: str) -> str:
    """A text of the header. SECURITY: a list is none, so that it names no algorithm."""
    found = token.header.get(name, ())
    return "" if isinstance(found, Listed) else next(iter(found), "")
