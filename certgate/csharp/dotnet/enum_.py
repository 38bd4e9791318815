"""``System.Enum``: what every enum has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.composite import format_value
from certgate.csharp.dotnet.ordering import compare
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.types import STRING, define
from certgate.csharp.values import EnumValue, NetArray, array, default_of, enum_value, text_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType, TypeDefinition

ENUM = define(
    "System.Enum",
    bases=("System.ValueType", "IComparable", "IFormattable", "IConvertible"),
    allowed="Parse TryParse ToString",
    known="CompareTo Equals Format GetHashCode GetName GetNames GetType GetTypeCode GetUnderlyingType GetValues "
    "GetValuesAsUnderlyingType HasFlag IsDefined Parse ReferenceEquals ToObject ToString TryFormat TryParse",
)


def _definition(kind: Any) -> TypeDefinition:
    """The enum behind a System.Type. ArgumentException."""
    if kind is None:
        raise faults.argument_null("enumType")
    definition: TypeDefinition | None = kind.of.definition
    if definition is None or definition.kind != "enum":
        raise faults.argument("Type provided must be an Enum.", "enumType")
    return _filled(definition)


def _filled(definition: TypeDefinition) -> TypeDefinition:
    """An enum of which certgate knows only the name has no constants here."""
    if not definition.constants:
        raise UnsupportedReached(f"certgate does not know the constants of {definition.name}")
    return definition


def parse_enum(definition: TypeDefinition, text: str | None, ignore_case: bool) -> EnumValue:
    """Names or numbers, joined by commas. ArgumentException, OverflowException."""
    if text is None:
        raise faults.argument_null("value")
    body = text.strip()
    if not body:
        raise faults.argument("Must specify valid information for parsing in the string.", "value")
    if body[0] in "+-0123456789":
        number = _number(body)
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


def _number(body: str) -> int | None:
    try:
        number = int(body) if body.isascii() and "_" not in body and len(body) < 20 else None
    except ValueError:
        return None
    if number is not None and not -(1 << 31) <= number < 1 << 31:
        raise faults.overflow("Value was either too large or too small for an Int32.")
    return number


@ENUM.method("static object Parse(System.Type enumType, string value)")
def parse(kind: Any, text: str | None) -> EnumValue:
    return parse_enum(_definition(kind), text, ignore_case=False)


@ENUM.method("static object Parse(System.Type enumType, string value, bool ignoreCase)")
def parse_case(kind: Any, text: str | None, ignore_case: bool) -> EnumValue:
    return parse_enum(_definition(kind), text, ignore_case)


@ENUM.method("static TEnum Parse<TEnum>(string value) where TEnum : struct", generic=True)
def parse_generic(kinds: tuple[NetType, ...], text: str | None) -> EnumValue:
    return parse_generic_case(kinds, text, False)


@ENUM.method("static TEnum Parse<TEnum>(string value, bool ignoreCase) where TEnum : struct", generic=True)
def parse_generic_case(kinds: tuple[NetType, ...], text: str | None, ignore_case: bool) -> EnumValue:
    definition = kinds[0].definition
    if definition is None or definition.kind != "enum":
        raise faults.argument("Type provided must be an Enum.", "TEnum")
    return parse_enum(_filled(definition), text, ignore_case)


@ENUM.method("static bool TryParse<TEnum>(string value, out TEnum result) where TEnum : struct", generic=True)
def try_parse(kinds: tuple[NetType, ...], text: str | None) -> tuple[bool, Any]:
    return try_parse_case(kinds, text, False)


@ENUM.method(
    "static bool TryParse<TEnum>(string value, bool ignoreCase, out TEnum result) where TEnum : struct", generic=True
)
def try_parse_case(kinds: tuple[NetType, ...], text: str | None, ignore_case: bool) -> tuple[bool, Any]:
    try:
        return True, parse_generic_case(kinds, text, ignore_case)
    except ThrownException:
        return False, default_of(kinds[0])


@ENUM.method("static string GetName(System.Type enumType, object value)")
def get_name(kind: Any, value: Any) -> str | None:
    number = int(value)
    return next((name for name, constant in _definition(kind).constants.items() if constant == number), None)


@ENUM.method("static string[] GetNames(System.Type enumType)")
def get_names(kind: Any) -> NetArray:
    constants = _definition(kind).constants
    return array(STRING, sorted(constants, key=lambda name: constants[name] & 0xFFFFFFFF))


@ENUM.method("static bool IsDefined(System.Type enumType, object value)")
def is_defined(kind: Any, value: Any) -> bool:
    constants = _definition(kind).constants
    return value in constants if isinstance(value, str) else int(value) in constants.values()


@ENUM.method("static object ToObject(System.Type enumType, int value)")
def to_object(kind: Any, value: int) -> EnumValue:
    return enum_value(_definition(kind), int(value))


@ENUM.method("string ToString()")
def to_string(self: EnumValue) -> str:
    return text_of(self)


@ENUM.method("string ToString(string format)")
def to_string_format(self: EnumValue, spec: str | None) -> str:
    return format_value(self, spec)


@ENUM.method("bool HasFlag(System.Enum flag)")
def has_flag(self: EnumValue, flag: EnumValue | None) -> bool:
    if flag is None:
        raise faults.argument_null("flag")
    return self.value & flag.value == flag.value


@ENUM.method("int CompareTo(object target)")
def compare_to(self: EnumValue, target: Any) -> int:
    return compare(self, target)


@ENUM.method("bool Equals(object obj)")
def equals(self: EnumValue, other: Any) -> bool:
    return self.net_equals(other)


@ENUM.method("int GetHashCode()")
def get_hash_code(self: EnumValue) -> int:
    return self.value


ENUM.signatures("static System.Array GetValues(System.Type enumType)")
