"""What is wrong with the revocation lists of a trust store, each list for itself and all of one issuer together.

Knows the store and a moment. What a list says of a certificate is decided in `revocation.stored`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.finding import Finding, Severity
from certgate.core.source import Place
from certgate.pki.extensions import KeyUsage
from certgate.pki.names import Name
from certgate.pki.revocation.crl import ALL_REASONS
from certgate.pki.revocation.stored_lists import lists_of
from certgate.pki.revocation.stored_scope import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.revocation.stored_lists import Held, IssuerLists, Series
    from certgate.pki.stores.trust import TrustStore

_CURRENT = "get the current list from the certificate authority"
_GONE_BY = frozenset({"crl-expired", "crl-base-missing"})
"""What may be wrong with a list that a newer one has replaced: it is of no more use anyway."""


def list_problems(
    store: TrustStore, issuers: Mapping[tuple[object, ...], Sequence[Certificate]], now: datetime
) -> Iterator[Finding]:
    """All findings about the lists of a store; `issuers` are its certificates by their names as they are compared."""
    lists = lists_of(store.crls)
    for stored, reason in lists.unreadable:
        yield Finding("crl-unusable", f"this revocation list cannot be read: {reason}", Place(stored.source))
    for of_issuer in lists:
        if of_issuer.left_out:
            message = (
                f"there are {of_issuer.left_out:,} lists of one issuer more than are looked at, so none of them clears"
            )
            yield Finding("crl-too-many", f"{message} a certificate")
        for held, why in of_issuer.broken:
            yield _say("crl-unusable", held, f"the revocation list of {_issuer(held)} cannot be used: {why}")
        for series in of_issuer.series:
            yield from _series(series, issuers.get(series.issuer, ()), now)
        yield from _reasons(of_issuer)


def signed_a_list(certificate: Certificate, store: TrustStore) -> bool:
    """Whether a list of the store has the certificate's name and was signed by its key."""
    lists, key = lists_of(store.crls).of(certificate.outline.compared_subject), certificate.public_key.spki
    return lists is not None and any(held.listed.signed_by(key) for series in lists.series for held in series.all)


def _may_sign(certificate: Certificate) -> bool:
    try:
        usage = certificate.key_usage
    except InputError:
        return False
    return usage is None or KeyUsage.CRL_SIGN in usage


def _say(code: str, held: Held, message: str, hint: str | None = None, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, message, Place(held.source), severity, hint)


def _issuer(held: Held) -> str:
    return Name(held.listed.issuer).text


def _series(series: Series, named: Sequence[Certificate], now: datetime) -> Iterator[Finding]:
    """What is wrong with each of the lists; `named` are the certificates with the name of their issuer."""
    found = [(held, list(_one(held, series, named, now))) for held in series.all]
    newest = next((held for held, findings in found if not findings and not held.listed.delta), None)
    for held, findings in found:
        if newest is not None and held.number < newest.number and _GONE_BY.issuperset(one.code for one in findings):
            message = f"the store has a newer revocation list of {_issuer(held)}: {newest.name}"
            yield _say("crl-superseded", held, message, "remove the older one", Severity.WARNING)
        else:
            yield from findings


def _one(held: Held, series: Series, named: Sequence[Certificate], now: datetime) -> Iterator[Finding]:
    listed, issuer = held.listed, _issuer(held)
    if listed.fault is not None:
        yield _say("crl-unusable", held, f"the revocation list of {issuer} cannot be used: {listed.fault}")
    yield from _signature(held, issuer, named)
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


def _signature(held: Held, issuer: str, named: Sequence[Certificate]) -> Iterator[Finding]:
    signers = [one for one in named if held.listed.signed_by(one.public_key.spki)]
    if not named:
        message = f"the issuer of this revocation list, {issuer}, is not in the store"
        yield _say("crl-issuer-missing", held, message, "add its certificate: certgate store add FILE")
    elif not signers:
        hint = "if the authority signs lists with another key, add the certificate of that key"
        yield _say("crl-signature", held, f"this revocation list was not signed by {issuer}", hint)
    elif not any(map(_may_sign, signers)):
        message = f"this revocation list was signed by {issuer}, whose key usage does not let it sign revocation lists"
        yield _say("crl-signer", held, message)


def _reasons(lists: IssuerLists) -> Iterator[Finding]:
    """Lists for some reasons only must be there for all of them, for each distribution point."""
    for series in lists.series:
        if series.scope.reasons is None or not series.full:
            continue
        covered: frozenset[int] = frozenset()
        for other in lists.series:
            if other.full and other.names in (None, series.names):
                covered |= ALL_REASONS if other.scope.reasons is None else other.scope.reasons
        if missing := ALL_REASONS - covered:
            held = series.full[0]
            message = f"this list of {_issuer(held)} is about some reasons only; no list covers {spelled(missing)}"
            yield _say("crl-reasons", held, message, "add the other lists of this issuer", Severity.WARNING)
