"""The keys of certificates: ``PublicKey``, and the extension methods that give a key object from a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto import asymmetric, ecdsa, rsa, rsa_types
from certgate.csharp.dotnet.crypto.asymmetric import KeyValue
from certgate.csharp.dotnet.crypto.oid import EncodedValue, OidValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.x509.door import open_key
from certgate.csharp.dotnet.x509.values import (
    CERTIFICATE,
    NAMESPACE,
    PUBLIC_KEY,
    CertificateValue,
    PublicKeyValue,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray

if TYPE_CHECKING:
    from certgate.csharp.types import TypeDefinition
    from certgate.pki.certificate import Certificate

PARTS = (asymmetric, ecdsa, rsa)
"""The modules that declare what the key objects do."""
_RSA_OID, _EC_OID, _DSA_OID = "1.2.840.113549.1.1.1", "1.2.840.10045.2.1", "1.2.840.10040.4.1"
_KINDS = {_RSA_OID: rsa_types.OPENSSL, _EC_OID: ecdsa.OPENSSL}
"""The class that .NET on Linux makes for the key of a certificate."""

RSA_EXTENSIONS = define(
    f"{NAMESPACE}.RSACertificateExtensions",
    kind="static",
    allowed=True,
    known="CopyWithPrivateKey GetRSAPrivateKey GetRSAPublicKey",
    extensions=True,
)
DSA_EXTENSIONS = define(
    f"{NAMESPACE}.DSACertificateExtensions",
    kind="static",
    known="CopyWithPrivateKey GetDSAPrivateKey GetDSAPublicKey",
    extensions=True,
)
ECDSA_EXTENSIONS = define(
    f"{NAMESPACE}.ECDsaCertificateExtensions",
    kind="static",
    known="CopyWithPrivateKey GetECDsaPrivateKey GetECDsaPublicKey",
    extensions=True,
)


@PUBLIC_KEY.property("Oid Oid")
def get_oid(self: PublicKeyValue) -> OidValue:
    return self.oid


@PUBLIC_KEY.property("AsnEncodedData EncodedKeyValue")
def get_encoded_key(self: PublicKeyValue) -> EncodedValue:
    return EncodedValue(self.oid, self.certificate.public_key.key)


@PUBLIC_KEY.property("AsnEncodedData EncodedParameters")
def get_encoded_parameters(self: PublicKeyValue) -> EncodedValue | None:
    found = self.certificate.public_key.parameters
    return None if found is None else EncodedValue(self.oid, found)


@PUBLIC_KEY.method("byte[] ExportSubjectPublicKeyInfo()")
def export_info(self: PublicKeyValue) -> ByteArray:
    return ByteArray(self.certificate.public_key.spki)


@PUBLIC_KEY.property("AsymmetricAlgorithm Key")
def get_key(self: PublicKeyValue) -> Any:
    """The same object each time, as only this older property has it."""
    self.key = self.key or _public(self.certificate, _RSA_OID)
    if self.key is None:
        if self.certificate.public_key.oid.value == _DSA_OID:
            raise UnsupportedReached("certgate has no DSA")
        raise faults.not_supported("The certificate key algorithm is not supported.")
    return self.key


@PUBLIC_KEY.method("RSA GetRSAPublicKey()")
def get_rsa_of_key(self: PublicKeyValue) -> KeyValue | None:
    return _public(self.certificate, _RSA_OID, rsa_types.WRAPPER)


@PUBLIC_KEY.method("ECDsa GetECDsaPublicKey()")
def get_ecdsa_of_key(self: PublicKeyValue) -> KeyValue | None:
    return _public(self.certificate, _EC_OID, ecdsa.WRAPPER)


@PUBLIC_KEY.method("DSA GetDSAPublicKey()")
def get_dsa_of_key(self: PublicKeyValue) -> None:
    return _none_of(self.certificate, _DSA_OID, "DSA")


@PUBLIC_KEY.method("ECDiffieHellman GetECDiffieHellmanPublicKey()")
def get_exchange_of_key(self: PublicKeyValue) -> None:
    return _none_of(self.certificate, _EC_OID, "ECDiffieHellman")


def _none_of(certificate: Certificate, kind: str, name: str) -> None:
    """Null where the key is of another kind than one that certgate has not got."""
    if certificate.public_key.oid.value == kind:
        raise UnsupportedReached(f"certgate has no {name}")


def _public(certificate: Certificate, kind: str, definition: TypeDefinition | None = None) -> KeyValue | None:
    """The public key as an object, null where it is of another kind."""
    if certificate.public_key.oid.value != kind:
        return None
    size = certificate.public_key.size
    if size is None:
        raise faults.cryptographic(asymmetric.DAMAGED)
    return KeyValue(definition or _KINDS[kind], size, lambda: asymmetric.public_key(certificate.public_key.spki))


def _private(certificate: Certificate, kind: str) -> KeyValue | None:
    """The private key as an object, null where there is none or it is of another kind."""
    if not certificate.has_private_key or certificate.public_key.oid.value != kind:
        return None
    held = certificate.private_key
    if held is None:
        raise UnsupportedReached("the private key of this certificate was not opened")
    size = certificate.public_key.size or 0
    return KeyValue(_KINDS[kind], size, lambda: asymmetric.private_key(open_key(held)), own=False)


def private_key_of(certificate: Certificate) -> KeyValue | None:
    """``X509Certificate2.PrivateKey``: the older property knows no elliptic curves."""
    if not certificate.has_private_key:
        return None
    found = _private(certificate, _RSA_OID)
    if found is None:
        raise faults.not_supported("The certificate key algorithm is not supported.")
    return found


def _given(certificate: CertificateValue | None) -> Certificate:
    if certificate is None:
        raise faults.argument_null("certificate")
    return certificate.certificate


@DSA_EXTENSIONS.method("static DSA GetDSAPublicKey(this X509Certificate2 certificate)")
def get_dsa_public_key(certificate: CertificateValue | None) -> None:
    return _none_of(_given(certificate), _DSA_OID, "DSA")


@DSA_EXTENSIONS.method("static DSA GetDSAPrivateKey(this X509Certificate2 certificate)")
def get_dsa_private_key(certificate: CertificateValue | None) -> None:
    return _none_of(_given(certificate), _DSA_OID, "DSA")


@CERTIFICATE.method("ECDiffieHellman GetECDiffieHellmanPublicKey()")
@CERTIFICATE.method("ECDiffieHellman GetECDiffieHellmanPrivateKey()")
def get_exchange_key(self: CertificateValue) -> None:
    return _none_of(self.certificate, _EC_OID, "ECDiffieHellman")


@RSA_EXTENSIONS.method("static RSA GetRSAPublicKey(this X509Certificate2 certificate)")
def get_rsa_public_key(certificate: CertificateValue | None) -> KeyValue | None:
    return _public(_given(certificate), _RSA_OID)


@RSA_EXTENSIONS.method("static RSA GetRSAPrivateKey(this X509Certificate2 certificate)")
def get_rsa_private_key(certificate: CertificateValue | None) -> KeyValue | None:
    return _private(_given(certificate), _RSA_OID)


@ECDSA_EXTENSIONS.method("static ECDsa GetECDsaPublicKey(this X509Certificate2 certificate)")
def get_ecdsa_public_key(certificate: CertificateValue | None) -> KeyValue | None:
    return _public(_given(certificate), _EC_OID)


@ECDSA_EXTENSIONS.method("static ECDsa GetECDsaPrivateKey(this X509Certificate2 certificate)")
def get_ecdsa_private_key(certificate: CertificateValue | None) -> KeyValue | None:
    return _private(_given(certificate), _EC_OID)
