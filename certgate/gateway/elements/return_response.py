"""``return-response``: ends the pipeline and answers at once; nothing else runs, on-error neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Answered, Failed
from certgate.gateway.exchange import Response
from certgate.policy.declaration import Attribute, Child, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "return-response",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(Attribute("response-variable-name", expression=False),),
            children=(Child("set-status"), Child("set-header", maximum=None), Child("set-body")),
        ),
        page="return-response-policy",
        does="answers at once",
        deviations=("A variable that holds no response makes the policy fail with 500, in words of certgate's own.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    response = Response()
    if (name := element.literal("response-variable-name")) is not None:
        held = run.held_response(name)
        if held is None:
            return Failed(
                element,
                status=500,
                reason=None,
                message=f"The context variable '{name}' holds no response.",
                body_message="Internal server error",
                activity=True,
            )
        response = held
    if end := run.building(response, element.children):
        return end
    run.says(f"answers {response.status}")
    return Answered(element, response)
