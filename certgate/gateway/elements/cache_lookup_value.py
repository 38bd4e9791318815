"""``cache-lookup-value``: a context variable gets the value that the cache has under a key.

On a miss it gets the default; without one it is left as it is.
"""

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
        "cache-lookup-value",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("key", required=True, expression=True),
                Attribute("default-value", expression=True, result="object"),
                Attribute("variable-name", required=True, expression=False),
                Attribute(
                    "caching-type", AttributeType.ENUM, default="prefer-external", expression=False, values=_TYPES
                ),
            )
        ),
        page="cache-lookup-value-policy",
        does="sets a variable from the cache",
        deviations=("The caches are empty before the first request of a run.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.caching.values import key_of, look_up, take

    name = element.literal("variable-name") or ""
    key = key_of(element, run)
    if key is None:
        return run.not_simulated(element, "what the gateway looks up without a key is not known", attribute="key")
    entry = look_up(element, run, key)
    if entry is not None:
        take(run, name, entry)
        run.says(f"a hit: sets {name}")
    elif element.value("default-value") is not None:
        run.variables[name] = run.value(element, "default-value")
        run.secrets.put(element, f'"{name}"')
        run.says(f"a miss: sets {name} to its default")
    else:
        run.says(f"a miss: {name} is not set")
    return None
