"""The situation of a run: the gateway and where it stands, the client, the moment. Given to a run, changed by none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from certgate.core.fetch import Fetcher
    from certgate.gateway.exchange import Request
    from certgate.gateway.settings import Gateway
    from certgate.pki.certificate import Certificate


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
