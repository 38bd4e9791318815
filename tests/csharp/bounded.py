"""Runs an expression with small budgets in the context of a gateway, and says how it ended."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from certgate.csharp import BudgetExceeded, Limits, ThrownException, UnsupportedReached
from certgate.csharp.display import shown
from certgate.csharp.runtime import Budget
from certgate.gateway.certificates.verdicts import Verdicts
from certgate.gateway.exchange import Request
from certgate.gateway.pipeline import start
from certgate.gateway.settings import Gateway
from certgate.gateway.situation import Situation
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp import Compilation, Evaluation, Expression

SMALL = Limits(steps=100_000, items=300_000)


def no_verdict(*_: object) -> Any:
    raise AssertionError("no row asks for a verdict")


@cache
def situation(unrestricted: bool = True, ticks: Callable[[], float] | None = None) -> Situation:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    return Situation(Gateway(unrestricted=unrestricted), Request(body="{}"), None, now, UTC, ticks=ticks)


def evaluation(limits: Limits = SMALL) -> Evaluation:
    made = start(situation(), Verdicts(no_verdict, Revocation.NONE)).evaluation()
    made.budget = Budget(limits)
    return made


def outcome(compilation: Compilation) -> str:
    """``compile``, ``refused``, ``exceeded``, ``unsupported``, ``value``, or the type of an exception."""
    if compilation.expression is None:
        return compilation.diagnostics[0].kind
    return end(compilation.expression, evaluation())[0]


def end(expression: Expression, given: Evaluation) -> tuple[str, str]:
    """How one evaluation ended, and its value or what was said."""
    try:
        return "value", shown(expression.run(given))
    except ThrownException as error:
        return error.type_name, error.message
    except UnsupportedReached as error:
        return "unsupported", error.message
    except BudgetExceeded as error:
        assert error.message.startswith("expression exceeded ")
        return "exceeded", error.message
