"""Tokens as JSON text, as Newtonsoft writes it: its escapes, numbers and dates, compact or indented."""

from __future__ import annotations

import base64
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.json.containers import ArrayToken, ConstructorToken, ObjectToken, PropertyToken
from certgate.csharp.dotnet.json.tokens import BigInteger, ValueToken
from certgate.csharp.dotnet.text.composite import Formattable, format_value
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import ByteArray, EnumValue, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.dotnet.json.tokens import Token

_ESCAPES = {'"': '\\"', "'": "\\'", "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ALWAYS = "\\\\\x00-\x1f\x85\u2028\u2029"
_ESCAPED = {
    "Default": _ALWAYS,
    "EscapeNonAscii": _ALWAYS + "\x80-\uffff",
    "EscapeHtml": _ALWAYS + "<>&'\"",
}
_DATES = ("System.DateTime", "System.DateTimeOffset")
_ISO = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"


@frozen
class Style:
    """How things are written; names of Newtonsoft's enums. `date_format`: a format string, ``""`` for ISO 8601."""

    indented: bool = False
    escapes: str = "Default"
    floats: str = "String"
    dates: str = "IsoDateFormat"
    date_format: str = ""
    date_zone: str = "RoundtripKind"
    enum_names: bool = False


COMPACT = Style()
INDENTED = Style(indented=True)


def write(token: Token, indented: bool = False, style: Style | None = None) -> str:
    parts: list[str] = []
    _Writer(style or (INDENTED if indented else COMPACT), parts).write(token, 0)
    text = "".join(parts)
    charge_size(len(text))
    charge_steps(len(text) >> 1)
    return text


def quote(text: str, delimiter: str = '"', escapes: str = "Default") -> str:
    """A JSON string."""
    pattern = _pattern(escapes, delimiter)

    def escape(found: re.Match[str]) -> str:
        char = found[0]
        if char in "<>&'\"" and escapes == "EscapeHtml":
            return f"\\u{ord(char):04x}"
        return _ESCAPES.get(char) or f"\\u{ord(char):04x}"

    return delimiter + pattern.sub(escape, text) + delimiter


@cache
def _pattern(escapes: str, delimiter: str) -> re.Pattern[str]:
    return re.compile(f"[{_ESCAPED[escapes]}{delimiter}]")


class _Writer:
    def __init__(self, style: Style, parts: list[str]) -> None:
        self.style = style
        self.parts = parts

    def write(self, token: Token | None, depth: int) -> None:
        match token:
            case None:
                self.parts.append("null")
            case ValueToken():
                self.parts.append(scalar(token.value, token.kind, self.style))
            case PropertyToken():
                self.parts.append(quote(token.name, escapes=self.style.escapes))
                self.parts.append(": " if self.style.indented else ":")
                self.write(token.content, depth)
            case ConstructorToken():
                self._all(token.items, f"new {token.name}(", ")", depth)
            case ArrayToken():
                self._all(token.items, "[", "]", depth)
            case ObjectToken():
                self._all(token.children(), "{", "}", depth)

    def _all(self, children: Sequence[Token], opening: str, closing: str, depth: int) -> None:
        parts, indented, first = self.parts, self.style.indented, True
        parts.append(opening)
        for child in children:
            # A comment is set off by no comma.
            comment = child.kind == "Comment"
            if not first and not comment:
                parts.append(",")
            first = first and comment
            if indented:
                parts.append("\n" + "  " * (depth + 1))
            self.write(child, depth + 1)
        if indented and (children or closing == ")"):
            parts.append("\n" + "  " * depth)
        parts.append(closing)


def scalar(value: Any, kind: str = "", style: Style = COMPACT) -> str:
    """A single C# value in JSON; `kind` is the JTokenType, where it is known."""
    match kind:
        case "Undefined":
            return "undefined"
        case "Raw":
            return text_of(value)
        case "Comment":
            return f"/*{text_of(value)}*/"
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case EnumValue():
            return _enum(value, style)
        case float():
            return _real(value, style)
        case NetDecimal():
            return _with_point(text_of(value))
        case int() | BigInteger():
            return text_of(value)
        case ByteArray():
            return quote(base64.b64encode(bytes(value)).decode("ascii"))
    if type_of(value).full_name in _DATES:
        return _date(value, style)
    return quote(text_of(value), escapes=style.escapes)


def _enum(value: EnumValue, style: Style) -> str:
    text = value.to_text()
    return (
        quote(text, escapes=style.escapes) if style.enum_names and not text.lstrip("-").isdigit() else str(value.value)
    )


def _real(value: float, style: Style) -> str:
    if value - value == 0:
        return _with_point(format_value(value, "R"))
    if style.floats == "DefaultValue":
        return "0.0"
    text = format_value(value, "R")
    return text if style.floats == "Symbol" else f'"{text}"'


def _with_point(text: str) -> str:
    return text if any(char in text for char in ".Ee") else text + ".0"


def _date(value: Any, style: Style) -> str:
    from certgate.csharp.dotnet.dates.date_values import DateTimeValue
    from certgate.csharp.dotnet.json import dates as json_dates

    if isinstance(value, DateTimeValue):
        value = json_dates.moved(value, style.date_zone)
    if style.date_format and isinstance(value, Formattable):
        return quote(value.format(style.date_format), escapes=style.escapes)
    if style.dates == "MicrosoftDateFormat":
        return f'"{json_dates.microsoft_text(value)}"'
    return f'"{value.format(_ISO)}"'
