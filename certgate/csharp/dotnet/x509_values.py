"""The certificate types and the values behind them, made of certgate's own certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.oid import EncodedValue, OidValue
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from certgate.pki.certificate import Certificate
    from certgate.pki.names import Name
    from certgate.pki.oids import Oid

NAMESPACE = "System.Security.Cryptography.X509Certificates"

_BASE_MEMBERS = (
    "CreateFromCertFile CreateFromSignedFile Dispose Equals Export ExportPkcs12 GetCertHash "
    "GetCertHashString GetEffectiveDateString "
    "GetExpirationDateString GetFormat GetHashCode GetIssuerName GetKeyAlgorithm GetKeyAlgorithmParameters "
    "GetKeyAlgorithmParametersString GetName GetPublicKey GetPublicKeyString GetRawCertData "
    "GetRawCertDataString GetSerialNumber "
    "GetSerialNumberString GetType Handle Import Issuer ReferenceEquals Reset SerialNumberBytes "
    "Subject ToString TryGetCertHash "
)
CERTIFICATE_BASE = define(f"{NAMESPACE}.X509Certificate", bases=("IDisposable",), allowed=True, known=_BASE_MEMBERS)
CERTIFICATE = define(
    f"{NAMESPACE}.X509Certificate2",
    bases=(f"{NAMESPACE}.X509Certificate",),
    allowed=True,
    known=_BASE_MEMBERS + "Archived CopyWithPrivateKey CreateFromEncryptedPem CreateFromEncryptedPemFile CreateFromPem "
    "CreateFromPemFile ExportCertificatePem Extensions FriendlyName GetCertContentType GetECDiffieHellmanPrivateKey "
    "GetECDiffieHellmanPublicKey GetMLDsaPrivateKey GetMLDsaPublicKey GetMLKemPrivateKey GetMLKemPublicKey GetNameInfo "
    "GetSlhDsaPrivateKey GetSlhDsaPublicKey HasPrivateKey IssuerName MatchesHostname NotAfter "
    "NotBefore PrivateKey PublicKey "
    "RawData RawDataMemory SerialNumber SignatureAlgorithm SubjectName Thumbprint "
    "TryExportCertificatePem Verify Version",
)
DISTINGUISHED_NAME = define(
    f"{NAMESPACE}.X500DistinguishedName",
    bases=("System.Security.Cryptography.AsnEncodedData",),
    allowed="Name",
    known="CopyFrom Decode EnumerateRelativeDistinguishedNames Equals Format GetHashCode GetType "
    "Name Oid RawData ReferenceEquals "
    "ToString",
)
PUBLIC_KEY = define(
    f"{NAMESPACE}.PublicKey",
    allowed=True,
    known="CreateFromSubjectPublicKeyInfo EncodedKeyValue EncodedParameters Equals "
    "ExportSubjectPublicKeyInfo GetDSAPublicKey "
    "GetECDiffieHellmanPublicKey GetECDsaPublicKey GetHashCode GetRSAPublicKey GetType Key Oid "
    "ReferenceEquals ToString "
    "TryExportSubjectPublicKeyInfo",
)
NAME_TYPE = define_enum(
    f"{NAMESPACE}.X509NameType",
    {"SimpleName": 0, "EmailName": 1, "UpnName": 2, "DnsName": 3, "DnsFromAlternativeName": 4, "UrlName": 5},
    allowed=True,
)
CONTENT_TYPE = define_enum(
    f"{NAMESPACE}.X509ContentType",
    {
        "Unknown": 0,
        "Cert": 1,
        "SerializedCert": 2,
        "Pfx": 3,
        "Pkcs12": 3,
        "SerializedStore": 4,
        "Pkcs7": 5,
        "Authenticode": 6,
    },
    allowed=True,
)
NAME_FLAGS = define_enum(
    f"{NAMESPACE}.X500DistinguishedNameFlags",
    {
        "None": 0,
        "Reversed": 1,
        "UseSemicolons": 16,
        "DoNotUsePlusSign": 32,
        "DoNotUseQuotes": 64,
        "UseCommas": 128,
        "UseNewLines": 256,
        "UseUTF8Encoding": 4096,
        "UseT61Encoding": 8192,
        "ForceUTF8Encoding": 16384,
    },
    flags=True,
)


class CertificateValue(NetObject):
    """An X509Certificate2. `held` is None when it was made of no bytes or disposed of: then its members throw."""

    __slots__ = ("held",)

    net_type = CERTIFICATE.type

    def __init__(self, held: Certificate | None) -> None:
        self.held = held

    @property
    def certificate(self) -> Certificate:
        """CryptographicException when there is none."""
        if self.held is None:
            raise faults.cryptographic("m_safeCertContext is an invalid handle.")
        return self.held

    def net_equals(self, other: object) -> bool:
        """The same issuer and serial number, not the same bytes."""
        if not isinstance(other, CertificateValue):
            return False
        if self.held is None or other.held is None:
            return self.held is other.held
        if self.held.issuer != other.held.issuer:
            return False
        return self.held.serial_number == other.held.serial_number

    def key(self) -> object:
        if self.held is None:
            return (CertificateValue, None)
        return (CertificateValue, self.held.issuer, self.held.serial_number)


class NameValue(EncodedValue):
    """An X500DistinguishedName."""

    __slots__ = ("name",)

    net_type = DISTINGUISHED_NAME.type

    def __init__(self, name: Name, raw: bytes) -> None:
        super().__init__(OidValue(None), raw)
        self.name = name

    def formatted(self, multiline: bool) -> str:
        return self.name.format(multiline)


class PublicKeyValue(NetObject):
    __slots__ = ("certificate",)

    net_type = PUBLIC_KEY.type

    def __init__(self, certificate: Certificate) -> None:
        self.certificate = certificate


def oid_value(oid: Oid) -> OidValue:
    return OidValue(oid.value, oid.friendly_name)
