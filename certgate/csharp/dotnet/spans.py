"""``ReadOnlySpan<T>``, ``Span<T>`` and their extension methods: declared so that errors come out as in C#.

Nothing of them is simulated: a call that chooses one is unsupported.
"""

from __future__ import annotations

from typing import Any

from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define

READ_ONLY = define("System.ReadOnlySpan<T>", kind="struct", bases=("System.ValueType",))
SPAN = define("System.Span<T>", kind="struct", bases=("System.ValueType",))
MEMORY = define("System.MemoryExtensions", kind="static", extensions=True)


@READ_ONLY.operator("implicit operator ReadOnlySpan<T>(T[] array)")
@SPAN.operator("implicit operator Span<T>(T[] array)")
def of_array(array: Any) -> Any:
    raise UnsupportedReached("spans are not simulated")


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
