"""``wait``: runs its policies side by side, and goes on when all of them, or any one, are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Order, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_CHILDREN = (
    *("choose", "forward-request", "send-request", "cache-lookup-value", "cache-store-value"),
    *("authentication-managed-identity", "authentication-token"),
)


@element(
    Declaration(
        "wait",
        sections=frozenset({Section.INBOUND, Section.BACKEND, Section.OUTBOUND}),
        sections_extra=frozenset({Section.ON_ERROR}),
        shape=Shape(
            attributes=(Attribute("for", AttributeType.ENUM, default="all", expression=True, values=("all", "any")),),
            children=tuple(Child(name, 0, None) for name in _CHILDREN),
            order=Order.CHOICE,
            least_children=1,
        ),
        page="wait-policy",
        does="runs its policies side by side",
        deviations=("Its policies run one after the other, as they are written.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    wanted = run.text(element, "for") or "all"
    if wanted not in ("all", "any"):
        return run.not_simulated(element, f"certgate does not know what it waits for with '{wanted}'", attribute="for")
    if len(element.children) > 1:
        run.assume("wait-order")
    if wanted == "all":
        run.says(f"runs its {len(element.children)} policies")
        return run.elements(element.children)
    run.says("runs the first of its policies")
    return _any(element, run)


def _any(element: Element, run: Run) -> End | None:
    """The first one that does not fail; where all do, what the last one says."""
    end: End | None = None
    for number, child in enumerate(element.children, 1):
        end = run.elements((child,))
        if not isinstance(end, Failed):
            return end
        run.says(f"{number} of its policies failed")
    return end
