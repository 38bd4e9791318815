"""``X509Certificate2`` and ``X509Certificate``: the members of the gateway's client certificate (fact sheet 2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults, x509_load, x509_names
from certgate.csharp.dotnet.x509 import read
from certgate.csharp.dotnet.x509_values import (
    CERTIFICATE,
    CERTIFICATE_BASE,
    CertificateValue,
    PublicKeyValue,
    oid_value,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, EnumValue, text_of, to_utf16

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.csharp.dotnet.date_values import DateTimeValue
    from certgate.csharp.dotnet.oid import OidValue
    from certgate.csharp.runtime import Evaluation

PARTS = (x509_load, x509_names)
"""The modules that declare more members of the same types."""

Cert = CertificateValue

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
    from certgate.csharp.dotnet.calendar import from_datetime
    from certgate.csharp.dotnet.date_values import local

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


@CERTIFICATE.property("bool Archived { get; set; }")
def archived(self: Cert) -> bool:
    return not self.certificate.der


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
def signature_algorithm(self: Cert) -> OidValue:
    return oid_value(self.certificate.signature_algorithm)


@CERTIFICATE_BASE.method("string GetFormat()")
def get_format(self: Cert) -> str:
    return "X509"


@CERTIFICATE_BASE.method("string ToString()", ambient=True)
def to_string(run: Evaluation, self: Cert) -> str:
    return _text(run, self, verbose=False)


@CERTIFICATE_BASE.method("string ToString(bool fVerbose)", ambient=True)
@CERTIFICATE.method("string ToString(bool verbose)", ambient=True)
def to_string_verbose(run: Evaluation, self: Cert, verbose: bool) -> str:
    return _text(run, self, verbose)


def _text(run: Evaluation, self: Cert, verbose: bool) -> str:
    held = self.held
    if held is None:
        return self.net_type.reflection_name
    return to_utf16(read(lambda: held.to_string(verbose, run.zone)))


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
    certificate = self.certificate
    if kind.value == 1:
        return ByteArray(certificate.der)
    if kind.value in (3, 5):
        raise UnsupportedReached("exporting PKCS#12 and PKCS#7 is not simulated")
    raise faults.cryptographic("Invalid content type.")


@CERTIFICATE.method("string ExportCertificatePem()")
def export_pem(self: Cert) -> str:
    from base64 import b64encode

    text = b64encode(self.certificate.der).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----"])


@CERTIFICATE_BASE.method("void Dispose()")
@CERTIFICATE_BASE.method("void Reset()")
def dispose(self: Cert) -> None:
    self.held = None


@CERTIFICATE.property("X509ExtensionCollection Extensions")
def get_extensions(self: Cert) -> Any:
    from certgate.csharp.dotnet.x509_extensions import ExtensionsValue, ExtensionValue

    return ExtensionsValue(tuple(map(ExtensionValue, self.certificate.extensions)))


@CERTIFICATE.property("PublicKey PublicKey")
def get_public_key(self: Cert) -> PublicKeyValue:
    return PublicKeyValue(self.certificate)


@CERTIFICATE.property("AsymmetricAlgorithm PrivateKey { get; set; }")
def get_private_key(self: Cert) -> Any:
    from certgate.csharp.dotnet.x509_keys import private_key_of

    return private_key_of(self.certificate)


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
def get_key_parameters(self: Cert) -> ByteArray:
    return ByteArray(self.certificate.public_key.parameters or b"")


@CERTIFICATE_BASE.method("string GetKeyAlgorithmParametersString()")
def get_key_parameters_string(self: Cert) -> str:
    return (self.certificate.public_key.parameters or b"").hex().upper()


CERTIFICATE.signatures("bool MatchesHostname(string hostname, bool allowWildcards = true, bool allowCommonName = true)")
