"""What an address answered, as the bytes of one value: DER as it came, else the first block of PEM (RFC 7468).

Takes no more forms than OpenSSL does inside .NET: what a gateway cannot read must not be read here. Text that people
save is read more kindly, in `armour`.
"""

from __future__ import annotations

import binascii
import re

from certgate.pki import der
from certgate.pki.der import DerError
from certgate.pki.files import ber

CERTIFICATE_LABELS = ("CERTIFICATE", "X509 CERTIFICATE")
CRL_LABELS = ("X509 CRL",)


def whole(body: bytes) -> bytes | None:
    """The DER value that the body begins with, without what follows it; None where there is none."""
    try:
        return body[: der.read(body).expect(der.SEQUENCE).end]
    except DerError:
        return None


def block(body: bytes, labels: tuple[str, ...]) -> bytes | None:
    """The content of the first PEM block of a text; None where that has none of these labels, or is not plainly
    written.

    SECURITY: OpenSSL gives up at odd lines and passes over other blocks. Neither is followed, so what is read here is
    what OpenSSL reads.
    """
    start = body.find(b"-----BEGIN ")
    if start < 0 or body[start - 1 : start] not in (b"", b"\n"):
        return None
    names = "|".join(map(re.escape, labels)).encode()
    lines = rb"[ \t\r]*\n((?:[A-Za-z0-9+/=]+[ \t\r]*\n)+)"
    found = re.compile(rb"-----BEGIN (%b)-----%b-----END \1-----[ \t\r]*\n" % (names, lines)).match(body + b"\n", start)
    packed = b"".join(found[2].split()) if found else b""
    # Python overlooks a padding that is longer than it has to be.
    if not packed or len(packed) % 4:
        return None
    try:
        return binascii.a2b_base64(packed, strict_mode=True)
    except ValueError:
        return None


def unread(body: bytes, labels: tuple[str, ...]) -> bool:
    """Whether a body of which nothing could be read may hold such a value to OpenSSL all the same.

    SECURITY: certgate's readers are the stricter ones, and have bounds of their own.
    """
    if any(
        f"-----BEGIN {label}-----".encode() in body and f"-----END {label}-----".encode() in body for label in labels
    ):
        return True
    try:
        tag, _, content = ber.header(body, 0, len(body))
    except DerError:
        return False
    # Certificates and lists begin with the part that is signed; PKCS#7, PFX and OCSP responses with something else.
    return tag == der.SEQUENCE and body[content : content + 1] == bytes([der.SEQUENCE])
