"""``jsonp``: makes a script of a JSON answer, which calls the function that the request names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.gateway.exchange import Body
from certgate.policy.declaration import Attribute, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Response
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_KIND = "application/javascript"


@element(
    Declaration(
        "jsonp",
        sections=frozenset({Section.OUTBOUND}),
        shape=Shape(attributes=(Attribute("callback-parameter-name", required=True, expression=True),)),
        page="jsonp-policy",
        does="wraps the body of the answer",
        deviations=(f"The body becomes callback(body); of type {_KIND}; an answer that is no JSON stays as it is.",),
        once=True,
    )
)
def run(element: Element, run: Run) -> End | None:
    name = run.text(element, "callback-parameter-name") or ""
    callback = _parameter(run, name)
    if not callback:
        run.says(f"no effect: the request has no parameter {name}")
        return None
    if not callback.replace("$", "_").isidentifier():
        run.assume("jsonp")
        message = f"Value of callback parameter {name} is not a valid JavaScript identifier."
        run.says(f"refused: {message}")
        return Failed(element, 400, "CallbackParameterInvalid", message, message)
    response = run.response
    if response is None or not _is_json(response):
        run.says("no effect: the answer is no JSON")
        return None
    run.assume("jsonp")
    response.body = Body(f"{callback}(".encode() + (response.body.data if response.body else b"") + b");")
    response.headers.set("Content-Type", [_KIND])
    run.says(f"wraps the answer in {callback}")
    return None


def _parameter(run: Run, name: str) -> str:
    for each, values in run.exchange.request.original_url.query.items():
        if each.lower() == name.lower():
            return values[0]
    return ""


def _is_json(response: Response) -> bool:
    """Whether it says so; an answer that says nothing of its type is taken for it."""
    kind = (response.headers.get("Content-Type") or ["application/json"])[0].partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith(("+json", "/json"))
