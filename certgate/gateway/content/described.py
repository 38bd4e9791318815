"""The operation of a run, as the definition of the API describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.content.errors import unsettled

if TYPE_CHECKING:
    from certgate.gateway.content.operation import Operation
    from certgate.gateway.ending import Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

SETTLE = "--definition FILE"


def operation_of(element: Element, run: Run) -> Operation | Undecided:
    """Undecided without a definition, and where it has no such operation."""
    definition = run.gateway.definition
    if definition is None:
        message = f"{element.name} needs the definition of the API, and none is given"
        return unsettled(run, element, message, SETTLE)
    request, context = run.exchange.request, run.context
    prefix = f"/{context.api_path.strip('/')}".rstrip("/")
    path = request.original_url.path
    inside = path[len(prefix) :] if prefix and path.lower().startswith(prefix.lower()) else path
    method = run.situation.request.method or context.method or "GET"
    found = definition.operation(method, inside, (context.operation or {}).get("id"))
    if found is None:
        return unsettled(run, element, f"{definition.name} describes no operation {method} {inside}", SETTLE)
    return found
