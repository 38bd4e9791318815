"""``GetHashCode()`` of values whose hash code .NET computes from the value alone.

Strings hash differently in each process, and objects by their identity: those are unsupported.
"""

from __future__ import annotations

import struct
from typing import Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.values import Char, EnumValue, Long, NetObject, Single, ULong


class Hashed(NetObject):
    """Base of library values with a hash code of their own."""

    __slots__ = ()

    def hash_code(self) -> int:
        raise NotImplementedError


def to_int(number: int) -> int:
    """The low 32 bits as an int."""
    return (number & 0xFFFFFFFF ^ 0x80000000) - 0x80000000


def fold(number: int) -> int:
    """The hash code of 64 bits: their halves, one xor the other."""
    return to_int(number ^ number >> 32)


def hash_code(value: Any) -> int:
    """The hash code of a value that is not null. UnsupportedReached where .NET's cannot be known."""
    charge_steps(1)
    match value:
        case None:
            return 0
        case bool():
            return int(value)
        case Char():
            return to_int(ord(value) | ord(value) << 16)
        case str():
            raise UnsupportedReached("the hash code of a string differs in each process")
        case Long() | ULong():
            return fold(int(value))
        case int():
            return to_int(int(value))
        case Single():
            return _single(float(value))
        case float():
            return _double(value)
        case NetDecimal():
            return _decimal(value)
        case EnumValue():
            definition = value.net_type.definition
            wide = definition is not None and definition.underlying in ("long", "ulong")
            return fold(value.value) if wide else to_int(value.value)
        case Hashed():
            return value.hash_code()
    raise UnsupportedReached("the hash code of an object differs in each process")


def _double(value: float) -> int:
    bits = int.from_bytes(struct.pack(">d", value), "big")
    if value == 0 or value != value:
        bits &= 0x7FF0000000000000
    return fold(bits)


def _single(value: float) -> int:
    bits = int.from_bytes(struct.pack(">f", value), "big")
    if value == 0 or value != value:
        bits &= 0x7F800000
    return to_int(bits)


def _decimal(value: NetDecimal) -> int:
    """Equal numbers of different scale have one hash code: trailing zeros do not count."""
    number, scale = abs(value.number), value.scale
    if number == 0:
        return 0
    while scale and number % 10 == 0:
        number, scale = number // 10, scale - 1
    flags = scale << 16 | (0x80000000 if value.negative else 0)
    return to_int(flags ^ number >> 64 ^ (number >> 32 & 0xFFFFFFFF) ^ number & 0xFFFFFFFF)


def combine(codes: list[int]) -> int:
    """How ``System.Tuple`` puts the hash codes of its items together."""
    match len(codes):
        case 1:
            return codes[0]
        case 2:
            return to_int(((codes[0] << 5) + codes[0]) ^ codes[1])
        case 3:
            return combine([combine(codes[:2]), codes[2]])
        case 4:
            return combine([combine(codes[:2]), combine(codes[2:])])
    return combine([combine(codes[:4]), combine(codes[4:])])
