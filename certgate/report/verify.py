"""``certgate verify`` for people: the chain, what Verify() says, and what would settle an open answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from certgate.core.excerpt import visible
from certgate.pki.verdict import ChainStatus, settling
from certgate.report.chain import chain, short_name
from certgate.report.page import Page, Piece, Style, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.result import VerifiedCertificate

COLUMN = 12
_STYLES = {True: Style.GOOD, False: Style.BAD, None: Style.OPEN}
_MARKS = {True: "✓", False: "✗", None: "?"}
_WORDS = {True: "true", False: "false", None: "undecided"}


def to_page(certificates: Sequence[VerifiedCertificate], columns: int, *, revocation: bool) -> Page:
    """A block a certificate; with several also a line of counts. `revocation`: Verify() was asked, not only its
    variant without revocation."""
    page = Page(columns)
    for row in certificates:
        page.blank()
        _certificate(page, row, revocation)
    if len(certificates) > 1:
        page.blank()
        counts = Counter(row.verdict.build for row in certificates)
        words = {True: "valid", False: "not valid", None: "undecided"}
        page.add(" · ".join(f"{counts[build]} {words[build]}" for build in (True, False, None) if counts[build]))
    return page


def _certificate(page: Page, row: VerifiedCertificate, revocation: bool) -> None:
    verdict = row.verdict
    method = "Verify()" if revocation else "VerifyNoRevocation()"
    flags = f": {', '.join(verdict.status)}" if verdict.status else ""
    head = f"{_MARKS[verdict.build]} {method} is {_WORDS[verdict.build]}{flags}"
    page.add(Piece(head, _STYLES[verdict.build]))
    page.add("  ", fit(f"{row.client.source}  {visible(row.client.subject)}", page.width - 2))
    page.blank()
    chain(page, verdict)
    page.blank()
    if revocation:
        page.entry("and", f"VerifyNoRevocation() is {_WORDS[row.without_revocation.build]}", column=COLUMN)
    subjects = {element.certificate.thumbprint: short_name(element.certificate.subject) for element in verdict.elements}
    for evidence in verdict.evidence:
        about = subjects.get(evidence.subject, evidence.subject)
        page.entry("evidence", f"{about}: {evidence.result} — {evidence.detail or evidence.url}", column=COLUMN)
    for url in verdict.wanted:
        page.entry("asked for", f"{url}   (certgate is offline)", column=COLUMN)
    for note in verdict.notes:
        page.entry("note", note, column=COLUMN, style=Style.FAINT)
    if verdict.build is None:
        missing = ChainStatus.PARTIAL_CHAIN in verdict.status
        options = settling(verdict.wanted, issuer_missing=missing, revocation=revocation)
        page.entry("settle it", "   ".join(options), column=COLUMN)
