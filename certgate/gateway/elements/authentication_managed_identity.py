"""``authentication-managed-identity``: the gateway's own token for a service. Says nothing about the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import credentials
from certgate.policy.declaration import Attribute, AttributeType, Declaration, GatewayKind, Scope, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "authentication-managed-identity",
        sections=frozenset({Section.INBOUND}),
        sections_extra=frozenset({Section.OUTBOUND}),
        scopes=frozenset({Scope.API, Scope.GLOBAL, Scope.OPERATION, Scope.PRODUCT}),
        gateways=frozenset({GatewayKind.CLASSIC, GatewayKind.CONSUMPTION, GatewayKind.SELF_HOSTED, GatewayKind.V2}),
        shape=Shape(
            attributes=(
                Attribute("client-id", default="system-assigned identity", expression=False),
                Attribute("ignore-error", AttributeType.BOOL, default="false", expression=False),
                Attribute("output-token-variable-name", expression=False),
                Attribute("resource", required=True, expression=True),
            )
        ),
        page="authentication-managed-identity-policy",
        does="puts the gateway's own token into Authorization for the backend; the caller is not checked",
        deviations=(
            "The token is not known: an expression that reads it makes the outcome undecided.",
            "A variable of the context file with the name of output-token-variable-name gives the token.",
            "Getting the token does not fail.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    resource = run.text(element, "resource") or ""
    return credentials.token(element, run, f"the gateway's token for {resource}")
