"""The extensions of a certificate. The gateway lets an expression tell which there are, not what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import types
from certgate.csharp.dotnet.crypto.oid import EncodedValue, OidValue
from certgate.csharp.dotnet.crypto.oid import make as make_oid
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.x509.door import decoded, friendly_name
from certgate.csharp.dotnet.x509.values import NAMESPACE
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import EnumValue, NetObject, enum_value, to_utf16

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import TypeDefinition
    from certgate.pki.extensions import Extension

EXTENSIONS = define(
    f"{NAMESPACE}.X509ExtensionCollection",
    bases=(f"System.Collections.Generic.IEnumerable<{NAMESPACE}.X509Extension>", "System.Collections.ICollection"),
)
EXTENSION = define(
    f"{NAMESPACE}.X509Extension",
    bases=("System.Security.Cryptography.AsnEncodedData",),
    known="CopyFrom Critical Equals Format GetHashCode GetType Oid RawData ReferenceEquals ToString",
)
OIDS = define(
    "System.Security.Cryptography.OidCollection",
    bases=(
        "System.Collections.Generic.IEnumerable<System.Security.Cryptography.Oid>",
        "System.Collections.ICollection",
    ),
)


def _extension_type(name: str) -> TypeDefinition:
    return define(f"{NAMESPACE}.{name}", bases=(f"{NAMESPACE}.X509Extension",))


BASIC_CONSTRAINTS = _extension_type("X509BasicConstraintsExtension")
KEY_USAGE = _extension_type("X509KeyUsageExtension")
ENHANCED_KEY_USAGE = _extension_type("X509EnhancedKeyUsageExtension")
SUBJECT_KEY_IDENTIFIER = _extension_type("X509SubjectKeyIdentifierExtension")
AUTHORITY_KEY_IDENTIFIER = _extension_type("X509AuthorityKeyIdentifierExtension")
ALTERNATIVE_NAMES = _extension_type("X509SubjectAlternativeNameExtension")
INFORMATION_ACCESS = _extension_type("X509AuthorityInformationAccessExtension")
KEY_USAGE_FLAGS = define_enum(
    f"{NAMESPACE}.X509KeyUsageFlags",
    {
        "None": 0,
        "EncipherOnly": 1,
        "CrlSign": 2,
        "KeyCertSign": 4,
        "KeyAgreement": 8,
        "DataEncipherment": 16,
        "KeyEncipherment": 32,
        "NonRepudiation": 64,
        "DigitalSignature": 128,
        "DecipherOnly": 32768,
    },
    flags=True,
)


class ExtensionValue(EncodedValue):
    """One extension; its type is the class that .NET makes for its object identifier."""

    __slots__ = ("extension", "net_type")

    def __init__(self, extension: Extension) -> None:
        super().__init__(OidValue(extension.oid, extension.friendly_name), extension.raw)
        self.extension = extension
        self.net_type = types.named(f"{NAMESPACE}.{extension.type_name}")

    def formatted(self, multiline: bool) -> str:
        return to_utf16(self.extension.format(multiline))


class ExtensionsValue(NetObject):
    """An X509ExtensionCollection."""

    __slots__ = ("items",)

    net_type = EXTENSIONS.type

    def __init__(self, items: tuple[ExtensionValue, ...]) -> None:
        self.items = items

    def __iter__(self) -> Iterator[ExtensionValue]:
        return iter(self.items)


class OidsValue(NetObject):
    """An OidCollection."""

    __slots__ = ("items",)

    net_type = OIDS.type

    def __init__(self, items: tuple[OidValue, ...]) -> None:
        self.items = items

    def __iter__(self) -> Iterator[OidValue]:
        return iter(self.items)


@EXTENSIONS.property("int Count")
def get_count(self: ExtensionsValue) -> int:
    return len(self.items)


@OIDS.property("int Count")
def get_oid_count(self: OidsValue) -> int:
    return len(self.items)


@EXTENSIONS.indexer("X509Extension this[int index]")
def get_by_index(self: ExtensionsValue, index: int) -> ExtensionValue:
    if index < 0:
        raise faults.invalid_operation("Enumeration has not started. Call MoveNext.")
    if index >= len(self.items):
        raise faults.index_less()
    return self.items[index]


@EXTENSIONS.indexer("X509Extension this[string oid]")
def get_by_oid(self: ExtensionsValue, oid: str | None) -> ExtensionValue | None:
    """By the value, or by a name that .NET knows."""
    wanted = make_oid(oid).value
    return next((item for item in self.items if item.extension.oid == wanted), None)


for _collection in (EXTENSIONS, OIDS):
    _collection.property("bool IsSynchronized")(lambda self: False)
    _collection.property("object SyncRoot")(lambda self: self)


@OIDS.indexer("Oid this[string oid]")
def get_oid_by_name(self: OidsValue, oid: str | None) -> OidValue | None:
    """By the value, or by a name that .NET knows."""
    wanted = make_oid(oid).value
    return next((item for item in self.items if item.value == wanted), None)


@OIDS.indexer("Oid this[int index]")
def get_oid_by_index(self: OidsValue, index: int) -> OidValue:
    if not 0 <= index < len(self.items):
        raise faults.index_less()
    return self.items[index]


@EXTENSION.property("bool Critical")
def get_critical(self: ExtensionValue) -> bool:
    return self.extension.critical


@BASIC_CONSTRAINTS.property("bool CertificateAuthority")
def get_certificate_authority(self: ExtensionValue) -> bool:
    return bool(decoded(self.raw, "basic_constraints").certificate_authority)


@BASIC_CONSTRAINTS.property("bool HasPathLengthConstraint")
def get_has_path_length(self: ExtensionValue) -> bool:
    return decoded(self.raw, "basic_constraints").path_length is not None


@BASIC_CONSTRAINTS.property("int PathLengthConstraint")
def get_path_length(self: ExtensionValue) -> int:
    return decoded(self.raw, "basic_constraints").path_length or 0


@KEY_USAGE.property("X509KeyUsageFlags KeyUsages")
def get_key_usages(self: ExtensionValue) -> EnumValue:
    return enum_value(KEY_USAGE_FLAGS, int(decoded(self.raw, "key_usage")))


@ENHANCED_KEY_USAGE.property("OidCollection EnhancedKeyUsages")
def get_enhanced_key_usages(self: ExtensionValue) -> OidsValue:
    return OidsValue(tuple(OidValue(oid, friendly_name(oid)) for oid in decoded(self.raw, "enhanced_key_usage")))


@SUBJECT_KEY_IDENTIFIER.property("string SubjectKeyIdentifier")
def get_subject_key_identifier(self: ExtensionValue) -> str:
    data: bytes = decoded(self.raw, "octets")
    return data.hex().upper()
