"""``System.Char``: one UTF-16 code unit, by Unicode's categories."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import casing
from certgate.csharp.dotnet.text.globalization import unicode_category
from certgate.csharp.types import define
from certgate.csharp.values import Char, EnumValue, enum_value

if TYPE_CHECKING:
    from collections.abc import Callable

CHAR = define(
    "System.Char",
    keyword="char",
    kind="struct",
    bases=("System.ValueType", "IComparable", "IComparable<char>", "IEquatable<char>", "IConvertible"),
    allowed=True,
    known="CompareTo ConvertFromUtf32 ConvertToUtf32 Equals GetHashCode GetNumericValue GetType "
    "GetTypeCode GetUnicodeCategory "
    "IsAscii IsAsciiDigit IsAsciiHexDigit IsAsciiHexDigitLower IsAsciiHexDigitUpper IsAsciiLetter IsAsciiLetterLower "
    "IsAsciiLetterOrDigit IsAsciiLetterUpper IsBetween IsControl IsDigit IsHighSurrogate IsLetter "
    "IsLetterOrDigit IsLower "
    "IsLowSurrogate IsNumber IsPunctuation IsSeparator IsSurrogate IsSurrogatePair IsSymbol IsUpper "
    "IsWhiteSpace MaxValue "
    "MinValue Parse ReferenceEquals ToLower ToLowerInvariant ToString ToUpper ToUpperInvariant TryParse",
)
CHAR.constant("char MaxValue", Char("\uffff"))
CHAR.constant("char MinValue", Char("\0"))

_CLASSES: dict[str, Callable[[str], bool]] = {
    "IsControl": lambda char: unicodedata.category(char) == "Cc",
    "IsDigit": lambda char: unicodedata.category(char) == "Nd",
    "IsLetter": lambda char: unicodedata.category(char)[0] == "L",
    "IsLetterOrDigit": lambda char: unicodedata.category(char)[0] == "L" or unicodedata.category(char) == "Nd",
    "IsLower": lambda char: unicodedata.category(char) == "Ll",
    "IsUpper": lambda char: unicodedata.category(char) == "Lu",
    "IsNumber": lambda char: unicodedata.category(char)[0] == "N",
    "IsPunctuation": lambda char: unicodedata.category(char)[0] == "P",
    "IsSeparator": lambda char: unicodedata.category(char)[0] == "Z",
    "IsSymbol": lambda char: unicodedata.category(char)[0] == "S",
    "IsWhiteSpace": lambda char: char in casing.WHITE,
    "IsSurrogate": lambda char: "\ud800" <= char <= "\udfff",
    "IsHighSurrogate": lambda char: "\ud800" <= char <= "\udbff",
    "IsLowSurrogate": lambda char: "\udc00" <= char <= "\udfff",
}

_ASCII: dict[str, str] = {
    "IsAsciiDigit": "0123456789",
    "IsAsciiLetterLower": "abcdefghijklmnopqrstuvwxyz",
    "IsAsciiLetterUpper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "IsAsciiLetter": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "IsAsciiLetterOrDigit": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "IsAsciiHexDigit": "0123456789abcdefABCDEF",
    "IsAsciiHexDigitLower": "0123456789abcdef",
    "IsAsciiHexDigitUpper": "0123456789ABCDEF",
}


def _unit(text: str | None, index: int) -> str:
    if text is None:
        raise faults.argument_null("s")
    if not 0 <= index < len(text):
        raise faults.not_valid("index")
    return text[index]


def _point(text: str | None, index: int) -> str:
    """The character at a place, of which a pair of surrogates is one."""
    first = _unit(text, index)
    second = text[index + 1 : index + 2] if text else ""
    if "\ud800" <= first <= "\udbff" and "\udc00" <= second <= "\udfff":
        return chr(0x10000 + ((ord(first) - 0xD800) << 10) + ord(second) - 0xDC00)
    return first


_OF_UNITS = frozenset(("IsControl", "IsWhiteSpace", "IsSurrogate", "IsHighSurrogate", "IsLowSurrogate"))
"""What asks for one code unit even where it is the first of a pair."""


def _declare_class(name: str, test: Callable[[str], bool]) -> None:
    at = _unit if name in _OF_UNITS else _point
    CHAR.method(f"static bool {name}(char c)")(test)
    CHAR.method(f"static bool {name}(string s, int index)")(lambda text, index: test(at(text, index)))


def _declare_ascii(name: str, chars: str) -> None:
    CHAR.method(f"static bool {name}(char c)")(lambda char: char in chars)


for _name, _test in _CLASSES.items():
    _declare_class(_name, _test)
for _name, _chars in _ASCII.items():
    _declare_ascii(_name, _chars)


@CHAR.method("static bool IsAscii(char c)")
def is_ascii(char: str) -> bool:
    return char.isascii()


@CHAR.method("static bool IsBetween(char c, char minInclusive, char maxInclusive)")
def is_between(char: str, low: str, high: str) -> bool:
    return low <= char <= high


@CHAR.method("static bool IsSurrogatePair(char highSurrogate, char lowSurrogate)")
def is_surrogate_pair(high: str, low: str) -> bool:
    return "\ud800" <= high <= "\udbff" and "\udc00" <= low <= "\udfff"


@CHAR.method("static char ToUpper(char c)")
@CHAR.method("static char ToUpperInvariant(char c)")
def to_upper(char: str) -> Char:
    return Char(casing.upper(str.__str__(char)))


@CHAR.method("static char ToLower(char c)")
@CHAR.method("static char ToLowerInvariant(char c)")
def to_lower(char: str) -> Char:
    return Char(casing.lower(str.__str__(char)))


def _given(culture: Any) -> None:
    if culture is None:
        raise faults.argument_null("culture")


@CHAR.method("static char ToUpper(char c, System.Globalization.CultureInfo culture)")
def to_upper_culture(char: str, culture: Any) -> Char:
    _given(culture)
    return to_upper(char)


@CHAR.method("static char ToLower(char c, System.Globalization.CultureInfo culture)")
def to_lower_culture(char: str, culture: Any) -> Char:
    _given(culture)
    return to_lower(char)


@CHAR.method("static double GetNumericValue(char c)")
def get_numeric_value(char: str) -> float:
    return float(unicodedata.numeric(char, -1.0))


@CHAR.method("static System.Globalization.UnicodeCategory GetUnicodeCategory(char c)")
def get_unicode_category(char: str) -> EnumValue:
    return unicode_category(char)


@CHAR.method("static string ConvertFromUtf32(int utf32)")
def convert_from_utf32(number: int) -> str:
    if not 0 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        message = (
            "A valid UTF32 value is between 0x000000 and 0x10ffff, inclusive, and should not include "
            "surrogate codepoint "
            "values (0x00d800 ~ 0x00dfff)."
        )
        raise faults.out_of_range(message, "utf32")
    if number <= 0xFFFF:
        return chr(number)
    number -= 0x10000
    return chr(0xD800 + (number >> 10)) + chr(0xDC00 + (number & 0x3FF))


@CHAR.method("static int ConvertToUtf32(char highSurrogate, char lowSurrogate)")
def convert_to_utf32(high: str, low: str) -> int:
    if not "\ud800" <= high <= "\udbff":
        raise faults.out_of_range(
            "A valid high surrogate character is between 0xd800 and 0xdbff, inclusive.", "highSurrogate"
        )
    if not "\udc00" <= low <= "\udfff":
        raise faults.out_of_range(
            "A valid low surrogate character is between 0xdc00 and 0xdfff, inclusive.", "lowSurrogate"
        )
    return 0x10000 + ((ord(high) - 0xD800) << 10) + ord(low) - 0xDC00


@CHAR.method("static int ConvertToUtf32(string s, int index)")
def convert_to_utf32_at(text: str | None, index: int) -> int:
    if text is None:
        raise faults.argument_null("s")
    if not 0 <= index < len(text):
        raise faults.index_less("index")
    unit = text[index]
    if not "\ud800" <= unit <= "\udfff":
        return ord(unit)
    following = text[index + 1 : index + 2]
    if unit <= "\udbff" and "\udc00" <= following <= "\udfff":
        return convert_to_utf32(unit, following)
    kind, other = ("high", "a following low") if unit <= "\udbff" else ("low", "a preceding high")
    raise faults.argument(
        f"Found a {kind} surrogate char without {other} surrogate at index: {index}. The input may not be in this "
        "encoding, or may not contain valid Unicode (UTF-16) characters.",
        "s",
    )


@CHAR.method("static bool IsSurrogatePair(string s, int index)")
def is_surrogate_pair_at(text: str | None, index: int) -> bool:
    return is_surrogate_pair(_unit(text, index), text[index + 1 : index + 2] if text else "")


@CHAR.method("static double GetNumericValue(string s, int index)")
def get_numeric_value_at(text: str | None, index: int) -> float:
    return get_numeric_value(_point(text, index))


@CHAR.method("static System.Globalization.UnicodeCategory GetUnicodeCategory(string s, int index)")
def get_unicode_category_at(text: str | None, index: int) -> EnumValue:
    return get_unicode_category(_point(text, index))


@CHAR.method("static char Parse(string s)")
def parse(text: str | None) -> Char:
    if text is None:
        raise faults.argument_null("s")
    if len(text) != 1:
        raise faults.format_error("String must be exactly one character long.")
    return Char(text)


@CHAR.method("static bool TryParse(string s, out char result)")
def try_parse(text: str | None) -> tuple[bool, Char]:
    found = text is not None and len(text) == 1
    return found, Char(text if found else "\0")


@CHAR.method("string ToString()")
@CHAR.method("static string ToString(char c)")
def to_string(char: str) -> str:
    return str.__str__(char)


@CHAR.method("string ToString(IFormatProvider provider)")
def to_string_provider(self: str, provider: Any) -> str:
    return str.__str__(self)


@CHAR.method("int CompareTo(char value)")
def compare_to(self: str, other: str) -> int:
    return ord(self) - ord(other)


@CHAR.method("int CompareTo(object value)")
def compare_to_object(self: str, other: Any) -> int:
    if other is None:
        return 1
    if not isinstance(other, Char):
        raise faults.argument("Object must be of type Char.")
    return ord(self) - ord(other)


@CHAR.method("bool Equals(char obj)")
@CHAR.method("bool Equals(object obj)")
def equals(self: str, other: Any) -> bool:
    return isinstance(other, Char) and self == other


@CHAR.method("int GetHashCode()")
def get_hash_code(self: str) -> int:
    return ord(self) | ord(self) << 16


@CHAR.method("TypeCode GetTypeCode()")
def get_type_code(self: str) -> EnumValue:
    return enum_value("System.TypeCode", "Char")
