"""``mock-response``: answers in place of the backend, with an example of the operation where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Answered
from certgate.gateway.exchange import STATUSES, Body, Response
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "mock-response",
        sections=frozenset({Section.INBOUND, Section.OUTBOUND, Section.ON_ERROR}),
        shape=Shape(
            attributes=(
                Attribute("status-code", AttributeType.INT, default="200", expression=False),
                Attribute("content-type", expression=False),
                Attribute("index", AttributeType.INT, expression=False),
                Attribute("enabled", AttributeType.BOOL, expression=False),
            )
        ),
        page="mock-response-policy",
        does="answers in place of the backend",
        deviations=(
            "No sample is made from a schema: without an example the body is empty.",
            "index picks one of all examples of the operation, and its status with it.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    if element.literal("enabled", "true") not in ("true", "1"):
        message = "certgate does not know what enabled, which nobody documents, does"
        return run.not_simulated(element, message, attribute="enabled")
    status = int(element.literal("status-code", "200") or 200)
    if status not in STATUSES:
        message = f"certgate does not know what the gateway answers with the status {status}"
        return run.not_simulated(element, message, attribute="status-code")
    from certgate.gateway.content.examples import example

    wanted, index = element.literal("content-type"), element.literal("index")
    found = example(run.context.operation, status, wanted, int(index) if index else None)
    if found is None:
        run.assume("mock-empty")
        return _answered(element, run, Response(status), wanted)
    return _answered(element, run, Response(found.status, body=Body(found.body)), found.kind or wanted)


def _answered(element: Element, run: Run, response: Response, kind: str | None) -> Answered:
    if kind:
        response.headers.set("Content-Type", [kind])
    response.headers.set("Content-Length", [str(len(response.body.data) if response.body else 0)])
    shown = "with an example" if response.body else "without a body"
    run.says(f"answers {response.status} in place of the backend, {shown}")
    return Answered(element, response)
