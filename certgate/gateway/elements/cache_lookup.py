"""``cache-lookup``: answers a GET with the response that an earlier request left in the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    Order,
    Section,
    Shape,
    TextKind,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_FLAG, _ENUM = AttributeType.BOOL, AttributeType.ENUM
_NAME = Shape(text=TextKind.BOTH)
_TYPES = ("prefer-external", "internal", "external")


@element(
    Declaration(
        "cache-lookup",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("vary-by-developer", _FLAG, required=True, default="false", expression=True),
                Attribute("vary-by-developer-groups", _FLAG, required=True, default="false", expression=True),
                Attribute("caching-type", _ENUM, default="prefer-external", expression=False, values=_TYPES),
                Attribute(
                    "downstream-caching-type",
                    _ENUM,
                    default="none",
                    expression=True,
                    values=("none", "private", "public"),
                ),
                Attribute("must-revalidate", _FLAG, default="true", expression=True),
                Attribute("allow-private-response-caching", _FLAG, default="false", expression=True),
            ),
            children=(Child("vary-by-header", 0, None, _NAME), Child("vary-by-query-parameter", 0, None, _NAME)),
            order=Order.CHOICE,
        ),
        once=True,
        page="cache-lookup-policy",
        does="answers a GET from the cache",
        deviations=(
            "The caches are empty before the first request of a run.",
            "With downstream-caching-type none the response keeps its own Cache-Control.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.caching.responses import look_up

    return look_up(element, run)
