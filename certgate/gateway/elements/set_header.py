"""``set-header``: a header of the request (inbound, backend) or of the response (elsewhere, return-response)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Headers
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_FIXED = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding"})
"""Headers that the policy cannot change (set-header page)."""

_NAME = re.compile(r"[^\x00-\x1f\x7f:]+")
"""What may be the name of a header; blanks too, as in an example of the page."""

_ACTIONS = ("override", "append", "skip", "delete")


@element(
    Declaration(
        "set-header",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("name", required=True, expression=True),
                Attribute(
                    "exists-action",
                    AttributeType.ENUM,
                    default="override",
                    expression=True,
                    values=_ACTIONS,
                ),
            ),
            children=(Child("value", maximum=None, shape=Shape(text=TextKind.BOTH)),),
        ),
        page="set-header-policy",
        does="sets a header of the request or of the answer",
        deviations=(
            "An exists-action that an expression makes, and that is none of the documented ones, leaves the outcome "
            "undecided.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    name = (run.text(element, "name") or "").strip()
    action = run.text(element, "exists-action") or "override"
    if action not in _ACTIONS:
        return run.not_simulated(element, f"certgate does not know what exists-action '{action}' does")
    if not _NAME.fullmatch(name):
        return run.not_simulated(element, f"certgate does not know what a header named {name!r} does", attribute="name")
    headers = run.headers
    if name.lower() in _FIXED or (name.lower() == "server" and action == "delete"):
        run.says(f"no effect: the gateway does not let a policy change {name}")
        return None
    if action == "skip" and name in headers:
        run.says(f"{name} is there already: skipped")
        return None
    values = [] if action == "delete" else [run.content(element, value) or "" for value in element.named("value")]
    if any(char in value for value in values for char in "\r\n\0"):
        # SECURITY: a header that is two would make the answer of somebody else's choosing.
        return run.not_simulated(element, f"certgate does not know what a value of {name} on several lines does")
    _apply(headers, name, action, values)
    run.secrets.put(element, f'"{name}"')
    run.says(f"{action}s {name}" if action != "skip" else f"sets {name}")
    return None


def _apply(headers: Headers, name: str, action: str, values: list[str]) -> None:
    if action == "append":
        headers.append(name, values)
    elif values:
        headers.set(name, values)
    else:
        headers.delete(name)
