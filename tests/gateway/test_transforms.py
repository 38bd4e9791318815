"""Bodies converted between JSON and XML, and transformed by stylesheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from tests.gateway.gateway_runs import ask

if TYPE_CHECKING:
    from pathlib import Path

XSL = "http://www.w3.org/1999/XSL/Transform"


def outcome(element: str, body: str, kind: str, **headers: str) -> Outcome:
    request = Request("POST", "https://api.example/x", {"Content-Type": kind, **headers}, body, None)
    return ask(
        f"<policies><inbound>{element}</inbound><backend><forward-request /></backend>"
        "<outbound /><on-error /></policies>",
        request=request,
    )


def made(element: str, body: str, kind: str, **headers: str) -> tuple[str, str]:
    """The body and the content type that go on."""
    found = outcome(element, body, kind, **headers)
    assert found.backend is not None, (found.open, found.last_error)
    types = {name.lower(): values for name, values in dict(found.backend.headers).items()}["content-type"]
    return str(found.backend.body), types[0]


def to_xml(body: str, options: str = "", **headers: str) -> str:
    element = f'<json-to-xml apply="always" consider-accept-header="false" {options} />'
    text, kind = made(element, body, "application/json", **headers)
    assert kind == "application/xml"
    return text


def to_json(body: str, options: str = "", kind: str = "direct") -> str:
    element = f'<xml-to-json kind="{kind}" apply="always" consider-accept-header="false" {options} />'
    text, type_ = made(element, body, "text/xml")
    assert type_ == "application/json"
    return text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"a": {"b": "x"}}', "<a><b>x</b></a>"),
        ('{"a": 1, "b": true, "c": 1.5}', "<Document><a>1</a><b>True</b><c>1.5</c></Document>"),
        ('{"a": {"l": [{"t": 1}, {"t": 2}], "e": []}}', "<a><l><t>1</t></l><l><t>2</t></l><e /></a>"),
        ('{"a": {"t": "<&>", "s": ""}}', "<a><t>&lt;&amp;&gt;</t><s></s></a>"),
        (
            '{"a": {"n": null}}',
            '<a><n xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" /></a>',
        ),
        ('{"a": {}}', "<a />"),
    ],
)
def test_json_to_xml(body: str, expected: str) -> None:
    """Members are elements, arrays repeated ones; more than one root stands in Document."""
    assert to_xml(body) == expected


def test_json_to_xml_with_namespaces() -> None:
    """The example of Microsoft's page: declarations, prefixes and attributes."""
    body = (
        '{"soapenv:Envelope": {"xmlns:soapenv": "http://soap.example/", "xmlns:v1": "http://v1.example/",'
        ' "soapenv:Header": {}, "soapenv:Body": {"v1:QueryList": {"#attrs": {"queryName": "test"},'
        ' "v1:QueryItem": {"name": "dummy text"}}}}}'
    )
    options = 'namespace-separator=":" namespace-prefix="xmlns" attribute-block-name="#attrs"'
    assert to_xml(body, options) == (
        '<soapenv:Envelope xmlns:soapenv="http://soap.example/" xmlns:v1="http://v1.example/"><soapenv:Header />'
        '<soapenv:Body><v1:QueryList queryName="test"><v1:QueryItem><name>dummy text</name></v1:QueryItem>'
        "</v1:QueryList></soapenv:Body></soapenv:Envelope>"
    )


def test_dates_of_json_to_xml() -> None:
    """A date is written as .NET writes one, but with parse-date false."""
    body = '{"d": "2012-03-21T05:40:00Z"}'
    assert to_xml(body) == "<d>03/21/2012 05:40:00</d>"
    assert to_xml(body, 'parse-date="false"') == "<d>2012-03-21T05:40:00Z</d>"


@pytest.mark.parametrize("body", ["[1]", "7", '{"a b": 1, "c": 2}', '{"a": [[1]]}'])
def test_json_to_xml_does_not_guess(body: str) -> None:
    """What no published answer shows is undecided."""
    found = outcome('<json-to-xml apply="always" consider-accept-header="false" />', body, "application/json")
    assert found.decision is Decision.UNDECIDED


def test_when_content_is_converted() -> None:
    """By the content type, and by what the caller accepts."""
    element = '<json-to-xml apply="content-type-json" />'
    assert made(element, '{"a": 1}', "application/json", Accept="text/xml") == ("<a>1</a>", "application/xml")
    assert made(element, '{"a": 1}', "application/json", Accept="application/json")[0] == '{"a": 1}'
    assert made(element, '{"a": 1}', "application/json")[0] == '{"a": 1}'
    assert made(element, '{"a": 1}', "text/plain", Accept="text/xml")[0] == '{"a": 1}'
    assert made(element, '{"a": 1}', "application/json", Accept="*/*")[0] == '{"a": 1}'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<a><b>x</b></a>", '{"a":{"b":"x"}}'),
        ("<a><b/><c></c></a>", '{"a":{"b":null,"c":""}}'),
        ('<a><t k="1">x</t><t k="2"/></a>', '{"a":{"t":[{"@k":"1","#text":"x"},{"@k":"2"}]}}'),
        (
            '<s:a xmlns:s="u"><s:b>1</s:b></s:a>',
            '{"s$a":{"@xmlns$s":"u","s$b":"1"}}',
        ),
        ('<?xml version="1.0"?><a>1</a>', '{"version":"1.0","a":"1"}'),
    ],
)
@pytest.mark.parametrize("kind", ["direct", "javascript-friendly"])
def test_xml_to_json(body: str, expected: str, kind: str) -> None:
    """Attributes get an at sign, prefixes a dollar, several elements of a name an array."""
    assert to_json(body, kind=kind) == expected


def test_arrays_of_xml_to_json() -> None:
    """Every child can be an array."""
    assert to_json("<a><b>x</b></a>", 'always-array-child-elements="true"') == '{"a":{"b":["x"]}}'


@pytest.mark.parametrize("body", ["<a><!-- c --></a>", "<a>x<b/>y</a>", "<a><![CDATA[x]]></a>"])
def test_xml_to_json_does_not_guess(body: str) -> None:
    """Comments, CDATA and mixed text are undecided."""
    found = outcome('<xml-to-json kind="direct" apply="always" consider-accept-header="false" />', body, "text/xml")
    assert found.decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    ("element", "body"),
    [
        ('<json-to-xml apply="always" consider-accept-header="false" />', "nope"),
        ('<xml-to-json kind="direct" apply="always" consider-accept-header="false" />', "nope"),
        (f'<xsl-transform><xsl:stylesheet version="1.0" xmlns:xsl="{XSL}" /></xsl-transform>', "<a>"),
    ],
)
def test_unreadable_content_fails_the_policy(element: str, body: str) -> None:
    """500 with the words of the reader, and an assumption."""
    found = outcome(element, body, "text/xml")
    assert found.status == 500
    assert found.last_error and found.last_error.message
    assert "content-unreadable" in {each.id for each in found.assumptions}


def transformed(templates: str, body: str, before: str = "") -> Outcome:
    sheet = f'<xsl:stylesheet version="1.0" xmlns:xsl="{XSL}">{templates}</xsl:stylesheet>'
    return outcome(f"<xsl-transform>{before}{sheet}</xsl-transform>", body, "text/xml")


def test_xsl_transform() -> None:
    """The stylesheet in the policy, with a parameter from an expression."""
    templates = (
        '<xsl:output method="xml" omit-xml-declaration="yes" /><xsl:param name="Who" />'
        '<xsl:template match="/a"><r who="{$Who}"><xsl:value-of select="b" /></r></xsl:template>'
    )
    found = transformed(
        templates, "<a><b>it's</b></a>", '<parameter name="Who">@(context.Request.Method + "\'")</parameter>'
    )
    assert found.backend and str(found.backend.body).strip() == "<r who=\"POST'\">it's</r>"


@pytest.mark.parametrize(
    "templates",
    [
        '<xsl:template match="/"><xsl:copy-of select="document(\'file:///etc/passwd\')" /></xsl:template>',
        '<xsl:include href="file:///etc/passwd" />',
        '<xsl:import href="http://127.0.0.1/x.xsl" />',
        '<msxsl:script xmlns:msxsl="urn:schemas-microsoft-com:xslt" language="C#" />',
        '<xsl:template match="/"><xsl:call-template name="r" /></xsl:template>'
        '<xsl:template name="r"><xsl:call-template name="r" /></xsl:template>',
    ],
    ids=["document", "include", "import", "script", "recursion"],
)
def test_stylesheets_reach_nothing(templates: str) -> None:
    """SECURITY: no file, no address, no script; recursion ends."""
    assert transformed(templates, "<a />").decision is Decision.UNDECIDED


def test_a_stylesheet_writes_no_file(tmp_path: Path) -> None:
    """SECURITY: the extensions that write documents are denied."""
    target = tmp_path / "written"
    sheet = (
        f'<xsl:stylesheet version="1.0" xmlns:xsl="{XSL}" xmlns:e="http://exslt.org/common" '
        f'extension-element-prefixes="e"><xsl:template match="/"><e:document href="{target}"><x /></e:document>'
        "</xsl:template></xsl:stylesheet>"
    )
    outcome(f"<xsl-transform>{sheet}</xsl-transform>", "<a />", "text/xml")
    assert not target.exists()


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;'>"
        "<!ENTITY z '&y;&y;&y;&y;&y;&y;&y;&y;&y;&y;'>]><a>&z;</a>",
    ],
    ids=["file", "dtd", "bomb"],
)
def test_documents_reach_nothing(body: str) -> None:
    """SECURITY: entities are not followed, neither to files nor to themselves."""
    found = transformed('<xsl:template match="/"><r><xsl:value-of select="/a" /></r></xsl:template>', body)
    assert found.decision is Decision.UNDECIDED
    converted = outcome('<xml-to-json kind="direct" apply="always" />', body, "text/xml")
    assert converted.backend is None or len(str(converted.backend.body)) < 1000
    assert converted.backend is None or "root:" not in str(converted.backend.body)
