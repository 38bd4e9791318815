"""``validate-status-code``: the status of the response against the definition of the API."""

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
_UNSPECIFIED = "unspecified-status-code-action"


@element(
    Declaration(
        "validate-status-code",
        sections=frozenset({Section.ON_ERROR, Section.OUTBOUND}),
        once=True,
        shape=Shape(
            attributes=(
                Attribute("errors-variable-name", expression=False),
                Attribute(_UNSPECIFIED, AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
            ),
            children=(
                Child(
                    "status-code",
                    maximum=None,
                    shape=Shape(
                        attributes=(
                            Attribute("action", AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
                            Attribute("code", AttributeType.INT, required=True, minimum=0, expression=False),
                        )
                    ),
                ),
            ),
        ),
        page="validate-status-code-policy",
        does="refuses a response whose status the API's definition does not have: 502",
        deviations=(
            "The definition comes from --definition FILE, OpenAPI 3 in JSON; without it the outcome is undecided.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.content import listed

    return listed.settled(element, run, lambda log: _check(element, run, log))


def _check(element: Element, run: Run, log: Log) -> End | None:
    from certgate.gateway.content import listed
    from certgate.gateway.content.errors import ValidationError, action_of

    response = run.response
    if response is None:
        return None
    own = [each for each in element.named("status-code") if each.literal("code") == str(response.status)]
    action = action_of(run, element, "action", own[0]) if own else action_of(run, element, _UNSPECIFIED)
    operation = listed.described(element, log, {action})
    if operation is None or isinstance(operation, Undecided):
        return operation
    if operation.answer(response.status) is not None:
        return None
    details = f"Response status code {response.status} is not allowed."
    return log.note(ValidationError(str(response.status), "StatusCode", "Unspecified", details), action)
