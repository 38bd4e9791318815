"""Reachability of the end of a statement (C# specification 13.2): what constant conditions, jumps and loops leave
open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.csharp.types import NetType


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
        reachable = not takes_everything(node)
        opened = open_sections(node)
        for index, section in enumerate(node.sections):
            ends, broken = self._inside(section.body)
            if index in opened:
                reachable = reachable or ends or broken
        return reachable

    def _try(self, node: bound.Try) -> bool:
        reachable = self.end(node.body)
        for one in node.catches:
            reachable = self.end(one.body) or reachable
        if node.final is not None and not self.end(node.final):
            return False
        return reachable


def takes_everything(node: bound.Switch) -> bool:
    """Whether some section is run whatever the value is. Where all labels are constants, C# 7.3 does not ask whether
    they are all that the type has."""
    if isinstance(node.value, bound.Constant):
        return bool(_for_constant(node, node.value)[1])
    kind = node.value.type
    labels = [label for section in node.sections for label in section.labels if _certain(label)]
    if any(label.pattern is None or isinstance(label.pattern, bound.AnyPattern) for label in labels):
        return True
    takes_type = any(
        isinstance(label.pattern, bound.TypePattern) and _covers(label.pattern.type, kind) for label in labels
    )
    takes_null = any(map(_is_null, labels))
    return takes_type and (takes_null or (kind.is_value and types.nullable_inner(kind) is None))


def open_sections(node: bound.Switch) -> frozenset[int]:
    """The sections that can be reached: all, but of a constant only those that it matches."""
    if not isinstance(node.value, bound.Constant):
        return frozenset(range(len(node.sections)))
    return _for_constant(node, node.value)[0] | _named_by_goto(node)


def _for_constant(node: bound.Switch, value: bound.Constant) -> tuple[frozenset[int], bool]:
    """The sections that a constant may go to, and whether it goes to one of them for certain."""
    found: set[int] = set()
    default: int | None = None
    for index, section in enumerate(node.sections):
        for label in section.labels:
            if label.pattern is None:
                default = index
            elif _may_match(label.pattern, value):
                found.add(index)
                if _certain(label):
                    return frozenset(found), True
    return frozenset(found if default is None else {*found, default}), default is not None


def _may_match(pattern: bound.Pattern, value: bound.Constant) -> bool:
    if isinstance(pattern, bound.ConstantPattern) and isinstance(pattern.value, bound.Constant):
        return bool(pattern.value.value == value.value)
    if isinstance(pattern, bound.TypePattern):
        return value.value is not None and _covers(pattern.type, value.type)
    return True


def _named_by_goto(node: bound.Switch) -> frozenset[int]:
    """The sections that a ``goto case`` of the switch names."""
    if not any(isinstance(inner, bound.GotoCase) for section in node.sections for inner in _below(section.body)):
        return frozenset()
    return frozenset(range(len(node.sections)))


def _below(node: bound.Bound) -> Iterable[bound.Bound]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += bound.children(one)


def _certain(label: bound.Label) -> bool:
    return label.when is None or _constant(label.when) is True


def _is_null(label: bound.Label) -> bool:
    value = label.pattern.value if isinstance(label.pattern, bound.ConstantPattern) else None
    return isinstance(value, bound.Constant) and value.value is None


def _covers(wanted: NetType, kind: NetType) -> bool:
    """Whether every value of `kind` that is not null has the type `wanted`."""
    from certgate.csharp.conversions import standard_implicit

    found = standard_implicit(types.nullable_inner(kind) or kind, wanted)
    return found is not None and found.kind in ("identity", "reference", "boxing")


def _constant(node: bound.Expression) -> bool | None:
    """The value of a constant condition."""
    return node.value if isinstance(node, bound.Constant) and isinstance(node.value, bool) else None
