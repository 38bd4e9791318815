"""What people mistake for certificates: the files that end up where one belongs, told by their first bytes."""

from __future__ import annotations

import re

_MAGIC = (
    (b"\xfe\xed\xfe\xed", "a Java key store (JKS); export it with keytool -importkeystore -deststoretype PKCS12"),
    (b"\xce\xce\xce\xce", "a Java key store (JCEKS); export it with keytool -importkeystore -deststoretype PKCS12"),
    (b"\0\0\0\0CERT", "a Windows certificate store (SST); export the certificate from it"),
    (b"PK\x03\x04", "a ZIP archive; unpack it first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a SQLite database"),
)
_TEXTS = (
    (r"(?:ssh-|ecdsa-sha2-)\S+ AAAA", "an SSH public key"),
    (r"---- BEGIN SSH2", "an SSH public key"),
    (r"PuTTY-User-Key-File", "a PuTTY private key"),
    (r"<!DOCTYPE html|<html", "an HTML page; was a login or error page saved instead of the certificate?"),
    (r"<(?:policies|inbound|fragment|choose|validate-client-certificate|when|set-\w+)\b", "a policy; is it --policy?"),
    (r"<\?xml|<[A-Za-z]", "an XML document"),
    (r"%PDF", "a PDF"),
    (r"(?:[0-9A-Fa-f]{2}[: -]?){19,}[0-9A-Fa-f]{2}$", "hexadecimal digits, such as a thumbprint"),
    (r"Certificate:\s+Data:", "a certificate printed as text; give the file that it was printed from"),
    (r"\[[\w.\"-]+\]\s*$|[\w-]+\s*=\s*\S", "settings, such as a TOML or INI file"),
)


def likeness(data: bytes, text: str | None) -> str:
    """What a file that holds no certificate looks like, as the end of a sentence: ``an HTML page``."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if text is None:
        return "binary data"
    head = text[:4096].lstrip("\ufeff \t\r\n")
    for pattern, name in _TEXTS:
        if re.match(pattern, head, re.IGNORECASE | re.MULTILINE):
            return name
    return "text"
