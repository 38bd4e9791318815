"""What Latin-1 writes for characters that it does not have: the nearest letter or mark of ASCII, as .NET has it."""

from __future__ import annotations

import unicodedata
from functools import cache

_NO_LETTER = frozenset("\u0132\u0133\u0138\u013f\u0140\u0149\u014a\u014b\u017f")
_ACCENTED = "\u01a0\u01a1\u01af\u01b0\u01de\u01df\u01f0"
_OTHERS = {
    "b": "\u0180",
    "D": "\u0110\u0189",
    "d": "\u0111",
    "F": "\u0191",
    "f": "\u0192",
    "G": "\u01e4",
    "g": "\u01e5\u0261",
    "H": "\u0126",
    "h": "\u0127",
    "I": "\u0197",
    "i": "\u0131",
    "L": "\u0141",
    "l": "\u0142\u019a",
    "O": "\u0152\u019f",
    "o": "\u0153",
    "T": "\u0166\u01ae\u2122",
    "t": "\u0167\u01ab",
    "z": "\u01b6",
    " ": "\u2000\u2001\u2002\u2003\u2004\u2005\u2006",
    "'": "\u02b9\u02bc\u02c8\u2018\u2019\u2032",
    '"': "\u02ba\u030e\u201c\u201d\u201e",
    "^": "\u02c4\u02c6\u0302",
    "`": "\u02cb\u0300\u2035",
    "_": "\u02cd\u0331\u0332",
    "~": "\u02dc\u0303",
    "-": "\u2010\u2011\u2013\u2014",
    ",": "\u201a",
    ".": "\u2022\u2026",
    "<": "\u2039",
    ">": "\u203a",
}


@cache
def table() -> dict[str, str]:
    """By character, what stands for it; any other becomes a question mark."""
    found = {char: letter for letter, chars in _OTHERS.items() for char in chars}
    accented = [*map(chr, range(0x100, 0x17F)), *map(chr, range(0x1CD, 0x1DD)), *map(chr, range(0x1E6, 0x1EE))]
    for char in (*accented, *_ACCENTED):
        base = unicodedata.normalize("NFD", char)[0]
        if char not in _NO_LETTER and base != char:
            found[char] = base
    return found | {chr(0xFEE0 + ascii_code): chr(ascii_code) for ascii_code in range(0x21, 0x7F)}
