"""C# text to tokens with offsets, and the lexical errors of C#. Knows no grammar.

An interpolated string is one token, as in C#'s own lexer: the parser reads its holes. ``>`` is lexed singly, or as
``>=``; the parser joins ``>>`` and ``>>=``.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from certgate.csharp import extent, literals
from certgate.csharp.extent import LINE_END
from certgate.csharp.syntax import LiteralKind

if TYPE_CHECKING:
    from certgate.csharp.extent import Interpolated
    from certgate.csharp.literals import Problem
    from certgate.csharp.syntax import LiteralValue

IDENTIFIER, NUMBER, STRING, CHARACTER, INTERPOLATED, BAD, END = "identifier", "0", '""', "''", '$""', "bad", "end"

KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """abstract as base bool break byte case catch char checked class const continue decimal default
        delegate do double else enum event explicit extern false finally fixed float for foreach goto if
        implicit in int interface internal is lock long namespace new null object operator out override
        params private protected public readonly ref return sbyte sealed short sizeof stackalloc static
        string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual
        void volatile while""",
    )
)
_KEYWORD = {word: sys.intern(word) for word in KEYWORDS}

# Sets are written so that they are small: `re` takes a millisecond for one that reaches from U+0080 to the end.
_TOKEN = re.compile(
    rf"""(?:[ \t-\r]++|[\x85\u2028\u2029]|//[^{LINE_END}]*+)*+
    (?:([A-Za-z_][A-Za-z0-9_]*+)(?![^\x00-\x5b\x5d-\x7f])
    |(<<?=?|>=?|=[=>]?|!=?|&[&=]?|\|[|=]?|\+[+=]?|-[-=>]?|\?(?:\?=?)?|::?|\.\.|\.(?![0-9])|/(?![*])=?|[*%^]=?
      |[][(){{}};,~])
    |([0-9]{{1,9}})(?![0-9A-Za-z_.])
    |"([^"\\{LINE_END}\U00010000-\U0010ffff]*+)"(?!"|[uU]8)
    |(.|\Z))""",
    re.VERBOSE | re.DOTALL,
)
_OPERATOR, _SMALL, _PLAIN, _OTHER = 2, 3, 4, 5
# The rarer ones are compiled when first used.
_INTERPOLATION = r'\$@?"|@\$"'
_WORD = r"@?(?:\w|[\u200c\u200d\xad\u2060]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})+"
_CODE_POINT = r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})"
_DIRECTIVE = r"#[ \t]*(\w*)"
_KNOWN_DIRECTIVES = frozenset(["region", "endregion", "pragma", "line", "warning", "nullable"])
_FORMATTING = dict.fromkeys(map(ord, "\u200c\u200d\xad\u2060"))
"""Formatting characters, which are no part of a name's meaning."""


class Tokens:
    """The tokens of a text as parallel lists, ended by several `END`; `errors` are (token index, problem)."""

    __slots__ = ("_text", "ends", "errors", "kinds", "starts", "values")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.values: list[str | tuple[LiteralKind, LiteralValue] | Interpolated | None] = []
        self.errors: list[tuple[int, Problem]] = []
        self._fill(start, end)
        # Looking ahead never needs a bounds check: no look goes further than these.
        for _ in range(4):
            self._add(END, end, end, None)

    def _fill(self, position: int, end: int) -> None:
        text, match = self._text, _TOKEN.match
        kinds, starts, ends, values = self.kinds.append, self.starts.append, self.ends.append, self.values.append
        keyword = _KEYWORD.get
        while True:
            found = match(text, position, end)
            if found is None:
                return
            group = found.lastindex or _OTHER
            start, position = found.span(group)
            word = found[group]
            if group == 1:
                known = keyword(word)
                kinds(known or IDENTIFIER)
                values(None if known else word)
            elif group == _OPERATOR:
                kinds(word)
                values(None)
            elif group == _SMALL:
                kinds(NUMBER)
                values((LiteralKind.INT, int(word)))
            elif group == _PLAIN:
                start, position = start - 1, position + 1
                kinds(STRING)
                values(word)
            elif not word:
                return
            else:
                position = self._other(start, end)
                continue
            starts(start)
            ends(position)

    def _add(
        self, kind: str, start: int, end: int, value: str | tuple[LiteralKind, LiteralValue] | Interpolated | None
    ) -> int:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.values.append(value)
        return end

    def _report(self, start: int, problems: list[Problem]) -> None:
        index = len(self.kinds)
        self.errors += [(index, (code, message, start + at, start + to)) for code, message, at, to in problems]

    def _other(self, start: int, end: int) -> int:
        """Everything that the one regular expression leaves: rarer spellings, comments across lines, errors."""
        text = self._text
        char = text[start]
        if text.startswith("/*", start):
            return self._comment(start, end)
        if interpolation := re.compile(_INTERPOLATION).match(text, start, end):
            return self._interpolated(start, end, interpolation[0])
        if char == '"' or text.startswith('@"', start):
            return self._string(start, end)
        if char == "'":
            return self._character(start, end)
        if char in ".0123456789":
            stop, kind, value, problems = literals.read_number(text[:end] if end < len(text) else text, start)
            self._report(start, problems)
            return self._add(NUMBER, start, stop, (kind, value))
        if char == "#":
            return self._directive(start, end)
        if char.isspace() or char in "\x1a\ufeff":
            return start + 1
        return self._word(start, end)

    def _comment(self, start: int, end: int) -> int:
        closing = self._text.find("*/", start + 2, end)
        if closing >= 0:
            return closing + 2
        problem = ("CS1035", "End-of-file found, '*/' expected", start, end)
        self.errors.append((max(len(self.kinds) - 1, 0), problem))
        return end

    def _interpolated(self, start: int, end: int, mark: str) -> int:
        found = extent.scan_interpolated(self._text[:end], start)
        if mark.startswith("@"):
            message = (
                "To use '@$' instead of '$@' for an interpolated verbatim string, "
                "please use language version '8.0' or greater."
            )
            self._report(start, [("CS8401", message, 0, found.end - start)])
        if found.error:
            self._report(0, [(found.error.code, found.error.message, found.error.start, found.error.end)])
        return self._add(INTERPOLATED, start, found.end, found)

    def _string(self, start: int, end: int) -> int:
        text = self._text
        if text.startswith('"""', start):
            return self._raw_string(start, end)
        verbatim = text[start] == "@"
        mark = '@"' if verbatim else '"'
        stop = extent.skip(text[:end], start, mark)
        closed = stop > start + len(mark) and text[stop - 1] == '"'
        inside = text[start + len(mark) : stop - closed]
        if verbatim:
            value, problems = literals.to_units(inside.replace('""', '"')), []
            if not closed:
                problems = [("CS1039", "Unterminated string literal", 0, stop - start)]
        else:
            value, problems = literals.unescape(inside)
            problems = [(code, message, at + 1, to + 1) for code, message, at, to in problems]
            # The backslash before a line's end escapes nothing.
            if not closed:
                problems.insert(0, ("CS1010", "Newline in constant", 0, stop - start))
        if text[stop : stop + 2].lower() == "u8" and stop + 2 <= end:
            stop += 2
            problems.append(unavailable("UTF-8 string literals", "11.0", 0, stop - start))
        self._report(start, problems)
        return self._add(STRING, start, stop, value)

    def _raw_string(self, start: int, end: int) -> int:
        quotes = len(self._text[start:end]) - len(self._text[start:end].lstrip('"'))
        closing = self._text.find('"' * quotes, start + quotes, end)
        stop = closing + quotes if closing >= 0 else end
        self._report(start, [unavailable("raw string literals", "11.0", 0, stop - start)])
        return self._add(STRING, start, stop, "")

    def _character(self, start: int, end: int) -> int:
        text = self._text
        stop = extent.skip(text[:end], start, "'")
        closed = stop > start + 1 and text[stop - 1] == "'"
        value, problems = literals.unescape(text[start + 1 : stop - closed])
        problems = [(code, message, at + 1, to + 1) for code, message, at, to in problems]
        if not closed:
            problems.append(("CS1010", "Newline in constant", 0, stop - start))
        if len(value) != 1:
            code = (
                ("CS1012", "Too many characters in character literal")
                if value
                else ("CS1011", "Empty character literal")
            )
            problems.append((*code, 0, stop - start))
        self._report(start, problems)
        return self._add(CHARACTER, start, stop, (LiteralKind.CHAR, value))

    def _directive(self, start: int, end: int) -> int:
        text = self._text
        stop = extent.skip(text[:end], start, "//")
        line = text[max(text.rfind(mark, 0, start) for mark in LINE_END) + 1 : start]
        found = re.compile(_DIRECTIVE).match(text, start, end)
        name = found[1] if found else ""
        if line.strip() and self.starts and start - len(line) <= self.starts[-1]:
            message = "Preprocessor directives must appear as the first non-whitespace character on a line"
            self._report(start, [("CS1040", message, 0, 1)])
        elif name not in _KNOWN_DIRECTIVES:
            self._report(start, [("CS1024", "Preprocessor directive expected", 0, 1 + len(name))])
        return stop

    def _word(self, start: int, end: int) -> int:
        """An identifier with ``@``, escapes or letters beyond ASCII; otherwise a character that C# does not know."""
        from unicodedata import normalize

        found = re.compile(_WORD).match(self._text, start, end)
        written = found[0] if found else ""
        name = re.sub(_CODE_POINT, _decode, written.removeprefix("@")).translate(_FORMATTING)
        if found and name and _is_identifier(name):
            keyword = None if len(written) != len(name) else _KEYWORD.get(name)
            return self._add(keyword or IDENTIFIER, start, found.end(), None if keyword else normalize("NFC", name))
        char = self._text[start]
        self._report(start, [("CS1056", f"Unexpected character '{char}'", 0, 1)])
        return self._add(BAD, start, start + 1, None)


def _decode(found: re.Match[str]) -> str:
    value = int(found[1] or found[2], 16)
    return chr(value) if value <= 0x10FFFF else " "


def _is_identifier(name: str) -> bool:
    """C# takes a letter first, then also digits, connectors, combining and formatting characters; no other numbers."""
    from unicodedata import category as category_of

    first, *rest = map(category_of, name)
    letters = ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl")
    return (first in letters or name[0] == "_") and all(
        category in letters or category in ("Nd", "Pc", "Mn", "Mc", "Cf") for category in rest
    )


def unavailable(feature: str, version: str, start: int, end: int) -> Problem:
    """C#'s error for syntax newer than 7.3."""
    message = f"Feature '{feature}' is not available in C# 7.3. Please use language version {version} or greater."
    return ("CS8370", message, start, end)
