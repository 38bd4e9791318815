"""Jumps (C# specification 13.10 and 13.15): break, continue, goto, return, throw and yield, and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import convert
from certgate.csharp.binder.lambdas import INFER
from certgate.csharp.binder.session import binds_statement

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder


@binds_statement(syntax.Break)
def break_(b: Binder, node: syntax.Break) -> bound.Statement:
    """``break``."""
    _leaving(b, node, ("loop", "switch"))
    return bound.Break(node)


@binds_statement(syntax.Continue)
def continue_(b: Binder, node: syntax.Continue) -> bound.Statement:
    """``continue``."""
    _leaving(b, node, ("loop",))
    return bound.Continue(node)


def _leaving(b: Binder, node: syntax.Statement, targets: tuple[str, ...]) -> None:
    """Errors of a jump: nothing to jump out of, or out of a ``finally``."""
    leaves = False
    for place in reversed(b.nested):
        leaves = leaves or place == "finally"
        if place in targets:
            if leaves:
                b.error("CS0157", node)
            return
    b.error("CS0139", node)


@binds_statement(syntax.Return)
def return_(b: Binder, node: syntax.Return) -> bound.Statement:
    """``return``."""
    if "finally" in b.nested:
        b.error("CS0157", node)
    wanted = b.return_type
    value = b.operand(node.expression) if node.expression is not None else None
    if b.iterator:
        b.error("CS1622", node)
    elif value is None and wanted is not None and wanted not in (types.VOID, INFER, types.UNKNOWN):
        b.error("CS0126", node, wanted.full_name)
    elif value is not None and wanted is types.VOID:
        if b.function.name in ("lambda expression", "anonymous method"):
            b.error("CS8030", node, b.function.name)
        else:
            b.error("CS0127", node, f"{b.function.name}()")
    elif value is not None and wanted is not None and wanted is not INFER:
        before = len(b.report.diagnostics)
        value = convert(b, value, wanted)
        if len(b.report.diagnostics) > before and b.function.name in ("lambda expression", "anonymous method"):
            b.error("CS1662", node.expression, b.function.name)
    made = bound.Return(node, value)
    b.returned.append(made)
    return made


@binds_statement(syntax.ThrowStatement)
def throw(b: Binder, node: syntax.ThrowStatement) -> bound.Statement:
    """``throw x;`` and ``throw;``."""
    from certgate.csharp.binder.expressions import thrown_value

    if node.expression is None:
        if "catch" not in b.nested:
            b.error("CS0156", node)
        return bound.ThrowStatement(node, None)
    return bound.ThrowStatement(node, thrown_value(b, node.expression))


@binds_statement(syntax.Labeled)
def labeled(b: Binder, node: syntax.Labeled) -> bound.Statement:
    """``name: statement``."""
    scope = b.scope.parent
    while scope is not None and scope.function is b.function:
        if node.label in scope.labels:
            b.error("CS0158", node.label_span, node.label)
            break
        scope = scope.parent
    return bound.Labeled(node, node.label, b.statement(node.statement))


@binds_statement(syntax.Goto)
def goto(b: Binder, node: syntax.Goto) -> bound.Statement:
    """``goto name``."""
    scope = b.scope
    while node.label not in scope.labels:
        if scope.parent is None or scope.parent.function is not b.function:
            b.error("CS0159", node.label_span, node.label)
            break
        scope = scope.parent
    return bound.Goto(node, node.label)


@binds_statement(syntax.YieldReturn)
def yield_return(b: Binder, node: syntax.YieldReturn) -> bound.Statement:
    """``yield return``: in no ``finally``, in no ``catch``, and in no ``try`` that has a ``catch``."""
    value = b.operand(node.expression)
    for place, code in (("finally", "CS1625"), ("guarded", "CS1626"), ("catch", "CS1631")):
        if place in b.nested:
            b.error(code, (node.start, node.start + len("yield")))
            break
    element = b.function.element
    if element is None:
        _no_iterator(b, node)
        return bound.Yield(node, None)
    return bound.Yield(node, convert(b, value, element))


@binds_statement(syntax.YieldBreak)
def yield_break(b: Binder, node: syntax.YieldBreak) -> bound.Statement:
    """``yield break``."""
    if "finally" in b.nested:
        b.error("CS1625", (node.start, node.start + len("yield")))
    if b.function.element is None:
        _no_iterator(b, node)
    return bound.Yield(node, None)


def _no_iterator(b: Binder, node: syntax.Statement) -> None:
    """A lambda never yields; the block itself gives an object, which is said of it as a whole."""
    if b.function.parent is not None:
        if b.function.signature is None:
            b.error("CS1621", (node.start, node.start + len("yield")))
    elif all(one.code != "CS1624" for one in b.report.diagnostics):
        b.error("CS1624", (0, 1), "E.F(IExpressionContext)", "object")
