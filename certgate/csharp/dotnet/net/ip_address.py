"""``System.Net.IPAddress``: the members that the gateway allows, and a few that it does not."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import ByteArray, EnumValue, Long, NetObject, Short, enum_value

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = define(
    "System.Net.IPAddress",
    allowed="AddressFamily Equals GetAddressBytes IsLoopback Parse TryParse ToString",
    known="Address AddressFamily Any Broadcast Equals GetAddressBytes GetHashCode GetType "
    "HostToNetworkOrder IPv6Any IPv6Loopback "
    "IPv6None IsIPv4MappedToIPv6 IsIPv6LinkLocal IsIPv6Multicast IsIPv6SiteLocal IsIPv6Teredo "
    "IsIPv6UniqueLocal IsLoopback "
    "IsValid Loopback MapToIPv4 MapToIPv6 NetworkToHostOrder None Parse ReferenceEquals ScopeId "
    "ToString TryFormat TryParse "
    "TryWriteBytes",
)
FAMILY = define_enum("System.Net.Sockets.AddressFamily", {"Unspecified": 0, "InterNetwork": 2, "InterNetworkV6": 23})


class AddressValue(NetObject):
    __slots__ = ("address",)

    net_type = ADDRESS.type

    def __init__(self, address: IPv4Address | IPv6Address) -> None:
        self.address = address

    def to_text(self) -> str:
        if isinstance(self.address, IPv6Address) and self.address.ipv4_mapped is not None:
            return f"::ffff:{self.address.ipv4_mapped}"
        return str(self.address)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, AddressValue) and self.address == other.address

    def key(self) -> Any:
        return (AddressValue, self.address)


def parse_address(text: str) -> AddressValue | None:
    """IPv6, or one to four numbers in base ten, eight (leading 0) or sixteen (leading 0x); None for anything else."""
    if ":" in text:
        try:
            return AddressValue(IPv6Address(text.removeprefix("[").removesuffix("]")))
        except ValueError:
            return None
    number = _ipv4(text)
    return None if number is None else AddressValue(IPv4Address(number))


def _ipv4(text: str) -> int | None:
    parts = text.split(".")
    if not 1 <= len(parts) <= 4:
        return None
    numbers = [_part(part) for part in parts]
    if None in numbers:
        return None
    *firsts, last = (number or 0 for number in numbers)
    if any(number > 255 for number in firsts) or last >= 1 << (8 * (5 - len(parts))):
        return None
    total = last
    for index, number in enumerate(firsts):
        total |= number << (24 - 8 * index)
    return total


def _part(part: str) -> int | None:
    if not part or not part.isascii() or not part.isalnum() or len(part) > 12:
        return None
    base = 16 if part[:2].lower() == "0x" else 8 if part[0] == "0" and len(part) > 1 else 10
    try:
        return int(part[2:] if base == 16 else part, base)
    except ValueError:
        return None


@ADDRESS.method("static IPAddress Parse(string ipString)")
def parse(text: str | None) -> AddressValue:
    if text is None:
        raise faults.argument_null("ipString")
    found = parse_address(text)
    if found is None:
        raise faults.format_error("An invalid IP address was specified.")
    return found


@ADDRESS.method("static bool TryParse(string ipString, out IPAddress address)")
def try_parse(text: str | None) -> tuple[bool, AddressValue | None]:
    found = None if text is None else parse_address(text)
    return found is not None, found


@ADDRESS.method("static bool IsLoopback(IPAddress address)")
def is_loopback(value: AddressValue | None) -> bool:
    if value is None:
        raise faults.argument_null("address")
    return value.address.is_loopback


@ADDRESS.constructor("IPAddress(long newAddress)")
def make_number(number: int) -> AddressValue:
    if not 0 <= number <= 0xFFFFFFFF:
        raise faults.not_valid("newAddress")
    return AddressValue(IPv4Address(int(number).to_bytes(4, "little")))


@ADDRESS.constructor("IPAddress(byte[] address)")
def make_bytes(data: ByteArray | None) -> AddressValue:
    if data is None:
        raise faults.argument_null("address")
    raw = bytes(data)
    if len(raw) not in (4, 16):
        raise faults.argument("An invalid IP address was specified.", "address")
    return AddressValue(IPv4Address(raw) if len(raw) == 4 else IPv6Address(raw))


@ADDRESS.method("byte[] GetAddressBytes()")
def get_bytes(self: AddressValue) -> ByteArray:
    return ByteArray(self.address.packed)


@ADDRESS.property("System.Net.Sockets.AddressFamily AddressFamily")
def get_family(self: AddressValue) -> EnumValue:
    return enum_value(FAMILY, "InterNetwork" if self.address.version == 4 else "InterNetworkV6")


@ADDRESS.method("string ToString()")
def to_string(self: AddressValue) -> str:
    return self.to_text()


@ADDRESS.method("bool Equals(object comparand)")
def equals(self: AddressValue, other: Any) -> bool:
    return self.net_equals(other)


@ADDRESS.property("bool IsIPv4MappedToIPv6")
def get_is_mapped(self: AddressValue) -> bool:
    return isinstance(self.address, IPv6Address) and self.address.ipv4_mapped is not None


@ADDRESS.method("IPAddress MapToIPv4()")
def map_to_v4(self: AddressValue) -> AddressValue:
    return AddressValue(IPv4Address(self.address.packed[-4:]))


@ADDRESS.method("IPAddress MapToIPv6()")
def map_to_v6(self: AddressValue) -> AddressValue:
    if isinstance(self.address, IPv6Address):
        return self
    return AddressValue(IPv6Address(bytes(10) + b"\xff\xff" + self.address.packed))


def _declare_field(name: str, text: str) -> None:
    ADDRESS.field(f"static readonly IPAddress {name}")(lambda: parse_address(text))


for _name, _text in (
    ("Any", "0.0.0.0"),  # noqa: S104 - the constant, not an address to bind
    ("Loopback", "127.0.0.1"),
    ("Broadcast", "255.255.255.255"),
    ("None", "255.255.255.255"),
    ("IPv6Any", "::"),
    ("IPv6Loopback", "::1"),
    ("IPv6None", "::"),
):
    _declare_field(_name, _text)


def _declare_flag(name: str, holds: Callable[[IPv6Address], bool]) -> None:
    ADDRESS.property(f"bool {name}")(lambda self: isinstance(self.address, IPv6Address) and holds(self.address))


_declare_flag("IsIPv6LinkLocal", lambda address: address.packed[0] == 0xFE and address.packed[1] & 0xC0 == 0x80)
_declare_flag("IsIPv6SiteLocal", lambda address: address.packed[0] == 0xFE and address.packed[1] & 0xC0 == 0xC0)
_declare_flag("IsIPv6UniqueLocal", lambda address: address.packed[0] & 0xFE == 0xFC)
_declare_flag("IsIPv6Multicast", lambda address: address.packed[0] == 0xFF)
_declare_flag("IsIPv6Teredo", lambda address: address.packed[:4] == b"\x20\x01\0\0")


@ADDRESS.property("long ScopeId")
def get_scope(self: AddressValue) -> Long:
    if isinstance(self.address, IPv4Address):
        raise faults.thrown("System.Net.Sockets.SocketException", "Operation not supported")
    scope = self.address.scope_id
    if scope is not None and not scope.isdigit():
        raise UnsupportedReached("the number of a named network interface is not simulated")
    return Long(int(scope or 0))


def _declare_order(kind: str, python: Callable[[int], Any], size: int) -> None:
    """Little-endian to big-endian, and back."""
    for name in ("HostToNetworkOrder", "NetworkToHostOrder"):
        ADDRESS.method(f"static {kind} {name}({kind} value)")(
            lambda value: python(int.from_bytes(int(value).to_bytes(size, "little", signed=True), "big", signed=True))
        )


_declare_order("short", Short, 2)
_declare_order("int", int, 4)
_declare_order("long", Long, 8)
ADDRESS.signatures("static IPAddress Parse(ReadOnlySpan<byte> utf8Text)")
