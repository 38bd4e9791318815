"""``proxy``: the proxy through which the gateway reaches the backend. The answer is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, Declaration, Section, Shape
from certgate.policy.document import Literal

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "proxy",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("password", expression=True),
                Attribute("url", required=True, expression=True),
                Attribute("username", expression=True),
            )
        ),
        page="proxy-policy",
        does="names the proxy through which the backend is reached; the answer is the same",
        deviations=("The proxy is taken to let everything through.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    address = run.text(element, "url")
    run.text(element, "username")
    password = run.text(element, "password")
    if password and not isinstance(element.value("password"), Literal):
        run.secrets.credential(password)
    run.says(f"no effect on the answer: the request goes through the proxy {address}")
    return None
