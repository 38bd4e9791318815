"""Counters over the requests of a session: windows, what is not known, and what nothing may overflow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway import session as sessions
from certgate.gateway.context.data import ContextData
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.sending.backend import BackendAnswer, BackendAnswers
from certgate.gateway.session import Session
from certgate.gateway.settings import Gateway
from tests.gateway import authority


def asked(policy: str, *seconds: float, session: Session | None = None, **settings: Any) -> Iterator[Outcome]:
    """The outcomes of requests that come so many seconds after the first moment, with one session."""
    read, kept = Policy.parse(policy), session or Session()
    for after in seconds:
        world = World(authority.NOW + timedelta(seconds=after))
        yield api.validate(None, read, Gateway(**settings), request=Request(ip="10.0.0.1"), world=world, session=kept)


def statuses(policy: str, *seconds: float, **settings: Any) -> list[int | None]:
    return [outcome.status for outcome in asked(policy, *seconds, **settings)]


def by_key(calls: int, more: str = "", key: str = "k") -> str:
    return f'<rate-limit-by-key calls="{calls}" renewal-period="60" counter-key="{key}" {more} />'


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ((0, 0, 0), [200, 200, 429]),
        ((0, 30, 59.9), [200, 200, 429]),
        ((0, 30, 60), [200, 200, 200]),
        ((0, 30, 60, 89), [200, 200, 200, 429]),
        ((0, 30, 60, 90), [200, 200, 200, 200]),
        ((0, 1, 2, 3, 60), [200, 200, 429, 429, 200]),
    ],
)
def test_the_window_slides(seconds: tuple[float, ...], expected: list[int]) -> None:
    """Each call counts for the length of the window, and a refused one not at all."""
    assert statuses(by_key(2), *seconds) == expected


@pytest.mark.parametrize(("after", "wait"), [(0.0, "60"), (0.5, "60"), (59.2, "1"), (18.5, "42")])
def test_seconds_to_wait_are_whole(after: float, wait: str) -> None:
    """Rounded up: to come back earlier would be refused again."""
    last = list(asked(by_key(1), 0, after))[-1]
    assert last.headers["Retry-After"] == (wait,)


def test_one_counter_for_a_key() -> None:
    """Policies that name the same key share its counter, with windows and limits of their own."""
    assert statuses(by_key(3) + by_key(3), 0, 0) == [200, 429]
    assert statuses(by_key(1, key="a") + by_key(1, key="b"), 0) == [200]


def test_a_window_of_another_length_sees_what_it_spans() -> None:
    """A short window does not forget for a long one."""
    long = '<rate-limit-by-key calls="2" renewal-period="300" counter-key="k" increment-count="0" />'
    short = '<rate-limit-by-key calls="9" renewal-period="10" counter-key="k" />'
    assert statuses(long + short, 0, 100, 200) == [200, 200, 429]


@pytest.mark.parametrize("count", ["-1", "many", "@(-1)"])
def test_a_count_that_is_none(count: str) -> None:
    """What is counted with it nobody knows: neither in this request nor in the next one."""
    outcomes = list(asked(by_key(5, f'increment-count="{count}"'), 0, 0))
    assert outcomes[-1].decision is Decision.UNDECIDED


def test_an_increment_that_fails_leaves_the_counter_unknown() -> None:
    """The answer stands; what the counter holds afterwards nobody knows."""
    policy = by_key(5, 'increment-condition="@((bool)context.Variables[&quot;none&quot;])"')
    first, second = asked(policy, 0, 0)
    assert first.decision is Decision.ACCEPTED
    assert "failed" in first.steps[-1].effect or "not known" in first.steps[-1].effect
    assert second.decision is Decision.UNDECIDED
    assert second.open and "is used up" in second.open.message


def test_an_increment_of_an_error() -> None:
    """The answer that an increment looks at may be an error, or one that a policy made."""
    policy = by_key(1, 'increment-condition="@(context.Response.StatusCode == 403)"')
    refuses = '<return-response><set-status code="403" /></return-response>'
    assert statuses(policy + refuses, 0, 0) == [403, 429]
    fails = '<check-header name="X" failed-check-httpcode="403" failed-check-error-message="x" ignore-case="true" />'
    assert statuses(policy + fails, 0, 0) == [403, 429]


def test_too_many_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """SECURITY: policies choose the keys; where there is no room for another counter nobody passes by it."""
    monkeypatch.setattr(sessions, "MAX_ENTRIES", 1)
    for policy in (
        by_key(1, key="@(context.Request.IpAddress)"),
        '<quota-by-key calls="1" counter-key="x" renewal-period="300" />',
    ):
        kept = Session()
        family = "rate-limit" if policy.startswith("<rate") else "quota"
        kept.put(family, "other", ())
        assert next(asked(policy, 0, session=kept)).decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    ("start", "wait"),
    [("2026-03-01T12:00:00Z", None), ("0001-01-01T00:00:00Z", None), ("2100-01-01T00:00:00Z", None)],
)
def test_periods_of_any_start(start: str, wait: str | None) -> None:
    """Periods go back from their first start as well as forth; the wait is never longer than one."""
    policy = f'<quota-by-key calls="1" counter-key="k" renewal-period="300" first-period-start="{start}" />'
    first, second = asked(policy, 0, 0)
    assert (first.status, second.status) == (200, 403)
    assert 0 < int(second.headers["Retry-After"][0]) <= 300


def test_bandwidth_of_the_answer() -> None:
    """What is counted is what was sent; the limit is met by the next call."""
    policy = '<quota-by-key bandwidth="2" counter-key="k" renewal-period="0" />'
    answers = BackendAnswers((BackendAnswer(body=b"y" * 1024),))
    assert statuses(policy, 0, 0, 0, backend_response=answers) == [200, 200, 403]


def test_calls_without_a_subscription_are_not_counted() -> None:
    """rate-limit and quota count subscriptions; a context that has one makes them work."""
    policy = '<rate-limit calls="1" renewal-period="60" />'
    assert statuses(policy, 0, 0) == [200, 200]
    assert statuses(policy, 0, 0, context=ContextData(subscription={"id": "a"})) == [200, 429]


def test_a_way_counts_for_itself() -> None:
    """Runs that are made again for another answer to an open question start from the same counters."""
    refused = '<return-response><set-status code="403" /></return-response>'
    check = f"<choose><when condition='@(!context.Request.Certificate.Verify())'>{refused}</when></choose>"
    read, kept, gateway = (
        Policy.parse(by_key(2) + check),
        Session(),
        Gateway(trust=authority.store(authority.revocation_list(authority.ROOT))),
    )
    client = authority.client(crl="http://pki.contoso.com/1.crl")
    outcomes = [api.validate(client, read, gateway, world=World(authority.NOW), session=kept) for _ in range(3)]
    assert [outcome.decision for outcome in outcomes] == [Decision.UNDECIDED, Decision.UNDECIDED, Decision.REJECTED]
    assert outcomes[-1].status == 429
