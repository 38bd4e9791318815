"""How ``..`` of a JSONPath walks a tree, also where the program changes the tree between two results.

Newtonsoft finds each token from the one before it: a token that was taken out of its place leads nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.json.containers import Container
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.json.tokens import Token

_Level = tuple[Container, "Iterator[Token]", int]
"""A container on the way, its children still to come, and how often it had changed."""


def scan(top: Token) -> Iterator[Token]:
    """All tokens below one. NullReferenceException where the last one was taken out of its place."""
    way: list[_Level] = []
    value = top
    while True:
        if _is_changed(way, value):
            yield from _linked(top, value)
            return
        if isinstance(value, Container):
            way.append((value, iter(tuple(value.children())), value.changes))
        found = _next(way)
        if found is None:
            return
        charge_steps(1)
        yield found
        value = found


def _next(way: list[_Level]) -> Token | None:
    while way:
        found = next(way[-1][1], None)
        if found is not None:
            return found
        way.pop()
    return None


def _is_changed(way: list[_Level], value: Token) -> bool:
    """Whether a container on the way to `value` holds others than it did."""
    child = value
    for holder, _, changes in reversed(way):
        if holder.changes != changes or child.parent is not holder:
            return True
        child = holder
    return False


def _linked(top: Token, value: Token) -> Iterator[Token]:
    """What follows a token in a tree that has changed."""
    following = _after(top, value)
    while following is not None:
        charge_steps(1 + (0 if following.parent is None else len(following.parent.children()) >> 4))
        yield following
        following = _after(top, following)


def _after(top: Token, value: Token) -> Token | None:
    children = value.children()
    if children:
        return children[0]
    while value is not top:
        if value.parent is None:
            raise faults.null_reference()
        children, at = value.parent.children(), value.parent.position(value)
        if at + 1 < len(children):
            return children[at + 1]
        value = value.parent
    return None
