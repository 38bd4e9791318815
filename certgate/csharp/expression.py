"""Compiling an expression of a policy and what comes of it: problems, or something to run and to trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp import syntax
from certgate.csharp.binder import beyond, bind
from certgate.csharp.compiler import compile_function
from certgate.csharp.depth import MAX_LENGTH, make_room
from certgate.csharp.parser import parse
from certgate.csharp.runtime import TOO_DEEP, BudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.binder import Bound
    from certgate.csharp.bound import Function
    from certgate.csharp.cautions import Caution
    from certgate.csharp.diagnostic import Diagnostic
    from certgate.csharp.environment import Environment
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.trace import Explained, Trace


@frozen
class Unsupported:
    """Something in an expression that certgate does not simulate; offsets into its text."""

    message: str
    start: int
    end: int


class Expression:
    """A compiled expression. `text` is its whole text, `static_type` its C# type (None for a block)."""

    __slots__ = ("_cautions", "_explain", "_function", "_run", "static_type", "text")

    def __init__(self, text: str, function: Function, static_type: str | None) -> None:
        self.text = text
        self.static_type = static_type
        self._function = function
        self._run = compile_function(function)
        self._explain: Callable[[Evaluation], Explained | None] | None = None
        self._cautions: tuple[Caution, ...] | None = None

    def run(self, evaluation: Evaluation) -> Any:
        """The value. Raises ThrownException, UnsupportedReached, BudgetExceeded, and whatever `verify` raises."""
        return self._run(evaluation)

    def cautions(self) -> tuple[Caution, ...]:
        """The .NET members in it that gateways on .NET Framework have not got, in the order of the text."""
        if self._cautions is None:
            from certgate.csharp.cautions import newer_members

            self._cautions = newer_members(self._function, self.text)
        return self._cautions

    def explain(self, evaluation: Evaluation) -> Explained | None:
        """The value, or what was raised, and the tree of every sub-expression: one evaluation for all of it.

        None where noting the parts took it too deep; :meth:`run` may still come to an end. Raises whatever `verify`
        raises.
        """
        if self._explain is None:
            from certgate.csharp.tracing import tracing

            self._explain = tracing(self._function, self.text, self.static_type)
        return self._explain(evaluation)

    def trace(self, evaluation: Evaluation) -> Trace:
        """The tree alone. Raises BudgetExceeded where it is too deep to make, and whatever `verify` raises."""
        found = self.explain(evaluation)
        if found is None or found.trace is None:
            raise BudgetExceeded(TOO_DEEP)
        return found.trace


@frozen
class Compilation:
    """`expression` is None when there are diagnostics. `unsupported` may never be reached."""

    diagnostics: tuple[Diagnostic, ...]
    unsupported: tuple[Unsupported, ...]
    static_type: str | None
    expression: Expression | None

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What a gateway on an older .NET would not take; nothing where there are diagnostics."""
        return self.expression.cautions() if self.expression is not None else ()


def compile(text: str, environment: Environment, *, expected: str | None = None) -> Compilation:
    """Compile ``@(…)`` or ``@{…}``. `expected` is the C# type that the value has to convert to.

    ValueError where `text` begins with neither.
    """
    make_room()
    try:
        return _compile(text, environment, expected)
    except RecursionError:
        # The caller's own calls left too little room.
        return _made(text, _beyond(text))


def _compile(text: str, environment: Environment, expected: str | None) -> Compilation:
    if len(text) > MAX_LENGTH:
        return _made(text, _beyond(text))
    parsed = parse(text)
    if parsed.too_deep:
        return _made(text, _beyond(text))
    if parsed.diagnostics or parsed.node is None:
        return Compilation(parsed.diagnostics, (), None, None)
    return _made(text, bind(parsed.node, text, environment, expected))


def _beyond(text: str) -> Bound:
    return beyond(syntax.Expression(0, len(text)))


def _made(text: str, found: Bound) -> Compilation:
    unsupported = tuple(Unsupported(*one) for one in found.unsupported)
    static_type = found.type.full_name if found.type is not None else None
    if found.function is None:
        return Compilation(found.diagnostics, unsupported, static_type, None)
    return Compilation((), unsupported, static_type, Expression(text, found.function, static_type))
