"""C# values as plain Python values, for programs that ask for one.

Reading a lazy sequence runs the code behind it, so callers do this while the evaluation's budget is charged.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.runtime import BudgetExceeded, charge_size
from certgate.csharp.spelling import MOST_LEVELS, form_of
from certgate.csharp.utf16 import from_utf16
from certgate.csharp.values import AnonymousValue, ByteArray, Char, EnumValue, ItemsValue, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_TICKS_PER_MICROSECOND = 10


def plain(value: Any, level: int = 0) -> Any:
    """The nearest Python value.

    Numbers are int, float or Decimal; DateTime and DateTimeOffset are datetime (without a zone where C# has none),
    TimeSpan is timedelta, both cut to the microsecond; Guid is UUID; ``byte[]`` is bytes; an enum is the text of its
    name. JSON is what ``json.loads`` makes of it, XML its text. Dictionaries and anonymous objects are dict, tuples
    tuple, other sequences list. A certificate is certgate's own. Anything else is what ``ToString()`` says.
    """
    match value:
        case None | bool():
            return value
        case str():
            return from_utf16(value)
        case int():
            return int(value)
        case float():
            return float(value)
        case NetDecimal():
            return Decimal(value.to_text())
        case ByteArray():
            return bytes(value)
        case AnonymousValue() if isinstance(value.net_type, types.AnonymousType):
            return dict(zip(value.net_type.names, _items(value.items, level), strict=True))
        case ItemsValue():
            return tuple(_items(value.items, level))
        case EnumValue() | Char():
            return from_utf16(text_of(value))
    return _library(value, level)


def _library(value: Any, level: int) -> Any:
    match form_of(value):
        case "json":
            import json

            from certgate.csharp.dotnet.json.writer import write

            return json.loads(from_utf16(write(value, indented=False)))
        case "certificate":
            return value.certificate
        case "dictionary":
            pairs = [(pair.item_key, pair.value) for pair in value]
            keys = map(_key, _items((key for key, _ in pairs), level))
            return dict(zip(keys, _items((each for _, each in pairs), level), strict=True))
        case "sequence":
            return list(_items(value, level))
    return _written(value)


def _key(key: Any) -> Any:
    """A dictionary's key as one that Python takes."""
    try:
        hash(key)
    except TypeError:
        return repr(key)
    return key


def _written(value: Any) -> Any:
    from certgate.csharp.dotnet.text.composite import format_value

    match type_of(value).full_name:
        case "System.DateTime" | "System.DateTimeOffset":
            return datetime.fromisoformat(format_value(value, "o"))
        case "System.TimeSpan":
            return timedelta(microseconds=value.ticks // _TICKS_PER_MICROSECOND)
        case "System.Guid":
            from uuid import UUID

            return UUID(text_of(value))
    return from_utf16(text_of(value))


def _items(values: Any, level: int) -> Iterator[Any]:
    # SECURITY: an array may hold itself, and a sequence may have no end.
    if level >= MOST_LEVELS:
        raise BudgetExceeded(f"expression exceeded the {MOST_LEVELS} levels of a value that are read")
    for each in values:
        charge_size(1)
        yield plain(each, level + 1)
