"""What the evaluation of one expression comes to: a value to show, a failure of its policy, or nothing known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.grounds import focus
from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached
from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.outcome import Open

if TYPE_CHECKING:
    from certgate.core.source import Place
    from certgate.csharp import Expression as CompiledExpression
    from certgate.csharp.trace import Trace
    from certgate.policy.document import Element, Expression

EXPRESSION_FAILURE = "ExpressionValueEvaluationFailure"
SERVER_ERROR = "Internal server error"


def compiled(expression: Expression) -> CompiledExpression:
    """What runs it. Raises UnsupportedReached where there is nothing that could."""
    if expression.compiled is None:
        raise UnsupportedReached("an expression that was not compiled")
    return expression.compiled


def focus_of(expression: Expression, trace: Trace | None) -> Place | None:
    """The place of what the value rests on."""
    if trace is None:
        return None
    found = focus(trace)
    return expression.place(found.start, found.end)


def displayed(value: Any) -> str:
    """A value as C# would write it, or why it cannot be shown."""
    from certgate.csharp.display import shown

    return shown(value)


def failed(element: Element, holder: Element, thrown: ThrownException) -> Failed:
    """Fact sheet §6.4: 500, the exception's text in the message, the policy as source."""
    return Failed(
        element,
        status=500,
        reason=EXPRESSION_FAILURE,
        message=f"Expression evaluation failed. {thrown.message}",
        body_message=SERVER_ERROR,
        activity=True,
        holder=holder if holder.name == "when" else None,
    )


def unknown(
    element: Element, expression: Expression, stop: UnsupportedReached | BudgetExceeded, *, withheld: bool
) -> Undecided:
    """Nobody knows the value. `withheld`: what is missing is not named."""
    place, message = expression.place(), stop.message
    if isinstance(stop, UnsupportedReached):
        if stop.start is not None:
            place = expression.place(stop.start, stop.end)
        if withheld:
            # SECURITY: the message may quote a piece of the secret value.
            message = (
                "certgate has not got a part of this expression; which, is withheld, since it holds a secret value"
            )
    return Undecided(element, Open(message, place))
