"""The tiers of API Management, by what they have in common (fact sheet §2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.registry import did_you_mean

if TYPE_CHECKING:
    from certgate.policy.declaration import GatewayKind

CLASSIC = ("developer", "basic", "standard", "premium")
V2 = ("basicv2", "standardv2", "premiumv2")
CONSUMPTION, SELF_HOSTED, WORKSPACE = "consumption", "self-hosted", "workspace"
TIERS = (*CLASSIC, CONSUMPTION, *V2, SELF_HOSTED, WORKSPACE)
OWN_AUTHORITIES = (*CLASSIC, SELF_HOSTED)
"""The tiers that take CA certificates of their own for client certificates."""


def kind_of(tier: str) -> GatewayKind:
    """The kind of gateway that a tier has. Raises UsageError ``value-unknown``."""
    # Imported here: a chain is judged without policies.
    from certgate.policy.declaration import GatewayKind

    if tier not in TIERS:
        hint = did_you_mean(tier, list(TIERS)) or f"known are {', '.join(TIERS)}"
        raise UsageError(f"'{tier}' is no value of tier", code="value-unknown", hint=hint)
    if tier in CLASSIC:
        return GatewayKind.CLASSIC
    return GatewayKind.V2 if tier in V2 else GatewayKind(tier)
