"""``rate-limit``: refuses calls of one subscription above a number in a sliding window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Scope, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_NAMES = (
    Attribute("remaining-calls-header-name", expression=False),
    Attribute("remaining-calls-variable-name", expression=False),
    Attribute("retry-after-header-name", expression=False),
    Attribute("retry-after-variable-name", expression=False),
    Attribute("total-calls-header-name", expression=False),
)
_LIMIT = (
    Attribute("calls", AttributeType.INT, required=True, expression=False),
    Attribute("renewal-period", AttributeType.DURATION, required=True, maximum=300, expression=False),
    *_NAMES,
)
_PART = (Attribute("name"), Attribute("id"), *_LIMIT)
_LOOSE = (
    Attribute("name"),
    Attribute("id"),
    Attribute("calls", AttributeType.INT, expression=False),
    Attribute("renewal-period", AttributeType.INT, expression=False),
    *_NAMES,
)
"""An operation that stands directly in the policy, as the schema allows and no page says."""


@element(
    Declaration(
        "rate-limit",
        sections=frozenset({Section.INBOUND}),
        scopes=frozenset({Scope.PRODUCT, Scope.API, Scope.OPERATION}),
        shape=Shape(
            attributes=_LIMIT,
            children=(
                Child("api", 0, None, Shape(attributes=_PART, children=(Child("operation", 0, None, Shape(_PART)),))),
                Child("operation", 0, None, Shape(_LOOSE)),
            ),
        ),
        page="rate-limit-policy",
        does="refuses calls of one subscription above a number in a sliding window",
        deviations=("It counts exactly, in a sliding window, where v2 tiers refill a bucket.",),
        once=True,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.counting import rates
    from certgate.gateway.counting.increment import Increment
    from certgate.gateway.counting.owners import levels, subscription

    owner = subscription(run)
    if owner is None:
        return None
    limits = []
    for key, holder in levels(element, run, owner):
        calls, period = holder.literal("calls"), holder.literal("renewal-period")
        if calls is None or period is None or not 0 < int(period) <= rates.MAX_PERIOD:
            message = f"certgate does not know what {calls} calls in {period} seconds mean here"
            return run.not_simulated(element, message)
        limits.append(rates.Limit(key, int(calls), int(period), holder))
    return rates.count(element, run, limits, Increment(1))
