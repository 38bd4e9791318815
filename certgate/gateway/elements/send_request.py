"""``send-request``: another service is asked, and its answer goes into a context variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Undecided
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
        "send-request",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("buffer-response", AttributeType.BOOL, default="true", expression=False),
                Attribute("fail-on-error-status-code", AttributeType.BOOL, default="false", expression=False),
                Attribute("ignore-error", AttributeType.BOOL, default="false", expression=False),
                Attribute("mode", AttributeType.ENUM, default="new", expression=True, values=("new", "copy")),
                Attribute("response-variable-name", expression=True, advised=True),
                Attribute("timeout", AttributeType.DURATION, default="60", expression=True),
                Attribute("timeout-ms", AttributeType.INT, expression=True),
            ),
            children=CHILDREN,
        ),
        page="send-request-policy",
        does="sets a variable to another service's answer, and fails where there is none",
        deviations=(
            "Nothing is sent: the answer comes from --responses, and without any the outcome is undecided.",
            "Time-outs pass in no time, and a redirect is the answer. A body adds no headers to the request.",
            "A copy without set-url goes to the address of the request as it stands.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    name = run.text(element, "response-variable-name")
    for each in ("timeout", "timeout-ms"):
        run.value(element, each)
    ignores = run.flag(element, "ignore-error")
    sent = callout(element, run)
    if not isinstance(sent, Sent | NoAnswer):
        return sent
    answer = calls.send(run, element, sent) if isinstance(sent, Sent) else sent
    if isinstance(answer, Undecided):
        return answer
    if isinstance(answer, NoAnswer):
        if not ignores:
            return calls.unanswered(run, element, answer)
        run.assume("ignore-error")
        calls.store(run, element, name, None)
        run.says(f"ignored: {answer.message}" + (f"; {name} is null" if name else ""))
        return None
    if answer.status >= 400 and run.flag(element, "fail-on-error-status-code"):
        return run.not_simulated(
            element, "certgate does not know how fail-on-error-status-code makes send-request fail"
        )
    calls.store(run, element, name, answer)
    where = f"; {name} has the answer" if name else ""
    run.says(f"{_target(sent)} answers {answer.status}{where}")
    return None


def _target(sent: Sent | NoAnswer) -> str:
    return sent.url if isinstance(sent, Sent) else ""
