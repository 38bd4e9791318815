"""Which certificate of a file is meant: the one with the key, else the one that no other in the file was issued by.

Goes by names and key identifiers; signatures are for the chain to verify.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.pki import der
from certgate.pki.der import DerError
from certgate.pki.names import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.certificate import Certificate
    from certgate.pki.der import Node
    from certgate.pki.names import CanonicalName

_LISTED = 10
# Both identifiers are read here: decoders of all extensions are much to load for a file of two certificates.
_SUBJECT_KEY_IDENTIFIER = "2.5.29.14"
_AUTHORITY_KEY_IDENTIFIER = "2.5.29.35"
_KEY_IDENTIFIER = 0x80


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
    by_subject: dict[CanonicalName, list[Certificate]] = {}
    for certificate in certificates:
        by_subject.setdefault(canonical(certificate.subject_name.raw), []).append(certificate)
    issuers: set[bytes] = set()
    for certificate in certificates:
        named = by_subject.get(canonical(certificate.issuer_name.raw), ())
        possible = [one for one in named if _keys_fit(one, certificate)]
        # What may have issued itself is a root; nothing else in the file is taken for its issuer.
        if certificate not in possible:
            issuers |= {one.der for one in possible}
    return issuers


def _keys_fit(issuer: Certificate, certificate: Certificate) -> bool:
    wanted, given = _authority_key(certificate), _subject_key(issuer)
    return wanted is None or given is None or wanted == given


def _authority_key(certificate: Certificate) -> bytes | None:
    """The identifier of the issuer's key (RFC 5280 section 4.2.1.1)."""
    value = _extension(certificate, _AUTHORITY_KEY_IDENTIFIER, der.SEQUENCE)
    try:
        parts = value.children(3) if value else []
    except DerError:
        return None
    return next((part.content for part in parts if part.tag == _KEY_IDENTIFIER), None)


def _subject_key(certificate: Certificate) -> bytes | None:
    """The identifier of the certificate's own key (RFC 5280 section 4.2.1.2)."""
    value = _extension(certificate, _SUBJECT_KEY_IDENTIFIER, der.OCTET_STRING)
    return value.content if value else None


def _extension(certificate: Certificate, oid: str, tag: int) -> Node | None:
    """The value of an extension; None where it is absent, there twice, or another value than `tag` says."""
    values = certificate.extension_values(oid)
    try:
        return der.read(values[0]).expect(tag) if len(values) == 1 else None
    except DerError:
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
