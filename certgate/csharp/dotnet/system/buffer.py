"""``System.Buffer``: arrays of numbers as bytes; the gateway refuses it."""

from __future__ import annotations

import struct
from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.collections.list_access import INVALID_RANGE, given
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import NetType, define
from certgate.csharp.values import BYTES, NUMBER_CLASSES, Byte, ByteArray, Char, NetArray

BUFFER = define("System.Buffer", kind="static", known="BlockCopy ByteLength GetByte MemoryCopy SetByte")

_FORMATS: dict[NetType, str] = {
    types.BOOLEAN: "?",
    types.CHAR: "H",
    types.SBYTE: "b",
    types.BYTE: "B",
    types.INT16: "h",
    types.UINT16: "H",
    types.INT32: "i",
    types.UINT32: "I",
    types.INT64: "q",
    types.UINT64: "Q",
    types.SINGLE: "f",
    types.DOUBLE: "d",
}
"""Element type -> its layout."""


def _layout(source: NetArray | None, parameter: str) -> str:
    """ArgumentNullException, ArgumentException."""
    found = _FORMATS.get(given(source, parameter).element_type)
    if found is None:
        raise faults.argument("Object must be an array of primitives.", parameter)
    return found


def _pack(source: NetArray, layout: str) -> bytes:
    if isinstance(source, ByteArray):
        return bytes(source)
    items = map(ord, source.items) if source.element_type is types.CHAR else source.items
    return struct.pack(f"<{len(source.items)}{layout}", *items)


def _unpack(target: NetArray, layout: str, data: bytes) -> None:
    if isinstance(target, ByteArray):
        target.items[:] = data
        return
    numbers = struct.unpack(f"<{len(target.items)}{layout}", data)
    makers: dict[NetType, Any] = {**NUMBER_CLASSES, types.CHAR: lambda unit: Char(chr(unit)), types.BOOLEAN: bool}
    target.items[:] = list(map(makers[target.element_type], numbers))


def _size(source: NetArray, layout: str) -> int:
    return len(source.items) * struct.calcsize(f"<{layout}")


@BUFFER.method("static int ByteLength(System.Array array)")
def byte_length(source: NetArray | None) -> int:
    layout = _layout(source, "array")
    return _size(given(source, "array"), layout)


@BUFFER.method("static void BlockCopy(System.Array src, int srcOffset, System.Array dst, int dstOffset, int count)")
def block_copy(source: NetArray | None, start: int, target: NetArray | None, at: int, count: int) -> None:
    given(target, "dst") if source is not None else given(source, "src")
    from_layout, to_layout = _layout(source, "src"), _layout(target, "dst")
    for value, name in ((start, "srcOffset"), (at, "dstOffset"), (count, "count")):
        if value < 0:
            raise faults.negative(name, value)
    assert source is not None and target is not None  # noqa: S101 - checked above
    size, room = _size(source, from_layout), _size(target, to_layout)
    if size < start + count or room < at + count:
        raise faults.argument(INVALID_RANGE)
    charge_size(size + room)
    data = bytearray(_pack(target, to_layout))
    data[at : at + count] = _pack(source, from_layout)[start : start + count]
    _unpack(target, to_layout, bytes(data))


@BUFFER.method("static byte GetByte(System.Array array, int index)")
def get_byte(source: NetArray | None, index: int) -> Byte:
    layout = _layout(source, "array")
    found = given(source, "array")
    if not 0 <= index < _size(found, layout):
        raise faults.index_less("index")
    charge_size(_size(found, layout))
    return BYTES[_pack(found, layout)[index]]


@BUFFER.method("static void SetByte(System.Array array, int index, byte value)")
def set_byte(source: NetArray | None, index: int, value: int) -> None:
    layout = _layout(source, "array")
    found = given(source, "array")
    if not 0 <= index < _size(found, layout):
        raise faults.index_less("index")
    charge_size(_size(found, layout))
    data = bytearray(_pack(found, layout))
    data[index] = int(value)
    _unpack(found, layout, bytes(data))
