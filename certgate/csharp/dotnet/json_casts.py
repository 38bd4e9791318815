"""The conversions of JToken: ``(string)token``, ``(int?)token``, and values to tokens. Declares them on JToken."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet import calendar, faults
from certgate.csharp.dotnet.date_parse import parse_date
from certgate.csharp.dotnet.date_values import DateTimeOffsetValue, DateTimeValue, local
from certgate.csharp.dotnet.json_compare import change
from certgate.csharp.dotnet.json_reader import read_date
from certgate.csharp.dotnet.json_tokens import PropertyToken, Token, ValueToken
from certgate.csharp.dotnet.json_types import TOKEN
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.signatures import parse_type
from certgate.csharp.values import ByteArray, Long, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.date_parse import Reading
    from certgate.csharp.types import NetType

_NUMERIC = frozenset(["Integer", "Float", "String", "Raw", "Boolean"])
_ALLOWED: dict[str, tuple[str, frozenset[str]]] = {
    "bool": ("Boolean", _NUMERIC),
    "byte": ("Byte", _NUMERIC),
    "sbyte": ("SByte", _NUMERIC),
    "short": ("Int16", _NUMERIC),
    "ushort": ("UInt16", _NUMERIC),
    "int": ("Int32", _NUMERIC),
    "uint": ("UInt32", _NUMERIC),
    "long": ("Int64", _NUMERIC),
    "ulong": ("UInt64", _NUMERIC),
    "float": ("Single", _NUMERIC),
    "double": ("Double", _NUMERIC),
    "decimal": ("Decimal", _NUMERIC),
    "char": ("Char", frozenset(["Integer", "Float", "String", "Raw"])),
    "System.DateTime": ("DateTime", frozenset(["Date", "String", "Raw"])),
    "System.DateTimeOffset": ("DateTimeOffset", frozenset(["Date", "String", "Raw"])),
    "System.TimeSpan": ("TimeSpan", frozenset(["String", "Raw", "TimeSpan"])),
    "System.Guid": ("Guid", frozenset(["String", "Raw", "Guid", "Bytes"])),
}
_TEXTS = _NUMERIC | {"Date", "Bytes", "Guid", "TimeSpan", "Uri", "Null", "Undefined"}
_ONE_YEAR = 365 * calendar.DAY
_NULLS = ("Null", "Undefined")


def _value(token: Token | None) -> ValueToken | None:
    """The JValue that a token is, or that a JProperty holds."""
    inner = token.content if isinstance(token, PropertyToken) else token
    return inner if isinstance(inner, ValueToken) else None


def _refuse(token: Token, name: str) -> ThrownException:
    kind = token.content.kind if isinstance(token, PropertyToken) else token.kind
    return faults.argument(f"Can not convert {kind} to {name}.")


@TOKEN.operator("explicit operator string(JToken value)")
def to_string(token: Token | None) -> str | None:
    if token is None:
        return None
    found = _value(token)
    if found is None or found.kind not in _TEXTS:
        raise _refuse(token, "String")
    if found.value is None:
        return None
    if isinstance(found.value, ByteArray):
        return base64.b64encode(bytes(found.value)).decode("ascii")
    return text_of(found.value)


@TOKEN.operator("explicit operator byte[](JToken value)")
def to_bytes(token: Token | None) -> ByteArray | None:
    if token is None:
        return None
    found = _value(token)
    if found is None or found.kind not in ("String", "Bytes", "Raw", "Null"):
        raise _refuse(token, "byte array")
    if found.value is None or isinstance(found.value, ByteArray):
        return found.value
    try:
        return ByteArray(base64.b64decode(text_of(found.value), validate=True))
    except binascii.Error:
        message = (
            "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding "
            "characters, or an illegal character among the padding characters."
        )
        raise faults.format_error(message) from None


@TOKEN.operator("explicit operator System.Uri(JToken value)")
def to_uri(token: Token | None) -> Any:
    found = _value(token)
    if token is None or (found is not None and found.value is None):
        return None
    if found is None or found.kind not in ("String", "Raw", "Uri"):
        raise _refuse(token, "Uri")
    return cast(found.value, types.named("System.Uri"))


def cast(value: Any, kind: NetType) -> Any:
    """A value as a date, a Guid, a Uri or a TimeSpan: texts are parsed by the type's own members."""
    if type_of(value) is kind:
        return value
    text = text_of(value)
    if kind.full_name == "System.DateTime":
        return _date(value, text)
    if kind.full_name == "System.DateTimeOffset":
        return _offset_date(value, text)
    name = ".ctor" if kind.full_name == "System.Uri" else "Parse"
    return _made_by(kind, name, text)


def _date(value: Any, text: str) -> Any:
    if isinstance(value, DateTimeOffsetValue):
        return DateTimeValue(value.ticks)
    found = read_date(text, UTC)
    if found is not None:
        return found
    read = _parsed(text)
    return DateTimeValue(read.ticks) if read.offset is None else local(read.ticks - read.offset, UTC)


def _parsed(text: str) -> Reading:
    """A date in one of the other spellings that .NET reads. UnsupportedReached where it leaves out the day."""
    read = parse_date(text, (1, 1, 1))
    if read.ticks < _ONE_YEAR:
        raise UnsupportedReached("certgate does not simulate reading a time without its day from a JSON text")
    return read


def _offset_date(value: Any, text: str) -> Any:
    date = value if isinstance(value, DateTimeValue) else read_date(text, UTC)
    if date is None:
        read = _parsed(text)
        return DateTimeOffsetValue(read.ticks, read.offset or 0)
    offset = 0 if date.kind == 1 else calendar.local_offset(date.ticks, date.zone)
    return DateTimeOffsetValue(date.ticks, offset)


def _made_by(kind: NetType, name: str, text: str) -> Any:
    definition = kind.definition
    for member in definition.members(name) if definition is not None else ():
        parameters = member.signature.parameters
        if member.call is not None and len(parameters) == 1 and parameters[0].type is types.STRING:
            if not member.ambient:
                return member.call(text)
            break
    raise UnsupportedReached(f"certgate does not simulate reading {kind.display} from a JSON text")


def _caster(kind: NetType, spelled: str) -> Callable[[Token | None], Any]:
    name, allowed = _ALLOWED[spelled]

    def convert(token: Token | None) -> Any:
        if token is None:
            raise faults.argument_null("value")
        found = _value(token)
        if found is None or found.kind not in allowed:
            raise _refuse(token, name)
        return cast(found.value, kind) if "." in spelled else change(found.value, kind)

    return convert


def _nullable_caster(convert: Callable[[Token | None], Any]) -> Callable[[Token | None], Any]:
    def convert_or_null(token: Token | None) -> Any:
        found = _value(token)
        if token is None or (found is not None and found.kind in _NULLS):
            return None
        return convert(token)

    return convert_or_null


def _to_token(value: Any) -> ValueToken:
    if value is None:
        return ValueToken(None, "Null")
    # Newtonsoft keeps every integer that is converted implicitly as a long.
    whole = isinstance(value, int) and not isinstance(value, bool)
    return ValueToken(Long(value) if whole and -(2**63) <= value < 2**63 else value)


for _spelled in _ALLOWED:
    _kind = parse_type(_spelled, TOKEN, ())
    _convert = _caster(_kind, _spelled)
    TOKEN.operator(f"explicit operator {_spelled}(JToken value)")(_convert)
    TOKEN.operator(f"explicit operator {_spelled}?(JToken value)")(_nullable_caster(_convert))
    TOKEN.operator(f"implicit operator JToken({_spelled} value)")(_to_token)
    TOKEN.operator(f"implicit operator JToken({_spelled}? value)")(_to_token)
for _spelled in ("string", "byte[]", "System.Uri"):
    TOKEN.operator(f"implicit operator JToken({_spelled} value)")(_to_token)
