"""``azure-openai-semantic-cache-store``: the older name of ``llm-semantic-cache-store``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.amounts import amount, switch
from certgate.gateway.elements.llm_semantic_cache_lookup import GATEWAYS, SCOPES
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "azure-openai-semantic-cache-store",
        sections=frozenset({Section.OUTBOUND}),
        scopes=SCOPES,
        gateways=GATEWAYS,
        shape=Shape(
            attributes=(
                Attribute("duration", AttributeType.DURATION, required=True, expression=True),
                Attribute("cache-response", AttributeType.BOOL, default="false", expression=True),
            )
        ),
        once=True,
        page="azure-openai-semantic-cache-store-policy",
        does="keeps the answer, with which a later request may be answered",
        deviations=("Nothing larger than 2 MiB is kept.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.language.similarity import store

    seconds = amount(run, element, "duration") or 0
    return store(element, run, seconds, every=switch(run, element, "cache-response", default=False))
