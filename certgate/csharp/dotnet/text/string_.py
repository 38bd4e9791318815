"""``System.String``: what a string is; loads the modules that declare the rest of its members."""

from __future__ import annotations

import unicodedata
from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import (
    ordering,
    string_comparison,
    string_copy,
    string_edit,
    string_join,
    string_search,
    string_split,
)
from certgate.csharp.dotnet.text.string_type import NORMALIZATION, STRING
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.values import Char, EnumValue, NetArray, array, enum_value, from_utf16, to_utf16

PARTS = (string_comparison, string_copy, string_edit, string_join, string_search, string_split)
"""The modules that declare members of the same type."""


@STRING.constructor("String(char c, int count)")
def repeated(c: str, count: int) -> str:
    if count < 0:
        raise faults.negative("count", count)
    charge_size(count)
    return c * count


@STRING.constructor("String(char[] value)")
def from_chars(value: NetArray | None) -> str:
    return "" if value is None else "".join(value.items)


@STRING.constructor("String(char[] value, int startIndex, int length)")
def from_some_chars(value: NetArray | None, start: int, length: int) -> str:
    if value is None:
        raise faults.argument_null("value")
    if start < 0:
        raise faults.negative("startIndex", start)
    if length < 0:
        raise faults.negative("length", length)
    if start > len(value) - length:
        raise faults.too_large("startIndex", start, len(value) - length)
    return "".join(value.items[start : start + length])


@STRING.field("static readonly string Empty")
def empty() -> str:
    return ""


@STRING.property("int Length")
def length(self: str) -> int:
    return len(self)


@STRING.indexer("char this[int index]")
def char_at(self: str, index: int) -> Char:
    if not 0 <= index < len(self):
        raise faults.index_outside_array()
    return Char(self[index])


@STRING.method("static bool IsNullOrEmpty(string value)")
def is_null_or_empty(value: str | None) -> bool:
    return not value


@STRING.method("static bool IsNullOrWhiteSpace(string value)")
def is_null_or_white_space(value: str | None) -> bool:
    from certgate.csharp.dotnet.text import casing

    return value is None or casing.is_white(value)


@STRING.method("string ToString()")
@STRING.method("object Clone()")
def itself(self: str) -> str:
    return self


@STRING.method("string ToString(IFormatProvider provider)")
def to_string_provider(self: str, provider: Any) -> str:
    return self


@STRING.method("static string Intern(string str)")
def intern(text: str | None) -> str:
    """Which strings are one object is not simulated, but for the empty one."""
    if text is None:
        raise faults.argument_null("str")
    if text:
        raise UnsupportedReached("string.Intern is not simulated")
    return ""


@STRING.method("static string Copy(string str)")
def copy(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("str")
    return text


@STRING.method("char[] ToCharArray()")
def to_char_array(self: str) -> NetArray:
    charge_size(len(self) * 16)
    return array(types.CHAR, map(Char, self))


@STRING.method("char[] ToCharArray(int startIndex, int length)")
def to_char_array_range(self: str, start: int, length: int) -> NetArray:
    if not 0 <= start <= len(self):
        raise faults.too_large("startIndex", start & 0xFFFFFFFF, len(self))
    if start > len(self) - length:
        raise faults.too_large("startIndex", start, len(self) - length)
    if length < 0:
        raise faults.negative("length", length)
    return array(types.CHAR, map(Char, self[start : start + length]))


@STRING.method("bool Equals(string value)")
@STRING.method("bool Equals(object obj)")
def equals_object(self: str, other: Any) -> bool:
    return type(other) is str and self == other


@STRING.method("bool Equals(string value, StringComparison comparisonType)")
def equals_how(self: str, value: str | None, comparison: EnumValue) -> bool:
    return string_comparison.same(self, value, string_comparison.mode(comparison))


@STRING.method("int CompareTo(string strB)")
def compare_to(self: str, other: str | None) -> int:
    return string_comparison.compare(self, other, string_comparison.CULTURE)


@STRING.method("int CompareTo(object value)")
def compare_to_object(self: str, other: Any) -> int:
    if other is not None and type(other) is not str:
        raise faults.argument("Object must be of type String.")
    return ordering.compare(self, other)


@STRING.method("TypeCode GetTypeCode()")
def get_type_code(self: str) -> EnumValue:
    return enum_value("System.TypeCode", "String")


@STRING.method("string Normalize()")
def normalize(self: str) -> str:
    return _normalize(self, "NFC")


@STRING.method("string Normalize(System.Text.NormalizationForm normalizationForm)")
def normalize_form(self: str, form: EnumValue) -> str:
    return _normalize(self, _form(form))


@STRING.method("bool IsNormalized()")
def is_normalized(self: str) -> bool:
    return _normalize(self, "NFC") == self


@STRING.method("bool IsNormalized(System.Text.NormalizationForm normalizationForm)")
def is_normalized_form(self: str, form: EnumValue) -> bool:
    return _normalize(self, _form(form)) == self


def _form(form: EnumValue) -> Any:
    for name, number in NORMALIZATION.constants.items():
        if number == form.value:
            return name.replace("Form", "NF")
    raise faults.argument("Invalid normalization form.", "normalizationForm")


def _normalize(text: str, form: Any) -> str:
    charge_size(len(text))
    return text if text.isascii() else to_utf16(unicodedata.normalize(form, from_utf16(text)))


STRING.signatures("int GetHashCode()")
