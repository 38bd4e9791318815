"""``Newtonsoft.Json.JsonConvert`` and the settings that expressions pass to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults, json_reader, json_serialize
from certgate.csharp.dotnet.json_token import merge_into
from certgate.csharp.dotnet.json_types import CONTAINER, LINQ
from certgate.csharp.dotnet.json_writer import write
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import EnumValue, NetObject, enum_value

if TYPE_CHECKING:
    from certgate.csharp.dotnet.json_tokens import Container, Token
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import NetType, TypeDefinition

CONVERT = define(
    "Newtonsoft.Json.JsonConvert",
    kind="static",
    allowed="SerializeObject DeserializeObject",
    known="DefaultSettings DeserializeAnonymousType DeserializeObject DeserializeXNode DeserializeXmlNode False NaN "
    "NegativeInfinity Null PopulateObject PositiveInfinity SerializeObject SerializeXNode SerializeXmlNode ToString "
    "True Undefined",
)
NULL_HANDLING = define_enum("Newtonsoft.Json.NullValueHandling", {"Include": 0, "Ignore": 1})
DATE_PARSING = define_enum("Newtonsoft.Json.DateParseHandling", {"None": 0, "DateTime": 1, "DateTimeOffset": 2})
MERGE_ARRAYS = define_enum(f"{LINQ}.MergeArrayHandling", {"Concat": 0, "Union": 1, "Replace": 2, "Merge": 3})


class Settings(NetObject):
    """Settings as set by an object initialiser: a member's name to its value."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}


class SerializerSettings(Settings):
    __slots__ = ()


class MergeSettings(Settings):
    __slots__ = ()


SETTINGS = define("Newtonsoft.Json.JsonSerializerSettings", allowed=True, python=SerializerSettings)
MERGE_SETTINGS = define(f"{LINQ}.JsonMergeSettings", allowed=True, python=MergeSettings)


def _setting(owner: TypeDefinition, enum: TypeDefinition, name: str, initial: str) -> None:
    def get(self: Settings) -> Any:
        return self.values.get(name) or enum_value(enum, initial)

    def put(self: Settings, value: Any) -> None:
        self.values[name] = value

    owner.property(f"{enum.full_name} {name} {{ get; set; }}")(get).set(put)


_setting(SETTINGS, NULL_HANDLING, "NullValueHandling", "Include")
_setting(SETTINGS, DATE_PARSING, "DateParseHandling", "DateTime")
_setting(MERGE_SETTINGS, MERGE_ARRAYS, "MergeArrayHandling", "Concat")


@SETTINGS.constructor("JsonSerializerSettings()")
def create_settings() -> SerializerSettings:
    return SerializerSettings()


@MERGE_SETTINGS.constructor("JsonMergeSettings()")
def create_merge_settings() -> MergeSettings:
    return MergeSettings()


@CONTAINER.method(f"void Merge(object content, {LINQ}.JsonMergeSettings settings)")
def merge(self: Container, other: Any, settings: MergeSettings | None) -> None:
    chosen = settings.values.get("MergeArrayHandling") if settings is not None else None
    merge_into(self, other, chosen.to_text() if isinstance(chosen, EnumValue) else "Concat")


@CONVERT.method("static string SerializeObject(object value)")
def serialize(value: Any) -> str:
    return write(json_serialize.to_token(value), indented=False)


@CONVERT.method("static string SerializeObject(object value, Newtonsoft.Json.Formatting formatting)")
def serialize_formatted(value: Any, formatting: EnumValue) -> str:
    return write(json_serialize.to_token(value), indented=formatting.value == 1)


@CONVERT.method("static string SerializeObject(object value, Newtonsoft.Json.JsonSerializerSettings settings)")
def serialize_with(value: Any, settings: SerializerSettings | None) -> str:
    return write(json_serialize.to_token(value, _skips_nulls(settings)), indented=False)


@CONVERT.method(
    "static string SerializeObject(object value, Newtonsoft.Json.Formatting formatting, "
    "Newtonsoft.Json.JsonSerializerSettings settings)"
)
def serialize_formatted_with(value: Any, formatting: EnumValue, settings: SerializerSettings | None) -> str:
    return write(json_serialize.to_token(value, _skips_nulls(settings)), indented=formatting.value == 1)


def _skips_nulls(settings: SerializerSettings | None) -> bool:
    chosen = settings.values.get("NullValueHandling") if settings is not None else None
    return isinstance(chosen, EnumValue) and chosen.value == 1


@CONVERT.method("static T DeserializeObject<T>(string value)", generic=True, ambient=True)
def deserialize(evaluation: Evaluation, arguments: tuple[NetType, ...], text: str | None) -> Any:
    return json_serialize.from_token(_read(evaluation, text, None), arguments[0])


@CONVERT.method(
    "static T DeserializeObject<T>(string value, Newtonsoft.Json.JsonSerializerSettings settings)",
    generic=True,
    ambient=True,
)
def deserialize_with(
    evaluation: Evaluation, arguments: tuple[NetType, ...], text: str | None, settings: SerializerSettings | None
) -> Any:
    return json_serialize.from_token(_read(evaluation, text, settings), arguments[0])


@CONVERT.method("static object DeserializeObject(string value)", ambient=True)
def deserialize_any(evaluation: Evaluation, text: str | None) -> Any:
    return json_serialize.from_token(_read(evaluation, text, None), types.OBJECT)


def _read(evaluation: Evaluation, text: str | None, settings: SerializerSettings | None) -> Token | None:
    if text is None:
        raise faults.argument_null("value")
    if not text.strip():
        return None
    chosen = settings.values.get("DateParseHandling") if settings is not None else None
    dates = not (isinstance(chosen, EnumValue) and chosen.value == 0)
    return json_reader.parse(text, "", evaluation.zone, dates)
