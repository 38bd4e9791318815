"""``System.BitConverter``, little-endian as the gateway's machines are."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, Char, Long, Short, UInt, ULong, UShort, single

if TYPE_CHECKING:
    from collections.abc import Callable

BITS = define(
    "System.BitConverter",
    kind="static",
    allowed=True,
    known="DoubleToInt64Bits DoubleToUInt64Bits GetBytes HalfToInt16Bits HalfToUInt16Bits "
    "Int16BitsToHalf Int32BitsToSingle "
    "Int64BitsToDouble IsLittleEndian SingleToInt32Bits SingleToUInt32Bits ToBFloat16 ToBoolean "
    "ToChar ToDouble ToHalf ToInt128 "
    "ToInt16 ToInt32 ToInt64 ToSingle ToString ToUInt128 ToUInt16 ToUInt32 ToUInt64 TryWriteBytes UInt16BitsToHalf "
    "UInt32BitsToSingle UInt64BitsToDouble",
)


@BITS.field("static readonly bool IsLittleEndian")
def is_little_endian() -> bool:
    return True


_FORMATS: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
    "ToInt16": ("short", "<h", Short),
    "ToUInt16": ("ushort", "<H", UShort),
    "ToInt32": ("int", "<i", int),
    "ToUInt32": ("uint", "<I", UInt),
    "ToInt64": ("long", "<q", Long),
    "ToUInt64": ("ulong", "<Q", ULong),
    "ToSingle": ("float", "<f", single),
    "ToDouble": ("double", "<d", float),
    "ToBoolean": ("bool", "<?", bool),
}


def _declare(name: str, keyword: str, layout: str, python: Callable[[Any], Any]) -> None:
    BITS.method(f"static byte[] GetBytes({keyword} value)")(lambda value: ByteArray(struct.pack(layout, value)))
    BITS.method(f"static {keyword} {name}(byte[] value, int startIndex)")(
        lambda data, start: python(struct.unpack(layout, _part(data, start, struct.calcsize(layout)))[0])
    )


def _part(data: ByteArray | None, start: int, length: int) -> bytes:
    if data is None:
        raise faults.argument_null("value")
    if not 0 <= start < len(data):
        raise faults.index_less("startIndex")
    if start > len(data) - length:
        message = (
            "The array starting from the specified index is not long enough to read a value of the specified type."
        )
        raise faults.argument(message, "value")
    return bytes(data.items[start : start + length])


for _name, _format in _FORMATS.items():
    _declare(_name, *_format)


@BITS.method("static byte[] GetBytes(char value)")
def get_bytes_char(value: str) -> ByteArray:
    return ByteArray(struct.pack("<H", ord(value)))


@BITS.method("static char ToChar(byte[] value, int startIndex)")
def to_char(data: ByteArray | None, start: int) -> Char:
    return Char(chr(struct.unpack("<H", _part(data, start, 2))[0]))


@BITS.method("static string ToString(byte[] value)")
def to_string(data: ByteArray | None) -> str:
    if data is None:
        raise faults.argument_null("value")
    return _hex(bytes(data))


@BITS.method("static string ToString(byte[] value, int startIndex)")
def to_string_from(data: ByteArray | None, start: int) -> str:
    return to_string_part(data, start, 0 if data is None else len(data) - start)


@BITS.method("static string ToString(byte[] value, int startIndex, int length)")
def to_string_part(data: ByteArray | None, start: int, length: int) -> str:
    if data is None:
        raise faults.argument_null("value")
    if start < 0 or (start >= len(data) and start > 0):
        raise faults.index_less("startIndex")
    if length < 0:
        raise faults.out_of_range("Value must be positive.", "length")
    if start > len(data) - length:
        message = (
            "The array starting from the specified index is not long enough to read a value of the specified type."
        )
        raise faults.argument(message, "value")
    return _hex(bytes(data.items[start : start + length]))


def _hex(data: bytes) -> str:
    # Python is slow at the hyphens: 3 us for a byte.
    charge_steps(len(data) * 8)
    return data.hex("-").upper()


@BITS.method("static long DoubleToInt64Bits(double value)")
def double_to_bits(value: float) -> Long:
    return Long(struct.unpack("<q", struct.pack("<d", value))[0])


@BITS.method("static double Int64BitsToDouble(long value)")
def bits_to_double(value: int) -> float:
    return float(struct.unpack("<d", struct.pack("<q", value))[0])


@BITS.method("static int SingleToInt32Bits(float value)")
def single_to_bits(value: float) -> int:
    return int(struct.unpack("<i", struct.pack("<f", value))[0])


@BITS.method("static float Int32BitsToSingle(int value)")
def bits_to_single(value: int) -> Any:
    return single(struct.unpack("<f", struct.pack("<i", value))[0])


@BITS.method("static ulong DoubleToUInt64Bits(double value)")
def double_to_unsigned(value: float) -> ULong:
    return ULong(struct.unpack("<Q", struct.pack("<d", value))[0])


@BITS.method("static double UInt64BitsToDouble(ulong value)")
def unsigned_to_double(value: int) -> float:
    return float(struct.unpack("<d", struct.pack("<Q", value))[0])


@BITS.method("static uint SingleToUInt32Bits(float value)")
def single_to_unsigned(value: float) -> UInt:
    return UInt(struct.unpack("<I", struct.pack("<f", value))[0])


@BITS.method("static float UInt32BitsToSingle(uint value)")
def unsigned_to_single(value: int) -> float:
    return single(struct.unpack("<f", struct.pack("<I", value))[0])
