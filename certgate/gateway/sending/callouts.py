"""What send-request and send-one-way-request send: put together from their mode, their address and what stands inside.

Knows how the request is made up. Sending it is ``calls.py``'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.exchange import Body, Outgoing
from certgate.gateway.sending import addresses
from certgate.gateway.sending.backend import sent_headers
from certgate.gateway.sending.calls import NoAnswer, Sent
from certgate.policy.declaration import Child, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Url
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

CHILDREN = (
    Child("set-url", shape=Shape(text=TextKind.BOTH)),
    Child("set-method"),
    Child("set-header", 0, None),
    Child("set-body"),
    Child("authentication-certificate"),
    Child("authentication-token"),
    Child("authentication-token-store"),
    Child("authentication-managed-identity"),
    Child("proxy"),
)
"""What may stand inside either policy, in this order."""


def callout(element: Element, run: Run) -> Sent | NoAnswer | End:
    """The request of the element; NoAnswer where it has no address that could be called."""
    mode = run.text(element, "mode") or "new"
    if mode not in ("new", "copy"):
        return run.not_simulated(element, f"certgate does not know what mode '{mode[:40]}' does", attribute="mode")
    url = _address(element, run, mode)
    if isinstance(url, NoAnswer):
        return url
    request = _copied(run, url) if mode == "copy" else Outgoing()
    if end := run.sending(request, [child for child in element.children if child.name != "set-url"]):
        return end
    body = request.body.left if request.body else b""
    return Sent(request.method, url.text, request.headers.frozen(), body, request.certificate)


def _address(element: Element, run: Run, mode: str) -> Url | NoAnswer:
    setters = element.named("set-url")
    if not setters and mode == "copy":
        return run.exchange.request.url
    text = (run.content(element, setters[0]) or "") if setters else ""
    url = addresses.absolute(text)
    if url is None:
        return NoAnswer(None, f"'{text[:200]}' is not an absolute address.")
    if url.text != text:
        run.secrets.made(element, url.text)
    return url


def _copied(run: Run, url: Url) -> Outgoing:
    """The caller's request as it now stands; its body only on the way to the backend, as the page says."""
    request = run.exchange.request
    keeps = run.section in (Section.INBOUND, Section.BACKEND) and request.body is not None
    body = Body(request.body.left) if keeps and request.body else None
    return Outgoing(request.method, sent_headers(run, url, request.headers, body), body)
