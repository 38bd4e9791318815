"""``cache-store-value``: keeps a value under a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.amounts import amount
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_TYPES = ("prefer-external", "internal", "external")


@element(
    Declaration(
        "cache-store-value",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("key", required=True, expression=True),
                Attribute("value", required=True, expression=True, result="object"),
                Attribute("duration", AttributeType.DURATION, required=True, expression=True),
                Attribute(
                    "caching-type", AttributeType.ENUM, default="prefer-external", expression=False, values=_TYPES
                ),
            )
        ),
        page="cache-store-value-policy",
        does="puts a value into the cache",
        deviations=("The value is there at once; the gateway stores it side by side with what follows.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.caching.values import Kept, key_of, store

    key, value = key_of(element, run), run.value(element, "value")
    seconds = amount(run, element, "duration") or 0
    if key is None or value is None:
        missing = "key" if key is None else "value"
        return run.not_simulated(element, f"what a cache keeps without a {missing} is not known", attribute=missing)
    if seconds <= 0:
        run.says("not kept: its time is over at once")
        return None
    run.says(f"kept for {seconds} s")
    return store(element, run, key, Kept(value, seconds, seconds, run.secrets.holds(element)))
