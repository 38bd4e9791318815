"""System.Xml.Linq: names, content rules, axes, changes, casts and text, as .NET has them."""

from __future__ import annotations

from typing import Any

import pytest

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.values import text_of, type_of
from tests.csharp.dotnet.evaluation import run, thrown

PLAIN = "ToString(SaveOptions.DisableFormatting)"
XML = "http://www.w3.org/XML/1998/namespace"


def block(body: str) -> str:
    """An expression that runs statements and gives what they return."""
    return f"((Func<string>)(() => {{ {body} }}))()"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('XName.Get("a").ToString()', "a"),
        ('XName.Get("{u}a").NamespaceName + XName.Get("{u}a").LocalName', "ua"),
        ('XName.Get("a", "u") == "{u}a"', True),
        ('XName.Get("a", "") == "a"', True),
        ("(XName)(string)null == null", True),
        ('((XNamespace)"u" + "a").ToString()', "{u}a"),
        ('(object)XName.Get("a") == (object)XName.Get("a")', True),
        ('XNamespace.None == ""', True),
        ("XNamespace.Xml.ToString()", XML),
        ("XNamespace.Xmlns.NamespaceName", "http://www.w3.org/2000/xmlns/"),
        ('XNamespace.Get("u") != "v"', True),
        ('XNamespace.Get("u").GetName("a").Namespace == "u"', True),
        ('new XElement("a").Name.Equals(XName.Get("a"))', True),
        ('"x" + XName.Get("{u}a")', "x{u}a"),
    ],
)
def test_names(expression: str, value: Any) -> None:
    """Names and namespaces compare by what they say, and convert from text."""
    assert run(expression) == value


_XML = "System.Xml.XmlException"


@pytest.mark.parametrize(
    ("expression", "kind", "message"),
    [
        ('XName.Get("")', "System.ArgumentException", "'' is an invalid expanded name."),
        ('XName.Get("{}a")', "System.ArgumentException", "'{}a' is an invalid expanded name."),
        ('XName.Get("{u}")', "System.ArgumentException", "'{u}' is an invalid expanded name."),
        ("XName.Get(null)", "System.ArgumentNullException", "Value cannot be null. (Parameter 'expandedName')"),
        ('new XElement("a b")', _XML, "The ' ' character, hexadecimal value 0x20, cannot be included in a name."),
        ('new XElement("a:b")', _XML, "The ':' character, hexadecimal value 0x3A, cannot be included in a name."),
        ('new XElement("-a")', _XML, "Name cannot begin with the '-' character, hexadecimal value 0x2D."),
        (
            'XNamespace.Get("u") + ""',
            "System.ArgumentNullException",
            "The empty string '' is not a valid local name. (Parameter 'name')",
        ),
        ('(XNamespace)null + "a"', "System.ArgumentNullException", "Value cannot be null. (Parameter 'ns')"),
        ("new XElement((XName)null)", "System.ArgumentNullException", "Value cannot be null. (Parameter 'name')"),
        ('new XAttribute("a", null)', "System.ArgumentNullException", "Value cannot be null. (Parameter 'value')"),
        ("new XText((string)null)", "System.ArgumentNullException", "Value cannot be null. (Parameter 'value')"),
        (
            'new XAttribute("a", new XElement("b"))',
            "System.ArgumentException",
            "An XObject cannot be used as a value.",
        ),
        (
            'new XAttribute(XNamespace.Xmlns + "p", "")',
            "System.ArgumentException",
            "The prefix 'p' cannot be bound to the empty namespace name.",
        ),
        (
            'new XElement("a", new XDocument())',
            "System.ArgumentException",
            "A node of type Document cannot be added to content.",
        ),
        (
            'new XDocument("x")',
            "System.ArgumentException",
            "Non-whitespace characters cannot be added to content.",
        ),
        (
            'new XDocument(new XAttribute("a", 1))',
            "System.ArgumentException",
            "An attribute cannot be added to content.",
        ),
        (
            'new XDocument(new XElement("a"), new XElement("b"))',
            "System.InvalidOperationException",
            "This operation would create an incorrectly structured document.",
        ),
        (
            'new XDocument(new XElement("a"), new XDocumentType("a", null, null, null))',
            "System.InvalidOperationException",
            "This operation would create an incorrectly structured document.",
        ),
        (
            'new XProcessingInstruction("XML", "d")',
            "System.ArgumentException",
            "'XML' is an invalid name for a processing instruction.",
        ),
        (
            'new XElement("a", new XAttribute("xmlns", "u")).ToString()',
            _XML,
            "The prefix '' cannot be redefined from '' to 'u' within the same start element tag.",
        ),
        (
            'new XElement("a", "\\u0001").ToString()',
            "System.ArgumentException",
            "'\x01', hexadecimal value 0x01, is an invalid character.",
        ),
        ('XElement.Parse("<a/>").Element("b").Value', "System.NullReferenceException", None),
        ("(int)(XAttribute)null", "System.ArgumentNullException", "Value cannot be null. (Parameter 'attribute')"),
        ('(bool)new XElement("a", "yes")', "System.FormatException", "The string 'yes' is not a valid Boolean value."),
        (
            '(int)new XElement("a", "1.5")',
            "System.FormatException",
            "The input string '1.5' was not in a correct format.",
        ),
        (
            '(int)new XElement("a", "3000000000")',
            "System.OverflowException",
            "Value was either too large or too small for an Int32.",
        ),
        (
            '(TimeSpan)new XElement("a", "1:00")',
            "System.FormatException",
            "The string '1:00' is not a valid TimeSpan value.",
        ),
        (
            '(DateTimeOffset)new XElement("a", "x")',
            "System.FormatException",
            "The string 'x' is not a valid AllXsd value.",
        ),
        (
            '(DateTime)new XElement("a", "x")',
            "System.FormatException",
            "The string 'x' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
        ),
        (
            'new XElement("a").GetNamespaceOfPrefix("")',
            "System.ArgumentException",
            "The value cannot be an empty string. (Parameter 'prefix')",
        ),
    ],
)
def test_faults(expression: str, kind: str, message: str | None) -> None:
    """What .NET refuses is refused in its words."""
    found = thrown(f"({expression}) == null" if expression.startswith("(XNamespace)") else expression)
    assert found[0] == kind
    assert message is None or found[1] == message


@pytest.mark.parametrize("statement", ["x.Remove()", "x.ReplaceWith(1)", "x.AddAfterSelf(1)", "x.AddBeforeSelf(1)"])
def test_a_node_without_parent_has_no_place(statement: str) -> None:
    """What needs a parent says that it is missing."""
    text = block(f'var x = new XElement("a"); {statement}; return "";')
    assert thrown(text) == ("System.InvalidOperationException", "The parent is missing.")


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ("null", "<a />"),
        ('""', "<a></a>"),
        ('"x", "y"', "<a>xy</a>"),
        ("1, 2L, 1.5, 1.50m, true", "<a>121.51.50true</a>"),
        ("double.PositiveInfinity, -0.0, 1e21f", "<a>INF-01E+21</a>"),
        ("'c'", "<a>c</a>"),
        ("new DateTime(2026, 3, 1, 10, 20, 30)", "<a>2026-03-01T10:20:30</a>"),
        ("new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(5000000)", "<a>2026-03-01T00:00:00.5Z</a>"),
        ("new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(2))", "<a>2026-03-01T00:00:00+02:00</a>"),
        ("new TimeSpan(1, 2, 3, 4, 500)", "<a>P1DT2H3M4.5S</a>"),
        ("TimeSpan.Zero", "<a>PT0S</a>"),
        ("Guid.Empty", "<a>00000000-0000-0000-0000-000000000000</a>"),
        ('new object[] { "x", null, new object[] { 1, new XAttribute("b", 2) } }', '<a b="2">x1</a>'),
        ("Enumerable.Range(1, 3)", "<a>123</a>"),
        ('new List<XElement> { new XElement("b"), new XElement("c") }', "<a><b /><c /></a>"),
        ('new XElement("b"), "x", new XCData("y"), "z"', "<a><b />x<![CDATA[y]]>z</a>"),
        ('new XComment("x--y-")', "<a><!--x- -y- --></a>"),
        ('new XCData("]]>")', "<a><![CDATA[]]]]><![CDATA[>]]></a>"),
        ('new XProcessingInstruction("p", "d")', "<a><?p d?></a>"),
        ('new XAttribute("b", "<&>\\"\'\\t\\n")', '<a b="&lt;&amp;&gt;&quot;\'&#x9;&#xA;" />'),
        ('"<&>\\"\'\\r\\n\\t"', "<a>&lt;&amp;&gt;\"'\n\t</a>"),
        ('XName.Get("{u}n")', "<a>{u}n</a>"),
        ("DayOfWeek.Friday", "<a>Friday</a>"),
        ('JObject.Parse("{\\"x\\":1}")["x"]', "<a />"),
        ('(string)JObject.Parse("{\\"x\\":1}")["x"]', "<a>1</a>"),
    ],
)
def test_content(content: str, written: str) -> None:
    """Texts are joined, values are written as XML Schema has them, sequences are taken apart."""
    assert run(f'new XElement("a", {content}).{PLAIN}') == written


@pytest.mark.parametrize(
    ("built", "written"),
    [
        (
            'new XElement("a", new XElement("b", new XElement("c")), new XElement("d", "x"))',
            "<a>\n  <b>\n    <c />\n  </b>\n  <d>x</d>\n</a>",
        ),
        ('new XElement("a", new XElement("b"), "x")', "<a>\n  <b />x</a>"),
        ('new XElement("a", "x", new XElement("b", new XElement("c")))', "<a>x<b><c /></b></a>"),
        ('new XElement("a", new XComment("c"), new XElement("b"))', "<a>\n  <!--c-->\n  <b />\n</a>"),
        ('new XElement("a", new XCData("c"))', "<a><![CDATA[c]]></a>"),
        ('new XElement("a", new XElement("b", ""))', "<a>\n  <b></b>\n</a>"),
        (
            'new XDocument(new XDeclaration("1.0", "utf-8", null), new XComment("c"), new XElement("a"))',
            "<!--c-->\n<a />",
        ),
        (
            'new XDocument(new XDocumentType("html", null, null, null), new XElement("html"))',
            "<!DOCTYPE html >\n<html />",
        ),
        ('new XDocumentType("a", "p", "s", "t")', '<!DOCTYPE a PUBLIC "p" "s"[t]>'),
        ('new XDeclaration("1.0", "utf-8", "yes")', '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'),
        ("new XDeclaration(null, null, null)", "<?xml?>"),
        ('new XText("<")', "&lt;"),
        ('new XAttribute("a", "\\"")', 'a="&quot;"'),
        ('new XAttribute("{u}a", 1)', 'p0:a="1"'),
        ('new XAttribute(XNamespace.Xml + "lang", "en")', 'xml:lang="en"'),
        ('new XAttribute(XNamespace.Xmlns + "p", "u")', 'xmlns:p="u"'),
        ('new XElement("{u}a", new XElement("{u}b"))', '<a xmlns="u">\n  <b />\n</a>'),
        ('new XElement("{u}a", new XElement("{v}b"))', '<a xmlns="u">\n  <b xmlns="v" />\n</a>'),
        ('new XElement("a", new XAttribute("{u}b", 1))', '<a p1:b="1" xmlns:p1="u" />'),
        (
            'new XElement("a", new XAttribute("{u}b", 1), new XAttribute("{v}c", 2))',
            '<a p1:b="1" p2:c="2" xmlns:p1="u" xmlns:p2="v" />',
        ),
        ('new XElement("a", new XElement("b", new XAttribute("{u}c", 1)))', '<a>\n  <b p2:c="1" xmlns:p2="u" />\n</a>'),
        ('new XElement("{u}a", new XAttribute("{u}b", 1))', '<a p1:b="1" xmlns="u" xmlns:p1="u" />'),
        (
            'new XElement("{u}a", new XAttribute(XNamespace.Xmlns + "p", "u"), new XElement("{u}b"))',
            '<p:a xmlns:p="u">\n  <p:b />\n</p:a>',
        ),
        ('new XElement("{u}a", new XAttribute("xmlns", "u"))', '<a xmlns="u" />'),
        ("XElement.Parse(\"<p:a xmlns:p='u'><p:b/></p:a>\").Elements().First()", '<p:b xmlns:p="u" />'),
        ("XElement.Parse(\"<a xmlns='u'><b/></a>\").Elements().First()", '<b xmlns="u" />'),
    ],
)
def test_text(built: str, written: str) -> None:
    """Markup is indented where no text stands beside it; prefixes are those in scope, else p and a number."""
    assert text_of(run(built)) == written


def test_duplicate_declarations_are_left_out_where_that_is_asked_for() -> None:
    """OmitDuplicateNamespaces drops what is declared around already."""
    text = "<p:a xmlns:p='u'><p:b xmlns:p='u'/></p:a>"
    options = "SaveOptions.DisableFormatting | SaveOptions.OmitDuplicateNamespaces"
    assert run(f'XElement.Parse("{text}").ToString({options})') == '<p:a xmlns:p="u"><p:b /></p:a>'
    assert run(f'XElement.Parse("{text}").{PLAIN}') == '<p:a xmlns:p="u"><p:b xmlns:p="u" /></p:a>'


TREE = "<r a='1' b='2'><x>1</x>t<y n='5'><x>2</x><z/></y><!--c--></r>"
PARSED = f'XElement.Parse("{TREE}")'


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("e.Value", "1t2"),
        ('string.Join(",", e.Elements().Select(i => i.Name.LocalName))', "x,y"),
        ('string.Join(",", e.Descendants("x").Select(i => (int)i))', "1,2"),
        ('string.Join(",", e.DescendantsAndSelf().Select(i => i.Name.LocalName))', "r,x,y,x,z"),
        (
            'string.Join(",", e.DescendantNodes().Select(i => i.NodeType))',
            "Element,Text,Text,Element,Element,Text,Element,Comment",
        ),
        ('string.Join(",", e.Nodes().Select(i => i.NodeType))', "Element,Text,Element,Comment"),
        ('string.Join(",", e.Descendants("z").First().Ancestors().Select(i => i.Name.LocalName))', "y,r"),
        ('string.Join(",", e.Descendants("z").First().AncestorsAndSelf("y").Select(i => i.Name.LocalName))', "y"),
        ('e.Element("y").ElementsBeforeSelf().Single().Value + e.Element("x").ElementsAfterSelf().Count()', "11"),
        ('e.Element("y").NodesBeforeSelf().Count() + "," + e.Element("y").NodesAfterSelf().Count()', "2,1"),
        ('e.FirstNode.NodeType + "," + e.LastNode.NodeType', "Element,Comment"),
        ("e.FirstNode.NextNode.ToString() + e.LastNode.PreviousNode.PreviousNode", "tt"),
        ("e.FirstAttribute.NextAttribute.Name.LocalName + e.LastAttribute.PreviousAttribute.Name", "ba"),
        ("e.FirstAttribute.PreviousAttribute == null && e.LastAttribute.NextAttribute == null", True),
        ('e.Attribute("a").Parent == e && e.Parent == null && e.Document == null', True),
        ('string.Join(",", e.Attributes("b").Select(i => i.Value))', "2"),
        ("e.Attributes((XName)null).Count() + e.Elements((XName)null).Count()", 0),
        ('string.Join(",", e.Elements().Attributes("n").Select(i => i.Value))', "5"),
        ('string.Join(",", e.Elements().Elements().Select(i => i.Name.LocalName))', "x,z"),
        ("e.Elements().Nodes().Count() + e.Elements().DescendantNodes().Count()", 7),
        ('string.Join(",", e.Descendants().Reverse().InDocumentOrder().Select(i => i.Name.LocalName))', "x,y,x,z"),
        ('e.Descendants("z").Ancestors().Count() + e.Descendants("z").AncestorsAndSelf().Count()', 5),
        ('e.Element("x").IsBefore(e.Element("y")) && e.Element("y").IsAfter(e.Element("x"))', True),
        ('XNode.CompareDocumentOrder(e, e.Element("x"))', -1),
        ("e.HasElements && e.HasAttributes && !e.IsEmpty", True),
        ("e.Elements().OrderBy(i => i, XNode.DocumentOrderComparer).First().Name.LocalName", "x"),
        ('new[] { new XElement("a"), new XElement("a") }.Distinct(XNode.EqualityComparer).Count()', 1),
        ("e.Elements().First(i => i.NodeType == XmlNodeType.Element).BaseUri", ""),
        ('e.Element("x") == e.Elements().First() && e.Equals(e)', True),
        ("XElement.EmptySequence.Any() || XAttribute.EmptySequence.Any()", False),
    ],
)
def test_axes(expression: str, value: Any) -> None:
    """Every axis gives its nodes in document order."""
    assert run(f"((Func<XElement, object>)(e => {expression}))({PARSED})") == value


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("e.Elements()", "System.Xml.Linq.XContainer+<GetElements>d__39"),
        ("e.Nodes()", "System.Xml.Linq.XContainer+<Nodes>d__18"),
        (
            'e.Elements("x").Select(i => 1)',
            "System.Linq.Enumerable+IEnumerableSelectIterator`2[System.Xml.Linq.XElement,System.Int32]",
        ),
        ("e.Elements().Elements()", "System.Xml.Linq.Extensions+<GetElements>d__24`1[System.Xml.Linq.XElement]"),
        ("e.Elements((XName)null)", "System.Xml.Linq.XElement[]"),
    ],
)
def test_the_classes_behind_sequences_have_their_names(expression: str, name: str) -> None:
    """What GetType would say of an axis."""
    assert type_of(run(f"((Func<XElement, object>)(e => {expression}))({PARSED})")).reflection_name == name


@pytest.mark.parametrize(
    ("statements", "written"),
    [
        ('e.Add(1, new XElement("n"));', "<a><b />x1<n /></a>"),
        ('e.AddFirst("t", new XElement("n"));', "<a>t<n /><b />x</a>"),
        ('e.Element("b").AddAfterSelf("t");', "<a><b />tx</a>"),
        ('e.Element("b").AddBeforeSelf("t", 1, new XElement("n"));', "<a>t1<n /><b />x</a>"),
        ('e.LastNode.AddAfterSelf("y");', "<a><b />xy</a>"),
        ('e.Element("b").Remove();', "<a>x</a>"),
        ("e.RemoveNodes();", "<a />"),
        ('e.Value = "";', "<a></a>"),
        ('e.Value = "v";', "<a>v</a>"),
        ("e.SetValue(1.5m);", "<a>1.5</a>"),
        (
            'e.SetElementValue("b", true); e.SetElementValue("c", 1); e.SetElementValue("d", null);',
            "<a><b>true</b>x<c>1</c></a>",
        ),
        ('e.SetElementValue("b", null);', "<a>x</a>"),
        (
            'e.SetAttributeValue("k", 1); e.SetAttributeValue("k", "2"); e.SetAttributeValue("z", null);',
            '<a k="2"><b />x</a>',
        ),
        (
            'e.Add(new XAttribute("k", 1)); e.Attribute("k").Value = "v"; e.Attribute("k").SetValue(true);',
            '<a k="true"><b />x</a>',
        ),
        ('e.Add(new XAttribute("k", 1)); e.Attribute("k").Remove();', "<a><b />x</a>"),
        ('e.ReplaceAll(new XAttribute("k", 1), "t");', '<a k="1">t</a>'),
        ("e.ReplaceNodes(e.Nodes());", "<a><b />x</a>"),
        ('e.ReplaceAttributes(new XAttribute("k", 1));', '<a k="1"><b />x</a>'),
        ('e.Element("b").ReplaceWith("t", new XComment("c"));', "<a>t<!--c-->x</a>"),
        ('e.Name = "n";', "<n><b />x</n>"),
        ('e.Element("b").Name = "{u}b";', '<a><b xmlns="u" />x</a>'),
        ('e.Add(e.Element("b"));', "<a><b />x<b /></a>"),
        ("e.Add(e);", "<a><b />x<a><b />x</a></a>"),
        ("e.Nodes().Remove();", "<a />"),
        ('e.Add(new XAttribute("k", 1)); e.Attributes().Remove();', "<a><b />x</a>"),
        ('e.Descendants().Where(i => i.Name == "b").Remove();', "<a>x</a>"),
        ("foreach (var i in e.Elements()) i.Remove();", "<a>x</a>"),
        ('e.Add(new XElement("c")); foreach (var i in e.Elements()) i.Remove();', "<a>x<c /></a>"),
        ("foreach (var i in e.Elements().ToList()) i.Remove();", "<a>x</a>"),
        ('((XText)e.LastNode).Value = "y";', "<a><b />y</a>"),
        ("e.RemoveAll();", "<a />"),
    ],
)
def test_changes(statements: str, written: str) -> None:
    """Trees change in place; content that has a parent is copied."""
    assert run(block(f'var e = XElement.Parse("<a><b/>x</a>"); {statements} return e.{PLAIN};')) == written


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('(string)new XElement("a", 1)', "1"),
        ("(string)(XElement)null", None),
        ("(int?)(XElement)null", None),
        ('(int)new XElement("a", " 7 ")', 7),
        ('(long)new XAttribute("a", "-7")', -7),
        ('(bool)new XElement("a", " TRUE ")', True),
        ('(bool?)new XAttribute("a", "0")', False),
        ('(double)new XElement("a", "INF") == double.PositiveInfinity', True),
        ('(double)new XElement("a", "1e3")', 1000.0),
        ('(decimal)new XElement("a", "1.50")', NetDecimal(150, 2)),
        ('((DateTime)new XElement("a", "2026-03-01T10:20:30Z")).Kind.ToString()', "Utc"),
        ('((DateTime)new XElement("a", "2026-03-01")).ToString("s")', "2026-03-01T00:00:00"),
        (
            '((DateTimeOffset)new XElement("a", "2026-03-01T10:20:30+02:00")).ToString("o")',
            "2026-03-01T10:20:30.0000000+02:00",
        ),
        ('((TimeSpan)new XElement("a", "-P1Y2M3DT4H")).ToString()', "-428.04:00:00"),
        (
            '((Guid)new XAttribute("a", "6f9619ff-8b86-d011-b42d-00cf4fc964ff")).ToString("N")',
            "6f9619ff8b86d011b42d00cf4fc964ff",
        ),
        ('(uint)new XElement("a", "4") + (ulong)new XElement("a", "4") == 8', True),
        ('(string)XElement.Parse("<a>x<b>y</b><!--c--><![CDATA[z]]></a>")', "xyz"),
    ],
)
def test_casts(expression: str, value: Any) -> None:
    """Elements and attributes convert to what their text says."""
    assert run(expression) == value


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("<a/>", "<a />", True),
        ("<a/>", "<a></a>", False),
        ("<a>x</a>", "<a><![CDATA[x]]></a>", False),
        ("<a b='1' c='2'/>", "<a c='2' b='1'/>", False),
        ("<a>x<!--c-->y</a>", "<a>x<!--c-->y</a>", True),
        ("<a xmlns:p='u'/>", "<a/>", False),
        ("<p:a xmlns:p='u'/>", "<q:a xmlns:q='u'/>", False),
        ("<a><b>1</b></a>", "<a><b>2</b></a>", False),
    ],
)
def test_deep_equality(left: str, right: str, same: bool) -> None:
    """Names, attributes in their order and content decide."""
    assert run(f'XNode.DeepEquals(XElement.Parse("{left}"), XElement.Parse("{right}"))') is same


def test_texts_side_by_side_equal_one_text() -> None:
    """How a text is split into nodes does not matter."""
    assert run('XNode.DeepEquals(new XElement("a", new XText("x"), new XText("y")), new XElement("a", "xy"))') is True
    assert run('XNode.DeepEquals(null, null) && !XNode.DeepEquals(new XElement("a"), null)') is True


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("XElement.Parse(\"<a xmlns='u'/>\").GetDefaultNamespace().ToString()", "u"),
        ('XElement.Parse("<a xmlns:p=\'u\'><b/></a>").Element("b").GetNamespaceOfPrefix("p").ToString()', "u"),
        ('XElement.Parse("<a/>").GetNamespaceOfPrefix("p") == null', True),
        ('XElement.Parse("<a/>").GetNamespaceOfPrefix("xml") == XNamespace.Xml', True),
        ('XElement.Parse("<a xmlns:p=\'u\'/>").GetPrefixOfNamespace("u")', "p"),
        ('XElement.Parse("<a xmlns=\'u\'/>").GetPrefixOfNamespace("u")', None),
        ('XElement.Parse("<a xmlns:p=\'u\'><b xmlns:p=\'v\'/></a>").Element("b").GetPrefixOfNamespace("u")', None),
    ],
)
def test_namespaces_in_scope(expression: str, value: Any) -> None:
    """Declarations count from the element outwards."""
    assert run(expression) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('XDocument.Parse("<!--c--><a/>").Root.Name.LocalName', "a"),
        ("XDocument.Parse(\"<!DOCTYPE a SYSTEM 's'><a/>\").DocumentType.SystemId", "s"),
        ('XDocument.Parse("<a/>").Root.Document.Nodes().Count()', 1),
        ('XDocument.Parse("<a/>").Root.Parent == null', True),
        ('new XDocument().Root == null && new XDocument().ToString() == ""', True),
        ('new XDocument(new XDocument(new XElement("a"))).Root.Name.LocalName', "a"),
        ("XDocument.Parse(\"<?xml version='1.0' standalone='yes'?><a/>\").Declaration.Standalone", "yes"),
        ('XElement.Load(new StringReader("<a>1</a>")).Value', "1"),
        (
            '((System.Xml.IXmlLineInfo)XElement.Parse("<a>\\n<b/></a>", LoadOptions.SetLineInfo).Element("b"))'
            ".LineNumber",
            2,
        ),
        (
            block('var w = new StringWriter(); XDocument.Parse("<a><b/></a>").Save(w); return w.ToString();'),
            '<?xml version="1.0" encoding="utf-16"?>\n<a>\n  <b />\n</a>',
        ),
        (
            block(
                'var w = new StringWriter(); new XElement("a").Save(w, SaveOptions.DisableFormatting);'
                " return w.ToString();"
            ),
            '<?xml version="1.0" encoding="utf-16"?><a />',
        ),
        (
            block(
                'var e = new XElement("a", new XElement("b")); e.AddAnnotation(SaveOptions.DisableFormatting);'
                " return e.ToString();"
            ),
            "<a><b /></a>",
        ),
        (block('var e = new XElement("a"); e.AddAnnotation("x"); return e.Annotation<string>();'), "x"),
    ],
)
def test_documents(expression: str, value: Any) -> None:
    """Documents have one root, what stands around it, and a declaration that ToString leaves out."""
    assert run(expression) == value


def test_saving_a_document_without_root_fails() -> None:
    """An XmlWriter wants a root."""
    text = block('var w = new StringWriter(); new XDocument().Save(w); return "";')
    assert thrown(text) == ("System.ArgumentException", "Document does not have a root element.")


def test_where_a_text_went_wrong_is_kept() -> None:
    """An XmlException knows line and position."""
    text = 'try { XElement.Parse("<a>\\n<b>"); } catch (XmlException e) { return e.LineNumber + ":" + e.LinePosition; }'
    assert run(block(text + ' return "";')) == "2:4"
