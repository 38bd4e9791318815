"""``xsl-transform``: an XSL transformation of a body of XML, by the stylesheet in the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.content import message
from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, Child, Content, Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_STYLESHEET = Shape(content=Content.XML, open_attributes=True)


@element(
    Declaration(
        "xsl-transform",
        sections=frozenset({Section.INBOUND, Section.OUTBOUND}),
        sections_extra=frozenset({Section.ON_ERROR}),
        shape=Shape(
            children=(
                Child(
                    "parameter",
                    maximum=None,
                    shape=Shape(
                        attributes=(Attribute("name", required=True), Attribute("parameter-name")), text=TextKind.BOTH
                    ),
                ),
                Child("xsl:stylesheet", 1, shape=_STYLESHEET),
            )
        ),
        page="xsl-transform-policy",
        does="transforms a body of XML",
        deviations=(
            "XSLT 1.0 as libxslt has it, which may write blanks and the XML declaration otherwise than .NET.",
            "xsl:import, xsl:include, document() and scripts leave the outcome undecided, and so do stylesheets that "
            "run for long or make much.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.content import xslt
    from certgate.gateway.content.failing import conversion_failed

    body = message.current(run)
    data = b"" if body is None else body.left
    if not data:
        return run.not_simulated(element, "certgate does not know what xsl-transform does where there is no body")
    parameters = {
        (run.text(element, "name", each) or ""): run.content(element, each) or "" for each in element.named("parameter")
    }
    try:
        made = xslt.transform(_stylesheet(element), data, parameters)
    except xslt.Unsupported as error:
        return run.not_simulated(element, str(error))
    if made.fault:
        return conversion_failed(run, element, made.fault)
    message.replace(run, made.data, text=False)
    run.secrets.remade(element, made.data.decode("utf-8", "replace"))
    run.says(f"transforms the body, {len(made.data)} bytes")
    return None


def _stylesheet(element: Element) -> str:
    """The stylesheet as it was written, its start tag put before its content."""
    from certgate.csharp.dotnet.xml.writer import escape_value

    sheet = next(each for each in element.children if each.name != "parameter")
    attributes = "".join(f' {name}="{escape_value(sheet.literal(name) or "")}"' for name in sheet.attributes)
    return f"<{sheet.name}{attributes}>{sheet.text.text if sheet.text else ''}</{sheet.name}>"
