"""Statements as closures. Each returns None, or what made it stop early: BREAK, CONTINUE, RETURN or a Jump."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.calls import null_here
from certgate.csharp.compiler.conversions import is_instance
from certgate.csharp.compiler.core import EVALUATION, RESULT, compiles_statement
from certgate.csharp.compiler.expressions import pattern
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.values import iterate_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.compiler.core import Code, Compiler, Frame

BREAK, CONTINUE, RETURN = "break", "continue", "return"


class Jump:
    """A ``goto``: to a label, to a case, or to the default of a switch."""

    __slots__ = ("case", "default", "label")

    def __init__(self, label: str | None = None, case: Any = None, default: bool = False) -> None:
        self.label = label
        self.case = case
        self.default = default


@compiles_statement(bound.Block)
def block(c: Compiler, node: bound.Block) -> Code:
    """Statements in turn."""
    before = c.weight
    codes = [c.statement(one) for one in node.statements]
    labels = labels_of(node)
    if labels:
        return _with_labels(codes, labels, c.weight - before)
    if len(codes) == 1:
        return codes[0]
    if not codes:
        return lambda frame: None

    def run(frame: Frame) -> Any:
        for code in codes:
            signal = code(frame)
            if signal is not None:
                return signal
        return None

    return run


def labels_of(node: bound.Block) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, one in enumerate(node.statements):
        while isinstance(one, bound.Labeled):
            found[one.label] = index
            one = one.statement
    return found


def _with_labels(codes: list[Code], labels: dict[str, int], cost: int) -> Code:
    def run(frame: Frame) -> Any:
        at = 0
        while at < len(codes):
            signal = codes[at](frame)
            if signal is None:
                at += 1
            elif isinstance(signal, Jump) and signal.label in labels:
                frame[EVALUATION].budget.step(cost)
                at = labels[signal.label]
            else:
                return signal
        return None

    return run


@compiles_statement(bound.Labeled)
def labeled(c: Compiler, node: bound.Labeled) -> Code:
    """The statement; the block knows the label."""
    return c.statement(node.statement)


@compiles_statement(bound.Goto)
def goto(c: Compiler, node: bound.Goto) -> Code:
    """``goto name``."""
    signal = Jump(label=node.label)
    return lambda frame: signal


@compiles_statement(bound.GotoCase)
def goto_case(c: Compiler, node: bound.GotoCase) -> Code:
    """``goto case x``."""
    signal = Jump(case=(node.value,), default=node.default)
    return lambda frame: signal


@compiles_statement(bound.ExpressionStatement)
def expression_statement(c: Compiler, node: bound.ExpressionStatement) -> Code:
    """An expression whose value is dropped."""
    code = c.expression(node.expression)

    def run(frame: Frame) -> Any:
        code(frame)

    return run


@compiles_statement(bound.Declare)
def declare(c: Compiler, node: bound.Declare) -> Code:
    """A local: a new one each time it is reached."""
    write = c.declare(node.variable)
    if node.value is None:
        return lambda frame: write(frame, None)
    value = c.expression(node.value)

    def run(frame: Frame) -> Any:
        write(frame, value(frame))

    return run


@compiles_statement(bound.If)
def if_(c: Compiler, node: bound.If) -> Code:
    """``if``; a chain of ``else if`` is one list."""
    links: list[tuple[Code, Code]] = []
    current: bound.Statement | None = node
    while isinstance(current, bound.If):
        links.append((c.expression(current.condition), c.statement(current.then)))
        current = current.otherwise
    otherwise = c.statement(current) if current is not None else None
    if len(links) == 1:
        ((test, then),) = links
        if otherwise is None:
            return lambda frame: then(frame) if test(frame) else None
        return lambda frame: then(frame) if test(frame) else otherwise(frame)

    def run(frame: Frame) -> Any:
        for test, then in links:
            if test(frame):
                return then(frame)
        return otherwise(frame) if otherwise is not None else None

    return run


@compiles_statement(bound.Loop)
def loop(c: Compiler, node: bound.Loop) -> Code:
    """``while``, ``do`` and ``for``."""
    first = [c.statement(one) for one in node.initializers]
    before = c.weight
    test = c.expression(node.condition) if node.condition is not None else None
    steps = [c.expression(one) for one in node.incrementors]
    body, skip_first = c.statement(node.body), node.test_last
    cost = c.weight - before

    def run(frame: Frame) -> Any:
        for one in first:
            one(frame)
        step = frame[EVALUATION].budget.step
        skip = skip_first
        while skip or test is None or test(frame):
            skip = False
            step(cost)
            signal = body(frame)
            if signal is not None and signal is not CONTINUE:
                return None if signal is BREAK else signal
            for one in steps:
                one(frame)
        return None

    return run


@compiles_statement(bound.ForEach)
def for_each(c: Compiler, node: bound.ForEach) -> Code:
    """``foreach``: a new variable for each turn."""
    collection = c.expression(node.collection)
    before = c.weight
    put_item, put = c.declare(node.item), c.declare(node.variable)
    read = c.expression(node.convert)
    steps = [c.expression(one) for one in node.steps]
    body = c.statement(node.body)
    cost = c.weight - before
    element = node.item.type

    def run(frame: Frame) -> Any:
        items = collection(frame)
        if items is None:
            raise null_here(node)
        step = frame[EVALUATION].budget.step
        for item in iterate_as(items, element):
            step(cost)
            put_item(frame, item)
            put(frame, read(frame))
            for one in steps:
                one(frame)
            signal = body(frame)
            if signal is not None and signal is not CONTINUE:
                return None if signal is BREAK else signal
        return None

    return run


@compiles_statement(bound.Break)
def break_(c: Compiler, node: bound.Break) -> Code:
    """``break``."""
    return lambda frame: BREAK


@compiles_statement(bound.Continue)
def continue_(c: Compiler, node: bound.Continue) -> Code:
    """``continue``."""
    return lambda frame: CONTINUE


@compiles_statement(bound.Return)
def return_(c: Compiler, node: bound.Return) -> Code:
    """``return``."""
    if node.value is None:
        return lambda frame: RETURN
    value = c.expression(node.value)

    def run(frame: Frame) -> Any:
        frame[RESULT] = value(frame)
        return RETURN

    return run


@compiles_statement(bound.ThrowStatement)
def throw(c: Compiler, node: bound.ThrowStatement) -> Code:
    """``throw x;``; ``throw;`` throws again what the innermost catch took."""
    start, end = node.syntax.start, node.syntax.end
    if node.value is None:

        def again(frame: Frame) -> Any:
            raise Rethrow

        return again
    value = c.expression(node.value)

    def run(frame: Frame) -> Any:
        exception = value(frame)
        if exception is None:
            raise null_here(node)
        raise exception.thrown().at(start, end)

    return run


class Rethrow(Exception):
    """``throw;`` on its way to the catch clause that it stands in."""


# switch


def section_finder(c: Compiler, node: bound.Switch) -> tuple[Callable[[Frame, Any], int | None], int | None]:
    """Which section a value goes to, and which has the default label."""
    tests: list[tuple[int, Callable[[Frame, Any], bool], Code | None]] = []
    default: int | None = None
    for index, section in enumerate(node.sections):
        for label in section.labels:
            if label.pattern is None:
                default = index
            else:
                when = c.expression(label.when) if label.when is not None else None
                tests.append((index, pattern(c, label.pattern), when))

    def find(frame: Frame, wanted: Any) -> int | None:
        for index, test, when in tests:
            if test(frame, wanted) and (when is None or when(frame)):
                return index
        return default

    return find, default


@compiles_statement(bound.Switch)
def switch(c: Compiler, node: bound.Switch) -> Code:
    """The first label that matches; ``goto case`` looks again."""
    before = c.weight
    value = c.expression(node.value)
    bodies = [c.statement(section.body) for section in node.sections]
    find, default = section_finder(c, node)
    cost = c.weight - before

    def run(frame: Frame) -> Any:
        chosen = find(frame, value(frame))
        while chosen is not None:
            signal = bodies[chosen](frame)
            if isinstance(signal, Jump) and signal.label is None:
                frame[EVALUATION].budget.step(cost)
                chosen = default if signal.default else find(frame, signal.case[0])
                continue
            return None if signal is BREAK else signal
        return None

    return run


# try


@compiles_statement(bound.Try)
def try_(c: Compiler, node: bound.Try) -> Code:
    """``try`` with its clauses. What ends the evaluation as a whole is not caught, and runs no ``finally``."""
    body = c.statement(node.body)
    clauses = [_clause(c, one) for one in node.catches]
    guarded = _guarded(body, clauses) if clauses else body
    if node.final is None:
        return guarded
    final = c.statement(node.final)

    def run(frame: Frame) -> Any:
        try:
            signal = guarded(frame)
            result = frame[RESULT]
        except (ThrownException, Rethrow):
            ending = final(frame)
            if ending is not None:
                return ending
            raise
        ending = final(frame)
        frame[RESULT] = result
        return ending if ending is not None else signal

    return run


def _clause(c: Compiler, node: bound.Catch) -> tuple[Callable[[Frame, ThrownException], bool], Code]:
    kind = node.type
    start, end = node.syntax.start, node.syntax.end
    write = c.declare(node.variable) if node.variable is not None else None
    when = c.expression(node.when) if node.when is not None else None

    def takes(frame: Frame, error: ThrownException) -> bool:
        if kind is types.UNKNOWN:
            raise UnsupportedReached("certgate does not simulate this type of exception", start, end)
        if kind is not None and not is_instance(error.value, kind):
            return False
        if write is not None:
            write(frame, error.value)
        if when is None:
            return True
        try:
            return bool(when(frame))
        except ThrownException:
            return False

    return takes, c.statement(node.body)


def _guarded(body: Code, clauses: list[tuple[Callable[[Frame, ThrownException], bool], Code]]) -> Code:
    def run(frame: Frame) -> Any:
        evaluation = frame[EVALUATION]
        depth = evaluation.budget.depth
        try:
            return body(frame)
        except ThrownException as error:
            evaluation.budget.depth = depth
            for takes, handler in clauses:
                if takes(frame, error):
                    try:
                        return handler(frame)
                    except Rethrow:
                        raise error from None
            raise

    return run


def disposer(c: Compiler, node: bound.Using) -> Callable[[Frame, int], None]:
    """Disposes of the first so many of what was made, the last one first."""
    reads = [c.read(one.variable) for one in node.declarations]
    calls = [c.expression(one) if one is not None else None for one in node.disposals]

    def dispose(frame: Frame, count: int) -> None:
        for index in range(count - 1, -1, -1):
            call = calls[index]
            if call is not None and reads[index](frame) is not None:
                call(frame)

    return dispose


@compiles_statement(bound.Using)
def using(c: Compiler, node: bound.Using) -> Code:
    """``using``: what was made is disposed of in reverse order."""
    made = [c.statement(one) for one in node.declarations]
    dispose = disposer(c, node)
    body = c.statement(node.body)

    def run(frame: Frame) -> Any:
        count = 0
        try:
            for one in made:
                one(frame)
                count += 1
            signal = body(frame)
            result = frame[RESULT]
        except (ThrownException, Rethrow):
            dispose(frame, count)
            raise
        dispose(frame, count)
        frame[RESULT] = result
        return signal

    return run
