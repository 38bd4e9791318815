"""By how much a request raises a counter, and when: at once, or when its answer is there.

As the pages say, an expression in ``increment-condition`` or ``increment-count`` is evaluated at the end of the
request, so that it may look at the response; the counter is raised then, and the limit looked at in the next request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.policy.document import Expression

if TYPE_CHECKING:
    from certgate.gateway.ending import Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

LONGEST = 10
"""Digits of a number that can be counted with."""

_FLAGS = {"true": True, "1": True, "false": False, "0": False}

UNKNOWN = "unknown"
"""What stands in the session for a counter that nobody knows."""


@frozen
class Increment:
    """`count` None: not known yet."""

    count: int | None

    @property
    def at_once(self) -> int:
        return self.count or 0

    @property
    def room(self) -> int:
        """What must be left for the request to pass."""
        return max(self.at_once, 1)


def increment(element: Element, run: Run) -> Increment | Undecided:
    """What `element` says before the answer is there."""
    values = element.value("increment-condition"), element.value("increment-count")
    if any(isinstance(value, Expression) for value in values) or run.flag(element, "increment-after-response"):
        return Increment(None)
    count = evaluated(element, run)
    if count is None:
        name = "increment-condition" if _condition(element, run) is None else "increment-count"
        return run.not_simulated(element, f"certgate does not know what is counted with this {name}", attribute=name)
    return Increment(count)


def evaluated(element: Element, run: Run) -> int | None:
    """The number, expressions evaluated; None where it is none."""
    condition = _condition(element, run)
    if not condition:
        return None if condition is None else 0
    if element.value("increment-count") is None:
        return 1
    value = run.value(element, "increment-count")
    if isinstance(value, str):
        value = int(value) if value.strip().isdecimal() and len(value) <= LONGEST else None
    return value if isinstance(value, int) and value >= 0 else None


def _condition(element: Element, run: Run) -> bool | None:
    """Whether the request counts; None where what is written says neither."""
    if element.value("increment-condition") is None:
        return True
    value = run.value(element, "increment-condition")
    return _FLAGS.get(value.strip().lower()) if isinstance(value, str) else bool(value)


def not_counted(element: Element, run: Run, what: str) -> Undecided:
    """A counter has a state that nobody knows, or no room."""
    return run.not_simulated(element, f"how much of its {what} is used up is not known")
