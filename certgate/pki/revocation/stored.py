"""The lists of the trust store, judged by RFC 5280 section 6.3.3. .NET takes no list from a file; these rules say what
a list that stands in one is worth. They are not the rules for what is fetched: those are in `fetched`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.pki import crl
from certgate.pki.checks import title
from certgate.pki.crl import REASONS, REMOVE_FROM_CRL, Entry, RevocationList
from certgate.pki.der import DerError
from certgate.pki.der import time as read_time
from certgate.pki.extensions import KeyUsage
from certgate.pki.facts import Authority
from certgate.pki.general_names import NameKind
from certgate.pki.names import same_name
from certgate.pki.revocation.findings import Findings, Inquiry, Standing
from certgate.pki.verdict import Evidence

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.facts import Facts
    from certgate.pki.general_names import GeneralName
    from certgate.pki.trust import StoredCrl


def judge(inquiry: Inquiry, depth: int, findings: Findings) -> tuple[Standing, str] | None:
    """What the lists of the store say of the element at this depth; None when none of them may be used for it.

    A list that names the certificate outweighs lists that do not.
    """
    answer: tuple[Standing, str] | None = None
    element, now = inquiry.elements[depth], inquiry.now
    above = inquiry.elements[depth + 1 :] or (element,)
    for stored, found in _issued_by(element.certificate.issuer_name.raw, inquiry.lists):
        name = stored.source or "a revocation list of the store"
        fault = found if isinstance(found, str) else _unusable(found, element, above, now)
        if fault is not None or isinstance(found, str):
            _record(findings, element, "not used", f"{name} cannot be used: {fault}")
            continue
        entry = found.find(element.certificate.serial_bytes)
        if entry is None or entry.reason == REMOVE_FROM_CRL:
            reason = f"{name} holds until {found.next_update:%Y-%m-%d %H:%M} UTC and does not name it"
            _record(findings, element, "good", reason)
            answer = answer or (Standing.GOOD, reason)
        else:
            reason = _revoked(entry, name)
            _record(findings, element, "revoked", reason)
            if answer is None or answer[0] is Standing.GOOD:
                answer = Standing.REVOKED, reason
    return answer


def _record(findings: Findings, element: Facts, result: str, detail: str) -> None:
    findings.evidence.append(Evidence("crl", element.certificate.thumbprint, result, detail=detail))


def _revoked(entry: Entry, name: str) -> str:
    try:
        when = f" on {read_time(entry.revoked):%Y-%m-%d %H:%M} UTC"
    except DerError:
        when = ""
    reason = f", reason {REASONS.get(entry.reason, entry.reason)}" if entry.reason is not None else ""
    return f"revoked{when}{reason}, says {name}"


@lru_cache(maxsize=256)
def _issued_by(issuer: bytes, lists: tuple[StoredCrl, ...]) -> tuple[tuple[StoredCrl, RevocationList | str], ...]:
    """The lists with that issuer, read; one that cannot be read stands there with the reason, since it might be."""
    found: list[tuple[StoredCrl, RevocationList | str]] = []
    for stored in lists:
        try:
            read = crl.parse(stored.der)
        except DerError as error:
            found.append((stored, f"it cannot be read ({error})"))
            continue
        if same_name(read.issuer, issuer):
            found.append((stored, read))
    return tuple(found)


def _unusable(found: RevocationList, element: Facts, above: tuple[Facts, ...], now: datetime) -> str | None:
    """Why this list does not tell the status of this element; None when it does (RFC 5280 section 6.3.3)."""
    if found.this_update > now:
        return f"it is not valid before {found.this_update:%Y-%m-%d %H:%M} UTC"
    if found.next_update is not None and found.next_update <= now:
        return f"it ran out on {found.next_update:%Y-%m-%d %H:%M} UTC"
    if found.delta:
        return "it is a delta list, which names changes only"
    return _not_signed(found, element, above) or found.fault or _out_of_scope(found, element)


def _not_signed(found: RevocationList, element: Facts, above: tuple[Facts, ...]) -> str | None:
    """Why none of the elements above, as far as it has the issuer's name, is the signer of the list.

    Besides the issuer this may be the same authority with another key, in a path that passes through both.
    """
    reason = None
    for signer in above:
        if signer.subject != element.issuer:
            continue
        usage = signer.certificate.key_usage if signer.sound else None
        if usage is not None and KeyUsage.CRL_SIGN not in usage:
            reason = reason or f"the key usage of {title(signer)} does not let it sign revocation lists"
        elif found.signed_by(signer.certificate.public_key.spki):
            return None
    return reason or f"its signature was not made by the key of {title(above[0])}"


def _out_of_scope(found: RevocationList, element: Facts) -> str | None:
    scope = found.scope
    authority = _is_authority(element)
    if scope.indirect:
        return "it is an indirect list, which may name certificates of other issuers"
    if scope.some_reasons:
        return "it lists certificates revoked for some reasons only"
    if scope.only_attributes or (scope.only_users and authority) or (scope.only_authorities and not authority):
        return "it is not about certificates of this kind"
    if scope.relative:
        return "its distribution point has a relative name, which is not supported"
    if scope.names and not _meets(scope.names, element):
        return "it covers another distribution point than the certificate names"
    return None


def _is_authority(element: Facts) -> bool:
    constraints = element.certificate.basic_constraints if element.sound else None
    return constraints.certificate_authority if constraints is not None else element.authority is Authority.OLD_ROOT


def _meets(names: tuple[GeneralName, ...], element: Facts) -> bool:
    """Whether a distribution point of the certificate, for all reasons and the certificate's own issuer, has one of
    these names."""
    for point in element.points if element.sound else ():
        if point.reasons is None and not point.crl_issuer and any(_same(a, b) for a in point.full_name for b in names):
            return True
    return False


def _same(first: GeneralName, second: GeneralName) -> bool:
    if first.kind is not second.kind:
        return False
    if first.kind is NameKind.DIRECTORY:
        return same_name(first.content, second.content)
    return first.content == second.content
