"""The verdict on a certificate: ``X509Chain.Build`` as .NET on Linux answers it, with the reason for every flag.

Puts together what its parts know: `path` finds the path, `issuers` fetches what it lacks, `checks` finds its faults,
`opinion` has OpenSSL confirm it, `revocation` and `usage` add theirs. Asks neither the clock nor the network itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.value import replace
from certgate.pki.chains import checks, opinion, path
from certgate.pki.chains.facts import Facts, facts
from certgate.pki.chains.issuers import Issuers
from certgate.pki.chains.marks import Marks
from certgate.pki.chains.path import Path, Pool
from certgate.pki.chains.shelf import shelf_of
from certgate.pki.revocation import decide
from certgate.pki.revocation.findings import Findings, Inquiry
from certgate.pki.verdict import ChainElement, ChainStatus, Origin, Revocation, RevocationScope, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from certgate.core.fetch import Fetcher
    from certgate.pki.certificate import Certificate
    from certgate.pki.chains.checks import Fault
    from certgate.pki.chains.shelf import Shelf
    from certgate.pki.stores.trust import TrustStore

MAX_EXTRA = 1_000
"""SECURITY: the most certificates from a handshake that take part; a client chooses how many it sends."""

_MAX_REMEMBERED = 64 * 1024
"""The most bytes of certificates by which a verdict is remembered."""


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
    the simulated gateway fetches missing issuers. Without a `fetcher` no address answers, and the same question soon
    afterwards gets the same object as answer.
    """
    settings = Settings(now.replace(microsecond=0), revocation, scope, purpose, downloads)
    shelf, extra = shelf_of(store), tuple(extra)
    # SECURITY: only what is small is remembered, so that strangers cannot fill the memory.
    if fetcher is None and len(leaf.der) + sum([len(one.der) for one in extra]) <= _MAX_REMEMBERED:
        return _remembered(leaf, shelf, extra, settings, (leaf.source, *[one.source for one in extra]))
    return _build(leaf, shelf, extra, settings, fetcher)


@lru_cache(maxsize=256)
def _remembered(
    leaf: Certificate, shelf: Shelf, extra: tuple[Certificate, ...], settings: Settings, _: tuple[str, ...]
) -> Verdict:
    """The last are the files that the certificates came from: equal ones from elsewhere are called otherwise."""
    return _build(leaf, shelf, extra, settings, None)


def _build(
    leaf: Certificate, shelf: Shelf, extra: tuple[Certificate, ...], settings: Settings, fetcher: Fetcher | None
) -> Verdict:
    # The facts of an end certificate are not remembered: it is its issuers that come again.
    own = Facts(leaf)
    if not extra and settings.purpose is None:
        undisputed = _undisputed(own, shelf, settings, fetcher)
        if undisputed is not None:
            return undisputed
    verdict = _Builder(own, shelf, extra[:MAX_EXTRA], settings, fetcher).verdict()
    if len(extra) <= MAX_EXTRA:
        return verdict
    note = f"of the {len(extra)} certificates that came along only the first {MAX_EXTRA} take part"
    return replace(verdict, notes=(*verdict.notes, note))


def _undisputed(leaf: Facts, shelf: Shelf, settings: Settings, fetcher: Fetcher | None) -> Verdict | None:
    """The verdict of `_Builder` where nothing is wrong with the path in the store, found on the shortest way.

    None where something may be wrong."""
    now = settings.now
    found = path.first(leaf, shelf.anchors, shelf.pools, now)
    issuers = found.elements[1:]
    if not found.trusted or not issuers or not shelf.undisputed(issuers, now):
        return None
    if next(checks.leaf_faults(found.elements, now), None) is not None:
        return None
    status = Findings()
    if settings.revocation is not Revocation.NONE:
        builder = _Builder(leaf, shelf, (), settings, fetcher)
        status = builder.revocation(found, ())
        if status.flags or status.open:
            return builder.concluded(found, (), Marks(len(found.elements)), status)
    own, *above = map(status.known, range(len(found.elements)))
    name = shelf.origins[leaf.certificate][1] if leaf.certificate in shelf.origins else ""
    elements = ChainElement(leaf.certificate, (), Origin.LEAF, name, (), own), *shelf.elements(issuers, tuple(above))
    return Verdict(True, (), elements, tuple(status.evidence), (), tuple(status.notes))


class _Builder:
    """One build, from the path to the verdict."""

    def __init__(
        self, leaf: Facts, shelf: Shelf, sent: tuple[Certificate, ...], settings: Settings, fetcher: Fetcher | None
    ) -> None:
        self.leaf = leaf
        self.shelf = shelf
        self.sent = sent
        self.extra = tuple(map(facts, sent))
        self.settings = settings
        self.fetcher = fetcher
        self.issuers = Issuers(fetcher, settings.now, downloads=settings.downloads)

    def verdict(self) -> Verdict:
        now = self.settings.now
        found = self.path()
        faults = checks.faults(found, now)
        marks = Marks(len(found.elements))
        for fault in faults:
            marks.add(fault.depth, fault.status, self.reason(fault))
        marks.forgive_own_signature()
        if found.trusted and not marks.any:
            self.second_opinion(found, marks)
        return self.concluded(found, faults, marks, self.revocation(found, faults))

    def concluded(self, found: Path, faults: tuple[Fault, ...], marks: Marks, status: Findings) -> Verdict:
        """The verdict on a path whose faults are marked, and whose revocation is known as far as it can be."""
        for depth, flags in status.flags.items():
            for flag, reason in flags:
                marks.add(depth, flag, reason)
        if self.settings.purpose is not None:
            self.check_usage(found, marks, self.settings.purpose)
        missing = not found.complete and self.issuers.open
        undecided = not marks.any and status.open
        if missing:
            undecided = marks.within(ChainStatus.PARTIAL_CHAIN)
            status.wanted, status.settle = self.issuers.wanted, self.issuers.settle
        dated = not marks.any or marks.within(
            ChainStatus.NOT_TIME_VALID, *([ChainStatus.PARTIAL_CHAIN] if missing else [])
        )
        return Verdict(
            build=None if undecided else not marks.any,
            status=marks.all(),
            elements=tuple(self.elements(found, marks, status)),
            evidence=(*self.issuers.evidence, *status.evidence),
            wanted=status.wanted if dated else (),
            notes=(*status.notes, *_thrown(faults)),
            settle=status.settle if dated else (),
        )

    def path(self) -> Path:
        """The path, looked for without the handshake's certificates first, as .NET does; what is missing is fetched."""
        now, anchors, pools = self.settings.now, self.shelf.anchors, self.shelf.pools
        found = path.first(self.leaf, anchors, pools, now)
        if found.complete:
            return found
        members = pools[-1].members + self.extra
        if self.extra:
            found = path.find(self.leaf, anchors, Pool(members), now)
        return self.issuers.complete(found, anchors, members)

    def reason(self, fault: Fault) -> str:
        """Why a flag is set; where the issuer is missing, with what came of looking for it."""
        if fault.status is ChainStatus.PARTIAL_CHAIN and self.issuers.reason:
            return f"{fault.reason}; {self.issuers.reason}"
        return fault.reason

    def second_opinion(self, found: Path, marks: Marks) -> None:
        objection = _objection(found, self.settings.now)
        if objection is not None:
            depth = min(1, len(found.elements) - 1)
            marks.add(depth, ChainStatus.PARTIAL_CHAIN, f"OpenSSL does not accept the path from here on: {objection}")

    def revocation(self, found: Path, faults: tuple[Fault, ...]) -> Findings:
        """.NET looks into revocation when no issuer is missing; it asks somebody only when nothing but a date is wrong
        in the first place."""
        if not found.complete or found.too_long:
            return Findings()
        inquiry = Inquiry(
            elements=found.elements,
            lists=self.shelf.store.crls,
            now=self.settings.now,
            mode=self.settings.revocation,
            scope=self.settings.scope,
            authorities=_Authorities(self),
            faults=faults,
            trusted=found.trusted and all(fault.status is ChainStatus.NOT_TIME_VALID for fault in faults),
            fetcher=self.fetcher,
        )
        return decide.check(inquiry)

    def check_usage(self, found: Path, marks: Marks, purpose: str) -> None:
        from certgate.pki.chains.usage import objection as objection_to_usage

        objection = objection_to_usage(tuple(element.certificate for element in found.elements), purpose)
        if objection is not None:
            for depth in range(len(found.elements)):
                marks.add(depth, ChainStatus.NOT_VALID_FOR_USAGE, objection)

    def elements(self, found: Path, marks: Marks, status: Findings) -> Iterator[ChainElement]:
        for depth, element in enumerate(found.elements):
            flags, reasons = marks.at(depth)
            origin = self.origin(element, depth)
            yield ChainElement(element.certificate, flags, *origin, reasons, status.known(depth))

    def origin(self, element: Facts, depth: int) -> tuple[Origin, str]:
        """Where an element came from, and the file or address of it."""
        certificate = element.certificate
        origin, name = self.shelf.origins.get(certificate, (None, ""))
        if depth == 0:
            return Origin.LEAF, name
        if origin is None or (origin is Origin.SYSTEM and element in self.extra):
            fetched = self.issuers.addresses.get(certificate)
            if fetched is not None and element not in self.extra:
                return Origin.FETCHED, fetched
            # Of equal certificates the one that was sent is meant.
            return Origin.HANDSHAKE, next((one.source for one in self.sent if one == certificate), "")
        return origin, name


class _Authorities:
    """The certificates at hand besides a chain: those of the store and of the handshake."""

    def __init__(self, builder: _Builder) -> None:
        self._builder = builder

    def named(self, subject: tuple[object, ...]) -> tuple[Facts, ...]:
        builder = self._builder
        members = (*builder.shelf.anchors.members, *builder.shelf.pools[-1].members, *builder.extra)
        return tuple(member for member in members if member.subject == subject)

    def path(self, certificate: Facts, others: tuple[Facts, ...] | None = None) -> tuple[Facts, ...] | None:
        builder, now = self._builder, self._builder.settings.now
        if others is None:
            found = _Builder(certificate, builder.shelf, builder.sent, builder.settings, None).path()
        else:
            found = path.find(certificate, builder.shelf.anchors, Pool(others), now)
        if not found.trusted or checks.faults(found, now) or _objection(found, now) is not None:
            return None
        return found.elements


def _objection(found: Path, now: datetime) -> str | None:
    """What OpenSSL has against the issuers of a path; None when it accepts them."""
    certificates = tuple(element.certificate for element in found.elements)
    # Below name constraints OpenSSL has to see the end certificate too: in its place it would hold the first issuer
    # to rules for names that are not meant for issuers.
    constrained = any(element.name_constraints for element in found.elements[2:])
    issuers = certificates if constrained or len(certificates) == 1 else certificates[1:]
    return opinion.objection(issuers, now, whole=constrained)


def _thrown(faults: tuple[Fault, ...]) -> Iterator[str]:
    for fault in faults:
        if fault.thrown:
            yield f"here .NET throws an exception instead of answering: {fault.reason}"
