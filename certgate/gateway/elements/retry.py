"""``retry``: runs its policies, and again while its condition holds, up to a number of times. Nothing waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed, Undecided
from certgate.policy.declaration import Attribute, AttributeType, Content, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_COUNT = range(1, 51)


@element(
    Declaration(
        "retry",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("condition", AttributeType.BOOL, required=True, expression=True),
                Attribute("count", AttributeType.INT, required=True, expression=True, minimum=1, maximum=50),
                Attribute("interval", AttributeType.DURATION, required=True, expression=True, minimum=0),
                Attribute("delta", AttributeType.DURATION, expression=True, minimum=1),
                Attribute("max-interval", AttributeType.DURATION, expression=True, minimum=1),
                Attribute("first-fast-retry", AttributeType.BOOL, default="false", expression=True),
            ),
            content=Content.POLICIES,
        ),
        page="retry-policy",
        does="runs its policies again while a condition holds",
        deviations=(
            "No time passes between the attempts.",
            "An attempt that ends in an error is followed by another one too, while the condition holds.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    for name in ("interval", "delta", "max-interval", "first-fast-retry"):
        run.value(element, name)
    count = run.number(element, "count")
    if count not in _COUNT:
        message = f"certgate does not know what a count of {count} does"
        return run.not_simulated(element, message, attribute="count")
    for attempt in range(count + 1):
        end = run.elements(element.children)
        run.says("runs its policies once" if attempt == 0 else f"runs its policies {attempt + 1} times")
        if attempt == count or not (end is None or isinstance(end, Failed)):
            return end
        again = _again(element, run, end)
        if isinstance(again, Undecided):
            return again
        if not again:
            return end
    return None


def _again(element: Element, run: Run, failed: Failed | None) -> bool | Undecided:
    """Whether the condition holds. After an error it is asked too; where it fails itself, the first error stands."""
    if failed is None:
        return run.flag(element, "condition")
    run.assume("retry-after-error")
    found = run.attempt(lambda: run.flag(element, "condition"))
    return found if isinstance(found, bool | Undecided) else False
