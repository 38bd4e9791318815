"""The smaller expressions (C# specification 12.8 and 12.15 to 12.18): literals, casts, ``?:``, ``??``, interpolation
and the like."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import cast, classify, convert, default_value, describe, is_unknown, natural
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.session import Report, binds
from certgate.csharp.conversions import implicit
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.syntax import LiteralKind
from certgate.csharp.values import Char, Long, UInt, ULong, single

if TYPE_CHECKING:
    from typing import Any

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


@binds(syntax.Literal)
def literal(b: Binder, node: syntax.Literal) -> bound.Expression:
    """A literal, with the type that its form gives it (6.4.5)."""
    kind, value = _literal(node)
    return bound.Constant(node, kind, value)


def _literal(node: syntax.Literal) -> tuple[NetType, Any]:
    value: Any = node.value
    match node.kind:
        case LiteralKind.STRING:
            return types.STRING, sys.intern(value)
        case LiteralKind.INT:
            return types.INT32, value
        case LiteralKind.BOOL:
            return types.BOOLEAN, value
        case LiteralKind.NULL:
            return types.NULL, None
        case LiteralKind.DOUBLE:
            return types.DOUBLE, value
        case LiteralKind.CHAR:
            return types.CHAR, Char(value)
        case LiteralKind.UINT:
            return types.UINT32, UInt(value)
        case LiteralKind.LONG:
            return types.INT64, Long(value)
        case LiteralKind.ULONG:
            return types.UINT64, ULong(value)
        case LiteralKind.FLOAT:
            return types.SINGLE, single(value)
    return types.DECIMAL, NetDecimal(*value)


@binds(syntax.Parenthesized)
def parenthesized(b: Binder, node: syntax.Parenthesized) -> bound.Expression:
    """``(x)`` means what `x` means."""
    return b.expression(node.expression)


@binds(syntax.This, syntax.Base)
def this(b: Binder, node: syntax.Expression) -> bound.Expression:
    """An expression stands in a static method: there is no object that it belongs to."""
    return b.bad(node, "CS0026" if isinstance(node, syntax.This) else "CS1511")


@binds(syntax.Cast)
def cast_expression(b: Binder, node: syntax.Cast) -> bound.Expression:
    """``(T)x``."""
    target = bind_type(b, node.type)
    if target is types.VOID:
        return b.bad(node, "CS1547", at=node.type)
    return cast(b, node, b.operand(node.expression), target)


@binds(syntax.Checked)
def checked(b: Binder, node: syntax.Checked) -> bound.Expression:
    """``checked(x)`` and ``unchecked(x)`` (12.8.20)."""
    saved = b.checked, b.constant_checked
    b.checked = b.constant_checked = node.enabled
    try:
        return b.expression(node.expression)
    finally:
        b.checked, b.constant_checked = saved


@binds(syntax.TypeOf)
def type_of(b: Binder, node: syntax.TypeOf) -> bound.Expression:
    """``typeof(T)``."""
    kind = bind_type(b, node.type)
    if kind is types.DYNAMIC:
        return b.bad(node, "CS1962")
    return bound.TypeOf(node, types.named("System.Type"), kind)


_SIZES = {types.SBYTE: 1, types.BYTE: 1, types.BOOLEAN: 1, types.INT16: 2, types.UINT16: 2, types.CHAR: 2} | {
    **dict.fromkeys((types.INT32, types.UINT32, types.SINGLE), 4),
    **dict.fromkeys((types.INT64, types.UINT64, types.DOUBLE), 8),
    types.DECIMAL: 16,
}


@binds(syntax.SizeOf)
def size_of(b: Binder, node: syntax.SizeOf) -> bound.Expression:
    """``sizeof(T)`` of a simple type is a constant."""
    kind = bind_type(b, node.type)
    if kind not in _SIZES:
        return b.bad(node, "CS0233", kind.display)
    return bound.Constant(node, types.INT32, _SIZES[kind])


@binds(syntax.NameOf)
def name_of(b: Binder, node: syntax.NameOf) -> bound.Expression:
    """``nameof(a.b)``: the last name; its operand must mean something."""
    inner = node.argument
    saved, b.report = b.report, Report()
    value = b.expression(inner)
    attempt, b.report = b.report, saved
    if isinstance(value, bound.Bad) and any(one.code != "CS0120" for one in attempt.diagnostics):
        b.report.merge(attempt)
        return value
    if isinstance(inner, syntax.MemberAccess | syntax.QualifiedName | syntax.AliasQualifiedName):
        return bound.Constant(node, types.STRING, inner.name.text)
    if isinstance(inner, syntax.Name):
        return bound.Constant(node, types.STRING, inner.text)
    return b.bad(node, "CS8081", at=inner)


@binds(syntax.Default)
def default(b: Binder, node: syntax.Default) -> bound.Expression:
    """``default(T)`` and ``default``."""
    if node.type is None:
        return bound.Default(node, types.DEFAULT)
    kind = bind_type(b, node.type)
    return default_value(node, kind) if kind is not types.VOID else b.bad(node, "CS1547", at=node.type)


@binds(syntax.Throw)
def throw(b: Binder, node: syntax.Throw) -> bound.Expression:
    """``throw x`` as an operand of ``??`` or ``?:`` or as the body of a lambda."""
    return bound.Throw(node, types.THROW, thrown_value(b, node.expression))


def thrown_value(b: Binder, node: syntax.Expression) -> bound.Expression:
    """What is thrown: it must be an exception."""
    value = b.operand(node)
    exception = types.named("System.Exception")
    if value.type is types.NULL:
        return convert(b, value, exception)
    if not is_unknown(value) and classify(b, value, exception) is None:
        return b.bad(node, "CS0155")
    return convert(b, value, exception)


@binds(syntax.Conditional)
def conditional(b: Binder, node: syntax.Conditional) -> bound.Expression:
    """``c ? x : y`` (12.18). A chain of ``a ? b : c ? d : e`` leans to the right and is bound without recursion."""
    chain: list[tuple[syntax.Conditional, bound.Expression, bound.Expression]] = []
    rest: syntax.Expression = node
    while isinstance(rest, syntax.Conditional):
        condition = convert(b, b.operand(rest.condition), types.BOOLEAN)
        chain.append((rest, condition, b.operand(rest.when_true)))
        rest = rest.when_false
    right = b.operand(rest)
    b.nodes += len(chain)
    for one, condition, left in reversed(chain):
        right = _conditional(b, one, condition, left, right)
    return right


def _conditional(
    b: Binder, node: syntax.Conditional, condition: bound.Expression, left: bound.Expression, right: bound.Expression
) -> bound.Expression:
    if isinstance(left, bound.Bad) or isinstance(right, bound.Bad) or isinstance(condition, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    kind = _common(b, left, right)
    if kind is None:
        return bound.UntypedConditional(node, types.UNKNOWN, condition, left, right)
    if kind is types.UNKNOWN:
        left, right = natural(b, left), natural(b, right)
        return bound.Conditional(node, kind, condition, left, right)
    one, other = convert(b, left, kind), convert(b, right, kind)
    if isinstance(one, bound.Bad) or isinstance(other, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    constants = (condition, one, other)
    if all(isinstance(part, bound.Constant) for part in constants) and isinstance(condition, bound.Constant):
        chosen = one if condition.value else other
        if isinstance(chosen, bound.Constant) and kind is not types.NULL and chosen.value is not None:
            return bound.Constant(node, kind, chosen.value)
    return bound.Conditional(node, kind, condition, one, other)


def _common(b: Binder, left: bound.Expression, right: bound.Expression) -> NetType | None:
    if is_unknown(left) or is_unknown(right):
        return types.UNKNOWN
    from certgate.csharp.binder.lambdas import natural_type

    one, other = natural_type(b, left), natural_type(b, right)
    if one is types.NULL:
        one = None
    if other is types.NULL:
        other = None
    if one is other:
        return one
    to_other = other is not None and classify(b, left, other) is not None
    to_one = one is not None and classify(b, right, one) is not None
    if to_other and to_one and one is not None and other is not None:
        # A constant that fits both ways: the type that the other one converts to.
        if implicit(one, other) is not None:
            return other if implicit(other, one) is None else one
        return one if implicit(other, one) is not None else None
    return other if to_other else one if to_one else None


def coalesce(b: Binder, node: syntax.Binary) -> bound.Expression:
    """``a ?? b`` (12.15). A chain leans to the right and is bound without recursion."""
    chain: list[tuple[syntax.Binary, bound.Expression]] = []
    rest: syntax.Expression = node
    while isinstance(rest, syntax.Binary) and rest.operator == "??":
        chain.append((rest, b.operand(rest.left)))
        rest = rest.right
    right = b.operand(rest)
    b.nodes += len(chain)
    for one, left in reversed(chain):
        right = _coalesce(b, one, left, right)
    return right


def _coalesce(b: Binder, node: syntax.Binary, left: bound.Expression, right: bound.Expression) -> bound.Expression:
    if isinstance(left, bound.Bad) or isinstance(right, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    if left.type is types.DEFAULT:
        return b.bad(node, "CS8310", "??", "default")
    left = natural(b, left)
    if is_unknown(left) or is_unknown(right):
        return bound.Coalesce(node, types.UNKNOWN, left, natural(b, right), None)
    inner = types.nullable_inner(left.type)
    if not left.type.is_reference and inner is None and left.type is not types.NULL and left.type is not types.DYNAMIC:
        return b.bad(node, "CS0019", "??", describe(left), describe(right))
    if inner is not None and classify(b, right, inner) is not None and right.type is not types.NULL:
        return bound.Coalesce(node, inner, left, convert(b, right, inner), None)
    if left.type is not types.NULL and classify(b, right, left.type) is not None:
        return bound.Coalesce(node, left.type, left, convert(b, right, left.type), None)
    from certgate.csharp.binder.lambdas import natural_type

    kind = natural_type(b, right)
    if kind is not None and kind is not types.NULL:
        conversion = implicit(inner or left.type, kind)
        if conversion is not None:
            return bound.Coalesce(node, kind, left, natural(b, right), conversion)
    return b.bad(node, "CS0019", "??", describe(left), describe(right))


@binds(syntax.As)
def as_(b: Binder, node: syntax.As) -> bound.Expression:
    """``x as T`` (12.12.13)."""
    value = b.value(node.expression)
    kind = bind_type(b, node.type)
    if isinstance(value, bound.UnboundLambda | bound.MethodGroup):
        return b.bad(node, "CS0837")
    if is_unknown(value) or kind is types.UNKNOWN:
        return b.unknown(node, value)
    if kind.is_value and types.nullable_inner(kind) is None:
        return b.bad(node, "CS0077", kind.display)
    if value.type is types.NULL:
        return bound.Constant(node, kind, None)
    from certgate.csharp.conversions import standard_explicit

    found = standard_explicit(value.type, kind)
    if found is None or found.kind not in ("identity", "reference", "boxing", "unboxing", "nullable"):
        return b.bad(node, "CS0039", value.type.full_name, kind.full_name)
    return bound.As(node, kind, value)


@binds(syntax.Await)
def await_(b: Binder, node: syntax.Await) -> bound.Expression:
    """Expressions are not async."""
    b.operand(node.operand)
    return b.bad(node, "CS4032")


@binds(syntax.StackAlloc)
def stackalloc(b: Binder, node: syntax.StackAlloc) -> bound.Expression:
    """Memory on the stack: of a pointer, without ``unsafe``."""
    return b.bad(node, "CS0214")


@binds(syntax.Ref, syntax.Declaration, syntax.PointerType, syntax.RefType, syntax.OmittedType)
def elsewhere(b: Binder, node: syntax.Expression) -> bound.Expression:
    """What certgate does not take in this place."""
    return b.unsupported(node, "certgate does not simulate this form of expression")
