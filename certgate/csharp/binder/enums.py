"""Operators of enums (C# specification 12.9 to 12.13): with one of the same type, or with a number for + and -."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, types
from certgate.csharp.binder.convert import apply, classify, convert
from certgate.csharp.binder.numeric import BITS, arithmetic, inner_of, is_lifted
from certgate.csharp.conversions import explicit, standard_explicit

if TYPE_CHECKING:
    from certgate.csharp import syntax
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

_SAME = frozenset(("<", "<=", ">", ">=", "==", "!=", "&", "|", "^"))
_LOGICAL = frozenset(("&", "|", "^"))


def enum_operator(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    """The operation, or None where neither operand is an enum or there is none."""
    one, other = inner_of(left), inner_of(right)
    kind = one if one.kind == "enum" else other
    if kind.kind != "enum" or kind.definition is None:
        return None
    lifted = is_lifted(left, right)
    underlying: NetType = types.KEYWORDS[kind.definition.underlying]
    wrap = types.nullable if lifted else (lambda inner: inner)
    if operator == "-":
        return _minus(b, node, (left, right), kind, underlying, lifted)
    if operator in _SAME:
        if classify(b, left, wrap(kind)) is None or classify(b, right, wrap(kind)) is None:
            return None
        result = kind if operator in _LOGICAL else types.BOOLEAN
        return _enum_operation(b, node, operator, (left, right), (kind, kind), result, lifted)
    if operator == "+" and one.kind == "enum" and classify(b, right, wrap(underlying)) is not None:
        return _enum_operation(b, node, operator, (left, right), (kind, underlying), kind, lifted)
    if operator == "+" and other.kind == "enum" and classify(b, left, wrap(underlying)) is not None:
        return _enum_operation(b, node, operator, (left, right), (underlying, kind), kind, lifted)
    return None


def _minus(
    b: Binder,
    node: syntax.Node,
    operands: tuple[bound.Expression, bound.Expression],
    kind: NetType,
    underlying: NetType,
    lifted: bool,
) -> bound.Expression | None:
    """``E - E`` gives a number, ``E - U`` and (as C#'s compiler has it) ``U - E`` an enum. The compiler tries the first
    form first, but where the right operand is a number of the underlying type already, the second."""
    wrap = types.nullable if lifted else (lambda inner: inner)
    forms = [((kind, kind), underlying), ((kind, underlying), kind), ((underlying, kind), kind)]
    if inner_of(operands[1]) is underlying:
        forms[:2] = forms[1::-1]
    for kinds, result in forms:
        if all(classify(b, operand, wrap(one)) is not None for operand, one in zip(operands, kinds, strict=True)):
            return _enum_operation(b, node, "-", operands, kinds, result, lifted)
    return None


def _enum_operation(
    b: Binder,
    node: syntax.Node,
    operator: str,
    operands: tuple[bound.Expression, bound.Expression],
    kinds: tuple[NetType, NetType],
    result: NetType,
    lifted: bool,
) -> bound.Expression:
    """Done on the underlying numbers, and converted back."""
    enum = kinds[0] if kinds[0].kind == "enum" else kinds[1]
    assert enum.definition is not None  # noqa: S101 - enums have one
    number = types.KEYWORDS[enum.definition.underlying]
    work = number if number in BITS else types.INT32
    wrap = types.nullable if lifted else (lambda inner: inner)
    parts = []
    for operand, kind in zip(operands, kinds, strict=True):
        value = convert(b, operand, wrap(kind))
        conversion = standard_explicit(value.type, wrap(work))
        if isinstance(value, bound.Bad) or conversion is None:
            return bound.Bad(node, types.UNKNOWN)
        parts.append(apply(b, value, wrap(work), conversion))
    done = arithmetic(b, node, operator, parts[0], parts[1], work, lifted)
    if result is types.BOOLEAN or isinstance(done, bound.Bad):
        return done
    back = explicit(done.type, wrap(result))
    return done if back is None else _moved(node, apply(b, done, wrap(result), back))


def _moved(node: syntax.Node, value: bound.Expression) -> bound.Expression:
    return bound.Constant(node, value.type, value.value) if isinstance(value, bound.Constant) else value
