"""``dynamic`` operations as closures: bound and compiled when they run, once for each set of operand types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.binder.session import TooComplex
from certgate.csharp.compiler.core import EVALUATION, Compiler, compiles
from certgate.csharp.compiler.functions import body_of
from certgate.csharp.depth import TOO_DEEP
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.csharp.compiler.core import Code, Frame
    from certgate.csharp.types import NetType

    Made = Callable[[Frame, Sequence[Any]], Any] | str

_MOST = 1_000
_COST = 2_000
"""Steps of binding an operation."""


@compiles(bound.Dynamic)
def dynamic(c: Compiler, node: bound.Dynamic) -> Code:
    """An operation whose operands have types only now."""
    operands = [c.expression(one) for one in node.operands]
    static = [None if one.type is types.DYNAMIC else one.type for one in node.operands]
    made: dict[tuple[NetType, ...], Made] = {}
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        from certgate.csharp.dotnet.system.runtime_binder import runtime_binder_error

        values = [operand(frame) for operand in operands]
        kinds = tuple(kind or type_of(value) for kind, value in zip(static, values, strict=True))
        found = made.get(kinds)
        if found is None:
            frame[EVALUATION].budget.step(_COST)
            found = _make(c, node, kinds)
            if len(made) < _MOST:
                made[kinds] = found
        if isinstance(found, str):
            raise runtime_binder_error(found).at(start, end)
        return found(frame, values)

    return run


def _make(c: Compiler, node: bound.Dynamic, kinds: tuple[NetType, ...]) -> Made:
    try:
        function = node.bind(kinds)
    except TooComplex:
        raise UnsupportedReached(TOO_DEEP, node.syntax.start, node.syntax.end) from None
    return function if isinstance(function, str) else body_of(c, function)
