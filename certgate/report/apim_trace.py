"""The trace of a request in the shape of API Management's own (API inspector), so that both can be laid side by side.

The shape is what was published of it (fact sheet §9); a policy of which nothing was has its effect as the message. What
takes no time here has moments that only keep the order: each entry is a tick of 100 ns after the one before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from certgate.report.json_ import dump

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from certgate.gateway.outcome import BackendRequest, Evaluated, LastError, Outcome, Received, Step
    from certgate.result import Case, Report

Document = dict[str, Any]

SCHEMA = "certgate/apim-trace/1"
SECTIONS = ("inbound", "backend", "outbound", "on-error")
EVALUATED = "Expression was successfully evaluated."
FAILED = "Expression evaluation failed."
SET = "Context variable was successfully set."
_SILENT = ("block", "include-fragment")
"""Only hold other policies."""
_V2 = ("basicv2", "standardv2", "premiumv2")
MASK = "***"
_SECRET = ("authorization", "proxy-authorization", "cookie", "ocp-apim-subscription-key")
_TICK = 10_000_000
"""Ticks in a second."""


def report(report: Report) -> str:
    """One case: its trace; several: a list of theirs."""
    traces = [trace(case) for case in report.cases]
    return dump(traces[0] if len(traces) == 1 else traces)


def trace(case: Case) -> Document:
    """The trace of one case."""
    outcome = case.outcome
    clock = _Clock(outcome.received)
    found: dict[str, list[Document]] = {"inbound": []}
    found |= {name: [] for name in SECTIONS if name in outcome.sections}
    if outcome.received:
        found["inbound"] += [clock.entry("api-inspector", data) for data in _arrival(outcome.received)]
    for step in outcome.steps:
        for data in _entries(step, outcome):
            found.setdefault(step.section, []).append(clock.entry(step.element, data))
    if outcome.open:
        # SECURITY: a trace that ends because nobody knows how it goes on says so.
        last = next(reversed(found))
        found[last].append(clock.entry("certgate", {"message": f"undecided: {outcome.open.message}"}))
    identity = outcome.received.id if outcome.received else ""
    return {"schema": SCHEMA, "traceId": identity, "traceEntries": found}


class _Clock:
    """Gives each entry its moment."""

    def __init__(self, received: Received | None) -> None:
        self._at = datetime.fromisoformat(received.at) if received else None
        self._ticks = 0

    def entry(self, source: str, data: Document) -> Document:
        self._ticks += 1
        elapsed = f"00:00:{self._ticks // _TICK:02}.{self._ticks % _TICK:07}"
        return {"source": source, "timestamp": self._moment(), "elapsed": elapsed, "data": data}

    def _moment(self) -> str | None:
        if self._at is None:
            return None
        seconds, ticks = divmod(self._at.microsecond * 10 + self._ticks, _TICK)
        second = self._at.replace(microsecond=0) + timedelta(seconds=seconds)
        return f"{second:%Y-%m-%dT%H:%M:%S}.{ticks:07}Z"


def _arrival(received: Received) -> Iterator[Document]:
    request = {"method": received.method, "url": received.url, "headers": _headers(received.headers)}
    yield {"request": request}
    yield {"configuration": {name: None if row is None else dict(row) for name, row in received.configuration.items()}}


def _headers(headers: Mapping[str, Sequence[str]]) -> list[Document]:
    """The fields in order. SECURITY: what lets a client in elsewhere is masked, whoever sent it."""
    return [
        {"name": name, "value": MASK if name.lower() in _SECRET else value}
        for name, values in headers.items()
        for value in values
    ]


def _entries(step: Step, outcome: Outcome) -> Iterator[Document]:
    """What the trace tells of one step: nothing, one entry, or one for each expression."""
    if step.element in _SILENT or (step.element == "trace" and outcome.received and outcome.received.tier in _V2):
        return
    failing = next((each for each in step.expressions if each.exception is not None), None)
    match step.element:
        case "choose":
            for each in step.expressions:
                if each is not failing:
                    yield {"message": EVALUATED, "expression": bare(each.text), "value": value(each)}
        case "trace" if failing is None:
            yield _traced(step)
        case _ if failing is None:
            yield _plain(step, outcome)
    if failing is not None:
        yield {"messages": _messages(failing)}


def _messages(failing: Evaluated) -> list[Document | str]:
    """Why an expression failed, three times, as the gateway says it."""
    details = (failing.exception or "").partition(": ")[2]
    return [
        {"message": FAILED, "expression": bare(failing.text), "details": details},
        f"{FAILED} {details}",
        details,
    ]


def _traced(step: Step) -> Document:
    """The entry of a ``trace`` policy."""
    if step.expressions:
        last = step.expressions[-1]
        return {"message": EVALUATED, "expression": bare(last.text), "value": step.data.get("text")}
    return {"message": step.data.get("text", step.effect)}


def _plain(step: Step, outcome: Outcome) -> Document:
    """The entry of a step whose expressions all have values."""
    match step.element:
        case "set-variable" if step.data:
            return {"message": SET, "name": step.data.get("name"), "value": step.data.get("value")}
        case "check-header" if step.data:
            return {"message": "Header validated.", "header": dict(step.data)}
        case "forward-request" if outcome.backend:
            return _forwarded(outcome.backend)
        case "authentication-certificate" if outcome.backend and outcome.backend.certificate:
            message = "Certificate was attached to request per configuration."
            return {"message": message, "certificate": {"thumbprint": outcome.backend.certificate}}
    if _failed(step, outcome.last_error):
        return {"messages": [outcome.last_error.message if outcome.last_error else ""]}
    return {"message": step.effect}


def _failed(step: Step, error: LastError | None) -> bool:
    """Whether the error that counts is that of this step."""
    return error is not None and (error.source, error.section, error.path) == (step.element, step.section, step.path)


def _forwarded(sent: BackendRequest) -> Document:
    message = "Request is being forwarded to the backend service. Timeout set to 300 seconds"
    return {"message": message, "request": {"method": sent.method, "url": sent.url, "headers": _headers(sent.headers)}}


def bare(expression: str) -> str:
    """The text of an expression without its ``@( )``; a block keeps its braces."""
    text = expression.strip()
    if text.startswith("@(") and text.endswith(")"):
        return text[2:-1]
    return text.removeprefix("@")


def value(evaluated: Evaluated) -> str | bool | None:
    """The value of a condition: a flag where it is one."""
    return {"true": True, "false": False}.get(evaluated.value or "", evaluated.value)
