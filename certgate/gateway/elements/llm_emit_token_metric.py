"""``llm-emit-token-metric``: sends how many tokens were used to Application Insights. No effect on the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_VALUES = ("all", "total-tokens", "prompt-tokens", "completion-tokens")
_DIMENSION = Shape(attributes=(Attribute("name", required=True, expression=True), Attribute("value", expression=True)))
SHAPE = Shape(
    attributes=(
        Attribute("namespace", default="API Management", expression=False),
        Attribute("name"),
        Attribute("value-type", AttributeType.ENUM, default="all", expression=False, values=_VALUES),
        Attribute("ignore-prompt", AttributeType.BOOL, default="false", expression=False),
    ),
    children=(Child("dimension", 1, 10, _DIMENSION),),
)


@element(
    Declaration(
        "llm-emit-token-metric",
        sections=frozenset({Section.INBOUND}),
        shape=SHAPE,
        page="llm-emit-token-metric-policy",
        does="sends a metric; the answer is the same",
        deviations=("The metric goes nowhere.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    run.expressions(element)
    run.says("sends a metric: no effect on the answer")
    return None
