"""``set-status``: the status and reason phrase of the response.

What is saved is any positive number. Of what the gateway does with one that is no status of HTTP nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.exchange import STATUSES
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "set-status",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("code", AttributeType.INT, required=True, expression=True, minimum=1),
                Attribute("reason", expression=True),
            )
        ),
        page="set-status-policy",
        does="sets the status of the answer",
        deviations=(
            "Where the response is not there yet it has no effect.",
            "A number that is no status from 100 to 999 leaves the outcome undecided.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    code = run.number(element, "code")
    reason = run.text(element, "reason")
    if reason is None:
        run.assume("status-reason")
    if code not in STATUSES:
        # SECURITY: 0 or a negative number is less than 400, and no acceptance.
        message = f"certgate does not know what the gateway answers with the status {code}"
        return run.not_simulated(element, message, attribute="code")
    if any(char in (reason or "") for char in "\r\n\0"):
        message = "certgate does not know what a reason on several lines does"
        return run.not_simulated(element, message, attribute="reason")
    response = run.response
    if response is None:
        run.says("no effect: there is no response yet, and the request goes on")
        return None
    response.status = code
    response.reason = reason
    run.says(f"sets the status {code}")
    return None
