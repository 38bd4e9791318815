"""``System.Text.StringBuilder``. Text is kept in parts and joined when it is looked at, so appending stays cheap."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet import composite, faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define
from certgate.csharp.values import Char, NetArray, NetObject, equals, iterate, text_of

_MAX_CAPACITY = 0x7FFFFFFF


class BuilderValue(NetObject):
    """A StringBuilder: `parts` joined are its text. `capacity` is what EnsureCapacity and the constructor asked for."""

    __slots__ = ("capacity", "length", "parts")

    def __init__(self, text: str = "", capacity: int = 16) -> None:
        self.parts = [text] if text else []
        self.length = len(text)
        self.capacity = max(capacity, 16)

    @property
    def text(self) -> str:
        if len(self.parts) > 1:
            charge_size(self.length)
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    @text.setter
    def text(self, text: str) -> None:
        self.parts = [text]
        self.length = len(text)

    def append(self, text: str) -> BuilderValue:
        if text:
            charge_size(len(text))
            self.parts.append(str.__str__(text))
            self.length += len(text)
        return self

    def to_text(self) -> str:
        return self.text


BUILDER = define(
    "System.Text.StringBuilder",
    allowed=True,
    python=BuilderValue,
    known="Append AppendFormat AppendJoin AppendLine Capacity Chars Clear CopyTo EnsureCapacity Equals GetChunks "
    "GetHashCode GetType Insert Item Length MaxCapacity ReferenceEquals Remove Replace ToString",
)
_SIMPLE = "bool char byte sbyte short ushort int uint long ulong float double decimal object string".split()  # noqa: SIM905


@BUILDER.constructor("StringBuilder()")
def create() -> BuilderValue:
    return BuilderValue()


@BUILDER.constructor("StringBuilder(int capacity)")
def create_sized(capacity: int) -> BuilderValue:
    if capacity < 0:
        raise faults.out_of_range("'capacity' must be greater than zero.", "capacity")
    return BuilderValue("", capacity)


@BUILDER.constructor("StringBuilder(string value)")
def create_from(value: str | None) -> BuilderValue:
    return BuilderValue(value or "")


@BUILDER.constructor("StringBuilder(string value, int capacity)")
def create_from_sized(value: str | None, capacity: int) -> BuilderValue:
    if capacity < 0:
        raise faults.out_of_range("'capacity' must be greater than zero.", "capacity")
    return BuilderValue(value or "", capacity)


def _append(self: BuilderValue, value: Any) -> BuilderValue:
    return self.append(text_of(value))


def _insert(self: BuilderValue, index: int, value: Any) -> BuilderValue:
    if not 0 <= index <= self.length:
        raise faults.index_less_or_equal("index")
    added = text_of(value)
    charge_size(len(added))
    text = self.text
    self.text = text[:index] + added + text[index:]
    return self


for _name in _SIMPLE:
    BUILDER.method(f"StringBuilder Append({_name} value)")(_append)
    BUILDER.method(f"StringBuilder Insert(int index, {_name} value)")(_insert)


@BUILDER.method("StringBuilder Append(StringBuilder value)")
def append_builder(self: BuilderValue, value: BuilderValue | None) -> BuilderValue:
    return self.append(value.text if value is not None else "")


@BUILDER.method("StringBuilder Append(char[] value)")
def append_characters(self: BuilderValue, value: NetArray | None) -> BuilderValue:
    return self.append("".join(value.items) if value is not None else "")


@BUILDER.method("StringBuilder Append(char value, int repeatCount)")
def append_repeated(self: BuilderValue, value: str, count: int) -> BuilderValue:
    if count < 0:
        raise faults.negative("repeatCount", count)
    charge_size(count)
    return self.append(str.__str__(value) * count)


@BUILDER.method("StringBuilder Append(string value, int startIndex, int count)")
def append_part(self: BuilderValue, value: str | None, start: int, count: int) -> BuilderValue:
    if value is None and not start and not count:
        return self
    if value is None:
        raise faults.argument_null("value")
    if count < 0:
        raise faults.negative("count", count)
    if start < 0 or start > len(value) - count:
        raise faults.index_less_or_equal("startIndex")
    return self.append(value[start : start + count])


@BUILDER.method("StringBuilder AppendLine()")
def append_line_end(self: BuilderValue) -> BuilderValue:
    return self.append("\n")


@BUILDER.method("StringBuilder AppendLine(string value)")
def append_line(self: BuilderValue, value: str | None) -> BuilderValue:
    return self.append((value or "") + "\n")


def _formatted(pattern: str | None, arguments: tuple[Any, ...]) -> str:
    if pattern is None:
        raise faults.argument_null("format")
    return composite.format_composite(pattern, arguments)


@BUILDER.method("StringBuilder AppendFormat(string format, object arg0)")
@BUILDER.method("StringBuilder AppendFormat(string format, object arg0, object arg1)")
@BUILDER.method("StringBuilder AppendFormat(string format, object arg0, object arg1, object arg2)")
def append_format(self: BuilderValue, pattern: str | None, *arguments: Any) -> BuilderValue:
    return self.append(_formatted(pattern, arguments))


@BUILDER.method("StringBuilder AppendFormat(string format, params object[] args)")
def append_format_array(self: BuilderValue, pattern: str | None, arguments: NetArray | None) -> BuilderValue:
    if arguments is None:
        raise faults.argument_null("args" if pattern is not None else "format")
    return self.append(_formatted(pattern, tuple(arguments.items)))


@BUILDER.method("StringBuilder AppendFormat(IFormatProvider provider, string format, params object[] args)")
def append_format_provider(
    self: BuilderValue, provider: Any, pattern: str | None, arguments: NetArray | None
) -> BuilderValue:
    return append_format_array(self, pattern, arguments)


@BUILDER.method("StringBuilder AppendJoin(string separator, params string[] values)")
@BUILDER.method("StringBuilder AppendJoin(char separator, params string[] values)")
@BUILDER.method("StringBuilder AppendJoin(string separator, params object[] values)")
@BUILDER.method("StringBuilder AppendJoin(char separator, params object[] values)")
@BUILDER.method("StringBuilder AppendJoin<T>(string separator, System.Collections.Generic.IEnumerable<T> values)")
@BUILDER.method("StringBuilder AppendJoin<T>(char separator, System.Collections.Generic.IEnumerable<T> values)")
def append_join(self: BuilderValue, separator: str | None, values: Any) -> BuilderValue:
    if values is None:
        raise faults.argument_null("values")
    for index, value in enumerate(iterate(values)):
        if index and separator:
            self.append(separator)
        self.append(text_of(value))
    return self


@BUILDER.method("StringBuilder Insert(int index, char[] value)")
def insert_characters(self: BuilderValue, index: int, value: NetArray | None) -> BuilderValue:
    return _insert(self, index, "".join(value.items) if value is not None else "")


@BUILDER.method("StringBuilder Insert(int index, string value, int count)")
def insert_repeated(self: BuilderValue, index: int, value: str | None, count: int) -> BuilderValue:
    if count < 0:
        raise faults.negative("count", count)
    charge_size(len(value or "") * count)
    return _insert(self, index, (value or "") * count)


@BUILDER.method("StringBuilder Remove(int startIndex, int length)")
def remove(self: BuilderValue, start: int, length: int) -> BuilderValue:
    if length < 0:
        raise faults.negative("length", length)
    if start < 0:
        raise faults.negative("startIndex", start)
    if length > self.length - start:
        raise faults.index_less_or_equal("length")
    text = self.text
    self.text = text[:start] + text[start + length :]
    return self


@BUILDER.method("StringBuilder Replace(char oldChar, char newChar)")
def replace_character(self: BuilderValue, old: str, new: str) -> BuilderValue:
    self.text = self.text.replace(old, new)
    return self


@BUILDER.method("StringBuilder Replace(char oldChar, char newChar, int startIndex, int count)")
@BUILDER.method("StringBuilder Replace(string oldValue, string newValue, int startIndex, int count)")
def replace_part(self: BuilderValue, old: str | None, new: str | None, start: int, count: int) -> BuilderValue:
    if not 0 <= start <= self.length:
        raise faults.index_less_or_equal("startIndex")
    if count < 0 or start > self.length - count:
        raise faults.index_less_or_equal("count")
    text = self.text
    changed = _replaced(text[start : start + count], old, new)
    self.text = text[:start] + changed + text[start + count :]
    return self


@BUILDER.method("StringBuilder Replace(string oldValue, string newValue)")
def replace(self: BuilderValue, old: str | None, new: str | None) -> BuilderValue:
    self.text = _replaced(self.text, old, new)
    return self


def _replaced(text: str, old: str | None, new: str | None) -> str:
    if old is None:
        raise faults.argument_null("oldValue")
    if not old:
        raise faults.argument("The value cannot be an empty string.", "oldValue")
    charge_size(text.count(old) * len(new or ""))
    return text.replace(old, new or "")


@BUILDER.method("StringBuilder Clear()")
def clear(self: BuilderValue) -> BuilderValue:
    self.text = ""
    return self


@BUILDER.method("string ToString()")
def to_string(self: BuilderValue) -> str:
    return self.text


@BUILDER.method("string ToString(int startIndex, int length)")
def to_string_part(self: BuilderValue, start: int, length: int) -> str:
    if start < 0:
        raise faults.negative("startIndex", start)
    if start > self.length:
        raise faults.out_of_range("startIndex cannot be larger than length of string.", "startIndex")
    if length < 0:
        raise faults.negative("length", length)
    if start > self.length - length:
        raise faults.out_of_range("Index and length must refer to a location within the string.", "length")
    return self.text[start : start + length]


@BUILDER.method("bool Equals(StringBuilder sb)")
def equals_builder(self: BuilderValue, other: BuilderValue | None) -> bool:
    return other is not None and self.capacity == other.capacity and equals(self.text, other.text)


@BUILDER.method("int EnsureCapacity(int capacity)")
def ensure_capacity(self: BuilderValue, capacity: int) -> int:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    self.capacity = max(self.capacity, capacity)
    return _capacity(self)


def _capacity(self: BuilderValue) -> int:
    return max(self.capacity, self.length)


@BUILDER.property("int MaxCapacity")
def max_capacity(self: BuilderValue) -> int:
    return _MAX_CAPACITY


@BUILDER.property("int Length { get; set; }")
def length(self: BuilderValue) -> int:
    return self.length


@length.set
def set_length(self: BuilderValue, value: int) -> None:
    if value < 0:
        raise faults.negative("value", value)
    if value > self.length:
        charge_size(value - self.length)
    self.text = self.text[:value].ljust(value, "\0")


@BUILDER.indexer("char this[int index] { get; set; }")
def get(self: BuilderValue, index: int) -> Char:
    if not 0 <= index < self.length:
        raise faults.index_outside_array()
    return Char(self.text[index])


@get.set
def put(self: BuilderValue, index: int, value: str) -> None:
    if not 0 <= index < self.length:
        raise faults.index_less("index")
    text = self.text
    self.text = text[:index] + str.__str__(value) + text[index + 1 :]
