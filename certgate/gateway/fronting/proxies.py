"""The proxies, one row each (fact sheet §8.1): what stands in their headers, to the letter.

A row says what the proxy writes with its usual settings. Sources: the pages of their makers, and the programs where
those are public (Envoy, nginx, Apache, Traefik).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.gateway.fronting.encodings import (
    base64,
    byte_sequence,
    escaped,
    escaped_in_lower_case,
    folded,
    pem,
)
from certgate.gateway.fronting.proxy import Client, Proxy
from certgate.pki import rfc2253

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.pki.certificate import Certificate
    from certgate.pki.general_names import NameKind

_KEPT = "+=/"
"""What Apache and AWS leave as it is."""
_ESCAPED_PEM = "the PEM text, percent-encoded, with its markers"
_BASE64 = "the DER in base64, without markers"


def _escaped_pem(client: Client) -> str:
    return escaped(pem(client.certificate))


def _folded_pem(client: Client) -> str:
    return folded(pem(client.certificate))


def _base64(client: Client) -> str:
    return base64(client.certificate)


def _fingerprint(client: Client) -> str:
    return client.certificate.thumbprint.lower()


def _apache(client: Client) -> str:
    return escaped_in_lower_case(pem(client.certificate), _KEPT)


def _kept_pem(client: Client) -> str:
    return escaped(pem(client.certificate), _KEPT)


def _kept_chain(client: Client) -> str:
    return "".join(escaped(pem(each), _KEPT) for each in client.chain)


def _traefik(client: Client) -> str:
    return ",".join(map(base64, client.chain))


def _traefik_2(client: Client) -> str:
    return ",".join(escaped(base64(each)) for each in client.chain)


def _xfcc(*keys: str) -> Callable[[Client], str]:
    """An element of ``X-Forwarded-Client-Cert`` with these keys, in the order in which Envoy writes them."""

    def value(client: Client) -> str:
        return ";".join(f"{key}={each}" for key in keys for each in _XFCC[key](client))

    return value


def _alternative_names(client: Client, kind: NameKind) -> list[str]:
    try:
        names = client.certificate.subject_alternative_names
    except InputError:
        return []
    return [each.text for each in names if each.kind is kind]


def _uris(client: Client) -> list[str]:
    from certgate.pki.general_names import NameKind

    # Envoy writes the key also where there is nothing to write.
    return _alternative_names(client, NameKind.URI) or [""]


def _dns_names(client: Client) -> list[str]:
    from certgate.pki.general_names import NameKind

    return _alternative_names(client, NameKind.DNS)


_XFCC: dict[str, Callable[[Client], list[str]]] = {
    "Hash": lambda client: [client.certificate.hash("sha256").hex()],
    "Cert": lambda client: [f'"{_escaped_pem(client)}"'],
    "Chain": lambda client: [f'"{"".join(escaped(pem(each)) for each in client.chain)}"'],
    "Subject": lambda client: [f'"{rfc2253.text(client.certificate.subject_name)}"'],
    "URI": _uris,
    "DNS": _dns_names,
}


def _ingress(client: Client) -> dict[str, str]:
    certificate = client.certificate
    return {
        "ssl-client-verify": "SUCCESS",
        "ssl-client-subject-dn": rfc2253.text(certificate.subject_name),
        "ssl-client-issuer-dn": rfc2253.text(certificate.issuer_name),
    }


def _cloudfront(client: Client) -> dict[str, str]:
    certificate = client.certificate
    digits = certificate.serial_number.removeprefix("00").lower()
    return {
        "CloudFront-Viewer-Cert-Present": "1",
        "CloudFront-Viewer-Cert-Serial-Number": ":".join(digits[at : at + 2] for at in range(0, len(digits), 2)),
        "CloudFront-Viewer-Cert-Subject": rfc2253.text(certificate.subject_name),
        "CloudFront-Viewer-Cert-Issuer": rfc2253.text(certificate.issuer_name),
        "CloudFront-Viewer-Cert-Sha256": certificate.hash("sha256").hex(),
        "CloudFront-Viewer-Cert-Validity": _validity(certificate),
    }


def _validity(certificate: Certificate) -> str:
    """Both dates; nothing where they cannot be read."""
    try:
        starts, ends = certificate.not_before, certificate.not_after
    except InputError:
        return ""
    return f"NotBefore={starts:%Y-%m-%dT%H:%M:%SZ};NotAfter={ends:%Y-%m-%dT%H:%M:%SZ}"


def _chain_field(client: Client) -> dict[str, str]:
    chain = ", ".join(map(byte_sequence, client.others))
    return {"Client-Cert-Chain": chain} if chain else {}


_XFCC_HEADER = "X-Forwarded-Client-Cert"

PROXIES: tuple[Proxy, ...] = (
    Proxy(
        ("application-gateway", "application-gateway-passthrough", "agw"),
        "Application Gateway (passthrough)",
        _ESCAPED_PEM,
        _escaped_pem,
        "X-Client-Certificate",
        assumed_name="application-gateway-header",
    ),
    Proxy(
        ("application-gateway-strict", "agw-strict"),
        "Application Gateway (strict)",
        _ESCAPED_PEM,
        _escaped_pem,
        "X-Client-Certificate",
        strict=True,
        assumed_name="application-gateway-header",
    ),
    Proxy(("front-door", "frontdoor", "azure-front-door"), "Azure Front Door", "nothing of the certificate"),
    Proxy(("app-service", "arr"), "the front end of App Service (ARR)", _BASE64, _base64, "X-ARR-ClientCert"),
    Proxy(
        ("container-apps", "aca", "azure-container-apps"),
        "Azure Container Apps",
        "Hash, Cert and Chain of the client",
        _xfcc("Hash", "Cert", "Chain"),
        _XFCC_HEADER,
    ),
    Proxy(
        ("envoy", "xfcc"),
        "Envoy",
        "Hash, Cert and Subject of the client",
        _xfcc("Hash", "Cert", "Subject"),
        _XFCC_HEADER,
    ),
    Proxy(
        ("istio",),
        "Istio",
        "Hash, Cert, Subject, URI and DNS of the client",
        _xfcc("Hash", "Cert", "Subject", "URI", "DNS"),
        _XFCC_HEADER,
    ),
    Proxy(("nginx", "nginx-escaped"), "nginx ($ssl_client_escaped_cert)", _ESCAPED_PEM, _escaped_pem),
    Proxy(
        ("nginx-legacy", "nginx-old"),
        "nginx ($ssl_client_cert)",
        "the PEM text, its lines folded with tabs",
        _folded_pem,
        assumed=("folded-header",),
    ),
    Proxy(
        ("nginx-fingerprint",),
        "nginx ($ssl_client_fingerprint)",
        "the SHA-1 fingerprint in lower case",
        _fingerprint,
    ),
    Proxy(
        ("ingress-nginx", "nginx-ingress"),
        "ingress-nginx",
        _ESCAPED_PEM,
        _escaped_pem,
        "ssl-client-cert",
        beside=_ingress,
        absent_beside={"ssl-client-verify": "NONE"},
        assumed=("proxy-verifies",),
    ),
    Proxy(
        ("apache", "httpd"),
        "Apache httpd",
        "the PEM text, percent-encoded in lower case but for + = /, with its markers",
        _apache,
        absent="",
    ),
    Proxy(
        ("traefik", "traefik-v3"),
        "Traefik 3",
        "the DER of each certificate in base64, with commas between them",
        _traefik,
        "X-Forwarded-Tls-Client-Cert",
    ),
    Proxy(
        ("traefik-v2",),
        "Traefik 2",
        "the DER of each certificate in base64, percent-encoded, with commas between them",
        _traefik_2,
        "X-Forwarded-Tls-Client-Cert",
    ),
    Proxy(("haproxy",), "HAProxy (ssl_c_der,base64)", _BASE64, _base64, absent=""),
    Proxy(
        ("aws-alb", "alb"),
        "AWS Application Load Balancer (passthrough)",
        "the PEM text of the whole chain, percent-encoded but for + = /",
        _kept_chain,
        "X-Amzn-Mtls-Clientcert",
    ),
    Proxy(
        ("cloudfront", "aws-cloudfront"),
        "Amazon CloudFront",
        "the PEM text, percent-encoded but for + = /, and fields beside it",
        _kept_pem,
        "CloudFront-Viewer-Cert-Pem",
        beside=_cloudfront,
        absent_beside={"CloudFront-Viewer-Cert-Present": "0"},
    ),
    Proxy(("cloudflare",), "Cloudflare", _BASE64, _base64, "Cf-Client-Cert-Der-Base64"),
    Proxy(
        ("rfc9440", "rfc-9440"),
        "a proxy by RFC 9440",
        "the DER in base64 between colons",
        lambda client: byte_sequence(client.certificate),
        "Client-Cert",
        beside=_chain_field,
    ),
)
