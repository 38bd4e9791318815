"""``CryptoStream``: a stream whose bytes go through a transform on their way to or from another stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto.cipher_modes import NAMESPACE
from certgate.csharp.dotnet.crypto.cipher_transform import TransformValue
from certgate.csharp.dotnet.io.stream import StreamValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import Long

if TYPE_CHECKING:
    from certgate.csharp.values import EnumValue

MODE = define_enum(f"{NAMESPACE}.CryptoStreamMode", {"Read": 0, "Write": 1})
CRYPTO_STREAM = define(
    f"{NAMESPACE}.CryptoStream",
    bases=("System.IO.Stream",),
    known="BeginRead BeginWrite CanRead CanSeek CanWrite Clear CopyTo CopyToAsync DisposeAsync EndRead EndWrite Flush "
    "FlushAsync FlushFinalBlock FlushFinalBlockAsync HasFlushedFinalBlock Length Position Read ReadAsync ReadByte "
    "Seek SetLength Write WriteAsync WriteByte",
)
_READ, _WRITE = 0, 1
_NO_SEEK = "Stream does not support seeking."
_FLUSHED = "FlushFinalBlock() method was called twice on a CryptoStream. It can only be called once."


class CryptoStreamValue(StreamValue):
    """`inner` is the other stream. Reading takes all of it at once, when the first byte is asked for."""

    __slots__ = ("_plain", "finished", "inner", "leave_open", "mode", "pending", "transform")

    net_type = CRYPTO_STREAM.type

    def __init__(self, inner: StreamValue, transform: TransformValue, mode: int, leave_open: bool) -> None:
        self._plain: bytearray | None = None
        self.finished = False
        self.inner = inner
        self.leave_open = leave_open
        self.mode = mode
        self.pending = b""
        self.transform = transform
        super().__init__(writable=mode == _WRITE)

    @property
    def data(self) -> bytearray:
        """What there is to read."""
        if self.mode == _WRITE:
            raise faults.not_supported("Stream does not support reading.")
        if self._plain is None:
            self.finished = True
            self._plain = bytearray(self.transform.end(self.inner.read(len(self.inner.data))))
        return self._plain

    @data.setter
    def data(self, value: bytearray) -> None:
        """The base class begins with nothing; here nobody has read yet."""

    def write(self, data: bytes) -> None:
        self.check()
        if self.mode == _READ:
            raise faults.not_supported("Stream does not support writing.")
        self.pending += data
        whole = len(self.pending) - len(self.pending) % self.transform.scheme.unit
        if whole:
            self.inner.write(self.transform.blocks(self.pending[:whole]))
            self.pending = self.pending[whole:]

    def finish(self) -> None:
        """The last block goes out. NotSupportedException where it did before."""
        if self.finished:
            raise faults.not_supported(_FLUSHED)
        self.finished = True
        if self.mode == _WRITE:
            self.inner.write(self.transform.end(self.pending))
            self.pending = b""

    def shut(self) -> None:
        if self.open and not self.finished and self.mode == _WRITE:
            self.finish()
        super().shut()
        if not self.leave_open:
            self.inner.shut()


@CRYPTO_STREAM.constructor("CryptoStream(System.IO.Stream stream, ICryptoTransform transform, CryptoStreamMode mode)")
def make(stream: StreamValue | None, transform: Any, mode: EnumValue) -> CryptoStreamValue:
    return make_open(stream, transform, mode, False)


@CRYPTO_STREAM.constructor(
    "CryptoStream(System.IO.Stream stream, ICryptoTransform transform, CryptoStreamMode mode, bool leaveOpen)"
)
def make_open(stream: StreamValue | None, transform: Any, mode: EnumValue, leave_open: bool) -> CryptoStreamValue:
    if transform is None:
        raise faults.argument_null("transform")
    if stream is None:
        raise faults.argument_null("stream")
    if mode.value not in (_READ, _WRITE):
        raise faults.argument("Value was invalid.", "mode")
    if mode.value == _WRITE and not (stream.open and stream.writable):
        raise faults.argument("Stream was not writable.", "stream")
    if mode.value == _READ and not stream.open:
        raise faults.argument("Stream was not readable.", "stream")
    if not isinstance(transform, TransformValue):
        raise UnsupportedReached("certgate puts ciphers into a CryptoStream, not digests")
    return CryptoStreamValue(stream, transform, mode.value, leave_open)


@CRYPTO_STREAM.method("void FlushFinalBlock()")
def flush_final_block(self: CryptoStreamValue) -> None:
    self.finish()


@CRYPTO_STREAM.property("bool HasFlushedFinalBlock")
def get_flushed(self: CryptoStreamValue) -> bool:
    return self.finished


@CRYPTO_STREAM.method("void Clear()")
def clear(self: CryptoStreamValue) -> None:
    self.shut()


CRYPTO_STREAM.property("bool CanRead")(lambda self: self.open and self.mode == _READ)
CRYPTO_STREAM.property("bool CanWrite")(lambda self: self.open and self.mode == _WRITE)
CRYPTO_STREAM.property("bool CanSeek")(lambda self: False)


def _no_seek(*_: Any) -> Long:
    raise faults.not_supported(_NO_SEEK)


CRYPTO_STREAM.property("long Length")(_no_seek)
CRYPTO_STREAM.property("long Position { get; set; }")(_no_seek).set(_no_seek)
CRYPTO_STREAM.method("long Seek(long offset, System.IO.SeekOrigin origin)")(_no_seek)
CRYPTO_STREAM.method("void SetLength(long value)")(_no_seek)
