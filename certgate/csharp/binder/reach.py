"""Reachability of the end of a statement (C# specification 13.2): what constant conditions, jumps and loops leave
open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound

if TYPE_CHECKING:
    from collections.abc import Iterable


def end_reachable(node: bound.Bound) -> bool:
    """Whether control can come to the end of the statement."""
    return _Walk().end(node)


class _Walk:
    """Follows the statements; `breaks` tells for each open loop or switch whether something breaks out of it."""

    def __init__(self) -> None:
        self.breaks: list[bool] = []

    def end(self, node: bound.Bound) -> bool:
        match node:
            case bound.Block():
                return self.sequence(node.statements)
            case bound.If():
                return self._if(node)
            case bound.Loop():
                return self._loop(node)
            case bound.ForEach():
                self._inside(node.body)
                return True
            case bound.Switch():
                return self._switch(node)
            case bound.Try():
                return self._try(node)
            case bound.Using() | bound.Labeled():
                return self.end(node.body if isinstance(node, bound.Using) else node.statement)
            case bound.Break():
                if self.breaks:
                    self.breaks[-1] = True
                return False
            case bound.Continue() | bound.Goto() | bound.GotoCase() | bound.Return() | bound.ThrowStatement():
                return False
            case bound.Yield():
                return node.value is not None
        return True

    def sequence(self, statements: Iterable[bound.Bound]) -> bool:
        """A label makes what follows it reachable again: something may go there."""
        reachable = True
        for statement in statements:
            if reachable or isinstance(statement, bound.Labeled):
                reachable = self.end(statement)
        return reachable

    def _if(self, node: bound.If) -> bool:
        test = _constant(node.condition)
        then = self.end(node.then) if test is not False else False
        otherwise = True if node.otherwise is None else self.end(node.otherwise)
        if test is True:
            return then
        return then or otherwise

    def _inside(self, body: bound.Bound) -> tuple[bool, bool]:
        self.breaks.append(False)
        reachable = self.end(body)
        return reachable, self.breaks.pop()

    def _loop(self, node: bound.Loop) -> bool:
        _, broken = self._inside(node.body)
        test = True if node.condition is None else _constant(node.condition)
        return broken or test is not True

    def _switch(self, node: bound.Switch) -> bool:
        has_default = False
        reachable = not node.sections
        for section in node.sections:
            has_default = has_default or any(map(takes_all, section.labels))
            ends, broken = self._inside(section.body)
            reachable = reachable or ends or broken
        return reachable or not has_default

    def _try(self, node: bound.Try) -> bool:
        reachable = self.end(node.body)
        for one in node.catches:
            reachable = self.end(one.body) or reachable
        if node.final is not None and not self.end(node.final):
            return False
        return reachable


def takes_all(label: bound.Label) -> bool:
    """Whether a label matches every value: ``default``, or ``case var x``."""
    return label.pattern is None or (isinstance(label.pattern, bound.AnyPattern) and label.when is None)


def _constant(node: bound.Expression) -> bool | None:
    """The value of a constant condition."""
    return node.value if isinstance(node, bound.Constant) and isinstance(node.value, bool) else None
