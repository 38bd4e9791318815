"""``quota-by-key``: refuses calls of one key above a volume of calls or bytes in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, GatewayKind, Section, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.core.finding import Finding
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_FIRST = "0001-01-01T00:00:00Z"
_SHORTEST = 300


def check(quota: Element) -> Iterator[Finding]:
    """What its page refuses: a period that is short, and not 0, which means for ever."""
    text = quota.literal("renewal-period", "0") or "0"
    if text.isdecimal() and 0 < int(text) < _SHORTEST:
        message = f"renewal-period must be 0 or at least {_SHORTEST}, not {text}"
        yield quota.finding("value-wrong", message, attribute="renewal-period")


@element(
    Declaration(
        "quota-by-key",
        sections=frozenset({Section.INBOUND}),
        gateways=frozenset(GatewayKind) - {GatewayKind.CONSUMPTION},
        shape=Shape(
            attributes=(
                Attribute("calls", AttributeType.INT, expression=False),
                Attribute("bandwidth", AttributeType.INT, expression=False),
                Attribute("counter-key", required=True, expression=True),
                Attribute("first-period-start", AttributeType.DATETIME, default=_FIRST, expression=False),
                Attribute("increment-condition", expression=True, result="bool"),
                Attribute("increment-count", default="1", expression=True, result="int"),
                Attribute("renewal-period", AttributeType.DURATION, required=True, minimum=0, expression=False),
            )
        ),
        page="quota-by-key-policy",
        does="refuses calls of one key above a volume in a period",
        deviations=("Bandwidth is the bytes of both bodies, without header fields.",),
        check=check,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.counting.increment import Increment, increment
    from certgate.gateway.counting.quotas import Quota, count

    key = run.text(element, "counter-key")
    if key is None:
        run.assume("null-key")
    start = _moment(element.literal("first-period-start", _FIRST) or _FIRST)
    if start is None:
        message = "certgate cannot read this first-period-start"
        return run.not_simulated(element, message, attribute="first-period-start")
    calls, kilobytes = (int(text) if (text := element.literal(name)) else None for name in ("calls", "bandwidth"))
    raised = increment(element, run)
    if not isinstance(raised, Increment):
        return raised
    period = int(element.literal("renewal-period", "0") or 0)
    return count(element, run, [Quota(("key", key or ""), calls, kilobytes, period, start)], raised)


def _moment(text: str) -> datetime | None:
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
