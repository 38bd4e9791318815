"""``publish-to-dapr``: Dapr publishes a message on a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import dapr
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Content,
    Declaration,
    GatewayKind,
    Section,
    Shape,
    TextKind,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "publish-to-dapr",
        sections=frozenset({Section.INBOUND, Section.ON_ERROR, Section.OUTBOUND}),
        gateways=frozenset({GatewayKind.SELF_HOSTED}),
        shape=Shape(
            attributes=(
                Attribute("content-type", AttributeType.ENUM, expression=False, values=("application/json",)),
                Attribute("ignore-error", AttributeType.BOOL, default="false", expression=False),
                Attribute("pubsub-name", expression=True),
                Attribute("response-variable-name", expression=False),
                Attribute("template", AttributeType.ENUM, expression=False, values=("liquid",)),
                Attribute("timeout", AttributeType.DURATION, default="5", expression=True, minimum=1, maximum=240),
                Attribute("topic", required=True, expression=True),
            ),
            text=TextKind.BOTH,
            content=Content.XML,
        ),
        page="publish-to-dapr-policy",
        does="has Dapr publish a message; an error of Dapr is the answer",
        deviations=(
            "Nothing is sent: Dapr's answer comes from --responses, by http://localhost:3500/v1.0/publish/PUBSUB/TOPIC.",
            "Liquid templates are not filled in.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    if element.literal("template"):
        return run.not_simulated(element, "certgate does not fill in Liquid templates of publish-to-dapr")
    broker, topic = run.text(element, "pubsub-name"), run.text(element, "topic") or ""
    content = run.content(element, element) or ""
    path = f"{broker}/{topic}" if broker else topic
    run.secrets.made(element, quote(path))
    return dapr.ask(element, run, f"publish/{quote(path)}", content.encode(), element.literal("content-type"))
