"""What path validation needs to know of a certificate, worked out once: OpenSSL's view, which decides .NET's on Linux.

Knows one certificate, or two of which one may have issued the other; nothing of stores, chains or the present time.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.pki import der, oids, signatures
from certgate.pki.der import DerError
from certgate.pki.extensions import KeyUsage
from certgate.pki.general_names import NameKind
from certgate.pki.names import canonical

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.extensions import DistributionPoint
    from certgate.pki.name_constraints import Constraints, Names

NETSCAPE_TYPE = "2.16.840.1.113730.1.1"
PROXY = "1.3.6.1.5.5.7.1.14"
RESOURCES = frozenset({"1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8"})
"""The extensions of RFC 3779 (addresses and autonomous systems), which certgate does not evaluate."""

_PROCESSED = RESOURCES | {
    *(oids.KEY_USAGE, oids.SUBJECT_ALTERNATIVE_NAME, oids.BASIC_CONSTRAINTS, oids.NAME_CONSTRAINTS),
    *(oids.CRL_DISTRIBUTION_POINTS, oids.ENHANCED_KEY_USAGE, NETSCAPE_TYPE, PROXY),
    *(oids.CERTIFICATE_POLICIES, oids.POLICY_MAPPINGS, oids.POLICY_CONSTRAINTS, oids.INHIBIT_ANY_POLICY),
    oids.OCSP_NO_CHECK,
}
"""The extensions that may be critical: those that OpenSSL knows how to take into account."""

_DECODED = frozenset(
    {
        *(oids.SUBJECT_KEY_IDENTIFIER, oids.KEY_USAGE, oids.SUBJECT_ALTERNATIVE_NAME, oids.BASIC_CONSTRAINTS),
        *(oids.CRL_DISTRIBUTION_POINTS, oids.AUTHORITY_KEY_IDENTIFIER, oids.ENHANCED_KEY_USAGE),
    }
)
"""The extensions without which, once broken, a certificate takes no part in a path."""

_NETSCAPE_AUTHORITY = 0x07


class Authority(Enum):
    """What speaks for a certificate being an authority, by OpenSSL's rules."""

    NO = "no"
    YES = "basic constraints"
    OLD_ROOT = "self-signed, version 1"
    KEY_USAGE = "key usage alone"
    NETSCAPE = "Netscape certificate type"


@lru_cache(maxsize=2048)
def facts(certificate: Certificate) -> Facts:
    """The facts of a certificate, remembered."""
    return Facts(certificate)


class Facts:
    """One certificate as chain building sees it. Members are worked out when first asked for."""

    def __init__(self, certificate: Certificate) -> None:
        self.certificate = certificate

    def __repr__(self) -> str:
        return f"Facts({self.certificate!r})"

    @cached_property
    def subject(self) -> tuple[object, ...]:
        """The subject as it is compared."""
        return canonical(self.certificate.subject_name.raw)

    @cached_property
    def issuer(self) -> tuple[object, ...]:
        """The issuer as it is compared."""
        return canonical(self.certificate.issuer_name.raw)

    @cached_property
    def key_kind(self) -> str:
        return self.certificate.public_key.oid.value

    @cached_property
    def readable_key(self) -> bool:
        return signatures.usable_key(self.certificate)

    @cached_property
    def spells_curve_out(self) -> bool:
        """Whether its elliptic curve is given by its numbers instead of by its name."""
        key = self.certificate.public_key
        return self.key_kind == oids.EC and key.parameters is not None and key.parameters[0] == der.SEQUENCE

    @cached_property
    def not_before(self) -> datetime | None:
        """None for a date that cannot be read."""
        try:
            return self.certificate.not_before
        except InputError:
            return None

    @cached_property
    def not_after(self) -> datetime | None:
        """None for a date that cannot be read."""
        try:
            return self.certificate.not_after
        except InputError:
            return None

    def in_time(self, now: datetime) -> bool:
        """At notAfter itself it has expired."""
        return self.not_before is not None and self.not_after is not None and self.not_before <= now < self.not_after

    @cached_property
    def sound(self) -> bool:
        """False when an extension that path building reads is broken or occurs twice: it then issues nothing, nor can
        its own issuer be found."""
        certificate = self.certificate
        kinds = [extension.oid for extension in certificate.extensions]
        if not kinds:
            return True
        if len(set(kinds)) != len(kinds) and any(
            kinds.count(kind) > 1 for kind in {oids.NAME_CONSTRAINTS, NETSCAPE_TYPE, PROXY} & set(kinds)
        ):
            return False
        return _DECODED.isdisjoint(certificate.invalid_extensions) and self._values_make_sense()

    def _values_make_sense(self) -> bool:
        certificate = self.certificate
        constraints = certificate.basic_constraints
        if constraints is not None and (constraints.path_length or 0) < 0:
            return False
        if certificate.key_usage == KeyUsage.NONE:
            return False
        if any(not (point.full_name or point.relative_name or point.crl_issuer) for point in self.points):
            return False
        try:
            if certificate.name_constraints is not None:
                _constraints(certificate.name_constraints)
            _ = self.netscape_type
        except DerError:
            return False
        return True

    @property
    def points(self) -> tuple[DistributionPoint, ...]:
        return self.certificate.crl_distribution_points

    @cached_property
    def netscape_type(self) -> int | None:
        """The bits of the Netscape certificate type. Raises DerError."""
        extension = self.certificate.extension(NETSCAPE_TYPE)
        if extension is None:
            return None
        bits, _ = der.bit_string(der.read(extension.raw).expect(der.BIT_STRING).content)
        return bits[0] if bits else 0

    @cached_property
    def self_issued(self) -> bool:
        return self.subject == self.issuer

    @cached_property
    def self_signed(self) -> bool:
        """Self-issued, with its own key by identifier and kind; the signature itself is not looked at."""
        return self.self_issued and self.sound and self._named_by(self) and self._signature_fits(self)

    def may_be_issued_by(self, issuer: Facts) -> bool:
        """Whether names, key identifiers and the kind of key agree, and both certificates are sound."""
        return (
            self.issuer == issuer.subject
            and self.sound
            and issuer.sound
            and self._named_by(issuer)
            and self._signature_fits(issuer)
        )

    def _named_by(self, issuer: Facts) -> bool:
        """Whether the authority key identifier, as far as it goes, means this issuer (RFC 5280 section 4.2.1.1)."""
        wanted = self.certificate.authority_key_identifier
        if wanted is None:
            return True
        own = issuer.certificate.subject_key_identifier
        if wanted.key_identifier is not None and own is not None and wanted.key_identifier != own:
            return False
        if wanted.serial is not None and wanted.serial != issuer.certificate.serial_bytes:
            return False
        for name in wanted.issuer:
            if name.kind is NameKind.DIRECTORY:
                return canonical(name.content) == issuer.issuer
        return True

    def _signature_fits(self, issuer: Facts) -> bool:
        return issuer.readable_key and signatures.fits(self.certificate.signature_algorithm.value, issuer.key_kind)

    @cached_property
    def authority(self) -> Authority:
        if not self.sound or not self.may_sign:
            return Authority.NO
        constraints = self.certificate.basic_constraints
        if constraints is not None:
            return Authority.YES if constraints.certificate_authority else Authority.NO
        if self.certificate.version == 1 and self.self_signed:
            return Authority.OLD_ROOT
        if self.certificate.key_usage is not None:
            return Authority.KEY_USAGE
        return Authority.NETSCAPE if (self.netscape_type or 0) & _NETSCAPE_AUTHORITY else Authority.NO

    @property
    def may_sign(self) -> bool:
        """Whether its key usage, where there is one, lets it sign certificates."""
        usage = self.certificate.key_usage if self.sound else None
        return usage is None or KeyUsage.KEY_CERT_SIGN in usage

    @property
    def path_length(self) -> int | None:
        constraints = self.certificate.basic_constraints if self.sound else None
        return None if constraints is None else constraints.path_length

    @cached_property
    def unknown_critical(self) -> tuple[str, ...]:
        """Object identifiers of the critical extensions that nobody here understands."""
        return tuple(
            extension.oid
            for extension in self.certificate.extensions
            if extension.critical and extension.oid not in _PROCESSED
        )

    @cached_property
    def names(self) -> Names:
        """Raises DerError."""
        from certgate.pki.name_constraints import names_of

        alternatives = self.certificate.extension(oids.SUBJECT_ALTERNATIVE_NAME)
        return names_of(self.certificate.subject_name.raw, None if alternatives is None else alternatives.raw)

    @cached_property
    def name_constraints(self) -> Constraints | None:
        """None without, and where they cannot be read: then the certificate is not sound."""
        raw = self.certificate.name_constraints if self.sound else None
        try:
            return None if raw is None else _constraints(raw)
        except DerError:
            return None


def _constraints(raw: bytes) -> Constraints:
    # Imported here: few authorities have name constraints.
    from certgate.pki.name_constraints import read_constraints

    return read_constraints(raw)
