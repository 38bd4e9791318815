"""The chain of a verdict as a tree: each element with its flags or the file it came from, and the reasons in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.excerpt import visible
from certgate.pki.verdict import Origin
from certgate.report.page import Page, Piece, Style, fit, width

if TYPE_CHECKING:
    from certgate.pki.verdict import ChainElement, Verdict

LABEL = 10
_NARROW = 60
"""Columns below which the states of elements stand under their names."""
_STATE = 34
"""Columns kept for the state beside a name."""
_ORIGINS = {
    Origin.LEAF: "",
    Origin.HANDSHAKE: "sent with the certificate",
    Origin.ROOTS: "a trusted root",
    Origin.INTERMEDIATES: "a known intermediate",
    Origin.SYSTEM: "a root of this machine",
    Origin.FETCHED: "fetched",
}
_STANDINGS = {"good": "not revoked", "revoked": "revoked", "unknown": "revocation unknown"}
"""What is known of an element's revocation, beside flags that say nothing of it."""
_OPEN = "not answered"
_LEAST_REST = 16
"""Columns that what follows the flags needs at least beside a name, unless it is shorter."""
REVOCATION_FLAGS = frozenset({"Revoked", "RevocationStatusUnknown", "OfflineRevocation"})
"""Flags that say what is known of revocation themselves."""


def chain(page: Page, verdict: Verdict) -> None:
    """Leaf first, issuers below it; under each its faults, one sentence a flag."""
    narrow = page.width < _NARROW
    label = 2 if narrow else LABEL
    # A long chain goes down straight rather than out of the page.
    most = max(1, (page.width - label - 26) // 4)
    indents = [min(depth, most) for depth in range(len(verdict.elements))]
    leads = [f"{'  ' * (indent - 1)}└ " if indent else "" for indent in indents]
    room = page.width - label - (0 if narrow else _STATE)
    labels = [
        lead + fit(short_name(element.certificate.subject), max(12, room - len(lead)))
        for lead, element in zip(leads, verdict.elements, strict=True)
    ]
    column = max(map(width, labels), default=0)
    said: set[str] = set()
    for depth, (name, indent, element) in enumerate(zip(labels, indents, verdict.elements, strict=True)):
        head = Piece(("  chain" if depth == 0 and not narrow else "").ljust(label), Style.LABEL)
        under = label + 2 + 2 * indent
        mark, style, rest = _state(element)
        beside = page.width - label - column - 2 - width(mark) - 1
        if narrow or beside < min(width(rest), _LEAST_REST):
            page.add(head, name)
            _below(page, under, mark, style, rest)
        else:
            where = f" {fit(rest, beside)}" if rest else ""
            page.add(head, name, " " * (column - width(name) + 2), Piece(mark, style), where)
        for reason in element.reasons:
            # .NET sets some flags on every element for one reason.
            if reason not in said:
                page.entry("", reason, column=under)
        said.update(element.reasons)


def _below(page: Page, indent: int, mark: str, style: Style, rest: str) -> None:
    """The state of an element on lines of its own."""
    room = page.width - indent - width(mark) - 1
    if rest and room >= min(width(rest), _LEAST_REST):
        page.add(" " * indent, Piece(mark, style), f" {fit(rest, room)}")
        return
    page.paragraph(mark, indent=indent, hang=2, style=style)
    if rest:
        page.paragraph(rest, indent=indent)


def short_name(subject: str) -> str:
    """A distinguished name up to its first comma outside quotes."""
    subject, quoted = visible(subject), False
    for i, char in enumerate(subject):
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            return subject[:i]
    return subject or "(no subject)"


def _state(element: ChainElement) -> tuple[str, Style, str]:
    """A mark with the flags of an element, its style, and what else is to be said: revocation, or where it is from."""
    standing = _STANDINGS.get(element.revocation, "")
    if element.status:
        said = not REVOCATION_FLAGS.isdisjoint(element.status)
        return f"✗ {', '.join(element.status)}", Style.BAD, f"· {standing}" if standing and not said else ""
    if element.revocation == _OPEN:
        return "?", Style.OPEN, "revoked or not"
    origin = visible(element.origin_name) or _ORIGINS[element.origin]
    return "✓", Style.GOOD, " · ".join(filter(None, (standing, origin)))
