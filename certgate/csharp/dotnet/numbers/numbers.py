"""The numeric types, from Byte to Decimal. What they share is declared once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.decimals import MAX, NetDecimal
from certgate.csharp.dotnet.numbers import decimal_members, float_members, number_parse, number_statics
from certgate.csharp.dotnet.numbers.number_parse import TooLarge
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import hash_code
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.composite import format_value
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import (
    NUMBER_CLASSES,
    EnumValue,
    enum_value,
    equals,
    single,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_KNOWN = (
    "CompareTo Equals GetHashCode GetType GetTypeCode MaxValue MinValue Parse ReferenceEquals "
    "ToString TryFormat TryParse "
)


@frozen
class _Kind:
    """A numeric type; `bits` 0 for the ones that are no integers. `range_name` is what overflow messages call it."""

    keyword: str
    name: str
    bits: int
    signed: bool
    range_name: str
    known: str = ""


KINDS = (
    _Kind("byte", "Byte", 8, False, "an unsigned byte"),
    _Kind("sbyte", "SByte", 8, True, "a signed byte"),
    _Kind("short", "Int16", 16, True, "an Int16"),
    _Kind("ushort", "UInt16", 16, False, "a UInt16"),
    _Kind("int", "Int32", 32, True, "an Int32", "BigMul"),
    _Kind("uint", "UInt32", 32, False, "a UInt32", "BigMul"),
    _Kind("long", "Int64", 64, True, "an Int64", "BigMul"),
    _Kind("ulong", "UInt64", 64, False, "a UInt64", "BigMul"),
    _Kind("float", "Single", 0, True, "a Single", float_members.KNOWN),
    _Kind("double", "Double", 0, True, "a Double", float_members.KNOWN),
    _Kind("decimal", "Decimal", 0, True, "a Decimal", decimal_members.KNOWN),
)


def overflow(kind: _Kind) -> Exception:
    return faults.overflow(f"Value was either too large or too small for {kind.range_name}.")


def _reader(kind: _Kind, python: Callable[[Any], Any]) -> tuple[int, Callable[[str, int], Any]]:
    """The default NumberStyles of a type, and the function that reads a text: None for no number, TooLarge."""
    if kind.bits:
        return number_parse.INTEGER, lambda text, styles: _wrapped(
            python, number_parse.parse_integer(text, styles, kind.bits, kind.signed)
        )
    if kind.keyword == "decimal":
        return number_parse.NUMBER, _read_decimal
    convert = single if kind.keyword == "float" else python
    default = number_parse.FLOAT | number_parse.THOUSANDS
    return default, lambda text, styles: _wrapped(convert, number_parse.parse_float(text, styles))


def _wrapped(python: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else python(value)


def _read_decimal(text: str, styles: int) -> NetDecimal | None:
    found = number_parse.parse_decimal(text, styles)
    if found is None:
        return None
    number, scale, negative = found
    return NetDecimal(-number if negative else number, scale, negative)


def _check(styles: int, integer: bool) -> int:
    """ArgumentException for styles that the type does not take."""
    based = styles & (number_parse.HEX | number_parse.BINARY)
    if styles & ~0x7FF:
        raise faults.argument("An undefined NumberStyles value is being used.", "style")
    if based and not integer:
        message = (
            "The number styles AllowHexSpecifier and AllowBinarySpecifier are not supported "
            "on floating point data types."
        )
        raise faults.argument(message, "style")
    white = number_parse.LEADING_WHITE | number_parse.TRAILING_WHITE
    if based and (styles & ~(white | based) or based == number_parse.HEX | number_parse.BINARY):
        message = (
            "With the AllowHexSpecifier or AllowBinarySpecifier bit set in the enum bit field, the only other valid "
            "bits that can be combined into the enum value must be AllowLeadingWhite and AllowTrailingWhite."
        )
        raise faults.argument(message, "style")
    return styles


def _define(kind: _Kind) -> None:
    keyword = kind.keyword
    definition = define(
        f"System.{kind.name}",
        keyword=keyword,
        kind="struct",
        bases=(
            "System.ValueType",
            "IComparable",
            "IConvertible",
            "IFormattable",
            f"IComparable<{keyword}>",
            f"IEquatable<{keyword}>",
        ),
        allowed=True,
        known=f"{_KNOWN} {kind.known} {number_statics.known(kind.bits, kind.signed)}",
    )
    python = NUMBER_CLASSES[definition.type]
    _declare_bounds(definition, kind, python)
    _declare_text(definition, kind, python)
    _declare_parse(definition, kind, python)
    _declare_comparison(definition, kind, python)
    number_statics.declare(definition, kind.bits, kind.signed)


def _declare_bounds(definition: TypeDefinition, kind: _Kind, python: Any) -> None:
    if kind.bits:
        high = (1 << (kind.bits - kind.signed)) - 1
        definition.constant(f"{kind.keyword} MaxValue", python(high))
        definition.constant(f"{kind.keyword} MinValue", python(-high - 1 if kind.signed else 0))
    elif kind.keyword == "decimal":
        decimal_members.declare(definition, MAX)
    else:
        float_members.declare(definition, kind.keyword, python)


def _declare_text(definition: TypeDefinition, kind: _Kind, python: Any) -> None:
    definition.method("string ToString()")(text_of)
    definition.method("string ToString(string format)")(format_value)
    definition.method("string ToString(IFormatProvider provider)")(lambda self, provider: text_of(self))
    definition.method("string ToString(string format, IFormatProvider provider)")(
        lambda self, spec, provider: format_value(self, spec)
    )
    definition.method("TypeCode GetTypeCode()")(lambda self: _type_code(kind))


def _type_code(kind: _Kind) -> EnumValue:
    return enum_value("System.TypeCode", kind.name)


def _declare_parse(definition: TypeDefinition, kind: _Kind, python: Any) -> None:
    default, read = _reader(kind, python)
    keyword = kind.keyword

    def parse(text: str | None, styles: int) -> Any:
        if text is None:
            raise faults.argument_null("s")
        try:
            found = read(text, _check(styles, bool(kind.bits)))
        except TooLarge:
            raise overflow(kind) from None
        if found is None:
            raise faults.bad_input(text)
        return found

    def try_parse(text: str | None, styles: int) -> tuple[bool, Any]:
        try:
            found = None if text is None else read(text, _check(styles, bool(kind.bits)))
        except TooLarge:
            found = None
        return found is not None, python(0) if found is None else found

    style = "System.Globalization.NumberStyles style"
    provider = "IFormatProvider provider"
    out = f"out {keyword} result"
    definition.method(f"static {keyword} Parse(string s)")(lambda text: parse(text, default))
    definition.method(f"static {keyword} Parse(string s, {style})")(lambda text, styles: parse(text, styles.value))
    definition.method(f"static {keyword} Parse(string s, {provider})")(lambda text, _: parse(text, default))
    definition.method(f"static {keyword} Parse(string s, {style}, {provider})")(
        lambda text, styles, _: parse(text, styles.value)
    )
    definition.method(f"static bool TryParse(string s, {out})")(lambda text: try_parse(text, default))
    definition.method(f"static bool TryParse(string s, {provider}, {out})")(lambda text, _: try_parse(text, default))
    utf8 = "ReadOnlySpan<byte> utf8Text"
    definition.signatures(
        f"static {keyword} Parse({utf8}, IFormatProvider provider)",
        f"static {keyword} Parse({utf8}, {style} = None, IFormatProvider provider = null)",
        f"static bool TryParse({utf8}, {out})",
    )
    definition.method(f"static bool TryParse(string s, {style}, {provider}, {out})")(
        lambda text, styles, _: try_parse(text, styles.value)
    )


def _declare_comparison(definition: TypeDefinition, kind: _Kind, python: Any) -> None:
    keyword = kind.keyword

    def compare_object(self: Any, other: Any) -> int:
        if other is not None and other.__class__ is not self.__class__:
            raise faults.argument(f"Object must be of type {kind.name}.")
        return ordering.compare_same(self, other)

    definition.method(f"int CompareTo({keyword} value)")(ordering.compare_same)
    definition.method("int CompareTo(object value)")(compare_object)
    definition.method(f"bool Equals({keyword} obj)")(equals)
    definition.method("bool Equals(object obj)")(equals)
    definition.method("int GetHashCode()")(hash_code)
    definition.signatures(
        "bool TryFormat(System.Span<char> destination, out int charsWritten, "
        "System.ReadOnlySpan<char> format = default, IFormatProvider provider = null)"
    )


for _kind in KINDS:
    _define(_kind)
