"""The conversions of JToken: ``(string)token``, ``(int?)token``, and values to tokens. Declares them on JToken."""

from __future__ import annotations

import base64
import math
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_parse import parse_date
from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue
from certgate.csharp.dotnet.json import dates as json_dates
from certgate.csharp.dotnet.json.containers import PropertyToken
from certgate.csharp.dotnet.json.results import change_type
from certgate.csharp.dotnet.json.tokens import BigInteger, Token, ValueToken
from certgate.csharp.dotnet.json.types import TOKEN
from certgate.csharp.dotnet.numbers.convert_values import convert, overflow
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import base64_text
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.signatures import parse_type
from certgate.csharp.values import ByteArray, Long, Single, single, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.types import NetType

_NUMERIC = frozenset(["Integer", "Float", "String", "Comment", "Raw", "Boolean"])
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
    "char": ("Char", _NUMERIC - {"Boolean"}),
    "System.DateTime": ("DateTime", frozenset(["Date", "String", "Comment", "Raw"])),
    "System.DateTimeOffset": ("DateTimeOffset", frozenset(["Date", "String", "Comment", "Raw"])),
    "System.TimeSpan": ("TimeSpan", frozenset(["String", "Comment", "Raw", "TimeSpan"])),
    "System.Guid": ("Guid", frozenset(["String", "Comment", "Raw", "Guid", "Bytes"])),
}
_TEXTS = _NUMERIC | {"Date", "Bytes", "Guid", "TimeSpan", "Uri", "Null", "Undefined"}
_ONE_YEAR = 365 * calendar.DAY
_NULLS = ("Null", "Undefined")
CASTS: dict[NetType, Callable[[Token | None], Any]] = {}
"""Type -> its conversion, for ``ToObject``."""


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
    if found is None or found.kind not in ("String", "Bytes", "Comment", "Raw", "Integer"):
        raise _refuse(token, "byte array")
    if isinstance(found.value, str):
        return ByteArray(base64_text.decode(found.value))
    if isinstance(found.value, ByteArray):
        return found.value
    raise _refuse(token, "byte array")


@TOKEN.operator("explicit operator System.Uri(JToken value)")
def to_uri(token: Token | None) -> Any:
    found = _value(token)
    if token is None or (found is not None and found.value is None):
        return None
    if found is None or found.kind not in ("String", "Comment", "Raw", "Uri"):
        raise _refuse(token, "Uri")
    return cast(found.value, types.named("System.Uri"))


def cast(value: Any, kind: NetType) -> Any:
    """A value as a date, a Guid, a Uri or a TimeSpan: texts are parsed by the type's own members."""
    if type_of(value) is kind:
        return value
    match kind.full_name:
        case "System.DateTime":
            return DateTimeValue(value.ticks) if isinstance(value, DateTimeOffsetValue) else change_type(value, kind)
        case "System.DateTimeOffset":
            return _offset_date(value)
        case "System.Guid" if isinstance(value, ByteArray):
            from certgate.csharp.dotnet.system.guid import make_bytes

            return make_bytes(value)
    return _made_by(kind, ".ctor" if kind.full_name in ("System.Uri", "System.Guid") else "Parse", text_of(value))


def _offset_date(value: Any) -> Any:
    if isinstance(value, DateTimeValue):
        return json_dates.with_offset(value, value.zone)
    read = parse_date(text_of(value), (1, 1, 1))
    if read.ticks < _ONE_YEAR:
        raise UnsupportedReached("certgate does not simulate reading a time without its day from a JSON text")
    return DateTimeOffsetValue(read.ticks, read.offset or 0)


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

    def convert_token(token: Token | None) -> Any:
        if token is None:
            raise faults.argument_null("value")
        found = _value(token)
        if found is None or found.kind not in allowed:
            raise _refuse(token, name)
        return cast(found.value, kind) if "." in spelled else _number(found.value, name)

    return convert_token


def _number(value: Any, name: str) -> Any:
    """``Convert.To…``; an integer beyond 64 bits is cast. OverflowException."""
    if not isinstance(value, BigInteger):
        return convert(value, name)
    if name == "Char":
        raise UnsupportedReached("an integer beyond 64 bits as Char is not simulated")
    if name == "Decimal" and abs(value.number) < 2**96:
        return NetDecimal(value.number)
    if name not in ("Double", "Single"):
        raise overflow("Int32" if name == "Boolean" else name)
    far = math.inf if value.number > 0 else -math.inf
    number = float(value.number) if abs(value.number) < _FLOAT_LIMIT else far
    return single(number) if name == "Single" else number


_FLOAT_LIMIT = 2**1024 - 2**970
"""From here on a whole number rounds to infinity."""


def _nullable_caster(convert_token: Callable[[Token | None], Any]) -> Callable[[Token | None], Any]:
    def convert_or_null(token: Token | None) -> Any:
        found = _value(token)
        if token is None or (found is not None and (found.kind in _NULLS or found.value is None)):
            return None
        return convert_token(token)

    return convert_or_null


def _to_token(value: Any) -> ValueToken:
    """Newtonsoft keeps every integer that is converted implicitly as a long, and a float as a double."""
    if isinstance(value, Single):
        return ValueToken(float(value))
    whole = isinstance(value, int) and not isinstance(value, bool)
    return ValueToken(Long(value) if whole and value < 2**63 else value)


def _nullable_to_token(value: Any) -> ValueToken:
    return ValueToken(value)


def _text_to_token(value: str | None) -> ValueToken:
    return ValueToken(value, "String")


for _spelled in _ALLOWED:
    _kind = parse_type(_spelled, TOKEN, ())
    _convert = _caster(_kind, _spelled)
    CASTS[_kind] = _convert
    CASTS[types.nullable(_kind)] = _nullable_caster(_convert)
    TOKEN.operator(f"explicit operator {_spelled}(JToken value)")(_convert)
    TOKEN.operator(f"explicit operator {_spelled}?(JToken value)")(CASTS[types.nullable(_kind)])
    if _spelled != "char":
        TOKEN.operator(f"implicit operator JToken({_spelled} value)")(_to_token)
        TOKEN.operator(f"implicit operator JToken({_spelled}? value)")(_nullable_to_token)
CASTS[types.STRING] = to_string
CASTS[types.named("System.Uri")] = to_uri
TOKEN.operator("implicit operator JToken(string value)")(_text_to_token)
for _spelled in ("byte[]", "System.Uri"):
    TOKEN.operator(f"implicit operator JToken({_spelled} value)")(_to_token)
