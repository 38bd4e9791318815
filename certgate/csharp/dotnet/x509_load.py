"""Constructors of ``X509Certificate2``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.x509 import load_certificate
from certgate.csharp.dotnet.x509_values import CERTIFICATE, CERTIFICATE_BASE, CertificateValue

if TYPE_CHECKING:
    from certgate.csharp.values import ByteArray


@CERTIFICATE.constructor("X509Certificate2(byte[] rawData)")
@CERTIFICATE_BASE.constructor("X509Certificate(byte[] data)")
def make(data: ByteArray | None) -> CertificateValue:
    """No bytes make a certificate whose members throw."""
    return CertificateValue(load_certificate(bytes(data)) if data else None)


@CERTIFICATE.constructor("X509Certificate2(byte[] rawData, string password)")
def make_password(data: ByteArray | None, password: str | None) -> CertificateValue:
    if not data:
        raise faults.argument("Array cannot be empty or null.", "rawData")
    return CertificateValue(load_certificate(bytes(data), password))


@CERTIFICATE.constructor("X509Certificate2(X509Certificate certificate)")
def make_copy(other: CertificateValue | None) -> CertificateValue:
    if other is None:
        raise faults.argument_null("certificate")
    return CertificateValue(other.certificate)


@CERTIFICATE.constructor("X509Certificate2()")
def make_empty() -> CertificateValue:
    return CertificateValue(None)
