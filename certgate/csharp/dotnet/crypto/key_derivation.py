"""``Rfc2898DeriveBytes``: PBKDF2, as an object that gives bytes piece by piece and as one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto.entropy import draw
from certgate.csharp.dotnet.crypto.hash_names import HashNameValue
from certgate.csharp.dotnet.crypto.hashes import BITS
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject, from_utf16

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation

NAMESPACE = "System.Security.Cryptography"
_DERIVE = f"{NAMESPACE}.DeriveBytes"
DERIVE = define(
    _DERIVE,
    bases=("IDisposable",),
    abstract=True,
    known="Dispose Equals GetBytes GetHashCode GetType ReferenceEquals Reset ToString",
)
RFC_2898 = define(
    f"{NAMESPACE}.Rfc2898DeriveBytes",
    bases=(_DERIVE,),
    known="CryptDeriveKey Dispose Equals GetBytes GetHashCode GetType HashAlgorithm IterationCount Pbkdf2 "
    "ReferenceEquals Reset Salt ToString",
)
_SHORTEST_SALT = 8
_FIRST_COUNT = 1000


class DerivedValue(NetObject):
    """The bytes that a password and a salt give; `given` counts those that were taken."""

    __slots__ = ("count", "digest", "given", "password", "salt")

    net_type = RFC_2898.type

    def __init__(self, password: bytes, salt: bytes, count: int, digest: str) -> None:
        self.password = password
        self.salt = salt
        self.count = count
        self.digest = digest
        self.given = 0


def derive(secret: tuple[bytes, bytes], count: int, digest: str, length: int) -> bytes:
    """PBKDF2. SECURITY: what it costs is charged before it is spent."""
    import hashlib

    charge_size(length)
    blocks = -(-length * 8 // BITS[digest.upper()])
    charge_steps(count * blocks)
    return hashlib.pbkdf2_hmac(digest, *secret, count, length) if length else b""


def _password(value: Any) -> bytes:
    if value is None:
        raise faults.argument_null("password")
    return from_utf16(value).encode() if isinstance(value, str) else bytes(value)


def _make(password: Any, salt: ByteArray | None, count: int = _FIRST_COUNT, name: Any = None) -> DerivedValue:
    if salt is None:
        raise faults.argument_null("salt")
    secret = _password(password)
    if count <= 0:
        raise faults.not_positive("iterations", count)
    digest = _digest(name)
    if len(salt) < _SHORTEST_SALT:
        raise UnsupportedReached("whether .NET takes a salt of less than eight bytes depends on its version")
    return DerivedValue(secret, bytes(salt), count, digest)


def _digest(name: HashNameValue | None) -> str:
    return "sha1" if name is None else name.digest_name()


def _with_random_salt(
    run: Evaluation, password: str | None, size: int, count: int = _FIRST_COUNT, name: Any = None
) -> DerivedValue:
    if size < 0:
        raise faults.negative("saltSize", size)
    return _make(password, ByteArray(draw(run, size)), count, name)


for _type in ("string", "byte[]"):
    for _rest in ("", ", int iterations", ", int iterations, HashAlgorithmName hashAlgorithm"):
        if _type == "string" or _rest:
            RFC_2898.constructor(f"Rfc2898DeriveBytes({_type} password, byte[] salt{_rest})")(_make)
        if _type == "string":
            RFC_2898.constructor(f"Rfc2898DeriveBytes(string password, int saltSize{_rest})", ambient=True)(
                _with_random_salt
            )


@RFC_2898.method("byte[] GetBytes(int cb)")
@DERIVE.method("byte[] GetBytes(int cb)")
def get_bytes(self: DerivedValue, count: int) -> ByteArray:
    if count <= 0:
        raise faults.not_positive("cb", count)
    start, self.given = self.given, self.given + count
    return ByteArray(derive((self.password, self.salt), self.count, self.digest, self.given)[start:])


@RFC_2898.method("void Reset()")
@DERIVE.method("void Reset()")
def reset(self: DerivedValue) -> None:
    self.given = 0


@RFC_2898.property("byte[] Salt { get; set; }")
def get_salt(self: DerivedValue) -> ByteArray:
    return ByteArray(self.salt)


@get_salt.set
def set_salt(self: DerivedValue, value: ByteArray | None) -> None:
    if value is None:
        raise faults.argument_null("value")
    made = _make("", value)
    self.salt, self.given = made.salt, 0


@RFC_2898.property("int IterationCount { get; set; }")
def get_count(self: DerivedValue) -> int:
    return self.count


@get_count.set
def set_count(self: DerivedValue, value: int) -> None:
    if value <= 0:
        raise faults.not_positive("value", value)
    self.count, self.given = value, 0


@RFC_2898.property("HashAlgorithmName HashAlgorithm")
def get_hash_algorithm(self: DerivedValue) -> HashNameValue:
    return HashNameValue(self.digest.upper())


_PBKDF2 = "byte[] salt, int iterations, HashAlgorithmName hashAlgorithm, int outputLength"


@RFC_2898.method(f"static byte[] Pbkdf2(string password, {_PBKDF2})")
@RFC_2898.method(f"static byte[] Pbkdf2(byte[] password, {_PBKDF2})")
def pbkdf2(password: Any, salt: ByteArray | None, count: int, name: HashNameValue, length: int) -> ByteArray:
    secret = _password(password)
    if salt is None:
        raise faults.argument_null("salt")
    if count <= 0:
        raise faults.not_positive("iterations", count)
    if length < 0:
        raise faults.negative("outputLength", length)
    return ByteArray(derive((secret, bytes(salt)), count, name.digest_name(), length))


@DERIVE.method("void Dispose()")
def dispose(self: DerivedValue) -> None:
    """There is nothing to give back."""
