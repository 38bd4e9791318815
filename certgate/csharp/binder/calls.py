"""Invocations (C# specification 12.8.10): arguments, the call that overload resolution chose, and the errors when it
chose none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder import allow
from certgate.csharp.binder.completion import finish_arguments, finish_call, name_place
from certgate.csharp.binder.convert import describe, is_unknown
from certgate.csharp.binder.failures import report_failure
from certgate.csharp.binder.lookup import Callee, callee_of, extension_methods, uncertain
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.overload import Argument, Resolution, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


_FREE = ("System.Func", "System.Action")
"""The delegates that the gateway lets everyone call."""


def bind_arguments(b: Binder, nodes: Sequence[syntax.Argument]) -> list[Argument]:
    """The arguments, bound as far as that is possible before the parameters are known."""
    names: set[str] = set()
    for one in nodes:
        if one.name in names:
            b.error("CS1740", one.name_span, one.name)
        if one.name is not None:
            names.add(one.name)
    return [Argument(_argument(b, one), one, one.modifier, one.name, one.name_span) for one in nodes]


def _argument(b: Binder, node: syntax.Argument) -> bound.Expression:
    inner = node.expression
    if node.modifier == "out":
        if isinstance(inner, syntax.Declaration):
            return _out_declaration(b, inner)
        if isinstance(inner, syntax.Name) and inner.text == "_" and b.scope.find("_") is None:
            return bound.OutDeclaration(inner, types.UNKNOWN, None)
    value = b.operand(inner)
    return value if node.modifier not in ("out", "ref") else _referable(b, value)


def _referable(b: Binder, value: bound.Expression) -> bound.Expression:
    """What is passed by reference: it must be a variable."""
    match value:
        case bound.Local() if value.variable.kind in ("foreach", "using"):
            word = "foreach iteration variable" if value.variable.kind == "foreach" else "using variable"
            return b.bad(value.syntax, "CS1657", value.variable.name, word)
        case bound.Local() | bound.Element() | bound.Unsupported() | bound.Bad() | bound.Global():
            return value
        case bound.Item() if isinstance(value.receiver.type, types.TupleType):
            return value
        case bound.Property() if value.member.signature.field:
            if value.member.signature.readonly:
                return b.bad(value.syntax, "CS0199" if value.member.signature.static else "CS0192")
            return value
        case bound.Property() | bound.Indexer():
            return b.bad(value.syntax, "CS0206")
    return b.bad(value.syntax, "CS1510")


def _out_declaration(b: Binder, node: syntax.Declaration) -> bound.Expression:
    is_var = isinstance(node.type, syntax.Name) and node.type.text == "var" and node.type.arguments is None
    name = node.designation.name if isinstance(node.designation, syntax.VariableDesignation) else None
    if is_var:
        variable = b.declare(name, types.UNKNOWN, "out", node.designation) if name is not None else None
        return bound.OutDeclaration(node, types.UNKNOWN, variable)
    kind = bind_type(b, node.type)
    variable = b.declare(name, kind, "out", node.designation) if name is not None else b.temporary(kind)
    return bound.Local(node, kind, variable)


def call_on(b: Binder, node: syntax.Invocation, target: bound.Expression) -> bound.Expression:
    """``f(…)`` where `f` is bound: a method group, a local function, or a delegate."""
    return call_bound(b, node, target, bind_arguments(b, node.arguments))


def call_bound(
    b: Binder, node: syntax.Invocation, target: bound.Expression, arguments: list[Argument]
) -> bound.Expression:
    """The same with arguments that are bound."""
    if isinstance(target, bound.DynamicMember):
        from certgate.csharp.binder.dynamic import call

        return call(b, node, target, arguments)
    if _is_late(target, arguments):
        from certgate.csharp.binder.dynamic import call_value

        return call_value(b, node, target, arguments)
    if isinstance(target, bound.MethodGroup):
        return call_group(b, node, target, arguments, name_place(node.expression))
    if is_unknown(target) or isinstance(target, bound.Bad):
        return b.unknown(node, target, *(one.value for one in arguments if _plain(one.value)))
    if isinstance(target, bound.TypeName | bound.Namespace):
        shown = target.type.display if isinstance(target, bound.TypeName) else target.name
        return b.bad(node, "CS1955", shown, at=name_place(node.expression))
    from certgate.csharp.binder.lambdas import delegate_of

    signature = delegate_of(target.type)
    if signature is None:
        if target.type.kind == "delegate":
            return b.unsupported(node, f"certgate does not simulate the delegate '{target.type.display}'", target)
        return b.bad(node, "CS0149", at=node.expression)
    return call_delegate(b, node, target, arguments)


def _is_late(target: bound.Expression, arguments: list[Argument]) -> bool:
    """Whether a call is bound when it runs: its target is dynamic, or an argument of a method that is none of the
    program's own."""
    if target.type is types.DYNAMIC:
        return True
    if not isinstance(target, bound.MethodGroup) or any(one.function is not None for one in target.candidates):
        return False
    return any(one.value.type is types.DYNAMIC for one in arguments)


def _plain(value: bound.Expression) -> bool:
    """Whether an operand can be evaluated as it stands."""
    return (
        not isinstance(
            value,
            bound.UnboundLambda
            | bound.MethodGroup
            | bound.OutDeclaration
            | bound.UntypedConditional
            | bound.TupleLiteral
            | bound.Throw,
        )
        and value.type is not types.DEFAULT
    )


def call_delegate(
    b: Binder, node: syntax.Node, target: bound.Expression, arguments: list[Argument]
) -> bound.Expression:
    """A call of a delegate value."""
    from certgate.csharp.binder.lambdas import delegate_of

    signature = delegate_of(target.type)
    if signature is None:
        return b.unknown(node, target)
    callee = Callee("Invoke", signature.parameters, signature.returns, owner=target.type)
    found = resolve(b, (callee,), arguments)
    if found.best is None:
        place = target.syntax
        found = _leniently(b, (callee,), arguments, ()) or found
        if found.best is None:
            report_failure(b, node, found, arguments, place, target.type.display, delegate=True)
            return bound.Bad(node, types.UNKNOWN)
    values, modes = finish_arguments(b, node, found.best, arguments)
    if any(isinstance(one, bound.Bad) for one in values):
        return bound.Bad(node, types.UNKNOWN)
    if target.type.definition is not None and target.type.definition.full_name not in _FREE:
        allow.check(b, node, target.type, "Invoke")
    return bound.DelegateCall(node, signature.returns, target, values, modes)


def _leniently(
    b: Binder, callees: Sequence[Callee], arguments: Sequence[Argument], given: tuple[NetType, ...]
) -> Resolution | None:
    """Resolution that overlooks mistakes inside lambdas, so that they are reported and not the call."""
    if b.lenient or not any(isinstance(one.value, bound.UnboundLambda) for one in arguments):
        return None
    b.lenient = True
    try:
        return resolve(b, callees, arguments, given)
    finally:
        b.lenient = False


def call_group(
    b: Binder, node: syntax.Node, group: bound.MethodGroup, arguments: list[Argument], place: Any
) -> bound.Expression:
    """Overload resolution over the methods of the group, then over extension methods."""
    found = resolve(b, group.candidates, arguments, group.type_arguments)
    if found.ambiguous:
        found = _among_older(b, group, arguments) or found
    if found.best is not None:
        return finish_call(b, node, group.receiver, found.best, arguments, group)
    unsure = _incomplete(found, arguments) or (group.owner is not None and uncertain(group.owner, group.name))
    if not found.ambiguous and group.extensions and group.receiver is not None:
        extended = _extended(b, node, group, arguments)
        if extended is not None:
            return extended
    if unsure and (not found.ambiguous or any(is_unknown(one.value) for one in arguments)):
        operands = [group.receiver] if group.receiver is not None else []
        operands += [one.value for one in arguments if _plain(one.value)]
        allow.check(b, node, group.owner, group.name)
        return b.unsupported(node, f"certgate does not know all overloads of '{group.name}'", *operands, at=place)
    lenient = _leniently(b, group.candidates, arguments, group.type_arguments)
    if lenient is not None and lenient.best is not None:
        return finish_call(b, node, group.receiver, lenient.best, arguments, group)
    if any(isinstance(one.value, bound.Bad) for one in arguments):
        return bound.Bad(node, types.UNKNOWN)
    if not group.candidates and group.receiver is not None:
        return b.bad(node, "CS1061", describe(group.receiver), group.name, at=place)
    report_failure(b, node, found, arguments, place, group.name)
    return bound.Bad(node, types.UNKNOWN)


def _among_older(b: Binder, group: bound.MethodGroup, arguments: Sequence[Argument]) -> Resolution | None:
    """Resolution among the overloads that .NET Framework has, where newer ones make a call ambiguous: the gateway
    compiles against those (fact sheet §7.1), and published policies call ``Split(null)``."""
    from certgate.csharp.cautions import is_newer

    older = [one for one in group.candidates if one.member is None or not is_newer(one.member, len(arguments))]
    if len(older) == len(group.candidates):
        return None
    found = resolve(b, older, arguments, group.type_arguments)
    return found if found.best is not None else None


def _incomplete(found: Resolution, arguments: Sequence[Argument]) -> bool:
    if any(is_unknown(one.value) and not isinstance(one.value, bound.Bad) for one in arguments):
        return True
    if any(types.is_opaque(one.value.type) for one in arguments):
        return True
    return any(one.callee.member is not None and one.callee.member.more for one in found.tried)


def _extended(
    b: Binder, node: syntax.Node, group: bound.MethodGroup, arguments: list[Argument]
) -> bound.Expression | None:
    """The call as one of an extension method (12.8.10.3), None where no method of the name takes the receiver."""
    assert group.receiver is not None  # noqa: S101 - asked by the caller
    callees = [callee_of(member, owner) for member, owner in extension_methods(group.name)]
    if not callees:
        return None
    full = [Argument(group.receiver, group.receiver.syntax), *arguments]
    callees, found = _nearest_scope(b, callees, full, group.type_arguments)
    if found.best is None:
        lenient = _leniently(b, callees, full, group.type_arguments)
        if lenient is not None and lenient.best is not None:
            found = lenient
    if found.best is not None:
        return finish_call(b, node, None, found.best, full, group)
    place = name_place(node.expression) if isinstance(node, syntax.Invocation) else node
    if found.ambiguous:
        first, second = (one.callee.full_text for one in found.ambiguous)
        return b.bad(node, "CS0121", first, second, at=place)
    if group.candidates:
        return None
    if _incomplete(found, full):
        return b.unsupported(node, f"certgate does not know all overloads of '{group.name}'", group.receiver, at=place)
    if any(isinstance(one.value, bound.Bad) for one in arguments):
        return bound.Bad(node, types.UNKNOWN)
    report_failure(b, node, found, full, place, group.name, extension=True)
    return bound.Bad(node, types.UNKNOWN)


def _nearest_scope(
    b: Binder, callees: list[Callee], arguments: Sequence[Argument], given: tuple[NetType, ...]
) -> tuple[list[Callee], Resolution]:
    """The methods of classes outside any namespace, as the context's own are, come before those of imported ones, and
    these before the gateway's others; where none is applicable, errors are said of the first that there are."""
    first: tuple[list[Callee], Resolution] | None = None
    for distance in (0, 1, 2):
        scope = [one for one in callees if _distance(one) == distance]
        if not scope:
            continue
        found = resolve(b, scope, arguments, given)
        if found.best is not None or found.ambiguous:
            return scope, found
        first = first or (scope, found)
    assert first is not None  # noqa: S101 - there is a method
    return first


def _distance(callee: Callee) -> int:
    namespace = callee.owner.definition.namespace if callee.owner and callee.owner.definition else ""
    return 0 if not namespace else 2 if namespace == "Gateway" else 1
