"""``System.Text.StringBuilder``. Appending: ``stringbuilder_append.py``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import stringbuilder_append
from certgate.csharp.dotnet.text.stringbuilder_value import BUILDER, SIMPLE, BuilderValue
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.values import Char, NetArray, equals, text_of

PARTS = (stringbuilder_append,)
"""The module that declares the rest of the members."""

_MAX_CAPACITY = 0x7FFFFFFF


@BUILDER.constructor("StringBuilder()")
def create() -> BuilderValue:
    return BuilderValue()


@BUILDER.constructor("StringBuilder(int capacity)")
def create_sized(capacity: int) -> BuilderValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return BuilderValue("", capacity)


@BUILDER.constructor("StringBuilder(int capacity, int maxCapacity)")
def create_limited(capacity: int, most: int) -> BuilderValue:
    if capacity > most:
        raise faults.out_of_range("Capacity exceeds maximum capacity.", "capacity")
    if most < 1:
        raise faults.not_positive("maxCapacity", most)
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    raise UnsupportedReached("a StringBuilder with a greatest capacity is not simulated")


@BUILDER.constructor("StringBuilder(string value)")
def create_from(value: str | None) -> BuilderValue:
    return BuilderValue(value or "", 16)


@BUILDER.constructor("StringBuilder(string value, int capacity)")
def create_from_sized(value: str | None, capacity: int) -> BuilderValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    return BuilderValue(value or "", capacity)


@BUILDER.constructor("StringBuilder(string value, int startIndex, int length, int capacity)")
def create_from_part(value: str | None, start: int, length: int, capacity: int) -> BuilderValue:
    for number, name in ((capacity, "capacity"), (length, "length"), (start, "startIndex")):
        if number < 0:
            raise faults.negative(name, number)
    text = value or ""
    if start > len(text) - length:
        raise faults.out_of_range("Index and length must refer to a location within the string.", "length")
    return BuilderValue(text[start : start + length], capacity)


def _insert(self: BuilderValue, index: int, value: Any) -> BuilderValue:
    if not 0 <= index <= self.length:
        raise faults.index_less_or_equal("index")
    added = text_of(value)
    charge_size(len(added))
    text = self.text
    self.text = text[:index] + added + text[index:]
    return self


for _name in SIMPLE:
    BUILDER.method(f"StringBuilder Insert(int index, {_name} value)")(_insert)


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
    return other is not None and equals(self.text, other.text)


@BUILDER.method("int EnsureCapacity(int capacity)")
def ensure_capacity(self: BuilderValue, capacity: int) -> int:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    self.capacity = max(self.room(), capacity)
    return self.capacity


@BUILDER.property("int Capacity { get; set; }")
def get_capacity(self: BuilderValue) -> int:
    return self.room()


@get_capacity.set
def set_capacity(self: BuilderValue, value: int) -> None:
    if value < 0:
        raise faults.negative("value", value)
    if value < self.length:
        raise faults.out_of_range("capacity was less than the current size.", "value")
    self.capacity = value
    self.exact = True


@BUILDER.method("void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)")
def copy_to(self: BuilderValue, source_index: int, target: NetArray | None, at: int, count: int) -> None:
    if target is None:
        raise faults.argument_null("destination")
    if at < 0:
        raise faults.negative("destinationIndex", at)
    if at > len(target) - count:
        raise faults.argument(
            "Either offset did not refer to a position in the string, or there is an insufficient length of "
            "destination character array."
        )
    if count < 0:
        raise faults.negative("count", count)
    if not 0 <= source_index <= self.length:
        raise faults.index_less_or_equal("sourceIndex")
    if source_index > self.length - count:
        raise faults.argument("Source string was not long enough. Check sourceIndex and count.")
    target.items[at : at + count] = list(map(Char, self.text[source_index : source_index + count]))


@BUILDER.method("StringBuilder Insert(int index, char[] value, int startIndex, int charCount)")
def insert_characters_part(
    self: BuilderValue, index: int, value: NetArray | None, start: int, count: int
) -> BuilderValue:
    if not 0 <= index <= self.length:
        raise faults.index_less_or_equal("index")
    if value is None:
        if start == count == 0:
            return self
        raise faults.argument_null("value")
    for number, name in ((start, "startIndex"), (count, "charCount")):
        if number < 0:
            raise faults.negative(name, number)
    if start > len(value) - count:
        raise faults.index_less_or_equal("startIndex")
    return _insert(self, index, "".join(value.items[start : start + count]))


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
