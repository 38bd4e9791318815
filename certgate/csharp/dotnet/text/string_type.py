"""``System.String`` itself: its name and the names of its members, which the ``string_*`` modules declare."""

from __future__ import annotations

from certgate.csharp.types import define, define_enum

STRING = define(
    "System.String",
    keyword="string",
    bases=(
        "IComparable",
        "IConvertible",
        "ICloneable",
        "System.Collections.Generic.IEnumerable<char>",
        "IComparable<string>",
        "IEquatable<string>",
    ),
    allowed=True,
    known="Chars Clone Compare CompareOrdinal CompareTo Concat Contains Copy CopyTo Create Empty "
    "EndsWith EnumerateRunes "
    "Equals Format GetEnumerator GetHashCode GetPinnableReference GetType GetTypeCode IndexOf IndexOfAny Insert Intern "
    "IsInterned IsNormalized IsNullOrEmpty IsNullOrWhiteSpace Item Join LastIndexOf LastIndexOfAny "
    "Length Normalize PadLeft "
    "PadRight ReferenceEquals Remove Replace ReplaceLineEndings Split StartsWith Substring ToCharArray ToLower "
    "ToLowerInvariant ToString ToUpper ToUpperInvariant Trim TrimEnd TrimStart TryCopyTo",
)

SPLIT_OPTIONS = define_enum(
    "System.StringSplitOptions", {"None": 0, "RemoveEmptyEntries": 1, "TrimEntries": 2}, allowed=True, flags=True
)
NORMALIZATION = define_enum("System.Text.NormalizationForm", {"FormC": 1, "FormD": 2, "FormKC": 5, "FormKD": 6})
