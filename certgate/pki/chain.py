"""The verdict on a certificate: ``X509Chain.Build`` as .NET on Linux answers it, with the reason for every flag.

Puts together what its parts know: `path` finds the path, `checks` finds its faults, `opinion` has OpenSSL confirm it,
`revocation` and `usage` add theirs. Verdicts are remembered. Asks neither the clock nor the network.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.value import replace, slotted
from certgate.pki import checks, opinion, path
from certgate.pki.facts import facts
from certgate.pki.path import Path, Pool
from certgate.pki.revocation import decide
from certgate.pki.revocation.addresses import issuer_urls
from certgate.pki.revocation.findings import Findings, Inquiry
from certgate.pki.verdict import ChainElement, ChainStatus, Origin, Revocation, RevocationScope, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from certgate.core.fetch import Fetcher
    from certgate.pki.certificate import Certificate
    from certgate.pki.checks import Fault
    from certgate.pki.facts import Facts
    from certgate.pki.trust import TrustStore

MAX_EXTRA = 100
"""SECURITY: the most certificates from a handshake that take part; a client chooses how many it sends."""

_REMEMBERED_STORES = 16


class Settings(NamedTuple):
    """What a verdict depends on besides the certificates."""

    now: datetime
    revocation: Revocation
    scope: RevocationScope
    purpose: str | None
    downloads: bool


def build(
    leaf: Certificate,
    store: TrustStore,
    *,
    now: datetime,
    extra: Iterable[Certificate] = (),
    revocation: Revocation = Revocation.ONLINE,
    scope: RevocationScope = RevocationScope.EXCLUDE_ROOT,
    purpose: str | None = None,
    downloads: bool = True,
    fetcher: Fetcher | None = None,
) -> Verdict:
    """The verdict on `leaf` at the moment `now` (aware; whole seconds count, as in .NET).

    `extra` are the certificates that came beside it, `purpose` an extended key usage to require. `downloads` says that
    the simulated gateway fetches missing issuers. Without a `fetcher` no address answers, and the same question gets
    the same object as answer.
    """
    settings = Settings(now.replace(microsecond=0), revocation, scope, purpose, downloads)
    if fetcher is None:
        return _remembered(leaf, _shelf(store), tuple(extra), settings)
    return _build(leaf, _shelf(store), tuple(extra), settings, fetcher)


@lru_cache(maxsize=2048)
def _remembered(leaf: Certificate, shelf: _Shelf, extra: tuple[Certificate, ...], settings: Settings) -> Verdict:
    return _build(leaf, shelf, extra, settings, None)


def _build(
    leaf: Certificate, shelf: _Shelf, extra: tuple[Certificate, ...], settings: Settings, fetcher: Fetcher | None
) -> Verdict:
    verdict = _Builder(facts(leaf), shelf, tuple(map(facts, extra[:MAX_EXTRA])), settings, fetcher).verdict()
    if len(extra) <= MAX_EXTRA:
        return verdict
    note = f"of the {len(extra)} certificates that came along only the first {MAX_EXTRA} take part"
    return replace(verdict, notes=(*verdict.notes, note))


class _Shelf:
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

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """What is looked through for issuers, one after the other until a path is complete."""
        more = tuple(map(facts, self.store.intermediates))
        return (self.loose, Pool(self.loose.members + more)) if more else (self.loose,)


def _same_bytes(element: Facts) -> bool:
    return element.certificate.subject_name.raw == element.certificate.issuer_name.raw


_shelves: dict[int, _Shelf] = {}


def _shelf(store: TrustStore) -> _Shelf:
    """The shelf of a store. It is kept with its store, so that the identity of a store is not used again meanwhile."""
    shelf = _shelves.get(id(store))
    if shelf is None:
        while len(_shelves) >= _REMEMBERED_STORES:
            del _shelves[next(iter(_shelves))]
        shelf = _shelves[id(store)] = _Shelf(store)
    return shelf


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


@slotted
class _Builder:
    """One build, from the path to the verdict."""

    leaf: Facts
    shelf: _Shelf
    extra: tuple[Facts, ...]
    settings: Settings
    fetcher: Fetcher | None

    def verdict(self) -> Verdict:
        now = self.settings.now
        found = self.path()
        faults = checks.faults(found, now)
        marks = _Marks(len(found.elements))
        for fault in faults:
            marks.add(fault.depth, fault.status, fault.reason)
        marks.forgive_own_signature()
        if found.trusted and not marks.any:
            self.second_opinion(found, marks)
        status = self.check_revocation(found, faults, marks)
        if self.settings.purpose is not None:
            self.check_usage(found, marks, self.settings.purpose)
        wanted = status.wanted
        undecided = bool(status.unanswered) and not marks.any
        missing = self.missing_issuer(found, faults)
        if missing and marks.only(ChainStatus.PARTIAL_CHAIN):
            wanted, undecided = (missing,), True
        return Verdict(
            build=None if undecided else not marks.any,
            status=marks.all(),
            elements=tuple(self.elements(found, marks)),
            evidence=tuple(status.evidence),
            wanted=wanted if undecided else (),
            notes=(*status.notes, *_thrown(faults)),
        )

    def path(self) -> Path:
        """The path, looked for without the handshake's certificates first, as .NET does."""
        pools = self.shelf.pools
        for pool in pools:
            found = path.find(self.leaf, self.shelf.anchors, pool, self.settings.now)
            if found.complete:
                return found
        if self.extra:
            pool = Pool(pools[-1].members + self.extra)
            found = path.find(self.leaf, self.shelf.anchors, pool, self.settings.now)
        return found

    def second_opinion(self, found: Path, marks: _Marks) -> None:
        certificates = tuple(element.certificate for element in found.elements)
        # Below name constraints OpenSSL has to see the end certificate too: in its place it would hold the first issuer
        # to rules for names that are not meant for issuers.
        constrained = any(element.name_constraints for element in found.elements[2:])
        issuers = certificates if constrained or len(certificates) == 1 else certificates[1:]
        objection = opinion.objection(issuers, self.settings.now, whole=constrained)
        if objection is not None:
            depth = min(1, len(certificates) - 1)
            marks.add(depth, ChainStatus.PARTIAL_CHAIN, f"OpenSSL does not accept the path from here on: {objection}")

    def check_revocation(self, found: Path, faults: tuple[Fault, ...], marks: _Marks) -> Findings:
        """.NET looks into revocation when no issuer is missing; it asks somebody only when nothing but a date is wrong
        in the first place."""
        if not found.complete or found.too_long:
            return Findings()
        asks = not faults or faults[0].status is ChainStatus.NOT_TIME_VALID
        status = decide.check(
            Inquiry(
                elements=found.elements,
                lists=self.shelf.store.crls,
                now=self.settings.now,
                mode=self.settings.revocation,
                scope=self.settings.scope,
                authorities=_Authorities(self),
                asks=asks,
                trusted=found.trusted,
                fetcher=self.fetcher,
            )
        )
        for depth, flags in status.flags.items():
            for flag, reason in flags:
                marks.add(depth, flag, reason)
        return status

    def check_usage(self, found: Path, marks: _Marks, purpose: str) -> None:
        from certgate.pki.usage import objection as objection_to_usage

        objection = objection_to_usage(tuple(element.certificate for element in found.elements), purpose)
        if objection is not None:
            for depth in range(len(found.elements)):
                marks.add(depth, ChainStatus.NOT_VALID_FOR_USAGE, objection)

    def missing_issuer(self, found: Path, faults: tuple[Fault, ...]) -> str | None:
        """The address at which .NET would look for the issuer that is missing."""
        if found.complete or not self.settings.downloads:
            return None
        urls = issuer_urls(found.elements[-1])
        return urls[0] if urls else None

    def elements(self, found: Path, marks: _Marks) -> Iterator[ChainElement]:
        handshake = {element.certificate for element in self.extra}
        for depth, element in enumerate(found.elements):
            origin, name = self.shelf.origins.get(element.certificate, (None, ""))
            if depth == 0:
                origin = Origin.LEAF
            elif origin is None or (origin is Origin.SYSTEM and element.certificate in handshake):
                origin, name = Origin.HANDSHAKE, element.certificate.source
            status, reasons = marks.at(depth)
            yield ChainElement(element.certificate, status, origin, name, reasons)


class _Authorities:
    """The certificates at hand besides a chain: those of the store and of the handshake."""

    def __init__(self, builder: _Builder) -> None:
        self._builder = builder

    def named(self, subject: tuple[object, ...]) -> tuple[Facts, ...]:
        builder = self._builder
        members = (*builder.shelf.anchors.members, *builder.shelf.pools[-1].members, *builder.extra)
        return tuple(member for member in members if member.subject == subject)

    def path(self, certificate: Facts) -> tuple[Facts, ...] | None:
        builder = self._builder
        found = _Builder(certificate, builder.shelf, builder.extra, builder.settings, None).path()
        if not found.trusted or checks.faults(found, builder.settings.now):
            return None
        return found.elements


class _Marks:
    """The flags of each element, one reason a flag."""

    def __init__(self, length: int) -> None:
        self._marks: list[dict[ChainStatus, str]] = [{} for _ in range(length)]

    def add(self, depth: int, status: ChainStatus, reason: str) -> None:
        self._marks[depth].setdefault(status, reason)

    @property
    def any(self) -> bool:
        return any(self._marks)

    def only(self, status: ChainStatus) -> bool:
        return self.all() == (status,)

    def all(self) -> tuple[ChainStatus, ...]:
        return tuple(sorted({status for mark in self._marks for status in mark}))

    def at(self, depth: int) -> tuple[tuple[ChainStatus, ...], tuple[str, ...]]:
        mark = self._marks[depth]
        names = tuple(sorted(mark))
        return names, tuple(mark[name] for name in names)

    def forgive_own_signature(self) -> None:
        """A trusted root may carry a broken signature of its own: .NET takes that flag back from the last element."""
        *below, last = self._marks
        flags = {status for mark in self._marks for status in mark}
        spoilt = ChainStatus.PARTIAL_CHAIN in flags or ChainStatus.UNTRUSTED_ROOT in flags
        if not spoilt and not any(ChainStatus.NOT_SIGNATURE_VALID in mark for mark in below):
            last.pop(ChainStatus.NOT_SIGNATURE_VALID, None)


def _thrown(faults: tuple[Fault, ...]) -> Iterator[str]:
    for fault in faults:
        if fault.thrown:
            yield f"here .NET throws an exception instead of answering: {fault.reason}"
