"""Limits of tokens: how many a key has used within a minute and within a period, and what is left of it.

What an answer used is known when it is there. Where the gateway estimates, certgate knows only bounds: a case between
them is undecided. Reasons and messages as observed on live gateways.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from certgate.core.value import frozen, slotted
from certgate.gateway.amounts import amount, switch
from certgate.gateway.ending import Failed
from certgate.gateway.language import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Response
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

RATE_FAMILY, QUOTA_FAMILY = "llm-tokens", "llm-token-quota"
MINUTE = timedelta(minutes=1)
MAX_USES = 1_000
"""SECURITY: the most uses of a key within a minute that are told apart."""
PERIODS = ("hourly", "daily", "weekly", "monthly", "yearly")


@frozen
class Use:
    """Tokens of one request, at least and at most."""

    at: datetime
    least: int
    most: int


@slotted
class Count:
    """What a key has used within a limit. `resets`: when that is over."""

    limit: int
    least: int = 0
    most: int = 0
    resets: datetime | None = None

    @property
    def left(self) -> int:
        return max(0, self.limit - self.least)


@slotted
class Pass:
    """One request that a limit looks at. `estimated`: the gateway counts the prompt before it is sent."""

    element: Element
    key: str
    estimated: bool
    rate: Count | None = None
    quota: Count | None = None
    period: str = ""
    used: int | None = None


def limit(element: Element, run: Run) -> End | None:
    """Refuse a request whose key has used more than it may, else count it when the answer is there."""
    if switch(run, element, "ignore-prompt", default=False):
        return run.not_simulated(element, "certgate does not simulate ignore-prompt, which no page describes")
    key = run.text(element, "counter-key") or ""
    body = run.exchange.request.body.data if run.exchange.request.body else b""
    asked = messages.prompt(body)
    estimated = switch(run, element, "estimate-prompt-tokens", default=False) or bool(asked and asked.streamed)
    found = Pass(element, key, estimated)
    if fault := _limits(found, run):
        return run.not_simulated(element, fault)
    run.at_end(element, lambda response: _finish(found, run, response))
    for count, rate in ((found.rate, True), (found.quota, False)):
        if count is None:
            continue
        if count.least > count.limit:
            return _refused(found, run, count, rate=rate)
        if count.most + (messages.most(body) if estimated else 0) > count.limit:
            return run.not_simulated(element, "the gateway estimates tokens, and its estimate decides here")
    run.on_answer.append(lambda: _settle(found, run))
    _variables(found, run)
    run.says("passes: the tokens used so far are within the limits")
    return None


def _limits(found: Pass, run: Run) -> str:
    """Fill in the counts; else what is wrong with the limits."""
    element = found.element
    rate, quota = amount(run, element, "tokens-per-minute"), amount(run, element, "token-quota")
    if rate is None and quota is None:
        return "a limit needs tokens-per-minute or token-quota"
    if rate is not None:
        uses = _uses(run, found.key)
        found.rate = _summed(rate, uses)
        found.rate.resets = _reset(rate, uses, run.now)
    if quota is not None:
        found.period = (run.text(element, "token-quota-period") or "").lower()
        if found.period not in (*PERIODS, "", "indefinite"):
            return "token-quota-period is none of Hourly, Daily, Weekly, Monthly, Yearly"
        start, end = window(run.now, found.period)
        kept = run.session.get(QUOTA_FAMILY, (found.key, found.period, start))
        found.quota = _summed(quota, (kept,) if kept else ())
        found.quota.resets = end
    if not run.session.tables.get(RATE_FAMILY) and not run.session.tables.get(QUOTA_FAMILY):
        run.assume("first-call")
    return ""


def _uses(run: Run, key: str) -> tuple[Use, ...]:
    """Those of the last minute."""
    return tuple(use for use in run.session.get(RATE_FAMILY, key) or () if use.at > run.now - MINUTE)


def _summed(allowed: int, uses: Iterable[Use]) -> Count:
    uses = tuple(uses)
    return Count(allowed, sum(use.least for use in uses), sum(use.most for use in uses))


def _reset(allowed: int, uses: tuple[Use, ...], now: datetime) -> datetime:
    """When so many uses are over that the rest is within the limit."""
    left = sum(use.least for use in uses)
    for use in uses:
        left -= use.least
        if left <= allowed:
            return use.at + MINUTE
    return now + MINUTE


def window(now: datetime, period: str) -> tuple[datetime | None, datetime | None]:
    """The period around a moment in UTC; without bounds where there is none."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    month = day.replace(day=1)
    match period:
        case "hourly":
            start = now.replace(minute=0, second=0, microsecond=0)
            return start, start + timedelta(hours=1)
        case "daily":
            return day, day + timedelta(days=1)
        case "weekly":
            start = day - timedelta(days=day.weekday())
            return start, start + timedelta(days=7)
        case "monthly":
            return month, (month + timedelta(days=32)).replace(day=1)
        case "yearly":
            return month.replace(month=1), month.replace(year=month.year + 1, month=1)
    return None, None


def _refused(found: Pass, run: Run, count: Count, *, rate: bool) -> Failed:
    element = found.element
    seconds = max(1, ceil((count.resets - run.now).total_seconds())) if count.resets else None
    what = "Token limit is exceeded." if rate else "Token quota is exceeded."
    message = f"{what} Try again in {f'{seconds} seconds' if rate else _spelled(seconds)}." if seconds else what
    if seconds is not None and (name := element.literal("retry-after-variable-name")):
        run.variables[name] = seconds
    _variables(found, run)
    reason = "OpenAITokenLimitExceeded" if rate else "OpenAITokenQuotaExceeded"
    header = element.literal("retry-after-header-name") or "Retry-After"
    headers = {header: str(seconds)} if seconds is not None else {}
    run.says(f"{reason}: {count.least} of {count.limit} tokens are used")
    return Failed(element, 429 if rate else 403, reason, message, message, headers=headers)


def _spelled(seconds: int) -> str:
    """A length of time in words, as observed: ``21 minutes and 33 seconds``."""
    units = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
    parts = []
    for name, size in units:
        number, seconds = divmod(seconds, size)
        if number:
            parts.append(f"{number} {name}{'' if number == 1 else 's'}")
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _variables(found: Pass, run: Run) -> None:
    element = found.element
    if found.estimated:
        run.assume("prompt-estimate")
    values = {
        "remaining-tokens-variable-name": found.rate.left if found.rate else None,
        "remaining-quota-tokens-variable-name": found.quota.left if found.quota else None,
        "tokens-consumed-variable-name": found.used or 0,
    }
    for attribute, value in values.items():
        if value is not None and (name := element.literal(attribute)):
            run.variables[name] = value


def _settle(found: Pass, run: Run) -> None:
    """Count what the backend's answer used. Without an answer nothing is used."""
    response = run.exchange.response
    if run.backend is None or response is None:
        return
    body = response.body.data if response.body else b""
    found.used = messages.tokens(body)
    if found.used is None:
        run.assume("model-usage")
    least = found.used or 0
    most = least
    if found.used is None and found.estimated and body:
        request = run.exchange.request.body
        most = messages.most(body) + (messages.most(request.data) if request else 0)
    _keep(found, run, Use(run.now, least, most))
    if found.used is not None and (name := found.element.literal("tokens-consumed-variable-name")):
        run.variables[name] = found.used


def _keep(found: Pass, run: Run, use: Use) -> None:
    """Add a use to the counters of the key. Another limit of the same request may have counted it already."""
    mark = ("token-limit", found.key)
    if found.rate is not None:
        if (*mark, "rate") not in run.once:
            run.once.add((*mark, "rate"))
            run.session.put(RATE_FAMILY, found.key, (*_uses(run, found.key), use)[-MAX_USES:])
        found.rate.least += use.least
    if found.quota is not None:
        place = (found.key, found.period, window(run.now, found.period)[0])
        if (*mark, found.period) not in run.once:
            run.once.add((*mark, found.period))
            kept = run.session.get(QUOTA_FAMILY, place) or Use(run.now, 0, 0)
            run.session.put(QUOTA_FAMILY, place, Use(run.now, kept.least + use.least, kept.most + use.most))
        found.quota.least += use.least


def _finish(found: Pass, run: Run, response: Response | None) -> None:
    """The headers of the answer."""
    if response is None:
        return
    element = found.element
    if found.rate and (name := element.literal("remaining-tokens-header-name")):
        response.headers.set(name, [str(found.rate.left)])
    if found.quota and (name := element.literal("remaining-quota-tokens-header-name")):
        response.headers.set(name, [str(found.quota.left)])
    if found.used is not None and (name := element.literal("tokens-consumed-header-name")):
        response.headers.set(name, [str(found.used)])
