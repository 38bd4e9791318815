"""Which addresses certgate asks at all, and which of them only for certificates that it has reason to trust.

SECURITY: addresses stand in certificates, and strangers supply those. Without this, a certificate could make certgate
send requests into the network that it runs in. Pure: names are resolved by whoever is handed in.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Network

    Resolve = Callable[[str, int], list[str]]
    """The addresses of a host; raises OSError or UnicodeError where it has none."""

MAX_URL = 2048
"""SECURITY: the longest address that is asked, in characters."""
SCHEMES = {"http": 80, "https": 443}
PRIVATE_OPTION = "--allow-private-network"

_NOT_PUBLIC: dict[IPv4Network | IPv6Network, str] = {
    ip_network(text): kind
    for text, kind in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address shared behind a carrier's NAT"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("::ffff:0:0/96", "an IPv4 address inside an IPv6 address"),
        ("64:ff9b:1::/48", "an IPv4 address inside an IPv6 address"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "an IPv4 address inside an IPv6 address"),
        ("3fff::/20", "an address for documentation"),
        ("fc00::/7", "a unique local address"),
        ("fe80::/10", "a link-local address"),
        ("ff00::/8", "a multicast address"),
    )
}
"""The special-purpose address registries of IANA. Written out, since `ipaddress` differs between releases of Python."""
_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is handed out so far: what is not in it is not public, whatever it is."""

_NAT64 = IPv6Network("64:ff9b::/96")
"""How hosts of IPv4 are reached from a network that speaks IPv6 only: their address is the end of this one."""

_HOST = re.compile(r"[0-9A-Za-z._:-]+")
"""SECURITY: who reads ``%6cocalhost`` sees one host or another; a name or address of these characters is the same to
everybody."""
_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]*|[0-9]+)")
_LOCAL = (".local", ".internal", ".home.arpa")
"""Names that are for local networks (RFC 6762, ICANN 2024, RFC 8375). A name of one label is another of them."""


class Refused(Exception):
    """certgate does not ask this address; `settle` are the options that would make it."""

    def __init__(self, words: str, settle: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.words = words
        self.settle = settle


class Target(NamedTuple):
    """Whom an address names."""

    scheme: str
    host: str
    port: int


def target(url: str) -> Target:
    """Whom an http or https address names; any port is allowed. Raises Refused for what is no such address."""
    if len(url) > MAX_URL:
        raise Refused(f"it is longer than the {MAX_URL} characters that certgate asks")
    if not (url.isascii() and url.isprintable()) or " " in url or "\\" in url:
        raise Refused("it holds characters that no address has")
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        raise Refused("it is no address that certgate can read") from None
    if scheme not in SCHEMES:
        raise Refused("it is neither http nor https")
    if not host:
        raise Refused("it names no host")
    if not _HOST.fullmatch(host):
        raise Refused("it names a host in a way that certgate does not ask")
    return Target(scheme, host, SCHEMES[scheme] if port is None else port)


def addresses(to: Target, resolve: Resolve, *, private: bool, proxied: bool = False) -> list[str]:
    """The addresses of a host, to connect to and to nothing else; `private` lets those of private networks pass.

    Raises ConnectionError where there are none, Refused where one of them is not public. Where a proxy makes the
    connection, a name that has no address here passes with none: the proxy may know it.

    SECURITY: every address counts, not the first: a name may have a public one and a private one.
    """
    if private and proxied:
        # Nothing depends on them, and where only the proxy looks up names asking for them takes long.
        return []
    if not private:
        _check_spelling(to.host)
    try:
        found = resolve(to.host, to.port)
    except (OSError, UnicodeError):
        if proxied:
            return []
        raise ConnectionError("it has no address") from None
    for text in () if private else found:
        kind = objection(text)
        if kind is not None:
            raise _private(to.host, kind)
    return found


def objection(text: str) -> str | None:
    """What kind of address this is that is not public, None when it is."""
    try:
        address = ip_address(text)
    except ValueError:
        return "an address in an unusual spelling"
    for network, kind in _NOT_PUBLIC.items():
        if address.version == network.version and address in network:
            return kind
    match address:
        case IPv6Address() if address.scope_id is not None:
            return "a link-local address"
        case IPv6Address() if address in _NAT64:
            return objection(str(IPv4Address(address.packed[12:])))
        case IPv6Address() if address not in _GLOBAL_UNICAST:
            return "a reserved address"
        case IPv4Address() | IPv6Address():
            return None


def _check_spelling(host: str) -> None:
    """SECURITY: what a proxy would resolve is judged here by its spelling: this machine, its network, and numbers,
    disguised or not."""
    name = host.rstrip(".").lower()
    kind = None
    if ":" in name or _NUMBER.fullmatch(name.rpartition(".")[2]):
        kind = objection(name)
    elif name == "localhost" or name.endswith(".localhost"):
        kind = "a loopback address"
    elif "." not in name or name.endswith(_LOCAL):
        kind = "the local network"
    if kind is not None:
        raise _private(host, kind)


def _private(host: str, kind: str) -> Refused:
    words = f"{host} leads to {kind}, and the certificate does not chain to the trust store"
    return Refused(words, (PRIVATE_OPTION,))
