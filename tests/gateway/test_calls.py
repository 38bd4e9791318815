"""What policies send besides the request to the backend, in Python: the calls, their answers, their limits."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from certgate import api
from certgate.core.value import replace
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.sending import calls
from certgate.gateway.sending.backend import BackendAnswer, BackendAnswers
from certgate.gateway.settings import Gateway
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority
from tests.gateway.gateway_runs import WORLD

Ask = Callable[..., Outcome]


def answer(status: int = 200, body: bytes = b"", **headers: str) -> dict[str, Any]:
    lists = {name.replace("_", "-"): [value] for name, value in headers.items()}
    return {"status": status, "headers": lists, "body": base64.b64encode(body).decode()}


def ask(
    policy: str, responses: dict[str, Any] | None = None, request: Request | None = None, **settings: Any
) -> Outcome:
    """The outcome of a policy, with recorded answers."""
    world = replace(WORLD, responses=responses)
    return api.validate(None, Policy.parse(policy), Gateway(**settings), request=request, world=world)


def send(url: str, inside: str = "", name: str = "r", more: str = "") -> str:
    return f'<send-request response-variable-name="{name}" {more}><set-url>{url}</set-url>{inside}</send-request>'


BODY = (
    '<return-response><set-body>@(((IResponse)context.Variables["r"]).Body.As<string>({}))</set-body></return-response>'
)


def test_a_request_is_a_plain_get_unless_it_says_otherwise() -> None:
    """No header, no body, and nothing of the caller's."""
    request = Request(method="POST", headers={"X-Custom": "1"}, body="caller")
    (call,) = ask(send("https://o.example/api"), {}, request).calls
    assert (call.method, call.url, dict(call.headers), call.body) == ("GET", "https://o.example/api", {}, "")


def test_a_copy_is_the_request_as_policies_changed_it() -> None:
    """Method, headers and body; what stands inside comes last; the request itself is left alone."""
    text = '<set-header name="X-Set"><value>1</value></set-header>' + send(
        "https://o.example/", "<set-method>PUT</set-method><set-body>new</set-body>", more='mode="copy"'
    )
    request = Request(method="POST", url="https://g.example/", headers={"X-Custom": "1"}, body="caller")
    outcome = ask(text, {}, request)
    (call,) = outcome.calls
    assert (call.method, call.body) == ("PUT", "new")
    assert call.headers == {"X-Custom": ("1",), "Host": ("o.example",), "X-Set": ("1",)}
    assert outcome.backend
    assert (outcome.backend.method, outcome.backend.body) == ("POST", "caller")


def test_a_copy_in_outbound_has_no_body() -> None:
    """As the page says."""
    copy = send("https://o.example/", more='mode="copy"')
    text = f"<policies><outbound>{copy}</outbound></policies>"
    (call,) = ask(text, {}, Request(method="POST", body="caller")).calls
    assert (call.method, call.body) == ("POST", "")


def test_an_answer_can_be_read_once_and_as_often_as_it_is_preserved() -> None:
    """The body of a response in a variable is like any body."""
    responses = {"https://o.example/": answer(200, b"text")}
    twice = '<set-variable name="a" value="@(((IResponse)context.Variables["r"]).Body.As<string>({}))" />'
    assert ask(send("https://o.example/") + twice.format("true") + BODY.format(""), responses).body == "text"
    assert ask(send("https://o.example/") + twice.format("") + BODY.format(""), responses).status == 500


@pytest.mark.parametrize("trace", [True, False])
def test_a_json_answer(trace: bool) -> None:
    """As<JObject>() of an answer, with and without the trees of expressions."""
    policy = Policy.parse(
        send("https://o.example/")
        + '<return-response><set-body>@((string)((IResponse)context.Variables["r"]).Body.As<JObject>()["a"]["b"])'
        "</set-body></return-response>"
    )
    world = replace(WORLD, responses={"https://o.example/": answer(200, b'{"a": {"b": "c"}}')})
    assert api.validate(None, policy, Gateway(), world=world, trace=trace).body == "c"


def test_return_response_takes_an_answer() -> None:
    """response-variable-name gives its status, headers and body."""
    responses = {"https://o.example/": answer(418, b"tea", X_Pot="1")}
    outcome = ask(send("https://o.example/") + '<return-response response-variable-name="r" />', responses)
    assert (outcome.status, outcome.body, outcome.headers["X-Pot"]) == (418, "tea", ("1",))


@pytest.mark.parametrize(
    ("error", "reason"), [("timeout", "Timeout"), ("connection", "BackendConnectionFailure"), (None, None)]
)
def test_no_answer(error: str | None, reason: str | None) -> None:
    """LastError in full, and null in the variable with ignore-error."""
    url = "https://o.example/" if error else "nonsense"
    responses = {"https://o.example/": {"error": error}} if error else {}
    outcome = ask("<choose><when condition='true'>" + send(url) + "</when></choose>", responses)
    assert (outcome.decision, outcome.status) == (Decision.REJECTED, 500)
    found = outcome.last_error
    assert found
    assert (found.source, found.reason, found.scope, found.section) == ("send-request", reason, "api", "inbound")
    assert found.path == "choose[1]/when[1]/send-request[1]"
    read = '<return-response><set-body>@((context.Variables["r"] == null).ToString())</set-body></return-response>'
    ignored = ask(send(url, more='ignore-error="true"') + read, responses)
    assert (ignored.body, ignored.last_error) == ("True", None)


def test_without_recorded_answers_nothing_is_known() -> None:
    """SECURITY: also with ignore-error, as the variable may be null or not; the address is named."""
    outcome = ask(send("https://o.example/x", more='ignore-error="true"'))
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open
    assert outcome.open.wanted == ("https://o.example/x",)
    assert outcome.open.settle == ("--responses FILE",)
    assert [call.url for call in outcome.calls] == ["https://o.example/x"]


def test_an_error_status_that_would_be_an_error() -> None:
    """What the undocumented attribute does is not known, so it is undecided when it would do something."""
    more = 'fail-on-error-status-code="true"'
    assert ask(send("https://o.example/", more=more), {}).decision is Decision.UNDECIDED
    assert ask(send("https://o.example/", more=more), {"https://o.example/": answer()}).decision is Decision.ACCEPTED


def test_what_stands_inside_a_request_is_its_own() -> None:
    """Headers, certificate and token go with the call, and nothing of them reaches the backend."""
    certificate = authority.certificate("service")
    inside = (
        '<set-header name="X-In"><value>1</value></set-header><authentication-certificate certificate-id="c" />'
        '<authentication-managed-identity resource="r" />'
    )
    outcome = ask(send("https://o.example/", inside), {}, trust=TrustStore(certificates={"c": certificate}))
    (call,) = outcome.calls
    assert call.certificate == certificate.thumbprint
    assert call.headers == {"X-In": ("1",), "Authorization": ("Bearer ***",)}
    assert outcome.backend
    assert outcome.backend.certificate is None
    assert not {"X-In", "Authorization"} & set(outcome.backend.headers)
    assert not outcome.hints or not any("backend request" in hint for hint in outcome.hints)


def test_one_way_requests_need_no_answer() -> None:
    """They are recorded in order, in every section."""
    one = "<send-one-way-request><set-url>https://h.example/{}</set-url></send-one-way-request>"
    sections = ("inbound", "backend", "outbound")
    text = "".join(f"<{section}>{one.format(section)}</{section}>" for section in sections)
    outcome = ask(f"<policies>{text}</policies>")
    assert outcome.decision is Decision.ACCEPTED
    assert [call.url.rpartition("/")[2] for call in outcome.calls] == list(sections)


def test_a_message_is_cut_off() -> None:
    """SECURITY: and the number of calls is bounded."""
    outcome = ask("<log-to-eventhub logger-id='l'>@(new string('a', 204001))</log-to-eventhub>")
    assert len(outcome.calls[0].body) == 204_000
    assert calls.MAX_CALLS <= 10_000


def test_the_answers_of_a_backend_that_redirects_on_and_on() -> None:
    """SECURITY: a circle of redirects ends, undecided."""
    answers = BackendAnswers((BackendAnswer(302, headers={"Location": ("https://o.example/",)}),))
    responses = {"https://o.example/": answer(302, Location="https://o.example/")}
    text = '<policies><backend><forward-request follow-redirects="true" /></backend></policies>'
    outcome = ask(text, responses, backend_response=answers)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open and "redirects more than 50 times" in outcome.open.message


@pytest.mark.parametrize(("status", "method", "body"), [(303, "GET", ""), (302, "GET", ""), (307, "POST", "b")])
def test_how_a_redirect_is_followed(status: int, method: str, body: str) -> None:
    """As .NET does it: 303 and a POST with 302 become GET, and no credential goes to another address."""
    answers = BackendAnswers((BackendAnswer(status, headers={"Location": ("https://o.example/y",)}),))
    text = '<policies><backend><forward-request follow-redirects="true" /></backend></policies>'
    request = Request(method="POST", headers={"Authorization": "x", "X-A": "1"}, body="b")
    outcome = ask(text, {"https://o.example/y": answer(201)}, request, backend_response=answers)
    (call,) = outcome.calls
    assert (outcome.status, call.method, call.body) == (201, method, body)
    assert "Authorization" not in call.headers
    assert call.headers["X-A"] == ("1",)


def test_invoke_request_into_a_variable() -> None:
    """The section goes on, and headers and body of the element are in place of the request's."""
    text = (
        '<invoke-request url="https://o.example/v" method="put" response-variable-name="r">'
        '<header name="X-A" value="2" /><body>mine</body></invoke-request>' + BODY.format("")
    )
    outcome = ask(text, {"https://o.example/v": answer(200, b"theirs")}, Request(headers={"X-A": "1"}, body="caller"))
    (call,) = outcome.calls
    assert outcome.body == "theirs"
    assert (call.method, call.body, call.headers["X-A"]) == ("PUT", "mine", ("2",))


def test_invoke_request_where_the_request_would_go() -> None:
    """Without an address: the backend entity, or the service."""
    text = "<policies><inbound><invoke-request{} /></inbound><backend /></policies>"
    request = Request(url="https://g.example/a?x=1")
    service = ask(text.format(""), {}, request, backend_url="https://s.example/b")
    assert service.calls[0].url == "https://s.example/b/a?x=1"
    entity = ask(text.format(' backend-id="e"'), {}, request, backends={"e": "https://e.example"})
    assert entity.calls[0].url == "https://e.example/a?x=1"
    assert entity.status == 404
    unknown = ask(text.format(' backend-id="f"'), {}, request, backends={"e": "https://e.example"})
    assert (unknown.status, unknown.last_error and unknown.last_error.source) == (500, "invoke-request")


@pytest.mark.parametrize(
    ("data", "expected"),
    [("text", '{"data": "text"}'), ("[1]", '{"data": [1]}'), ("[" * 5000, '{"data": "' + "[" * 5000 + '"}')],
)
def test_what_a_binding_gets(data: str, expected: str) -> None:
    """Data as JSON where they are JSON, and only where certgate can read them."""
    policy = f'<invoke-dapr-binding name="b" ignore-error="true"><data>{data}</data></invoke-dapr-binding>'
    (call,) = ask(policy, tier="self-hosted").calls
    assert (call.method, call.url, call.body) == ("POST", "http://localhost:3500/v1.0/bindings/b", expected)
