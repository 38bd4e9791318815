"""``validate-parameters``: headers, query and path of the request against the definition of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Undecided
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.content.errors import Log
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_ACTIONS = ("ignore", "prevent", "detect")
_SPECIFIED, _UNSPECIFIED = "specified-parameter-action", "unspecified-parameter-action"
_BOTH = tuple(
    Attribute(name, AttributeType.ENUM, required=True, expression=True, values=_ACTIONS)
    for name in (_SPECIFIED, _UNSPECIFIED)
)
_PARAMETER = Shape(
    attributes=(
        Attribute("action", AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
        Attribute("name", required=True),
    )
)
_PARAMETERS = (Child("parameter", maximum=None, shape=_PARAMETER),)


@element(
    Declaration(
        "validate-parameters",
        sections=frozenset({Section.INBOUND}),
        once=True,
        shape=Shape(
            attributes=(Attribute("errors-variable-name", expression=False), *_BOTH),
            children=(
                Child("headers", shape=Shape(attributes=_BOTH, children=_PARAMETERS)),
                Child("query", shape=Shape(attributes=_BOTH, children=_PARAMETERS)),
                Child("path", shape=Shape(attributes=_BOTH[:1], children=_PARAMETERS)),
            ),
        ),
        page="validate-parameters-policy",
        does="refuses parameters that the API's definition does not have or allow: 400",
        deviations=(
            "The definition comes from --definition FILE, OpenAPI 3 in JSON; without it the outcome is undecided.",
            "Parameters that are arrays or objects leave the outcome undecided; cookies are not looked at.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.content import listed

    return listed.settled(element, run, lambda log: _check(element, run, log))


def _check(element: Element, run: Run, log: Log) -> End | None:
    from certgate.gateway.content import listed, parameters

    request = run.exchange.request
    rules = {
        name: listed.actions(element, run, (_SPECIFIED, _UNSPECIFIED), next(iter(element.named(name)), None))
        for name in ("headers", "query", "path")
    }
    operation = listed.described(element, log, set().union(*(each.all for each in rules.values())))
    if operation is None or isinstance(operation, Undecided):
        return operation
    path = {name: [text] for name, text in operation.values.items()}
    for name, place, sort, given in (
        ("headers", "header", parameters.HEADER, dict(request.headers)),
        ("query", "query", parameters.QUERY, request.url.query),
        ("path", "path", parameters.PATH, path),
    ):
        declared = [each for each in operation.parameters if each.place == place]
        if end := listed.values(log, sort, rules[name], declared, given):
            return end
    return None
