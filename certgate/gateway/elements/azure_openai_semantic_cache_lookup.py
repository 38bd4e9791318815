"""``azure-openai-semantic-cache-lookup``: the older name of ``llm-semantic-cache-lookup``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.llm_semantic_cache_lookup import DEVIATIONS, GATEWAYS, SCOPES, SHAPE
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Declaration, Section

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "azure-openai-semantic-cache-lookup",
        sections=frozenset({Section.INBOUND}),
        scopes=SCOPES,
        gateways=GATEWAYS,
        shape=SHAPE,
        once=True,
        page="azure-openai-semantic-cache-lookup-policy",
        does="answers from the cache when a prompt before was alike",
        deviations=DEVIATIONS,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.language.similarity import look_up

    return look_up(element, run)
