"""Requests on a page for people: those of the clients, and those that the gateway sends on their behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from certgate.core.excerpt import visible
from certgate.report.page import Style, fit, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from certgate.gateway.outcome import BackendRequest, Call, Outcome
    from certgate.report.page import Page
    from certgate.result import Asked

_LONGEST = 40
"""Columns of a request in a row of several."""
_LONGEST_BODY = 200
"""Characters of a body on a page; JSON has all of it."""


def in_row(request: Asked) -> str:
    """``2 GET /orders?id=1``, or its name, where it has one."""
    parts = urlsplit(request.url)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return fit(f"{request.index} {visible(request.name or f'{request.method} {target}')}", _LONGEST)


def asked(page: Page, request: Asked, now: datetime, column: int) -> None:
    """Which request of several it is; when it is sent, where that is another moment than that of the run."""
    name = f"{request.name}: " if request.name else ""
    at = f", at {request.at:%Y-%m-%d %H:%M:%S} UTC" if request.at != now else ""
    page.entry("request", f"{request.index}  {name}{request.method} {request.url}{at}", column=column)


def sent(page: Page, outcome: Outcome, column: int) -> None:
    """What reached the backend, and what policies sent besides."""
    if outcome.backend:
        page.blank()
        tries = f", {outcome.backend.attempts} times" if outcome.backend.attempts > 1 else ""
        _message(page, "backend", outcome.backend, tries, column)
    for call in outcome.calls:
        page.blank()
        _message(page, "call", call, f", by {call.element}", column)


def _message(page: Page, label: str, message: BackendRequest | Call, more: str, column: int) -> None:
    page.entry(label, f"{message.method} {message.url}{more}", column=column)
    for line in _lines(message.headers):
        page.entry("", line, column=column, style=Style.FAINT)
    if message.certificate:
        page.entry("", f"with the certificate {message.certificate}", column=column)
    if message.body:
        more_than = "" if len(message.body) <= _LONGEST_BODY else f" … ({len(message.body)} characters)"
        page.entry("", f"{one_line(message.body[:_LONGEST_BODY])}{more_than}", column=column, style=Style.FAINT)


def _lines(headers: Mapping[str, Sequence[str]]) -> Iterable[str]:
    return (f"{name}: {value}" for name, values in headers.items() for value in values)
