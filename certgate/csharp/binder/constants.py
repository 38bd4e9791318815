"""Compile-time constants (C# specification 12.23): folding, and the errors of overflow that only constants have."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from certgate.csharp import bound, operations, types
from certgate.csharp.depth import TooDeep
from certgate.csharp.operations import COMPARISONS
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import Char

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
        return bound.Unary(node, kind, operator, operand, kind, False, b.checked)
    try:
        value = operations.unary(operator, kind, checked=b.constant_checked is not False)(operand.value)
    except ThrownException:
        return b.bad(node, "CS0220")
    return bound.Constant(node, kind, value)


def fold_binary(
    b: Binder, node: syntax.Node, operator: str, left: bound.Constant, right: bound.Constant, kind: NetType
) -> bound.Expression | None:
    """The value of an operator on two constants; None where the result is no constant in C#."""
    if kind is types.STRING:
        return _concat(node, left, right)
    try:
        value = operations.binary(operator, kind, b.constant_checked is not False)(left.value, right.value)
    except ThrownException as error:
        if error.type_name == "System.DivideByZeroException":
            return b.bad(node, "CS0020")
        return b.bad(node, "CS0463" if kind is types.DECIMAL else "CS0220")
    result = types.BOOLEAN if operator in COMPARISONS else kind
    return bound.Constant(node, result, value)


def _concat(node: syntax.Node, left: bound.Constant, right: bound.Constant) -> bound.Expression | None:
    """Strings and null; what other constants look like is found when the code runs (a char is the exception)."""
    parts = []
    for one in (left, right):
        if one.value is None:
            parts.append("")
        elif isinstance(one.value, str):
            parts.append(str.__str__(one.value))
        else:
            return None
    if isinstance(left.value, Char) and isinstance(right.value, Char):
        return None
    if sum(map(len, parts)) > _MAX_STRING:
        raise TooDeep
    return bound.Constant(node, types.STRING, sys.intern("".join(parts)))
