"""The lists of the trust store, judged by RFC 5280 section 6.3.3. .NET takes no list from a file; these rules say what
a list that stands in one is worth. They are not the rules for what is fetched: those are in `fetched`.

A certificate is good when lists that are in date, faultless and signed by who may sign them cover all reasons for a
revocation and do not name it. It is revoked when any list in date, of its scope and rightly signed, names it, or one
that has run out and is newer than those.

Puts together what its parts know: `stored_lists` has the lists, `stored_case` hears them on one certificate,
`stored_scope` compares what they are about, `stored_signers` says whom to believe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.lazy import lazy
from certgate.core.memory import keep
from certgate.pki import oids
from certgate.pki.revocation import addresses
from certgate.pki.revocation.findings import Standing
from certgate.pki.revocation.stored_case import Case
from certgate.pki.revocation.stored_lists import REMEMBERED_ISSUERS, Heard, StoreLists, lists_of
from certgate.pki.revocation.stored_signers import Pending, Signers, may_sign
from certgate.pki.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.findings import Findings, Inquiry
    from certgate.pki.revocation.stored_case import Row
    from certgate.pki.revocation.stored_lists import Held

NOTE = "the gateway itself reads no list from a file: it has to learn the same from the addresses in the certificates"
UNTOLD = (
    "the gateway itself reads no list from a file, and {} names no address from which it could learn the same: it "
    "refuses the chain (RevocationStatusUnknown)"
)
_END_UNTOLD, _ISSUER_UNTOLD = UNTOLD.format("the end certificate"), UNTOLD.format("an issuer in the chain")
_WITH_ADDRESSES = frozenset({oids.CRL_DISTRIBUTION_POINTS, oids.AUTHORITY_INFORMATION_ACCESS})

RULES = "RFC 5280"
MAX_ROWS = 20
"""The most lists that are shown one by one as not used for a certificate."""


class StoredJudge:
    """Judges the elements of one chain, one after the other, within one set of bounds.

    What holds for other chains too is kept with the lists: what they say of an issuer, unless somebody outside the
    chain has a part in it, and which list is all there is to say of whom an issuer issued.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._lists = lists_of(inquiry.lists)
        self._noted: str | None = None

    @lazy
    def _signers(self) -> Signers:
        return Signers(self._inquiry.authorities, self._inquiry.elements[-1], self._standing)

    def judge(self, depth: int, findings: Findings) -> tuple[Standing, str] | None:
        """What the lists say of the element at this depth; None when they do not tell."""
        path, now, lists = self._inquiry.elements[depth:], self._inquiry.now, self._lists
        found = lists.heard.get((path, now)) if depth else _plainly(lists, path, now)
        if found is None:
            found = self._heard(path, keeps=depth > 0)
        findings.evidence += found.evidence
        if found.standing is Standing.UNKNOWN:
            return None
        self._note(depth, found.standing, findings.notes)
        return found.standing, found.reason

    def _note(self, depth: int, standing: Standing, notes: list[str]) -> None:
        """Say once that .NET reads no list from a file, and that it refuses what it cannot learn elsewhere."""
        if self._noted is not None and self._noted is not NOTE:
            return
        elements, note = self._inquiry.elements, NOTE
        # A root that nothing is known of is not refused for it.
        if standing is Standing.GOOD and depth < len(elements) - 1 and not _names_address(elements[depth]):
            note = _ISSUER_UNTOLD if depth else _END_UNTOLD
        if self._noted is None:
            notes.append(note)
        elif note is not NOTE:
            notes[notes.index(NOTE)] = note
        self._noted = note

    def _heard(self, path: tuple[Facts, ...], keeps: bool) -> Heard:
        signers = self._signers
        signers.looked_around = False
        element, above = path[0], path[1:]
        case = self._case(element, above, Pending((element.certificate,), above))
        found = Heard(case.standing, case.reason, tuple(_evidence(case.rows, element)))
        if keeps and not signers.looked_around:
            keep(self._lists.heard, (path, self._inquiry.now), found, REMEMBERED_ISSUERS)
        return found

    def _standing(self, path: tuple[Facts, ...], depth: int, pending: Pending) -> Standing:
        return self._case(path[depth], path[depth + 1 :], pending).standing

    def _case(self, element: Facts, above: tuple[Facts, ...], pending: Pending) -> Case:
        """The case of one element, closed; `above` is who stands above it in its path."""
        lists, signing = self._lists, above or (element,)
        case = Case(element, self._inquiry.now, lambda held: self._signers.signer(held, signing, pending))
        for issuer in (element.issuer, *case.other_issuers()) if lists.indirect else (element.issuer,):
            of_issuer = lists.of(issuer)
            if of_issuer is not None:
                case.hear(of_issuer)
        for name, reason in lists.seem_of(element.certificate.issuer_name.raw) if lists.unreadable else ():
            case.unreadable(name, reason)
        case.close()
        return case


def _plainly(lists: StoreLists, path: tuple[Facts, ...], now: datetime) -> Heard | None:
    """The answer where one plain list is all there is, and does not name the certificate: the case of nearly all, made
    short. None where there is more to say."""
    key = path[1:], now
    try:
        held = lists.plain[key]
    except KeyError:
        held = keep(lists.plain, key, _plain(lists, path[1:], now), REMEMBERED_ISSUERS)
    if held is None:
        return None
    if held.listed.entries(path[0].certificate.serial_bytes):
        return None
    return Heard(Standing.GOOD, held.clears, (_evidence_of(path[0], held, "good", held.clears),))


def _plain(lists: StoreLists, above: tuple[Facts, ...], now: datetime) -> Held | None:
    """The list that is all there is to say of whom the first of `above` issued, where one list is: it is full, about
    all of them, in date and signed by the issuer itself."""
    of_issuer = lists.of(above[0].subject) if above and not lists.indirect and not lists.unreadable else None
    held = None if of_issuer is None else of_issuer.only
    if held is None or held.early(now) or held.late(now) or held.listed.fault is not None:
        return None
    return held if may_sign(above[0]) and held.listed.signed_by(above[0].certificate.public_key.spki) else None


def _names_address(element: Facts) -> bool:
    """Whether .NET has an address to ask about this certificate."""
    if element.kinds.found.isdisjoint(_WITH_ADDRESSES):
        return False
    return (addresses.crl_url(element) or addresses.ocsp_url(element)) is not None


def _evidence(rows: list[Row], element: Facts) -> Iterator[Evidence]:
    """The rows of the evidence: all that decided, and so many of those that were not used."""
    unused = 0
    for held, result, detail in rows:
        unused += result == "not used"
        if result == "not used" and unused > MAX_ROWS:
            continue
        yield _evidence_of(element, held, result, detail)
    if unused > MAX_ROWS:
        yield _evidence_of(element, None, "not used", f"{unused - MAX_ROWS:,} more lists cannot be used for it")


def _evidence_of(element: Facts, held: Held | None, result: str, detail: str) -> Evidence:
    thumbprint = element.certificate.thumbprint
    if held is None:
        return Evidence("crl", thumbprint, result, None, detail, RULES)
    size, until = len(held.listed.encoded), held.listed.next_update
    return Evidence("crl", thumbprint, result, None, detail, RULES, "", None, None, size, until)
