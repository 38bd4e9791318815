"""Iterator blocks (C# specification 15.15): local functions that yield. The statements run as Python generators, step
by step."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.calls import null_here
from certgate.csharp.compiler.core import EVALUATION, PARENT, Compiler
from certgate.csharp.compiler.statements import BREAK, CONTINUE, RETURN, Jump, disposer, labels_of, section_finder
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.values import NetSequence, iterate_as

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from certgate.csharp.compiler.core import Frame

    Steps = Callable[[Frame], Generator[Any, None, Any]]
    """Runs a statement: yields the program's values, and returns what a statement's closure would."""


_YIELD = 10
"""Steps of going into the generators of an iterator block and out of them."""


def iterator(
    c: Compiler, function: bound.Function, body: bound.Statement, places: list[tuple[int, bool]]
) -> Callable[[Frame, Sequence[Any]], Any]:
    """The function: a call gives a sequence; each enumeration runs the body anew."""
    steps = _steps(c, body)
    from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue

    element = function.element or types.OBJECT
    returns = function.returns or types.OBJECT
    is_enumerator = returns.full_name.partition("<")[0].endswith(".IEnumerator")
    template = c.template

    def invoke(parent: Frame, arguments: Sequence[Any]) -> Any:
        given = list(arguments)

        def start() -> Iterator[Any]:
            frame = template.copy()
            frame[EVALUATION], frame[PARENT] = parent[EVALUATION], parent
            for (slot, captured), value in zip(places, given, strict=False):
                frame[slot] = [value] if captured else value
            yield from steps(frame)

        sequence = NetSequence(element, start)
        return EnumeratorValue(sequence, returns) if is_enumerator else sequence

    return invoke


def _steps(c: Compiler, node: bound.Statement) -> Steps:
    match node:
        case bound.Block() if labels_of(node) and _yields(node):
            return _refuse(node)
        case bound.Block():
            return _block(c, node)
        case bound.Yield():
            return _yield(c, node)
        case bound.If():
            return _if(c, node)
        case bound.Loop():
            return _loop(c, node)
        case bound.ForEach():
            return _for_each(c, node)
        case bound.Switch() if _yields(node):
            return _switch(c, node)
        case bound.Using() if _yields(node):
            return _using(c, node)
        case bound.Try() if _yields(node) and not node.catches:
            return _try(c, node)
    code = c.statement(node)

    def run(frame: Frame) -> Generator[Any, None, Any]:
        yield from ()
        return code(frame)

    return run


def _yields(node: bound.Bound) -> bool:
    return isinstance(node, bound.Yield) or any(_yields(one) for one in bound.children(node))


def _refuse(node: bound.Statement) -> Steps:
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Generator[Any, None, Any]:
        yield from ()
        raise UnsupportedReached("certgate does not simulate labels in an iterator", start, end)

    return run


def _block(c: Compiler, node: bound.Block) -> Steps:
    parts = [_steps(c, one) for one in node.statements]

    def run(frame: Frame) -> Generator[Any, None, Any]:
        for part in parts:
            signal = yield from part(frame)
            if signal is not None:
                return signal
        return None

    return run


def _yield(c: Compiler, node: bound.Yield) -> Steps:
    value = c.expression(node.value) if node.value is not None else None

    def run(frame: Frame) -> Generator[Any, None, Any]:
        if value is None:
            return RETURN
        frame[EVALUATION].budget.step(_YIELD)
        yield value(frame)
        return None

    return run


def _if(c: Compiler, node: bound.If) -> Steps:
    test, then = c.expression(node.condition), _steps(c, node.then)
    otherwise = _steps(c, node.otherwise) if node.otherwise is not None else None

    def run(frame: Frame) -> Generator[Any, None, Any]:
        if test(frame):
            return (yield from then(frame))
        return (yield from otherwise(frame)) if otherwise is not None else None

    return run


def _loop(c: Compiler, node: bound.Loop) -> Steps:
    first = [c.statement(one) for one in node.initializers]
    before = c.weight
    test = c.expression(node.condition) if node.condition is not None else None
    after = [c.expression(one) for one in node.incrementors]
    body, skip_first = _steps(c, node.body), node.test_last
    cost = c.weight - before + _YIELD

    def run(frame: Frame) -> Generator[Any, None, Any]:
        for one in first:
            one(frame)
        skip = skip_first
        while skip or test is None or test(frame):
            skip = False
            frame[EVALUATION].budget.step(cost)
            signal = yield from body(frame)
            if signal is not None and signal is not CONTINUE:
                return None if signal is BREAK else signal
            for one in after:
                one(frame)
        return None

    return run


def _for_each(c: Compiler, node: bound.ForEach) -> Steps:
    before = c.weight
    collection, read = c.expression(node.collection), c.expression(node.convert)
    put_item, put = c.declare(node.item), c.declare(node.variable)
    more = [c.expression(one) for one in node.steps]
    body = _steps(c, node.body)
    cost = c.weight - before + _YIELD

    def run(frame: Frame) -> Generator[Any, None, Any]:
        items = collection(frame)
        if items is None:
            raise null_here(node)
        for item in iterate_as(items, node.item.type):
            frame[EVALUATION].budget.step(cost)
            put_item(frame, item)
            put(frame, read(frame))
            for one in more:
                one(frame)
            signal = yield from body(frame)
            if signal is not None and signal is not CONTINUE:
                return None if signal is BREAK else signal
        return None

    return run


def _switch(c: Compiler, node: bound.Switch) -> Steps:
    before = c.weight
    value = c.expression(node.value)
    bodies = [_steps(c, section.body) for section in node.sections]
    find, default = section_finder(c, node)
    cost = c.weight - before + _YIELD

    def run(frame: Frame) -> Generator[Any, None, Any]:
        chosen = find(frame, value(frame))
        while chosen is not None:
            signal = yield from bodies[chosen](frame)
            if isinstance(signal, Jump) and signal.label is None:
                frame[EVALUATION].budget.step(cost)
                chosen = default if signal.default else find(frame, signal.case[0])
                continue
            return None if signal is BREAK else signal
        return None

    return run


def _guarded(body: Steps, ending: Callable[[Frame], Any]) -> Steps:
    """`ending` runs when the body ends, throws, or is left because nobody asks for more."""

    def run(frame: Frame) -> Generator[Any, None, Any]:
        try:
            signal = yield from body(frame)
        except ThrownException:
            ending(frame)
            raise
        except GeneratorExit:
            # What is thrown now has nobody to go to.
            with suppress(ThrownException):
                ending(frame)
            raise
        ending(frame)
        return signal

    return run


def _try(c: Compiler, node: bound.Try) -> Steps:
    assert node.final is not None  # noqa: S101 - a try has a catch or a finally
    return _guarded(_steps(c, node.body), c.statement(node.final))


def _using(c: Compiler, node: bound.Using) -> Steps:
    made = [c.statement(one) for one in node.declarations]
    dispose = disposer(c, node)
    body = _guarded(_steps(c, node.body), lambda frame: dispose(frame, len(made)))

    def run(frame: Frame) -> Generator[Any, None, Any]:
        for one in made:
            one(frame)
        return (yield from body(frame))

    return run
