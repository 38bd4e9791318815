"""Finding a path from a certificate to a trust anchor: which candidate stands where, as OpenSSL chooses inside .NET.

There is no way back: at each step the first fitting candidate is taken, the anchors first, one that is in time before
one that is not. Signatures are not looked at here, so an impostor that names itself rightly gets into the path, and is
found out afterwards. Source: the behaviour of OpenSSL 3's ``X509_verify_cert`` and .NET's ``X509Chain`` on Linux.

What stands above an end certificate is remembered for all that ask for the same issuer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.memory import keep

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from certgate.pki.chains.facts import Facts

MAX_LENGTH = 101
"""The most certificates in a path. SECURITY: together with the absence of a way back this bounds the work."""

_MAX_BRANCHES = 64
_MAX_NAME = 1024
"""SECURITY: the most branches that a pool remembers, and the most bytes of a name that one is remembered by."""


class Pool:
    """Certificates to look for issuers in, in order, found by their subject. Compared by identity.

    `branches` are the ways up from here that have been looked for, by what decided them.
    """

    def __init__(self, members: Iterable[Facts] = ()) -> None:
        self.members = tuple(members)
        self.branches: dict[_Asked, _Branch] = {}
        self._by_subject: dict[tuple[object, ...], list[Facts]] = {}
        for member in self.members:
            self._by_subject.setdefault(member.subject, []).append(member)

    def knows(self, subject: tuple[object, ...]) -> bool:
        """Whether a member has this subject."""
        return subject in self._by_subject

    def issuer(self, subject: Facts, now: datetime, path: Iterable[Facts] = ()) -> Facts | None:
        """The first certificate that may have issued `subject` and is in time, else the one that expired last.

        Those of `path` are passed over.
        """
        best: Facts | None = None
        taken = [element.certificate for element in path]
        for candidate in self._by_subject.get(subject.issuer, ()):
            if not subject.may_be_issued_by(candidate) or candidate.certificate in taken:
                continue
            if candidate.in_time(now):
                return candidate
            if best is None or _later(candidate, best):
                best = candidate
        return best


def _later(first: Facts, second: Facts) -> bool:
    if first.not_after is None or second.not_after is None:
        return False
    return first.not_after > second.not_after


class Path(NamedTuple):
    """Certificates from the end certificate up; `trusted` says that the last one is a trust anchor."""

    elements: tuple[Facts, ...]
    trusted: bool

    @property
    def too_long(self) -> bool:
        return len(self.elements) > MAX_LENGTH

    @property
    def complete(self) -> bool:
        """Whether it ends in a self-signed certificate, trusted or not: no issuer is missing."""
        return self.trusted or self.too_long or self.elements[-1].self_signed


_Asked = tuple[Pool, tuple[Pool, ...], "datetime", bytes, "bytes | None", str]
"""The anchors, the pools before the last one, the moment, and what an end certificate says of its issuer: its name, its
key identifier, and the algorithm that it signed with."""
_Branch = tuple[tuple["Facts", ...], bool]
"""What stands above an end certificate, and whether that ends in a trust anchor."""


def find(leaf: Facts, anchors: Pool, others: Pool, now: datetime) -> Path:
    """The path of `leaf`; `others` are taken only as long as no anchor fits."""
    return first(leaf, anchors, (others,), now)


def first(leaf: Facts, anchors: Pool, pools: tuple[Pool, ...], now: datetime) -> Path:
    """The first complete path of `leaf`, with the `pools` tried one after the other; the last one's where none is.

    Each pool holds the members of those before it, so the last one knows on which certificates the answer depends.
    """
    last = pools[-1]
    asked = _asked(leaf, anchors, pools, now)
    if asked is None:
        return _first(leaf, anchors, pools, now)
    branch = last.branches.get(asked)
    if branch is None:
        found = _first(leaf, anchors, pools, now)
        branch = keep(last.branches, asked, (found.elements[1:], found.trusted), _MAX_BRANCHES)
    above, trusted = branch
    return Path((leaf, *above), trusted)


def _asked(leaf: Facts, anchors: Pool, pools: tuple[Pool, ...], now: datetime) -> _Asked | None:
    """All that the search for the issuers of `leaf` depends on; None where it depends on the whole certificate.

    That is the case of one that may be its own issuer or an issuer above itself: it is self-issued, or has the name of
    a member of the pools.
    """
    if not leaf.sound or leaf.self_issued or anchors.knows(leaf.subject) or pools[-1].knows(leaf.subject):
        return None
    outline, identifier = leaf.certificate.outline, leaf.issuer_identifier
    if len(outline.issuer) > _MAX_NAME or len(identifier or b"") > _MAX_NAME:
        return None
    return anchors, pools[:-1], now, outline.issuer, identifier, outline.algorithm.oid


def _first(leaf: Facts, anchors: Pool, pools: tuple[Pool, ...], now: datetime) -> Path:
    for pool in pools:
        found = _find(leaf, anchors, pool, now)
        if found.complete:
            break
    return found


def _find(leaf: Facts, anchors: Pool, others: Pool, now: datetime) -> Path:
    elements = [leaf]
    while len(elements) <= MAX_LENGTH:
        last = elements[-1]
        anchor = anchors.issuer(last, now)
        if anchor is not None and last.self_signed:
            if anchor.certificate == last.certificate:
                return Path((*elements[:-1], anchor), trusted=True)
            # SECURITY: it only looks like the anchor; taking it for one would let anybody copy the anchor's name.
            anchor = None
        if anchor is not None:
            return _climb(elements, anchor, anchors, now)
        issuer = None if last.self_signed else others.issuer(last, now, () if _renewal(elements) else elements)
        if issuer is None:
            break
        elements.append(issuer)
    return Path(tuple(elements), trusted=False)


def _renewal(elements: list[Facts]) -> bool:
    """A self-issued end certificate may be its own issuer in all but the signature: OpenSSL lets it stand twice."""
    return len(elements) == 1 and elements[0].self_issued


def _climb(elements: list[Facts], anchor: Facts, anchors: Pool, now: datetime) -> Path:
    """The rest of the path, among the anchors alone."""
    elements = [*elements, anchor]
    while not elements[-1].self_signed and len(elements) <= MAX_LENGTH:
        above = anchors.issuer(elements[-1], now)
        if above is None:
            break
        elements.append(above)
    return Path(tuple(elements), trusted=elements[-1].self_signed)
