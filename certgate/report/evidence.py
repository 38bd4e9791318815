"""The evidence of a verdict as a table: about whom, what it says, by which rules, who gave it, how old, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.report.chain import short_name
from certgate.report.page import Page, Piece, Style, fit, width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from certgate.pki.verdict import Evidence, Verdict

INDENT = 2
_GAP = 2
_KINDS = {"crl": "CRL", "ocsp": "OCSP", "issuer": "issuer", "assumption": "assumed"}
_RESULTS = {"good": Style.GOOD, "fetched": Style.GOOD, "revoked": Style.BAD, "not fetched": Style.OPEN}
_GIVERS = {"responses": "recorded", "cache": "cached", "network": "network"}
_PLAIN = ("good", "fetched")
"""Results that need no sentence of their own."""
_LEAST_NAME = 12
_SHOWN = "%Y-%m-%d %H:%M"


def evidence(page: Page, verdict: Verdict, now: datetime | None = None) -> None:
    """A row each, and below it where it came from; a sentence where it did not simply say that all is well. `now` is
    the moment from which the age of what was kept is told."""
    if not verdict.evidence:
        return
    subjects = {element.certificate.thumbprint: short_name(element.certificate.subject) for element in verdict.elements}
    page.blank()
    page.add(" " * INDENT, Piece("evidence", Style.LABEL))
    rows = [_cells(row, subjects.get(row.subject, row.subject)) for row in verdict.evidence]
    widths = [max(width(row[at]) for row in rows) for at in range(4)]
    room = page.width - INDENT - sum(widths) + widths[1] - 3 * _GAP
    narrow = room < _LEAST_NAME
    if narrow:
        room += widths[3] + _GAP
    widths[1] = min(widths[1], max(_LEAST_NAME, room))
    for row, cells in zip(verdict.evidence, rows, strict=True):
        _row(page, cells[:3] if narrow else cells, widths, _RESULTS.get(row.result, Style.PLAIN))
        for text in _details(row, narrow, now):
            page.entry("", text, column=INDENT + 2, style=Style.FAINT)


def why_open(settle: Sequence[str]) -> str:
    """Why addresses were not asked, to stand behind them, where the options that settle it tell."""
    return "   (certgate is offline)" if "--online" in settle else ""


def _cells(row: Evidence, subject: str) -> tuple[str, ...]:
    return _KINDS.get(row.kind, row.kind), subject, row.result, row.rules


def _row(page: Page, cells: Sequence[str], widths: Sequence[int], style: Style) -> None:
    pieces: list[str | Piece] = [" " * INDENT]
    for at, cell in enumerate(cells):
        text = fit(cell, widths[at])
        pieces += [Piece(text, style if at == 2 else Style.PLAIN), " " * (widths[at] - width(text) + _GAP)]
    page.add(*pieces)


def _details(row: Evidence, narrow: bool, now: datetime | None) -> list[str]:
    line = " · ".join(filter(None, (_given(row, now), _until(row), row.rules if narrow else "")))
    detail = row.detail if row.result not in _PLAIN or not (row.url or line) else ""
    url = "" if row.url is None or row.url in detail else row.url
    return [text for text in (url, line, detail) if text]


def _given(row: Evidence, now: datetime | None) -> str:
    """Who gave it, how long ago or how fast, and how much."""
    if not row.given:
        return ""
    parts = [_GIVERS.get(row.given, row.given)]
    if row.size is not None:
        parts.append(f"{row.size:,} bytes")
    if row.seconds is not None:
        parts.append(f"{row.seconds:.2f} s")
    if row.given == "cache" and row.fetched is not None:
        parts.append(f"fetched {_moment(row.fetched)}" if now is None else f"{_age(now - row.fetched)} old")
    return ", ".join(parts)


def _age(age: timedelta) -> str:
    """The largest unit that fits, in words."""
    seconds = max(0, int(age.total_seconds()))
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            count = seconds // length
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} seconds"


def _until(row: Evidence) -> str:
    return f"until {_moment(row.until)}" if row.until is not None else ""


def _moment(moment: datetime) -> str:
    from datetime import UTC

    return f"{moment.astimezone(UTC):{_SHOWN}} UTC"
