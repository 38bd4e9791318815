"""``send-one-way-request``: a request to another service whose answer nobody waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import calls
from certgate.gateway.sending.callouts import CHILDREN, callout
from certgate.gateway.sending.calls import NoAnswer, Sent
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "send-one-way-request",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("mode", AttributeType.ENUM, default="new", expression=True, values=("new", "copy")),
                Attribute("timeout", AttributeType.DURATION, default="60", expression=True),
            ),
            children=CHILDREN,
        ),
        page="send-one-way-request-policy",
        does="sends a request whose answer has no effect",
        deviations=("Nothing is sent: the request is recorded.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    run.value(element, "timeout")
    sent = callout(element, run)
    if isinstance(sent, NoAnswer):
        return calls.unanswered(run, element, sent)
    if not isinstance(sent, Sent):
        return sent
    calls.note(run, element, sent)
    run.says(f"sends {sent.method} {sent.url}; nobody waits for the answer")
    return None
