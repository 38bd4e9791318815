"""The lists of the trust store before one build: each element is judged, and what holds for others too is kept.

Puts together what its parts know: `stored_lists` has the lists, `stored_case` hears them on one certificate,
`stored_signers` says whom to believe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki.revocation.findings import Standing
from certgate.pki.revocation.stored_case import Case
from certgate.pki.revocation.stored_lists import Desk, Heard, desk, keep
from certgate.pki.revocation.stored_signers import Pending, Signers, may_sign
from certgate.pki.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.pki.facts import Facts
    from certgate.pki.revocation.findings import Inquiry
    from certgate.pki.revocation.stored_case import Row
    from certgate.pki.revocation.stored_lists import Held

RULES = "RFC 5280"
MAX_ROWS = 20
"""The most lists that are shown one by one as not used for a certificate."""


def heard(inquiry: Inquiry, depth: int) -> Heard:
    """What the lists say; of an issuer it is kept for those below it, unless somebody outside the chain has a part."""
    store = desk(inquiry.lists)
    path = inquiry.elements[depth:]
    key = path, inquiry.now
    found = store.heard.get(key) if depth else _plainly(store, path, inquiry.now)
    if found is None:
        bench = _bench(inquiry, store)
        bench.signers.looked_around = False
        element, above = path[0], path[1:]
        case = bench.case(element, above, Pending((element.certificate,), above))
        found = Heard(case.standing, case.reason, tuple(_evidence(case.rows, element)))
        if depth and not bench.signers.looked_around:
            keep(store.heard, key, found)
    return found


def _plainly(store: Desk, path: tuple[Facts, ...], now: datetime) -> Heard | None:
    """The answer where one plain list is all there is, and does not name the certificate: the case of nearly all, made
    short. None where there is more to say."""
    key = path[1:], now
    if key not in store.plain:
        keep(store.plain, key, _plain(store, path[1:], now))
    held = store.plain[key]
    if held is None:
        return None
    certificate = path[0].certificate
    if held.listed.entries(certificate.serial_bytes, certificate.issuer_name.raw):
        return None
    return Heard(Standing.GOOD, held.clears, (_evidence_of(path[0], held, "good", held.clears),))


def _plain(store: Desk, above: tuple[Facts, ...], now: datetime) -> Held | None:
    """The list that is all there is to say of whom the first of `above` issued, where one list is: it is full, about
    all of them, in date and signed by the issuer itself."""
    shelf = store.shelf(above[0].subject) if above and not store.indirect and not store.unreadable else None
    held = None if shelf is None else shelf.only
    if held is None or held.early(now) or held.late(now) or held.listed.fault is not None:
        return None
    return held if may_sign(above[0]) and held.listed.signed_by(above[0].certificate.public_key.spki) else None


class _Bench:
    """Judges the certificates of one build."""

    def __init__(self, inquiry: Inquiry, store: Desk) -> None:
        self.inquiry = inquiry
        self._desk = store
        self.signers = Signers(inquiry.authorities, inquiry.elements[-1], self._standing)

    def _standing(self, path: tuple[Facts, ...], depth: int, pending: Pending) -> Standing:
        return self.case(path[depth], path[depth + 1 :], pending).standing

    def case(self, element: Facts, above: tuple[Facts, ...], pending: Pending) -> Case:
        """The case of one element, closed; `above` is who stands above it in its path."""
        signers = above or (element,)
        case = Case(element, self.inquiry.now, lambda held: self.signers.signer(held, signers, pending))
        store = self._desk
        for issuer in (element.issuer, *case.other_issuers()) if store.indirect else (element.issuer,):
            shelf = store.shelf(issuer)
            if shelf is not None:
                case.hear(shelf)
        for name, reason in store.seem_of(element.certificate.issuer_name.raw) if store.unreadable else ():
            case.unreadable(name, reason)
        case.close()
        return case


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


_last: list[_Bench] = []


def _bench(inquiry: Inquiry, store: Desk) -> _Bench:
    """The bench of a build: its elements are judged one after the other, within one set of bounds."""
    bench = _last[0] if _last else None
    if bench is None or bench.inquiry is not inquiry:
        bench = _Bench(inquiry, store)
        _last[:] = [bench]
    return bench
