"""How far a C# expression, string or comment reaches in a text. Knows brackets, quotes and comments, no other token.

The policy reader needs `find_end` before anything is parsed; the lexer takes the holes of interpolated strings from
here.
"""

from __future__ import annotations

import re

from certgate.csharp.depth import TooDeep, make_room
from certgate.csharp.node import NodeType

LINE_END = "\n\r\x85\u2028\u2029"
_CLOSING = {"(": ")", "[": "]", "{": "}"}
# SECURITY: strings nested in holes nested in strings take six Python calls each; no policy needs this many.
_MAX_NESTING = 100
_NESTING_WITHOUT_ROOM = 20

_STOP = re.compile(r"""[(){}\[\]:]|//|/\*|[$@]*"|'""")
# These are compiled when first used: most policies need one of them, and compiling all is felt at start-up.
LINE = f"[{LINE_END}]"
_REGULAR = rf'(?:[^"\\{LINE_END}]|\\.)*+'
_CHARACTER = rf"(?:[^'\\{LINE_END}]|\\.)*+"
_VERBATIM = r'(?:[^"]|"")*+'
_CONTENT = rf'["{{}}\\{LINE_END}]'
_VERBATIM_CONTENT = r'["{}]'


class Hole(metaclass=NodeType):
    """``{…}`` of an interpolated string: offsets of ``{``, of the ``:`` before a format (or None), and of ``}``.

    `end` is where ``}`` is missing if `closed` is False.
    """

    start: int
    colon: int | None
    end: int
    closed: bool


class ExtentError(metaclass=NodeType):
    """C#'s error about a string as a whole; only the first is kept, as C# does."""

    code: str
    message: str
    start: int
    end: int


class Interpolated(metaclass=NodeType):
    """An interpolated string: its text lies in ``[content, content_end)`` and the whole token in ``[start, end)``."""

    start: int
    content: int
    content_end: int
    end: int
    verbatim: bool
    holes: tuple[Hole, ...]
    error: ExtentError | None


def find_end(text: str, start: int) -> int | None:
    """The offset past the bracket that closes the ``@(`` or ``@{`` at `start`; None where there is no such bracket.

    Strings of every kind, characters and comments are skipped as C# would. Only brackets of the opening's own kind
    count, so a missing one of another kind is left for the parser to report.
    """
    try:
        return _find_end(text, start)
    except TooDeep:
        return None


def _find_end(text: str, start: int) -> int | None:
    opening = text[start + 1]
    closing = _CLOSING[opening]
    depth, position = 1, start + 2
    while found := _STOP.search(text, position):
        position = found.end()
        mark = found[0]
        if mark == opening:
            depth += 1
        elif mark == closing:
            depth -= 1
            if not depth:
                return position
        elif mark[-1] in "\"'/*":
            position = skip(text, found.start(), mark)
    return None


def skip(text: str, start: int, mark: str, nesting: int = 0) -> int:
    """The offset past the string, character or comment at `start`, which begins with `mark`, or where it is cut off."""
    inside = start + len(mark)
    if mark == "//":
        line = re.compile(LINE).search(text, inside)
        return line.start() if line else len(text)
    if mark == "/*":
        end = text.find("*/", inside)
        return len(text) if end < 0 else end + 2
    if "$" in mark:
        return scan_interpolated(text, start, nesting + 1).end
    pattern = _CHARACTER if mark == "'" else _VERBATIM if "@" in mark else _REGULAR
    matched = re.compile(pattern).match(text, inside)
    end = matched.end() if matched else inside
    return end + 1 if end < len(text) and text[end] in "\"'" else end


def scan_interpolated(text: str, start: int, nesting: int = 0) -> Interpolated:
    """The interpolated string whose ``$"``, ``$@"`` or ``@$"`` stands at `start`. TooDeep where strings nest in it."""
    return _Scanner(text, start, nesting).scan()


class _Scanner:
    """One interpolated string being scanned; C# keeps only the first error."""

    def __init__(self, text: str, start: int, nesting: int) -> None:
        self.text = text
        self.start = start
        self.nesting = nesting
        quote = text.index('"', start)
        self.verbatim = "@" in text[start:quote]
        self.position = self.content = quote + 1
        self.error: ExtentError | None = None
        self.holes: list[Hole] = []

    def scan(self) -> Interpolated:
        if self.nesting > _MAX_NESTING:
            raise TooDeep
        if self.nesting == _NESTING_WITHOUT_ROOM:
            make_room()
        self._contents()
        end = content_end = self.position
        if self._peek() == '"':
            end += 1
        else:
            code = ("CS1039", "Unterminated string literal") if self.verbatim else ("CS1010", "Newline in constant")
            at = end - 1 if end == len(self.text) else end
            self._fail(*code, at, at + 1)
        self._refuse_line_end()
        return Interpolated(self.start, self.content, content_end, end, self.verbatim, tuple(self.holes), self.error)

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _fail(self, code: str, message: str, start: int, end: int) -> None:
        if self.error is None:
            self.error = ExtentError(code, message, start, end)

    def _contents(self) -> None:
        text = self.text
        stop = re.compile(_VERBATIM_CONTENT if self.verbatim else _CONTENT)
        while found := stop.search(text, self.position):
            self.position = at = found.start()
            mark, doubled = text[at], text.startswith(text[at], at + 1)
            if mark == "{" and not doubled:
                self._hole()
            elif mark in "{}":
                if not doubled:
                    message = "A '}' character must be escaped (by doubling) in an interpolated string."
                    self._fail("CS8086", message, at, at + 1)
                self.position += 1 + doubled
            elif mark == "\\" or (mark == '"' and doubled and self.verbatim):
                self.position += 2
            else:
                return
        self.position = len(text)

    def _hole(self) -> None:
        start = self.position
        self.position += 1
        colon = self._balanced()
        closed = self._peek() == "}"
        if not closed:
            message = "Missing close delimiter '}' for interpolated expression started with '{'."
            self._fail("CS8076", message, start, start + 2)
        self.holes.append(Hole(start, colon, self.position, closed))
        self.position += closed

    def _balanced(self) -> int | None:
        """Goes to the ``}`` that closes the hole; answers where a ``:`` begins its format."""
        text, expected = self.text, ["}"]
        while found := _STOP.search(text, self.position):
            self.position = found.start()
            mark = found[0]
            if mark == ":" and len(expected) == 1:
                self._format()
                return found.start()
            if mark in _CLOSING:
                expected.append(_CLOSING[mark])
            elif mark in ")]}":
                if mark != expected[-1]:
                    message = f"Syntax error, '{expected[-1]}' expected"
                    self._fail("CS1003", message, self.position, self.position + 1)
                elif len(expected) == 1:
                    return None
                else:
                    expected.pop()
            elif mark != ":":
                self.position = skip(text, self.position, mark, self.nesting)
                continue
            self.position = found.end()
        self.position = len(text)
        if len(expected) > 1:
            self._fail("CS1003", f"Syntax error, '{expected[-1]}' expected", self.position - 1, self.position)
        return None

    def _refuse_line_end(self) -> None:
        """C# looks for a line's end in a hole last, after all other faults of the string."""
        for hole in self.holes:
            if not self.verbatim and re.compile(LINE).search(self.text, hole.start, hole.end):
                message = (
                    "Newlines inside a non-verbatim interpolated string are not supported in C# 7.3. "
                    "Please use language version 11.0 or greater."
                )
                self._fail("CS8967", message, hole.start, hole.end + hole.closed)

    def _format(self) -> None:
        """Goes to the end of a format, from its colon: the first ``}``, or where the string ends."""
        text = self.text
        stop = re.compile(_VERBATIM_CONTENT if self.verbatim else _CONTENT)
        self.position += 1
        while found := stop.search(text, self.position):
            self.position = at = found.start()
            mark = text[at]
            if mark == "\\" or (mark == '"' and self.verbatim and text.startswith('""', at)):
                self.position += 2
            elif mark == "{":
                self._fail("CS1056", "Unexpected character '{'", at, at + 1)
                self.position += 1
            else:
                return
        self.position = len(text)
