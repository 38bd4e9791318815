"""A small certification authority for tests: fixed dates, and every part of what it issues can be bent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from certgate.pki.certificate import Certificate

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)

Extensions = Sequence[tuple[x509.ExtensionType, bool]]


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def name_of(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)] if common_name else [])


@dataclass(frozen=True)
class Dates:
    start: datetime = NOW - 30 * DAY
    end: datetime = NOW + 335 * DAY


def addresses(crl: str = "", ocsp: str = "", issuer: str = "") -> list[tuple[x509.ExtensionType, bool]]:
    """CRL distribution point and authority information access, as far as given."""
    found: list[tuple[x509.ExtensionType, bool]] = []
    if crl:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl)], None, None, None)
        found.append((x509.CRLDistributionPoints([point]), False))
    services = [
        x509.AccessDescription(method, x509.UniformResourceIdentifier(url))
        for method, url in (
            (x509.AuthorityInformationAccessOID.OCSP, ocsp),
            (x509.AuthorityInformationAccessOID.CA_ISSUERS, issuer),
        )
        if url
    ]
    if services:
        found.append((x509.AuthorityInformationAccess(services), False))
    return found


class Authority:
    """An authority with its key and certificate; `issuer` None is a root."""

    def __init__(
        self,
        name: str,
        issuer: Authority | None = None,
        *,
        key: ec.EllipticCurvePrivateKey | None = None,
        dates: Dates | None = None,
        path_length: int | None = None,
        crl_sign: bool = True,
        extensions: Extensions = (),
    ) -> None:
        self.name = name_of(name)
        self.key = key or new_key()
        usage = x509.KeyUsage(False, False, False, False, False, True, crl_sign, False, False)
        self.certificate = (issuer or self).sign(
            self.name,
            self.key,
            dates or Dates(NOW - 300 * DAY, NOW + 3000 * DAY),
            [(x509.BasicConstraints(True, path_length), True), (usage, True), *extensions],
        )

    def sign(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        dates: Dates,
        extensions: Extensions,
        serial: int | None = None,
    ) -> Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(serial or x509.random_serial_number())
            .not_valid_before(dates.start)
            .not_valid_after(dates.end)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return Certificate(builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER))

    def issue(
        self,
        name: str = "client",
        *,
        dates: Dates | None = None,
        serial: int | None = None,
        extensions: Extensions = (),
    ) -> Certificate:
        """An end certificate, valid for a year around NOW unless told otherwise."""
        constraints = (x509.BasicConstraints(False, None), True)
        return self.sign(name_of(name), new_key(), dates or Dates(), [constraints, *extensions], serial)

    def revocation_list(
        self,
        *revoked: x509.RevokedCertificate,
        dates: Dates | None = None,
        number: int | None = 1,
        extensions: Extensions = (),
        key: ec.EllipticCurvePrivateKey | None = None,
        name: x509.Name | None = None,
    ) -> bytes:
        """A list in DER, good for a week from NOW unless told otherwise."""
        dates = dates or Dates(NOW - DAY, NOW + 6 * DAY)
        builder = x509.CertificateRevocationListBuilder().issuer_name(name or self.name)
        builder = builder.last_update(dates.start).next_update(dates.end)
        for entry in revoked:
            builder = builder.add_revoked_certificate(entry)
        if number is not None:
            builder = builder.add_extension(x509.CRLNumber(number), critical=False)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(key or self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def revoked(certificate: Certificate, *extensions: tuple[x509.ExtensionType, bool]) -> x509.RevokedCertificate:
    """The entry of a certificate, revoked the day before NOW."""
    builder = x509.RevokedCertificateBuilder().serial_number(int.from_bytes(certificate.serial_bytes, "big"))
    builder = builder.revocation_date(NOW - DAY)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.build()
