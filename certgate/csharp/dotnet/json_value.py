"""Members of JProperty, JValue, the exceptions, and the extension methods over sequences of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.json_compare import compare_values
from certgate.csharp.dotnet.json_results import contents, converted, given, sequence, tokens
from certgate.csharp.dotnet.json_tokens import PropertyToken, Token, ValueToken, content, null, property_content
from certgate.csharp.dotnet.json_types import EXTENSIONS, PROPERTY, READER_EXCEPTION, TOKENS, VALUE
from certgate.csharp.values import NetArray, NetSequence, text_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

# JProperty


@PROPERTY.constructor("JProperty(string name, object content)")
def create_property(name: str | None, value: Any) -> PropertyToken:
    return PropertyToken(given(name, "name"), property_content([value]))


@PROPERTY.constructor("JProperty(string name, params object[] content)")
def create_property_with(name: str | None, values: NetArray) -> PropertyToken:
    return PropertyToken(given(name, "name"), property_content(list(values.items)))


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


def _create_value(value: Any) -> Token:
    return content(value).clone() if isinstance(value, ValueToken) else content(value)


for _spelled in (
    "JValue other",
    *(f"{name} value" for name in ("long", "ulong", "decimal", "double", "float", "bool", "char", "string", "object")),
    "System.DateTime value",
    "System.DateTimeOffset value",
    "System.Guid value",
    "System.Uri value",
    "System.TimeSpan value",
):
    VALUE.constructor(f"JValue({_spelled})")(_create_value)


@VALUE.property("object Value { get; set; }")
def value_of(self: ValueToken) -> Any:
    return self.value


@value_of.set
def set_value(self: ValueToken, new: Any) -> None:
    made = content(new)
    if isinstance(made, ValueToken):
        self.value, self.kind = made.value, made.kind


@VALUE.method("static JValue CreateNull()")
def create_null() -> ValueToken:
    return null()


@VALUE.method("static JValue CreateUndefined()")
def create_undefined() -> ValueToken:
    return ValueToken(None, "Undefined")


@VALUE.method("static JValue CreateString(string value)")
def create_string(text: str | None) -> ValueToken:
    return ValueToken(text, "Null" if text is None else "String")


@VALUE.method("int CompareTo(JValue obj)")
def compare_to(self: ValueToken, other: ValueToken | None) -> int:
    if other is None:
        return 1
    kind = other.kind if self.kind == "String" and self.kind != other.kind else self.kind
    return compare_values(kind, self.value, other.value)


@VALUE.method("bool Equals(JValue other)")
def equals_value(self: ValueToken, other: ValueToken | None) -> bool:
    return other is not None and self.same(other)


@VALUE.method("string ToString(string format)")
def to_string_by(self: ValueToken, spec: str | None) -> str:
    from certgate.csharp.dotnet.composite import format_value

    return format_value(self.value, spec)


@VALUE.method("string ToString(IFormatProvider formatProvider)")
def to_string_provider(self: ValueToken, provider: Any) -> str:
    return text_of(self.value)


# Extension methods over sequences of tokens


@EXTENSIONS.method(f"static U Value<U>(this {TOKENS} value)", generic=True)
def value_from(arguments: tuple[NetType, ...], source: Any) -> Any:
    token = given(source, "value")
    if not isinstance(token, Token):
        raise faults.argument("Source value must be a JToken.")
    return converted(token, arguments[0])


@EXTENSIONS.method(f"static {TOKENS} Values(this {TOKENS} source)")
def values_from(source: Any) -> NetSequence:
    return tokens(child for item in given(source, "source") for child in contents(_below(item)))


@EXTENSIONS.method(f"static {TOKENS} Values(this {TOKENS} source, object key)")
def values_by(source: Any, key: Any) -> NetSequence:
    found = (item.get(key) for item in given(source, "source"))
    return tokens(item for item in found if item is not None)


@EXTENSIONS.method(f"static System.Collections.Generic.IEnumerable<U> Values<U>(this {TOKENS} source)", generic=True)
def values_as(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    items = (child for item in given(source, "source") for child in contents(_below(item)))
    return sequence(arguments[0], [converted(item, arguments[0]) for item in items])


def _below(item: Token) -> list[Token]:
    return [item] if isinstance(item, ValueToken) else item.children()


@EXTENSIONS.method(f"static {TOKENS} Children(this {TOKENS} source)")
def children_from(source: Any) -> NetSequence:
    return tokens(child for item in given(source, "source") for child in item.children())


@READER_EXCEPTION.property("int LineNumber")
def line_number(self: Any) -> int:
    return int(self.data.get("LineNumber", 0))


@READER_EXCEPTION.property("int LinePosition")
def line_position(self: Any) -> int:
    return int(self.data.get("LinePosition", 0))


@READER_EXCEPTION.property("string Path")
def error_path(self: Any) -> str:
    return str(self.data.get("Path", ""))
