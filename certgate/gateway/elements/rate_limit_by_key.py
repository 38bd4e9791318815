"""``rate-limit-by-key``: refuses calls of one key above a number in a sliding window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, GatewayKind, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "rate-limit-by-key",
        sections=frozenset({Section.INBOUND}),
        gateways=frozenset(GatewayKind) - {GatewayKind.CONSUMPTION},
        shape=Shape(
            attributes=(
                Attribute("calls", AttributeType.INT, required=True, expression=True),
                Attribute("counter-key", required=True, expression=True),
                Attribute("flexible-retry-window", AttributeType.BOOL, expression=False),
                Attribute("increment-after-response", AttributeType.BOOL, expression=False),
                Attribute("increment-condition", expression=True, result="bool"),
                Attribute("increment-count", default="1", expression=True, result="int"),
                Attribute("remaining-calls-header-name", expression=False),
                Attribute("remaining-calls-variable-name", expression=False),
                Attribute("renewal-period", AttributeType.DURATION, required=True, expression=True, maximum=300),
                Attribute("retry-after-header-name", default="Retry-After", expression=False),
                Attribute("retry-after-variable-name", expression=False),
                Attribute("total-calls-header-name", expression=False),
            )
        ),
        page="rate-limit-by-key-policy",
        does="refuses calls of one key above a number in a sliding window",
        deviations=(
            "It counts exactly, in a sliding window, where v2 tiers refill a bucket.",
            "The undocumented increment-after-response counts at the end of the request.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.counting import rates
    from certgate.gateway.counting.increment import Increment, increment

    key = run.text(element, "counter-key")
    calls, period = run.number(element, "calls"), run.number(element, "renewal-period")
    if not 0 < period <= rates.MAX_PERIOD:
        message = f"certgate does not know what a renewal-period of {period} seconds does"
        return run.not_simulated(element, message, attribute="renewal-period")
    if run.flag(element, "flexible-retry-window"):
        message = "certgate does not know what flexible-retry-window, which nobody documents, does"
        return run.not_simulated(element, message, attribute="flexible-retry-window")
    if key is None:
        run.assume("null-key")
    raised = increment(element, run)
    if not isinstance(raised, Increment):
        return raised
    return rates.count(element, run, [rates.Limit(("key", key or ""), calls, period, element)], raised)
