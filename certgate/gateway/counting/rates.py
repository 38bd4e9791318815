"""Rate limits: how many calls fit into a window that slides along with time.

A refused call is not counted. The numbers that a policy tells of its counter are in the answer, whoever makes it.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.gateway.counting.increment import UNKNOWN, evaluated, not_counted
from certgate.gateway.ending import Failed
from certgate.gateway.session import Full

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import datetime

    from certgate.gateway.counting.increment import Increment
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Response
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

    Entries = tuple[tuple[datetime, int], ...]

FAMILY = "rate-limit"
MAX_PERIOD = 300
"""Seconds: the longest window (rate-limit page). Nothing older is kept."""


@frozen
class Limit:
    """`calls` in `period` seconds. `holder` is where the names stand under which its numbers are told."""

    key: Hashable
    calls: int
    period: int
    holder: Element


@frozen
class _Level:
    """A limit, and what is counted in its window: how much at which moment, the oldest first."""

    limit: Limit
    entries: Entries

    @property
    def used(self) -> int:
        return sum(count for _, count in self.entries)

    def full(self, room: int) -> bool:
        return self.used + room > self.limit.calls

    def left(self, more: int = 0) -> int:
        return max(self.limit.calls - self.used - more, 0)

    def wait(self, now: datetime, room: int) -> int:
        """Seconds until `room` fits; the whole period where it never does."""
        used = self.used
        for moment, count in self.entries:
            used -= count
            if used + room <= self.limit.calls:
                return max(ceil((moment - now).total_seconds()) + self.limit.period, 1)
        return self.limit.period


def count(element: Element, run: Run, limits: Sequence[Limit], raised: Increment) -> End | None:
    """Count a request under each limit, or refuse it."""
    levels = [_level(run, limit) for limit in limits]
    known = [level for level in levels if level is not None]
    if len(known) < len(levels):
        return not_counted(element, run, "rate limit")
    for level in known:
        if level.full(raised.room):
            return _refused(element, run, level, level.wait(run.now, raised.room))
    try:
        for level in known:
            _raise(run, level.limit.key, raised.at_once)
    except Full:
        return not_counted(element, run, "rate limit")
    run.assume("first-call")
    least = min(level.left(raised.at_once) for level in known)
    for level in known:
        _tell(element, run, level.limit, least if level is known[0] else level.left(raised.at_once))
    if raised.count is None:
        run.at_end(element, lambda response: _later(element, run, limits, response))
    run.says(f"passes: calls left: {least}")
    return None


def _level(run: Run, limit: Limit) -> _Level | None:
    """None: nobody knows what is counted."""
    found = run.session.get(FAMILY, limit.key) or ()
    return None if found == UNKNOWN else _Level(limit, _since(found, run.now, limit.period))


def _since(entries: Entries, now: datetime, period: int) -> Entries:
    return tuple(each for each in entries if (now - each[0]).total_seconds() < period)


def _raise(run: Run, key: Hashable, count: int) -> None:
    found = run.session.get(FAMILY, key) or ()
    if found == UNKNOWN:
        return
    kept = _since(found, run.now, MAX_PERIOD)
    if kept and kept[-1][0] == run.now:
        kept, count = kept[:-1], kept[-1][1] + count
    run.session.put(FAMILY, key, (*kept, (run.now, count)) if count else kept)


def _later(element: Element, run: Run, limits: Sequence[Limit], response: Response | None) -> None:
    """The answer is there, or will never be known: count what the policy's expressions say of it."""
    raised = None if response is None else evaluated(element, run)
    for limit in limits:
        if raised is None or response is None:
            run.session.put(FAMILY, limit.key, UNKNOWN)
            continue
        _raise(run, limit.key, raised)
        level = _level(run, limit)
        _headers(limit, response, level.left() if level else 0)
    run.says(f"counts {raised} for this answer" if raised is not None else "how much is counted is not known")


def _refused(element: Element, run: Run, level: _Level, wait: int) -> Failed:
    limit = level.limit
    _variable(element, run, _named(limit, element, "retry-after-variable-name"), wait)
    _variable(element, run, _named(limit, element, "remaining-calls-variable-name"), 0)
    numbers = {
        _named(limit, element, "retry-after-header-name") or "Retry-After": wait,
        _named(limit, element, "remaining-calls-header-name"): 0,
        _named(limit, element, "total-calls-header-name"): limit.calls,
    }
    run.says(f"refused: the limit of {limit.calls} in {limit.period} seconds is used up, for {wait} seconds more")
    return Failed(
        element,
        status=429,
        reason="RateLimitExceeded",
        message="Rate limit is exceeded",
        body_message=f"Rate limit is exceeded. Try again in {wait} seconds.",
        headers={name: str(number) for name, number in numbers.items() if name},
    )


def _named(limit: Limit, element: Element, attribute: str) -> str | None:
    """A name that the limit itself gives, else its policy."""
    return limit.holder.literal(attribute) or element.literal(attribute)


def _tell(element: Element, run: Run, limit: Limit, left: int) -> None:
    """The numbers of a counter: in a variable at once, in headers when the answer is there."""
    _variable(element, run, limit.holder.literal("remaining-calls-variable-name"), left)
    if any(limit.holder.literal(name) for name in ("remaining-calls-header-name", "total-calls-header-name")):
        run.at_end(element, lambda response: _headers(limit, response, left))


def _headers(limit: Limit, response: Response | None, left: int) -> None:
    for attribute, number in (("remaining-calls-header-name", left), ("total-calls-header-name", limit.calls)):
        name = limit.holder.literal(attribute)
        if name and response is not None:
            response.headers.set(name, [str(number)])


def _variable(element: Element, run: Run, name: str | None, value: int) -> None:
    if name:
        run.variables[name] = value
        run.secrets.put(element, f'"{name}"')
