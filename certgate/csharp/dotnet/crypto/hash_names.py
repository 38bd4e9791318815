"""``HashAlgorithmName``: a value that names a digest."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

HASH_NAME = define(
    "System.Security.Cryptography.HashAlgorithmName",
    kind="struct",
    bases=("System.ValueType", "IEquatable<HashAlgorithmName>"),
    allowed=True,
    known="Equals FromOid GetHashCode GetType MD5 Name ReferenceEquals SHA1 SHA256 SHA384 SHA3_256 "
    "SHA3_384 SHA3_512 SHA512 "
    "ToString TryFromOid",
    default=lambda _: HashNameValue(None),
)
DIGESTS = ("MD5", "SHA1", "SHA256", "SHA384", "SHA512")


class HashNameValue(NetObject):
    __slots__ = ("name",)

    net_type = HASH_NAME.type

    def __init__(self, name: str | None) -> None:
        self.name = name

    def to_text(self) -> str:
        return self.name or ""

    def net_equals(self, other: object) -> bool:
        return isinstance(other, HashNameValue) and self.name == other.name

    def key(self) -> Any:
        return (HashNameValue, self.name)

    def digest_name(self) -> str:
        """The name for hashlib. ArgumentException and CryptographicException for none and for an unknown one."""
        if not self.name:
            raise faults.argument("The hash algorithm name cannot be null or empty.", "hashAlgorithm")
        if self.name not in DIGESTS:
            raise faults.cryptographic(f"'{self.name}' is not a known hash algorithm.")
        return self.name.lower()


def _declare(name: str) -> None:
    HASH_NAME.property(f"static HashAlgorithmName {name}")(lambda: HashNameValue(name))


for _name in DIGESTS:
    _declare(_name)


@HASH_NAME.constructor("HashAlgorithmName(string name)")
def make(name: str | None) -> HashNameValue:
    return HashNameValue(name)


@HASH_NAME.property("string Name")
def get_name(self: HashNameValue) -> str | None:
    return self.name


@HASH_NAME.operator("bool operator ==(HashAlgorithmName left, HashAlgorithmName right)")
@HASH_NAME.method("bool Equals(HashAlgorithmName other)")
def equal(left: HashNameValue, right: HashNameValue) -> bool:
    return left.name == right.name


@HASH_NAME.operator("bool operator !=(HashAlgorithmName left, HashAlgorithmName right)")
def not_equal(left: HashNameValue, right: HashNameValue) -> bool:
    return left.name != right.name


@HASH_NAME.method("string ToString()")
def to_string(self: HashNameValue) -> str:
    return self.to_text()
