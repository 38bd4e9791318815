"""``validate-graphql-request``: size and depth of a GraphQL request, and rules for what it may select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, GatewayKind, Scope, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_RULE = Shape(
    attributes=(
        Attribute(
            "action",
            AttributeType.ENUM,
            default="allow",
            expression=True,
            values=("allow", "reject", "remove", "ignore"),
        ),
        Attribute("path", required=True),
    )
)


@element(
    Declaration(
        "validate-graphql-request",
        sections=frozenset({Section.INBOUND}),
        scopes=frozenset({Scope.API, Scope.GLOBAL, Scope.PRODUCT, Scope.WORKSPACE}),
        gateways=frozenset({GatewayKind.CLASSIC, GatewayKind.CONSUMPTION, GatewayKind.V2}),
        shape=Shape(
            attributes=(
                Attribute("error-variable-name", expression=True),
                Attribute("max-complexity"),
                Attribute("max-depth", AttributeType.INT, default="6", expression=True),
                Attribute("max-size", AttributeType.INT, expression=True, advised=True),
                Attribute("max-total-depth"),
            ),
            children=(Child("authorize", shape=Shape(children=(Child("rule", 1, 100, shape=_RULE),))),),
        ),
        page="validate-graphql-request-policy",
        does="refuses a GraphQL request that is too large, too deep, or selects what it may not",
        deviations=(
            "Size, depth, the rule /__* and rules for fields of Query, Mutation and Subscription are judged, with "
            "status 400; whether a request fits the GraphQL schema is not: one that is not refused is undecided.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.content import graphql_rules

    refused = graphql_rules.refusal(element, run)
    if isinstance(refused, str):
        run.assume("graphql-refusal")
        return Failed(element, status=400, reason=None, message=refused, body_message=refused)
    return refused or run.not_simulated(element, "certgate does not know the GraphQL schema that the request must fit")
