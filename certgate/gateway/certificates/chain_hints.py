"""What to do about a chain that is not good, or not known to be: one sentence for each thing that has one usual cause.

Reads verdicts only, so that it serves a policy's run and a certificate alone. Never changes an answer.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.pki.verdict import ChainStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.stores.trust import TrustStore
    from certgate.pki.verdict import ChainElement, Evidence, Verdict

_SHOWN, _TYPED = "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ"
_UNKNOWN = {ChainStatus.OFFLINE_REVOCATION, ChainStatus.REVOCATION_STATUS_UNKNOWN}
_DUE = {
    "crl": "a list of its issuer that is in date",
    "ocsp": "an OCSP answer of its issuer that is in date",
}
"""Kind of evidence -> what an address of that kind has to give."""
_UNREACHED = "let the gateway's network reach the addresses that the certificates name"
_NETWORK = ("--online", "--responses FILE")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\.crl", re.ASCII | re.IGNORECASE)
"""SECURITY: the last part of a stranger's address that may stand in a command to type: nothing that a shell reads."""


def chain_hints(verdict: Verdict, store: TrustStore, *, own: bool = True) -> Iterator[str]:
    """What to do about issuers, roots and revocation, from what hides the rest down. `own`: CA certificates that are
    added to the store count."""
    if verdict.elements and verdict.build is not True:
        if own:
            yield from _path(verdict)
        if own and not store.roots and not store.system_roots:
            yield "the trust store has no root, so no chain is trusted: --trust DIR, --root FILE or --system-roots"
        yield from _issuer_dates(verdict)
        yield from _revoked(verdict)
        yield from _unknown(verdict)


def date_hints(certificate: Certificate, now: datetime) -> Iterator[str]:
    """A moment inside the validity of a certificate that is outside it now."""
    try:
        starts, ends = certificate.not_before, certificate.not_after
    except InputError:
        return
    if now >= ends:
        day = max(starts, ends - timedelta(days=1))
        yield f"the certificate expired {ends:{_SHOWN}} UTC: --at {day:{_TYPED}} is inside"
    elif now < starts:
        yield f"the certificate is not valid before {starts:{_SHOWN}} UTC: --at {starts:{_TYPED}} is inside"


def settle(verdict: Verdict, *, own: bool = True) -> tuple[str, ...]:
    """The options, ready to type, each of which lifts what leaves an open verdict open: a missing issuer before all
    else, since nothing is known of revocation without it. `own`: CA certificates that are added count."""
    network = verdict.settle or (_NETWORK if verdict.wanted else ())
    if ChainStatus.PARTIAL_CHAIN in verdict.status:
        return tuple(dict.fromkeys((*network, *(("--intermediate FILE",) if own else ()))))
    return tuple(dict.fromkeys((*network, _lists(verdict), "--revocation assume-good", "--revocation none")))


def _lists(verdict: Verdict) -> str:
    """One list for each certificate that nobody has answered for."""
    names: list[str] = []
    for element in verdict.elements:
        if element.revocation == "not answered":
            name = _list_name(verdict, element)
            names.append(name if name not in names else "FILE")
    return " ".join(f"--crl {name}" for name in names or ["FILE"])


def _list_name(verdict: Verdict, element: ChainElement) -> str:
    """What the list is called at its address; ``FILE`` where there is none, or one of the store was of no use."""
    rows = [row for row in _about(verdict, element) if row.kind == "crl"]
    wanted = [row.url for row in rows if row.url and row.url in verdict.wanted]
    name = wanted[0].rpartition("/")[2] if wanted and all(row.url for row in rows) else ""
    return name if _FILE_NAME.fullmatch(name) else "FILE"


def _path(verdict: Verdict) -> Iterator[str]:
    last = verdict.elements[-1]
    if ChainStatus.PARTIAL_CHAIN in last.status:
        yield _missing(verdict, last)
    elif ChainStatus.UNTRUSTED_ROOT in verdict.status and len(verdict.elements) == 1:
        yield "the certificate is self-signed: it is trusted only if it is uploaded to the Root store itself"
    elif ChainStatus.UNTRUSTED_ROOT in verdict.status:
        root = last.certificate.subject
        yield f"the root '{root}' is not in the trust store: certgate store add root.cer --as root, or --root FILE"


def _missing(verdict: Verdict, last: ChainElement) -> str:
    """What to do where the chain ends without a root; where it might be had, and what came of that, says its reason."""
    how = verdict.settle[0] if verdict.settle else _NETWORK[0]
    get = f"{how} may get it; else " if verdict.wanted else ""
    return (
        f"the issuer '{last.certificate.issuer}' is missing: {get}certgate store add FILE, --intermediate FILE, or "
        "--root FILE where it is the root"
    )


def _about(verdict: Verdict, element: ChainElement) -> list[Evidence]:
    return [row for row in verdict.evidence if row.subject == element.certificate.thumbprint]


def _issuer_dates(verdict: Verdict) -> Iterator[str]:
    for element in verdict.elements[1:]:
        if ChainStatus.NOT_TIME_VALID in element.status:
            subject = element.certificate.subject
            yield f"the issuer '{subject}' is outside its dates: give its renewed certificate, or another --at"


def _revoked(verdict: Verdict) -> Iterator[str]:
    for depth, element in enumerate(verdict.elements):
        if ChainStatus.REVOKED in element.status and depth == 0:
            yield "the certificate is revoked: the client needs a new one"
        elif ChainStatus.REVOKED in element.status:
            yield f"'{element.certificate.subject}' is revoked: the client needs a certificate of another issuer"


def _unknown(verdict: Verdict) -> Iterator[str]:
    """Where nothing says whether an element is revoked: what its addresses would have to give. Below a revoked one no
    answer would change anything."""
    unknown = [each for each in verdict.elements if ChainStatus.REVOCATION_STATUS_UNKNOWN in each.status]
    if not unknown or ChainStatus.REVOKED in verdict.status:
        return
    for element in unknown:
        for row in _about(verdict, element):
            if row.url and row.kind in _DUE and row.result not in ("good", "revoked"):
                # Without a giver the gateway could not ask: that is no fault of the address.
                needs = f"for '{element.certificate.subject}' {row.url} has to give {_DUE[row.kind]}"
                yield needs if row.given else _UNREACHED
    if any(row.given == "network" and row.kind in _DUE and row.size is None for row in verdict.evidence):
        yield "the addresses were asked from this machine: the gateway's network may reach others"
    if set(verdict.status) == _UNKNOWN:
        lists = "the issuer's list" if len(unknown) == 1 else "the issuers' lists"
        yield (
            f"only the revocation status is missing: give {lists} with --crl FILE, or use VerifyNoRevocation() or "
            'validate-revocation="false" in the policy'
        )
