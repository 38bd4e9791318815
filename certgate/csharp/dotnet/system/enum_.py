"""``System.Enum``: what every enum has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.numbers import number_parse
from certgate.csharp.dotnet.numbers.number_parse import TooLarge
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import hash_code
from certgate.csharp.dotnet.text.composite import format_value
from certgate.csharp.operations import BOUNDS
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.types import STRING, define
from certgate.csharp.values import (
    NUMBER_CLASSES,
    Char,
    EnumValue,
    NetArray,
    TypeValue,
    array,
    default_of,
    enum_value,
    text_of,
    type_of,
)

if TYPE_CHECKING:
    from certgate.csharp.types import NetType, TypeDefinition

ENUM = define(
    "System.Enum",
    bases=("System.ValueType", "IComparable", "IFormattable", "IConvertible"),
    allowed="Parse TryParse ToString",
    known="CompareTo Equals Format GetHashCode GetName GetNames GetType GetTypeCode GetUnderlyingType GetValues "
    "GetValuesAsUnderlyingType HasFlag IsDefined Parse ReferenceEquals ToObject ToString TryFormat TryParse",
)


def definition_of(kind: Any) -> TypeDefinition:
    """The enum behind a System.Type. ArgumentException."""
    if kind is None:
        raise faults.argument_null("enumType")
    definition: TypeDefinition | None = kind.of.definition
    if definition is None or definition.kind != "enum":
        raise faults.argument("Type provided must be an Enum.", "enumType")
    return _filled(definition)


def _of_type(kind: NetType) -> TypeDefinition:
    """The enum that is a type argument. ArgumentException."""
    definition = kind.definition
    if definition is None or definition.kind != "enum":
        raise faults.argument("Type provided must be an Enum.", "TEnum")
    return _filled(definition)


def _filled(definition: TypeDefinition) -> TypeDefinition:
    """An enum of which certgate knows only the name has no constants here."""
    if not definition.constants:
        raise UnsupportedReached(f"certgate does not know the constants of {definition.name}")
    return definition


def _underlying(definition: TypeDefinition) -> NetType:
    return types.KEYWORDS[definition.underlying]


_RANGE_NAMES = {
    "byte": "an unsigned byte",
    "sbyte": "a signed byte",
    "short": "an Int16",
    "ushort": "a UInt16",
    "int": "an Int32",
    "uint": "a UInt32",
    "long": "an Int64",
    "ulong": "a UInt64",
}


def parse_enum(definition: TypeDefinition, text: str | None, ignore_case: bool) -> EnumValue:
    """Names or numbers, joined by commas. ArgumentException, OverflowException."""
    if text is None:
        raise faults.argument_null("value")
    body = text.strip()
    if not body:
        raise faults.argument("Must specify valid information for parsing in the string.", "value")
    if body[0] in "+-0123456789":
        number = _number(body, definition.underlying)
        if number is not None:
            return enum_value(definition, number)
    names = {name.lower() if ignore_case else name: value for name, value in definition.constants.items()}
    total = 0
    for part in body.split(","):
        word = part.strip()
        found = names.get(word.lower() if ignore_case else word)
        if found is None:
            raise faults.argument(f"Requested value '{text}' was not found.")
        total |= found
    return enum_value(definition, total)


def _number(body: str, keyword: str) -> int | None:
    low, high = BOUNDS[types.KEYWORDS[keyword]]
    try:
        number = number_parse.parse_integer(body, number_parse.INTEGER, high.bit_length() + (low < 0), low < 0)
    except TooLarge:
        raise faults.overflow(f"Value was either too large or too small for {_RANGE_NAMES[keyword]}.") from None
    return None if number is None else int(number)


@ENUM.method("static object Parse(System.Type enumType, string value)")
def parse(kind: Any, text: str | None) -> EnumValue:
    return parse_enum(definition_of(kind), text, ignore_case=False)


@ENUM.method("static object Parse(System.Type enumType, string value, bool ignoreCase)")
def parse_case(kind: Any, text: str | None, ignore_case: bool) -> EnumValue:
    return parse_enum(definition_of(kind), text, ignore_case)


@ENUM.method("static TEnum Parse<TEnum>(string value) where TEnum : struct", generic=True)
def parse_generic(kinds: tuple[NetType, ...], text: str | None) -> EnumValue:
    return parse_generic_case(kinds, text, False)


@ENUM.method("static TEnum Parse<TEnum>(string value, bool ignoreCase) where TEnum : struct", generic=True)
def parse_generic_case(kinds: tuple[NetType, ...], text: str | None, ignore_case: bool) -> EnumValue:
    return parse_enum(_of_type(kinds[0]), text, ignore_case)


@ENUM.method("static bool TryParse<TEnum>(string value, out TEnum result) where TEnum : struct", generic=True)
def try_parse(kinds: tuple[NetType, ...], text: str | None) -> tuple[bool, Any]:
    return try_parse_case(kinds, text, False)


@ENUM.method(
    "static bool TryParse<TEnum>(string value, bool ignoreCase, out TEnum result) where TEnum : struct", generic=True
)
def try_parse_case(kinds: tuple[NetType, ...], text: str | None, ignore_case: bool) -> tuple[bool, Any]:
    definition = _of_type(kinds[0])
    try:
        return True, parse_enum(definition, text, ignore_case)
    except ThrownException:
        return False, default_of(kinds[0])


@ENUM.method("static bool TryParse(System.Type enumType, string value, out object result)")
def try_parse_type(kind: Any, text: str | None) -> tuple[bool, Any]:
    return try_parse_type_case(kind, text, False)


@ENUM.method("static bool TryParse(System.Type enumType, string value, bool ignoreCase, out object result)")
def try_parse_type_case(kind: Any, text: str | None, ignore_case: bool) -> tuple[bool, Any]:
    definition = definition_of(kind)
    try:
        return True, parse_enum(definition, text, ignore_case)
    except ThrownException:
        return False, None


def _name(definition: TypeDefinition, number: int) -> str | None:
    return next((name for name, constant in definition.constants.items() if constant == number), None)


def _whole(value: Any) -> int | None:
    """The number in an enum, an integer or a char; None for anything else."""
    if isinstance(value, EnumValue):
        return value.value
    if isinstance(value, Char):
        return ord(value)
    return int(value) if isinstance(value, int) else None


@ENUM.method("static string GetName(System.Type enumType, object value)")
def get_name(kind: Any, value: Any) -> str | None:
    definition = definition_of(kind)
    if value is None:
        raise faults.argument_null("value")
    number = _whole(value)
    if number is None:
        message = "The value passed in must be an enum base or an underlying type for an enum, such as an Int32."
        raise faults.argument(message, "value")
    return _name(definition, number)


@ENUM.method("static string GetName<TEnum>(TEnum value) where TEnum : struct", generic=True)
def get_name_generic(kinds: tuple[NetType, ...], value: EnumValue) -> str | None:
    return _name(_of_type(kinds[0]), value.value)


def _sorted(definition: TypeDefinition) -> list[tuple[str, int]]:
    """Names and numbers by unsigned magnitude."""
    return sorted(definition.constants.items(), key=lambda item: item[1] & 0xFFFFFFFFFFFFFFFF)


def _names(definition: TypeDefinition) -> NetArray:
    return array(STRING, [name for name, _ in _sorted(definition)])


def _values(definition: TypeDefinition) -> NetArray:
    return array(definition.type, [enum_value(definition, number) for _, number in _sorted(definition)])


@ENUM.method("static string[] GetNames(System.Type enumType)")
def get_names(kind: Any) -> NetArray:
    return _names(definition_of(kind))


@ENUM.method("static string[] GetNames<TEnum>() where TEnum : struct", generic=True)
def get_names_generic(kinds: tuple[NetType, ...]) -> NetArray:
    return _names(_of_type(kinds[0]))


@ENUM.method("static System.Array GetValues(System.Type enumType)")
def get_values(kind: Any) -> NetArray:
    return _values(definition_of(kind))


@ENUM.method("static TEnum[] GetValues<TEnum>() where TEnum : struct", generic=True)
def get_values_generic(kinds: tuple[NetType, ...]) -> NetArray:
    return _values(_of_type(kinds[0]))


@ENUM.method("static System.Array GetValuesAsUnderlyingType(System.Type enumType)")
def get_numbers(kind: Any) -> NetArray:
    definition = definition_of(kind)
    number = _underlying(definition)
    make = NUMBER_CLASSES[number]
    return array(number, [make(value) for _, value in _sorted(definition)])


@ENUM.method("static bool IsDefined(System.Type enumType, object value)")
def is_defined(kind: Any, value: Any) -> bool:
    definition = definition_of(kind)
    if value is None:
        raise faults.argument_null("value")
    if isinstance(value, str) and not isinstance(value, Char):
        return value in definition.constants
    passed, number = type_of(value), _underlying(definition)
    if isinstance(value, EnumValue):
        if passed is not definition.type:
            raise _other_enum(passed, definition.type)
        return value.value in definition.constants.values()
    if passed is not number:
        if _whole(value) is None:
            raise faults.invalid_operation("Unknown enum type.")
        raise faults.argument(
            "Enum underlying type and the object must be same type or object must be a String. Type passed in was "
            f"'{passed.reflection_name}'; the enum underlying type was '{number.reflection_name}'."
        )
    return int(value) in definition.constants.values()


@ENUM.method("static bool IsDefined<TEnum>(TEnum value) where TEnum : struct", generic=True)
def is_defined_generic(kinds: tuple[NetType, ...], value: EnumValue) -> bool:
    return value.value in _of_type(kinds[0]).constants.values()


def _other_enum(passed: NetType, wanted: NetType) -> ThrownException:
    return faults.argument(
        f"Object must be the same type as the enum. The type passed in was '{passed.reflection_name}'; the enum type "
        f"was '{wanted.reflection_name}'."
    )


@ENUM.method("static System.Type GetUnderlyingType(System.Type enumType)")
def get_underlying_type(kind: Any) -> TypeValue:
    return TypeValue(_underlying(definition_of(kind)))


def _to_object(kind: Any, value: Any) -> EnumValue:
    definition = definition_of(kind)
    if value is None:
        raise faults.argument_null("value")
    number = int(value) if isinstance(value, bool) else _whole(value)
    if number is None:
        message = "The value passed in must be an enum base or an underlying type for an enum, such as an Int32."
        raise faults.argument(message, "value")
    low, high = BOUNDS[_underlying(definition)]
    return enum_value(definition, (number - low) % (high - low + 1) + low)


for _keyword in ("object", *_RANGE_NAMES):
    ENUM.method(f"static object ToObject(System.Type enumType, {_keyword} value)")(_to_object)


@ENUM.method("static string Format(System.Type enumType, object value, string format)")
def format_any(kind: Any, value: Any, spec: str | None) -> str:
    definition = definition_of(kind)
    for given, name in ((value, "value"), (spec, "format")):
        if given is None:
            raise faults.argument_null(name)
    passed, number = type_of(value), _underlying(definition)
    if isinstance(value, EnumValue):
        if passed is not definition.type:
            raise _other_enum(passed, definition.type)
        return format_value(value, spec or "G")
    if passed is not number:
        raise faults.argument(
            "Enum underlying type and the object must be same type or object. Type passed in was "
            f"'{passed.reflection_name}'; the enum underlying type was '{number.reflection_name}'."
        )
    return format_value(enum_value(definition, int(value)), spec or "G")


@ENUM.method("string ToString()")
def to_string(self: EnumValue) -> str:
    return text_of(self)


@ENUM.method("string ToString(string format)")
def to_string_format(self: EnumValue, spec: str | None) -> str:
    return format_value(self, spec)


@ENUM.method("string ToString(IFormatProvider provider)")
def to_string_provider(self: EnumValue, provider: Any) -> str:
    return text_of(self)


@ENUM.method("string ToString(string format, IFormatProvider provider)")
def to_string_format_provider(self: EnumValue, spec: str | None, provider: Any) -> str:
    return format_value(self, spec)


@ENUM.method("bool HasFlag(System.Enum flag)")
def has_flag(self: EnumValue, flag: EnumValue | None) -> bool:
    if flag is None:
        raise faults.argument_null("flag")
    if flag.net_type is not self.net_type:
        raise faults.argument(
            f"The argument type, '{flag.net_type.reflection_name}', is not the same as the enum type "
            f"'{self.net_type.reflection_name}'."
        )
    return self.value & flag.value == flag.value


@ENUM.method("int CompareTo(object target)")
def compare_to(self: EnumValue, target: Any) -> int:
    if target is None:
        return 1
    if not isinstance(target, EnumValue) or target.net_type is not self.net_type:
        raise _other_enum(type_of(target), self.net_type)
    return bool(self.value > target.value) - bool(self.value < target.value)


@ENUM.method("bool Equals(object obj)")
def equals(self: EnumValue, other: Any) -> bool:
    return self.net_equals(other)


@ENUM.method("int GetHashCode()")
def get_hash_code(self: EnumValue) -> int:
    return hash_code(self)


@ENUM.method("System.TypeCode GetTypeCode()")
def get_type_code(self: EnumValue) -> EnumValue:
    definition = self.net_type.definition
    assert definition is not None  # noqa: S101 - an enum always has one
    return enum_value("System.TypeCode", _underlying(definition).reflection_name.removeprefix("System."))
