"""The members of a JSON object with the places they stand at, which Python's own reader does not tell."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

_SPACE = " \t\n\r"


class Member(NamedTuple):
    """One member; `at` is where its name begins. The `value` of an object on the first level is a tuple of members."""

    name: str
    at: int
    value: Any


class NotJson(Exception):
    """The text is no JSON, or no object; `at` is where that shows."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Twice(Exception):
    """Two members of an object have the same `name`; `at` is where the second, or a value that holds both, begins."""

    def __init__(self, name: str, at: int) -> None:
        super().__init__(name)
        self.name = name
        self.at = at


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Twice(name, 0)
        found[name] = value
    return found


_decoder = json.JSONDecoder(object_pairs_hook=_distinct)


def read(text: str) -> list[Member]:
    """The members of the one object in a text. Raises NotJson, Twice."""
    members, end = _object(text, _skip(text, 0), depth=2)
    if _skip(text, end) < len(text):
        raise NotJson("there is more after its end", _skip(text, end))
    return members


def _object(text: str, at: int, depth: int) -> tuple[list[Member], int]:
    """The members of the object that begins there, and where it ends."""
    found: dict[str, Member] = {}
    at = _expect(text, at, "{")
    if text.startswith("}", at):
        return [], at + 1
    while True:
        if not text.startswith('"', at):
            raise NotJson("a name in double quotes is missing", at)
        name, end = _value(text, at)
        start = _expect(text, _skip(text, end), ":")
        if depth > 1 and text.startswith("{", start):
            inner, end = _object(text, start, depth - 1)
            value: Any = tuple(inner)
        else:
            value, end = _value(text, start)
        if name in found:
            raise Twice(name, at)
        found[name] = Member(name, at, value)
        at = _skip(text, end)
        if text.startswith("}", at):
            return list(found.values()), at + 1
        at = _expect(text, at, ",")


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return _decoder.raw_decode(text, at)
    except Twice as error:
        raise Twice(error.name, at) from None
    except json.JSONDecodeError as error:
        raise NotJson(error.msg[:1].lower() + error.msg[1:], error.pos) from None
    except (ValueError, RecursionError):
        # SECURITY: a number of thousands of digits, or brackets nested without end.
        raise NotJson("this is more than certgate reads", at) from None


def _expect(text: str, at: int, char: str) -> int:
    if not text.startswith(char, at):
        raise NotJson(f"'{char}' is missing", at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
