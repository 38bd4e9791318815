"""Operators as closures; null operands of lifted ones are seen to here (C# specification 12.4.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, operations, types
from certgate.csharp.compiler.core import EVALUATION, compiles
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import Char, DelegateValue, text_of, type_of

if TYPE_CHECKING:
    from certgate.csharp.compiler.core import Code, Compiler, Frame
    from certgate.csharp.compiler.identity import Identity

_ORDER = frozenset(("<", "<=", ">", ">="))


@compiles(bound.Unary)
def unary(c: Compiler, node: bound.Unary) -> Code:
    """``+ - ! ~``."""
    operand = c.expression(node.operand)
    function = _unary(node)
    start, end = node.syntax.start, node.syntax.end
    if node.lifted:

        def run_lifted(frame: Frame) -> Any:
            value = operand(frame)
            return None if value is None else function(value)

        return run_lifted
    if node.operator == "!":
        return lambda frame: not operand(frame)

    def run(frame: Frame) -> Any:
        try:
            return function(operand(frame))
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


def _unary(node: bound.Unary) -> Any:
    kind = node.kind
    if kind.kind == "enum" and kind.definition is not None:
        number = types.KEYWORDS[kind.definition.underlying]
        there = operations.numeric_conversion(kind, number)
        back = operations.numeric_conversion(number, kind)
        inner = operations.unary(node.operator, number)
        return lambda value: back(inner(there(value)))
    return operations.unary(node.operator, kind, node.checked)


@compiles(bound.Binary)
def binary(c: Compiler, node: bound.Binary) -> Code:
    """An operation on two operands of one type."""
    left, right = c.expression(node.left), c.expression(node.right)
    function = operations.binary(node.operator, node.kind, node.checked)
    if node.lifted:
        return _lifted(node, left, right)
    if node.operator in operations.COMPARISONS:
        return lambda frame: function(left(frame), right(frame))
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        try:
            return function(left(frame), right(frame))
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


def _lifted(node: bound.Binary, left: Code, right: Code) -> Code:
    operator = node.operator
    function = operations.binary(operator, node.kind, node.checked)
    if node.kind is types.BOOLEAN and operator in ("&", "|"):
        return _three_valued(operator, left, right)
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        if one is None or other is None:
            if operator == "==":
                return one is other
            if operator == "!=":
                return one is not other
            return False if operator in _ORDER else None
        try:
            return function(one, other)
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


def _three_valued(operator: str, left: Code, right: Code) -> Code:
    """``&`` and ``|`` of ``bool?`` (12.13.5)."""
    decides = operator == "|"

    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        if one is decides or other is decides:
            return decides
        return None if one is None or other is None else not decides

    return run


@compiles(bound.Concat)
def concat(c: Compiler, node: bound.Concat) -> Code:
    """``+`` with a string: null counts as an empty one. A chain is gathered, so that it costs one join."""
    parts = [_piece(c, one) for one in _chain(node)]
    if len(parts) == 2:
        left, right = parts

        def run_two(frame: Frame) -> Any:
            one, other = left(frame), right(frame)
            frame[EVALUATION].budget.size(len(one) + len(other))
            return one + other

        return run_two

    def run(frame: Frame) -> Any:
        texts = [part(frame) for part in parts]
        frame[EVALUATION].budget.size(sum(map(len, texts)))
        return "".join(texts)

    return run


def _chain(node: bound.Concat) -> list[bound.Expression]:
    found: list[bound.Expression] = []
    current: bound.Expression = node
    while isinstance(current, bound.Concat):
        found.append(current.right)
        current = current.left
    found.append(current)
    return found[::-1]


def _piece(c: Compiler, node: bound.Expression) -> Code:
    """An operand as text."""
    code = c.expression(node)
    if node.type is types.STRING:
        return lambda frame: code(frame) or ""
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        value = code(frame)
        try:
            return str.__str__(text_of(value))
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


@compiles(bound.Equality)
def equality(c: Compiler, node: bound.Equality) -> Code:
    """``==`` and ``!=`` of strings and references."""
    wanted = node.operator == "=="
    left = c.expression(node.left)
    if node.mode == "null":
        c.expression(node.right)
        if wanted:
            return lambda frame: left(frame) is None
        return lambda frame: left(frame) is not None
    right = c.expression(node.right)
    if node.mode == "string":
        if wanted:
            return lambda frame: left(frame) == right(frame)
        return lambda frame: left(frame) != right(frame)
    if c.identity is not None:
        return _compared(c.identity, left, right, wanted)
    return lambda frame: same_reference(left(frame), right(frame)) is wanted


def _compared(identity: Identity, left: Code, right: Code, wanted: bool) -> Code:
    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        strings = identity.same(frame, one, other)
        return (same_reference(one, other) if strings is None else strings) is wanted

    return run


def same_reference(left: Any, right: Any) -> bool:
    """``==`` of two references that are not equal strings. A value in a box is equal to nothing but its own box."""
    if left is None or right is None:
        return left is right
    if isinstance(left, DelegateValue) and isinstance(right, DelegateValue):
        return left is right or (left.target is not None and left.call is right.call)
    if left is right:
        return not type_of(left).is_value or not isinstance(left, bool | int | float | Char)
    return False


@compiles(bound.Combine)
def combine(c: Compiler, node: bound.Combine) -> Code:
    """``a + b`` of delegates calls both; ``a - b`` takes the last `b` away."""
    left, right, kind, adds = c.expression(node.left), c.expression(node.right), node.type, node.operator == "+"

    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        first = _targets(one)
        if adds:
            second = _targets(other)
            frame[EVALUATION].budget.size(len(first) + len(second))
            return _combined(kind, first + second)
        for index in range(len(first) - 1, -1, -1):
            if first[index] is other:
                return _combined(kind, first[:index] + first[index + 1 :])
        return one

    return run


class _All:
    """What calling several delegates in turn is."""

    __slots__ = ("delegates",)

    def __init__(self, delegates: list[DelegateValue]) -> None:
        self.delegates = delegates

    def __call__(self, *arguments: Any) -> Any:
        result = None
        for one in self.delegates:
            result = one.call(*arguments)
        return result


def _targets(delegate: DelegateValue | None) -> list[DelegateValue]:
    if delegate is None:
        return []
    return delegate.call.delegates if isinstance(delegate.call, _All) else [delegate]


def _combined(kind: Any, delegates: list[DelegateValue]) -> DelegateValue | None:
    if len(delegates) < 2:
        return delegates[0] if delegates else None
    return DelegateValue(kind, _All(delegates))


@compiles(bound.Logical)
def logical(c: Compiler, node: bound.Logical) -> Code:
    """``&&`` and ``||``: the right operand only when it matters."""
    operands = [c.expression(one) for one in bound.row(node)]
    if len(operands) == 2:
        left, right = operands
        if node.operator == "&&":
            return lambda frame: left(frame) and right(frame)
        return lambda frame: left(frame) or right(frame)
    decides = node.operator == "||"

    def run(frame: Frame) -> Any:
        for operand in operands:
            if operand(frame) is decides:
                return decides
        return not decides

    return run


@compiles(bound.Conditional)
def conditional(c: Compiler, node: bound.Conditional) -> Code:
    """``c ? x : y``."""
    test, one, other = c.expression(node.condition), c.expression(node.when_true), c.expression(node.when_false)
    return lambda frame: one(frame) if test(frame) else other(frame)


@compiles(bound.Coalesce)
def coalesce(c: Compiler, node: bound.Coalesce) -> Code:
    """``a ?? b``."""
    from certgate.csharp.compiler.conversions import function_of

    left, right = c.expression(node.left), c.expression(node.right)
    function = function_of(node.conversion, False) if node.conversion is not None else None

    def run(frame: Frame) -> Any:
        value = left(frame)
        if value is None:
            return right(frame)
        return value if function is None else function(value)

    return run


@compiles(bound.ConditionalAccess)
def conditional_access(c: Compiler, node: bound.ConditionalAccess) -> Code:
    """``a?.b``."""
    receiver, write = c.expression(node.receiver), c.declare(node.variable)
    access = c.expression(node.access)

    def run(frame: Frame) -> Any:
        value = receiver(frame)
        if value is None:
            return None
        write(frame, value)
        return access(frame)

    return run
