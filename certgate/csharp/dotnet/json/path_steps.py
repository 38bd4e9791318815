"""What the steps of a JSONPath lead to, as Newtonsoft follows them: names, places, slices, scans and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from certgate.csharp.dotnet.json.compare import compare_values
from certgate.csharp.dotnet.json.containers import Container, ListToken, ObjectToken, PropertyToken
from certgate.csharp.dotnet.json.scan import scan
from certgate.csharp.dotnet.json.tokens import Token, ValueToken, json_error
from certgate.csharp.dotnet.system import faults
from certgate.csharp.node import NodeType
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Search:
    """One search: where it began, and whether a step that leads to nothing is an error."""

    __slots__ = ("required", "root")

    def __init__(self, root: Token, required: bool) -> None:
        self.root = root
        self.required = required


def _short(token: Token) -> str:
    return token.net_type.display


class Root(metaclass=NodeType):
    """``$`` within a filter."""

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        yield search.root


class Named(metaclass=NodeType):
    name: str

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if isinstance(token, ObjectToken):
            found = token.value_of(self.name)
            if found is not None:
                yield found
            elif search.required:
                raise json_error(f"Property '{self.name}' does not exist on JObject.")
        elif search.required:
            raise json_error(f"Property '{self.name}' not valid on {_short(token)}.")


class Any_(metaclass=NodeType):  # noqa: N801 - Any is a type
    """``*`` as a name: the values of an object."""

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if isinstance(token, ObjectToken):
            yield from token.contents()
        elif search.required:
            raise json_error(f"Property '*' not valid on {_short(token)}.")


class Fields(metaclass=NodeType):
    names: tuple[str, ...]

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if isinstance(token, ObjectToken):
            for name in self.names:
                found = token.value_of(name)
                if found is not None:
                    yield found
                # Newtonsoft says so of a property that it has just found, too.
                if search.required:
                    raise json_error(f"Property '{name}' does not exist on JObject.")
        elif search.required:
            names = ", ".join(f"'{name}'" for name in self.names)
            raise json_error(f"Properties {names} not valid on {_short(token)}.")


class Index(metaclass=NodeType):
    place: int

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if isinstance(token, ListToken):
            if self.place < 0:
                raise faults.index_less("index")
            if self.place < len(token.items):
                yield token.items[self.place]
            elif search.required:
                raise json_error(f"Index {self.place} outside the bounds of {_short(token)}.")
        elif search.required:
            raise json_error(f"Index {self.place} not valid on {_short(token)}.")


class Indexes(metaclass=NodeType):
    places: tuple[int, ...]

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        for place in self.places:
            yield from Index(place).follow(token, search)


class All(metaclass=NodeType):
    """``[*]``: the items of an array."""

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if isinstance(token, ListToken):
            yield from token
        elif search.required:
            raise json_error(f"Index * not valid on {_short(token)}.")


class Slice(metaclass=NodeType):
    start: int | None
    end: int | None
    step: int | None

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if self.step == 0:
            raise json_error("Step cannot be zero.")
        if not isinstance(token, ListToken) or token.kind != "Array":
            if search.required:
                raise json_error(f"Array slice is not valid on {_short(token)}.")
            return
        found = token.items[self.start : self.end : self.step]
        if not found and search.required:
            shown = ["*" if edge is None else str(edge) for edge in (self.start, self.end)]
            raise json_error(f"Array slice of {shown[0]} to {shown[1]} returned no results.")
        yield from found


class Scan(metaclass=NodeType):
    """``..name``, or everything for None."""

    name: str | None

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if self.name is None:
            yield token
        for child in scan(token):
            if isinstance(child, PropertyToken):
                if child.name == self.name:
                    yield child.content
            elif self.name is None:
                yield child


class ScanNames(metaclass=NodeType):
    names: tuple[str, ...]

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        for child in scan(token):
            if isinstance(child, PropertyToken):
                for name in self.names:
                    if child.name == name:
                        yield child.content


class Filter(metaclass=NodeType):
    """``[?(…)]``: children that pass, which of an object are its properties."""

    test: Test

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        for child in token:
            charge_steps(1)
            if self.test.passes(child, search.root):
                yield child


class ScanFilter(metaclass=NodeType):
    """``..[?(…)]``."""

    test: Test

    def follow(self, token: Token, search: Search) -> Iterator[Token]:
        if self.test.passes(token, search.root):
            yield token
        for child in _below(token):
            if self.test.passes(child, search.root):
                yield child


def _below(token: Token) -> Iterator[Token]:
    return token.descendants() if isinstance(token, Container) else iter(())


Step: TypeAlias = Root | Named | Any_ | Fields | Index | Indexes | All | Slice | Scan | ScanNames | Filter | ScanFilter


def follow(steps: tuple[Step, ...], token: Token, search: Search) -> Iterator[Token]:
    """The tokens that `steps` lead to from `token`, found as they are asked for."""
    found: Iterable[Token] = (token,)
    for step in steps:
        found = _all_of(step, found, search)
    return iter(found)


def _all_of(step: Step, holders: Iterable[Token], search: Search) -> Iterator[Token]:
    for holder in holders:
        charge_steps(1)
        yield from step.follow(holder, search)


# Filters


class Either:
    """Tests joined by ``&&`` (`sign` is ``&``) or ``||``."""

    __slots__ = ("sign", "tests")

    def __init__(self, sign: str, tests: list[Test]) -> None:
        self.sign = sign
        self.tests = tests

    def passes(self, token: Token, root: Token) -> bool:
        results = (test.passes(token, root) for test in self.tests)
        return all(results) if self.sign == "&" else any(results)


class Comparison(metaclass=NodeType):
    """Two sides, each a path or a value; an empty operator asks whether the left one leads anywhere."""

    operator: str
    left: Any
    right: Any

    def passes(self, token: Token, root: Token) -> bool:
        lefts = _results(self.left, token, root)
        if not self.operator:
            return next(lefts, None) is not None
        rights: list[Token] | None = None
        for left in lefts:
            if rights is None:
                rights = list(_results(self.right, token, root))
            if any(self._holds(left, right) for right in rights):
                return True
        return False

    def _holds(self, left: Token, right: Token) -> bool:
        if not isinstance(left, ValueToken) or not isinstance(right, ValueToken):
            return self.operator in ("!=", "<>")
        match self.operator:
            case "=~":
                return _matches(left, right)
            case "==":
                return _equal(left, right)
            case "===":
                return _strictly_equal(left, right)
            case "!=" | "<>":
                return not _equal(left, right)
            case "!==":
                return not _strictly_equal(left, right)
        order = left.compare(right)
        match self.operator:
            case ">":
                return order > 0
            case ">=":
                return order >= 0
            case "<":
                return order < 0
        return order <= 0


Test: TypeAlias = Either | Comparison


def _results(side: Any, token: Token, root: Token) -> Iterator[Token]:
    return iter((side,)) if isinstance(side, ValueToken) else follow(side, token, Search(root, required=False))


def _mixed_numbers(left: ValueToken, right: ValueToken) -> bool:
    return {left.kind, right.kind} == {"Integer", "Float"}


def _equal(left: ValueToken, right: ValueToken) -> bool:
    if left.same(right):
        return True
    if _mixed_numbers(left, right):
        return compare_values(left.kind, left.value, right.value) == 0
    if right.kind != "String" or left.kind not in ("Date", "Bytes", "Guid", "TimeSpan", "Uri"):
        return False
    from certgate.csharp.dotnet.json.writer import scalar

    text = scalar(left.value)[1:-1] if left.kind in ("Date", "Bytes") else _text(left)
    return bool(text == right.value)


def _text(token: ValueToken) -> str:
    value = token.value
    return str(value.original) if token.kind == "Uri" else text_of(value)


def _strictly_equal(left: ValueToken, right: ValueToken) -> bool:
    if _mixed_numbers(left, right):
        return compare_values(left.kind, left.value, right.value) == 0
    return left.kind == right.kind and left.same(right)


def _matches(left: ValueToken, right: ValueToken) -> bool:
    """``=~``: the right side is a text ``/pattern/options``."""
    from certgate.csharp.dotnet.regex.values import compile_pattern

    if left.kind != "String" or not isinstance(right.value, str):
        return False
    end = right.value.rfind("/")
    options = sum({"i": 1, "m": 2, "s": 16, "x": 4}.get(letter, 0) for letter in set(right.value[end + 1 :]))
    return compile_pattern(right.value[1:end], options).match(left.value, 0).success
