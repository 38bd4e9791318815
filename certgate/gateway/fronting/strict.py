"""A proxy that lets no client through whose certificate it does not trust: the request never reaches the gateway.

The CA certificates of the trust store stand for those that the proxy was given, whatever the gateway behind it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.exchange import Body, Headers, Response
from certgate.gateway.fronting.proxy import parse
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from certgate.gateway.situation import Situation
    from certgate.pki.certificate import Certificate

MISSING = "No required SSL certificate was sent"
BAD = "The SSL certificate error"
_PAGE = (
    "<html>\n<head><title>400 {why}</title></head>\n<body>\n<h1>400 Bad Request</h1>\n<p>{why}</p>\n</body>\n</html>\n"
)


def refusal(situation: Situation) -> tuple[Response, str] | None:
    """The answer of the proxy to a client that it does not let through, and who answered; None: the request goes on.

    SECURITY: a chain of which nobody knows whether it is good is not good.
    """
    behind = situation.gateway.behind
    if behind is None or situation.called.scheme != "https":
        return None
    proxy = parse(behind).proxy
    faults = () if situation.certificate is None else _faults(situation.certificate, situation)
    if faults is None:
        return None
    why = BAD if faults else MISSING
    page = _PAGE.format(why=why).encode()
    return Response(400, None, Headers({"Content-Type": "text/html"}), Body(page)), ": ".join(
        (proxy.title, why, *faults)
    )


def _faults(certificate: Certificate, situation: Situation) -> tuple[str, ...] | None:
    """What the proxy has against the certificate, one text; None: nothing."""
    from certgate.pki.chains.chain import build

    verdict = build(
        certificate,
        situation.gateway.trust,
        now=situation.now,
        extra=situation.sent,
        revocation=Revocation.NONE,
        downloads=False,
    )
    return None if verdict.build is True else (", ".join(verdict.status) or "no chain to a trusted root is known",)
