"""``JsonConvert`` between XML and JSON: SerializeXNode, DeserializeXNode and their brothers for XmlNode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.json.convert import CONVERT
from certgate.csharp.dotnet.system import faults

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.values import EnumValue

FORMATTING = "Newtonsoft.Json.Formatting formatting"
OMIT = "bool omitRootObject"


def _declare_write(method: str, kind: str) -> None:
    """`kind` is the type of the node that is written."""

    def write(node: Any, formatting: EnumValue | None = None, omit: bool = False) -> str:
        from certgate.csharp.dotnet.json.xml_write import serialize

        return serialize(_linq(node), indented=formatting is not None and formatting.value == 1, omit_root=omit)

    CONVERT.method(f"static string {method}({kind} node)")(write)
    CONVERT.method(f"static string {method}({kind} node, {FORMATTING})")(write)
    CONVERT.method(f"static string {method}({kind} node, {FORMATTING}, {OMIT})")(write)


def _linq(node: Any) -> Any:
    """A node of System.Xml as one of System.Xml.Linq."""
    from certgate.csharp.dotnet.xml.tree import XObject

    if node is None or isinstance(node, XObject):
        return node
    from certgate.csharp.dotnet.xml.dom_text import to_linq

    return to_linq(node)


def _declare_read(method: str, result: str, finish: Any) -> None:
    def read(
        run: Evaluation, text: str | None, root: str | None = None, arrays: bool = False, encoded: bool = False
    ) -> Any:
        from certgate.csharp.dotnet.json.reading import ReadOptions
        from certgate.csharp.dotnet.json.xml_read import Conversion, deserialize

        if text is None:
            raise faults.argument_null("value")
        return finish(deserialize(text, Conversion(root, arrays, encoded), ReadOptions(run.zone)))

    parameters = ("string value", "string deserializeRootElementName", "bool writeArrayAttribute")
    for count in range(1, 5):
        chosen = (*parameters, "bool encodeSpecialCharacters")[:count]
        CONVERT.method(f"static {result} {method}({', '.join(chosen)})", ambient=True)(read)


def _same(document: Any) -> Any:
    return document


def _as_dom(document: Any) -> Any:
    from certgate.csharp.dotnet.xml.dom_text import from_linq

    return None if document is None else from_linq(document)


_declare_write("SerializeXNode", "System.Xml.Linq.XObject")
_declare_write("SerializeXmlNode", "System.Xml.XmlNode")
_declare_read("DeserializeXNode", "System.Xml.Linq.XDocument", _same)
_declare_read("DeserializeXmlNode", "System.Xml.XmlDocument", _as_dom)
