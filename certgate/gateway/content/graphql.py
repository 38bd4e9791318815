"""A GraphQL request as far as its limits need it: size, well-formed brackets, depth, and the fields that it selects.

Knows the lexical grammar of GraphQL and no schema. SECURITY: one pass over the text, nothing calls itself but the depth
of fragments, which is bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(
    r'[ \t\r\n,\ufeff]+|#[^\r\n]*|(?P<block>"""(?:[^"\\]|\\.|"(?!""))*""")|(?P<string>"(?:[^"\\\r\n]|\\.)*")'
    r"|(?P<spread>\.\.\.)|(?P<name>[_A-Za-z]\w*)|(?P<number>-?\d[\w.+-]*)|(?P<mark>[{}()\[\]:!$=@|&])",
    re.DOTALL | re.ASCII,
)
_MAX_FRAGMENTS = 100


class NotGraphQL(Exception):
    """The query is no GraphQL."""


class NotSimulated(Exception):
    """Something in the query that certgate does not judge."""


@frozen
class Selected:
    """`depth` is the number of levels of fields; `introspects`: a field of the introspection system is among them;
    `roots` are the fields at the top by kind of operation."""

    depth: int
    introspects: bool
    roots: Mapping[str, tuple[str, ...]]


def read(query: str) -> Selected:
    """Raises NotGraphQL, NotSimulated."""
    return _Reader(list(_tokens(query))).read()


def _tokens(query: str) -> list[str]:
    found, at = [], 0
    while at < len(query):
        match = _TOKEN.match(query, at)
        if match is None:
            raise NotGraphQL(f"Unexpected character '{query[at]}' at {at + 1}.")
        at = match.end()
        if match.lastgroup is not None:
            found.append("''" if match.lastgroup in ("block", "string") else match[0])
    return found


@frozen
class _Level:
    """What one selection set comes to: the levels below, and the fragments that are spread at which level."""

    depth: int
    spreads: tuple[tuple[int, str], ...]
    fields: tuple[str, ...]
    introspects: bool


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def read(self) -> Selected:
        operations: dict[str, list[_Level]] = {}
        fragments: dict[str, _Level] = {}
        while self.at < len(self.tokens):
            kind = self.tokens[self.at]
            head = self._head()
            level = self._set()
            if kind == "fragment":
                fragments[head] = level
            else:
                operations.setdefault("query" if kind == "{" else kind, []).append(level)
        if not operations:
            raise NotGraphQL("The request has no operation.")
        levels = [each for found in operations.values() for each in found]
        roots = {kind: tuple(name for each in found for name in each.fields) for kind, found in operations.items()}
        introspects = any(each.introspects for each in (*levels, *fragments.values()))
        if any(each.spreads for each in levels) and any(at == 1 for each in levels for at, _ in each.spreads):
            raise NotSimulated("certgate does not judge fragments at the top of a GraphQL operation")
        depths = _Depths(fragments)
        return Selected(max(map(depths.of, levels)), introspects, roots)

    def _head(self) -> str:
        """What stands before a selection set at the top; the name of a fragment."""
        kind = self.tokens[self.at]
        if kind not in ("{", "query", "mutation", "subscription", "fragment"):
            raise NotGraphQL(f"Unexpected '{kind[:40]}'.")
        start = self.at
        while self.at < len(self.tokens) and self.tokens[self.at] != "{":
            self._skip()
        return self.tokens[start + 1] if kind == "fragment" and start + 1 < len(self.tokens) else ""

    def _skip(self) -> None:
        """One token, or all that stands in brackets."""
        opened = self.tokens[self.at]
        self.at += 1
        if opened not in ("(", "["):
            return
        depth = 1
        while depth:
            if self.at >= len(self.tokens):
                raise NotGraphQL(f"'{opened}' is not closed.")
            word = self.tokens[self.at]
            depth += (word in "([{") - (word in ")]}")
            self.at += 1

    def _set(self) -> _Level:
        """A selection set with all in it; the next token is its opening brace."""
        depth, deepest, introspects = 0, 0, False
        spreads: list[tuple[int, str]] = []
        fields: list[str] = []
        inline: list[bool] = []
        pending = False
        while self.at < len(self.tokens):
            word = self.tokens[self.at]
            if word == "{":
                inline.append(pending)
                depth += not pending
                pending = False
                self.at += 1
            elif word == "}":
                depth -= not inline.pop()
                self.at += 1
                if not inline:
                    return _Level(deepest, tuple(spreads), tuple(fields), introspects)
            elif word == "...":
                pending = self._spread(depth, spreads)
            elif word == "@":
                self.at += 2
            elif word in ("(", "["):
                self._skip()
            else:
                deepest = max(deepest, depth)
                name = self._field()
                introspects = introspects or (name.startswith("__") and name != "__typename")
                if depth == 1:
                    fields.append(name)
        raise NotGraphQL("A selection is not closed.")

    def _spread(self, depth: int, spreads: list[tuple[int, str]]) -> bool:
        """After three dots: whether an inline fragment follows."""
        self.at += 1
        name = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if name == "on":
            self.at += 2
            return True
        if name in ("{", "@"):
            return True
        spreads.append((depth, name))
        self.at += 1
        return False

    def _field(self) -> str:
        """A field's name, the one behind its alias."""
        name = self.tokens[self.at]
        if not re.match(r"[_A-Za-z]", name):
            raise NotGraphQL(f"Unexpected '{name[:40]}'.")
        self.at += 1
        if self.at + 1 < len(self.tokens) and self.tokens[self.at] == ":":
            name = self.tokens[self.at + 1]
            self.at += 2
        return name


class _Depths:
    """How deep selections are with the fragments they spread, each fragment looked at once."""

    def __init__(self, fragments: Mapping[str, _Level]) -> None:
        self.fragments = fragments
        self._known: dict[str, int] = {}

    def of(self, level: _Level, way: tuple[str, ...] = ()) -> int:
        below = (at - 1 + self._spread(name, way) for at, name in level.spreads)
        return max(level.depth, *below, 0)

    def _spread(self, name: str, way: tuple[str, ...]) -> int:
        if name not in self.fragments:
            raise NotGraphQL(f"Unknown fragment '{name[:40]}'.")
        if name in way:
            raise NotGraphQL(f"The fragment '{name[:40]}' spreads itself.")
        if len(way) == _MAX_FRAGMENTS:
            raise NotSimulated("certgate does not judge fragments that nest so deep")
        if name not in self._known:
            self._known[name] = self.of(self.fragments[name], (*way, name))
        return self._known[name]
