"""Public keys of certificates: ``PublicKey``, ``RSA`` and the extension methods that give one from a certificate."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.oid import EncodedValue, OidValue
from certgate.csharp.dotnet.x509_values import (
    NAMESPACE,
    PUBLIC_KEY,
    CertificateValue,
    PublicKeyValue,
    oid_value,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import ByteArray, NetObject

CRYPTOGRAPHY = "System.Security.Cryptography"
_RSA_OID, _EC_OID = "1.2.840.113549.1.1.1", "1.2.840.10045.2.1"

ALGORITHM = define(
    f"{CRYPTOGRAPHY}.AsymmetricAlgorithm",
    bases=("IDisposable",),
    allowed=True,
    known="Clear Create Dispose Equals ExportEncryptedPkcs8PrivateKey ExportPkcs8PrivateKey ExportSubjectPublicKeyInfo "
    "ExportSubjectPublicKeyInfoPem FromXmlString GetHashCode GetType ImportFromPem "
    "KeyExchangeAlgorithm KeySize LegalKeySizes "
    "ReferenceEquals SignatureAlgorithm ToString ToXmlString",
)
RSA = define(
    f"{CRYPTOGRAPHY}.RSA",
    bases=(f"{CRYPTOGRAPHY}.AsymmetricAlgorithm",),
    allowed=True,
    known="Clear Create Decrypt DecryptValue Dispose Encrypt EncryptValue Equals ExportParameters "
    "ExportPkcs8PrivateKey "
    "ExportRSAPrivateKey ExportRSAPublicKey ExportSubjectPublicKeyInfo FromXmlString GetHashCode "
    "GetMaxOutputSize GetType "
    "ImportFromPem ImportParameters ImportRSAPublicKey KeyExchangeAlgorithm KeySize LegalKeySizes "
    "ReferenceEquals SignData "
    "SignHash SignatureAlgorithm ToString ToXmlString VerifyData VerifyHash",
)
ECDSA = define(f"{CRYPTOGRAPHY}.ECDsa", bases=(f"{CRYPTOGRAPHY}.AsymmetricAlgorithm",))
PARAMETERS = define(f"{CRYPTOGRAPHY}.RSAParameters", kind="struct", bases=("System.ValueType",))
PADDING = define(
    f"{CRYPTOGRAPHY}.RSASignaturePadding",
    allowed=True,
    known="Equals GetHashCode GetType Mode Pkcs1 Pss ReferenceEquals ToString",
)
RSA_EXTENSIONS = define(
    f"{NAMESPACE}.RSACertificateExtensions",
    kind="static",
    allowed=True,
    known="CopyWithPrivateKey GetRSAPrivateKey GetRSAPublicKey",
    extensions=True,
)
ECDSA_EXTENSIONS = define(f"{NAMESPACE}.ECDsaCertificateExtensions", kind="static", extensions=True)
CIPHER_MODE = define_enum(
    f"{CRYPTOGRAPHY}.CipherMode", {"CBC": 1, "ECB": 2, "OFB": 3, "CFB": 4, "CTS": 5}, allowed=True
)
PADDING_MODE = define_enum(
    f"{CRYPTOGRAPHY}.PaddingMode", {"None": 1, "PKCS7": 2, "Zeros": 3, "ANSIX923": 4, "ISO10126": 5}, allowed=True
)


class KeyValue(NetObject):
    """The public key of a certificate as an RSA or ECDsa object."""

    __slots__ = ("certificate", "net_type")

    def __init__(self, certificate: Any, rsa: bool) -> None:
        self.certificate = certificate
        self.net_type = RSA.type if rsa else ECDSA.type

    def rsa_numbers(self) -> tuple[int, int]:
        """Modulus and public exponent."""
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
        from cryptography.hazmat.primitives.serialization import load_der_public_key

        key = load_der_public_key(self.certificate.public_key.spki)
        if not isinstance(key, RSAPublicKey):
            raise faults.cryptographic("ASN1 corrupted data.")
        numbers = key.public_numbers()
        return numbers.n, numbers.e


class PaddingValue(NetObject):
    __slots__ = ("name",)

    net_type = PADDING.type

    def __init__(self, name: str) -> None:
        self.name = name

    def to_text(self) -> str:
        return self.name


class ParametersValue(NetObject):
    """RSAParameters of a public key."""

    __slots__ = ("exponent", "modulus")

    net_type = PARAMETERS.type

    def __init__(self, modulus: bytes, exponent: bytes) -> None:
        self.modulus = modulus
        self.exponent = exponent


PKCS1, PSS = PaddingValue("Pkcs1"), PaddingValue("Pss")


@PADDING.property("static RSASignaturePadding Pkcs1")
def get_pkcs1() -> PaddingValue:
    return PKCS1


@PADDING.property("static RSASignaturePadding Pss")
def get_pss() -> PaddingValue:
    return PSS


@PUBLIC_KEY.property("Oid Oid")
def get_oid(self: PublicKeyValue) -> OidValue:
    return oid_value(self.certificate.public_key.oid)


@PUBLIC_KEY.property("AsnEncodedData EncodedKeyValue")
def get_encoded_key(self: PublicKeyValue) -> EncodedValue:
    return EncodedValue(get_oid.call(self), self.certificate.public_key.key)  # type: ignore[misc]


@PUBLIC_KEY.property("AsnEncodedData EncodedParameters")
def get_encoded_parameters(self: PublicKeyValue) -> EncodedValue:
    return EncodedValue(get_oid.call(self), self.certificate.public_key.parameters or b"")  # type: ignore[misc]


@PUBLIC_KEY.method("byte[] ExportSubjectPublicKeyInfo()")
def export_info(self: PublicKeyValue) -> ByteArray:
    return ByteArray(self.certificate.public_key.spki)


@PUBLIC_KEY.property("AsymmetricAlgorithm Key")
def get_key(self: PublicKeyValue) -> KeyValue:
    kind = self.certificate.public_key.oid.value
    if kind == _RSA_OID:
        return KeyValue(self.certificate, rsa=True)
    raise faults.not_supported("The certificate key algorithm is not supported.")


@PUBLIC_KEY.method("RSA GetRSAPublicKey()")
def get_rsa_of_key(self: PublicKeyValue) -> KeyValue | None:
    return _key_of(self.certificate, _RSA_OID)


@PUBLIC_KEY.method("ECDsa GetECDsaPublicKey()")
def get_ecdsa_of_key(self: PublicKeyValue) -> KeyValue | None:
    return _key_of(self.certificate, _EC_OID)


def _key_of(certificate: Any, kind: str) -> KeyValue | None:
    return KeyValue(certificate, rsa=kind == _RSA_OID) if certificate.public_key.oid.value == kind else None


def _given(certificate: CertificateValue | None) -> CertificateValue:
    if certificate is None:
        raise faults.argument_null("certificate")
    return certificate


@RSA_EXTENSIONS.method("static RSA GetRSAPublicKey(this X509Certificate2 certificate)")
def get_rsa_public_key(certificate: CertificateValue | None) -> KeyValue | None:
    return _key_of(_given(certificate).certificate, _RSA_OID)


@ECDSA_EXTENSIONS.method("static ECDsa GetECDsaPublicKey(this X509Certificate2 certificate)")
def get_ecdsa_public_key(certificate: CertificateValue | None) -> KeyValue | None:
    return _key_of(_given(certificate).certificate, _EC_OID)


@RSA_EXTENSIONS.method("static RSA GetRSAPrivateKey(this X509Certificate2 certificate)")
def get_rsa_private_key(certificate: CertificateValue | None) -> None:
    if _given(certificate).certificate.has_private_key:
        raise UnsupportedReached("private keys are not simulated")


@ALGORITHM.property("int KeySize { get; set; }")
def get_key_size(self: KeyValue) -> int:
    size = self.certificate.public_key.size
    if size is None:
        raise faults.cryptographic("ASN1 corrupted data.")
    return int(size)


@ALGORITHM.property("string SignatureAlgorithm")
def get_signature_algorithm(self: KeyValue) -> str:
    return "RSA" if self.net_type is RSA.type else "ECDsa"


@ALGORITHM.method("byte[] ExportSubjectPublicKeyInfo()")
def export_key_info(self: KeyValue) -> ByteArray:
    return ByteArray(self.certificate.public_key.spki)


@ALGORITHM.method("void Dispose()")
def dispose(self: KeyValue) -> None:
    """The key object of a certificate holds nothing that would be given back."""


@RSA.method("RSAParameters ExportParameters(bool includePrivateParameters)")
def export_parameters(self: KeyValue, private: bool) -> ParametersValue:
    if private:
        raise faults.cryptographic("Key does not exist.")
    modulus, exponent = self.rsa_numbers()
    return ParametersValue(*(number.to_bytes((number.bit_length() + 7) // 8, "big") for number in (modulus, exponent)))


@PARAMETERS.field("byte[] Modulus")
def get_modulus(self: ParametersValue) -> ByteArray:
    return ByteArray(self.modulus)


@PARAMETERS.field("byte[] Exponent")
def get_exponent(self: ParametersValue) -> ByteArray:
    return ByteArray(self.exponent)


_VERIFY = "byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding"


@RSA.method(f"bool VerifyData(byte[] data, {_VERIFY})")
def verify_data(
    self: KeyValue, data: ByteArray | None, signature: ByteArray | None, name: Any, padding: PaddingValue | None
) -> bool:
    return _verify(self, (data, signature), name, padding, hashed=False)


@RSA.method(f"bool VerifyHash(byte[] hash, {_VERIFY})")
def verify_hash(
    self: KeyValue, data: ByteArray | None, signature: ByteArray | None, name: Any, padding: PaddingValue | None
) -> bool:
    return _verify(self, (data, signature), name, padding, hashed=True)


def _verify(
    self: KeyValue,
    given: tuple[ByteArray | None, ByteArray | None],
    name: Any,
    padding: PaddingValue | None,
    hashed: bool,
) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes as digests
    from cryptography.hazmat.primitives.asymmetric import padding as paddings
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    data, signature = given
    if data is None or signature is None or padding is None:
        missing = "padding" if data is not None and signature is not None else "signature"
        raise faults.argument_null(missing if data is not None else "hash" if hashed else "data")
    digest = getattr(digests, name.digest_name().upper())()
    scheme: Any = paddings.PKCS1v15()
    if padding is PSS:
        scheme = paddings.PSS(paddings.MGF1(digest), digest.digest_size)
    modulus, exponent = self.rsa_numbers()
    try:
        key = RSAPublicNumbers(exponent, modulus).public_key()
        key.verify(bytes(signature), bytes(data), scheme, Prehashed(digest) if hashed else digest)
    except (InvalidSignature, ValueError):
        return False
    return True


RSA.signatures("static RSA Create()", "static RSA Create(int keySizeInBits)")
