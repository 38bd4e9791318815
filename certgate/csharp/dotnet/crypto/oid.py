"""``System.Security.Cryptography.Oid``, and encoded data with its derived name ``X500DistinguishedName``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import ByteArray, EnumValue, NetObject

OID = define(
    "System.Security.Cryptography.Oid",
    allowed=True,
    known="Equals FriendlyName FromFriendlyName FromOidValue GetHashCode GetType ReferenceEquals ToString Value",
)
OID_GROUP = define_enum(
    "System.Security.Cryptography.OidGroup",
    {
        "All": 0,
        "HashAlgorithm": 1,
        "EncryptionAlgorithm": 2,
        "PublicKeyAlgorithm": 3,
        "SignatureAlgorithm": 4,
        "Attribute": 5,
        "ExtensionOrAttribute": 6,
        "EnhancedKeyUsage": 7,
        "Policy": 8,
        "Template": 9,
        "KeyDerivationFunction": 10,
    },
)
ENCODED = define(
    "System.Security.Cryptography.AsnEncodedData",
    known="CopyFrom Equals Format GetHashCode GetType Oid RawData ReferenceEquals ToString",
)


class OidValue(NetObject):
    """Dotted value and friendly name, either of which may be null; a name that nobody gave is looked up when asked
    for, and once known it stays."""

    __slots__ = ("known", "name", "value")

    net_type = OID.type

    def __init__(self, value: str | None, name: str | None = None) -> None:
        self.value = value
        self.name = name
        self.known = name is not None

    @property
    def friendly_name(self) -> str | None:
        from certgate.csharp.dotnet.x509.door import friendly_name

        if not self.known and self.value is not None:
            self.name, self.known = friendly_name(self.value), True
        return self.name


class EncodedValue(NetObject):
    """Bytes with an object identifier; `text` gives what ``Format`` gives."""

    __slots__ = ("oid", "raw")

    net_type = ENCODED.type

    def __init__(self, oid: OidValue | None, raw: bytes) -> None:
        self.oid = oid
        self.raw = raw

    def formatted(self, multiline: bool) -> str:
        """``Format``: where nothing better is known, the bytes in hex."""
        return self.raw.hex(" ").upper()


@OID.constructor("Oid()")
def make_empty() -> OidValue:
    return OidValue(None)


@OID.constructor("Oid(string oid)")
def make(text: str | None) -> OidValue:
    """The value, or a name that .NET knows."""
    if text is None:
        raise faults.argument_null("friendlyName")
    return OidValue(_value_of(text) or text)


def _value_of(name: str) -> str | None:
    from certgate.csharp.dotnet.x509.door import oid_of_name

    return oid_of_name(name)


@OID.constructor("Oid(Oid oid)")
def make_copy(other: OidValue | None) -> OidValue:
    if other is None:
        raise faults.argument_null("oid")
    made = OidValue(other.value, other.name)
    made.known = other.known
    return made


@OID.method("static Oid FromFriendlyName(string friendlyName, OidGroup group)")
def from_name(name: str | None, group: EnumValue) -> OidValue:
    if name is None:
        raise faults.argument_null("friendlyName")
    found = _value_of(name)
    if found is None:
        raise faults.cryptographic("No OID value matches this name.")
    return OidValue(found, name)


@OID.method("static Oid FromOidValue(string oidValue, OidGroup group)")
def from_value(value: str | None, group: EnumValue) -> OidValue:
    if value is None:
        raise faults.argument_null("oidValue")
    made = OidValue(value)
    if made.friendly_name is None:
        raise faults.cryptographic("The OID value is invalid.")
    return made


@OID.constructor("Oid(string value, string friendlyName)")
def make_named(value: str | None, name: str | None) -> OidValue:
    return OidValue(value, name)


@OID.property("string Value { get; set; }")
def get_value(self: OidValue) -> str | None:
    return self.value


_OTHER_VALUE = "The OID value cannot be changed from its current value."
_OTHER_NAME = "The OID friendly name cannot be changed from its current value."


@get_value.set
def set_value(self: OidValue, value: str | None) -> None:
    """Only one that has none yet takes another."""
    if self.value is not None and self.value != value:
        raise faults.thrown("System.PlatformNotSupportedException", _OTHER_VALUE)
    self.value = value


@OID.property("string FriendlyName { get; set; }")
def get_friendly_name(self: OidValue) -> str | None:
    return self.friendly_name


@get_friendly_name.set
def set_friendly_name(self: OidValue, name: str | None) -> None:
    if self.known:
        if self.name != name:
            raise faults.thrown("System.PlatformNotSupportedException", _OTHER_NAME)
        return
    found = None if name is None else _value_of(name)
    if found is not None and self.value not in (None, found):
        raise faults.thrown("System.PlatformNotSupportedException", _OTHER_VALUE)
    self.value = self.value or found
    self.name, self.known = name, True


@ENCODED.property("Oid Oid")
def get_oid(self: EncodedValue) -> OidValue | None:
    return self.oid


@ENCODED.property("byte[] RawData")
def get_raw(self: EncodedValue) -> ByteArray:
    return ByteArray(self.raw)


@ENCODED.method("string Format(bool multiLine)")
def format_encoded(self: Any, multiline: bool) -> str:
    return str(self.formatted(multiline))
