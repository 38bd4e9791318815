"""Character classes of .NET's regular expressions: what ``\\d``, ``\\p{Lu}`` and ``[a-z-[aeiou]]`` hold, by code unit.

Knows no pattern syntax. Letters are compared without case as the invariant culture does it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from certgate.csharp.dotnet import casing

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = frozenset(["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Pc"])
_SPACE = frozenset("\f\n\r\t\v\x85")
_ASCII_SPACE = frozenset("\f\n\r\t\v ")
_MAX_REMEMBERED = 5000

# The blocks that people name; the others of Unicode are not simulated.
_BLOCKS = {
    "IsBasicLatin": (0x0000, 0x007F),
    "IsLatin-1Supplement": (0x0080, 0x00FF),
    "IsLatinExtended-A": (0x0100, 0x017F),
    "IsLatinExtended-B": (0x0180, 0x024F),
    "IsIPAExtensions": (0x0250, 0x02AF),
    "IsCombiningDiacriticalMarks": (0x0300, 0x036F),
    "IsGreek": (0x0370, 0x03FF),
    "IsGreekandCoptic": (0x0370, 0x03FF),
    "IsCyrillic": (0x0400, 0x04FF),
    "IsCyrillicSupplement": (0x0500, 0x052F),
    "IsArmenian": (0x0530, 0x058F),
    "IsHebrew": (0x0590, 0x05FF),
    "IsArabic": (0x0600, 0x06FF),
    "IsDevanagari": (0x0900, 0x097F),
    "IsThai": (0x0E00, 0x0E7F),
    "IsHangulJamo": (0x1100, 0x11FF),
    "IsLatinExtendedAdditional": (0x1E00, 0x1EFF),
    "IsGreekExtended": (0x1F00, 0x1FFF),
    "IsGeneralPunctuation": (0x2000, 0x206F),
    "IsCurrencySymbols": (0x20A0, 0x20CF),
    "IsLetterlikeSymbols": (0x2100, 0x214F),
    "IsArrows": (0x2190, 0x21FF),
    "IsMathematicalOperators": (0x2200, 0x22FF),
    "IsHiragana": (0x3040, 0x309F),
    "IsKatakana": (0x30A0, 0x30FF),
    "IsCJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "IsHangulSyllables": (0xAC00, 0xD7AF),
    "IsHighSurrogates": (0xD800, 0xDB7F),
    "IsLowSurrogates": (0xDC00, 0xDFFF),
    "IsPrivateUse": (0xE000, 0xF8FF),
}
_CATEGORIES = frozenset(
    """L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Cs Co
    Cn""".split()  # noqa: SIM905
)


def is_known(name: str) -> bool:
    """Whether ``\\p{name}`` can be simulated."""
    return name in _CATEGORIES or name in _BLOCKS


def of_property(name: str) -> Callable[[str], bool]:
    """The characters of a Unicode category (``L``, ``Lu``) or block (``IsGreek``)."""
    if name in _BLOCKS:
        low, high = _BLOCKS[name]
        return lambda char: low <= ord(char) <= high
    return lambda char: unicodedata.category(char).startswith(name)


def is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


def is_word(char: str) -> bool:
    return unicodedata.category(char) in _WORD


def is_boundary_word(char: str) -> bool:
    """A word character, or one of the two that join words for ``\\b``."""
    return is_word(char) or char in "\u200c\u200d"


def is_space(char: str) -> bool:
    return char in _SPACE or unicodedata.category(char).startswith("Z")


def is_ascii_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


def is_ascii_digit(char: str) -> bool:
    return "0" <= char <= "9"


def is_ascii_space(char: str) -> bool:
    return char in _ASCII_SPACE


def of_shorthand(letter: str, ecmascript: bool) -> Callable[[str], bool]:
    """``d``, ``w`` or ``s``."""
    if ecmascript:
        return {"d": is_ascii_digit, "w": is_ascii_word, "s": is_ascii_space}[letter]
    return {"d": is_digit, "w": is_word, "s": is_space}[letter]


class Charset:
    """A class with all that it holds; what it answers is remembered by character."""

    __slots__ = ("_known", "ignore_case", "negated", "ranges", "subtracted", "tests")

    def __init__(self, ignore_case: bool = False, negated: bool = False) -> None:
        self.ignore_case = ignore_case
        self.negated = negated
        self.ranges: list[tuple[str, str]] = []
        self.tests: list[tuple[bool, Callable[[str], bool]]] = []
        self.subtracted: Charset | None = None
        self._known: dict[str, bool] = {}

    @classmethod
    def of(cls, char: str, ignore_case: bool = False, negated: bool = False) -> Charset:
        made = cls(ignore_case, negated)
        made.ranges.append((char, char))
        return made

    def add_test(self, test: Callable[[str], bool], negated: bool) -> None:
        self.tests.append((negated, test))

    def __contains__(self, char: str) -> bool:
        found = self._known.get(char)
        if found is None:
            found = self._holds(char)
            if len(self._known) < _MAX_REMEMBERED:
                self._known[char] = found
        return found

    def _holds(self, char: str) -> bool:
        forms = {char, casing.lower(char), casing.upper(char)} if self.ignore_case else {char}
        held = any(low <= form <= high for form in forms for low, high in self.ranges)
        held = held or any(test(form) is not negated for negated, test in self.tests for form in forms)
        return held is not self.negated and not (self.subtracted is not None and char in self.subtracted)
