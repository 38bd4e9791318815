"""``find-and-replace``: a text in the body of the request (inbound, backend) or of the response (elsewhere)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.exchange import Body
from certgate.policy.declaration import Attribute, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

MAX_SIZE = 64 * 1024 * 1024
"""Bytes. SECURITY: no body grows beyond."""


@element(
    Declaration(
        "find-and-replace",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("from", required=True, expression=True),
                Attribute("to", required=True, expression=True),
            )
        ),
        page="find-and-replace-policy",
        does="replaces a text in a body",
        deviations=("Texts are compared as they are, in UTF-8, whatever character set the Content-Type names.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    old, new = (run.text(element, "from") or "").encode(), (run.text(element, "to") or "").encode()
    if not old:
        return run.not_simulated(element, "certgate does not know what find-and-replace does with nothing to find")
    message = run.response or run.sent
    data = message.body.left if message.body else b""
    count = data.count(old)
    if not count:
        run.says("the body does not have the text: no effect" if data else "there is no body: no effect")
        return None
    if len(data) + count * (len(new) - len(old)) > MAX_SIZE:
        return run.not_simulated(element, f"the body would be longer than {MAX_SIZE} bytes")
    made = data.replace(old, new)
    run.secrets.remade(element, made.decode("utf-8", "replace"))
    run.put_body(Body(made))
    run.says(f"replaces the text in the body, {count} times" if count > 1 else "replaces the text in the body once")
    return None
