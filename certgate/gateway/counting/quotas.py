"""Quotas: how many calls, and how many kilobytes, fit into a period of fixed length, or into all time.

A period begins when its quota says; where nothing says it, with the first call that is counted. Bytes are those of the
bodies of request and response, counted when the answer is there.
"""

from __future__ import annotations

from datetime import timedelta
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

FAMILY = "quota"
KILOBYTE = 1024
LONGEST = 10**10
"""Seconds: periods longer than some hundred years have this length."""


@frozen
class Quota:
    """What is allowed in `period` seconds, 0 for ever; None: as much as you like. `start`: when the first period began;
    None: with the first call."""

    key: Hashable
    calls: int | None
    kilobytes: int | None
    period: int
    start: datetime | None


@frozen
class _Used:
    """What is used up in the period that began at `start`."""

    start: datetime
    calls: int = 0
    size: int = 0


def count(element: Element, run: Run, quotas: Sequence[Quota], raised: Increment) -> End | None:
    """Count a request under each quota, or refuse it."""
    before = [_used(run, quota) for quota in quotas]
    known = [used for used in before if used is not None]
    if len(known) < len(before):
        return not_counted(element, run, "quota")
    for quota, used in zip(quotas, known, strict=True):
        if what := _spent(quota, used, 0 if (FAMILY, quota.key) in run.once else raised.room):
            return _refused(element, run, quota, used, what)
    try:
        counted = _raise(run, quotas, raised.at_once)
    except Full:
        return not_counted(element, run, "quota")
    run.assume("first-call")
    if raised.count is None or any(quota.kilobytes is not None for quota in quotas):
        run.at_end(element, lambda response: _later(element, run, counted, raised, response))
    now = [(quota, found) for quota in quotas if (found := _used(run, quota))]
    left = [max(quota.calls - used.calls, 0) for quota, used in now if quota.calls is not None]
    run.says(f"passes: calls left: {min(left)}" if left else "passes: the quota is not used up")
    return None


def _used(run: Run, quota: Quota) -> _Used | None:
    """What is used up in the current period; None: nobody knows."""
    kept = run.session.get(FAMILY, quota.key)
    if kept == UNKNOWN:
        return None
    length = timedelta(seconds=min(quota.period, LONGEST))
    start = quota.start or (kept.start if kept else run.now)
    if quota.start is None and kept is None:
        run.assume("quota-start")
    if quota.period:
        start += (run.now - start) // length * length
    return kept if kept and kept.start == start else _Used(start)


def _spent(quota: Quota, used: _Used, room: int) -> str | None:
    """What is used up, in the gateway's words."""
    if quota.calls is not None and used.calls + room > quota.calls:
        return "call volume"
    if quota.kilobytes is not None and used.size >= quota.kilobytes * KILOBYTE:
        return "bandwidth"
    return None


def _raise(run: Run, quotas: Sequence[Quota], count: int) -> list[Quota]:
    """Count; the quotas whose counter no policy has raised before for this request (quota-by-key page)."""
    counted = []
    for quota in quotas:
        if (FAMILY, quota.key) in run.once:
            continue
        run.once.add((FAMILY, quota.key))
        counted.append(quota)
        _add(run, quota, count, 0)
    return counted


def _add(run: Run, quota: Quota, calls: int, size: int) -> None:
    if used := _used(run, quota):
        run.session.put(FAMILY, quota.key, _Used(used.start, used.calls + calls, used.size + size))


def _later(element: Element, run: Run, quotas: Sequence[Quota], raised: Increment, response: Response | None) -> None:
    """The answer is there, or will never be known: count its bytes, and what the policy's expressions say of it."""
    calls = evaluated(element, run) if raised.count is None and response is not None else raised.count
    if calls is None or response is None:
        for quota in quotas:
            run.session.put(FAMILY, quota.key, UNKNOWN)
        run.says("how much of the quota is used up is not known")
        return
    bodies = (run.exchange.request.body, response.body)
    size = sum(len(body.data) for body in bodies if body) if calls else 0
    for quota in quotas:
        _add(run, quota, calls - raised.at_once, size)
    if any(quota.kilobytes is not None for quota in quotas):
        run.assume("quota-bandwidth")
    run.says(f"counts {calls} for this answer, and {size} bytes")


def _refused(element: Element, run: Run, quota: Quota, used: _Used, what: str) -> Failed:
    message, headers = f"Out of {what} quota.", {}
    if quota.period:
        length = timedelta(seconds=min(quota.period, LONGEST))
        seconds = ceil((used.start + length - run.now).total_seconds())
        message += f" Quota will be replenished in {_span(seconds)}."
        headers["Retry-After"] = str(seconds)
    else:
        run.assume("messages")
    run.says(f"refused: {message}")
    return Failed(element, 403, "QuotaExceeded", message, message, headers=headers)


def _span(seconds: int) -> str:
    """A length of time as .NET writes it: ``5.03:23:11``."""
    days, rest = divmod(seconds, 86_400)
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return f"{days}.{clock}" if days else clock
