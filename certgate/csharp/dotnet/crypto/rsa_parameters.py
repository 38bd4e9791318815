"""``RSAParameters``: the numbers of an RSA key as byte arrays, the most significant byte first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject

if TYPE_CHECKING:
    from collections.abc import Mapping

PARAMETERS = define(
    "System.Security.Cryptography.RSAParameters",
    kind="struct",
    bases=("System.ValueType",),
    known="D DP DQ Equals Exponent GetHashCode GetType InverseQ Modulus P Q ReferenceEquals ToString",
    default=lambda _: ParametersValue({}),
)
NAMES = ("Modulus", "Exponent", "D", "P", "Q", "DP", "DQ", "InverseQ")
_HALVES = ("P", "Q", "DP", "DQ", "InverseQ")
_NOT_VALID = (
    "The specified RSA parameters are not valid. Exponent and Modulus are required. If D is present, it must have the "
    "same length as Modulus. If D is present, P, Q, DP, DQ, and InverseQ are required and must have half the length of "
    "Modulus, rounded up, otherwise they must be omitted."
)


class ParametersValue(NetObject):
    """The arrays by name; what is null is not there."""

    __slots__ = ("parts",)

    net_type = PARAMETERS.type

    def __init__(self, parts: Mapping[str, ByteArray]) -> None:
        self.parts = dict(parts)

    @property
    def private(self) -> bool:
        return "D" in self.parts

    def numbers(self) -> dict[str, int]:
        """The numbers by name. CryptographicException where they do not belong together."""
        size = len(self.parts["Modulus"]) if "Modulus" in self.parts else 0
        half = (size + 1) // 2
        halves = [len(self.parts[name]) for name in _HALVES if name in self.parts]
        fits = size > 0 and len(self.parts.get("Exponent", ())) > 0
        if self.private:
            fits = fits and len(self.parts["D"]) == size and halves == [half] * len(_HALVES)
        if not fits or (not self.private and halves):
            raise faults.cryptographic(_NOT_VALID)
        return {name: int.from_bytes(bytes(part), "big") for name, part in self.parts.items()}


def parameters(numbers: Mapping[str, int]) -> ParametersValue:
    """The arrays of some numbers: those of a private key as long as the modulus or half of it, the exponent as long as
    it is."""
    size = (numbers["Modulus"].bit_length() + 7) // 8
    widths = {"Modulus": size, "D": size, **dict.fromkeys(_HALVES, (size + 1) // 2)}
    return ParametersValue(
        {
            name: ByteArray(number.to_bytes(widths.get(name) or (number.bit_length() + 7) // 8, "big"))
            for name, number in numbers.items()
        }
    )


def _part(name: str) -> None:
    member = PARAMETERS.field(f"byte[] {name}")(lambda self: self.parts.get(name))

    @member.set
    def put(self: ParametersValue, value: ByteArray | None) -> Any:
        if value is None:
            self.parts.pop(name, None)
        else:
            self.parts[name] = value


for _name in NAMES:
    _part(_name)
