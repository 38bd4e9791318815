"""Bodies, stylesheets, schemas and templates made to read files, to run without end, or to break their reader."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from certgate.core.source import Source
from certgate.gateway.content import schemas, xml_schema, xslt
from certgate.gateway.content.operation import Definition
from certgate.gateway.content.patience import TooLong, in_time
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from tests.gateway.gateway_runs import ask

XSL = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" {0}>{1}</xsl:stylesheet>'
SLOW = 20.0
"""Seconds: far more than anything here takes on the slowest machine, and far less than without end."""


def styled(body: str, names: str = "", document: bytes = b"<a><b/></a>") -> xslt.Transformed:
    return xslt.transform(XSL.format(names, body), document, {})


def rooted(inside: str) -> str:
    return f'<xsl:template match="/">{inside}</xsl:template>'


def shown(expression: str) -> str:
    return rooted(f'<x><xsl:value-of select="{expression}"/></x>')


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (shown("document ('{0}')"), ""),
        (shown("document('file://{0}')/s"), ""),
        (shown("unparsed-entity-uri('x')"), ""),
        (rooted('<e:document href="{0}.out"><x/></e:document>'), 'xmlns:e="http://exslt.org/common" '
         'extension-element-prefixes="e"'),
        (rooted('<e:output file="{0}.out"><x/></e:output>'), 'xmlns:e="http://icl.com/saxon"'),
        (rooted('<e:document href="{0}.out"><x/></e:document>'), 'xmlns:e="http://www.jclark.com/xt"'),
        (shown("e:test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$')"),
         'xmlns:e="http://exslt.org/regular-expressions"'),
        (shown("e:date-time()"), 'xmlns:e="http://exslt.org/dates-and-times"'),
        (shown("e:node-set(/)"), 'xmlns:e="urn:schemas-microsoft-com:xslt"'),
        (shown("own:take()"), 'xmlns:own="urn:certgate:turns"'),
        ('<xsl:import href="{0}"/>', ""),
    ],
)  # fmt: skip
def test_a_stylesheet_reaches_nothing(tmp_path: Path, body: str, names: str) -> None:
    """No file is read or written, and what .NET does not have, or has otherwise, is not simulated."""
    secret = tmp_path / "secret.xml"
    secret.write_text("<s>TOPSECRET</s>")
    with pytest.raises(xslt.Unsupported):
        styled(body.replace("{0}", str(secret)), names)
    assert [each.name for each in tmp_path.iterdir()] == ["secret.xml"]


def test_a_stylesheet_that_never_ends() -> None:
    """Neither templates that call themselves twice, nor an expression over all of a document for each of it."""
    more = '<xsl:call-template name="r"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>'
    twice = (
        f'<xsl:template name="r"><xsl:param name="n"/><y/><xsl:if test="$n &gt; 0">{more * 2}</xsl:if></xsl:template>'
    )
    first = '<xsl:call-template name="r"><xsl:with-param name="n" select="60"/></xsl:call-template>'
    started = time.monotonic()
    with pytest.raises(xslt.Unsupported, match="templates and turns"):
        styled(rooted(first) + twice)
    with pytest.raises(xslt.Unsupported, match="waits for no transformation"):
        styled(shown("count(//*[count(//*[count(//*)&gt;1])&gt;1])"), document=b"<a>" + b"<b/>" * 3000 + b"</a>")
    assert time.monotonic() - started < SLOW


def test_who_waits_is_told() -> None:
    """What the work raises is raised; work that takes too long is left."""
    with pytest.raises(KeyError):
        in_time(lambda: {}["x"], 10)
    done = threading.Event()
    with pytest.raises(TooLong):
        in_time(done.wait, 0.01)
    done.set()


def test_counting_changes_no_result() -> None:
    """Parameters and sorting stay first, whatever comments stand before them."""
    loop = (
        '<xsl:for-each select="//b"><!-- c --><xsl:sort select="@k" order="descending"/>[<xsl:value-of select="@k"/>]'
    )
    body = f'<xsl:template match="/"><!-- c --><xsl:param name="p"/>a<x>{loop}</xsl:for-each></x></xsl:template>'
    assert styled(body, document=b'<a><b k="1"/><b k="2"/></a>').data.endswith(b"a<x>[2][1]</x>")


@pytest.mark.parametrize("name", ["_input", "profile_run", "a b", "{u}x", ""])
def test_a_parameter_that_is_none(name: str) -> None:
    """Names that mean something else to lxml, or nothing."""
    with pytest.raises(xslt.Unsupported):
        xslt.transform(XSL.format("", shown("1")), b"<a/>", {name: "x"})


def test_a_parameter_named_by_a_number() -> None:
    """Whatever an expression gives is made a text first."""
    parameter = '<parameter name="@(5)">x</parameter>'
    text = f"<xsl-transform>{parameter}{XSL.format('', shown('1'))}</xsl-transform>"
    request = Request(method="POST", body=b"<a/>", headers={"Content-Type": "application/xml"})
    outcome = ask(f"<policies><inbound>{text}</inbound></policies>", request=request)
    assert outcome.decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>',
    ],
)
def test_no_entities_from_outside(document: bytes) -> None:
    """A document with a DTD is neither transformed nor validated."""
    with pytest.raises(xslt.Unsupported):
        styled(shown("."), document=document)
    with pytest.raises(schemas.NotSimulated):
        xml_schema.fault(document, XSD, soap=False)


XSD = b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>'


def test_a_document_names_no_schema(tmp_path: Path) -> None:
    """``xsi:schemaLocation`` in what a caller sends is not followed."""
    other = tmp_path / "o.xsd"
    other.write_bytes(XSD.replace(b"<xs:schema ", b'<xs:schema targetNamespace="urn:o" ').replace(b'"a"', b'"z"'))
    lax = b'<xs:any processContents="strict" namespace="##any"/>'
    schema = XSD.replace(
        b'"a"/>', b'"a"><xs:complexType><xs:sequence>%s</xs:sequence></xs:complexType></xs:element>' % lax
    )
    names = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:o '
    document = f'<a {names}{other.as_uri()}"><z xmlns="urn:o"/></a>'.encode()
    found = xml_schema.fault(document, schema, soap=False)
    assert found is not None and "No matching global element declaration" in found.message


def test_a_pattern_of_a_schema_that_goes_to_and_fro() -> None:
    """libxml2 gives up: what the gateway says is not known."""
    pattern = b'<xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="(a|aa)*(a|aa)*c"/></xs:restriction>'
    schema = XSD.replace(b'"a"/>', b'"a">' + pattern + b"</xs:simpleType></xs:element>")
    with pytest.raises(schemas.NotSimulated):
        xml_schema.fault(b"<a>" + b"a" * 3000 + b"!</a>", schema, soap=False)


def validated(schema: Any, body: Any) -> Outcome:
    text = (
        '<validate-content unspecified-content-type-action="prevent" max-size="4194304" size-exceeded-action="prevent">'
        '<content type="application/json" validate-as="json" action="prevent" schema-id="s" /></validate-content>'
    )
    found = schemas.read(Source("s", json.dumps(schema).encode()), "s")
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request(method="POST", body=data, headers={"Content-Type": "application/json"})
    return ask(f"<policies><inbound>{text}</inbound></policies>", request=request, schemas={"s": found})


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ({"minimum": "x"}, 1),
        ({"maxLength": "x"}, "abc"),
        ({"properties": ["a"]}, {"a": 1}),
        ({"enum": 5}, 1),
        ({"allOf": 5}, 1),
        ({"multipleOf": 0}, 1),
        ({"$ref": "#"}, 1),
        ({"$ref": "http://127.0.0.1:1/x"}, 1),
        ({"$ref": "file:///etc/passwd"}, 1),
        ({"$ref": "#/allOf/" + "9" * 5000, "allOf": [{}]}, 1),
        ({"anyOf": [{"not": {"$ref": "#"}}, {"not": {"$ref": "#"}}]}, 1),
        ({"unknown": 1}, 1),
        ({"pattern": "^(a+)+$"}, "a" * 60 + "!"),
    ],
    ids=str,
)
def test_a_schema_that_says_nothing_known(schema: Any, body: Any) -> None:
    """What cannot be followed leaves the check open."""
    started = time.monotonic()
    assert validated(schema, body).decision is Decision.UNDECIDED
    assert time.monotonic() - started < SLOW


def test_formats_take_one_pass() -> None:
    """A text of a hundred thousand dots is no address, and is told so at once."""
    started = time.monotonic()
    assert validated({"format": "email"}, "a@" + "." * 100_000 + "@").status == 400
    assert validated({"format": "date"}, "\u0662\u0660\u0662\u0666-01-01").status == 400
    assert validated({"format": "email"}, "a.b@c.example").status == 200
    assert time.monotonic() - started < SLOW


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("/a/{b}", "/A/x%20y", {"b": "x y"}),
        ("/{a}-{b}", "/x-y-z", {"a": "x-y", "b": "z"}),
        ("/{a}{b}", "/xyz", {"a": "xy", "b": "z"}),
        ("/p{a}s", "/ps", None),
        ("/{a}", "/", None),
        ("/{a}b{c}b{d}b{e}!", "/" + "b" * 15_000, None),
    ],
)
def test_templates_of_paths(template: str, path: str, values: dict[str, str] | None) -> None:
    """A segment is taken apart in one pass, however many parameters it has."""
    root = {"openapi": "3.0.1", "paths": {template: {"get": {}}}}
    found = Definition.parse(Source("d", json.dumps(root).encode())).operation("GET", path)
    assert (found.values if found else None) == values


@pytest.mark.parametrize("part", ["parameters", "responses", "requestBody"])
def test_a_definition_that_is_none(part: str) -> None:
    """A part that is no list or object leaves the check open."""
    root = {"openapi": "3.0.1", "paths": {"/": {"get": {part: 5}}}}
    checks = {
        "parameters": 'parameters specified-parameter-action="prevent" unspecified-parameter-action="prevent"',
        "responses": 'status-code unspecified-status-code-action="prevent"',
        "requestBody": 'content unspecified-content-type-action="prevent" max-size="9" size-exceeded-action="prevent"',
    }
    text = f"<validate-{checks[part]} />"
    section = "outbound" if part == "responses" else "inbound"
    outcome = ask(
        f"<policies><{section}>{text}</{section}></policies>",
        request=Request(body=b"1", headers={"Content-Type": "text/plain"}),
        definition=Definition.parse(Source("d", json.dumps(root).encode())),
    )
    assert outcome.decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    "template",
    [
        "{{ body.__class__.__mro__ }}{{ context.Request.__init__.__globals__ }}",
        "{{ context.__class__ }}",
        "{% include 'x' %}",
        "{% render '../../etc/passwd' %}",
        "{% for i in (1..99999999999999999999) %}x{% endfor %}",
        "{% for i in (1..100000) %}{% for j in (1..100000) %}x{% endfor %}{% endfor %}",
        "{% for i in body.a limit:-5 %}x{% endfor %}",
        "{{ 'a' | Append: 'b' ",
        "{% if " + "a == b and " * 5000 + "c %}x{% endif %}",
        "{% if a %}" * 5000,
    ],
    ids=range(10),
)
def test_liquid(template: str) -> None:
    """No template gets at Python, at a file, or at time without end."""
    text = (
        f'<policies><inbound><set-body template="liquid">{escape(template)}</set-body></inbound>'
        "<backend><forward-request /></backend></policies>"
    )
    started = time.monotonic()
    request = Request(method="POST", body=b'{"a": [1, 2]}', headers={"Content-Type": "application/json"})
    outcome = ask(text, request=request)
    assert outcome.decision is Decision.UNDECIDED
    assert "class" not in outcome.body
    assert time.monotonic() - started < SLOW
