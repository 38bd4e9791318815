"""``choose``: the first ``when`` whose condition is true runs, else ``otherwise``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Content, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_CONDITION = Attribute("condition", AttributeType.BOOL, required=True, expression=True, result="bool")


@element(
    Declaration(
        "choose",
        sections=frozenset(Section),
        shape=Shape(
            children=(
                Child("when", 1, None, Shape(attributes=(_CONDITION,), content=Content.POLICIES)),
                Child("otherwise", shape=Shape(content=Content.POLICIES)),
            )
        ),
        page="choose-policy",
        does="runs the policies of the first branch whose condition holds",
    )
)
def run(choose: Element, run: Run) -> End | None:
    branches = choose.named("when")
    for number, when in enumerate(branches, 1):
        if run.flag(choose, "condition", holder=when):
            run.says(f"when {number} of {len(branches)} matched")
            return run.elements(when.children)
    for otherwise in choose.named("otherwise"):
        run.says("no when matched: otherwise runs")
        return run.elements(otherwise.children)
    run.says(f"0 of {len(branches)} when matched")
    return None
