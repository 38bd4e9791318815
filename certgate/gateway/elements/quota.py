"""``quota``: refuses calls of one subscription above a volume of calls or bytes in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Scope, Section, Shape

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_PART = (
    Attribute("name"),
    Attribute("id"),
    Attribute("calls", AttributeType.INT, expression=False),
    Attribute("bandwidth", AttributeType.INT, expression=False),
    Attribute("renewal-period", AttributeType.DURATION, expression=False),
)


@element(
    Declaration(
        "quota",
        sections=frozenset({Section.INBOUND}),
        scopes=frozenset({Scope.PRODUCT}),
        shape=Shape(
            attributes=(
                Attribute("calls", AttributeType.INT, expression=False),
                Attribute("bandwidth", AttributeType.INT, expression=False),
                Attribute("renewal-period", AttributeType.DURATION, required=True, minimum=0, expression=False),
            ),
            children=(
                Child("api", 0, None, Shape(attributes=_PART, children=(Child("operation", 0, None, Shape(_PART)),))),
            ),
        ),
        page="quota-policy",
        does="refuses calls of one subscription above a volume in a period",
        deviations=("Bandwidth is the bytes of both bodies, without header fields.",),
        once=True,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.counting.increment import Increment
    from certgate.gateway.counting.owners import levels, subscription
    from certgate.gateway.counting.quotas import Quota, count

    owner = subscription(run)
    if owner is None:
        return None
    renewal = int(element.literal("renewal-period", "0") or 0)
    quotas = []
    for key, holder in levels(element, run, owner):
        calls, kilobytes, period = (
            int(text) if (text := holder.literal(name)) else None for name in ("calls", "bandwidth", "renewal-period")
        )
        quotas.append(Quota(key, calls, kilobytes, renewal if period is None else period, _start(run)))
    return count(element, run, quotas, Increment(1))


def _start(run: Run) -> datetime | None:
    """When the subscription began, as far as the context says."""
    from datetime import UTC, datetime

    found = run.context.subscription or {}
    for name in ("startDate", "createdDate", "createdTime"):
        if text := found.get(name):
            moment = datetime.fromisoformat(str(text))
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return None
