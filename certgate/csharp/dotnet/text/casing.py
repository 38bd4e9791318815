"""Upper and lower case as the invariant culture has them: one code point for one, dotless and dotted i left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL)

WHITE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What ``char.IsWhiteSpace`` accepts, and ``Trim()`` removes."""


def upper(text: str) -> str:
    return text.upper() if text.isascii() else "".join(_upper_unit(unit) for unit in _PAIR.findall(text))


def lower(text: str) -> str:
    return text.lower() if text.isascii() else "".join(_lower_unit(unit) for unit in _PAIR.findall(text))


def fold(text: str) -> str:
    """What ordinal comparisons that ignore case compare."""
    if text.isascii():
        return text.upper()
    return "".join(unit if unit in "ıſ" else _upper_unit(unit) for unit in _PAIR.findall(text))


def is_white(text: str) -> bool:
    """Whether `text` is empty or holds white space only."""
    return not text.strip(WHITE)


def _upper_unit(unit: str) -> str:
    return "ı" if unit == "ı" else _simple(unit, str.upper, str.title)


def _lower_unit(unit: str) -> str:
    return "İ" if unit == "İ" else _simple(unit, str.lower, str.lower)


def _simple(unit: str, full: Callable[[str], str], fallback: Callable[[str], str]) -> str:
    char = unit if len(unit) == 1 else unit.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    mapped = full(char)
    if len(mapped) != 1:
        mapped = fallback(char)
    if len(mapped) != 1:
        return unit
    if mapped <= "\uffff":
        return mapped
    data = mapped.encode("utf-16-le")
    return chr(data[0] | data[1] << 8) + chr(data[2] | data[3] << 8)
