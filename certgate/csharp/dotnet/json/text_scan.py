"""The characters of a JSON text as Newtonsoft's JsonTextReader goes through them: places, blanks, comments, strings.

A place is a line and the number of characters read on it so far. What the tokens are: ``text_reader.py``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.json.reading import JsonReader
from certgate.csharp.runtime import charge_size, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.dotnet.json.reading import ReadOptions
    from certgate.csharp.runtime import ThrownException

_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "\\": "\\", '"': '"', "'": "'", "/": "/"}
_PLAIN = {'"': re.compile(r'[^"\\\r\n]*+'), "'": re.compile(r"[^'\\\r\n]*+")}
_REPLACEMENT = "\ufffd"


class Scanner(JsonReader):
    """`text` ends in a NUL that is not part of it, so that looking one character ahead is always possible."""

    def __init__(self, text: str, options: ReadOptions) -> None:
        super().__init__(options)
        charge_size(len(text))
        charge_steps(3 * len(text))
        self.text = text + "\0"
        self.length = len(text)
        self.at = 0
        self.line = 1
        self.line_start = 0

    def place(self) -> tuple[int, int]:
        """Before it has read anything, the reader is on no line."""
        position = self.at - self.line_start
        at_start = self.state == "Start" and position == 0 and self.kind != "Comment"
        return (0 if at_start else self.line), position

    def _has(self, more: int) -> bool:
        return self.at + more < self.length

    # Blanks

    def _new_line(self) -> None:
        """At a CR or an LF."""
        carriage = self.text[self.at] == "\r"
        self.at += 1
        if carriage and self._has(1) and self.text[self.at] == "\n":
            self.at += 1
        self.line += 1
        self.line_start = self.at

    def _blank(self) -> bool:
        """Pass over one character that means nothing; False where another one stands, or the end."""
        char = self.text[self.at]
        if char in "\r\n":
            self._new_line()
        elif char.isspace() or (char == "\0" and self.at < self.length):
            self.at += 1
        else:
            return False
        return True

    def _skip_blanks(self) -> None:
        # Most of the time nothing is there to pass over.
        while not "!" <= self.text[self.at] <= "~" and self._blank():
            pass

    # Words

    def _expect(self, word: str, message: str) -> None:
        if not self._matches(word):
            raise self.fail(message)

    def _matches(self, word: str) -> bool:
        """Pass over `word` where it stands and a separator behind it; else over what is alike."""
        if not self._has(len(word) - 1):
            self.at = self.length
            raise self.fail("Unexpected end when reading JSON.")
        for char in word:
            if self.text[self.at] != char:
                return False
            self.at += 1
        return self.at >= self.length or self._separates(self.text[self.at])

    def _separates(self, char: str) -> bool:
        if char == "/":
            return self._has(1) and self.text[self.at + 1] in "*/"
        if char == ")":
            return self.state in ("Constructor", "ConstructorStart")
        return char in "}],\0" or char.isspace()

    # Comments

    def _comment(self, *, keep: bool) -> None:
        self.at += 1
        if not self._has(1):
            raise self.fail("Unexpected end while parsing comment.")
        mark = self.text[self.at]
        if mark not in "*/":
            raise self.fail(f"Error parsing comment. Expected: *, got {mark}.")
        self.at += 1
        begin = self.at
        end = self._comment_end(mark)
        if keep:
            self.set_token("Comment", self.text[begin:end])

    def _comment_end(self, mark: str) -> int:
        while True:
            char = self.text[self.at]
            if self.at >= self.length:
                if mark == "*":
                    raise self.fail("Unexpected end while parsing comment.")
                return self.at
            if char in "\r\n":
                if mark == "/":
                    return self.at
                self._new_line()
            elif mark == "*" and self.text.startswith("*/", self.at):
                self.at += 2
                return self.at - 2
            else:
                self.at += 1

    # Strings

    def _string(self, quote: str) -> str:
        """Behind the opening quote, which may be either; behind the closing one afterwards."""
        parts: list[str] = []
        plain = _PLAIN[quote]
        while True:
            found = plain.match(self.text, self.at)
            end = min(found.end() if found else self.at, self.length)
            parts.append(self.text[self.at : end])
            self.at = end
            if end >= self.length:
                raise self._unterminated(quote)
            char = self.text[end]
            if char == quote:
                self.at += 1
                return "".join(parts)
            if char == "\\":
                self.at += 1
                parts.append(self._escape(quote))
            else:
                self._new_line()
                parts.append(self.text[end : self.at])

    def _unterminated(self, quote: str) -> ThrownException:
        return self.fail(f"Unterminated string. Expected delimiter: {quote}.")

    def _escape(self, quote: str) -> str:
        if self.at >= self.length:
            raise self._unterminated(quote)
        char = self.text[self.at]
        self.at += 1
        if char == "u":
            return self._surrogates(self._unicode())
        if char not in _ESCAPES:
            raise self.fail(f"Bad JSON escape sequence: \\{char}.")
        return _ESCAPES[char]

    def _surrogates(self, char: str) -> str:
        """Half a pair that is written as an escape and stands alone becomes U+FFFD."""
        made = ""
        while "\ud800" <= char <= "\udbff":
            if not (self._has(2) and self.text.startswith("\\u", self.at)):
                return made + _REPLACEMENT
            self.at += 2
            following = self._unicode()
            paired = "\udc00" <= following <= "\udfff"
            made += char if paired else _REPLACEMENT
            if paired:
                return made + following
            char = following
        return made + (_REPLACEMENT if "\udc00" <= char <= "\udfff" else char)

    def _unicode(self) -> str:
        if not self._has(4):
            raise self.fail("Unexpected end while parsing Unicode escape sequence.")
        digits = self.text[self.at : self.at + 4]
        if not re.fullmatch("[0-9a-fA-F]{4}", digits):
            raise self.fail(f"Invalid Unicode escape sequence: \\u{digits}.")
        self.at += 4
        return chr(int(digits, 16))
