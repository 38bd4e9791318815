"""Several requests to one gateway: what they share, and what each has of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import certgate
from certgate.core.errors import InputError, UsageError
from certgate.gateway.context.data import ContextData
from certgate.gateway.outcome import Decision, Outcome

WORLD = certgate.World(datetime(2026, 6, 1, tzinfo=UTC))
LIMIT = '<rate-limit-by-key calls="1" renewal-period="60" counter-key="all" />'
UNKNOWN = """
<choose><when condition="@(context.Request.Method == "POST")">
  <send-request mode="new" response-variable-name="r"><set-url>https://x.example/</set-url></send-request>
</when></choose>"""


def policy(inbound: str) -> certgate.Policy:
    return certgate.Policy.parse(
        f"<policies><inbound><base />{inbound}</inbound><backend><base /></backend>"
        "<outbound><base /></outbound><on-error><base /></on-error></policies>"
    )


def ask(given: certgate.Policy, session: certgate.Session | None = None, **request: Any) -> Outcome:
    gateway = certgate.Gateway(context=ContextData.parse(None, CONTEXT))
    return certgate.validate(None, given, gateway, request=certgate.Request(**request), world=WORLD, session=session)


CONTEXT = {
    "api": {"name": "orders", "path": "v1"},
    "product": {"name": "free"},
    "tracing": True,
    "request": {"headers": {"X-A": "below", "X-B": "below"}},
    "variables": {"a": "below", "b": "below"},
}
SHOWN = "<set-variable name='x' value='y' />"


def value(expression: str, **request: Any) -> str:
    """The text that an expression gives in a request."""
    text = (
        "<return-response><set-header name='X' exists-action='override'>"
        f"<value>@(({expression}).ToString())</value></set-header></return-response>"
    )
    return ask(policy(text), **request).headers["X"][0]


def test_requests_share_a_session_only_if_they_are_told_to() -> None:
    """Counters live in a session; without one each request is the first."""
    limited, session = policy(LIMIT), certgate.Session()
    assert [ask(limited).status, ask(limited).status] == [200, 200]
    assert [ask(limited, session).status, ask(limited, session).status] == [200, 429]
    assert ask(limited, session, at="+2h").status == 200


def test_what_an_undecided_request_leaves_is_an_assumption() -> None:
    """After an undecided request those that read counters rest on its good way; others do not."""
    session = certgate.Session()
    assert ask(policy(LIMIT + UNKNOWN), session, method="POST").decision is Decision.UNDECIDED
    assert "session-undecided" in [each.id for each in ask(policy(LIMIT), session).assumptions]
    assert "session-undecided" not in [each.id for each in ask(policy(SHOWN), session).assumptions]
    assert "session-undecided" not in [each.id for each in ask(policy(LIMIT), certgate.Session()).assumptions]


@pytest.mark.parametrize(
    ("context", "expression", "expected"),
    [
        ({}, "context.Product.Name", "free"),
        ({"product": {"id": "7"}}, "context.Product.Name + context.Product.Id", "free7"),
        ({"product": {"name": "gold"}}, "context.Product.Name", "gold"),
        ({"product": None}, 'context.Product == null ? "none" : "some"', "none"),
        ({"product": None}, "context.Api.Name", "orders"),
        ({"request": {"headers": {"x-a": "above"}}}, 'context.Request.Headers.GetValueOrDefault("X-A")', "above"),
        ({"request": {"headers": {"x-a": "above"}}}, 'context.Request.Headers.GetValueOrDefault("X-B")', "below"),
        ({"variables": {"A": "above"}}, 'context.Variables.GetValueOrDefault("a", "")', "below"),
        ({"variables": {"a": "above"}}, 'context.Variables.GetValueOrDefault("a", "")', "above"),
        ({"tracing": False}, "context.Tracing.ToString()", "False"),
        ({"api": {"path": "v2"}}, "context.Tracing.ToString()", "True"),
    ],
)
def test_the_context_of_a_request_is_laid_over_the_gateways(context: Any, expression: str, expected: str) -> None:
    """Members win one by one, null takes a part away, and the rest is as it was."""
    assert value(expression, context=context) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (None, "2026-06-01 00:00"),
        ("+90m", "2026-06-01 01:30"),
        ("2030-01-01T10:00+02:00", "2030-01-01 08:00"),
        (datetime(2031, 1, 1, tzinfo=UTC).replace(tzinfo=None), "2031-01-01 00:00"),
        (datetime(2031, 1, 1, 1, tzinfo=UTC), "2031-01-01 01:00"),
    ],
)
def test_a_request_has_a_moment_of_its_own(at: Any, expected: str) -> None:
    """Relative moments count from that of the world."""
    assert value('DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm")', at=at) == expected


def test_a_moment_or_a_context_that_is_none() -> None:
    """What is no moment is refused with the request, what is no context when it is asked for."""
    with pytest.raises(UsageError) as refused:
        certgate.Request(at="soon")
    assert refused.value.code == "time-invalid"
    with pytest.raises(InputError) as unread:
        ask(policy(""), context={"produkt": {}})
    assert unread.value.code == "context-invalid"
