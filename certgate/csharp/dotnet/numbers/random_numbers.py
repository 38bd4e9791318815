"""``RandomNumberGenerator`` and ``RNGCryptoServiceProvider``: the bytes come from the evaluation's source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto.entropy import draw
from certgate.csharp.dotnet.crypto.hashes import OFFSET_AND_LENGTH
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import TypeDefinition

NAMESPACE = "System.Security.Cryptography"
_MEMBERS = "Create Dispose Equals GetBytes GetHashCode GetNonZeroBytes GetType ReferenceEquals ToString "

GENERATOR = define(
    f"{NAMESPACE}.RandomNumberGenerator",
    bases=("IDisposable",),
    abstract=True,
    known=f"{_MEMBERS} Fill GetHexString GetInt32 GetItems GetString Shuffle",
)
PROVIDER = define(
    f"{NAMESPACE}.RNGCryptoServiceProvider", bases=(f"{NAMESPACE}.RandomNumberGenerator",), allowed=True, known=_MEMBERS
)
IMPLEMENTATION = define(
    f"{NAMESPACE}.RandomNumberGeneratorImplementation", bases=(f"{NAMESPACE}.RandomNumberGenerator",)
)
_NO_RANGE = "Range of random number does not contain at least one possibility."


class GeneratorValue(NetObject):
    """A generator has no state of its own."""

    __slots__ = ("net_type",)

    def __init__(self, definition: TypeDefinition) -> None:
        self.net_type = definition.type


@PROVIDER.constructor("RNGCryptoServiceProvider()")
def make() -> GeneratorValue:
    return GeneratorValue(PROVIDER)


@GENERATOR.method("static RandomNumberGenerator Create()")
def create() -> GeneratorValue:
    return GeneratorValue(IMPLEMENTATION)


@PROVIDER.method("void GetBytes(byte[] data)", ambient=True)
@GENERATOR.method("void GetBytes(byte[] data)", ambient=True)
def get_bytes(run: Evaluation, self: GeneratorValue, data: ByteArray | None) -> None:
    if data is None:
        raise faults.argument_null("data")
    data.items[:] = draw(run, len(data))


@PROVIDER.method("void GetBytes(byte[] data, int offset, int count)", ambient=True)
@GENERATOR.method("void GetBytes(byte[] data, int offset, int count)", ambient=True)
def get_part(run: Evaluation, self: GeneratorValue, data: ByteArray | None, offset: int, count: int) -> None:
    if data is None:
        raise faults.argument_null("data")
    for name, number in (("offset", offset), ("count", count)):
        if number < 0:
            raise faults.negative(name, number)
    if count > len(data) - offset:
        raise faults.argument(OFFSET_AND_LENGTH)
    data.items[offset : offset + count] = draw(run, count)


@PROVIDER.method("void GetNonZeroBytes(byte[] data)", ambient=True)
@GENERATOR.method("void GetNonZeroBytes(byte[] data)", ambient=True)
def get_non_zero_bytes(run: Evaluation, self: GeneratorValue, data: ByteArray | None) -> None:
    if data is None:
        raise faults.argument_null("data")
    found = b""
    while len(found) < len(data):
        found += draw(run, len(data) - len(found)).replace(b"\0", b"")
    data.items[:] = found


@GENERATOR.method("static byte[] GetBytes(int count)", ambient=True)
def get_count(run: Evaluation, count: int) -> ByteArray:
    if count < 0:
        raise faults.negative("count", count)
    return ByteArray(draw(run, count))


@GENERATOR.method("static void Fill(byte[] data)", ambient=True)
def fill(run: Evaluation, data: ByteArray | None) -> None:
    """.NET's parameter is a span, which nothing makes an empty one."""
    if data is not None:
        data.items[:] = draw(run, len(data))


@GENERATOR.method("static int GetInt32(int fromInclusive, int toExclusive)", ambient=True)
def get_int(run: Evaluation, low: int, high: int) -> int:
    if low >= high:
        raise faults.argument(_NO_RANGE)
    return low + _below(run, high - low)


@GENERATOR.method("static int GetInt32(int toExclusive)", ambient=True)
def get_int_below(run: Evaluation, high: int) -> int:
    if high <= 0:
        raise faults.not_positive("toExclusive", high)
    return _below(run, high)


def _below(run: Evaluation, limit: int) -> int:
    """A number below the limit, each as likely: what is too large is drawn again."""
    bits = (limit - 1).bit_length()
    while True:
        found = int.from_bytes(draw(run, 4), "big") & ((1 << bits) - 1)
        if found < limit:
            return found


@GENERATOR.method("static string GetHexString(int stringLength, bool lowercase = false)", ambient=True)
def get_hex_string(run: Evaluation, length: int, lowercase: bool = False) -> str:
    if length < 0:
        raise faults.negative("stringLength", length)
    charge_size(length)
    text = draw(run, (length + 1) // 2).hex()[:length]
    return text if lowercase else text.upper()


@GENERATOR.method("static string GetString(string choices, int length)", ambient=True)
def get_string(run: Evaluation, choices: str | None, length: int) -> str:
    """.NET's parameter is a span, which nothing makes an empty one."""
    if not choices:
        raise faults.argument("Span may not be empty.", "choices")
    if length < 0:
        raise faults.negative("length", length)
    charge_size(length)
    return "".join(choices[_below(run, len(choices))] for _ in range(length))


@GENERATOR.method("void Dispose()")
def dispose(self: Any) -> None:
    """There is nothing to give back."""
