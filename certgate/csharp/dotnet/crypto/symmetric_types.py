"""The ciphers that .NET has: AES under its four names, TripleDES and DES."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.dotnet.crypto import cipher_modes as modes
from certgate.csharp.dotnet.crypto.cipher_modes import NAMESPACE
from certgate.csharp.dotnet.crypto.symmetric import BAD_BLOCK, BAD_KEY, MEMBERS, SymmetricValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.types import define

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.crypto.symmetric import Settings
    from certgate.csharp.types import TypeDefinition

Sizes = tuple[tuple[int, int, int], ...]
_AES_KEYS: Sizes = ((128, 256, 64),)
_TRIPLE_KEYS: Sizes = ((128, 192, 64),)
_DES_KEYS: Sizes = ((64, 64, 0),)
_WEAK_DES = {bytes.fromhex(each) for each in ("01" * 8, "fe" * 8, "1f1f1f1f0e0e0e0e", "e0e0e0e0f1f1f1f1")}
_SEMI_WEAK_DES = {
    bytes.fromhex(each)
    for each in (
        *("01fe01fe01fe01fe", "fe01fe01fe01fe01", "1fe01fe00ef10ef1", "e01fe01ff10ef10e"),
        *("01e001e001f101f1", "e001e001f101f101", "1ffe1ffe0efe0efe", "fe1ffe1ffe0efe0e"),
        *("011f011f010e010e", "1f011f010e010e01", "e0fee0fef1fef1fe", "fee0fee0fef1fef1"),
    )
}


@frozen
class Kind:
    """A class of ciphers. Sizes are in bits; `wide_feedback` is the other feedback size than 8 that CFB takes."""

    definition: TypeDefinition
    cipher: str
    key_size: int
    block_size: int
    feedback: int
    key_sizes: Sizes
    block_sizes: Sizes

    @property
    def wide_feedback(self) -> int:
        return self.block_size

    def check_key(self, key: bytes) -> None:
        """What setting the property ``Key`` refuses."""
        if not modes.legal(len(key) * 8, self.key_sizes):
            raise faults.cryptographic(BAD_KEY) if self.cipher == "AES" else faults.argument(BAD_KEY)
        self.check_weak(key)

    def check_weak(self, key: bytes) -> None:
        if self.cipher == "TripleDES":
            if key[:8] == key[8:16] or key[8:16] == key[16:24]:
                raise _weak("weak", self.cipher)
        elif self.cipher == "DES":
            even = bytes(_odd_parity(each) for each in key)
            if even in _WEAK_DES:
                raise _weak("weak", self.cipher)
            if even in _SEMI_WEAK_DES:
                raise _weak("semi-weak", self.cipher)

    def make_key(self, draw: Callable[[int], bytes], size: int) -> bytes:
        """A random key that is not weak."""
        while True:
            key = draw(size)
            try:
                self.check_weak(key)
            except ThrownException:
                continue
            return key

    def refuse_block(self, bits: int) -> None:
        """What setting another block size than the one there is ends in."""
        if self.definition.name.startswith("Rijndael") and bits in (160, 192, 224, 256):
            raise faults.thrown("System.PlatformNotSupportedException", "BlockSize must be 128 in this implementation.")
        raise faults.cryptographic(BAD_BLOCK)

    def start(self, key: bytes, iv: bytes | None, settings: Settings, encrypts: bool) -> Callable[[bytes], bytes]:
        """The cipher from its beginning: a function from whole units to whole units."""
        from cryptography.hazmat.primitives.ciphers import Cipher

        context = Cipher(_algorithm(self.cipher, key), _mode(settings, iv, self.block_size))
        running: Any = context.encryptor() if encrypts else context.decryptor()
        return lambda data: bytes(running.update(data))


def _weak(how: str, name: str) -> ThrownException:
    return faults.cryptographic(f"Specified key is a known {how} key for '{name}' and cannot be used.")


def _odd_parity(byte: int) -> int:
    high = byte & 0xFE
    return high | (high.bit_count() + 1) % 2


def _algorithm(cipher: str, key: bytes) -> Any:
    if cipher == "AES":
        from cryptography.hazmat.primitives.ciphers.algorithms import AES

        return AES(key)
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES

    # DES is TripleDES with one key three times; two keys mean the first one again.
    return TripleDES((key + key[:8] if len(key) == 16 else key * 3)[:24])


def _mode(settings: Settings, iv: bytes | None, block_size: int) -> Any:
    from cryptography.hazmat.primitives.ciphers import modes as ciphers

    if settings.mode == modes.ECB:
        return ciphers.ECB()  # noqa: S305 - the expression asks for it
    vector = iv or b""
    if settings.mode == modes.CBC:
        return ciphers.CBC(vector)
    feedback: Any = ciphers
    with suppress(ImportError):
        # Newer versions of the library keep these modes apart.
        from cryptography.hazmat.decrepit.ciphers import modes as decrepit

        feedback = decrepit
    return feedback.CFB(vector) if settings.feedback == block_size else feedback.CFB8(vector)


AES = define(f"{NAMESPACE}.Aes", bases=(f"{NAMESPACE}.SymmetricAlgorithm",), abstract=True, known=MEMBERS)
RIJNDAEL = define(f"{NAMESPACE}.Rijndael", bases=(f"{NAMESPACE}.SymmetricAlgorithm",), abstract=True, known=MEMBERS)
TRIPLE_DES = define(
    f"{NAMESPACE}.TripleDES",
    bases=(f"{NAMESPACE}.SymmetricAlgorithm",),
    abstract=True,
    known=f"{MEMBERS} IsWeakKey",
)
DES = define(
    f"{NAMESPACE}.DES",
    bases=(f"{NAMESPACE}.SymmetricAlgorithm",),
    abstract=True,
    known=f"{MEMBERS} IsSemiWeakKey IsWeakKey",
)
_ABSTRACT = {"AES": AES, "Rijndael": RIJNDAEL, "TripleDES": TRIPLE_DES, "DES": DES}
_KINDS: dict[str, Kind] = {}


def _kind(base: TypeDefinition, name: str, feedback: int) -> Kind:
    definition = define(f"{NAMESPACE}.{name}", bases=(base.full_name,), known=MEMBERS)
    if base in (AES, RIJNDAEL):
        found = Kind(definition, "AES", 256, 128, feedback, _AES_KEYS, ((128, 128, 0),))
    elif base is TRIPLE_DES:
        found = Kind(definition, "TripleDES", 192, 64, feedback, _TRIPLE_KEYS, ((64, 64, 0),))
    else:
        found = Kind(definition, "DES", 64, 64, feedback, _DES_KEYS, ((64, 64, 0),))
    if not name.endswith("Implementation"):
        definition.constructor(f"{name}()")(lambda: SymmetricValue(found))
    _KINDS[name] = found
    return found


# How wide the feedback is at first: .NET's newer classes say 8, those of before say a whole block.
for _base, _name, _feedback in (
    (AES, "AesImplementation", 8),
    (AES, "AesCryptoServiceProvider", 8),
    (AES, "AesManaged", 128),
    (RIJNDAEL, "RijndaelImplementation", 128),
    (RIJNDAEL, "RijndaelManaged", 128),
    (TRIPLE_DES, "TripleDESImplementation", 8),
    (TRIPLE_DES, "TripleDESCryptoServiceProvider", 8),
    (DES, "DESImplementation", 8),
    (DES, "DESCryptoServiceProvider", 8),
):
    _kind(_base, _name, _feedback)

_NAMES = {
    "AES": "AesCryptoServiceProvider",
    "AESCRYPTOSERVICEPROVIDER": "AesCryptoServiceProvider",
    "AESMANAGED": "AesManaged",
    "RIJNDAEL": "RijndaelManaged",
    "SYMMETRICALGORITHM": "RijndaelManaged",
    "3DES": "TripleDESCryptoServiceProvider",
    "TRIPLEDES": "TripleDESCryptoServiceProvider",
    "TRIPLE DES": "TripleDESCryptoServiceProvider",
    "DES": "DESCryptoServiceProvider",
}
"""Name by which the configuration of .NET knows a cipher, in upper case -> its class."""


def by_name(name: str | None) -> SymmetricValue | None:
    """What the configuration of .NET calls by that name; null for a name that it has not."""
    if name is None:
        raise faults.argument_null("name")
    spelled = name.upper().removeprefix(f"{NAMESPACE}.".upper())
    if "RC2" in spelled:
        raise UnsupportedReached("certgate does not simulate RC2")
    found = _NAMES.get(spelled)
    return SymmetricValue(_KINDS[found]) if found else None


def _of_base(base: TypeDefinition) -> Callable[[str | None], SymmetricValue | None]:
    def create(name: str | None) -> SymmetricValue | None:
        found = by_name(name)
        if found is not None and base.type not in found.net_type.bases:
            raise UnsupportedReached(f"certgate does not know what {base.name}.Create makes of {name}")
        return found

    return create


for _base in (AES, RIJNDAEL, TRIPLE_DES, DES):
    _base.method(f"static {_base.name} Create()")(
        lambda kind=_KINDS[f"{_base.name}Implementation"]: SymmetricValue(kind)
    )
    _base.method(f"static {_base.name} Create(string algorithmName)")(_of_base(_base))
