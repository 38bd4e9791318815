"""Elements as text again: what is written reads the same."""

from __future__ import annotations

import pytest

from certgate.core.source import Source
from certgate.gateway.context.context import environment
from certgate.gateway.elements import VOCABULARY
from certgate.policy.declaration import Section
from certgate.policy.document import Document, Element
from certgate.policy.parse import parse
from certgate.policy.written import Writer, start_tag


def read(text: str) -> Document:
    return parse(Source("p.xml", text.encode()), vocabulary=VOCABULARY, environment=environment())


def written(document: Document) -> str:
    lines = Writer(VOCABULARY, lambda element: None).policies(document.sections[Section.INBOUND], 1)
    return "<policies><inbound>\n" + "\n".join(lines) + "\n</inbound></policies>"


def same(one: tuple[Element, ...], other: tuple[Element, ...]) -> bool:
    return len(one) == len(other) and all(_same(*pair) for pair in zip(one, other, strict=True))


def _same(one: Element, other: Element) -> bool:
    attributes = [
        {name: (type(each.value), each.value.text) for name, each in element.attributes.items()}
        for element in (one, other)
    ]
    texts = [(type(element.text), element.text.text) if element.text else None for element in (one, other)]
    return (
        one.name == other.name
        and attributes[0] == attributes[1]
        and texts[0] == texts[1]
        and same(one.children, other.children)
    )


@pytest.mark.parametrize(
    "inbound",
    [
        '<set-variable name="a" value="b" />',
        '<set-variable name="a&quot;b" value="&lt;&amp;amp;\n\t&#xA;&gt;" />',
        '<set-variable name="a" value="@("b" + \'c\')" />',
        '<set-variable name="a" value="@(&quot;&amp;lt;&quot;)" />',
        '<set-variable name="a" value="@(&quot;)&quot;)" />',
        '<set-variable name="a" value=\'@("x" == "a&amp;amp;b")\' />',
        '<set-variable name="a" value="@{ if (1 < 2 && true) { return "x"; }\r\n  return "y"; }" />',
        '<set-body>@(context.Request.Body.As<string>())</set-body>',
        '<set-body>a &lt;b&gt; &amp;amp; @(c)</set-body>',
        '<set-body template="liquid"><a>{{body.x}} &amp;</a></set-body>',
        '<choose><when condition="@(1 < 2)"><set-variable name="a" value="b" /></when><otherwise /></choose>',
        '<set-header name="A" exists-action="override"><value>x</value><value>@("a")</value></set-header>',
        '<xsl-transform><xsl:stylesheet version="1.0" xmlns:xsl="urn:x" /></xsl-transform>',
    ],
)  # fmt: skip
def test_what_is_written_reads_the_same(inbound: str) -> None:
    """Quotes, signs, line ends, expressions and free XML."""
    document = read(f"<policies><inbound>{inbound}</inbound></policies>")
    again = read(written(document))
    assert same(document.sections[Section.INBOUND], again.sections[Section.INBOUND])
    assert written(again) == written(document)


def test_an_expression_stands_as_people_write_it() -> None:
    """Its quotes need no escape, and a start tag alone shows whether there is more."""
    document = read(
        '<policies><inbound><choose><when condition="@("a" == &quot;b&quot;)" /></choose></inbound></policies>'
    )
    (choose,) = document.sections[Section.INBOUND]
    assert start_tag(choose) == "<choose>"
    assert start_tag(choose.children[0]) == '<when condition="@("a" == "b")" />'
