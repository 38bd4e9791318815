"""Every path from a certificate to a trust anchor or a dead end, and why .NET's choice is not always the best of them.

.NET takes the first fitting candidate at each step and does not go back (:mod:`certgate.pki.chains.path`); here all are
followed, within bounds. Judges each path by `checks` and `opinion`; knows nothing of revocation or purposes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.value import field, slotted
from certgate.pki import signatures
from certgate.pki.chains import chain, checks, choice, opinion, shelf
from certgate.pki.chains.candidates import Alternatives, CandidatePath, Refusal
from certgate.pki.chains.facts import facts
from certgate.pki.chains.marks import Marks
from certgate.pki.chains.path import MAX_LENGTH, Path
from certgate.pki.verdict import ChainElement, ChainStatus, Origin, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.chains.facts import Facts
    from certgate.pki.stores.trust import TrustStore

# SECURITY: a client chooses what it sends along, and a mesh of authorities that certify each other has more paths than
# anybody can count; so each of these is bounded, and whoever reads the answer is told.
MAX_PATHS = 32
MAX_CANDIDATES = 16
"""The most certificates of one name that are looked at for one step."""
MAX_SIGNATURES = 256
MAX_REFUSALS = 100
MAX_STEPS = 2048
"""The most certificates that are looked at for their issuers, over all paths."""


class _Member(NamedTuple):
    """A certificate at hand, and where it came from."""

    facts: Facts
    origin: Origin
    origin_name: str

    @property
    def anchor(self) -> bool:
        """Only what is self-issued, byte for byte, can end a path; .NET passes over other roots as anchors."""
        certificate = self.facts.certificate
        rooted = self.origin in (Origin.ROOTS, Origin.SYSTEM)
        return rooted and certificate.subject_name.raw == certificate.issuer_name.raw


def find(
    leaf: Certificate,
    store: TrustStore,
    *,
    now: datetime,
    taken: Verdict,
    extra: Iterable[Certificate] = (),
) -> Alternatives:
    """All candidate paths of `leaf` at the moment `now`; `extra` are the certificates that came beside it.

    `taken` is what :func:`chain.build` said: its path is marked, and certificates that were fetched for it take part.
    """
    now, extra = now.replace(microsecond=0), tuple(extra)
    supply = _Supply(leaf, store, extra, taken)
    search = _Search(supply, now)
    search.follow(supply.facts(leaf))
    chosen = tuple(supply.facts(element.certificate) for element in taken.elements)
    paths = [CandidatePath(search.judged(chosen), taken=True)]
    paths += [CandidatePath(search.judged(found), taken=False) for found in search.paths if found != chosen]
    message, advice = choice.outcome(paths, leaf, store, now=now, extra=extra)
    pairs = {(below.certificate, above.certificate) for below, above in pairwise(chosen)}
    refusals = tuple(row for row in search.refusals if (row.below, row.candidate) not in pairs)
    return Alternatives(tuple(paths), refusals, message, advice, tuple(search.limits))


class _Supply:
    """All certificates at hand, each once, by subject; in the order in which .NET looks through them."""

    def __init__(self, leaf: Certificate, store: TrustStore, extra: tuple[Certificate, ...], taken: Verdict) -> None:
        system = shelf.system_roots() if store.system_roots else ()
        given = [
            *((certificate, Origin.ROOTS, certificate.source) for certificate in store.roots),
            *((certificate, Origin.SYSTEM, "") for certificate in system),
            *((certificate, Origin.INTERMEDIATES, certificate.source) for certificate in store.intermediates),
            *((certificate, Origin.HANDSHAKE, certificate.source) for certificate in extra[: chain.MAX_EXTRA]),
            *((one.certificate, one.origin, one.origin_name) for one in taken.elements[1:]),
        ]
        self._leaf = facts(leaf)
        self.members: dict[Certificate, _Member] = {}
        for certificate, origin, name in given:
            self.members.setdefault(certificate, _Member(facts(certificate), origin, name))
        self._by_subject: dict[tuple[object, ...], list[_Member]] = {}
        for member in sorted(self.members.values(), key=lambda member: not member.anchor):
            self._by_subject.setdefault(member.facts.subject, []).append(member)

    def named(self, subject: tuple[object, ...]) -> list[_Member]:
        return self._by_subject.get(subject, [])

    def facts(self, certificate: Certificate) -> Facts:
        """The one value for this certificate, so that identity tells certificates apart."""
        member = self.members.get(certificate)
        return self._leaf if member is None else member.facts

    def anchored(self, element: Facts) -> bool:
        member = self.members.get(element.certificate)
        return member is not None and member.anchor


@slotted
class _Search:
    """The paths found so far, and what is left of the bounds."""

    supply: _Supply
    now: datetime
    paths: list[tuple[Facts, ...]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    limits: dict[str, None] = field(default_factory=dict)
    fitting: dict[Facts, tuple[Facts, ...]] = field(default_factory=dict)
    signatures: int = 0
    comparisons: int = checks.MAX_COMPARISONS

    def follow(self, leaf: Facts) -> None:
        """Every way up from `leaf`, the first candidates first."""
        open_: list[tuple[Facts, ...]] = [(leaf,)]
        for _ in range(MAX_STEPS):
            if not open_:
                return
            if len(self.paths) == MAX_PATHS:
                self.limits[f"there are more than {MAX_PATHS} paths; the others are left out"] = None
                return
            path = open_.pop()
            above = [one for one in self.issuers(path[-1]) if self.new(one, path)]
            if above and len(path) > MAX_LENGTH:
                self.limits[f"paths are followed up to {MAX_LENGTH} certificates"] = None
                above = []
            if above:
                open_ += [(*path, one) for one in reversed(above)]
            else:
                self.paths.append(path)
        self.limits[f"after {MAX_STEPS:,} steps the search was ended"] = None

    def issuers(self, below: Facts) -> tuple[Facts, ...]:
        """The certificates that fit as the issuer of this one, in .NET's order; what does not fit is noted."""
        if below.self_signed:
            return ()
        if below not in self.fitting:
            self.fitting[below] = tuple(self.look(below))
        return self.fitting[below]

    def look(self, below: Facts) -> Iterator[Facts]:
        named = [member for member in self.supply.named(below.issuer) if member.facts is not below]
        if len(named) > MAX_CANDIDATES:
            self.limits[f"of the certificates of one name no more than {MAX_CANDIDATES} are looked at"] = None
        first = sorted(named, key=lambda member: (not member.anchor, not member.facts.in_time(self.now)))
        for member in first[:MAX_CANDIDATES]:
            reason = choice.misfit(below, member.facts) or self.unsigned(below, member.facts)
            if not reason:
                yield member.facts
                continue
            self.refuse(below, member, reason)

    def unsigned(self, below: Facts, issuer: Facts) -> str:
        """Why the signature speaks against this issuer; empty when it does not."""
        if self.signatures == MAX_SIGNATURES:
            self.limits[f"after {MAX_SIGNATURES} signatures no more were checked"] = None
            return "its signature was not checked any more"
        self.signatures += 1
        if signatures.issued(below.certificate, issuer.certificate):
            return ""
        return "name and key identifier fit, but its key did not make the signature"

    def refuse(self, below: Facts, member: _Member, reason: str) -> None:
        if len(self.refusals) == MAX_REFUSALS:
            self.limits[f"more than {MAX_REFUSALS} candidates were refused; the others are left out"] = None
            return
        certificate = member.facts.certificate
        self.refusals.append(Refusal(below.certificate, certificate, member.origin, member.origin_name, reason))

    def new(self, issuer: Facts, path: tuple[Facts, ...]) -> bool:
        """Whether this certificate is not yet in the path; where it is, a note is made of the loop."""
        if issuer not in path:
            return True
        member, below = self.supply.members.get(issuer.certificate), path[-1]
        known = any((row.below, row.candidate) == (below.certificate, issuer.certificate) for row in self.refusals)
        if member is not None and not known:
            self.refuse(below, member, "it is already in the path, which would go round in a loop")
        return False

    def judged(self, elements: tuple[Facts, ...]) -> Verdict:
        """What .NET would say of this path, were there no other; revocation left out."""
        path = Path(elements, elements[-1].self_signed and self.supply.anchored(elements[-1]))
        marks = Marks(len(elements))
        for fault in self.faults(path):
            marks.add(fault.depth, fault.status, fault.reason)
        marks.forgive_own_signature()
        if path.trusted and not marks.any and (objection := self.objection(elements)):
            depth = min(1, len(elements) - 1)
            marks.add(depth, ChainStatus.PARTIAL_CHAIN, f"OpenSSL does not accept the path from here on: {objection}")
        return Verdict(
            build=not marks.any,
            status=marks.all(),
            elements=tuple(self.element(depth, one, *marks.at(depth)) for depth, one in enumerate(elements)),
        )

    def faults(self, path: Path) -> tuple[checks.Fault, ...]:
        self.comparisons -= _cost(path)
        if self.comparisons >= 0:
            return checks.faults(path, self.now)
        reason = "names and name constraints of the other paths have used up what certgate compares"
        self.limits[reason] = None
        return (checks.Fault(0, checks.Stage.NAMES, ChainStatus.INVALID_NAME_CONSTRAINTS, reason),)

    def objection(self, elements: tuple[Facts, ...]) -> str | None:
        certificates = tuple(element.certificate for element in elements)
        constrained = any(element.name_constraints for element in elements[2:])
        issuers = certificates if constrained or len(certificates) == 1 else certificates[1:]
        return opinion.objection(issuers, self.now, whole=constrained)

    def element(
        self, depth: int, element: Facts, status: tuple[ChainStatus, ...], reasons: tuple[str, ...]
    ) -> ChainElement:
        member = self.supply.members.get(element.certificate)
        if depth == 0 or member is None:
            return ChainElement(element.certificate, status, Origin.LEAF, reasons=reasons)
        return ChainElement(element.certificate, status, member.origin, member.origin_name, reasons)


def _cost(path: Path) -> int:
    """The comparisons of names that judging a path takes at most."""
    constraints = [element.name_constraints for element in path.elements[1:]]
    if not any(constraints):
        return 0
    from certgate.pki.chains.name_constraints import cost
    from certgate.pki.der import DerError

    total = 0
    for depth, element in enumerate(path.elements):
        try:
            total += sum(cost(element.names, one) for one in constraints[depth:] if one is not None)
        except DerError:
            continue
    return total
