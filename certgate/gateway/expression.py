"""One expression by itself, as ``certgate eval`` answers it: a value, an exception, or why there is neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached
from certgate.gateway.verdicts import Verdicts
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from certgate.csharp.diagnostic import Diagnostic
    from certgate.csharp.trace import Trace
    from certgate.gateway.pipeline import Situation
    from certgate.gateway.verdicts import Build


@frozen
class Answer:
    """Exactly one of these is set, or none where the value is null: `value` (the C# value), `exception` with `message`,
    `diagnostics` (compile errors, or what the gateway refuses), `unsupported`, `undecided`.

    `type` is .NET's name of the value's type, None for null; `static_type` that of the expression, where it is a single
    one.
    """

    value: Any = None
    type: str | None = None
    static_type: str | None = None
    exception: str | None = None
    message: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    unsupported: str | None = None
    undecided: str | None = None
    trace: Trace | None = None


def answer(text: str, situation: Situation, build: Build, *, trace: bool = False) -> Answer:
    """Compile and run `text`, with its ``@( )`` or ``@{ }``."""
    from certgate.csharp import compile as compile_expression
    from certgate.gateway.context import environment

    compilation = compile_expression(text, environment(situation.gateway.unrestricted))
    if compilation.expression is None:
        return Answer(diagnostics=tuple(compilation.diagnostics))
    ends: list[Answer] = []
    waiting: list[tuple[bool, ...]] = [()]
    while waiting and len(ends) < 16:
        given = waiting.pop(0)
        verdicts = Verdicts(build, Revocation(situation.gateway.revocation), given)
        ends.append(_run(compilation.expression, compilation.static_type, situation, verdicts, trace=trace))
        answers = [asked.good for asked in verdicts.asked]
        waiting += [(*answers[:at], False) for at in range(len(given), len(answers))]
    first = ends[0]
    if all(_same(first, each) for each in ends[1:]):
        return first
    return Answer(static_type=first.static_type, undecided="Verify() needs to know whether the certificate is revoked")


def _same(first: Answer, other: Answer) -> bool:
    from certgate.csharp.values import equals

    same_error = (first.exception, first.message, first.unsupported) == (
        other.exception,
        other.message,
        other.unsupported,
    )
    return same_error and first.type == other.type and equals(first.value, other.value)


def _run(expression: Any, static_type: str | None, situation: Situation, verdicts: Verdicts, *, trace: bool) -> Answer:
    from certgate.csharp.values import type_of
    from certgate.gateway.pipeline import start

    evaluation = start(situation, verdicts).evaluation()
    tree = expression.trace(evaluation) if trace else None
    if trace:
        evaluation = start(situation, verdicts).evaluation()
    try:
        value = expression.run(evaluation)
    except ThrownException as thrown:
        return Answer(static_type=static_type, exception=thrown.type_name, message=thrown.message, trace=tree)
    except UnsupportedReached as stop:
        return Answer(static_type=static_type, unsupported=stop.message, trace=tree)
    except BudgetExceeded as stop:
        return Answer(static_type=static_type, undecided=stop.message, trace=tree)
    kind = None if value is None else type_of(value).reflection_name
    return Answer(value, kind, static_type, trace=tree)
