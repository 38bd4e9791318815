"""``emit-metric``: a number for Application Insights. The answer is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import calls
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "emit-metric",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("default-dimensions", AttributeType.BOOL, expression=False),
                Attribute("name", required=True, expression=False),
                Attribute("namespace", default="API Management", expression=False),
                Attribute("value", AttributeType.NUMBER, default="1", expression=True),
            ),
            children=(
                Child(
                    "dimension",
                    1,
                    10,
                    shape=Shape(
                        attributes=(
                            Attribute("name", required=True, expression=True),
                            Attribute("value", expression=True),
                        )
                    ),
                ),
            ),
        ),
        page="emit-metric-policy",
        does="records a metric; the answer is the same",
        deviations=(
            "The metric is recorded as a call of metric:NAMESPACE/NAME; dimensions without a value stay empty.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    name, space = run.text(element, "name") or "", run.text(element, "namespace") or "API Management"
    amount = run.text(element, "value") or "1"
    dimensions: dict[str, tuple[str, ...]] = {}
    for each in element.named("dimension"):
        key, value = run.text(element, "name", each), run.text(element, "value", each)
        dimensions[key or ""] = () if value is None else (value,)
    calls.note(run, element, calls.Sent("EMIT", f"metric:{space}/{name}", dimensions, amount.encode()))
    run.says(f"no effect on the answer: the metric {name}")
    return None
