"""The ways in which proxies write a certificate into a header. Knows bytes and texts, no header and no proxy."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from certgate.pki.certificate import Certificate

BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_LINE = 64
_ESCAPE = re.compile(r"%[0-9A-F]{2}")


def base64(certificate: Certificate) -> str:
    """The DER in base64, on one line."""
    return b64encode(certificate.der).decode("ascii")


def pem(certificate: Certificate) -> str:
    """The PEM block as OpenSSL writes it: lines of 64 characters, the last one ended too."""
    body = base64(certificate)
    lines = [body[at : at + _LINE] for at in range(0, len(body), _LINE)]
    return "\n".join((BEGIN, *lines, END, ""))


def escaped(text: str, kept: str = "") -> str:
    """Percent-encoded, in upper case; letters, digits, ``-._~`` and what is `kept` stay as they are."""
    return quote(text, safe=kept)


def escaped_in_lower_case(text: str, kept: str = "") -> str:
    """The same with ``%0a`` for ``%0A``."""
    return _ESCAPE.sub(lambda found: found[0].lower(), escaped(text, kept))


def folded(text: str) -> str:
    """As nginx makes one header of several lines: each but the first begins with a tab, the last has no end."""
    return text.rstrip("\n").replace("\n", "\n\t")


def byte_sequence(certificate: Certificate) -> str:
    """A byte sequence of structured fields (RFC 8941 section 3.3.5): base64 between colons."""
    return f":{base64(certificate)}:"
