"""``llm-token-limit``: refuses requests whose key has used more tokens than it may within a minute or a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, GatewayKind, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_PERIODS = ("Hourly", "Daily", "Weekly", "Monthly", "Yearly")
_PROMPTS = ("auto", "chat-completion", "completion", "embeddings")
_NAMES = ("remaining-tokens", "remaining-quota-tokens", "tokens-consumed")
_FLAG, _INT, _ENUM = AttributeType.BOOL, AttributeType.INT, AttributeType.ENUM
GATEWAYS = frozenset(GatewayKind) - {GatewayKind.CONSUMPTION}
SHAPE = Shape(
    attributes=(
        Attribute("counter-key", required=True, expression=True),
        Attribute("tokens-per-minute", _INT, expression=True),
        Attribute("token-quota", _INT, expression=True, result="long"),
        Attribute("token-quota-period", _ENUM, expression=True, values=_PERIODS),
        Attribute("estimate-prompt-tokens", _FLAG, required=True),
        Attribute("prompt-type", _ENUM, default="auto", expression=False, values=_PROMPTS),
        Attribute("ignore-prompt", _FLAG, default="false", expression=False),
        Attribute("retry-after-header-name", default="Retry-After", expression=False),
        Attribute("retry-after-variable-name", expression=False),
        *(Attribute(f"{name}-{kind}-name", expression=False) for name in _NAMES for kind in ("header", "variable")),
    )
)
DEVIATIONS = (
    "certgate estimates no tokens: it knows bounds of the gateway's estimate, and between them a case is undecided.",
    "A minute is the last 60 seconds; a week begins on Monday.",
)


@element(
    Declaration(
        "llm-token-limit",
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
