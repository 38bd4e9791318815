"""The types of System.Xml.Linq: their names, bases, the names of their members, and their enums."""

from __future__ import annotations

from certgate.csharp.types import define, define_enum

LINQ = "System.Xml.Linq"
SEQ = "System.Collections.Generic.IEnumerable"

_PLAIN = "Equals GetHashCode GetType ReferenceEquals ToString "
_OBJECT = _PLAIN + (
    "AddAnnotation Annotation Annotations BaseUri Changed Changing Document NodeType Parent RemoveAnnotations "
)
_NODE = _OBJECT + (
    "AddAfterSelf AddBeforeSelf Ancestors CompareDocumentOrder CreateReader DeepEquals DocumentOrderComparer "
    "ElementsAfterSelf ElementsBeforeSelf EqualityComparer IsAfter IsBefore NextNode NodesAfterSelf NodesBeforeSelf "
    "PreviousNode ReadFrom ReadFromAsync Remove ReplaceWith WriteTo WriteToAsync "
)
_CONTAINER = _NODE + (
    "Add AddFirst CreateWriter DescendantNodes Descendants Element Elements FirstNode LastNode Nodes RemoveNodes "
    "ReplaceNodes "
)

NODE_TYPE = define_enum(
    "System.Xml.XmlNodeType",
    {
        name: number
        for number, name in enumerate(
            (
                *("None", "Element", "Attribute", "Text", "CDATA", "EntityReference", "Entity"),
                *("ProcessingInstruction", "Comment", "Document", "DocumentType", "DocumentFragment", "Notation"),
                *("Whitespace", "SignificantWhitespace", "EndElement", "EndEntity", "XmlDeclaration"),
            )
        )
    },
    allowed=True,
)
SAVE_OPTIONS = define_enum(
    f"{LINQ}.SaveOptions", {"None": 0, "DisableFormatting": 1, "OmitDuplicateNamespaces": 2}, flags=True
)
LOAD_OPTIONS = define_enum(
    f"{LINQ}.LoadOptions", {"None": 0, "PreserveWhitespace": 1, "SetBaseUri": 2, "SetLineInfo": 4}, flags=True
)
READER_OPTIONS = define_enum(f"{LINQ}.ReaderOptions", {"None": 0, "OmitDuplicateNamespaces": 1}, flags=True)
OBJECT_CHANGE = define_enum(f"{LINQ}.XObjectChange", {"Add": 0, "Remove": 1, "Name": 2, "Value": 3})

NAME = define(
    f"{LINQ}.XName",
    bases=(f"IEquatable<{LINQ}.XName>",),
    allowed=True,
    known=_PLAIN + "Get LocalName Namespace NamespaceName",
)
NAMESPACE = define(f"{LINQ}.XNamespace", allowed=True, known=_PLAIN + "Get GetName NamespaceName None Xml Xmlns")

LINE_INFO = define("System.Xml.IXmlLineInfo", kind="interface", known="HasLineInfo LineNumber LinePosition")
OBJECT = define(f"{LINQ}.XObject", bases=("System.Xml.IXmlLineInfo",), allowed=True, abstract=True, known=_OBJECT)
ATTRIBUTE = define(
    f"{LINQ}.XAttribute",
    bases=(f"{LINQ}.XObject",),
    allowed=True,
    known=_OBJECT + "EmptySequence IsNamespaceDeclaration Name NextAttribute PreviousAttribute Remove SetValue Value",
)
NODE = define(f"{LINQ}.XNode", bases=(f"{LINQ}.XObject",), allowed=True, abstract=True, known=_NODE)
CONTAINER = define(f"{LINQ}.XContainer", bases=(f"{LINQ}.XNode",), allowed=True, abstract=True, known=_CONTAINER)
ELEMENT = define(
    f"{LINQ}.XElement",
    bases=(f"{LINQ}.XContainer",),
    allowed=True,
    known=_CONTAINER
    + "AncestorsAndSelf Attribute Attributes DescendantNodesAndSelf DescendantsAndSelf EmptySequence FirstAttribute "
    "GetDefaultNamespace GetNamespaceOfPrefix GetPrefixOfNamespace HasAttributes HasElements IsEmpty LastAttribute "
    "Load LoadAsync Name Parse RemoveAll RemoveAttributes ReplaceAll ReplaceAttributes Save SaveAsync "
    "SetAttributeValue SetElementValue SetValue Value",
)
_DOCUMENT = "Declaration DocumentType Parse Root Save SaveAsync "
DOCUMENT = define(
    f"{LINQ}.XDocument",
    bases=(f"{LINQ}.XContainer",),
    # SECURITY: Load reads files and addresses; the gateway's own list leaves it out.
    allowed=f"{_DOCUMENT} .ctor ToString",
    known=_CONTAINER + _DOCUMENT + "Load LoadAsync",
)
TEXT = define(f"{LINQ}.XText", bases=(f"{LINQ}.XNode",), allowed=True, known=_NODE + "Value")
CDATA = define(f"{LINQ}.XCData", bases=(f"{LINQ}.XText",), allowed=True, known=_NODE + "Value")
COMMENT = define(f"{LINQ}.XComment", bases=(f"{LINQ}.XNode",), allowed=True, known=_NODE + "Value")
INSTRUCTION = define(
    f"{LINQ}.XProcessingInstruction", bases=(f"{LINQ}.XNode",), allowed=True, known=_NODE + "Data Target"
)
DOCUMENT_TYPE = define(
    f"{LINQ}.XDocumentType",
    bases=(f"{LINQ}.XNode",),
    allowed=True,
    known=_NODE + "InternalSubset Name PublicId SystemId",
)
DECLARATION = define(f"{LINQ}.XDeclaration", allowed=True, known=_PLAIN + "Encoding Standalone Version")
STREAMING = define(f"{LINQ}.XStreamingElement", known=_PLAIN + "Add Name Save WriteTo")
EXTENSIONS = define(f"{LINQ}.Extensions", kind="static", allowed=True, extensions=True)
EQUALITY = define(
    f"{LINQ}.XNodeEqualityComparer",
    bases=(f"System.Collections.Generic.IEqualityComparer<{LINQ}.XNode>",),
    allowed=True,
    known=_PLAIN,
)
ORDER = define(
    f"{LINQ}.XNodeDocumentOrderComparer",
    bases=(f"System.Collections.Generic.IComparer<{LINQ}.XNode>",),
    allowed=True,
    known=_PLAIN + "Compare",
)
