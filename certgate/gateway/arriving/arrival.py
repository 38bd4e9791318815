"""What of the client's certificate arrives at the gateway, and why not: one rule for each row of fact sheet §2.1.

Knows tiers, switches, protocols and what stands in front; what a proxy writes into its headers is ``fronting``'s
business. Does not know policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import field, frozen, replace
from certgate.gateway.tiers import CONSUMPTION, SELF_HOSTED, V2, WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.gateway.fronting.proxy import Behind
    from certgate.gateway.situation import Situation
    from certgate.pki.certificate import Certificate

DEADLOCK_FROM = 40_000
"""Bytes of a body from which renegotiation may end in a deadlock; one page says about 60 KB, another more than 40."""
DEFAULT_HOSTS = ".azure-api.net"
"""What the default host names of the managed tiers end in."""
EMPTIED = "X-ARR-ClientCert"
"""The header that reaches the policies of the v2 tiers empty."""


@frozen
class Arrival:
    """What the gateway gets of the client's certificate. `certificate` None: nothing on the connection."""

    certificate: Certificate | None = None
    why: str = ""
    """Why there is no certificate although the client has one."""
    remedy: str = ""
    """What would bring it to the policies."""
    assumed: tuple[str, ...] = ()
    """Assumptions that take part when a policy reads the certificate."""
    unreadable: str = ""
    """What goes wrong when a policy reads it; nobody knows what the client gets then."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What the proxy in front puts into the request."""
    supposed: tuple[str, ...] = ()
    """Assumptions that these headers rest on."""
    forwarded: str = ""
    """The header that holds the certificate."""


_NOTHING = Arrival()


def arrival(situation: Situation) -> Arrival:
    """What arrives of the certificate in this situation."""
    gateway, url = situation.gateway, situation.called
    if url.scheme != "https":
        return Arrival(
            why="the request is plain HTTP: without TLS there is no certificate", remedy="call an https: address"
        )
    if gateway.behind is not None:
        return _behind(situation, gateway.behind)
    if gateway.tier == WORKSPACE:
        return Arrival(
            why="a workspace gateway has no setting that asks for a certificate",
            remedy="let a proxy forward the certificate in a header: --behind NAME:HEADER",
            assumed=("workspace-certificate",),
        )
    if gateway.test_console:
        return Arrival(
            why="the portal's test console calls by way of its proxy, which presents no certificate",
            remedy="bypass the CORS proxy, so that the browser itself presents the certificate",
            assumed=("test-console",),
        )
    if gateway.asks(url.host):
        client = _presented(situation.certificate)
        required = gateway.tier == CONSUMPTION and client is None
        return Arrival(client, assumed=("consumption-no-certificate",)) if required else _direct(client)
    return _unasked_classic(situation) if gateway.classic else _unasked(situation)


def _direct(client: Certificate | None) -> Arrival:
    return _NOTHING if client is None else Arrival(client)


def _presented(certificate: Certificate | None) -> Certificate | None:
    """What the gateway gets of it: its key stays with the client, whatever the file holds (fact sheet §2.3)."""
    if certificate is None or not certificate.has_private_key:
        return certificate
    return type(certificate)(certificate.der, source=certificate.source)


def _unasked(situation: Situation) -> Arrival:
    """The switch is off, and nothing else asks."""
    gateway, host = situation.gateway, situation.called.host
    name = "Request client certificate" if gateway.tier in (*V2, CONSUMPTION) else "Negotiate client certificate"
    return Arrival(
        why=f"the gateway does not ask for a certificate: negotiate is off for {host}",
        remedy=f'turn on "{name}" for it: --negotiate, or [hosts."{host}"] in certgate.toml',
    )


def _unasked_classic(situation: Situation) -> Arrival:
    """The switch is off on a classic tier: what becomes of renegotiation, which used to stand in for it."""
    gateway, url = situation.gateway, situation.called
    unasked = _unasked(situation)
    if len(situation.content or b"") >= DEADLOCK_FROM:
        why = f"{unasked.why}, and a body of 40 KB or more may end in a deadlock"
        return replace(unasked, why=why, assumed=("deadlock",))
    if gateway.http == "2":
        return replace(unasked, why=f"{unasked.why}, which HTTP/2 needs")
    if url.host.endswith(DEFAULT_HOSTS):
        if gateway.default_host_negotiates:
            return Arrival(_presented(situation.certificate), assumed=("default-host-asks",))
        remedy = (
            f"{unasked.remedy}; --default-host-negotiates follows an observation that this host name asks without it"
        )
        unasked = replace(unasked, remedy=remedy, assumed=("default-host",))
    return _renegotiated(situation) if gateway.legacy_renegotiation else unasked


def _renegotiated(situation: Situation) -> Arrival:
    gateway, remedy = situation.gateway, "turn on negotiate (--negotiate), which needs no renegotiation"
    if gateway.tls == "1.3":
        text = "TLS 1.3 has no renegotiation, which this service depends on: a client that needs it fails to connect"
        return Arrival(why=text, remedy=remedy, unreadable=f"{text}; {remedy}, or give --tls 1.2")
    if not gateway.client_renegotiation:
        text = "the client refuses renegotiation: reading its certificate ends in a TLS error"
        return Arrival(why=text, remedy=remedy, unreadable=f"{text}; {remedy}, or give --client-renegotiation")
    return _direct(_presented(situation.certificate))


def _behind(situation: Situation, behind: str) -> Arrival:
    """A proxy has ended TLS: the certificate goes on in its header, or not at all."""
    # Imported here: most gateways stand behind nothing.
    from certgate.gateway.fronting.proxy import Client, parse

    proxy = parse(behind)
    certificate = _presented(situation.certificate)
    client = Client(certificate, situation.sent) if certificate is not None else None
    lost = client is not None and proxy.loses
    return Arrival(
        why=f"TLS ends at {proxy.proxy.title}, in front of the gateway",
        remedy=_lost(proxy) if lost else f"the header {proxy.header} holds {proxy.proxy.holds}",
        headers=proxy.headers(client),
        supposed=proxy.assumed if client is not None and not lost else (),
        forwarded=proxy.header or "" if client is not None and not lost else "",
    )


def _lost(behind: Behind) -> str:
    if behind.proxy.value is None:
        return "it forwards nothing of the certificate"
    return f"the certificate is lost: name the header that holds it, --behind {behind.proxy.name}:HEADER"


def notes(situation: Situation, status_known: bool) -> tuple[str, ...]:
    """What the protocol does to the answer, one sentence each; it never changes a status."""
    gateway = situation.gateway
    found = []
    if gateway.http == "2" and gateway.tier in (CONSUMPTION, WORKSPACE):
        found.append(f"a {gateway.tier} gateway has no HTTP/2: the client falls back to HTTP/1.1")
    elif gateway.http == "2" and status_known:
        found.append("over HTTP/2 no reason phrase is sent: the client sees the status alone")
    if gateway.tls == "1.3" and gateway.tier == SELF_HOSTED:
        found.append("a self-hosted gateway speaks TLS 1.2 unless it is set up otherwise")
    return tuple(found)
