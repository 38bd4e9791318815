"""Character classes of .NET's regular expressions: what ``\\d``, ``\\p{Lu}`` and ``[a-z-[aeiou]]`` hold, by code unit.

Knows no pattern syntax. Letters are compared without case as the invariant culture does it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.text import casing

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = frozenset(["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Pc"])
_SPACE = frozenset("\f\n\r\t\v\x85")
_ASCII_SPACE = frozenset("\f\n\r\t\v ")
_MAX_REMEMBERED = 5000

# Characters that have no case partner of their own and become small as another letter does.
_THIRD_FORMS = {"k": "\u212a", "\xe5": "\u212b", "\u03c9": "\u2126", "\xdf": "\u1e9e", "\u03b8": "\u03f4"}

# The blocks that .NET knows by name, each as its first and last character; patterns write ``Is`` before the name.
_BLOCK_TABLE = (
    "AlphabeticPresentationForms FB00 FB4F; Arabic 0600 06FF; ArabicPresentationForms-A FB50 FDFF; "
    "ArabicPresentationForms-B FE70 FEFF; Armenian 0530 058F; Arrows 2190 21FF; BasicLatin 0000 007F; "
    "Bengali 0980 09FF; BlockElements 2580 259F; Bopomofo 3100 312F; BopomofoExtended 31A0 31BF; "
    "BoxDrawing 2500 257F; BraillePatterns 2800 28FF; Buhid 1740 175F; CJKCompatibility 3300 33FF; "
    "CJKCompatibilityForms FE30 FE4F; CJKCompatibilityIdeographs F900 FAFF; CJKRadicalsSupplement 2E80 2EFF; "
    "CJKSymbolsandPunctuation 3000 303F; CJKUnifiedIdeographs 4E00 9FFF; "
    "CJKUnifiedIdeographsExtensionA 3400 4DBF; Cherokee 13A0 13FF; CombiningDiacriticalMarks 0300 036F; "
    "CombiningDiacriticalMarksforSymbols 20D0 20FF; CombiningHalfMarks FE20 FE2F; "
    "CombiningMarksforSymbols 20D0 20FF; ControlPictures 2400 243F; CurrencySymbols 20A0 20CF; "
    "Cyrillic 0400 04FF; CyrillicSupplement 0500 052F; Devanagari 0900 097F; Dingbats 2700 27BF; "
    "EnclosedAlphanumerics 2460 24FF; EnclosedCJKLettersandMonths 3200 32FF; Ethiopic 1200 137F; "
    "GeneralPunctuation 2000 206F; GeometricShapes 25A0 25FF; Georgian 10A0 10FF; Greek 0370 03FF; "
    "GreekExtended 1F00 1FFF; GreekandCoptic 0370 03FF; Gujarati 0A80 0AFF; Gurmukhi 0A00 0A7F; "
    "HalfwidthandFullwidthForms FF00 FFEF; HangulCompatibilityJamo 3130 318F; HangulJamo 1100 11FF; "
    "HangulSyllables AC00 D7AF; Hanunoo 1720 173F; Hebrew 0590 05FF; HighPrivateUseSurrogates DB80 DBFF; "
    "HighSurrogates D800 DB7F; Hiragana 3040 309F; IPAExtensions 0250 02AF; "
    "IdeographicDescriptionCharacters 2FF0 2FFF; Kanbun 3190 319F; KangxiRadicals 2F00 2FDF; Kannada 0C80 0CFF; "
    "Katakana 30A0 30FF; KatakanaPhoneticExtensions 31F0 31FF; Khmer 1780 17FF; KhmerSymbols 19E0 19FF; "
    "Lao 0E80 0EFF; Latin-1Supplement 0080 00FF; LatinExtended-A 0100 017F; LatinExtended-B 0180 024F; "
    "LatinExtendedAdditional 1E00 1EFF; LetterlikeSymbols 2100 214F; Limbu 1900 194F; LowSurrogates DC00 DFFF; "
    "Malayalam 0D00 0D7F; MathematicalOperators 2200 22FF; MiscellaneousMathematicalSymbols-A 27C0 27EF; "
    "MiscellaneousMathematicalSymbols-B 2980 29FF; MiscellaneousSymbols 2600 26FF; "
    "MiscellaneousSymbolsandArrows 2B00 2BFF; MiscellaneousTechnical 2300 23FF; Mongolian 1800 18AF; "
    "Myanmar 1000 109F; NumberForms 2150 218F; Ogham 1680 169F; OpticalCharacterRecognition 2440 245F; "
    "Oriya 0B00 0B7F; PhoneticExtensions 1D00 1D7F; PrivateUse E000 F8FF; PrivateUseArea E000 F8FF; "
    "Runic 16A0 16FF; Sinhala 0D80 0DFF; SmallFormVariants FE50 FE6F; SpacingModifierLetters 02B0 02FF; "
    "Specials FFF0 FFFF; SuperscriptsandSubscripts 2070 209F; SupplementalArrows-A 27F0 27FF; "
    "SupplementalArrows-B 2900 297F; SupplementalMathematicalOperators 2A00 2AFF; Syriac 0700 074F; "
    "Tagalog 1700 171F; Tagbanwa 1760 177F; TaiLe 1950 197F; Tamil 0B80 0BFF; Telugu 0C00 0C7F; "
    "Thaana 0780 07BF; Thai 0E00 0E7F; Tibetan 0F00 0FFF; UnifiedCanadianAboriginalSyllabics 1400 167F; "
    "VariationSelectors FE00 FE0F; YiRadicals A490 A4CF; YiSyllables A000 A48F; YijingHexagramSymbols 4DC0 4DFF"
)
_BLOCKS = {
    f"Is{name}": (int(first, 16), int(last, 16)) for name, first, last in map(str.split, _BLOCK_TABLE.split("; "))
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


def _forms(char: str) -> set[str]:
    """All that is equal to a character without regard to case."""
    small = casing.lower(char)
    return {char, small, casing.upper(char), casing.upper(small), _THIRD_FORMS.get(small, char)}


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
        forms = _forms(char) if self.ignore_case else {char}
        held = any(low <= form <= high for form in forms for low, high in self.ranges)
        held = held or any(test(form) is not negated for negated, test in self.tests for form in forms)
        return held is not self.negated and not (self.subtracted is not None and char in self.subtracted)
