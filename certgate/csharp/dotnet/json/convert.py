"""``Newtonsoft.Json.JsonConvert``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.json import deserialize as json_deserialize
from certgate.csharp.dotnet.json import serialize as json_serialize
from certgate.csharp.dotnet.json import settings as json_settings
from certgate.csharp.dotnet.json.containers import ArrayToken, ObjectToken
from certgate.csharp.dotnet.json.text_reader import TextReader
from certgate.csharp.dotnet.json.writer import Style, quote, scalar, write
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import format_value
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import Char, EnumValue, TypeValue, type_of

if TYPE_CHECKING:
    from certgate.csharp.dotnet.json.settings import SerializerSettings
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import NetType
    from certgate.csharp.values import NetArray

CONVERT = define(
    "Newtonsoft.Json.JsonConvert",
    kind="static",
    allowed="SerializeObject DeserializeObject",
    known="DefaultSettings DeserializeAnonymousType DeserializeObject DeserializeXNode DeserializeXmlNode False NaN "
    "NegativeInfinity Null PopulateObject PositiveInfinity SerializeObject SerializeXNode SerializeXmlNode ToString "
    "True Undefined",
)
_SETTINGS = "Newtonsoft.Json.JsonSerializerSettings settings"
_FORMATTING = "Newtonsoft.Json.Formatting formatting"
_CONVERTERS = "params Newtonsoft.Json.JsonConverter[] converters"
for _name, _constant in (
    ("True", "true"),
    ("False", "false"),
    ("Null", "null"),
    ("Undefined", "undefined"),
    ("PositiveInfinity", "Infinity"),
    ("NegativeInfinity", "-Infinity"),
    ("NaN", "NaN"),
):
    # .NET has them as fields that are set when the class is, not as constants.
    CONVERT.field(f"static readonly string {_name}")(lambda text=_constant: text)


def _written(
    value: Any, settings: SerializerSettings | None, *, indented: bool = False, converters: NetArray | None = None
) -> str:
    options = json_settings.write_options(settings, converters)
    token = json_serialize.to_token(value, options)
    return write(token, style=json_settings.style(settings, indented=indented))


def _indented(formatting: EnumValue) -> bool:
    return formatting.value == 1


@CONVERT.method("static string SerializeObject(object value)")
def serialize(value: Any) -> str:
    return _written(value, None)


@CONVERT.method(f"static string SerializeObject(object value, {_FORMATTING})")
def serialize_formatted(value: Any, formatting: EnumValue) -> str:
    return _written(value, None, indented=_indented(formatting))


@CONVERT.method(f"static string SerializeObject(object value, {_CONVERTERS})")
def serialize_converted(value: Any, converters: NetArray | None) -> str:
    return _written(value, None, converters=converters)


@CONVERT.method(f"static string SerializeObject(object value, {_FORMATTING}, {_CONVERTERS})")
def serialize_formatted_converted(value: Any, formatting: EnumValue, converters: NetArray | None) -> str:
    return _written(value, None, indented=_indented(formatting), converters=converters)


@CONVERT.method(f"static string SerializeObject(object value, {_SETTINGS})")
def serialize_with(value: Any, settings: SerializerSettings | None) -> str:
    return _written(value, settings)


@CONVERT.method(f"static string SerializeObject(object value, System.Type type, {_SETTINGS})")
def serialize_typed(value: Any, kind: TypeValue | None, settings: SerializerSettings | None) -> str:
    return _written(value, settings)


@CONVERT.method(f"static string SerializeObject(object value, {_FORMATTING}, {_SETTINGS})")
def serialize_formatted_with(value: Any, formatting: EnumValue, settings: SerializerSettings | None) -> str:
    return _written(value, settings, indented=_indented(formatting))


@CONVERT.method(f"static string SerializeObject(object value, System.Type type, {_FORMATTING}, {_SETTINGS})")
def serialize_typed_formatted(
    value: Any, kind: TypeValue | None, formatting: EnumValue, settings: SerializerSettings | None
) -> str:
    return _written(value, settings, indented=_indented(formatting))


def _read(evaluation: Evaluation, text: str | None, kind: NetType, settings: SerializerSettings | None) -> Any:
    if text is None:
        raise faults.argument_null("value")
    if settings is not None and settings.values.get("ContractResolver") is not None and not _is_open(kind):
        raise UnsupportedReached("reading JSON with a ContractResolver is not simulated")
    reader = TextReader(text, json_settings.read_options(settings, evaluation.zone))
    made = json_deserialize.deserialize(reader, kind)
    if settings is None or settings.values.get("CheckAdditionalContent", True):
        json_deserialize.expect_end(reader)
    return made


def _is_open(kind: NetType) -> bool:
    """Whether no names of members are looked for in such a type."""
    return not isinstance(kind, types.AnonymousType)


@CONVERT.method("static object DeserializeObject(string value)", ambient=True)
def deserialize_any(evaluation: Evaluation, text: str | None) -> Any:
    return _read(evaluation, text, types.OBJECT, None)


@CONVERT.method(f"static object DeserializeObject(string value, {_SETTINGS})", ambient=True)
def deserialize_any_with(evaluation: Evaluation, text: str | None, settings: SerializerSettings | None) -> Any:
    return _read(evaluation, text, types.OBJECT, settings)


@CONVERT.method("static object DeserializeObject(string value, System.Type type)", ambient=True)
def deserialize_typed(evaluation: Evaluation, text: str | None, kind: TypeValue | None) -> Any:
    return deserialize_typed_with(evaluation, text, kind, None)


@CONVERT.method(f"static object DeserializeObject(string value, System.Type type, {_SETTINGS})", ambient=True)
def deserialize_typed_with(
    evaluation: Evaluation, text: str | None, kind: TypeValue | None, settings: SerializerSettings | None
) -> Any:
    return _read(evaluation, text, types.OBJECT if kind is None else kind.of, settings)


@CONVERT.method("static T DeserializeObject<T>(string value)", generic=True, ambient=True)
def deserialize(evaluation: Evaluation, arguments: tuple[NetType, ...], text: str | None) -> Any:
    return _read(evaluation, text, arguments[0], None)


@CONVERT.method(f"static T DeserializeObject<T>(string value, {_SETTINGS})", generic=True, ambient=True)
def deserialize_with(
    evaluation: Evaluation, arguments: tuple[NetType, ...], text: str | None, settings: SerializerSettings | None
) -> Any:
    return _read(evaluation, text, arguments[0], settings)


@CONVERT.method("static T DeserializeAnonymousType<T>(string value, T anonymousTypeObject)", generic=True, ambient=True)
def deserialize_anonymous(evaluation: Evaluation, arguments: tuple[NetType, ...], text: str | None, like: Any) -> Any:
    return _read(evaluation, text, arguments[0], None)


@CONVERT.method(
    f"static T DeserializeAnonymousType<T>(string value, T anonymousTypeObject, {_SETTINGS})",
    generic=True,
    ambient=True,
)
def deserialize_anonymous_with(
    evaluation: Evaluation,
    arguments: tuple[NetType, ...],
    text: str | None,
    like: Any,
    settings: SerializerSettings | None,
) -> Any:
    return _read(evaluation, text, arguments[0], settings)


@CONVERT.method("static void PopulateObject(string value, object target)", ambient=True)
def populate(evaluation: Evaluation, text: str | None, target: Any) -> None:
    if text is None:
        raise faults.argument_null("s")
    if target is None:
        raise faults.argument_null("target")
    kind = type_of(target)
    if isinstance(target, (ObjectToken, ArrayToken)) or not _fill(target, _read(evaluation, text, kind, None)):
        raise UnsupportedReached(f"PopulateObject of {kind.display} is not simulated")


def _fill(target: Any, made: Any) -> bool:
    from certgate.csharp.dotnet.collections.dictionary import DictionaryValue
    from certgate.csharp.dotnet.collections.list_values import NetList

    if isinstance(target, DictionaryValue) and made is not None:
        for pair in made:
            target.put(pair.item_key, pair.value)
    elif isinstance(target, NetList) and made is not None:
        target.items.extend(made.items)
        target.version += 1
    else:
        return False
    return True


# ToString

_PLAIN = Style(floats="Symbol")
_TEXTS = ("decimal", "System.DateTime", "System.DateTimeOffset", "System.Guid", "System.TimeSpan")


def _text(value: Any) -> str:
    return scalar(value, style=_PLAIN)


for _spelled in (
    *("bool", "int", "short", "ushort", "uint", "long", "ulong", "float", "double", "byte", "sbyte", "decimal"),
    *("System.DateTime", "System.DateTimeOffset", "System.Guid", "System.TimeSpan", "string"),
):
    CONVERT.method(f"static string ToString({_spelled} value)")(_text)


@CONVERT.method("static string ToString(char value)")
def char_text(value: Char) -> str:
    return quote(str.__str__(value))


@CONVERT.method("static string ToString(System.Enum value)")
def enum_text(value: EnumValue | None) -> str:
    if value is None:
        raise faults.null_reference()
    return format_value(value, "D")


@CONVERT.method("static string ToString(System.Uri value)")
def uri_text(value: Any) -> str:
    return "null" if value is None else quote(value.original)


@CONVERT.method("static string ToString(string value, char delimiter)")
def text_delimited(value: str | None, delimiter: Char) -> str:
    return text_escaped(value, delimiter, None)


@CONVERT.method(
    "static string ToString(string value, char delimiter, Newtonsoft.Json.StringEscapeHandling stringEscapeHandling)"
)
def text_escaped(value: str | None, delimiter: Char, escapes: EnumValue | None) -> str:
    if delimiter not in "\"'":
        raise faults.argument("Delimiter must be a single or double quote.", "delimiter")
    return quote(value or "", str.__str__(delimiter), "Default" if escapes is None else escapes.to_text())


@CONVERT.method(
    "static string ToString(System.DateTime value, Newtonsoft.Json.DateFormatHandling format, "
    "Newtonsoft.Json.DateTimeZoneHandling timeZoneHandling)"
)
def date_text(value: Any, handling: EnumValue, zone: EnumValue) -> str:
    return scalar(value, style=Style(dates=handling.to_text(), date_zone=zone.to_text()))


@CONVERT.method("static string ToString(System.DateTimeOffset value, Newtonsoft.Json.DateFormatHandling format)")
def offset_text(value: Any, handling: EnumValue) -> str:
    return scalar(value, style=Style(dates=handling.to_text()))


@CONVERT.method("static string ToString(object value)")
def object_text(value: Any) -> str:
    kind = type_of(value).full_name
    if kind == "System.Uri":
        return uri_text(value)
    if isinstance(value, Char):
        return char_text(value)
    simple = value is None or isinstance(value, (bool, int, float, str, EnumValue))
    if simple or kind in _TEXTS:
        return _text(value)
    raise faults.argument(
        f"Unsupported type: {type_of(value).reflection_name}. Use the JsonSerializer class to get the object's JSON "
        "representation."
    )


CONVERT.signatures(
    f"static object DeserializeObject(string value, System.Type type, {_CONVERTERS})",
    f"static T DeserializeObject<T>(string value, {_CONVERTERS})",
    f"static void PopulateObject(string value, object target, {_SETTINGS})",
)
