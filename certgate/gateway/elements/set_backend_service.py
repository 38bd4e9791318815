"""``set-backend-service``: the service that the request goes to: an address, a backend entity, a Dapr service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.gateway.evaluated import SERVER_ERROR
from certgate.gateway.sending import addresses, dapr
from certgate.gateway.sending.backend import entity_address
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Scope, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Route
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_ENTITY_OPTIONS = ("sf-partition-key", "sf-replica-type", "sf-service-instance-name", "sf-listener-name")


@element(
    Declaration(
        "set-backend-service",
        sections=frozenset({Section.BACKEND, Section.INBOUND}),
        sections_extra=frozenset({Section.ON_ERROR, Section.OUTBOUND}),
        shape=Shape(
            attributes=(
                Attribute("backend-id", expression=True),
                Attribute("base-url", expression=True),
                Attribute("dapr-app-id", expression=True),
                Attribute("dapr-method", expression=True),
                Attribute("dapr-namespace", expression=True),
                Attribute("sf-listener-name", expression=True),
                Attribute("sf-partition-key", expression=True),
                Attribute("sf-replica-type", AttributeType.ENUM, expression=True, values=("primary", "secondary")),
                Attribute("sf-resolve-condition", AttributeType.BOOL, expression=True),
                Attribute("sf-service-instance-name", expression=True),
            )
        ),
        page="set-backend-service-policy",
        does="chooses the service to which the request goes",
        deviations=(
            "A backend entity is its address: pools, circuit breakers and credentials of the entity are left out.",
            "Once one backend entity is given (--backend), an id that is not given makes the policy fail with 500.",
            "Service Fabric is not asked where a service runs: the address of its backend entity stands for it.",
            "sf-resolve-condition is not evaluated: nothing is resolved a second time.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    identifier, address = run.text(element, "backend-id"), run.text(element, "base-url")
    for name in _ENTITY_OPTIONS:
        run.value(element, name)
    route = run.exchange.route
    if identifier == "dapr" and element.value("dapr-app-id") is not None:
        return dapr.invoke(element, run, route)
    if identifier and address:
        return run.not_simulated(element, "certgate does not know which of backend-id and base-url counts")
    if identifier:
        return _entity(element, run, route, identifier)
    if route.entity is not None and _is_below(element.scope, route.scope):
        run.says(f"no effect: {route.scope} chose the backend entity {route.entity}, which base-url does not override")
        return None
    if (url := addresses.absolute(address or "")) is None:
        return run.not_simulated(element, f"'{(address or '')[:200]}' is no address of a service")
    route.service, route.entity, route.scope = url.text.partition("?")[0], None, element.scope
    run.secrets.made(element, url.text)
    run.secrets.put(element, "Url")
    run.says(f"the request goes to {route.service}")
    return None


def _is_below(scope: str, other: str | None) -> bool:
    scopes = [each.value for each in Scope]
    return scope in scopes and other in scopes and scopes.index(scope) > scopes.index(other)


def _entity(element: Element, run: Run, route: Route, identifier: str) -> End | None:
    found = entity_address(run, identifier)
    if found is None:
        run.assume("call-failed")
        message = f"Backend with id '{identifier}' could not be found."
        run.says(f"failed: {message}")
        return Failed(element, 500, None, message, SERVER_ERROR, activity=True)
    (route.entity, route.service), route.scope = found, element.scope
    run.secrets.put(element, "Backend")
    run.says(f"the request goes to the backend entity {route.entity}, {route.service}")
    return None
