"""``TextReader`` and ``StringReader`` of ``System.IO``. Readers of streams: ``stream_text.py``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.io.text_types import STRING_READER, TEXT_READER
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.types import NetType
from certgate.csharp.values import Char, NetArray, NetObject


class ReaderValue(NetObject):
    """A reader of text; `text` is None once it was disposed of."""

    __slots__ = ("at", "net_type", "text")

    def __init__(self, net_type: NetType, text: str) -> None:
        self.net_type = net_type
        self.text: str | None = text
        self.at = 0

    def load(self) -> str:
        """All text. ObjectDisposedException."""
        if self.text is None:
            raise faults.thrown("System.ObjectDisposedException", "Cannot read from a closed TextReader.")
        return self.text

    def rest(self) -> str:
        """What was not read yet."""
        return self.load()[self.at :]

    def take(self, count: int) -> str:
        """The next characters, at most `count`."""
        found = self.load()[self.at : self.at + count]
        self.at += len(found)
        return found

    def line(self) -> str | None:
        """Up to CR, LF or CR LF; None at the end."""
        text = self.load()
        if self.at >= len(text):
            return None
        ends = [place for place in (text.find("\n", self.at), text.find("\r", self.at)) if place >= 0]
        end = min(ends, default=len(text))
        found = text[self.at : end]
        charge_steps(len(found) >> 6)
        self.at = min(end + (2 if text.startswith("\r\n", end) else 1), len(text))
        return found

    def dispose(self) -> None:
        self.text = None


@STRING_READER.constructor("StringReader(string s)")
def make_reader(text: str | None) -> ReaderValue:
    if text is None:
        raise faults.argument_null("s")
    return ReaderValue(STRING_READER.type, text)


def read_line(self: ReaderValue) -> str | None:
    return self.line()


def read_to_end(self: ReaderValue) -> str:
    return self.take(len(self.load()))


def peek(self: ReaderValue) -> int:
    text = self.load()
    return ord(text[self.at]) if self.at < len(text) else -1


def read(self: ReaderValue) -> int:
    found = self.take(1)
    return ord(found) if found else -1


def read_part(self: ReaderValue, buffer: NetArray | None, index: int, count: int) -> int:
    """Fill a part of an array; how many characters there were."""
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
    found = self.take(count)
    buffer.items[index : index + len(found)] = list(map(Char, found))
    return len(found)


def declare_reading(definition: Any) -> None:
    """The members that the readers override."""
    definition.method("string ReadLine()")(read_line)
    definition.method("string ReadToEnd()")(read_to_end)
    definition.method("int Peek()")(peek)
    definition.method("int Read()")(read)
    definition.method("int Read(char[] buffer, int index, int count)")(read_part)
    definition.method("void Close()")(ReaderValue.dispose)


declare_reading(TEXT_READER)
declare_reading(STRING_READER)
TEXT_READER.method("int ReadBlock(char[] buffer, int index, int count)")(read_part)
TEXT_READER.method("void Dispose()")(lambda self: self.dispose())
