"""XML as JSON and back, by the rules of Newtonsoft's XmlNodeConverter."""

from __future__ import annotations

import pytest

from tests.csharp.dotnet.evaluation import run, thrown

JSON = "xmlns:json='http://james.newtonking.com/projects/json'"
PLAIN = "ToString(SaveOptions.DisableFormatting)"
FORMAT = "Newtonsoft.Json.Formatting"
NESTED = '{"a":{"b":1}}'


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize(
    ("xml", "json"),
    [
        ("<a/>", '{"a":null}'),
        ("<a></a>", '{"a":""}'),
        ("<a>x</a>", '{"a":"x"}'),
        ("<a b='1'>x</a>", '{"a":{"@b":"1","#text":"x"}}'),
        ("<a b='1'/>", '{"a":{"@b":"1"}}'),
        ("<a><b>1</b><b>2</b><c/></a>", '{"a":{"b":["1","2"],"c":null}}'),
        ("<a><b/><c/><b>2</b></a>", '{"a":{"b":[null,"2"],"c":null}}'),
        ("<a>x<b/>y</a>", '{"a":{"#text":["x","y"],"b":null}}'),
        ("<a><![CDATA[x]]></a>", '{"a":{"#cdata-section":"x"}}'),
        ("<a><!--c--><b/></a>", '{"a":{/*c*/"b":null}}'),
        ("<a><?p d?></a>", '{"a":{"?p":"d"}}'),
        ("<p:a xmlns:p='u'><p:b/></p:a>", '{"p:a":{"@xmlns:p":"u","p:b":null}}'),
        ("<a xmlns='u'><b/></a>", '{"a":{"@xmlns":"u","b":null}}'),
        ("<a_x0020_b/>", '{"a b":null}'),
        (f"<a {JSON}><b json:Array='true'>1</b></a>", '{"a":{"b":["1"]}}'),
        (f"<a {JSON}><b json:Array='true'/></a>", '{"a":{"b":[{}]}}'),
        ("<?xml version='1.0' encoding='utf-8'?><a/>", '{"?xml":{"@version":"1.0","@encoding":"utf-8"},"a":null}'),
        ("<!DOCTYPE a SYSTEM 's'><a/>", '{"!DOCTYPE":{"@name":"a","@system":"s"},"a":null}'),
        ('<a>"\\</a>', '{"a":"\\"\\\\"}'),
    ],
)
def test_documents_as_json(xml: str, json: str) -> None:
    """Attributes, texts and repeated elements have their places."""
    assert run(f"JsonConvert.SerializeXNode(XDocument.Parse({quoted(xml)}))") == json


def test_the_root_can_be_left_out_and_text_indented() -> None:
    """OmitRootObject drops the outer object."""
    element = f"XElement.Parse({quoted('<a><b>1</b><c><d/></c></a>')})"
    assert run(f"JsonConvert.SerializeXNode({element}, {FORMAT}.None, true)") == '{"b":"1","c":{"d":null}}'
    indented = '{\n  "a": {\n    "b": "1",\n    "c": {\n      "d": null\n    }\n  }\n}'
    assert run(f"JsonConvert.SerializeXNode({element}, {FORMAT}.Indented)") == indented
    assert run("JsonConvert.SerializeXNode(null)") == "null"


@pytest.mark.parametrize(
    ("json", "arguments", "xml"),
    [
        ('{"root":{"a":1,"b":[1,2]}}', "", "<root><a>1</a><b>1</b><b>2</b></root>"),
        ('{"a":null}', "", "<a />"),
        ('{"a":""}', "", "<a></a>"),
        ('{"a":{}}', "", "<a />"),
        ('{"a":{"@b":1,"#text":"x"}}', "", '<a b="1">x</a>'),
        ('{"a":[]}', ', "r"', "<r />"),
        ('{"a":1,"b":true}', ', "r"', "<r><a>1</a><b>true</b></r>"),
        ('{"@b":"1","c":1.50}', ', "r"', '<r b="1"><c>1.5</c></r>'),
        (
            '{"a":[1]}',
            ', "r", true',
            '<r><a json:Array="true" xmlns:json="http://james.newtonking.com/projects/json">1</a></r>',
        ),
        ('{"a":[[1,2],[3]]}', ', "r"', "<r><a><a>1</a><a>2</a></a><a><a>3</a></a></r>"),
        ('{"a b":1}', "", "<a_x0020_b>1</a_x0020_b>"),
        ('{"1":1}', ', "r"', "<r><_x0031_>1</_x0031_></r>"),
        ('{"p:a":{"@xmlns:p":"u","p:b":1}}', "", '<p:a xmlns:p="u"><p:b>1</p:b></p:a>'),
        ('{"a":{"@xmlns":"u","b":1}}', "", '<a xmlns="u"><b>1</b></a>'),
        ('{"a":{"#cdata-section":"x"}}', "", "<a><![CDATA[x]]></a>"),
        ('{"?xml":{"@version":"1.0"},"a":"2026-03-01T10:20:30Z"}', "", "<a>2026-03-01T10:20:30Z</a>"),
        (
            '{"a":{"$id":"1","b":2}}',
            "",
            '<a xmlns:json="http://james.newtonking.com/projects/json" json:id="1"><b>2</b></a>',
        ),
        ('{"@b":1}', ', "r", false, true', "<r><_x0040_b>1</_x0040_b></r>"),
    ],
)
def test_json_as_documents(json: str, arguments: str, xml: str) -> None:
    """Members become elements, those with ``@`` attributes, arrays repeated elements."""
    assert run(f"JsonConvert.DeserializeXNode({quoted(json)}{arguments}).{PLAIN}") == xml


_SERIALIZATION = "Newtonsoft.Json.JsonSerializationException"


@pytest.mark.parametrize(
    ("json", "kind", "message"),
    [
        (
            "[1]",
            _SERIALIZATION,
            "XmlNodeConverter can only convert JSON that begins with an object. Path '', line 1, position 1.",
        ),
        (
            '{"a":1,"b":2}',
            _SERIALIZATION,
            "JSON root object has multiple properties. The root object must have a single property in order to create "
            "a valid XML document. Consider specifying a DeserializeRootElementName. Path 'b', line 1, position 11.",
        ),
        (
            '{"@a":1}',
            _SERIALIZATION,
            "JSON root object has property '@a' that will be converted to an attribute. A root object cannot have "
            "any attribute properties. Consider specifying a DeserializeRootElementName. Path '@a', line 1, "
            "position 7.",
        ),
    ],
)
def test_faults(json: str, kind: str, message: str) -> None:
    """JSON that is no document is refused with the place."""
    assert thrown(f"JsonConvert.DeserializeXNode({quoted(json)})") == (kind, message)


def test_the_serializer_knows_nodes_too() -> None:
    """SerializeObject and DeserializeObject use the same converter."""
    assert run('JsonConvert.SerializeObject(XElement.Parse("<a><b>1</b></a>"))') == '{"a":{"b":"1"}}'
    assert run('JsonConvert.SerializeObject(new { x = XDocument.Parse("<a/>") })') == '{"x":{"a":null}}'
    assert run(f"JsonConvert.DeserializeObject<XElement>({quoted(NESTED)}).{PLAIN}") == "<a><b>1</b></a>"
    assert run(f"JsonConvert.DeserializeObject<XDocument>({quoted(NESTED)}).Root.Value") == "1"


def test_null_and_nothing() -> None:
    """Null gives null; a null text is refused."""
    assert run('JsonConvert.DeserializeXNode("null") == null') is True
    assert thrown("JsonConvert.DeserializeXNode(null)")[1] == "Value cannot be null. (Parameter 'value')"
