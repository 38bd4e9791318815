"""``cache-store``: keeps the response for the requests that a ``cache-lookup`` takes to be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.amounts import amount, switch
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "cache-store",
        sections=frozenset({Section.OUTBOUND}),
        shape=Shape(
            attributes=(
                Attribute("duration", AttributeType.DURATION, required=True, expression=True),
                Attribute("cache-response", AttributeType.BOOL, default="false", expression=True),
                Attribute("caching-mode"),
            )
        ),
        once=True,
        page="cache-store-policy",
        does="keeps the response, with which a later request may be answered",
        deviations=("Nothing larger than 2 MiB is kept.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.caching.responses import store

    if element.value("caching-mode") is not None:
        return run.not_simulated(element, "certgate does not simulate caching-mode, which no page describes")
    seconds = amount(run, element, "duration") or 0
    return store(element, run, seconds, every=switch(run, element, "cache-response", default=False))
