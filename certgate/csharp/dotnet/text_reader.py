"""``StringReader`` and ``StringWriter`` of ``System.IO``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.composite import format_composite
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import KEYWORDS, define
from certgate.csharp.values import NetArray, NetObject, text_of

READER_BASE = define(
    "System.IO.TextReader",
    bases=("IDisposable",),
    known="Close Dispose Equals GetHashCode GetType Null Peek Read ReadAsync ReadBlock "
    "ReadBlockAsync ReadLine ReadLineAsync "
    "ReadToEnd ReadToEndAsync ReferenceEquals Synchronized ToString",
)
READER = define(
    "System.IO.StringReader",
    bases=("System.IO.TextReader",),
    allowed=True,
    known="Close Dispose Equals GetHashCode GetType Null Peek Read ReadAsync ReadBlock "
    "ReadBlockAsync ReadLine ReadLineAsync "
    "ReadToEnd ReadToEndAsync ReferenceEquals Synchronized ToString",
)
_WRITER_NAMES = (
    "Close Dispose DisposeAsync Encoding Equals Flush FlushAsync FormatProvider GetHashCode "
    "GetStringBuilder GetType NewLine Null "
    "ReferenceEquals Synchronized ToString Write WriteAsync WriteLine WriteLineAsync"
)
WRITER_BASE = define("System.IO.TextWriter", bases=("IDisposable",), known=_WRITER_NAMES)
WRITER = define("System.IO.StringWriter", bases=("System.IO.TextWriter",), allowed=True, known=_WRITER_NAMES)


class ReaderValue(NetObject):
    """`text` is None once it was disposed of."""

    __slots__ = ("at", "text")

    net_type = READER.type

    def __init__(self, text: str) -> None:
        self.text: str | None = text
        self.at = 0

    def rest(self) -> str:
        """What was not read yet. ObjectDisposedException."""
        if self.text is None:
            raise faults.thrown("System.ObjectDisposedException", "Cannot read from a closed TextReader.")
        return self.text[self.at :]


class WriterValue(NetObject):
    __slots__ = ("closed", "parts")

    net_type = WRITER.type

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.closed = False

    def write(self, text: str) -> None:
        if self.closed:
            raise faults.thrown("System.ObjectDisposedException", "Cannot write to a closed TextWriter.")
        charge_size(len(text))
        self.parts.append(text)

    def to_text(self) -> str:
        return "".join(self.parts)


@READER.constructor("StringReader(string s)")
def make_reader(text: str | None) -> ReaderValue:
    if text is None:
        raise faults.argument_null("s")
    return ReaderValue(text)


@READER.method("string ReadLine()")
def read_line(self: ReaderValue) -> str | None:
    """Up to CR, LF or CR LF; null at the end."""
    rest = self.rest()
    if not rest:
        return None
    ends = [place for place in (rest.find("\n"), rest.find("\r")) if place >= 0]
    if not ends:
        self.at += len(rest)
        return rest
    end = min(ends)
    self.at += end + (2 if rest.startswith("\r\n", end) else 1)
    return rest[:end]


@READER.method("string ReadToEnd()")
def read_to_end(self: ReaderValue) -> str:
    rest = self.rest()
    self.at += len(rest)
    return rest


@READER.method("int Peek()")
def peek(self: ReaderValue) -> int:
    rest = self.rest()
    return ord(rest[0]) if rest else -1


@READER.method("int Read()")
def read(self: ReaderValue) -> int:
    found = peek(self)
    self.at += found >= 0
    return found


@READER_BASE.method("void Dispose()")
@READER.method("void Close()")
def dispose_reader(self: ReaderValue) -> None:
    self.text = None


@WRITER.constructor("StringWriter()")
def make_writer() -> WriterValue:
    return WriterValue()


@WRITER.constructor("StringWriter(IFormatProvider formatProvider)")
def make_writer_provider(provider: Any) -> WriterValue:
    return WriterValue()


@WRITER.method("string ToString()")
def to_string(self: WriterValue) -> str:
    return self.to_text()


@WRITER_BASE.method("void Dispose()")
@WRITER.method("void Close()")
def dispose_writer(self: WriterValue) -> None:
    self.closed = True


def _write(self: WriterValue, value: Any = None) -> None:
    self.write(text_of(value))


def _write_line(self: WriterValue, value: Any = None) -> None:
    self.write(text_of(value) + "\n")


for _keyword in (*KEYWORDS,):
    if _keyword not in ("void", "byte", "sbyte", "short", "ushort"):
        WRITER_BASE.method(f"void Write({_keyword} value)")(_write)
        WRITER_BASE.method(f"void WriteLine({_keyword} value)")(_write_line)
WRITER_BASE.method("void WriteLine()")(_write_line)


@WRITER_BASE.method("void Write(string format, params object[] arg)")
def write_format(self: WriterValue, template: str | None, values: NetArray | None) -> None:
    self.write(_formatted(template, values))


@WRITER_BASE.method("void WriteLine(string format, params object[] arg)")
def write_line_format(self: WriterValue, template: str | None, values: NetArray | None) -> None:
    self.write(_formatted(template, values) + "\n")


def _formatted(template: str | None, values: NetArray | None) -> str:
    if template is None or values is None:
        raise faults.argument_null("format" if template is None else "arg")
    return format_composite(template, values.items)


@WRITER_BASE.method("void Flush()")
def flush(self: WriterValue) -> None:
    """Nothing waits."""
