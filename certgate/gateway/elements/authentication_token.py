"""``authentication-token``, undocumented: a token for the backend. Says nothing about the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import credentials
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "authentication-token",
        sections=None,
        scopes=None,
        gateways=None,
        shape=Shape(
            attributes=(
                Attribute("ignore-error", AttributeType.BOOL, expression=False),
                Attribute("resource-url"),
                Attribute("token-service-url"),
                Attribute(
                    "token-type",
                    AttributeType.ENUM,
                    default="managed-service-identity",
                    expression=False,
                    values=("managed-service-identity", "token-service"),
                ),
            )
        ),
        documented=False,
        does="puts a token into Authorization for the backend; the caller is not checked",
        deviations=(
            "Nobody documents it; taken to do what its name says.",
            "The token is not known, and getting it does not fail.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    run.expressions(element)
    return credentials.token(element, run, "a token")
