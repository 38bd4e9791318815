"""Lists that addresses answered, judged as .NET on Linux does, which hands all of them to OpenSSL.

Of all lists of a chain the best one is taken for a certificate, by a score; then its faults are looked for, and an
entry counts whatever they are, unless the signature is broken. No delta lists, no lists for some reasons, no lists by
somebody else than the issuer. These are not the rules for the lists of a trust store: those are in `stored`.
Source: the behaviour of .NET 10 and of OpenSSL 3's ``X509_verify_cert``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.pki.certificate import Certificate
from certgate.pki.chains import bodies
from certgate.pki.chains.checks import title
from certgate.pki.extensions import KeyUsage
from certgate.pki.names import canonical, same_name
from certgate.pki.revocation import crl
from certgate.pki.revocation.crl import ALL_REASONS, REMOVE_FROM_CRL, RevocationList, revoked_by
from certgate.pki.revocation.fetched_scope import reasons_covered
from certgate.pki.revocation.findings import Standing

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.fetch import Answer
    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.crl import Entry

KEPT_FOR = timedelta(days=3)
"""How long a list without an end of its own is taken again: .NET's number."""

_NO_CRITICAL, _SCOPE, _TIME, _ISSUER_NAME = 0x100, 0x80, 0x40, 0x20
_NEXT_IN_CHAIN, _HIGHER_IN_CHAIN = 0x1C, 0x0C
"""What a property of a list is worth, by OpenSSL's numbers."""


class FetchedList(NamedTuple):
    """A list, the address it came from, and the answer it was in."""

    url: str
    list: RevocationList
    answer: Answer


class Judgement(NamedTuple):
    """What the lists say of a certificate, and which list it was; `chosen` None where none fits.

    `early` says that a list which is not valid yet took part.
    """

    standing: Standing
    text: str
    chosen: FetchedList | None = None
    early: bool = False


class _Candidate(NamedTuple):
    """A list that may be used: its score, who signs it, and the reasons for which it and those before it speak."""

    fetched: FetchedList
    score: int
    signer: Facts
    reasons: frozenset[int]


def read(body: bytes) -> RevocationList | None:
    """The list in what an address answered, DER or PEM; None where it is none that .NET reads."""
    for encoded in (bodies.whole(body), bodies.block(body, bodies.CRL_LABELS)):
        found = None if encoded is None else _sound(encoded)
        if found is not None:
            return found
    return None


def _sound(encoded: bytes) -> RevocationList | None:
    """The list, once all that is looked at later has been read: to OpenSSL it is one piece."""
    try:
        found = crl.parse(encoded)
        _ = found.scope, found.authority_key_identifier, found.number, found.base, found.unknown_critical
        found.entries(b"")
        canonical(found.issuer)
    except ValueError:
        return None
    return found


def doubtful(body: bytes) -> bool:
    """Whether a body that could not be read may be a list to .NET all the same.

    SECURITY: what .NET reads there may be a revocation.
    """
    if not bodies.unread(body, bodies.CRL_LABELS):
        return False
    try:
        Certificate(body)
    except InputError:
        return True
    return False


def fresh(found: RevocationList, fetched: datetime, now: datetime) -> bool:
    """Whether .NET takes a list that it fetched then instead of asking again."""
    return now < (found.next_update or fetched + KEPT_FOR)


def judge(elements: tuple[Facts, ...], depth: int, lists: tuple[FetchedList, ...], now: datetime) -> Judgement:
    """What these lists say of the element at that depth of a complete chain. `lists` stand in the order of fetching."""
    covered: frozenset[int] = frozenset()
    troubles: list[str] = []
    entry: Entry | None = None
    chosen: _Candidate | None = None
    broken = early = False
    while covered != ALL_REASONS:
        best = _best(elements, depth, lists, covered, now)
        if best is None:
            troubles.append(_none(elements, depth, lists, now, partly=chosen is not None))
            break
        chosen = best
        signed = best.fetched.list.signed_by(best.signer.certificate.public_key.spki)
        broken = broken or not signed
        early = early or best.fetched.list.this_update > now
        troubles += _troubles(best, now, signed)
        entry = entry or _entry(best.fetched.list, elements[depth])
        if best.reasons == covered:
            troubles.append(_out_of_scope(best.fetched, elements[depth]))
            break
        covered = best.reasons
    fetched = None if chosen is None else chosen.fetched
    if entry is not None and fetched is not None and not broken:
        return Judgement(Standing.REVOKED, revoked_by(entry, f"the list at {fetched.url}"), fetched)
    if troubles or fetched is None:
        return Judgement(Standing.UNKNOWN, troubles[0], fetched)
    return Judgement(Standing.GOOD, _cleared(fetched, early), fetched, early)


def _best(
    elements: tuple[Facts, ...], depth: int, lists: tuple[FetchedList, ...], covered: frozenset[int], now: datetime
) -> _Candidate | None:
    """The list with the highest score, of equals the newest, of equals the first."""
    best: _Candidate | None = None
    for fetched in lists:
        found = _candidate(elements, depth, fetched, covered, now)
        if isinstance(found, str):
            continue
        newer = best is not None and found.fetched.list.this_update > best.fetched.list.this_update
        if best is None or found.score > best.score or (found.score == best.score and newer):
            best = found
    return best


def _candidate(
    elements: tuple[Facts, ...], depth: int, fetched: FetchedList, covered: frozenset[int], now: datetime
) -> _Candidate | str:
    """The list with its score, or why it is not looked at."""
    element, found = elements[depth], fetched.list
    scope = found.scope
    if not same_name(element.certificate.issuer_name.raw, found.issuer):
        return "is by another issuer than the certificate"
    if scope.only_users + scope.only_authorities + scope.only_attributes > 1:
        return "contradicts itself: it is about certificates of one kind only, and of another kind only"
    if scope.indirect:
        return "is an indirect list, and .NET takes none"
    if scope.some_reasons:
        return "is about some reasons for a revocation only, and .NET takes no such list"
    signer = _signer(elements, depth, found)
    if signer is None:
        return "names another key of its issuer than the one in the chain"
    score = _ISSUER_NAME | signer[1]
    score |= 0 if found.unknown_critical else _NO_CRITICAL
    score |= _TIME if found.this_update <= now and not _ran_out(found, now) else 0
    reasons = reasons_covered(element, found)
    if reasons is not None:
        if reasons <= covered:
            return "says nothing about further reasons for a revocation"
        score, covered = score | _SCOPE, covered | reasons
    return _Candidate(fetched, score, signer[0], covered)


def _signer(elements: tuple[Facts, ...], depth: int, found: RevocationList) -> tuple[Facts, int] | None:
    """The certificate in the chain whose key should have signed the list, and what that is worth."""
    identifier = found.authority_key_identifier
    last = len(elements) - 1
    next_up = min(depth + 1, last)
    if not elements[next_up].misnamed(identifier):
        return elements[next_up], _NEXT_IN_CHAIN
    for higher in elements[next_up + 1 :]:
        if same_name(higher.certificate.subject_name.raw, found.issuer) and not higher.misnamed(identifier):
            return higher, _HIGHER_IN_CHAIN
    return None


def _troubles(best: _Candidate, now: datetime, signed: bool) -> list[str]:
    """Why a list that was taken does not settle anything, other than that the certificate is out of its scope."""
    found, signer = best.fetched.list, best.signer
    name = f"the list at {best.fetched.url}"
    usage = signer.certificate.key_usage if signer.sound else None
    troubles: list[str] = []
    if found.base is None and usage is not None and KeyUsage.CRL_SIGN not in usage:
        troubles.append(f"{name} is by {title(signer)}, whose key usage does not let it sign revocation lists")
    if _ran_out(found, now):
        troubles.append(f"{name} ran out on {found.next_update:%Y-%m-%d %H:%M} UTC")
    if not signed:
        troubles.append(f"{name} was not signed by the key of {title(signer)}")
    if found.unknown_critical:
        troubles.append(f"{name} has a critical extension that is not understood ({found.unknown_critical})")
    return troubles


def _ran_out(found: RevocationList, now: datetime) -> bool:
    return found.next_update is not None and found.next_update <= now


def _entry(found: RevocationList, element: Facts) -> Entry | None:
    """The entry that revokes the certificate: of several with its number the first speaks."""
    certificate = element.certificate
    entry = found.find(certificate.serial_bytes, certificate.issuer_name.raw)
    return None if entry is None or entry.reason == REMOVE_FROM_CRL else entry


def _cleared(fetched: FetchedList, early: bool) -> str:
    since, until = fetched.list.this_update, fetched.list.next_update
    ignored = f"is not valid before {since:%Y-%m-%d %H:%M} UTC, which .NET does not mind, and " if early else ""
    period = "" if until is None else f"holds until {until:%Y-%m-%d %H:%M} UTC and "
    return f"the list at {fetched.url} {ignored or period}does not name it"


def _none(
    elements: tuple[Facts, ...], depth: int, lists: tuple[FetchedList, ...], now: datetime, *, partly: bool
) -> str:
    """Why there is no list, or none any more, for this element."""
    if partly:
        return "the lists speak of some reasons for a revocation only"
    for fetched in lists:
        found = _candidate(elements, depth, fetched, frozenset(), now)
        if isinstance(found, str):
            return f"the list at {fetched.url} {found}"
    return ""


def _out_of_scope(fetched: FetchedList, element: Facts) -> str:
    scope = fetched.list.scope
    limited = scope.only_users or scope.only_authorities or scope.only_attributes
    what = "certificates of another kind" if limited else "another distribution point than the certificate names"
    return f"the list at {fetched.url} does not cover {title(element)}: it is for {what}"
