"""``invoke-dapr-binding``: Dapr passes data to a resource outside, by way of a binding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import dapr
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Content,
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


@element(
    Declaration(
        "invoke-dapr-binding",
        sections=frozenset({Section.INBOUND, Section.ON_ERROR, Section.OUTBOUND}),
        scopes=frozenset({Scope.API, Scope.GLOBAL, Scope.OPERATION, Scope.PRODUCT}),
        gateways=frozenset({GatewayKind.SELF_HOSTED}),
        shape=Shape(
            attributes=(
                Attribute("content-type", AttributeType.ENUM, values=("application/json",)),
                Attribute("ignore-error", AttributeType.BOOL, default="false", expression=False),
                Attribute("name", required=True, expression=True),
                Attribute("operation", default="none", expression=False),
                Attribute("response-variable-name", expression=False),
                Attribute("template", AttributeType.ENUM, expression=False, values=("liquid",)),
                Attribute("timeout", AttributeType.DURATION, default="5", expression=True, minimum=1, maximum=240),
            ),
            children=(
                Child(
                    "metadata",
                    shape=Shape(
                        children=(
                            Child(
                                "item",
                                0,
                                None,
                                shape=Shape(attributes=(Attribute("key", required=True),), text=TextKind.BOTH),
                            ),
                        )
                    ),
                ),
                Child("data", shape=Shape(text=TextKind.BOTH, content=Content.XML)),
            ),
            text=TextKind.BOTH,
        ),
        page="invoke-dapr-binding-policy",
        does="asks Dapr for a binding, whose answer can go into a variable; an error of Dapr is the answer",
        deviations=(
            "Nothing is sent: Dapr's answer comes from --responses, listed by http://localhost:3500/v1.0/bindings/NAME.",
            "Liquid templates are not filled in.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    if element.literal("template"):
        return run.not_simulated(element, "certgate does not fill in Liquid templates of invoke-dapr-binding")
    name = run.text(element, "name") or ""
    items = [item for metadata in element.named("metadata") for item in metadata.named("item")]
    metadata = {item.literal("key") or "": run.content(element, item) or "" for item in items}
    data = [run.content(element, each) for each in element.named("data")]
    run.assume("dapr-data")
    body = dapr.binding_body(element.literal("operation"), metadata, data[0] if data else None)
    run.secrets.made(element, body.decode(), quote(name, safe=""))
    return dapr.ask(element, run, f"bindings/{quote(name, safe='')}", body, "application/json")
