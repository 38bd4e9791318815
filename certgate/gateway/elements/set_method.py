"""``set-method``: the method with which the request goes to the backend, or with which a policy sends its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "set-method",
        sections=frozenset(Section),
        shape=Shape(text=TextKind.BOTH),
        page="set-method-policy",
        does="changes the method with which the backend is called",
        deviations=("Letters become capitals, as HTTP methods are written.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    method = (run.content(element, element) or "").strip().upper()
    if not (method.isascii() and method.replace("-", "").isalpha()):
        return run.not_simulated(element, f"certgate does not know what a method '{method[:40]}' does")
    run.sent.method = method
    run.secrets.put(element, "Method")
    run.says(f"the method is {method}")
    return None
