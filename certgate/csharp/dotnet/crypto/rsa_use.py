"""What is done with an RSA key: sign, verify, encrypt, decrypt.

Signatures without randomness, verification and decryption are the library's. What needs random bytes takes them from
the run, and so is made here (``rsa_encoding.py``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto import rsa_encoding
from certgate.csharp.dotnet.crypto.asymmetric import KeyValue, signed_part
from certgate.csharp.dotnet.crypto.entropy import draw
from certgate.csharp.dotnet.crypto.hash_names import DIGESTS, HashNameValue
from certgate.csharp.dotnet.crypto.hashes import HashValue, compute, given, rest_of
from certgate.csharp.dotnet.crypto.rsa_types import CNG, PROVIDER, RSA
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.values import ByteArray

if TYPE_CHECKING:
    from certgate.csharp.dotnet.crypto.rsa_paddings import EncryptionPadding, SignaturePadding
    from certgate.csharp.runtime import Evaluation

_PUBLIC_STEPS, _PRIVATE_STEPS, _RAW_STEPS = 500, 5_000, 60_000
"""What one use of a key of 2,048 bits costs: of its public half, of its private half, and of this in Python."""
_WRONG_SIZE = "The provided hash value is not the expected size for the specified hash algorithm."
_UNREADABLE = "certgate does not know the words of .NET for what this key cannot decrypt"
_TOO_LONG = "certgate does not know the words of .NET for what is too long for this key"


def _charge(self: KeyValue, steps: int) -> None:
    """SECURITY: the work grows with the third power of the size."""
    charge_steps(int(steps * max(1.0, self.size / 2048) ** 3))


def _digest(name: str) -> Any:
    from cryptography.hazmat.primitives import hashes

    return getattr(hashes, name.upper())()


def sign(
    run: Evaluation, self: KeyValue, hashed: bytes, name: HashNameValue, padding: SignaturePadding | None
) -> ByteArray:
    """The signature of a digest."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    digest = name.digest_name()
    if padding is None:
        raise faults.argument_null("padding")
    if len(hashed) != _digest(digest).digest_size:
        raise faults.cryptographic(_WRONG_SIZE)
    _charge(self, _PRIVATE_STEPS)
    key = self.private_key
    try:
        if padding.mode == "Pkcs1":
            return ByteArray(key.sign(hashed, PKCS1v15(), Prehashed(_digest(digest))))
        _charge(self, _RAW_STEPS)
        return _raw_private(key, rsa_encoding.pss(hashed, key.key_size, digest, partial(draw, run)))
    except (ValueError, rsa_encoding.TooLong):
        raise UnsupportedReached(_TOO_LONG) from None


def _raw_private(key: Any, message: int) -> ByteArray:
    """The private operation. Python's arithmetic takes a time that depends on the key: no matter in a simulation."""
    numbers = key.private_numbers()
    found = pow(message, numbers.d, numbers.public_numbers.n)
    return ByteArray(found.to_bytes((key.key_size + 7) // 8, "big"))


def verify(
    self: KeyValue, hashed: bytes, signature: bytes, name: HashNameValue, padding: SignaturePadding | None
) -> bool:
    """Whether a signature fits a digest."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import padding as paddings
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    digest = _digest(name.digest_name())
    if padding is None:
        raise faults.argument_null("padding")
    _charge(self, _PUBLIC_STEPS)
    scheme: Any = paddings.PKCS1v15()
    if padding.mode == "Pss":
        scheme = paddings.PSS(paddings.MGF1(digest), digest.digest_size)
    try:
        self.public_key.verify(signature, hashed, scheme, Prehashed(digest))
    except (InvalidSignature, ValueError):
        return False
    return True


_BY = "HashAlgorithmName hashAlgorithm, RSASignaturePadding padding"


@RSA.method(f"byte[] SignData(byte[] data, {_BY})", ambient=True)
def sign_data(run: Evaluation, self: KeyValue, data: ByteArray | None, name: HashNameValue, padding: Any) -> ByteArray:
    content = given(data, "data")
    return sign(run, self, compute(name.digest_name(), content), name, padding)


@RSA.method(f"byte[] SignData(byte[] data, int offset, int count, {_BY})", ambient=True)
def sign_part(
    run: Evaluation, self: KeyValue, data: Any, offset: int, count: int, name: HashNameValue, padding: Any
) -> ByteArray:
    content = signed_part(data, offset, count)
    return sign(run, self, compute(name.digest_name(), content), name, padding)


@CNG.method(f"byte[] SignHash(byte[] hash, {_BY})", ambient=True)
@PROVIDER.method(f"byte[] SignHash(byte[] hash, {_BY})", ambient=True)
@RSA.method(f"byte[] SignHash(byte[] hash, {_BY})", ambient=True)
def sign_hash(run: Evaluation, self: KeyValue, data: ByteArray | None, name: HashNameValue, padding: Any) -> ByteArray:
    return sign(run, self, given(data, "hash"), name, padding)


@RSA.method(f"bool VerifyData(byte[] data, byte[] signature, {_BY})")
def verify_data(self: KeyValue, data: Any, signature: Any, name: HashNameValue, padding: Any) -> bool:
    content, sealed = given(data, "data"), given(signature, "signature")
    return verify(self, compute(name.digest_name(), content), sealed, name, padding)


@RSA.method(f"bool VerifyData(byte[] data, int offset, int count, byte[] signature, {_BY})")
def verify_part(
    self: KeyValue, data: Any, offset: int, count: int, signature: Any, name: HashNameValue, padding: Any
) -> bool:
    content, sealed = signed_part(data, offset, count), given(signature, "signature")
    return verify(self, compute(name.digest_name(), content), sealed, name, padding)


@CNG.method(f"bool VerifyHash(byte[] hash, byte[] signature, {_BY})")
@PROVIDER.method(f"bool VerifyHash(byte[] hash, byte[] signature, {_BY})")
@RSA.method(f"bool VerifyHash(byte[] hash, byte[] signature, {_BY})")
def verify_hash(self: KeyValue, data: Any, signature: Any, name: HashNameValue, padding: Any) -> bool:
    hashed = given(data, "hash")
    return verify(self, hashed, given(signature, "signature"), name, padding)


@CNG.method("byte[] Encrypt(byte[] data, RSAEncryptionPadding padding)", ambient=True)
@PROVIDER.method("byte[] Encrypt(byte[] data, RSAEncryptionPadding padding)", ambient=True)
@RSA.method("byte[] Encrypt(byte[] data, RSAEncryptionPadding padding)", ambient=True)
def encrypt(run: Evaluation, self: KeyValue, data: ByteArray | None, padding: EncryptionPadding | None) -> ByteArray:
    content = given(data, "data")
    if padding is None:
        raise faults.argument_null("padding")
    _charge(self, _PUBLIC_STEPS)
    numbers = self.public_key.public_numbers()
    if numbers.e.bit_length() > 64:
        _charge(self, _RAW_STEPS)
    size, source = (numbers.n.bit_length() + 7) // 8, partial(draw, run)
    try:
        if padding.digest is None:
            message = rsa_encoding.pkcs1(content, size, source)
        else:
            message = rsa_encoding.oaep(content, size, HashNameValue(padding.digest).digest_name(), source)
    except rsa_encoding.TooLong:
        raise UnsupportedReached(_TOO_LONG) from None
    return ByteArray(pow(message, numbers.e, numbers.n).to_bytes(size, "big"))


@CNG.method("byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)")
@PROVIDER.method("byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)")
@RSA.method("byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)")
def decrypt(self: KeyValue, data: ByteArray | None, padding: EncryptionPadding | None) -> ByteArray:
    from cryptography.hazmat.primitives.asymmetric import padding as paddings

    content = given(data, "data")
    if padding is None:
        raise faults.argument_null("padding")
    _charge(self, _PRIVATE_STEPS)
    scheme: Any = paddings.PKCS1v15()
    if padding.digest is not None:
        digest = _digest(HashNameValue(padding.digest).digest_name())
        scheme = paddings.OAEP(paddings.MGF1(digest), digest, None)
    try:
        return ByteArray(self.private_key.decrypt(content, scheme))
    except ValueError:
        raise UnsupportedReached(_UNREADABLE) from None


# -- what only the older class has -----------------------------------------------------------------


def _named(halg: Any) -> HashNameValue:
    """The digest that an object, a type or a name of one stands for."""
    if halg is None:
        raise faults.argument_null("hashAlgorithm")
    name = halg.digest if isinstance(halg, HashValue) else halg if isinstance(halg, str) else ""
    name = name.upper().replace("SHA-", "SHA").replace("SYSTEM.SECURITY.CRYPTOGRAPHY.", "")
    if name not in DIGESTS:
        raise UnsupportedReached("certgate does not know this name of a digest")
    return HashNameValue(name)


@PROVIDER.method("byte[] SignData(byte[] buffer, object halg)", ambient=True)
def sign_by(run: Evaluation, self: KeyValue, data: ByteArray | None, halg: Any) -> ByteArray:
    from certgate.csharp.dotnet.crypto.rsa_paddings import PKCS1

    name, content = _named(halg), given(data, "buffer")
    return sign(run, self, compute(name.digest_name(), content), name, PKCS1)


@PROVIDER.method("bool VerifyData(byte[] buffer, object halg, byte[] signature)")
def verify_by(self: KeyValue, data: ByteArray | None, halg: Any, signature: ByteArray | None) -> bool:
    from certgate.csharp.dotnet.crypto.rsa_paddings import PKCS1

    name, content = _named(halg), given(data, "buffer")
    return verify(self, compute(name.digest_name(), content), given(signature, "signature"), name, PKCS1)


@PROVIDER.method("byte[] SignHash(byte[] rgbHash, string str)", ambient=True)
def sign_hash_by(run: Evaluation, self: KeyValue, data: ByteArray | None, name: str | None) -> ByteArray:
    from certgate.csharp.dotnet.crypto.rsa_paddings import PKCS1

    hashed = given(data, "rgbHash")
    return sign(run, self, hashed, _named(name), PKCS1)


@PROVIDER.method("bool VerifyHash(byte[] rgbHash, string str, byte[] rgbSignature)")
def verify_hash_by(self: KeyValue, data: ByteArray | None, name: str | None, signature: ByteArray | None) -> bool:
    from certgate.csharp.dotnet.crypto.rsa_paddings import PKCS1

    hashed, sealed = given(data, "rgbHash"), given(signature, "rgbSignature")
    return verify(self, hashed, sealed, _named(name), PKCS1)


def _padding(oaep: bool) -> EncryptionPadding:
    from certgate.csharp.dotnet.crypto.rsa_paddings import EncryptionPadding

    return EncryptionPadding("SHA1" if oaep else None)


@PROVIDER.method("byte[] Encrypt(byte[] rgb, bool fOAEP)", ambient=True)
def encrypt_by(run: Evaluation, self: KeyValue, data: ByteArray | None, oaep: bool) -> ByteArray:
    return encrypt(run, self, ByteArray(given(data, "rgb")), _padding(oaep))


@PROVIDER.method("byte[] Decrypt(byte[] rgb, bool fOAEP)")
def decrypt_by(self: KeyValue, data: ByteArray | None, oaep: bool) -> ByteArray:
    return decrypt(self, ByteArray(given(data, "rgb")), _padding(oaep))


@RSA.method(f"byte[] SignData(System.IO.Stream data, {_BY})", ambient=True)
def sign_stream(run: Evaluation, self: KeyValue, data: Any, name: HashNameValue, padding: Any) -> ByteArray:
    content = rest_of(data, "data")
    return sign(run, self, compute(name.digest_name(), content), name, padding)


@RSA.method(f"bool VerifyData(System.IO.Stream data, byte[] signature, {_BY})")
def verify_stream(self: KeyValue, data: Any, signature: Any, name: HashNameValue, padding: Any) -> bool:
    content, sealed = rest_of(data, "data"), given(signature, "signature")
    return verify(self, compute(name.digest_name(), content), sealed, name, padding)
