"""The types of Newtonsoft.Json.Linq that expressions meet: their names, bases and the names of their members."""

from __future__ import annotations

from certgate.csharp.types import define, define_enum

LINQ = "Newtonsoft.Json.Linq"
_MEMBERS = (
    "AddAfterSelf AddAnnotation AddBeforeSelf AfterSelf Ancestors AncestorsAndSelf Annotation Annotations BeforeSelf "
    "Children CreateReader DeepClone DeepEquals EqualityComparer Equals First FromObject GetHashCode GetType HasValues "
    "Item Last Load LoadAsync Next Parent Parse Path Previous ReadFrom ReadFromAsync ReferenceEquals Remove "
    "RemoveAnnotations Replace Root SelectToken SelectTokens ToObject ToString Type Value Values WriteTo WriteToAsync "
)
_VALUE_MEMBERS = (
    "CompareTo CreateComment CreateNull CreateString CreateUndefined Equals GetHashCode ToString Type Value "
)
_PARSED = "FromObject Load LoadAsync Parse "
# Each type names its own members only, as .NET declares them; what it inherits is named by its base.
_KIND_NAMES = """None Object Array Constructor Property Comment Integer Float String Boolean Null Undefined Date Raw
Bytes Guid Uri TimeSpan""".split()  # noqa: SIM905
KIND = define_enum(
    f"{LINQ}.JTokenType",
    {name: number for number, name in enumerate(_KIND_NAMES)},
    allowed=True,
)
_G = "System.Collections.Generic"
IJENUMERABLE = define(f"{LINQ}.IJEnumerable<T>", kind="interface", bases=(f"{_G}.IEnumerable<T>",), known="Item")
JENUMERABLE = define(
    f"{LINQ}.JEnumerable<T>",
    kind="struct",
    bases=("System.ValueType", f"{LINQ}.IJEnumerable<T>"),
    known="Empty Equals GetEnumerator GetHashCode Item GetType ReferenceEquals ToString",
)
TOKEN = define(
    f"{LINQ}.JToken",
    allowed=True,
    bases=(f"{LINQ}.IJEnumerable<{LINQ}.JToken>", "ICloneable"),
    known=_MEMBERS,
    abstract=True,
)
CONTAINER = define(
    f"{LINQ}.JContainer",
    allowed=True,
    bases=(f"{LINQ}.JToken", f"{_G}.IList<{LINQ}.JToken>"),
    known="Add AddFirst AddingNew ChildrenTokens CollectionChanged Count CreateWriter Descendants DescendantsAndSelf "
    "ListChanged Merge RemoveAll ReplaceAll",
    abstract=True,
)
OBJECT = define(
    f"{LINQ}.JObject",
    allowed=True,
    bases=(f"{LINQ}.JContainer", f"{_G}.IDictionary<string, {LINQ}.JToken>"),
    known=_PARSED + "Add ContainsKey GetEnumerator GetValue Item Properties Property PropertyChanged PropertyChanging "
    "PropertyValues Remove TryGetValue",
)
ARRAY = define(
    f"{LINQ}.JArray",
    allowed=True,
    bases=(f"{LINQ}.JContainer",),
    known=_PARSED + "Add Clear Contains CopyTo GetEnumerator IndexOf Insert IsReadOnly Item Remove RemoveAt",
)
CONSTRUCTOR = define(f"{LINQ}.JConstructor", allowed=True, bases=(f"{LINQ}.JContainer",), known="Load LoadAsync Name")
PROPERTY = define(
    f"{LINQ}.JProperty",
    allowed=True,
    bases=(f"{LINQ}.JContainer",),
    known="Load LoadAsync Name Value",
)
VALUE = define(
    f"{LINQ}.JValue",
    allowed=True,
    bases=(f"{LINQ}.JToken", "IFormattable", "IComparable", f"System.IEquatable<{LINQ}.JValue>", "IConvertible"),
    known=_VALUE_MEMBERS,
)
RAW = define(f"{LINQ}.JRaw", allowed=True, bases=(f"{LINQ}.JValue",), known="Create CreateAsync")
FORMATTING = define_enum("Newtonsoft.Json.Formatting", {"None": 0, "Indented": 1}, allowed=True)
EXTENSIONS = define(f"{LINQ}.Extensions", kind="static", allowed=True, extensions=True)
JSON_EXCEPTION = define("Newtonsoft.Json.JsonException", bases=("System.Exception",))
_PLACES = "Path Message InnerException StackTrace Data Source HelpLink HResult TargetSite"
READER_EXCEPTION = define(
    "Newtonsoft.Json.JsonReaderException",
    bases=("Newtonsoft.Json.JsonException",),
    known=f"LineNumber LinePosition {_PLACES}",
)
SERIALIZATION_EXCEPTION = define(
    "Newtonsoft.Json.JsonSerializationException",
    bases=("Newtonsoft.Json.JsonException",),
    known=f"LineNumber LinePosition {_PLACES}",
)
WRITER_EXCEPTION = define(
    "Newtonsoft.Json.JsonWriterException", bases=("Newtonsoft.Json.JsonException",), known=_PLACES
)
TOKENS = "System.Collections.Generic.IEnumerable<JToken>"
