"""``System.Convert.ToString``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.numbers import radix
from certgate.csharp.dotnet.numbers.convert_type import CONVERT, KEYWORDS
from certgate.csharp.values import text_of


def _plain(value: Any) -> str:
    return text_of(value)


def _provided(value: Any, provider: Any) -> str:
    return text_of(value)


for _keyword in KEYWORDS.values():
    if _keyword != "string":
        CONVERT.method(f"static string ToString({_keyword} value)")(_plain)
        CONVERT.method(f"static string ToString({_keyword} value, IFormatProvider provider)")(_provided)
CONVERT.method("static string ToString(object value)")(_plain)
CONVERT.method("static string ToString(object value, IFormatProvider provider)")(_provided)


@CONVERT.method("static string ToString(string value)")
def to_string(value: str | None) -> str | None:
    """Null stays null, other than for an object."""
    return value


@CONVERT.method("static string ToString(string value, IFormatProvider provider)")
def to_string_provider(value: str | None, provider: Any) -> str | None:
    return value


def _declare_radix(keyword: str, bits: int) -> None:
    CONVERT.method(f"static string ToString({keyword} value, int toBase)")(
        lambda value, base: radix.format_radix(value, base, bits)
    )


for _keyword, _bits in (("byte", 8), ("short", 16), ("int", 32), ("long", 64)):
    _declare_radix(_keyword, _bits)
