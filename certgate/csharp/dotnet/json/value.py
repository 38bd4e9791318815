"""Members of JProperty, JValue, JRaw and the exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.json.containers import PropertyToken, property_content
from certgate.csharp.dotnet.json.results import given
from certgate.csharp.dotnet.json.tokens import Token, ValueToken, kind_of, null
from certgate.csharp.dotnet.json.types import (
    PROPERTY,
    RAW,
    READER_EXCEPTION,
    SERIALIZATION_EXCEPTION,
    VALUE,
    WRITER_EXCEPTION,
)
from certgate.csharp.values import Char, Long, NetArray, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable

# JProperty


@PROPERTY.constructor("JProperty(JProperty other)")
def copy_property(other: PropertyToken | None) -> Token:
    return given(other, "other").clone()  # type: ignore[no-any-return]


@PROPERTY.constructor("JProperty(string name, object content)")
def create_property(name: str | None, value: Any) -> PropertyToken:
    return PropertyToken(given(name, "name"), property_content(value))


@PROPERTY.constructor("JProperty(string name, params object[] content)")
def create_property_with(name: str | None, values: NetArray | None) -> PropertyToken:
    return create_property(name, values)


@PROPERTY.property("string Name")
def name_of(self: PropertyToken) -> str:
    return self.name


@PROPERTY.property("JToken Value { get; set; }")
def property_value(self: PropertyToken) -> Token:
    return self.content


@property_value.set
def set_property_value(self: PropertyToken, value: Token | None) -> None:
    self.put(value if value is not None else null())


# JValue


def _copy_value(other: ValueToken | None) -> Token:
    return given(other, "other").clone()  # type: ignore[no-any-return]


def _as_long(value: int) -> Token:
    return ValueToken(Long(value))


def _of_object(value: Any) -> Token:
    return ValueToken(value)


VALUE.constructor("JValue(JValue other)")(_copy_value)
_CONSTRUCTORS: dict[str, Callable[[Any], Token]] = {
    "long": _as_long,
    "char": lambda value: ValueToken(value, "String"),
    "string": lambda value: ValueToken(value, "String"),
}
for _spelled in (
    *("long", "ulong", "decimal", "double", "float", "bool", "char", "string", "object"),
    *("System.DateTime", "System.DateTimeOffset", "System.Guid", "System.Uri", "System.TimeSpan"),
):
    VALUE.constructor(f"JValue({_spelled} value)")(_CONSTRUCTORS.get(_spelled, _of_object))


@VALUE.property("object Value { get; set; }")
def value_of(self: ValueToken) -> Any:
    return self.value


@value_of.set
def set_value(self: ValueToken, new: Any) -> None:
    if isinstance(self.value, Char) or type_of(self.value) is not type_of(new):
        kept = isinstance(new, str) and not isinstance(new, Char) and self.kind in ("Comment", "Raw")
        self.kind = self.kind if kept else kind_of(new)
    self.value = new


@VALUE.method("static JValue CreateNull()")
def create_null() -> ValueToken:
    return null()


@VALUE.method("static JValue CreateUndefined()")
def create_undefined() -> ValueToken:
    return ValueToken(None, "Undefined")


@VALUE.method("static JValue CreateString(string value)")
def create_string(text: str | None) -> ValueToken:
    return ValueToken(text, "String")


@VALUE.method("static JValue CreateComment(string value)")
def create_comment(text: str | None) -> ValueToken:
    return ValueToken(text, "Comment")


@VALUE.method("int CompareTo(JValue obj)")
def compare_to(self: ValueToken, other: ValueToken | None) -> int:
    return 1 if other is None else self.compare(other)


@VALUE.method("bool Equals(JValue other)")
def equals_value(self: ValueToken, other: ValueToken | None) -> bool:
    return other is not None and self.same(other)


@VALUE.method("bool Equals(object obj)")
def equals_object(self: ValueToken, other: Any) -> bool:
    return self.net_equals(other)


@VALUE.method("string ToString()")
def to_string(self: ValueToken) -> str:
    return text_of(self.value)


@VALUE.method("string ToString(string format)")
def to_string_by(self: ValueToken, spec: str | None) -> str:
    from certgate.csharp.dotnet.text.composite import format_value

    return format_value(self.value, spec)


@VALUE.method("string ToString(IFormatProvider formatProvider)")
def to_string_provider(self: ValueToken, provider: Any) -> str:
    return text_of(self.value)


@VALUE.method("string ToString(string format, IFormatProvider formatProvider)")
def to_string_by_provider(self: ValueToken, spec: str | None, provider: Any) -> str:
    return to_string_by(self, spec)


# JRaw


@RAW.constructor("JRaw(JRaw other)")
def copy_raw(other: ValueToken | None) -> Token:
    return given(other, "other").clone()  # type: ignore[no-any-return]


@RAW.constructor("JRaw(object rawJson)")
def create_raw(value: Any) -> ValueToken:
    return ValueToken(value, "Raw")


RAW.signatures("static JRaw Create(Newtonsoft.Json.JsonReader reader)")


# Exceptions


for _definition in (READER_EXCEPTION, SERIALIZATION_EXCEPTION):
    _definition.property("int LineNumber")(lambda self: int(self.data.get("LineNumber", 0)))
    _definition.property("int LinePosition")(lambda self: int(self.data.get("LinePosition", 0)))
for _definition in (READER_EXCEPTION, SERIALIZATION_EXCEPTION, WRITER_EXCEPTION):
    _definition.property("string Path")(lambda self: self.data.get("Path"))
