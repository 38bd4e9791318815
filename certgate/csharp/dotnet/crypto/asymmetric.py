"""``AsymmetricAlgorithm``: a key pair, how it comes in and goes out. What is done with it: ``rsa.py``, ``ecdsa.py``.

The keys are those of the library ``cryptography``, loaded when first needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.crypto.cipher_modes import KeySizesValue, legal
from certgate.csharp.dotnet.crypto.hashes import given
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetArray, NetObject, array

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.types import TypeDefinition

NAMESPACE = "System.Security.Cryptography"
MEMBERS = (
    "Clear Create Dispose Equals ExportEncryptedPkcs8PrivateKey ExportEncryptedPkcs8PrivateKeyPem "
    "ExportPkcs8PrivateKey ExportPkcs8PrivateKeyPem ExportSubjectPublicKeyInfo ExportSubjectPublicKeyInfoPem "
    "FromXmlString GetHashCode GetType ImportEncryptedPkcs8PrivateKey ImportFromEncryptedPem ImportFromPem "
    "ImportPkcs8PrivateKey ImportSubjectPublicKeyInfo KeyExchangeAlgorithm KeySize LegalKeySizes ReferenceEquals "
    "SignatureAlgorithm ToString ToXmlString TryExportEncryptedPkcs8PrivateKey TryExportPkcs8PrivateKey "
    "TryExportSubjectPublicKeyInfo "
)
ALGORITHM = define(f"{NAMESPACE}.AsymmetricAlgorithm", bases=("IDisposable",), allowed=True, known=MEMBERS)

DAMAGED = "ASN1 corrupted data."
BAD_KEY = "Specified key is not a valid size for this algorithm."
_NO_PEM = (
    "No supported key formats were found. Check that the input represents the contents of a PEM-encoded key file, not "
    "the path to such a file."
)
_PEM = r"-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----"
MAX_KEY = 64 * 1024
"""SECURITY: the largest key in bytes that is read."""


class KeyValue(NetObject):
    """A key pair or its public half.

    `load` gives the library's key, private or public, when it is first needed; None: no key was given yet, so .NET
    would make one. `own` says that the program brought the key itself. SECURITY: only such a key can go out again; that
    of an uploaded certificate signs and decrypts, and no expression sees it.
    """

    __slots__ = ("_key", "load", "net_type", "own", "size")

    def __init__(
        self, definition: TypeDefinition, size: int, load: Callable[[], Any] | None = None, own: bool = True
    ) -> None:
        self.net_type = definition.type
        self.size = size
        self.load = load
        self.own = own
        self._key: Any = None

    def to_text(self) -> str:
        """The wrapper shows what it wraps."""
        return self.net_type.reflection_name.replace("Wrapper", "OpenSsl")

    @property
    def any_key(self) -> Any:
        """The library's key. CryptographicException where it cannot be read."""
        from cryptography.exceptions import UnsupportedAlgorithm

        if self.load is None:
            raise UnsupportedReached("a new key is another one each time")
        if self._key is None:
            try:
                self._key = self.load()
            except ValueError:
                raise faults.cryptographic(DAMAGED) from None
            except UnsupportedAlgorithm:
                raise UnsupportedReached("certgate does not know this kind of key") from None
        return self._key

    @property
    def is_private(self) -> bool:
        return hasattr(self.any_key, "private_numbers")

    @property
    def public_key(self) -> Any:
        return self.any_key.public_key() if self.is_private else self.any_key

    @property
    def private_key(self) -> Any:
        if not self.is_private:
            raise UnsupportedReached("certgate does not know what .NET says of a key whose private half is missing")
        return self.any_key

    @property
    def outgoing(self) -> Any:
        """The private key for an export. SECURITY: see the class."""
        if not self.own:
            raise UnsupportedReached("certgate does not give out the private key of a certificate")
        return self.private_key

    def take(self, key: Any) -> None:
        """From now on this is the key."""
        self.load, self.size, self.own, self._key = (lambda: key), key.key_size, True, key


def private_key(data: bytes) -> Any:
    """A private key in DER. ValueError."""
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    charge_check(len(data))
    if len(data) > MAX_KEY:
        raise ValueError(len(data))
    return load_der_private_key(data, None)


def charge_check(size: int) -> None:
    """SECURITY: the library proves that the numbers of an RSA key are sound; what that costs grows with the fourth
    power of the size, in bytes of DER (1,200 for a key of 2,048 bits)."""
    charge_steps(2_000 + int(60_000 * (min(size, MAX_KEY) / 1_200) ** 4))


def public_key(data: bytes) -> Any:
    """A public key in DER. ValueError."""
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    charge_steps(1_000)
    if len(data) > MAX_KEY:
        raise ValueError(len(data))
    return load_der_public_key(data)


# -- members ---------------------------------------------------------------------------------------

_SIZES: dict[str, tuple[tuple[int, int, int], ...]] = {
    "RSA": ((512, 16384, 8),),
    "ECDsa": ((256, 384, 128), (521, 521, 0)),
}


def _kind(self: KeyValue) -> str:
    return "ECDsa" if "ECDsa" in self.net_type.full_name else "RSA"


@ALGORITHM.property("int KeySize { get; set; }")
def get_key_size(self: KeyValue) -> int:
    return self.size


def declare_key_size(definition: TypeDefinition) -> None:
    """The classes of one platform have this property of their own, which counts for the gateway."""
    member = definition.property("int KeySize { get; set; }")(get_key_size.call)  # type: ignore[arg-type]
    member.setter = get_key_size.setter


@get_key_size.set
def set_key_size(self: KeyValue, value: int) -> None:
    """Another size means another key, which is made when it is needed."""
    if not legal(value, _SIZES[_kind(self)]):
        raise faults.cryptographic(BAD_KEY)
    if value != self.size:
        self.size, self.load, self._key = value, None, None


@ALGORITHM.property("KeySizes[] LegalKeySizes")
def get_legal_key_sizes(self: KeyValue) -> NetArray:
    return array(types.named(f"{NAMESPACE}.KeySizes"), [KeySizesValue(*row) for row in _SIZES[_kind(self)]])


@ALGORITHM.property("string SignatureAlgorithm")
def get_signature_algorithm(self: KeyValue) -> str:
    return _kind(self)


@ALGORITHM.property("string KeyExchangeAlgorithm")
def get_exchange_algorithm(self: KeyValue) -> str | None:
    return "RSA" if _kind(self) == "RSA" else None


@ALGORITHM.method("void Dispose()")
@ALGORITHM.method("void Clear()")
def dispose(self: KeyValue) -> None:
    """Key objects hold nothing that would be given back."""


@ALGORITHM.method("byte[] ExportSubjectPublicKeyInfo()")
def export_info(self: KeyValue) -> ByteArray:
    return ByteArray(_public_bytes(self))


def _public_bytes(self: KeyValue) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(self.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


@ALGORITHM.method("byte[] ExportPkcs8PrivateKey()")
def export_pkcs8(self: KeyValue) -> ByteArray:
    return ByteArray(_private_bytes(self))


def _private_bytes(self: KeyValue) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return bytes(self.outgoing.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


@ALGORITHM.method("string ExportSubjectPublicKeyInfoPem()")
def export_info_pem(self: KeyValue) -> str:
    return pem("PUBLIC KEY", _public_bytes(self))


@ALGORITHM.method("string ExportPkcs8PrivateKeyPem()")
def export_pkcs8_pem(self: KeyValue) -> str:
    return pem("PRIVATE KEY", _private_bytes(self))


def pem(label: str, data: bytes) -> str:
    """PEM as .NET writes it: no line end after the last line."""
    from base64 import b64encode

    text = b64encode(data).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    charge_size(len(text))
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


@ALGORITHM.method("void ImportSubjectPublicKeyInfo(byte[] source, out int bytesRead)")
def import_info(self: KeyValue, source: ByteArray | None) -> tuple[None, int]:
    return bring(self, source, public_key)


@ALGORITHM.method("void ImportPkcs8PrivateKey(byte[] source, out int bytesRead)")
def import_pkcs8(self: KeyValue, source: ByteArray | None) -> tuple[None, int]:
    return bring(self, source, private_key)


def bring(self: KeyValue, source: ByteArray | None, read: Callable[[bytes], Any]) -> tuple[None, int]:
    """Take the key in some bytes, which others may follow; .NET's parameter is a span, which nothing makes empty."""
    data = bytes(source or b"")
    length = _announced(data)
    if not 0 < length <= len(data):
        raise faults.cryptographic(DAMAGED)
    bring_exactly(self, data[:length], read)
    return None, length


def bring_exactly(self: KeyValue, data: bytes, read: Callable[[bytes], Any]) -> None:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        key = read(data)
    except (ValueError, TypeError):
        raise faults.cryptographic(DAMAGED) from None
    except UnsupportedAlgorithm:
        raise UnsupportedReached("certgate does not know this kind of key") from None
    if ("RSA" in type(key).__name__) != (_kind(self) == "RSA"):
        raise UnsupportedReached("certgate does not know what .NET says of a key of another kind")
    self.take(key)


def _announced(data: bytes) -> int:
    """How many bytes the outer value of DER says it has; 0 where it does not say."""
    if len(data) < 2 or data[0] != 0x30:
        return 0
    if data[1] < 0x80:
        return 2 + data[1]
    count = data[1] & 0x7F
    return 2 + count + int.from_bytes(data[2 : 2 + count], "big") if 0 < count <= 4 else 0


@ALGORITHM.method("void ImportFromPem(string input)")
def import_from_pem(self: KeyValue, text: str | None) -> None:
    from base64 import b64decode

    charge_steps(len(text or "") >> 4)
    readers = {**_PEM_READERS, **({} if _kind(self) == "RSA" else _EC_READERS)}
    blocks = [block for block in re.finditer(_PEM, text or "") if block[1] in readers]
    if not blocks:
        if "-----BEGIN ENCRYPTED PRIVATE KEY-----" in (text or ""):
            message = "An encrypted key was found, but no password was provided. Use ImportFromEncryptedPem to import "
            raise faults.argument(f"{message}this key.", "input")
        raise faults.argument(_NO_PEM, "input")
    if len(blocks) > 1:
        raise UnsupportedReached("certgate does not choose among several keys in one text")
    try:
        data = b64decode("".join(blocks[0][2].split()), validate=True)
    except ValueError:
        raise faults.argument(_NO_PEM, "input") from None
    bring_exactly(self, data, readers[blocks[0][1]])


_PEM_READERS: dict[str, Callable[[bytes], Any]] = {
    "PUBLIC KEY": public_key,
    "RSA PUBLIC KEY": public_key,
    "PRIVATE KEY": private_key,
    "RSA PRIVATE KEY": private_key,
}
_EC_READERS: dict[str, Callable[[bytes], Any]] = {"EC PRIVATE KEY": private_key}


def signed_part(data: ByteArray | None, offset: int, count: int) -> bytes:
    """The part of an array that is signed or verified."""
    content = given(data, "data")
    if not 0 <= offset <= len(content):
        raise faults.not_valid("offset")
    if not 0 <= count <= len(content) - offset:
        raise faults.not_valid("count")
    return content[offset : offset + count]
