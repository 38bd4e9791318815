"""``get-authorization-context``: the credential manager's token for a service, in a context variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.exchange import UNSEEN, Unknown
from certgate.gateway.sending import credentials
from certgate.policy.declaration import Attribute, AttributeType, Declaration, GatewayKind, Scope, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "get-authorization-context",
        sections=frozenset({Section.INBOUND}),
        sections_extra=frozenset({Section.BACKEND, Section.OUTBOUND}),
        scopes=frozenset({Scope.API, Scope.GLOBAL, Scope.OPERATION, Scope.PRODUCT}),
        gateways=frozenset({GatewayKind.CLASSIC, GatewayKind.CONSUMPTION, GatewayKind.V2}),
        shape=Shape(
            attributes=(
                Attribute("authorization-id", required=True, expression=True),
                Attribute("context-variable-name", required=True, expression=True),
                Attribute("identity", expression=True),
                Attribute(
                    "identity-type", AttributeType.ENUM, default="managed", expression=True, values=("managed", "jwt")
                ),
                Attribute("ignore-error", AttributeType.BOOL, default="false", expression=True),
                Attribute("provider-id", required=True, expression=True),
            )
        ),
        page="get-authorization-context-policy",
        does="sets a variable to a credential of the credential manager, and fails where there is none",
        deviations=(
            "The credential is not known; a variable of the context file of that name gives it.",
            "Without one the outcome is undecided: at once, or with ignore-error when the variable is read.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    for each in ("provider-id", "authorization-id", "identity-type", "identity"):
        run.value(element, each)
    name = run.text(element, "context-variable-name") or ""
    if credentials.given_variable(run, name):
        run.secrets.put(element, f'"{name}"')
        run.says(f"sets {name}, as the context has it; does not check the caller")
        return None
    if not run.flag(element, "ignore-error"):
        message = f"whether the credential manager gives a token is not known: say variables.{name} in the context"
        return run.not_simulated(element, message)
    run.variables[name] = Unknown(UNSEEN, element.name)
    run.exchange.unknown["context.Variables"] = element.name
    run.says(f"sets {name} to a credential that is not known; does not check the caller")
    return None
