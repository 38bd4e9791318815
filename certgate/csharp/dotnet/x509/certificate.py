"""``X509Certificate2`` and ``X509Certificate``: the members of the gateway's client certificate (fact sheet 2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.x509 import hostnames as x509_hostnames
from certgate.csharp.dotnet.x509 import load as x509_load
from certgate.csharp.dotnet.x509 import names as x509_names
from certgate.csharp.dotnet.x509.door import first_in_pem, is_certificate, read
from certgate.csharp.dotnet.x509.values import (
    CERTIFICATE,
    CERTIFICATE_BASE,
    CONTENT_TYPE,
    CertificateValue,
    PublicKeyValue,
    oid_value,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, EnumValue, enum_value, text_of, to_utf16

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.csharp.dotnet.dates.date_values import DateTimeValue
    from certgate.csharp.runtime import Evaluation, ThrownException

PARTS = (x509_hostnames, x509_load, x509_names)
"""The modules that declare more members of the same types."""

Cert = CertificateValue
_NOT_HERE = "System.PlatformNotSupportedException"
_IMMUTABLE = "X509Certificate is immutable on this platform. Use the equivalent constructor instead."
_NO_PEM = "The certificate contents do not contain a PEM with a CERTIFICATE label, or the content is malformed."
_SERIALIZED = "X509ContentType.SerializedCert and X509ContentType.SerializedStore"

GATEWAY = define("CertificateExtensions", kind="static", allowed=True, known="VerifyNoRevocation", extensions=True)


@CERTIFICATE.property("string Thumbprint")
@CERTIFICATE_BASE.method("string GetCertHashString()")
def thumbprint(self: Cert) -> str:
    return self.certificate.thumbprint


@CERTIFICATE_BASE.property("string Subject")
def subject(self: Cert) -> str:
    return to_utf16(self.certificate.subject)


@CERTIFICATE_BASE.property("string Issuer")
def issuer(self: Cert) -> str:
    return to_utf16(self.certificate.issuer)


@CERTIFICATE.property("string SerialNumber")
@CERTIFICATE_BASE.method("string GetSerialNumberString()")
def serial_number(self: Cert) -> str:
    return self.certificate.serial_number


@CERTIFICATE_BASE.method("byte[] GetSerialNumber()")
def serial_bytes(self: Cert) -> ByteArray:
    return ByteArray(self.certificate.serial_bytes[::-1])


def _date(run: Evaluation, moment: datetime) -> DateTimeValue:
    """.NET gives the dates of a certificate in local time."""
    # Imported here: the family of dates is large, and most policies ask for none.
    from certgate.csharp.dotnet.dates.calendar import from_datetime
    from certgate.csharp.dotnet.dates.date_values import local

    return local(from_datetime(moment), run.zone)


@CERTIFICATE.property("DateTime NotBefore", ambient=True)
def not_before(run: Evaluation, self: Cert) -> DateTimeValue:
    certificate = self.certificate
    return _date(run, read(lambda: certificate.not_before))


@CERTIFICATE.property("DateTime NotAfter", ambient=True)
def not_after(run: Evaluation, self: Cert) -> DateTimeValue:
    certificate = self.certificate
    return _date(run, read(lambda: certificate.not_after))


@CERTIFICATE_BASE.method("string GetEffectiveDateString()", ambient=True)
def effective_date(run: Evaluation, self: Cert) -> str:
    certificate = self.certificate
    return text_of(_date(run, read(lambda: certificate.not_before)))


@CERTIFICATE_BASE.method("string GetExpirationDateString()", ambient=True)
def expiration_date(run: Evaluation, self: Cert) -> str:
    certificate = self.certificate
    return text_of(_date(run, read(lambda: certificate.not_after)))


@CERTIFICATE.property("int Version")
def version(self: Cert) -> int:
    return self.certificate.version


@CERTIFICATE.property("string FriendlyName { get; set; }")
def friendly_name(self: Cert) -> str:
    """A property of the certificate store, which a presented certificate has not."""
    return self.certificate.der[:0].decode()


@friendly_name.set
def set_friendly_name(self: Cert, value: str | None) -> None:
    raise _not_settable(self, "FriendlyName")


@CERTIFICATE.property("bool Archived { get; set; }")
def archived(self: Cert) -> bool:
    return not self.certificate.der


@archived.set
def set_archived(self: Cert, value: bool) -> None:
    raise _not_settable(self, "Archived")


def _not_settable(self: Cert, name: str) -> ThrownException:
    """Outside Windows there is no store that would keep it."""
    if self.held is None:
        return self.no_certificate()
    return faults.thrown(_NOT_HERE, f"The {name} value cannot be set on Unix.")


@CERTIFICATE.property("bool HasPrivateKey")
def has_private_key(self: Cert) -> bool:
    return self.certificate.has_private_key


@CERTIFICATE.property("byte[] RawData")
@CERTIFICATE_BASE.method("byte[] GetRawCertData()")
def raw_data(self: Cert) -> ByteArray:
    return ByteArray(self.certificate.der)


@CERTIFICATE_BASE.method("string GetRawCertDataString()")
def raw_data_string(self: Cert) -> str:
    return self.certificate.der.hex().upper()


@CERTIFICATE_BASE.method("byte[] GetCertHash()")
def cert_hash(self: Cert) -> ByteArray:
    return ByteArray(bytes.fromhex(self.certificate.thumbprint))


@CERTIFICATE_BASE.method("byte[] GetCertHash(HashAlgorithmName hashAlgorithm)")
def cert_hash_of(self: Cert, algorithm: Any) -> ByteArray:
    return ByteArray(self.certificate.hash(algorithm.digest_name()))


@CERTIFICATE_BASE.method("string GetCertHashString(HashAlgorithmName hashAlgorithm)")
def cert_hash_string_of(self: Cert, algorithm: Any) -> str:
    return self.certificate.hash(algorithm.digest_name()).hex().upper()


@CERTIFICATE.property("Oid SignatureAlgorithm")
def signature_algorithm(self: Cert) -> Any:
    return self.part("SignatureAlgorithm", lambda certificate: oid_value(certificate.signature_algorithm))


@CERTIFICATE_BASE.method("string GetFormat()")
def get_format(self: Cert) -> str:
    return "X509"


@CERTIFICATE_BASE.method("string ToString()")
def to_string(self: Cert) -> str:
    return self.to_text()


@CERTIFICATE_BASE.method("string ToString(bool fVerbose)")
@CERTIFICATE.method("string ToString(bool verbose)")
def to_string_verbose(self: Cert, verbose: bool) -> str:
    return self.written(verbose)


@CERTIFICATE.method("bool Verify()", ambient=True)
def verify(run: Evaluation, self: Cert) -> bool:
    return _verify(run, self, revocation=True)


@GATEWAY.method("static bool VerifyNoRevocation(this X509Certificate2 certificate)", ambient=True)
def verify_no_revocation(run: Evaluation, self: Cert | None) -> bool:
    if self is None:
        raise faults.null_reference()
    return _verify(run, self, revocation=False)


def _verify(run: Evaluation, self: Cert, revocation: bool) -> bool:
    """SECURITY: the verdict is the gateway's; without one the answer is unknown, never true."""
    certificate = self.certificate
    if run.verify is None:
        raise UnsupportedReached("certificates cannot be verified here: there is no trust store")
    return run.verify(certificate, revocation)


@CERTIFICATE_BASE.method("bool Equals(X509Certificate other)")
@CERTIFICATE_BASE.method("bool Equals(object obj)")
def equals(self: Cert, other: Any) -> bool:
    return self.net_equals(other)


@CERTIFICATE_BASE.method("int GetHashCode()")
def get_hash_code(self: Cert) -> int:
    """The first four bytes of the thumbprint."""
    if self.held is None:
        return 0
    return int.from_bytes(bytes.fromhex(self.held.thumbprint)[:4], "big", signed=True)


@CERTIFICATE_BASE.method("byte[] Export(X509ContentType contentType, string password)")
@CERTIFICATE_BASE.method("byte[] Export(X509ContentType contentType)")
def export(self: Cert, kind: EnumValue, password: str | None = None) -> ByteArray:
    if kind.value not in (1, 2, 3):
        raise faults.cryptographic("Invalid content type.")
    if self.held is None:
        raise faults.cryptographic("Error occurred during a cryptographic operation.")
    if kind.value == 1:
        return ByteArray(self.held.der)
    if kind.value == 2:
        raise faults.thrown(_NOT_HERE, f"{_SERIALIZED} are not supported on Unix.")
    raise UnsupportedReached("exporting PKCS#12 is not simulated")


@CERTIFICATE.method("static X509ContentType GetCertContentType(byte[] rawData)")
def get_content_type(data: ByteArray | None) -> EnumValue:
    if not data:
        raise faults.argument("Array may not be empty or null.", "rawData")
    if not is_certificate(bytes(data)):
        raise UnsupportedReached("certgate tells no other kind of file than a certificate here")
    return enum_value(CONTENT_TYPE, 1)


@CERTIFICATE.method("static X509Certificate2 CreateFromPem(string certPem)", ambient=True)
def create_from_pem(run: Evaluation, text: str | None) -> Cert:
    """The first certificate in a text."""
    found = first_in_pem(text or "")
    if found is None:
        raise faults.cryptographic(_NO_PEM)
    return CertificateValue(found, run.zone)


@CERTIFICATE.method("string ExportCertificatePem()")
def export_pem(self: Cert) -> str:
    from base64 import b64encode

    text = b64encode(self.certificate.der).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----"])


@CERTIFICATE_BASE.method("void Dispose()")
@CERTIFICATE_BASE.method("void Reset()")
def dispose(self: Cert) -> None:
    self.dispose()


@CERTIFICATE_BASE.method("void Import(byte[] rawData)")
@CERTIFICATE_BASE.method("void Import(string fileName)")
def import_data(self: Cert, data: Any) -> None:
    raise faults.thrown(_NOT_HERE, _IMMUTABLE)


@CERTIFICATE_BASE.method("void Import(byte[] rawData, string password, X509KeyStorageFlags keyStorageFlags)")
@CERTIFICATE_BASE.method("void Import(string fileName, string password, X509KeyStorageFlags keyStorageFlags)")
def import_protected(self: Cert, data: Any, password: str | None, flags: EnumValue) -> None:
    raise faults.thrown(_NOT_HERE, _IMMUTABLE)


@CERTIFICATE.property("X509ExtensionCollection Extensions")
def get_extensions(self: Cert) -> Any:
    from certgate.csharp.dotnet.x509.extensions import ExtensionsValue, ExtensionValue

    return self.part(
        "Extensions", lambda certificate: ExtensionsValue(tuple(map(ExtensionValue, certificate.extensions)))
    )


@CERTIFICATE.property("PublicKey PublicKey")
def get_public_key(self: Cert) -> Any:
    return self.part("PublicKey", PublicKeyValue)


@CERTIFICATE.property("AsymmetricAlgorithm PrivateKey { get; set; }")
def get_private_key(self: Cert) -> Any:
    from certgate.csharp.dotnet.x509.keys import private_key_of

    return private_key_of(self.certificate)


@get_private_key.set
def set_private_key(self: Cert, value: Any) -> None:
    raise faults.thrown(_NOT_HERE, "Operation is not supported on this platform.")


@CERTIFICATE_BASE.method("byte[] GetPublicKey()")
def get_key_bytes(self: Cert) -> ByteArray:
    return ByteArray(self.certificate.public_key.key)


@CERTIFICATE_BASE.method("string GetPublicKeyString()")
def get_key_string(self: Cert) -> str:
    return self.certificate.public_key.key.hex().upper()


@CERTIFICATE_BASE.method("string GetKeyAlgorithm()")
def get_key_algorithm(self: Cert) -> str:
    return self.certificate.public_key.oid.value


@CERTIFICATE_BASE.method("byte[] GetKeyAlgorithmParameters()")
def get_key_parameters(self: Cert) -> ByteArray | None:
    found = self.certificate.public_key.parameters
    return None if found is None else ByteArray(found)


@CERTIFICATE_BASE.method("string GetKeyAlgorithmParametersString()")
def get_key_parameters_string(self: Cert) -> str | None:
    found = self.certificate.public_key.parameters
    return None if found is None else found.hex().upper()
