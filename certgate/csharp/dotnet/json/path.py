"""``SelectToken`` and ``SelectTokens``: reads Newtonsoft's JSONPath, with its errors.

https://www.newtonsoft.com/json/help/html/QueryJsonSelectToken.htm. What a step does: ``path_steps.py``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.json.path_steps import (
    All,
    Any_,
    Comparison,
    Either,
    Fields,
    Filter,
    Index,
    Indexes,
    Named,
    Root,
    Scan,
    ScanFilter,
    ScanNames,
    Search,
    Slice,
    follow,
)
from certgate.csharp.dotnet.json.tokens import Token, ValueToken, json_error
from certgate.csharp.dotnet.numbers import number_parse
from certgate.csharp.dotnet.numbers.convert_values import convert
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.values import Long

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.json.path_steps import Step, Test

_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "\\": "\\", '"': '"', "'": "'", "/": "/"}
_OPERATORS = ("===", "==", "=~", "!==", "!=", "<>", "<=", "<", ">=", ">")
_MAX_NESTING = 40
_MOST_STEPS = 100


def select(root: Token, path: str, required: bool = False) -> Iterator[Token]:
    """The tokens that a path leads to, in order. JsonException: a wrong path at once, a `required` one that leads to
    nothing when it is followed."""
    return follow(parsed(path), root, Search(root, required))


def select_one(root: Token, path: str, required: bool) -> Token | None:
    """JsonException where there are several."""
    found: Token | None = None
    for token in select(root, path, required):
        if found is not None:
            raise json_error("Path returned multiple tokens.")
        found = token
    return found


def parsed(path: str) -> tuple[Step, ...]:
    charge_steps(len(path))
    return _parsed(path)


@lru_cache(maxsize=128)
def _parsed(path: str) -> tuple[Step, ...]:
    return tuple(_Path(path).read())


class _Path:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.nesting = 0

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _blanks(self) -> None:
        while self.peek() == " ":
            self.at += 1

    def _need(self, message: str) -> None:
        if self.at >= len(self.text):
            raise json_error(message)

    def _take(self, word: str) -> bool:
        if self.text.startswith(word, self.at):
            self.at += len(word)
            return True
        return False

    def read(self) -> list[Step]:
        begin = self.at
        self._blanks()
        if self.at == len(self.text):
            return []
        if self.peek() == "$":
            if len(self.text) == 1:
                return []
            # A dollar before anything else begins a name.
            if self.text[self.at + 1 : self.at + 2] in (".", "["):
                self.at += 1
                begin = self.at
        steps: list[Step] = []
        if not self._steps(steps, begin, query=False):
            last = self.at
            self._blanks()
            if self.at < len(self.text):
                raise json_error(f"Unexpected character while parsing path: {self.text[last]}")
        return steps

    def _steps(self, steps: list[Step], begin: int, *, query: bool) -> bool:
        """Adds steps from here on, where a name began at `begin`; whether they go to the end of the text."""
        scan = after_index = after_dot = False
        while char := self.peek():
            if char in "[(":
                scan = self._name(steps, begin, scan)
                steps.append(self._bracket("]" if char == "[" else ")", scan))
                self.at += 1
                begin, scan, after_index, after_dot = self.at, False, True, False
            elif char in "]) ":
                break
            elif char == ".":
                scan = self._name(steps, begin, scan)
                if self.text.startswith("..", self.at):
                    scan = True
                    self.at += 1
                self.at += 1
                begin, after_index, after_dot = self.at, False, True
            elif query and char in "=<!>|&":
                break
            elif after_index:
                raise json_error(f"Unexpected character following indexer: {char}")
            else:
                self.at += 1
        # SECURITY: each step waits for the one before it, so that a long path would nest without end.
        if len(steps) > _MOST_STEPS:
            raise UnsupportedReached("certgate does not simulate JSON paths of so many steps")
        ended = self.at == len(self.text)
        if self.at > begin:
            steps.append(_named(self.text[begin : self.at].rstrip(), scan))
        elif after_dot and (ended or query):
            raise json_error("Unexpected end while parsing path.")
        return ended

    def _name(self, steps: list[Step], begin: int, scan: bool) -> bool:
        """The name that ends here, where there is one; whether the next step still is one of a scan."""
        if self.at == begin:
            return scan
        steps.append(_named(self.text[begin : self.at], scan))
        return False

    def _bracket(self, closing: str, scan: bool) -> Step:
        self.at += 1
        self._need("Path ended with open indexer.")
        self._blanks()
        char = self.peek()
        if not char:
            # .NET looks beyond the text here.
            raise UnsupportedReached("a JSON path that ends in blanks after a bracket is not simulated")
        if char == "'":
            return self._quoted_names(closing, scan)
        if char == "?":
            return self._query(closing, scan)
        return self._places(closing)

    def _quoted_names(self, closing: str, scan: bool) -> Step:
        names: list[str] = []
        while self.at < len(self.text):
            names.append(self._quoted())
            self._blanks()
            self._need("Path ended with open indexer.")
            char = self.peek()
            if char == closing:
                if len(names) > 1:
                    return ScanNames(tuple(names)) if scan else Fields(tuple(names))
                return Scan(names[0]) if scan else Named(names[0])
            if char != ",":
                raise json_error(f"Unexpected character while parsing path indexer: {char}")
            self.at += 1
            self._blanks()
        raise json_error("Path ended with open indexer.")

    def _quoted(self) -> str:
        parts: list[str] = []
        self.at += 1
        while char := self.peek():
            self.at += 1
            if char == "\\" and self.at < len(self.text):
                char = self.peek()
                if char not in _ESCAPES:
                    raise json_error(f"Unknown escape character: \\{char}")
                parts.append(_ESCAPES[char])
                self.at += 1
            elif char == "'":
                return "".join(parts)
            else:
                parts.append(char)
        raise json_error("Path ended with an open string.")

    def _places(self, closing: str) -> Step:
        """``[1]``, ``[1,2]``, ``[1:2:3]`` or ``[*]``."""
        digits, over = "", False
        indexes: list[int] = []
        parts: list[int | None] = []
        listed = False
        while char := self.peek():
            if char == " ":
                over = bool(digits)
                self._blanks()
                continue
            if char == closing:
                return self._place_step(digits, indexes if listed else None, parts)
            if char == ",":
                listed = True
                indexes.append(_index(digits))
                digits, over = "", False
            elif char == "*":
                return self._all(closing)
            elif char == ":":
                parts.append(_index(digits) if digits else None)
                digits, over = "", False
            elif over or not (char.isdigit() or char == "-"):
                raise json_error(f"Unexpected character while parsing path indexer: {char}")
            else:
                digits += char
            self.at += 1
        raise json_error("Path ended with open indexer.")

    def _place_step(self, digits: str, indexes: list[int] | None, parts: list[int | None]) -> Step:
        if indexes is not None:
            return Indexes((*indexes, _index(digits)))
        if parts:
            last = _index(digits) if digits else None
            start, end, step = (*parts, last, None, None)[:3]
            return Slice(start, end, step)
        return Index(_index(digits))

    def _all(self, closing: str) -> Step:
        self.at += 1
        self._need("Path ended with open indexer.")
        self._blanks()
        if self.peek() != closing:
            raise json_error("Unexpected character while parsing path indexer: *")
        return All()

    # Queries

    def _query(self, closing: str, scan: bool) -> Step:
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            raise UnsupportedReached("certgate does not simulate JSON paths that nest so deep")
        self.at += 1
        self._need("Path ended with open indexer.")
        if self.peek() != "(":
            raise json_error(f"Unexpected character while parsing path indexer: {self.peek()}")
        self.at += 1
        test = self._expression()
        self.at += 1
        self._need("Path ended with open indexer.")
        self._blanks()
        if self.peek() != closing:
            raise json_error(f"Unexpected character while parsing path indexer: {self.peek()}")
        self.nesting -= 1
        return ScanFilter(test) if scan else Filter(test)

    def _expression(self) -> Test:
        """Comparisons joined by ``&&`` and ``||``. Newtonsoft knows no precedence: where the sign changes, all that
        follows belongs to the last part."""
        outermost: Either | None = None
        joined: Either | None = None
        while self.at < len(self.text):
            test = self._comparison()
            char = self.peek()
            if char == ")":
                if joined is None:
                    return test
                joined.tests.append(test)
                assert outermost is not None  # noqa: S101 - set together with the other
                return outermost
            if char not in ("&", "|"):
                raise UnsupportedReached("a JSON path query without an operator between comparisons is not simulated")
            if not self._take(char * 2):
                raise self._unexpected()
            if joined is None or joined.sign != char:
                inner = Either(char, [])
                if joined is not None:
                    joined.tests.append(inner)
                joined = inner
                outermost = outermost or joined
            joined.tests.append(test)
        raise json_error("Path ended with open query.")

    def _comparison(self) -> Test:
        left = self._side()
        if self.peek() in (")", "|", "&"):
            return Comparison("", left, left)
        operator = self._operator()
        return Comparison(operator, left, self._side())

    def _operator(self) -> str:
        if self.at + 1 >= len(self.text):
            raise json_error("Path ended with open query.")
        for sign in _OPERATORS:
            if self._take(sign):
                return sign
        raise json_error("Could not read query operator.")

    def _side(self) -> tuple[Step, ...] | ValueToken:
        self._blanks()
        if not self.peek():
            raise UnsupportedReached("a JSON path that ends within a query is not simulated")
        found: tuple[Step, ...] | ValueToken | None = self._inner_path()
        if found is None:
            found = self._constant()
        if found is None:
            raise self._unexpected()
        self._blanks()
        self._need("Path ended with open query.")
        return found

    def _inner_path(self) -> tuple[Step, ...] | None:
        char = self.peek()
        if char not in ("$", "@"):
            return None
        steps: list[Step] = [Root()] if char == "$" else []
        self.at += 1
        if self._steps(steps, self.at, query=True):
            raise json_error("Path ended with open query.")
        return tuple(steps)

    def _constant(self) -> ValueToken | None:
        char = self.peek()
        if char == "'":
            return ValueToken(self._quoted())
        if char.isdigit() or char == "-":
            return self._number()
        if char == "/":
            return ValueToken(self._regex())
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self._take(word):
                return ValueToken(value)
        return None

    def _number(self) -> ValueToken | None:
        begin = self.at
        while self.peek() not in ("", " ", ")"):
            self.at += 1
        if not self.peek():
            raise UnsupportedReached("a JSON path that ends within a number is not simulated")
        text = self.text[begin : self.at]
        if any(char in text for char in ".eE"):
            real = number_parse.parse_float(text, number_parse.FLOAT | number_parse.THOUSANDS)
            return None if real is None else ValueToken(real)
        try:
            whole = number_parse.parse_integer(text, number_parse.INTEGER, 64, True)
        except number_parse.TooLarge:
            return None
        return None if whole is None else ValueToken(Long(whole))

    def _regex(self) -> str:
        begin = self.at
        self.at += 1
        while char := self.peek():
            if char == "\\" and self.at + 1 < len(self.text):
                self.at += 2
                continue
            self.at += 1
            if char == "/":
                while self.peek().isalpha():
                    self.at += 1
                return self.text[begin : self.at]
        raise json_error("Path ended with an open regex.")

    def _unexpected(self) -> Any:
        return json_error(f"Unexpected character while parsing path query: {self.peek()}")


def _named(name: str, scan: bool) -> Step:
    if name == "*":
        return Scan(None) if scan else Any_()
    return Scan(name) if scan else Named(name)


def _index(digits: str) -> int:
    if not digits:
        raise json_error("Array index expected.")
    return int(convert(digits, "Int32"))
