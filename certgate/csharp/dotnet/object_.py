"""``System.Object``, ``System.Type`` and ``Nullable<T>``. The gateway lets nobody use a member of object."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import NULLABLE, ArrayType, define
from certgate.csharp.values import NetObject, TypeValue, default_of, text_of, type_of
from certgate.csharp.values import equals as same

_MEMBERS = "Equals GetHashCode GetType ReferenceEquals ToString"

OBJECT = define("System.Object", keyword="object", allowed="", known=_MEMBERS)
MEMBER_INFO = define("System.Reflection.MemberInfo")
TYPE = define("System.Type", bases=("System.Reflection.MemberInfo",))
define(
    "System.Nullable<T>",
    kind="struct",
    allowed=True,
    known="Equals GetHashCode GetType GetValueOrDefault HasValue ToString Value",
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


OBJECT.signatures("int GetHashCode()")


@MEMBER_INFO.property("string Name")
def get_name(self: TypeValue) -> str:
    return _name(self.of)


def _name(kind: types.NetType) -> str:
    if isinstance(kind, ArrayType):
        return f"{_name(kind.element)}[{',' * (kind.rank - 1)}]"
    return kind.reflection_name.partition("[")[0].rpartition(".")[2]


@TYPE.property("string FullName")
def get_full_name(self: TypeValue) -> str:
    if self.of.arguments or "[[" in self.of.reflection_name or isinstance(self.of, types.TupleType):
        raise UnsupportedReached("Type.FullName of a generic type is not simulated")
    return self.of.reflection_name


@TYPE.property("string Namespace")
def get_namespace(self: TypeValue) -> str:
    return self.of.reflection_name.partition("`")[0].partition("[")[0].rpartition(".")[0]


@TYPE.property("bool IsArray")
def get_is_array(self: TypeValue) -> bool:
    return isinstance(self.of, ArrayType)


@TYPE.property("bool IsValueType")
def get_is_value_type(self: TypeValue) -> bool:
    return self.of.is_value


@TYPE.property("bool IsEnum")
def get_is_enum(self: TypeValue) -> bool:
    return self.of.kind == "enum"


@TYPE.operator("bool operator ==(System.Type left, System.Type right)")
def type_equal(left: Any, right: Any) -> bool:
    return same(left, right)


@TYPE.operator("bool operator !=(System.Type left, System.Type right)")
def type_not_equal(left: Any, right: Any) -> bool:
    return not same(left, right)


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


@NULLABLE.constructor("Nullable(T value)")
def make_nullable(value: Any) -> Any:
    return value
