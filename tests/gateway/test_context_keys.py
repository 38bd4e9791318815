"""Private keys of uploaded certificates: they sign and decrypt, and show themselves nowhere."""

from __future__ import annotations

import copy
import json
import pickle
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from certgate import api
from certgate.core.source import Source
from certgate.core.world import World
from certgate.csharp.values import display
from certgate.gateway.context.data import ContextData
from certgate.gateway.expression import Answer
from certgate.gateway.settings import Gateway
from certgate.pki.certificate import Certificate
from certgate.pki.files.load import load
from tests.gateway import authority

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def key(kind: str) -> Key:
    return rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())


@cache
def made(kind: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kind)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key(kind).public_key())
    builder = builder.serial_number(7).not_valid_before(authority.STARTS).not_valid_after(authority.ENDS)
    return builder.sign(key(kind), hashes.SHA256())


def loaded(kind: str, form: str = "pfx") -> Certificate:
    """The certificate with its key, from a file of that format."""
    if form == "pfx":
        data = pkcs12.serialize_key_and_certificates(b"x", key(kind), made(kind), None, BestAvailableEncryption(b"pw"))
        return load(Source("c.pfx", data), "pw").leaf
    encoding = {"pkcs8": PrivateFormat.PKCS8, "old": PrivateFormat.TraditionalOpenSSL}[form]
    pem = made(kind).public_bytes(Encoding.PEM) + key(kind).private_bytes(Encoding.PEM, encoding, NoEncryption())
    return load(Source("c.pem", pem)).leaf


def evaluate(text: str, certificate: Certificate, client: Certificate | None = None, **settings: Any) -> Answer:
    gateway = Gateway(context=ContextData(certificates={"c": certificate}), **settings)
    return api.evaluate(f"@({text})", gateway, client=client, world=World(authority.NOW))


CERTIFICATE = 'context.Deployment.Certificates["c"]'
HOW = "HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1"


@pytest.mark.parametrize("form", ["pfx", "pkcs8", "old"])
def test_signs(form: str) -> None:
    """The key of an uploaded certificate signs, from every kind of file, within the gateway's allow-list."""
    signed = evaluate(f"{CERTIFICATE}.GetRSAPrivateKey().SignData(new byte[4], {HOW})", loaded("rsa", form))
    assert signed.unsupported is None and not signed.diagnostics
    public = key("rsa").public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(bytes(signed.value), bytes(4), padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("rsa", f"{CERTIFICATE}.HasPrivateKey", "true"),
        ("rsa", f"{CERTIFICATE}.PrivateKey.KeySize", "2048"),
        (
            "rsa",
            f"{CERTIFICATE}.GetRSAPrivateKey().Decrypt({CERTIFICATE}.GetRSAPublicKey().Encrypt(new byte[5], "
            "RSAEncryptionPadding.OaepSHA256), RSAEncryptionPadding.OaepSHA256).Length",
            "5",
        ),
        ("ec", f"{CERTIFICATE}.GetRSAPrivateKey() == null", "true"),
        (
            "ec",
            f"{CERTIFICATE}.GetECDsaPublicKey().VerifyData(new byte[2], {CERTIFICATE}.GetECDsaPrivateKey()"
            ".SignData(new byte[2], HashAlgorithmName.SHA256), HashAlgorithmName.SHA256)",
            "true",
        ),
        ("rsa", f"{CERTIFICATE}.Export(X509ContentType.Cert).Length == {CERTIFICATE}.RawData.Length", "true"),
    ],
)
def test_members(kind: str, text: str, value: str) -> None:
    """The key objects of an uploaded certificate."""
    answer = evaluate(text, loaded(kind), unrestricted=True)
    assert (answer.exception, answer.unsupported, answer.diagnostics) == (None, None, ())
    assert display(answer.value) == value


@pytest.mark.parametrize(
    "text",
    [
        f"{CERTIFICATE}.GetRSAPrivateKey().ExportPkcs8PrivateKey()",
        f"{CERTIFICATE}.GetRSAPrivateKey().ExportRSAPrivateKeyPem()",
        f"{CERTIFICATE}.GetRSAPrivateKey().ToXmlString(true)",
        f"{CERTIFICATE}.GetRSAPrivateKey().ExportParameters(true).D",
        f"{CERTIFICATE}.Export(X509ContentType.Pfx)",
    ],
)
def test_keys_do_not_go_out(text: str) -> None:
    """SECURITY: no expression gets to see the private key of an uploaded certificate."""
    assert evaluate(text, loaded("rsa"), unrestricted=True).unsupported


def test_clients_key_stays_with_the_client() -> None:
    """The gateway never has the key of the caller's certificate, even where the same file is uploaded too."""
    certificate = loaded("rsa")
    text = f"context.Request.Certificate.GetRSAPrivateKey() == null && {CERTIFICATE}.GetRSAPrivateKey() != null"
    assert evaluate(text, certificate, certificate).value is True


def test_keys_show_themselves_nowhere() -> None:
    """SECURITY: neither text, copies, pickles nor comparison of a certificate have anything of its key."""
    certificate = loaded("rsa")
    held = certificate.private_key
    assert held is not None
    secret = held.open()
    assert repr(held) == "<private key>"
    shown = [repr(certificate), repr(vars(certificate)), json.dumps(certificate.properties(), default=str)]
    assert not any(secret.hex() in text or repr(secret)[10:60] in text for text in shown)
    for one in (copy.copy(certificate), copy.deepcopy(certificate), pickle.loads(pickle.dumps(certificate))):  # noqa: S301
        assert one == certificate and one.has_private_key and one.private_key is None
    with pytest.raises(TypeError):
        pickle.dumps(held)


def test_encrypted_key_without_password_is_unknown() -> None:
    """A key that nobody opened cannot sign, and nobody says what it would sign."""
    locked = key("rsa").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"pw"))
    certificate = load(Source("c.pem", made("rsa").public_bytes(Encoding.PEM) + locked)).leaf
    assert certificate.has_private_key
    assert evaluate(f"{CERTIFICATE}.GetRSAPrivateKey().KeySize", certificate).unsupported
