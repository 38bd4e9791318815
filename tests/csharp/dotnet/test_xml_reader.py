"""Reading XML: what .NET's reader takes, and what it says of what it does not take."""

from __future__ import annotations

import pytest

from certgate.csharp.dotnet.xml import linq as xml_linq  # noqa: F401 - declares the members
from certgate.csharp.dotnet.xml.load import parse_document, parse_element
from certgate.csharp.dotnet.xml.output import to_text
from certgate.csharp.runtime import ThrownException, UnsupportedReached

UNFORMATTED = 1
ROOT = "Data at the root level is invalid. Line 1, position"
NAME_START = "Name cannot begin with the"
EOF = "Unexpected end of file has occurred."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Root element is missing."),
        (" \n ", "Root element is missing."),
        ("<!-- only -->", "Root element is missing."),
        ("x", f"{ROOT} 1."),
        ("\ufeff<a/>", f"{ROOT} 1."),
        ("<a/>x", f"{ROOT} 5."),
        ("&amp;<a/>", f"{ROOT} 1."),
        ("<a", f"{ROOT} 1."),
        ("<a>", f"{ROOT} 1."),
        ("<![CDATA[x]]><a/>", f"{ROOT} 1."),
        ("<a/><b/>", "There are multiple root elements. Line 1, position 6."),
        ("</a><b/>", "Unexpected end tag. Line 1, position 3."),
        (
            "<a><b></a>",
            "The 'b' start tag on line 1 position 5 does not match the end tag of 'a'. Line 1, position 9.",
        ),
        (
            "<a>\n  <b>\r\n</c></a>",
            "The 'b' start tag on line 2 position 4 does not match the end tag of 'c'. Line 3, position 3.",
        ),
        ("<a><b>x", f"{EOF} The following elements are not closed: b, a. Line 1, position 8."),
        ("<a><b x='1'", f"{EOF} The following elements are not closed: a. Line 1, position 12."),
        ("<a x='1'", f"{EOF} The following elements are not closed:  Line 1, position 9."),
        ("<a b='1' b='2'/>", "'b' is a duplicate attribute name. Line 1, position 10."),
        (
            "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
            "'q:b' is a duplicate attribute name. Line 1, position 36.",
        ),
        ("<a b=1/>", "'1' is an unexpected token. The expected token is '\"' or '''. Line 1, position 6."),
        ("<a b/>", "'/' is an unexpected token. The expected token is '='. Line 1, position 5."),
        ("<a b='1'c='2'/>", "'c' is an unexpected token. Expecting whitespace. Line 1, position 9."),
        ("<a b='<'/>", "'<', hexadecimal value 0x3C, is an invalid attribute character. Line 1, position 7."),
        ("<a b='1", "There is an unclosed literal string. Line 1, position 8."),
        ("<a / >", "' ' is an unexpected token. The expected token is '>'. Line 1, position 5."),
        ("<a></a b>", "'b' is an unexpected token. The expected token is '>'. Line 1, position 8."),
        ("<1a/>", f"{NAME_START} '1' character, hexadecimal value 0x31. Line 1, position 2."),
        ("< a/>", f"{NAME_START} ' ' character, hexadecimal value 0x20. Line 1, position 2."),
        ("<a 1='x'/>", f"{NAME_START} '1' character, hexadecimal value 0x31. Line 1, position 4."),
        ("<a@b/>", "The '@' character, hexadecimal value 0x40, cannot be included in a name. Line 1, position 3."),
        ("<a:b:c/>", "The ':' character, hexadecimal value 0x3A, cannot be included in a name. Line 1, position 5."),
        ("<p:a/>", "'p' is an undeclared prefix. Line 1, position 2."),
        ("<a p:b='1'/>", "'p' is an undeclared prefix. Line 1, position 4."),
        ("<a xmlns:p=''/>", "Invalid namespace declaration. Line 1, position 12."),
        (
            "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>",
            'Prefix \'p\' cannot be mapped to namespace name reserved for "xml" or "xmlns". Line 1, position 13.',
        ),
        ("<a>R&D</a>", "'<' is an unexpected token. The expected token is ';'. Line 1, position 7."),
        ("<a>R & D</a>", "An error occurred while parsing EntityName. Line 1, position 7."),
        ("<a>&nbsp;</a>", "Reference to undeclared entity 'nbsp'. Line 1, position 5."),
        ("<a b='&x;'/>", "Reference to undeclared entity 'x'. Line 1, position 8."),
        ("<a>&#x1;</a>", "'\x01', hexadecimal value 0x01, is an invalid character. Line 1, position 7."),
        ("<a>&#0;</a>", "'.', hexadecimal value 0x00, is an invalid character. Line 1, position 6."),
        ("<a>&#xG;</a>", "Invalid syntax for a hexadecimal numeric entity reference. Line 1, position 7."),
        ("<a>&#;</a>", "Invalid syntax for a decimal numeric entity reference. Line 1, position 6."),
        ("<a>&#99999999999;</a>", "Invalid value of a character entity reference. Line 1, position 15."),
        ("<a>\x02</a>", "'\x02', hexadecimal value 0x02, is an invalid character. Line 1, position 4."),
        ("<a>]]></a>", "']]>' is not allowed in character data. Line 1, position 4."),
        (
            "<a><!-- x -- y --></a>",
            "An XML comment cannot contain '--', and '-' cannot be the last character. Line 1, position 11.",
        ),
        ("<a><!-- x", "Unexpected end of file while parsing Comment has occurred. Line 1, position 8."),
        ("<a><!-- xy -", "Unexpected end of file while parsing Comment has occurred. Line 1, position 12."),
        ("<a><![CDATA[x]]", "Unexpected end of file while parsing CDATA has occurred. Line 1, position 14."),
        ("<a><?p x", "Unexpected end of file while parsing PI has occurred. Line 1, position 9."),
        (
            " <?xml version='1.0'?><a/>",
            "Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace "
            "characters are allowed to appear before it. Line 1, position 4.",
        ),
        ("<?xml version='1.1'?><a/>", "Version number '1.1' is invalid. Line 1, position 16."),
        ("<?xml ?><a/>", "Syntax for an XML declaration is invalid. Line 1, position 7."),
        ("<?XML x?><a/>", "'XML' is an invalid name for processing instructions. Line 1, position 3."),
        ("<a xml:space='x'/>", "'x' is an invalid xml:space value. Line 1, position 4."),
        ("<a><!DOCTYPE b></a>", "Unexpected DTD declaration. Line 1, position 6."),
        ("<a/><!DOCTYPE a>", "DTD must be defined before the document root element. Line 1, position 5."),
    ],
)
def test_faults_are_worded_and_placed_as_dot_net_does(text: str, message: str) -> None:
    """The message names what is wrong, and where the reader stood when it noticed."""
    with pytest.raises(ThrownException) as caught:
        parse_document(text)
    assert (caught.value.type_name, caught.value.message) == ("System.Xml.XmlException", message)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<a> <b/> </a>", "<a><b /></a>"),
        ("<a> x <b/> </a>", "<a> x <b /></a>"),
        ("<a>&#32;</a>", "<a></a>"),
        ("<a xml:space='preserve'> <b/> </a>", '<a xml:space="preserve"> <b /> </a>'),
        ("<a>1\r\n2\r3</a>", "<a>1\n2\n3</a>"),
        ("<a b='1\r\n2\t3&#10;4'/>", '<a b="1 2 3&#xA;4" />'),
        ("<a>&lt;&amp;&gt;&quot;&apos;</a>", "<a>&lt;&amp;&gt;\"'</a>"),
        ("<a>&#x1F600;</a>", "<a>\ud83d\ude00</a>"),
        ("<a><![CDATA[x]]>y</a>", "<a><![CDATA[x]]>y</a>"),
        ("<a><?p  x y?><!--c--></a>", "<a><?p x y?><!--c--></a>"),
        ("<a ></a >", "<a></a>"),
        ("<p:a xmlns:p='u' p:b='1'/>", '<p:a xmlns:p="u" p:b="1" />'),
        ("<a xmlns='u'><b xmlns=''/></a>", '<a xmlns="u"><b xmlns="" /></a>'),
        ("<!DOCTYPE a SYSTEM 'x.dtd'><a/>", '<!DOCTYPE a SYSTEM "x.dtd"[]><a />'),
        ("<!DOCTYPE a><a/>", "<!DOCTYPE a []><a />"),
        ("<!DOCTYPE a [<!ENTITY e 'v<b/>'>]><a>&e;</a>", "<!DOCTYPE a [<!ENTITY e 'v<b/>'>]><a>v<b /></a>"),
        ("<!DOCTYPE a [<!ENTITY e 'v'>]><a b='x&e;'/>", "<!DOCTYPE a [<!ENTITY e 'v'>]><a b=\"xv\" />"),
        ("<!DOCTYPE a [<!ELEMENT a ANY><!-- c -->]><a/>", "<!DOCTYPE a [<!ELEMENT a ANY><!-- c -->]><a />"),
    ],
)
def test_texts_are_read(text: str, written: str) -> None:
    """White space between elements is dropped, lines end in LF, references stand for their characters."""
    assert to_text(parse_document(text), UNFORMATTED) == written


def test_white_space_is_kept_where_that_is_asked_for() -> None:
    """PreserveWhitespace keeps it between elements and around the root."""
    assert to_text(parse_document("<a> <b/>\n</a>\n", 1), UNFORMATTED) == "<a> <b />\n</a>\n"


def test_places_are_kept_where_that_is_asked_for() -> None:
    """SetLineInfo notes line and position of names."""
    element = parse_element("<a>\n  <b c='1'/>\r\n  <d/></a>", 4)
    places = [node.place for node in element.nodes()]
    attribute = next(element.nodes()).last_attribute  # type: ignore[attr-defined]
    assert (element.place, places, attribute.place) == ((1, 2), [(2, 4), (3, 4)], (2, 6))


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a [<!ATTLIST a b CDATA 'x'>]><a/>",
        "<!DOCTYPE a [<!ENTITY % p 'x'> %p;]><a/>",
        "<!DOCTYPE a [<!ENTITY e '<b>'>]><a>&e;</b></a>",
        "<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>",
        "<!DOCTYPE a [<!ENTITY e '</a>'>]><a>&e;",
        "<!DOCTYPE a [oops]><a/>",
    ],
)
def test_what_a_declaration_could_do_to_a_document_is_not_guessed(text: str) -> None:
    """Default attributes, parameter entities and entities with half an element are not simulated."""
    with pytest.raises(UnsupportedReached):
        parse_document(text)
