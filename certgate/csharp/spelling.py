"""Values as they leave the program: spelled for machines, written for people.

Knows the spelling of every kind of value. Reading a lazy sequence runs the code behind it, so callers do this while the
evaluation's budget is charged, and what that code throws passes.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.display import display, quote
from certgate.csharp.runtime import BudgetExceeded, charge_size, charge_steps
from certgate.csharp.utf16 import from_utf16
from certgate.csharp.values import (
    AnonymousValue,
    ByteArray,
    Char,
    DelegateValue,
    EnumValue,
    ItemsValue,
    TypeValue,
    text_of,
    type_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

MOST_ITEMS = 201
"""Of a longer sequence only so many elements are spelled."""

MOST_LEVELS = 60
"""SECURITY: an array may hold itself; sequences inside one another are followed so far."""

MOST_TEXT = 20_000
"""Characters of a string that people are shown."""

_FORMATS = {
    "System.DateTime": "o",
    "System.DateTimeOffset": "o",
    "System.TimeSpan": "c",
    "double": "R",
    "float": "R",
}
"""Types with a format of their own; all others are written as ``ToString()`` does."""

_JSON_BASE = "Newtonsoft.Json.Linq.JToken"
_CERTIFICATE = "System.Security.Cryptography.X509Certificates.X509Certificate2"
_GROUPS = "System.Text.RegularExpressions.GroupCollection"
_NODES = ("System.Xml.Linq.XObject", "System.Xml.XmlNode")
_DICTIONARIES = (
    "System.Collections.IDictionary",
    *(f"System.Collections.Generic.{name}" for name in ("Dictionary", "IDictionary", "IReadOnlyDictionary")),
)

_forms: dict[NetType, str] = {}


def spelled(value: Any, level: int = 0) -> Any:
    """A value as JSON has it: texts, Booleans and null as they are, all others by their kind.

    Numbers, Guids and enums are texts as C# prints them; dates in format ``o``, TimeSpan in ``c``; ``byte[]`` is
    base64; ``{"char"}``, ``{"json"}``, ``{"xml"}``, ``{"thumbprint"}``, ``{"dictionary": [[key, value], …]}``; other
    sequences are lists of at most 201 elements.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Char):
        return {"char": from_utf16(value)}
    if isinstance(value, str):
        return from_utf16(value)
    if isinstance(value, ByteArray):
        charge_size(len(value) * 4 // 3)
        return b64encode(bytes(value)).decode()
    match form_of(value):
        case "json":
            return {"json": _json(value, indented=False)}
        case "xml":
            return {"xml": from_utf16(text_of(value))}
        case "certificate":
            return {"thumbprint": _thumbprint(value)}
        case "dictionary":
            pairs = _elements(value, level)
            return {"dictionary": [[spelled(pair.item_key), spelled(pair.value, level + 1)] for pair in pairs]}
        case "sequence":
            return [spelled(each, level + 1) for each in _elements(value, level)]
    return _formatted(value)


def written(value: Any, level: int = 0) -> str:
    """A value as C# would write it, for people; JSON and XML take several lines."""
    if isinstance(value, str) and not isinstance(value, Char):
        return quote(value) if len(value) <= MOST_TEXT else f'{quote(value[:MOST_TEXT])[:-1]}…"'
    if isinstance(value, ByteArray):
        return _braced([*(f"0x{byte:02X}" for byte in value.items[:32]), *(["…"] if len(value) > 32 else [])])
    if isinstance(value, AnonymousValue) and isinstance(value.net_type, types.AnonymousType):
        parts = zip(value.net_type.names, value.items, strict=True)
        return _braced([f"{name} = {written(item, _deeper(level))}" for name, item in parts])
    if isinstance(value, ItemsValue):
        return f"({', '.join(written(item, _deeper(level)) for item in value.items)})"
    if isinstance(value, TypeValue):
        return f"typeof({value.of.display})"
    if isinstance(value, EnumValue):
        return display(value).replace(", ", f" | {value.net_type.display}.")
    match form_of(value):
        case "json":
            return _json(value, indented=level == 0)
        case "certificate":
            return f"{display(value)}  ({_thumbprint(value)})"
        case "dictionary":
            pairs = _elements(value, level)
            return _braced([f"[{written(pair.item_key)}] = {written(pair.value, level + 1)}" for pair in pairs])
        case "sequence":
            return _braced([written(each, level + 1) for each in _elements(value, level)])
        case "xml":
            return from_utf16(text_of(value))
        case "formatted":
            return str(_formatted(value))
    return display(value)


def _braced(parts: list[str]) -> str:
    return f"{{ {', '.join(parts)} }}" if parts else "{ }"


def form_of(value: Any) -> str:
    """What kind of value this is, remembered by its type."""
    if value is None or isinstance(value, str | int | NetDecimal | DelegateValue):
        return "other"
    if isinstance(value, float):
        return "formatted"
    kind = type_of(value)
    found = _forms.get(kind)
    if found is None:
        found = _forms[kind] = _find_form(kind, hasattr(value, "__iter__"))
    return found


def _find_form(kind: NetType, enumerable: bool) -> str:
    from certgate.csharp.conversions import bases_of

    if kind.full_name in _FORMATS:
        return "formatted"
    names = {base.full_name for base in (kind, *bases_of(kind))}
    if _JSON_BASE in names:
        return "json"
    if any(name in names for name in _NODES):
        return "xml"
    if _CERTIFICATE in names:
        return "certificate"
    # A GroupCollection is a read-only dictionary too, but its enumerator gives the groups themselves.
    definitions = [base.definition for base in (kind, *bases_of(kind))]
    if kind.full_name != _GROUPS and any(one is not None and one.full_name in _DICTIONARIES for one in definitions):
        return "dictionary"
    return "sequence" if enumerable else "other"


def _formatted(value: Any) -> str:
    name = type_of(value).full_name
    if name in _FORMATS:
        from certgate.csharp.dotnet.text.composite import format_value

        return from_utf16(format_value(value, _FORMATS[name]))
    return from_utf16(text_of(value))


def _elements(value: Any, level: int) -> Iterator[Any]:
    """The first elements of a sequence, each charged."""
    _deeper(level)
    for _, each in zip(range(MOST_ITEMS), value, strict=False):
        charge_steps(1)
        yield each


def _deeper(level: int) -> int:
    if level >= MOST_LEVELS:
        raise BudgetExceeded(f"expression exceeded the {MOST_LEVELS} levels of a value that are shown")
    return level + 1


def _json(value: Any, *, indented: bool) -> str:
    from certgate.csharp.dotnet.json.writer import write

    return from_utf16(write(value, indented))


def _thumbprint(value: Any) -> str | None:
    definition = type_of(value).definition
    for member in definition.members("Thumbprint") if definition is not None else ():
        if member.call is not None:
            return str(member.call(value))
    return None
