"""``limit-concurrency``: runs its policies, unless too many requests are in them at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Content, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "limit-concurrency",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("key", required=True, expression=True),
                Attribute("max-count", AttributeType.INT, required=True, minimum=1, expression=False),
            ),
            content=Content.POLICIES,
        ),
        page="limit-concurrency-policy",
        does="refuses with 429 above its limit, else runs its policies",
        deviations=("Requests come one after the other, so the limit is never reached.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    run.value(element, "key")
    run.assume("concurrency")
    run.says("runs its policies: no other request is in them")
    return run.elements(element.children)
