"""Arithmetic and comparison of numbers after promotion (C# specification 12.4.7): the type that both operands take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, types
from certgate.csharp.binder.constants import fold_binary
from certgate.csharp.binder.convert import classify, convert, describe
from certgate.csharp.conversions import NUMERIC
from certgate.csharp.operations import COMPARISONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp import syntax
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

ARITHMETIC = (types.INT32, types.UINT32, types.INT64, types.UINT64, types.SINGLE, types.DOUBLE, types.DECIMAL)
BITS = (types.INT32, types.UINT32, types.INT64, types.UINT64)
_LOGICAL = frozenset(("&", "|", "^"))
_UNTYPED = (types.NULL, types.DEFAULT)


def inner_of(value: bound.Expression) -> NetType:
    return types.nullable_inner(value.type) or value.type


def is_lifted(left: bound.Expression, right: bound.Expression) -> bool:
    return any(types.nullable_inner(value.type) is not None or value.type is types.NULL for value in (left, right))


def number_operator(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    """Arithmetic and comparison of numbers after promotion (12.4.7)."""
    candidates = BITS if operator in _LOGICAL else ARITHMETIC
    one, other = inner_of(left), inner_of(right)
    if one not in NUMERIC and other not in NUMERIC:
        return None
    if not all(kind in NUMERIC or kind in _UNTYPED or kind.kind != "special" for kind in (one, other)):
        return None
    lifted = is_lifted(left, right)
    if one is other and one in candidates:
        return arithmetic(b, node, operator, left, right, one, lifted)
    usable = [kind for kind in candidates if all(_operand_fits(b, value, kind, lifted) for value in (left, right))]
    if not usable:
        return None
    kind = _best(b, usable, left, right, lifted)
    if kind is None:
        return b.bad(node, "CS0034", operator, describe(left), describe(right))
    return arithmetic(b, node, operator, left, right, kind, lifted)


def _operand_fits(b: Binder, value: bound.Expression, kind: NetType, lifted: bool) -> bool:
    return classify(b, value, types.nullable(kind) if lifted else kind) is not None


def _best(
    b: Binder, usable: Sequence[NetType], left: bound.Expression, right: bound.Expression, lifted: bool
) -> NetType | None:
    from certgate.csharp.binder.better import better_conversion

    def wrap(kind: NetType) -> NetType:
        return types.nullable(kind) if lifted else kind

    for kind in usable:
        wins = True
        for other in usable:
            if other is kind:
                continue
            orders = [better_conversion(b, value, wrap(kind), wrap(other)) for value in (left, right)]
            wins = wins and max(orders) > 0 and min(orders) >= 0
        if wins:
            return kind
    return None


def arithmetic(
    b: Binder,
    node: syntax.Node,
    operator: str,
    left: bound.Expression,
    right: bound.Expression,
    kind: NetType,
    lifted: bool,
) -> bound.Expression:
    """The operation on operands converted to `kind` (or ``kind?``)."""
    wanted = types.nullable(kind) if lifted else kind
    one, other = convert(b, left, wanted), convert(b, right, wanted)
    if isinstance(one, bound.Bad) or isinstance(other, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    result = types.BOOLEAN if operator in COMPARISONS else wanted
    if isinstance(one, bound.Constant) and isinstance(other, bound.Constant) and not lifted:
        return fold_binary(b, node, operator, one, other, kind)
    return bound.Binary(node, result, operator, one, other, kind, lifted, b.checked)
