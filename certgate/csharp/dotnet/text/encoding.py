"""``System.Text.Encoding``: UTF-8, UTF-16, UTF-32, ASCII and Latin-1."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.runtime import ThrownException, charge_size
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
ENCODING = define("System.Text.Encoding", bases=("ICloneable",), allowed=True, known=_KNOWN, abstract=True)
UTF8 = define("System.Text.UTF8Encoding", bases=("System.Text.Encoding",), known="")
ASCII = define("System.Text.ASCIIEncoding", bases=("System.Text.Encoding",), known="")
UNICODE = define("System.Text.UnicodeEncoding", bases=("System.Text.Encoding",), known="CharSize")
UTF32 = define("System.Text.UTF32Encoding", bases=("System.Text.Encoding",), known="")
LATIN1 = define("System.Text.Latin1Encoding", bases=("System.Text.Encoding",), known="")
_SEALED = {
    parent: define(
        f"{parent.type.full_name}+{parent.type.display}Sealed", bases=(parent.type.full_name,), known=""
    ).type
    for parent in (UTF8, ASCII, LATIN1)
}
"""The classes of the shared objects of three encodings; C# cannot name them."""
_DECODER_FAULT = "System.Text.DecoderFallbackException"
_ENCODER_FAULT = "System.Text.EncoderFallbackException"
_TYPES = {"utf-8": UTF8, "ascii": ASCII, "utf-16-le": UNICODE, "utf-16-be": UNICODE, "utf-32-le": UTF32}
_WIDTHS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


class EncodingValue(NetObject):
    """An encoding; `codec` is Python's name of it, `mark` the byte-order mark. `strict`: what it cannot read or write
    is an exception."""

    __slots__ = ("code_page", "codec", "mark", "name", "shared", "strict", "title")

    def __init__(
        self, name: str, title: str, code_page: int, codec: str, mark: bytes = b"", *, strict: bool = False
    ) -> None:
        self.name = name
        self.title = title
        self.code_page = code_page
        self.codec = codec
        self.mark = mark
        self.strict = strict
        self.shared = False

    @property
    def net_type(self) -> types.NetType:  # type: ignore[override]
        definition = _TYPES.get(self.codec, LATIN1)
        return _SEALED.get(definition, definition.type) if self.shared else definition.type

    def like(self, mark: bytes, strict: bool) -> EncodingValue:
        return EncodingValue(self.name, self.title, self.code_page, self.codec, mark, strict=strict)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, EncodingValue) and self.key() == other.key()

    def key(self) -> Any:
        return (EncodingValue, self.code_page, self.strict, self.mark)

    @property
    def single_byte(self) -> bool:
        return self.codec in ("ascii", "latin-1")

    def encode(self, text: str) -> bytes:
        """What does not fit becomes ``?``, or U+FFFD where the encoding has it. EncoderFallbackException."""
        charge_size(len(text))
        if self.single_byte:
            if self.codec == "ascii":
                return bytes(ord(char) if ord(char) <= 0x7F else 0x3F for char in text)
            return _latin1(text)
        if self.strict:
            self._refuse_surrogates(text)
        return from_utf16(text).encode(self.codec)

    def _refuse_surrogates(self, text: str) -> None:
        for place, char in enumerate(text):
            before, after = text[place - 1 : place], text[place + 1 : place + 2]
            high, low = "\ud800" <= char <= "\udbff", "\udc00" <= char <= "\udfff"
            paired = (high and "\udc00" <= after <= "\udfff") or (low and "\ud800" <= before <= "\udbff")
            if (high or low) and not paired:
                message = (
                    f"Unable to translate Unicode character \\u{ord(char):04X} at index {place} to specified code page."
                )
                raise _fallback(_ENCODER_FAULT, message, CharUnknown=Char(char), Index=place)

    def decode(self, data: bytes) -> str:
        """DecoderFallbackException."""
        charge_size(len(data))
        if self.codec == "ascii":
            return "".join(chr(byte) if byte < 0x80 else "?" for byte in data)
        try:
            return to_utf16(data.decode(self.codec, "strict" if self.strict else "replace"))
        except UnicodeDecodeError as error:
            bad = data[error.start : error.end]
            shown = "".join(f"[{byte:02X}]" for byte in bad)
            message = f"Unable to translate bytes {shown} at index {error.start} from specified code page to Unicode."
            raise _fallback(_DECODER_FAULT, message, BytesUnknown=ByteArray(bad), Index=error.start) from None


def _latin1(text: str) -> bytes:
    if all(char <= "\xff" for char in text):
        return text.encode("latin-1")
    from certgate.csharp.dotnet.text.latin1_fit import table

    fits = table()
    return bytes(ord(char if char <= "\xff" else fits.get(char, "?")) for char in text)


def _fallback(name: str, message: str, **data: Any) -> ThrownException:
    return ThrownException(name, message, ExceptionValue(name, message, None, **data))


_ALL = {
    "UTF8": EncodingValue("utf-8", "Unicode (UTF-8)", 65001, "utf-8", b"\xef\xbb\xbf"),
    "ASCII": EncodingValue("us-ascii", "US-ASCII", 20127, "ascii"),
    "Unicode": EncodingValue("utf-16", "Unicode", 1200, "utf-16-le", b"\xff\xfe"),
    "BigEndianUnicode": EncodingValue("utf-16BE", "Unicode (Big-Endian)", 1201, "utf-16-be", b"\xfe\xff"),
    "UTF32": EncodingValue("utf-32", "Unicode (UTF-32)", 12000, "utf-32-le", b"\xff\xfe\0\0"),
    "Latin1": EncodingValue("iso-8859-1", "Western European (ISO)", 28591, "latin-1"),
}
for _encoding in _ALL.values():
    _encoding.shared = True
_UTF32_BIG = EncodingValue("utf-32BE", "Unicode (UTF-32 Big-Endian)", 12001, "utf-32-be", b"\0\0\xfe\xff")
_ALIASES = {
    "ASCII": "ascii us ansi_x3.4-1968 ansi_x3.4-1986 cp367 csascii ibm367 iso-ir-6 iso646-us iso_646.irv:1991",
    "Latin1": "latin1 cp819 csisolatin1 ibm819 iso-ir-100 iso8859-1 iso_8859-1 iso_8859-1:1987 l1",
    "UTF8": "unicode-1-1-utf-8 unicode-2-0-utf-8 x-unicode-1-1-utf-8 x-unicode-2-0-utf-8",
    "Unicode": "ucs-2 unicode utf-16le iso-10646-ucs-2",
    "BigEndianUnicode": "unicodefffe",
    "UTF32": "utf-32le",
}
_NAMES = {encoding.name.lower(): encoding for encoding in (*_ALL.values(), _UTF32_BIG)} | {
    alias: _ALL[name] for name, aliases in _ALIASES.items() for alias in aliases.split()
}
_PAGES = {encoding.code_page: encoding for encoding in (*_ALL.values(), _UTF32_BIG)}


def _declare(name: str, encoding: EncodingValue) -> None:
    ENCODING.property(f"static Encoding {name}")(lambda: encoding)


for _name, _encoding in _ALL.items():
    _declare(_name, _encoding)


def _plain_utf8() -> EncodingValue:
    return _ALL["UTF8"].like(b"", strict=False)


def _default() -> EncodingValue:
    found = _plain_utf8()
    found.shared = True
    return found


ENCODING.property("static Encoding Default")(_default)


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
    if not 0 <= page <= 65535:
        raise faults.out_of_range("Valid values are between 0 and 65535, inclusive.", "codepage")
    if page == 0:
        return _default()
    if page in (1, 2, 3, 42):
        raise faults.argument(f"{page} is not a supported code page.", "codepage")
    if page in _PAGES:
        return _PAGES[page]
    raise faults.not_supported(
        f"No data is available for encoding {page}. For information on defining a custom encoding, "
        "see the documentation for the "
        "Encoding.RegisterProvider method."
    )


@UTF8.constructor("UTF8Encoding()")
def make_utf8() -> EncodingValue:
    return _plain_utf8()


@UTF8.constructor("UTF8Encoding(bool encoderShouldEmitUTF8Identifier)")
def make_utf8_mark(mark: bool) -> EncodingValue:
    return make_utf8_strict(mark, strict=False)


@UTF8.constructor("UTF8Encoding(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)")
def make_utf8_strict(mark: bool, strict: bool) -> EncodingValue:
    return _ALL["UTF8"].like(_ALL["UTF8"].mark if mark else b"", strict)


@ASCII.constructor("ASCIIEncoding()")
def make_ascii() -> EncodingValue:
    return _ALL["ASCII"].like(b"", strict=False)


@UNICODE.constructor("UnicodeEncoding()")
def make_unicode() -> EncodingValue:
    return _ALL["Unicode"]


@UNICODE.constructor("UnicodeEncoding(bool bigEndian, bool byteOrderMark)")
def make_unicode_mark(big: bool, mark: bool) -> EncodingValue:
    return make_unicode_strict(big, mark, strict=False)


@UNICODE.constructor("UnicodeEncoding(bool bigEndian, bool byteOrderMark, bool throwOnInvalidBytes)")
def make_unicode_strict(big: bool, mark: bool, strict: bool) -> EncodingValue:
    found = _ALL["BigEndianUnicode" if big else "Unicode"]
    return found.like(found.mark if mark else b"", strict)


@UTF32.constructor("UTF32Encoding()")
def make_utf32() -> EncodingValue:
    return _ALL["UTF32"]


@UTF32.constructor("UTF32Encoding(bool bigEndian, bool byteOrderMark)")
def make_utf32_mark(big: bool, mark: bool) -> EncodingValue:
    found = _UTF32_BIG if big else _ALL["UTF32"]
    return found.like(found.mark if mark else b"", strict=False)


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


def _part(items: Any, index: int, count: int, name: str) -> Any:
    """A part of an array. ArgumentNullException, ArgumentOutOfRangeException."""
    if items is None:
        raise faults.argument_null(name)
    for value, parameter in ((index, "index"), (count, "count")):
        if value < 0:
            raise faults.negative(parameter, value)
    if len(items) - index < count:
        raise faults.out_of_range("Index and count must refer to a location within the buffer.", name)
    return items.items[index : index + count]


@ENCODING.method("byte[] GetBytes(char[] chars, int index, int count)")
def get_bytes_part(self: EncodingValue, chars: NetArray | None, index: int, count: int) -> ByteArray:
    return ByteArray(self.encode("".join(_part(chars, index, count, "chars"))))


@ENCODING.method("byte[] GetBytes(string s, int index, int count)")
def get_bytes_of_part(self: EncodingValue, text: str | None, index: int, count: int) -> ByteArray:
    if text is None:
        raise faults.argument_null("s")
    for value, parameter in ((index, "index"), (count, "count")):
        if value < 0:
            raise faults.negative(parameter, value)
    if index > len(text) - count:
        raise faults.out_of_range("Index and count must refer to a location within the string.", "index")
    return ByteArray(self.encode(text[index : index + count]))


def _put(data: bytes, target: ByteArray | None, index: int) -> int:
    """Puts bytes into an array; how many. ArgumentException where it is too short."""
    if target is None:
        raise faults.argument_null("bytes")
    if not 0 <= index <= len(target):
        raise faults.index_less_or_equal("byteIndex")
    if len(target) - index < len(data):
        raise faults.argument(
            "The output byte buffer is too small to contain the encoded data, encoding codepage "
            "'65001' and fallback 'System.Text.EncoderReplacementFallback'.",
            "bytes",
        )
    target.items[index : index + len(data)] = data
    return len(data)


@ENCODING.method("int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex)")
def put_bytes(self: EncodingValue, text: str | None, index: int, count: int, target: ByteArray | None, at: int) -> int:
    return _put(bytes(get_bytes_of_part(self, text, index, count)), target, at)


@ENCODING.method("int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)")
def put_bytes_of_chars(
    self: EncodingValue, chars: NetArray | None, index: int, count: int, target: ByteArray | None, at: int
) -> int:
    return _put(bytes(get_bytes_part(self, chars, index, count)), target, at)


@ENCODING.method("int GetByteCount(string s)")
def get_byte_count(self: EncodingValue, text: str | None) -> int:
    return len(get_bytes(self, text))


@ENCODING.method("int GetByteCount(string s, int index, int count)")
def get_byte_count_of_part(self: EncodingValue, text: str | None, index: int, count: int) -> int:
    return len(get_bytes_of_part(self, text, index, count))


@ENCODING.method("int GetByteCount(char[] chars)")
def get_byte_count_of_chars(self: EncodingValue, chars: NetArray | None) -> int:
    return len(get_bytes_chars(self, chars))


@ENCODING.method("int GetMaxByteCount(int charCount)")
def get_max_byte_count(self: EncodingValue, count: int) -> int:
    """One character more may be left over from before."""
    if count < 0:
        raise faults.negative("charCount", count)
    factor = 1 if self.single_byte else {"utf-8": 3}.get(self.codec) or _WIDTHS[self.codec]
    return (count + 1) * factor


@ENCODING.method("int GetMaxCharCount(int byteCount)")
def get_max_char_count(self: EncodingValue, count: int) -> int:
    if count < 0:
        raise faults.negative("byteCount", count)
    if self.single_byte:
        return count
    width = _WIDTHS.get(self.codec)
    if width is None:
        return count + 1
    return (count >> 1) + (count & 1) + 1 if width == 2 else count // 2 + 2


@ENCODING.method("string GetString(byte[] bytes)")
def get_string(self: EncodingValue, data: ByteArray | None) -> str:
    if data is None:
        raise faults.argument_null("bytes")
    return self.decode(bytes(data))


@ENCODING.method("string GetString(byte[] bytes, int index, int count)")
def get_string_part(self: EncodingValue, data: ByteArray | None, index: int, count: int) -> str:
    return self.decode(bytes(_part(data, index, count, "bytes")))


@ENCODING.method("char[] GetChars(byte[] bytes, int index, int count)")
def get_chars_part(self: EncodingValue, data: ByteArray | None, index: int, count: int) -> NetArray:
    return array(types.CHAR, map(Char, get_string_part(self, data, index, count)))


@ENCODING.method("int GetCharCount(byte[] bytes, int index, int count)")
def get_char_count_of_part(self: EncodingValue, data: ByteArray | None, index: int, count: int) -> int:
    return len(get_string_part(self, data, index, count))


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
    return self.single_byte


@ENCODING.property("int WindowsCodePage")
def get_windows_code_page(self: EncodingValue) -> int:
    return 1252 if self.single_byte else 1200


for _flag, _codecs in (
    ("IsBrowserDisplay", "utf-8 latin-1"),
    ("IsBrowserSave", "utf-8 latin-1 utf-16-le"),
    ("IsMailNewsDisplay", "utf-8 latin-1 ascii"),
    ("IsMailNewsSave", "utf-8 latin-1 ascii"),
):
    ENCODING.property(f"bool {_flag}")(lambda self, codecs=tuple(_codecs.split()): self.codec in codecs)  # noqa: B008
ENCODING.property("bool IsReadOnly")(lambda self: True)


@ENCODING.method("bool Equals(object value)")
def equals(self: EncodingValue, other: Any) -> bool:
    return self.net_equals(other)


@ENCODING.method("object Clone()")
def clone(self: EncodingValue) -> EncodingValue:
    return self.like(self.mark, self.strict)


@ENCODING.method(
    "static byte[] Convert(Encoding srcEncoding, Encoding dstEncoding, byte[] bytes, int index, int count)"
)
def convert_part(source: Any, target: Any, data: ByteArray | None, index: int, count: int) -> ByteArray:
    for value, name in ((source, "srcEncoding"), (target, "dstEncoding")):
        if value is None:
            raise faults.argument_null(name)
    return ByteArray(target.encode(get_string_part(source, data, index, count)))


@ENCODING.method("static byte[] Convert(Encoding srcEncoding, Encoding dstEncoding, byte[] bytes)")
def convert(source: Any, target: Any, data: ByteArray | None) -> ByteArray:
    for value, name in ((source, "srcEncoding"), (target, "dstEncoding"), (data, "bytes")):
        if value is None:
            raise faults.argument_null(name)
    return ByteArray(target.encode(get_string(source, data)))


ENCODING.signatures(
    "static Encoding GetEncoding(string name, System.Text.EncoderFallback encoderFallback, "
    "System.Text.DecoderFallback decoderFallback)",
    "static Encoding GetEncoding(int codepage, System.Text.EncoderFallback encoderFallback, "
    "System.Text.DecoderFallback decoderFallback)",
    "int GetHashCode()",
)
