"""Signature algorithms as a certificate writes them: nothing is taken that OpenSSL refuses, and nothing raises."""

from __future__ import annotations

from functools import cache

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certgate.pki import der, signatures

SIGNED = b"what is signed"
PSS = bytes.fromhex("06092a864886f70d01010a")
SHA256 = bytes.fromhex("300b0609608648016503040201")
NO_OID = bytes.fromhex("300b0409608648016503040201")
MGF1 = bytes.fromhex("06092a864886f70d010108")


def mask(digest: bytes, function: bytes = MGF1) -> bytes:
    return der.wrap(0xA1, der.wrap(der.SEQUENCE, function + digest))


DIGEST, MASK, SALT = der.wrap(0xA0, SHA256), mask(SHA256), bytes.fromhex("a203020120")
TRAILER = bytes.fromhex("a303020101")

TAKEN = {
    "all": DIGEST + MASK + SALT,
    "with the trailer": DIGEST + MASK + SALT + TRAILER,
    "with a digest that has parameters": der.wrap(0xA0, SHA256[:1] + b"\x0d" + SHA256[2:] + b"\x05\x00") + MASK + SALT,
}
REFUSED = {
    "nothing": b"",
    "in another order": SALT + MASK + DIGEST,
    "a digest twice": DIGEST + DIGEST + MASK + SALT,
    "a salt twice": DIGEST + MASK + SALT + SALT,
    "two values in one": der.wrap(0xA0, SHA256 + SHA256) + MASK + SALT,
    "an empty digest": bytes.fromhex("a0023000") + MASK + SALT,
    "an empty mask": DIGEST + bytes.fromhex("a1023000") + SALT,
    "a mask without digest": DIGEST + mask(b"") + SALT,
    "a mask with an empty digest": DIGEST + mask(b"\x30\x00") + SALT,
    "a digest that is no identifier": der.wrap(0xA0, NO_OID) + MASK + SALT,
    "a function that is no identifier": DIGEST + mask(SHA256, b"\x04" + MGF1[1:]) + SALT,
    "a salt that is no number": DIGEST + MASK + bytes.fromhex("a203040120"),
    "a padded salt": DIGEST + MASK + bytes.fromhex("a20402020020"),
    "a negative salt": DIGEST + MASK + bytes.fromhex("a2030201ff"),
    "another trailer": DIGEST + MASK + SALT + bytes.fromhex("a303020102"),
    "a trailer that is no number": DIGEST + MASK + SALT + bytes.fromhex("a303040101"),
    "something else": DIGEST + MASK + SALT + bytes.fromhex("a403020101"),
}


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def verified(parameters: bytes) -> bool:
    """Whether a sound signature is, with these parameters beside it."""
    spki = key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signature = key().sign(SIGNED, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    algorithm = der.wrap(der.SEQUENCE, PSS + parameters)
    return signatures.verify(spki, algorithm, SIGNED, signature)


@pytest.mark.parametrize("parameters", TAKEN.values(), ids=TAKEN)
def test_parameters_of_a_pss_signature(parameters: bytes) -> None:
    """Each in its place."""
    assert verified(der.wrap(der.SEQUENCE, parameters))


@pytest.mark.parametrize("parameters", REFUSED.values(), ids=REFUSED)
def test_broken_parameters_of_a_pss_signature(parameters: bytes) -> None:
    """SECURITY: what OpenSSL cannot read is no signature, however readable it is to others."""
    assert not verified(der.wrap(der.SEQUENCE, parameters))


@pytest.mark.parametrize("algorithm", ["3000", "300b0409608648016503040302", "3002a000", "3102a000", ""])
def test_an_algorithm_that_is_none(algorithm: str) -> None:
    """Nothing raises."""
    spki = key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert not signatures.verify(spki, bytes.fromhex(algorithm), SIGNED, b"")
