"""The text of a template as tokens, strings and what is filled in inside them told apart: Bicep, Terraform, ARM.

One pass, front to back, with a stack instead of recursion. Knows how strings and comments are written; what an
expression means is :mod:`certgate.layouts.evaluate`'s business. Never fails: what is not closed ends with the text.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from certgate.core.errors import InputError
from certgate.core.source import Place

MAX_TOKENS = 500_000
"""SECURITY: the most tokens of a template."""


class Language(StrEnum):
    ARM = "arm"
    BICEP = "bicep"
    TERRAFORM = "terraform"


class Kind(StrEnum):
    WORD = "word"
    MARK = "mark"
    LINE = "line"
    OPEN = "open"
    CLOSE = "close"
    QUOTE = "quote"
    """A string begins."""
    TEXT = "text"
    """Characters of a string, as they stand."""
    ESCAPE = "escape"
    """Characters of a string that stand for others: those are its `text`."""
    FILL = "fill"
    """``${``: something is filled in."""
    FILLED = "filled"
    """The end of that."""
    DIRECTIVE = "directive"
    """``%{``: a Terraform template decides or repeats; its end is FILLED too."""
    UNQUOTE = "unquote"


class Token(NamedTuple):
    kind: Kind
    start: int
    end: int
    text: str


_OPENING = {"(": ")", "[": "]", "{": "}"}
_PAIRS = {"??", "=>", "==", "!=", "<=", ">=", "&&", "||"}
_WORD = re.compile(r"[^\W\d][\w-]*|\d[\w.]*")
_BICEP_WORD = re.compile(r"[^\W\d]\w*|\d[\w.]*")
_BLANK = re.compile(r"[ \t\f\v\ufeff]+")
_SLASHES = re.compile(r"//[^\r\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_HASHES = re.compile(r"(?://|#)[^\r\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_LINE = re.compile(r"\r\n?|\n")
_HEREDOC = re.compile(r"<<(-?)([^\W\d][\w-]*)[ \t]*\r?\n")
_STOPS = {
    "'": re.compile(r"'|\\(?:u\{[0-9A-Fa-f]{1,6}\}|.)|\$\{|\r|\n", re.DOTALL),
    '"': re.compile(r'"|\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\$\$\{|%%\{|\$\{|%\{', re.DOTALL),
    "''": re.compile(r"''|'"),
    "'''": re.compile(r"'''(?!')"),
    "$'''": re.compile(r"'''(?!')|\$\{"),
    "template": re.compile(r"\$\$\{|%%\{|\$\{|%\{"),
}
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


class Tokens(list[Token]):
    """The tokens of a text; `partner` gives the index of what closes an opening token, and the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self.partner: dict[int, int] = {}

    def after(self, at: int) -> int:
        """The index behind a token, or behind all that it opens; always further on."""
        return max(self.partner.get(at, at), at) + 1


def tokens(text: str, language: Language, name: str = "", *, template: bool = False) -> Tokens:
    """The tokens of `text`. `template`: it is the inside of a string, such as a whole ``.tftpl`` file.

    Raises InputError ``template-too-large`` for more than anybody writes.
    """
    reader = _Reader(text, language, name)
    if template:
        reader.begin("template", 0, 0)
    return reader.read()


class _Reader:
    def __init__(self, text: str, language: Language, name: str) -> None:
        self._text = text
        self._language = language
        self._name = name
        self._at = 0
        self._found = Tokens()
        self._open: list[tuple[str, int]] = []
        """What is open, with the index of its token: a bracket, a kind of string, or ``${``."""
        self._comment = _HASHES if language is Language.TERRAFORM else _SLASHES
        self._word = _BICEP_WORD if language is Language.BICEP else _WORD
        self._heredocs: dict[str, re.Pattern[str]] = {}

    def read(self) -> Tokens:
        while self._at < len(self._text):
            inside = self._open[-1][0] if self._open else ""
            if inside in _STOPS or inside in self._heredocs:
                self._string(inside)
            else:
                self._code()
        while self._open:
            self._close(Kind.CLOSE, len(self._text), "")
        return self._found

    def _add(self, kind: Kind, start: int, end: int, text: str = "") -> None:
        if len(self._found) >= MAX_TOKENS:
            raise InputError(
                "is no template that anybody writes: it has too many parts",
                code="template-too-large",
                place=Place(self._name),
            )
        self._found.append(Token(kind, start, end, text))
        self._at = end

    def begin(self, how: str, start: int, end: int, kind: Kind = Kind.QUOTE) -> None:
        self._open.append((how, len(self._found)))
        self._add(kind, start, end, self._text[start:end])

    def _close(self, kind: Kind, end: int, text: str) -> None:
        _, opening = self._open.pop()
        self._found.partner[opening] = len(self._found)
        self._found.partner[len(self._found)] = opening
        self._add(kind, min(self._at, end), end, text)

    # -- outside of strings --------------------------------------------------------------------------------------------

    def _code(self) -> None:
        text, at = self._text, self._at
        for pattern, kind in ((_BLANK, None), (self._comment, None), (_LINE, Kind.LINE), (self._word, Kind.WORD)):
            match = pattern.match(text, at)
            if match:
                if kind is None:
                    self._at = match.end()
                else:
                    self._add(kind, at, match.end(), match[0])
                return
        if not self._opens_string():
            self._bracket(text[at])

    def _opens_string(self) -> bool:
        text, at = self._text, self._at
        if self._language is Language.ARM and text[at] == "'":
            self.begin("''", at, at + 1)
        elif self._language is Language.BICEP and text.startswith(("'''", "$'''"), at):
            mark = "$'''" if text[at] == "$" else "'''"
            end = at + len(mark)
            # A line end right behind the opening is not part of the text.
            line = _LINE.match(text, end)
            self.begin(mark, at, line.end() if line else end)
        elif self._language is Language.BICEP and text[at] == "'":
            self.begin("'", at, at + 1)
        elif self._language is Language.TERRAFORM and text[at] == '"':
            self.begin('"', at, at + 1)
        elif self._language is Language.TERRAFORM and (heredoc := _HEREDOC.match(text, at)):
            mark = f"<<{heredoc[2]}"
            if mark not in self._heredocs:
                self._heredocs[mark] = _ending(heredoc[2])
            self.begin(mark, at, heredoc.end())
        else:
            return False
        return True

    def _bracket(self, mark: str) -> None:
        at = self._at
        if mark in _OPENING:
            self.begin(mark, at, at + 1, Kind.OPEN)
            return
        inside = self._open[-1][0] if self._open else ""
        if mark == "}" and inside in {"${", "%{"}:
            self._close(Kind.FILLED, at + 1, mark)
        elif inside in _OPENING and _OPENING[inside] == mark:
            self._close(Kind.CLOSE, at + 1, mark)
        else:
            two = self._text[at : at + 2]
            written = two if two in _PAIRS else mark
            self._add(Kind.MARK, at, at + len(written), written)

    # -- inside of strings ---------------------------------------------------------------------------------------------

    def _string(self, how: str) -> None:
        pattern = self._heredocs.get(how) or _STOPS[how]
        match = pattern.search(self._text, self._at)
        end = match.start() if match else len(self._text)
        if end > self._at:
            self._add(Kind.TEXT, self._at, end, self._text[self._at : end])
        if match is None:
            return
        found = match[0]
        if found in {"${", "%{"}:
            self.begin(found, end, match.end(), Kind.FILL if found == "${" else Kind.DIRECTIVE)
        elif found in {"$${", "%%{"}:
            self._add(Kind.ESCAPE, end, match.end(), found[1:])
        elif found[0] == "\\":
            self._add(Kind.ESCAPE, end, match.end(), _meaning(found))
        elif how == "''" and found == "''":
            self._add(Kind.ESCAPE, end, match.end(), "'")
        else:
            # A line end closes a string of Bicep that has no other end.
            self._close(Kind.UNQUOTE, match.end() if found.strip() else end, found)


def _ending(word: str) -> re.Pattern[str]:
    """What a heredoc is searched for: something filled in, or the line that ends it."""
    return re.compile(rf"\$\$\{{|%%\{{|\$\{{|%\{{|^[ \t]*{re.escape(word)}[ \t]*(?=\r?$)", re.MULTILINE)


def _meaning(escape: str) -> str:
    body = escape[1:]
    digits = body.strip("uU{}")
    if body[0] in "uU" and digits:
        number = int(digits, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _ESCAPES.get(body, body)
