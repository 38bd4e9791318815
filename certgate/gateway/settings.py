"""The simulated gateway: everything about it that changes an answer and is not part of the request.

Values only. A setting that certgate does not simulate yet is refused, never ignored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.registry import did_you_mean
from certgate.core.value import field, frozen
from certgate.gateway.backend import BackendAnswers
from certgate.gateway.context_data import ContextData
from certgate.gateway.exchange import Url
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from collections.abc import Mapping

TIERS = (
    *("developer", "basic", "standard", "premium", "consumption"),
    *("basicv2", "standardv2", "premiumv2", "self-hosted", "workspace"),
)

_SITUATION: dict[str, tuple[object, tuple[object, ...]]] = {
    "tier": ("premium", TIERS),
    "negotiate": (True, (True, False)),
    "http": ("1.1", ("1.1", "2")),
    "tls": ("1.2", ("1.2", "1.3")),
}
"""Key -> its default, which is what certgate simulates, and all its values."""


@frozen
class Gateway:
    """`backends` are backend entities, id to address; `hosts` the negotiate switch of each host name.

    Raises UsageError: ``value-unknown`` for a value that a key does not have, ``not-simulated-yet`` for one that
    certgate does not simulate, ``url-invalid`` for an address.
    """

    trust: TrustStore = field(default_factory=TrustStore)
    revocation: Revocation | str = Revocation.ONLINE
    timezone: str | None = None
    """An IANA name; None: the world's."""
    unrestricted: bool = False
    """Lets `evaluate` use .NET members that the gateway refuses; those of a policy are checked when it is read."""
    tier: str = "premium"
    negotiate: bool = True
    http: str = "1.1"
    tls: str = "1.2"
    behind: str | None = None
    hosts: Mapping[str, bool] = field(default_factory=dict)
    backend_url: str | None = None
    backends: Mapping[str, str] = field(default_factory=dict)
    backend_response: BackendAnswers = field(default_factory=BackendAnswers)
    context: ContextData = field(default_factory=ContextData)

    def __post_init__(self) -> None:
        object.__setattr__(self, "revocation", _revocation(self.revocation))
        for key, (simulated, known) in _SITUATION.items():
            _check(key, getattr(self, key), simulated, known)
        if self.behind is not None:
            raise _not_simulated("behind", self.behind)
        if self.hosts:
            raise _not_simulated("hosts", next(iter(self.hosts)))
        for address in (self.backend_url, *self.backends.values()):
            if address is not None:
                Url.parse(address)


def _revocation(value: Revocation | str) -> Revocation:
    try:
        return Revocation(value)
    except ValueError:
        raise _unknown("revocation", value, tuple(Revocation)) from None


def _check(key: str, value: object, simulated: object, known: tuple[object, ...]) -> None:
    if value not in known:
        raise _unknown(key, value, known)
    if value != simulated:
        raise _not_simulated(key, value)


def _unknown(key: str, value: object, known: tuple[object, ...]) -> UsageError:
    names = [str(each) for each in known]
    hint = did_you_mean(str(value), names) or f"known are {', '.join(names)}"
    return UsageError(f"'{value}' is no value of {key}", code="value-unknown", hint=hint)


def _not_simulated(key: str, value: object) -> UsageError:
    shown = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
    return UsageError(
        f"{key} = {shown} is not simulated yet",
        code="not-simulated-yet",
        hint="simulated is a classic tier that asks for the certificate, HTTP/1.1, TLS 1.2, and nothing in front",
    )
