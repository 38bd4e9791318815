"""``check-header``: refuses a request whose header is missing, or has none of the values that are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.gateway.exchange import STATUSES, Unknown
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "check-header",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("name", required=True, expression=True),
                Attribute("failed-check-httpcode", AttributeType.INT, required=True, expression=True),
                Attribute("failed-check-error-message", expression=True, advised=True),
                Attribute("ignore-case", AttributeType.BOOL, expression=True, advised=True),
            ),
            children=(Child("value", 0, None, Shape(text=TextKind.BOTH)),),
        ),
        page="check-header-policy",
        does="refuses a request without the header",
        deviations=(
            "Values are compared as text, not by the rules of the invariant culture: an accent written in another way "
            "makes another value.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    name = (run.text(element, "name") or "").strip()
    status = run.number(element, "failed-check-httpcode")
    message = run.text(element, "failed-check-error-message") or ""
    ignore_case = run.flag(element, "ignore-case")
    allowed = [run.content(element, value) or "" for value in element.named("value")]
    found = run.exchange.request.headers.get(name)
    if allowed and any(isinstance(value, Unknown) for value in found or ()):
        # SECURITY: a value that nobody knows is none of those that are allowed, and no other one either.
        return run.not_simulated(element, f"nobody knows the value of {name}, which a policy has set")
    if not found:
        reason, text = "HeaderNotFound", f"Header {name} was not found in the request. Access denied."
    elif len(found) > 1 or (allowed and not _among(found[0], allowed, ignore_case=ignore_case)):
        value = ",".join(found)
        reason, text = "HeaderValueNotAllowed", f"Header {name} value of {value} is not allowed. Access denied."
    else:
        run.traced(name=name, value=found[0])
        run.says(f"{name} is there" + (", with a value that is allowed" if allowed else ""))
        return None
    if status not in STATUSES:
        # SECURITY: a number below 400 would look like an acceptance.
        wrong = f"certgate does not know what the gateway answers with the status {status}"
        return run.not_simulated(element, wrong, attribute="failed-check-httpcode")
    run.says(f"refused: {reason}")
    return Failed(element, status, reason, text, message)


def _among(value: str, allowed: list[str], *, ignore_case: bool) -> bool:
    """Whether it is one of them, composed alike as the invariant culture sees them."""
    from unicodedata import normalize

    def seen(text: str) -> str:
        composed = normalize("NFC", text)
        return composed.casefold() if ignore_case else composed

    return seen(value) in map(seen, allowed)
