"""Lambdas, delegates on methods, local functions: making a function value, and running its body in its own frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.core import EVALUATION, PARENT, RESULT, Compiler, Local, compiles, compiles_statement
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import DelegateValue, default_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.csharp.compiler.core import Code, Frame

    Invoke = Callable[[Frame, Sequence[Any]], Any]


_CALL = 20
"""Steps of a call, besides those of the body. Python takes and frees memory with each call at some depths of its stack,
and then is five times as slow."""


def body_of(c: Compiler, function: bound.Function) -> Invoke:
    """The function as code: given the frame it was made in and its arguments, it runs and gives its value.

    Like a declared member, one with ``out`` or ``ref`` parameters gives a tuple: the value, then theirs.
    """
    inner = Compiler(function, c)
    places = [(inner.slot(one), one.captured) for one in function.parameters]
    modes = _modes(function)
    body = function.body
    if function.is_iterator and isinstance(body, bound.Statement):
        from certgate.csharp.compiler.iterators import iterator

        return iterator(inner, function, body, places)
    if isinstance(body, bound.Expression):
        code = inner.expression(body)
        returns_nothing = function.returns is types.VOID
    else:
        assert body is not None  # noqa: S101 - the binder set it
        code = _returning(inner.statement(body))
        returns_nothing = False
    if any(mode in ("out", "ref") for mode in modes):
        return _with_outs(inner, function, code, modes)
    template = inner.template
    cost = inner.weight + _CALL
    if len(places) == 1 and not places[0][1]:
        return _one(template, places[0][0], code, returns_nothing, cost)

    def invoke(parent: Frame, arguments: Sequence[Any]) -> Any:
        frame = template.copy()
        evaluation = frame[EVALUATION] = parent[EVALUATION]
        frame[PARENT] = parent
        for (slot, captured), value in zip(places, arguments, strict=False):
            frame[slot] = [value] if captured else value
        budget = evaluation.budget
        budget.enter(cost)
        value = code(frame)
        budget.depth += 1
        return None if returns_nothing else value

    return invoke


def _one(template: Frame, slot: int, code: Code, returns_nothing: bool, cost: int) -> Invoke:
    """The common case: one parameter that no inner function uses."""

    def invoke(parent: Frame, arguments: Sequence[Any]) -> Any:
        frame = template.copy()
        evaluation = frame[EVALUATION] = parent[EVALUATION]
        frame[PARENT] = parent
        frame[slot] = arguments[0]
        budget = evaluation.budget
        budget.enter(cost)
        value = code(frame)
        budget.depth += 1
        return None if returns_nothing else value

    return invoke


def _modes(function: bound.Function) -> tuple[str, ...]:
    return tuple(one.mode for one in function.signature.parameters) if function.signature is not None else ()


def _returning(statement: Code) -> Code:
    def run(frame: Frame) -> Any:
        statement(frame)
        return frame[RESULT]

    return run


def _with_outs(inner: Compiler, function: bound.Function, code: Code, modes: tuple[str, ...]) -> Invoke:
    parameters = function.parameters
    held = parameters[len(parameters) - len(modes) :]
    writes = [inner.declare(one) for one in parameters]
    reads = [inner.read(one) for one, mode in zip(held, modes, strict=True) if mode in ("out", "ref")]
    out_slots = {index for index, mode in enumerate(modes, len(parameters) - len(modes)) if mode == "out"}
    template = inner.template
    cost = inner.weight + _CALL

    def invoke(parent: Frame, arguments: Sequence[Any]) -> Any:
        frame = template.copy()
        frame[EVALUATION] = parent[EVALUATION]
        frame[PARENT] = parent
        given = iter(arguments)
        for index, write in enumerate(writes):
            write(frame, default_of(parameters[index].type) if index in out_slots else next(given))
        budget = frame[EVALUATION].budget
        budget.enter(cost)
        value = code(frame)
        budget.depth += 1
        return (value, *[read(frame) for read in reads])

    return invoke


@compiles(bound.Lambda)
def lambda_(c: Compiler, node: bound.Lambda) -> Code:
    """A delegate that keeps the frame as it is now; what it shares with the outside stands in cells."""
    invoke = body_of(c, node.function)
    kind = node.type

    def run(frame: Frame) -> Any:
        kept = frame.copy()
        return DelegateValue(kind, lambda *arguments: invoke(kept, arguments))

    return run


@compiles(bound.MethodDelegate)
def method_delegate(c: Compiler, node: bound.MethodDelegate) -> Code:
    """A delegate on a method; its receiver is evaluated once, now."""
    invoke = body_of(c, node.function)
    kind = node.type
    start, end = node.syntax.start, node.syntax.end
    if node.receiver is None:

        def run_static(frame: Frame) -> Any:
            kept = frame.copy()
            return DelegateValue(kind, lambda *arguments: invoke(kept, arguments))

        return run_static
    receiver = c.expression(node.receiver)

    def run(frame: Frame) -> Any:
        target = receiver(frame)
        if target is None:
            message = "Delegate to an instance method cannot have null 'this'."
            raise ThrownException("System.ArgumentException", message).at(start, end)
        kept = frame.copy()
        return DelegateValue(kind, lambda *arguments: invoke(kept, (target, *arguments)), target)

    return run


@compiles_statement(bound.LocalFunction)
def local_function(c: Compiler, node: bound.LocalFunction) -> Code:
    """Nothing happens where it is declared."""
    for function in (*node.function.instances.values(),) if node.function.type_parameters else (node.function,):
        code = c.locals.setdefault(function, Local())
        code.call = body_of(c, function)
    return lambda frame: None
