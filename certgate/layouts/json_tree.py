"""JSON as people write templates in it, with the place of every string: comments and line ends in strings allowed.

A reader of its own, since no other says where a string stands. One pass, a stack instead of recursion.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.policy.derived import Building, Derived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.core.source import Text

MAX_NODES = 500_000
"""SECURITY: the most values of a document."""

MAX_DEPTH = 100
"""SECURITY: the deepest nesting, so that every walk over the tree stays within Python's stack."""

_BLANK = re.compile(r"(?:[\s\ufeff]+|//[^\r\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_OTHER = re.compile(r"[^\s,\]}\[{:\"]+")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MEANINGS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Written(NamedTuple):
    """A string: ``[start, end)`` is what stands between the quotes."""

    text: Text
    start: int
    end: int

    def decoded(self) -> Derived:
        """The characters it means, each with its place."""
        building, at = Building(self.text), self.start
        for match in _ESCAPE.finditer(self.text.text, self.start, self.end):
            building.keep(at, match.start())
            building.replace(_meaning(match[0]), *match.span())
            at = match.end()
        building.keep(at, self.end)
        return building.done()


class Node(NamedTuple):
    """A value: `members` of an object, `items` of an array, a string, or another (its text in `other`)."""

    start: int
    members: dict[str, Node] | None = None
    items: list[Node] | None = None
    string: Written | None = None
    other: str = ""

    def get(self, name: str) -> Node | None:
        """The member of that name, in any case: templates do not tell case apart."""
        members = self.members or {}
        if name in members:
            return members[name]
        return next((node for key, node in members.items() if key.lower() == name.lower()), None)

    @property
    def plain(self) -> str | None:
        """The text of a string."""
        return self.string.decoded().text if self.string is not None else None

    def children(self) -> Iterator[tuple[str, Node]]:
        yield from (self.members or {}).items()
        yield from (("", node) for node in self.items or ())


def read(text: Text) -> Node:
    """The value of a document. Raises InputError ``template-syntax`` with the place of what is no JSON."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: Text) -> None:
        self._source = text
        self._text = text.text
        self._at = 0
        self._nodes = 0

    def read(self) -> Node:
        root = Node(0, items=[])
        stack: list[tuple[Node, str]] = [(root, "")]
        while True:
            self._skip()
            holder, mark = stack[-1][0], self._text[self._at : self._at + 1]
            if not mark:
                break
            if mark in "]}" and len(stack) > 1:
                self._closes(holder, mark)
                stack.pop()
            elif mark == "," and len(stack) > 1:
                self._at += 1
            else:
                name = self._name() if holder.members is not None else ""
                node = self._value()
                self._put(holder, name, node)
                if node.members is not None or node.items is not None:
                    if len(stack) > MAX_DEPTH:
                        raise self._wrong("is nested too deeply", "template-too-large")
                    stack.append((node, name))
        if len(stack) > 1:
            raise self._wrong("is no JSON: a bracket is never closed", at=stack[-1][0].start)
        return root.items[0] if root.items else Node(0)

    def _put(self, holder: Node, name: str, node: Node) -> None:
        if holder.members is not None:
            holder.members[name] = node
        elif holder.items is not None:
            holder.items.append(node)

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _closes(self, holder: Node, mark: str) -> None:
        if (mark == "}") != (holder.members is not None):
            raise self._wrong(f"is no JSON: '{mark}' closes nothing")
        self._at += 1

    def _name(self) -> str:
        match = _STRING.match(self._text, self._at)
        if match is None:
            raise self._wrong("is no JSON: a name in quotes must stand here")
        name = Written(self._source, *match.span(1)).decoded().text
        self._at = match.end()
        self._skip()
        if self._text[self._at : self._at + 1] != ":":
            raise self._wrong("is no JSON: ':' must stand here")
        self._at += 1
        self._skip()
        return name

    def _value(self) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._wrong("has too many values", "template-too-large")
        at, mark = self._at, self._text[self._at : self._at + 1]
        if mark in {"{", "["}:
            self._at += 1
            return Node(at, members={}) if mark == "{" else Node(at, items=[])
        match = _STRING.match(self._text, at)
        if match is not None:
            self._at = match.end()
            return Node(at, string=Written(self._source, *match.span(1)))
        other = _OTHER.match(self._text, at)
        if other is None:
            raise self._wrong("is no JSON: a value must stand here")
        self._at = other.end()
        return Node(at, other=other[0])

    def _wrong(self, message: str, code: str = "template-syntax", at: int | None = None) -> InputError:
        return InputError(message, code=code, place=self._source.span(self._at if at is None else at).place())


def _meaning(escape: str) -> str:
    if escape[1] == "u" and len(escape) >= 6:
        number = int(escape[2:6], 16)
        if len(escape) == 12:
            number = 0x10000 + ((number - 0xD800) << 10) + int(escape[8:12], 16) - 0xDC00
        return "\ufffd" if 0xD800 <= number < 0xE000 else chr(number)
    return _MEANINGS.get(escape[1], escape[1])
