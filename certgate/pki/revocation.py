"""Revocation: what is known of each element of a chain, and what that does to the chain's flags.

The lists of the trust store are judged by RFC 5280 section 6.3.3; in what order elements are asked about, and which
flags they get, follows .NET on Linux. This module fetches nothing: it names the addresses whose answers are wanted.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.value import field, frozen, slotted
from certgate.pki import crl
from certgate.pki.checks import title
from certgate.pki.crl import REASONS, REMOVE_FROM_CRL, Entry, RevocationList
from certgate.pki.der import DerError
from certgate.pki.der import time as read_time
from certgate.pki.extensions import KeyUsage
from certgate.pki.facts import Authority
from certgate.pki.general_names import NameKind
from certgate.pki.names import same_name
from certgate.pki.verdict import ChainStatus, Evidence, Revocation, RevocationScope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from certgate.pki.facts import Facts
    from certgate.pki.general_names import GeneralName
    from certgate.pki.trust import StoredCrl


class Standing(Enum):
    """What is known of one element."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    UNANSWERED = "not answered"


@frozen
class Settings:
    """How revocation is decided. `asks` is false where .NET asks nobody, because the chain is refused anyway."""

    now: datetime
    mode: Revocation
    scope: RevocationScope
    asks: bool = True


@slotted
class Findings:
    """What was found: flags and sentences by depth, the evidence, and the depths that wait for an answer."""

    flags: dict[int, list[tuple[ChainStatus, str]]] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unanswered: list[int] = field(default_factory=list)
    wanted: tuple[str, ...] = ()

    def unknown(self, depth: int, reason: str) -> None:
        """.NET sets both flags together."""
        self.flags[depth] = [
            (ChainStatus.OFFLINE_REVOCATION, reason),
            (ChainStatus.REVOCATION_STATUS_UNKNOWN, "so whether it has been revoked is not known"),
        ]


def check(elements: tuple[Facts, ...], lists: tuple[StoredCrl, ...], settings: Settings) -> Findings:
    """The revocation of a complete chain, from the top down as .NET goes through it.

    Below a revoked element nothing is known; the root never gets a flag for being unknown.
    """
    findings = Findings()
    if settings.mode is Revocation.NONE:
        return findings
    revoked_above: Facts | None = None
    for depth in reversed(_depths(len(elements), settings.scope)):
        element = elements[depth]
        root = depth == len(elements) - 1
        if revoked_above is not None:
            findings.unknown(depth, f"nothing is known below {title(revoked_above)}, which is revoked")
            continue
        standing, reason = _standing(element, elements[depth + 1 :] or (element,), lists, settings, findings)
        match standing:
            case Standing.REVOKED:
                findings.flags[depth] = [(ChainStatus.REVOKED, reason)]
                revoked_above = element
            case Standing.UNKNOWN if not root:
                findings.unknown(depth, reason)
            case Standing.UNANSWERED:
                findings.unanswered.append(depth)
    findings.wanted = _wanted([elements[depth] for depth in findings.unanswered])
    return findings


def _depths(length: int, scope: RevocationScope) -> range:
    """The elements to ask about: the root alone is a root, whatever the scope says."""
    match scope:
        case RevocationScope.END_CERTIFICATE_ONLY:
            return range(1)
        case RevocationScope.EXCLUDE_ROOT:
            return range(length - 1)
        case RevocationScope.ENTIRE_CHAIN:
            return range(length)


def _standing(
    element: Facts, above: tuple[Facts, ...], lists: tuple[StoredCrl, ...], settings: Settings, findings: Findings
) -> tuple[Standing, str]:
    """What is known of an element, and why; `above` are the elements above it, its issuer first."""
    if not settings.asks:
        return Standing.UNKNOWN, "revocation is not looked into, since the chain is refused for another reason"
    local = _by_lists(element, above, lists, settings.now, findings)
    if local is not None:
        return local
    match settings.mode:
        case Revocation.ASSUME_GOOD | Revocation.ASSUME_REVOKED | Revocation.ASSUME_UNKNOWN:
            return _assumed(element, settings.mode, findings)
    addresses = (*crl_urls(element)[:1], *ocsp_urls(element)[:1])
    if not addresses:
        return Standing.UNKNOWN, _no_address(element, lists)
    if settings.mode is Revocation.OFFLINE:
        return Standing.UNKNOWN, f"{addresses[0]} is out of the gateway's reach, and no list of the store covers it"
    for kind, urls in (("crl", crl_urls(element)), ("ocsp", ocsp_urls(element))):
        findings.evidence += [
            Evidence(kind, element.certificate.thumbprint, "not fetched", url, f"what {url} answers is not known")
            for url in urls[:1]
        ]
    return Standing.UNANSWERED, ""


def _assumed(element: Facts, mode: Revocation, findings: Findings) -> tuple[Standing, str]:
    status = mode.value.removeprefix("assume-")
    standing = Standing(status)
    reason = f"{title(element)} is assumed to be {status}, as --revocation {mode.value} says"
    findings.evidence.append(Evidence("assumption", element.certificate.thumbprint, status, detail=reason))
    findings.notes.append(reason)
    return standing, reason


def _no_address(element: Facts, lists: tuple[StoredCrl, ...]) -> str:
    covered = "no list of the store covers it" if lists else "the store has no revocation list"
    return f"{title(element)} names no http address for a revocation list or OCSP, and {covered}"


def crl_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of revocation lists. .NET uses the first, and no other scheme."""
    points = element.points if element.sound else ()
    return tuple(url for point in points for url in point.urls if _is_http(url))


def ocsp_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of OCSP responders. .NET uses the first, and no other scheme."""
    try:
        return tuple(filter(_is_http, element.certificate.ocsp_urls))
    except InputError:
        return ()


def issuer_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of the issuer's certificate. .NET uses the first, and no other scheme."""
    try:
        return tuple(filter(_is_http, element.certificate.ca_issuer_urls))
    except InputError:
        return ()


def _is_http(url: str) -> bool:
    # SECURITY: addresses come from strangers and are shown on terminals, so nothing but plain text counts as one.
    return url[:7].lower() == "http://" and len(url) > 7 and url.isascii() and url.isprintable()


def _wanted(elements: Iterable[Facts]) -> tuple[str, ...]:
    """.NET first fetches the lists, from the end certificate up, then asks OCSP from the top down."""
    from_top = list(elements)
    lists = [url for element in reversed(from_top) for url in crl_urls(element)[:1]]
    responders = [url for element in from_top for url in ocsp_urls(element)[:1]]
    return tuple(dict.fromkeys(lists + responders))


def _by_lists(
    element: Facts, above: tuple[Facts, ...], lists: tuple[StoredCrl, ...], now: datetime, findings: Findings
) -> tuple[Standing, str] | None:
    """What the lists of the store say of an element; None when none of them may be used for it.

    A list that names the certificate outweighs lists that do not.
    """
    answer: tuple[Standing, str] | None = None
    for stored, found in _issued_by(element.certificate.issuer_name.raw, lists):
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
