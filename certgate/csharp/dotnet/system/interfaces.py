"""Interfaces of the namespace System that the gateway lets nobody call: they say what converts to what."""

from __future__ import annotations

from typing import Any

from certgate.csharp.conversions import bases_of
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import equals, text_of, type_of

COMPARABLE = define("System.IComparable", kind="interface", known="CompareTo")
COMPARABLE_TO = define("System.IComparable<in T>", kind="interface", known="CompareTo")
EQUATABLE = define("System.IEquatable<T>", kind="interface", known="Equals")
FORMATTABLE = define("System.IFormattable", kind="interface", known="ToString")
FORMAT_PROVIDER = define("System.IFormatProvider", kind="interface", known="GetFormat")
CLONEABLE = define("System.ICloneable", kind="interface", known="Clone")
DISPOSABLE = define("System.IDisposable", kind="interface", known="Dispose")
CONVERTIBLE = define(
    "System.IConvertible",
    kind="interface",
    known="GetTypeCode ToBoolean ToByte ToChar ToDateTime ToDecimal ToDouble ToInt16 ToInt32 ToInt64 ToSByte ToSingle "
    "ToString ToType ToUInt16 ToUInt32 ToUInt64",
)
VALUE_TYPE = define("System.ValueType", known="Equals GetHashCode GetType ToString")


@COMPARABLE.method("int CompareTo(object obj)")
@COMPARABLE_TO.method("int CompareTo(T other)")
def compare_to(self: Any, other: Any) -> int:
    from certgate.csharp.dotnet.text.ordering import compare_same

    return compare_same(self, other)


@EQUATABLE.method("bool Equals(T other)")
def equals_to(self: Any, other: Any) -> bool:
    return equals(self, other)


@DISPOSABLE.method("void Dispose()")
def dispose(self: Any) -> None:
    """Objects that mind being disposed of have a function for it."""
    own = getattr(self, "dispose", None)
    if own is not None:
        own()


@CLONEABLE.method("object Clone()")
def clone(self: Any) -> Any:
    if isinstance(self, str):
        return self
    for owner in (type_of(self), *bases_of(type_of(self))):
        for member in owner.definition.members("Clone") if owner.definition is not None else ():
            if member.call is not None and owner.kind != "interface":
                return member.call(self)
    raise UnsupportedReached(f"cloning a {type_of(self).display} is not simulated")


@FORMATTABLE.method("string ToString(string format, System.IFormatProvider formatProvider)")
def to_string_format(self: Any, spec: str | None, provider: Any) -> str:
    from certgate.csharp.dotnet.text.composite import format_value

    return format_value(self, spec)


@CONVERTIBLE.method("System.TypeCode GetTypeCode()")
def get_type_code(self: Any) -> Any:
    from certgate.csharp.dotnet.numbers.convert_numbers import get_type_code as code_of

    return code_of(self)


@CONVERTIBLE.method("string ToString(System.IFormatProvider provider)")
def to_string_provider(self: Any, provider: Any) -> str:
    return text_of(self)


def _declare_conversion(name: str, keyword: str) -> None:
    def run(self: Any, provider: Any) -> Any:
        from certgate.csharp.dotnet.numbers.convert_values import convert

        return convert(self, name)

    CONVERTIBLE.method(f"{keyword} To{name}(System.IFormatProvider provider)")(run)


for _name, _keyword in {
    "Boolean": "bool",
    "Byte": "byte",
    "Char": "char",
    "Decimal": "decimal",
    "Double": "double",
    "Int16": "short",
    "Int32": "int",
    "Int64": "long",
    "SByte": "sbyte",
    "Single": "float",
    "UInt16": "ushort",
    "UInt32": "uint",
    "UInt64": "ulong",
}.items():
    _declare_conversion(_name, _keyword)
CONVERTIBLE.signatures(
    "System.DateTime ToDateTime(System.IFormatProvider provider)",
    "object ToType(System.Type conversionType, System.IFormatProvider provider)",
)
FORMAT_PROVIDER.signatures("object GetFormat(System.Type formatType)")
