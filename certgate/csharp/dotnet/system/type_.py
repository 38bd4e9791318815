"""``System.Type`` and ``MemberInfo``: what ``typeof`` and ``GetType()`` can be asked. The gateway refuses both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.conversions import bases_of, derives_from
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import ArrayType, define
from certgate.csharp.values import EnumValue, TypeValue, array, enum_value, type_of
from certgate.csharp.values import equals as same

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.types import NetType
    from certgate.csharp.values import NetArray

MEMBER_INFO = define(
    "System.Reflection.MemberInfo",
    known="CustomAttributes DeclaringType Equals GetCustomAttributes GetCustomAttributesData GetHashCode GetType "
    "HasSameMetadataDefinitionAs IsCollectible IsDefined MemberType MetadataToken Module Name ReflectedType ToString",
)
TYPE = define(
    "System.Type",
    bases=("System.Reflection.MemberInfo",),
    known="Assembly AssemblyQualifiedName Attributes BaseType ContainsGenericParameters DeclaringMethod DeclaringType "
    "DefaultBinder Delimiter EmptyTypes Equals FindInterfaces FindMembers FullName GUID GenericParameterAttributes "
    "GenericParameterPosition GenericTypeArguments GetArrayRank GetConstructor GetConstructors GetDefaultMembers "
    "GetElementType GetEnumName GetEnumNames GetEnumUnderlyingType GetEnumValues GetEnumValuesAsUnderlyingType "
    "GetEvent GetEvents GetField GetFields GetFunctionPointerCallingConventions GetFunctionPointerParameterTypes "
    "GetFunctionPointerReturnType GetGenericArguments GetGenericParameterConstraints GetGenericTypeDefinition "
    "GetHashCode GetInterface GetInterfaceMap GetInterfaces GetMember GetMemberWithSameMetadataDefinitionAs GetMembers "
    "GetMethod GetMethods GetNestedType GetNestedTypes GetOptionalCustomModifiers GetProperties GetProperty "
    "GetRequiredCustomModifiers GetType GetTypeArray GetTypeCode GetTypeFromCLSID GetTypeFromHandle "
    "GetTypeFromProgID GetTypeHandle HasElementType InvokeMember IsAbstract IsAnsiClass IsArray IsAssignableFrom "
    "IsAssignableTo IsAutoClass IsAutoLayout IsByRef IsByRefLike IsCOMObject IsClass IsConstructedGenericType "
    "IsContextful IsEnum IsEnumDefined IsEquivalentTo IsExplicitLayout IsFunctionPointer IsGenericMethodParameter "
    "IsGenericParameter IsGenericType IsGenericTypeDefinition IsGenericTypeParameter IsImport IsInstanceOfType "
    "IsInterface IsLayoutSequential IsMarshalByRef IsNested IsNestedAssembly IsNestedFamANDAssem IsNestedFamORAssem "
    "IsNestedFamily IsNestedPrivate IsNestedPublic IsNotPublic IsPointer IsPrimitive IsPublic IsSZArray IsSealed "
    "IsSecurityCritical IsSecuritySafeCritical IsSecurityTransparent IsSerializable IsSignatureType IsSpecialName "
    "IsSubclassOf IsTypeDefinition IsUnicodeClass IsUnmanagedFunctionPointer IsValueType IsVariableBoundArray "
    "IsVisible MakeArrayType MakeByRefType MakeGenericMethodParameter MakeGenericSignatureType MakeGenericType "
    "MakePointerType MemberType Missing Module Namespace ReflectedType ReflectionOnlyGetType StructLayoutAttribute "
    "ToString TypeHandle TypeInitializer UnderlyingSystemType",
)
define("System.Reflection.MethodBase", bases=("System.Reflection.MemberInfo",))

_CORE = "System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e"
_CORE_COLLECTIONS = ("Dictionary", "HashSet", "KeyValuePair", "List", "Queue", "IEnumerable", "IList", "ICollection")


@MEMBER_INFO.property("string Name")
def get_name(self: TypeValue) -> str:
    return _name(self.of)


def _name(kind: NetType) -> str:
    if isinstance(kind, ArrayType):
        return f"{_name(kind.element)}[{',' * (kind.rank - 1)}]"
    return kind.reflection_name.partition("[")[0].rpartition(".")[2].rpartition("+")[2]


def _arguments(kind: NetType) -> tuple[NetType, ...]:
    if isinstance(kind, types.TupleType):
        return kind.elements
    if isinstance(kind, types.AnonymousType):
        return kind.types
    return kind.arguments or tuple(getattr(kind, "parts", ()))


def full_name(kind: NetType) -> str:
    """``Type.FullName``: type arguments with their assemblies."""
    if isinstance(kind, ArrayType):
        return f"{full_name(kind.element)}[{',' * (kind.rank - 1)}]"
    arguments = _arguments(kind)
    if not arguments:
        return kind.reflection_name
    inner = ",".join(f"[{full_name(one)}, {_assembly(one)}]" for one in arguments)
    return f"{kind.reflection_name.partition('[')[0]}[{inner}]"


def _assembly(kind: NetType) -> str:
    """The assembly of the basic types; UnsupportedReached for one that may live elsewhere."""
    while isinstance(kind, ArrayType):
        kind = kind.element
    definition = kind.definition
    if isinstance(kind, types.TupleType):
        return _CORE
    if definition is not None and (
        (definition.namespace == "System" and not definition.name.startswith("Uri"))
        or (definition.namespace == "System.Collections.Generic" and definition.name in _CORE_COLLECTIONS)
    ):
        return _CORE
    raise UnsupportedReached("the assembly of a type is not simulated")


@TYPE.property("string FullName")
def get_full_name(self: TypeValue) -> str:
    return full_name(self.of)


@TYPE.property("string Namespace")
def get_namespace(self: TypeValue) -> str | None:
    kind = self.of
    while isinstance(kind, ArrayType):
        kind = kind.element
    return kind.reflection_name.partition("`")[0].partition("[")[0].partition("+")[0].rpartition(".")[0] or None


def _is_class(kind: NetType) -> bool:
    return not kind.is_value and kind.kind != "interface"


def _is_primitive(kind: NetType) -> bool:
    return kind in _PRIMITIVE


_PRIMITIVE = frozenset(types.KEYWORDS.values()) - {types.OBJECT, types.STRING, types.DECIMAL, types.VOID}

_TESTS: dict[str, Callable[[NetType], bool]] = {
    "IsArray": lambda kind: isinstance(kind, ArrayType),
    "IsSZArray": lambda kind: isinstance(kind, ArrayType) and kind.rank == 1,
    "IsValueType": lambda kind: kind.is_value,
    "IsEnum": lambda kind: kind.kind == "enum",
    "IsClass": _is_class,
    "IsInterface": lambda kind: kind.kind == "interface",
    "IsPrimitive": _is_primitive,
    "IsGenericType": lambda kind: bool(_arguments(kind)),
    "IsConstructedGenericType": lambda kind: bool(_arguments(kind)),
    "IsGenericTypeDefinition": lambda kind: False,
    "IsGenericParameter": lambda kind: False,
    "IsPointer": lambda kind: False,
    "IsByRef": lambda kind: False,
    "IsCOMObject": lambda kind: False,
    "HasElementType": lambda kind: isinstance(kind, ArrayType),
}


def _declare_test(name: str, test: Callable[[NetType], bool]) -> None:
    TYPE.property(f"bool {name}")(lambda self: test(self.of))


for _test_name, _test in _TESTS.items():
    _declare_test(_test_name, _test)


@TYPE.property("System.Type UnderlyingSystemType")
def get_underlying_system_type(self: TypeValue) -> TypeValue:
    return self


@TYPE.property("System.Type BaseType")
def get_base_type(self: TypeValue) -> TypeValue | None:
    kind = self.of
    if kind is types.OBJECT or kind.kind == "interface":
        return None
    if kind.kind == "enum":
        return TypeValue(types.named("System.Enum"))
    if kind.is_value:
        return TypeValue(types.named("System.ValueType"))
    if types.is_opaque(kind) or kind.kind == "delegate":
        raise UnsupportedReached("the base of this type is not simulated")
    base = next((one for one in kind.bases if one.kind != "interface"), types.OBJECT)
    return TypeValue(base)


@TYPE.property("System.Type[] GenericTypeArguments")
def get_generic_type_arguments(self: TypeValue) -> NetArray:
    return array(TYPE.type, map(TypeValue, _arguments(self.of)))


@TYPE.method("System.Type[] GetGenericArguments()")
def get_generic_arguments(self: TypeValue) -> NetArray:
    return array(TYPE.type, map(TypeValue, _arguments(self.of)))


@TYPE.method("System.Type GetElementType()")
def get_element_type(self: TypeValue) -> TypeValue | None:
    return TypeValue(self.of.element) if isinstance(self.of, ArrayType) else None


@TYPE.method("int GetArrayRank()")
def get_array_rank(self: TypeValue) -> int:
    if not isinstance(self.of, ArrayType):
        raise faults.argument("Must be an array type.")
    return self.of.rank


@TYPE.method("System.Type MakeArrayType()")
def make_array_type(self: TypeValue) -> TypeValue:
    return TypeValue(self.of.array())


def _converts(source: NetType, target: NetType) -> bool:
    if types.is_opaque(source) or types.is_opaque(target):
        raise UnsupportedReached("what this type derives from is not simulated")
    if types.nullable_inner(target) is source:
        return True
    return source is target or (not target.is_value and derives_from(source, target))


@TYPE.method("bool IsAssignableFrom(System.Type c)")
def is_assignable_from(self: TypeValue, other: TypeValue | None) -> bool:
    return other is not None and _converts(other.of, self.of)


@TYPE.method("bool IsAssignableTo(System.Type targetType)")
def is_assignable_to(self: TypeValue, other: TypeValue | None) -> bool:
    return other is not None and _converts(self.of, other.of)


@TYPE.method("bool IsInstanceOfType(object o)")
def is_instance_of_type(self: TypeValue, value: Any) -> bool:
    return value is not None and _converts(type_of(value), self.of)


@TYPE.method("bool IsSubclassOf(System.Type c)")
def is_subclass_of(self: TypeValue, other: TypeValue | None) -> bool:
    if other is None:
        raise faults.argument_null("c")
    kind, base = self.of, other.of
    if kind is base or base.kind == "interface":
        return False
    if base is types.OBJECT:
        return kind.kind != "interface"
    if kind.is_value:
        return base.full_name == "System.ValueType" or (kind.kind == "enum" and base.full_name == "System.Enum")
    return any(one is base for one in bases_of(kind))


@TYPE.method("bool Equals(System.Type o)")
@TYPE.method("bool Equals(object o)")
def type_equals(self: TypeValue, other: Any) -> bool:
    return same(self, other)


@TYPE.method("string ToString()")
def to_string(self: TypeValue) -> str:
    return self.to_text()


@TYPE.method("static System.TypeCode GetTypeCode(System.Type type)")
def get_type_code(kind: TypeValue | None) -> EnumValue:
    if kind is None:
        return enum_value("System.TypeCode", "Empty")
    of = kind.of
    if of.kind == "enum" and of.definition is not None:
        of = types.KEYWORDS[of.definition.underlying]
    name = of.reflection_name.removeprefix("System.")
    codes = types.named("System.TypeCode").definition
    return enum_value(codes, name if name in codes.constants else "Object")


@TYPE.method("System.TypeCode GetTypeCode()")
def get_own_type_code(self: TypeValue) -> EnumValue:
    return get_type_code(self)


def _enum_member(name: str) -> Callable[..., Any]:
    """The member of System.Enum that does the same with the type as its first argument."""

    def call(*arguments: Any) -> Any:
        definition = types.named("System.Enum").definition
        member = next(one for one in definition.members(name) if len(one.signature.parameters) == len(arguments))
        assert member.call is not None  # noqa: S101 - declared with functions
        return member.call(*arguments)

    return call


TYPE.method("string[] GetEnumNames()")(_enum_member("GetNames"))
TYPE.method("System.Array GetEnumValues()")(_enum_member("GetValues"))
TYPE.method("string GetEnumName(object value)")(_enum_member("GetName"))
TYPE.method("bool IsEnumDefined(object value)")(_enum_member("IsDefined"))
TYPE.method("System.Type GetEnumUnderlyingType()")(_enum_member("GetUnderlyingType"))


@TYPE.operator("bool operator ==(System.Type left, System.Type right)")
def type_equal(left: Any, right: Any) -> bool:
    return same(left, right)


@TYPE.operator("bool operator !=(System.Type left, System.Type right)")
def type_not_equal(left: Any, right: Any) -> bool:
    return not same(left, right)
