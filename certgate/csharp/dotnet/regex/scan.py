"""Reads the small parts of a .NET regular expression: escapes, classes in brackets, names, numbers, options.

Knows .NET's errors with their offsets, and nothing of groups; those are in ``pattern.py``.
"""

from __future__ import annotations

import re
from enum import IntFlag

from certgate.csharp.dotnet.regex import charset as regex_charset
from certgate.csharp.dotnet.regex.charset import Charset
from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import enum_value

_PARSE_ERROR = "System.Text.RegularExpressions.RegexParseException"
# SECURITY: classes nest by calls.
_MAX_NESTING = 60
_QUANTIFIER = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_SIMPLE_ESCAPES = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_INLINE = {"i": 1, "m": 2, "n": 4, "s": 16, "x": 32}
_SPACES = " \t\n\v\f\r"
_LARGEST = 0x7FFFFFFF


class Option(IntFlag):
    """``RegexOptions``."""

    IGNORE_CASE = 1
    MULTILINE = 2
    EXPLICIT_CAPTURE = 4
    SINGLELINE = 16
    IGNORE_SPACE = 32
    RIGHT_TO_LEFT = 64
    ECMASCRIPT = 256
    NON_BACKTRACKING = 1024


class TooNested(Exception):
    """The pattern nests deeper than is simulated."""


class Scanner:
    """A place in a pattern, and the options that hold there. `scan_only`: a first look, in which less is an error."""

    def __init__(self, text: str, options: int) -> None:
        self.text = text
        self.options = options
        self.at = 0

    def fail(self, error: str, message: str) -> ThrownException:
        """`error`: a constant of RegexParseError."""
        text = f"Invalid pattern '{self.text}' at offset {self.at}. {message}"
        kind = enum_value("System.Text.RegularExpressions.RegexParseError", error)
        return ThrownException(_PARSE_ERROR, text, ExceptionValue(_PARSE_ERROR, text, Error=kind, Offset=self.at))

    def has(self, option: Option) -> bool:
        return bool(self.options & option)

    @property
    def ended(self) -> bool:
        return self.at >= len(self.text)

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def next(self) -> str:
        self.at += 1
        return self.text[self.at - 1 : self.at]

    def skip_blank(self) -> None:
        """White space and comments, as far as they mean nothing."""
        while True:
            if self.has(Option.IGNORE_SPACE) and self.peek() and self.peek() in _SPACES:
                self.at += 1
            elif self.has(Option.IGNORE_SPACE) and self.peek() == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif self.text.startswith("(?#", self.at):
                end = self.text.find(")", self.at)
                if end < 0:
                    self.at = len(self.text)
                    raise self.fail("UnterminatedComment", "Unterminated (?#...) comment.")
                self.at = end + 1
            else:
                return

    def quantifier(self) -> re.Match[str] | None:
        return _QUANTIFIER.match(self.text, self.at)

    def is_quantifier(self) -> bool:
        char = self.peek()
        return char in ("*", "+", "?") or (char == "{" and self.quantifier() is not None)

    def scan_options(self) -> None:
        """``imnsx-imnsx`` at most, which hold from here on."""
        off = False
        while char := self.peek():
            if char in "+-":
                off = char == "-"
            elif char.lower() not in _INLINE:
                return
            elif off:
                self.options &= ~_INLINE[char.lower()]
            else:
                self.options |= _INLINE[char.lower()]
            self.at += 1

    def number(self) -> int:
        value = 0
        while "0" <= self.peek() <= "9":
            value = value * 10 + int(self.next())
            if value > _LARGEST:
                message = "Quantifier and capture group numbers must be less than or equal to Int32.MaxValue."
                raise self.fail("QuantifierOrCaptureGroupOutOfRange", message)
        return value

    def word(self) -> str:
        begin = self.at
        while self.peek() and regex_charset.is_boundary_word(self.peek()):
            self.at += 1
        return self.text[begin : self.at]

    # Escapes

    def character(self) -> str:
        """The character that an escape stands for; the backslash has been read."""
        char = self.next()
        if "0" <= char <= "7":
            self.at -= 1
            return self._octal()
        if char in _SIMPLE_ESCAPES:
            return _SIMPLE_ESCAPES[char]
        if char in ("x", "u"):
            return self._hex(2 if char == "x" else 4)
        if char == "c":
            return self._control()
        if not self.has(Option.ECMASCRIPT) and regex_charset.is_boundary_word(char):
            raise self.fail("UnrecognizedEscape", f"Unrecognized escape sequence \\{char}.")
        return char

    def _hex(self, count: int) -> str:
        value = 0
        if self.at + count <= len(self.text):
            while count:
                digit = "0123456789abcdef".find(self.next().lower())
                if digit < 0:
                    break
                value = value * 16 + digit
                count -= 1
        if count:
            raise self.fail("InsufficientOrInvalidHexDigits", "Insufficient or invalid hexadecimal digits.")
        return chr(value)

    def _octal(self) -> str:
        value, left = 0, 3
        while left and "0" <= self.peek() <= "7":
            value = value * 8 + int(self.next())
            left -= 1
            if self.has(Option.ECMASCRIPT) and value >= 0x20:
                break
        return chr(value & 0xFF)

    def _control(self) -> str:
        if self.ended:
            raise self.fail("MissingControlCharacter", "Missing control character.")
        char = self.next()
        code = ord(char.upper() if "a" <= char <= "z" else char) - 64
        if not 0 <= code < 32:
            raise self.fail("UnrecognizedControlCharacter", "Unrecognized control character.")
        return chr(code)

    def property_name(self) -> str:
        """The name after ``\\p``."""
        if self.at + 2 >= len(self.text):
            raise self.fail("InvalidUnicodePropertyEscape", "Incomplete \\p{X} character escape.")
        if self.next() != "{":
            raise self.fail("MalformedUnicodePropertyEscape", "Malformed \\p{X} character escape.")
        begin = self.at
        while self.peek() and (regex_charset.is_boundary_word(self.peek()) or self.peek() == "-"):
            self.at += 1
        name = self.text[begin : self.at]
        if self.ended or self.next() != "}":
            raise self.fail("InvalidUnicodePropertyEscape", "Incomplete \\p{X} character escape.")
        return name

    def add_property(self, made: Charset, negated: bool) -> None:
        name = self.property_name()
        if not regex_charset.is_known(name):
            raise self.fail("InvalidUnicodePropertyEscape", f"Unknown property '{name}'.")
        made.add_test(regex_charset.of_property(name), negated)

    def add_shorthand(self, made: Charset, char: str) -> None:
        made.add_test(regex_charset.of_shorthand(char.lower(), self.has(Option.ECMASCRIPT)), char.isupper())

    # Classes in brackets

    def charset(self, scan_only: bool = False, nested: int = 0) -> Charset:
        """After ``[``."""
        if nested > _MAX_NESTING:
            raise TooNested
        return _Brackets(self, scan_only, nested).read()


class _Brackets:
    """One class in brackets while it is read. `low`: the start of a range whose end comes next."""

    def __init__(self, scanner: Scanner, scan_only: bool, nested: int) -> None:
        self.scanner = scanner
        self.scan_only = scan_only
        self.nested = nested
        self.made = Charset(scanner.has(Option.IGNORE_CASE))
        self.low: str | None = None

    def read(self) -> Charset:
        scanner, first = self.scanner, True
        if scanner.peek() == "^":
            scanner.at += 1
            self.made.negated = True
            first = not (scanner.has(Option.ECMASCRIPT) and scanner.peek() == "]")
        while not scanner.ended:
            char = scanner.next()
            if char == "]" and not first:
                return self.made
            self._member(char, first)
            first = False
        raise scanner.fail("UnterminatedBracket", "Unterminated [] set.")

    def _member(self, char: str, first: bool) -> None:
        scanner, literal = self.scanner, True
        if char == "\\" and not scanner.ended:
            if self._class_escape():
                return
            char, literal = scanner.character(), False
        elif char == "[" and self.low is None and scanner.text.startswith("::]", scanner.at):
            # The beginning of what would be a POSIX class: it is passed over.
            scanner.at += 3
        if self.low is not None:
            self._range_end(char, literal and not first)
        elif scanner.peek() == "-" and scanner.peek(1) not in ("", "]"):
            self.low = char
            scanner.at += 1
        elif char == "-" and literal and scanner.peek() == "[" and not first:
            scanner.at += 1
            self._subtract()
        else:
            self._add(char, char)

    def _class_escape(self) -> bool:
        """Whether what follows the backslash is a class of its own, or a hyphen."""
        scanner = self.scanner
        char = scanner.next()
        if char == "-":
            self._add(self.low if self.low is not None else "-", "-")
            self.low = None
            return True
        if char not in "dDsSwWpP":
            scanner.at -= 1
            return False
        if self.low is not None and not self.scan_only:
            message = f"Cannot include class \\{char} in character range."
            raise scanner.fail("ShorthandClassInCharacterRange", message)
        if char not in "pP":
            scanner.add_shorthand(self.made, char)
        elif self.scan_only:
            scanner.property_name()
        else:
            scanner.add_property(self.made, char == "P")
        return True

    def _range_end(self, char: str, may_subtract: bool) -> None:
        low, self.low = self.low or "", None
        if self.scan_only:
            return
        if char == "[" and may_subtract:
            self._add(low, low)
            self._subtract()
        else:
            self._add(low, char)

    def _subtract(self) -> None:
        scanner = self.scanner
        self.made.subtracted = scanner.charset(self.scan_only, self.nested + 1)
        if scanner.peek() not in ("]", ""):
            message = "A subtraction must be the last element in a character class."
            raise scanner.fail("ExclusionGroupNotLast", message)

    def _add(self, low: str, high: str) -> None:
        if low > high and not self.scan_only:
            raise self.scanner.fail("ReversedCharacterRange", "[x-y] range in reverse order.")
        self.made.ranges.append((low, high))


def unescape(text: str) -> str:
    """``Regex.Unescape``: a pattern's escapes as the characters that they stand for."""
    scanner = Scanner(text, 0)
    parts: list[str] = []
    while True:
        found = text.find("\\", scanner.at)
        if found < 0:
            parts.append(text[scanner.at :])
            return "".join(parts)
        parts.append(text[scanner.at : found])
        scanner.at = found + 1
        if not scanner.ended:
            parts.append(scanner.character())
