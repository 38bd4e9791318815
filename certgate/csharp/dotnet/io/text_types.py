"""The definitions of the text readers and writers of ``System.IO``."""

from __future__ import annotations

from certgate.csharp.types import define

_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
_READS = (
    "Close Dispose Null Peek Read ReadAsync ReadBlock ReadBlockAsync ReadLine ReadLineAsync ReadToEnd ReadToEndAsync "
    f"Synchronized {_OBJECT}"
)
_WRITES = (
    "Close CreateBroadcasting Dispose DisposeAsync Encoding Flush FlushAsync FormatProvider NewLine Null Synchronized "
    f"Write WriteAsync WriteLine WriteLineAsync {_OBJECT}"
)

TEXT_READER = define("System.IO.TextReader", bases=("IDisposable",), abstract=True, known=_READS)
STRING_READER = define(
    "System.IO.StringReader",
    bases=("System.IO.TextReader",),
    allowed=True,
    known="Close Peek Read ReadAsync ReadBlock ReadBlockAsync ReadLine ReadLineAsync ReadToEnd ReadToEndAsync",
)
STREAM_READER = define(
    "System.IO.StreamReader",
    bases=("System.IO.TextReader",),
    known="BaseStream Close CurrentEncoding DiscardBufferedData EndOfStream Null Peek Read ReadAsync ReadBlock "
    "ReadBlockAsync ReadLine ReadLineAsync ReadToEnd ReadToEndAsync",
)
TEXT_WRITER = define("System.IO.TextWriter", bases=("IDisposable",), abstract=True, known=_WRITES)
STRING_WRITER = define(
    "System.IO.StringWriter",
    bases=("System.IO.TextWriter",),
    allowed=True,
    known="Close Encoding FlushAsync GetStringBuilder ToString Write WriteAsync WriteLine WriteLineAsync",
)
STREAM_WRITER = define(
    "System.IO.StreamWriter",
    bases=("System.IO.TextWriter",),
    known="AutoFlush BaseStream Close DisposeAsync Encoding Flush FlushAsync Null Write WriteAsync WriteLine "
    "WriteLineAsync",
)
