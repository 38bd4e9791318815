"""``AesGcm``: encryption that is sealed with a tag. Where .NET takes a span, an array stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.crypto.cipher_modes import NAMESPACE, KeySizesValue
from certgate.csharp.dotnet.crypto.hashes import given
from certgate.csharp.dotnet.crypto.symmetric import BAD_KEY
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject

if TYPE_CHECKING:
    from typing import Any

AES_GCM = define(
    f"{NAMESPACE}.AesGcm",
    bases=("IDisposable",),
    known="Decrypt Dispose Encrypt Equals GetHashCode GetType IsSupported NonceByteSizes ReferenceEquals "
    "TagByteSizes TagSizeInBytes ToString",
)
_TAG = KeySizesValue(12, 16, 1)
_NONCE = KeySizesValue(12, 12, 1)
_BAD_TAG = "The specified tag is not a valid size for this algorithm."
_BAD_NONCE = "The specified nonce is not a valid size for this algorithm."
_LENGTHS = "Plaintext and ciphertext must have the same length."
_MISMATCH = "The computed authentication tag did not match the input authentication tag."


class GcmValue(NetObject):
    """A key, and the size of the tags in bytes where it was said."""

    __slots__ = ("secret", "tag_size")

    net_type = AES_GCM.type

    def __init__(self, secret: bytes, tag_size: int | None) -> None:
        self.secret = secret
        self.tag_size = tag_size


@AES_GCM.constructor("AesGcm(byte[] key)")
def make(key: ByteArray | None, tag_size: int | None = None) -> GcmValue:
    secret = given(key, "key")
    if len(secret) not in (16, 24, 32):
        raise faults.cryptographic(BAD_KEY)
    return GcmValue(secret, tag_size)


@AES_GCM.constructor("AesGcm(byte[] key, int tagSizeInBytes)")
def make_sized(key: ByteArray | None, tag_size: int) -> GcmValue:
    made = make(key)
    if tag_size not in _TAG:
        raise faults.argument(_BAD_TAG, "tagSizeInBytes")
    made.tag_size = tag_size
    return made


def _check(self: GcmValue, nonce: bytes, texts: tuple[ByteArray, ByteArray], tag: ByteArray) -> None:
    if len(texts[0]) != len(texts[1]):
        raise faults.argument(_LENGTHS)
    if len(nonce) not in _NONCE:
        raise faults.argument(_BAD_NONCE, "nonce")
    if len(tag) != self.tag_size if self.tag_size is not None else len(tag) not in _TAG:
        raise faults.argument(_BAD_TAG, "tag")
    charge_size(len(texts[0]))
    charge_steps(len(texts[0]) >> 6)


def _cipher(self: GcmValue, nonce: bytes, tag: bytes | None = None) -> Any:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import GCM

    return Cipher(AES(self.secret), GCM(nonce, tag, min_tag_length=_TAG.low))


def _arrays(*pairs: tuple[ByteArray | None, str]) -> list[ByteArray]:
    for value, name in pairs:
        given(value, name)
    return [value for value, _ in pairs if value is not None]


@AES_GCM.method(
    "void Encrypt(byte[] nonce, byte[] plaintext, byte[] ciphertext, byte[] tag, byte[] associatedData = null)"
)
def encrypt(self: GcmValue, nonce: Any, plain: Any, sealed: Any, tag: Any, extra: ByteArray | None = None) -> None:
    """Writes into the two arrays."""
    once, source, target, mark = _arrays((nonce, "nonce"), (plain, "plaintext"), (sealed, "ciphertext"), (tag, "tag"))
    _check(self, bytes(once), (source, target), mark)
    running = _cipher(self, bytes(once)).encryptor()
    running.authenticate_additional_data(bytes(extra or b""))
    target.items[:] = running.update(bytes(source)) + running.finalize()
    mark.items[:] = running.tag[: len(mark)]


@AES_GCM.method(
    "void Decrypt(byte[] nonce, byte[] ciphertext, byte[] tag, byte[] plaintext, byte[] associatedData = null)"
)
def decrypt(self: GcmValue, nonce: Any, sealed: Any, tag: Any, plain: Any, extra: ByteArray | None = None) -> None:
    """SECURITY: what does not fit its tag leaves no plain text behind."""
    from cryptography.exceptions import InvalidTag

    once, source, mark, target = _arrays((nonce, "nonce"), (sealed, "ciphertext"), (tag, "tag"), (plain, "plaintext"))
    _check(self, bytes(once), (target, source), mark)
    running = _cipher(self, bytes(once), bytes(mark)).decryptor()
    running.authenticate_additional_data(bytes(extra or b""))
    found = running.update(bytes(source))
    target.items[:] = bytes(len(target))
    try:
        running.finalize()
    except InvalidTag:
        raise faults.thrown(f"{NAMESPACE}.AuthenticationTagMismatchException", _MISMATCH) from None
    target.items[:] = found


@AES_GCM.property("int? TagSizeInBytes")
def get_tag_size(self: GcmValue) -> int | None:
    return self.tag_size


@AES_GCM.property("static bool IsSupported")
def is_supported() -> bool:
    return True


@AES_GCM.property("static KeySizes NonceByteSizes")
def get_nonce_sizes() -> KeySizesValue:
    return _NONCE


@AES_GCM.property("static KeySizes TagByteSizes")
def get_tag_sizes() -> KeySizesValue:
    return _TAG
