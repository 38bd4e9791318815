"""Tokens of Microsoft Entra: which OpenID configurations of a tenant the gateway reads, and the rules that follow.

The gateway's own address for the configuration is not published, so both that Entra has are looked for: version 2.0
first. SECURITY: as everywhere, in recorded answers only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.gateway.amounts import switch, texts
from certgate.gateway.exchange import Url
from certgate.gateway.sending.calls import SETTLE
from certgate.gateway.tokens.claims import Lifetime
from certgate.gateway.tokens.openid import Provider, providers
from certgate.gateway.tokens.reasons import Invalid, Unknown
from certgate.gateway.tokens.rules import Rules, key_list, required_claims

if TYPE_CHECKING:
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

ENDPOINT = "https://login.microsoftonline.com"
_CONFIGURATIONS = ("/v2.0/.well-known/openid-configuration", "/.well-known/openid-configuration")
_TENANT_PART = re.compile(r"/([0-9A-Fa-f-]{36}|\{tenantid\})(?:/|$)")


def entra_rules(element: Element, run: Run) -> Rules | Invalid | Unknown:
    """The rules of a ``validate-azure-ad-token``."""
    for name in ("allow-protected-forwarded-tokens", "allow-proof-of-possession-tokens"):
        if switch(run, element, name, default=False):
            return Unknown(f"certgate does not simulate {name}, which no page describes")
    decryption = key_list(element, run, "decryption-keys")
    found = _published(element, run)
    if isinstance(decryption, Unknown):
        return decryption
    if not isinstance(found, tuple):
        return found
    backends = texts(run, element, "backend-application-ids", "application-id")
    return Rules(
        Lifetime(run.now),
        keys=tuple(key for each in found for key in each.keys),
        decryption=decryption,
        audiences=(
            *texts(run, element, "audiences", "audience"),
            *(audience for each in backends for audience in ((each, f"api://{each}") if each else ("",))),
        ),
        issuers=tuple(issuer for each in found for issuer in _issuers(each.issuer)),
        claims=tuple(required_claims(element, run)),
        clients=texts(run, element, "client-application-ids", "application-id"),
    )


def _published(element: Element, run: Run) -> tuple[Provider, ...] | Invalid | Unknown:
    try:
        urls = [_tenant_url(element, run) + path for path in _CONFIGURATIONS]
    except UsageError:
        return Unknown("tenant-id makes no address")
    fetcher = run.situation.fetcher
    listed = [url for url in urls if fetcher and (found := fetcher.listed(url)) and found.status == 200]
    if fetcher is None or fetcher.listed(urls[0]) is None or not listed:
        message = f"what {urls[0]} publishes is not known: certgate asks no identity provider"
        return Unknown(message, tuple(urls), SETTLE)
    return providers(run, listed)


def _tenant_url(element: Element, run: Run) -> str:
    """Raises UsageError."""
    tenant = (run.text(element, "tenant-id") or "").strip().rstrip("/")
    endpoint = (run.text(element, "authentication-endpoint") or ENDPOINT).strip().rstrip("/")
    endpoint = endpoint if "://" in endpoint else f"https://{endpoint}"
    if "://" in tenant:
        url = Url.parse(tenant)
        # A tenant's own domain as an address, or the address of the tenant at the endpoint.
        tenant = url.path.strip("/") or url.host
    return Url.parse(f"{endpoint}/{tenant}").text


def _issuers(published: str) -> tuple[str, ...]:
    """Tokens of versions 1.0 and 2.0 of the same tenant have issuers of their own."""
    found = _TENANT_PART.search(published)
    if found is None or not published.startswith((f"{ENDPOINT}/", "https://sts.windows.net/")):
        return (published,)
    tenant = found[1]
    return (f"https://sts.windows.net/{tenant}/", f"{ENDPOINT}/{tenant}/v2.0")
