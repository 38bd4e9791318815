"""``cache-remove-value``: takes what is under a key out of the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_TYPES = ("prefer-external", "internal", "external")


@element(
    Declaration(
        "cache-remove-value",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("key", required=True, expression=True),
                Attribute(
                    "caching-type", AttributeType.ENUM, default="prefer-external", expression=False, values=_TYPES
                ),
                Attribute("fail-on-cache-removal-error", AttributeType.BOOL, default="false", expression=True),
            )
        ),
        page="cache-remove-value-policy",
        does="takes a value out of the cache",
        deviations=("Removing never fails.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.caching.values import key_of, remove

    key = key_of(element, run)
    run.value(element, "fail-on-cache-removal-error")
    if key is None:
        return run.not_simulated(element, "what the gateway removes without a key is not known", attribute="key")
    remove(element, run, key)
    run.says("nothing is kept under the key any more")
    return None
