"""From runs to the outcome: where an answer is not known the run is repeated once for each possible answer.

SECURITY: unknown is never a pass. The case is decided only where every way ends in the same decision, status, reason.
"""

from __future__ import annotations

from datetime import timedelta, timezone
from itertools import islice, product
from typing import TYPE_CHECKING

from certgate.core.value import frozen, replace
from certgate.gateway.assumptions import ASSUMPTIONS
from certgate.gateway.certificates.chain_hints import settle
from certgate.gateway.certificates.verdicts import Verdicts
from certgate.gateway.hints import hints
from certgate.gateway.outcome import Decision, Open, Outcome, Way
from certgate.gateway.pipeline import execute, start
from certgate.gateway.redact import redacted
from certgate.gateway.session import Session
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from certgate.gateway.certificates.verdicts import Asked, Build
    from certgate.gateway.outcome import DecidedBy
    from certgate.gateway.policy_set import Policy
    from certgate.gateway.run import Run
    from certgate.gateway.situation import Situation
    from certgate.policy.named_values import NamedValues

_ELSEWHERE = (14, -12)
"""Hours from UTC of the zones farthest away."""

_SHOWN, _TYPED = "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ"

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

    @property
    def refreshed(self) -> Mapping[str, bool]:
        """Of which uploaded certificates the gateway had the new version, where that is not known."""
        return self.run.situation.refreshed


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
    found = _remembered(found, ways, session)
    return redacted(found, _mask(policy.named_values, ways)) if _secretive(policy, ways) else found


def _remembered(found: Outcome, ways: Sequence[_Ended], session: Session) -> Outcome:
    """The session taken on, and what the outcome owes to an earlier request that was undecided."""
    first = ways[0].run
    several = len(first.gateway.backend_response.answers) > 1
    if session.uncertain and any(each.run.session.used or (several and each.run.backend) for each in ways):
        uncertain = (*found.assumptions, ASSUMPTIONS["session-undecided"])
        found = replace(found, assumptions=tuple(sorted(uncertain, key=lambda each: each.id)))
    session.adopt(first.session)
    # Ways that end alike may still have counted and kept different things.
    parted = any(each.run.session.tables != first.session.tables for each in ways[1:])
    session.uncertain = session.uncertain or parted or found.decision is Decision.UNDECIDED
    return found


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


def _secretive(policy: Policy, ways: Sequence[_Ended]) -> bool:
    return any_secret(policy) or any(each.run.secrets.any_credential for each in ways)


def _mask(values: NamedValues, ways: Sequence[_Ended]) -> Callable[[str], str]:
    return values.redacting(text for each in ways for text in each.run.secrets.texts(values.redact))


def any_secret(policy: Policy) -> bool:
    values = policy.named_values
    return any(value is not None and value.secret for value in map(values.get, values))


def _ways(policy: Policy, situation: Situation, build: Build, session: Session) -> list[_Ended]:
    """All runs, the one with the new version of every certificate and every answer *good* first."""
    renewed = situation.refreshing
    if not renewed:
        return _runs(policy, situation, build, session)
    ended = _runs(policy, replace(situation, refreshed=dict.fromkeys(renewed, True)), build, session)
    if not any(each.run.uploaded_read for each in ended):
        return ended
    if len(renewed) > MAX_UNKNOWN:
        return [_too_many(ended[0], ended[0].run.uploaded_at, _VERSIONS)]
    for versions in islice(product((True, False), repeat=len(renewed)), 1, None):
        other = replace(situation, refreshed=dict(zip(renewed, versions, strict=True)), tracing=False)
        ended += _runs(policy, other, build, session)
    return ended


def _runs(policy: Policy, situation: Situation, build: Build, session: Session) -> list[_Ended]:
    """A run for each answer to the open questions. Each shows which questions its own answers lead to."""
    ended: list[_Ended] = []
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        given = waiting.pop(0)
        verdicts = Verdicts(build, Revocation(situation.gateway.revocation), given)
        run = start(situation, verdicts, session.fork())
        ended.append(_Ended(run, execute(policy.effective, run)))
        if len(verdicts.asked) > MAX_UNKNOWN:
            return [_too_many(ended[0], run.open_at[-1], _ANSWERS)]
        waiting += verdicts.others
    return ended


_ANSWERS = f"more than {MAX_UNKNOWN} answers of certificate checks are not known"
_VERSIONS = f"of more than {MAX_UNKNOWN} uploaded certificates nobody knows which version the gateway has"


def _too_many(first: _Ended, by: DecidedBy | None, message: str) -> _Ended:
    question = Open(message, by.place if by else None, _wanted([first]), _settle(first))
    return _Ended(first.run, _undecided(first.outcome, by, question))


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
    shown = [Way(_given(each), each.outcome.decision, each.outcome.status, each.outcome.reason) for each in ways]
    if len({_end(each.outcome) for each in ways if each.refreshed == first.refreshed}) == 1:
        return _undecided(first.outcome, first.run.uploaded_at, _renewed(first, tuple(shown)))
    asked, by = first.asked[0], first.run.open_at[0]
    element = by.element if by.element == "validate-client-certificate" else None
    question = Open(asked.needs(element), by.place, _wanted(ways), _settle(first), tuple(shown))
    return _undecided(first.outcome, by, question)


def _renewed(first: _Ended, ways: tuple[Way, ...]) -> Open:
    """The answer depends on which version of an uploaded certificate the gateway has."""
    names = [name for name, _ in first.run.situation.rotated if name in first.refreshed]
    rotations = [first.run.gateway.trust.rotations[name] for name in names]
    times = ", ".join(f"{name} at {each.at:{_SHOWN}} UTC" for name, each in zip(names, rotations, strict=True))
    before = min(each.at for each in rotations) - timedelta(seconds=1)
    after = max(each.refreshed for each in rotations)
    by = first.run.uploaded_at
    return Open(
        f"it depends on whether the gateway has the new version yet ({times}); it may take four hours",
        by.place if by else None,
        settle=(f"--at {before:{_TYPED}}", f"--at {after:{_TYPED}}"),
        ways=ways,
    )


def _undecided(outcome: Outcome, by: DecidedBy | None, question: Open | None) -> Outcome:
    return replace(
        outcome, decision=Decision.UNDECIDED, status=None, reason=None, decided_by=by, last_error=None, open=question
    )


def _given(ended: _Ended) -> str:
    """Under which answers this run ended as it did."""
    versions = _versions(ended.refreshed)
    if versions and not ended.asked:
        return versions
    return f"{versions}, {_answers(ended)}" if versions else _answers(ended)


def _versions(refreshed: Mapping[str, bool]) -> str:
    """Which versions of renewed certificates the gateway had."""
    said = {True: "after refresh", False: "before refresh"}
    if len(refreshed) == 1:
        return said[next(iter(refreshed.values()))]
    return ", ".join(f"{name} {said[each]}" for name, each in refreshed.items())


def _answers(ended: _Ended) -> str:
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
    own = ended.run.gateway.authorities.own
    return tuple(dict.fromkeys(option for asked in ended.asked for option in settle(asked.verdict, own=own)))
