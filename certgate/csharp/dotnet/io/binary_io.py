"""``BinaryReader`` and ``BinaryWriter``: simple values in the bytes of a stream; the gateway refuses both."""

from __future__ import annotations

import struct
from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.io.stream import StreamValue, close, closed, end_of_stream, given, part_of
from certgate.csharp.dotnet.io.stream_text import encoding_named
from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import KEYWORDS, define
from certgate.csharp.values import NUMBER_CLASSES, ByteArray, Char, NetArray, NetObject, array

_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
READER = define(
    "System.IO.BinaryReader",
    bases=("System.IDisposable",),
    known="BaseStream Close Dispose PeekChar Read Read7BitEncodedInt Read7BitEncodedInt64 ReadBoolean ReadByte "
    "ReadBytes ReadChar ReadChars ReadDecimal ReadDouble ReadExactly ReadHalf ReadInt16 ReadInt32 ReadInt64 ReadSByte "
    f"ReadSingle ReadString ReadUInt16 ReadUInt32 ReadUInt64 {_OBJECT}",
)
WRITER = define(
    "System.IO.BinaryWriter",
    bases=("System.IDisposable",),
    known="BaseStream Close Dispose DisposeAsync Flush Null Seek Write Write7BitEncodedInt Write7BitEncodedInt64 "
    f"{_OBJECT}",
)
_FORMATS = {
    "SByte": ("sbyte", "<b"),
    "Byte": ("byte", "<B"),
    "Int16": ("short", "<h"),
    "UInt16": ("ushort", "<H"),
    "Int32": ("int", "<i"),
    "UInt32": ("uint", "<I"),
    "Int64": ("long", "<q"),
    "UInt64": ("ulong", "<Q"),
    "Single": ("float", "<f"),
    "Double": ("double", "<d"),
}


class BinaryValue(NetObject):
    """A BinaryReader or BinaryWriter."""

    __slots__ = ("encoding", "keep", "net_type", "open", "stream")

    def __init__(self, net_type: Any, stream: Any, encoding: Any, keep: bool) -> None:
        self.net_type = net_type
        self.stream: StreamValue = stream
        self.encoding = encoding
        self.keep = keep
        self.open = True

    def take(self, count: int) -> bytes:
        """Exactly so many. EndOfStreamException."""
        if not self.open:
            raise closed()
        found = self.stream.read(count)
        if len(found) < count:
            raise end_of_stream()
        return found

    def write(self, data: bytes) -> None:
        if not self.open:
            raise closed()
        self.stream.write(data)

    def dispose(self) -> None:
        self.open = False
        if not self.keep:
            close(self.stream)


def _declare_making(definition: Any, parameter: str, why: str) -> None:
    name = definition.name

    def make(stream: Any, *more: Any) -> BinaryValue:
        found: StreamValue = given(stream, parameter)
        encoding = given(more[0], "encoding") if more else encoding_named("UTF8")
        if not found.open or (name == "BinaryWriter" and not found.writable):
            raise faults.argument(why)
        return BinaryValue(definition.type, found, encoding, bool(more[1:] and more[1]))

    definition.constructor(f"{name}(System.IO.Stream {parameter})")(make)
    definition.constructor(f"{name}(System.IO.Stream {parameter}, System.Text.Encoding encoding)")(make)
    definition.constructor(f"{name}(System.IO.Stream {parameter}, System.Text.Encoding encoding, bool leaveOpen)")(make)
    definition.property("System.IO.Stream BaseStream")(lambda self: self.stream)
    definition.method("void Close()")(BinaryValue.dispose)
    definition.method("void Dispose()")(BinaryValue.dispose)


_declare_making(READER, "input", "Stream was not readable.")
_declare_making(WRITER, "output", "Stream was not writable.")


def _declare_number(name: str, keyword: str, form: str) -> None:
    python = NUMBER_CLASSES[KEYWORDS[keyword]]
    READER.method(f"{keyword} Read{name}()")(
        lambda self: python(struct.unpack(form, self.take(struct.calcsize(form)))[0])
    )
    WRITER.method(f"void Write({keyword} value)")(lambda self, value: self.write(struct.pack(form, value)))


for _name, (_keyword, _form) in _FORMATS.items():
    _declare_number(_name, _keyword, _form)


READER.method("bool ReadBoolean()")(lambda self: self.take(1) != b"\0")
WRITER.method("void Write(bool value)")(lambda self, value: self.write(b"\1" if value else b"\0"))


@READER.method("byte[] ReadBytes(int count)")
def read_bytes(self: BinaryValue, count: int) -> ByteArray:
    """As many as there are."""
    if count < 0:
        raise faults.negative("count", count)
    return ByteArray(self.stream.read(count))


@READER.method("int Read(byte[] buffer, int index, int count)")
def read_part(self: BinaryValue, buffer: ByteArray | None, index: int, count: int) -> int:
    target = part_of(buffer, index, count)
    found = self.stream.read(count)
    target.items[index : index + len(found)] = found
    return len(found)


@READER.method("int Read7BitEncodedInt()")
def read_packed(self: BinaryValue) -> int:
    number = 0
    for place in range(5):
        byte = self.take(1)[0]
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            if number >> 32:
                break
            return number - (1 << 32) if number >> 31 else number
    raise faults.format_error("Too many bytes in what should have been a 7-bit encoded integer.")


@READER.method("string ReadString()")
def read_string(self: BinaryValue) -> str:
    length = read_packed(self)
    if length < 0:
        message = f"BinaryReader encountered an invalid string length of {length} characters."
        raise faults.thrown("System.IO.IOException", message)
    return str(self.encoding.decode(self.take(length)))


def _character(self: BinaryValue) -> str:
    """The next character of UTF-8; its bytes are read."""
    first = self.stream.read(1)
    if not first:
        return ""
    more = 0 if first[0] < 0xC0 else 1 if first[0] < 0xE0 else 2 if first[0] < 0xF0 else 3
    return str(self.encoding.decode(first + self.stream.read(more)))


@READER.method("char ReadChar()")
def read_char(self: BinaryValue) -> Char:
    found = _character(self)
    if not found:
        raise end_of_stream()
    if len(found) > 1:
        raise faults.argument(
            "The output char buffer is too small to contain the decoded characters, encoding codepage '65001' and "
            "fallback 'System.Text.DecoderReplacementFallback'.",
            "chars",
        )
    return Char(found)


@READER.method("int PeekChar()")
def peek_char(self: BinaryValue) -> int:
    at = self.stream.at
    found = _character(self)
    self.stream.at = at
    return ord(found[0]) if found else -1


@READER.method("int Read()")
def read(self: BinaryValue) -> int:
    found = _character(self)
    return ord(found[0]) if found else -1


@READER.method("char[] ReadChars(int count)")
def read_chars(self: BinaryValue, count: int) -> NetArray:
    if count < 0:
        raise faults.negative("count", count)
    text = ""
    while len(text) < count and (more := _character(self)):
        text += more
    return array(types.CHAR, map(Char, text))


def _packed(number: int) -> bytes:
    rest, out = number & 0xFFFFFFFF, bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes(out) + bytes((rest,))


@WRITER.method("void Write7BitEncodedInt(int value)")
def write_packed(self: BinaryValue, value: int) -> None:
    self.write(_packed(value))


@WRITER.method("void Write(string value)")
def write_string(self: BinaryValue, value: str | None) -> None:
    data = self.encoding.encode(given(value, "value"))
    self.write(_packed(len(data)) + data)


@WRITER.method("void Write(char ch)")
def write_char(self: BinaryValue, value: Char) -> None:
    if 0xD800 <= ord(value) < 0xE000:
        raise faults.argument(
            "Unicode surrogate characters must be written out as pairs together in the same call, not individually. "
            "Consider passing in a character array instead."
        )
    self.write(self.encoding.encode(str.__str__(value)))


@WRITER.method("void Write(char[] chars)")
def write_chars(self: BinaryValue, chars: NetArray | None) -> None:
    self.write(self.encoding.encode("".join(given(chars, "chars").items)))


@WRITER.method("void Write(byte[] buffer)")
def write_bytes(self: BinaryValue, buffer: ByteArray | None) -> None:
    self.write(bytes(given(buffer, "buffer")))


@WRITER.method("void Write(byte[] buffer, int index, int count)")
def write_part(self: BinaryValue, buffer: ByteArray | None, index: int, count: int) -> None:
    self.write(bytes(part_of(buffer, index, count).items[index : index + count]))


WRITER.method("void Flush()")(lambda self: None)
WRITER.signatures("void Write(decimal value)", "long Seek(int offset, System.IO.SeekOrigin origin)")
READER.signatures("decimal ReadDecimal()", "int Read(char[] buffer, int index, int count)")
