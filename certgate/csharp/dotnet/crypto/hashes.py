"""``HashAlgorithm``, ``KeyedHashAlgorithm`` and ``HMAC``: what every digest can do. The digests: ``hash_types.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import TypeDefinition

NAMESPACE = "System.Security.Cryptography"
MEMBERS = (
    "CanReuseTransform CanTransformMultipleBlocks Clear ComputeHash ComputeHashAsync Create Dispose "
    "Equals GetHashCode GetType Hash "
    "HashSize Initialize InputBlockSize OutputBlockSize ReferenceEquals ToString TransformBlock "
    "TransformFinalBlock TryComputeHash "
)
KEYED_MEMBERS = "HashName Key "
_BASES = ("IDisposable", f"{NAMESPACE}.ICryptoTransform")

HASH = define(f"{NAMESPACE}.HashAlgorithm", bases=_BASES, allowed=True, known=MEMBERS)
KEYED = define(
    f"{NAMESPACE}.KeyedHashAlgorithm", bases=(f"{NAMESPACE}.HashAlgorithm",), allowed=True, known=MEMBERS + "Key"
)
HMAC = define(
    f"{NAMESPACE}.HMAC", bases=(f"{NAMESPACE}.KeyedHashAlgorithm",), allowed=True, known=MEMBERS + KEYED_MEMBERS
)

BITS = {"SHA1": 160, "SHA256": 256, "SHA384": 384, "SHA512": 512, "MD5": 128}
"""Digest -> its size."""
OFFSET_AND_LENGTH = (
    "Offset and length were out of bounds for the array or count is greater than the number of elements from index to "
    "the end of the source collection."
)
_START = 6
"""What it costs to start a digest, in turns of a loop."""
NOT_FINISHED = "Hash must be finalized before the hash value is retrieved."
KEY_IN_USE = "Hash key cannot be changed after the first write to the stream."
ANOTHER_NAME = "Setting the hashname after it's already been set is not supported on this platform."
NO_DEFAULT = "This platform does not allow the automatic selection of an algorithm."


class HashValue(NetObject):
    """A hash algorithm. `key_bytes` is None for one without a key; `pending` gathers what TransformBlock was given,
    and `started` says that it was given anything since the last end."""

    __slots__ = ("digest", "disposed", "finished", "key_bytes", "net_type", "pending", "started")

    def __init__(self, definition: TypeDefinition, digest: str, key: bytes | None = None) -> None:
        self.net_type = definition.type
        self.digest = digest
        self.key_bytes = key
        self.pending = bytearray()
        self.finished: bytes | None = None
        self.started = False
        self.disposed = False

    @property
    def run_time_name(self) -> str:
        return self.net_type.reflection_name

    def to_text(self) -> str:
        return self.run_time_name

    def usable(self) -> HashValue:
        if self.disposed:
            raise disposed(self.run_time_name)
        return self

    def end(self, data: bytes) -> bytes:
        """The digest of what was gathered and of `data`; the next one starts afresh."""
        self.finished = compute(self.digest, bytes(self.pending) + data, self.key_bytes)
        self.pending.clear()
        return self.finished


def compute(digest: str, data: bytes, key: bytes | None = None) -> bytes:
    """The digest of some bytes, keyed where there is a key."""
    import hashlib
    import hmac

    charge_steps((_START if key is None else 2 * _START) + (len(data) >> 8))
    if key is not None:
        return hmac.new(key, data, digest).digest()
    return hashlib.new(digest, data, usedforsecurity=False).digest()


def disposed(name: str) -> ThrownException:
    return faults.thrown("System.ObjectDisposedException", f"Cannot access a disposed object.\nObject name: '{name}'.")


def given(data: ByteArray | None, parameter: str) -> bytes:
    """The bytes of an argument that must not be null."""
    if data is None:
        raise faults.argument_null(parameter)
    return bytes(data)


def _part(data: ByteArray | None, offset: int, count: int, names: tuple[str, str, str]) -> bytes:
    """A part of an array; `names` are those of the parameters."""
    array, start, length = names
    if data is None:
        raise faults.argument_null(array)
    if offset < 0:
        raise faults.negative(start, offset)
    if not 0 <= count <= len(data):
        raise faults.argument("Value was invalid.", length)
    if len(data) - count < offset:
        raise faults.argument(OFFSET_AND_LENGTH)
    return bytes(data.items[offset : offset + count])


_INPUT = ("inputBuffer", "inputOffset", "inputCount")


@HASH.method("byte[] ComputeHash(byte[] buffer)")
def compute_hash(self: HashValue, data: ByteArray | None) -> ByteArray:
    return ByteArray(self.usable().end(given(data, "buffer")))


@HASH.method("byte[] ComputeHash(byte[] buffer, int offset, int count)")
def compute_part(self: HashValue, data: ByteArray | None, offset: int, count: int) -> ByteArray:
    part = _part(data, offset, count, ("buffer", "offset", "count"))
    return ByteArray(self.usable().end(part))


@HASH.method(
    "int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)"
)
def transform_block(
    self: HashValue, data: ByteArray | None, offset: int, count: int, out: ByteArray | None, out_offset: int
) -> int:
    part = _part(data, offset, count, _INPUT)
    charge_size(count)
    self.usable().started = True
    self.pending += part
    if out is not None and (out is not data or out_offset != offset):
        _copy(part, out, out_offset)
    return count


def _copy(part: bytes, out: ByteArray, offset: int) -> None:
    if offset < 0:
        raise faults.negative("dstOffset", offset)
    if len(out) - offset < len(part):
        raise faults.argument(OFFSET_AND_LENGTH)
    out.items[offset : offset + len(part)] = part


@HASH.method("byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)")
def transform_final_block(self: HashValue, data: ByteArray | None, offset: int, count: int) -> ByteArray:
    part = _part(data, offset, count, _INPUT)
    self.usable().end(part)
    self.started = False
    return ByteArray(part)


@HASH.property("byte[] Hash")
def get_hash(self: HashValue) -> ByteArray | None:
    if self.usable().started:
        raise faults.thrown(f"{NAMESPACE}.CryptographicUnexpectedOperationException", NOT_FINISHED)
    return None if self.finished is None else ByteArray(self.finished)


@HASH.property("int HashSize")
def get_hash_size(self: HashValue) -> int:
    return BITS[self.digest.upper()]


for _name in ("CanReuseTransform", "CanTransformMultipleBlocks"):
    HASH.property(f"bool {_name}")(lambda self: True)
for _name in ("InputBlockSize", "OutputBlockSize"):
    HASH.property(f"int {_name}")(lambda self: 1)


@HASH.method("void Initialize()")
def initialize(self: HashValue) -> None:
    self.pending.clear()


@HASH.method("void Dispose()")
@HASH.method("void Clear()")
def dispose(self: HashValue) -> None:
    self.disposed = True


@KEYED.property("byte[] Key { get; set; }")
def get_key(self: HashValue) -> ByteArray:
    return ByteArray(self.key_bytes or b"")


@get_key.set
def set_key(self: HashValue, key: ByteArray | None) -> None:
    data = given(key, "value")
    if self.started:
        raise faults.cryptographic(KEY_IN_USE)
    self.key_bytes = data


@HMAC.property("string HashName { get; set; }")
def get_hash_name(self: HashValue) -> str:
    return self.digest.upper()


@get_hash_name.set
def set_hash_name(self: HashValue, name: str | None) -> None:
    """It takes no other name than its own."""
    if name is None:
        raise faults.argument_null("HashName")
    if name != self.digest.upper():
        raise faults.thrown("System.PlatformNotSupportedException", ANOTHER_NAME)


@HASH.method("static HashAlgorithm Create()")
@KEYED.method("static KeyedHashAlgorithm Create()")
@HMAC.method("static HMAC Create()")
def create_default() -> Any:
    raise faults.thrown("System.PlatformNotSupportedException", NO_DEFAULT)


@HASH.method("static HashAlgorithm Create(string hashName)", ambient=True)
@KEYED.method("static KeyedHashAlgorithm Create(string algName)", ambient=True)
@HMAC.method("static HMAC Create(string algorithmName)", ambient=True)
def create(run: Evaluation, name: str | None) -> HashValue | None:
    from certgate.csharp.dotnet.crypto.hash_types import by_name

    return by_name(run, name)


@HASH.method("byte[] ComputeHash(System.IO.Stream inputStream)")
def compute_stream(self: HashValue, stream: Any) -> ByteArray:
    return ByteArray(self.usable().end(rest_of(stream, "inputStream")))


def rest_of(stream: Any, parameter: str) -> bytes:
    """What a stream still holds, read to its end."""
    if stream is None:
        raise faults.argument_null(parameter)
    return bytes(stream.read(len(stream.data)))
