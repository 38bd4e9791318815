"""``block``: groups policies. Known from the editor's schema only, and taken for transparent (fact sheet §4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Content, Declaration, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "block",
        sections=None,
        shape=Shape(content=Content.POLICIES),
        documented=False,
        does="runs its policies",
        deviations=("Nobody documents it; taken to have no other effect.",),
    )
)
def run(block: Element, run: Run) -> End | None:
    run.assume("block")
    run.says("runs its policies")
    return run.elements(block.children)
