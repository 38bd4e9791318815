"""Certificates, keys and revocation lists made for a test, with fixed dates and serial numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zlib import crc32

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

STARTS = datetime(2026, 1, 1, tzinfo=UTC)
ENDS = datetime(2036, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@cache
def key(name: str) -> ec.EllipticCurvePrivateKey:
    """The same key for the same name, within one run."""
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Minted:
    """A certificate with its key and its issuer."""

    certificate: x509.Certificate
    name: str

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def thumbprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA1()).hex().upper()

    def key_pem(self, password: bytes | None = None, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
        protection = BestAvailableEncryption(password) if password else NoEncryption()
        return key(self.name).private_bytes(Encoding.PEM, form, protection).decode()

    def key_der(self) -> bytes:
        return key(self.name).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def public_key_pem(self) -> str:
        return key(self.name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def mint(
    name: str, issuer: Minted | None = None, *, authority: bool = False, ends: datetime = ENDS, common_name: str = ""
) -> Minted:
    """A certificate of that name; without issuer it signs itself."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name or name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key(name).public_key())
        .serial_number(crc32(name.encode()) + 1)
        .not_valid_before(STARTS)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key(name).public_key()), critical=False)
    )
    return Minted(builder.sign(key(issuer.name if issuer else name), hashes.SHA256()), name)


def request(name: str) -> x509.CertificateSigningRequest:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    return x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key(name), hashes.SHA256())


def revocation_list(
    issuer: Minted, *, signer: str = "", next_update: datetime = ENDS
) -> x509.CertificateRevocationList:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(STARTS)
        .next_update(next_update)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    return builder.sign(key(signer or issuer.name), hashes.SHA256())


ROOT = mint("Contoso Root CA", authority=True)
ISSUING = mint("Contoso Issuing CA", ROOT, authority=True)
LEAF = mint("client", ISSUING)
OTHER = mint("other")
