"""``redirect-body-urls``: the first name of redirect-content-urls, which the gateway has given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements import redirect_content_urls
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@element(
    Declaration(
        "redirect-body-urls",
        sections=frozenset({Section.INBOUND, Section.OUTBOUND}),
        scopes=None,
        gateways=None,
        shape=Shape(),
        documented=False,
        does="does what redirect-content-urls does",
        deviations=("Today's gateway may not know this name any more; no source says.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    return redirect_content_urls.run(element, run)
