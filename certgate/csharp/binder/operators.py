"""Unary and binary operators (C# specification 12.4, 12.9 to 12.14): the operation that the operand types select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.constants import fold_binary, fold_concat, fold_unary
from certgate.csharp.binder.convert import classify, convert, describe, is_unknown, natural
from certgate.csharp.binder.enums import enum_operator
from certgate.csharp.binder.numeric import ARITHMETIC, BITS, inner_of, is_lifted, number_operator
from certgate.csharp.binder.session import binds
from certgate.csharp.binder.user_operators import user_operator
from certgate.csharp.conversions import NUMERIC, explicit

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

_COMPARISONS = frozenset(("<", "<=", ">", ">="))
_EQUALITY = frozenset(("==", "!="))
_LOGICAL = frozenset(("&", "|", "^"))


@binds(syntax.Unary)
def unary(b: Binder, node: syntax.Unary) -> bound.Expression:
    """``+ - ! ~``, and ``++ --`` before the operand."""
    if node.operator in ("++", "--"):
        from certgate.csharp.binder.assignment import increment

        return increment(b, node, node.operand, node.operator, old=False)
    if node.operator in ("&", "*"):
        return b.unsupported(node, "certgate does not simulate pointers")
    smallest = _smallest(node)
    if smallest is not None:
        return smallest
    return unary_on(b, node, node.operator, b.value(node.operand))


def _smallest(node: syntax.Unary) -> bound.Expression | None:
    """``-2147483648`` and ``-9223372036854775808``, whose digits alone do not fit their type (6.4.5.3)."""
    inner = node.operand
    if node.operator != "-" or not isinstance(inner, syntax.Literal):
        return None
    digits = inner.text.lower()
    suffix = digits.endswith(("u", "ul", "lu"))
    if inner.kind is syntax.LiteralKind.UINT and inner.value == 2**31 and not suffix:
        return bound.Constant(node, types.INT32, -(2**31))
    if inner.kind is syntax.LiteralKind.ULONG and inner.value == 2**63 and not suffix:
        from certgate.csharp.values import Long

        return bound.Constant(node, types.INT64, Long(-(2**63)))
    return None


def unary_on(b: Binder, node: syntax.Node, operator: str, operand: bound.Expression) -> bound.Expression:
    if is_unknown(operand) or isinstance(operand, bound.Bad):
        return b.unknown(node, operand)
    if operand.type is types.NULL:
        return b.bad(node, "CS8310", operator, "<null>")
    if operand.type is types.DYNAMIC:
        from certgate.csharp.binder.dynamic import late

        return late(b, node, (operand,), lambda inner, values: unary_on(inner, node, operator, values[0]))
    user = user_operator(b, node, operator, (operand,))
    if user is not None:
        return user
    inner = types.nullable_inner(operand.type)
    lifted = inner is not None
    kind = _unary_type(operator, inner or operand.type)
    if kind is None:
        return b.bad(node, "CS0023", operator, describe(operand))
    wanted = types.nullable(kind) if lifted else kind
    converted = convert(b, operand, wanted)
    if isinstance(converted, bound.Constant) and converted.value is not None:
        return fold_unary(b, node, operator, converted)
    return bound.Unary(node, wanted, operator, converted, kind, lifted, b.checked)


def _unary_type(operator: str, kind: NetType) -> NetType | None:
    if operator == "!":
        return kind if kind is types.BOOLEAN else None
    if operator == "~":
        if kind.kind == "enum":
            return kind
        return _promoted(kind) if kind in BITS or _is_small(kind) else None
    if kind not in NUMERIC:
        return None
    if operator == "-":
        if kind is types.UINT64:
            return None
        if kind is types.UINT32:
            return types.INT64
    return _promoted(kind)


def _is_small(kind: NetType) -> bool:
    return kind in NUMERIC and kind not in ARITHMETIC


def _promoted(kind: NetType) -> NetType:
    return types.INT32 if _is_small(kind) else kind


@binds(syntax.Binary)
def binary(b: Binder, node: syntax.Binary) -> bound.Expression:
    """A binary operator.

    A long chain of the same kind (``a + b + c …``) leans to the left and is bound without recursion.
    """
    if node.operator == "??":
        from certgate.csharp.binder.expressions import coalesce

        return coalesce(b, node)
    chain: list[syntax.Binary] = []
    left_node: syntax.Expression = node
    while isinstance(left_node, syntax.Binary) and left_node.operator != "??":
        chain.append(left_node)
        left_node = left_node.left
    left = b.operand(left_node)
    for one in reversed(chain):
        b.nodes += 1
        left = binary_on(b, one, one.operator, left, b.operand(one.right))
    return left


def binary_on(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression, shown: str = ""
) -> bound.Expression:
    """The operator on two bound operands. `shown` is how an error names it (``+=``)."""
    if isinstance(left, bound.Bad) or isinstance(right, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    if operator in ("&&", "||"):
        return _logical(b, node, operator, left, right)
    if is_unknown(left) or is_unknown(right):
        return b.unknown(node, left, right)
    if types.DYNAMIC in (left.type, right.type):
        from certgate.csharp.binder.dynamic import binary as late_binary
        from certgate.csharp.binder.dynamic import late

        return late(b, node, (left, right), lambda inner, values: late_binary(inner, node, operator, *values))
    if types.DEFAULT in (left.type, right.type) and (operator not in _EQUALITY or left.type is right.type):
        if operator in _EQUALITY:
            return b.bad(node, "CS8315", operator, "default", "default")
        return b.bad(node, "CS8310", shown or operator, "default")
    found = _select(b, node, operator, left, right)
    if found is not None:
        return found
    if types.is_opaque(left.type) or types.is_opaque(right.type):
        return b.unsupported(node, f"certgate does not know '{operator}' of these types", left, right)
    return b.bad(node, "CS0019", shown or operator, _shown(left), _shown(right))


def _shown(value: bound.Expression) -> str:
    return describe(value)


def _select(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    """The operation, or None where there is none for these operand types."""
    if isinstance(left, bound.UnboundLambda | bound.MethodGroup) or isinstance(
        right, bound.UnboundLambda | bound.MethodGroup
    ):
        return _delegates(b, node, operator, left, right)
    if operator in _EQUALITY and (isinstance(left, bound.TupleLiteral) or isinstance(left.type, types.TupleType)):
        from certgate.csharp.binder.tuples import tuple_equality

        return tuple_equality(b, node, operator, left, right)
    if operator in _EQUALITY:
        null = _with_null(node, operator, left, right)
        if null is not None:
            return null
    elif left.type is types.NULL and right.type is types.NULL:
        return _two_nulls(b, node, operator)
    user = user_operator(b, node, operator, (left, right))
    if user is not None:
        return user
    if operator == "+" and types.STRING in (left.type, right.type):
        return _concat(b, node, left, right)
    if operator in ("<<", ">>"):
        return _shift(b, node, operator, left, right)
    found = enum_operator(b, node, operator, left, right) or number_operator(b, node, operator, left, right)
    if found is not None:
        return found
    if operator in _EQUALITY or operator in _LOGICAL:
        bools = _bools(b, node, operator, left, right)
        if bools is not None:
            return bools
    if operator in _EQUALITY:
        return _equality(b, node, operator, left, right)
    if operator == "+" and types.NULL in (left.type, right.type):
        # null converts to string, so that the operand of any other type is the object of string + object (12.10.5).
        return _concat(b, node, left, right)
    return _delegates(b, node, operator, left, right)


def _two_nulls(b: Binder, node: syntax.Node, operator: str) -> bound.Expression:
    """``null < null``: the operator of ``int?`` is the best; of ``+`` and the logical ones others are as good."""
    if operator == "+" or operator in _LOGICAL:
        return b.bad(node, "CS0034", operator, "<null>", "<null>")
    if operator in _COMPARISONS:
        return bound.Constant(node, types.BOOLEAN, False)
    return bound.Constant(node, types.nullable(types.INT32), None)


def _concat(b: Binder, node: syntax.Node, left: bound.Expression, right: bound.Expression) -> bound.Expression | None:
    if types.VOID in (left.type, right.type) or types.DEFAULT in (left.type, right.type):
        return None
    folded = fold_concat(node, left, right)
    if folded is not None:
        return folded
    # A tuple is one by its own type where it becomes an object.
    if any(isinstance(one, bound.TupleLiteral) and classify(b, one, types.OBJECT) is None for one in (left, right)):
        return None
    return bound.Concat(node, types.STRING, natural(b, left), natural(b, right))


def _logical(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression:
    """``&&`` and ``||``: both operands are bool."""
    for operand in (left, right):
        if not is_unknown(operand) and (operand.type is types.NULL or classify(b, operand, types.BOOLEAN) is None):
            return b.bad(node, "CS0019", operator, describe(left), describe(right))
    left, right = convert(b, left, types.BOOLEAN), convert(b, right, types.BOOLEAN)
    if isinstance(left, bound.Constant) and isinstance(right, bound.Constant):
        value = (left.value and right.value) if operator == "&&" else (left.value or right.value)
        return bound.Constant(node, types.BOOLEAN, value)
    return bound.Logical(node, types.BOOLEAN, operator, left, right)


def _shift(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    kind = _promoted(inner_of(left))
    if kind not in BITS or classify(b, right, types.nullable(types.INT32)) is None:
        return None
    lifted = is_lifted(left, right)
    one = convert(b, left, types.nullable(kind) if lifted else kind)
    other = convert(b, right, types.nullable(types.INT32) if lifted else types.INT32)
    if isinstance(one, bound.Constant) and isinstance(other, bound.Constant) and not lifted:
        return fold_binary(b, node, operator, one, other, kind)
    return bound.Binary(node, types.nullable(kind) if lifted else kind, operator, one, other, kind, lifted, b.checked)


def _bools(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    lifted = is_lifted(left, right)
    wanted = types.nullable(types.BOOLEAN) if lifted else types.BOOLEAN
    if types.BOOLEAN not in (inner_of(left), inner_of(right)):
        return None
    if classify(b, left, wanted) is None or classify(b, right, wanted) is None:
        return None
    one, other = convert(b, left, wanted), convert(b, right, wanted)
    if isinstance(one, bound.Constant) and isinstance(other, bound.Constant) and not lifted:
        return fold_binary(b, node, operator, one, other, types.BOOLEAN)
    result = types.BOOLEAN if operator in _EQUALITY else wanted
    return bound.Binary(node, result, operator, one, other, types.BOOLEAN, lifted, b.checked)


def _with_null(
    node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    """Comparison of a reference or nullable value with ``null``."""
    if left.type is types.NULL and right.type is types.NULL:
        return bound.Constant(node, types.BOOLEAN, operator == "==")
    value = left if right.type is types.NULL else right if left.type is types.NULL else None
    if value is None:
        return None
    if value.type.is_reference or types.nullable_inner(value.type) is not None:
        null = right if value is left else left
        if isinstance(value, bound.Constant) and value.type is types.STRING:
            return bound.Constant(node, types.BOOLEAN, (value.value is None) == (operator == "=="))
        return bound.Equality(node, types.BOOLEAN, operator, value, null, "null")
    return None


def _equality(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    """Equality of strings and of references (12.12.7, 12.12.8); ``default`` takes the type of the other side."""
    if left.type is types.DEFAULT and right.type.is_reference:
        left = convert(b, left, right.type)
    elif right.type is types.DEFAULT and left.type.is_reference:
        right = convert(b, right, left.type)
    one, other = left.type, right.type
    if one is types.STRING and other is types.STRING:
        if isinstance(left, bound.Constant) and isinstance(right, bound.Constant):
            return bound.Constant(node, types.BOOLEAN, (left.value == right.value) == (operator == "=="))
        return bound.Equality(node, types.BOOLEAN, operator, left, right, "string")
    if not (one.is_reference and other.is_reference):
        return None
    found = explicit(one, other) or explicit(other, one)
    if found is None or found.kind not in ("identity", "reference"):
        return None
    same = _same_literal(left, right)
    if same is not None:
        return bound.Sequence(node, types.BOOLEAN, (), bound.Constant(node, types.BOOLEAN, same is (operator == "==")))
    b.root.compares_identity = True
    return bound.Equality(node, types.BOOLEAN, operator, left, right, "reference")


def _same_literal(left: bound.Expression, right: bound.Expression) -> bool | None:
    """Whether two constant strings are equal, and so one object; None where one is no constant."""
    values = [one.operand if isinstance(one, bound.Convert) else one for one in (left, right)]
    if not all(isinstance(one, bound.Constant) and isinstance(one.value, str) for one in values):
        return None
    return str(getattr(values[0], "value", "")) == str(getattr(values[1], "value", ""))


def _delegates(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression | None:
    """``+``, ``-``, ``==`` of delegates of one type."""
    kind = left.type if left.type.kind == "delegate" else right.type
    if kind.kind != "delegate" or operator not in ("+", "-", "==", "!="):
        return None
    if classify(b, left, kind) is None or classify(b, right, kind) is None:
        return None
    one, other = convert(b, left, kind), convert(b, right, kind)
    if operator in _EQUALITY:
        return bound.Equality(node, types.BOOLEAN, operator, one, other, "reference")
    return bound.Combine(node, kind, operator, one, other)
