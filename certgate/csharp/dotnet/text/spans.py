"""``ReadOnlySpan<T>``, ``Span<T>`` and their extension methods: declared so that errors come out as in C#.

A string may stand for a span of its characters, which only methods of ``string`` take; nothing else of spans is
simulated: a call that chooses one is unsupported.
"""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.text.string_type import STRING
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

READ_ONLY = define("System.ReadOnlySpan<T>", kind="struct", bases=("System.ValueType",))
SPAN = define("System.Span<T>", kind="struct", bases=("System.ValueType",))
MEMORY = define("System.MemoryExtensions", kind="static", extensions=True)


@READ_ONLY.operator("implicit operator ReadOnlySpan<T>(T[] array)")
@SPAN.operator("implicit operator Span<T>(T[] array)")
def of_array(array: Any) -> Any:
    raise UnsupportedReached("spans are not simulated")


class CharacterSpan(NetObject):
    """The characters of a string as a ``ReadOnlySpan<char>``."""

    __slots__ = ("text",)

    net_type = READ_ONLY.of(types.CHAR)

    def __init__(self, text: str) -> None:
        self.text = text


@STRING.operator("implicit operator ReadOnlySpan<char>(string value)")
def of_text(text: str | None) -> CharacterSpan:
    return CharacterSpan(text or "")


_SOURCE = "this ReadOnlySpan<char> source, Span<char> destination"
_CHARS = "this ReadOnlySpan<char> span"
MEMORY.signatures(
    f"static int ToLower({_SOURCE}, System.Globalization.CultureInfo culture)",
    f"static int ToUpper({_SOURCE}, System.Globalization.CultureInfo culture)",
    f"static int ToLowerInvariant({_SOURCE})",
    f"static int ToUpperInvariant({_SOURCE})",
    "static System.Collections.IEnumerable Split<T>(this ReadOnlySpan<T> source, T separator)",
    "static bool StartsWith<T>(this ReadOnlySpan<T> span, T value)",
    f"static bool StartsWith({_CHARS}, ReadOnlySpan<char> value, StringComparison comparisonType)",
    "static bool EndsWith<T>(this ReadOnlySpan<T> span, T value)",
    f"static bool EndsWith({_CHARS}, ReadOnlySpan<char> value, StringComparison comparisonType)",
    "static bool Contains<T>(this ReadOnlySpan<T> span, T value)",
    "static int IndexOf<T>(this ReadOnlySpan<T> span, T value)",
    f"static int IndexOf({_CHARS}, ReadOnlySpan<char> value, StringComparison comparisonType)",
    "static int LastIndexOf<T>(this ReadOnlySpan<T> span, T value)",
    f"static ReadOnlySpan<char> Trim({_CHARS})",
    f"static ReadOnlySpan<char> Trim({_CHARS}, char trimChar)",
    f"static ReadOnlySpan<char> TrimStart({_CHARS})",
    f"static ReadOnlySpan<char> TrimStart({_CHARS}, char trimChar)",
    f"static ReadOnlySpan<char> TrimEnd({_CHARS})",
    f"static ReadOnlySpan<char> TrimEnd({_CHARS}, char trimChar)",
    "static void Replace<T>(this Span<T> span, T oldValue, T newValue)",
)
