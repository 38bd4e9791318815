"""Text as C# has it, in UTF-16 code units, and as the outside has it."""

from __future__ import annotations


def to_utf16(text: str) -> str:
    """Text from outside as the UTF-16 code units that C# sees."""
    if text.isascii() or all(char <= "\uffff" for char in text):
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[at] | data[at + 1] << 8) for at in range(0, len(data), 2))


def from_utf16(text: str) -> str:
    """UTF-16 code units as ordinary text; a lone surrogate becomes U+FFFD."""
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return str.__str__(text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
