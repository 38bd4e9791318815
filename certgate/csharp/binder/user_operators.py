"""Operators that types declare (C# specification 12.4.3 to 12.4.6), lifted to nullable operands if needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, types
from certgate.csharp.binder.convert import convert, describe
from certgate.csharp.binder.lookup import Callee, callee_of, hierarchy
from certgate.csharp.binder.overload import Argument, resolve
from certgate.csharp.conversions import NUMERIC
from certgate.csharp.members import Parameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp import syntax
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

_BOOLEAN = frozenset(("<", "<=", ">", ">=", "==", "!="))


def _candidates(operator: str, operands: Sequence[bound.Expression]) -> list[Callee]:
    found: list[Callee] = []
    seen: set[NetType] = set()
    for operand in operands:
        inner = types.nullable_inner(operand.type) or operand.type
        if (
            inner in NUMERIC
            or inner in (types.STRING, types.BOOLEAN, types.OBJECT)
            or inner.kind in ("enum", "special")
        ):
            continue
        for owner in hierarchy(inner):
            if owner in seen or owner.definition is None:
                continue
            seen.add(owner)
            members = owner.definition.members(operator)
            found += [
                callee
                for member in members
                if member.kind == "operator" and len((callee := callee_of(member, owner)).parameters) == len(operands)
            ]
    return found


def user_operator(
    b: Binder, node: syntax.Node, operator: str, operands: Sequence[bound.Expression]
) -> bound.Expression | None:
    """The operator that the operands' types declare, lifted to nullable operands where that is needed."""
    callees = _candidates(operator, operands)
    if not callees:
        return None
    arguments = [Argument(one, one.syntax) for one in operands]
    found = resolve(b, callees, arguments)
    if found.best is not None and found.best.callee.member is not None:
        best = found.best
        values = tuple(convert(b, one, kind) for one, kind in zip(operands, best.kinds, strict=True))
        member, owner = best.callee.member, best.callee.owner
        assert member is not None and owner is not None  # noqa: S101 - operators are declared members
        return bound.Call(node, best.returns, None, member, owner, (), values, ("",) * len(values))
    if found.ambiguous:
        return b.bad(node, "CS0034", operator, *(describe(one) for one in operands))
    return _lifted(b, node, operator, operands, callees, arguments)


def _lifted(
    b: Binder,
    node: syntax.Node,
    operator: str,
    operands: Sequence[bound.Expression],
    callees: Sequence[Callee],
    arguments: Sequence[Argument],
) -> bound.Expression | None:
    comparison = operator in _BOOLEAN
    lifted = []
    for callee in callees:
        if all(one.type.is_value and types.nullable_inner(one.type) is None for one in callee.parameters):
            parameters = tuple(Parameter(one.name, types.nullable(one.type)) for one in callee.parameters)
            returns = callee.returns if comparison else types.nullable(callee.returns)
            lifted.append(Callee(callee.name, parameters, returns, (), callee.member, callee.owner, True))
    found = resolve(b, lifted, arguments)
    if found.ambiguous:
        return b.bad(node, "CS0034", operator, *(describe(one) for one in operands))
    if found.best is None or found.best.callee.member is None:
        return None
    values = tuple(convert(b, one, kind) for one, kind in zip(operands, found.best.kinds, strict=True))
    return bound.LiftedCall(node, found.best.returns, operator, found.best.callee.member, values)
