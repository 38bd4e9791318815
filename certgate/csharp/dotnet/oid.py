"""``System.Security.Cryptography.Oid``, and encoded data with its derived name ``X500DistinguishedName``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject

OID = define(
    "System.Security.Cryptography.Oid",
    allowed=True,
    known="Equals FriendlyName FromFriendlyName FromOidValue GetHashCode GetType ReferenceEquals ToString Value",
)
ENCODED = define(
    "System.Security.Cryptography.AsnEncodedData",
    known="CopyFrom Equals Format GetHashCode GetType Oid RawData ReferenceEquals ToString",
)


class OidValue(NetObject):
    """Dotted value and friendly name, either of which may be null."""

    __slots__ = ("friendly_name", "value")

    net_type = OID.type

    def __init__(self, value: str | None, friendly_name: str | None = None) -> None:
        self.value = value
        self.friendly_name = friendly_name


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


@OID.constructor("Oid(string oid)")
def make(text: str | None) -> OidValue:
    return OidValue(text)


@OID.constructor("Oid(string value, string friendlyName)")
def make_named(value: str | None, name: str | None) -> OidValue:
    return OidValue(value, name)


@OID.property("string Value")
def get_value(self: OidValue) -> str | None:
    return self.value


@OID.property("string FriendlyName")
def get_friendly_name(self: OidValue) -> str | None:
    return self.friendly_name


@ENCODED.property("Oid Oid")
def get_oid(self: EncodedValue) -> OidValue | None:
    return self.oid


@ENCODED.property("byte[] RawData")
def get_raw(self: EncodedValue) -> ByteArray:
    return ByteArray(self.raw)


@ENCODED.method("string Format(bool multiLine)")
def format_encoded(self: Any, multiline: bool) -> str:
    return str(self.formatted(multiline))
