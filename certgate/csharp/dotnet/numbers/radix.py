"""Whole numbers written and read in base 2, 8, 10 or 16, as ``System.Convert`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.numbers.convert_values import INTEGERS, integer, overflow
from certgate.csharp.dotnet.system import faults

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

_DIGITS = "0123456789abcdef"


def parse_radix(text: str | None, base: int, name: str) -> Any:
    """A value of the integral type `name`; in other bases than ten the digits are its bits."""
    _check(base)
    python, bits, signed, _ = INTEGERS[name]
    if text is None:
        return python(0)
    number, negative = _read(text, base, bits, name)
    if base == 10:
        return integer(-number if negative else number, name)
    if signed and number >> (bits - 1):
        number -= 1 << bits
    return integer(number, name)


def _check(base: int) -> None:
    if base not in (2, 8, 10, 16):
        raise faults.argument("Invalid Base.")


def _read(text: str, base: int, bits: int, name: str) -> tuple[int, bool]:
    if not text:
        raise faults.index_less("startIndex")
    at, negative = 0, False
    if text[0] == "-":
        if base != 10:
            raise faults.argument("String cannot contain a minus sign if the base is not 10.")
        if not INTEGERS[name][2]:
            raise faults.overflow(
                "The string was being parsed as an unsigned number and could not have a negative sign."
            )
        at, negative = 1, True
    elif text[0] == "+":
        at = 1
    if base == 16 and text[at : at + 2].lower() == "0x":
        at += 2
    start, number = at, 0
    while at < len(text) and (digit := _DIGITS.find(text[at].lower())) >= 0 and digit < base:
        number = number * base + digit
        at += 1
        if number >> 64:
            raise _too_large(bits, name, base)
    if at == start:
        raise faults.format_error("Could not find any recognizable digits.")
    if at < len(text):
        raise faults.format_error("Additional non-parsable characters are at the end of the string.")
    if base != 10 and number >> bits:
        raise _too_large(bits, name, base)
    return number, negative


def _too_large(bits: int, name: str, base: int) -> ThrownException:
    """.NET reads 32 bits for the shorter types, and says so."""
    unsigned = "UInt64" if bits == 64 else "UInt32"
    if bits < 32 and base != 10:
        return overflow(name)
    return overflow(unsigned) if base != 10 else overflow(name)


def format_radix(value: int, base: int, bits: int) -> str:
    """A negative number shows its bits, but for base ten."""
    _check(base)
    if base == 10:
        return str(int(value))
    number = value & ((1 << bits) - 1)
    return format(number, {2: "b", 8: "o", 16: "x"}[base])
