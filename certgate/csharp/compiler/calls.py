"""Calls of declared members, delegates and local functions; properties and indexers. Null receivers throw here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.core import EVALUATION, Local, compiles
from certgate.csharp.runtime import ThrownException, null_reference
from certgate.csharp.values import ByteArray, NetArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.csharp.compiler.core import Code, Compiler, Frame, Setter
    from certgate.csharp.members import Member
    from certgate.csharp.runtime import Budget
    from certgate.csharp.types import NetType

_SIZED = frozenset((str, NetArray, ByteArray))
_LARGE = 256
"""Characters or elements of an argument from which on a call is charged for them."""


def null_here(node: bound.Bound) -> ThrownException:
    """NullReferenceException at a node."""
    return null_reference().at(node.syntax.start, node.syntax.end)


def _applied(budget: Budget, function: Callable[..., Any], values: Sequence[Any]) -> Any:
    """Call a library function."""
    for value in values:
        if type(value) in _SIZED and len(value) > _LARGE:
            return _charged(budget, function, values)
    return function(*values)


def _charged(budget: Budget, function: Callable[..., Any], values: Sequence[Any]) -> Any:
    """Call a library function that is given something large.

    SECURITY: reading it costs steps, and what comes out is charged where the function itself has not done so: whatever
    a library function does with a long text, a loop around it ends, and what it makes is counted.
    """
    budget.step(sum([len(value) for value in values if type(value) in _SIZED]) >> 4)
    before = budget.items
    result = function(*values)
    made = result[0] if type(result) is tuple and result else result
    if type(made) in _SIZED and all(made is not value for value in values):
        unpaid = len(made) - (before - budget.items)
        if unpaid > 0:
            budget.size(unpaid)
    return result


def prefix_of(member: Member, type_arguments: tuple[NetType, ...], owner: NetType | None) -> tuple[Any, ...]:
    """The type arguments that a `generic` member is given before all others."""
    if not member.generic:
        return ()
    return (type_arguments or (owner.arguments if owner is not None else ()),)


def checks_null(receiver: NetType) -> bool:
    """Whether null as a receiver throws: not for ``T?``, whose members take null."""
    return types.nullable_inner(receiver) is None and not receiver.is_value


@compiles(bound.Call)
def call(c: Compiler, node: bound.Call) -> Code:
    """A method or operator."""
    arguments = [c.expression(one) for one in node.arguments]
    outs = _outs(c, node.arguments, node.modes)
    if outs:
        arguments = [code for code, mode in zip(arguments, node.modes, strict=True) if mode != "out"]
    run = _call(c, node, arguments)
    return run if not outs else _with_outs(run, outs)


def _outs(c: Compiler, arguments: Sequence[bound.Expression], modes: Sequence[str]) -> list[Setter]:
    passed = [one for one, mode in zip(arguments, modes, strict=True) if mode in ("out", "ref")]
    if not passed:
        return []
    from certgate.csharp.compiler.assignments import setter

    return [setter(c, one) for one in passed]


def _with_outs(run: Code, outs: list[Setter]) -> Code:
    def with_outs(frame: Frame) -> Any:
        result, *values = run(frame)
        for write, value in zip(outs, values, strict=True):
            write(frame, value)
        return result

    return with_outs


def _call(c: Compiler, node: bound.Call, arguments: list[Code]) -> Code:
    function = node.member.call
    assert function is not None  # noqa: S101 - a call without implementation is bound to Unsupported
    prefix = prefix_of(node.member, node.type_arguments, node.owner)
    start, end = node.syntax.start, node.syntax.end
    receiver = c.expression(node.receiver) if node.receiver is not None else None
    if node.member.ambient or prefix or len(arguments) > 2:
        return _general(node, function, receiver, arguments, prefix)
    if receiver is not None and node.receiver is not None:
        checked = checks_null(node.receiver.type) or node.member.name == "GetType"
        return _instance(node, function, receiver, arguments, checked=checked)
    if len(arguments) == 1:
        (only,) = arguments

        def run_one(frame: Frame) -> Any:
            try:
                argument = only(frame)
                if type(argument) in _SIZED and len(argument) > _LARGE:
                    return _charged(frame[EVALUATION].budget, function, (argument,))
                return function(argument)
            except ThrownException as error:
                error.at(start, end)
                raise

        return run_one

    def run(frame: Frame) -> Any:
        values = [argument(frame) for argument in arguments]
        try:
            return _applied(frame[EVALUATION].budget, function, values)
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


def _instance(
    node: bound.Call | bound.Indexer,
    function: Callable[..., Any],
    receiver: Code,
    arguments: list[Code],
    *,
    checked: bool,
) -> Code:
    """A member of an instance, given its arguments; `checked`: null is no receiver for it."""
    start, end = node.syntax.start, node.syntax.end
    if len(arguments) == 1:
        (only,) = arguments

        def run_one(frame: Frame) -> Any:
            target = receiver(frame)
            argument = only(frame)
            if target is None and checked:
                raise null_here(node)
            try:
                if (type(target) in _SIZED and len(target) > _LARGE) or (
                    type(argument) in _SIZED and len(argument) > _LARGE
                ):
                    return _charged(frame[EVALUATION].budget, function, (target, argument))
                return function(target, argument)
            except ThrownException as error:
                error.at(start, end)
                raise

        return run_one

    def run(frame: Frame) -> Any:
        values = [receiver(frame)]
        values += [argument(frame) for argument in arguments]
        if values[0] is None and checked:
            raise null_here(node)
        try:
            return _applied(frame[EVALUATION].budget, function, values)
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


def _general(
    node: bound.Call,
    function: Callable[..., Any],
    receiver: Code | None,
    arguments: list[Code],
    prefix: tuple[Any, ...],
) -> Code:
    start, end = node.syntax.start, node.syntax.end
    ambient = node.member.ambient
    checked = node.receiver is not None and checks_null(node.receiver.type)

    def run(frame: Frame) -> Any:
        values: list[Any] = []
        if ambient:
            values.append(frame[EVALUATION])
        values.extend(prefix)
        target = None
        if receiver is not None:
            target = receiver(frame)
            values.append(target)
        values.extend([argument(frame) for argument in arguments])
        if target is None and checked:
            raise null_here(node)
        try:
            return _applied(frame[EVALUATION].budget, function, values)
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


@compiles(bound.LiftedCall)
def lifted_call(c: Compiler, node: bound.LiftedCall) -> Code:
    """A declared operator on nullable operands."""
    arguments = [c.expression(one) for one in node.arguments]
    function = node.member.call
    operator = node.operator
    start, end = node.syntax.start, node.syntax.end
    if function is None:
        return _no_implementation(node, arguments)

    def run(frame: Frame) -> Any:
        values = [argument(frame) for argument in arguments]
        if None in values:
            if operator in ("==", "!="):
                return all(value is None for value in values) == (operator == "==")
            return False if operator in ("<", "<=", ">", ">=") else None
        try:
            return function(*values)
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


def _no_implementation(node: bound.LiftedCall, arguments: list[Code]) -> Code:
    from certgate.csharp.runtime import UnsupportedReached

    def run(frame: Frame) -> Any:
        for argument in arguments:
            argument(frame)
        raise UnsupportedReached(
            f"certgate does not simulate this '{node.operator}'", node.syntax.start, node.syntax.end
        )

    return run


@compiles(bound.Property)
def property_(c: Compiler, node: bound.Property) -> Code:
    """A property or field."""
    function = node.member.call
    assert function is not None  # noqa: S101 - a property without implementation is bound to Unsupported
    prefix = prefix_of(node.member, (), node.owner)
    start, end = node.syntax.start, node.syntax.end
    ambient = node.member.ambient
    if node.receiver is None:

        def run_static(frame: Frame) -> Any:
            try:
                return function(frame[EVALUATION], *prefix) if ambient else function(*prefix)
            except ThrownException as error:
                error.at(start, end)
                raise

        return run_static
    receiver = c.expression(node.receiver)
    checked = checks_null(node.receiver.type)
    if ambient or prefix:

        def run_general(frame: Frame) -> Any:
            target = receiver(frame)
            if target is None and checked:
                raise null_here(node)
            first = (frame[EVALUATION],) if ambient else ()
            try:
                return function(*first, *prefix, target)
            except ThrownException as error:
                error.at(start, end)
                raise

        return run_general

    def run(frame: Frame) -> Any:
        target = receiver(frame)
        if target is None and checked:
            raise null_here(node)
        try:
            return function(target)
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


@compiles(bound.Indexer)
def indexer(c: Compiler, node: bound.Indexer) -> Code:
    """What an indexer gives."""
    function = node.member.call
    assert function is not None  # noqa: S101 - an indexer without implementation is bound to Unsupported
    receiver = c.expression(node.receiver)
    arguments = [c.expression(one) for one in node.arguments]
    return _instance(node, function, receiver, arguments, checked=checks_null(node.receiver.type))


@compiles(bound.New)
def new(c: Compiler, node: bound.New) -> Code:
    """A constructor."""
    function = node.member.call
    assert function is not None  # noqa: S101 - a constructor without implementation is bound to Unsupported
    arguments = [c.expression(one) for one in node.arguments]
    prefix = prefix_of(node.member, (), node.type)
    start, end = node.syntax.start, node.syntax.end
    ambient = node.member.ambient

    def run(frame: Frame) -> Any:
        first = (frame[EVALUATION],) if ambient else ()
        values = [*first, *prefix, *[argument(frame) for argument in arguments]]
        try:
            return _applied(frame[EVALUATION].budget, function, values)
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


@compiles(bound.DelegateCall)
def delegate_call(c: Compiler, node: bound.DelegateCall) -> Code:
    """A call of a delegate value."""
    target = c.expression(node.target)
    outs = _outs(c, node.arguments, node.modes)
    arguments = [c.expression(one) for one, mode in zip(node.arguments, node.modes, strict=True) if mode != "out"]

    def run(frame: Frame) -> Any:
        delegate = target(frame)
        values = [argument(frame) for argument in arguments]
        if delegate is None:
            raise null_here(node)
        return delegate.call(*values)

    return run if not outs else _with_outs(run, outs)


@compiles(bound.FunctionCall)
def function_call(c: Compiler, node: bound.FunctionCall) -> Code:
    """A call of a local function, in the frame it was declared in."""
    code = c.locals.setdefault(node.function, Local())
    parent = c.outer(node.function.parent)
    outs = _outs(c, node.arguments, node.modes)
    arguments = [c.expression(one) for one, mode in zip(node.arguments, node.modes, strict=True) if mode != "out"]

    def run(frame: Frame) -> Any:
        values = tuple([argument(frame) for argument in arguments])
        assert code.call is not None  # noqa: S101 - every local function of the tree is compiled before anything runs
        return code.call(parent(frame), values)

    return run if not outs else _with_outs(run, outs)
