"""The caches: responses and values that requests with one session share."""

from __future__ import annotations

from typing import Any

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.sending.backend import BackendAnswer, BackendAnswers
from certgate.gateway.session import Session
from certgate.gateway.settings import Gateway
from certgate.policy.named_values import NamedValue
from tests.gateway import authority

ANSWERS = BackendAnswers(tuple(BackendAnswer(body=f"call {number}".encode()) for number in range(9)))
NEVER = 'vary-by-developer="false" vary-by-developer-groups="false"'


def responses(inside: str = "", attributes: str = "", store: str = 'duration="60"', after: str = "") -> str:
    return (
        f"<policies><inbound><cache-lookup {NEVER} {attributes}>{inside}</cache-lookup></inbound>"
        "<backend><forward-request /></backend>"
        f"<outbound><cache-store {store} />{after}</outbound></policies>"
    )


def run(text: str, *requests: Request, named_values: Any = None, **settings: Any) -> list[Outcome]:
    """The outcomes of requests one after another."""
    session, policy = Session(), Policy.parse(text, named_values=named_values)
    gateway = Gateway(**{"backend_response": ANSWERS, **settings})
    world = World(authority.NOW)
    return [api.validate(None, policy, gateway, request=each, world=world, session=session) for each in requests]


def get(path: str = "/a", at: str | None = None, **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(url=f"https://gateway.invalid{path}", at=at, headers=named)


def bodies(outcomes: list[Outcome]) -> list[str]:
    return [outcome.body.removeprefix("call ") for outcome in outcomes]


def test_a_hit_asks_no_backend() -> None:
    """The second request gets the first one's answer."""
    first, second = run(responses(), get(), get())
    assert (first.body, second.body) == ("call 0", "call 0")
    assert first.backend is not None
    assert second.backend is None
    assert second.decided_by is not None
    assert second.decided_by.element == "cache-lookup"


def test_it_expires() -> None:
    """After its duration the response is no longer there."""
    assert bodies(run(responses(), get(), get(at="+59s"), get(at="+60s"))) == ["0", "0", "1"]


PAIRS = [
    ("", "/a?x=1", "/a?x=1", True),
    ("", "/a?x=1", "/a?x=2", False),
    ("", "/a?x=1&amp;y=2", "/a?x=1", False),
    ("<vary-by-query-parameter>v;w</vary-by-query-parameter>", "/a?v=1&x=1", "/a?v=1&x=2", True),
    ("<vary-by-query-parameter>v;w</vary-by-query-parameter>", "/a?w=1", "/a?w=2", False),
    ("", "/a", "/b", False),
]


@pytest.mark.parametrize(("inside", "one", "other", "shared"), PAIRS)
def test_what_requests_share(inside: str, one: str, other: str, shared: bool) -> None:
    """Without named parameters all of the query counts."""
    assert bodies(run(responses(inside), get(one), get(other))) == ["0", "0" if shared else "1"]


def test_headers_count_when_named() -> None:
    """Of the headers only those that the policy names."""
    vary = "<vary-by-header>Accept</vary-by-header>"
    assert bodies(run(responses(vary), get(Accept="a"), get(Accept="b"), get(Accept="a", X="1"))) == ["0", "1", "0"]


def test_only_get() -> None:
    """Other methods neither ask the cache nor fill it."""
    post = Request(method="POST", url="https://gateway.invalid/a")
    assert bodies(run(responses(), post, post, get())) == ["0", "1", "2"]


def test_authorization() -> None:
    """A request with credentials goes past the cache unless the policy says otherwise."""
    private = get(Authorization="Basic x")
    allowed = responses(attributes='allow-private-response-caching="true"')
    assert bodies(run(responses(), private, private)) == ["0", "1"]
    assert bodies(run(allowed, private, private)) == ["0", "0"]


def test_the_client_may_want_a_fresh_one() -> None:
    """A simulator default, and said."""
    outcomes = run(responses(), get(), get(Cache_Control="no-cache"))
    assert bodies(outcomes) == ["0", "1"]
    assert "cache-fresh" in [each.id for each in outcomes[1].assumptions]


STATUSES = [('duration="60"', "1"), ('duration="60" cache-response="true"', "0"), ('duration="0"', "1")]


@pytest.mark.parametrize(("store", "second"), STATUSES)
def test_statuses(store: str, second: str) -> None:
    """Only 200 is kept, unless cache-response says so."""
    answers = BackendAnswers((BackendAnswer(404, body=b"0"), BackendAnswer(body=b"1")))
    assert bodies(run(responses(store=store), get(), get(), backend_response=answers)) == ["0", second]


DOWNSTREAM = [
    ("", None),
    ('downstream-caching-type="public"', "public, must-revalidate"),
    ('downstream-caching-type="private" must-revalidate="false"', "private"),
]


@pytest.mark.parametrize(("attributes", "expected"), DOWNSTREAM)
def test_downstream(attributes: str, expected: str | None) -> None:
    """What caches between the gateway and the client are told, on a miss and on a hit."""
    for outcome in run(responses(attributes=attributes), get(), get()):
        assert outcome.headers.get("Cache-Control") == (expected and (expected,))


def test_policies_after_the_store_run_on_a_hit() -> None:
    """Those before it left their marks in what is stored."""
    after = '<set-header name="X"><value>@(context.Request.Method + context.Response.StatusCode)</value></set-header>'
    first, second = run(responses(after=after), get(), get())
    assert first.headers["X"] == second.headers["X"] == ("GET200",)


def test_developers() -> None:
    """Each subscriber has its own answers where the policy says so."""
    text = responses().replace('vary-by-developer="false"', 'vary-by-developer="true"')
    requests = [
        Request(url="https://gateway.invalid/a", context={"subscription": {"id": name}}) for name in ("a", "b", "a")
    ]
    assert bodies(run(text, *requests)) == ["0", "1", "0"]


def values(*elements: str, shown: str = '@((string)context.Variables.GetValueOrDefault<string>("v", "unset"))') -> str:
    inside = "".join(elements)
    answer = f"<return-response><set-body>{shown}</set-body></return-response>"
    return f"<policies><inbound>{inside}{answer}</inbound></policies>"


LOOK = '<cache-lookup-value key="k" variable-name="v" />'
KEEP = '<cache-store-value key="k" value="kept" duration="60" />'


def test_values() -> None:
    """A value is found by later policies and requests until its time is over; a miss leaves the variable as it is."""
    assert bodies(run(values(LOOK, KEEP), get(), get(at="+30s"), get(at="+95s"))) == ["unset", "kept", "unset"]
    assert bodies(run(values(KEEP, LOOK), get())) == ["kept"]


def test_default_and_removal() -> None:
    """A miss gives the default; what is removed is missed."""
    default = '<cache-lookup-value key="k" variable-name="v" default-value="none" />'
    remove = '<cache-remove-value key="k" />'
    assert bodies(run(values(default), get())) == ["none"]
    assert bodies(run(values(KEEP, remove, default), get())) == ["none"]


def test_the_two_caches_are_apart() -> None:
    """prefer-external means the built-in cache here."""
    inner, outer = (LOOK.replace(" />", f' caching-type="{kind}" />') for kind in ("internal", "external"))
    assert bodies(run(values(KEEP, inner), get())) == ["kept"]
    assert bodies(run(values(KEEP, outer), get())) == ["unset"]


def test_types_stay() -> None:
    """A value keeps its type."""
    keep = '<cache-store-value key="k" value="@(40 + 2)" duration="60" />'
    assert bodies(run(values(keep, LOOK, shown='@(((int)context.Variables["v"] / 4).ToString())'), get())) == ["10"]


def test_values_are_copies() -> None:
    """What a policy does to a value afterwards does not change what is kept."""
    make = '<set-variable name="o" value=\'@(JObject.Parse("{}"))\' />'
    keep = '<cache-store-value key="k" value="@((JObject)context.Variables[&quot;o&quot;])" duration="60" />'
    code = "((JObject)context.Variables[&quot;o&quot;])[&quot;a&quot;] = 1; return 1;"
    change = f'<set-variable name="x" value="@{{ {code} }}" />'
    shown = '@(((JObject)context.Variables["v"]).Count.ToString())'
    assert bodies(run(values(make, keep, change, LOOK, shown=shown), get())) == ["0"]


def test_what_cannot_be_kept_is_undecided() -> None:
    """SECURITY: nobody knows what a cache makes of a response."""
    keep = '<cache-store-value key="k" value="@(context.Response)" duration="60" />'
    text = f"<policies><outbound>{keep}</outbound></policies>"
    assert run(text, get())[0].decision == "undecided"


def test_secrets_stay_secret() -> None:
    """SECURITY: a value made of a secret is masked in the request that finds it, too."""
    keep = '<cache-store-value key="k" value="@(&quot;{{s}}&quot;.Substring(1))" duration="60" />'
    first, second = run(values(LOOK, keep), get(), get(), named_values={"s": NamedValue("topsecret", secret=True)})
    assert first.body == "unset"
    assert "opsecret" not in repr(second)


def cached(inside: str, attributes: str = "") -> str:
    element = f'<cache-value key="k" variable-name="v" {attributes}><value>{inside}</value></cache-value>'
    return values(element)


MADE = '<set-variable name="v" value="@(context.Request.Headers.GetValueOrDefault(&quot;X&quot;))" />'


def test_cache_value() -> None:
    """The policies inside make the value on a miss only."""
    text = cached(MADE, 'expires-after="60"')
    assert bodies(run(text, get(X="1"), get(X="2"), get(X="3", at="+61s"))) == ["1", "1", "3"]
    assert bodies(run(cached(""), get())) == ["unset"]
    assert bodies(run(cached("", 'default-value="d"'), get())) == ["d"]


def test_cache_value_is_made_anew() -> None:
    """After refresh-after it is; 0 makes it each time."""
    text = cached(MADE, 'expires-after="60" refresh-after="10"')
    assert bodies(run(text, get(X="1"), get(X="2"), get(X="3", at="+20s"))) == ["1", "1", "3"]
    assert bodies(run(cached(MADE, 'refresh-after="0"'), get(X="1"), get(X="2"))) == ["1", "2"]
