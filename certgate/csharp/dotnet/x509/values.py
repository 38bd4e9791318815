"""The certificate types and the values behind them, made of certgate's own certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto.oid import EncodedValue, OidValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.x509.door import read
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import NetObject, to_utf16

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from certgate.csharp.runtime import ThrownException
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
RELATIVE_NAME = define(
    f"{NAMESPACE}.X500RelativeDistinguishedName",
    known="Equals GetHashCode GetSingleElementType GetSingleElementValue GetType HasMultipleElements RawData "
    "ReferenceEquals ToString",
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
STORAGE_FLAGS = define_enum(
    f"{NAMESPACE}.X509KeyStorageFlags",
    {
        "DefaultKeySet": 0,
        "UserKeySet": 1,
        "MachineKeySet": 2,
        "Exportable": 4,
        "UserProtected": 8,
        "PersistKeySet": 16,
        "EphemeralKeySet": 32,
    },
    flags=True,
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
    """An X509Certificate2. `held` is None when it was made of no bytes or disposed of: then its members throw.

    `zone` is where its dates are local, by default UTC.
    """

    __slots__ = ("_parts", "held", "zone")

    net_type = CERTIFICATE.type

    def __init__(self, held: Certificate | None, zone: tzinfo | None = None) -> None:
        self.held = held
        self.zone = zone
        self._parts: dict[str, Any] = {}

    def to_text(self) -> str:
        return self.written(verbose=False)

    def written(self, verbose: bool) -> str:
        """``ToString``: short, or with all that is known."""
        if self.held is None:
            return self.net_type.reflection_name
        held = self.held
        return to_utf16(read(lambda: held.to_string(verbose, self.zone)))

    def part(self, name: str, make: Callable[[Certificate], Any]) -> Any:
        """An object that belongs to the certificate: the same one each time."""
        certificate = self.certificate
        if name not in self._parts:
            self._parts[name] = make(certificate)
        return self._parts[name]

    def dispose(self) -> None:
        self.held = None
        self._parts = {}

    @property
    def certificate(self) -> Certificate:
        """CryptographicException when there is none."""
        if self.held is None:
            raise self.no_certificate()
        return self.held

    @staticmethod
    def no_certificate() -> ThrownException:
        """What .NET says of one without content."""
        return faults.cryptographic("m_safeCertContext is an invalid handle.")

    def net_equals(self, other: object) -> bool:
        """The same issuer and serial number, not the same bytes."""
        if not isinstance(other, CertificateValue):
            return False
        if self.held is None:
            return other.held is None
        if self.held.issuer != other.certificate.issuer:
            return False
        return self.held.serial_number == other.certificate.serial_number

    def key(self) -> object:
        if self.held is None:
            return (CertificateValue, None)
        return (CertificateValue, self.held.issuer, self.held.serial_number)


class OlderCertificateValue(CertificateValue):
    """An X509Certificate that is no X509Certificate2."""

    __slots__ = ()

    net_type = CERTIFICATE_BASE.type

    def to_text(self) -> str:
        return self.net_type.reflection_name

    def written(self, verbose: bool) -> str:
        """This class has the short text only, and only where it is asked to be verbose."""
        return super().written(verbose=False) if verbose else self.to_text()


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
    """A PublicKey; `key` is what ``Key`` gave before."""

    __slots__ = ("certificate", "key", "oid")

    net_type = PUBLIC_KEY.type

    def __init__(self, certificate: Certificate) -> None:
        self.certificate = certificate
        self.key: Any = None
        self.oid = oid_value(certificate.public_key.oid)


def oid_value(oid: Oid) -> OidValue:
    return OidValue(oid.value, oid.friendly_name)
