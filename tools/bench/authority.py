"""A public key infrastructure to measure with: a root, an intermediate, many leaves, and a long revocation list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from certgate.pki import der
from certgate.pki.certificate import Certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

NOW = datetime.now(UTC).replace(microsecond=0)
FROM, TO = NOW - timedelta(days=10), NOW + timedelta(days=100)
PLACE = "http://pki.contoso.example"


def ec_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key() -> Key:
    return rsa.generate_private_key(65537, 2048)


class Authority(NamedTuple):
    """A CA certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def name(self) -> x509.Name:
        return self.certificate.subject

    def issue(self, common_name: str, key: Key) -> Authority:
        """An authority below this one."""
        builder = _builder(common_name, key, self.name, self.key)
        return Authority(_authority(builder).sign(self.key, hashes.SHA256()), key)

    def leaves(self, key: Key, count: int) -> Iterator[bytes]:
        """So many client certificates in PEM, all with one key, since making keys would take longer than all else."""
        for number in range(count):
            host = f"client-{number}.contoso.example"
            yield (
                _client(_builder(host, key, self.name, self.key), host)
                .sign(self.key, hashes.SHA256())
                .public_bytes(Encoding.PEM)
            )

    def crl(self, entries: int) -> bytes:
        """A revocation list with so many entries, none of them of a certificate issued here."""
        certificate = Certificate(self.certificate.public_bytes(Encoding.DER))
        algorithm = certificate.outline.algorithm.raw
        day = der.wrap(der.UTC_TIME, FROM.strftime("%y%m%d%H%M%SZ").encode())
        until = der.wrap(der.UTC_TIME, TO.strftime("%y%m%d%H%M%SZ").encode())
        revoked = b"".join(
            der.wrap(der.SEQUENCE, der.wrap(der.INTEGER, (number + (1 << 126)).to_bytes(16, "big")) + day)
            for number in range(entries)
        )
        signed = der.wrap(
            der.SEQUENCE,
            der.wrap(der.INTEGER, b"\1")
            + algorithm
            + certificate.subject_name.raw
            + day
            + until
            + der.wrap(der.SEQUENCE, revoked)
            + der.wrap(0xA0, der.wrap(der.SEQUENCE, self._list_extensions())),
        )
        bits = der.wrap(der.BIT_STRING, b"\0" + _signature(self.key, signed))
        return der.wrap(der.SEQUENCE, signed + algorithm + bits)

    def _list_extensions(self) -> bytes:
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        return b"".join(
            der.wrap(der.SEQUENCE, der.wrap(der.OID, oid) + der.wrap(der.OCTET_STRING, value.public_bytes()))
            for oid, value in ((b"\x55\x1d\x23", identifier), (b"\x55\x1d\x14", x509.CRLNumber(7)))
        )


def root(key: Key) -> Authority:
    name = _name("Bench Root CA")
    return Authority(_authority(_builder("Bench Root CA", key, name, key)).sign(key, hashes.SHA256()), key)


def _signature(key: Key, signed: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(signed, ec.ECDSA(hashes.SHA256()))


def _name(common_name: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "US"), (NameOID.ORGANIZATION_NAME, "Contoso"), (NameOID.COMMON_NAME, common_name))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _builder(common_name: str, key: Key, issuer: x509.Name, issuer_key: Key) -> x509.CertificateBuilder:
    """What all certificates have, their issuers' key identifiers included."""
    own, above = key.public_key(), issuer_key.public_key()
    return (
        x509.CertificateBuilder(issuer, _name(common_name), own, x509.random_serial_number(), FROM, TO)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
    )


def _authority(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).add_extension(
        usage, critical=True
    )


def _client(builder: x509.CertificateBuilder, host: str) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{PLACE}/issuing.crl")], None, None, None)
    services = [
        x509.AccessDescription(method, x509.UniformResourceIdentifier(f"{PLACE}/{path}"))
        for method, path in (
            (AuthorityInformationAccessOID.OCSP, "ocsp"),
            (AuthorityInformationAccessOID.CA_ISSUERS, "issuing.cer"),
        )
    ]
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .add_extension(x509.AuthorityInformationAccess(services), critical=False)
    )
