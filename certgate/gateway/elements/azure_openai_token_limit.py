"""``azure-openai-token-limit``: the older name of ``llm-token-limit``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.llm_token_limit import DEVIATIONS, GATEWAYS, SHAPE
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Declaration, Section

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "azure-openai-token-limit",
        sections=frozenset({Section.INBOUND}),
        gateways=GATEWAYS,
        shape=SHAPE,
        page="llm-token-limit-policy",
        does="refuses with 429 or 403 above its limit",
        deviations=DEVIATIONS,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.language.token_limits import limit

    return limit(element, run)
