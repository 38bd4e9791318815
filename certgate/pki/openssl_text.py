"""The small ways in which OpenSSL prints numbers, objects, strings and lists; one byte a character (Latin-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki import oid_names
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from collections.abc import Iterable

_OBJECT_LIMIT = 79
"""How much of an object's name OpenSSL shows in a list."""


def object_text(oid: str) -> str:
    """The long name of an object, else its dotted text."""
    return oid_names.long_name(oid) or oid


def listed_object(oid: str) -> str:
    """The same in a list, where OpenSSL cuts it."""
    return object_text(oid)[:_OBJECT_LIMIT]


def number_text(value: int) -> str:
    """Decimal up to 127 bits, else hex, as OpenSSL prints an INTEGER."""
    if value.bit_length() < 128:
        return str(value)
    digits = f"{abs(value):X}"
    return f"{'-' if value < 0 else ''}0x{digits.zfill(len(digits) + len(digits) % 2)}"


def without_nul(content: bytes) -> str:
    """The text of a string; DerError where OpenSSL refuses to print it, because of a NUL in it."""
    if b"\0" in content:
        raise DerError("a NUL inside a string")
    return content.decode("latin-1")


def c_text(content: bytes) -> str:
    """What C prints of a string: all up to its first NUL."""
    return content.partition(b"\0")[0].decode("latin-1")


def some(items: Iterable[str], separator: str = ", ") -> str:
    """A list of which OpenSSL prints nothing when it is empty."""
    listed = list(items)
    if not listed:
        raise DerError("an empty list")
    return separator.join(listed)
