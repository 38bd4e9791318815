"""Base64 as ``System.Convert`` reads and writes it."""

from __future__ import annotations

from base64 import b64decode, b64encode

from certgate.csharp.dotnet.system import faults

_BAD = (
    "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two "
    "padding characters, or an "
    "illegal character among the padding characters."
)
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
_SPACES = str.maketrans("", "", " \t\r\n")


def decode(text: str) -> bytes:
    """Space, tab, CR and LF count for nothing, wherever they stand; bits left over in the last digit are dropped.

    FormatException for any other character, wrong padding or wrong length.
    """
    body = text.translate(_SPACES)
    digits = body.rstrip("=")
    padding = len(body) - len(digits)
    if len(body) % 4 or padding > 2 or not _ALPHABET.issuperset(digits):
        raise faults.format_error(_BAD)
    return b64decode(body)


def encode(data: bytes, lines: bool = False) -> str:
    """With `lines` a CR LF after each 76 digits but the last."""
    text = b64encode(data).decode("ascii")
    return "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)) if lines else text
