"""``cache-value``: a context variable from the cache; its policies make the value where the cache has none.

No page describes it: it does what the policy toolkit's emulator makes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.amounts import amount
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Content, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_TIME = AttributeType.DURATION
_TYPES = ("internal", "external", "prefer-external")
EIGHT_HOURS = 28_800


@element(
    Declaration(
        "cache-value",
        sections=frozenset(Section),
        scopes=None,
        gateways=None,
        shape=Shape(
            attributes=(
                Attribute("key", required=True, expression=True),
                Attribute("variable-name", required=True, expression=False),
                Attribute("expires-after", _TIME, expression=True),
                Attribute("refresh-after", _TIME, expression=True),
                Attribute("default-value", expression=True, result="object"),
                Attribute("caching-type", AttributeType.ENUM, default="prefer-external", values=_TYPES),
            ),
            children=(Child("value", 1, 1, Shape(content=Content.POLICIES)),),
        ),
        documented=False,
        does="runs its children when the cache has no value",
        deviations=("No page describes it: it follows the policy toolkit's emulator.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.caching.values import key_of, look_up, take

    name, key = element.literal("variable-name") or "", key_of(element, run)
    run.assume("cache-value")
    if key is None:
        return run.not_simulated(element, "what the gateway looks up without a key is not known", attribute="key")
    entry = look_up(element, run, key)
    if entry and run.now < entry.refresh and amount(run, element, "refresh-after") != 0:
        take(run, name, entry)
        run.says(f"a hit: sets {name}")
        return None
    run.says(f"makes {name} anew" if entry else f"a miss: makes {name}")
    for holder in element.named("value"):
        if end := run.elements(holder.children):
            return end
    if run.variables.get(name) is not None:
        return _kept(element, run, key, name)
    if entry:
        take(run, name, entry)
    elif name not in run.variables and element.value("default-value") is not None:
        run.variables[name] = run.value(element, "default-value")
        run.secrets.put(element, f'"{name}"')
    return None


def _kept(element: Element, run: Run, key: str, name: str) -> End | None:
    from certgate.gateway.caching.values import Kept, store

    expires = amount(run, element, "expires-after")
    seconds = EIGHT_HOURS if expires is None else expires
    refresh = amount(run, element, "refresh-after")
    made = Kept(run.variables[name], seconds, seconds if refresh is None else refresh, run.secrets.holds(element))
    return store(element, run, key, made)
