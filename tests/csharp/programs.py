"""Runs a C# expression without a context, for the tests of the language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from certgate.csharp import Environment, Evaluation, Limits, compile

if TYPE_CHECKING:
    from certgate.csharp import Trace

NOW = datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)
OPEN = Environment(unrestricted=True)


def evaluation(**limits: Any) -> Evaluation:
    return Evaluation({}, NOW, UTC, limits=Limits(**limits))


def value(text: str, **limits: Any) -> Any:
    """The value of an expression that compiles."""
    compilation = compile(text, OPEN)
    assert compilation.expression is not None, compilation.diagnostics
    return compilation.expression.run(evaluation(**limits))


def trace(text: str) -> Trace:
    """The explain tree of an expression that compiles."""
    compilation = compile(text, OPEN)
    assert compilation.expression is not None, compilation.diagnostics
    return compilation.expression.trace(evaluation())


def errors(text: str, expected: str | None = None) -> list[tuple[str, int]]:
    """Codes and offsets of the compile errors."""
    return [(one.code, one.start) for one in compile(text, OPEN, expected=expected).diagnostics]
