"""Which certificate a private key belongs to. The key is looked at here, not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki import der
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.certificate import Certificate

MAX_BYTES = 64 * 1024
"""SECURITY: the largest private key that is read; one of 16,384 bits takes 10 KiB."""
_TELLING = 32
"""From this many bytes on, a public number found inside a private key is no coincidence."""


def owner(private_key: bytes, certificates: Sequence[Certificate]) -> int | None:
    """The index of the certificate that an unencrypted private key (DER: PKCS#8, PKCS#1 or SEC 1) belongs to.

    None where it is that of no certificate, or cannot be read.
    """
    # An RSA modulus and, in most files, the point of an elliptic curve stand in the private key as they are: no need
    # to load cryptography for these.
    for at, certificate in enumerate(certificates):
        number = _first_number(certificate.public_key.key)
        if len(number) >= _TELLING and number in private_key:
            return at
    public = _public_key(private_key) if len(private_key) <= MAX_BYTES else None
    if public is None:
        return None
    return next((at for at, certificate in enumerate(certificates) if certificate.public_key.key == public), None)


def _first_number(public: bytes) -> bytes:
    try:
        return der.read_only(public, der.SEQUENCE).children(4)[0].content
    except (DerError, IndexError):
        return public


def _public_key(private_key: bytes) -> bytes | None:
    """The BIT STRING of the public half."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key

    try:
        # SECURITY: only the public half is read, so an RSA key need not be proven sound (costly).
        key = load_der_private_key(private_key, None, unsafe_skip_rsa_key_validation=True).public_key()
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return der.bit_string(der.read(spki).children(2)[1].content)[0]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
