"""``System.Object`` and ``Nullable<T>``. The gateway lets nobody use a member of object."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import hash_code
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import NULLABLE, define
from certgate.csharp.values import NetObject, TypeValue, default_of, text_of, type_of
from certgate.csharp.values import equals as same

_MEMBERS = "Equals GetHashCode GetType ReferenceEquals ToString"

OBJECT = define("System.Object", keyword="object", allowed="", known=_MEMBERS)
define(
    "System.Nullable<T>",
    kind="struct",
    allowed=True,
    known="Equals GetHashCode GetType GetValueOrDefault HasValue ToString Value",
)
NULLABLES = define(
    "System.Nullable", kind="static", allowed=True, known="Compare Equals GetUnderlyingType GetValueRefOrDefaultRef"
)


@OBJECT.constructor("Object()")
def make() -> NetObject:
    return PlainObject()


class PlainObject(NetObject):
    """``new object()``."""

    __slots__ = ()

    net_type = types.OBJECT


@OBJECT.method("string ToString()")
def to_string(self: Any) -> str:
    return text_of(self)


@OBJECT.method("bool Equals(object obj)")
def equals(self: Any, other: Any) -> bool:
    return same(self, other)


@OBJECT.method("static bool Equals(object objA, object objB)")
def equals_static(left: Any, right: Any) -> bool:
    return same(left, right)


@OBJECT.method("static bool ReferenceEquals(object objA, object objB)")
def reference_equals(left: Any, right: Any) -> bool:
    """Two boxes of a value are never the same object; whether two equal strings are is not told."""
    if left is None or right is None:
        return left is right
    if type_of(left).is_value:
        return False
    if isinstance(left, str) and left == right and left is not right:
        raise UnsupportedReached("whether two equal strings are the same object is not simulated")
    return left is right


@OBJECT.method("System.Type GetType()")
def get_type(self: Any) -> TypeValue:
    if self is None:
        raise faults.null_reference()
    return TypeValue(type_of(self))


@OBJECT.method("int GetHashCode()")
def get_hash_code(self: Any) -> int:
    return hash_code(self)


@NULLABLE.property("bool HasValue")
def get_has_value(self: Any) -> bool:
    return self is not None


@NULLABLE.property("T Value")
def get_value(self: Any) -> Any:
    if self is None:
        raise faults.invalid_operation("Nullable object must have a value.")
    return self


@NULLABLE.method("T GetValueOrDefault(T defaultValue)")
def get_value_or(self: Any, default: Any) -> Any:
    return default if self is None else self


@NULLABLE.method("T GetValueOrDefault()", generic=True)
def get_value_or_default(kinds: tuple[types.NetType, ...], self: Any) -> Any:
    return default_of(kinds[0]) if self is None else self


@NULLABLE.method("string ToString()")
def nullable_to_string(self: Any) -> str:
    return text_of(self)


@NULLABLE.method("bool Equals(object other)")
def nullable_equals(self: Any, other: Any) -> bool:
    return same(self, other)


@NULLABLE.method("int GetHashCode()")
def nullable_hash_code(self: Any) -> int:
    return hash_code(self)


@NULLABLE.constructor("Nullable(T value)")
def make_nullable(value: Any) -> Any:
    return value


@NULLABLES.method("static int Compare<T>(T? n1, T? n2) where T : struct")
def compare_nullables(left: Any, right: Any) -> int:
    from certgate.csharp.dotnet.text.ordering import compare

    return compare(left, right)


@NULLABLES.method("static bool Equals<T>(T? n1, T? n2) where T : struct")
def equal_nullables(left: Any, right: Any) -> bool:
    return same(left, right)


@NULLABLES.method("static System.Type GetUnderlyingType(System.Type nullableType)")
def get_underlying_type(kind: TypeValue | None) -> TypeValue | None:
    if kind is None:
        raise faults.argument_null("nullableType")
    inner = types.nullable_inner(kind.of)
    return None if inner is None else TypeValue(inner)
