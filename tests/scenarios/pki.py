"""The certificates that the scenarios name: fixed names, serial numbers and dates; only the keys are new each time."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
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

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Extensions = Sequence[tuple[x509.ExtensionType, bool]]

PASSWORD = "s3cret pässword"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
END = datetime(2030, 6, 30, 22, 30, 0, tzinfo=UTC)
FAR = datetime(2040, 1, 1, tzinfo=UTC)
LIST_URL = "http://crl.scenario.example/distant.crl"
ISSUER_URL = "http://aia.scenario.example/hidden.cer"
USER_PRINCIPAL_NAME = x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3")

_KEYS = {
    "CN": NameOID.COMMON_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "C": NameOID.COUNTRY_NAME,
    "E": NameOID.EMAIL_ADDRESS,
    "UID": NameOID.USER_ID,
    "DC": NameOID.DOMAIN_COMPONENT,
}


@dataclass(frozen=True)
class Owner:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def fact(self, name: str) -> str:
        """What a scenario may ask of this certificate: ``%partner-a.thumbprint%``."""
        match name:
            case "thumbprint":
                return self.certificate.fingerprint(hashes.SHA1()).hex().upper()
            case "lower":
                return self.certificate.fingerprint(hashes.SHA1()).hex()
            case "spaced":
                return self.certificate.fingerprint(hashes.SHA1()).hex(" ").upper()
            case "sha256":
                return self.certificate.fingerprint(hashes.SHA256()).hex().upper()
            case "base64":
                return base64.b64encode(self.der).decode()
            case "length":
                return str(len(self.der))
            case "header":
                return quote(self.pem, safe="")
            case _:
                raise KeyError(name)


def name_of(*parts: str) -> x509.Name:
    """A name from ``C=US`` and the like, in the order of the encoding; ``a|b`` is one RDN of two values."""
    rdns = [
        x509.RelativeDistinguishedName(
            [x509.NameAttribute(_KEYS[one.split("=", 1)[0]], one.split("=", 1)[1]) for one in part.split("|")]
        )
        for part in parts
    ]
    return x509.Name(rdns)


def make(
    subject: x509.Name,
    serial: int,
    issuer: Owner | None = None,
    *,
    authority: bool = False,
    dates: tuple[datetime, datetime] = (START, END),
    extensions: Extensions = (),
    key: Key | None = None,
) -> Owner:
    """A certificate; without issuer it signs itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    signer = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(dates[0])
        .not_valid_after(dates[1])
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return Owner(builder.sign(signer, hashes.SHA256()), key)


def revocation_list(issuer: Owner, *serials: int) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(LONG_AGO)
        .next_update(FAR)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(datetime(2026, 3, 1, tzinfo=UTC))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def make_all() -> dict[str, Owner]:
    """Every certificate by the name that scenarios use."""
    old = (LONG_AGO, FAR)
    made: dict[str, Owner] = {}
    made["root"] = make(name_of("C=US", "O=Contoso", "CN=Scenario Root CA"), 1, authority=True, dates=old)

    def ca(name: str, common_name: str, serial: int, issuer: str = "root", end: datetime = FAR) -> None:
        subject = name_of("C=US", "O=Contoso", f"CN={common_name}")
        made[name] = make(subject, serial, made[issuer], authority=True, dates=(LONG_AGO, end))

    ca("issuing", "Scenario Issuing CA", 2)
    ca("silent-ca", "Scenario Silent CA", 3)
    ca("distant-ca", "Scenario Distant CA", 4)
    ca("old-ca", "Scenario Old CA", 5, end=datetime(2026, 5, 1, tzinfo=UTC))
    ca("hidden-ca", "Scenario Hidden CA", 6)
    made["stranger-root"] = make(name_of("CN=Stranger Root"), 7, authority=True, dates=old)
    ca("stranger-ca", "Stranger Issuing CA", 8, "stranger-root")
    ca("impostor-ca", "Scenario Issuing CA", 9, "stranger-root")

    def leaf(name: str, serial: int, issuer: str = "issuing", **bent: object) -> None:
        subject = name_of("C=US", "O=Contoso", f"CN={name}")
        made[name] = make(subject, serial, made[issuer], **bent)  # type: ignore[arg-type]

    alternatives = x509.SubjectAlternativeName(
        [
            x509.RFC822Name("ops@contoso.com"),
            x509.DNSName("partner-a.contoso.com"),
            x509.DNSName("*.wild.contoso.com"),
            x509.UniformResourceIdentifier("spiffe://contoso/partner-a"),
            x509.OtherName(USER_PRINCIPAL_NAME, b"\x0c\x15partner-a@contoso.com"),
        ]
    )
    made["partner-a"] = make(
        name_of("C=US", "ST=Washington", "O=Contoso, Inc.", "OU=Partners", "CN=partner-a"),
        0x0A1B2C,
        made["issuing"],
        extensions=[(alternatives, False), (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False)],
    )
    leaf("partner-b", 0x80FF)
    leaf("expired", 21, dates=(datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 5, 20, 10, tzinfo=UTC)))
    leaf("not-yet-valid", 22, dates=(datetime(2027, 1, 1, tzinfo=UTC), END))
    leaf("revoked", 23)
    leaf("silent", 24, "silent-ca")
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(LIST_URL)], None, None, None)
    leaf("distant", 25, "distant-ca", extensions=[(x509.CRLDistributionPoints([point]), False)])
    leaf("distant-expired", 26, "distant-ca", extensions=[(x509.CRLDistributionPoints([point]), False)],
         dates=(datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 5, 20, 10, tzinfo=UTC)))  # fmt: skip
    leaf("old", 27, "old-ca")
    leaf("stranger", 28, "stranger-ca")
    leaf("forged", 29, "impostor-ca")
    where = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(ISSUER_URL))
    leaf("hidden", 30, "hidden-ca", extensions=[(x509.AuthorityInformationAccess([where]), False)])
    leaf("server-only", 31, extensions=[(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)])
    made["self-signed"] = make(name_of("C=US", "O=Contoso", "CN=self-signed"), 0x1F)
    made["odd"] = make(
        name_of("DC=com", "O=A + B; <C>", "OU= padded ", "UID=u7", 'CN=The "Odd" One|E=odd@contoso.com'),
        0x7F0102030405060708090A0B0C0D0E0F,
        made["issuing"],
    )
    made["nameless"] = make(
        x509.Name([]),
        33,
        made["issuing"],
        extensions=[(x509.SubjectAlternativeName([x509.RFC822Name("nameless@contoso.com")]), True)],
    )
    made["escapes"] = make(name_of("CN=a\x1b[31mb\nsecond line\u202eü😀"), 35)
    made["rsa"] = make(
        name_of("C=US", "O=Contoso", "CN=rsa"), 34, made["issuing"], key=rsa.generate_private_key(65537, 2048)
    )
    return made


def _bag(owner: Owner, others: Sequence[Owner], encryption: KeySerializationEncryption) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"friendly",
        owner.key,
        owner.certificate,
        [one.certificate for one in others],
        encryption,
    )


def _legacy(password: bytes) -> KeySerializationEncryption:
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2000)
    builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
    return builder.hmac_hash(hashes.SHA1()).build(password)


def write(folder: Path) -> dict[str, Owner]:
    """All certificates as ``NAME.cer`` in DER, partner-a in every format, broken files, and the trust stores."""
    made = make_all()
    for name, owner in made.items():
        (folder / f"{name}.cer").write_bytes(owner.der)
    _formats(folder, made)
    _broken(folder, made)
    _answers(folder, made)
    store = {"root": "roots", "issuing": "intermediates", "silent-ca": "intermediates",
             "distant-ca": "intermediates", "old-ca": "intermediates"}  # fmt: skip
    lists = {
        "root.crl": revocation_list(made["root"]),
        "issuing.crl": revocation_list(made["issuing"], made["revoked"].certificate.serial_number),
    }
    for kind in ("trust", "trust-roots", "trust-uploaded"):
        for name, place in store.items():
            if kind != "trust-roots" or place == "roots":
                (folder / kind / place).mkdir(parents=True, exist_ok=True)
                (folder / kind / place / f"{name}.cer").write_bytes(made[name].der)
        (folder / kind / "crls").mkdir()
        for file, content in lists.items():
            (folder / kind / "crls" / file).write_bytes(content)
    (folder / "trust-uploaded" / "certificates").mkdir()
    for name in ("partner-a", "partner-b", "issuing"):
        (folder / "trust-uploaded" / "certificates" / f"{name}.cer").write_bytes(made[name].der)
    return made


def _formats(folder: Path, made: dict[str, Owner]) -> None:
    leaf, issuing, root = made["partner-a"], made["issuing"], made["root"]
    secret = PASSWORD.encode()
    encoded = base64.b64encode(leaf.der).decode()
    bag = _bag(leaf, [issuing, root], NoEncryption())
    texts = {
        "plain.pem": leaf.pem,
        "chain.pem": leaf.pem + issuing.pem + root.pem,
        "chain-reversed.pem": root.pem + issuing.pem + leaf.pem,
        "key-and-chain.pem": leaf.key_pem + root.pem + issuing.pem + leaf.pem,
        "text-around.pem": f"Bag Attributes\n  friendlyName: x\nsubject=/CN=y\n{leaf.pem}\ntrailing words\n",
        "crlf.pem": leaf.pem.replace("\n", "\r\n"),
        "bare.txt": encoded,
        "wrapped.txt": "\r\n".join(encoded[at : at + 64] for at in range(0, len(encoded), 64)) + "\r\n",
        "wrong-extension.pfx": leaf.pem,
        "named-der.pem": "",
        "key-vault-pfx.json": json.dumps(
            {"value": base64.b64encode(bag).decode(), "contentType": "application/x-pkcs12",
             "id": "https://v.vault.azure.net/secrets/partner-a/1"}),
        "key-vault-pem.json": json.dumps({"value": leaf.key_pem + leaf.pem, "contentType": "application/x-pem-file"}),
        "key-vault-certificate.json": json.dumps(
            {"id": "https://v.vault.azure.net/certificates/partner-a/1", "cer": encoded}),
        "arm.json": json.dumps(
            {"type": "Microsoft.ApiManagement/service/certificates", "name": "apim/partner-a",
             "properties": {"data": encoded}}),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    data = {
        "named-der.pem": leaf.der,
        "named-pfx.cer": _bag(leaf, [issuing, root], BestAvailableEncryption(secret)),
        "utf8-bom.pem": b"\xef\xbb\xbf" + leaf.pem.encode(),
        "utf16-le.pem": b"\xff\xfe" + leaf.pem.replace("\n", "\r\n").encode("utf-16-le"),
        "utf16-be.pem": b"\xfe\xff" + leaf.pem.encode("utf-16-be"),
        "utf16-bare.txt": b"\xff\xfe" + encoded.encode("utf-16-le"),
        "bundle-der.p7b": pkcs7.serialize_certificates(
            [root.certificate, issuing.certificate, leaf.certificate], Encoding.DER
        ),
        "bundle-pem.p7b": pkcs7.serialize_certificates(
            [leaf.certificate, issuing.certificate, root.certificate], Encoding.PEM
        ),
        "modern.pfx": _bag(leaf, [issuing, root], BestAvailableEncryption(secret)),
        "legacy.pfx": _bag(leaf, [], _legacy(secret)),
        "open.pfx": bag,
        "base64-of-pfx.txt": base64.b64encode(bag),
    }
    for name, content in data.items():
        (folder / name).write_bytes(content)


def _answers(folder: Path, made: dict[str, Owner]) -> None:
    """Recorded answers for the addresses that certificates name."""

    def body(data: bytes) -> dict[str, object]:
        return {"status": 200, "body": base64.b64encode(data).decode()}

    issuer, serial = made["distant-ca"], made["distant"].certificate.serial_number
    answers: dict[str, dict[str, object]] = {
        "good": {LIST_URL: body(revocation_list(issuer))},
        "revoked": {LIST_URL: body(revocation_list(issuer, serial))},
        "timeout": {LIST_URL: {"error": "timeout"}},
        "issuer": {ISSUER_URL: body(made["hidden-ca"].der)},
        "none": {},
    }
    for name, rows in answers.items():
        (folder / f"answers-{name}.json").write_text(json.dumps(rows), encoding="utf-8")


def _broken(folder: Path, made: dict[str, Owner]) -> None:
    leaf = made["partner-a"]
    request = x509.CertificateSigningRequestBuilder().subject_name(name_of("CN=asks")).sign(leaf.key, hashes.SHA256())
    broken = {
        "empty.cer": b"",
        "truncated.cer": leaf.der[:200],
        "truncated.pem": leaf.pem[:300].encode(),
        "key-only.pem": leaf.key_pem.encode(),
        "request.csr": request.public_bytes(Encoding.PEM),
        "list.crl": revocation_list(made["issuing"]),
        "words.cer": b"this is no certificate\n",
        "zeros.cer": bytes(500),
        "two-candidates.pem": (leaf.pem + made["partner-b"].pem).encode(),
        "damaged-base64.pem": leaf.pem.replace("M", "!", 1).encode(),
        "broken.json": b'{"value": "MII',
        "other.json": b'{"hello": 1}',
        "deep.json": b"[" * 100_000,
    }
    for name, content in broken.items():
        (folder / name).write_bytes(content)
    (folder / "a-folder").mkdir()
