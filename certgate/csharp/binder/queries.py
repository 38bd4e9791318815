"""Query expressions (C# specification 12.20.3): rewritten into calls of ``Where``, ``Select`` … with lambdas, then
bound.

From the second range variable on, the lambdas have one parameter that holds all of them (a transparent identifier): an
anonymous object, whose members the names of the range variables stand for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.session import binds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

Path = tuple[str, ...]
_HOLDER = "<>h"


class QueryLambda(syntax.Lambda):
    """A lambda of a query. `aliases`: range variable -> its members, one inside the other, of the first parameter."""

    aliases: tuple[tuple[str, Path], ...] = ()


class QueryName(syntax.Name):
    """The method that a clause calls. `source` is what the query runs over: errors about the method are said of it."""

    source: syntax.Expression | None = None


class RangeMember(syntax.AnonymousMember):
    """A range variable in the object that holds several."""


@frozen
class _State:
    """What the query is so far: the sequence, and how its range variables are reached from an element."""

    source: syntax.Expression
    names: tuple[tuple[str, Path], ...]
    origin: syntax.Expression | None = None

    @property
    def parameter(self) -> str:
        return self.names[0][0] if len(self.names) == 1 and not self.names[0][1] else _HOLDER


@binds(syntax.Query)
def query(b: Binder, node: syntax.Query) -> bound.Expression:
    """``from … select …``."""
    if _wrong_names(b, node):
        return bound.Bad(node, types.UNKNOWN)
    return b.expression(_body(_start(node.source), node.body))


def _wrong_names(b: Binder, node: syntax.Query) -> bool:
    """Range variables that are declared twice, and sides of a ``join`` that were exchanged; tells of each."""
    before = len(b.report.diagnostics)
    first: tuple[str, syntax.Span] | None = (node.source.name, node.source.name_span)
    body: syntax.QueryBody | None = node.body
    while body is not None and first is not None:
        known: set[str] = set()
        _declare(b, known, *first)
        for clause in body.clauses:
            if isinstance(clause, syntax.JoinClause):
                _check_sides(b, known, clause)
            if isinstance(clause, syntax.FromClause | syntax.LetClause | syntax.JoinClause):
                _declare(b, known, clause.name, clause.name_span)
            if isinstance(clause, syntax.JoinClause) and clause.into and clause.into_span:
                known.discard(clause.name)
                _declare(b, known, clause.into, clause.into_span)
        rest = body.continuation
        first, body = ((rest.name, rest.name_span), rest.body) if rest is not None else (None, None)
    return len(b.report.diagnostics) > before


def _declare(b: Binder, known: set[str], name: str, place: syntax.Span) -> None:
    if name in known:
        b.error("CS1930", place, name)
    elif b.scope.find(name) is not None or name in b.environment.globals:
        b.error("CS1931", place, name)
    known.add(name)


def _check_sides(b: Binder, known: set[str], clause: syntax.JoinClause) -> None:
    for name in _names(clause.left):
        if name.text == clause.name and name.text not in known:
            b.error("CS1937", name, name.text)
    for name in _names(clause.right):
        if name.text in known and name.text != clause.name:
            b.error("CS1938", name, name.text)


def _names(node: syntax.Node) -> Iterator[syntax.Name]:
    """The simple names in an expression that stand for variables."""
    if isinstance(node, syntax.Name):
        yield node
    elif isinstance(node, syntax.MemberAccess):
        yield from _names(node.expression)
    elif not isinstance(node, syntax.Lambda | syntax.AnonymousMethod | syntax.Query):
        for field in type(node).__match_args__[2:]:
            value = getattr(node, field)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, syntax.Node):
                    yield from _names(item)


def no_provider(b: Binder, name: QueryName, kind: NetType) -> bound.Expression:
    """The error where the source of a query has no such method."""
    from certgate.csharp.conversions import bases_of

    names = {base.full_name.partition("<")[0] for base in (kind, *bases_of(kind))}
    place = name.source or name
    if "System.Collections.Generic.IEnumerable" in names:
        return b.bad(name, "CS1935", kind.display, name.text, at=place)
    if "System.Collections.IEnumerable" in names:
        return b.bad(name, "CS1934", kind.display, name.text, name.text, at=place)
    return b.bad(name, "CS1936", kind.display, name.text, at=place)


_CLAUSES = {"Select": "select", "Where": "where", "GroupBy": "group", "SelectMany": "from", "Join": "join"}


def not_inferred(b: Binder, name: QueryName) -> None:
    """The error where the types of a clause's lambda cannot be found."""
    code = {"SelectMany": "CS1943", "Join": "CS1941", "GroupJoin": "CS1941"}.get(name.text, "CS1942")
    word = _CLAUSES.get(name.text, "join" if name.text == "GroupJoin" else "orderby")
    b.error(code, (name.start, name.start + len(word)), word, name.text)


def _start(clause: syntax.FromClause) -> _State:
    return _State(_typed(clause.expression, clause.type), ((clause.name, ()),), clause.expression)


def _typed(source: syntax.Expression, kind: syntax.TypeSyntax | None) -> syntax.Expression:
    """``from T x in e`` casts the elements."""
    if kind is None:
        return source
    name = QueryName(source.start, source.end, "Cast", (kind,), (source.start, source.end), False, source)
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
    return _body(_State(source, ((body.continuation.name, ()),), source), body.continuation.body)


def _clause(state: _State, clause: syntax.QueryClause) -> _State:
    match clause:
        case syntax.WhereClause():
            return _State(_call(state, clause, "Where", _lambda(state, clause.condition)), state.names, state.origin)
        case syntax.LetClause():
            both = _object(clause, state, clause.name, clause.expression)
            source = _call(state, clause, "Select", _lambda(state, both))
            return _State(source, _nested(state, clause.name), state.origin)
        case syntax.OrderByClause():
            return _ordered(state, clause)
    return _pair(state, clause, None)


def _ordered(state: _State, clause: syntax.OrderByClause) -> _State:
    for index, one in enumerate(clause.orderings):
        name = ("ThenBy" if index else "OrderBy") + ("Descending" if one.descending else "")
        state = _State(_call(state, one, name, _lambda(state, one.expression)), state.names, state.origin)
    return state


def _pair(state: _State, clause: syntax.FromClause | syntax.JoinClause, result: syntax.Expression | None) -> _State:
    """A second ``from``, or a ``join``: the result of both, or an object that holds both."""
    second = clause.into if isinstance(clause, syntax.JoinClause) and clause.into else clause.name
    made = result if result is not None else _object(clause, state, second, _name(clause, second))
    both = _lambda(state, made, second)
    names = _nested(state, second)
    if isinstance(clause, syntax.FromClause):
        inner = _lambda(state, _typed(clause.expression, clause.type))
        return _State(_call(state, clause, "SelectMany", inner, both), names, state.origin)
    own = _State(clause.source, ((clause.name, ()),))
    method = "GroupJoin" if clause.into else "Join"
    source = _typed(clause.source, clause.type)
    call = _call(state, clause, method, source, _lambda(state, clause.left), _lambda(own, clause.right), both)
    return _State(call, names, state.origin)


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
        RangeMember(node.start, node.end, added, _name_span(node), value),
    )
    return syntax.AnonymousObject(node.start, node.end, members)


def _name_span(node: syntax.Node) -> syntax.Span:
    return node.name_span if isinstance(node, syntax.LetClause | syntax.FromClause) else (node.start, node.end)


def _call(state: _State, node: syntax.Node, method: str, *arguments: syntax.Expression) -> syntax.Expression:
    name = QueryName(node.start, node.end, method, None, (node.start, node.end), False, state.origin)
    return _invoke(state.source, node, name, arguments)


def _invoke(
    source: syntax.Expression, node: syntax.Node, name: syntax.Name, arguments: tuple[syntax.Expression, ...]
) -> syntax.Expression:
    start, end = source.start, node.end
    member = syntax.MemberAccess(start, end, source, (node.start, node.start), name)
    given = tuple(syntax.Argument(one.start, one.end, one) for one in arguments)
    return syntax.Invocation(start, end, member, given, (node.start, node.end))
