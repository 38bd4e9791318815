"""The open questions of fact sheet §12: each is a switch, or an assumption that is shown when it took part."""

from __future__ import annotations

import json
from typing import Any

import pytest

from certgate.core.errors import InputError
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority
from tests.gateway.gateway_runs import ask

CLIENT = authority.client(serial=0x0ABC)
DEFAULT_HOST = Request(url="https://contoso.azure-api.net/")
NO_REVOCATION = 'validate-revocation="false"'
REVOKED = authority.store(authority.revocation_list(authority.ISSUER, 0x0ABC))


def check(attributes: str = NO_REVOCATION, identity: str = "") -> str:
    inner = f"<identities><identity {identity} /></identities>" if identity else ""
    return f"<validate-client-certificate {attributes}>{inner}</validate-client-certificate>"


READ = """<choose><when condition="@(context.Request.Certificate == null)"><return-response>
  <set-status code="403" reason="No" /></return-response></when></choose>"""

QUESTIONS: list[tuple[str, str, str, Any, dict[str, Any], int]] = [
    ("U1", "revocation-reason", check(""), CLIENT, {"trust": REVOKED}, 401),
    ("U2", "messages", check(), authority.expired(), {}, 401),
    ("U2", "messages", check(), None, {}, 401),
    ("U3", "identity-dn", check(identity='subject="o=contoso, cn=valid client"'), CLIENT, {}, 200),
    ("U4", "identity-thumbprint", check(identity=f'thumbprint="{CLIENT.thumbprint.lower()}"'), CLIENT, {}, 200),
    (
        "U4",
        "identity-issuer-thumbprint",
        check(identity=f'issuer-thumbprint="{authority.issuing().thumbprint}"'),
        CLIENT,
        {},
        200,
    ),
    ("U5", "identity-serial-number", check(identity='serial-number="abc"'), CLIENT, {}, 200),
    ("U6", "revocation-without-trust", check('validate-trust="false"'), CLIENT, {"trust": authority.store()}, 401),
    ("U6", "revocation-unknown", check(""), CLIENT, {"trust": authority.store()}, 401),
    ("U7", "ignore-error", check('ignore-error="true"'), None, {}, 200),
    ("U8", "default-host", READ, CLIENT, {"negotiate": False, "request": DEFAULT_HOST}, 403),
    (
        "U8",
        "default-host-asks",
        READ,
        CLIENT,
        {"negotiate": False, "request": DEFAULT_HOST, "default_host_negotiates": True},
        200,
    ),
    ("U9", "consumption-no-certificate", READ, None, {"tier": "consumption"}, 403),
    ("U10", "own-authorities", check(), CLIENT, {"tier": "premiumv2"}, 401),
    ("U11", "handshake-intermediates", check(), CLIENT, {"trust": "roots", "extra": (authority.issuing(),)}, 200),
    ("U15", "body-format", check(), None, {}, 401),
    ("U16", "issuer-expired", check('validate-revocation="false" validate-not-after="false"'), "late", {}, 401),
    ("U17", "identity-expression", check(identity='subject="@(context.Variables.Count.ToString())"'), CLIENT, {}, 401),
]
"""Question, the assumption that answers it, a policy, a client, settings, the status."""


def late_issuer() -> tuple[Certificate, dict[str, Any]]:
    """A client whose issuer has expired."""
    issuer = authority.certificate("Late CA", authority.ROOT, authority=True, ends=authority.NOW)
    store = TrustStore(roots=[authority.root()], intermediates=[issuer])
    return authority.certificate("Of Late CA", "Late CA"), {"trust": store}


def asked(policy: str, client: Any, settings: dict[str, Any]) -> Outcome:
    if client == "late":
        client, settings = late_issuer()
    if settings.get("trust") == "roots":
        settings = {**settings, "trust": TrustStore(roots=[authority.root()])}
    return ask(policy, client, **settings)


@pytest.mark.parametrize(
    ("question", "assumption", "policy", "client", "settings", "status"), QUESTIONS, ids=lambda each: str(each)[:30]
)
def test_assumptions(
    question: str, assumption: str, policy: str, client: Any, settings: dict[str, Any], status: int
) -> None:
    """The answer is the best guess of the fact sheet, and the report names the assumption with its source."""
    outcome = asked(policy, client, settings)
    assert outcome.status == status
    found = {each.id: each for each in outcome.assumptions}
    assert assumption in found
    assert found[assumption].source.startswith("§")


def test_assumptions_are_not_shown_where_they_took_no_part() -> None:
    """A plain acceptance rests on none of them."""
    shown = {each.id for each in ask(check(), CLIENT).assumptions}
    assert shown.isdisjoint({assumption for _, assumption, *_ in QUESTIONS})


def test_u12_ids_are_case_sensitive() -> None:
    """The wrong case throws, and a hint names the id that there is."""
    value = 'context.Deployment.Certificates["Partner-A"].Subject'
    text = f"<return-response><set-body>@({value})</set-body></return-response>"
    outcome = ask(text, CLIENT, trust=authority.store(uploaded={"partner-a": CLIENT}))
    assert outcome.status == 500
    assert any("'partner-a', not 'Partner-A': case counts" in hint for hint in outcome.hints)


def test_u13_the_step_of_the_element() -> None:
    """Whatever its entry in a real trace is, here the step says reason and cause."""
    outcome = ask(check(), None)
    assert outcome.steps[0].element == "validate-client-certificate"
    assert outcome.steps[0].effect.startswith("ClientCertificateNotFound: ")


@pytest.mark.parametrize("count", [0, 11])
def test_u14_at_most_ten_identities(count: int) -> None:
    """None at all, and more than ten, are refused when the policy is saved."""
    with pytest.raises(InputError):
        Policy.parse(
            "<validate-client-certificate><identities>"
            + '<identity thumbprint="A" />' * count
            + "</identities></validate-client-certificate>"
        )


def test_u15_the_body_is_json() -> None:
    """Its content is certain; an answer that on-error makes rests on no such assumption."""
    assert json.loads(ask(check(), None).body) == {"statusCode": 401, "message": "Client certificate missing"}
    own = f"""<policies><inbound><base />{check()}</inbound><on-error><base />
      <return-response><set-status code="403" reason="Mine" /></return-response></on-error></policies>"""
    assert "body-format" not in {each.id for each in ask(own, None).assumptions}


def test_all_questions_are_asked() -> None:
    """None of U1 to U17 is left out."""
    here = {question for question, *_ in QUESTIONS} | {"U12", "U13", "U14"}
    assert here == {f"U{number}" for number in range(1, 18)}
