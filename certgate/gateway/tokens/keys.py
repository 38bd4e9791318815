"""Keys that tokens are signed and encrypted with: from a policy's text, an uploaded certificate, or a set of JSON keys.

SECURITY: a key shows itself nowhere. A secret is only ever used for a secret's algorithms, a public key for its own.
"""

from __future__ import annotations

import base64
import binascii
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.pki.certificate import Certificate

MAX_KEYS = 200
"""SECURITY: the most keys of a set."""
MAX_NUMBER = 2048
"""SECURITY: bytes of a number in a key; what a signature costs grows with its third power."""


class TooMany(Exception):
    """A set has more keys than certgate reads. SECURITY: the one that fits could be among the rest."""


class Family(StrEnum):
    SECRET = "secret"  # noqa: S105 - a kind of key
    RSA = "rsa"
    EC = "ec"


@frozen
class Key:
    """`ids` are what a token's ``kid`` or ``x5t`` may call it. `any_case`: they are compared without regard to case."""

    family: Family
    value: Any = field(repr=False)
    ids: tuple[str, ...] = ()
    any_case: bool = False

    def called(self, names: set[str]) -> bool:
        """Whether one of these names is meant."""
        if self.any_case:
            return any(name.lower() == own.lower() for name in names for own in self.ids)
        return any(own in names for own in self.ids)


def secret(text: str, identifier: str | None = None) -> Key | None:
    """A secret in base64; None for a text that is none."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Key(Family.SECRET, data, _ids(identifier)) if data else None


def numbers(modulus: str, exponent: str, identifier: str | None = None) -> Key | None:
    """An RSA key of two numbers in base64url; None where they make no key."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    try:
        return Key(Family.RSA, RSAPublicNumbers(_number(exponent), _number(modulus)).public_key(), _ids(identifier))
    except ValueError:
        return None


def of_certificate(certificate: Certificate, identifier: str | None = None) -> Key | None:
    """The public key of a certificate, called by its thumbprint as .NET has it; None for one of another kind."""
    from certgate.pki.public_keys import public_key

    return _public(public_key(certificate.public_key.spki), _thumbprints(certificate.thumbprint, identifier))


def private(certificate: Certificate, identifier: str | None = None) -> Key | None:
    """The private RSA key of a certificate; None where nobody has it."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from certgate.csharp.dotnet.crypto.asymmetric import private_key

    if certificate.private_key is None:
        return None
    try:
        key = private_key(certificate.private_key.open())
    except ValueError:
        return None
    if not isinstance(key, RSAPrivateKey):
        return None
    return Key(Family.RSA, key, _thumbprints(certificate.thumbprint, identifier), any_case=True)


@lru_cache(maxsize=32)
def key_set(data: bytes) -> tuple[Key, ...]:
    """The keys of a JSON Web Key Set that can check signatures; those that cannot be used are left out. ValueError;
    TooMany."""
    import json

    try:
        rows = json.loads(data)["keys"]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("no key set") from error
    if not isinstance(rows, list):
        raise ValueError("no key set")
    if len(rows) > MAX_KEYS:
        raise TooMany
    found = (_json_key(row) for row in rows if isinstance(row, dict) and row.get("use") in (None, "", "sig"))
    return tuple(key for key in found if key is not None)


def _json_key(row: dict[str, Any]) -> Key | None:
    texts = {name: value for name, value in row.items() if isinstance(value, str)}
    identifier = texts.get("kid")
    match texts.get("kty"):
        case "RSA" if "n" in texts and "e" in texts:
            return numbers(texts["n"], texts["e"], identifier)
        case "EC" if "x" in texts and "y" in texts:
            return _point(texts, identifier)
        case "oct" if "k" in texts:
            return secret(_standard(texts["k"]), identifier)
    chain = row.get("x5c")
    return _of_chain(chain[0], identifier) if isinstance(chain, list) and chain and isinstance(chain[0], str) else None


def _of_chain(text: str, identifier: str | None) -> Key | None:
    from certgate.core.errors import CertgateError
    from certgate.pki.certificate import Certificate
    from certgate.pki.public_keys import public_key

    try:
        certificate = Certificate(base64.b64decode(text, validate=True))
        return _public(public_key(certificate.public_key.spki), _ids(identifier) or (certificate.thumbprint,))
    except (CertgateError, ValueError):
        return None


def _point(texts: dict[str, str], identifier: str | None) -> Key | None:
    from cryptography.hazmat.primitives.asymmetric import ec

    curves: dict[str, Callable[[], ec.EllipticCurve]] = {
        "P-256": ec.SECP256R1,
        "P-384": ec.SECP384R1,
        "P-521": ec.SECP521R1,
    }
    curve = curves.get(texts.get("crv", ""))
    if curve is None:
        return None
    try:
        point = ec.EllipticCurvePublicNumbers(_number(texts["x"]), _number(texts["y"]), curve()).public_key()
    except ValueError:
        return None
    return Key(Family.EC, point, _ids(identifier))


def _public(key: Any, ids: tuple[str, ...]) -> Key | None:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, rsa.RSAPublicKey):
        return Key(Family.RSA, key, ids, any_case=True)
    return Key(Family.EC, key, ids, any_case=True) if isinstance(key, ec.EllipticCurvePublicKey) else None


def _thumbprints(thumbprint: str, identifier: str | None) -> tuple[str, ...]:
    """What .NET calls the key of a certificate: the thumbprint, in hexadecimal (``kid``) and in base64url (``x5t``)."""
    short = base64.urlsafe_b64encode(bytes.fromhex(thumbprint)).decode().rstrip("=")
    return _ids(identifier) or (thumbprint, short)


def base64url(text: str) -> bytes:
    """What a part of a token holds. ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _ids(identifier: str | None) -> tuple[str, ...]:
    return (identifier,) if identifier else ()


def _standard(text: str) -> str:
    plain = text.translate(str.maketrans("-_", "+/")).rstrip("=")
    return plain + "=" * (-len(plain) % 4)


def _number(text: str) -> int:
    """A number in base64url. ValueError."""
    data = base64.b64decode(_standard(text), validate=True)
    if not 0 < len(data) <= MAX_NUMBER:
        raise ValueError(len(data))
    return int.from_bytes(data)
