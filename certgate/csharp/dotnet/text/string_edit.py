"""Members of ``System.String`` that make a changed copy."""

from __future__ import annotations

import re
from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import casing, collation
from certgate.csharp.dotnet.text.spans import CharacterSpan
from certgate.csharp.dotnet.text.string_comparison import mode
from certgate.csharp.dotnet.text.string_type import STRING
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import EnumValue, NetArray


@STRING.method("string Substring(int startIndex)")
def substring_from(self: str, start: int) -> str:
    if start < 0:
        raise faults.negative("startIndex", start)
    if start > len(self):
        raise faults.out_of_range("startIndex cannot be larger than length of string.", "startIndex")
    return self[start:]


@STRING.method("string Substring(int startIndex, int length)")
def substring(self: str, start: int, length: int) -> str:
    if start < 0:
        raise faults.negative("startIndex", start)
    if start > len(self):
        raise faults.out_of_range("startIndex cannot be larger than length of string.", "startIndex")
    if length < 0:
        raise faults.negative("length", length)
    if start > len(self) - length:
        raise faults.out_of_range("Index and length must refer to a location within the string.", "length")
    return self[start : start + length]


@STRING.method("string Remove(int startIndex)")
def remove_from(self: str, start: int) -> str:
    if start < 0:
        raise faults.out_of_range("StartIndex cannot be less than zero.", "startIndex")
    if start > len(self):
        raise faults.out_of_range("startIndex cannot be larger than length of string.", "startIndex")
    return self[:start]


@STRING.method("string Remove(int startIndex, int count)")
def remove(self: str, start: int, count: int) -> str:
    if start < 0:
        raise faults.negative("startIndex", start)
    if count < 0:
        raise faults.negative("count", count)
    if count > len(self) - start:
        raise faults.too_large("count", count, len(self) - start)
    return self[:start] + self[start + count :]


@STRING.method("string Insert(int startIndex, string value)")
def insert(self: str, start: int, value: str | None) -> str:
    if value is None:
        raise faults.argument_null("value")
    if not 0 <= start <= len(self):
        raise faults.too_large("startIndex", start & 0xFFFFFFFF, len(self))
    charge_size(len(self) + len(value))
    return self[:start] + value + self[start:]


@STRING.method("string Replace(char oldChar, char newChar)")
def replace_char(self: str, old: str, new: str) -> str:
    return self.replace(old, new)


@STRING.method("string Replace(string oldValue, string newValue)")
def replace(self: str, old: str | None, new: str | None) -> str:
    wanted = _old(old)
    growth = len(new or "") - len(wanted)
    if growth > 0:
        charge_size(growth * self.count(wanted))
    return self.replace(wanted, new or "")


@STRING.method("string Replace(string oldValue, string newValue, StringComparison comparisonType)")
def replace_how(self: str, old: str | None, new: str | None, comparison: EnumValue) -> str:
    wanted, how = _old(old), mode(comparison)
    if how >= 4 or (collation.is_plain(self) and collation.is_plain(wanted)):
        if how % 2 == 0:
            return replace(self, wanted, new)
        return _replace_folded(self, wanted, new or "")
    return _replace_linguistic(self, wanted, new or "", how % 2 == 1)


@STRING.method(
    "string Replace(string oldValue, string newValue, bool ignoreCase, System.Globalization.CultureInfo culture)"
)
def replace_culture(self: str, old: str | None, new: str | None, ignore_case: bool, culture: Any) -> str:
    return _replace_linguistic(self, _old(old), new or "", ignore_case)


def _old(old: str | None) -> str:
    if old is None:
        raise faults.argument_null("oldValue")
    if not old:
        raise faults.argument("The value cannot be an empty string.", "oldValue")
    return old


def _replace_folded(text: str, old: str, new: str) -> str:
    folded, wanted = casing.fold(text), re.escape(casing.fold(old))
    places = [match.start() for match in re.finditer(wanted, folded)]
    return _put(text, [(place, len(old)) for place in places], new)


def _replace_linguistic(text: str, old: str, new: str, ignore_case: bool) -> str:
    places, at = [], 0
    while found := collation.find(text[at:], old, ignore_case):
        start, length = found
        if not length:
            break
        places.append((at + start, length))
        at += start + length
    return _put(text, places, new)


def _put(text: str, places: list[tuple[int, int]], new: str) -> str:
    charge_size(len(new) * len(places))
    parts, end = [], 0
    for start, length in places:
        parts += [text[end:start], new]
        end = start + length
    return "".join([*parts, text[end:]])


def _set(trim: NetArray | None) -> str:
    """The characters to trim; white space where none are named."""
    return casing.WHITE if trim is None or not trim.items else "".join(trim.items)


@STRING.method("string Trim()")
def trim(self: str) -> str:
    return self.strip(casing.WHITE)


@STRING.method("string Trim(char trimChar)")
def trim_char(self: str, char: str) -> str:
    return self.strip(char)


@STRING.method("string Trim(ReadOnlySpan<char> trimChars)")
def trim_span(self: str, span: CharacterSpan) -> str:
    return self.strip(span.text or casing.WHITE)


@STRING.method("string Trim(params char[] trimChars)")
def trim_chars(self: str, chars: NetArray | None) -> str:
    return self.strip(_set(chars))


@STRING.method("string TrimStart()")
def trim_start(self: str) -> str:
    return self.lstrip(casing.WHITE)


@STRING.method("string TrimStart(char trimChar)")
def trim_start_char(self: str, char: str) -> str:
    return self.lstrip(char)


@STRING.method("string TrimStart(ReadOnlySpan<char> trimChars)")
def trim_start_span(self: str, span: CharacterSpan) -> str:
    return self.lstrip(span.text or casing.WHITE)


@STRING.method("string TrimStart(params char[] trimChars)")
def trim_start_chars(self: str, chars: NetArray | None) -> str:
    return self.lstrip(_set(chars))


@STRING.method("string TrimEnd()")
def trim_end(self: str) -> str:
    return self.rstrip(casing.WHITE)


@STRING.method("string TrimEnd(char trimChar)")
def trim_end_char(self: str, char: str) -> str:
    return self.rstrip(char)


@STRING.method("string TrimEnd(ReadOnlySpan<char> trimChars)")
def trim_end_span(self: str, span: CharacterSpan) -> str:
    return self.rstrip(span.text or casing.WHITE)


@STRING.method("string TrimEnd(params char[] trimChars)")
def trim_end_chars(self: str, chars: NetArray | None) -> str:
    return self.rstrip(_set(chars))


@STRING.method("string PadLeft(int totalWidth)")
def pad_left(self: str, width: int) -> str:
    return pad_left_with(self, width, " ")


@STRING.method("string PadLeft(int totalWidth, char paddingChar)")
def pad_left_with(self: str, width: int, char: str) -> str:
    _check_width(width)
    return self.rjust(width, str.__str__(char))


@STRING.method("string PadRight(int totalWidth)")
def pad_right(self: str, width: int) -> str:
    return pad_right_with(self, width, " ")


@STRING.method("string PadRight(int totalWidth, char paddingChar)")
def pad_right_with(self: str, width: int, char: str) -> str:
    _check_width(width)
    return self.ljust(width, str.__str__(char))


def _check_width(width: int) -> None:
    if width < 0:
        raise faults.negative("totalWidth", width)
    charge_size(width)


@STRING.method("string ToUpper()")
@STRING.method("string ToUpperInvariant()")
def to_upper(self: str) -> str:
    charge_size(len(self))
    return casing.upper(self)


@STRING.method("string ToLower()")
@STRING.method("string ToLowerInvariant()")
def to_lower(self: str) -> str:
    charge_size(len(self))
    return casing.lower(self)


@STRING.method("string ToUpper(System.Globalization.CultureInfo culture)")
def to_upper_culture(self: str, culture: Any) -> str:
    return to_upper(self)


@STRING.method("string ToLower(System.Globalization.CultureInfo culture)")
def to_lower_culture(self: str, culture: Any) -> str:
    return to_lower(self)
