"""Revocation of a chain, from the top down as .NET on Linux goes through it: who is asked, and which flags are set.

Source: the behaviour of .NET's ``X509Chain`` on Linux.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki.checks import title
from certgate.pki.revocation import stored
from certgate.pki.revocation.addresses import crl_urls, ocsp_urls
from certgate.pki.revocation.findings import Findings, Inquiry, Standing
from certgate.pki.verdict import ChainStatus, Evidence, Revocation, RevocationScope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.pki.facts import Facts
    from certgate.pki.trust import StoredCrl


def check(inquiry: Inquiry) -> Findings:
    """The revocation of a complete chain, from the top down as .NET goes through it.

    Below a revoked element nothing is known; the root never gets a flag for being unknown.
    """
    findings, elements = Findings(), inquiry.elements
    if inquiry.mode is Revocation.NONE:
        return findings
    revoked_above: Facts | None = None
    for depth in reversed(_depths(len(elements), inquiry.scope)):
        element = elements[depth]
        root = depth == len(elements) - 1
        if revoked_above is not None:
            findings.unknown(depth, f"nothing is known below {title(revoked_above)}, which is revoked")
            continue
        standing, reason = _standing(inquiry, depth, findings)
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


def _standing(inquiry: Inquiry, depth: int, findings: Findings) -> tuple[Standing, str]:
    """What is known of an element, and why."""
    element, lists = inquiry.elements[depth], inquiry.lists
    if not inquiry.asks:
        return Standing.UNKNOWN, "revocation is not looked into, since the chain is refused for another reason"
    local = stored.judge(inquiry, depth, findings)
    if local is not None:
        return local
    match inquiry.mode:
        case Revocation.ASSUME_GOOD | Revocation.ASSUME_REVOKED | Revocation.ASSUME_UNKNOWN:
            return _assumed(element, inquiry.mode, findings)
    addresses = (*crl_urls(element)[:1], *ocsp_urls(element)[:1])
    if not addresses:
        return Standing.UNKNOWN, _no_address(element, lists)
    if inquiry.mode is Revocation.OFFLINE:
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


def _wanted(elements: Iterable[Facts]) -> tuple[str, ...]:
    """.NET first fetches the lists, from the end certificate up, then asks OCSP from the top down."""
    from_top = list(elements)
    lists = [url for element in reversed(from_top) for url in crl_urls(element)[:1]]
    responders = [url for element in from_top for url in ocsp_urls(element)[:1]]
    return tuple(dict.fromkeys(lists + responders))
