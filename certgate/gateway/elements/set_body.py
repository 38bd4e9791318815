"""``set-body``: the body of the request (inbound, backend) or of the response (outbound, on-error, return-response)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.exchange import Body
from certgate.policy.declaration import Attribute, AttributeType, Content, Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "set-body",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("template", AttributeType.ENUM, expression=False, values=("none", "liquid", "Liquid")),
                Attribute("xsi-nil", AttributeType.ENUM, default="blank", expression=False, values=("blank", "null")),
                Attribute("parse-date", AttributeType.BOOL, expression=False),
                Attribute("html-decode-expression", AttributeType.BOOL, expression=False),
            ),
            text=TextKind.BOTH,
            text_result="object",
            content=Content.XML,
        ),
        page="set-body-policy",
    )
)
def run(element: Element, run: Run) -> End | None:
    if (element.literal("template") or "none").lower() == "liquid":
        return run.not_simulated(element, "certgate does not simulate Liquid templates yet")
    data = run.bytes(element)
    if isinstance(data, str):
        return run.not_simulated(element, data)
    run.put_body(Body(data))
    run.secrets.put(element, "Body")
    run.says(f"sets the body, {len(data)} bytes")
    return None
