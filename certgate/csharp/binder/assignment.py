"""Assignments (C# specification 12.21), ``++`` and ``--``, and deconstruction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import apply, classify, constant_text, convert, describe, is_unknown, natural
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.operators import binary_on
from certgate.csharp.binder.session import binds
from certgate.csharp.conversions import NUMERIC, explicit
from certgate.csharp.values import make_number

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

_READONLY = {"foreach": "foreach iteration variable", "using": "using variable"}


@binds(syntax.Assignment)
def assignment(b: Binder, node: syntax.Assignment) -> bound.Expression:
    """``x = y`` and ``x op= y``."""
    if node.operator == "=":
        return _simple(b, node)
    return _compound(b, node)


def _simple(b: Binder, node: syntax.Assignment) -> bound.Expression:
    left = node.left
    if isinstance(left, syntax.Tuple) or (
        isinstance(left, syntax.Declaration) and isinstance(left.designation, syntax.TupleDesignation)
    ):
        return deconstruct(b, node, left, b.operand(node.right))
    if isinstance(left, syntax.Name) and left.text == "_" and left.arguments is None and b.scope.find("_") is None:
        value = b.value(node.right)
        return bound.Assign(node, value.type, bound.Local(left, value.type, b.temporary(value.type)), value)
    target = b.operand(left)
    if not assignable(b, target):
        b.operand(node.right)
        return bound.Bad(node, types.UNKNOWN)
    value = convert(b, b.operand(node.right), target.type)
    if isinstance(value, bound.Bad) or isinstance(target, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    if is_unknown(target):
        return b.unknown(node, target, value)
    return bound.Assign(node, target.type, target, value)


def assignable(b: Binder, target: bound.Expression, code: str = "CS0131") -> bool:
    """Whether something can be assigned to; an error is reported where it cannot, `code` where it is no place at
    all."""
    match target:
        case bound.Local() if target.variable.kind in _READONLY:
            b.error("CS1656", target.syntax, target.variable.name, _READONLY[target.variable.kind])
            return False
        case bound.Local() | bound.Element() | bound.Unsupported():
            return True
        case bound.Dynamic():
            b.unsupported(target.syntax, "certgate does not simulate assignments to dynamic members")
            return True
        case bound.Bad():
            return False
        case bound.ConditionalAccess():
            if assignable(b, target.access, code):
                b.error("CS8370", target.syntax, "null conditional assignment", "14.0")
            return False
        case bound.Property():
            return _writable(b, target, f"{target.owner.display}.{target.member.name}")
        case bound.Indexer():
            parameters = ", ".join(one.type.display for one in target.member.signature.parameters)
            shown = ", ".join(one.display for one in _parameter_types(target)) or parameters
            return _writable(b, target, f"{target.owner.display}.this[{shown}]")
        case bound.ArrayLength():
            b.error("CS0200", target.syntax, "Array.Length")
            return False
        case bound.MethodGroup():
            b.error("CS1656", target.syntax, target.name, "method group")
            return False
        case bound.Item() if isinstance(target.receiver.type, types.AnonymousType):
            name = target.receiver.type.names[target.index]
            b.error("CS0200", target.syntax, f"{target.receiver.type.display}.{name}")
            return False
        case bound.Item():
            return assignable(b, target.receiver, code)
        case bound.Global():
            b.unsupported(target.syntax, "certgate does not assign to its globals")
            return True
    b.error(code, target.syntax)
    return False


def _parameter_types(target: bound.Indexer) -> tuple[NetType, ...]:
    from certgate.csharp.binder.lookup import callee_of

    return tuple(one.type for one in callee_of(target.member, target.owner).parameters)


def _writable(b: Binder, target: bound.Property | bound.Indexer, shown: str) -> bool:
    signature = target.member.signature
    if not signature.readonly:
        return True
    if signature.field:
        b.error("CS0198" if signature.static else "CS0191", target.syntax)
    else:
        b.error("CS0200", target.syntax, shown)
    return False


def _compound(b: Binder, node: syntax.Assignment) -> bound.Expression:
    """``x op= y`` is ``x = (T)(x op y)`` with `x` evaluated once (12.21.4)."""
    operator = node.operator[:-1]
    target = b.operand(node.left)
    right = b.operand(node.right)
    if not assignable(b, target) or isinstance(right, bound.Bad):
        return bound.Bad(node, types.UNKNOWN)
    if is_unknown(target) or is_unknown(right):
        return b.unknown(node, target, right)
    variable = b.temporary(target.type)
    current = bound.Local(node.left, target.type, variable)
    result = binary_on(b, node, operator, current, right, node.operator)
    if isinstance(result, bound.Bad):
        return result
    value = _back(b, node, operator, result, right, target.type)
    if value is None:
        return bound.Bad(node, types.UNKNOWN)
    return bound.Compound(node, target.type, node.operator, target, variable, value, False)


def _back(
    b: Binder, node: syntax.Node, operator: str, result: bound.Expression, right: bound.Expression, kind: NetType
) -> bound.Expression | None:
    """The result of the operator as a value of the target's type; None after an error."""
    found = classify(b, result, kind)
    if found is None:
        found = explicit(result.type, kind)
        allowed = operator in ("<<", ">>") or classify(b, right, kind) is not None
        if found is not None and found.kind != "user" and allowed and result.type is not types.OBJECT:
            return apply(b, result, kind, found)
        _no_way_back(b, node, result, right, kind, allowed)
        return None
    return apply(b, result, kind, found)


def _no_way_back(
    b: Binder, node: syntax.Node, result: bound.Expression, right: bound.Expression, kind: NetType, allowed: bool
) -> None:
    if isinstance(right, bound.Constant) and right.type is types.INT32 and not allowed and kind in NUMERIC:
        from certgate.csharp.operations import BOUNDS

        if kind in BOUNDS and kind is not types.CHAR:
            b.error("CS0031", node, constant_text(right), kind.display)
            return
    source = result.type if allowed or explicit(result.type, kind) is None else right.type
    code = "CS0266" if explicit(source, kind) is not None else "CS0029"
    b.error(code, node, source.full_name, kind.full_name)


@binds(syntax.Postfix)
def postfix(b: Binder, node: syntax.Postfix) -> bound.Expression:
    """``x++`` and ``x--``."""
    return increment(b, node, node.operand, node.operator, old=True)


def increment(b: Binder, node: syntax.Node, inner: syntax.Expression, operator: str, old: bool) -> bound.Expression:
    """``++`` and ``--`` (12.8.16, 12.9.6)."""
    target = b.operand(inner)
    if not assignable(b, target, "CS1059"):
        return bound.Bad(node, types.UNKNOWN)
    kind = types.nullable_inner(target.type) or target.type
    if is_unknown(target):
        return b.unknown(node, target)
    if kind not in NUMERIC and kind.kind != "enum" and kind is not types.DYNAMIC:
        return b.bad(node, "CS0023", operator, describe(target))
    variable = b.temporary(target.type)
    current = bound.Local(inner, target.type, variable)
    one = bound.Constant(node, *_one(kind))
    result = binary_on(b, node, operator[0], current, one)
    found = explicit(result.type, target.type)
    if found is None:
        return b.bad(node, "CS0023", operator, describe(target))
    return bound.Compound(node, target.type, operator, target, variable, apply(b, result, target.type, found), old)


def _one(kind: NetType) -> tuple[NetType, object]:
    if kind in (types.SINGLE, types.DOUBLE, types.DECIMAL):
        return kind, make_number(kind, "1")
    return types.INT32, 1


# Deconstruction (12.7)


def deconstruct(b: Binder, node: syntax.Node, left: syntax.Expression, value: bound.Expression) -> bound.Expression:
    """``(a, b) = t`` and ``var (a, b) = t``."""
    value = _typed(b, left, value)
    if isinstance(value, bound.Bad) or is_unknown(value):
        _declare_unknown(b, left, "bad" if isinstance(value, bound.Bad) else "local")
        return b.unknown(node, value)
    variable = b.temporary(value.type)
    parts = _targets(left)
    if not isinstance(value.type, types.TupleType):
        return _deconstruct_method(b, node, parts, value, variable)
    if len(parts) != len(value.type.elements):
        _declare_unknown(b, left)
        return b.bad(node, "CS8132", len(value.type.elements), len(parts))
    held = bound.Local(node, value.type, variable)
    reads = [bound.Item(node, kind, held, index) for index, kind in enumerate(value.type.elements)]
    steps = tuple(_assign_part(b, node, part, read) for part, read in zip(parts, reads, strict=True))
    if any(isinstance(step, bound.Bad) for step in steps):
        return bound.Bad(node, types.UNKNOWN)
    return bound.Deconstruct(node, value.type, value, variable, steps)


def _typed(b: Binder, left: syntax.Expression, value: bound.Expression) -> bound.Expression:
    """The right side; elements without a type (null, default) take that of their target."""
    if not isinstance(value, bound.TupleLiteral):
        return natural(b, value)
    parts = _targets(left)
    if len(parts) != len(value.items):
        return natural(b, value)
    kinds: list[NetType] = []
    for part, item in zip(parts, value.items, strict=True):
        kind = _target_type(b, part)
        kinds.append(kind if kind is not None else natural(b, item).type)
    return convert(b, value, types.tuple_type(tuple(kinds)))


def _targets(left: syntax.Expression) -> list[syntax.Node]:
    if isinstance(left, syntax.Tuple):
        return [one.expression for one in left.elements]
    if isinstance(left, syntax.Declaration) and isinstance(left.designation, syntax.TupleDesignation):
        return list(left.designation.elements)
    return [left]


def _target_type(b: Binder, part: syntax.Node) -> NetType | None:
    """The type that a target has before anything is assigned to it."""
    if isinstance(part, syntax.Declaration):
        if isinstance(part.type, syntax.Name) and part.type.text == "var":
            return None
        return bind_type(b, part.type)
    if isinstance(part, syntax.Name) and part.text == "_" and b.scope.find("_") is None:
        return None
    if isinstance(part, syntax.Expression) and not isinstance(part, syntax.Tuple):
        return b.operand(part).type
    return None


def _assign_part(b: Binder, node: syntax.Node, part: syntax.Node, read: bound.Expression) -> bound.Expression:
    match part:
        case syntax.Declaration() if not isinstance(part.designation, syntax.TupleDesignation):
            kind = _target_type(b, part) or read.type
            return _assign_new(b, node, part.designation, kind, read)
        case syntax.VariableDesignation() | syntax.DiscardDesignation():
            return _assign_new(b, node, part, read.type, read)
        case syntax.TupleDesignation():
            var = syntax.Name(part.start, part.start, "var", None, (part.start, part.start))
            return deconstruct(b, node, syntax.Declaration(part.start, part.end, var, part), read)
        case syntax.Tuple() | syntax.Declaration():
            return deconstruct(b, node, part, read)
        case syntax.Name() if part.text == "_" and b.scope.find("_") is None:
            return bound.Assign(node, read.type, bound.Local(part, read.type, b.temporary(read.type)), read)
        case syntax.Expression():
            target = b.operand(part)
            if not assignable(b, target):
                return bound.Bad(node, types.UNKNOWN)
            return bound.Assign(node, target.type, target, convert(b, read, target.type))
    return bound.Bad(node, types.UNKNOWN)


def _assign_new(
    b: Binder, node: syntax.Node, part: syntax.Designation, kind: NetType, read: bound.Expression
) -> bound.Expression:
    if isinstance(part, syntax.VariableDesignation):
        variable = b.declare(part.name, kind, "local", part)
    else:
        variable = b.temporary(kind)
    return bound.Assign(node, kind, bound.Local(part, kind, variable), convert(b, read, kind))


def _declare_unknown(b: Binder, left: syntax.Node, kind: str = "bad") -> None:
    """Declare the variables of a deconstruction that went wrong, so that their uses are not wrong as well."""
    for part in _targets(left) if isinstance(left, syntax.Expression) else [left]:
        if isinstance(part, syntax.Declaration):
            part = part.designation
        if isinstance(part, syntax.VariableDesignation):
            b.declare(part.name, types.UNKNOWN, kind, part)


def _deconstruct_method(
    b: Binder, node: syntax.Node, parts: list[syntax.Node], value: bound.Expression, variable: bound.Variable
) -> bound.Expression:
    """By the ``Deconstruct`` method of the type: KeyValuePair has one."""
    from certgate.csharp.binder.completion import finish_call
    from certgate.csharp.binder.lookup import callee_of, find_member
    from certgate.csharp.binder.overload import Argument, resolve

    found = find_member(value.type, "Deconstruct")
    held = bound.Local(node, value.type, variable)
    if found is None or not found.is_method:
        for part in parts:
            _declare_unknown(b, part)
        if value.type.kind == "special":
            return b.bad(node, "CS8131", at=value.syntax)
        b.error("CS1061", value.syntax, value.type.display, "Deconstruct")
        return b.bad(node, "CS8129", value.type.display, len(parts), at=value.syntax)
    outs = [bound.OutDeclaration(node, types.UNKNOWN, b.temporary(types.UNKNOWN)) for _ in parts]
    arguments = [Argument(one, node, "out") for one in outs]
    resolution = resolve(b, [callee_of(*pair) for pair in found.members], arguments)
    if resolution.best is None:
        for part in parts:
            _declare_unknown(b, part)
        b.error("CS1501", value.syntax, "Deconstruct", len(parts))
        return b.bad(node, "CS8129", value.type.display, len(parts), at=value.syntax)
    group = bound.MethodGroup(node, types.METHOD_GROUP, held, "Deconstruct", (), (), value.type, False)
    call = finish_call(b, node, held, resolution.best, arguments, group)
    reads = [bound.Local(node, one.variable.type, one.variable) for one in outs if one.variable is not None]
    steps = (call, *(_assign_part(b, node, part, read) for part, read in zip(parts, reads, strict=True)))
    return bound.Deconstruct(node, value.type, value, variable, steps)
