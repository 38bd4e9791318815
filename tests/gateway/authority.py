"""A small PKI for the tests of the gateway, with fixed dates: two issuing CAs and clients that are bad in one way."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore

NOW = datetime(2026, 6, 1, tzinfo=UTC)
STARTS, ENDS = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)

ISSUER = "APIM Sample DEV Intermediate CA"
OTHER_ISSUER = "Other Intermediate CA"
ROOT = "APIM Sample Root CA"
CRL_URL = "http://pki.contoso.com/issuing.crl"


@cache
def _key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Contoso"), x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    )


@cache
def certificate(
    name: str,
    issuer: str | None = None,
    *,
    authority: bool = False,
    starts: datetime = STARTS,
    ends: datetime = ENDS,
    crl: str | None = None,
    issuer_url: str | None = None,
    dns: tuple[str, ...] = (),
    serial: int = 0,
    signer: str | None = None,
) -> Certificate:
    """A certificate; without issuer it signs itself. `signer` signs in the issuer's name."""
    key = _key(name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer or name))
        .public_key(key.public_key())
        .serial_number(serial or 1000 + sum(name.encode()))
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if crl:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if issuer_url:
        access = x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(issuer_url)
        )
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    if dns:
        names = x509.SubjectAlternativeName([x509.DNSName(each) for each in dns])
        builder = builder.add_extension(names, critical=False)
    signed = builder.sign(_key(signer or issuer or name), hashes.SHA256())
    return Certificate(signed.public_bytes(Encoding.DER), source=f"{name}.cer")


@cache
def revocation_list(issuer: str = ISSUER, *revoked: int) -> bytes:
    """The list of a CA, in date at NOW, with these serial numbers on it."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(_name(issuer))
        .last_update(datetime(2026, 5, 1, tzinfo=UTC))
        .next_update(datetime(2026, 8, 1, tzinfo=UTC))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(_key(issuer).public_key()), critical=False)
    )
    for serial in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(datetime(2026, 5, 1, tzinfo=UTC))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(_key(issuer), hashes.SHA256()).public_bytes(Encoding.DER)


def root() -> Certificate:
    return certificate(ROOT, authority=True)


def issuing() -> Certificate:
    return certificate(ISSUER, ROOT, authority=True)


def client(name: str = "Valid Client", **options: object) -> Certificate:
    return certificate(name, ISSUER, **options)  # type: ignore[arg-type]


def store(*lists: bytes, uploaded: dict[str, Certificate] | None = None) -> TrustStore:
    """Both CAs, and the lists given. The issuing CA has its own revocation known to be good where there is a list."""
    crls = (*lists, revocation_list(ROOT)) if lists else ()
    return TrustStore(roots=[root()], intermediates=[issuing()], crls=crls, certificates=uploaded or {})


def expired() -> Certificate:
    return client("Expired Client", ends=datetime(2026, 1, 1, tzinfo=UTC))


def not_yet_valid() -> Certificate:
    return client("Future Client", starts=datetime(2027, 1, 1, tzinfo=UTC))


def stranger() -> Certificate:
    """A client of an intermediate CA that is in no store."""
    return certificate("Valid Client", OTHER_ISSUER)
