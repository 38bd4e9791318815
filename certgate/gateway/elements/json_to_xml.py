"""``json-to-xml``: a body of JSON becomes XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape

if TYPE_CHECKING:
    from certgate.gateway.content.json_xml import Options
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_UNDOCUMENTED = (
    *("attribute-prefix", "empty-values", "invalid-character-replacement"),
    *("namespace-block-name", "null-values", "trim-values"),
)


@element(
    Declaration(
        "json-to-xml",
        sections=frozenset({Section.INBOUND, Section.ON_ERROR, Section.OUTBOUND}),
        sections_extra=frozenset({Section.BACKEND}),
        shape=Shape(
            attributes=(
                Attribute(
                    "apply", AttributeType.ENUM, required=True, expression=True, values=("always", "content-type-json")
                ),
                Attribute("attribute-block-name", expression=True),
                Attribute("attribute-prefix"),
                Attribute("consider-accept-header", AttributeType.BOOL, default="true", expression=True),
                Attribute("empty-values", AttributeType.ENUM, expression=True, values=("preserve", "as-null")),
                Attribute("invalid-character-replacement"),
                Attribute("namespace-block-name"),
                Attribute("namespace-prefix", expression=True),
                Attribute("namespace-separator", default="_", expression=True, result="char"),
                Attribute("null-values"),
                Attribute("parse-date", AttributeType.BOOL, default="true", expression=False),
                Attribute("trim-values", AttributeType.BOOL, expression=False),
            )
        ),
        page="json-to-xml-policy",
        does="makes XML of a body of JSON",
        deviations=(
            "The rules of the conversion are not published: certgate follows published answers, and leaves the outcome "
            "undecided where there is none, as for arrays in arrays and names that XML does not have.",
            "Its undocumented attributes are not simulated.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.csharp.dotnet.json.reader import parse
    from certgate.gateway.content import conversion, json_xml
    from certgate.gateway.content.media import is_json, is_xml

    if end := conversion.undocumented(element, run, *_UNDOCUMENTED):
        return end
    if reason := conversion.why_not(element, run, is_json, is_xml):
        run.says(f"leaves the body as it is: {reason}")
        return None
    options, zone = _options(element, run), run.situation.zone
    dates = element.value("parse-date") is None or run.flag(element, "parse-date")
    return conversion.convert(
        element, run, "application/xml", lambda text: json_xml.converted(parse(text, "", zone, dates), options)
    )


def _options(element: Element, run: Run) -> Options:
    from certgate.gateway.content.json_xml import Options

    separator = run.text(element, "namespace-separator")
    return Options(
        "_" if separator is None else separator,
        run.text(element, "namespace-prefix") or "",
        run.text(element, "attribute-block-name") or "",
    )
