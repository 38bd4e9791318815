"""``authentication-basic``: user and password for the backend. Says nothing about the caller."""

from __future__ import annotations

import base64
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
        "authentication-basic",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("password", required=True, expression=True),
                Attribute("username", required=True, expression=True),
            )
        ),
        page="authentication-basic-policy",
        does="puts a user and a password into Authorization for the backend; the caller is not checked",
    )
)
def run(element: Element, run: Run) -> End | None:
    user, password = run.text(element, "username") or "", run.text(element, "password") or ""
    encoded = base64.b64encode(f"{user}:{password}".encode()).decode()
    if not isinstance(element.value("password"), Literal) or run.secrets.holds(element):
        # SECURITY: masked in everything that is shown; a plain literal stands in the policy for all to read.
        run.secrets.credential(encoded)
        run.secrets.credential(password)
    run.sent.headers.set("Authorization", [f"Basic {encoded}"])
    run.secrets.put(element, '"Authorization"')
    run.says("puts user and password into Authorization for the backend; does not check the caller")
    return None
