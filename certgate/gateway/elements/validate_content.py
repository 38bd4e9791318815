"""``validate-content``: size, content type and body of the request or response, the body against a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_ACTIONS = ("ignore", "prevent", "detect")
_MAP = Shape(
    attributes=(
        Attribute("any-content-type-value", expression=False),
        Attribute("missing-content-type-value", expression=False),
    ),
    children=(
        Child(
            "type",
            maximum=None,
            shape=Shape(
                attributes=(
                    Attribute("from"),
                    Attribute("to", required=True),
                    Attribute("when", AttributeType.BOOL, expression=True),
                )
            ),
        ),
    ),
)
_CONTENT = Shape(
    attributes=(
        Attribute("action", AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
        Attribute("allow-additional-properties", AttributeType.BOOL, expression=False),
        Attribute("case-insensitive-property-names", AttributeType.BOOL, default="false", expression=False),
        Attribute("schema-id"),
        Attribute("schema-ref"),
        Attribute("type"),
        Attribute("validate-as", AttributeType.ENUM, required=True, values=("json", "xml", "soap"), expression=False),
    )
)


@element(
    Declaration(
        "validate-content",
        sections=frozenset({Section.INBOUND, Section.ON_ERROR, Section.OUTBOUND}),
        shape=Shape(
            attributes=(
                Attribute("errors-variable-name", expression=False),
                Attribute(
                    "max-size", AttributeType.INT, required=True, expression=True, minimum=0, maximum=4 * 1024 * 1024
                ),
                Attribute("size-exceeded-action", AttributeType.ENUM, required=True, expression=True, values=_ACTIONS),
                Attribute(
                    "unspecified-content-type-action",
                    AttributeType.ENUM,
                    required=True,
                    expression=True,
                    values=_ACTIONS,
                ),
            ),
            children=(Child("content-type-map", shape=_MAP), Child("content", maximum=None, shape=_CONTENT)),
        ),
        page="validate-content-policy",
        does="refuses content that does not fit its schema: 400, or 502 for a response",
        deviations=(
            "Schemas come from --schema ID=FILE and the API's definition from --definition FILE, OpenAPI 3 in JSON; "
            "without the one that is needed the outcome is undecided, but what is no JSON or XML at all is refused.",
            "JSON Schema is that of draft 4 and OpenAPI 3.0; other keywords, references to other documents and texts "
            "that do not fit a format which the gateway may or may not check leave the outcome undecided.",
            "What does not fit an XML Schema is said in libxml2's words.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.content import validation
    from certgate.gateway.content.errors import Log

    return validation.guarded(element, run, Log(element, run))
