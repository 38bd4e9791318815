"""Which certificate of a file is meant: the one with the key, else the one that no other in the file was issued by.

Goes by names and key identifiers; signatures are for the chain to verify.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.certificate import Certificate

_LISTED = 10


def choose(certificates: Sequence[Certificate], source: str) -> Certificate:
    """The leaf of a file's certificates. Raises InputError ``leaf-ambiguous`` that lists those that it may be."""
    with_key = [certificate for certificate in certificates if certificate.has_private_key]
    if len(with_key) == 1:
        return with_key[0]
    candidates = with_key or certificates
    issuers = _issuers(certificates)
    ends = [certificate for certificate in candidates if certificate.der not in issuers]
    match ends or candidates:
        case [one]:
            return one
        case several:
            raise _ambiguous(several, source)


def _issuers(certificates: Sequence[Certificate]) -> set[bytes]:
    """The DER of every certificate that another one in the file was issued by."""
    by_subject: dict[str, list[Certificate]] = {}
    for certificate in certificates:
        by_subject.setdefault(_comparable(certificate.subject), []).append(certificate)
    issuers: set[bytes] = set()
    for certificate in certificates:
        named = by_subject.get(_comparable(certificate.issuer), ())
        possible = [one for one in named if _keys_fit(one, certificate)]
        # What may have issued itself is a root; nothing else in the file is taken for its issuer.
        if certificate not in possible:
            issuers |= {one.der for one in possible}
    return issuers


def _comparable(name: str) -> str:
    """A name without case and with single spaces, as issuers are looked for (RFC 5280 section 7.1)."""
    return " ".join(name.casefold().split())


def _keys_fit(issuer: Certificate, certificate: Certificate) -> bool:
    wanted, given = _authority_key(certificate), _subject_key(issuer)
    return wanted is None or given is None or wanted == given


def _authority_key(certificate: Certificate) -> bytes | None:
    try:
        authority = certificate.authority_key_identifier
    except InputError:
        return None
    return authority.key_identifier if authority else None


def _subject_key(certificate: Certificate) -> bytes | None:
    try:
        return certificate.subject_key_identifier
    except InputError:
        return None


def _ambiguous(candidates: Sequence[Certificate], source: str) -> InputError:
    listed = [f"{one.subject or '(no subject)'} ({one.thumbprint})" for one in candidates[:_LISTED]]
    more = [f"and {len(candidates) - _LISTED} more"] if len(candidates) > _LISTED else []
    return InputError(
        f"holds {len(candidates)} certificates, and nothing tells which one is meant: {'; '.join(listed + more)}",
        code="leaf-ambiguous",
        place=Place(source),
        hint="put the one that is meant into a file of its own, or its private key or its issuers beside it",
    )
