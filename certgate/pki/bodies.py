"""What an address answered, as the bytes of one value: DER as it came, else the first block of PEM (RFC 7468).

Takes no more forms than OpenSSL does inside .NET: what a gateway cannot read must not be read here. Text that people
save is read more kindly, in `armour`.
"""

from __future__ import annotations

import binascii
import re

from certgate.pki import der
from certgate.pki.der import DerError

CERTIFICATE_LABELS = ("CERTIFICATE", "X509 CERTIFICATE")
CRL_LABELS = ("X509 CRL",)


def whole(body: bytes) -> bytes | None:
    """The DER value that the body begins with, without what follows it; None where there is none."""
    try:
        return body[: der.read(body).expect(der.SEQUENCE).end]
    except DerError:
        return None


def block(body: bytes, labels: tuple[str, ...]) -> bytes | None:
    """The content of the first PEM block with one of these labels, None where there is none or it is broken."""
    names = "|".join(map(re.escape, labels)).encode()
    begin = re.search(rb"^-----BEGIN (%b)-----[ \t\r]*\n" % names, body, re.MULTILINE)
    if begin is None:
        return None
    end = re.compile(rb"^-----END %b-----[ \t\r]*$" % begin[1], re.MULTILINE).search(body, begin.end())
    if end is None:
        return None
    lines = body[begin.end() : end.start()].splitlines()
    try:
        return binascii.a2b_base64(b"".join(line.rstrip() for line in lines), strict_mode=True)
    except ValueError:
        return None
