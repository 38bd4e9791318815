"""The types of Newtonsoft.Json that expressions meet: their names, bases and the names of their members."""

from __future__ import annotations

from certgate.csharp.types import define, define_enum

LINQ = "Newtonsoft.Json.Linq"
_MEMBERS = (
    "AddAfterSelf AddAnnotation AddBeforeSelf AfterSelf Ancestors AncestorsAndSelf Annotation Annotations BeforeSelf "
    "Children CreateReader DeepClone DeepEquals EqualityComparer Equals First FromObject GetHashCode GetType HasValues "
    "Item Last Load LoadAsync Next Parent Parse Path Previous ReadFrom ReadFromAsync ReferenceEquals Remove "
    "RemoveAnnotations Replace Root SelectToken SelectTokens ToObject ToString Type Value Values WriteTo WriteToAsync "
)
_CONTAINER_MEMBERS = (
    "Add AddFirst ChildrenTokens Count CreateWriter Descendants DescendantsAndSelf Merge RemoveAll ReplaceAll "
)
_KIND_NAMES = """None Object Array Constructor Property Comment Integer Float String Boolean Null Undefined Date Raw
Bytes Guid Uri TimeSpan""".split()  # noqa: SIM905
KIND = define_enum(
    f"{LINQ}.JTokenType",
    {name: number for number, name in enumerate(_KIND_NAMES)},
    allowed=True,
)
_G = "System.Collections.Generic"
TOKEN = define(f"{LINQ}.JToken", allowed=True, bases=(f"{_G}.IEnumerable<{LINQ}.JToken>", "ICloneable"), known=_MEMBERS)
CONTAINER = define(
    f"{LINQ}.JContainer",
    allowed=True,
    bases=(f"{LINQ}.JToken", f"{_G}.IList<{LINQ}.JToken>"),
    known=_MEMBERS + _CONTAINER_MEMBERS,
)
OBJECT = define(
    f"{LINQ}.JObject",
    allowed=True,
    bases=(f"{LINQ}.JContainer", f"{_G}.IDictionary<string, {LINQ}.JToken>"),
    known=_MEMBERS + _CONTAINER_MEMBERS + "ContainsKey GetEnumerator GetValue Properties Property PropertyValues "
    "TryGetValue",
)
ARRAY = define(
    f"{LINQ}.JArray",
    allowed=True,
    bases=(f"{LINQ}.JContainer",),
    known=_MEMBERS + _CONTAINER_MEMBERS + "Clear Contains CopyTo GetEnumerator IndexOf Insert IsReadOnly RemoveAt",
)
PROPERTY = define(
    f"{LINQ}.JProperty",
    allowed=True,
    bases=(f"{LINQ}.JContainer",),
    known=_MEMBERS + _CONTAINER_MEMBERS + "Name Value",
)
VALUE = define(
    f"{LINQ}.JValue",
    allowed=True,
    bases=(f"{LINQ}.JToken", "IFormattable", "IComparable", "IConvertible"),
    known=_MEMBERS + "CompareTo CreateComment CreateNull CreateString CreateUndefined Value",
)
FORMATTING = define_enum("Newtonsoft.Json.Formatting", {"None": 0, "Indented": 1}, allowed=True)
EXTENSIONS = define(f"{LINQ}.Extensions", kind="static", allowed=True, extensions=True)
JSON_EXCEPTION = define("Newtonsoft.Json.JsonException", bases=("System.Exception",), allowed=True)
READER_EXCEPTION = define(
    "Newtonsoft.Json.JsonReaderException",
    bases=("Newtonsoft.Json.JsonException",),
    allowed="JsonReaderException",
    known="LineNumber LinePosition Path Message InnerException StackTrace Data Source HelpLink HResult TargetSite",
)
SERIALIZATION_EXCEPTION = define(
    "Newtonsoft.Json.JsonSerializationException", bases=("Newtonsoft.Json.JsonException",), allowed=True
)
TOKENS = "System.Collections.Generic.IEnumerable<JToken>"
