"""``validate-odata-request``: versions, size and query options of a request to an OData API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Scope, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "validate-odata-request",
        sections=frozenset({Section.INBOUND}),
        once=True,
        scopes=frozenset({Scope.API, Scope.GLOBAL, Scope.PRODUCT, Scope.WORKSPACE}),
        shape=Shape(
            attributes=(
                Attribute("default-odata-version", default="4.0"),
                Attribute("error-variable-name"),
                Attribute("max-odata-version"),
                Attribute("max-size", AttributeType.INT),
                Attribute("min-odata-version"),
            )
        ),
        page="validate-odata-request-policy",
        does="refuses a request that is no good OData",
        deviations=(
            "Versions, size, and what is wrong with query options whatever the service are judged, with status 400; "
            "the path, and options such as $filter that only the service's model judges, leave the outcome undecided.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.content import odata

    if message := _wrong(element, run):
        run.assume("odata-refusal")
        return Failed(element, status=400, reason=None, message=message, body_message=message)
    if not odata.plain(run.exchange.request.url.query.items()):
        message = "certgate does not know the model of the OData service, by which its query options are judged"
        return run.not_simulated(element, message)
    return run.not_simulated(
        element, "certgate does not know the model of the OData service, by which paths are judged"
    )


def _wrong(element: Element, run: Run) -> str:
    """What is wrong with the request whatever the service; empty where nothing is."""
    from certgate.gateway.content import odata

    request = run.exchange.request
    size, limit = len(request.body.left) if request.body else 0, run.number(element, "max-size")
    if element.value("max-size") is not None and size > limit:
        return f"The request's body is {size} bytes long and it exceeds the limit of {limit} bytes."
    given = (request.headers.get("OData-Version") or [run.text(element, "default-odata-version") or "4.0"])[0]
    version = odata.version(given)
    if version is None:
        return f"The OData version '{given}' is not valid."
    for name, beyond in (("min-odata-version", -1), ("max-odata-version", 1)):
        bound = odata.version(run.text(element, name) or "")
        if bound is not None and (version > bound) - (version < bound) == beyond:
            return f"The OData version '{given}' is not allowed."
    return odata.wrong_option(request.url.query.items())
