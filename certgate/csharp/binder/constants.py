"""Compile-time constants (C# specification 12.23): folding, and the errors of overflow that only constants have."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, operations, types
from certgate.csharp.depth import TooDeep
from certgate.csharp.operations import COMPARISONS
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import Char, make_number

if TYPE_CHECKING:
    from certgate.csharp import syntax
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

_MAX_STRING = 1024 * 1024
"""SECURITY: characters of a constant string; each constant can be twice as long as the one before it."""


def fold_unary(b: Binder, node: syntax.Node, operator: str, operand: bound.Constant) -> bound.Expression:
    """The value of an operator on a constant of a promoted type; CS0220 where it overflows."""
    kind = operand.type
    if kind.kind == "enum" and kind.definition is not None:
        number: NetType = types.KEYWORDS[kind.definition.underlying]
        inverted = operations.unary(operator, number)(operations.numeric_conversion(kind, number)(operand.value))
        return bound.Constant(node, kind, operations.numeric_conversion(number, kind)(inverted))
    try:
        value = operations.unary(operator, kind, checked=b.constant_checked is not False)(operand.value)
    except ThrownException:
        return b.bad(node, "CS0220")
    return bound.Constant(node, kind, value)


def fold_binary(
    b: Binder, node: syntax.Node, operator: str, left: bound.Constant, right: bound.Constant, kind: NetType
) -> bound.Expression:
    """The value of an operator on two constants."""
    alone = _by_minus_one(operator, kind, left, right, b.constant_checked is False)
    if alone is not None:
        return bound.Constant(node, kind, alone)
    try:
        value = operations.binary(operator, kind, b.constant_checked is not False)(left.value, right.value)
    except ThrownException as error:
        if error.type_name == "System.DivideByZeroException":
            return b.bad(node, "CS0020")
        return b.bad(node, "CS0463" if kind is types.DECIMAL else "CS0220")
    result = types.BOOLEAN if operator in COMPARISONS else kind
    return bound.Constant(node, result, value)


def _by_minus_one(operator: str, kind: NetType, left: bound.Constant, right: bound.Constant, unchecked: bool) -> Any:
    """The least int or long by -1, which overflows when it runs: as a constant the rest is 0, and in an ``unchecked``
    the quotient is the least one again."""
    if kind not in (types.INT32, types.INT64) or right.value != -1:
        return None
    if operator == "%":
        return make_number(kind, "0")
    return left.value if operator == "/" and unchecked and left.value == operations.BOUNDS[kind][0] else None


def fold_concat(node: syntax.Node, left: bound.Expression, right: bound.Expression) -> bound.Expression | None:
    """Strings and null; what other constants look like is found when the code runs.

    A char is joined by the compiler as well, so that the text is one object with the equal literal, but the result is
    no constant of the language.
    """
    parts: list[str] = []
    of_language = True
    for one in (left, right):
        if isinstance(one, bound.Sequence) and not one.steps:
            one, of_language = one.value, False
        value = one.value if isinstance(one, bound.Constant) else 0
        if value is not None and not isinstance(value, str):
            return None
        of_language = of_language and not isinstance(value, Char)
        parts.append("" if value is None else str.__str__(value))
    if sum(map(len, parts)) > _MAX_STRING:
        raise TooDeep
    text = bound.Constant(node, types.STRING, sys.intern("".join(parts)))
    return text if of_language else bound.Sequence(node, types.STRING, (), text)
