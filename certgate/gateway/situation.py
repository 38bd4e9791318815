"""The situation of a run: the gateway and where it stands, the client, the moment. Given to a run, changed by none.

Knows which address was called, whose switch counts for it, and which authorities that gateway trusts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import field, frozen
from certgate.gateway.exchange import DEFAULT_URL, Url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from certgate.core.fetch import Fetcher
    from certgate.gateway.exchange import Request
    from certgate.gateway.settings import Gateway
    from certgate.pki.certificate import Certificate
    from certgate.pki.stores.rotation import Rotation
    from certgate.pki.stores.trust import TrustStore


@frozen
class Situation:
    """Everything that one run is given besides the policy. `certificate` None: the client presents none."""

    gateway: Gateway
    request: Request
    certificate: Certificate | None
    now: datetime
    zone: tzinfo
    tracing: bool = False
    """Keep the explain tree of every expression."""
    ticks: Callable[[], float] | None = None
    """Seconds that only grow: they end an expression that runs too long. None: its steps alone do."""
    random: int = 0
    """Picks the random values of the run."""
    fetcher: Fetcher | None = None
    """Who asks addresses for evidence; None: none of them answers."""
    sent: tuple[Certificate, ...] = ()
    """What the client sends in the handshake beside its certificate."""
    refreshed: Mapping[str, bool] = field(default_factory=dict)
    """Whether the gateway has the new version of an uploaded certificate already, by id, where that is not known."""

    @property
    def url(self) -> Url:
        """The address as the gateway sees it."""
        return Url.parse(self.request.url or self.gateway.context.url or DEFAULT_URL)

    @property
    def called(self) -> Url:
        """The address that the client called: its host and scheme decide about the connection."""
        data = self.gateway.context
        if self.request.url is None and data.original_url:
            return Url.parse(data.original_url)
        return self.url

    @property
    def content(self) -> bytes | None:
        """The body of the request, as it is sent."""
        body = self.request.body if self.request.body is not None else self.gateway.context.body
        return body.encode() if isinstance(body, str) else body

    @property
    def trust(self) -> TrustStore:
        """The trust store as the gateway of this tier uses it (fact sheet §2.2): chains are built with this one."""
        return self.gateway.authorities.store

    @property
    def uploaded(self) -> Mapping[str, Certificate]:
        """The uploaded certificates by id; those of the trust store win over the context file's."""
        store, held = self.gateway.trust, self.gateway.context.certificates
        if not store.rotations:
            return {**held, **store.certificates} if held else store.certificates
        at = {name: rotation.version(self.now, self.refreshed.get(name, True)) for name, rotation in self.rotated}
        return {**held, **store.certificates, **at}

    @property
    def rotated(self) -> tuple[tuple[str, Rotation], ...]:
        """The uploaded certificates that have an older version."""
        return tuple(self.gateway.trust.rotations.items())

    @property
    def refreshing(self) -> tuple[str, ...]:
        """The ids of those of which the gateway may have either version at this moment."""
        return tuple(name for name, rotation in self.rotated if rotation.open(self.now))

    @property
    def request_id(self) -> str:
        """``context.RequestId``: the context's, else one that depends on nothing but the situation."""
        import hashlib
        import uuid

        if given := self.gateway.context.request_id:
            return given
        return str(uuid.UUID(bytes=hashlib.sha256(repr(self._parts).encode()).digest()[:16], version=4))

    @property
    def random_seed(self) -> str:
        """What the random values of the run depend on, and nothing else."""
        return repr((self.random, *self._parts))

    @property
    def _parts(self) -> tuple[object, ...]:
        certificate = self.certificate and self.certificate.thumbprint
        return self.request.method, self.request.url, self.now.isoformat(), certificate
