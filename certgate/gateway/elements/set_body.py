"""``set-body``: the body of the request (inbound, backend) or of the response (outbound, on-error, return-response)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.content import message
from certgate.gateway.elements.simulated import element
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
        does="sets the body",
        deviations=(
            "Of Liquid the documented filters are simulated, the usual tags, JSONArrayFor, and what the page lists of "
            "context, besides context.Variables; anything else leaves the outcome undecided.",
            "Attributes of XML, and one of several elements of a name outside of a loop, leave the outcome undecided.",
            "Where Liquid would write an error into the body the outcome is undecided.",
            "html-decode-expression is not simulated.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    if (element.literal("html-decode-expression") or "false") not in ("false", "0"):
        return run.not_simulated(
            element, "certgate does not know what html-decode-expression does", attribute="html-decode-expression"
        )
    liquid = (element.literal("template") or "none").lower() == "liquid"
    data = _rendered(element, run) if liquid else run.bytes(element)
    if isinstance(data, str):
        return run.not_simulated(element, data)
    if not isinstance(data, bytes):
        return data
    message.replace(run, data)
    run.secrets.put(element, "Body")
    if liquid:
        run.secrets.remade(element, data.decode("utf-8", "replace"), of_anything=True)
    run.says(f"sets the body, {len(data)} bytes" + (", by a Liquid template" if liquid else ""))
    return None


def _rendered(element: Element, run: Run) -> bytes | End:
    # Imported here: most bodies are no templates.
    from certgate.gateway.liquid.body import rendered

    return rendered(element, run)
