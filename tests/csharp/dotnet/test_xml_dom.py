"""``XmlDocument`` and XPath, which only ``--unrestricted`` lets expressions use."""

from __future__ import annotations

from typing import Any

import pytest

from tests.csharp.dotnet.evaluation import run, thrown

TEXT = "<?xml version='1.0'?><r><s:a xmlns:s='u' x='1'>one<b/></s:a><c><b>2</b><b>3</b></c><!--k--></r>"


def with_document(body: str, text: str = TEXT) -> str:
    return f'((Func<object>)(() => {{ var d = new XmlDocument(); d.LoadXml("{text}"); {body} }}))()'


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("return d.DocumentElement.Name;", "r"),
        ("return d.FirstChild.NodeType.ToString() + ((XmlDeclaration)d.FirstChild).Version;", "XmlDeclaration1.0"),
        ("return d.DocumentElement.FirstChild.Name + d.DocumentElement.FirstChild.LocalName;", "s:aa"),
        ("return d.DocumentElement.FirstChild.Prefix + d.DocumentElement.FirstChild.NamespaceURI;", "su"),
        ("return d.DocumentElement.InnerText;", "one23"),
        ('return d.DocumentElement["c"].InnerXml;', "<b>2</b><b>3</b>"),
        ('return d.DocumentElement["c"].OuterXml;', "<c><b>2</b><b>3</b></c>"),
        ("return d.DocumentElement.FirstChild.OuterXml;", '<s:a xmlns:s="u" x="1">one<b /></s:a>'),
        ('return d.GetElementsByTagName("b").Count + d.GetElementsByTagName("b")[1].InnerText;', "32"),
        ('return d.DocumentElement.FirstChild.Attributes["x"].Value;', "1"),
        ("return d.DocumentElement.FirstChild.Attributes.Count;", 2),
        (
            'return ((XmlElement)d.DocumentElement.FirstChild).GetAttribute("x") + '
            '((XmlElement)d.DocumentElement.FirstChild).GetAttribute("y");',
            "1",
        ),
        ('return d.SelectSingleNode("//c/b[2]").InnerText + d.SelectNodes("//b").Count;', "33"),
        ('return d.SelectSingleNode("/r/nothing") == null;', True),
        (
            'var m = new XmlNamespaceManager(d.NameTable); m.AddNamespace("p", "u");'
            ' return d.SelectSingleNode("//p:a/@x", m).Value;',
            "1",
        ),
        (
            'var n = ""; foreach (XmlNode x in d.DocumentElement.ChildNodes) n += x.Name + ","; return n;',
            "s:a,c,#comment,",
        ),
        (
            'var e = d.CreateElement("n"); e.SetAttribute("k", "v"); e.InnerText = "<";'
            " d.DocumentElement.AppendChild(e);"
            " return d.DocumentElement.LastChild.OuterXml;",
            '<n k="v">&lt;</n>',
        ),
        ('d.DocumentElement.RemoveChild(d.DocumentElement["c"]); return d.DocumentElement.ChildNodes.Count;', 2),
        ("return d.DocumentElement == d.FirstChild.NextSibling && d.DocumentElement.OwnerDocument == d;", True),
        ("return d.DocumentElement.FirstChild.ParentNode.Name + d.DocumentElement.HasChildNodes;", "rTrue"),
        ('return JsonConvert.SerializeXmlNode(d.DocumentElement["c"]);', '{"c":{"b":["2","3"]}}'),
        ('return JsonConvert.DeserializeXmlNode("{\\"q\\":1}").OuterXml;', "<q>1</q>"),
    ],
)
def test_documents(body: str, value: Any) -> None:
    """Nodes keep their prefixes, lists and paths find them."""
    assert run(with_document(body)) == value


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (
            'return d.SelectNodes("//p:a");',
            "System.Xml.XPath.XPathException",
            "Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.",
        ),
        ('return d.SelectNodes("//[");', "System.Xml.XPath.XPathException", "'//[' has an invalid token."),
        (
            'return d.SelectNodes("1 + 1");',
            "System.Xml.XPath.XPathException",
            "Expression must evaluate to a node-set.",
        ),
        ('d.LoadXml("<a>"); return 1;', "System.Xml.XmlException", None),
        (
            'd.DocumentElement.Value = "x"; return 1;',
            "System.InvalidOperationException",
            "Cannot set a value on node type 'Element'.",
        ),
    ],
)
def test_faults(body: str, kind: str, message: str | None) -> None:
    """What cannot be found or changed is refused."""
    found = thrown(with_document(body))
    assert found[0] == kind
    assert message is None or found[1] == message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("count(//b)", 3.0),
        ("sum(//c/b)", 5.0),
        ("string(//b[last()])", ""),
        ("string((//b)[last()])", "3"),
        ("//c/b[. > 2]/text() = '3'", True),
        ("name(//b[1]/..)", "s:a"),
        ("local-name(//*[@x])", "a"),
        ("namespace-uri(//*[@x])", "u"),
        ("boolean(//nothing) or not(//nothing)", True),
        ("1 + 2 * 3 - -1 = 8 and 7 mod 3 = 1 and 1 div 2 = 0.5", True),
        ("concat('a', 1, true())", "a1true"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("normalize-space('  a  b ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("starts-with('abc', 'ab') and contains('abc', 'bc')", True),
        ("string-length('abc')", 3.0),
        ("round(2.5) + floor(-1.5) + ceiling(1.2)", 3.0),
        ("count(//b[2]/preceding::b | //b)", 3.0),
        ("count(//b[1]/ancestor::*)", 3.0),
        ("//comment() = 'k'", True),
        ("count(//c/following-sibling::node())", 1.0),
        ("'a' < 'b'", False),
        ("//b != //b", True),
    ],
)
def test_paths(path: str, value: Any) -> None:
    """XPath 1.0: axes, predicates, operators and functions."""
    text = f'System.Xml.XPath.Extensions.XPathEvaluate(XDocument.Parse("{TEXT}"), "{path}")'
    assert run(text) == value


def test_elements_by_path() -> None:
    """XPathSelectElement gives the first, XPathSelectElements all."""
    parsed = f'XDocument.Parse("{TEXT}")'
    assert run(f'System.Xml.XPath.Extensions.XPathSelectElement({parsed}, "//c/b").Value') == "2"
    assert run(f'System.Xml.XPath.Extensions.XPathSelectElements({parsed}, "//b").Count()') == 3
    found = thrown(f'System.Xml.XPath.Extensions.XPathSelectElement({parsed}, "1")')
    assert found[0] == "System.InvalidOperationException"


def test_prefixes_of_paths_come_from_a_manager() -> None:
    """A resolver says what the prefixes of an expression stand for."""
    text = (
        f'((Func<object>)(() => {{ var d = XDocument.Parse("{TEXT}");'
        " var m = new XmlNamespaceManager(System.Xml.XPath.Extensions.CreateNavigator(d).NameTable);"
        ' m.AddNamespace("p", "u"); return System.Xml.XPath.Extensions.XPathSelectElement(d, "//p:a", m).Value; }))()'
    )
    assert run(text) == "one"
