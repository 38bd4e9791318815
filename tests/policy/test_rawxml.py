"""The reader of relaxed XML: what it takes, where it says things stand, what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from certgate.policy.derived import Derived
from certgate.policy.rawxml import RawElement, RawValue, read

Plain = Callable[[str], Derived]


def elements(root: RawElement) -> Iterator[RawElement]:
    for child in root.children:
        yield child
        yield from elements(child)


def value(plain: Plain, text: str) -> RawValue:
    """The first attribute's value of a document without problems."""
    document = read(plain(text))
    assert document.problems == []
    return document.root.children[0].attributes[0].value


EXPRESSIONS = [
    ("""<a c="@("a" + "b")"/>""", '@("a" + "b")'),
    ("""<a c='@(x == "a")'/>""", '@(x == "a")'),
    ("""<a c="@(x == &quot;)&quot;)"/>""", '@(x == ")")'),
    ("""<a c="@(&quot;(&quot; == x)" d="@(y)"/>""", '@("(" == x)'),
    ("""<a c="@(c == '"')"/>""", "@(c == '\"')"),
    ("""<a c='@(c == \\'"\\')'/>""".replace("\\", ""), "@(c == '\"')"),
    ("""<a c="@(a /* " */ && b < c)"/>""", '@(a /* " */ && b < c)'),
    ("""<a c="@{ // it's "so"\n return 1; }"/>""", '@{ // it\'s "so"\n return 1; }'),
    ("""<a c="@{ // it's "so"&#xA; return 1; }"/>""", '@{ // it\'s "so"\n return 1; }'),
    ("""<a c="@(a == "b" &amp;&amp; &quot;)&quot; == c)"/>""", '@(a == "b" && ")" == c)'),
    ("""<a c="@(a.As<JObject>()["b"] >= 1)" d="x"/>""", '@(a.As<JObject>()["b"] >= 1)'),
    ("""<a c="@(@"c:\\" + "a")"/>""", '@(@"c:\\" + "a")'),
    ("""<a c="@($"{x}" + "a")"/>""", '@($"{x}" + "a")'),
    ("""<a c="@(a == 'abc')"/>""", "@(a == 'abc')"),
    ("""<a c="@(a) "/>""", "@(a) "),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[expected for _, expected in EXPRESSIONS])
def test_an_expression_in_an_attribute_ends_where_its_author_meant(plain: Plain, text: str, expected: str) -> None:
    """Raw, escaped, and both mixed."""
    found = value(plain, text)
    assert (found.text.text, found.whole) == (expected, True)


LITERALS = [
    ('<a c="x"/>', "x"),
    ("<a c='x \"y\"'/>", 'x "y"'),
    ('<a c="&lt;&gt;&amp;&quot;&apos;&#65;&#x42;"/>', "<>&\"'AB"),
    ('<a c="a\nb\r\nc\rd&#xD;&#xA;e"/>', "a\nb\nc\nd\r\ne"),
    ('<a c="x > y"/>', "x > y"),
    ('<a c="Bearer @("x" + "y")"/>', 'Bearer @("x" + "y")'),
    ('<a c="someone@(work"/>', "someone@(work"),
    ('<a\n  c\n=\n"x"\n/>', "x"),
]


@pytest.mark.parametrize(("text", "expected"), LITERALS, ids=[text for text, _ in LITERALS])
def test_a_literal_is_decoded_and_keeps_its_lines(plain: Plain, text: str, expected: str) -> None:
    """Entities mean what they mean in XML; line ends become line feeds, written-out ones survive."""
    found = value(plain, text)
    assert (found.text.text, found.whole) == (expected, False)


TEXTS = [
    ("<a>@(a < b && c)</a>", ["@(a < b && c)"], True),
    ('<a>\n @{\n return "</a>"; } \n</a>', ['\n @{\n return "</a>"; } \n'], True),
    ("<a>@(&quot;)&quot; &lt; b)</a>", ['@(")" < b)'], True),
    ('<a><![CDATA[@("&lt;")]]></a>', ['@("&lt;")'], True),
    ("<a>x <!-- y --> z</a>", ["x ", " z"], False),
    ("<a>Hello @(a < b), &amp; c</a>", ["Hello @(a < b), & c"], False),
    ("<a>x<?target data?>y</a>", ["x", "y"], False),
]


@pytest.mark.parametrize(("text", "expected", "whole"), TEXTS, ids=[text for text, _, _ in TEXTS])
def test_the_text_of_an_element(plain: Plain, text: str, expected: list[str], whole: bool) -> None:
    """Expressions reach to their bracket, CDATA is taken as it is, comments are left out."""
    document = read(plain(text))
    assert document.problems == []
    found = document.root.children[0].texts
    assert [each.text.text for each in found] == expected
    assert any(each.whole for each in found) is whole


BROKEN = [
    ("<a>", ["xml-unclosed 1:1"]),
    ("<a", ["xml-unclosed 1:1"]),
    ("<a><b></a>", ["xml-mismatch 1:7"]),
    ("<a></b></a>", ["xml-mismatch 1:4", "xml-mismatch 1:8"]),
    ("<a></wrong>", ["xml-mismatch 1:4"]),
    ("</a>", ["xml-mismatch 1:1"]),
    ('<a b="x', ["xml-unterminated 1:6"]),
    ('<a b="x />\n<c d="y"/>', ["xml-unterminated 1:6"]),
    ('<a b="x < y"/>', ["xml-stray-lt 1:9"]),
    ("<a>x < y</a>", ["xml-stray-lt 1:6"]),
    ("<a>x & y</a>", ["xml-entity 1:6"]),
    ('<a b="?x=1&y=2"/>', ["xml-entity 1:11"]),
    ("<a>&nbsp;</a>", ["xml-entity 1:4"]),
    ("<a>&#0;&#xD800;&#x110000;&#99999999999;</a>", [f"xml-entity 1:{at}" for at in (4, 8, 16, 26)]),
    ('<a b="1" b="2"/>', ["xml-duplicate 1:10"]),
    ("<a b/>", ["xml-attribute 1:4"]),
    ("<a b=c/>", ["xml-attribute 1:4"]),
    ('<a b="CN=x, O="y"" c="1"/>', ["xml-tag 1:16"]),
    ('<a b="@(f("x")">\n<c/></a>', ["expression-unclosed 1:7"]),
    ("<a>@(f(1)</a>", ["expression-unclosed 1:4"]),
    ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", ["xml-doctype 1:1"]),
    ("<!-- a", ["xml-unclosed 1:1"]),
    ("<a><![CDATA[x</a>", ["xml-unclosed 1:4"]),
    ("<a>\x01</a>", ["xml-character 1:4"]),
    ("<a>" * 101, ["xml-too-deep 1:301"]),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN, ids=[text[:40] for text, _ in BROKEN])
def test_what_is_no_xml_is_named_with_its_place(plain: Plain, text: str, expected: list[str]) -> None:
    """One problem for one mistake, where it was made."""
    problems = read(plain(text)).problems
    assert [f"{each.code} {each.place.line}:{each.place.column}" for each in problems if each.place] == expected


def test_a_mismatch_names_both_places(plain: Plain) -> None:
    """The end tag and the start tag that it does not match."""
    (problem,) = read(plain("<a>\n  <b>\n</a>")).problems
    assert str(problem) == "p.xml:3:1: </a> does not match the start tag <b> at 2:3"


def test_reading_goes_on_behind_a_problem(plain: Plain) -> None:
    """A value without an end costs no more than its tag."""
    document = read(plain('<a>\n<b c="x />\n<d e="@(f("x")" />\n<g h=i />\n<j/></a>'))
    assert [each.name for each in elements(document.root)] == ["a", "b", "d", "g", "j"]
    assert [each.code for each in document.problems] == ["xml-unterminated", "expression-unclosed", "xml-attribute"]
    assert not document.lost


HOSTILE = {
    "less-than": "<" * 500_000,
    "openings": "@(" * 250_000,
    "openings in text": "<a>" + "@(" * 250_000,
    "openings in attributes": '<a b="@("/>' * 45_000,
    "escaped openings": '<a b="' + "@(&quot;" * 60_000 + '"',
    "expressions in text": "<a>" + "x@(y)" * 100_000 + "</a>",
    "expressions between comments": "<a>" + "x@(y)<!-- -->" * 38_000,
    "quotes": "<a " + '"' * 500_000,
    "end tags": "<a>" + "</b>" * 125_000,
    "ampersands": '<a b="' + "&" * 500_000 + '"/>',
    "line ends": "<a>" + "\r" * 500_000 + "</a>",
    "values that never end": "<a b='" + "x@(y' " * 80_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_no_quadratic_time(plain: Plain, name: str) -> None:
    """Half a megabyte of anything is read in seconds, with a bounded number of problems."""
    assert len(read(plain(HOSTILE[name])).problems) <= 50


SAMPLE = """<policies><!-- {{n}} --><inbound><set-variable name='a' value="@("a" + 'b' /* " */)" b="&#xA;&amp;x"/>
<set-body template="liquid"><![CDATA[{{x}}]]>@{ return "</a>"; }</set-body></inbound></policies>"""


def test_no_text_makes_the_reader_fail(plain: Plain) -> None:
    """Every truncation of a document, and every character replaced by one that matters, is read."""
    for at in range(len(SAMPLE)):
        read(plain(SAMPLE[:at]))
        for char in "<>\"'&@(){}/=! \0":
            read(plain(SAMPLE[:at] + char + SAMPLE[at + 1 :]))
