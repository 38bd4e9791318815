"""One expression by itself, as ``certgate eval`` answers it: a value, an exception, or why there is neither."""

from __future__ import annotations

from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.value import frozen, replace
from certgate.csharp.cautions import may_use_local_time
from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached, running
from certgate.csharp.trace import Explained
from certgate.gateway.certificates.verdicts import Verdicts
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.core.finding import Finding
    from certgate.csharp.cautions import Caution
    from certgate.csharp.diagnostic import Diagnostic
    from certgate.csharp.expression import Expression
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.trace import Trace
    from certgate.gateway.certificates.verdicts import Asked, Build
    from certgate.gateway.run import Run
    from certgate.gateway.situation import Situation

_MOST_RENEWED = 4
_VERSIONS = (
    "it depends on whether the gateway has the new version of an uploaded certificate yet: it may take four hours"
)

MOST_WAYS = 16
"""SECURITY: open questions double the runs; so many are made."""


@frozen
class Answer:
    """Exactly one of these is set, or none where the value is null: `value` (the C# value), `exception` with `message`,
    `diagnostics` (compile errors, or what the gateway refuses), `unsupported`, `undecided`.

    `type` is .NET's name of the value's type, None for null; `static_type` that of the expression, where it is a single
    one. `shown` is what the asker's `show` made of the value. `start` and `end` are the offsets of what threw or is
    unsupported, where that is known.
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
    shown: Any = None
    start: int | None = None
    end: int | None = None
    cautions: tuple[Caution, ...] = ()
    """.NET members in the expression that not every gateway has."""
    notes: tuple[str, ...] = ()
    """What else the answer rests on: simulator defaults, lists that no gateway reads, its time zone."""
    wanted: tuple[str, ...] = ()
    """Addresses whose answers would settle what is undecided."""
    settle: tuple[str, ...] = ()
    """Options, ready to type, that would settle it."""


class ExpressionError(InputError):
    """An expression that has no value: it threw, does not compile, is refused, or nobody knows.

    `code` is ``exception``, the compile error's, ``not-allowed``, ``unsupported`` or ``undecided``; `exception` the
    name of the .NET exception, where there is one.
    """

    def __init__(self, problems: Sequence[Finding], exception: str | None = None) -> None:
        first = problems[0]
        super().__init__(first.message, code=first.code, place=first.place, hint=first.hint, problems=problems)
        self.exception = exception


class Evaluator:
    """Answers expressions in one situation, each in a fresh context: bodies unread, variables as they were given.

    `show` is applied to every value while its evaluation's budget is charged: reading a lazy sequence runs its code.
    """

    def __init__(self, situation: Situation, build: Build, show: Callable[[Any], Any] | None = None) -> None:
        from certgate.gateway.context.context import environment

        self._situation = situation
        self._build = cache(build)
        self._show = show
        self._environment = environment(situation.gateway.unrestricted)

    def answer(self, text: str, *, trace: bool = False) -> Answer:
        """Compile and run `text`, with its ``@( )`` or ``@{ }``."""
        from certgate.csharp.expression import compile as compile_expression

        compilation = compile_expression(text, self._environment)
        expression = compilation.expression
        if expression is None:
            return Answer(diagnostics=tuple(compilation.diagnostics))
        situation = self._situation
        found = self._decided(expression, situation, trace=trace)
        cautions = expression.cautions()
        if self._depends_on_zone(text, expression, situation, found):
            note = f"the value depends on the gateway's time zone, here {situation.zone}"
            return replace(found, cautions=cautions, notes=(*found.notes, note))
        return replace(found, cautions=cautions) if cautions else found

    def _decided(self, expression: Expression, situation: Situation, *, trace: bool) -> Answer:
        """The answer with either version of an uploaded certificate that is being renewed, where both give one."""
        renewed = situation.refreshing[:_MOST_RENEWED]
        if not renewed:
            return self._answered(expression, situation, trace=trace)[0]
        new = replace(situation, refreshed=dict.fromkeys(renewed, True))
        first, read = self._answered(expression, new, trace=trace)
        if not read or first.undecided is not None:
            return first
        if len(renewed) < len(situation.refreshing):
            return Answer(static_type=first.static_type, undecided=_VERSIONS)
        for versions in islice(product((True, False), repeat=len(renewed)), 1, None):
            other = replace(situation, refreshed=dict(zip(renewed, versions, strict=True)))
            if not _same(first, self._answered(expression, other, trace=False)[0]):
                return Answer(static_type=first.static_type, undecided=_VERSIONS)
        return first

    def _answered(self, expression: Expression, situation: Situation, *, trace: bool) -> tuple[Answer, bool]:
        """The answer of one run, or of all ways together where certificate checks are open; and whether a run read the
        uploaded certificates."""
        read = False
        ends: list[Answer] = []
        asked: tuple[Asked, ...] = ()
        waiting: list[tuple[bool, ...]] = [()]
        while waiting and len(ends) < MOST_WAYS:
            given = waiting.pop(0)
            verdicts = Verdicts(self._build, Revocation(situation.gateway.revocation), given)
            end, reads = self._run(expression, situation, verdicts, trace=trace)
            ends.append(end)
            read = read or reads
            if ends[-1].undecided is not None:
                # SECURITY: what uses up its budget is not run once more for each other answer.
                return ends[-1], read
            asked = asked or verdicts.asked
            waiting += verdicts.others
        first = ends[0]
        if not waiting and all(_same(first, each) for each in ends[1:]):
            return first, read
        from certgate.gateway.certificates.chain_hints import settle

        own = situation.gateway.authorities.own
        open_ = Answer(
            static_type=first.static_type,
            undecided=asked[0].needs(),
            wanted=tuple(dict.fromkeys(url for each in asked for url in each.verdict.wanted)),
            settle=tuple(dict.fromkeys(option for each in asked for option in settle(each.verdict, own=own))),
        )
        return open_, read

    def _run(
        self, expression: Expression, situation: Situation, verdicts: Verdicts, *, trace: bool
    ) -> tuple[Answer, bool]:
        """The answer of one run, and whether it read the uploaded certificates."""
        from certgate.gateway.pipeline import start

        run = start(situation, verdicts)
        evaluation = run.evaluation()
        found = expression.explain(evaluation) if trace else _evaluated(expression, evaluation)
        if found is None:
            # Noting the parts took it too deep, where the ordinary code may still come to an end.
            run = start(situation, verdicts)
            evaluation = run.evaluation()
            found = _evaluated(expression, evaluation)
        return self._told(expression, run, evaluation, found), run.uploaded_read

    def _told(self, expression: Expression, run: Run, evaluation: Evaluation, found: Explained) -> Answer:
        """What came of one evaluation, for the asker."""
        from certgate.csharp.values import type_of

        static_type, tree, error, shown = expression.static_type, found.trace, found.error, None
        if error is None and self._show is not None:
            try:
                with running(evaluation.budget):
                    shown = self._show(found.value)
            except (ThrownException, UnsupportedReached, BudgetExceeded) as raised:
                error = raised
        match error:
            case ThrownException():
                return Answer(
                    static_type=static_type,
                    exception=error.type_name,
                    message=error.message,
                    trace=tree,
                    start=error.start,
                    end=error.end,
                    notes=_notes(run),
                )
            case UnsupportedReached():
                return Answer(
                    static_type=static_type, unsupported=error.message, trace=tree, start=error.start, end=error.end
                )
            case BudgetExceeded():
                return Answer(static_type=static_type, undecided=error.message, trace=tree)
        value = found.value
        try:
            kind = None if value is None else type_of(value).reflection_name
        except UnsupportedReached as unknown:
            return Answer(static_type=static_type, unsupported=unknown.message, trace=tree)
        return Answer(value, kind, static_type, trace=tree, shown=shown, notes=_notes(run))

    def _depends_on_zone(self, text: str, expression: Expression, situation: Situation, found: Answer) -> bool:
        """Whether the answer would be another one in another time zone; one that was asked for is no question."""
        is_open = found.unsupported is not None or found.undecided is not None
        if is_open or situation.gateway.timezone is not None or not may_use_local_time(text):
            return False
        from certgate.gateway.decide import zones

        elsewhere = (self._decided(expression, other, trace=False) for _, other in zones(situation))
        return not all(_same(found, each) for each in elsewhere)


def _evaluated(expression: Expression, evaluation: Evaluation) -> Explained:
    """The value, or what was raised, without a tree."""
    try:
        return Explained(expression.run(evaluation))
    except (ThrownException, UnsupportedReached, BudgetExceeded) as raised:
        return Explained(error=raised)


def _notes(run: Run) -> tuple[str, ...]:
    arrival = run.arrival
    absent = run.certificate_read and arrival.why and run.situation.certificate is not None
    why = (f"no certificate on the connection: {arrival.why}; {arrival.remedy}",) if absent else ()
    return (*(f"assumed: {each.text}" for each in run.assumptions), *why, *run.verdicts.notes)


def _same(first: Answer, other: Answer) -> bool:
    from certgate.csharp.values import equals

    kinds = [
        (each.type, each.exception, each.message, each.unsupported, each.undecided is None) for each in (first, other)
    ]
    if kinds[0] != kinds[1]:
        return False
    # Two lists are never equal in C#; where they hold the same, what is shown of them is.
    return equals(first.value, other.value) or (first.shown is not None and first.shown == other.shown)
