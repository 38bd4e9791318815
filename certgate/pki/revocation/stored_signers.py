"""Who may have signed a list of the store, and whether that is to be believed (RFC 5280 section 6.3.3, steps f and g).

The signer is an authority of the chain, or another certificate with the name of the list's issuer: a separate key for
lists, the authority under another key, or the issuer of an indirect list. Such a one needs a path of its own to the
same trust anchor, and must not be revoked itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki.chains.checks import title
from certgate.pki.extensions import KeyUsage
from certgate.pki.revocation.findings import Standing
from certgate.pki.revocation.stored_scope import points

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.pki.certificate import Certificate
    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.findings import Authorities
    from certgate.pki.revocation.stored_lists import Held
    from certgate.pki.revocation.stored_scope import NameForm

    Judge = Callable[[tuple[Facts, ...], int, "Pending"], Standing]
    """What the lists say of one element of a path, while others wait for the answer."""

MAX_EFFORT = 10_000
"""SECURITY: what checking signatures may cost in one build: one for each, and one for each 64 KiB that are hashed."""
MAX_CANDIDATES = 20
"""SECURITY: the most certificates with the name of a list's issuer that are tried as its signer."""
MAX_JUDGED = 100
"""SECURITY: how many signers, and certificates above them, are judged in one build."""
MAX_PENDING = 4
"""SECURITY: how many certificates may wait for each other: whether one is revoked says a list, whose signer must not be
revoked, says a list, and so on."""

_PIECE = 64 * 1024


class Pending:
    """The certificates whose status is being found out, innermost last, and those that are judged elsewhere."""

    def __init__(self, waiting: tuple[Certificate, ...], elsewhere: tuple[Facts, ...]) -> None:
        self.waiting = waiting
        self.elsewhere = elsewhere

    def and_(self, certificate: Certificate) -> Pending:
        return Pending((*self.waiting, certificate), self.elsewhere)


class Signers:
    """Finds signers for one build, within bounds. `judge` says what the lists know of an element of a path."""

    def __init__(self, authorities: Authorities, anchor: Facts, judge: Judge) -> None:
        self._authorities = authorities
        self._anchor = anchor
        self._judge = judge
        self._effort = MAX_EFFORT
        self._judged = 0
        self._named: dict[NameForm, tuple[Facts, ...]] = {}
        self._believed: dict[tuple[Certificate, tuple[Certificate, ...]], str | None] = {}
        self.looked_around = False
        """Whether anybody outside the chain has been looked for, so that the answer holds for this build only."""

    def signer(self, held: Held, above: tuple[Facts, ...], pending: Pending) -> Facts | str:
        """Who signed a list, or why that is nobody to be believed. `above` is who stands above the certificate."""
        for candidate in above:
            if candidate.subject == held.issuer and may_sign(candidate) and self._signed(held, candidate):
                return candidate
        doubt = ""
        for candidate in self._others(held.issuer, above):
            if may_sign(candidate) and self._signed(held, candidate):
                found = self._doubt(candidate, pending)
                if found is None:
                    return candidate
                doubt = doubt or found
        return doubt or self._nobody(held, above)

    def _nobody(self, held: Held, above: tuple[Facts, ...]) -> str:
        if self._effort <= 0:
            return "too many signatures had to be checked before its own"
        known = [*(one for one in above if one.subject == held.issuer), *self._others(held.issuer, above)]
        if not known:
            return "the certificate of its issuer is not at hand"
        for candidate in known:
            if not may_sign(candidate):
                return f"the key usage of {title(candidate)} does not let it sign revocation lists"
        return f"its signature was not made by the key of {title(known[0])}"

    def _signed(self, held: Held, candidate: Facts) -> bool:
        spki = candidate.certificate.public_key.spki
        self._effort -= 1 if held.listed.tried(spki) else 1 + len(held.listed.encoded) // _PIECE
        return self._effort > 0 and held.listed.signed_by(spki)

    def _others(self, issuer: NameForm, above: tuple[Facts, ...]) -> tuple[Facts, ...]:
        self.looked_around = True
        found = self._named.get(issuer)
        if found is None:
            found = self._named[issuer] = self._authorities.named(issuer)[:MAX_CANDIDATES]
        return tuple(one for one in found if one not in above)

    def _doubt(self, signer: Facts, pending: Pending) -> str | None:
        """Why a signer outside the chain is not believed; None when it is."""
        key = signer.certificate, pending.waiting
        if key not in self._believed:
            self._believed[key] = self._new_doubt(signer, pending)
        return self._believed[key]

    def _new_doubt(self, signer: Facts, pending: Pending) -> str | None:
        if signer.certificate == pending.waiting[-1] and _speaks_for_itself(signer):
            return None
        name = title(signer)
        path = self._authorities.path(signer)
        if path is None:
            return f"it was signed by {name}, from which no faultless path leads to a trusted root"
        if not _same_anchor(path[-1], self._anchor):
            return f"it was signed by {name}, which stands under another root"
        for depth in reversed(range(len(path) - 1)):
            standing = self._standing(path, depth, pending)
            if standing is not Standing.GOOD:
                whose = "which" if depth == 0 else f"and {title(path[depth])} above it"
                what = "is revoked" if standing is Standing.REVOKED else "is not covered by a list itself"
                return f"it was signed by {name}, {whose} {what}"
        return None

    def _standing(self, path: tuple[Facts, ...], depth: int, pending: Pending) -> Standing:
        certificate = path[depth].certificate
        if any(certificate == one.certificate for one in pending.elsewhere):
            return Standing.GOOD
        self._judged += 1
        if certificate in pending.waiting or len(pending.waiting) >= MAX_PENDING or self._judged > MAX_JUDGED:
            return Standing.UNKNOWN
        return self._judge(path, depth, pending.and_(certificate))


def may_sign(candidate: Facts) -> bool:
    """Whether its key usage, where there is one, lets it sign lists."""
    usage = candidate.certificate.key_usage if candidate.sound else KeyUsage.NONE
    return usage is None or KeyUsage.CRL_SIGN in usage


def _speaks_for_itself(signer: Facts) -> bool:
    """Whether the authority that issued it says that its own lists, and nobody else's, tell whether it is revoked.

    SECURITY: only then may a list clear its own signer; its path has been looked at before.
    """
    return any(point.issuers is not None and signer.subject in point.issuers for point in points(signer))


def _same_anchor(first: Facts, second: Facts) -> bool:
    """A trust anchor is a name and a key."""
    if first.certificate == second.certificate:
        return True
    return first.subject == second.subject and first.certificate.public_key.spki == second.certificate.public_key.spki
