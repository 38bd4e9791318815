"""``xml-to-json``: a body of XML becomes JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_UNDOCUMENTED = ("preserve-whitespace-nodes", "empty-values", "trim-values")


@element(
    Declaration(
        "xml-to-json",
        sections=frozenset({Section.INBOUND, Section.ON_ERROR, Section.OUTBOUND}),
        sections_extra=frozenset({Section.BACKEND}),
        shape=Shape(
            attributes=(
                Attribute("always-array-child-elements", AttributeType.BOOL, default="false", expression=True),
                Attribute(
                    "apply", AttributeType.ENUM, required=True, expression=True, values=("always", "content-type-xml")
                ),
                Attribute("consider-accept-header", AttributeType.BOOL, default="true", expression=True),
                Attribute("empty-values", AttributeType.ENUM, expression=True, values=("preserve", "as-null")),
                Attribute(
                    "kind", AttributeType.ENUM, required=True, expression=True, values=("javascript-friendly", "direct")
                ),
                Attribute("preserve-whitespace-nodes", AttributeType.BOOL, expression=True),
                Attribute("trim-values", AttributeType.BOOL, expression=True),
            )
        ),
        page="xml-to-json-policy",
        does="makes JSON of a body of XML",
        deviations=(
            "The rules of the conversion are not published: certgate follows published answers, writes both kinds "
            "alike, and leaves the outcome undecided for comments, CDATA, instructions and mixed texts.",
            "Its undocumented attributes are not simulated.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.csharp.dotnet.xml.load import parse_document
    from certgate.gateway.content import conversion, xml_json
    from certgate.gateway.content.media import is_json, is_xml

    if end := conversion.undocumented(element, run, *_UNDOCUMENTED):
        return end
    kind = run.text(element, "kind")
    if kind not in ("javascript-friendly", "direct"):
        return run.not_simulated(element, f"certgate does not know the kind '{kind}'", attribute="kind")
    if reason := conversion.why_not(element, run, is_xml, is_json):
        run.says(f"leaves the body as it is: {reason}")
        return None
    options = xml_json.Options(run.flag(element, "always-array-child-elements"))
    return conversion.convert(
        element, run, "application/json", lambda text: xml_json.converted(parse_document(text), options)
    )
