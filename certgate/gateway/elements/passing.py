"""What happens when an element is reached that certgate does not run: it passes with a word, or nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.reference import WITHOUT_EFFECT, does

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


def reached(element: Element, run: Run) -> End | None:
    """SECURITY: an element that could change the answer makes the outcome undecided; it is never passed over."""
    changed = WITHOUT_EFFECT.get(element.name)
    if changed is None:
        return run.not_simulated(element, f"certgate does not simulate {element.name}, which {does(element.name)}")
    run.expressions(element)
    for part in changed:
        run.exchange.unknown[part] = element.name
    run.says("without effect on the answer" + (f"; changes {' and '.join(changed)}" if changed else ""))
    return None
