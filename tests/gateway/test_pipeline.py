"""Sections, on-error, built-in answers and the rules of the decision."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest

from certgate.core.source import Source
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.sending.backend import BackendAnswers
from tests.gateway import authority

Ask = Callable[..., Outcome]

RETURN = '<return-response><set-status code="{}" {}/></return-response>'
FAIL = "<validate-client-certificate />"
"""Fails for a client without certificate: 401."""
THROW = '<set-variable name="x" value="@(context.Request.Certificate.Subject)" />'
"""Throws for a client without certificate: 500."""


def policy(inbound: str = "", backend: str = "<base />", outbound: str = "", on_error: str = "") -> str:
    return (
        f"<policies><inbound>{inbound}</inbound><backend>{backend}</backend><outbound>{outbound}</outbound>"
        f"<on-error>{on_error}</on-error></policies>"
    )


def answers(*rows: dict[str, object]) -> BackendAnswers:
    return BackendAnswers.parse(Source("answers.json", json.dumps(list(rows)).encode()))


def by(outcome: Outcome) -> str | None:
    return outcome.decided_by.element if outcome.decided_by else None


def test_nothing_stops_the_request(gateway: Ask) -> None:
    """The request reaches the backend and its answer goes through."""
    outcome = gateway(policy())
    assert (outcome.decision, outcome.status, outcome.reason, by(outcome)) == (Decision.ACCEPTED, 200, "OK", None)
    assert outcome.backend is not None
    assert outcome.backend.url == "https://backend.invalid/"
    assert outcome.backend.attempts == 1


def test_nothing_forwards(gateway: Ask) -> None:
    """Without forward-request the answer is 200 with an empty body, accepted, and no backend."""
    outcome = gateway(policy(backend=""))
    assert (outcome.decision, outcome.status, outcome.body, outcome.backend) == (Decision.ACCEPTED, 200, "", None)


@pytest.mark.parametrize(
    ("status", "decision"), [(200, Decision.ACCEPTED), (302, Decision.ACCEPTED), (403, Decision.REJECTED)]
)
@pytest.mark.parametrize("section", ["inbound", "backend", "outbound"])
def test_a_policy_answers(gateway: Ask, section: str, status: int, decision: Decision) -> None:
    """return-response below 400 accepts, from 400 on rejects; it decides, and nothing after it runs."""
    outcome = gateway(policy(**{section: RETURN.format(status, 'reason="As I say"')}))
    assert (outcome.decision, outcome.status, outcome.reason) == (decision, status, "As I say")
    assert by(outcome) == "return-response"
    assert outcome.last_error is None
    assert (outcome.backend is not None) is (section == "outbound")


def test_nothing_runs_after_an_answer(gateway: Ask) -> None:
    """Neither later policies nor outbound nor on-error."""
    outcome = gateway(policy(RETURN.format(204, "") + FAIL, outbound=FAIL_OUT, on_error=RETURN.format(500, "")))
    assert (outcome.status, [step.element for step in outcome.steps]) == (204, ["return-response", "set-status"])


FAIL_OUT = '<set-header name="X-Late"><value>1</value></set-header>'


@pytest.mark.parametrize(
    ("status", "phrase"), [(403, "Forbidden"), (422, "Unprocessable Entity"), (299, ""), (599, ""), (418, "")]
)
def test_standard_phrases(gateway: Ask, status: int, phrase: str) -> None:
    """Without a reason the phrase is the standard one, or none."""
    outcome = gateway(policy(RETURN.format(status, "")))
    assert outcome.reason == phrase
    assert "status-reason" in {each.id for each in outcome.assumptions}


def test_backend_error_goes_through(gateway: Ask) -> None:
    """An error status of the backend is the backend's: accepted."""
    outcome = gateway(policy(), backend_response=answers({"status": 503, "reason": "Busy"}))
    assert (outcome.decision, outcome.status, outcome.reason, by(outcome)) == (Decision.ACCEPTED, 503, "Busy", None)


def test_outbound_status_is_no_rejection(gateway: Ask) -> None:
    """Where outbound only sets a status the backend has answered."""
    outcome = gateway(policy(outbound='<set-status code="403" reason="No" />'))
    assert (outcome.decision, outcome.status, outcome.reason, by(outcome)) == (Decision.ACCEPTED, 403, "No", None)


def test_outbound_failure_is_a_rejection(gateway: Ask) -> None:
    """An exception in outbound rejects, although the backend was reached."""
    outcome = gateway(policy(outbound=THROW))
    assert (outcome.decision, outcome.status, by(outcome)) == (Decision.REJECTED, 500, "set-variable")
    assert outcome.backend is not None
    assert outcome.last_error and outcome.last_error.section == "outbound"


@pytest.mark.parametrize(("error", "reason"), [("timeout", "Timeout"), ("connection", "BackendConnectionFailure")])
def test_backend_without_answer(gateway: Ask, error: str, reason: str) -> None:
    """No answer at all is an error of forward-request."""
    outcome = gateway(policy(), backend_response=answers({"error": error}))
    assert (outcome.decision, outcome.status, by(outcome)) == (Decision.REJECTED, 500, "forward-request")
    assert outcome.last_error and (outcome.last_error.reason, outcome.last_error.section) == (reason, "backend")
    assert outcome.backend is not None


def test_on_error_adds_headers(gateway: Ask) -> None:
    """Headers set in on-error come with the built-in answer; the failing policy still decides."""
    header = '<set-header name="X-Reason"><value>@(context.LastError.Reason)</value></set-header>'
    outcome = gateway(policy(FAIL, on_error=header))
    assert (outcome.status, by(outcome)) == (401, "validate-client-certificate")
    assert outcome.headers == {"Content-Type": ("application/json",), "X-Reason": ("ClientCertificateNotFound",)}
    assert json.loads(outcome.body)["message"] == "Client certificate missing"


def test_on_error_sees_the_status(gateway: Ask) -> None:
    """The error status stands in context.Response before on-error runs."""
    header = '<set-header name="X-Status"><value>@(context.Response.StatusCode.ToString())</value></set-header>'
    assert gateway(policy(FAIL, on_error=header)).headers["X-Status"] == ("401",)


def test_on_error_sets_a_status(gateway: Ask) -> None:
    """A status set in on-error is the answer's; the failing policy still decides."""
    outcome = gateway(policy(FAIL, on_error='<set-status code="403" reason="Go away" />'))
    assert (outcome.decision, outcome.status, outcome.reason) == (Decision.REJECTED, 403, "Go away")
    assert by(outcome) == "validate-client-certificate"


@pytest.mark.parametrize(("status", "decision"), [(200, Decision.ACCEPTED), (418, Decision.REJECTED)])
def test_on_error_answers(gateway: Ask, status: int, decision: Decision) -> None:
    """return-response in on-error replaces the answer and decides; the last error stays."""
    outcome = gateway(policy(FAIL, on_error=RETURN.format(status, "")))
    assert (outcome.decision, outcome.status, by(outcome)) == (decision, status, "return-response")
    assert outcome.last_error and outcome.last_error.reason == "ClientCertificateNotFound"


def test_error_inside_on_error(gateway: Ask) -> None:
    """An exception inside on-error answers 500 and is the last error."""
    outcome = gateway(policy(FAIL, on_error=THROW))
    assert (outcome.status, by(outcome)) == (500, "set-variable")
    assert outcome.last_error and outcome.last_error.section == "on-error"
    assert "error-in-on-error" in {each.id for each in outcome.assumptions}


def test_no_section_on_error(gateway: Ask) -> None:
    """A document without on-error gives the built-in answer."""
    outcome = gateway(f"<policies><inbound>{FAIL}</inbound></policies>")
    assert (outcome.status, json.loads(outcome.body)["statusCode"]) == (401, 401)


def test_policy_id_and_path(gateway: Ask) -> None:
    """LastError names the policy's id and its nested position."""
    inner = '<choose><when condition="true"><validate-client-certificate id="gate" /></when></choose>'
    outcome = gateway(policy("<choose><when condition='false' /></choose>" + inner))
    assert outcome.last_error is not None
    assert outcome.last_error.policy_id == "gate"
    assert outcome.last_error.path == "choose[2]/when[1]/validate-client-certificate[1]"
    assert outcome.decided_by and outcome.decided_by.path == outcome.last_error.path


def test_expression_exception(gateway: Ask) -> None:
    """An exception answers 500 with an activity id; the policy that holds the expression is the source."""
    first, second = gateway(policy(THROW)), gateway(policy(THROW))
    body = json.loads(first.body)
    assert (body["statusCode"], body["message"]) == (500, "Internal server error")
    assert len(body["activityId"]) == 36
    assert first.body == second.body
    assert first.reason == "Internal Server Error"
    assert first.last_error is not None
    assert first.last_error.source == "set-variable"
    assert first.last_error.reason == "ExpressionValueEvaluationFailure"
    assert first.last_error.message == (
        "Expression evaluation failed. Object reference not set to an instance of an object."
    )


def test_exception_in_a_condition(gateway: Ask) -> None:
    """The source of a condition's exception is choose; the path names the when."""
    text = '<choose><when condition="@(context.Request.Certificate.Subject == null)" /></choose>'
    outcome = gateway(policy(text))
    assert outcome.last_error and outcome.last_error.source == by(outcome) == "choose"
    assert outcome.last_error.path == "choose[1]/when[1]"
    assert any("test for null" in hint for hint in outcome.hints)


def test_snippet(gateway: Ask) -> None:
    """A bare snippet is inbound, with everything else inherited: an assumption."""
    outcome = gateway(FAIL)
    assert outcome.status == 401
    assert "base-around" in {each.id for each in outcome.assumptions}
    assert gateway(FAIL, authority.client()).backend is not None


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("<policies><inbound /></policies>", True),
        ("<policies><inbound /><backend><base /></backend></policies>", False),
        ("<policies><inbound><return-response /></inbound></policies>", False),
    ],
)
def test_a_section_that_is_not_written(gateway: Ask, text: str, assumed: bool) -> None:
    """That it is <base /> is an assumption where that section is reached and a parent has something in it."""
    outcome = gateway(text)
    assert ("base-around" in {each.id for each in outcome.assumptions}) is assumed


def test_a_scope_without_the_section(gateway: Ask) -> None:
    """Policies of a broader scope run in its place."""
    documents = {
        "global": Source("global.xml", f"<policies><inbound>{RETURN.format(403, '')}</inbound></policies>".encode()),
        "api": Source("api.xml", b"<policies><outbound /></policies>"),
    }
    outcome = gateway(Policy.parse(documents))
    assert outcome.status == 403
    assert "base-around" in {each.id for each in outcome.assumptions}


def test_scopes(gateway: Ask) -> None:
    """The global document decides whether anything is forwarded."""
    sources = {
        "global": Source(
            "global.xml", policy("<set-header name='X-Global'><value>1</value></set-header>", "").encode()
        ),
        "api": Source("api.xml", policy("<base />").encode()),
    }
    outcome = gateway(Policy.parse(sources))
    assert outcome.backend is None
    assert [(step.element, step.scope) for step in outcome.steps] == [("set-header", "global")]


# -- backend ---------------------------------------------------------------------------------------------------------


def test_backend_request(gateway: Ask) -> None:
    """The backend gets the request as policies left it, under the service URL, without the API's own path."""
    from certgate.gateway.context.data import ContextData

    context = ContextData.parse(None, {"api": {"path": "orders", "serviceUrl": "https://backend.contoso.com/api/"}})
    header = '<set-header name="X-Added" exists-action="append"><value>b</value></set-header>'
    body = "<set-body>new</set-body>"
    request = Request("POST", "https://api.contoso.com/orders/v2/items?id=1", {"X-Added": "a"}, "old")
    sent = gateway(policy(header + body), request=request, context=context).backend
    assert sent is not None
    assert (sent.method, sent.url, sent.body) == ("POST", "https://backend.contoso.com/api/v2/items?id=1", "new")
    assert sent.headers["X-Added"] == ("a", "b")
    assert sent.headers["Host"] == ("backend.contoso.com",)
    assert sent.certificate is None


@pytest.mark.parametrize(
    ("service", "url", "path", "expected"),
    [
        ("https://b.example", "https://g.example", "", "https://b.example/"),
        ("https://b.example", "https://g.example/x/?q=1", "", "https://b.example/x/?q=1"),
        ("https://b.example:8443/v1", "https://g.example/x", "", "https://b.example:8443/v1/x"),
        ("https://b.example/v1", "https://g.example/orders", "orders", "https://b.example/v1"),
        ("https://b.example", "https://g.example/orders?a=b", "/orders/", "https://b.example/?a=b"),
        ("https://b.example", "https://g.example/ordersmore/1", "orders", "https://b.example/ordersmore/1"),
    ],
)
def test_backend_url(service: str, url: str, path: str, expected: str) -> None:
    """The rule of the backend's address."""
    from certgate.gateway.exchange import Url
    from certgate.gateway.sending.backend import backend_url

    assert backend_url(Url.parse(service), Url.parse(url), path) == expected


def test_backend_answer(gateway: Ask) -> None:
    """Status, headers and body of the backend's answer are the client's."""
    row = {"status": 201, "headers": {"X": ["1", "2"], "Y": "z"}, "body": base64.b64encode("grün".encode()).decode()}
    outcome = gateway(policy(), backend_response=answers(row))
    assert (outcome.status, outcome.reason, outcome.body) == (201, "Created", "grün")
    assert outcome.headers == {"X": ("1", "2"), "Y": ("z",)}


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "7", '{"status": "200"}', '{"status": 20}', '{"statos": 200}', '{"error": "dns"}'),
        *('{"status": 200, "body": "*"}', '{"status": 200, "headers": {"X": 1}}'),
    ],
)
def test_bad_backend_answers(text: str) -> None:
    """A file that is no answer is an input error."""
    from certgate.core.errors import InputError

    with pytest.raises(InputError) as error:
        BackendAnswers.parse(Source("answers.json", text.encode()))
    assert error.value.code == "backend-response-invalid"
