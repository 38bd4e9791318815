"""Appending to a ``StringBuilder``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import composite
from certgate.csharp.dotnet.text.stringbuilder_value import BUILDER, SIMPLE, BuilderValue
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import NetArray, iterate, text_of


def _append(self: BuilderValue, value: Any) -> BuilderValue:
    return self.append(text_of(value))


for _name in SIMPLE:
    BUILDER.method(f"StringBuilder Append({_name} value)")(_append)


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
    for number, name in ((start, "startIndex"), (count, "count")):
        if number < 0:
            raise faults.negative(name, number)
    if value is None:
        if not start and not count:
            return self
        raise faults.argument_null("value")
    if count and start > len(value) - count:
        raise faults.index_less_or_equal("startIndex")
    return self.append(value[start : start + count])


@BUILDER.method("StringBuilder AppendLine()")
def append_line_end(self: BuilderValue) -> BuilderValue:
    return self.append("\n")


@BUILDER.method("StringBuilder AppendLine(string value)")
def append_line(self: BuilderValue, value: str | None) -> BuilderValue:
    return self.append(value or "").append("\n")


def _formatted(pattern: str | None, arguments: tuple[Any, ...]) -> str:
    if pattern is None:
        raise faults.argument_null("format")
    return composite.format_composite(pattern, arguments)


@BUILDER.method("StringBuilder AppendFormat(string format, object arg0)")
@BUILDER.method("StringBuilder AppendFormat(string format, object arg0, object arg1)")
@BUILDER.method("StringBuilder AppendFormat(string format, object arg0, object arg1, object arg2)")
def append_format(self: BuilderValue, pattern: str | None, *arguments: Any) -> BuilderValue:
    self.exact = False
    return self.append(_formatted(pattern, arguments))


@BUILDER.method("StringBuilder AppendFormat(string format, params object[] args)")
def append_format_array(self: BuilderValue, pattern: str | None, arguments: NetArray | None) -> BuilderValue:
    if arguments is None:
        raise faults.argument_null("args" if pattern is not None else "format")
    return append_format(self, pattern, *arguments.items)


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


@BUILDER.method("StringBuilder Append(char[] value, int startIndex, int charCount)")
def append_characters_part(self: BuilderValue, value: NetArray | None, start: int, count: int) -> BuilderValue:
    for number, name in ((start, "startIndex"), (count, "charCount")):
        if number < 0:
            raise faults.negative(name, number)
    if value is None:
        if start == count == 0:
            return self
        raise faults.argument_null("value")
    if count > len(value) - start:
        raise faults.index_less_or_equal("charCount")
    return self.append("".join(value.items[start : start + count]))


@BUILDER.method("StringBuilder Append(StringBuilder value, int startIndex, int count)")
def append_builder_part(self: BuilderValue, value: BuilderValue | None, start: int, count: int) -> BuilderValue:
    for number, name in ((start, "startIndex"), (count, "count")):
        if number < 0:
            raise faults.negative(name, number)
    if value is None:
        if start == count == 0:
            return self
        raise faults.argument_null("value")
    if count and count > value.length - start:
        raise faults.index_less_or_equal("startIndex")
    return self.append(value.text[start : start + count])


def _append_provided(self: BuilderValue, provider: Any, pattern: str | None, *arguments: Any) -> BuilderValue:
    return append_format(self, pattern, *arguments)


for _count in (1, 2, 3):
    _arguments = ", ".join(f"object arg{number}" for number in range(_count))
    BUILDER.method(f"StringBuilder AppendFormat(IFormatProvider provider, string format, {_arguments})")(
        _append_provided
    )
