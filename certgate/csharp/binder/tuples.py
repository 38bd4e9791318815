"""Tuples (C# specification 12.8.6): literals, the names of their elements, and their comparison (12.12.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import natural
from certgate.csharp.binder.session import binds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.binder.session import Binder

_RESERVED = frozenset(("CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString"))


@binds(syntax.Tuple)
def tuple_(b: Binder, node: syntax.Tuple) -> bound.Expression:
    """``(a, b)``."""
    from certgate.csharp.binder.lambdas import natural_type

    items = tuple(b.operand(one.expression) for one in node.elements)
    check_names(b, [(one.name, one.name_span) for one in node.elements])
    if any(isinstance(one, bound.Bad) for one in items):
        return bound.Bad(node, types.UNKNOWN)
    for one in items:
        if one.type is types.VOID:
            return b.bad(node, "CS8210", at=one.syntax)
    kinds = [natural_type(b, one) for one in items]
    names = _names(node)
    if any(kind is None or kind in (types.NULL, types.UNKNOWN) for kind in kinds):
        return bound.TupleLiteral(node, types.UNKNOWN, items, names)
    kind = types.tuple_type(tuple(kind for kind in kinds if kind is not None), names)
    return bound.TupleLiteral(node, kind, items, names)


def _names(node: syntax.Tuple) -> tuple[str | None, ...]:
    """Names that are written, and those taken from the expressions where they name no two elements."""
    given = [one.name for one in node.elements]
    taken = [_inferred_name(one.expression) if one.name is None else None for one in node.elements]
    return tuple(
        name or (other if other and taken.count(other) == 1 and other not in given and _is_free(other) else None)
        for name, other in zip(given, taken, strict=True)
    )


def _is_free(name: str) -> bool:
    return name not in _RESERVED and not (name.startswith("Item") and name[4:].isdigit())


def _inferred_name(node: syntax.Expression) -> str | None:
    match node:
        case syntax.Name():
            return node.text if node.text != "_" else None
        case syntax.MemberAccess():
            return node.name.text
        case syntax.ConditionalAccess():
            return _inferred_name(node.chain)
        case syntax.MemberBinding():
            return node.name.text
    return None


def check_names(b: Binder, names: Sequence[tuple[str | None, syntax.Span | None]]) -> None:
    """Element names: none twice, ItemN only in its place, and none of the type's own members."""
    seen: set[str] = set()
    for index, (name, place) in enumerate(names, 1):
        if name is None:
            continue
        number = int(name[4:]) if name.startswith("Item") and name[4:].isdigit() and name[4] != "0" else 0
        if name in seen:
            b.error("CS8127", place)
        elif name in _RESERVED:
            b.error("CS8126", place, name)
        elif number and number != index:
            b.error("CS8125", place, name, number)
        seen.add(name)


def tuple_equality(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    """``==`` and ``!=`` element by element: both sides are evaluated first, then each pair is compared."""
    if not (_is_tuple(left) and _is_tuple(right)):
        return None
    count, other = _count(left), _count(right)
    if count != other:
        return b.bad(node, "CS8384", count, other)
    steps: list[bound.Expression] = []
    ones, others = _elements(b, left, steps), _elements(b, right, steps)
    from certgate.csharp.binder.operators import binary_on

    result: bound.Expression | None = None
    for one, two in zip(ones, others, strict=True):
        compared = binary_on(b, node, operator, one, two)
        if isinstance(compared, bound.Bad) or compared.type is types.UNKNOWN:
            return compared
        if result is None:
            result = compared
        else:
            result = bound.Logical(node, types.BOOLEAN, "&&" if operator == "==" else "||", result, compared)
    return bound.Sequence(node, types.BOOLEAN, tuple(steps), result) if result is not None and steps else result


def _is_tuple(value: bound.Expression) -> bool:
    return isinstance(value, bound.TupleLiteral) or isinstance(
        types.nullable_inner(value.type) or value.type, types.TupleType
    )


def _count(value: bound.Expression) -> int:
    if isinstance(value, bound.TupleLiteral):
        return len(value.items)
    kind = value.type
    return len(kind.elements) if isinstance(kind, types.TupleType) else -1


def _elements(b: Binder, value: bound.Expression, steps: list[bound.Expression]) -> list[bound.Expression]:
    """The elements as operands, each evaluated once by `steps`."""
    if isinstance(value, bound.TupleLiteral):
        return [one if isinstance(one, bound.TupleLiteral) else _held(b, one, steps) for one in value.items]
    held = _held(b, natural(b, value), steps)
    kind = value.type
    assert isinstance(kind, types.TupleType)  # noqa: S101 - the caller asked
    return [bound.Item(value.syntax, one, held, index) for index, one in enumerate(kind.elements)]


def _held(b: Binder, value: bound.Expression, steps: list[bound.Expression]) -> bound.Expression:
    if isinstance(value, bound.Constant | bound.Default | bound.UnboundLambda | bound.MethodGroup):
        return value
    held = bound.Local(value.syntax, value.type, b.temporary(value.type))
    steps.append(bound.Assign(value.syntax, value.type, held, value))
    return held
