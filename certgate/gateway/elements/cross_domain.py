"""``cross-domain``: serves the policy file of Adobe Flash and Microsoft Silverlight; other requests go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Answered
from certgate.gateway.exchange import Body, Headers, Response
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    GatewayKind,
    Scope,
    Section,
    Shape,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

FILE = "/crossdomain.xml"
_KIND = "text/x-cross-domain-policy"
_PERMITTED = ("all", "by-content-type", "master-only", "none")
_DOMAIN = Attribute("domain", required=True)
_SECURE = Attribute("secure", AttributeType.ENUM, default="true", values=("true", "false"), expression=False)
_CONTROL = Attribute(
    "permitted-cross-domain-policies", AttributeType.ENUM, required=True, values=_PERMITTED, expression=False
)
_HEADERS = (_DOMAIN, Attribute("headers", required=True), _SECURE)
_FILE = Shape(
    children=(
        Child("site-control", shape=Shape(attributes=(_CONTROL,))),
        Child("allow-access-from", 0, None, Shape(attributes=(_DOMAIN, _SECURE))),
        Child("allow-http-request-headers-from", 0, None, Shape(attributes=_HEADERS)),
    )
)


@element(
    Declaration(
        "cross-domain",
        sections=frozenset({Section.INBOUND}),
        scopes=frozenset({Scope.GLOBAL}),
        gateways=frozenset(GatewayKind) - {GatewayKind.WORKSPACE},
        shape=Shape(children=(Child("cross-domain-policy", shape=_FILE),)),
        page="cross-domain-policy",
        does="answers requests for its policy file",
        deviations=(f"Its file is {FILE}, and its content type {_KIND}.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    request = run.exchange.request
    if request.method not in ("GET", "HEAD") or request.original_url.path.lower() != FILE:
        run.says(f"no effect: the request is not for {FILE}")
        return None
    run.assume("cross-domain-file")
    run.says("answers with its policy file")
    body = "".join(_written(child) for child in element.children).encode()
    return Answered(element, Response(200, None, Headers({"Content-Type": _KIND}), Body(body)))


def _written(element: Element) -> str:
    from html import escape

    attributes = "".join(f' {name}="{escape(element.literal(name) or "")}"' for name in element.attributes)
    inner = "".join(map(_written, element.children))
    return f"<{element.name}{attributes}>{inner}</{element.name}>" if inner else f"<{element.name}{attributes} />"
