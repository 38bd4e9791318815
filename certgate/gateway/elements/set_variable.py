"""``set-variable``: a context variable. A literal becomes a string, an expression keeps its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.context.variable_types import refusal, storable
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, Declaration, Section, Shape
from certgate.policy.document import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.core.finding import Finding
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


def check(element: Element) -> Iterator[Finding]:
    """What the gateway would not save: an expression of a type that a variable cannot hold."""
    value = element.value("value")
    if isinstance(value, Expression) and value.static_type and not storable(value.static_type):
        yield element.finding("variable-type", refusal(value.static_type), attribute="value")


@element(
    Declaration(
        "set-variable",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("name", required=True, expression=False),
                Attribute("value", required=True, expression=True, result="object"),
            )
        ),
        page="set-variable-policy",
        does="sets a context variable",
        deviations=("A value of a type that the gateway keeps in no variable leaves the outcome undecided.",),
        check=check,
    )
)
def run(element: Element, run: Run) -> End | None:
    name = element.literal("name") or ""
    value = run.value(element, "value")
    if (kind := run.type_name(value)) and not storable(kind):
        return run.not_simulated(element, refusal(kind))
    run.variables[name] = value
    if isinstance(value, str) and isinstance(element.value("value"), Expression):
        run.literals_stored = True
    run.secrets.put(element, f'"{name}"')
    run.says(f"sets {name}")
    run.traced(name=name, value=value)
    return None
