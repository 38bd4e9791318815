"""``System.Convert``: Base64 and hex. Conversions between the simple types: convert_numbers.py and convert_text.py."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.numbers import convert_numbers, convert_text
from certgate.csharp.dotnet.numbers.convert_type import CONVERT
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import base64_text
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import ByteArray, Char, EnumValue, NetArray, type_of

PARTS = (convert_numbers, convert_text)
"""The modules that declare the rest of the members."""


@CONVERT.method("static byte[] FromBase64String(string s)")
def from_base64(text: str | None) -> ByteArray:
    if text is None:
        raise faults.argument_null("s")
    charge_size(len(text))
    return ByteArray(base64_text.decode(text))


@CONVERT.method("static byte[] FromBase64CharArray(char[] inArray, int offset, int length)")
def from_base64_chars(chars: NetArray | None, offset: int, length: int) -> ByteArray:
    if chars is None:
        raise faults.argument_null("inArray")
    if length < 0:
        raise faults.index_less("length")
    if offset < 0 or offset > len(chars) - length:
        raise faults.out_of_range("Value must be positive.", "offset")
    return ByteArray(base64_text.decode("".join(chars.items[offset : offset + length])))


@CONVERT.method("static string ToBase64String(byte[] inArray)")
def to_base64(data: ByteArray | None) -> str:
    return _encode(data, 0, None, 0)


@CONVERT.method("static string ToBase64String(byte[] inArray, Base64FormattingOptions options)")
def to_base64_options(data: ByteArray | None, options: EnumValue) -> str:
    return _encode(data, 0, None, options.value)


@CONVERT.method("static string ToBase64String(byte[] inArray, int offset, int length)")
def to_base64_part(data: ByteArray | None, offset: int, length: int) -> str:
    return _encode(data, offset, length, 0)


@CONVERT.method("static string ToBase64String(byte[] inArray, int offset, int length, Base64FormattingOptions options)")
def to_base64_part_options(data: ByteArray | None, offset: int, length: int, options: EnumValue) -> str:
    return _encode(data, offset, length, options.value)


def _part(data: ByteArray | None, offset: int, length: int | None) -> bytes:
    if data is None:
        raise faults.argument_null("inArray")
    if length is None:
        return bytes(data)
    for value, name in ((length, "length"), (offset, "offset")):
        if value < 0:
            raise faults.negative(name, value)
    if offset > len(data) - length:
        raise faults.too_large("offset", offset, len(data) - length)
    return bytes(data.items[offset : offset + length])


def _encode(data: ByteArray | None, offset: int, length: int | None, options: int) -> str:
    part = _part(data, offset, length)
    if not 0 <= options <= 1:
        raise faults.argument(f"Illegal enum value: {options}.", "options")
    charge_size(len(part) * 4 // 3)
    return base64_text.encode(part, lines=options == 1)


@CONVERT.method("static string ToHexString(byte[] inArray)")
def to_hex(data: ByteArray | None) -> str:
    return _part(data, 0, None).hex().upper()


@CONVERT.method("static string ToHexStringLower(byte[] inArray)")
def to_hex_lower(data: ByteArray | None) -> str:
    return _part(data, 0, None).hex()


@CONVERT.method("static string ToHexString(byte[] inArray, int offset, int length)")
def to_hex_part(data: ByteArray | None, offset: int, length: int) -> str:
    return _part(data, offset, length).hex().upper()


@CONVERT.method("static byte[] FromHexString(string s)")
def from_hex(text: str | None) -> ByteArray:
    if text is None:
        raise faults.argument_null("s")
    if len(text) % 2:
        raise faults.format_error("The input is not a valid hex string as its length is not a multiple of 2.")
    if any(char not in "0123456789abcdefABCDEF" for char in text):
        raise faults.format_error("The input is not a valid hex string as it contains a non-hex character.")
    return ByteArray(bytes.fromhex(text))


@CONVERT.method("static bool IsDBNull(object value)")
def is_db_null(value: Any) -> bool:
    return value is not None and type_of(value).full_name == "System.DBNull"


@CONVERT.field("static readonly object DBNull")
def get_db_null() -> Any:
    from certgate.csharp.dotnet.system.dbnull import VALUE

    return VALUE


@CONVERT.method("static string ToHexStringLower(byte[] inArray, int offset, int length)")
def to_hex_lower_part(data: ByteArray | None, offset: int, length: int) -> str:
    return _part(data, offset, length).hex()


def _to_chars(
    data: ByteArray | None, start: int, length: int, target: NetArray | None, at: int, options: EnumValue | None = None
) -> int:
    """Base64 into an array of characters; how many there are."""
    if data is None or target is None:
        raise faults.argument_null("inArray" if data is None else "outArray")
    for value, name in ((length, "length"), (start, "offsetIn"), (at, "offsetOut")):
        if value < 0:
            raise faults.negative(name, value)
    if start > len(data) - length:
        raise faults.too_large("offsetIn", start, len(data) - length)
    text = _encode(data, start, length, 0 if options is None else options.value)
    if at > len(target) - len(text):
        raise faults.too_large("offsetOut", at, len(target) - len(text))
    target.items[at : at + len(text)] = list(map(Char, text))
    return len(text)


_INTO = "byte[] inArray, int offsetIn, int length, char[] outArray, int offsetOut"
CONVERT.method(f"static int ToBase64CharArray({_INTO})")(_to_chars)
CONVERT.method(f"static int ToBase64CharArray({_INTO}, Base64FormattingOptions options)")(_to_chars)
CONVERT.signatures(
    "static bool TryFromBase64String(string s, System.Span<byte> bytes, out int bytesWritten)",
    "static string ToBase64String(System.ReadOnlySpan<byte> bytes, Base64FormattingOptions options = None)",
)
