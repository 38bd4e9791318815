"""``RSASignaturePadding`` and ``RSAEncryptionPadding``: values that name a scheme."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.crypto.hash_names import HashNameValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import EnumValue, NetObject, enum_value

NAMESPACE = "System.Security.Cryptography"

SIGNATURE_MODE = define_enum(f"{NAMESPACE}.RSASignaturePaddingMode", {"Pkcs1": 0, "Pss": 1})
ENCRYPTION_MODE = define_enum(f"{NAMESPACE}.RSAEncryptionPaddingMode", {"Pkcs1": 0, "Oaep": 1})
SIGNATURE = define(
    f"{NAMESPACE}.RSASignaturePadding",
    bases=("IEquatable<RSASignaturePadding>",),
    allowed=True,
    known="CreatePss Equals GetHashCode GetType Mode Pkcs1 Pss PssSaltLength PssSaltLengthIsHashLength "
    "PssSaltLengthMax ReferenceEquals ToString",
)
ENCRYPTION = define(
    f"{NAMESPACE}.RSAEncryptionPadding",
    bases=("IEquatable<RSAEncryptionPadding>",),
    allowed=True,
    known="CreateOaep Equals GetHashCode GetType Mode OaepHashAlgorithm OaepSHA1 OaepSHA256 OaepSHA384 OaepSHA512 "
    "OaepSHA3_256 OaepSHA3_384 OaepSHA3_512 Pkcs1 ReferenceEquals ToString",
)


class SignaturePadding(NetObject):
    __slots__ = ("mode",)

    net_type = SIGNATURE.type

    def __init__(self, mode: str) -> None:
        self.mode = mode

    def to_text(self) -> str:
        return self.mode

    def net_equals(self, other: object) -> bool:
        return isinstance(other, SignaturePadding) and other.mode == self.mode

    def key(self) -> Any:
        return (SignaturePadding, self.mode)


class EncryptionPadding(NetObject):
    """`digest` is .NET's name of the digest of OAEP; None for the older scheme."""

    __slots__ = ("digest",)

    net_type = ENCRYPTION.type

    def __init__(self, digest: str | None) -> None:
        self.digest = digest

    def to_text(self) -> str:
        return "Pkcs1" if self.digest is None else f"Oaep{self.digest}"

    def net_equals(self, other: object) -> bool:
        return isinstance(other, EncryptionPadding) and other.digest == self.digest

    def key(self) -> Any:
        return (EncryptionPadding, self.digest)


PKCS1, PSS = SignaturePadding("Pkcs1"), SignaturePadding("Pss")
_OAEP = {name: EncryptionPadding(name) for name in ("SHA1", "SHA256", "SHA384", "SHA512")}
_ENCRYPTION_PKCS1 = EncryptionPadding(None)


@SIGNATURE.property("static RSASignaturePadding Pkcs1")
def get_pkcs1() -> SignaturePadding:
    return PKCS1


@SIGNATURE.property("static RSASignaturePadding Pss")
def get_pss() -> SignaturePadding:
    return PSS


@SIGNATURE.property("RSASignaturePaddingMode Mode")
def get_mode(self: SignaturePadding) -> EnumValue:
    return enum_value(SIGNATURE_MODE, self.mode)


@ENCRYPTION.property("static RSAEncryptionPadding Pkcs1")
def get_encryption_pkcs1() -> EncryptionPadding:
    return _ENCRYPTION_PKCS1


def _oaep(name: str) -> None:
    ENCRYPTION.property(f"static RSAEncryptionPadding Oaep{name}")(lambda: _OAEP[name])


for _name in _OAEP:
    _oaep(_name)


@ENCRYPTION.method("static RSAEncryptionPadding CreateOaep(HashAlgorithmName hashAlgorithm)")
def create_oaep(name: HashNameValue) -> EncryptionPadding:
    if not name.name:
        raise faults.argument("The hash algorithm name cannot be null or empty.", "hashAlgorithm")
    return _OAEP.get(name.name) or EncryptionPadding(name.name)


@ENCRYPTION.property("RSAEncryptionPaddingMode Mode")
def get_encryption_mode(self: EncryptionPadding) -> EnumValue:
    return enum_value(ENCRYPTION_MODE, "Pkcs1" if self.digest is None else "Oaep")


@ENCRYPTION.property("HashAlgorithmName OaepHashAlgorithm")
def get_oaep_digest(self: EncryptionPadding) -> HashNameValue:
    return HashNameValue(self.digest)


def _equal(left: Any, right: Any) -> bool:
    return left is right or (left is not None and left.net_equals(right))


for _kind in (SIGNATURE, ENCRYPTION):
    _kind.method(f"bool Equals({_kind.name} other)")(_equal)
    _kind.method("bool Equals(object obj)")(_equal)
    _kind.operator(f"bool operator ==({_kind.name} left, {_kind.name} right)")(_equal)
    _kind.operator(f"bool operator !=({_kind.name} left, {_kind.name} right)")(
        lambda left, right: not _equal(left, right)
    )
    _kind.method("string ToString()")(lambda self: self.to_text())
