"""Whether the client's certificate arrives: the table of fact sheet §2.1, row by row, and what a report says of it."""

from __future__ import annotations

from typing import Any

import pytest

from certgate import api
from certgate.core.errors import UsageError
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.settings import Gateway
from certgate.gateway.tiers import CLASSIC, TIERS, V2
from tests.gateway import authority
from tests.gateway.gateway_runs import WORLD, ask

READ = """<return-response><set-status code="200" />
  <set-body>@(context.Request.Certificate == null ? "null" : context.Request.Certificate.Subject)</set-body>
</return-response>"""
CHECK = '<validate-client-certificate validate-trust="false" validate-revocation="false" />'
THERE, NULL = "CN=Valid Client, O=Contoso", "null"
LARGE = b"x" * 40_000


def arrived(url: str | None = None, body: bytes | None = None, client: bool = True, **settings: Any) -> Outcome:
    request = Request(url=url, body=body, method="POST" if body else None)
    return ask(READ, authority.client() if client else None, request=request, **settings)


def assumed(outcome: Outcome) -> set[str]:
    return {each.id for each in outcome.assumptions} - {"base-around", "status-reason"}


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("http", ["1.1", "2"])
@pytest.mark.parametrize("tls", ["1.2", "1.3"])
def test_asked(tier: str, http: str, tls: str) -> None:
    """With the switch on every tier but the workspace gateway gets the certificate, whatever the protocol."""
    outcome = arrived(tier=tier, http=http, tls=tls)
    assert outcome.body == (NULL if tier == "workspace" else THERE)
    assert assumed(outcome) == ({"workspace-certificate"} if tier == "workspace" else set())


@pytest.mark.parametrize("tier", [each for each in TIERS if each != "workspace"])
@pytest.mark.parametrize("http", ["1.1", "2"])
def test_not_asked(tier: str, http: str) -> None:
    """With the switch off nobody asks; the reason is said, with the setting that would change it."""
    outcome = arrived("https://api.contoso.com/x", tier=tier, negotiate=False, http=http)
    assert outcome.body == NULL
    assert assumed(outcome) == set()
    said = next(hint for hint in outcome.hints if "certificate" in hint)
    assert "negotiate is off for api.contoso.com" in said
    assert '[hosts."api.contoso.com"]' in said
    assert ("which HTTP/2 needs" in said) is (tier in CLASSIC and http == "2")
    assert ("Request client certificate" in said) is (tier in V2 or tier == "consumption")


def test_nothing_is_said_where_nothing_is_lost() -> None:
    """A client without certificate, and one whose certificate arrives, need no explanation."""
    assert arrived(negotiate=False, client=False).hints == ()
    assert arrived().hints == ()


def test_the_element_says_why() -> None:
    """The step of the element names the reason, not the client."""
    outcome = ask(CHECK, authority.client(), negotiate=False, request=Request(url="https://api.contoso.com/"))
    assert outcome.last_error is not None and outcome.last_error.reason == "ClientCertificateNotFound"
    assert "negotiate is off for api.contoso.com" in outcome.steps[0].effect
    none = ask(CHECK, None, negotiate=False)
    assert "the client presented no certificate" in none.steps[0].effect


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://api.contoso.com/", THERE),
        ("https://API.Contoso.com/", THERE),
        ("https://api.contoso.com:8443/", THERE),
        ("https://other.contoso.com/", NULL),
        ("https://quiet.contoso.com/", NULL),
        (None, NULL),
    ],
)
def test_a_switch_for_each_host(url: str | None, body: str) -> None:
    """The host of the address decides, without regard to case; others have the switch of the gateway."""
    hosts = {"Api.Contoso.COM": True, "quiet.contoso.com": {"negotiate": False}}
    assert arrived(url, negotiate=False, hosts=hosts).body == body
    if body == NULL and url and "quiet" in url:
        assert arrived(url, hosts=hosts).body == NULL


@pytest.mark.parametrize("settings", [{}, {"negotiate": False}, {"behind": "nginx:X-Cert"}, {"tier": "standardv2"}])
def test_plain_http(settings: dict[str, Any]) -> None:
    """Without TLS there is no certificate, also none for a proxy to pass on."""
    outcome = arrived("http://api.contoso.com/", **settings)
    assert outcome.body == NULL
    assert any("plain HTTP" in hint for hint in outcome.hints)


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize(("size", "large"), [(39_999, False), (40_000, True), (61_000, True)])
def test_the_deadlock(tier: str, size: int, large: bool) -> None:
    """A classic tier without the switch: from 40 KB on the certificate is null, with all three outcomes named."""
    outcome = arrived(tier=tier, negotiate=False, body=b"x" * size)
    assert outcome.body == NULL
    assert ("deadlock" in assumed(outcome)) is (large and tier in CLASSIC)
    if "deadlock" in assumed(outcome):
        text = next(each.text for each in outcome.assumptions if each.id == "deadlock")
        assert all(words in text for words in ("40 KB", "60 KB", "hang", "403 after a time-out", "null"))
        assert any("deadlock" in hint for hint in outcome.hints)


def test_no_deadlock() -> None:
    """Not with the switch on, and not where no policy reads the certificate."""
    assert assumed(arrived(body=LARGE)) == set()
    unread = ask("<return-response />", authority.client(), negotiate=False, request=Request(body=LARGE))
    assert assumed(unread) == set()


@pytest.mark.parametrize("host", ["contoso.azure-api.net", "CONTOSO.azure-api.net"])
def test_the_default_host_name(host: str) -> None:
    """Open question U8: the switch decides; an option follows the observation that this host name asks all the same."""
    url = f"https://{host}/"
    closed = arrived(url, negotiate=False)
    assert (closed.body, assumed(closed)) == (NULL, {"default-host"})
    assert any("--default-host-negotiates" in hint for hint in closed.hints)
    observed = arrived(url, negotiate=False, default_host_negotiates=True)
    assert (observed.body, assumed(observed)) == (THERE, {"default-host-asks"})
    assert arrived(url, negotiate=False, default_host_negotiates=True, tier="standardv2").body == NULL
    assert arrived("https://azure-api.net.evil/", negotiate=False, default_host_negotiates=True).body == NULL


def test_a_service_that_still_renegotiates() -> None:
    """Grandfathered services ask by renegotiation: TLS 1.2, HTTP/1.1, a client that takes part, a small body."""
    old = {"negotiate": False, "legacy_renegotiation": True}
    assert arrived(**old).body == THERE
    assert arrived(**old, http="2").body == NULL
    assert arrived(**old, body=LARGE).body == NULL
    assert arrived(**old, tier="standardv2").body == NULL
    assert arrived(**old, tier="self-hosted").body == NULL


@pytest.mark.parametrize(
    ("settings", "words", "option"),
    [
        ({"client_renegotiation": False}, "TLS error", "--client-renegotiation"),
        ({"tls": "1.3"}, "fails to connect", "--tls 1.2"),
    ],
)
@pytest.mark.parametrize("policy", [READ, CHECK])
def test_renegotiation_that_fails(policy: str, settings: dict[str, Any], words: str, option: str) -> None:
    """What the client gets then is not known: undecided where a policy reads the certificate, and only there."""
    settings = {"negotiate": False, "legacy_renegotiation": True, **settings}
    outcome = ask(policy, authority.client(), **settings)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open is not None
    assert words in outcome.open.message
    assert option in outcome.open.message
    assert "--negotiate" in outcome.open.message
    assert ask("<return-response />", authority.client(), **settings).decision is Decision.ACCEPTED
    assert ask(policy, authority.client(), **{**settings, "negotiate": True}).decision is not Decision.UNDECIDED


def test_consumption_without_a_certificate() -> None:
    """Open question U9: the policies run, with null, and the report says so."""
    outcome = arrived(tier="consumption", client=False)
    assert (outcome.body, assumed(outcome)) == (NULL, {"consumption-no-certificate"})
    assert assumed(arrived(tier="consumption", client=False, negotiate=False)) == set()
    assert assumed(arrived(tier="standardv2", client=False)) == set()


def test_the_test_console() -> None:
    """The console's proxy presents nothing."""
    outcome = arrived(test_console=True)
    assert (outcome.body, assumed(outcome)) == (NULL, {"test-console"})
    assert any("CORS proxy" in hint for hint in outcome.hints)


def test_http_2() -> None:
    """The reason phrase stays in the outcome and is said not to be sent; two gateways have no HTTP/2 at all."""
    outcome = arrived(http="2")
    assert outcome.reason == "OK"
    assert any("no reason phrase" in hint for hint in outcome.hints)
    for tier in ("consumption", "workspace"):
        assert any("has no HTTP/2" in hint for hint in arrived(http="2", tier=tier).hints)
    assert any("TLS 1.2" in hint for hint in arrived(tls="1.3", tier="self-hosted").hints)


def test_an_expression_alone() -> None:
    """`eval` knows the situation too, and says why the certificate is missing."""
    gateway = Gateway(negotiate=False)
    answer = api.evaluate("@(context.Request.Certificate == null)", gateway, client=authority.client(), world=WORLD)
    assert answer.value is True
    assert any("negotiate is off" in note for note in answer.notes)
    assert api.evaluate("@(1 + 1)", gateway, client=authority.client(), world=WORLD).notes == ()
    refusing = Gateway(negotiate=False, legacy_renegotiation=True, client_renegotiation=False)
    open_ = api.evaluate("@(context.Request.Certificate == null)", refusing, client=authority.client(), world=WORLD)
    assert open_.unsupported is not None and "TLS error" in open_.unsupported


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"tier": "premum"}, "value-unknown"),
        ({"http": "3"}, "value-unknown"),
        ({"tls": "1.1"}, "value-unknown"),
        ({"negotiate": "no"}, "value-unknown"),
        ({"behind": "ngnix"}, "value-unknown"),
        ({"behind": "nginx:"}, "behind-header"),
        ({"behind": "nginx:X Cert"}, "behind-header"),
        ({"hosts": {"a.example": "no"}}, "value-unknown"),
        ({"untrusted": ("abc",)}, "value-unknown"),
    ],
)
def test_values_that_there_are_not(settings: dict[str, Any], code: str) -> None:
    """A value that a key does not have is refused, with the key in the message."""
    with pytest.raises(UsageError) as error:
        Gateway(**settings)
    assert error.value.code == code
    assert next(iter(settings)) in error.value.message
