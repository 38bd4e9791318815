"""``SelectToken`` and ``SelectTokens``: Newtonsoft's JSONPath, with its filters and errors.

https://www.newtonsoft.com/json/help/html/QueryJsonSelectToken.htm
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from certgate.csharp.dotnet.json_compare import compare_values
from certgate.csharp.dotnet.json_tokens import ArrayToken, Container, ObjectToken, Token, ValueToken, json_error
from certgate.csharp.runtime import UnsupportedReached, charge_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Step: TypeAlias = tuple[Any, ...]
_NAME_END = re.compile(r"[.\[\] ]")
_INDEXES = re.compile(r"\s*-?\d+\s*(?:,\s*-?\d+\s*)*")
_SLICE = re.compile(r"\s*(-?\d*)\s*:\s*(-?\d*)\s*(?::\s*(-?\d*)\s*)?")
_MAX_NESTING = 40
_OPERATORS = ("===", "!==", "==", "!=", "<>", "<=", ">=", "<", ">", "=~")


def select(root: Token, path: str, required: bool = False) -> Iterator[Token]:
    """The tokens that a path leads to, in order. JsonException: a wrong path, or a `required` one to nothing."""
    steps = _parsed(path)
    found: list[Token] = [root]
    for step in steps:
        found = [token for holder in found for token in _follow(step, holder, root, required)]
        charge_steps(len(found))
    return iter(found)


def select_one(root: Token, path: str, required: bool) -> Token | None:
    """JsonException where there are several."""
    found = list(select(root, path, required))
    if len(found) > 1:
        raise json_error("Path returned multiple tokens.")
    return found[0] if found else None


def _follow(step: Step, token: Token, root: Token, required: bool) -> Iterator[Token]:
    kind, *given = step
    match kind:
        case "name":
            yield from _named(token, given[0], required)
        case "names":
            for name in given[0]:
                yield from _named(token, name, required)
        case "index":
            for place in given[0]:
                yield from _indexed(token, place, required)
        case "slice" if isinstance(token, ArrayToken):
            yield from token.items[slice(*given[0])]
        case "any":
            yield from _values(token)
        case "scan":
            yield from _scan(token, given[0])
        case "filter":
            yield from (child for child in _values(token) if given[0](child, root))


def _values(token: Token) -> list[Token]:
    if isinstance(token, ObjectToken):
        return [child.content for child in token.properties.values()]
    return list(token.children())


def _named(token: Token, name: str, required: bool) -> Iterator[Token]:
    if isinstance(token, ObjectToken):
        found = token.value_of(name)
        if found is not None:
            yield found
        elif required:
            raise json_error(f"Property '{name}' does not exist on JObject.")
    elif required:
        raise json_error(f"Property '{name}' not valid on {_short(token)}.")


def _indexed(token: Token, place: int, required: bool) -> Iterator[Token]:
    if isinstance(token, ArrayToken):
        if 0 <= place < len(token.items):
            yield token.items[place]
        elif required:
            raise json_error(f"Index {place} outside the bounds of JArray.")
    elif required:
        raise json_error(f"Index {place} not valid on {_short(token)}.")


def _short(token: Token) -> str:
    return token.net_type.display


def _scan(token: Token, name: str | None) -> Iterator[Token]:
    if name is None:
        yield token
    if not isinstance(token, Container):
        return
    charge_steps(1)
    if isinstance(token, ObjectToken):
        for child in token.properties.values():
            if child.name == name:
                yield child.content
            yield from _scan(child.content, name)
    else:
        for item in token.children():
            yield from _scan(item, name)


@lru_cache(maxsize=128)
def _parsed(path: str) -> tuple[Step, ...]:
    return tuple(_Path(path).read())


class _Path:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.nesting = 0

    def peek(self, length: int = 1) -> str:
        return self.text[self.at : self.at + length]

    def read(self) -> Iterator[Step]:
        if self.peek() == "$":
            self.at += 1
        yield from self.steps(first=True)
        if self.at < len(self.text):
            raise json_error(f"Unexpected character while parsing path: {self.peek()}")

    def steps(self, first: bool) -> Iterator[Step]:
        """The steps from here on, up to what belongs to no path."""
        while char := self.peek():
            if char == "[":
                self.at += 1
                yield self._bracket()
            elif char == "." or (first and _NAME_END.match(char) is None and char not in ")=!<>&|,"):
                yield self._member()
            else:
                return
            first = False

    def _member(self) -> Step:
        scan = False
        if self.peek() == ".":
            self.at += 1
            if self.peek() == ".":
                self.at += 1
                scan = True
        if scan and self.peek() == "[":
            return ("scan", None)
        begin = self.at
        while self.peek() and _NAME_END.match(self.peek()) is None and self.peek() not in ")=!<>&|,":
            self.at += 1
        name = self.text[begin : self.at]
        if not name:
            raise json_error("Unexpected end while parsing path.")
        if name == "*":
            return ("scan", None) if scan else ("any",)
        return ("scan", name) if scan else ("name", name)

    def _space(self) -> None:
        while self.peek() == " ":
            self.at += 1

    def _bracket(self) -> Step:
        self._space()
        char = self.peek()
        if not char:
            raise json_error("Path ended with open indexer.")
        if char in "'\"":
            step: Step = ("names", self._quoted_names())
        elif char == "?":
            self.at += 1
            step = ("filter", self._filter())
        elif char == "*":
            self.at += 1
            step = ("any",)
        else:
            step = self._places()
        self._space()
        if not self.peek():
            raise json_error("Path ended with open indexer.")
        if self.peek() != "]":
            raise json_error(f"Unexpected character while parsing path indexer: {self.peek()}")
        self.at += 1
        return step

    def _quoted_names(self) -> tuple[str, ...]:
        names = [self._quoted()]
        self._space()
        while self.peek() == ",":
            self.at += 1
            self._space()
            names.append(self._quoted())
            self._space()
        return tuple(names)

    def _quoted(self) -> str:
        quote = self.peek()
        found = re.compile(rf"{quote}((?:[^{quote}\\]|\\.)*){quote}", re.DOTALL).match(self.text, self.at)
        if found is None:
            raise json_error("Path ended with an open string.")
        self.at = found.end()
        return re.sub(r"\\(.)", r"\1", found[1])

    def _places(self) -> Step:
        if found := _SLICE.match(self.text, self.at):
            self.at = found.end()
            parts = tuple(int(part) if part else None for part in found.groups())
            if parts[2] == 0:
                raise json_error("Step cannot be zero.")
            return ("slice", parts)
        if found := _INDEXES.match(self.text, self.at):
            self.at = found.end()
            return ("index", tuple(int(part) for part in found[0].split(",")))
        if self.peek() == "]":
            raise json_error("Array index expected.")
        raise json_error(f"Unexpected character while parsing path indexer: {self.peek()}")

    # Filters

    def _filter(self) -> Callable[[Token, Token], bool]:
        self._space()
        if self.peek() != "(":
            raise json_error(f"Unexpected character while parsing path indexer: {self.peek()}")
        self.at += 1
        test = self._either()
        self._space()
        if self.peek() != ")":
            raise json_error("Path ended with open query.")
        self.at += 1
        return test

    def _either(self) -> Callable[[Token, Token], bool]:
        tests = [self._both()]
        self._space()
        while self.peek(2) == "||":
            self.at += 2
            tests.append(self._both())
            self._space()
        return tests[0] if len(tests) == 1 else lambda token, root: any(test(token, root) for test in tests)

    def _both(self) -> Callable[[Token, Token], bool]:
        tests = [self._comparison()]
        self._space()
        while self.peek(2) == "&&":
            self.at += 2
            tests.append(self._comparison())
            self._space()
        return tests[0] if len(tests) == 1 else lambda token, root: all(test(token, root) for test in tests)

    def _comparison(self) -> Callable[[Token, Token], bool]:
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            raise UnsupportedReached("certgate does not simulate JSON paths that nest so deep")
        self._space()
        if self.peek() == "(":
            self.at += 1
            inner = self._either()
            self._space()
            if self.peek() != ")":
                raise json_error("Path ended with open query.")
            self.at += 1
            self.nesting -= 1
            return inner
        left = self._side()
        self._space()
        operator = next((sign for sign in _OPERATORS if self.text.startswith(sign, self.at)), None)
        self.nesting -= 1
        if operator is None:
            return lambda token, root: any(True for _ in left(token, root))
        self.at += len(operator)
        self._space()
        if operator == "=~":
            return self._matching(left)
        right = self._side()
        return lambda token, root: any(
            _compare(operator, one, other) for one in left(token, root) for other in right(token, root)
        )

    def _side(self) -> Callable[[Token, Token], list[Token]]:
        char = self.peek()
        if char and char in "@$":
            self.at += 1
            steps = tuple(self.steps(first=False))
            return lambda token, root: _walk(steps, token if char == "@" else root, root)
        constant = self._constant()
        return lambda token, root: [constant]

    def _constant(self) -> Token:
        if self.peek() in ("'", '"'):
            return ValueToken(self._quoted(), "String")
        found = re.compile(r"true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?").match(self.text, self.at)
        if found is None:
            raise json_error("Could not read query value.")
        self.at = found.end()
        word = found[0]
        if word in ("true", "false", "null"):
            return ValueToken({"true": True, "false": False, "null": None}[word])
        return ValueToken(float(word) if re.search("[.eE]", word) else int(word))

    def _matching(self, left: Callable[[Token, Token], list[Token]]) -> Callable[[Token, Token], bool]:
        from certgate.csharp.dotnet.regex_values import compile_pattern

        found = re.compile(r"/((?:[^/\\]|\\.)*)/([a-z]*)").match(self.text, self.at)
        if found is None:
            raise json_error("Path ended with an open regex.")
        self.at = found.end()
        options = sum({"i": 1, "m": 2, "s": 16, "x": 32}.get(letter, 0) for letter in found[2])
        regex = compile_pattern(found[1], options)

        def matches(token: Token) -> bool:
            return isinstance(token, ValueToken) and token.kind == "String" and regex.match(token.value, 0).success

        return lambda token, root: any(map(matches, left(token, root)))


def _walk(steps: tuple[Step, ...], token: Token, root: Token) -> list[Token]:
    found = [token]
    for step in steps:
        found = [child for holder in found for child in _follow(step, holder, root, required=False)]
    return found


def _compare(operator: str, left: Token, right: Token) -> bool:
    if not isinstance(left, ValueToken) or not isinstance(right, ValueToken):
        return operator in ("!=", "<>", "!==")
    if operator in ("===", "!=="):
        same = left.kind == right.kind and compare_values(left.kind, left.value, right.value) == 0
        return same is (operator == "===")
    order = _order(left, right)
    match operator:
        case "==":
            return order == 0
        case "!=" | "<>":
            return order != 0
        case "<":
            return order is not None and order < 0
        case "<=":
            return order is not None and order <= 0
        case ">":
            return order is not None and order > 0
    return order is not None and order >= 0


def _order(left: ValueToken, right: ValueToken) -> int | None:
    numbers = ("Integer", "Float")
    if left.kind == right.kind or (left.kind in numbers and right.kind in numbers):
        return compare_values(left.kind, left.value, right.value)
    if left.value is None or right.value is None:
        return None
    if "String" in (left.kind, right.kind):
        return compare_values("String", left.to_text(), right.to_text())
    return None
