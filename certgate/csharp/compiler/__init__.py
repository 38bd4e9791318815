"""The typed tree as Python closures: compiled once, run many times. No Python code is generated or evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.compiler import (  # noqa: F401 - each declares what it compiles; the others: `core.RARER`
    calls,
    conversions,
    expressions,
    functions,
    operators,
)
from certgate.csharp.compiler.core import EVALUATION, Compiler
from certgate.csharp.compiler.functions import body_of
from certgate.csharp.runtime import running

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp import bound
    from certgate.csharp.compiler.core import Code
    from certgate.csharp.runtime import Evaluation


def compile_function(
    function: bound.Function, wrap: Callable[[bound.Expression, Code], Code] | None = None
) -> Callable[[Evaluation], Any]:
    """The function as something to run. `wrap` is put around the code of every expression."""
    outer = Compiler(function, None, wrap)
    outer.function = _OUTSIDE
    if function.compares_identity:
        return _with_identity(outer, function)
    invoke = body_of(outer, function)
    template = [None] * (EVALUATION + 1)

    def run(evaluation: Evaluation) -> Any:
        frame: list[Any] = template.copy()
        frame[EVALUATION] = evaluation
        with running(evaluation.budget):
            return invoke(frame, ())

    return run


def _with_identity(outer: Compiler, function: bound.Function) -> Callable[[Evaluation], Any]:
    from certgate.csharp.compiler.identity import Identity

    identity = outer.identity = Identity()
    invoke = body_of(outer, function)

    def run(evaluation: Evaluation) -> Any:
        frame: list[Any] = [evaluation]
        try:
            with running(evaluation.budget):
                return invoke(frame, ())
        finally:
            identity.forget(evaluation)

    return run


class _Outside:
    """Stands for the function around the outermost one."""


_OUTSIDE: Any = _Outside()
