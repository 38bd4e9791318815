"""What path validation needs to know of a certificate, worked out once: OpenSSL's view, which decides .NET's on Linux.

Knows one certificate, or two of which one may have issued the other; nothing of stores, chains or the present time.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.core.lazy import lazy
from certgate.pki import der, extension_rules, names, oids, signatures
from certgate.pki.der import DerError
from certgate.pki.extensions import KeyUsage
from certgate.pki.general_names import NameKind

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.chains.name_constraints import Constraints, Names
    from certgate.pki.extension_rules import Kinds
    from certgate.pki.extensions import AuthorityKeyIdentifier, DistributionPoint
    from certgate.pki.names import CanonicalName

_NETSCAPE_AUTHORITY = 0x07
_MAX_BYTES = 64 * 1024
"""SECURITY: the most bytes of a certificate whose facts are remembered, so that strangers cannot fill the memory."""


class Authority(Enum):
    """What speaks for a certificate being an authority, by OpenSSL's rules."""

    NO = "no"
    YES = "basic constraints"
    OLD_ROOT = "self-signed, version 1"
    KEY_USAGE = "key usage alone"
    NETSCAPE = "Netscape certificate type"


def facts(certificate: Certificate) -> Facts:
    """The facts of a certificate, remembered: for those that come again, as issuers do."""
    return _remembered_facts(certificate) if len(certificate.der) <= _MAX_BYTES else Facts(certificate)


class Facts:
    """One certificate as chain building sees it. Members are worked out when first asked for."""

    def __init__(self, certificate: Certificate) -> None:
        self.certificate = certificate

    def __repr__(self) -> str:
        return f"Facts({self.certificate!r})"

    @property
    def subject(self) -> CanonicalName:
        """The subject as it is compared."""
        return self.certificate.outline.compared_subject

    @property
    def issuer(self) -> CanonicalName:
        """The issuer as it is compared."""
        return self.certificate.outline.compared_issuer

    @property
    def key_kind(self) -> str:
        return self.certificate.outline.key_algorithm.oid

    @lazy
    def readable_key(self) -> bool:
        return signatures.usable_key(self.certificate)

    @lazy
    def spells_curve_out(self) -> bool:
        """Whether its elliptic curve is given by its numbers instead of by its name."""
        algorithm = self.certificate.outline.key_algorithm
        return algorithm.oid == oids.EC and algorithm.parameters is not None and algorithm.parameters[0] == der.SEQUENCE

    @lazy
    def not_before(self) -> datetime | None:
        """None for a date that cannot be read."""
        return _date(*self.certificate.outline.validity[:2])

    @lazy
    def not_after(self) -> datetime | None:
        """None for a date that cannot be read."""
        return _date(*self.certificate.outline.validity[2:])

    def in_time(self, now: datetime) -> bool:
        """At notAfter itself it has expired. Dates that cannot be read are never right."""
        first, start, last, end = self.certificate.outline.validity
        try:
            return der.exact_moment(first, start) <= now < der.exact_moment(last, end)
        except DerError:
            return False

    @lazy
    def kinds(self) -> Kinds:
        return extension_rules.kinds(self.certificate.outline.extensions)

    @lazy
    def sound(self) -> bool:
        """False when an extension that path building reads is broken or occurs twice: it then issues nothing, nor can
        its own issuer be found."""
        return self.kinds.unambiguous and all(map(extension_rules.sane, self.certificate.outline.extensions))

    @property
    def points(self) -> tuple[DistributionPoint, ...]:
        return self.certificate.crl_distribution_points

    @lazy
    def netscape_type(self) -> int | None:
        """The bits of the Netscape certificate type. Raises DerError."""
        values = self.certificate.extension_values(extension_rules.NETSCAPE_TYPE)
        return extension_rules.netscape_bits(values[0]) if values else None

    @lazy
    def self_issued(self) -> bool:
        return self.subject == self.issuer

    @lazy
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

    @property
    def issuer_identifier(self) -> bytes | None:
        """The value of the authority key identifier of a sound certificate, undecoded."""
        for extension in self.certificate.outline.extensions:
            if extension.oid == oids.AUTHORITY_KEY_IDENTIFIER:
                return extension.value
        return None

    def misnamed(self, identifier: AuthorityKeyIdentifier | None) -> str:
        """Why an authority key identifier means another certificate than this one; empty where, as far as it goes, it
        means this one (RFC 5280 section 4.2.1.1)."""
        if identifier is None:
            return ""
        own = self.certificate.subject_key_identifier if self.sound else None
        if identifier.key_identifier is not None and own is not None and identifier.key_identifier != own:
            return "another key identifier"
        if identifier.serial is not None and identifier.serial != self.certificate.outline.serial:
            return "another serial number is asked for"
        for name in identifier.issuer:
            if name.kind is NameKind.DIRECTORY:
                same = names.same_name(name.content, self.certificate.issuer_name.raw)
                return "" if same else "an issuer of another name is asked for"
        return ""

    def _named_by(self, issuer: Facts) -> bool:
        return not issuer.misnamed(self.certificate.authority_key_identifier)

    def _signature_fits(self, issuer: Facts) -> bool:
        return issuer.readable_key and signatures.fits(self.certificate.outline.algorithm.oid, issuer.key_kind)

    @lazy
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

    @lazy
    def may_sign(self) -> bool:
        """Whether its key usage, where there is one, lets it sign certificates."""
        usage = self.certificate.key_usage if self.sound else None
        return usage is None or KeyUsage.KEY_CERT_SIGN in usage

    @property
    def path_length(self) -> int | None:
        constraints = self.certificate.basic_constraints if self.sound else None
        return None if constraints is None else constraints.path_length

    @property
    def unknown_critical(self) -> tuple[str, ...]:
        """Object identifiers of the critical extensions that nobody here understands."""
        return self.kinds.unknown_critical

    @lazy
    def names(self) -> Names:
        """Raises DerError."""
        from certgate.pki.chains.name_constraints import names_of

        alternatives = self.certificate.extension(oids.SUBJECT_ALTERNATIVE_NAME)
        return names_of(self.certificate.subject_name.raw, None if alternatives is None else alternatives.raw)

    @lazy
    def name_constraints(self) -> Constraints | None:
        """None without, and where they cannot be read: then the certificate is not sound."""
        if oids.NAME_CONSTRAINTS not in self.kinds.found:
            return None
        raw = self.certificate.name_constraints if self.sound else None
        try:
            return None if raw is None else extension_rules.constraints_of(raw)
        except DerError:
            return None


_remembered_facts = lru_cache(maxsize=2048)(Facts)


def _date(tag: int, content: bytes) -> datetime | None:
    try:
        return der.exact_moment(tag, content)
    except DerError:
        return None
