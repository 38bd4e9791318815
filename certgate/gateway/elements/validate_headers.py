"""``validate-headers``: the headers of the response against the definition of the API."""

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
_SPECIFIED, _UNSPECIFIED = "specified-header-action", "unspecified-header-action"


@element(
    Declaration(
        "validate-headers",
        sections=frozenset({Section.ON_ERROR, Section.OUTBOUND}),
        once=True,
        shape=Shape(
            attributes=(
                Attribute("errors-variable-name", expression=False),
                Attribute(_SPECIFIED, AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
                Attribute(_UNSPECIFIED, AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
            ),
            children=(
                Child(
                    "header",
                    maximum=None,
                    shape=Shape(
                        attributes=(
                            Attribute("action", AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
                            Attribute("name", required=True),
                        )
                    ),
                ),
            ),
        ),
        page="validate-headers-policy",
        does="refuses a response with headers that the API's definition does not have or allow: 502",
        deviations=(
            "The definition comes from --definition FILE, OpenAPI 3 in JSON; without it the outcome is undecided.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.content import listed

    return listed.settled(element, run, lambda log: _check(element, run, log))


def _check(element: Element, run: Run, log: Log) -> End | None:
    from certgate.gateway.content import listed, parameters

    rules, response = listed.actions(element, run, (_SPECIFIED, _UNSPECIFIED)), run.response
    if response is None:
        return None
    operation = listed.described(element, log, rules.all)
    if operation is None or isinstance(operation, Undecided):
        return operation
    answer = operation.answer(response.status)
    declared = answer.headers if answer else ()
    return listed.values(log, parameters.RESPONSE_HEADER, rules, declared, dict(response.headers))
