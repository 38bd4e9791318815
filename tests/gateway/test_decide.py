"""What is not known is tried both ways; secrets are in no text."""

from __future__ import annotations

from collections.abc import Callable

from certgate.gateway.outcome import Decision, Outcome
from certgate.policy.named_values import NamedValue
from tests.gateway import authority

Ask = Callable[..., Outcome]

ROOT_LIST = authority.revocation_list(authority.ROOT)
ANSWER = '<return-response><set-status code="403" reason="No" /></return-response>'


def listed(number: int) -> authority.Certificate:
    return authority.client(f"Listed {number}", crl=f"http://pki.contoso.com/{number}.crl")


def gate(condition: str) -> str:
    return f'<choose><when condition="@({condition})">{ANSWER}</when></choose>'


def test_all_ways_agree(gateway: Ask) -> None:
    """A case that ends the same way whatever the answer is decided."""
    text = gate("context.Request.Certificate.Verify() || true")
    outcome = gateway(text, listed(1), trust=authority.store(ROOT_LIST))
    assert (outcome.decision, outcome.status, outcome.open) == (Decision.REJECTED, 403, None)


def test_two_unknown_certificates(gateway: Ask) -> None:
    """Each unknown answer is tried; the ways say under which answers."""
    trust = authority.store(ROOT_LIST, uploaded={"a": listed(2)})
    text = gate('!context.Request.Certificate.Verify() || !context.Deployment.Certificates["a"].Verify()')
    outcome = gateway(text, listed(1), trust=trust)
    assert outcome.open is not None
    assert [way.status for way in outcome.open.ways] == [200, 403, 403]
    assert outcome.open.ways[0].given == "CN=Listed 1, O=Contoso good; CN=Listed 2, O=Contoso good"
    assert outcome.open.wanted == ("http://pki.contoso.com/1.crl", "http://pki.contoso.com/2.crl")
    assert (outcome.status, outcome.reason, outcome.headers) == (None, None, outcome.headers)


def test_too_many_unknown_answers(gateway: Ask) -> None:
    """Of more than four unknown answers the case is undecided without trying them all."""
    trust = authority.store(ROOT_LIST, uploaded={str(number): listed(number) for number in range(6)})
    outcome = gateway(gate("context.Deployment.Certificates.All(c => c.Value.Verify())"), None, trust=trust)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open and "more than 4" in outcome.open.message


def test_the_same_question_is_one_question(gateway: Ask) -> None:
    """Verify() and validate-client-certificate ask the same of the same certificate."""
    text = gate("!context.Request.Certificate.Verify()") + "<validate-client-certificate />"
    outcome = gateway(text, listed(1), trust=authority.store(ROOT_LIST))
    assert outcome.open and len(outcome.open.ways) == 2


def test_secrets_are_masked_everywhere(gateway: Ask) -> None:
    """A secret named value that a policy puts into everything it sets is in no text of the outcome."""
    text = """<policies><inbound>
      <set-variable name="k" value="{{key}}" />
      <set-header name="Authorization"><value>{{key}}</value></set-header>
      <set-variable name="t" value='@("a{{key}}b" + context.Request.Method)' />
      <return-response><set-status code="403" reason="{{key}}" />
      <set-header name="X"><value>@("{{key}}")</value></set-header>
      <set-body>{{key}}</set-body></return-response></inbound></policies>"""
    outcome = gateway(text, None, named_values={"key": NamedValue("s3cr3t-value", secret=True)})
    assert outcome.status == 403
    assert outcome.reason == "***"
    assert outcome.headers["X"] == ("***",)
    assert "s3cr3t" not in repr(outcome)


def test_steps_hold_explain_trees(gateway: Ask) -> None:
    """Each evaluated expression has its value and its tree."""
    outcome = gateway(gate("context.Request.Certificate == null"), None)
    evaluated = outcome.steps[0].expressions[0]
    assert (evaluated.value, evaluated.place.line) == ("true", 1)
    assert evaluated.trace is not None
    assert evaluated.trace.children
    assert outcome.steps[0].effect == "when 1 of 1 matched"
