"""From runs to the outcome: where an answer is not known the run is repeated once for each possible answer.

SECURITY: unknown is never a pass. The case is decided only where every way ends in the same decision, status, reason.
"""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from certgate.core.value import frozen, replace
from certgate.gateway.assumptions import ASSUMPTIONS
from certgate.gateway.chain_hints import settle
from certgate.gateway.hints import hints
from certgate.gateway.outcome import Decision, Open, Outcome, Way
from certgate.gateway.pipeline import execute, start
from certgate.gateway.redact import redacted
from certgate.gateway.session import Session
from certgate.gateway.verdicts import Verdicts
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from certgate.gateway.outcome import DecidedBy
    from certgate.gateway.policy_set import Policy
    from certgate.gateway.run import Run
    from certgate.gateway.situation import Situation
    from certgate.gateway.verdicts import Asked, Build
    from certgate.policy.named_values import NamedValues

_ELSEWHERE = (14, -12)
"""Hours from UTC of the zones farthest away."""

MAX_UNKNOWN = 4
"""More open questions than this leave a case undecided."""


@frozen
class _Ended:
    """One run, its outcome, and the open questions it was given answers to."""

    run: Run
    outcome: Outcome

    @property
    def asked(self) -> tuple[Asked, ...]:
        return self.run.verdicts.asked


def outcome(policy: Policy, situation: Situation, build: Build, session: Session | None = None) -> Outcome:
    """The outcome of one request: of one run, or of all ways together.

    The `session` is taken on as the run leaves it in which every open question is answered *good*.
    """
    session = session or Session()
    ways = _ways(policy, situation, build, session)
    first = ways[0]
    found = _decided(ways)
    found = replace(found, hints=hints(found, first.run))
    if any(each.run.local_time for each in ways) and situation.gateway.timezone is None:
        for hours, elsewhere in zones(situation):
            others = _ways(policy, replace(elsewhere, tracing=False), build, session)
            # SECURITY: what is told of the answer elsewhere is masked by what is secret there.
            ways += others
            if _end(other := _decided(others)) != _end(found):
                found = _with_zone(found, hours, other)
                break
    session.adopt(first.run.session)
    return redacted(found, _mask(policy.named_values, ways)) if any_secret(policy) else found


def zones(situation: Situation) -> Iterator[tuple[int, Situation]]:
    """The same situation in the zones farthest from UTC, with their hours."""
    for hours in _ELSEWHERE:
        yield hours, replace(situation, zone=timezone(timedelta(hours=hours)))


def _decided(ways: Sequence[_Ended]) -> Outcome:
    return ways[0].outcome if len(ways) == 1 else _together(ways)


def _with_zone(found: Outcome, hours: int, other: Outcome) -> Outcome:
    """Say that the answer is another one that many hours away."""
    answer = f"{other.status} {other.reason}" if other.status is not None else "undecided"
    side = "ahead" if hours > 0 else "behind"
    text = f"The gateway's local time is UTC; {abs(hours)} hours {side} the answer is {answer}."
    zone = replace(ASSUMPTIONS["gateway-zone"], text=text)
    return replace(found, assumptions=tuple(sorted((*found.assumptions, zone), key=lambda each: each.id)))


def _end(outcome: Outcome) -> tuple[Decision, int | None, str | None]:
    return outcome.decision, outcome.status, outcome.reason


def _mask(values: NamedValues, ways: Sequence[_Ended]) -> Callable[[str], str]:
    return values.redacting(text for each in ways for text in each.run.secrets.texts(values.redact))


def any_secret(policy: Policy) -> bool:
    values = policy.named_values
    return any(value is not None and value.secret for value in map(values.get, values))


def _ways(policy: Policy, situation: Situation, build: Build, session: Session) -> list[_Ended]:
    """All runs, the one with every answer *good* first. Each run shows which questions its own answers lead to."""
    ended: list[_Ended] = []
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        given = waiting.pop(0)
        verdicts = Verdicts(build, Revocation(situation.gateway.revocation), given)
        run = start(situation, verdicts, session.fork())
        ended.append(_Ended(run, execute(policy.effective, run)))
        if len(verdicts.asked) > MAX_UNKNOWN:
            return [_too_many(ended[0], run)]
        waiting += verdicts.others
    return ended


def _too_many(first: _Ended, run: Run) -> _Ended:
    message = f"more than {MAX_UNKNOWN} answers of certificate checks are not known"
    by = run.open_at[-1]
    return _Ended(first.run, _undecided(first.outcome, by, Open(message, by.place, _wanted([first]), _settle(first))))


def _together(ways: Sequence[_Ended]) -> Outcome:
    first = ways[0]
    unknown = [each for each in ways if each.outcome.decision is Decision.UNDECIDED]
    if unknown:
        return _undecided(first.outcome, unknown[0].outcome.decided_by, unknown[0].outcome.open)
    ends = {_end(each.outcome) for each in ways}
    if len(ends) == 1:
        # What the other ways rest on takes part too: without it they might have ended otherwise.
        assumptions = {assumption.id: assumption for each in reversed(ways) for assumption in each.outcome.assumptions}
        return replace(first.outcome, assumptions=tuple(sorted(assumptions.values(), key=lambda each: each.id)))
    asked, by = first.asked[0], first.run.open_at[0]
    shown = [Way(_given(each), each.outcome.decision, each.outcome.status, each.outcome.reason) for each in ways]
    element = by.element if by.element == "validate-client-certificate" else None
    question = Open(asked.needs(element), by.place, _wanted(ways), _settle(first), tuple(shown))
    return _undecided(first.outcome, by, question)


def _undecided(outcome: Outcome, by: DecidedBy | None, question: Open | None) -> Outcome:
    return replace(
        outcome, decision=Decision.UNDECIDED, status=None, reason=None, decided_by=by, last_error=None, open=question
    )


def _given(ended: _Ended) -> str:
    """Under which answers this run ended as it did."""
    certificates = {asked.question.certificate for asked in ended.asked}
    if len(certificates) > 1:
        return "; ".join(f"{asked.question.certificate.subject} {_answer(asked)}" for asked in ended.asked)
    if all(asked.good for asked in ended.asked):
        return "good"
    # Trust and revocation of one certificate: that it is trusted is said where it is revoked all the same.
    return ", but ".join(
        "trusted" if asked.good else _answer(asked, trusted=at > 0) for at, asked in enumerate(ended.asked)
    )


def _answer(asked: Asked, *, trusted: bool = False) -> str:
    """The answer that a run was given to one question; `trusted` says that there is no doubt of the chain."""
    if asked.good:
        return "good"
    return "not trusted" if asked.issuer_missing and not trusted else "revoked or unknown"


def _wanted(ways: Sequence[_Ended]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(url for each in ways for asked in each.asked for url in asked.verdict.wanted))


def _settle(ended: _Ended) -> tuple[str, ...]:
    """Options, ready to type, that would answer the open questions."""
    return tuple(dict.fromkeys(option for asked in ended.asked for option in settle(asked.verdict)))
