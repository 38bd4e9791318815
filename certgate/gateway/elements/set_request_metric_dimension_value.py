"""``set-request-metric-dimension-value``, undocumented: a dimension of the request's metric. The answer is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, Declaration, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "set-request-metric-dimension-value",
        sections=None,
        scopes=None,
        gateways=None,
        shape=Shape(attributes=(Attribute("name", required=True), Attribute("value", required=True))),
        documented=False,
        does="sets a dimension of the request's metric; the answer is the same",
        deviations=("Nobody documents it; taken to have no other effect.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    name = run.text(element, "name")
    run.value(element, "value")
    run.says(f"no effect on the answer: the dimension {name} of the request's metric")
    return None
