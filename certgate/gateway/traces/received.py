"""The request as the gateway received it, for a trace in the gateway's own shape: later policies may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.outcome import Received

if TYPE_CHECKING:
    from certgate.gateway.exchange import Incoming
    from certgate.gateway.situation import Situation

_CONFIGURED = ("api", "operation", "user", "product")
_SHOWN = (str, bool, int)
"""What is shown of an entity: no lists, and no other entities."""


def received(situation: Situation, request: Incoming) -> Received:
    """What came, and which API, operation, user and product it belongs to."""
    context = situation.gateway.context
    entities = {name: getattr(context, name) for name in _CONFIGURED}
    return Received(
        id=situation.request_id.replace("-", ""),
        at=situation.now.isoformat(),
        tier=situation.gateway.tier,
        method=request.method,
        url=request.original_url.text,
        headers=request.headers.frozen(),
        configuration={
            name: None if entity is None else {key: value for key, value in entity.items() if isinstance(value, _SHOWN)}
            for name, entity in entities.items()
        },
    )
