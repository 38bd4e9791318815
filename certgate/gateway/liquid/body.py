"""``set-body template="liquid"``: a template of an element rendered on the message that the element acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached
from certgate.gateway.content.failing import conversion_failed
from certgate.gateway.exchange import Headers
from certgate.gateway.liquid.inputs import Names, Reading
from certgate.gateway.liquid.template import render

if TYPE_CHECKING:
    from certgate.gateway.ending import Failed, Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


def rendered(element: Element, run: Run) -> bytes | Failed | Undecided:
    """The new body. A body that is no JSON or XML although its type says so fails; what is not simulated is open."""
    try:
        made = render(_template(element), Names(run, _reading(element, run)), run.evaluation())
    except ThrownException as error:
        return conversion_failed(run, element, error.message)
    except (UnsupportedReached, BudgetExceeded) as error:
        return run.not_simulated(element, error.message)
    if made.misspelt:
        run.assume("liquid-filter-spelling")
    return made.text.encode("utf-8", "surrogatepass")


def _template(element: Element) -> str:
    return "" if element.text is None else element.text.text


def _reading(element: Element, run: Run) -> Reading:
    null_nil = element.literal("xsi-nil", "blank") == "null"
    dates = element.literal("parse-date", "true") in ("true", "1")
    message = run.passing
    # In return-response templates are given nothing (set-body page).
    return (
        Reading(message.body, message.headers, null_nil, dates)
        if message
        else Reading(None, Headers(), null_nil, dates)
    )
