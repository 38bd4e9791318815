"""The character strings of ASN.1 as .NET and as OpenSSL read them. Knows nothing of names or certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki import der
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from certgate.pki.der import Node

_PRINTABLE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?")
_NUMERIC = frozenset(b"0123456789 ")


def dotnet_text(tag: int, content: bytes) -> str | None:
    """The text of a string as .NET's ``AsnReader`` reads it; None for a type that it does not read in names.

    Raises DerError for bytes that the type does not allow.
    """
    match tag:
        case der.UTF8_STRING:
            return _decode(content, "utf-8")
        case der.T61_STRING:
            return _teletex(content)
        case der.IA5_STRING:
            return _decode(content, "ascii")
        case der.PRINTABLE_STRING:
            return _decode(_only(content, _PRINTABLE), "ascii")
        case der.NUMERIC_STRING:
            return _decode(_only(content, _NUMERIC), "ascii")
        case der.BMP_STRING:
            return _basic_plane(content)
        case _:
            return None


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise DerError(f"a string that is not {encoding}") from None


def _only(content: bytes, allowed: frozenset[int]) -> bytes:
    if not allowed.issuperset(content):
        raise DerError("a string with a character that its type does not allow")
    return content


def _teletex(content: bytes) -> str:
    """UTF-8 where it fits, else Latin-1: what .NET and Windows make of T61String."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _basic_plane(content: bytes) -> str:
    """UTF-16 without surrogates."""
    if len(content) % 2 or any(0xD8 <= high <= 0xDF for high in content[::2]):
        raise DerError("a BMPString that is none")
    return content.decode("utf-16-be")


_CHARACTERS = {
    der.UTF8_STRING: "utf-8",
    der.NUMERIC_STRING: "latin-1",
    der.PRINTABLE_STRING: "latin-1",
    der.T61_STRING: "latin-1",
    der.IA5_STRING: "latin-1",
    der.VISIBLE_STRING: "latin-1",
    der.UTC_TIME: "latin-1",
    der.GENERALIZED_TIME: "latin-1",
    der.UNIVERSAL_STRING: "utf-32-be",
    der.BMP_STRING: "utf-16-be",
}


def openssl_characters(node: Node) -> str | None:
    """The characters of a string as OpenSSL counts them; None for a type that is no string to it.

    Raises DerError for bytes that do not fit the type.
    """
    return characters(node.tag, node.content) if node.tag in _CHARACTERS else None


def characters(tag: int, content: bytes) -> str:
    """The same for the tag and content of a string."""
    encoding = _CHARACTERS[tag]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise DerError(f"a string that is not {encoding}") from None
    if tag == der.BMP_STRING and len(text) * 2 != len(content):
        raise DerError("a BMPString with surrogates")
    return text
