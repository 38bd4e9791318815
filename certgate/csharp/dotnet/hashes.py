"""Digests and keyed digests: SHA1 to SHA512, MD5 and their HMACs."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from certgate.csharp.dotnet import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import ByteArray, NetObject

NAMESPACE = "System.Security.Cryptography"
_MEMBERS = (
    "CanReuseTransform CanTransformMultipleBlocks Clear ComputeHash ComputeHashAsync Create Dispose "
    "Equals GetHashCode GetType Hash "
    "HashSize Initialize InputBlockSize OutputBlockSize ReferenceEquals ToString TransformBlock "
    "TransformFinalBlock TryComputeHash "
)
_STATIC = "HashData HashDataAsync HashSizeInBits HashSizeInBytes TryHashData "
_KEYED = "HashName Key "

HASH = define(f"{NAMESPACE}.HashAlgorithm", bases=("IDisposable",), allowed=True, known=_MEMBERS)
KEYED = define(
    f"{NAMESPACE}.KeyedHashAlgorithm", bases=(f"{NAMESPACE}.HashAlgorithm",), allowed=True, known=_MEMBERS + "Key"
)
HMAC = define(f"{NAMESPACE}.HMAC", bases=(f"{NAMESPACE}.KeyedHashAlgorithm",), allowed=True, known=_MEMBERS + _KEYED)

BITS = {"SHA1": 160, "SHA256": 256, "SHA384": 384, "SHA512": 512, "MD5": 128}


class HashValue(NetObject):
    """A hash algorithm. `key_bytes` is None for one without a key; `pending` gathers what TransformBlock was given."""

    __slots__ = ("digest", "disposed", "finished", "key_bytes", "net_type", "pending")

    def __init__(self, definition: TypeDefinition, digest: str, key: bytes | None = None) -> None:
        self.net_type = definition.type
        self.digest = digest
        self.key_bytes = key
        self.pending = bytearray()
        self.finished: bytes | None = None
        self.disposed = False

    def compute(self, data: bytes) -> bytes:
        charge_steps(len(data) >> 8)
        if self.key_bytes is not None:
            return hmac.new(self.key_bytes, data, self.digest).digest()
        return hashlib.new(self.digest, data, usedforsecurity=False).digest()

    def usable(self) -> HashValue:
        if self.disposed:
            raise faults.thrown("System.ObjectDisposedException", "Cannot access a disposed object.")
        return self


def _slice(data: ByteArray | None, offset: int, count: int, parameter: str = "buffer") -> bytes:
    if data is None:
        raise faults.argument_null(parameter)
    if offset < 0:
        raise faults.negative("offset", offset)
    if not 0 <= count <= len(data):
        raise faults.argument("Value was invalid.", "count")
    if len(data) - count < offset:
        raise faults.argument(
            "Offset and length were out of bounds for the array or count is greater than the number "
            "of elements from index to "
            "the end of the source collection."
        )
    return bytes(data.items[offset : offset + count])


@HASH.method("byte[] ComputeHash(byte[] buffer)")
def compute_hash(self: HashValue, data: ByteArray | None) -> ByteArray:
    return compute_part(self, data, 0, 0 if data is None else len(data))


@HASH.method("byte[] ComputeHash(byte[] buffer, int offset, int count)")
def compute_part(self: HashValue, data: ByteArray | None, offset: int, count: int) -> ByteArray:
    part = _slice(data, offset, count)
    self.usable().finished = self.compute(bytes(self.pending) + part)
    self.pending.clear()
    return ByteArray(self.finished or b"")


@HASH.method(
    "int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)"
)
def transform_block(self: HashValue, data: ByteArray | None, offset: int, count: int, out: Any, out_offset: int) -> int:
    self.usable().pending += _slice(data, offset, count, "inputBuffer")
    return count


@HASH.method("byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)")
def transform_final_block(self: HashValue, data: ByteArray | None, offset: int, count: int) -> ByteArray:
    part = _slice(data, offset, count, "inputBuffer")
    self.usable().finished = self.compute(bytes(self.pending) + part)
    self.pending.clear()
    return ByteArray(part)


@HASH.property("byte[] Hash")
def get_hash(self: HashValue) -> ByteArray | None:
    self.usable()
    return None if self.finished is None else ByteArray(self.finished)


@HASH.property("int HashSize")
def get_hash_size(self: HashValue) -> int:
    return BITS[self.digest.upper()]


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
    if key is None:
        raise faults.argument_null("value")
    self.key_bytes = bytes(key)


@HMAC.property("string HashName { get; set; }")
def get_hash_name(self: HashValue) -> str:
    return self.digest.upper()


HASH.signatures("static HashAlgorithm Create(string hashName)")


def _declare_digest(name: str) -> None:
    digest = name.lower()
    base = define(f"{NAMESPACE}.{name}", bases=(f"{NAMESPACE}.HashAlgorithm",), allowed=True, known=_MEMBERS + _STATIC)
    base.method(f"static {name} Create()")(lambda: HashValue(base, digest))
    base.method("static byte[] HashData(byte[] source)")(lambda data: compute_hash(HashValue(base, digest), data))
    if name == "MD5":
        return
    managed = define(f"{NAMESPACE}.{name}Managed", bases=(f"{NAMESPACE}.{name}",), allowed=True, known=_MEMBERS)
    managed.constructor(f"{name}Managed()")(lambda: HashValue(managed, digest))


def _declare_hmac(name: str) -> None:
    digest = name.lower()
    known = _MEMBERS + _STATIC + _KEYED
    keyed = define(f"{NAMESPACE}.HMAC{name}", bases=(f"{NAMESPACE}.HMAC",), allowed=True, known=known)
    keyed.constructor(f"HMAC{name}(byte[] key)")(lambda key: HashValue(keyed, digest, _key(key)))
    keyed.method("static byte[] HashData(byte[] key, byte[] source)")(
        lambda key, data: compute_hash(HashValue(keyed, digest, _key(key)), data)
    )
    # Without a key .NET makes a random one, which no two runs share.
    keyed.constructor(f"HMAC{name}()")(_random_key)


def _random_key() -> Any:
    from certgate.csharp.runtime import UnsupportedReached

    raise UnsupportedReached("an HMAC with a random key is not simulated")


def _key(key: ByteArray | None) -> bytes:
    if key is None:
        raise faults.argument_null("key")
    return bytes(key)


for _name in BITS:
    _declare_digest(_name)
    _declare_hmac(_name)
