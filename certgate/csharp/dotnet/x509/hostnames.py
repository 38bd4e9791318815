"""Which host names and addresses a certificate is for: ``MatchesHostname`` and the names that it looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.x509.door import dns_names, ip_addresses
from certgate.csharp.dotnet.x509.extensions import ALTERNATIVE_NAMES
from certgate.csharp.dotnet.x509.values import CERTIFICATE, CertificateValue
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.values import NetSequence, to_utf16

if TYPE_CHECKING:
    from certgate.csharp.dotnet.net.ip_address import AddressValue
    from certgate.csharp.dotnet.x509.extensions import ExtensionValue

_SUBJECT_ALTERNATIVE_NAME = "2.5.29.17"
_DNS_NAME = 2
"""``UriHostNameType.Dns``."""
_NO_NAME = "The provided value is not a valid DNS hostname or IP Address."
_BAD_SIZE = "The Subject Alternative Name has an ipAddress entry that is not a recognized size."
_TOO_MANY = "The X509 certificate has more than one Subject Alternative Name extension."


@ALTERNATIVE_NAMES.method("System.Collections.Generic.IEnumerable<string> EnumerateDnsNames()")
def enumerate_dns_names(self: ExtensionValue) -> NetSequence:
    names = list(map(to_utf16, dns_names(self.raw)))
    return NetSequence(types.STRING, lambda: iter(names))


@ALTERNATIVE_NAMES.method("System.Collections.Generic.IEnumerable<System.Net.IPAddress> EnumerateIPAddresses()")
def enumerate_addresses(self: ExtensionValue) -> NetSequence:
    found = _addresses(self.raw)
    return NetSequence(types.named("System.Net.IPAddress"), lambda: iter(found))


def _addresses(raw: bytes) -> list[AddressValue]:
    from ipaddress import ip_address

    from certgate.csharp.dotnet.net.ip_address import AddressValue

    try:
        return [AddressValue(ip_address(content)) for content in ip_addresses(raw)]
    except ValueError:
        raise faults.cryptographic(_BAD_SIZE) from None


@CERTIFICATE.method("bool MatchesHostname(string hostname, bool allowWildcards = true, bool allowCommonName = true)")
def matches_hostname(self: CertificateValue, host: str | None, wildcards: bool, common_name: bool) -> bool:
    """By the alternative names, where there is one of the right kind."""
    if host is None:
        raise faults.argument_null("hostname")
    address = _address(host)
    extensions = [one.raw for one in self.certificate.extensions if one.oid == _SUBJECT_ALTERNATIVE_NAME]
    if len(extensions) > 1:
        raise faults.cryptographic(_TOO_MANY)
    for raw in extensions:
        charge_steps(len(raw) >> 4)
        names: list[Any] = _addresses(raw) if address is not None else dns_names(raw)
        if names:
            if address is not None:
                return any(one.net_equals(address) for one in names)
            return any(_fits(name, host.removesuffix("."), wildcards) for name in names)
    if common_name:
        raise UnsupportedReached("MatchesHostname by the common name is not simulated")
    return False


def _address(host: str) -> AddressValue | None:
    """The address that a text is; None for a host name. ArgumentException for anything else."""
    from certgate.csharp.dotnet.net.ip_address import parse_address
    from certgate.csharp.dotnet.net.uri import check_host_name

    found = parse_address(host)
    if found is None and check_host_name(host).value != _DNS_NAME:
        raise faults.argument(_NO_NAME, "hostname")
    return found


def _fits(name: str, host: str, wildcards: bool) -> bool:
    """A wildcard stands for the whole first label."""
    name = name.removesuffix(".").lower()
    first, dot, rest = host.lower().partition(".")
    if not name or not first:
        return False
    if wildcards and name.startswith("*.") and len(name) > 2:
        return bool(dot) and name[2:] == rest
    return name == host.lower()
