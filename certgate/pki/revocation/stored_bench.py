"""The lists of the trust store before one build: each element is judged, and what holds for others too is kept.

Puts together what its parts know: `stored_lists` has the lists, `stored_case` hears them on one certificate,
`stored_signers` says whom to believe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki.revocation.stored_case import Case
from certgate.pki.revocation.stored_lists import Desk, Heard, desk
from certgate.pki.revocation.stored_signers import Pending, Signers
from certgate.pki.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.pki.facts import Facts
    from certgate.pki.revocation.findings import Inquiry, Standing
    from certgate.pki.revocation.stored_case import Row

RULES = "RFC 5280"
MAX_ROWS = 20
"""The most lists that are shown one by one as not used for a certificate."""


def heard(inquiry: Inquiry, depth: int) -> Heard:
    """What the lists say; of an issuer it is kept for those below it, unless somebody outside the chain has a part."""
    store = desk(inquiry.lists)
    path = inquiry.elements[depth:]
    key = path, inquiry.now
    found = store.remembered(key) if depth else _plainly(store, path, inquiry.now)
    if found is None:
        bench = _bench(inquiry, store)
        bench.signers.looked_around = False
        element, above = path[0], path[1:]
        case = bench.case(element, above, Pending((element.certificate,), above))
        found = Heard(case.standing, case.reason, tuple(_evidence(case.rows, element)))
        if depth and not bench.signers.looked_around:
            store.remember(key, found)
    return found


def _plainly(store: Desk, path: tuple[Facts, ...], now: datetime) -> Heard | None:
    """The answer where there is one plain list, which does not name the certificate: the case of nearly all, made
    short. None where there is more to say."""
    key = path[1:], now
    plain = store.plain.get(key)
    if plain is None:
        plain = store.remember_plain(key, _plain(store, path[0].issuer, path[1:], now))
    if not plain:
        return None
    held, said = plain
    certificate = path[0].certificate
    if held.listed.entries(certificate.serial_bytes, certificate.issuer_name.raw):
        return None
    return Heard(Standing.GOOD, said, (_row(path[0], "good", said, held),))


def _plain(store: Desk, issuer: NameForm, above: tuple[Facts, ...], now: datetime) -> tuple[Held, str] | tuple[()]:
    """The list that is all there is to say of whom `above` issued, and the sentence that clears them."""
    shelf = None if store.indirect or store.unreadable else store.shelf(issuer)
    if shelf is None or shelf.left_out or shelf.broken or len(shelf.series) != 1:
        return ()
    [series] = shelf.series
    if not series.unlimited or len(series.full) != 1 or series.deltas:
        return ()
    [held] = series.full
    if held.early(now) or held.late(now) or held.listed.fault is not None or not signed_by_any(held, above):
        return ()
    return held, f"{held.name} holds until {held.until} and does not name it"


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
        size, until = (None, None) if held is None else (len(held.listed.encoded), held.listed.next_update)
        yield Evidence("crl", element.certificate.thumbprint, result, None, detail, RULES, size=size, until=until)
    if unused > MAX_ROWS:
        detail = f"{unused - MAX_ROWS:,} more lists cannot be used for it"
        yield Evidence("crl", element.certificate.thumbprint, "not used", None, detail, RULES)


_last: list[_Bench] = []


def _bench(inquiry: Inquiry, store: Desk) -> _Bench:
    """The bench of a build: its elements are judged one after the other, within one set of bounds."""
    bench = _last[0] if _last else None
    if bench is None or bench.inquiry is not inquiry:
        bench = _Bench(inquiry, store)
        _last[:] = [bench]
    return bench
