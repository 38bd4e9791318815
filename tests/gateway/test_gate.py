"""Policies around the gate: what waits for the answer, loops, callers, texts that must not be shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.gateway import run as runs
from certgate.gateway.arriving.callers import parse
from certgate.gateway.arriving.cross_origin import site
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.sending.backend import BackendAnswer, BackendAnswers
from certgate.policy.named_values import NamedValue

Ask = Callable[..., Outcome]

OPEN = "<cors><allowed-origins><origin>*</origin></allowed-origins></cors>"
FOREIGN = Request(headers={"Origin": "https://app.example"})


def test_headers_that_wait_for_the_answer_are_on_every_answer(gateway: Ask) -> None:
    """The backend's, a policy's, a built-in one, and one that on-error made."""
    allowed = ("*",)
    own = BackendAnswers((BackendAnswer(headers={"access-control-allow-origin": ("https://own.example",)}),))
    refused = '<check-header name="X" failed-check-httpcode="403" failed-check-error-message="x" ignore-case="true" />'
    on_error = f"<policies><inbound>{OPEN}{refused}</inbound><on-error><return-response /></on-error></policies>"
    for policy in (OPEN, OPEN + "<return-response />", OPEN + refused, on_error):
        outcome = gateway(policy, request=FOREIGN, backend_response=own)
        assert outcome.headers["Access-Control-Allow-Origin"] == allowed
        assert sum(name.lower() == "access-control-allow-origin" for name in outcome.headers) == 1


def test_nothing_is_added_where_nobody_knows_the_answer(gateway: Ask) -> None:
    """An open outcome has no headers."""
    caller = '<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>'
    outcome = gateway(OPEN + caller, request=FOREIGN)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.headers == {}
    assert outcome.open and outcome.open.settle == ("--ip IP",)


def test_loops_end(gateway: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """SECURITY: a run has so many steps and no more, whatever stands in which loop."""
    monkeypatch.setattr(runs, "MAX_STEPS", 100)
    inner = '<trace source="x"><message>m</message></trace>'
    for _ in range(4):
        inner = f'<retry condition="true" count="50" interval="0">{inner}</retry>'
    outcome = gateway(inner)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open and "more than 100 policies" in outcome.open.message
    assert len(outcome.steps) <= 102


def test_retry_keeps_every_attempt_in_the_trace(gateway: Ask) -> None:
    """Each run of a policy inside leaves its step, with the values of that attempt."""
    policy = (
        '<set-variable name="n" value="@(0)" /><retry condition="@((int)context.Variables[&quot;n&quot;] &lt; 2)" '
        'count="5" interval="0"><set-variable name="n" value="@((int)context.Variables[&quot;n&quot;] + 1)" /></retry>'
    )
    outcome = gateway(policy)
    steps = [step for step in outcome.steps if step.path == "retry[1]/set-variable[1]"]
    assert [step.expressions[0].value for step in steps] == ["1", "2"]
    retry = next(step for step in outcome.steps if step.element == "retry")
    assert retry.effect == "runs its policies 2 times"


@pytest.mark.parametrize("length", [20, 150, 500])
def test_a_traced_secret_is_masked(gateway: Ask, length: int) -> None:
    """SECURITY: a message shows no part of a secret, as text or made by an expression, however long it is."""
    secret = "s3cret-" * (length // 7)
    policy = '<trace source="x"><message>a {{key}} b</message></trace>'
    made = '<trace source="x"><message>@("a " + "{{key}}".ToUpper() + " b")</message></trace>'
    read = Policy.parse(policy + made, named_values={"key": NamedValue(secret, secret=True)})
    shown = repr(gateway(read))
    assert "s3cret" not in shown
    assert "S3CRET" not in shown


def test_a_value_that_nobody_knows_is_not_compared(gateway: Ask) -> None:
    """SECURITY: a token that another service gives is neither allowed nor refused by check-header."""
    token = '<authentication-managed-identity resource="https://management.example/" />'
    check = (
        '<check-header name="Authorization" failed-check-httpcode="401" failed-check-error-message="x" '
        'ignore-case="false">{}</check-header>'
    )
    outcome = gateway(token + check.format("<value>Bearer x</value>"))
    assert outcome.decision is Decision.UNDECIDED
    assert gateway(token + check.format("")).decision is Decision.ACCEPTED


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("https://a.example", "https://a.example:443", True),
        ("http://a.example:80/", "HTTP://A.EXAMPLE", True),
        ("https://a.example", "http://a.example", False),
        ("https://a.example", "https://a.example:8443", False),
        ("https://a.example", "https://a.example.evil.example", False),
        ("https://[2001:db8::1]", "https://[2001:db8::1]:443/", True),
        ("null", "null", True),
        ("https://a.example:99999", "https://a.example", False),
        ("https://[", "https://a.example", False),
    ],
)
def test_sites(first: str, second: str, same: bool) -> None:
    """Scheme, host and port make an origin."""
    assert (site(first) == site(second)) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("10.0.0.0/8", None),
        ("", None),
        (None, None),
        ("gateway", None),
        ("256.0.0.1", None),
    ],
)
def test_addresses(text: str | None, expected: str | None) -> None:
    """An address is one address, in any of its forms."""
    found = parse(text)
    assert (None if found is None else str(found)) == expected


@pytest.mark.parametrize(
    ("callback", "status"),
    [("f", 200), ("$", 200), ("_a1", 200), ("ünï", 200), ("a.b", 400), ("1a", 400), ("f;alert(1)", 400), ("a b", 400)],
)
def test_callbacks(gateway: Ask, callback: str, status: int) -> None:
    """SECURITY: only an identifier becomes part of a script."""
    policy = '<policies><outbound><jsonp callback-parameter-name="cb" /></outbound></policies>'
    assert gateway(policy, request=Request(url=f"https://a.example/?cb={callback}")).status == status


def test_accents_of_header_values(gateway: Ask) -> None:
    """A letter with its accent is the same whether it is one character or two."""
    policy = (
        '<check-header name="X" failed-check-httpcode="403" failed-check-error-message="x" ignore-case="true">'
        "<value>Caf\u00e9</value></check-header>"
    )
    assert gateway(policy, request=Request(headers={"X": "CAFE\u0301"})).status == 200
    assert gateway(policy, request=Request(headers={"X": "CAFE"})).status == 403
