"""Reads the pattern of a .NET regular expression: its nodes, its groups, and .NET's errors with their offsets.

Knows nothing of matching. A pattern is read twice, because references and group numbers depend on what comes later.
"""

from __future__ import annotations

import re
from enum import IntFlag
from typing import TYPE_CHECKING

from certgate.csharp.dotnet import regex_charset
from certgate.csharp.dotnet.regex_charset import Charset
from certgate.csharp.dotnet.regex_nodes import (
    EMPTY,
    INFINITE,
    Alternation,
    Anchor,
    Atomic,
    Capture,
    Condition,
    Look,
    Loop,
    One,
    Reference,
    Sequence,
    Unsimulated,
)
from certgate.csharp.runtime import ThrownException

if TYPE_CHECKING:
    from certgate.csharp.dotnet.regex_nodes import Node

# SECURITY: groups nest by calls.
_MAX_NESTING = 60
_QUANTIFIER = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_SIMPLE_ESCAPES = {"a": "\a", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_INLINE = {"i": 1, "m": 2, "n": 4, "s": 16, "x": 32}
_SPACES = " \t\n\v\f\r"


class Option(IntFlag):
    """``RegexOptions``."""

    IGNORE_CASE = 1
    MULTILINE = 2
    EXPLICIT_CAPTURE = 4
    SINGLELINE = 16
    IGNORE_SPACE = 32
    RIGHT_TO_LEFT = 64
    ECMASCRIPT = 256


class Pattern:
    """A pattern as read. `numbers` are the group numbers in order, `names` the names of groups by number."""

    def __init__(self, root: Node, names: dict[int, str]) -> None:
        self.root = root
        self.names = names
        self.numbers = sorted(names)


class TooNested(Exception):
    """The pattern nests deeper than is simulated."""


def read(text: str, options: int) -> Pattern:
    """The nodes of `text`; raises .NET's RegexParseException as a thrown exception, TooNested beyond the limit."""
    first = Reader(text, options, None)
    first.read()
    names = first.number_groups()
    return Pattern(Reader(text, options, names).read(), names)


class Reader:
    def __init__(self, text: str, options: int, names: dict[int, str] | None) -> None:
        self.text = text
        self.options = options
        self.at = 0
        self.names = names
        self.by_name = {name: number for number, name in (names or {}).items()}
        self.found_names: list[str] = []
        self.found_numbers: set[int] = set()
        self.unnamed = 0
        self.nesting = 0

    def number_groups(self) -> dict[int, str]:
        """Unnamed groups are numbered first, then the named ones in the order of the text, around explicit numbers."""
        taken = {0, *range(1, self.unnamed + 1), *self.found_numbers}
        names = {number: str(number) for number in taken}
        following = self.unnamed + 1
        for name in self.found_names:
            while following in taken:
                following += 1
            taken.add(following)
            names[following] = name
        return names

    def fail(self, message: str, at: int | None = None) -> ThrownException:
        offset = self.at if at is None else at
        text = f"Invalid pattern '{self.text}' at offset {offset}. {message}"
        return ThrownException("System.Text.RegularExpressions.RegexParseException", text)

    def has(self, option: Option) -> bool:
        return bool(self.options & option)

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def take(self, text: str) -> bool:
        if self.text.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    # Alternatives and sequences

    def read(self) -> Node:
        node = self._alternatives()
        if self.peek() == ")":
            self.at += 1
            raise self.fail("Too many )'s.")
        return Capture(0, node)

    def _alternatives(self) -> Node:
        outer = self.options
        choices = [self._sequence()]
        while self.take("|"):
            choices.append(self._sequence())
        self.options = outer
        return choices[0] if len(choices) == 1 else Alternation(tuple(choices))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        quantified = False
        while True:
            self._skip_blank()
            char = self.peek()
            if char in ("", "|", ")"):
                return parts[0] if len(parts) == 1 else Sequence(tuple(parts))
            if self._is_quantifier():
                self.at += 1
                what = "Nested quantifier '{}'." if quantified else "Quantifier '{}' following nothing."
                raise self.fail(what.format(char))
            node = self._unit()
            if node is None:
                quantified = False
                continue
            self._skip_blank()
            quantified = self._is_quantifier()
            parts.append(self._quantify(node) if quantified else node)

    def _skip_blank(self) -> None:
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
                    raise self.fail("Unterminated (?#...) comment.")
                self.at = end + 1
            else:
                return

    def _is_quantifier(self) -> bool:
        char = self.peek()
        return char in ("*", "+", "?") or (char == "{" and _QUANTIFIER.match(self.text, self.at) is not None)

    def _quantify(self, node: Node) -> Node:
        char = self.peek()
        if char == "{":
            found = _QUANTIFIER.match(self.text, self.at)
            assert found is not None  # noqa: S101 - asked before
            self.at = found.end()
            least = min(int(found[1]), INFINITE)
            most = least if not found[2] else min(int(found[3]), INFINITE) if found[3] else INFINITE
        else:
            self.at += 1
            least, most = {"*": (0, INFINITE), "+": (1, INFINITE), "?": (0, 1)}[char]
        self._skip_blank()
        lazy = self.take("?")
        if least > most:
            raise self.fail("Illegal {x,y} with x > y.")
        return Loop(node, least, most, lazy)

    # Units

    def _unit(self) -> Node | None:
        char = self.peek()
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return One(self._charset())
        if char == "\\":
            return self._escape()
        if char in "^$":
            return Anchor(f"m{char}" if self.has(Option.MULTILINE) else char)
        if char == ".":
            return One(Charset(negated=True) if self.has(Option.SINGLELINE) else Charset.of("\n", negated=True))
        return self._one(char)

    def _one(self, char: str) -> Node:
        return One(Charset.of(char, self.has(Option.IGNORE_CASE)))

    def _group(self) -> Node | None:
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            raise TooNested
        outer = self.options
        node = self._marked_group() if self.take("?") else self._plain_group()
        self.nesting -= 1
        if node is not None:
            self.options = outer
        return node

    def _plain_group(self) -> Node:
        if self.has(Option.EXPLICIT_CAPTURE):
            return self._close(self._alternatives())
        self.unnamed += 1
        number = self.unnamed
        return Capture(number, self._close(self._alternatives()))

    def _close(self, node: Node) -> Node:
        if not self.take(")"):
            raise self.fail("Not enough )'s.")
        return node

    def _marked_group(self) -> Node | None:
        """After ``(?``; None for options that hold from here on."""
        if self.take(":"):
            return self._close(self._alternatives())
        if self.take(">"):
            return Atomic(self._close(self._alternatives()))
        for mark, behind, negative in (
            ("=", False, False),
            ("!", False, True),
            ("<=", True, False),
            ("<!", True, True),
        ):
            if self.take(mark):
                return Look(self._close(self._alternatives()), behind, negative)
        if self.peek() in ("<", "'"):
            return self._named_group()
        if self.take("("):
            return self._condition()
        return self._options()

    def _options(self) -> Node | None:
        begin = self.at
        off = False
        while (char := self.peek()) and (char in "+-" or char.lower() in _INLINE):
            if char in "+-":
                off = char == "-"
            elif off:
                self.options &= ~_INLINE[char.lower()]
            else:
                self.options |= _INLINE[char.lower()]
            self.at += 1
        if self.take(")"):
            return None
        if self.at < len(self.text) and self.take(":"):
            return self._close(self._alternatives())
        self.at = min(self.at + 1, len(self.text)) if self.at > begin or self.peek() else self.at
        raise self.fail("Unrecognized grouping construct.")

    def _named_group(self) -> Node:
        closing = ">" if self.peek() == "<" else "'"
        self.at += 1
        name = self._word()
        if not name and self.peek() != "-":
            raise self._bad_name()
        if name[:1].isdigit() and not name.isdigit():
            self.at -= len(name) - len(name[: len(name) - len(name.lstrip("0123456789"))])
            raise self._bad_name()
        balanced = self.take("-")
        if balanced:
            self._word()
        if not self.take(closing):
            raise self._bad_name()
        if name.isdigit() and int(name) == 0:
            raise self.fail("Capture number cannot be zero.")
        number = self._declare(name) if name else 0
        body = self._close(self._alternatives())
        return Unsimulated("balancing groups") if balanced else Capture(number, body)

    def _bad_name(self) -> ThrownException:
        return self.fail("Invalid group name: Group names must begin with a word character.")

    def _declare(self, name: str) -> int:
        if name.isdigit():
            self.found_numbers.add(int(name))
            return int(name)
        if name not in self.found_names:
            self.found_names.append(name)
        return self.by_name.get(name, 0)

    def _word(self) -> str:
        begin = self.at
        while self.peek() and regex_charset.is_word(self.peek()):
            self.at += 1
        return self.text[begin : self.at]

    def _condition(self) -> Node:
        """After ``(?(``: a group by number or name; an expression is not simulated."""
        begin = self.at
        name = self._word()
        if not (name and self.take(")")) or (self.names is not None and self._number_of(name) is None):
            self.at = begin
            self._close(self._alternatives())
            self._close(self._alternatives())
            return Unsimulated("conditions with an expression")
        node = self._close(self._alternatives())
        choices = node.choices if isinstance(node, Alternation) else (node, EMPTY)
        if len(choices) > 2:
            raise self.fail("Too many | in (?()|).")
        return Condition(self._number_of(name) or 0, choices[0], choices[1])

    def _number_of(self, name: str) -> int | None:
        number = int(name) if name.isdigit() else self.by_name.get(name)
        return number if self.names is None or number in self.names else None

    # Escapes

    def _escape(self) -> Node:
        char = self.peek()
        if not char:
            raise self.fail("Illegal \\ at end of pattern.")
        ecmascript = self.has(Option.ECMASCRIPT)
        if char in "bB":
            self.at += 1
            return Anchor(f"e{char}" if ecmascript else char)
        if char in "AGZz":
            self.at += 1
            return Anchor(char)
        if char in "dDsSwW":
            self.at += 1
            return One(self._shorthand(Charset(), char))
        if char in "pP":
            self.at += 1
            made = Charset(self.has(Option.IGNORE_CASE))
            made.add_test(regex_charset.of_property(self._property()), char == "P")
            return One(made)
        return self._reference() or self._one(self.character())

    def _shorthand(self, charset: Charset, char: str) -> Charset:
        charset.add_test(regex_charset.of_shorthand(char.lower(), self.has(Option.ECMASCRIPT)), char.isupper())
        return charset

    def _reference(self) -> Node | None:
        """``\\1``, ``\\k<name>``, ``\\<name>``; None for a plain escape."""
        begin = self.at
        if self.peek() == "k":
            self.at += 1
            if self.peek() not in ("<", "'") or self.at + 1 >= len(self.text):
                raise self.fail("Malformed \\k<...> named back reference.")
            return self._named_reference("\\k<...>")
        if self.peek() in ("<", "'") and self.at + 1 < len(self.text):
            return self._named_reference("")
        found = re.compile("[1-9][0-9]*").match(self.text, self.at)
        if found is None or (self.has(Option.ECMASCRIPT) and self._number_of(found[0]) is None):
            return None
        number = int(found[0])
        if self.names is None or number in self.names:
            self.at = found.end()
            return self._refer(number)
        if number <= 9:
            self.at = found.end()
            raise self.fail(f"Reference to undefined group number {number}.")
        self.at = begin
        return None

    def _refer(self, number: int) -> Node:
        return Reference(number, self.has(Option.IGNORE_CASE), self.has(Option.ECMASCRIPT))

    def _named_reference(self, what: str) -> Node:
        begin = self.at
        closing = ">" if self.peek() == "<" else "'"
        self.at += 1
        name = self._word()
        if not name or not self.take(closing):
            if not what:
                self.at = begin
                return self._one(self.character())
            raise self.fail(f"Malformed {what} named back reference.")
        number = self._number_of(name)
        if number is None and self.names is not None:
            if name.isdigit():
                raise self.fail(f"Reference to undefined group number {name}.")
            raise self.fail(f"Reference to undefined group name '{name}'.")
        return self._refer(number or 0)

    def character(self) -> str:
        """The character that an escape stands for; the backslash has been read."""
        char = self.peek()
        self.at += 1
        if char in "01234567":
            self.at -= 1
            return self._octal()
        if char in _SIMPLE_ESCAPES:
            return _SIMPLE_ESCAPES[char]
        if char == "b":
            return "\b"
        if char in "xu":
            digits = self.text[self.at : self.at + (2 if char == "x" else 4)]
            if len(digits) < (2 if char == "x" else 4) or not re.fullmatch("[0-9a-fA-F]+", digits):
                matched = re.match("[0-9a-fA-F]*", digits)
                self.at = min(self.at + (len(matched[0]) if matched else 0) + 1, len(self.text))
                raise self.fail("Insufficient or invalid hexadecimal digits.")
            self.at += len(digits)
            return chr(int(digits, 16))
        if char == "c":
            return self._control()
        if regex_charset.is_word(char) and not self.has(Option.ECMASCRIPT):
            raise self.fail(f"Unrecognized escape sequence \\{char}.")
        return char

    def _octal(self) -> str:
        found = re.compile("[0-7]{1,3}").match(self.text, self.at)
        digits = found[0] if found else "0"
        self.at += len(digits)
        return chr(int(digits, 8) & 0xFF)

    def _control(self) -> str:
        char = self.peek().upper()
        if not char:
            raise self.fail("Missing control character.")
        self.at += 1
        if not "@" <= char <= "_":
            raise self.fail("Unrecognized control character.")
        return chr(ord(char) - 64)

    def _property(self) -> str:
        """The name after ``\\p``."""
        found = re.compile(r"\{([\w-]+)\}").match(self.text, self.at)
        if found is None:
            if len(self.text) - self.at < 3:
                self.at = len(self.text)
                raise self.fail("Incomplete \\p{X} character escape.")
            raise self.fail("Malformed \\p{X} character escape.")
        self.at = found.end()
        if not regex_charset.is_known(found[1]):
            raise self.fail(f"Unknown property '{found[1]}'.")
        return found[1]

    # Classes in brackets

    def _charset(self, nested: int = 0) -> Charset:
        """After ``[``."""
        if nested > _MAX_NESTING:
            raise TooNested
        made = Charset(self.has(Option.IGNORE_CASE), self.take("^"))
        first = True
        while True:
            if self.at >= len(self.text):
                raise self.fail("Unterminated [] set.")
            if self.peek() == "]" and not first:
                self.at += 1
                return made
            if not first and self.text.startswith("-[", self.at):
                self.at += 2
                self._subtract(made, nested)
                continue
            first = False
            self._member(made)

    def _subtract(self, made: Charset, nested: int) -> None:
        made.subtracted = self._charset(nested + 1)
        if self.peek() not in ("]", ""):
            raise self.fail("A subtraction must be the last element in a character class.")

    def _member(self, made: Charset) -> None:
        low = self._class_character(made)
        ranged = self.peek() == "-" and self.peek(1) not in ("", "]")
        if low is None:
            # A hyphen after a shorthand is itself, not a range.
            return
        if not ranged or self.peek(1) == "[":
            made.ranges.append((low, low))
            return
        self.at += 1
        begin = self.at
        high = self._class_character(None)
        if high is None:
            shown = self.text[begin + 1 : begin + 2]
            raise self.fail(f"Cannot include class \\{shown} in character range.")
        if low > high:
            raise self.fail("[x-y] range in reverse order.")
        made.ranges.append((low, high))

    def _class_character(self, made: Charset | None) -> str | None:
        """The next character of a class; None where it was a class of its own, which is then added to `made`."""
        char = self.peek()
        self.at += 1
        if char == "[" and self.peek() == ":":
            found = re.compile(r":\w+:\]").match(self.text, self.at)
            self.at = found.end() if found else self.at
            return "[" if found is None else None
        if char != "\\":
            return char
        char = self.peek()
        if char and char in "dDsSwW":
            self.at += 1
            if made is not None:
                self._shorthand(made, char)
            return None
        if char and char in "pP":
            self.at += 1
            name = self._property()
            if made is not None:
                made.add_test(regex_charset.of_property(name), char == "P")
            return None
        if not char:
            raise self.fail("Illegal \\ at end of pattern.")
        return self.character()


def unescape(text: str) -> str:
    """``Regex.Unescape``: a pattern's escapes as the characters that they stand for."""
    reader = Reader(text, 0, {})
    parts = []
    while True:
        found = text.find("\\", reader.at)
        if found < 0 or found + 1 >= len(text):
            parts.append(text[reader.at : found] if found >= 0 else text[reader.at :])
            return "".join(parts)
        parts.append(text[reader.at : found])
        reader.at = found + 1
        parts.append(reader.character())
