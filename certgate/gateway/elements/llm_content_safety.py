"""``llm-content-safety``: refuses prompts, or answers, in which the content safety service finds harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    GatewayKind,
    Order,
    Scope,
    Section,
    Shape,
    TextKind,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_FLAG, _INT, _ENUM = AttributeType.BOOL, AttributeType.INT, AttributeType.ENUM
_LEVELS = ("FourSeverityLevels", "EightSeverityLevels")
_HARMS = ("Hate", "SelfHarm", "Sexual", "Violence")
_CATEGORY = Shape(
    attributes=(
        Attribute("name", _ENUM, required=True, expression=True, values=_HARMS),
        Attribute("threshold", _INT, required=True, expression=True, minimum=0, maximum=7),
    )
)
_CATEGORIES = Shape(
    attributes=(Attribute("output-type", _ENUM, default="FourSeverityLevels", expression=True, values=_LEVELS),),
    children=(Child("category", 1, None, _CATEGORY),),
)


@element(
    Declaration(
        "llm-content-safety",
        sections=frozenset({Section.INBOUND, Section.OUTBOUND}),
        scopes=frozenset(Scope) - {Scope.OPERATION},
        gateways=frozenset(GatewayKind) - {GatewayKind.CONSUMPTION},
        shape=Shape(
            attributes=(
                Attribute("backend-id", required=True, expression=True),
                Attribute("shield-prompt", _FLAG, default="false", expression=True),
                Attribute("enforce-on-completions", _FLAG, default="false", expression=True),
                Attribute("window-size", _INT, expression=True),
                Attribute("window-overlap-size", _INT, expression=True),
            ),
            children=(
                Child("categories", shape=_CATEGORIES),
                Child("blocklists", shape=Shape(children=(Child("id", 1, None, Shape(text=TextKind.BOTH)),))),
            ),
            order=Order.ALL,
        ),
        page="llm-content-safety-policy",
        does="refuses with 403 what its service finds harmful",
        deviations=(
            "The service's findings are recorded answers; without them the outcome is undecided.",
            "enforce-on-completions is not simulated.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.language.safety import check

    return check(element, run)
