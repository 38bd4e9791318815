"""``System.Xml.XmlConvert``: values as XML Schema spells them, and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue, local
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.guid import parse_guid
from certgate.csharp.dotnet.text.composite import format_value
from certgate.csharp.dotnet.xml import chars as xml_chars
from certgate.csharp.dotnet.xml import encoded as xml_encoded
from certgate.csharp.dotnet.xml import schema_read as xml_schema_read
from certgate.csharp.dotnet.xml.exception import xml_fault
from certgate.csharp.dotnet.xml.schema_text import schema_text
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import enum_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.values import EnumValue, NetArray

CONVERT = define(
    "System.Xml.XmlConvert",
    known="DecodeName EncodeLocalName EncodeName EncodeNmToken IsNCNameChar IsPublicIdChar IsStartNCNameChar "
    "IsWhitespaceChar IsXmlChar IsXmlSurrogatePair ToBoolean ToByte ToChar ToDateTime ToDateTimeOffset ToDecimal "
    "ToDouble ToGuid ToInt16 ToInt32 ToInt64 ToSByte ToSingle ToString ToTimeSpan ToUInt16 ToUInt32 ToUInt64 "
    "VerifyName VerifyNCName VerifyNMTOKEN VerifyPublicId VerifyTOKEN VerifyWhitespace VerifyXmlChars",
)
MODE = define_enum(
    "System.Xml.XmlDateTimeSerializationMode", {"Local": 0, "Utc": 1, "Unspecified": 2, "RoundtripKind": 3}
)
_NUMBERS = {
    "Byte": "byte",
    "SByte": "sbyte",
    "Int16": "short",
    "UInt16": "ushort",
    "Int32": "int",
    "UInt32": "uint",
    "Int64": "long",
    "UInt64": "ulong",
    "Decimal": "decimal",
    "Single": "float",
    "Double": "double",
}
_MOMENT = "yyyy-MM-ddTHH:mm:ss.fffffffzzz"


def _given(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("s")
    return text


def _used(text: str | None) -> str:
    """A text that .NET uses without looking whether it is there."""
    if text is None:
        raise faults.null_reference()
    return text


# -- to text -------------------------------------------------------------------------------------


for _keyword in ("bool", "char", *_NUMBERS.values(), "TimeSpan", "System.DateTimeOffset", "System.Guid"):
    CONVERT.method(f"static string ToString({_keyword} value)")(schema_text)


@CONVERT.method("static string ToString(System.DateTime value)")
def date_to_string(value: DateTimeValue) -> str:
    return format_value(value, _MOMENT)


@CONVERT.method("static string ToString(System.DateTime value, string format)")
@CONVERT.method("static string ToString(System.DateTimeOffset value, string format)")
def date_to_string_format(value: Any, spec: str | None) -> str:
    return format_value(value, spec)


@CONVERT.method("static string ToString(System.DateTime value, XmlDateTimeSerializationMode dateTimeOption)")
def date_to_string_mode(value: DateTimeValue, mode: EnumValue) -> str:
    return schema_text(_in_mode(value, mode.value))


def _in_mode(value: DateTimeValue, mode: int) -> DateTimeValue:
    """A date as local time, as UTC, without kind, or as it is."""
    if mode == 0 and value.kind == 1:
        return DateTimeValue(calendar.utc_to_local(value.ticks, value.zone), 2, value.zone)
    if mode == 1 and value.kind == 2:
        return DateTimeValue(calendar.local_to_utc(value.ticks, value.zone), 1, value.zone)
    if mode not in (0, 1, 2, 3):
        raise faults.argument(f"'{mode}' is not a valid value for the 'dateTimeOption' argument.", "dateTimeOption")
    return value if mode == 3 else DateTimeValue(value.ticks, (2, 1, 0)[mode], value.zone)


# -- from text -----------------------------------------------------------------------------------


def _declare_number(name: str, keyword: str) -> None:
    used = _used if keyword in ("float", "double") else _given

    @CONVERT.method(f"static {keyword} To{name}(string s)")
    def read(text: str | None) -> Any:
        return xml_schema_read.read_number(used(text), keyword)


for _name, _keyword in _NUMBERS.items():
    _declare_number(_name, _keyword)


@CONVERT.method("static bool ToBoolean(string s)")
def to_boolean(text: str | None) -> bool:
    return xml_schema_read.read_boolean(_used(text))


@CONVERT.method("static char ToChar(string s)")
def to_char(text: str | None) -> Any:
    return xml_schema_read.read_char(_given(text))


@CONVERT.method("static TimeSpan ToTimeSpan(string s)")
def to_time_span(text: str | None) -> Any:
    return xml_schema_read.read_duration(text or "")


@CONVERT.method("static System.Guid ToGuid(string s)")
def to_guid(text: str | None) -> Any:
    if text is None:
        raise faults.argument_null("g")
    return parse_guid(text)


@CONVERT.method(
    "static System.DateTime ToDateTime(string s, XmlDateTimeSerializationMode dateTimeOption)", ambient=True
)
def to_date_time(run: Evaluation, text: str | None, mode: EnumValue) -> DateTimeValue:
    return _in_mode(xml_schema_read.read_date_time(_used(text), run.zone), mode.value)


@CONVERT.method("static System.DateTimeOffset ToDateTimeOffset(string s)", ambient=True)
def to_date_time_offset(run: Evaluation, text: str | None) -> DateTimeOffsetValue:
    return xml_schema_read.read_date_time_offset(_given(text), run.zone)


@CONVERT.method("static System.DateTime ToDateTime(string s)", ambient=True)
def to_local_time(run: Evaluation, text: str | None) -> DateTimeValue:
    """What names an offset, or ``Z``, becomes local."""
    try:
        found = xml_schema_read.read_date_time(_given(text), run.zone)
    except ThrownException as error:
        if error.type_name != "System.FormatException":
            raise
        raise faults.format_error(f"String '{text}' was not recognized as a valid DateTime.") from None
    return local(found.ticks, run.zone) if found.kind == 1 else found


def _white() -> EnumValue:
    """DateTimeStyles: white space before and behind."""
    return enum_value("System.Globalization.DateTimeStyles", 3)


@CONVERT.method("static System.DateTime ToDateTime(string s, string format)", ambient=True)
def to_date_time_exact(run: Evaluation, text: str | None, spec: str | None) -> DateTimeValue:
    from certgate.csharp.dotnet.dates import datetime_make

    return datetime_make.parse_exact_styles(run, text, spec, None, _white())


@CONVERT.method("static System.DateTime ToDateTime(string s, string[] formats)", ambient=True)
def to_date_time_exact_many(run: Evaluation, text: str | None, specs: NetArray | None) -> DateTimeValue:
    from certgate.csharp.dotnet.dates import datetime_make

    return datetime_make.parse_exact_many(run, text, specs, None, _white())


@CONVERT.method("static System.DateTimeOffset ToDateTimeOffset(string s, string format)", ambient=True)
def to_date_time_offset_exact(run: Evaluation, text: str | None, spec: str | None) -> DateTimeOffsetValue:
    from certgate.csharp.dotnet.dates import datetimeoffset_read

    return datetimeoffset_read.parse_exact_styles(run, _given(text), spec, None, _white())


CONVERT.signatures("static System.DateTimeOffset ToDateTimeOffset(string s, string[] formats)")


# -- names ---------------------------------------------------------------------------------------


def _declare_encoding(name: str, **how: bool) -> None:
    @CONVERT.method(f"static string {name}(string name)")
    def encode(text: str | None) -> str | None:
        charge_size(10 * len(text or ""))
        return xml_encoded.encode(text, **how)


_declare_encoding("EncodeName")
_declare_encoding("EncodeLocalName", local=True)
_declare_encoding("EncodeNmToken", first=False)


@CONVERT.method("static string DecodeName(string name)")
def decode_name(name: str | None) -> str | None:
    return xml_encoded.decode(name)


@CONVERT.method("static string VerifyName(string name)")
def verify_name(name: str | None) -> str:
    return xml_chars.verify_name(name)


@CONVERT.method("static string VerifyNCName(string name)")
def verify_nc_name(name: str | None) -> str:
    return xml_chars.verify_nc_name(name)


@CONVERT.method("static string VerifyNMTOKEN(string name)")
def verify_token_name(name: str | None) -> str:
    if name is None:
        raise faults.argument_null("name")
    if not name:
        raise xml_fault("Invalid NmToken value ''.")
    for at, char in enumerate(name):
        if char != ":" and not xml_chars.is_name_char(char):
            raise xml_fault(xml_chars.bad_name_char(name, at))
    return name


@CONVERT.method("static string VerifyTOKEN(string token)")
def verify_token(token: str | None) -> str | None:
    if token and (token.strip(" ") != token or "  " in token or any(char in token for char in "\t\r\n")):
        raise UnsupportedReached("certgate does not simulate what XmlConvert.VerifyTOKEN says of a bad token")
    return token


def _content(text: str | None, name: str = "content") -> str:
    if text is None:
        raise faults.argument_null(name)
    return text


@CONVERT.method("static string VerifyXmlChars(string content)")
def verify_chars(content: str | None) -> str:
    text = _content(content)
    bad = xml_chars.first_invalid(text)
    if bad >= 0:
        raise xml_fault(xml_chars.argument_fault(text, bad).message)
    return text


@CONVERT.method("static string VerifyPublicId(string publicId)")
def verify_public(public: str | None) -> str:
    text = _content(public, "publicId")
    for at, char in enumerate(text):
        if not is_public_char(char):
            raise xml_fault(xml_chars.invalid(text, at))
    return text


@CONVERT.method("static string VerifyWhitespace(string content)")
def verify_white(content: str | None) -> str:
    text = _content(content)
    rest = text.lstrip(xml_chars.WHITESPACE)
    if rest:
        message = "The Whitespace or SignificantWhitespace node can contain only XML whitespace characters. "
        raise xml_fault(f"{message}'{xml_chars.shown(rest, 0)[0]}' is not an XML white space character.")
    return text


# -- characters ----------------------------------------------------------------------------------

_PUBLIC = "\r\n -'()+,./:=?;!*#@$_%"


def is_public_char(char: str) -> bool:
    return str.__str__(char) in _PUBLIC or (char.isascii() and char.isalnum())


def _is_valid(char: str) -> bool:
    return xml_chars.first_invalid(str.__str__(char)) < 0


_TESTS: dict[str, Callable[[str], bool]] = {
    "IsNCNameChar": xml_chars.is_name_char,
    "IsStartNCNameChar": xml_chars.is_name_start,
    "IsWhitespaceChar": lambda char: str.__str__(char) in xml_chars.WHITESPACE,
    "IsXmlChar": _is_valid,
    "IsPublicIdChar": is_public_char,
}
for _name, _test in _TESTS.items():
    CONVERT.method(f"static bool {_name}(char ch)")(_test)


@CONVERT.method("static bool IsXmlSurrogatePair(char lowChar, char highChar)")
def is_pair(low: str, high: str) -> bool:
    return xml_chars.is_high(high) and xml_chars.is_low(low)
