"""Interfaces of the namespace System that the gateway lets nobody call: they say what converts to what."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.types import define
from certgate.csharp.values import equals

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
    from certgate.csharp.dotnet.ordering import compare_same

    return compare_same(self, other)


@EQUATABLE.method("bool Equals(T other)")
def equals_to(self: Any, other: Any) -> bool:
    return equals(self, other)


@DISPOSABLE.method("void Dispose()")
def dispose(self: Any) -> None:
    """Objects that mind being disposed of declare their own."""


@CLONEABLE.method("object Clone()")
def clone(self: Any) -> Any:
    definition = types.named("System.Array").definition
    return definition.members("Clone")[0].call(self) if not isinstance(self, str) else self  # type: ignore[misc]
