"""``forward-request``: the request goes to the backend, and what the backend answers becomes the response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.evaluated import SERVER_ERROR
from certgate.gateway.sending import calls
from certgate.gateway.sending.backend import forward, redirected
from certgate.gateway.sending.calls import NoAnswer
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "forward-request",
        sections=frozenset({Section.BACKEND}),
        shape=Shape(
            attributes=(
                Attribute("buffer-request-body", AttributeType.BOOL, default="false", expression=False),
                Attribute("buffer-response", AttributeType.BOOL, default="true", expression=False),
                Attribute("continue-timeout", AttributeType.DURATION, expression=True),
                Attribute("fail-on-error-status-code", AttributeType.BOOL, default="false", expression=False),
                Attribute("follow-redirects", AttributeType.BOOL, default="false", expression=True),
                Attribute("http-version", AttributeType.ENUM, default="1", values=("1", "2", "2or1")),
                Attribute("timeout", AttributeType.DURATION, default="300", expression=True, minimum=0),
                Attribute("timeout-ms", AttributeType.DURATION, expression=True, minimum=0),
            )
        ),
        page="forward-request-policy",
        does="sends the request to the backend, whose answer is the response; fails where there is none",
        deviations=(
            "The answer is the one that is configured, by default 200 without a body; time-outs pass in no time.",
            "X-Forwarded-For and other headers of the gateway's own are not added.",
            "Headers of the connection (RFC 9110) are left out, and Content-Length follows the body.",
            "A second request has the same body, whatever buffer-request-body says.",
            "follow-redirects finds the answer of the other address in --responses.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    for name in ("timeout", "timeout-ms", "continue-timeout"):
        run.value(element, name)
    follows = run.flag(element, "follow-redirects")
    first = forward(run)
    answer = redirected(run, element, first) if follows and not isinstance(first, NoAnswer) else first
    if isinstance(answer, Undecided):
        return answer
    if isinstance(answer, NoAnswer):
        return calls.unanswered(run, element, answer)
    if 400 <= answer.status < 600 and run.flag(element, "fail-on-error-status-code"):
        run.assume("status-error")
        message = f"The backend answered {answer.status}."
        run.says(f"failed: {message}")
        return Failed(element, answer.status, None, message, SERVER_ERROR, response=answer)
    run.exchange.response = answer
    body = run.exchange.request.body
    lost = " without its body, which was read and not preserved" if body and body.consumed and body.data else ""
    run.says(f"forwarded{lost}; the backend answered {answer.status}")
    return None
