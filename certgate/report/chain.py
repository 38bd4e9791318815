"""The chain of a verdict as a tree: each element with its flags or the file it came from, and the reasons in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.excerpt import visible
from certgate.pki.verdict import Origin
from certgate.report.page import Page, Piece, Style, fit, width

if TYPE_CHECKING:
    from certgate.pki.verdict import ChainElement, Verdict

LABEL = 10
_ORIGINS = {
    Origin.LEAF: "",
    Origin.HANDSHAKE: "sent with the certificate",
    Origin.ROOTS: "a trusted root",
    Origin.INTERMEDIATES: "a known intermediate",
    Origin.SYSTEM: "a root of this machine",
}


def chain(page: Page, verdict: Verdict) -> None:
    """Leaf first, issuers below it; under each its faults, one sentence a flag."""
    names = [f"{'  ' * (depth - 1)}└ " if depth else "" for depth in range(len(verdict.elements))]
    room = max(20, page.width - LABEL - 34)
    labels = [
        lead + fit(short_name(element.certificate.subject), room - len(lead))
        for lead, element in zip(names, verdict.elements, strict=True)
    ]
    column = max(map(width, labels), default=0)
    unanswered = {row.subject for row in verdict.evidence if row.result == "not fetched"}
    unanswered -= {row.subject for row in verdict.evidence if row.result == "good"}
    for depth, (label, element) in enumerate(zip(labels, verdict.elements, strict=True)):
        head = "  chain".ljust(LABEL) if depth == 0 else " " * LABEL
        room = page.width - LABEL - column - 2
        state = _state(element, room, open_=element.certificate.thumbprint in unanswered)
        page.add(Piece(head, Style.LABEL), label, " " * (column - width(label) + 2), *state)
        for reason in element.reasons:
            page.entry("", reason, column=LABEL + 2 + 2 * depth)


def short_name(subject: str) -> str:
    """A distinguished name up to its first comma outside quotes."""
    subject, quoted = visible(subject), False
    for i, char in enumerate(subject):
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            return subject[:i]
    return subject or "(no subject)"


def _state(element: ChainElement, room: int, *, open_: bool) -> list[str | Piece]:
    """The flags of an element, or a tick and where it came from, within `room` columns; `open_`: nobody answered
    whether it is revoked."""
    if element.status:
        return [Piece(f"✗ {', '.join(element.status)}", Style.BAD)]
    if open_:
        return [Piece("?", Style.OPEN), " revoked or not"]
    origin = fit(element.origin_name or _ORIGINS[element.origin], max(12, room - 2))
    return [Piece("✓", Style.GOOD), f" {origin}".rstrip()]
