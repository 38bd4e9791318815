"""Newtonsoft's settings as expressions make them with an object initialiser, and what they mean for reading, writing,
loading, selecting and merging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.list_values import NetList
from certgate.csharp.dotnet.json.load import LoadOptions
from certgate.csharp.dotnet.json.reading import MAX_DEPTH, ReadOptions
from certgate.csharp.dotnet.json.serialize import WriteOptions
from certgate.csharp.dotnet.json.types import LINQ
from certgate.csharp.dotnet.json.writer import Style
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define, define_enum, named
from certgate.csharp.values import EnumValue, NetObject, enum_value

if TYPE_CHECKING:
    from datetime import tzinfo

    from certgate.csharp.types import TypeDefinition

_JSON = "Newtonsoft.Json"


class Settings(NetObject):
    """Settings: a member's name to its value, as far as it was set."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def name_of(self, member: str, initial: str) -> str:
        """The constant that was chosen for a member."""
        chosen = self.values.get(member)
        return chosen.to_text() if isinstance(chosen, EnumValue) else initial


class SerializerSettings(Settings):
    __slots__ = ()


class MergeSettings(Settings):
    __slots__ = ()


class LoadSettings(Settings):
    __slots__ = ()


class SelectSettings(Settings):
    __slots__ = ()


class CamelCaseResolver(NetObject):
    __slots__ = ()


class StringEnumConverter(NetObject):
    __slots__ = ()


def _enum(name: str, constants: str, initial: str = "") -> tuple[str, str]:
    """Declares an enum of the constants 0, 1, 2 …; its name and the constant that a member starts with."""
    names = constants.split()
    define_enum(name, {constant: number for number, constant in enumerate(names)})
    return name, initial or names[0]


_SERIALIZER_ENUMS = (
    _enum(f"{_JSON}.NullValueHandling", "Include Ignore"),
    _enum(f"{_JSON}.DefaultValueHandling", "Include Ignore Populate IgnoreAndPopulate"),
    _enum(f"{_JSON}.DateParseHandling", "None DateTime DateTimeOffset", "DateTime"),
    _enum(f"{_JSON}.DateFormatHandling", "IsoDateFormat MicrosoftDateFormat"),
    _enum(f"{_JSON}.DateTimeZoneHandling", "Local Utc Unspecified RoundtripKind", "RoundtripKind"),
    _enum(f"{_JSON}.FloatParseHandling", "Double Decimal"),
    _enum(f"{_JSON}.FloatFormatHandling", "String Symbol DefaultValue"),
    _enum(f"{_JSON}.StringEscapeHandling", "Default EscapeNonAscii EscapeHtml"),
    _enum(f"{_JSON}.MissingMemberHandling", "Ignore Error"),
    _enum(f"{_JSON}.ReferenceLoopHandling", "Error Ignore Serialize"),
    _enum(f"{_JSON}.MetadataPropertyHandling", "Default ReadAhead Ignore"),
    _enum(f"{_JSON}.ObjectCreationHandling", "Auto Reuse Replace"),
    _enum(f"{_JSON}.ConstructorHandling", "Default AllowNonPublicDefaultConstructor"),
    (f"{_JSON}.Formatting", "None"),
    _enum(f"{_JSON}.TypeNameHandling", "None Objects Arrays All Auto"),
    _enum(f"{_JSON}.PreserveReferencesHandling", "None Objects Arrays All"),
)
_LOAD_ENUMS = (
    _enum(f"{LINQ}.CommentHandling", "Ignore Load"),
    _enum(f"{LINQ}.LineInfoHandling", "Ignore Load", "Load"),
    _enum(f"{LINQ}.DuplicatePropertyNameHandling", "Replace Ignore Error"),
)
_MERGE_ENUMS = (
    _enum(f"{LINQ}.MergeArrayHandling", "Concat Union Replace Merge"),
    _enum(f"{LINQ}.MergeNullValueHandling", "Ignore Merge"),
)
SETTINGS = define(f"{_JSON}.JsonSerializerSettings", python=SerializerSettings)
LOAD_SETTINGS = define(f"{LINQ}.JsonLoadSettings", python=LoadSettings)
MERGE_SETTINGS = define(f"{LINQ}.JsonMergeSettings", python=MergeSettings)
SELECT_SETTINGS = define(f"{LINQ}.JsonSelectSettings", python=SelectSettings)
CONVERTER = define(f"{_JSON}.JsonConverter", abstract=True)
CONTRACT_RESOLVER = define(f"{_JSON}.Serialization.IContractResolver", kind="interface")
CAMEL_CASE = define(
    f"{_JSON}.Serialization.CamelCasePropertyNamesContractResolver",
    bases=(f"{_JSON}.Serialization.IContractResolver",),
    python=CamelCaseResolver,
)
ENUM_CONVERTER = define(
    f"{_JSON}.Converters.StringEnumConverter", bases=(f"{_JSON}.JsonConverter",), python=StringEnumConverter
)


def _member(owner: TypeDefinition, spelled: str, name: str, initial: Any) -> None:
    """A property that holds what it was set to; `initial` may be a function that makes what it holds at first."""

    def get(self: Settings) -> Any:
        if name not in self.values:
            self.values[name] = initial() if callable(initial) else initial
        return self.values[name]

    def put(self: Settings, value: Any) -> None:
        self.values[name] = value

    owner.property(f"{spelled} {name} {{ get; set; }}")(get).set(put)


def _enum_member(owner: TypeDefinition, enum: str, initial: str) -> None:
    definition = named(enum).definition
    name = definition.name

    def get(self: Settings) -> Any:
        return self.values.get(name) or enum_value(definition, initial)

    def put(self: Settings, value: EnumValue) -> None:
        if owner is not SETTINGS and not 0 <= value.value < len(definition.constants):
            raise faults.not_valid("value")
        self.values[name] = value

    owner.property(f"{enum} {name} {{ get; set; }}")(get).set(put)


for _owner, _enums in ((SETTINGS, _SERIALIZER_ENUMS), (LOAD_SETTINGS, _LOAD_ENUMS), (MERGE_SETTINGS, _MERGE_ENUMS)):
    for _name, _initial in _enums:
        _enum_member(_owner, _name, _initial)
_member(MERGE_SETTINGS, "StringComparison", "PropertyNameComparison", lambda: enum_value("System.StringComparison", 4))
_member(SELECT_SETTINGS, "System.TimeSpan?", "RegexMatchTimeout", None)
_member(SELECT_SETTINGS, "bool", "ErrorWhenNoMatch", False)
_member(SETTINGS, "string", "DateFormatString", "yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFK")
_member(SETTINGS, "int?", "MaxDepth", MAX_DEPTH)
_member(SETTINGS, "bool", "CheckAdditionalContent", False)
_member(SETTINGS, f"{_JSON}.Serialization.IContractResolver", "ContractResolver", None)
_member(SETTINGS, "System.Globalization.CultureInfo", "Culture", None)
_member(
    SETTINGS,
    f"System.Collections.Generic.IList<{_JSON}.JsonConverter>",
    "Converters",
    lambda: NetList(CONVERTER.type),
)


@SETTINGS.constructor("JsonSerializerSettings()")
def create_settings() -> SerializerSettings:
    return SerializerSettings()


@LOAD_SETTINGS.constructor("JsonLoadSettings()")
def create_load_settings() -> LoadSettings:
    return LoadSettings()


@MERGE_SETTINGS.constructor("JsonMergeSettings()")
def create_merge_settings() -> MergeSettings:
    return MergeSettings()


@SELECT_SETTINGS.constructor("JsonSelectSettings()")
def create_select_settings() -> SelectSettings:
    return SelectSettings()


@CAMEL_CASE.constructor("CamelCasePropertyNamesContractResolver()")
def create_camel_case() -> CamelCaseResolver:
    return CamelCaseResolver()


@ENUM_CONVERTER.constructor("StringEnumConverter()")
def create_enum_converter() -> StringEnumConverter:
    return StringEnumConverter()


def _names_enums(settings: SerializerSettings | None, converters: Any = None) -> bool:
    """Whether enums are written by name. UnsupportedReached for other converters."""
    given = [*(converters or ()), *(settings.values.get("Converters") or () if settings is not None else ())]
    if not all(isinstance(one, StringEnumConverter) for one in given):
        raise UnsupportedReached("converters of JSON other than StringEnumConverter are not simulated")
    return bool(given)


def _refuse_others(settings: SerializerSettings) -> None:
    for member in ("TypeNameHandling", "PreserveReferencesHandling", "Culture"):
        chosen = settings.values.get(member)
        if chosen is not None and not (isinstance(chosen, EnumValue) and chosen.value == 0):
            raise UnsupportedReached(f"JsonSerializerSettings.{member} is not simulated")


def write_options(settings: SerializerSettings | None, converters: Any = None) -> WriteOptions:
    names = _names_enums(settings, converters)
    if settings is None:
        return WriteOptions(enum_names=names)
    _refuse_others(settings)
    defaults = settings.name_of("DefaultValueHandling", "Include")
    return WriteOptions(
        skip_nulls=settings.name_of("NullValueHandling", "Include") == "Ignore",
        skip_defaults=defaults.startswith("Ignore"),
        camel_case=settings.values.get("ContractResolver") is not None,
        enum_names=names,
        loops=settings.name_of("ReferenceLoopHandling", "Error"),
    )


def style(settings: SerializerSettings | None, *, indented: bool = False) -> Style:
    if settings is None:
        return Style(indented=indented)
    return Style(
        indented=indented or settings.name_of("Formatting", "None") == "Indented",
        escapes=settings.name_of("StringEscapeHandling", "Default"),
        floats=settings.name_of("FloatFormatHandling", "String"),
        dates=settings.name_of("DateFormatHandling", "IsoDateFormat"),
        date_format=settings.values.get("DateFormatString") or "",
        date_zone=settings.name_of("DateTimeZoneHandling", "RoundtripKind"),
    )


def read_options(settings: SerializerSettings | None, zone: tzinfo) -> ReadOptions:
    if settings is None:
        return ReadOptions(zone=zone)
    _refuse_others(settings)
    if settings.values.get("DateFormatString"):
        raise UnsupportedReached("reading dates of JSON by DateFormatString is not simulated")
    return ReadOptions(
        zone=zone,
        dates=settings.name_of("DateParseHandling", "DateTime"),
        date_zone=settings.name_of("DateTimeZoneHandling", "RoundtripKind"),
        decimals=settings.name_of("FloatParseHandling", "Double") == "Decimal",
        max_depth=settings.values.get("MaxDepth", MAX_DEPTH),
    )


def load_options(settings: LoadSettings | None) -> LoadOptions:
    if settings is None:
        return LoadOptions()
    return LoadOptions(
        comments=settings.name_of("CommentHandling", "Ignore"),
        places=settings.name_of("LineInfoHandling", "Load") == "Load",
        duplicates=settings.name_of("DuplicatePropertyNameHandling", "Replace"),
    )
