"""The small types of the symmetric ciphers: modes, paddings, legal sizes, and the exceptions of cryptography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.types import define, define_enum
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = "System.Security.Cryptography"
CBC, ECB, OFB, CFB, CTS = 1, 2, 3, 4, 5
NONE, PKCS7, ZEROS, ANSI_X923, ISO_10126 = 1, 2, 3, 4, 5

CIPHER_MODE = define_enum(
    f"{NAMESPACE}.CipherMode", {"CBC": CBC, "ECB": ECB, "OFB": OFB, "CFB": CFB, "CTS": CTS}, allowed=True
)
PADDING_MODE = define_enum(
    f"{NAMESPACE}.PaddingMode",
    {"None": NONE, "PKCS7": PKCS7, "Zeros": ZEROS, "ANSIX923": ANSI_X923, "ISO10126": ISO_10126},
    allowed=True,
)
KEY_SIZES = define(
    f"{NAMESPACE}.KeySizes", known="Equals GetHashCode GetType MaxSize MinSize ReferenceEquals SkipSize ToString"
)
UNEXPECTED = define(
    f"{NAMESPACE}.CryptographicUnexpectedOperationException", bases=(f"{NAMESPACE}.CryptographicException",)
)
TAG_MISMATCH = define(f"{NAMESPACE}.AuthenticationTagMismatchException", bases=(f"{NAMESPACE}.CryptographicException",))


class KeySizesValue(NetObject):
    """Sizes in bits from `low` to `high` in steps."""

    __slots__ = ("high", "low", "step")

    net_type = KEY_SIZES.type

    def __init__(self, low: int, high: int, step: int) -> None:
        self.low = low
        self.high = high
        self.step = step

    def __contains__(self, bits: int) -> bool:
        if self.step == 0:
            return bits == self.low
        return self.low <= bits <= self.high and (bits - self.low) % self.step == 0


def legal(bits: int, sizes: Iterable[tuple[int, int, int]]) -> bool:
    """Whether a size is among the legal ones."""
    return any(bits in KeySizesValue(*each) for each in sizes)


@KEY_SIZES.constructor("KeySizes(int minSize, int maxSize, int skipSize)")
def make(low: int, high: int, step: int) -> KeySizesValue:
    return KeySizesValue(low, high, step)


@KEY_SIZES.property("int MinSize")
def get_min(self: KeySizesValue) -> int:
    return self.low


@KEY_SIZES.property("int MaxSize")
def get_max(self: KeySizesValue) -> int:
    return self.high


@KEY_SIZES.property("int SkipSize")
def get_step(self: KeySizesValue) -> int:
    return self.step
