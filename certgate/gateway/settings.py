"""The simulated gateway: everything about it that changes an answer and is not part of the request.

Values only. What a setting does to the client's certificate is ``arrival.py``'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.registry import did_you_mean
from certgate.core.value import field, frozen
from certgate.gateway.certificates.authorities import Authorities, thumbprint
from certgate.gateway.context.data import ContextData
from certgate.gateway.exchange import Url
from certgate.gateway.sending.backend import BackendAnswers
from certgate.gateway.tiers import CLASSIC, TIERS
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from certgate.gateway.content.operation import Definition
    from certgate.gateway.content.schemas import Schema

_CHOICES: dict[str, tuple[object, ...]] = {
    "tier": TIERS,
    "http": ("1.1", "2"),
    "tls": ("1.2", "1.3"),
}
"""Key -> all its values."""
_SWITCHES = (
    "negotiate",
    "client_renegotiation",
    "legacy_renegotiation",
    "default_host_negotiates",
    "test_console",
)


@frozen
class Gateway:
    """`backends` are backend entities, id to address; `hosts` the negotiate switch of each host name, plain or as
    ``{"negotiate": ...}``; names are compared without regard to case.

    Raises UsageError: ``value-unknown`` for a value that a key does not have, ``behind-header`` for a header that
    cannot be one, ``url-invalid`` for an address.
    """

    trust: TrustStore = field(default_factory=TrustStore)
    revocation: Revocation | str = Revocation.ONLINE
    timezone: str | None = None
    """An IANA name; None: the world's."""
    unrestricted: bool = False
    """Lets `evaluate` use .NET members that the gateway refuses; those of a policy are checked when it is read."""
    tier: str = "premium"
    negotiate: bool = True
    """Whether the gateway asks for a certificate: *Negotiate client certificate*, *Request client certificate*."""
    http: str = "1.1"
    tls: str = "1.2"
    behind: str | None = None
    """``NAME[:HEADER]``: the proxy that ends TLS in front of the gateway."""
    hosts: Mapping[str, bool] = field(default_factory=dict)
    client_renegotiation: bool = True
    """Whether the client takes part in TLS renegotiation."""
    legacy_renegotiation: bool = False
    """Whether this is a service that still renegotiates, since it did before May 2021."""
    default_host_negotiates: bool = False
    """Whether the default host name of a classic tier asks for a certificate without the switch."""
    test_console: bool = False
    """Whether the call comes from the portal's test console, by way of its proxy."""
    untrusted: tuple[str, ...] = ()
    """Thumbprints of the certificate authorities of a self-hosted gateway whose ``isTrusted`` is false."""
    backend_url: str | None = None
    backends: Mapping[str, str] = field(default_factory=dict)
    backend_response: BackendAnswers = field(default_factory=BackendAnswers)
    context: ContextData = field(default_factory=ContextData)
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    """Schemas that were added to the service, by id."""
    definition: Definition | None = None
    """The definition of the API."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "revocation", _revocation(self.revocation))
        for key, known in _CHOICES.items():
            _check(key, getattr(self, key), known)
        for key in _SWITCHES:
            _check(key, getattr(self, key), (True, False))
        if self.behind is not None:
            # Imported here: most gateways stand behind nothing.
            from certgate.gateway.fronting.proxy import parse

            parse(self.behind)
        if self.hosts:
            object.__setattr__(self, "hosts", {_host(name): _switch(name, each) for name, each in self.hosts.items()})
        if self.untrusted:
            object.__setattr__(self, "untrusted", tuple(map(thumbprint, self.untrusted)))
        for address in (self.backend_url, *self.backends.values()):
            if address is not None:
                Url.parse(address)

    def asks(self, host: str) -> bool:
        """Whether connections to that host name are asked for a certificate by the switch."""
        return self.hosts.get(_host(host), self.negotiate) if self.hosts else self.negotiate

    @property
    def classic(self) -> bool:
        return self.tier in CLASSIC

    @property
    def authorities(self) -> Authorities:
        """Whom this gateway trusts."""
        return Authorities(self.trust, self.tier, self.untrusted)


def _host(name: str) -> str:
    return name.lower().rstrip(".")


def _switch(name: str, given: object) -> bool:
    value = given.get("negotiate") if isinstance(given, Mapping) else given
    if not isinstance(value, bool):
        raise _unknown(f"hosts.{name}.negotiate", value, (True, False))
    return value


def _revocation(value: Revocation | str) -> Revocation:
    try:
        return Revocation(value)
    except ValueError:
        raise _unknown("revocation", value, tuple(Revocation)) from None


def _check(key: str, value: object, known: tuple[object, ...]) -> None:
    if value not in known:
        raise _unknown(key, value, known)


def _unknown(key: str, value: object, known: tuple[object, ...]) -> UsageError:
    names = [str(each) for each in known]
    hint = did_you_mean(str(value), names) or f"known are {', '.join(names)}"
    return UsageError(f"'{value}' is no value of {key}", code="value-unknown", hint=hint)
