"""``SymmetricAlgorithm``: key, vector, mode and padding of a cipher with .NET's checks, and its transforms.

Which ciphers there are: ``symmetric_types.py``. The ciphers themselves come from the library ``cryptography``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.crypto import cipher_modes as modes
from certgate.csharp.dotnet.crypto.cipher_modes import NAMESPACE, KeySizesValue
from certgate.csharp.dotnet.crypto.cipher_transform import Scheme, TransformValue
from certgate.csharp.dotnet.crypto.entropy import draw
from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, EnumValue, NetArray, NetObject, array, enum_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.crypto.symmetric_types import Kind
    from certgate.csharp.runtime import Evaluation

MEMBERS = (
    "BlockSize Clear Create CreateDecryptor CreateEncryptor DecryptCbc DecryptCfb DecryptEcb Dispose EncryptCbc "
    "EncryptCfb EncryptEcb Equals FeedbackSize GenerateIV GenerateKey GetCiphertextLengthCbc GetCiphertextLengthCfb "
    "GetCiphertextLengthEcb GetHashCode GetType IV Key KeySize LegalBlockSizes LegalKeySizes Mode Padding "
    "ReferenceEquals SetKey ToString TryDecryptCbc TryDecryptCfb TryDecryptEcb TryEncryptCbc TryEncryptCfb "
    "TryEncryptEcb ValidKeySize"
)
SYMMETRIC = define(f"{NAMESPACE}.SymmetricAlgorithm", bases=("IDisposable",), allowed=True, known=MEMBERS)

BAD_KEY = "Specified key is not a valid size for this algorithm."
BAD_IV = "Specified initialization vector (IV) does not match the block size for this algorithm."
BAD_BLOCK = "Specified block size is not valid for this algorithm."
BAD_FEEDBACK = "Specified feedback size is not valid for this algorithm."
BAD_MODE = "Specified cipher mode is not valid for this algorithm."
BAD_PADDING = "Specified padding mode is not valid for this algorithm."
NO_IV = "The cipher mode specified requires that an initialization vector (IV) be used."


class SymmetricValue(NetObject):
    """A cipher with its settings; sizes are in bits, `mode` and `padding` numbers of their enums."""

    __slots__ = ("block_size", "feedback", "iv", "key_data", "key_size", "kind", "mode", "net_type", "padding")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.net_type = kind.definition.type
        self.key_data: bytes | None = None
        self.iv: bytes | None = None
        self.key_size = kind.key_size
        self.block_size = kind.block_size
        self.feedback = kind.feedback
        self.mode = modes.CBC
        self.padding = modes.PKCS7

    def key_for(self, run: Evaluation) -> bytes:
        """The key; one is made where there is none yet."""
        if self.key_data is None:
            self.key_data = self.kind.make_key(partial(draw, run), self.key_size // 8)
        return self.key_data

    def iv_for(self, run: Evaluation) -> bytes:
        if self.iv is None:
            self.iv = draw(run, self.block_size // 8)
        return self.iv


def _given(data: ByteArray | None, parameter: str) -> bytes:
    if data is None:
        raise faults.argument_null(parameter)
    return bytes(data)


# -- settings --------------------------------------------------------------------------------------


@SYMMETRIC.property("byte[] Key { get; set; }", ambient=True)
def get_key(run: Evaluation, self: SymmetricValue) -> ByteArray:
    return ByteArray(self.key_for(run))


@get_key.set
def set_key(self: SymmetricValue, value: ByteArray | None) -> None:
    key = _given(value, "value")
    self.kind.check_key(key)
    self.key_size = len(key) * 8
    self.key_data = key


@SYMMETRIC.property("byte[] IV { get; set; }", ambient=True)
def get_iv(run: Evaluation, self: SymmetricValue) -> ByteArray:
    return ByteArray(self.iv_for(run))


@get_iv.set
def set_iv(self: SymmetricValue, value: ByteArray | None) -> None:
    iv = _given(value, "value")
    if len(iv) * 8 != self.block_size:
        raise faults.cryptographic(BAD_IV)
    self.iv = iv


@SYMMETRIC.property("int KeySize { get; set; }")
def get_key_size(self: SymmetricValue) -> int:
    return self.key_size


@get_key_size.set
def set_key_size(self: SymmetricValue, value: int) -> None:
    if not modes.legal(value, self.kind.key_sizes):
        raise faults.cryptographic(BAD_KEY)
    self.key_size, self.key_data = value, None


@SYMMETRIC.property("int BlockSize { get; set; }")
def get_block_size(self: SymmetricValue) -> int:
    return self.block_size


@get_block_size.set
def set_block_size(self: SymmetricValue, value: int) -> None:
    if value != self.block_size:
        self.kind.refuse_block(value)


@SYMMETRIC.property("int FeedbackSize { get; set; }")
def get_feedback_size(self: SymmetricValue) -> int:
    return self.feedback


@get_feedback_size.set
def set_feedback_size(self: SymmetricValue, value: int) -> None:
    if value <= 0 or value > self.block_size or value % 8:
        raise faults.cryptographic(BAD_FEEDBACK)
    self.feedback = value


@SYMMETRIC.property("CipherMode Mode { get; set; }")
def get_mode(self: SymmetricValue) -> EnumValue:
    return enum_value(modes.CIPHER_MODE, self.mode)


@get_mode.set
def set_mode(self: SymmetricValue, value: EnumValue) -> None:
    if not modes.CBC <= value.value <= modes.CFB:
        raise faults.cryptographic(BAD_MODE)
    self.mode = value.value


@SYMMETRIC.property("PaddingMode Padding { get; set; }")
def get_padding(self: SymmetricValue) -> EnumValue:
    return enum_value(modes.PADDING_MODE, self.padding)


@get_padding.set
def set_padding(self: SymmetricValue, value: EnumValue) -> None:
    if not modes.NONE <= value.value <= modes.ISO_10126:
        raise faults.cryptographic(BAD_PADDING)
    self.padding = value.value


def _sizes(rows: tuple[tuple[int, int, int], ...]) -> NetArray:
    return array(types.named(f"{NAMESPACE}.KeySizes"), [KeySizesValue(*row) for row in rows])


@SYMMETRIC.property("KeySizes[] LegalKeySizes")
def get_legal_key_sizes(self: SymmetricValue) -> NetArray:
    return _sizes(self.kind.key_sizes)


@SYMMETRIC.property("KeySizes[] LegalBlockSizes")
def get_legal_block_sizes(self: SymmetricValue) -> NetArray:
    return _sizes(self.kind.block_sizes)


@SYMMETRIC.method("bool ValidKeySize(int bitLength)")
def valid_key_size(self: SymmetricValue, bits: int) -> bool:
    return modes.legal(bits, self.kind.key_sizes)


@SYMMETRIC.method("void GenerateKey()", ambient=True)
def generate_key(run: Evaluation, self: SymmetricValue) -> None:
    self.key_data = None
    self.key_for(run)


@SYMMETRIC.method("void GenerateIV()", ambient=True)
def generate_iv(run: Evaluation, self: SymmetricValue) -> None:
    self.iv = None
    self.iv_for(run)


@SYMMETRIC.method("void Dispose()")
@SYMMETRIC.method("void Clear()")
def dispose(self: SymmetricValue) -> None:
    """The key is forgotten; the object goes on with another one."""
    self.key_data = self.iv = None


# -- transforms ------------------------------------------------------------------------------------


@SYMMETRIC.method("ICryptoTransform CreateEncryptor()", ambient=True)
def create_encryptor(run: Evaluation, self: SymmetricValue) -> TransformValue:
    return transform(run, self, (self.key_for(run), self.iv_for(run)), encrypts=True)


@SYMMETRIC.method("ICryptoTransform CreateDecryptor()", ambient=True)
def create_decryptor(run: Evaluation, self: SymmetricValue) -> TransformValue:
    return transform(run, self, (self.key_for(run), self.iv_for(run)), encrypts=False)


@SYMMETRIC.method("ICryptoTransform CreateEncryptor(byte[] rgbKey, byte[] rgbIV)", ambient=True)
def create_encryptor_with(
    run: Evaluation, self: SymmetricValue, key: ByteArray | None, iv: ByteArray | None
) -> TransformValue:
    return transform(run, self, _checked(self, key, iv), encrypts=True)


@SYMMETRIC.method("ICryptoTransform CreateDecryptor(byte[] rgbKey, byte[] rgbIV)", ambient=True)
def create_decryptor_with(
    run: Evaluation, self: SymmetricValue, key: ByteArray | None, iv: ByteArray | None
) -> TransformValue:
    return transform(run, self, _checked(self, key, iv), encrypts=False)


def _checked(self: SymmetricValue, key: ByteArray | None, iv: ByteArray | None) -> tuple[bytes, bytes | None]:
    data = _given(key, "rgbKey")
    if not modes.legal(len(data) * 8, self.kind.key_sizes):
        raise faults.argument(BAD_KEY, "rgbKey")
    if iv is not None and len(iv) * 8 != self.block_size:
        raise faults.argument(BAD_IV, "rgbIV")
    self.kind.check_weak(data)
    return data, None if iv is None else bytes(iv)


def transform(
    run: Evaluation, self: SymmetricValue, secret: tuple[bytes, bytes | None], *, encrypts: bool
) -> TransformValue:
    """A transform with this key and vector, and the settings of the algorithm."""
    return made(run, self, secret, Settings(self.mode, self.padding, self.feedback), encrypts=encrypts)


class Settings:
    """Mode, padding and feedback size of one transform."""

    __slots__ = ("feedback", "mode", "padding")

    def __init__(self, mode: int, padding: int, feedback: int) -> None:
        self.mode = mode
        self.padding = padding
        self.feedback = feedback


def made(
    run: Evaluation, self: SymmetricValue, secret: tuple[bytes, bytes | None], settings: Settings, *, encrypts: bool
) -> TransformValue:
    key, iv = secret
    mode, feedback = settings.mode, settings.feedback
    if mode == modes.OFB:
        raise faults.cryptographic("The specified CipherMode 'OFB' is not supported.")
    if mode == modes.CFB and feedback not in (8, self.kind.wide_feedback):
        message = f"The specified feedback size '{feedback}' for CipherMode 'CFB' is not supported."
        raise faults.cryptographic(message)
    if mode != modes.ECB and iv is None:
        raise faults.cryptographic(NO_IV)
    unit = feedback // 8 if mode == modes.CFB else self.block_size // 8
    # A padding that is not to be undone needs random bytes; so the source is asked when it is reached.
    scheme = Scheme(settings.padding, unit, partial(draw, run))
    return TransformValue(scheme, lambda: self.kind.start(key, iv, settings, encrypts), encrypts)


# -- in one call -----------------------------------------------------------------------------------


def _one_shot(mode: int, encrypts: bool) -> Callable[..., ByteArray]:
    parameter = "plaintext" if encrypts else "ciphertext"

    def with_vector(
        run: Evaluation, self: SymmetricValue, data: Any, iv: Any, padding: EnumValue, feedback: int = 8
    ) -> ByteArray:
        content, vector = _given(data, parameter), _given(iv, "iv")
        if len(vector) * 8 != self.block_size:
            raise faults.argument(BAD_IV, "iv")
        return at_once(run, self, content, vector, Settings(mode, padding.value, feedback))

    def without(run: Evaluation, self: SymmetricValue, data: Any, padding: EnumValue) -> ByteArray:
        return at_once(run, self, _given(data, parameter), None, Settings(mode, padding.value, 8))

    def at_once(run: Evaluation, self: SymmetricValue, data: bytes, iv: bytes | None, settings: Settings) -> ByteArray:
        if not modes.NONE <= settings.padding <= modes.ISO_10126:
            message = "Specified padding mode is not valid for this algorithm."
            raise faults.out_of_range(message, "paddingMode")
        return ByteArray(made(run, self, (self.key_for(run), iv), settings, encrypts=encrypts).end(data))

    return without if mode == modes.ECB else with_vector


for _verb, _encrypts, _name in (("Encrypt", True, "plaintext"), ("Decrypt", False, "ciphertext")):
    SYMMETRIC.method(f"byte[] {_verb}Cbc(byte[] {_name}, byte[] iv, PaddingMode paddingMode = PKCS7)", ambient=True)(
        _one_shot(modes.CBC, _encrypts)
    )
    SYMMETRIC.method(f"byte[] {_verb}Ecb(byte[] {_name}, PaddingMode paddingMode)", ambient=True)(
        _one_shot(modes.ECB, _encrypts)
    )
    SYMMETRIC.method(
        f"byte[] {_verb}Cfb(byte[] {_name}, byte[] iv, PaddingMode paddingMode = None, int feedbackSizeInBits = 8)",
        ambient=True,
    )(_one_shot(modes.CFB, _encrypts))


@SYMMETRIC.method("static SymmetricAlgorithm Create()", refused=True)
def create_default() -> Any:
    raise faults.thrown(
        "System.PlatformNotSupportedException",
        "This platform does not allow the automatic selection of an algorithm.",
    )


@SYMMETRIC.method("static SymmetricAlgorithm Create(string algName)")
def create(name: str | None) -> SymmetricValue | None:
    from certgate.csharp.dotnet.crypto.symmetric_types import by_name

    return by_name(name)
