"""``set-query-parameter``: a parameter in the query of the request that goes to the backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import addresses
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_ACTIONS = ("override", "append", "skip", "delete")


@element(
    Declaration(
        "set-query-parameter",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute(
                    "exists-action",
                    AttributeType.ENUM,
                    default="override",
                    expression=True,
                    values=("override", "append", "skip", "delete"),
                ),
                Attribute("name", required=True, expression=True),
            ),
            children=(Child("value", 0, None, shape=Shape(text=TextKind.BOTH)),),
        ),
        page="set-query-parameter-policy",
        does="changes the query with which the backend is called",
        deviations=(
            "Names are compared without regard to case, and what is set is escaped as in RFC 3986 (a blank is %20).",
            "What stands in the query already keeps its place and its writing; several values are several parameters.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    name = (run.text(element, "name") or "").strip()
    action = run.text(element, "exists-action") or "override"
    if action not in _ACTIONS or not name:
        message = f"certgate does not know what a parameter '{name[:40]}' with exists-action '{action[:40]}' does"
        return run.not_simulated(element, message)
    request = run.exchange.request
    query = request.url.query_string
    if action == "skip" and addresses.has(query, name):
        run.says(f"{name} is there already: skipped")
        return None
    values = [] if action == "delete" else [run.content(element, value) or "" for value in element.named("value")]
    made = _changed(query, name, action, values)
    url = addresses.changed(request.url, request.url.path, made)
    if url is None:
        return run.not_simulated(element, "the address is longer than the gateway allows")
    run.assume("query-written")
    request.url = url
    run.secrets.made(element, *(addresses.written("", text)[1:] for text in (name, *values)))
    run.secrets.put(element, "Url")
    run.says(f"{action}s {name}" if action != "skip" else f"sets {name}")
    return None


def _changed(query: str, name: str, action: str, values: Sequence[str]) -> str:
    if action == "append":
        return addresses.append_values(query, name, values)
    return addresses.set_values(query, name, values)
