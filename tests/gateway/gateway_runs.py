"""Runs one policy text against the simulated gateway, at a fixed moment."""

from __future__ import annotations

from typing import Any

from certgate import api
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority

WORLD = World(authority.NOW)


def ask(
    policy: str | Policy,
    client: Certificate | None = None,
    *,
    trust: TrustStore | None = None,
    request: Request | None = None,
    named_values: dict[str, Any] | None = None,
    extra: tuple[Certificate, ...] = (),
    **settings: Any,
) -> Outcome:
    read = policy if isinstance(policy, Policy) else Policy.parse(policy, named_values=named_values)
    gateway = Gateway(trust=trust or authority.store(authority.revocation_list()), **settings)
    return api.validate(client, read, gateway, request=request, world=WORLD, extra=extra)
