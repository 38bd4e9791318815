"""Whether a chain may be used for a purpose: .NET's ``ChainPolicy.ApplicationPolicy``.

Every element must allow the purpose, an extended key usage: by listing it, or by saying nothing. Saying nothing does
not do any more below an issuer that demands explicit policies. Knows nothing of dates, signatures or trust.
Source: https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x509chainpolicy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.pki import der, oids
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from certgate.pki.certificate import Certificate

ANY_POLICY = "2.5.29.32.0"
"""What stands for any purpose. anyExtendedKeyUsage (RFC 5280) does not: .NET 10 takes it for a purpose of its own."""
_APPLICATION_POLICIES = "1.3.6.1.4.1.311.21.10"
_REQUIRE_EXPLICIT_POLICY = 0x80


def objection(chain: tuple[Certificate, ...], purpose: str) -> str | None:
    """Why the chain (end certificate first) cannot be used for `purpose`, an object identifier; None when it can."""
    silence_counts_for = len(chain)
    for certificate in reversed(chain):
        try:
            listed = _purposes(certificate)
            limit = _explicit_policy_limit(certificate)
            _read_policies(certificate)
        except (DerError, InputError):
            return f"what {certificate.subject} may be used for cannot be read"
        if listed is None and silence_counts_for <= 0:
            return f"{certificate.subject} names no purpose, and a certificate above it demands explicit policies"
        if listed is not None and purpose not in listed and ANY_POLICY not in listed:
            return f"{certificate.subject} may be used for {_names(listed)}, and not for {_name(purpose)}"
        silence_counts_for -= 1
        if limit is not None:
            silence_counts_for = min(silence_counts_for, limit)
    return None


def _purposes(certificate: Certificate) -> tuple[str, ...] | None:
    """Microsoft's application policies where there are some, else the extended key usages."""
    policies = certificate.extension(_APPLICATION_POLICIES)
    if policies is None:
        return certificate.enhanced_key_usage
    listed = der.read_only(policies.raw, der.SEQUENCE)
    return tuple(der.oid(policy.children()[0].expect(der.OID).content) for policy in listed)


def _explicit_policy_limit(certificate: Certificate) -> int | None:
    """requireExplicitPolicy of the policy constraints (RFC 5280 section 4.2.1.11)."""
    constraints = certificate.extension(oids.POLICY_CONSTRAINTS)
    if constraints is None:
        return None
    for field in der.read_only(constraints.raw, der.SEQUENCE):
        if field.tag == _REQUIRE_EXPLICIT_POLICY:
            return der.integer(field.content)
    return None


def _read_policies(certificate: Certificate) -> None:
    """Raise DerError for policy extensions that cannot be read: .NET throws then, though they do not matter here."""
    for oid in (oids.CERTIFICATE_POLICIES, oids.POLICY_MAPPINGS):
        extension = certificate.extension(oid)
        for policy in der.read_only(extension.raw, der.SEQUENCE) if extension else ():
            der.oid(next(iter(policy.expect(der.SEQUENCE)), policy).expect(der.OID).content)
    if inhibited := certificate.extension(oids.INHIBIT_ANY_POLICY):
        der.integer(der.read_only(inhibited.raw, der.INTEGER).content)


def _names(listed: tuple[str, ...]) -> str:
    return ", ".join(map(_name, listed)) or "nothing"


def _name(oid: str) -> str:
    return oids.friendly_name(oid) or oid
