"""The evidence of a verdict as a table: about whom, what it says, by which rules, who gave it, how old, until when; and
what is still wanted of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from certgate.core.duration import span
from certgate.report.chain import short_name
from certgate.report.page import Page, Piece, Style, fit, width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from certgate.pki.verdict import Evidence, Verdict

INDENT = 2
_GAP = 2
_KINDS = {"crl": "CRL", "ocsp": "OCSP", "issuer": "issuer", "assumption": "assumed"}
_RESULTS = {"good": Style.GOOD, "fetched": Style.GOOD, "revoked": Style.BAD, "not fetched": Style.OPEN}
_GIVERS = {"responses": "recorded", "cache": "cached", "network": "network"}
_PLAIN = ("good", "fetched")
"""Results that need no sentence of their own."""
_UNASKED = ("answers is not known", "certgate is offline")
"""How the sentence on an answer ends of which there is no more to say than that it is wanted."""
_LEAST_NAME = 12
_SHOWN = "%Y-%m-%d %H:%M"


def evidence(page: Page, verdict: Verdict, now: datetime | None = None) -> None:
    """A row each, and below it where it came from; a sentence where it did not simply say that all is well. What the
    chain or `asked_for` says is not said again. `now` is the moment from which the age of what was kept is told."""
    shown = [row for row in verdict.evidence if not _only_wanted(row, verdict)]
    if not shown:
        return
    said = {reason for element in verdict.elements for reason in element.reasons}
    subjects = {element.certificate.thumbprint: short_name(element.certificate.subject) for element in verdict.elements}
    page.blank()
    page.add(" " * INDENT, Piece("evidence", Style.LABEL))
    rows = [_cells(row, subjects.get(row.subject, row.subject)) for row in shown]
    widths = [max(width(row[at]) for row in rows) for at in range(4)]
    room = page.width - INDENT - sum(widths) + widths[1] - 3 * _GAP
    narrow = room < _LEAST_NAME
    if narrow:
        room += widths[3] + _GAP
    widths[1] = min(widths[1], max(_LEAST_NAME, room))
    for row, cells in zip(shown, rows, strict=True):
        _row(page, cells[:3] if narrow else cells, widths, _RESULTS.get(row.result, Style.PLAIN))
        for text in _details(row, said, narrow, now):
            page.entry("", text, column=INDENT + 2, style=Style.FAINT)


def asked_for(page: Page, wanted: Sequence[str], settle: Sequence[str], column: int) -> None:
    """The addresses whose answers would settle what is undecided; why they were not asked, where the options tell."""
    why = "   (certgate is offline)" if "--online" in settle else ""
    for url in wanted:
        page.entry("asked for", url + why, column=column)


def _only_wanted(row: Evidence, verdict: Verdict) -> bool:
    return verdict.build is None and row.url in verdict.wanted and row.detail.endswith(_UNASKED)


def _cells(row: Evidence, subject: str) -> tuple[str, ...]:
    return _KINDS.get(row.kind, row.kind), subject, row.result, row.rules


def _row(page: Page, cells: Sequence[str], widths: Sequence[int], style: Style) -> None:
    pieces: list[str | Piece] = [" " * INDENT]
    for at, cell in enumerate(cells):
        text = fit(cell, widths[at])
        pieces += [Piece(text, style if at == 2 else Style.PLAIN), " " * (widths[at] - width(text) + _GAP)]
    page.add(*pieces)


def _details(row: Evidence, said: set[str], narrow: bool, now: datetime | None) -> list[str]:
    """The address, who gave what, and the sentence; a list of the trust store has only its sentence, which names the
    file and its dates."""
    given = (_given(row, now), _until(row)) if row.url is not None else ()
    line = " · ".join(filter(None, (*given, row.rules if narrow else "")))
    needed = (row.result not in _PLAIN or row.url is None) and row.kind != "assumption" and row.detail not in said
    detail = row.detail if needed else ""
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
        # Where the clock has been set back since, it is no age below zero.
        parts.append(
            f"fetched {_moment(row.fetched)}" if now is None else f"{span(max(now - row.fetched, timedelta()))} old"
        )
    return ", ".join(parts)


def _until(row: Evidence) -> str:
    return f"until {_moment(row.until)}" if row.until is not None else ""


def _moment(moment: datetime) -> str:
    from datetime import UTC

    return f"{moment.astimezone(UTC):{_SHOWN}} UTC"
