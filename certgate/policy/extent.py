"""Where a value ends in relaxed XML, and what its entities mean. The rule stands in :mod:`certgate.policy.rawxml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.policy.derived import Building

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.policy.derived import Derived

STARTS = ("@(", "@{")
"""What an expression begins with."""

_CHANGES = re.compile(r"&(?:#[0-9]+;|#x[0-9A-Fa-f]+;|[A-Za-z_][\w.-]*;)?|\r\n?")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_OPENING = re.compile(r"@[({]")
_BLANK = re.compile(r"\s*")
_TAG_END = re.compile(r"""["']\s*/?>\s*</?[A-Za-z!]""")

MAX_TRIES = 64
"""How many closing quotes are tried for a value that mixes both ways of writing."""

MAX_MIXED = 32 * 1024
"""The most characters of such a value."""


@frozen
class Decoded:
    """`bad`: offset, length and text of what is no entity."""

    text: Derived
    bad: tuple[tuple[int, int, str], ...] = ()


def decode(source: Derived, start: int, end: int, *, strict: bool) -> Decoded:
    """``[start, end)`` with entities decoded and line ends as XML reads them (XML 1.0, 2.11); ``&#xD;`` survives.

    `strict` False, inside expressions: an ampersand that begins no entity is an ampersand.
    """
    text, building, bad, at = source.text, Building(source), [], start
    for match in _CHANGES.finditer(text, start, end):
        found = match[0]
        meaning = "\n" if found[0] == "\r" else _meaning(found)
        if meaning is None:
            if strict:
                bad.append((match.start(), len(found), found))
            continue
        building.keep(at, match.start())
        building.replace(meaning, *match.span())
        at = match.end()
    building.keep(at, end)
    return Decoded(building.done(), tuple(bad))


def _meaning(entity: str) -> str | None:
    if not entity.startswith("&#"):
        return _ENTITIES.get(entity)
    digits = entity[2:-1]
    if len(digits) > 10:
        return None
    number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    allowed = (
        number in {9, 10, 13} or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    )
    return chr(number) if allowed else None


@frozen
class Extent:
    """A value ends at `end` (-1: never). `whole`: it is one expression. `expressions`: some expression is in it.
    `unclosed`: the offset of one that is never closed."""

    end: int
    whole: bool = False
    expressions: bool = False
    unclosed: int | None = None


class Extents:
    """Finds the ends of values in one document."""

    def __init__(self, source: Derived) -> None:
        self._source = source
        self._text = source.text
        # SECURITY: an expression without an end is searched up to the end of the document, so such searches together
        # are bounded: otherwise a file full of "@(" takes time by the square of its length.
        self._asked, self._next_end_tag = 0, -1
        self._budget = 4 * len(self._text) + 2_000_000

    def _find_end(self, text: str, start: int) -> int | None:
        if self._budget <= 0:
            return None
        from certgate.csharp.extent import find_end

        end = find_end(text, start)
        if end is None:
            self._budget -= len(text) - start
        return end

    def whole(self, text: str) -> bool:
        """Is this decoded text one expression, but for blanks around it?"""
        stripped = text.strip()
        return stripped.startswith(STARTS) and self._find_end(stripped, 0) == len(stripped)

    def _whole_to(self, start: int, end: int) -> bool:
        return self.whole(decode(self._source, start, end, strict=False).text.text)

    def attribute(self, start: int, quote: str) -> Extent:
        """The value that starts behind an attribute's opening quote."""
        text, first = self._text, self._blank(start)
        plain = text.find(quote, start)
        if not text.startswith(STARTS, first):
            return self._mixed(start, quote)
        if plain >= 0 and self._whole_to(start, plain):
            return Extent(plain, True, True)
        raw = self._find_end(text, first)
        if raw is not None and text.startswith(quote, self._blank(raw)):
            return Extent(self._blank(raw), True, True)
        for end in self._later(start, plain, quote):
            if self._whole_to(start, end):
                return Extent(end, True, True)
        if raw is None or _TAG_END.search(text, first, raw):
            return Extent(-1, expressions=True, unclosed=first)
        return self._mixed(start, quote)

    def _later(self, start: int, plain: int, mark: str) -> Iterator[int]:
        """The next closing marks behind the one at `plain`, where the value may hold an entity."""
        limit, at = start + MAX_MIXED, plain
        if plain < 0 or self._text.find("&", start, limit) < 0:
            return
        for _ in range(MAX_TRIES):
            at = self._text.find(mark, at + 1, limit)
            if at < 0 or self._budget <= 0:
                return
            self._budget -= at - start
            yield at

    def _blank(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        return match.end() if match else at

    def _mixed(self, start: int, quote: str) -> Extent:
        """A value that is text, or text and expressions."""
        text, at, expressions = self._text, start, False
        end = text.find(quote, at)
        while end >= 0:
            opening = _OPENING.search(text, at, end)
            if opening is None:
                break
            closing = self._find_end(text, opening.start())
            if closing is None or _TAG_END.search(text, opening.start(), closing):
                at = opening.end()
                continue
            at, expressions = closing, True
            if at > end:
                end = text.find(quote, at)
        return Extent(end, expressions=expressions)

    def text(self, start: int) -> Extent:
        """The text of an element, up to its next ``<``."""
        text, first = self._text, self._blank(start)
        plain = self._find("<", start)
        if not text.startswith(STARTS, first):
            return self.later_text(start)
        if self._whole_to(start, plain):
            return Extent(plain, True, True)
        raw = self._find_end(text, first)
        after = self._blank(raw) if raw is not None else 0
        if raw is not None and (after == len(text) or text[after] == "<"):
            return Extent(after, True, True)
        for end in self._later(start, plain, "<"):
            if self._whole_to(start, end):
                return Extent(end, True, True)
        closing = self._end_tag(first)
        if raw is None or raw > closing:
            return Extent(closing, expressions=True, unclosed=first)
        return self.later_text(start)

    def later_text(self, start: int) -> Extent:
        """Text that is no expression as a whole; one inside it may hold a ``<``, if it ends before the end tag."""
        text, at, expressions = self._text, start, False
        end = self._find("<", at)
        while True:
            opening = _OPENING.search(text, at, end)
            if opening is None:
                return Extent(end, expressions=expressions)
            closing = self._find_end(text, opening.start())
            if closing is None or closing > self._end_tag(opening.start()):
                at = opening.end()
                continue
            at, expressions = closing, True
            if at > end:
                end = self._find("<", at)

    def _end_tag(self, start: int) -> int:
        """The offset of the next end tag; asked for at rising offsets, so the last answer mostly holds."""
        if not self._asked <= start <= self._next_end_tag:
            self._asked, self._next_end_tag = start, self._find("</", start)
        return self._next_end_tag

    def _find(self, mark: str, start: int) -> int:
        """The offset of the next `mark`, or the end of the text."""
        found = self._text.find(mark, start)
        return found if found >= 0 else len(self._text)
