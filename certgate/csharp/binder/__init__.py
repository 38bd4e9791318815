"""From syntax to the typed tree: names, types, overloads, conversions, lambda inference, and C#'s compile errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp import bound, syntax, types
from certgate.csharp.binder import (  # noqa: F401 - each declares what it binds; the others: `session.RARER`
    access,
    calls,
    chains,
    expressions,
    names,
    operators,
)
from certgate.csharp.binder.convert import convert, is_unknown, natural
from certgate.csharp.binder.session import Binder, TooComplex
from certgate.csharp.depth import MAX_HEIGHT, TOO_DEEP, TooDeep

if TYPE_CHECKING:
    from certgate.csharp.diagnostic import Diagnostic
    from certgate.csharp.environment import Environment
    from certgate.csharp.types import NetType


@frozen
class Bound:
    """The result: `function` has the body; None where there are diagnostics. `type` is the static type of an
    expression."""

    function: bound.Function | None
    type: NetType | None
    diagnostics: tuple[Diagnostic, ...]
    unsupported: tuple[tuple[str, int, int], ...]


def bind(
    node: syntax.Expression | syntax.Block, text: str, environment: Environment, expected: str | None = None
) -> Bound:
    """Bind an expression or a block. `expected` is the C# type that the value must convert to; object without it."""
    b = Binder(text, environment, node)
    from certgate.csharp.signatures import parse_type

    wanted = parse_type(expected) if expected is not None else types.OBJECT
    kind: NetType | None = None
    try:
        if isinstance(node, syntax.Block):
            _block(b, node, wanted)
        else:
            kind = _expression(b, node, wanted, expected is not None)
        if not b.report.diagnostics:
            _flow(b, node)
    except (TooComplex, TooDeep):
        return beyond(node)
    refused = sorted(_distinct(b.report.refused), key=lambda one: (one.start, -one.end))
    diagnostics = (*_binding_first(b.report.diagnostics), *refused)
    function = None if diagnostics else b.function
    return Bound(function, kind, diagnostics, tuple(b.report.unsupported))


_FLOW = frozenset(("CS0157", "CS0161", "CS0163", "CS0165", "CS0177", "CS0269", "CS8070"))
"""The errors of where control goes: C# looks for them only in what has no other."""


def _binding_first(found: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.code not in _FLOW] or found


def beyond(node: syntax.Node) -> Bound:
    """What is said of an expression that certgate does not follow: to reach it ends the evaluation."""
    function = bound.Function("", None, node)
    function.body = bound.Unsupported(node, types.UNKNOWN, TOO_DEEP)
    function.returns = types.OBJECT
    return Bound(function, None, (), ((TOO_DEEP, node.start, node.end),))


def _distinct(refused: list[Diagnostic]) -> list[Diagnostic]:
    return list({(one.message, one.start): one for one in refused}.values())


def _expression(b: Binder, node: syntax.Expression, wanted: NetType, is_expected: bool) -> NetType | None:
    value = b.operand(node)
    if isinstance(value, bound.Throw):
        value = natural(b, value)
    kind = value.type
    if isinstance(value, bound.TupleLiteral) and kind is not types.UNKNOWN:
        value = natural(b, value)
        kind = value.type
    converted = convert(b, value, wanted) if is_expected or kind.kind == "special" or is_unknown(value) else value
    b.function.body = converted
    b.function.returns = wanted
    if kind is types.DEFAULT:
        return wanted
    return None if kind.kind == "special" else kind


def _block(b: Binder, node: syntax.Block, wanted: NetType) -> None:
    b.return_type = wanted
    b.function.returns = wanted
    b.function.body = b.statement(node)


def _flow(b: Binder, node: syntax.Node) -> None:
    """What needs the whole tree, which is none too high to walk from here on."""
    body = b.function.body
    assert body is not None  # noqa: S101 - it has just been bound
    if b.nodes > MAX_HEIGHT // 4 and bound.height(body) > MAX_HEIGHT:
        raise TooComplex
    is_block = isinstance(node, syntax.Block)
    if not (is_block or b.has_locals):
        return
    from certgate.csharp.binder.assigned import check
    from certgate.csharp.binder.reach import end_reachable

    if is_block and end_reachable(body):
        b.error("CS0161", (0, 1), "E.F(IExpressionContext)")
    check(b, b.function, body)
