"""``cors``: answers preflight requests, and says in the answer to other requests which origins may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    Order,
    Section,
    Shape,
    TextKind,
)
from certgate.policy.document import Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.core.finding import Finding
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_TEXT = Shape(text=TextKind.BOTH)
_NAMES = Shape(children=(Child("header", 1, None, _TEXT),))
_AGE = Attribute("preflight-result-max-age", AttributeType.DURATION, default="0", expression=True, minimum=0)


def check(cors: Element) -> Iterator[Finding]:
    """What the gateway would not save: an origin that is more, or less, than scheme, host and port."""
    for group in cors.named("allowed-origins"):
        for origin in group.named("origin"):
            text = origin.text
            if isinstance(text, Literal) and not _is_origin(text.text.strip()):
                message = "Origin must be a valid URL consisting of scheme, host, and port only"
                yield origin.finding("origin-invalid", message)


def _is_origin(text: str) -> bool:
    from certgate.gateway.arriving.cross_origin import ANY, site

    found = site(text)
    if text == ANY or "{{" in text or "${" in text:
        return True
    if not isinstance(found, tuple) or "*" in found[1]:
        return False
    return not text.partition("://")[2].partition("/")[2] and "?" not in text and "#" not in text


@element(
    Declaration(
        "cors",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("allow-credentials", AttributeType.BOOL, default="false", expression=True),
                Attribute("terminate-unmatched-request", AttributeType.BOOL, default="true", expression=True),
            ),
            children=(
                Child("allowed-origins", 1, shape=Shape(children=(Child("origin", 1, None, _TEXT),))),
                Child("allowed-methods", shape=Shape(attributes=(_AGE,), children=(Child("method", 1, None, _TEXT),))),
                Child("allowed-headers", shape=_NAMES, advised=True),
                Child("expose-headers", shape=_NAMES),
            ),
            order=Order.ALL,
        ),
        page="cors-policy",
        does="answers preflight requests, and others whose origin does not match",
        deviations=(
            "An origin that matches is answered with the lists of the policy, whatever method and headers it asks for.",
            "Its headers are put on the answer last, after outbound and on-error, in place of the backend's own.",
        ),
        once=True,
        check=check,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.arriving.cross_origin import cors

    return cors(element, run)
