"""The request as it reaches the backend: addresses, services, credentials, and what is not known in it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from certgate.core.source import Source
from certgate.gateway.context.data import ContextData
from certgate.gateway.exchange import MAX_URL, Request, Url
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.sending import addresses
from certgate.gateway.sending.backend import BackendAnswer, BackendAnswers, backend_url
from certgate.pki.stores.trust import TrustStore
from certgate.policy.named_values import NamedValue
from tests.gateway import authority

Ask = Callable[..., Outcome]


def context(**parts: Any) -> ContextData:
    return ContextData.parse(Source("context.json", json.dumps(parts).encode()))


def sent(outcome: Outcome) -> Any:
    assert outcome.backend is not None, outcome
    return outcome.backend


# -- addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/a b", "/a%20b"),
        ("/a%20b", "/a%20b"),
        ("/50%", "/50%25"),
        ("/ü?x=€", "/%C3%BC?x=%E2%82%AC"),
        ("/a|b\\c", "/a%7Cb%5Cc"),
        ("/a;b=(c),d", "/a;b=(c),d"),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    """What cannot stand in an address is escaped, what is escaped or delimits stays."""
    assert addresses.escaped(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        (" https://a.example ", "https://a.example"),
        ("/relative", None),
        ("a.example", None),
        ("ftp://a.example/", None),
        ("://bad", None),
        ("https://", None),
        ("https://user:pass@a.example/", None),
        ("https://a.example/" + "x" * MAX_URL, None),
        ("", None),
    ],
)
def test_absolute_addresses(text: str, expected: str | None) -> None:
    """Only an absolute address of http or https is one that can be called."""
    found = addresses.absolute(text)
    assert (found and found.text) == expected


@pytest.mark.parametrize(
    ("query", "values", "expected"),
    [
        ("?a=1&b=2&A=3", ["x"], "a=x&b=2"),
        ("?b=2", ["x", "y z"], "b=2&a=x&a=y%20z"),
        ("?a=1&b=2", [], "b=2"),
        ("", ["&=ü"], "a=%26%3D%C3%BC"),
        ("?%61=1&b", ["2"], "a=2&b"),
    ],
)
def test_values_of_a_parameter(query: str, values: list[str], expected: str) -> None:
    """The new values stand where the first old one stood; everything else is left as it is written."""
    assert addresses.set_values(query, "a", values) == expected


@pytest.mark.parametrize(
    ("service", "request_url", "own", "path", "expected"),
    [
        ("https://s.example", "https://g.example/orders/1?x", "orders", None, "https://s.example/1?x"),
        ("https://s.example/b/", "https://g.example/ORDERS", "/orders/", None, "https://s.example/b"),
        ("https://s.example", "https://g.example/orders", "orders", None, "https://s.example/"),
        ("https://s.example", "https://g.example/ordersx", "orders", None, "https://s.example/ordersx"),
        (
            "https://s.example:8443/b",
            "https://g.example/x?q=1",
            "",
            "/orders/new",
            "https://s.example:8443/b/orders/new?q=1",
        ),
    ],
)
def test_backend_addresses(service: str, request_url: str, own: str, path: str | None, expected: str) -> None:
    """The service URL, the path without the API's own or the one that a policy put there, the query."""
    assert backend_url(Url.parse(service), Url.parse(request_url), own, path) == expected


# -- rewriting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("/api/{version}/users/{ID}", "/api/v2/users/12%203?q=1"),
        ("/test?param={version}&amp;{id}=t", "/test?param=v2&12%203=t&q=1"),
        ("/f/{*id}", "/f/12%203?q=1"),
        ("/q/{q}", "/q/1?q=1"),
        ("", "/?q=1"),
        ("x", "/x?q=1"),
    ],
)
def test_templates(gateway: Ask, template: str, expected: str) -> None:
    """Parameters of the operation and of the query fill a template; a slash is put in front."""
    data = context(request={"matchedParameters": {"version": "v2", "id": "12 3"}})
    request = Request(url="https://gateway.example/old?q=1")
    outcome = gateway(f'<rewrite-uri template="{template}" />', context=data, request=request)
    assert sent(outcome).url == f"https://backend.invalid{expected}"


def test_a_value_cannot_leave_its_place(gateway: Ask) -> None:
    """A parameter's value is escaped, so it starts no query and no second parameter."""
    data = context(request={"matchedParameters": {"id": "a?b&c=d#e"}})
    assert sent(gateway('<rewrite-uri template="/x/{id}" />', context=data)).url.endswith("/x/a%3Fb%26c%3Dd%23e")


def test_what_the_operation_names_is_not_copied(gateway: Ask) -> None:
    """A parameter in the query of the operation's own template does not follow."""
    data = context(
        operation={"urlTemplate": "/{id}?city={city}"}, request={"matchedParameters": {"id": "1", "city": "Ulm"}}
    )
    request = Request(url="https://gateway.example/1?city=Ulm&page=2")
    assert sent(gateway('<rewrite-uri template="/n/{id}" />', context=data, request=request)).url.endswith(
        "/n/1?page=2"
    )


@pytest.mark.parametrize("template", ["https://other.example/x", "@((string)null)", '@("/{guid}")'])
def test_templates_that_nobody_knows(gateway: Ask, template: str) -> None:
    """An address, null, and braces that an expression gives are undecided, never a guess."""
    data = context(request={"matchedParameters": {"id": "1"}})
    assert gateway(f"<rewrite-uri template='{template}' />", context=data).decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    "element",
    [
        '<rewrite-uri template="@("/" + new string(\'x\', 20000))" />',
        "<set-query-parameter name=\"a\"><value>@(new string('x', 20000))</value></set-query-parameter>",
        '<set-query-parameter name="@("")"><value>1</value></set-query-parameter>',
        '<set-method>@("GET /x")</set-method>',
        '<find-and-replace from="@("")" to="x" />',
        '<set-backend-service base-url="relative" />',
        '<authentication-certificate certificate-id="@("")" />',
    ],
)
def test_what_nobody_knows_is_undecided(gateway: Ask, element: str) -> None:
    """What certgate has no fact about is said, and nothing goes on as if it were nothing."""
    outcome = gateway(element)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.steps[0].effect


@pytest.mark.parametrize("section", ["inbound", "backend", "outbound", "on-error"])
def test_set_method_in_every_section(gateway: Ask, section: str) -> None:
    """What context.Request.Method says follows, in capitals."""
    answer = "<return-response><set-body>@(context.Request.Method)</set-body></return-response>"
    fails = '<inbound><set-variable name="x" value="@(int.Parse(&quot;x&quot;).ToString())" /></inbound>'
    start = fails if section == "on-error" else ""
    text = f"<policies>{start}<{section}><set-method>patch</set-method>{answer}</{section}></policies>"
    assert gateway(text).body == "PATCH"


def test_find_and_replace_in_a_response(gateway: Ask) -> None:
    """Every occurrence, in the body of the message that the section acts on; none, and no body, is no fault."""
    answers = BackendAnswers((BackendAnswer(200, body=b"visit old-url, old-url"),))
    text = '<policies><outbound><find-and-replace from="old-url" to="@("new")" /></outbound></policies>'
    assert gateway(text, backend_response=answers).body == "visit new, new"
    none = gateway('<find-and-replace from="x" to="y" />')
    assert none.decision is Decision.ACCEPTED
    assert none.steps[0].effect.endswith("no effect")


def test_a_body_does_not_explode(gateway: Ask) -> None:
    """SECURITY: replacing does not make a body of any size."""
    step = '<find-and-replace from="x" to="@(new string(\'x\', 100000))" />'
    outcome = gateway(step * 3, request=Request(method="POST", body="x"))
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open and "longer than" in outcome.open.message


# -- services ----------------------------------------------------------------------------------------------------------


def test_the_scope_that_chose_an_entity(gateway: Ask) -> None:
    """base-url of the same scope overrides a backend entity, and context.Backend is null again."""
    text = (
        '<set-backend-service backend-id="e" /><set-backend-service base-url="https://b.example" />'
        '<set-header name="X"><value>@(context.Backend == null ? "none" : context.Backend.Id)</value></set-header>'
    )
    outcome = gateway(text, backends={"e": "https://e.example"})
    assert sent(outcome).url == "https://b.example/"
    assert sent(outcome).headers["X"] == ("none",)


def test_the_url_after_another_service(gateway: Ask) -> None:
    """context.Request.Url keeps the gateway's host, which is an assumption."""
    text = (
        '<set-backend-service base-url="https://b.example" />'
        "<return-response><set-body>@(context.Request.Url.Host)</set-body></return-response>"
    )
    outcome = gateway(text, request=Request(url="https://gateway.example/"))
    assert outcome.body == "gateway.example"
    assert "request-url" in {each.id for each in outcome.assumptions}


def test_the_second_forwarded_request_gets_the_second_answer(gateway: Ask) -> None:
    """Attempts are counted, and the last request is shown."""
    answers = BackendAnswers((BackendAnswer(503), BackendAnswer(200)))
    text = "<policies><backend><forward-request /><set-method>PUT</set-method><forward-request /></backend></policies>"
    outcome = gateway(text, backend_response=answers)
    assert (outcome.status, sent(outcome).attempts, sent(outcome).method) == (200, 2, "PUT")


# -- credentials -------------------------------------------------------------------------------------------------------

BASIC = '<authentication-basic username="user" password="{{pass}}" />'


def test_credentials_are_nowhere_in_an_outcome(gateway: Ask) -> None:
    """SECURITY: neither the password nor what is made of it, whoever reads it."""
    text = BASIC + '<set-header name="X"><value>@(context.Request.Headers["Authorization"][0])</value></set-header>'
    outcome = gateway(text, named_values={"pass": NamedValue("p4ss w0rd", secret=True)})
    encoded = base64.b64encode(b"user:p4ss w0rd").decode()
    assert sent(outcome).headers["Authorization"][0].endswith("***")
    assert "p4ss" not in repr(outcome)
    assert encoded not in repr(outcome)


@pytest.mark.parametrize(
    "element",
    [
        '<set-query-parameter name="k"><value>{{key}}</value></set-query-parameter>',
        '<rewrite-uri template="@("/x?k=" + "{{key}}")" />',
        '<set-backend-service base-url="https://b.example/{{key}}" />',
        "<send-one-way-request><set-url>https://b.example/?k={{key}}</set-url></send-one-way-request>",
    ],
)
def test_secrets_are_masked_as_addresses_write_them(gateway: Ask, element: str) -> None:
    """SECURITY: a secret value that is escaped in an address is still a secret value."""
    outcome = gateway(element, named_values={"key": NamedValue("top secret/ü", secret=True)})
    assert outcome.decision is Decision.ACCEPTED
    for part in ("top%20secret", "top secret", "%C3%BC"):
        assert part not in repr(outcome)


def test_a_certificate_from_bytes(gateway: Ask) -> None:
    """authentication-certificate opens what an expression gives."""
    certificate = authority.certificate("backend")
    data = base64.b64encode(certificate.der).decode()
    outcome = gateway(f'<authentication-certificate body="@(Convert.FromBase64String(&quot;{data}&quot;))" />')
    assert sent(outcome).certificate == certificate.thumbprint
    wrong = gateway('<authentication-certificate body="@(new byte[] { 1, 2, 3 })" />')
    assert (wrong.status, wrong.last_error and wrong.last_error.source) == (500, "authentication-certificate")


def test_a_certificate_is_the_backends_only(gateway: Ask) -> None:
    """What goes to the backend is not the caller's certificate."""
    certificate = authority.certificate("backend")
    store = TrustStore(certificates={"c": certificate})
    text = (
        '<authentication-certificate certificate-id="C" />'
        '<set-header name="X"><value>@((context.Request.Certificate == null).ToString())</value></set-header>'
    )
    outcome = gateway(text, trust=store)
    assert sent(outcome).certificate == certificate.thumbprint
    assert sent(outcome).headers["X"] == ("True",)


TOKEN = '<authentication-managed-identity resource="r" output-token-variable-name="t" />'


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ('@("Bearer " + (string)context.Variables["t"])', "Bearer ***"),
        ('@($"Bearer {context.Variables["t"]}")', "Bearer ***"),
        ('@(context.Variables.GetValueOrDefault<string>("t"))', "***"),
    ],
)
def test_a_token_is_passed_on(gateway: Ask, expression: str, shown: str) -> None:
    """A header may hold what nobody knows; so may another variable."""
    direct = gateway(f'{TOKEN}<set-header name="A"><value>{expression}</value></set-header>')
    assert sent(direct).headers["A"] == (shown,)
    read = '<set-header name="A"><value>@((string)context.Variables["u"])</value></set-header>'
    outcome = gateway(f"{TOKEN}<set-variable name='u' value='{expression}' />{read}")
    assert sent(outcome).headers["A"] == (shown,)


@pytest.mark.parametrize(
    "use",
    [
        '<set-header name="A"><value>@(((string)context.Variables["t"]).Length.ToString())</value></set-header>',
        '<set-header name="A"><value>@(((string)context.Variables["t"]).ToUpper())</value></set-header>',
        '<set-header name="@((string)context.Variables["t"])"><value>1</value></set-header>',
        '<set-variable name="x" value="@((string)context.Variables["t"] == "x")" />',
        '<choose><when condition="@(context.Variables.ContainsKey("t"))" /></choose>',
        '<set-variable name="x" value="@(context.Variables.Count(each => each.Key != "a"))" />',
        '<set-body>@((string)context.Variables["t"])</set-body>',
    ],
)
def test_nothing_is_decided_by_a_token(gateway: Ask, use: str) -> None:
    """SECURITY: an expression that does more than pass it on has no known value."""
    outcome = gateway(TOKEN + use)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open and "authentication-managed-identity" in outcome.open.message


def test_a_header_that_is_set_again_is_known(gateway: Ask) -> None:
    """What replaces a token is no token."""
    text = (
        '<authentication-managed-identity resource="r" />'
        '<set-header name="Authorization" exists-action="override"><value>mine</value></set-header>'
        '<return-response><set-body>@(context.Request.Headers["authorization"][0])</set-body></return-response>'
    )
    assert gateway(text).body == "mine"


@pytest.mark.parametrize(
    "element",
    [
        '<authentication-basic username="u" password="p" />',
        '<authentication-certificate thumbprint="0123456789abcdef0123456789abcdef01234567" />',
        '<authentication-managed-identity resource="r" />',
        '<authentication-token resource-url="r" />',
        '<authentication-token-store token-id="t" />',
    ],
)
def test_credentials_for_the_backend_check_nobody(gateway: Ask, element: str) -> None:
    """A caller without any certificate is accepted, and the step says why."""
    outcome = gateway(Policy.parse(element), None)
    assert outcome.decision is Decision.ACCEPTED
    assert "does not check the caller" in outcome.steps[0].effect


# -- the answer that stands in for the backend's -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outbound", "given", "said"),
    [
        (
            '<set-header name="a"><value>@(context.Response.Body.As<JObject>().ToString())</value></set-header>',
            None,
            True,
        ),
        ('<set-body template="liquid">{{body.a}}</set-body>', None, True),
        ('<set-body template="liquid">{{body.a}}</set-body>', BackendAnswer(201), False),
        ('<set-header name="a"><value>b</value></set-header>', None, False),
    ],
)
def test_an_answer_that_nobody_gave(gateway: Ask, outbound: str, given: BackendAnswer | None, said: bool) -> None:
    """Where outbound can make nothing of it a hint says how to give another."""
    answers = {"backend_response": BackendAnswers((given,))} if given else {}
    outcome = gateway(f"<policies><outbound>{outbound}</outbound></policies>", **answers)
    assert any("--backend-response" in hint for hint in outcome.hints) is said


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("@(1 + 1)", "2"),
        ("@(new Guid())", "00000000-0000-0000-0000-000000000000"),
        ("@{ return TimeSpan.Zero; }", "00:00:00"),
    ],
)
def test_a_value_with_one_plain_text(gateway: Ask, expression: str, text: str) -> None:
    """Where an attribute takes text a number or a Guid is made into it."""
    policy = f'<policies><inbound><authentication-basic username="{expression}" password="" /></inbound></policies>'
    assert sent(gateway(policy)).headers["Authorization"] == (
        f"Basic {base64.b64encode(f'{text}:'.encode()).decode()}",
    )
