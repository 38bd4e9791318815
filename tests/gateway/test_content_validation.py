"""Validation of content, headers, parameters and status codes, and of OData and GraphQL requests."""

from __future__ import annotations

import json
from typing import Any

import pytest

from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.gateway.content import graphql, schemas
from certgate.gateway.content.operation import Definition
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from tests.gateway.gateway_runs import ask

NAMED = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 2},
        "n": {"type": "integer", "maximum": 5},
        "k": {"$ref": "#/definitions/K"},
        "when": {"type": "string", "format": "date", "nullable": True},
    },
    "definitions": {"K": {"enum": ["a", "b"]}},
}
XSD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence>'
    '<xs:element name="b" type="xs:int" /></xs:sequence></xs:complexType></xs:element></xs:schema>'
)
OPENAPI = {
    "openapi": "3.0.1",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/x/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "post": {
                "operationId": "make",
                "parameters": [
                    {"name": "mode", "in": "query", "required": True, "schema": {"type": "string", "enum": ["m"]}},
                    {"name": "X-H", "in": "header", "required": True, "schema": {"type": "boolean"}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Named"}}}},
                "responses": {"200": {"description": "", "headers": {"X-A": {"schema": {"type": "integer"}}}}},
            },
        }
    },
    "components": {"schemas": {"Named": NAMED}},
}
ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>'


def schema(node: Any, name: str = "s") -> dict[str, schemas.Schema]:
    data = node.encode() if isinstance(node, str) else json.dumps(node).encode()
    return {name: schemas.read(Source(name, data), name)}


DEFINITION = Definition.parse(Source("api.json", json.dumps(OPENAPI).encode()))


def outcome(
    inbound: str = "",
    outbound: str = "",
    *,
    body: str = '{"name": "ab"}',
    url: str = "https://api.example/x/5?mode=m",
    headers: dict[str, str] | None = None,
    **put: Any,
) -> Outcome:
    given = {"Content-Type": "application/json"} if headers is None else headers
    policy = (
        f"<policies><inbound>{inbound}</inbound><backend><forward-request /></backend>"
        f"<outbound>{outbound}</outbound><on-error><base /></on-error></policies>"
    )
    return ask(policy, request=Request("POST", url, given, body, None), **put)


def content(rows: str = "", unspecified: str = "prevent", size: int = 1000, exceeded: str = "prevent") -> str:
    return (
        f'<validate-content unspecified-content-type-action="{unspecified}" max-size="{size}" '
        f'size-exceeded-action="{exceeded}" errors-variable-name="e">{rows}</validate-content>'
    )


def row(more: str = 'schema-id="s"', how: str = "json", kind: str = "application/json", action: str = "prevent") -> str:
    return f'<content type="{kind}" validate-as="{how}" action="{action}" {more} />'


SHOW = (
    "<return-response><set-body>"
    '@(((JArray)context.Variables["e"]).ToString(Newtonsoft.Json.Formatting.None))'
    "</set-body></return-response>"
)


def refused(found: Outcome, words: str, status: int = 400) -> None:
    assert found.status == status, (found.decision, found.open)
    assert found.last_error is not None
    assert words in (found.last_error.message or "")
    assert found.last_error.reason == ("Bad request" if status == 400 else "Response not allowed")


# -- validate-content ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"n": 3}', "Required properties are missing from object: name."),
        ('{"name": null}', "Invalid type. Expected String but got Null."),
        ('{"name": "a"}', "String 'a' is less than minimum length of 2."),
        ('{"name": "ab", "n": 9}', "Integer 9 exceeds maximum value of 5."),
        ('{"name": "ab", "k": "z"}', 'Value "z" is not defined in enum.'),
        ('{"name": "ab", "when": "2020-13-01"}', "does not validate against format 'date'"),
        ("{not json", "Invalid character after parsing property name"),
    ],
)
def test_json_that_does_not_fit(body: str, words: str) -> None:
    """400 with the error's details; the caller is told the same."""
    found = outcome(content(row()), body=body, schemas=schema(NAMED))
    refused(found, words)
    assert "does not conform to the definition" in (found.body or "")


@pytest.mark.parametrize(
    "body", ['{"name": "ab", "n": 3, "k": "a", "when": null}', '{"name": "ab", "more": 1}', '{"name": "ab", "n": 5}']
)
def test_json_that_fits(body: str) -> None:
    """What the schema allows goes on as it is."""
    found = outcome(content(row()), body=body, schemas=schema(NAMED))
    assert found.backend and found.backend.body == body


def test_options_of_json() -> None:
    """Members beyond the schema's, and names without case."""
    strict = content(row('schema-id="s" allow-additional-properties="false"'))
    refused(outcome(strict, body='{"name": "ab", "z": 1}', schemas=schema(NAMED)), "Property 'z' has not been defined")
    folded = content(row('schema-id="s" case-insensitive-property-names="true"'))
    assert outcome(folded, body='{"Name": "ab"}', schemas=schema(NAMED)).decision is Decision.ACCEPTED


@pytest.mark.parametrize(
    ("node", "good", "bad"),
    [
        ({"allOf": [{"type": "object"}, {"required": ["a"]}]}, '{"a": 1}', "{}"),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, '"x"', "true"),
        ({"oneOf": [{"minimum": 3}, {"maximum": 5}]}, "2", "4"),
        ({"not": {"type": "null"}}, "1", "null"),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 2}, "[1, 2]", "[1, 2, 3]"),
        ({"uniqueItems": True}, "[1, 2]", "[1, 1]"),
        ({"multipleOf": 0.1}, "0.3", "0.35"),
        ({"minimum": 1, "exclusiveMinimum": True}, "2", "1"),
        ({"pattern": "^a+$"}, '"aa"', '"b"'),
        ({"additionalProperties": {"type": "integer"}}, '{"a": 1}', '{"a": "x"}'),
        ({"patternProperties": {"^x": {"type": "integer"}}}, '{"xa": 1, "b": "s"}', '{"xa": "s"}'),
        (False, None, "1"),
    ],
)
def test_keywords(node: Any, good: str | None, bad: str) -> None:
    """The keywords of draft 4 and OpenAPI."""
    if good is not None and isinstance(node, dict):
        assert outcome(content(row()), body=good, schemas=schema(node)).decision is Decision.ACCEPTED
    assert outcome(content(row()), body=bad, schemas=schema(node)).status == 400


@pytest.mark.parametrize(
    "node",
    [
        {"if": {}},
        {"format": "time"},
        {"$ref": "https://other.example/s.json"},
        {"$ref": "#/nowhere"},
        {"definitions": {"a": {"$ref": "#/definitions/a"}}, "$ref": "#/definitions/a"},
    ],
)
def test_schemas_that_are_not_simulated(node: Any) -> None:
    """SECURITY: a reference that goes round, or elsewhere, leaves the outcome open."""
    assert outcome(content(row()), body='"x"', schemas=schema(node)).decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    ("name", "text", "decision"),
    [
        ("date", "2024-02-29", Decision.ACCEPTED),
        ("date", "2023-02-29", Decision.REJECTED),
        ("date-time", "2023-02-29T00:00:00Z", Decision.REJECTED),
        ("uuid", "0f8fad5b-d9cb-469f-a165-70867728950e", Decision.ACCEPTED),
        ("uuid", "0f8fad5b", Decision.UNDECIDED),
        ("uri", "https://api.example/a?b=c", Decision.ACCEPTED),
        ("uri", "a b", Decision.UNDECIDED),
        ("ipv6", "fe80::1", Decision.ACCEPTED),
        ("hostname", "a_b", Decision.UNDECIDED),
        ("time", "10:00:00", Decision.UNDECIDED),
        ("int32", "x", Decision.ACCEPTED),
        ("house-number", "x", Decision.ACCEPTED),
    ],
)
def test_formats(name: str, text: str, decision: Decision) -> None:
    """A text that fits by any rules passes, one that only some refuse is open, formats of no draft refuse nothing."""
    found = outcome(content(row()), body=json.dumps(text), schemas=schema({"type": "string", "format": name}))
    assert found.decision is decision


def test_size() -> None:
    """Too many bytes are refused or noted; the caller is told the limit."""
    found = outcome(content(size=10))
    refused(found, "Request's body is 14 bytes long and it exceeds the configured limit of 10 bytes.")
    assert "exceeds the limit of 10 bytes." in (found.body or "")
    noted = outcome(content(size=10, exceeded="detect", unspecified="ignore") + SHOW)
    assert json.loads(noted.body or "") == [
        {
            "Name": "",
            "Type": "RequestBody",
            "ValidationRule": "SizeLimit",
            "Details": "Request's body is 14 bytes long and it exceeds the configured limit of 10 bytes.",
            "Action": "detect",
        }
    ]


def test_content_types() -> None:
    """A type that nothing lists is unspecified; without a definition of the API that is assumed."""
    found = outcome(content(row()), headers={"Content-Type": "application/xml"})
    refused(found, "Unspecified content type application/xml is not allowed.")
    assert "validation-types" in {each.id for each in found.assumptions}
    known = outcome(content(), definition=DEFINITION)
    assert known.decision is Decision.ACCEPTED
    refused(outcome(content(), headers={"Content-Type": "text/plain"}, definition=DEFINITION), "Unspecified")


def test_mapped_content_types() -> None:
    """A mapped type counts instead of the message's."""
    mapping = '<content-type-map><type from="text/json" to="application/json" /></content-type-map>'
    found = outcome(content(mapping + row()), body="{}", headers={"Content-Type": "text/json"}, schemas=schema(NAMED))
    refused(found, "associated with the content type application/json")
    missing = '<content-type-map missing-content-type-value="application/json" />'
    refused(outcome(content(missing + row()), body="{}", headers={}, schemas=schema(NAMED)), "Required properties")


def test_without_a_schema() -> None:
    """prevent leaves the outcome open and says what settles it; detect passes, and the variable is not known."""
    found = outcome(content(row()))
    assert found.decision is Decision.UNDECIDED
    assert found.open and found.open.settle == ("--schema s=FILE",)
    assert outcome(content(row(action="detect"))).decision is Decision.ACCEPTED
    assert outcome(content(row(action="detect")) + SHOW).decision is Decision.UNDECIDED
    assert outcome(content(row(""))).open.settle == ("--definition FILE",)  # type: ignore[union-attr]


def test_content_of_the_definition() -> None:
    """Without schema-id the operation's schema counts, by its name."""
    found = outcome(content(row("")), body='{"name": null}', definition=DEFINITION)
    refused(found, "the definition Named, which is associated with")
    assert outcome(content(row("")), definition=DEFINITION).decision is Decision.ACCEPTED


def test_a_response_that_does_not_fit() -> None:
    """502; the caller is told nothing of it."""
    found = outcome(outbound='<set-body>{"name": null}</set-body>' + content(row("", kind=""), "ignore"))
    assert found.decision is Decision.UNDECIDED
    made = '<set-header name="Content-Type" exists-action="override"><value>application/json</value></set-header>'
    found = outcome(outbound=f"{made}<set-body>{{}}</set-body>{content(row())}", schemas=schema(NAMED))
    refused(found, "Body of the response does not conform", 502)
    assert "Contact the API owner" in (found.body or "")


@pytest.mark.parametrize(
    ("how", "body", "words"),
    [
        ("xml", "<a><b>1</b></a>", ""),
        ("xml", "<a><b>x</b></a>", "is not a valid value"),
        ("xml", "<a>", "Premature end"),
        ("soap", ENVELOPE.format("<a><b>1</b></a>"), ""),
        ("soap", ENVELOPE.format("<a><b /></a>"), "is not a valid value"),
        ("soap", "<a><b>1</b></a>", "no SOAP body"),
    ],
)
def test_xml(how: str, body: str, words: str) -> None:
    """XML Schema holds for the document, or for what stands in a SOAP envelope."""
    found = outcome(
        content(row(how=how, kind="text/xml")), body=body, headers={"Content-Type": "text/xml"}, schemas=schema(XSD)
    )
    if words:
        refused(found, words)
    else:
        assert found.decision is Decision.ACCEPTED


def test_xml_schemas_reach_nothing() -> None:
    """SECURITY: no schema reads another file, no document expands entities."""
    other = XSD.replace('<xs:element name="a">', '<xs:include schemaLocation="/etc/passwd" /><xs:element name="a">')
    given = {"headers": {"Content-Type": "text/xml"}}
    rows = content(row(how="xml", kind="text/xml"))
    assert outcome(rows, body="<a><b>1</b></a>", schemas=schema(other), **given).decision is Decision.UNDECIDED
    bomb = "<!DOCTYPE a [<!ENTITY x '1'>]><a><b>&x;</b></a>"
    assert outcome(rows, body=bomb, schemas=schema(XSD), **given).decision is Decision.UNDECIDED


@pytest.mark.parametrize("text", ["", "7", "{", "<a/>", "<a"])
def test_files_that_are_no_schemas(text: str) -> None:
    """What is neither a JSON Schema nor an XML Schema is refused when it is read."""
    with pytest.raises(InputError) as raised:
        schemas.read(Source("s", text.encode()), "s")
    assert raised.value.problems[0].code == "schema-invalid"


def test_an_action_from_an_expression() -> None:
    """An expression may say the action; one that there is not leaves the outcome open."""
    refused(
        outcome(content(size=1, exceeded='@("prev" + "ent")').replace('"@("prev" + "ent")"', '\'@("prev" + "ent")\'')),
        "exceeds",
    )
    odd = content(size=1, exceeded="X").replace('"X"', '\'@("pre" + "x")\'')
    assert outcome(odd).decision is Decision.UNDECIDED


# -- parameters, headers, status codes -----------------------------------------------------------

PARAMETERS = (
    '<validate-parameters specified-parameter-action="prevent" unspecified-parameter-action="{}">{}'
    "</validate-parameters>"
)


@pytest.mark.parametrize(
    ("url", "headers", "words"),
    [
        ("/x/5?mode=m", {"X-H": "true"}, ""),
        ("/x/5?mode=m", {}, "X-H is missing"),
        ("/x/abc?mode=m", {"X-H": "true"}, "Value of the path parameter id cannot be parsed"),
        ("/x/5?mode=m", {"X-H": "nope"}, "Value of the header X-H cannot be parsed"),
        ("/x/5?mode=z", {"X-H": "true"}, "mode"),
        ("/x/5", {"X-H": "true"}, "mode is missing"),
    ],
)
def test_parameters(url: str, headers: dict[str, str], words: str) -> None:
    """Parameters in path, query and headers by the operation."""
    found = outcome(
        PARAMETERS.format("ignore", ""), url=f"https://api.example{url}", headers=headers, definition=DEFINITION
    )
    if words:
        refused(found, words)
    else:
        assert found.decision is Decision.ACCEPTED


def test_actions_of_single_parameters() -> None:
    """A parameter's own action wins, and so do those of its sort."""
    rows = '<headers specified-parameter-action="ignore" unspecified-parameter-action="ignore" />'
    assert outcome(PARAMETERS.format("prevent", rows), definition=DEFINITION).decision is Decision.ACCEPTED
    single = (
        '<headers specified-parameter-action="prevent" unspecified-parameter-action="ignore">'
        '<parameter name="x-h" action="ignore" /></headers>'
    )
    assert outcome(PARAMETERS.format("ignore", single), definition=DEFINITION).decision is Decision.ACCEPTED


def test_headers_and_status_codes() -> None:
    """A response with what the operation does not have is 502."""
    status = '<validate-status-code unspecified-status-code-action="prevent"{}'
    set_status = '<set-status code="201" reason="Created" />'
    assert outcome(outbound=status.format(" />"), definition=DEFINITION).decision is Decision.ACCEPTED
    refused(outcome(outbound=set_status + status.format(" />"), definition=DEFINITION), "201", 502)
    single = status.format('><status-code code="201" action="ignore" /></validate-status-code>')
    assert outcome(outbound=set_status + single, definition=DEFINITION).status == 201
    headers = '<validate-headers specified-header-action="prevent" unspecified-header-action="prevent" />'
    put = '<set-header name="{}" exists-action="override"><value>x</value></set-header>'
    refused(outcome(outbound=put.format("X-B") + headers, definition=DEFINITION), "X-B", 502)
    refused(outcome(outbound=put.format("X-A") + headers, definition=DEFINITION), "X-A", 502)


@pytest.mark.parametrize(
    ("inbound", "outbound"),
    [
        (PARAMETERS.format("ignore", ""), ""),
        ("", '<validate-headers specified-header-action="prevent" unspecified-header-action="ignore" />'),
        ("", '<validate-status-code unspecified-status-code-action="prevent" />'),
    ],
)
def test_without_a_definition(inbound: str, outbound: str) -> None:
    """prevent needs the definition of the API, and an operation in it; detect and ignore change no answer."""
    found = outcome(inbound, outbound)
    assert found.decision is Decision.UNDECIDED
    assert found.open and found.open.settle == ("--definition FILE",)
    elsewhere = outcome(inbound, outbound, url="https://api.example/y", definition=DEFINITION)
    assert elsewhere.decision is Decision.UNDECIDED
    lenient = outcome(inbound.replace("prevent", "detect"), outbound.replace("prevent", "detect"))
    assert lenient.decision is Decision.ACCEPTED


# -- OData and GraphQL ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("$nope=1", "'$nope' is not a system query option"),
        ("$top=-1", "'$top' is not a non-negative integer"),
        ("$top=1&$top=2", "given more than once"),
        ("$count=maybe", "neither true nor false"),
        ("$filter=a", ""),
        ("x=1", ""),
    ],
)
def test_odata_options(query: str, words: str) -> None:
    """What is wrong whatever the service is refused; the rest only its model could judge."""
    found = outcome("<validate-odata-request />", url=f"https://api.example/P?{query}")
    if words:
        assert found.status == 400
        assert found.last_error and words in (found.last_error.message or "")
    else:
        assert found.decision is Decision.UNDECIDED


def test_odata_versions_and_size() -> None:
    """Versions outside the bounds, and too large bodies."""
    versions = '<validate-odata-request min-odata-version="4.0" max-odata-version="4.0" />'
    assert outcome(versions, headers={"OData-Version": "4.01"}).status == 400
    assert outcome(versions, headers={"OData-Version": "3.0"}).status == 400
    assert outcome(versions, headers={"OData-Version": "4.0"}).decision is Decision.UNDECIDED
    assert outcome('<validate-odata-request max-size="3" />').status == 400


def query_of(text: str, rules: str = "", size: int = 1000) -> Outcome:
    element = f'<validate-graphql-request max-size="{size}" max-depth="4">{rules}</validate-graphql-request>'
    return outcome(element, body=json.dumps({"query": text}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{a{b{c{d{e}}}}}", "depth of 5"),
        ("{a{...F}} fragment F on Q{b{c{d{e}}}}", "depth of 5"),
        ("{a", "not closed"),
        ("nope", "Unexpected 'nope'"),
        ("{__schema{types{name}}}", "/__*"),
        ("mutation M($x: Int! = 3) {del(id: $x) {id}}", "/Mutation/del"),
    ],
)
def test_graphql_that_is_refused(text: str, words: str) -> None:
    """Depth, text that is none, and fields that a rule rejects."""
    rules = '<authorize><rule path="/Mutation/del" action="reject" /><rule path="/__*" action="reject" /></authorize>'
    found = query_of(text, rules)
    assert found.status == 400
    assert found.last_error and words in (found.last_error.message or "")


def test_graphql_that_nobody_can_judge() -> None:
    """Without the schema a request that nothing refuses is undecided; so is a fragment at the top."""
    assert query_of("{a{b}}").decision is Decision.UNDECIDED
    assert query_of("{a{b}}", size=5).status == 400
    assert query_of("query {a ...F} fragment F on Q {b}").decision is Decision.UNDECIDED
    assert outcome('<validate-graphql-request max-size="9" />', body="x").decision is Decision.UNDECIDED


FRAGMENTS = "{a{...F0 ...F0}} fragment F60 on Q{b}" + "".join(
    f"fragment F{at} on Q{{b{{...F{at + 1} ...F{at + 1}}}}}" for at in range(60)
)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 5000,
        "{a" * 3000 + "}" * 3000,
        "{a{...F}} fragment F on Q{b{...F}}",
        "{a(" + "(" * 5000,
        '{a(x:"' + "\\" * 5001,
        FRAGMENTS,
    ],
    ids=["braces", "deep", "cycle", "brackets", "string", "fragments"],
)
def test_graphql_is_read_within_bounds(text: str) -> None:
    """SECURITY: a query can neither exhaust the stack nor the time."""
    try:
        assert graphql.read(text).depth > 0
    except (graphql.NotGraphQL, graphql.NotSimulated) as error:
        assert str(error)
