"""The verdict on a certificate: what .NET's chain would say, element by element, with the evidence for it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.certificate import Certificate


class ChainStatus(StrEnum):
    """The X509ChainStatusFlags that a verdict can hold.

    Source: https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x509chainstatusflags
    """

    NOT_TIME_VALID = "NotTimeValid"
    REVOKED = "Revoked"
    NOT_SIGNATURE_VALID = "NotSignatureValid"
    NOT_VALID_FOR_USAGE = "NotValidForUsage"
    UNTRUSTED_ROOT = "UntrustedRoot"
    REVOCATION_STATUS_UNKNOWN = "RevocationStatusUnknown"
    INVALID_EXTENSION = "InvalidExtension"
    INVALID_BASIC_CONSTRAINTS = "InvalidBasicConstraints"
    INVALID_NAME_CONSTRAINTS = "InvalidNameConstraints"
    HAS_NOT_SUPPORTED_NAME_CONSTRAINT = "HasNotSupportedNameConstraint"
    HAS_NOT_PERMITTED_NAME_CONSTRAINT = "HasNotPermittedNameConstraint"
    HAS_EXCLUDED_NAME_CONSTRAINT = "HasExcludedNameConstraint"
    PARTIAL_CHAIN = "PartialChain"
    OFFLINE_REVOCATION = "OfflineRevocation"
    HAS_NOT_SUPPORTED_CRITICAL_EXTENSION = "HasNotSupportedCriticalExtension"


class Revocation(StrEnum):
    """How the simulated gateway decides revocation: .NET's X509RevocationMode, or a status to assume."""

    ONLINE = "online"
    OFFLINE = "offline"
    NONE = "none"
    ASSUME_GOOD = "assume-good"
    ASSUME_REVOKED = "assume-revoked"
    ASSUME_UNKNOWN = "assume-unknown"


class RevocationScope(StrEnum):
    """Which elements revocation is checked for: .NET's X509RevocationFlag."""

    EXCLUDE_ROOT = "exclude-root"
    ENTIRE_CHAIN = "entire-chain"
    END_CERTIFICATE_ONLY = "end-certificate-only"


class Origin(StrEnum):
    """Where an element of a chain came from."""

    LEAF = "leaf"
    HANDSHAKE = "handshake"
    ROOTS = "roots"
    INTERMEDIATES = "intermediates"
    SYSTEM = "system"
    FETCHED = "fetched"


@frozen
class Evidence:
    """One piece of evidence that was looked for: `url` None for a list of the trust store; `kind` ``crl``, ``ocsp``,
    ``issuer`` or ``assumption``; `subject` the thumbprint of the certificate asked about; `result` ``good``,
    ``revoked``, ``unknown``, ``not used``, ``not fetched`` or ``fetched``; `detail` a fuller sentence.

    `rules` names the rules it was judged by, ``RFC 5280`` or ``.NET``. `given` says who gave the answer (``responses``,
    ``cache``, ``network``), `fetched` when, `seconds` how long it took, `size` how many bytes it has, `until` when a
    newer one is due.
    """

    kind: str
    subject: str
    result: str
    url: str | None = None
    detail: str = ""
    rules: str = ""
    given: str = ""
    fetched: datetime | None = None
    seconds: float | None = None
    size: int | None = None
    until: datetime | None = None


@frozen
class ChainElement:
    """A certificate of the chain with the names of its X509ChainStatusFlags, sorted; empty when nothing is wrong.

    `origin_name` is the file or the address it came from, where that is known.
    """

    certificate: Certificate
    status: tuple[str, ...]
    origin: Origin
    origin_name: str = ""
    reasons: tuple[str, ...] = ()
    """One sentence a flag, in the order of `status`: what is wrong, with figures."""
    revocation: str = ""
    """What is known of its revocation: ``good``, ``revoked``, ``unknown`` (decided: .NET sets its flags, except on a
    root), ``not answered`` (nobody knows); empty where it was not asked for."""


@frozen
class Verdict:
    """What ``X509Chain.Build`` answers: `build` None is undecided, `status` then holds what is known so far.

    `wanted` are the addresses whose answers would decide it, in the order .NET would ask; where dates alone refuse it,
    those whose answers are open besides. Empty where they did answer, and certgate cannot read that.
    """

    build: bool | None
    status: tuple[str, ...]
    elements: tuple[ChainElement, ...]
    evidence: tuple[Evidence, ...] = ()
    wanted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()
    """Options of certgate's own that would get an answer which one of its limits kept out, ready to type."""
