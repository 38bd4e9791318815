"""The definition of ``List<T>`` and its enumerator."""

from __future__ import annotations

from certgate.csharp.dotnet.collections.enumerators import declare_enumerator
from certgate.csharp.types import define

G = "System.Collections.Generic"

LIST = define(
    f"{G}.List<T>",
    bases=(f"{G}.IList<T>", f"{G}.IReadOnlyList<T>", "System.Collections.IList"),
    allowed=True,
    known="Add AddRange AsReadOnly BinarySearch Capacity Clear Contains ConvertAll CopyTo Count "
    "EnsureCapacity Equals Exists Find "
    "FindAll FindIndex FindLast FindLastIndex ForEach GetEnumerator GetHashCode GetRange GetType "
    "IndexOf Insert InsertRange Item "
    "LastIndexOf ReferenceEquals Remove RemoveAll RemoveAt RemoveRange Reverse Slice Sort ToArray "
    "ToString TrimExcess TrueForAll",
)
ENUMERATOR = declare_enumerator(f"{G}.List.Enumerator")
"""``List<T>.Enumerator``, which the gateway refuses."""
