"""``TextWriter`` and ``StringWriter`` of ``System.IO``. Writers to streams: ``stream_text.py``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.io.text_types import STRING_WRITER, TEXT_WRITER
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import format_composite
from certgate.csharp.dotnet.text.stringbuilder_value import BuilderValue
from certgate.csharp.types import KEYWORDS, NetType
from certgate.csharp.values import NetArray, NetObject, text_of


class WriterValue(NetObject):
    """A writer of text; `ending` ends its lines."""

    __slots__ = ("closed", "ending", "net_type")

    def __init__(self, net_type: NetType) -> None:
        self.net_type = net_type
        self.closed = False
        self.ending = "\n"

    def check(self) -> None:
        """ObjectDisposedException."""
        if self.closed:
            raise faults.thrown("System.ObjectDisposedException", "Cannot write to a closed TextWriter.")

    def write(self, text: str) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        """Nothing waits."""

    def dispose(self) -> None:
        self.closed = True


class StringWriterValue(WriterValue):
    """Writes into a StringBuilder, which may be shared."""

    __slots__ = ("builder",)

    def __init__(self, builder: BuilderValue | None = None) -> None:
        super().__init__(STRING_WRITER.type)
        self.builder = BuilderValue() if builder is None else builder

    def write(self, text: str) -> None:
        self.check()
        self.builder.append(text)

    def to_text(self) -> str:
        return self.builder.to_text()


STRING_WRITER.constructor("StringWriter()")(StringWriterValue)
STRING_WRITER.constructor("StringWriter(IFormatProvider formatProvider)")(lambda provider: StringWriterValue())


@STRING_WRITER.constructor("StringWriter(System.Text.StringBuilder sb)")
def make_over(builder: BuilderValue | None) -> StringWriterValue:
    if builder is None:
        raise faults.argument_null("sb")
    return StringWriterValue(builder)


@STRING_WRITER.constructor("StringWriter(System.Text.StringBuilder sb, IFormatProvider formatProvider)")
def make_over_provider(builder: BuilderValue | None, provider: Any) -> StringWriterValue:
    return make_over(builder)


@STRING_WRITER.method("string ToString()")
def to_string(self: StringWriterValue) -> str:
    return self.to_text()


@STRING_WRITER.method("System.Text.StringBuilder GetStringBuilder()")
def get_string_builder(self: StringWriterValue) -> BuilderValue:
    return self.builder


@STRING_WRITER.property("System.Text.Encoding Encoding")
def get_encoding(self: StringWriterValue) -> Any:
    from certgate.csharp.dotnet.text import encoding

    member = encoding.ENCODING.members("Unicode")[0]
    return member.call() if member.call is not None else None


@TEXT_WRITER.property("string NewLine { get; set; }")
def get_new_line(self: WriterValue) -> str:
    return self.ending


@get_new_line.set
def set_new_line(self: WriterValue, value: str | None) -> None:
    self.ending = "\n" if value is None else value


def write(self: WriterValue, value: Any = None) -> None:
    self.check()
    self.write(text_of(value))


def write_line(self: WriterValue, value: Any = None) -> None:
    self.check()
    self.write(text_of(value) + self.ending)


def _characters(buffer: NetArray | None, index: int, count: int) -> str:
    """A part of an array as text."""
    if buffer is None:
        raise faults.argument_null("buffer")
    for value, name in ((index, "index"), (count, "count")):
        if value < 0:
            raise faults.negative(name, value)
    if len(buffer) - index < count:
        raise faults.argument(
            "Offset and length were out of bounds for the array or count is greater than the number of elements from "
            "index to the end of the source collection."
        )
    return "".join(buffer.items[index : index + count])


def write_part(self: WriterValue, buffer: NetArray | None, index: int, count: int) -> None:
    self.write(_characters(buffer, index, count))


def write_characters(self: WriterValue, buffer: NetArray | None) -> None:
    self.write("" if buffer is None else "".join(buffer.items))


def declare_writing(definition: Any) -> None:
    """The members that the writers override."""
    definition.method("void Write(char value)")(write)
    definition.method("void Write(string value)")(write)
    definition.method("void Write(char[] buffer, int index, int count)")(write_part)
    definition.method("void Close()")(lambda self: self.dispose())


declare_writing(TEXT_WRITER)
declare_writing(STRING_WRITER)
STRING_WRITER.method("void Write(System.Text.StringBuilder value)")(write)
STRING_WRITER.method("void WriteLine(System.Text.StringBuilder value)")(write_line)

for _keyword in KEYWORDS:
    if _keyword not in ("void", "byte", "sbyte", "short", "ushort"):
        if _keyword not in ("char", "string"):
            TEXT_WRITER.method(f"void Write({_keyword} value)")(write)
        TEXT_WRITER.method(f"void WriteLine({_keyword} value)")(write_line)
TEXT_WRITER.method("void WriteLine()")(write_line)
TEXT_WRITER.method("void Write(System.Text.StringBuilder value)")(write)
TEXT_WRITER.method("void WriteLine(System.Text.StringBuilder value)")(write_line)
TEXT_WRITER.method("void Write(char[] buffer)")(write_characters)
TEXT_WRITER.method("void Dispose()")(lambda self: self.dispose())
TEXT_WRITER.method("void Flush()")(lambda self: self.flush())


@TEXT_WRITER.method("void WriteLine(char[] buffer)")
def write_line_characters(self: WriterValue, buffer: NetArray | None) -> None:
    self.write(("" if buffer is None else "".join(buffer.items)) + self.ending)


@TEXT_WRITER.method("void WriteLine(char[] buffer, int index, int count)")
def write_line_part(self: WriterValue, buffer: NetArray | None, index: int, count: int) -> None:
    self.write(_characters(buffer, index, count) + self.ending)


def _formatted(template: str | None, values: Any) -> str:
    if template is None or values is None:
        raise faults.argument_null("format" if template is None else "arg")
    return format_composite(template, values)


def _declare_format(method: str, *, line: bool) -> None:
    def run(self: WriterValue, template: str | None, *values: Any) -> None:
        self.write(_formatted(template, values) + (self.ending if line else ""))

    def run_all(self: WriterValue, template: str | None, values: NetArray | None) -> None:
        self.write(_formatted(template, None if values is None else values.items) + (self.ending if line else ""))

    for count in (1, 2, 3):
        names = ", ".join(f"object arg{number}" for number in range(count))
        TEXT_WRITER.method(f"void {method}(string format, {names})")(run)
    TEXT_WRITER.method(f"void {method}(string format, params object[] arg)")(run_all)


_declare_format("Write", line=False)
_declare_format("WriteLine", line=True)
