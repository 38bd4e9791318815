"""``is`` and patterns (C# specification 11 and 12.12.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import classify, convert, describe, is_unknown, natural
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.session import Report, binds
from certgate.csharp.conversions import standard_explicit

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


@binds(syntax.IsType)
def is_type(b: Binder, node: syntax.IsType) -> bound.Expression:
    """``x is T``, where T may turn out to be a constant."""
    value = natural(b, b.operand(node.expression))
    if isinstance(value, bound.MethodGroup | bound.UnboundLambda):
        return b.bad(node, "CS0837")
    saved, b.report = b.report, Report()
    kind = bind_type(b, node.type)
    attempt, b.report = b.report, saved
    if attempt.diagnostics or attempt.refused:
        constant = _constant(b, syntax.expression_of(node.type))
        if constant is not None:
            return _is(b, node, value, constant_pattern(b, node.type, constant, value.type))
        b.report.merge(attempt)
        return bound.Bad(node, types.UNKNOWN)
    if isinstance(value, bound.Bad):
        return value
    if is_unknown(value) or kind is types.UNKNOWN:
        return b.unknown(node, value)
    if types.is_opaque(kind):
        return b.unsupported(node, f"certgate does not simulate the type '{kind.display}'", value, type_=types.BOOLEAN)
    return bound.Is(node, types.BOOLEAN, value, bound.TypePattern(node.type, kind, None))


def _value(b: Binder, node: syntax.Expression) -> bound.Expression:
    value = natural(b, b.operand(node))
    if isinstance(value, bound.MethodGroup | bound.UnboundLambda) or value.type in (types.VOID, types.NULL):
        return b.bad(node, "CS8117", describe(value))
    return value


def _constant(b: Binder, node: syntax.Expression) -> bound.Expression | None:
    saved, b.report = b.report, Report()
    value = b.expression(node)
    attempt, b.report = b.report, saved
    if isinstance(value, bound.Constant) and not attempt.diagnostics:
        b.report.merge(attempt)
        return value
    return None


def _is(b: Binder, node: syntax.Node, value: bound.Expression, pattern: bound.Pattern | None) -> bound.Expression:
    if pattern is None or isinstance(value, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    if is_unknown(value):
        return b.unknown(node, value)
    return bound.Is(node, types.BOOLEAN, value, pattern)


@binds(syntax.IsPattern)
def is_pattern(b: Binder, node: syntax.IsPattern) -> bound.Expression:
    """``x is T t``, ``x is 5``, ``x is null``, ``x is var y``."""
    value = _value(b, node.expression)
    return _is(b, node, value, bind_pattern(b, node.pattern, value.type))


def bind_pattern(b: Binder, node: syntax.Pattern, kind: NetType) -> bound.Pattern | None:
    """A pattern against a value of type `kind`; None after an error."""
    match node:
        case syntax.ConstantPattern():
            value = b.expression(node.expression)
            if isinstance(value, bound.TypeName):
                return _type_pattern(b, node, value.type, None, kind)
            return constant_pattern(b, node.expression, value, kind)
        case syntax.DeclarationPattern():
            return _declaration(b, node, kind)
    b.unsupported(node, "certgate does not know this pattern")
    return None


def _declaration(b: Binder, node: syntax.DeclarationPattern, kind: NetType) -> bound.Pattern | None:
    designation = node.designation
    is_var = isinstance(node.type, syntax.Name) and node.type.text == "var" and node.type.arguments is None
    target = kind if is_var else bind_type(b, node.type)
    variable = None
    if isinstance(designation, syntax.VariableDesignation):
        variable = b.declare(designation.name, target, "pattern", designation)
    if is_var:
        return bound.AnyPattern(node, variable)
    return _type_pattern(b, node, target, variable, kind)


def _type_pattern(
    b: Binder, node: syntax.Pattern, target: NetType, variable: bound.Variable | None, kind: NetType
) -> bound.Pattern | None:
    inner = types.nullable_inner(target)
    if inner is not None:
        b.error("CS8116", node, inner.display)
        return None
    if types.UNKNOWN not in (target, kind) and kind is not types.NULL:
        found = standard_explicit(kind, target)
        if found is None or found.kind in ("numeric", "enum"):
            b.error(
                "CS8121",
                node.type if isinstance(node, syntax.DeclarationPattern) else node,
                kind.display,
                target.display,
            )
            return None
    return bound.TypePattern(node, target, variable)


def constant_pattern(b: Binder, node: syntax.Node, value: bound.Expression, kind: NetType) -> bound.Pattern | None:
    """A constant against a value of type `kind`: converted to it, except where that is object or an interface."""
    if isinstance(value, bound.Bad):
        return None
    inner = types.nullable_inner(kind) or kind
    if value.type is types.NULL:
        if kind.is_value and types.nullable_inner(kind) is None:
            b.error("CS0037", node, kind.display)
            return None
        return bound.ConstantPattern(node, value)
    if isinstance(value, bound.Default) and value.type is types.DEFAULT:
        b.error("CS8716", node)
        return None
    if is_unknown(value):
        return bound.ConstantPattern(node, value)
    if not isinstance(value, bound.Constant):
        if classify(b, value, inner) is None:
            convert(b, value, inner)
        else:
            b.error("CS9135", node, inner.display)
        return None
    if inner is types.UNKNOWN or inner is types.OBJECT or inner.kind == "interface":
        return bound.ConstantPattern(node, value)
    converted = convert(b, value, inner)
    return None if isinstance(converted, bound.Bad) else bound.ConstantPattern(node, converted)
