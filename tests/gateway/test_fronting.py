"""Proxies in front of the gateway: their headers to the letter, and policies that make a certificate of them again."""

from __future__ import annotations

import base64
import tomllib
from pathlib import Path
from typing import Any

import pytest

from certgate import api
from certgate.core.errors import UsageError
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.fronting.proxies import PROXIES
from certgate.gateway.fronting.proxy import Client, parse
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from certgate.gateway.tiers import V2
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority
from tests.gateway.gateway_runs import WORLD, ask

KNOWN = tomllib.loads((Path(__file__).parent / "fronting.toml").read_text(encoding="utf-8"))
LEAF, ISSUER = (Certificate(base64.b64decode(KNOWN[name]), source=f"{name}.cer") for name in ("leaf", "issuer"))
STORE = TrustStore(roots=[ISSUER])


def rebuilt(header: str, text: str) -> str:
    """A policy in the common form: the header, made bytes by `text`, made a certificate, checked."""
    return f"""<policies><inbound><base />
      <set-variable name="raw" value="@(context.Request.Headers.GetValueOrDefault(&quot;{header}&quot;))" />
      <choose>
        <when condition="@(string.IsNullOrWhiteSpace((string)context.Variables[&quot;raw&quot;]))">
          <return-response><set-status code="401" reason="No header" /></return-response>
        </when>
      </choose>
      <set-variable name="bytes" value="@{{ var raw = (string)context.Variables[&quot;raw&quot;]; {text} }}" />
      <choose>
        <when condition="@(!new System.Security.Cryptography.X509Certificates.X509Certificate2(
            (byte[])context.Variables[&quot;bytes&quot;]).VerifyNoRevocation())">
          <return-response><set-status code="403" reason="Not trusted" /></return-response>
        </when>
      </choose>
      <return-response><set-status code="200" /><set-body>@(new X509Certificate2(
          (byte[])context.Variables["bytes"]).Thumbprint + " " + (context.Request.Certificate == null))</set-body>
      </return-response>
    </inbound></policies>"""


def decoded(escaping: str) -> str:
    """Percent-decoding, the markers taken away, base64."""
    return (
        f"var pem = {escaping}; "
        'return Convert.FromBase64String(pem.Replace("-----BEGIN CERTIFICATE-----", "")'
        '.Replace("-----END CERTIFICATE-----", ""));'
    ).replace('"', "&quot;")


URL_DECODE, UNESCAPE = decoded("System.Net.WebUtility.UrlDecode(raw)"), decoded("Uri.UnescapeDataString(raw)")
BASE64 = "return Convert.FromBase64String(raw);"
FIRST = "return Convert.FromBase64String(raw.Split(',')[0]);"
CERT_KEY = decoded(
    "Uri.UnescapeDataString(raw.Split(';').First(part => part.StartsWith(\"Cert=\")).Substring(5).Trim('\"'))"
)
PEM_BYTES = "return System.Text.Encoding.ASCII.GetBytes(Uri.UnescapeDataString(raw));"
HEADERS = {"nginx", "nginx-legacy", "apache", "haproxy"}
"""Proxies whose header has to be named."""

POLICIES = [
    ("application-gateway", "X-Client-Certificate", URL_DECODE),
    ("application-gateway", "X-Client-Certificate", UNESCAPE),
    ("application-gateway-strict", "X-Client-Certificate", URL_DECODE),
    ("app-service", "X-ARR-ClientCert", BASE64),
    ("container-apps", "X-Forwarded-Client-Cert", CERT_KEY),
    ("envoy", "X-Forwarded-Client-Cert", CERT_KEY),
    ("istio", "X-Forwarded-Client-Cert", CERT_KEY),
    ("nginx", "X-Cert", URL_DECODE),
    ("nginx", "X-Cert", PEM_BYTES),
    ("nginx-legacy", "X-Cert", decoded("raw")),
    ("ingress-nginx", "ssl-client-cert", UNESCAPE),
    ("apache", "X-Cert", UNESCAPE),
    ("traefik", "X-Forwarded-Tls-Client-Cert", FIRST),
    ("traefik-v2", "X-Forwarded-Tls-Client-Cert", decoded("Uri.UnescapeDataString(raw.Split(',')[0])")),
    ("haproxy", "X-Cert", BASE64),
    ("aws-alb", "X-Amzn-Mtls-Clientcert", UNESCAPE),
    ("cloudfront", "CloudFront-Viewer-Cert-Pem", UNESCAPE),
    ("cloudflare", "Cf-Client-Cert-Der-Base64", BASE64),
    ("rfc9440", "Client-Cert", "return Convert.FromBase64String(raw.Trim(':'));"),
]


def through(
    behind: str, policy: str, client: Certificate | None = LEAF, *, request: Request | None = None, **settings: Any
) -> Outcome:
    gateway = Gateway(trust=settings.pop("trust", STORE), behind=behind, **settings)
    return api.validate(client, Policy.parse(policy), gateway, request=request, world=WORLD)


def named(proxy: str) -> str:
    return f"{proxy}:X-Cert" if proxy in HEADERS else proxy


@pytest.mark.parametrize("row", KNOWN["proxy"], ids=lambda row: row["behind"])
def test_headers_to_the_letter(row: dict[str, Any]) -> None:
    """Each header is what the proxy writes, and there is no other; nothing for a client without certificate."""
    behind = parse(row["behind"])
    assert behind.headers(Client(LEAF, (ISSUER,))) == row["headers"]
    assert behind.loses is not bool(row["headers"])


def test_every_proxy_is_known() -> None:
    """No proxy is without its known answer, and each of its names leads to it."""
    strict = {"application-gateway-strict"}
    assert {parse(row["behind"]).proxy.name for row in KNOWN["proxy"]} == {each.name for each in PROXIES} - strict
    for proxy in PROXIES:
        for name in proxy.names:
            assert parse(name.upper()).proxy is proxy


def test_the_sample_has_all_that_is_encoded() -> None:
    """The certificate's base64 holds each character that proxies treat differently."""
    assert set("+/=") <= set(KNOWN["leaf"])


@pytest.mark.parametrize(("proxy", "header", "text"), POLICIES)
def test_policies_that_rebuild_the_certificate(proxy: str, header: str, text: str) -> None:
    """The policy for that encoding gets the client's certificate back, and the connection has none."""
    outcome = through(named(proxy), rebuilt(header, text))
    assert (outcome.status, outcome.body) == (200, f"{LEAF.thumbprint} True")
    if proxy != "application-gateway-strict":
        stranger = through(named(proxy), rebuilt(header, text), trust=authority.store())
        assert (stranger.status, stranger.reason) == (403, "Not trusted")
        assert through(named(proxy), rebuilt(header, text), None).reason == "No header"


def test_plus_signs_are_lost_where_they_are_not_encoded() -> None:
    """`UrlDecode` makes blanks of Apache's and AWS's plus signs: base64 of the wrong length, 500."""
    for proxy, header in (("apache:X-Cert", "X-Cert"), ("aws-alb", "X-Amzn-Mtls-Clientcert")):
        outcome = through(proxy, rebuilt(header, URL_DECODE))
        assert outcome.status == 500
        assert outcome.last_error is not None and "Base-64" in outcome.last_error.message


@pytest.mark.parametrize("policy", ["validate-client-certificate", "choose"])
def test_the_connection_has_none(policy: str) -> None:
    """A policy that reads the connection's certificate finds none behind any proxy, and the report says where it is."""
    text = {
        "validate-client-certificate": "<validate-client-certificate />",
        "choose": """<choose><when condition="@(context.Request.Certificate == null)"><return-response>
            <set-status code="401" reason="None" /></return-response></when></choose>""",
    }[policy]
    for proxy in PROXIES:
        behind = named(proxy.name)
        outcome = through(behind, text)
        assert outcome.status == 401
        said = next(hint for hint in outcome.hints if proxy.title in hint)
        lost = parse(behind).loses
        assert ("nothing" in said or "lost" in said) is lost
        assert lost or f"the header {parse(behind).header} holds" in said


@pytest.mark.parametrize("proxy", ["nginx", "nginx-legacy", "nginx-fingerprint", "apache", "haproxy"])
def test_a_name_that_is_missing(proxy: str) -> None:
    """Without a name for its header the certificate is lost, and the hint says how to name it."""
    outcome = through(proxy, rebuilt("X-Cert", BASE64))
    assert outcome.reason == "No header"
    assert any(f"--behind {proxy}:HEADER" in hint for hint in outcome.hints)


def test_a_header_of_the_request_wins() -> None:
    """A header that is given with the request stays, in any spelling."""
    request = Request(headers={"x-cert": "mine"})
    text = (
        '<return-response><set-body>@(context.Request.Headers.GetValueOrDefault("X-Cert"))</set-body></return-response>'
    )
    assert through("haproxy:X-Cert", text, request=request).body == "mine"


@pytest.mark.parametrize("tier", V2)
@pytest.mark.parametrize("behind", ["app-service", "nginx:x-arr-clientcert", None])
def test_a_header_that_comes_empty(behind: str | None, tier: str) -> None:
    """On v2 tiers X-ARR-ClientCert is empty, whoever sends it; another name works."""
    value = 'context.Request.Headers["X-ARR-ClientCert"][0]'
    text = f'<return-response><set-body>@("[" + {value} + "]")</set-body></return-response>'
    request = Request(headers={"X-ARR-ClientCert": "mine"} if behind is None else {})
    outcome = ask(text, LEAF, behind=behind, tier=tier, request=request)
    assert outcome.body == "[]"
    assert "arr-header" in {each.id for each in outcome.assumptions}
    assert through("app-service:X-Cert", rebuilt("X-Cert", BASE64), tier=tier, trust=STORE).reason == "Not trusted"


def test_what_the_headers_rest_on() -> None:
    """Assumptions are said for the headers that were sent, and only then."""

    def assumed(behind: str, client: Certificate | None = LEAF) -> set[str]:
        return {each.id for each in through(behind, "<policies />", client).assumptions} - {"base-around"}

    assert assumed("application-gateway") == {"application-gateway-header"}
    assert assumed("application-gateway:X-Cert") == set()
    assert assumed("application-gateway", None) == set()
    assert assumed("nginx-legacy:X-Cert") == {"folded-header"}
    assert assumed("nginx-legacy") == set()
    assert assumed("ingress-nginx") == {"proxy-verifies"}


def test_without_a_certificate() -> None:
    """What proxies send for a client that presents none."""
    found = {each.name: parse(named(each.name)).headers(None) for each in PROXIES}
    assert {name: headers for name, headers in found.items() if headers} == {
        "ingress-nginx": {"ssl-client-verify": "NONE"},
        "apache": {"X-Cert": ""},
        "haproxy": {"X-Cert": ""},
        "cloudfront": {"CloudFront-Viewer-Cert-Present": "0"},
    }


STRICT = "application-gateway-strict"


@pytest.mark.parametrize(
    ("client", "words"),
    [
        (None, "No required SSL certificate was sent"),
        (authority.stranger(), "The SSL certificate error"),
        (authority.expired(), "The SSL certificate error"),
        (authority.not_yet_valid(), "The SSL certificate error"),
    ],
)
def test_a_strict_proxy(client: Certificate | None, words: str) -> None:
    """A client that the proxy does not trust gets 400 from it; no policy runs."""
    outcome = ask("<policies />", client, behind=STRICT)
    assert (outcome.decision, outcome.status, outcome.reason) == (Decision.REJECTED, 400, "Bad Request")
    assert outcome.headers == {"Content-Type": ("text/html",)}
    assert words in outcome.body
    assert outcome.steps == () and outcome.decided_by is None and outcome.backend is None
    assert "never reached the gateway" in outcome.hints[0]
    assert "proxy-authorities" in {each.id for each in outcome.assumptions}


@pytest.mark.parametrize("tier", ["premium", "standardv2", "workspace"])
def test_a_strict_proxy_has_authorities_of_its_own(tier: str) -> None:
    """It takes the CA certificates of the store, whatever the tier behind it takes."""
    outcome = ask("<policies />", authority.client(), behind=STRICT, tier=tier)
    assert outcome.status == 200
    assert "proxy-authorities" in {each.id for each in outcome.assumptions}
    assert ask("<policies />", authority.client(), behind=STRICT, trust=TrustStore()).status == 400
    intermediate_sent = TrustStore(roots=[authority.root()])
    sent = ask("<policies />", authority.client(), behind=STRICT, trust=intermediate_sent, extra=(authority.issuing(),))
    assert sent.status == 200
    assert ask("<policies />", authority.client(), behind=STRICT, trust=intermediate_sent).status == 400


def test_what_was_sent_to_the_proxy_goes_no_further() -> None:
    """Intermediates of the handshake do not help the gateway to trust a certificate that came in a header."""
    policy = rebuilt("X-Client-Certificate", URL_DECODE)
    roots = TrustStore(roots=[authority.root()])
    client = authority.client()
    extra = (authority.issuing(),)
    assert ask(policy, client, behind="application-gateway", trust=roots, extra=extra).reason == "Not trusted"
    assert ask(policy, client, behind="application-gateway").status == 200


def test_headers_can_be_forged() -> None:
    """Where a header let the request through, the report says so; not where the caller's address was checked."""
    policy = rebuilt("X-Client-Certificate", URL_DECODE)
    assert any("X-Client-Certificate" in hint and "ip-filter" in hint for hint in through("agw", policy).hints)
    refused = through("agw", policy, trust=authority.store())
    assert not any("ip-filter" in hint for hint in refused.hints)


def test_an_expression_alone() -> None:
    """`eval` sees the proxy's header."""
    gateway = Gateway(behind="cloudflare")
    text = '@(context.Request.Headers.GetValueOrDefault("Cf-Client-Cert-Der-Base64"))'
    answer = api.evaluate(text, gateway, client=LEAF, world=World(authority.NOW))
    assert answer.value == KNOWN["leaf"]
    header = '@(context.Request.Headers.ContainsKey("X-Client-Certificate"))'
    assumed = api.evaluate(header, Gateway(behind="agw"), client=LEAF, world=World(authority.NOW))
    assert assumed.value is True
    assert any("Application Gateway names its header" in note for note in assumed.notes)


def test_certificates_that_cannot_be_read_whole() -> None:
    """Dates and alternative names that no program reads leave their fields empty; nothing is thrown."""
    broken = LEAF.der.replace(b"250101000000Z", b"25010100000xZ")
    for row in KNOWN["proxy"]:
        headers = parse(row["behind"]).headers(Client(Certificate(broken)))
        assert set(headers) == set(row["headers"]) - {"Client-Cert-Chain"}
    assert parse("cloudfront").headers(Client(Certificate(broken)))["CloudFront-Viewer-Cert-Validity"] == ""


@pytest.mark.parametrize("text", ["", "nginx2:X", "nginx:X\nY", "nginx:" + "x" * 300])
def test_what_is_no_proxy(text: str) -> None:
    """Unknown names and headers that cannot be are refused."""
    with pytest.raises(UsageError):
        Gateway(behind=text)
