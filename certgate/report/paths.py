"""The candidate paths of a certificate: each but the one taken as a tree with what is wrong with it, the refused
candidates, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.excerpt import visible
from certgate.pki.verdict import Origin
from certgate.report.chain import chain, short_name
from certgate.report.page import Style, fit

if TYPE_CHECKING:
    from certgate.pki.chains.candidates import Alternatives, CandidatePath, Refusal
    from certgate.pki.verdict import ChainElement
    from certgate.report.page import Page

COLUMN = 12
_SHOWN_REFUSALS = 16
_ORIGINS = {
    Origin.HANDSHAKE: "sent with the certificate",
    Origin.ROOTS: "a trusted root",
    Origin.INTERMEDIATES: "a known intermediate",
    Origin.SYSTEM: "a root of this machine",
    Origin.FETCHED: "fetched",
}


def paths(page: Page, found: Alternatives) -> None:
    """A line for the path that .NET takes and a tree for each other, then who was refused, then the message.

    The chain of the path taken stands on the page already.
    """
    count = len(found.paths)
    for number, path in enumerate(found.paths, 1):
        page.blank()
        _path(page, path, f"path {number} of {count}")
    page.blank()
    for refusal in found.refusals[:_SHOWN_REFUSALS]:
        page.entry("refused", _refused(refusal, page.width), column=COLUMN)
    if len(found.refusals) > _SHOWN_REFUSALS:
        page.entry("", f"and {len(found.refusals) - _SHOWN_REFUSALS} more candidates", column=COLUMN)
    page.entry("paths", found.message, column=COLUMN)
    if found.advice:
        page.entry("advice", found.advice, column=COLUMN)
    for limit in found.limits:
        page.entry("limit", limit, column=COLUMN, style=Style.FAINT)


def _path(page: Page, path: CandidatePath, head: str) -> None:
    good = bool(path.verdict.build)
    mark, style = ("✓", Style.GOOD) if good else ("✗", Style.BAD)
    faults = ", ".join(path.verdict.status)
    if path.taken:
        words = f"taken by .NET (shown above), revocation aside: {faults or 'trusted'}"
        page.paragraph(f"{mark} {head}: {words}", hang=2, style=style)
        return
    page.paragraph(f"{mark} {head}: {faults or 'would be trusted'}", hang=2, style=style)
    chain(page, path.verdict)


def _refused(refusal: Refusal, columns: int) -> str:
    name, below = (
        fit(short_name(certificate.subject), columns // 2) for certificate in (refusal.candidate, refusal.below)
    )
    where = visible(refusal.origin_name) or _ORIGINS.get(refusal.origin, "")
    mark = f"{where}, {refusal.candidate.thumbprint[:8]}…" if where else f"{refusal.candidate.thumbprint[:8]}…"
    return f"{name} ({mark}) for {below}: {refusal.reason}"


def document(found: Alternatives) -> dict[str, Any]:
    """The same for machines, by the contract of the schema of ``verify``."""
    return {
        "paths": [
            {
                "taken": path.taken,
                "build": path.verdict.build,
                "status": list(path.verdict.status),
                "elements": list(map(_element, path.verdict.elements)),
            }
            for path in found.paths
        ],
        "refused": [
            {
                "below": refusal.below.thumbprint,
                "thumbprint": refusal.candidate.thumbprint,
                "subject": refusal.candidate.subject,
                "origin": str(refusal.origin),
                "file": refusal.origin_name or None,
                "reason": refusal.reason,
            }
            for refusal in found.refusals
        ],
        "message": found.message,
        "advice": found.advice or None,
        "limits": list(found.limits),
    }


def _element(element: ChainElement) -> dict[str, Any]:
    return {
        "thumbprint": element.certificate.thumbprint,
        "subject": element.certificate.subject,
        "status": list(element.status),
        "origin": str(element.origin),
        "file": element.origin_name or None,
        "reasons": list(element.reasons),
    }
