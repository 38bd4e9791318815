"""``ICryptoTransform``: data through a block cipher in pieces, with .NET's paddings and its checks.

The cipher itself is the library's; what is padded, held back and refused is .NET's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto.cipher_modes import ANSI_X923, ISO_10126, NAMESPACE, NONE, PKCS7, ZEROS
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSFORM = define(
    f"{NAMESPACE}.ICryptoTransform",
    kind="interface",
    bases=("IDisposable",),
    known="CanReuseTransform CanTransformMultipleBlocks Dispose InputBlockSize OutputBlockSize TransformBlock "
    "TransformFinalBlock",
)
UNIVERSAL = define("System.Security.Cryptography.UniversalCryptoTransform", bases=(f"{NAMESPACE}.ICryptoTransform",))

PARTIAL_BLOCK = "The input data is not a complete block."
BAD_PADDING = "Padding is invalid and cannot be removed."
_WHOLE_BLOCKS = "TransformBlock may only process bytes in block sized increments."
_START = 60
"""What it costs to start a cipher, in turns of a loop."""
_OUTSIDE = (
    "Offset and length were out of bounds for the array or count is greater than the number of elements from index to "
    "the end of the source collection."
)


class Scheme:
    """How data is cut and padded: `unit` is the block in bytes that a padding fills; `random` gives random bytes."""

    __slots__ = ("padding", "random", "unit")

    def __init__(self, padding: int, unit: int, random: Callable[[int], bytes]) -> None:
        self.padding = padding
        self.unit = unit
        self.random = random

    @property
    def removes(self) -> bool:
        """Whether deciphering has to look at the last block."""
        return self.padding in (PKCS7, ANSI_X923, ISO_10126)

    def pad(self, data: bytes) -> bytes:
        """Fill the last block. CryptographicException where that is not wanted and it is not full."""
        left = len(data) % self.unit
        count = self.unit - left
        match self.padding:
            case _ if self.padding == NONE:
                if left:
                    raise faults.cryptographic(PARTIAL_BLOCK)
                return data
            case _ if self.padding == ZEROS:
                return data + bytes(count) if left else data
            case _ if self.padding == PKCS7:
                return data + bytes([count]) * count
            case _ if self.padding == ANSI_X923:
                return data + bytes(count - 1) + bytes([count])
        return data + self.random(count - 1) + bytes([count])

    def unpad(self, data: bytes) -> bytes:
        """Take the padding off. CryptographicException where it is none."""
        if not self.removes or not data:
            return data
        count = data[-1]
        filler = data[-count:-1]
        fits = 0 < count <= self.unit
        if self.padding == PKCS7:
            fits = fits and filler == bytes([count]) * (count - 1)
        elif self.padding == ANSI_X923:
            fits = fits and not any(filler)
        if not fits:
            raise faults.cryptographic(BAD_PADDING)
        return data[:-count]


class TransformValue(NetObject):
    """One direction of a cipher. `fresh` starts the cipher anew: a function from bytes to bytes, whole units each."""

    __slots__ = ("_cipher", "_encrypts", "_fresh", "_held", "disposed", "scheme")

    net_type = UNIVERSAL.type

    def __init__(self, scheme: Scheme, fresh: Callable[[], Callable[[bytes], bytes]], encrypts: bool) -> None:
        charge_steps(_START)
        self.scheme = scheme
        self._fresh = fresh
        self._cipher = fresh()
        self._encrypts = encrypts
        self._held = b""
        self.disposed = False

    def blocks(self, data: bytes) -> bytes:
        """Whole units in the middle of the data; where a padding is to be removed the last one is held back."""
        self._usable()
        charge_steps(len(data) >> 6)
        if self._encrypts or not self.scheme.removes:
            return self._cipher(data)
        ready = self._held + data
        self._held = ready[-self.scheme.unit :]
        return self._cipher(ready[: -self.scheme.unit])

    def end(self, data: bytes) -> bytes:
        """The rest of the data; the next begins anew."""
        self._usable()
        charge_size(len(data) + self.scheme.unit)
        charge_steps(len(data) >> 6)
        try:
            if self._encrypts:
                return self._cipher(self.scheme.pad(data))
            if len(data) % self.scheme.unit:
                raise faults.cryptographic(PARTIAL_BLOCK)
            return self.scheme.unpad(self._cipher(self._held + data))
        finally:
            self._held = b""
            charge_steps(_START)
            self._cipher = self._fresh()

    def _usable(self) -> None:
        if self.disposed:
            raise UnsupportedReached("certgate does not know what a transform does after Dispose()")


def _part(data: ByteArray | None, offset: int, count: int, whole: int | None) -> bytes:
    """A part of the input; `whole`: its count has to be a multiple of that, and not zero."""
    if data is None:
        raise faults.argument_null("inputBuffer")
    if offset < 0:
        raise faults.negative("inputOffset", offset)
    if offset > len(data):
        raise faults.too_large("inputOffset", offset, len(data))
    if whole is not None:
        if count <= 0:
            raise faults.not_positive("inputCount", count)
        if count % whole:
            raise faults.out_of_range(_WHOLE_BLOCKS, "inputCount")
    elif count < 0:
        raise faults.negative("inputCount", count)
    if count > len(data) - offset:
        raise faults.out_of_range(_OUTSIDE, "inputCount")
    return bytes(data.items[offset : offset + count])


@TRANSFORM.method(
    "int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)"
)
def transform_block(
    self: Any, data: ByteArray | None, offset: int, count: int, out: ByteArray | None, out_offset: int
) -> int:
    if not isinstance(self, TransformValue):
        from certgate.csharp.dotnet.crypto import hashes

        return hashes.transform_block(self, data, offset, count, out, out_offset)
    part = _part(data, offset, count, self.scheme.unit)
    if out is None:
        raise faults.argument_null("outputBuffer")
    if out_offset > len(out):
        raise faults.too_large("outputOffset", out_offset, len(out))
    if out_offset < 0 or count > len(out) - out_offset:
        raise faults.out_of_range(_OUTSIDE, "outputBuffer")
    done = self.blocks(part)
    out.items[out_offset : out_offset + len(done)] = done
    return len(done)


@TRANSFORM.method("byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)")
def transform_final_block(self: Any, data: ByteArray | None, offset: int, count: int) -> ByteArray:
    if not isinstance(self, TransformValue):
        from certgate.csharp.dotnet.crypto import hashes

        return hashes.transform_final_block(self, data, offset, count)
    return ByteArray(self.end(_part(data, offset, count, None)))


for _name in ("CanReuseTransform", "CanTransformMultipleBlocks"):
    TRANSFORM.property(f"bool {_name}")(lambda self: True)
for _name in ("InputBlockSize", "OutputBlockSize"):
    TRANSFORM.property(f"int {_name}")(lambda self: self.scheme.unit if isinstance(self, TransformValue) else 1)


@TRANSFORM.method("void Dispose()")
def dispose(self: Any) -> None:
    self.disposed = True
