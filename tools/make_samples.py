"""Makes sample-certs/: a small PKI with fixed dates and keys derived from names, so that every run makes the same.

The keys are worthless by design: anyone can derive them. Run with ``make samples``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs7,
    pkcs12,
)
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "sample-certs"
PASSWORD = b"certgate"
PKI = "http://pki.contoso.example"
LONG = (datetime(2025, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Issued:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def thumbprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA1()).hex().upper()


def name(common_name: str, organization: str = "Contoso", unit: str | None = None) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "US"), (NameOID.ORGANIZATION_NAME, organization)]
    parts += [(NameOID.ORGANIZATIONAL_UNIT_NAME, unit)] if unit else []
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in [*parts, (NameOID.COMMON_NAME, common_name)]])


def key_of(label: str) -> ec.EllipticCurvePrivateKey:
    secret = int.from_bytes(hashlib.sha384(f"certgate sample {label}".encode()).digest()) % (2**255)
    return ec.derive_private_key(secret, ec.SECP256R1())


def issue(
    subject: x509.Name,
    issuer: Issued | None,
    dates: tuple[datetime, datetime] = LONG,
    *,
    ca: bool = False,
    path_length: int | None = None,
    crl: str | None = None,
    dns: str | None = None,
) -> Issued:
    label = subject.rfc4514_string()
    key = key_of(label)
    signer = issuer.key if issuer else key
    serial = int.from_bytes(hashlib.sha256(f"serial {label} {dates}".encode()).digest()[:16]) >> 1
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(dates[0])
        .not_valid_after(dates[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .add_extension(usage(ca), critical=True)
    )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
    if dns:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(dns)]), critical=False)
    if crl:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{PKI}/{crl}.crl")], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        access = x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(f"{PKI}/{crl}.cer")
        )
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    return Issued(builder.sign(signer, hashes.SHA256(), ecdsa_deterministic=True), key)


def usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def revocation_list(issuer: Issued, revoked: list[Issued]) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(datetime(2025, 6, 1, tzinfo=UTC))
        .next_update(datetime(2045, 1, 1, tzinfo=UTC))
        .add_extension(x509.CRLNumber(7), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    for one in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(one.certificate.serial_number)
            .revocation_date(datetime(2025, 5, 20, 10, tzinfo=UTC))
            .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
            .build()
        )
    return builder.sign(issuer.key, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)


def pfx(leaf: Issued, others: list[Issued], encryption: KeySerializationEncryption) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"partner-a", leaf.key, leaf.certificate, [one.certificate for one in others], encryption
    )


def legacy() -> KeySerializationEncryption:
    """What the Windows certificate export and OpenSSL 1 write: 3DES and a SHA-1 MAC."""
    return (
        PrivateFormat.PKCS12.encryption_builder()
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(hashes.SHA1())
        .kdf_rounds(2048)
        .build(PASSWORD)
    )


def main(folder: Path = FOLDER) -> None:
    root = issue(
        name("Contoso Root CA"), None, (datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)), ca=True
    )
    issuing = issue(
        name("Contoso Issuing CA"),
        root,
        (datetime(2020, 1, 1, tzinfo=UTC), datetime(2048, 1, 1, tzinfo=UTC)),
        ca=True,
        path_length=0,
        crl="contoso-root-ca",
    )
    other_root = issue(name("Fabrikam Root CA", "Fabrikam"), None, ca=True)

    def client(common_name: str, dates: tuple[datetime, datetime] = LONG) -> Issued:
        dns = f"{common_name}.contoso.example"
        return issue(name(common_name, unit="Partners"), issuing, dates, crl="contoso-issuing-ca", dns=dns)

    partner_a, partner_b, revoked = client("partner-a"), client("partner-b"), client("revoked")
    expired = client("expired", (datetime(2023, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)))
    not_yet_valid = client("not-yet-valid", (datetime(2044, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)))
    self_signed = issue(name("self-signed", unit="Partners"), None)
    stranger = issue(name("partner-a", "Fabrikam"), other_root)

    chain = [issuing, root]
    no_key = [partner_a.certificate, issuing.certificate, root.certificate]
    header = partner_a.pem.decode()
    escaped = "".join(char if char.isalnum() or char in "-._~" else f"%{ord(char):02X}" for char in header)
    files = {
        "partner-a.cer": partner_a.der,
        "partner-a.pem": partner_a.pem + issuing.pem,
        "partner-a.p7b": pkcs7.serialize_certificates(no_key, Encoding.DER),
        "partner-a.pfx": pfx(partner_a, chain, BestAvailableEncryption(PASSWORD)),
        "partner-a-legacy.pfx": pfx(partner_a, chain, legacy()),
        "partner-a-no-password.pfx": pfx(partner_a, chain, NoEncryption()),
        "partner-a-key-vault.json": key_vault_secret(pfx(partner_a, chain, NoEncryption())),
        "partner-a-header.txt": escaped.encode(),
        "partner-b.cer": partner_b.der,
        "expired.cer": expired.der,
        "not-yet-valid.cer": not_yet_valid.der,
        "revoked.cer": revoked.der,
        "self-signed.cer": self_signed.der,
        "other-ca.cer": stranger.der,
        "trust/roots/contoso-root-ca.cer": root.der,
        "trust/intermediates/contoso-issuing-ca.cer": issuing.der,
        "trust/certificates/partner-a.cer": partner_a.der,
        "trust/crls/contoso-root-ca.crl": revocation_list(root, []),
        "trust/crls/contoso-issuing-ca.crl": revocation_list(issuing, [revoked]),
        "certgate.toml": settings(partner_a),
    }
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        print(f"{path}  {len(data)} bytes")


def key_vault_secret(data: bytes) -> bytes:
    secret = {
        "value": base64.b64encode(data).decode(),
        "contentType": "application/x-pkcs12",
        "id": "https://contoso.vault.azure.net/secrets/partner-a",
    }
    return json.dumps(secret, indent=2).encode() + b"\n"


def settings(partner_a: Issued) -> bytes:
    return f"""# The settings that the sample commands of README.md use; made by `make samples`.

[gateway]
tier = "premium"
trust = ["trust"]

[named-values]
trusted-issuer = "CN=Contoso Issuing CA, O=Contoso, C=US"
expected-subject = "CN=partner-a, OU=Partners, O=Contoso, C=US"
allowed-thumbprint = "{partner_a.thumbprint}"
allowed-thumbprint-pasted = "{partner_a.thumbprint.lower()}"
allowed-subjects = "CN=partner-a, OU=Partners, O=Contoso, C=US; CN=partner-c, OU=Partners, O=Contoso, C=US"
""".encode()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
