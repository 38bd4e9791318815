"""A line of source with carets below what is meant, and how wide characters are. Knows nothing of files."""

from __future__ import annotations

import unicodedata

_UNSEEN = "[\x80-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
JSON_ESCAPE, XML_ESCAPE = "\\u{:04x}", "&#x{:X};"


def caret(source: str, first: int, end: int, width: int) -> tuple[str, str]:
    """A source line cut around the characters ``[first, end)`` to `width` columns, and carets to go below them."""
    length = max(1, min(end, len(source)) - first)
    left = 0
    if len(source) > width:
        left = max(0, min(first - width // 3, len(source) - width))
        length = min(length, max(1, left + width - first))
    shown = source[left : left + width]
    if left:
        shown = "…" + shown[1:]
    if left + width < len(source):
        shown = shown[:-1] + "…"
    # SECURITY: a policy may hold characters that steer a terminal or turn its text around; each shows as one "?".
    shown = "".join(char if char.isprintable() or char == "\t" else "?" for char in shown)
    lead = "".join("\t" if char == "\t" else " " * cells(char) for char in shown[: first - left])
    marked = shown[first - left : first - left + length]
    return shown, lead + "^" * max(1, sum(map(cells, marked)))


def visible(text: str) -> str:
    """The text as it is, but for control and format characters, which show as their code points.

    SECURITY: names in certificates and texts in policies come from strangers; none of them may steer a terminal.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def unseen_as(escape: str, text: str) -> str:
    """The text with characters escaped that steer a terminal or turn text around, each as `escape` with its code point:
    for JSON and XML, which mean the same then.

    SECURITY: what is meant for programs is looked at by people too.
    """
    if text.isascii():
        return text
    import re

    return re.sub(_UNSEEN, lambda found: escape.format(ord(found[0])), text)


def cells(char: str) -> int:
    """How many columns of a terminal a character takes: 0, 1 or 2."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
