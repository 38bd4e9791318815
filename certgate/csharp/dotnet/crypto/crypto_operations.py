"""``CryptographicOperations`` and ``IncrementalHash``. Where .NET takes a span, an array stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.crypto.hashes import compute, given
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject

if TYPE_CHECKING:
    from certgate.csharp.dotnet.crypto.hash_names import HashNameValue

NAMESPACE = "System.Security.Cryptography"
OPERATIONS = define(
    f"{NAMESPACE}.CryptographicOperations",
    kind="static",
    known="FixedTimeEquals HashData HashDataAsync HmacData HmacDataAsync TryHashData TryHmacData VerifyHmac "
    "VerifyHmacAsync ZeroMemory",
)
INCREMENTAL = define(
    f"{NAMESPACE}.IncrementalHash",
    bases=("IDisposable",),
    known="AlgorithmName AppendData CreateHMAC CreateHash Dispose Duplicate Equals GetCurrentHash GetHashAndReset "
    "GetHashCode GetType HashLengthInBytes ReferenceEquals ToString TryGetCurrentHash TryGetHashAndReset",
)


@OPERATIONS.method("static bool FixedTimeEquals(byte[] left, byte[] right)")
def fixed_time_equals(left: ByteArray | None, right: ByteArray | None) -> bool:
    """An array that is null is an empty span."""
    one, other = (b"" if each is None else bytes(each) for each in (left, right))
    charge_steps(len(one) >> 8)
    return one == other


@OPERATIONS.method("static void ZeroMemory(byte[] buffer)")
def zero_memory(buffer: ByteArray | None) -> None:
    if buffer is not None:
        buffer.items[:] = bytes(len(buffer))


@OPERATIONS.method("static byte[] HashData(HashAlgorithmName hashAlgorithm, byte[] source)")
def hash_data(name: HashNameValue, source: ByteArray | None) -> ByteArray:
    data = given(source, "source")
    return ByteArray(compute(name.digest_name(), data))


@OPERATIONS.method("static byte[] HmacData(HashAlgorithmName hashAlgorithm, byte[] key, byte[] source)")
def hmac_data(name: HashNameValue, key: ByteArray | None, source: ByteArray | None) -> ByteArray:
    secret = given(key, "key")
    return ByteArray(compute(name.digest_name(), given(source, "source"), secret))


class IncrementalValue(NetObject):
    """A digest of what was appended so far."""

    __slots__ = ("data", "name", "secret")

    net_type = INCREMENTAL.type

    def __init__(self, name: HashNameValue, secret: bytes | None = None) -> None:
        self.name = name
        self.secret = secret
        self.data = bytearray()

    def current(self) -> bytes:
        return compute(self.name.digest_name(), bytes(self.data), self.secret)


@INCREMENTAL.method("static IncrementalHash CreateHash(HashAlgorithmName hashAlgorithm)")
def create_hash(name: HashNameValue) -> IncrementalValue:
    name.digest_name()
    return IncrementalValue(name)


@INCREMENTAL.method("static IncrementalHash CreateHMAC(HashAlgorithmName hashAlgorithm, byte[] key)")
def create_hmac(name: HashNameValue, key: ByteArray | None) -> IncrementalValue:
    secret = given(key, "key")
    name.digest_name()
    return IncrementalValue(name, secret)


@INCREMENTAL.method("void AppendData(byte[] data)")
def append_data(self: IncrementalValue, data: ByteArray | None) -> None:
    part = given(data, "data")
    charge_size(len(part))
    self.data += part


@INCREMENTAL.method("byte[] GetHashAndReset()")
def get_hash_and_reset(self: IncrementalValue) -> ByteArray:
    found = self.current()
    self.data.clear()
    return ByteArray(found)


@INCREMENTAL.method("byte[] GetCurrentHash()")
def get_current_hash(self: IncrementalValue) -> ByteArray:
    return ByteArray(self.current())


@INCREMENTAL.property("HashAlgorithmName AlgorithmName")
def get_name(self: IncrementalValue) -> HashNameValue:
    """An HMAC's name says so."""
    from certgate.csharp.dotnet.crypto.hash_names import HashNameValue

    return self.name if self.secret is None else HashNameValue(f"HMAC{self.name.name}")


@INCREMENTAL.property("int HashLengthInBytes")
def get_length(self: IncrementalValue) -> int:
    return len(compute(self.name.digest_name(), b""))
