"""What conversions do to values (C# specification, chapter 10), and the run-time type test behind casts, ``is`` and
``as``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.core import compiles
from certgate.csharp.conversions import derives_from
from certgate.csharp.operations import numeric_conversion
from certgate.csharp.runtime import ThrownException, UnsupportedReached, invalid_cast, null_reference
from certgate.csharp.values import TupleValue, type_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.compiler.core import Code, Compiler, Frame
    from certgate.csharp.conversions import Conversion
    from certgate.csharp.types import NetType


def is_instance(value: Any, kind: NetType) -> bool:
    """Whether a value that is not null has the type, or one that derives from it.

    UnsupportedReached for a type of which certgate knows the name only.
    """
    actual = type_of(value)
    if types.is_opaque(kind):
        raise UnsupportedReached(f"certgate does not simulate the type '{kind.display}'")
    if actual is kind or kind is types.OBJECT or kind is types.UNKNOWN:
        return True
    inner = types.nullable_inner(kind)
    if inner is not None:
        return is_instance(value, inner)
    return kind.is_reference and (derives_from(actual, kind) or _same_bits(actual, kind))


_UNSIGNED: dict[NetType, NetType] = {
    types.BYTE: types.SBYTE,
    types.UINT16: types.INT16,
    types.UINT32: types.INT32,
    types.UINT64: types.INT64,
}


def _same_bits(actual: NetType, wanted: NetType) -> bool:
    """To the runtime, not to the language, an ``int[]`` is a ``uint[]`` too, and an array of an enum one of numbers."""
    if not (isinstance(actual, types.ArrayType) and isinstance(wanted, types.ArrayType)):
        return False
    return actual.rank == wanted.rank and _signed(actual.element) is _signed(wanted.element)


def _signed(kind: NetType) -> NetType:
    if kind.kind == "enum" and kind.definition is not None:
        kind = types.KEYWORDS[kind.definition.underlying]
    return _UNSIGNED.get(kind, kind)


def function_of(conversion: Conversion, checked: bool) -> Callable[[Any], Any] | None:
    """The function from value to value; None where the value stays as it is."""
    match conversion.kind:
        case "numeric" | "enum":
            return numeric_conversion(conversion.source, conversion.target, checked)
        case "nullable":
            return _nullable(conversion, checked)
        case "unwrap":
            return _unwrap(conversion, checked)
        case "unboxing":
            return unboxing(conversion.target)
        case "reference" if not conversion.implicit:
            return _downcast(conversion.target)
        case "user":
            return _user(conversion, checked)
        case "tuple":
            return _tuple(conversion, checked)
    return None


def _nullable(conversion: Conversion, checked: bool) -> Callable[[Any], Any] | None:
    inner = function_of(conversion.inner, checked) if conversion.inner is not None else None
    if inner is None:
        return None
    return lambda value: None if value is None else inner(value)


def _unwrap(conversion: Conversion, checked: bool) -> Callable[[Any], Any]:
    inner = function_of(conversion.inner, checked) if conversion.inner is not None else None

    def convert(value: Any) -> Any:
        if value is None:
            raise ThrownException("System.InvalidOperationException", "Nullable object must have a value.")
        return value if inner is None else inner(value)

    return convert


def unboxing(target: NetType) -> Callable[[Any], Any]:
    """From object to a value type."""
    inner = types.nullable_inner(target)
    exact = inner or target

    def convert(value: Any) -> Any:
        if value is None:
            if inner is not None:
                return None
            raise null_reference()
        actual = type_of(value)
        if actual is exact:
            return value
        if types.is_opaque(exact):
            raise UnsupportedReached(f"certgate does not simulate the type '{exact.display}'")
        if _same_number(actual, exact):
            return numeric_conversion(actual, exact)(value)
        raise invalid_cast(actual.reflection_name, exact.reflection_name)

    return convert


def _same_number(actual: NetType, wanted: NetType) -> bool:
    """An enum unboxes as its underlying type, and the other way round."""
    for enum, number in ((actual, wanted), (wanted, actual)):
        if enum.kind == "enum" and enum.definition is not None and types.KEYWORDS[enum.definition.underlying] is number:
            return True
    return False


def _downcast(target: NetType) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        if value is None:
            return value
        actual = type_of(value)
        if _same_bits(actual, target) and not derives_from(actual, target):
            raise UnsupportedReached(f"certgate does not read a {actual.display} as a {target.display}")
        if is_instance(value, target):
            return value
        raise invalid_cast(actual.reflection_name, target.reflection_name)

    return convert


def _user(conversion: Conversion, checked: bool) -> Callable[[Any], Any]:
    before = function_of(conversion.before, checked) if conversion.before is not None else None
    after = function_of(conversion.inner, checked) if conversion.inner is not None else None
    assert conversion.member is not None and conversion.member.call is not None  # noqa: S101 - asked by the caller
    call = conversion.member.call
    generic = (conversion.target.arguments or conversion.source.arguments) if conversion.member.generic else None

    def convert(value: Any) -> Any:
        if before is not None:
            value = before(value)
        value = call(value) if generic is None else call(generic, value)
        return value if after is None else after(value)

    return convert


def _tuple(conversion: Conversion, checked: bool) -> Callable[[Any], Any]:
    parts = [function_of(part, checked) or (lambda value: value) for part in conversion.parts]
    target = conversion.target
    return lambda value: TupleValue(target, tuple(part(item) for part, item in zip(parts, value.items, strict=True)))


@compiles(bound.Convert)
def convert(c: Compiler, node: bound.Convert) -> Code:
    """A conversion of any kind."""
    operand = c.expression(node.operand)
    function = _prepared(node)
    if function is None:
        return operand
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        try:
            return function(operand(frame))
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


def _prepared(node: bound.Convert) -> Callable[[Any], Any] | None:
    conversion = node.conversion
    if _needs_member(conversion):
        start, end = node.syntax.start, node.syntax.end
        source, target = conversion.source.display, conversion.target.display
        message = f"certgate does not simulate the conversion from '{source}' to '{target}'"

        def fail(value: Any) -> Any:
            raise UnsupportedReached(message, start, end)

        return fail
    return function_of(conversion, node.checked)


def _needs_member(conversion: Conversion | None) -> bool:
    """Whether a user-defined conversion is declared without an implementation."""
    if conversion is None:
        return False
    if conversion.kind == "user" and (conversion.member is None or conversion.member.call is None):
        return True
    return _needs_member(conversion.inner) or any(map(_needs_member, conversion.parts))


@compiles(bound.As)
def as_(c: Compiler, node: bound.As) -> Code:
    """``x as T``: null where the value has another type."""
    operand, kind = c.expression(node.operand), node.type

    def run(frame: Frame) -> Any:
        value = operand(frame)
        return value if value is not None and is_instance(value, kind) else None

    return run
