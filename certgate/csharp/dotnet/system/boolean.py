"""``System.Boolean``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import casing
from certgate.csharp.types import define
from certgate.csharp.values import EnumValue, enum_value

BOOLEAN = define(
    "System.Boolean",
    keyword="bool",
    kind="struct",
    bases=("System.ValueType", "IComparable", "IConvertible", "IComparable<bool>", "IEquatable<bool>"),
    allowed=True,
    known="CompareTo Equals FalseString GetHashCode GetType GetTypeCode Parse ReferenceEquals "
    "ToString TrueString TryFormat TryParse",
)


@BOOLEAN.field("static readonly string TrueString")
def true_string() -> str:
    return "True"


@BOOLEAN.field("static readonly string FalseString")
def false_string() -> str:
    return "False"


def read(text: str) -> bool | None:
    """What a text says, in any case and between white space and NULs; None when it says neither."""
    word = text if text.lower() in ("true", "false") else text.strip(casing.WHITE + "\0")
    return {"true": True, "false": False}.get(word.lower() if word.isascii() else "")


@BOOLEAN.method("static bool Parse(string value)")
def parse(text: str | None) -> bool:
    if text is None:
        raise faults.argument_null("value")
    found = read(text)
    if found is None:
        raise faults.format_error(f"String '{text}' was not recognized as a valid Boolean.")
    return found


@BOOLEAN.method("static bool TryParse(string value, out bool result)")
def try_parse(text: str | None) -> tuple[bool, bool]:
    found = None if text is None else read(text)
    return found is not None, bool(found)


@BOOLEAN.method("string ToString()")
def to_string(self: bool) -> str:
    return "True" if self else "False"


@BOOLEAN.method("string ToString(IFormatProvider provider)")
def to_string_provider(self: bool, provider: Any) -> str:
    return to_string(self)


@BOOLEAN.method("int CompareTo(bool value)")
def compare_to(self: bool, other: bool) -> int:
    return self - other


@BOOLEAN.method("int CompareTo(object obj)")
def compare_to_object(self: bool, other: Any) -> int:
    if other is None:
        return 1
    if not isinstance(other, bool):
        raise faults.argument("Object must be of type Boolean.")
    return self - other


@BOOLEAN.method("bool Equals(bool obj)")
@BOOLEAN.method("bool Equals(object obj)")
def equals(self: bool, other: Any) -> bool:
    return isinstance(other, bool) and self is other


@BOOLEAN.method("int GetHashCode()")
def get_hash_code(self: bool) -> int:
    return int(self)


@BOOLEAN.method("TypeCode GetTypeCode()")
def get_type_code(self: bool) -> EnumValue:
    return enum_value("System.TypeCode", "Boolean")
