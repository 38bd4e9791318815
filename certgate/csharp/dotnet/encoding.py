"""``System.Text.Encoding``: UTF-8, UTF-16, UTF-32, ASCII and Latin-1."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, Char, NetArray, NetObject, array, from_utf16, to_utf16

_KNOWN = (
    "ASCII BigEndianUnicode BodyName Clone CodePage Convert CreateTranscodingStream DecoderFallback "
    "Default EncoderFallback "
    "EncodingName Equals GetByteCount GetBytes GetCharCount GetChars GetDecoder GetEncoder "
    "GetEncoding GetEncodings GetHashCode "
    "GetMaxByteCount GetMaxCharCount GetPreamble GetString GetType HeaderName IsAlwaysNormalized "
    "IsBrowserDisplay IsBrowserSave "
    "IsMailNewsDisplay IsMailNewsSave IsReadOnly IsSingleByte Latin1 Preamble ReferenceEquals "
    "RegisterProvider ToString "
    "TryGetBytes TryGetChars UTF32 UTF7 UTF8 Unicode WebName WindowsCodePage"
)
ENCODING = define("System.Text.Encoding", bases=("ICloneable",), allowed=True, known=_KNOWN)
UTF8 = define("System.Text.UTF8Encoding", bases=("System.Text.Encoding",), known=_KNOWN)


class EncodingValue(NetObject):
    """An encoding; `codec` is Python's name of it, `mark` the byte-order mark."""

    __slots__ = ("code_page", "codec", "mark", "name", "title")

    net_type = ENCODING.type

    def __init__(self, name: str, title: str, code_page: int, codec: str, mark: bytes = b"") -> None:
        self.name = name
        self.title = title
        self.code_page = code_page
        self.codec = codec
        self.mark = mark

    def encode(self, text: str) -> bytes:
        """What does not fit becomes ``?``, or U+FFFD where the encoding has it."""
        charge_size(len(text))
        if self.codec in ("ascii", "latin-1"):
            limit = 0x7F if self.codec == "ascii" else 0xFF
            return bytes(ord(char) if ord(char) <= limit else 0x3F for char in text)
        return from_utf16(text).encode(self.codec)

    def decode(self, data: bytes) -> str:
        charge_size(len(data))
        if self.codec == "ascii":
            return "".join(chr(byte) if byte < 0x80 else "\ufffd" for byte in data)
        return to_utf16(data.decode(self.codec, "replace"))


_ALL = {
    "UTF8": EncodingValue("utf-8", "Unicode (UTF-8)", 65001, "utf-8", b"\xef\xbb\xbf"),
    "ASCII": EncodingValue("us-ascii", "US-ASCII", 20127, "ascii"),
    "Unicode": EncodingValue("utf-16", "Unicode", 1200, "utf-16-le", b"\xff\xfe"),
    "BigEndianUnicode": EncodingValue("utf-16BE", "Unicode (Big-Endian)", 1201, "utf-16-be", b"\xfe\xff"),
    "UTF32": EncodingValue("utf-32", "Unicode (UTF-32)", 12000, "utf-32-le", b"\xff\xfe\0\0"),
    "Latin1": EncodingValue("iso-8859-1", "Western European (ISO)", 28591, "latin-1"),
}
_ALIASES = {
    "utf8": "UTF8",
    "ascii": "ASCII",
    "unicode": "Unicode",
    "utf-16le": "Unicode",
    "ucs-2": "Unicode",
    "latin1": "Latin1",
}
_NAMES = {encoding.name.lower(): encoding for encoding in _ALL.values()} | {
    key: _ALL[name] for key, name in _ALIASES.items()
}


def _declare(name: str, encoding: EncodingValue) -> None:
    ENCODING.property(f"static Encoding {name}")(lambda: encoding)


for _name, _encoding in _ALL.items():
    _declare(_name, _encoding)


@ENCODING.property("static Encoding Default")
def get_default() -> EncodingValue:
    return EncodingValue("utf-8", "Unicode (UTF-8)", 65001, "utf-8")


@ENCODING.method("static Encoding GetEncoding(string name)")
def get_encoding(name: str | None) -> EncodingValue:
    if name is None:
        raise faults.argument_null("name")
    found = _NAMES.get(name.lower())
    if found is None:
        message = (
            f"'{name}' is not a supported encoding name. For information on defining a custom "
            "encoding, see the documentation for "
            "the Encoding.RegisterProvider method."
        )
        raise faults.argument(message, "name")
    return found


@ENCODING.method("static Encoding GetEncoding(int codepage)")
def get_encoding_page(page: int) -> EncodingValue:
    for encoding in _ALL.values():
        if encoding.code_page == page:
            return encoding
    raise faults.not_supported(
        f"No data is available for encoding {page}. For information on defining a custom encoding, "
        "see the documentation for the "
        "Encoding.RegisterProvider method."
    )


@UTF8.constructor("UTF8Encoding()")
def make_utf8() -> EncodingValue:
    return get_default.call()  # type: ignore[misc,no-any-return]


@UTF8.constructor("UTF8Encoding(bool encoderShouldEmitUTF8Identifier)")
def make_utf8_mark(mark: bool) -> EncodingValue:
    return _ALL["UTF8"] if mark else make_utf8()


@ENCODING.method("byte[] GetBytes(string s)")
def get_bytes(self: EncodingValue, text: str | None) -> ByteArray:
    if text is None:
        raise faults.argument_null("s")
    return ByteArray(self.encode(text))


@ENCODING.method("byte[] GetBytes(char[] chars)")
def get_bytes_chars(self: EncodingValue, chars: NetArray | None) -> ByteArray:
    if chars is None:
        raise faults.argument_null("chars")
    return ByteArray(self.encode("".join(chars.items)))


@ENCODING.method("int GetByteCount(string s)")
def get_byte_count(self: EncodingValue, text: str | None) -> int:
    return len(get_bytes(self, text))


@ENCODING.method("string GetString(byte[] bytes)")
def get_string(self: EncodingValue, data: ByteArray | None) -> str:
    if data is None:
        raise faults.argument_null("bytes")
    return self.decode(bytes(data))


@ENCODING.method("string GetString(byte[] bytes, int index, int count)")
def get_string_part(self: EncodingValue, data: ByteArray | None, index: int, count: int) -> str:
    if data is None:
        raise faults.argument_null("bytes")
    for value, name in ((index, "index"), (count, "count")):
        if value < 0:
            raise faults.out_of_range("Non-negative number required.", name)
    if len(data) - index < count:
        raise faults.out_of_range("Index and count must refer to a location within the buffer.", "bytes")
    return self.decode(bytes(data.items[index : index + count]))


@ENCODING.method("char[] GetChars(byte[] bytes)")
def get_chars(self: EncodingValue, data: ByteArray | None) -> NetArray:
    return array(types.CHAR, map(Char, get_string(self, data)))


@ENCODING.method("int GetCharCount(byte[] bytes)")
def get_char_count(self: EncodingValue, data: ByteArray | None) -> int:
    return len(get_string(self, data))


@ENCODING.method("byte[] GetPreamble()")
def get_preamble(self: EncodingValue) -> ByteArray:
    return ByteArray(self.mark)


@ENCODING.property("string WebName")
def get_web_name(self: EncodingValue) -> str:
    return self.name


@ENCODING.property("string HeaderName")
def get_header_name(self: EncodingValue) -> str:
    return self.name


@ENCODING.property("string BodyName")
def get_body_name(self: EncodingValue) -> str:
    return self.name


@ENCODING.property("string EncodingName")
def get_encoding_name(self: EncodingValue) -> str:
    return self.title


@ENCODING.property("int CodePage")
def get_code_page(self: EncodingValue) -> int:
    return self.code_page


@ENCODING.property("bool IsSingleByte")
def get_is_single_byte(self: EncodingValue) -> bool:
    return self.codec in ("ascii", "latin-1")


@ENCODING.method("static byte[] Convert(Encoding srcEncoding, Encoding dstEncoding, byte[] bytes)")
def convert(source: Any, target: Any, data: ByteArray | None) -> ByteArray:
    for value, name in ((source, "srcEncoding"), (target, "dstEncoding"), (data, "bytes")):
        if value is None:
            raise faults.argument_null(name)
    return ByteArray(target.encode(get_string(source, data)))
