"""The order of texts in the invariant culture, as ICU's root collation has it (the Unicode collation algorithm).

Knows ASCII, the Latin letters with their accents, and what is ignored. Any other two characters are told apart but not
put in order: where that would decide, the evaluation is unsupported.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.values import from_utf16

_PUNCTUATION = "\t\n\v\f\r\x85\u2028\u2029 _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_EXPANSIONS = {"ß": "ss", "æ": "ae", "œ": "oe", "ĳ": "ij", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"}
_OVERLAID = {"ø": "o", "đ": "d", "ħ": "h", "ł": "l", "ŧ": "t"}
_ORDER = {char: index + 1 for index, char in enumerate(_PUNCTUATION)}
_ORDER.update({str(digit): 100 + digit for digit in range(10)})
_ORDER.update({chr(97 + index): 200 + 2 * index for index in range(26)})
_UNORDERED = 10_000


class Element(NamedTuple):
    """A collation element: a weight for each level. Primary 0: counts from the second level on."""

    primary: int
    secondary: int
    tertiary: int


def compare(left: str, right: str, ignore_case: bool = False) -> int:
    """-1, 0 or 1."""
    if left == right:
        return 0
    charge_steps((len(left) + len(right)) >> 4)
    keys = _elements(left), _elements(right)
    for level in range(2 if ignore_case else 3):
        if order := _compare_level([[key[level] for key in keys_of if key[level]] for keys_of in keys], level):
            return order
    return 0


def same(left: str, right: str, ignore_case: bool = False) -> bool:
    return left == right or weights(left, ignore_case) == weights(right, ignore_case)


def is_ignored(text: str) -> bool:
    """Whether `text` counts for nothing in a comparison, as the empty text does."""
    return not any(element != Element(0, 0, 0) for element in _elements(text))


def is_plain(text: str) -> bool:
    """Whether every character of `text` is its own element, so that searching needs no collation."""
    return text.isascii() and text.isprintable()


def find(text: str, value: str, ignore_case: bool, last: bool = False) -> tuple[int, int] | None:
    """The first (or last) place in `text` that equals `value`: start and length, in code units."""
    starts = range(len(text), -1, -1) if last else range(len(text) + 1)
    for start in starts:
        if (length := match_at(text, start, value, ignore_case)) is not None:
            return start, length
    return None


def match_at(text: str, start: int, value: str, ignore_case: bool) -> int | None:
    """How many code units of `text` from `start` on equal `value`; a base letter is never parted from its accents."""
    if start < len(text) and start and unicodedata.combining(text[start]):
        return None
    wanted = weights(value, ignore_case)
    # SECURITY: a search costs the product of both lengths, and more.
    charge_steps(3 * len(value) + 8)
    for end in range(start, min(len(text), start + 3 * len(value) + 8) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        if weights(text[start:end], ignore_case) == wanted:
            return end - start
    return None


def match_end(text: str, value: str, ignore_case: bool) -> bool:
    """Whether `text` ends with something that equals `value`."""
    wanted = weights(value, ignore_case)
    least = max(0, len(text) - 3 * len(value) - 8)
    starts = (
        at for at in range(len(text), least - 1, -1) if not (at and unicodedata.combining(text[at : at + 1] or " "))
    )
    return any(weights(text[start:], ignore_case) == wanted for start in starts)


def weights(text: str, ignore_case: bool) -> list[tuple[int, ...]]:
    """What two texts that count as equal have in common: the weights of all that is not ignored."""
    depth = 2 if ignore_case else 3
    return [element[:depth] for element in _elements(text) if element != (0, 0, 0)]


def _compare_level(levels: list[list[int]], level: int) -> int:
    left, right = levels
    if left == right:
        return 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            if level == 0 and max(one, other) >= _UNORDERED:
                raise UnsupportedReached("the linguistic order of these characters is not simulated")
            return -1 if one < other else 1
    return (len(left) > len(right)) - (len(left) < len(right))


@lru_cache(maxsize=512)
def _elements(text: str) -> tuple[Element, ...]:
    if text.isascii():
        return tuple(element for char in text for element in _character(char))
    decomposed = unicodedata.normalize("NFD", from_utf16(text))
    return tuple(element for char in decomposed for element in _character(char))


@lru_cache(maxsize=4096)
def _character(char: str) -> tuple[Element, ...]:
    folded = char.lower()
    tertiary = 2 if folded == char else 8
    if folded in _ORDER:
        return (Element(_ORDER[folded], 32, tertiary),)
    if folded in _EXPANSIONS:
        spelled = _EXPANSIONS[folded]
        first, tail = spelled[0], [Element(_ORDER[letter], 32, tertiary + 2) for letter in spelled[1:]]
        return (Element(_ORDER[first], 32, tertiary + 2), Element(0, 280, 4), *tail)
    if folded in _OVERLAID:
        return (Element(_ORDER[_OVERLAID[folded]], 32, tertiary), Element(0, 47, 2))
    if folded == "ı":
        return (Element(_ORDER["i"] + 1, 32, 2),)
    category = unicodedata.category(char)
    if category == "Mn":
        return (Element(0, 300 + ord(char), 2),)
    if category in ("Cc", "Cf", "Cn") or char == "\u034f":
        return (Element(0, 0, 0),)
    if len(folded) != 1:
        folded = char
    return (Element(_UNORDERED + ord(folded), 32, tertiary),)
