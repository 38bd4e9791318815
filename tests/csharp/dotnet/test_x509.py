"""``X509Certificate2`` in expressions: the recorded properties of every certificate, loading, and the verdict."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from certgate.csharp import UnsupportedReached
from certgate.csharp.dotnet.x509.values import CertificateValue
from certgate.csharp.values import ByteArray
from certgate.pki.certificate import Certificate
from tests.csharp.dotnet.evaluation import run, thrown

GOLDEN = Path(__file__).parents[2] / "golden"
TYPE = "System.Security.Cryptography.X509Certificates.X509Certificate2"
MEMBERS = (
    *(
        "Thumbprint",
        "Subject",
        "Issuer",
        "SerialNumber",
        "SubjectName.Name",
        "IssuerName.Name",
        "Version",
        "GetFormat()",
    ),
    *(
        "SignatureAlgorithm.Value",
        "SignatureAlgorithm.FriendlyName",
        "PublicKey.Oid.Value",
        "PublicKey.Oid.FriendlyName",
    ),
    *("GetNameInfo(SimpleName,false)", "GetNameInfo(DnsName,false)", "GetNameInfo(EmailName,true)", "ToString()"),
)


def certificates() -> dict[str, dict[str, Any]]:
    recorded = json.loads((GOLDEN / "certs.json").read_text(encoding="utf-8"))
    return {one["id"]: one for one in recorded["certificates"] if "properties" in one}


def first() -> bytes:
    return base64.b64decode(next(iter(certificates().values()))["der"])


def member(text: str, value: CertificateValue, **options: Any) -> Any:
    return run(
        f"cert.{text}".replace("(SimpleName,", "(X509NameType.SimpleName,"), globals_={"cert": (TYPE, value)}, **options
    )


@pytest.mark.parametrize("name", MEMBERS)
def test_members(name: str) -> None:
    """What a member says of each recorded certificate is what .NET said."""
    written = name.replace("GetNameInfo(", "GetNameInfo(X509NameType.")
    wrong = []
    for key, one in certificates().items():
        recorded = one["properties"].get(name)
        if recorded is None or isinstance(recorded, dict):
            continue
        value = CertificateValue(Certificate(base64.b64decode(one["der"])))
        from certgate.csharp.values import from_utf16

        found = run(f"cert.{written}", globals_={"cert": (TYPE, value)})
        if (from_utf16(found) if isinstance(found, str) else found) != recorded:
            wrong.append((key, found, recorded))
    assert not wrong


@pytest.mark.parametrize(
    "name",
    [
        "GetSerialNumberString",
        "GetEffectiveDateString",
        "GetExpirationDateString",
        "GetKeyAlgorithm",
        "GetKeyAlgorithmParametersString",
        "GetPublicKeyString",
        "GetFormat",
        "PublicKey.EncodedParameters?.RawData",
    ],
)
def test_methods(name: str) -> None:
    """What a method says of each recorded certificate, null where a key has no parameters."""
    written = name if "." in name else f"{name}()"
    for key, one in certificates().items():
        found = run(
            f"cert.{written}", globals_={"cert": (TYPE, CertificateValue(Certificate(base64.b64decode(one["der"]))))}
        )
        shown = bytes(found).hex().upper() if isinstance(found, ByteArray) else found
        assert shown == one["properties"][name.partition("?")[0]], key


def test_dates_are_local() -> None:
    """NotAfter is in the gateway's zone and of kind Local."""
    value = CertificateValue(Certificate(first()))
    utc = member('NotAfter.ToString("o")', value)
    assert utc.endswith("+00:00")
    local = member('NotAfter.ToString("o")', value, zone=ZoneInfo("Asia/Tokyo"))
    assert local.endswith("+09:00")
    assert member("NotAfter.ToUniversalTime().Ticks", value, zone=ZoneInfo("Asia/Tokyo")) == member(
        "NotAfter.Ticks", value
    )


def test_loads_pem_and_der() -> None:
    """The constructor takes the bytes of PEM text, and DER."""
    der = first()
    pem = b"text\n-----BEGIN CERTIFICATE-----\n" + base64.b64encode(der) + b"\n-----END CERTIFICATE-----\n"
    for data in (der, pem):
        made = run("new X509Certificate2(data).RawData", globals_={"data": ("byte[]", ByteArray(data))})
        assert bytes(made) == der


@pytest.mark.parametrize("data", [b"hello", b"\x30\x03\x02\x01\x01", base64.b64encode(b"\x30" * 100)])
def test_damaged(data: bytes) -> None:
    """Bytes that are no certificate throw when the object is made."""
    wanted = "System.Security.Cryptography.CryptographicException", "ASN1 corrupted data."
    assert thrown("new X509Certificate2(data)", globals_={"data": ("byte[]", ByteArray(data))}) == wanted


@pytest.mark.parametrize(
    "text", ["new X509Certificate2((byte[])null).Thumbprint", "new X509Certificate2(new byte[0]).Verify()"]
)
def test_no_bytes(text: str) -> None:
    """A certificate of no bytes throws when a member is used."""
    wanted = "System.Security.Cryptography.CryptographicException", "m_safeCertContext is an invalid handle."
    assert thrown(text) == wanted


@pytest.mark.parametrize(("call", "revocation"), [("Verify()", True), ("VerifyNoRevocation()", False)])
def test_verdict(call: str, revocation: bool) -> None:
    """Both methods ask the gateway, which is told whether revocation counts."""
    asked = []

    def verify(certificate: Certificate, given: bool) -> bool:
        asked.append((certificate.thumbprint, given))
        return True

    value = CertificateValue(Certificate(first()))
    assert member(call, value, verify=verify) is True
    assert asked == [(value.certificate.thumbprint, revocation)]


def test_no_verdict() -> None:
    """SECURITY: without a trust store the answer is unknown, never true."""
    with pytest.raises(UnsupportedReached):
        member("Verify()", CertificateValue(Certificate(first())))


def test_verify_of_null() -> None:
    """No certificate: NullReferenceException from both."""
    for call in ("Verify()", "VerifyNoRevocation()"):
        wanted = "System.NullReferenceException", "Object reference not set to an instance of an object."
        assert thrown(f"((X509Certificate2)null).{call}") == wanted


def test_equality() -> None:
    """``Equals`` compares issuer and serial number, ``==`` the objects."""
    copy = "new X509Certificate2(cert.RawData)"
    value = CertificateValue(Certificate(first()))
    given = {"cert": (TYPE, value)}
    assert run(f"cert.Equals({copy})", globals_=given) is True
    assert run(f"cert == {copy}", globals_=given) is False
