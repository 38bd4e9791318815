"""Tokens as JSON text, as Newtonsoft writes it: its escapes, numbers and dates, compact or indented."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.composite import Formattable, format_value
from certgate.csharp.dotnet.json_tokens import ArrayToken, BigInteger, ObjectToken, PropertyToken, ValueToken
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import ByteArray, EnumValue, text_of, type_of

if TYPE_CHECKING:
    from certgate.csharp.dotnet.json_tokens import Token

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile('["\\\\\x00-\x1f\x85\u2028\u2029]')
_DATES = {"System.DateTime": "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "System.DateTimeOffset": "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"}


def write(token: Token, indented: bool) -> str:
    parts: list[str] = []
    _write(token, indented, 0, parts)
    text = "".join(parts)
    charge_size(len(text))
    charge_steps(len(text) >> 1)
    return text


def quote(text: str) -> str:
    """A JSON string."""
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", text) + '"'


def _write(token: Token, indented: bool, depth: int, parts: list[str]) -> None:
    match token:
        case ValueToken():
            parts.append(scalar(token.value, token.kind))
        case PropertyToken():
            parts.append(quote(token.name) + (": " if indented else ":"))
            _write(token.content, indented, depth, parts)
        case ArrayToken():
            _write_all(token, "[]", indented, depth, parts)
        case ObjectToken():
            _write_all(token, "{}", indented, depth, parts)


def _write_all(token: Token, brackets: str, indented: bool, depth: int, parts: list[str]) -> None:
    children = token.children()
    parts.append(brackets[0])
    for place, child in enumerate(children):
        if place:
            parts.append(",")
        if indented:
            parts.append("\n" + "  " * (depth + 1))
        _write(child, indented, depth + 1, parts)
    if indented and children:
        parts.append("\n" + "  " * depth)
    parts.append(brackets[1])


def scalar(value: Any, kind: str = "") -> str:
    """A single C# value in JSON; `kind` is the JTokenType, where it is known."""
    if kind in ("Undefined", "Raw"):
        return "undefined" if kind == "Undefined" else text_of(value)
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case EnumValue():
            return str(value.value)
        case float():
            return _real(format_value(value, "R"))
        case NetDecimal():
            return _real(text_of(value))
        case int() | BigInteger():
            return text_of(value)
        case ByteArray():
            return quote(base64.b64encode(bytes(value)).decode("ascii"))
        case Formattable() if spec := _DATES.get(type_of(value).full_name):
            return quote(value.format(spec))
    return quote(text_of(value))


def _real(text: str) -> str:
    if text in ("NaN", "Infinity", "-Infinity"):
        return f'"{text}"'
    return text if any(char in text for char in ".Ee") else text + ".0"
