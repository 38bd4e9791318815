"""``StreamReader`` and ``StreamWriter``: text in the bytes of a stream; the gateway refuses both."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.io.stream import StreamValue, close, given
from certgate.csharp.dotnet.io.text_reader import ReaderValue, declare_reading
from certgate.csharp.dotnet.io.text_types import STREAM_READER, STREAM_WRITER
from certgate.csharp.dotnet.io.text_writer import WriterValue, declare_writing
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.encoding import ENCODING
from certgate.csharp.runtime import charge_size

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF32"),
    (b"\xef\xbb\xbf", "UTF8"),
    (b"\xff\xfe", "Unicode"),
    (b"\xfe\xff", "BigEndianUnicode"),
)


def encoding_named(name: str) -> Any:
    """One of the encodings that are properties of Encoding."""
    member = ENCODING.members(name)[0]
    assert member.call is not None  # noqa: S101 - declared with a function
    return member.call()


class StreamReaderValue(ReaderValue):
    """Reads the rest of its stream when its text is first asked for."""

    __slots__ = ("detect", "encoding", "keep", "loaded", "stream")

    def __init__(self, stream: StreamValue, encoding: Any, *, detect: bool = True, keep: bool = False) -> None:
        super().__init__(STREAM_READER.type, "")
        self.stream = stream
        self.encoding = encoding
        self.detect = detect
        self.keep = keep
        self.loaded = False

    def load(self) -> str:
        super().load()
        if not self.loaded:
            self.loaded = True
            self.text = self._decoded(self.stream.read(len(self.stream.data)))
        return super().load()

    def _decoded(self, data: bytes) -> str:
        for mark, name in _MARKS if self.detect else ():
            if data.startswith(mark):
                self.encoding = encoding_named(name)
                return str(self.encoding.decode(data[len(mark) :]))
        mark = self.encoding.mark
        return str(self.encoding.decode(data[len(mark) :] if mark and data.startswith(mark) else data))

    def dispose(self) -> None:
        super().dispose()
        if not self.keep:
            close(self.stream)


class StreamWriterValue(WriterValue):
    """What is written waits until it is flushed, but for a part that is too long."""

    __slots__ = ("auto", "encoding", "keep", "marked", "stream", "waiting")

    def __init__(self, stream: StreamValue, encoding: Any, *, mark: bool, keep: bool = False) -> None:
        super().__init__(STREAM_WRITER.type)
        self.stream = stream
        self.encoding = encoding
        self.marked = not mark or stream.at > 0
        self.keep = keep
        self.auto = False
        self.waiting: list[str] = []

    def write(self, text: str) -> None:
        self.check()
        charge_size(len(text))
        self.waiting.append(text)
        if self.auto:
            self.flush()

    def flush(self) -> None:
        self.check()
        text, self.waiting = "".join(self.waiting), []
        mark = b"" if self.marked else self.encoding.mark
        self.marked = True
        data = mark + self.encoding.encode(text)
        if data:
            self.stream.write(data)

    def dispose(self) -> None:
        if not self.closed:
            self.flush()
            self.closed = True
            if not self.keep:
                close(self.stream)


def _reader(stream: Any, encoding: Any = None, detect: bool = True, size: int = -1, keep: bool = False) -> Any:
    found: StreamValue = given(stream, "stream")
    if not found.open:
        raise faults.argument("Stream was not readable.")
    if size == 0 or size < -1:
        raise faults.out_of_range(
            f"bufferSize ('{size}') must be a non-negative and non-zero value.", "bufferSize", size
        )
    return StreamReaderValue(found, encoding_named("UTF8") if encoding is None else encoding, detect=detect, keep=keep)


_STREAM, _ENCODING = "System.IO.Stream stream", "System.Text.Encoding encoding"
STREAM_READER.constructor(f"StreamReader({_STREAM})")(_reader)
STREAM_READER.constructor(f"StreamReader({_STREAM}, bool detectEncodingFromByteOrderMarks)")(
    lambda stream, detect: _reader(stream, None, detect)
)


@STREAM_READER.constructor(f"StreamReader({_STREAM}, {_ENCODING})")
def make_reader(stream: Any, encoding: Any) -> Any:
    return _reader(given(stream, "stream"), given(encoding, "encoding"))


_DETECT = "bool detectEncodingFromByteOrderMarks"
STREAM_READER.constructor(f"StreamReader({_STREAM}, {_ENCODING}, {_DETECT})")(_reader)
STREAM_READER.constructor(f"StreamReader({_STREAM}, {_ENCODING}, {_DETECT}, int bufferSize)")(_reader)
STREAM_READER.constructor(
    f"StreamReader({_STREAM}, {_ENCODING} = null, {_DETECT} = true, int bufferSize = -1, bool leaveOpen = false)"
)(_reader)
declare_reading(STREAM_READER)


@STREAM_READER.property("bool EndOfStream")
def get_end_of_stream(self: StreamReaderValue) -> bool:
    return self.at >= len(self.load())


@STREAM_READER.property("System.IO.Stream BaseStream")
def get_reader_stream(self: StreamReaderValue) -> StreamValue:
    return self.stream


@STREAM_READER.property("System.Text.Encoding CurrentEncoding")
def get_current_encoding(self: StreamReaderValue) -> Any:
    return self.encoding


def _writer(stream: Any, encoding: Any = None, size: int = -1, keep: bool = False) -> Any:
    found: StreamValue = given(stream, "stream")
    if not found.open or not found.writable:
        raise faults.argument("Stream was not writable.")
    if size == 0 or size < -1:
        raise faults.out_of_range(
            f"bufferSize ('{size}') must be a non-negative and non-zero value.", "bufferSize", size
        )
    mark = encoding is not None
    return StreamWriterValue(found, encoding_named("UTF8") if encoding is None else encoding, mark=mark, keep=keep)


STREAM_WRITER.constructor(f"StreamWriter({_STREAM})")(_writer)


@STREAM_WRITER.constructor(f"StreamWriter({_STREAM}, {_ENCODING})")
def make_writer(stream: Any, encoding: Any) -> Any:
    return _writer(given(stream, "stream"), given(encoding, "encoding"))


STREAM_WRITER.constructor(f"StreamWriter({_STREAM}, {_ENCODING}, int bufferSize)")(_writer)
STREAM_WRITER.constructor(f"StreamWriter({_STREAM}, {_ENCODING} = null, int bufferSize = -1, bool leaveOpen = false)")(
    _writer
)
declare_writing(STREAM_WRITER)
STREAM_WRITER.method("void Flush()")(StreamWriterValue.flush)


@STREAM_WRITER.property("bool AutoFlush { get; set; }")
def get_auto_flush(self: StreamWriterValue) -> bool:
    return self.auto


@get_auto_flush.set
def set_auto_flush(self: StreamWriterValue, value: bool) -> None:
    self.auto = value
    if value:
        self.flush()


@STREAM_WRITER.property("System.IO.Stream BaseStream")
def get_writer_stream(self: StreamWriterValue) -> StreamValue:
    return self.stream


@STREAM_WRITER.property("System.Text.Encoding Encoding")
def get_writer_encoding(self: StreamWriterValue) -> Any:
    return self.encoding
