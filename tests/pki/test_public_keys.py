"""Keys made of their numbers are the keys that cryptography reads, and nothing is accepted that it refuses."""

from __future__ import annotations

import random

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from certgate.pki import der
from certgate.pki.public_keys import public_key


def _encoded(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


P256 = _encoded(ec.derive_private_key(12345, ec.SECP256R1()))
P384 = _encoded(ec.derive_private_key(12345, ec.SECP384R1()))
P521 = _encoded(ec.derive_private_key(12345, ec.SECP521R1()))
OTHER_CURVE = _encoded(ec.derive_private_key(12345, ec.SECP256K1()))
RSA = _encoded(rsa.generate_private_key(65537, 2048))


def _encoding(key: PublicKeyTypes | None) -> bytes | None:
    """The key as cryptography writes it: what two keys are compared by."""
    return key and key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _theirs(spki: bytes) -> bytes | None:
    """What cryptography's own reader makes of it; None where it refuses."""
    try:
        return _encoding(load_der_public_key(spki))
    except (ValueError, UnsupportedAlgorithm):
        return None


def _ours(spki: bytes) -> bytes | None:
    return _encoding(public_key(spki))


def _rsa(modulus: int, exponent: int) -> bytes:
    numbers = b"".join(
        der.wrap(der.INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))
        for number in (modulus, exponent)
    )
    key = der.wrap(der.BIT_STRING, b"\0" + der.wrap(der.SEQUENCE, numbers))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return der.wrap(der.SEQUENCE, algorithm + key)


@pytest.mark.parametrize("spki", [P256, P384, P521, OTHER_CURVE, RSA], ids=["P-256", "P-384", "P-521", "K-256", "RSA"])
def test_the_usual_keys(spki: bytes) -> None:
    """The same numbers, by whichever way they were read."""
    assert _ours(spki) == _theirs(spki) is not None


def test_a_key_of_another_kind() -> None:
    """It is left to cryptography."""
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert public_key(spki) == key


def test_a_point_off_the_curve() -> None:
    """It is refused: a key that is none would vouch for anything."""
    assert public_key(P256[:-1] + bytes([P256[-1] ^ 1])) is None


@pytest.mark.parametrize("exponent", [-3, 0, 1, 2, 3, 4, 65537, 1 << 64])
@pytest.mark.parametrize("modulus", [-5, 0, 1, 15, 1 << 1023 | 1, 1 << 2047, 1 << 12_000 | 1])
def test_odd_numbers(modulus: int, exponent: int) -> None:
    """RSA numbers that make no sense are judged as cryptography judges them."""
    spki = _rsa(modulus, exponent)
    assert _ours(spki) == _theirs(spki)


@pytest.mark.parametrize("spki", [P256, RSA], ids=["P-256", "RSA"])
def test_damaged_keys(spki: bytes) -> None:
    """Whatever is wrong with the encoding: what cryptography's reader refuses is refused."""
    chance = random.Random(7)  # noqa: S311 - the same damage each time
    for _ in range(300):
        damaged = bytearray(spki)
        damaged[chance.randrange(48)] = chance.choice([0, 1, 2, 4, 5, 48, 128, 255])
        assert _ours(bytes(damaged)) == _theirs(bytes(damaged))
