"""From the typed tree to Python closures: the frame, and the dispatch from a node to what compiles it.

A frame is a list: the Evaluation, the frame of the enclosing function, the value being returned, then the variables.
One that an
inner function uses stands in a list of its own (a cell), so that each turn of a loop can have a new one. A lambda
keeps a copy
of the frame it was made in; a local function works on the frame itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from certgate.csharp import bound
from certgate.csharp.runtime import UnsupportedReached

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.bound import Function, Variable
    from certgate.csharp.compiler.identity import Identity

    Frame = list[Any]
    Code = Callable[[list[Any]], Any]
    Setter = Callable[[list[Any], Any], None]

EVALUATION, PARENT, RESULT, FIRST = range(4)

RARER = ("assignments", "statements", "dynamic")
"""The modules of this package for nodes that most expressions have not: loaded with the first of these nodes."""

EXPRESSIONS: dict[type, Callable[[Compiler, Any], Code]] = {}
STATEMENTS: dict[type, Callable[[Compiler, Any], Code]] = {}


def compiles(*nodes: type) -> Callable[[Callable[[Compiler, Any], Code]], Callable[[Compiler, Any], Code]]:
    """Declare the function that compiles an expression node."""

    def declare(function: Callable[[Compiler, Any], Code]) -> Callable[[Compiler, Any], Code]:
        EXPRESSIONS.update(dict.fromkeys(nodes, function))
        return function

    return declare


def compiles_statement(*nodes: type) -> Callable[[Callable[[Compiler, Any], Code]], Callable[[Compiler, Any], Code]]:
    """Declare the function that compiles a statement node."""

    def declare(function: Callable[[Compiler, Any], Code]) -> Callable[[Compiler, Any], Code]:
        STATEMENTS.update(dict.fromkeys(nodes, function))
        return function

    return declare


def _load_rarer() -> None:
    for module in RARER:
        import_module(f"certgate.csharp.compiler.{module}")


_WEIGHTS: dict[type, int] = {
    **dict.fromkeys((bound.Lambda, bound.MethodDelegate), 50),
    **dict.fromkeys((bound.New, bound.Interpolated, bound.Throw, bound.ThrowStatement, bound.Try), 25),
    **dict.fromkeys((bound.Call, bound.LiftedCall, bound.NewArray, bound.NewObject), 12),
    **dict.fromkeys((bound.Property, bound.Indexer), 6),
}
"""Steps of a node that takes more than one: what the library does stands behind the first of these."""


class Local:
    """A local function as compiled; `call` is set when its body has been."""

    __slots__ = ("call",)

    def __init__(self) -> None:
        self.call: Callable[[Frame, tuple[Any, ...]], Any] | None = None


class Compiler:
    """Compiles one function. `wrap` is put around every expression: how the explain tree is recorded."""

    def __init__(
        self,
        function: Function,
        parent: Compiler | None = None,
        wrap: Callable[[bound.Expression, Code], Code] | None = None,
    ) -> None:
        self.function = function
        self.parent = parent
        self.wrap: Callable[[bound.Expression, Code], Code] | None = wrap if parent is None else parent.wrap
        self.template: Frame = [None] * FIRST
        self.slots: dict[Variable, int] = {}
        self.locals: dict[Function, Local] = parent.locals if parent is not None else {}
        self.identity: Identity | None = parent.identity if parent is not None else None
        """What knows which strings are one object, where the program asks that."""
        self.weight = 0
        """The steps that what has been compiled so far takes when it runs once."""

    def expression(self, node: bound.Expression) -> Code:
        kind = type(node)
        if kind not in EXPRESSIONS:
            _load_rarer()
        self.weight += _WEIGHTS.get(kind, 1)
        code = EXPRESSIONS[kind](self, node)
        if self.identity is not None:
            code = self.identity.track(node, code)
        return code if self.wrap is None else self.wrap(node, code)

    def statement(self, node: bound.Statement) -> Code:
        kind = type(node)
        if kind not in STATEMENTS:
            _load_rarer()
        self.weight += _WEIGHTS.get(kind, 1)
        return STATEMENTS[kind](self, node)

    # Variables

    def slot(self, variable: Variable) -> int:
        """The place in this function's frame of a variable that it owns."""
        found = self.slots.get(variable)
        if found is None:
            found = self.slots[variable] = len(self.template)
            self.template.append(None)
        return found

    def owner(self, variable: Variable) -> tuple[Compiler, int]:
        """The compiler of the function that owns a variable, and how many frames out that is."""
        compiler, hops = self, 0
        while compiler.function is not variable.function and compiler.parent is not None:
            compiler, hops = compiler.parent, hops + 1
        return compiler, hops

    def read(self, variable: Variable) -> Code:
        owner, hops = self.owner(variable)
        slot = owner.slot(variable)
        if not variable.captured:
            return lambda frame: frame[slot]
        if hops == 0:
            return lambda frame: frame[slot][0]
        if hops == 1:
            return lambda frame: frame[PARENT][slot][0]

        def read(frame: Frame) -> Any:
            for _ in range(hops):
                frame = frame[PARENT]
            return frame[slot][0]

        return read

    def write(self, variable: Variable) -> Setter:
        """Give the variable a new value."""
        owner, hops = self.owner(variable)
        slot = owner.slot(variable)
        if not variable.captured:
            return lambda frame, value: frame.__setitem__(slot, value)

        def write(frame: Frame, value: Any) -> None:
            for _ in range(hops):
                frame = frame[PARENT]
            cell = frame[slot]
            if cell is None:
                frame[slot] = [value]
            else:
                cell[0] = value

        return write

    def declare(self, variable: Variable) -> Setter:
        """Make the variable anew, with a first value."""
        owner, hops = self.owner(variable)
        slot = owner.slot(variable)
        if hops:
            return self.write(variable)
        if not variable.captured:
            return lambda frame, value: frame.__setitem__(slot, value)
        return lambda frame, value: frame.__setitem__(slot, [value])

    def outer(self, function: Function | None) -> Code:
        """The frame of an enclosing function, from one of this function."""
        compiler: Compiler | None = self
        hops = 0
        while compiler is not None and compiler.function is not function:
            compiler, hops = compiler.parent, hops + 1

        def find(frame: Frame) -> Any:
            for _ in range(hops):
                frame = frame[PARENT]
            return frame

        return find


@compiles(bound.Unsupported)
def unsupported(c: Compiler, node: bound.Unsupported) -> Code:
    """The operands are evaluated first: one of them may throw."""
    operands = [c.expression(one) for one in node.operands if is_value(one)]
    start, end = node.syntax.start, node.syntax.end
    message = node.message

    def run(frame: Frame) -> Any:
        for operand in operands:
            operand(frame)
        raise UnsupportedReached(message, start, end)

    return run


def is_value(node: bound.Expression) -> bool:
    """Whether a node is one that code can be made of."""
    if type(node) not in EXPRESSIONS:
        _load_rarer()
    return type(node) in EXPRESSIONS


@compiles_statement(bound.UnsupportedStatement)
def unsupported_statement(c: Compiler, node: bound.UnsupportedStatement) -> Code:
    """Reaching it ends the evaluation."""
    start, end, message = node.syntax.start, node.syntax.end, node.message

    def run(frame: Frame) -> Any:
        raise UnsupportedReached(message, start, end)

    return run
