"""``trace``: writes a message to the trace; the answer stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    Order,
    Section,
    Shape,
    TextKind,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

LONGEST = 200
"""Characters of a message that is shown. SECURITY: no longer one is shown in part: a part of a secret is not masked."""


@element(
    Declaration(
        "trace",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                # The page takes no expression, the schema any text; published policies that are in use have one.
                Attribute("source", required=True, evaluated=False),
                Attribute(
                    "severity",
                    AttributeType.ENUM,
                    default="verbose",
                    expression=False,
                    values=("verbose", "information", "error"),
                ),
            ),
            children=(
                Child(
                    "metadata",
                    0,
                    None,
                    Shape(
                        attributes=(
                            Attribute("name", required=True, expression=True),
                            Attribute("value", required=True, expression=True),
                        )
                    ),
                ),
                Child("message", 0, None, Shape(text=TextKind.BOTH)),
            ),
            order=Order.CHOICE,
            text=TextKind.BOTH,
            least_children=1,
        ),
        page="trace-policy",
        does="writes a message to the trace",
        deviations=("Severity and the level of a diagnostic decide nothing: every message is in the trace.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    texts = [run.content(element, holder) or "" for holder in (element, *element.named("message")) if holder.text]
    for metadata in element.named("metadata"):
        run.value(element, "name", metadata)
        run.value(element, "value", metadata)
    text = " ".join(texts)
    run.traced(text=text)
    severity = element.literal("severity", "verbose")
    shown = f"'{text}'" if len(text) <= LONGEST else f"{len(text)} characters"
    run.says(f"traces {shown} ({severity}); without effect on the answer")
    return None
