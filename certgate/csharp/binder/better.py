"""Which of two applicable methods is the better one (C# specification 12.6.4.3 to 12.6.4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, types
from certgate.csharp.conversions import identical
from certgate.csharp.types import ArrayType, NetType, TypeParameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.binder.overload import Argument, Candidate
    from certgate.csharp.binder.session import Binder

_SIGNED = (types.SBYTE, types.INT16, types.INT32, types.INT64)
_UNSIGNED = (types.BYTE, types.UINT16, types.UINT32, types.UINT64)


def best(b: Binder, usable: Sequence[Candidate], arguments: Sequence[Argument]) -> Candidate | None:
    """The candidate that is better than each other one."""
    for candidate in usable:
        if all(other is candidate or compare(b, candidate, other, arguments) > 0 for other in usable):
            return candidate
    return None


def contenders(b: Binder, usable: Sequence[Candidate], arguments: Sequence[Argument]) -> tuple[Candidate, ...]:
    """The first two of which neither is better, and than which none is."""
    top = [
        one for one in usable if not any(compare(b, other, one, arguments) > 0 for other in usable if other is not one)
    ]
    pool = top if len(top) > 1 else list(usable)
    return pool[0], pool[1]


def compare(b: Binder, left: Candidate, right: Candidate, arguments: Sequence[Argument]) -> int:
    """Positive when `left` is the better function member, negative when `right` is, 0 when neither (12.6.4.3)."""
    left_better = right_better = False
    for index, argument in enumerate(arguments):
        order = better_conversion(b, argument.value, left.kinds[index], right.kinds[index])
        left_better |= order > 0
        right_better |= order < 0
    if left_better != right_better:
        return 1 if left_better else -1
    if left_better or not _same_shape(left, right):
        return 0
    return _tie(left, right, len(arguments))


def _same_shape(left: Candidate, right: Candidate) -> bool:
    return all(identical(one, other) for one, other in zip(left.kinds, right.kinds, strict=True))


def _tie(left: Candidate, right: Candidate, count: int) -> int:
    """The tie-breaking rules, in their order."""
    generic = bool(right.callee.type_parameters) - bool(left.callee.type_parameters)
    if generic:
        return generic
    if left.expanded != right.expanded:
        return 1 if right.expanded else -1
    left_all, right_all = _uses_defaults(left, count), _uses_defaults(right, count)
    if left_all != right_all:
        return 1 if right_all else -1
    if left.expanded and len(left.callee.parameters) != len(right.callee.parameters):
        return 1 if len(left.callee.parameters) > len(right.callee.parameters) else -1
    specific = _more_specific(left, right)
    if specific:
        return specific
    return 0


def _uses_defaults(candidate: Candidate, count: int) -> bool:
    parameters = candidate.callee.parameters
    return not candidate.expanded and len(parameters) > count


def _more_specific(left: Candidate, right: Candidate) -> int:
    left_better = right_better = False
    for one, other in zip(left.targets, right.targets, strict=True):
        order = specificity(left.callee.parameters[one].type, right.callee.parameters[other].type)
        left_better |= order > 0
        right_better |= order < 0
    return left_better - right_better


def specificity(left: NetType, right: NetType) -> int:
    """Positive when `left`, as declared, is the more specific parameter type."""
    if left is right:
        return 0
    if isinstance(left, TypeParameter) or isinstance(right, TypeParameter):
        return isinstance(right, TypeParameter) - isinstance(left, TypeParameter)
    if isinstance(left, ArrayType) and isinstance(right, ArrayType):
        return specificity(left.element, right.element) if left.rank == right.rank else 0
    if left.definition is not None and left.definition is right.definition:
        orders = [specificity(one, other) for one, other in zip(left.arguments, right.arguments, strict=True)]
        if any(order > 0 for order in orders) and not any(order < 0 for order in orders):
            return 1
        if any(order < 0 for order in orders) and not any(order > 0 for order in orders):
            return -1
    return 0


def better_conversion(b: Binder, value: bound.Expression, left: NetType, right: NetType) -> int:
    """Which conversion from an expression is better (12.6.4.5)."""
    if left is right or identical(left, right):
        return 0
    if isinstance(value, bound.UnboundLambda):
        return _lambda(b, value, left, right)
    exact_left, exact_right = identical(value.type, left), identical(value.type, right)
    if exact_left != exact_right and value.type is not types.UNKNOWN:
        return 1 if exact_left else -1
    if isinstance(value, bound.Interpolated):
        return (left is types.STRING) - (right is types.STRING)
    return better_target(left, right)


def better_target(left: NetType, right: NetType) -> int:
    """Which of two types is the better conversion target (12.6.4.7)."""
    from certgate.csharp.conversions import implicit

    to_right, to_left = implicit(left, right) is not None, implicit(right, left) is not None
    if to_right != to_left:
        return 1 if to_right else -1
    left_inner, right_inner = types.nullable_inner(left) or left, types.nullable_inner(right) or right
    if left_inner in _SIGNED and right_inner in _UNSIGNED:
        return 1
    if left_inner in _UNSIGNED and right_inner in _SIGNED:
        return -1
    return 0


def _lambda(b: Binder, value: bound.UnboundLambda, left: NetType, right: NetType) -> int:
    """Two delegate types with the same parameters: the return types decide (12.6.4.5)."""
    from certgate.csharp.binder.lambdas import delegate_of, inferred_return

    one, other = delegate_of(left), delegate_of(right)
    if one is None or other is None:
        return better_target(left, right)
    if len(one.parameters) != len(other.parameters):
        return 0
    if not all(
        identical(first.type, second.type) for first, second in zip(one.parameters, other.parameters, strict=True)
    ):
        return 0
    if identical(one.returns, other.returns):
        return 0
    if types.VOID in (one.returns, other.returns):
        return 1 if other.returns is types.VOID else -1
    returned = inferred_return(b, value, tuple(parameter.type for parameter in one.parameters))
    if returned is not None:
        exact_left, exact_right = identical(returned, one.returns), identical(returned, other.returns)
        if exact_left != exact_right:
            return 1 if exact_left else -1
    return better_target(one.returns, other.returns)
