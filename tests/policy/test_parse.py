"""From a file to a document: sections, paths, values, and all problems of a file together."""

from __future__ import annotations

import pytest

from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.csharp.environment import Environment
from certgate.policy.declaration import Section
from certgate.policy.document import Document, Element, Expression, Kind, Literal
from certgate.policy.parse import Examined, parse
from tests.policy.policy_vocabulary import look, look_at


def document(examined: Examined) -> Document:
    assert examined.problems == ()
    assert examined.document is not None
    return examined.document


def found(examined: Examined) -> list[str]:
    return [f"{each.code} {each.place.line}:{each.place.column}" for each in examined.problems if each.place]


def noted(examined: Examined) -> list[str]:
    return [f"{each.code} {each.place.line}:{each.place.column}" for each in examined.notes if each.place]


def first(examined: Examined, section: Section = Section.INBOUND) -> Element:
    return document(examined).sections[section][0]


SAME = ("escaped-as-xml.xml", "utf-16-with-bom.xml", "utf-8-bom-and-crlf.xml")


@pytest.mark.parametrize("name", SAME)
def test_one_policy_written_in_many_ways_is_one_policy(name: str) -> None:
    """Escaped or raw, UTF-16 or UTF-8, CR LF or LF: the expression is the same text."""
    choose = document(look_at(name)).sections[Section.INBOUND][1]
    condition = choose.children[0].value("condition")
    raw = first(look_at("seed-thumbprint.xml")).children[0].value("condition")
    assert isinstance(condition, Expression)
    assert isinstance(raw, Expression)
    assert condition.text == raw.text
    assert condition.text.endswith('Certificate.Thumbprint != "DESIRED-THUMBPRINT-IN-UPPER-CASE")')


def test_a_bare_snippet_is_an_inbound_section() -> None:
    """The samples of Microsoft's page have no <policies> around them."""
    snippet = document(look_at("seed-uploaded-certificates.xml"))
    assert snippet.kind is Kind.SNIPPET
    assert list(snippet.sections) == [Section.INBOUND]
    assert [each.path for each in snippet.walk()] == [
        "choose[1]",
        "choose[1]/when[1]",
        "choose[1]/when[1]/return-response[1]",
        "choose[1]/when[1]/return-response[1]/set-status[1]",
    ]


def test_an_element_knows_its_place_and_its_attributes() -> None:
    """Line and column of the start tag, of each attribute's name and of its value."""
    status = list(document(look_at("seed-thumbprint.xml")).walk())[-1]
    assert (status.place().line, status.place().column) == (4, 13)
    reason = status.attributes["reason"]
    assert (reason.span.line, reason.span.column) == (4, 36)
    assert reason.value == Literal("Invalid client certificate", reason.value.span)
    assert (reason.value.span.column, reason.value.span.content) == (44, "Invalid client certificate")
    assert status.literal("code") == "403"


VALUES = {
    "single-quoted-attributes.xml": ['@("x" + "y")', '@("it\'s")'],
    "both-ways-in-one-value.xml": [
        '@("a" == "b" && ")" == "c")',
        '@("(" == "a")',
        "@('\"' == 'x')",
        '@(1 /* " */ + 2)',
    ],
    "newlines-in-an-attribute.xml": [
        "@{\n    // a comment ends with its line\n    return 1;\n    // so does this\r\n}"
    ],
}


@pytest.mark.parametrize("name", VALUES)
def test_expressions_arrive_as_their_author_wrote_them(name: str) -> None:
    """What C# is given, for each way of writing."""
    values = [each.value("value") for each in document(look_at(name)).walk()]
    assert [each.text for each in values if isinstance(each, Expression)] == VALUES[name]


def test_texts_of_elements() -> None:
    """An expression with white space around it is one; CDATA may hold one or be mere text."""
    body, header = document(look_at("expressions-in-text.xml")).sections[Section.INBOUND]
    assert isinstance(body.text, Expression)
    assert body.text.text.startswith("@{\n    // it's")
    value = header.children[0].text
    assert isinstance(value, Expression)
    assert value.text == '@("a" + "b")'
    expression, literal = document(look_at("cdata-text.xml")).sections[Section.INBOUND]
    assert isinstance(expression.text, Expression)
    assert expression.text.text == '@("<" + "&amp;")'
    assert isinstance(literal.text, Literal)
    assert literal.text.text == "a < b && c"


def test_comments_are_no_content() -> None:
    """Comments around the root, between policies and inside a text leave no mark; names in them do not count."""
    header = first(look_at("comments-everywhere.xml"))
    assert header.children[0].text is not None
    assert header.children[0].text.text == "v"


def test_free_xml_is_kept_as_written() -> None:
    """Nobody looks inside a body that is XML."""
    bodies = document(look_at("liquid-body.xml", named_values={"known": "k"})).sections[Section.INBOUND]
    assert [each.text.text for each in bodies if each.text] == [
        '{"name": "{{body.name}}", "x": "{{context.Request.Url}}"}',
        "<a>{{body.name}}</a>",
        "k",
    ]


def test_a_fragment_has_a_root_of_its_own() -> None:
    """Its policies may belong to any section."""
    fragment = document(look_at("fragment.xml"))
    assert fragment.kind is Kind.FRAGMENT
    assert [each.name for each in fragment.sections[Section.INBOUND]] == ["set-header"]


def test_all_structure_problems_are_reported_together() -> None:
    """One line for each, in the order of the file."""
    assert found(look_at("every-structure-problem.xml")) == [
        "attribute-undeclared 3:15",
        "element-unknown 4:9",
        "value-wrong 5:27",
        "attribute-undeclared 5:30",
        "value-wrong 6:54",
        "expression-not-allowed 6:74",
        "child-missing 6:83",
        "child-order 9:13",
        "expression-mixed 9:31",
        "child-order 13:13",
        "value-wrong 13:30",
        "text-not-allowed 13:37",
        "attribute-missing 15:9",
        "value-wrong 16:45",
        "child-unknown 17:30",
        "element-misplaced 18:9",
        "section-wrong 21:9",
        "section-repeated 23:5",
        "section-unknown 24:5",
    ]


def test_all_xml_problems_are_reported_together() -> None:
    """Each with the place of the mistake."""
    assert found(look_at("every-xml-problem.xml")) == [
        "xml-attribute 2:11",
        "xml-duplicate 3:32",
        "xml-entity 3:48",
        "xml-stray-lt 4:41",
        "xml-tag 5:38",
        "expression-unclosed 6:39",
        "xml-tag 7:43",
        "xml-entity 8:21",
        "xml-stray-lt 8:25",
        "xml-attribute 9:23",
        "xml-mismatch 10:5",
    ]


MESSAGES = [
    ('<set-status code="1" reson="x"/>', "the 'reson' attribute is not declared on set-status", "did you mean reason?"),
    ('<set-sttus code="1"/>', "'set-sttus' is not a policy", "did you mean set-status?"),
    ("<ip-filter/>", "ip-filter needs at least 1 of: address", None),
    ("<choose/>", "choose needs 1 <when>, and has none", None),
    (
        f"<validate-client-certificate><identities>{'<identity/>' * 11}</identities></validate-client-certificate>",
        "identities takes at most 10 <identity>, and has 11",
        None,
    ),
    (
        "<validate-client-certificate><identities/></validate-client-certificate>",
        "identities needs 1 to 10 <identity>, and has none",
        None,
    ),
    ('<set-status code="-1"/>', "'code' of set-status must be a whole number from 1, not '-1'", None),
    (
        '<validate-client-certificate validate-trust="Yes"/>',
        "'validate-trust' of validate-client-certificate must be true, false, 1 or 0, not 'Yes'",
        None,
    ),
    ("<forward-request/>", "forward-request is not allowed in inbound", "allowed in backend"),
    ("<inbound/>", "<inbound> must stand in <policies>", "write <policies> around the sections"),
    (
        "<policies><inbund/></policies>",
        "'inbund' is not a section",
        "the sections are: inbound, backend, outbound, on-error",
    ),
    ("<policies/><choose/>", "<choose> stands beside <policies>; a document has one root", None),
    ("<fragment><base/></fragment>", "<base> may not stand in a fragment", None),
    ('<fragment><include-fragment fragment-id="x"/></fragment>', "a fragment may not include another one", None),
    ("", "holds no policy: there is no element in it", None),
    ("-----BEGIN CERTIFICATE-----", "holds no policy: there is no element in it", None),
    ("<choose><when condition='true'/></choose> x", "text may not stand outside the policy", None),
]


@pytest.mark.parametrize(("text", "message", "hint"), MESSAGES, ids=[message[:50] for _, message, _ in MESSAGES])
def test_a_problem_is_said_plainly(text: str, message: str, hint: str | None) -> None:
    """The message names the culprit, the hint the next step."""
    (problem,) = look(text).problems
    assert (problem.message, problem.hint) == (message, hint)


def test_what_the_gateway_saves_all_the_same_is_noted() -> None:
    """Notes stand beside a document, never in its way."""
    examined = look_at("repeated-base-and-other-notes.xml")
    assert document(examined)
    assert noted(examined) == [
        "element-undocumented 4:9",
        "expression-mixed 4:46",
        "base-repeated 5:9",
        "expression-not-evaluated 6:69",
        "backend-several 8:5",
        "section-undocumented 13:9",
    ]


def test_base_at_global_scope_is_noted() -> None:
    """It has nothing to inherit."""
    assert noted(look("<policies><inbound><base/></inbound></policies>", scope="global")) == ["base-global 1:20"]


def test_typed_attributes_have_no_blanks_around_them() -> None:
    """XML Schema takes them away from Booleans and numbers, not from text."""
    status = first(look('<set-status code=" 403 " reason=" x "/>'))
    assert (status.literal("code"), status.literal("reason")) == ("403", " x ")


def test_policies_may_carry_an_id_and_others_may_not() -> None:
    """It is what LastError.PolicyId holds."""
    assert first(look('<set-status id="s" code="1"/>')).id == "s"
    assert found(look('<choose><when id="w" condition="true"/></choose>')) == ["attribute-undeclared 1:15"]


def test_a_file_without_a_policy_has_no_kind() -> None:
    """Text, nothing at all, or an element that is no policy's."""
    assert look("text").kind is None
    assert look("<chose/>").kind is Kind.SNIPPET
    assert look("<policies><a/></policies>").kind is Kind.POLICY


def test_a_document_larger_than_the_gateway_saves_is_refused() -> None:
    """512 KiB, as UTF-8."""
    comment = f"<!--{'x' * 512 * 1024}-->"
    assert [each.code for each in look(comment).problems] == ["document-too-large"]


def test_bytes_that_are_no_text_are_an_input_error() -> None:
    """The reader of sources says so."""
    with pytest.raises(InputError) as error:
        look(b"<a>\xff\xfe\xfd</a>")
    assert error.value.code == "not-text"


def test_parse_raises_with_all_problems() -> None:
    """What `check` lists, `parse` raises."""
    from tests.policy.policy_vocabulary import VOCABULARY

    with pytest.raises(InputError) as error:
        parse(Source("p.xml", b"<a/><b/>"), vocabulary=VOCABULARY, environment=Environment())
    assert [each.code for each in error.value.problems] == ["element-unknown", "element-unknown"]
    assert str(error.value.place) == "p.xml:1:1"


def test_a_broken_document_is_an_input_error_or_a_document_and_nothing_else() -> None:
    """Every truncation, and every byte changed in one way, of a policy with all that matters in it."""
    for name in ("repeated-base-and-other-notes.xml", "liquid-body.xml", "inner-tag-left-open.xml"):
        from tests.policy.policy_vocabulary import DATA

        data = (DATA / name).read_bytes()
        for at in range(len(data)):
            look(data[:at])
            look(data[:at] + bytes([data[at] ^ 1 + at % 3]) + data[at + 1 :])


COMPILED = [
    ('<choose><when condition="@(1)"/></choose>', "CS0029 1:28"),
    ('<set-status code="@("x")"/>', "CS0029 1:21"),
    ('<set-variable name="a" value="@(&quot;é&quot; +\r\n  1 + )"/>', "CS1525 2:6"),
    ("<set-header name='a'><value>@('abc')</value></set-header>", "CS1012 1:31"),
    ('<set-variable name="a" value="@{ if (context == null) { return 1; } }"/>', "CS0161 1:31"),
]


@pytest.mark.parametrize(("text", "expected"), COMPILED, ids=[expected for _, expected in COMPILED])
def test_what_the_compiler_says_stands_at_its_place_in_the_file(text: str, expected: str) -> None:
    """C#'s own code; the type that an attribute wants is part of it."""
    assert found(look(text)) == [expected]


def test_an_expression_keeps_its_type_and_is_ready_to_run() -> None:
    """What `set-variable` may hold depends on it."""
    value = first(look('<set-variable name="a" value="@(1 + 2)"/>')).value("value")
    assert isinstance(value, Expression)
    assert value.compiled is not None
    assert value.static_type == "int"
