"""``llm-semantic-cache-lookup``: answers with the stored answer to a prompt that lies near enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    GatewayKind,
    Scope,
    Section,
    Shape,
    TextKind,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

SCOPES = frozenset(Scope) - {Scope.WORKSPACE}
GATEWAYS = frozenset(GatewayKind) - {GatewayKind.WORKSPACE}
SHAPE = Shape(
    attributes=(
        Attribute("score-threshold", AttributeType.NUMBER, required=True, minimum=0, maximum=1),
        Attribute("embeddings-backend-id", required=True, expression=True),
        Attribute("embeddings-backend-auth", AttributeType.ENUM, values=("system-assigned",), advised=True),
        Attribute("ignore-system-messages", AttributeType.BOOL, default="false", expression=True),
        Attribute("max-message-count", AttributeType.INT, expression=True),
        Attribute("cache-id"),
    ),
    children=(Child("vary-by", 0, None, Shape(text=TextKind.BOTH)),),
)
DEVIATIONS = (
    "Embeddings are recorded answers of their backend; without them only equal prompts are known to be alike.",
    "The backend is asked at its own address; the gateway may add a path and a version.",
)


@element(
    Declaration(
        "llm-semantic-cache-lookup",
        sections=frozenset({Section.INBOUND}),
        scopes=SCOPES,
        gateways=GATEWAYS,
        shape=SHAPE,
        once=True,
        page="llm-semantic-cache-lookup-policy",
        does="answers from the cache when a prompt before was alike",
        deviations=DEVIATIONS,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.language.similarity import look_up

    return look_up(element, run)
