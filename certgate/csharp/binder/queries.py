"""Query expressions (C# specification 12.20.3): rewritten into calls of ``Where``, ``Select`` … with lambdas, then
bound.

From the second range variable on, the lambdas have one parameter that holds all of them (a transparent identifier): an
anonymous object, whose members the names of the range variables stand for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp import bound, syntax
from certgate.csharp.binder.session import binds

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder

Path = tuple[str, ...]
_HOLDER = "<>h"


class QueryLambda(syntax.Lambda):
    """A lambda of a query. `aliases`: range variable -> its members, one inside the other, of the first parameter."""

    aliases: tuple[tuple[str, Path], ...] = ()


@frozen
class _State:
    """What the query is so far: the sequence, and how its range variables are reached from an element."""

    source: syntax.Expression
    names: tuple[tuple[str, Path], ...]

    @property
    def parameter(self) -> str:
        return self.names[0][0] if len(self.names) == 1 and not self.names[0][1] else _HOLDER


@binds(syntax.Query)
def query(b: Binder, node: syntax.Query) -> bound.Expression:
    """``from … select …``."""
    return b.expression(_body(_start(node.source), node.body))


def _start(clause: syntax.FromClause) -> _State:
    return _State(_typed(clause.expression, clause.type), ((clause.name, ()),))


def _typed(source: syntax.Expression, kind: syntax.TypeSyntax | None) -> syntax.Expression:
    """``from T x in e`` casts the elements."""
    if kind is None:
        return source
    name = syntax.Name(source.start, source.end, "Cast", (kind,), (source.start, source.end))
    return _invoke(source, source, name, ())


def _body(state: _State, body: syntax.QueryBody) -> syntax.Expression:
    clauses = list(body.clauses)
    plain = not clauses
    for index, clause in enumerate(clauses):
        last = index == len(clauses) - 1 and isinstance(body.result, syntax.SelectClause)
        if last and isinstance(clause, syntax.FromClause | syntax.JoinClause):
            assert isinstance(body.result, syntax.SelectClause)  # noqa: S101 - `last` says so
            return _continued(_pair(state, clause, body.result.expression).source, body)
        state = _clause(state, clause)
    return _continued(_result(state, body.result, plain), body)


def _continued(source: syntax.Expression, body: syntax.QueryBody) -> syntax.Expression:
    """``into x``: a query over the one so far."""
    if body.continuation is None:
        return source
    return _body(_State(source, ((body.continuation.name, ()),)), body.continuation.body)


def _clause(state: _State, clause: syntax.QueryClause) -> _State:
    match clause:
        case syntax.WhereClause():
            return _State(_call(state, clause, "Where", _lambda(state, clause.condition)), state.names)
        case syntax.LetClause():
            both = _object(clause, state, clause.name, clause.expression)
            return _State(_call(state, clause, "Select", _lambda(state, both)), _nested(state, clause.name))
        case syntax.OrderByClause():
            return _ordered(state, clause)
    return _pair(state, clause, None)


def _ordered(state: _State, clause: syntax.OrderByClause) -> _State:
    for index, one in enumerate(clause.orderings):
        name = ("ThenBy" if index else "OrderBy") + ("Descending" if one.descending else "")
        state = _State(_call(state, one, name, _lambda(state, one.expression)), state.names)
    return state


def _pair(state: _State, clause: syntax.FromClause | syntax.JoinClause, result: syntax.Expression | None) -> _State:
    """A second ``from``, or a ``join``: the result of both, or an object that holds both."""
    second = clause.into if isinstance(clause, syntax.JoinClause) and clause.into else clause.name
    made = result if result is not None else _object(clause, state, second, _name(clause, second))
    both = _lambda(state, made, second)
    names = _nested(state, second)
    if isinstance(clause, syntax.FromClause):
        inner = _lambda(state, _typed(clause.expression, clause.type))
        return _State(_call(state, clause, "SelectMany", inner, both), names)
    own = _State(clause.source, ((clause.name, ()),))
    method = "GroupJoin" if clause.into else "Join"
    source = _typed(clause.source, clause.type)
    return _State(
        _call(state, clause, method, source, _lambda(state, clause.left), _lambda(own, clause.right), both), names
    )


def _result(state: _State, result: syntax.SelectClause | syntax.GroupClause, plain: bool) -> syntax.Expression:
    if isinstance(result, syntax.SelectClause):
        if not plain and _is_element(state, result.expression):
            return state.source
        return _call(state, result, "Select", _lambda(state, result.expression))
    key = _lambda(state, result.key)
    if _is_element(state, result.element):
        return _call(state, result, "GroupBy", key)
    return _call(state, result, "GroupBy", key, _lambda(state, result.element))


def _is_element(state: _State, node: syntax.Expression) -> bool:
    """Whether an expression is just the one range variable."""
    return isinstance(node, syntax.Name) and node.arguments is None and node.text == state.parameter


def _nested(state: _State, added: str) -> tuple[tuple[str, Path], ...]:
    """The names once the element and a new variable are held by one object."""
    return (*((name, (state.parameter, *path)) for name, path in state.names), (added, (added,)))


# Nodes


def _name(node: syntax.Node, text: str) -> syntax.Name:
    return syntax.Name(node.start, node.end, text, None, (node.start, node.end))


def _lambda(state: _State, body: syntax.Expression, second: str | None = None) -> syntax.Expression:
    span = (body.start, body.end)
    parameters = [syntax.Parameter(body.start, body.end, None, state.parameter, span)]
    if second is not None:
        parameters.append(syntax.Parameter(body.start, body.end, None, second, span))
    aliases = tuple((name, path) for name, path in state.names if path)
    return QueryLambda(body.start, body.end, tuple(parameters), span, body, False, aliases)


def _object(node: syntax.Node, state: _State, added: str, value: syntax.Expression) -> syntax.Expression:
    """``new { element, added = value }``."""
    span = (node.start, node.end)
    members = (
        syntax.AnonymousMember(node.start, node.end, state.parameter, span, _name(node, state.parameter)),
        syntax.AnonymousMember(node.start, node.end, added, span, value),
    )
    return syntax.AnonymousObject(node.start, node.end, members)


def _call(state: _State, node: syntax.Node, method: str, *arguments: syntax.Expression) -> syntax.Expression:
    return _invoke(state.source, node, _name(node, method), arguments)


def _invoke(
    source: syntax.Expression, node: syntax.Node, name: syntax.Name, arguments: tuple[syntax.Expression, ...]
) -> syntax.Expression:
    start, end = source.start, node.end
    member = syntax.MemberAccess(start, end, source, (node.start, node.start), name)
    given = tuple(syntax.Argument(one.start, one.end, one) for one in arguments)
    return syntax.Invocation(start, end, member, given, (node.start, node.end))
