"""``forward-request``: the request goes to the backend, and what the backend answers becomes the response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.backend import forward
from certgate.gateway.calls import NoAnswer
from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_FLAG = AttributeType.BOOL
_TIME = AttributeType.DURATION


@element(
    Declaration(
        "forward-request",
        sections=frozenset({Section.BACKEND}),
        shape=Shape(
            attributes=(
                Attribute("timeout", _TIME, default="300", expression=True, minimum=0),
                Attribute("timeout-ms", _TIME, expression=True, minimum=0),
                Attribute("continue-timeout", _TIME, expression=True),
                Attribute("follow-redirects", _FLAG, default="false", expression=True),
                Attribute("buffer-request-body", _FLAG, default="false", expression=False),
                Attribute("buffer-response", _FLAG, default="true", expression=False),
                Attribute("fail-on-error-status-code", _FLAG, default="false", expression=False),
                Attribute("http-version", AttributeType.ENUM, default="1", values=("1", "2", "2or1")),
            )
        ),
        page="forward-request-policy",
    )
)
def run(element: Element, run: Run) -> End | None:
    for name in ("timeout", "timeout-ms", "continue-timeout"):
        run.value(element, name)
    follow = run.flag(element, "follow-redirects")
    response = forward(run)
    if isinstance(response, NoAnswer):
        return Failed(element, 500, response.reason, response.message, "Internal server error", activity=True)
    if follow and 300 <= response.status < 400:
        return run.not_simulated(element, "certgate does not follow redirects of the backend yet")
    if response.status >= 400 and run.flag(element, "fail-on-error-status-code"):
        return run.not_simulated(element, "certgate does not simulate fail-on-error-status-code yet")
    run.exchange.response = response
    run.says(f"forwarded; the backend answered {response.status}")
    return None
