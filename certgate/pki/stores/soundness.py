"""What is wrong with a trust store: each check is one function from a store and a moment to findings.

Judges what stands in the store; chains of clients are for :mod:`certgate.pki.chains.chain`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.source import Place
from certgate.pki import signatures
from certgate.pki.stores.store import expiry, is_authority, is_self_issued, is_self_signed, signs_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.stores.trust import StoredCrl, TrustStore

MAX_AUTHORITIES = 10
"""How many CA certificates a service takes (Microsoft: "How to add a custom CA certificate in API Management")."""


def problems(store: TrustStore, now: datetime) -> list[Finding]:
    """All findings, in the order of the checks. Only findings of severity ERROR make a store unsound."""
    return [finding for check in _CHECKS for finding in check(store, now)]


def _say(
    code: str, one: Certificate | StoredCrl, message: str, hint: str | None = None, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(code, message, Place(one.source), severity, hint)


def _roots(store: TrustStore, now: datetime) -> Iterator[Finding]:
    for one in store.roots:
        if not is_authority(one):
            hint = "a root issues other certificates; a client certificate goes to certificates"
            yield _say("not-a-ca", one, f"{one.subject} is a root but not a CA certificate", hint)
        elif not is_self_issued(one):
            yield _say(
                "root-not-self-signed",
                one,
                f"{one.subject} is a root but was issued by {one.issuer}",
                "intermediates is the folder for it",
            )
        elif not signatures.issued(one, one):
            message = f"{one.subject} names itself as its issuer, but did not sign itself"
            hint = "if its authority has changed its key, intermediates is the folder for it"
            yield _say("root-signature", one, message, hint)


def _intermediates(store: TrustStore, now: datetime) -> Iterator[Finding]:
    issuers = by_subject(store)
    for one in store.intermediates:
        if not is_authority(one) and not signs_lists(one):
            yield _say("not-a-ca", one, f"{one.subject} is an intermediate but not a CA certificate")
        elif is_self_signed(one):
            hint = "move it to roots if it is to be trusted"
            yield _say(
                "intermediate-self-signed",
                one,
                f"{one.subject} is self-signed: as an intermediate it leads nowhere",
                hint,
            )
        elif not any(signatures.issued(one, issuer) for issuer in issuers.get(one.outline.compared_issuer, ())):
            message = f"{one.subject}: its issuer {one.issuer} is not in the store"
            yield _say(
                "issuer-missing", one, message, "no chain through it ends in a root of the store", Severity.WARNING
            )


def _dates(store: TrustStore, now: datetime) -> Iterator[Finding]:
    for one in (*store.roots, *store.intermediates, *store.certificates.values()):
        ends = expiry(one)
        if ends is None:
            yield _say("date-invalid", one, f"{one.subject} has a date that cannot be read")
        elif ends <= now:
            yield _say("expired", one, f"{one.subject} expired on {ends:%Y-%m-%d}")
        elif one.not_before > now:
            yield _say("not-yet-valid", one, f"{one.subject} is not valid before {one.not_before:%Y-%m-%d}")


def _lists(store: TrustStore, now: datetime) -> Iterator[Finding]:
    if store.crls:
        # Imported here: many stores have no lists.
        from certgate.pki.stores.soundness_lists import list_problems

        yield from list_problems(store, by_subject(store), now)


def _signers(store: TrustStore, now: datetime) -> Iterator[Finding]:
    """Keys for lists, whose certificates are those of no authority, have nothing else to do in a store."""
    for one in filter(signs_lists, store.intermediates):
        if not _signed_a_list(one, store):
            message = f"{one.subject} is for signing revocation lists, and none in the store is by it"
            yield _say("signs-no-list", one, message, "add its list", Severity.WARNING)


def _signed_a_list(certificate: Certificate, store: TrustStore) -> bool:
    if not store.crls:
        return False
    from certgate.pki.stores.soundness_lists import signed_a_list

    return signed_a_list(certificate, store)


def _duplicates(store: TrustStore, now: datetime) -> Iterator[Finding]:
    seen: dict[bytes, str] = {}
    everything: list[Certificate | StoredCrl] = [*store.roots, *store.intermediates, *store.crls]
    for one in everything:
        if one.der in seen:
            yield _say("duplicate", one, f"is in the store twice: {seen[one.der]} is the same")
        seen.setdefault(one.der, one.source)


def _count(store: TrustStore, now: datetime) -> Iterator[Finding]:
    count = len({one.der for one in (*store.roots, *store.intermediates)})
    if count > MAX_AUTHORITIES:
        message = f"the store holds {count} CA certificates; an API Management service takes {MAX_AUTHORITIES}"
        yield Finding("too-many-cas", message, severity=Severity.WARNING)


def by_subject(store: TrustStore) -> dict[tuple[object, ...], list[Certificate]]:
    """The certificates that may have issued others or signed lists, by their names as they are compared."""
    found: dict[tuple[object, ...], list[Certificate]] = {}
    for one in (*store.roots, *store.intermediates):
        found.setdefault(one.outline.compared_subject, []).append(one)
    return found


_CHECKS: tuple[Callable[[TrustStore, datetime], Iterator[Finding]], ...] = (
    _roots,
    _intermediates,
    _dates,
    _lists,
    _signers,
    _duplicates,
    _count,
)
