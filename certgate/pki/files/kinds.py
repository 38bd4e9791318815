"""What a file is, told by its outline: the structures of X.509 and its neighbours.

Judges the shape only: whether a certificate can be read is for :mod:`certgate.pki.certificate` to say.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from certgate.pki import der
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from certgate.pki.der import Node

ENVELOPES = "1.2.840.113549.1.7."
"""The arc of PKCS#7's content types."""


class Kind(Enum):
    """A structure: how a sentence names it, and the code and next step when it stands where a certificate belongs."""

    CERTIFICATE = ("a certificate", "", None)
    PFX = ("a PFX", "", None)
    PKCS7 = ("PKCS#7", "", None)
    REQUEST = (
        "a certificate signing request (CSR), not a certificate",
        "is-csr",
        "give the certificate that the certificate authority sent back for it",
    )
    CRL = ("a revocation list (CRL), not a certificate", "is-crl", "revocation lists are given with --crl or --trust")
    PRIVATE_KEY = (
        "a private key without a certificate",
        "private-key-only",
        "give the certificate; certgate needs no private key",
    )
    ENCRYPTED_KEY = (
        "an encrypted private key without a certificate",
        "private-key-only",
        "give the certificate; certgate needs no private key",
    )
    PUBLIC_KEY = ("a public key without a certificate", "is-public-key", "give the certificate that holds this key")
    OCSP = ("an OCSP request or response, not a certificate", "not-a-certificate", None)
    OTHER = ("no certificate", "not-a-certificate", None)

    def __init__(self, text: str, code: str, hint: str | None) -> None:
        self.text = text
        self.code = code
        self.hint = hint


def of_der(node: Node) -> Kind:
    """What a SEQUENCE is, by the tags in it. A broken inside makes it OTHER."""
    try:
        parts = node.children(64)
        tags = [part.tag for part in parts]
        match tags:
            case [0x30, 0x30, 0x03]:
                return _signed(parts[0])
            case [0x06, 0xA0]:
                return Kind.PKCS7 if der.oid(parts[0].content).startswith(ENVELOPES) else Kind.OTHER
            case [0x02, 0x30] | [0x02, 0x30, 0x30] if der.integer(parts[0].content) == 3:
                return Kind.PFX
            case [0x02, 0x30, 0x04, *_] | [0x02, 0x04, *_] | [0x02, 0x02, 0x02, 0x02, 0x02, *_]:
                return Kind.PRIVATE_KEY
            case [0x30, 0x04]:
                return Kind.ENCRYPTED_KEY
            case [0x30, 0x03] | [0x02, 0x02]:
                return Kind.PUBLIC_KEY
            case [0x0A] | [0x0A, 0xA0]:
                return Kind.OCSP
            case _:
                return Kind.OTHER
    except DerError:
        return Kind.OTHER


def _signed(signed: Node) -> Kind:
    """Certificates, requests and revocation lists are signed alike; what is signed tells them apart."""
    tags = [part.tag for part in signed.children(16)]
    match tags:
        case [0x02, 0x30, 0x30] | [0x02, 0x30, 0x30, 0xA0]:
            return Kind.REQUEST
        case [0x02, 0x30, 0x30, 0x17 | 0x18, *_] | [0x30, 0x30, 0x17 | 0x18, *_]:
            return Kind.CRL
        case _:
            return Kind.CERTIFICATE
