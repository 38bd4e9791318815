"""A trust store made ready for looking things up, and kept so: what is found out about it is found out once.

Knows what stands in the store and what is said of that without an end certificate; chains are judged in `chain`.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from certgate.core.memory import keep
from certgate.pki import checks, opinion
from certgate.pki.facts import Facts, facts
from certgate.pki.path import Pool
from certgate.pki.verdict import ChainElement, Origin

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.trust import TrustStore

_REMEMBERED_STORES = 16
_REMEMBERED_BRANCHES = 64
_REMEMBERED_ELEMENTS = 256


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
        self._faultless: dict[tuple[Facts, str], ChainElement] = {}
        self._undisputed: dict[tuple[tuple[Facts, ...], datetime], tuple[ChainElement, ...] | None] = {}

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """What is looked through for issuers, one after the other until a path is complete."""
        more = tuple(map(facts, self.store.intermediates))
        return (self.loose, Pool(self.loose.members + more)) if more else (self.loose,)

    def undisputed(self, issuers: tuple[Facts, ...], now: datetime) -> tuple[ChainElement, ...] | None:
        """The upper part of a trusted path as elements with nothing wrong. None where something is, and below name
        constraints, which are about the end certificate too. Remembered, since many certificates share it."""
        key = issuers, now
        try:
            return self._undisputed[key]
        except KeyError:
            return keep(self._undisputed, key, self._elements(issuers, now), _REMEMBERED_BRANCHES)

    def _elements(self, issuers: tuple[Facts, ...], now: datetime) -> tuple[ChainElement, ...] | None:
        if checks.issuer_faults(issuers, now) or any(issuer.name_constraints for issuer in issuers):
            return None
        if opinion.objection(tuple(issuer.certificate for issuer in issuers), now) is not None:
            return None
        found = [self.faultless(issuer) for issuer in issuers]
        return tuple(element for element in found if element is not None)

    def faultless(self, issuer: Facts, revocation: str = "") -> ChainElement | None:
        """A certificate of this store as an element with nothing wrong, remembered; None for other certificates."""
        certificate, key = issuer.certificate, (issuer, revocation)
        element = self._faultless.get(key)
        if element is None and certificate in self.origins:
            element = ChainElement(certificate, (), *self.origins[certificate], (), revocation)
            keep(self._faultless, key, element, _REMEMBERED_ELEMENTS)
        return element


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
