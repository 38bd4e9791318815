"""``certgate verify`` for people: the chain and its flags, the evidence, what the gateway makes of it, what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from certgate.core.excerpt import visible
from certgate.report.chain import chain
from certgate.report.evidence import asked_for, evidence
from certgate.report.page import Page, Style, fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from certgate.result import VerifiedCertificate

COLUMN = 12
_STYLES = {True: Style.GOOD, False: Style.BAD, None: Style.OPEN}
_MARKS = {True: "✓", False: "✗", None: "?"}
_WORDS = {True: "true", False: "false", None: "undecided"}
_POLICY = "validate-client-certificate"


def to_page(certificates: Sequence[VerifiedCertificate], columns: int, now: datetime | None = None) -> Page:
    """A block a certificate; with several also a line of counts. `now` is the moment that ages are told from."""
    page = Page(columns)
    for row in certificates:
        page.blank()
        _certificate(page, row, now)
    if len(certificates) > 1:
        page.blank()
        counts = Counter(row.verdict.build for row in certificates)
        words = {True: "valid", False: "not valid", None: "undecided"}
        page.add(" · ".join(f"{counts[build]} {words[build]}" for build in (True, False, None) if counts[build]))
    return page


def _certificate(page: Page, row: VerifiedCertificate, now: datetime | None) -> None:
    verdict = row.verdict
    flags = f": {', '.join(verdict.status)}" if verdict.status else ""
    style = _STYLES[verdict.build]
    page.paragraph(f"{_MARKS[verdict.build]} {row.question} is {_WORDS[verdict.build]}{flags}", style=style, hang=2)
    page.add("  ", fit(f"{row.client.source}  {visible(row.client.subject)}", page.width - 2))
    page.blank()
    chain(page, verdict)
    page.blank()
    _answers(page, row)
    _open(page, row)
    evidence(page, verdict, now)
    page.blank()
    for note in verdict.notes:
        page.entry("note", note, column=COLUMN, style=Style.FAINT)
    for hint in row.hints:
        page.entry("try", hint, column=COLUMN)
    if row.paths is not None:
        # Imported here: few ask for every path.
        from certgate.report.paths import paths

        page.blank()
        paths(page, row.paths)


def _answers(page: Page, row: VerifiedCertificate) -> None:
    """What the other ways of asking answer in a policy."""
    label = "and"
    for name, verdict in (("Verify()", row.verify), ("VerifyNoRevocation()", row.without_revocation)):
        if verdict is not None and name != row.question:
            page.entry(label, f"{name} is {_WORDS[verdict.build]}", column=COLUMN)
            label = ""
    unchecked = ' validate-revocation="false"' if row.verify is None else ""
    element = f"<{_POLICY}{unchecked} />"
    if len(row.policy) > 1:
        page.entry(label, f"{element} depends on what is not known:", column=COLUMN)
    for way in row.policy:
        lead = f"if {way.given}: it" if len(row.policy) > 1 else element
        answer = "lets the client pass" if way.reason is None else f"answers 401, {way.reason}"
        page.entry("" if len(row.policy) > 1 else label, f"{lead} {answer}", column=COLUMN)
        if way.message:
            doubt = "" if way.confirmed else " (words not confirmed)"
            page.entry("", f"{way.message}{doubt}", column=COLUMN + 2, style=Style.FAINT)


def _open(page: Page, row: VerifiedCertificate) -> None:
    if row.verdict.build is not None:
        return
    page.blank()
    asked_for(page, row.verdict.wanted, row.settle, COLUMN)
    page.items("settle it", row.settle, column=COLUMN)
