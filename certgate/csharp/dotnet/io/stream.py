"""``Stream`` and ``MemoryStream`` of ``System.IO``: bytes in memory, nothing else; the gateway refuses both."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import TypeDefinition, define, define_enum
from certgate.csharp.values import ByteArray, EnumValue, Long, NetObject

_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
STREAM = define(
    "System.IO.Stream",
    bases=("System.IDisposable",),
    abstract=True,
    known="BeginRead BeginWrite CanRead CanSeek CanTimeout CanWrite Close CopyTo CopyToAsync Dispose DisposeAsync "
    "EndRead EndWrite Flush FlushAsync Length Null Position Read ReadAsync ReadAtLeast ReadAtLeastAsync ReadByte "
    "ReadExactly ReadExactlyAsync ReadTimeout Seek SetLength Synchronized Write WriteAsync WriteByte WriteTimeout "
    f"{_OBJECT}",
)
MEMORY = define(
    "System.IO.MemoryStream",
    bases=("System.IO.Stream",),
    known="CanRead CanSeek CanWrite Capacity CopyTo CopyToAsync Flush FlushAsync GetBuffer Length Position Read "
    "ReadAsync ReadByte Seek SetLength ToArray TryGetBuffer Write WriteAsync WriteByte WriteTo",
)
ORIGIN = define_enum("System.IO.SeekOrigin", {"Begin": 0, "Current": 1, "End": 2})

INVALID_RANGE = (
    "Offset and length were out of bounds for the array or count is greater than the number of elements from index to "
    "the end of the source collection."
)
_MOST = 0x7FFFFFC7


class StreamValue(NetObject):
    """A MemoryStream. `most` is the size of the array it was made over, None where it grows."""

    __slots__ = ("at", "data", "most", "open", "room", "visible", "writable")

    net_type = MEMORY.type

    def __init__(
        self, data: bytes = b"", *, writable: bool = True, most: int | None = None, visible: bool = True
    ) -> None:
        charge_size(len(data))
        self.data = bytearray(data)
        self.at = 0
        self.writable = writable
        self.most = most
        self.visible = visible
        self.open = True
        self.room = len(data) if most is not None else 0

    def check(self) -> StreamValue:
        """ObjectDisposedException."""
        if not self.open:
            raise closed()
        return self

    def read(self, count: int) -> bytes:
        found = bytes(self.check().data[self.at : self.at + count])
        charge_size(len(found))
        self.at += len(found)
        return found

    def write(self, data: bytes) -> None:
        """NotSupportedException where the stream takes no more."""
        self.check()
        if not self.writable:
            raise faults.not_supported("Stream does not support writing.")
        end = self.at + len(data)
        self.grow(end)
        charge_size(len(data))
        if self.at > len(self.data):
            self.resize(self.at)
        self.data[self.at : end] = data
        self.at = end

    def shut(self) -> None:
        self.open = False

    def grow(self, size: int) -> None:
        if size <= self.room:
            return
        if self.most is not None:
            raise faults.not_supported("Memory stream is not expandable.")
        self.room = max(size, 256, self.room * 2)

    def resize(self, size: int) -> None:
        charge_size(max(size - len(self.data), 0))
        del self.data[size:]
        self.data.extend(bytes(size - len(self.data)))


def closed() -> Exception:
    return faults.thrown("System.ObjectDisposedException", "Cannot access a closed Stream.")


def given(value: Any, parameter: str) -> Any:
    if value is None:
        raise faults.argument_null(parameter)
    return value


def part_of(buffer: ByteArray | None, offset: int, count: int) -> ByteArray:
    """The buffer, its part checked. ArgumentNullException, ArgumentOutOfRangeException."""
    found: ByteArray = given(buffer, "buffer")
    if offset < 0:
        raise faults.out_of_range("Non-negative number required.", "offset")
    if not 0 <= count <= len(found) - offset:
        raise faults.out_of_range(INVALID_RANGE, "count")
    return found


MEMORY.constructor("MemoryStream()")(StreamValue)


@MEMORY.constructor("MemoryStream(int capacity)")
def make_sized(capacity: int) -> StreamValue:
    if capacity < 0:
        raise faults.negative("capacity", capacity)
    made = StreamValue()
    made.room = capacity
    return made


@MEMORY.constructor("MemoryStream(byte[] buffer)")
def make_over(buffer: ByteArray | None) -> StreamValue:
    return make_over_writable(buffer, True)


@MEMORY.constructor("MemoryStream(byte[] buffer, bool writable)")
def make_over_writable(buffer: ByteArray | None, writable: bool) -> StreamValue:
    """The array is copied: what is written does not show in it."""
    data = bytes(given(buffer, "buffer"))
    return StreamValue(data, writable=writable, most=len(data), visible=False)


@MEMORY.constructor("MemoryStream(byte[] buffer, int index, int count)")
def make_over_part(buffer: ByteArray | None, index: int, count: int) -> StreamValue:
    return make_over_part_all(buffer, index, count, True, False)


@MEMORY.constructor("MemoryStream(byte[] buffer, int index, int count, bool writable)")
def make_over_part_writable(buffer: ByteArray | None, index: int, count: int, writable: bool) -> StreamValue:
    return make_over_part_all(buffer, index, count, writable, False)


@MEMORY.constructor("MemoryStream(byte[] buffer, int index, int count, bool writable, bool publiclyVisible)")
def make_over_part_all(buffer: ByteArray | None, index: int, count: int, writable: bool, visible: bool) -> StreamValue:
    found = given(buffer, "buffer")
    for value, name in ((index, "index"), (count, "count")):
        if value < 0:
            raise faults.negative(name, value)
    if len(found) - index < count:
        raise faults.argument(INVALID_RANGE)
    data = bytes(found.items[index : index + count])
    return StreamValue(data, writable=writable, most=count, visible=visible)


def _get_position(self: StreamValue) -> Long:
    return Long(self.check().at)


def _set_position(self: StreamValue, value: int) -> None:
    if value < 0:
        raise faults.negative("value", value)
    self.check().at = _limited(int(value), "value")


def _limited(number: int, parameter: str) -> int:
    if number > _MOST:
        raise faults.out_of_range("Stream length must be non-negative and less than 2^31 - 1 - origin.", parameter)
    return number


def _read(self: StreamValue, buffer: ByteArray | None, offset: int, count: int) -> int:
    target = part_of(buffer, offset, count)
    found = self.read(count)
    target.items[offset : offset + len(found)] = found
    return len(found)


def _read_byte(self: StreamValue) -> int:
    found = self.read(1)
    return found[0] if found else -1


def _write(self: StreamValue, buffer: ByteArray | None, offset: int, count: int) -> None:
    self.write(bytes(part_of(buffer, offset, count).items[offset : offset + count]))


def _seek(self: StreamValue, offset: int, origin: EnumValue) -> Long:
    self.check()
    bases = {0: 0, 1: self.at, 2: len(self.data)}
    if origin.value not in bases:
        raise faults.argument("Invalid seek origin.")
    target = bases[origin.value] + int(offset)
    if target < 0:
        message = "An attempt was made to move the position before the beginning of the stream."
        raise faults.thrown("System.IO.IOException", message)
    self.at = _limited(target, "offset")
    return Long(self.at)


def _set_length(self: StreamValue, value: int) -> None:
    if not 0 <= value <= _MOST:
        raise faults.out_of_range("Stream length must be non-negative and less than 2^31 - 1 - origin.", "value")
    if not self.writable:
        raise faults.not_supported("Stream does not support writing.")
    self.check().grow(int(value))
    self.resize(int(value))
    self.at = min(self.at, int(value))


def _copy_to(self: StreamValue, target: StreamValue | None, size: int = 81920) -> None:
    found: StreamValue = given(target, "destination")
    if size <= 0:
        raise faults.out_of_range(
            f"bufferSize ('{size}') must be a non-negative and non-zero value.", "bufferSize", size
        )
    self.check()
    found.check()
    found.write(self.read(len(self.data)))


def close(self: StreamValue) -> None:
    self.shut()


def _declare_reading(definition: TypeDefinition) -> None:
    """The members that Stream has and MemoryStream overrides."""
    definition.property("bool CanRead")(lambda self: self.open)
    definition.property("bool CanSeek")(lambda self: self.open)
    definition.property("bool CanWrite")(lambda self: self.open and self.writable)
    definition.property("long Length")(lambda self: Long(len(self.check().data)))
    definition.property("long Position { get; set; }")(_get_position).set(_set_position)
    definition.method("int Read(byte[] buffer, int offset, int count)")(_read)
    definition.method("int ReadByte()")(_read_byte)
    definition.method("void Write(byte[] buffer, int offset, int count)")(_write)
    definition.method("void WriteByte(byte value)")(lambda self, value: self.write(bytes((value,))))
    definition.method("long Seek(long offset, System.IO.SeekOrigin loc)")(_seek)
    definition.method("void SetLength(long value)")(_set_length)
    definition.method("void Flush()")(lambda self: None)
    definition.signatures(
        "int Read(System.Span<byte> buffer)",
        "void Write(System.ReadOnlySpan<byte> buffer)",
    )


_declare_reading(STREAM)
_declare_reading(MEMORY)
STREAM.method("void CopyTo(System.IO.Stream destination)")(_copy_to)
STREAM.method("void CopyTo(System.IO.Stream destination, int bufferSize)")(_copy_to)
STREAM.method("void Close()")(close)
STREAM.method("void Dispose()")(close)
STREAM.property("bool CanTimeout")(lambda self: False)


@STREAM.field("static readonly System.IO.Stream Null")
def get_null() -> Any:
    from certgate.csharp.runtime import UnsupportedReached

    raise UnsupportedReached("Stream.Null is not simulated")


@STREAM.method("void ReadExactly(byte[] buffer, int offset, int count)")
def read_exactly(self: StreamValue, buffer: ByteArray | None, offset: int, count: int) -> None:
    if _read(self, buffer, offset, count) < count:
        raise end_of_stream()


def end_of_stream() -> Exception:
    return faults.thrown("System.IO.EndOfStreamException", "Unable to read beyond the end of the stream.")


@MEMORY.property("int Capacity { get; set; }")
def get_capacity(self: StreamValue) -> int:
    return max(self.check().room, len(self.data)) if self.most is None else self.most


@get_capacity.set
def set_capacity(self: StreamValue, value: int) -> None:
    if value < len(self.data):
        raise faults.out_of_range("capacity was less than the current size.", "value")
    if self.check().most is not None and value != self.most:
        raise faults.not_supported("Memory stream is not expandable.")
    self.room = value


@MEMORY.method("byte[] ToArray()")
def to_array(self: StreamValue) -> ByteArray:
    """Also of a closed stream."""
    charge_size(len(self.data))
    return ByteArray(self.data)


@MEMORY.method("byte[] GetBuffer()")
def get_buffer(self: StreamValue) -> ByteArray:
    """With the room behind the data; a copy."""
    if not self.visible:
        message = "MemoryStream's internal buffer cannot be accessed."
        raise faults.thrown("System.UnauthorizedAccessException", message)
    room = max(self.room, len(self.data))
    charge_size(room)
    return ByteArray(bytes(self.data) + bytes(room - len(self.data)))


@MEMORY.method("void WriteTo(System.IO.Stream stream)")
def write_to(self: StreamValue, target: StreamValue | None) -> None:
    given(target, "stream").write(bytes(self.check().data))
