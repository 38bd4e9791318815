"""A trust store made ready for looking things up, and kept so: what is found out about it is found out once.

Knows what stands in the store and what is said of that without an end certificate; chains are judged in `chain`.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from certgate.core.memory import keep
from certgate.pki.chains import checks, opinion
from certgate.pki.chains.facts import Facts, facts
from certgate.pki.chains.path import Pool
from certgate.pki.verdict import ChainElement, Origin

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.stores.trust import TrustStore

_REMEMBERED_STORES = 16
_REMEMBERED = 64


class Shelf:
    """A trust store made ready for looking things up. Compared by identity."""

    def __init__(self, store: TrustStore) -> None:
        self.store = store
        system = system_roots() if store.system_roots else ()
        roots = tuple(map(facts, store.roots))
        # Like .NET, by the bytes of the names: what only compares as self-issued is no anchor.
        anchors = [root for root in roots if _same_bytes(root)]
        self.anchors = Pool([*anchors, *map(facts, system)])
        self.loose = Pool(root for root in roots if not _same_bytes(root))
        self.origins: dict[Certificate, tuple[Origin, str]] = {}
        for origin, certificates in (
            (Origin.ROOTS, store.roots),
            (Origin.INTERMEDIATES, store.intermediates),
            (Origin.SYSTEM, system),
        ):
            for certificate in certificates:
                self.origins.setdefault(certificate, (origin, certificate.source))
        self._undisputed: dict[tuple[tuple[Facts, ...], datetime], bool] = {}
        self._elements: dict[tuple[tuple[Facts, ...], tuple[str, ...]], tuple[ChainElement, ...]] = {}

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """What is looked through for issuers, one after the other until a path is complete."""
        more = tuple(map(facts, self.store.intermediates))
        return (self.loose, Pool(self.loose.members + more)) if more else (self.loose,)

    def undisputed(self, issuers: tuple[Facts, ...], now: datetime) -> bool:
        """Whether nothing is wrong with the upper part of a trusted path; never so below name constraints, which are
        about the end certificate too. Remembered, since many certificates share it."""
        known = self._undisputed.get((issuers, now))
        if known is None:
            known = keep(self._undisputed, (issuers, now), _undisputed(issuers, now), _REMEMBERED)
        return known

    def elements(self, issuers: tuple[Facts, ...], revocation: tuple[str, ...]) -> tuple[ChainElement, ...]:
        """Certificates of this store as elements with nothing wrong; `revocation` is what is known of each. Remembered
        likewise."""
        made = self._elements.get((issuers, revocation))
        if made is None:
            pairs = zip([issuer.certificate for issuer in issuers], revocation, strict=True)
            made = tuple(ChainElement(one, (), *self.origins[one], (), known) for one, known in pairs)
            keep(self._elements, (issuers, revocation), made, _REMEMBERED)
        return made


def _undisputed(issuers: tuple[Facts, ...], now: datetime) -> bool:
    if checks.issuer_faults(issuers, now) or any(issuer.name_constraints for issuer in issuers):
        return False
    return opinion.objection(tuple(issuer.certificate for issuer in issuers), now) is None


def _same_bytes(element: Facts) -> bool:
    return element.certificate.subject_name.raw == element.certificate.issuer_name.raw


_shelves: dict[int, Shelf] = {}


def shelf_of(store: TrustStore) -> Shelf:
    """The shelf of a store. It is kept with its store, so that the identity of a store is not used again meanwhile."""
    shelf = _shelves.get(id(store))
    return keep(_shelves, id(store), Shelf(store), _REMEMBERED_STORES) if shelf is None else shelf


@lru_cache(maxsize=1)
def system_roots() -> tuple[Certificate, ...]:
    """The public roots of this machine, as far as they can be read."""
    import ssl

    from certgate.core.errors import InputError
    from certgate.pki.certificate import Certificate

    found: list[Certificate] = []
    for encoded in ssl.create_default_context().get_ca_certs(binary_form=True):
        try:
            found.append(Certificate(encoded, source="system roots"))
        except InputError:
            continue
    return tuple(found)
