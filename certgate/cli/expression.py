"""What every way of asking for the value of an expression shares: what it is evaluated with, and its answer.

Knows secrets and named values; does not know where expressions come from (`eval`, `lines`, `prompt`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.finding import Severity
from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.core.finding import Finding
    from certgate.core.source import Text
    from certgate.core.world import World
    from certgate.gateway.exchange import Request
    from certgate.gateway.expression import Evaluator
    from certgate.gateway.settings import Gateway
    from certgate.pki.files.load import Certificates
    from certgate.policy.named_values import NamedValues
    from certgate.result import ExpressionCase


@frozen
class Situation:
    """All that expressions are evaluated with. SECURITY: its named values are in no ``repr``."""

    gateway: Gateway
    client: Certificates | None
    request: Request
    world: World
    named_values: NamedValues = field(repr=False)

    def evaluator(self, show: Callable[[Any], Any]) -> Evaluator:
        from certgate import api

        return api.evaluator(self.gateway, client=self.client, request=self.request, world=self.world, show=show)


def answered(text: Text, situation: Situation, evaluator: Evaluator, *, trace: bool) -> ExpressionCase:
    """The answer to one expression, secrets masked. Raises InputError where a named value cannot be filled in."""
    from certgate.gateway.typed import Typed
    from certgate.result import ExpressionCase

    typed = Typed(text, situation.named_values)
    if wrong := [note for note in typed.notes if note.severity is Severity.ERROR]:
        raise InputError.of(wrong)
    return ExpressionCase(typed, typed.shown(evaluator.answer(typed.text, trace=trace)))


def for_people(value: Any) -> tuple[str, str]:
    """A value as C# would write it, and the name of its type."""
    from certgate.csharp.spelling import written
    from certgate.csharp.values import type_of

    return written(value), "" if value is None else type_of(value).display


def problems(case: ExpressionCase) -> list[Finding]:
    """What C# or the gateway has against an expression, and what may be behind it."""
    return [*case.problems, *case.typed.suspicions()]
