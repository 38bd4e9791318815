"""``redirect-content-urls``: links to the backend become links to the gateway, in a request the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.find_and_replace import MAX_SIZE
from certgate.gateway.elements.simulated import element
from certgate.gateway.exchange import Body
from certgate.gateway.sending.backend import gateway_base, service
from certgate.policy.declaration import Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Headers
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "redirect-content-urls",
        sections=frozenset({Section.INBOUND, Section.OUTBOUND}),
        shape=Shape(),
        page="redirect-content-urls-policy",
        once=True,
        does="replaces the backend's address by the gateway's in the body and in Location",
        deviations=(
            "The service URL and the gateway's address with the API's path are exchanged as texts, in any body.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    backend, gateway = service(run).text.partition("?")[0].rstrip("/"), gateway_base(run)
    response = run.response
    message = response or run.sent
    old, new = (backend, gateway) if response else (gateway, backend)
    data = message.body.left if message.body else b""
    count = data.count(old.encode())
    if len(data) + count * (len(new.encode()) - len(old.encode())) > MAX_SIZE:
        return run.not_simulated(element, f"the body would be longer than {MAX_SIZE} bytes")
    if count:
        run.put_body(Body(data.replace(old.encode(), new.encode())))
    if response and _location(response.headers, old, new):
        count += 1
    if count:
        run.assume("redirected-urls")
    run.says(f"{old} becomes {new}, {count} times" if count else f"{old} does not occur: no effect")
    return None


def _location(headers: Headers, old: str, new: str) -> bool:
    """Whether the header said the old address; then it says the new one."""
    values = headers.get("Location") or []
    if not any(value.startswith(old) for value in values):
        return False
    headers.set("Location", [new + value[len(old) :] if value.startswith(old) else value for value in values])
    return True
