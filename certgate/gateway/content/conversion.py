"""When ``json-to-xml`` and ``xml-to-json`` convert, and what both do around the conversion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached, running
from certgate.csharp.values import from_utf16, to_utf16
from certgate.gateway.content import message
from certgate.gateway.content.failing import conversion_failed
from certgate.gateway.content.media import accepted, media_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

    Is = Callable[[str], bool]


def why_not(element: Element, run: Run, given: Is, wanted: Is) -> str:
    """Why the policy leaves the body as it is; empty where it converts. `given` tells the media types that are
    converted, `wanted` those that come out."""
    if (run.text(element, "apply") or "always") != "always" and not given(media_type(run.headers)):
        return "the Content-Type is another one"
    considers = element.value("consider-accept-header") is None or run.flag(element, "consider-accept-header")
    if not considers:
        return ""
    asked = accepted(run.exchange.request.headers)
    if any(map(wanted, asked)):
        return ""
    if any("*" in each for each in asked):
        run.assume("content-accepted")
    return "the Accept header does not ask for it"


def undocumented(element: Element, run: Run, *names: str) -> End | None:
    """Undecided where one of these attributes is written: nobody says what they do."""
    for name in names:
        if element.value(name) is not None:
            return run.not_simulated(
                element, f"certgate does not know what {name} does, which no page documents", attribute=name
            )
    return None


def convert(element: Element, run: Run, content_type: str, how: Callable[[str], str]) -> End | None:
    """Put what `how` makes of the body's text in its place."""
    body = message.current(run)
    text = "" if body is None or body.consumed else body.text
    if not text:
        return run.not_simulated(element, f"certgate does not know what {element.name} does where there is no body")
    evaluation = run.evaluation()
    try:
        with running(evaluation.budget):
            made = from_utf16(how(to_utf16(text)))
    except ThrownException as error:
        return conversion_failed(run, element, error.message)
    except (UnsupportedReached, BudgetExceeded) as error:
        return run.not_simulated(element, error.message)
    run.assume(element.name)
    message.replace(run, made.encode("utf-8", "surrogatepass"), content_type)
    run.secrets.remade(element, made)
    run.says(f"converts the body, {len(made)} characters")
    return None
