"""``include-fragment``: the policies of a fragment run in its place.

They are put inside it when the scopes are put together; here they run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "include-fragment",
        sections=frozenset(Section),
        shape=Shape(attributes=(Attribute("fragment-id", required=True, expression=False),)),
        page="include-fragment-policy",
        does="runs the policies of a fragment",
    )
)
def run(element: Element, run: Run) -> End | None:
    count = len(element.children)
    run.says(f"runs the {count} {'policy' if count == 1 else 'policies'} of {element.literal('fragment-id')}")
    return run.elements(element.children)
