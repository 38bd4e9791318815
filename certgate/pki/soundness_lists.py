"""What is wrong with the revocation lists of a trust store, each list for itself and all of one issuer together.

Knows the store and a moment. What a list says of a certificate is decided in `revocation.stored`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.finding import Finding, Severity
from certgate.core.source import Place
from certgate.pki.crl import ALL_REASONS
from certgate.pki.extensions import KeyUsage
from certgate.pki.names import Name, same_name
from certgate.pki.revocation.stored_lists import desk
from certgate.pki.revocation.stored_scope import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.revocation.stored_lists import Held, Series, Shelf
    from certgate.pki.trust import TrustStore

_CURRENT = "get the current list from the certificate authority"


def list_problems(store: TrustStore, now: datetime) -> Iterator[Finding]:
    """All findings about the lists of a store."""
    lists = desk(store.crls)
    for stored, reason in lists.unreadable:
        yield Finding("crl-unusable", f"this revocation list cannot be read: {reason}", Place(stored.source))
    for shelf in lists.shelves():
        if shelf.left_out:
            message = (
                f"there are {shelf.left_out:,} lists of one issuer more than are looked at, so none of them clears"
            )
            yield Finding("crl-too-many", f"{message} a certificate")
        for held, why in shelf.broken:
            yield _say("crl-unusable", held, f"the revocation list of {_issuer(held)} cannot be used: {why}")
        for series in shelf.series:
            for held in series.all:
                yield from _one(held, series, store, now)
            yield from _together(series, now)
        yield from _reasons(shelf)


def signs_lists(certificate: Certificate, store: TrustStore) -> bool:
    """Whether a certificate is one for signing lists, and a list of the store is by it."""
    if not _may_sign(certificate, unsaid=False):
        return False
    name, key = certificate.subject_name.raw, certificate.public_key.spki
    held = (held for shelf in desk(store.crls).shelves() for series in shelf.series for held in series.full)
    return any(same_name(one.listed.issuer, name) and one.listed.signed_by(key) for one in held)


def _may_sign(certificate: Certificate, unsaid: bool = True) -> bool:
    try:
        usage = certificate.key_usage
    except InputError:
        return False
    return unsaid if usage is None else KeyUsage.CRL_SIGN in usage


def _say(code: str, held: Held, message: str, hint: str | None = None, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, message, Place(held.source), severity, hint)


def _issuer(held: Held) -> str:
    return Name(held.listed.issuer).text


def _one(held: Held, series: Series, store: TrustStore, now: datetime) -> Iterator[Finding]:
    listed, issuer = held.listed, _issuer(held)
    if listed.fault is not None:
        yield _say("crl-unusable", held, f"the revocation list of {issuer} cannot be used: {listed.fault}")
    yield from _signature(held, issuer, store)
    if held.early(now):
        message = f"the revocation list of {issuer} holds from {listed.this_update:%Y-%m-%d}"
        yield _say("crl-not-yet-valid", held, message)
    # A list may run out, as long as there are deltas for it.
    if held.late(now) and not (listed.freshest and any(one.fits(held) and not one.late(now) for one in series.deltas)):
        message = f"the revocation list of {issuer} held until {listed.next_update:%Y-%m-%d}"
        yield _say("crl-expired", held, message, _CURRENT)
    if listed.delta and listed.fault is None and not any(held.fits(one) for one in series.full):
        yield _say(
            "crl-base-missing",
            held,
            f"delta list {held.number} of {issuer} builds on list {listed.base}, and no full list with this or a later "
            "number, before its own, is in the store",
            "add the full list with the same scope",
            Severity.WARNING,
        )


def _signature(held: Held, issuer: str, store: TrustStore) -> Iterator[Finding]:
    authorities = (*store.roots, *store.intermediates)
    named = [one for one in authorities if same_name(one.subject_name.raw, held.listed.issuer)]
    signers = [one for one in named if held.listed.signed_by(one.public_key.spki)]
    if not named:
        message = f"the issuer of this revocation list, {issuer}, is not in the store"
        yield _say("crl-issuer-missing", held, message)
    elif not signers:
        yield _say("crl-signature", held, f"this revocation list was not signed by {issuer}")
    elif not any(map(_may_sign, signers)):
        message = f"this revocation list was signed by {issuer}, whose key usage does not let it sign revocation lists"
        yield _say("crl-signer", held, message)


def _together(series: Series, now: datetime) -> Iterator[Finding]:
    usable = [one for one in series.full if one.listed.fault is None and not one.early(now) and not one.late(now)]
    for held in series.full:
        if usable and held.number < usable[0].number:
            message = f"the store has a newer revocation list of {_issuer(held)}: {usable[0].name}"
            yield _say("crl-superseded", held, message, "remove the older one", Severity.WARNING)


def _reasons(shelf: Shelf) -> Iterator[Finding]:
    """Lists for some reasons only must be there for all of them, for each distribution point."""
    for series in shelf.series:
        if series.scope.reasons is None or not series.full:
            continue
        covered: frozenset[int] = frozenset()
        for other in shelf.series:
            if other.full and other.names in (None, series.names):
                covered |= ALL_REASONS if other.scope.reasons is None else other.scope.reasons
        if missing := ALL_REASONS - covered:
            held = series.full[0]
            message = f"this list of {_issuer(held)} is about some reasons only; no list covers {spelled(missing)}"
            yield _say("crl-reasons", held, message, "add the other lists of this issuer", Severity.WARNING)
