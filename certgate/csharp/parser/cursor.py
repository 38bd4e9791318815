"""The place in the tokens, what is expected there, and the errors. Knows no construct of the language.

A missing token is the error, as in C#'s own parser: parsing goes on as if it were there. Looking ahead never moves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp.depth import MAX_DEPTH, TooDeep
from certgate.csharp.extent import LINE
from certgate.csharp.lexer import BAD, END, IDENTIFIER, KEYWORDS, Tokens, unavailable
from certgate.csharp.syntax import Name

if TYPE_CHECKING:
    from certgate.csharp.literals import Problem
    from certgate.csharp.syntax import Span

QUERY_WORDS = frozenset(
    "from where select group into orderby join let in on equals by ascending descending".split()  # noqa: SIM905
)
_COMMENT = r"(?s:/\*.*?\*/)"
_MISSING = {
    ";": ("CS1002", "; expected"),
    ")": ("CS1026", ") expected"),
    "{": ("CS1514", "{ expected"),
    "}": ("CS1513", "} expected"),
    "in": ("CS1515", "'in' expected"),
}


class Errors:
    """The syntax errors of one text, in the order in which C# lists them: along the tree, not by time of discovery."""

    __slots__ = ("_found", "_scale")

    def __init__(self, scale: tuple[float, ...] = ()) -> None:
        self._found: list[tuple[tuple[float, ...], Problem]] = []
        self._scale = scale

    def add(self, token: float, problem: Problem) -> None:
        self._found.append(((*self._scale, token), problem))

    def inside(self, token: int) -> Errors:
        """The errors of a text inside that token, listed where the token is."""
        inner = Errors((*self._scale, token + 0.75))
        inner._found = self._found
        return inner

    def listed(self) -> list[Problem]:
        return [problem for _, problem in sorted(self._found, key=lambda found: found[0])]

    def __bool__(self) -> bool:
        return bool(self._found)


class Cursor:
    """`kind` is the current token's; everything else is looked up by the token's index `at`."""

    def __init__(self, text: str, tokens: Tokens, errors: Errors, depth: int = 0, first: int = -1) -> None:
        self.text = text
        self.kinds = tokens.kinds
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.values = tokens.values
        self.errors = errors
        self.at = 0
        self.kind = tokens.kinds[0]
        self.depth = depth
        self.in_query = 0
        self.before_format = False
        self._first = first
        for index, problem in tokens.errors:
            errors.add(index + 0.5, problem)

    # Tokens

    def advance(self) -> None:
        if self.kind is not END:
            self.at += 1
            self.kind = self.kinds[self.at]

    def peek(self, distance: int = 1) -> str:
        return self.kinds[min(self.at + distance, len(self.kinds) - 1)]

    @property
    def start(self) -> int:
        return self.starts[self.at]

    @property
    def last_end(self) -> int:
        """Where the last token taken ends: what is parsed next can be empty, and then ends there."""
        return self.ends[self.at - 1] if self.at else self.starts[0]

    @property
    def span(self) -> Span:
        return self.starts[self.at], self.ends[self.at]

    def word_at(self, index: int) -> str:
        """The identifier at a token index, or nothing where there is none."""
        value = self.values[index]
        return value if self.kinds[index] is IDENTIFIER and isinstance(value, str) else ""

    @property
    def word(self) -> str:
        return self.word_at(self.at)

    def contextual(self, word: str) -> bool:
        """Whether the current token is that contextual keyword; ``@word`` is not."""
        return self.kind is IDENTIFIER and self.values[self.at] == word and self.text[self.start] != "@"

    def is_name(self, index: int) -> bool:
        """Whether an identifier stands there, which inside a query the query's words are not."""
        return self.kinds[index] is IDENTIFIER and not (
            self.in_query and self.values[index] in QUERY_WORDS and self.text[self.starts[index]] != "@"
        )

    def take(self, kind: str) -> bool:
        """Goes past the token if it is of that kind."""
        if self.kind != kind:
            return False
        self.advance()
        return True

    def take_word(self, word: str) -> bool:
        if not self.contextual(word):
            return False
        self.advance()
        return True

    def adjacent(self, index: int) -> bool:
        """Whether nothing stands between that token and the next."""
        return self.ends[index] == self.starts[index + 1]

    # Errors

    def expect(self, kind: str) -> Span:
        """The span of the expected token; where it is missing, an error and an empty span."""
        span = self.span
        if self.kind == kind:
            self.advance()
            return span
        self.missing(*_MISSING.get(kind, ("CS1003", f"Syntax error, '{kind}' expected")))
        return self.last_end, self.last_end

    def expect_word(self, word: str, code: str) -> None:
        if not self.take_word(word):
            self.missing(code, f"Expected contextual keyword '{word}'")

    def expect_name(self) -> tuple[str, Span]:
        """The identifier and its span, or an error and nothing."""
        if self.is_name(self.at):
            word, span = self.word, self.span
            self.advance()
            return word, span
        if self.kind in KEYWORDS:
            self.missing("CS1041", f"Identifier expected; '{self.kind}' is a keyword")
        else:
            self.missing("CS1001", "Identifier expected")
        return "", (self.last_end, self.last_end)

    def missing(self, code: str, message: str) -> None:
        """An error where a token is missing: at the current one, or after the one before where a line ends between."""
        start, end = self.missing_span()
        self.errors.add(self.at, (code, message, start, end))

    def missing_span(self) -> Span:
        if self.at and self._line_ends_before(self.at):
            return self.last_end, self.last_end
        return self.span

    def fail(self, code: str, message: str, start: int, end: int, token: int | None = None) -> None:
        """An error about what begins at `token` (the current one): C# lists it before the errors inside."""
        self.errors.add((self.at if token is None else token) - 0.25, (code, message, start, end))

    def refuse(self, feature: str, version: str, span: Span | None = None) -> None:
        """Syntax newer than C# 7.3, at a token."""
        self.errors.add(self.at, unavailable(feature, version, *(span or self.span)))

    def missing_expression(self) -> Name:
        """The error where an expression should begin."""
        if self.kind is END:
            self.missing("CS1733", "Expected expression")
        else:
            shown = "" if self.kind is BAD or self.values[self.at] is not None else self.kind
            self.missing("CS1525", f"Invalid expression term '{shown}'")
        return self.missing_name()

    def missing_name(self) -> Name:
        end = self.last_end
        return Name(end, end, "", None, (end, end), False)

    def _line_ends_before(self, index: int) -> bool:
        """Whether a line ends between a token and the one before it, outside ``/* */``."""
        if index == self._first:
            return True
        between = self.text[self.ends[index - 1] : self.starts[index]]
        return re.search(LINE, re.sub(_COMMENT, "", between)) is not None

    # Depth

    def enter(self, levels: int = 1) -> None:
        self.depth += levels
        if self.depth > MAX_DEPTH:
            raise TooDeep
