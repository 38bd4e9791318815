"""PKCS#7 / CMS SignedData (RFC 5652 section 5) as a bag of certificates. Signatures in it are not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki import der
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from certgate.pki.der import Node

SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_NAMES = {
    "1.2.840.113549.1.7.1": "plain data",
    SIGNED_DATA: "signed data",
    "1.2.840.113549.1.7.3": "a message encrypted for a certificate",
    "1.2.840.113549.1.7.4": "a signed message encrypted for a certificate",
    "1.2.840.113549.1.7.5": "a digest",
    "1.2.840.113549.1.7.6": "a message encrypted with a password",
}
_CONTENT = 0xA0
_CERTIFICATES = 0xA0
_CRLS = 0xA1


def content_info(node: Node) -> tuple[str, Node]:
    """Content type and content of a ContentInfo."""
    parts = node.expect(der.SEQUENCE).children(2)
    if len(parts) != 2:
        raise DerError("a PKCS#7 content without type or value")
    [content] = parts[1].expect(_CONTENT).children(1)
    return der.oid(parts[0].expect(der.OID).content), content


def signed_data(node: Node) -> tuple[list[bytes], list[bytes]]:
    """The certificates and the revocation lists of a SignedData, DER, in the order of the file.

    Raises DerError where it is broken. Attribute certificates and other formats are left out.
    """
    certificates: list[bytes] = []
    crls: list[bytes] = []
    for part in node.expect(der.SEQUENCE).children(6):
        if part.tag == _CERTIFICATES:
            certificates += [item.raw for item in part.children() if item.tag == der.SEQUENCE]
        elif part.tag == _CRLS:
            crls += [item.raw for item in part.children() if item.tag == der.SEQUENCE]
    return certificates, crls
