"""``send-service-bus-message``: a message for a queue or a topic of Service Bus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import calls
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    GatewayKind,
    Order,
    Scope,
    Section,
    Shape,
    TextKind,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_PROPERTIES = ("client-id", "message-id", "session-id", "time-to-live")


@element(
    Declaration(
        "send-service-bus-message",
        sections=frozenset({Section.INBOUND, Section.ON_ERROR, Section.OUTBOUND}),
        scopes=frozenset({Scope.API, Scope.GLOBAL, Scope.OPERATION, Scope.PRODUCT}),
        gateways=frozenset({GatewayKind.CLASSIC, GatewayKind.CONSUMPTION, GatewayKind.SELF_HOSTED, GatewayKind.V2}),
        shape=Shape(
            attributes=(
                Attribute("client-id", default="system-assigned identity", expression=True),
                Attribute("ignore-error", AttributeType.BOOL, default="false"),
                Attribute("message-id"),
                Attribute("namespace", expression=True),
                Attribute("queue-name", expression=True),
                Attribute("session-id"),
                Attribute("time-to-live"),
                Attribute("topic-name", expression=True),
            ),
            children=(
                Child(
                    "message-properties",
                    shape=Shape(
                        children=(
                            Child(
                                "message-property",
                                0,
                                None,
                                shape=Shape(attributes=(Attribute("name", required=True),), text=TextKind.BOTH),
                            ),
                        )
                    ),
                ),
                Child("payload", 1, shape=Shape(text=TextKind.BOTH)),
            ),
            order=Order.ALL,
        ),
        page="send-service-bus-message-policy",
        does="sends a message to Service Bus",
        deviations=("The message is recorded as a call of servicebus:[NAMESPACE/]QUEUE, which takes every message.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    names = ("queue-name", "topic-name", "namespace", *_PROPERTIES)
    said = {name: value for name in names if (value := run.text(element, name)) is not None}
    entity = said.get("queue-name") or said.get("topic-name") or ""
    headers = {name: (said[name],) for name in _PROPERTIES if name in said}
    for properties in element.named("message-properties"):
        for each in properties.named("message-property"):
            headers[each.literal("name") or ""] = (run.content(element, each) or "",)
    payload = [run.content(element, each) or "" for each in element.named("payload")]
    run.assume("message-taken")
    address = f"servicebus:{'/'.join(filter(None, (said.get('namespace'), entity)))}"
    calls.note(run, element, calls.Sent("SEND", address, headers, "".join(payload).encode("utf-8", "replace")))
    run.says(f"no effect on the answer: a message for {address}")
    return None
