"""``invoke-request``, undocumented: the request goes to an address, and its answer is the response or a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import SectionEnded, Undecided
from certgate.gateway.exchange import Body, Url
from certgate.gateway.sending import addresses, calls
from certgate.gateway.sending.backend import backend_url, entity_address, sent_headers, service
from certgate.gateway.sending.calls import NoAnswer, Sent
from certgate.policy.declaration import Attribute, Child, Declaration, Order, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_HEADER = Shape(attributes=(Attribute("name", required=True, expression=True), Attribute("value", expression=True)))


@element(
    Declaration(
        "invoke-request",
        sections=frozenset(Section),
        scopes=None,
        gateways=None,
        shape=Shape(
            attributes=(
                Attribute("backend-id", expression=True),
                Attribute("method", expression=True),
                Attribute("response-variable-name", expression=False),
                Attribute("url", expression=True),
            ),
            children=(
                Child("value", 0, None, shape=Shape(text=TextKind.BOTH)),
                Child("header", 0, None, shape=_HEADER),
                Child("body", shape=Shape(text=TextKind.BOTH)),
            ),
            order=Order.ALL,
        ),
        documented=False,
        does="sends the request to an address; the answer is the response and ends the section, or a variable",
        deviations=(
            "Nobody documents it; taken from the comments of Microsoft's toolkit. Answers come from --responses.",
            "Children named value, which the schema has and nobody explains, are evaluated and have no effect.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    if (url := _address(element, run)) is None:
        return calls.unanswered(run, element, NoAnswer(None, "The address is not an absolute one."))
    method = (run.text(element, "method") or run.exchange.request.method).strip().upper()
    run.secrets.made(element, url.text)
    answer = calls.send(run, element, Sent(method, url.text, *_content(element, run, url)))
    if isinstance(answer, Undecided | NoAnswer):
        return answer if isinstance(answer, Undecided) else calls.unanswered(run, element, answer)
    run.says(f"{url.text} answers {answer.status}")
    if name := element.literal("response-variable-name"):
        calls.store(run, element, name, answer)
        return None
    run.exchange.response = answer
    return SectionEnded(element)


def _address(element: Element, run: Run) -> Url | None:
    """What the element says, else where the request would go."""
    text, identifier = run.text(element, "url"), run.text(element, "backend-id")
    if text:
        return addresses.absolute(text)
    entity = entity_address(run, identifier) if identifier else None
    if identifier and entity is None:
        return None
    base = Url.parse(entity[1]) if entity else service(run)
    path = run.exchange.route.path
    return addresses.absolute(backend_url(base, run.exchange.request.url, run.context.api_path, path))


def _content(element: Element, run: Run, url: Url) -> tuple[dict[str, tuple[str, ...]], bytes]:
    """The request's own headers and body, with what the element says in their place."""
    body = run.exchange.request.body
    for text in element.named("body"):
        body = Body((run.content(element, text) or "").encode())
    headers = sent_headers(run, url, run.exchange.request.headers, body)
    for header in element.named("header"):
        headers.set(run.text(element, "name", header) or "", [run.text(element, "value", header) or ""])
    for value in element.named("value"):
        run.content(element, value)
    return headers.frozen(), body.left if body else b""
