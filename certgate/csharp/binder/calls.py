"""Invocations (C# specification 12.8.10): arguments, the call that overload resolution chose, and the errors when it
chose none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder import allow
from certgate.csharp.binder.convert import convert, default_value, describe, is_unknown
from certgate.csharp.binder.failures import report_failure
from certgate.csharp.binder.lookup import Callee, callee_of, extension_methods, uncertain
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.overload import Argument, Candidate, Resolution, resolve
from certgate.csharp.values import default_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.members import Parameter
    from certgate.csharp.types import NetType


_FREE = ("System.Func", "System.Action")
"""The delegates that the gateway lets everyone call."""


def bind_arguments(b: Binder, nodes: Sequence[syntax.Argument]) -> list[Argument]:
    """The arguments, bound as far as that is possible before the parameters are known."""
    return [Argument(_argument(b, one), one, one.modifier, one.name, one.name_span) for one in nodes]


def _argument(b: Binder, node: syntax.Argument) -> bound.Expression:
    inner = node.expression
    if node.modifier == "out":
        if isinstance(inner, syntax.Declaration):
            return _out_declaration(b, inner)
        if isinstance(inner, syntax.Name) and inner.text == "_" and b.scope.find("_") is None:
            return bound.OutDeclaration(inner, types.UNKNOWN, None)
    return b.operand(inner)


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
    arguments = bind_arguments(b, node.arguments)
    if isinstance(target, bound.MethodGroup):
        return call_group(b, node, target, arguments, _name_place(node.expression))
    if is_unknown(target) or isinstance(target, bound.Bad):
        return b.unknown(node, target, *(one.value for one in arguments if _plain(one.value)))
    if isinstance(target, bound.TypeName | bound.Namespace):
        shown = target.type.display if isinstance(target, bound.TypeName) else target.name
        return b.bad(node, "CS1955", shown, at=_name_place(node.expression))
    from certgate.csharp.binder.lambdas import delegate_of

    signature = delegate_of(target.type)
    if signature is None:
        if target.type.kind == "delegate":
            return b.unsupported(node, f"certgate does not simulate the delegate '{target.type.display}'", target)
        return b.bad(node, "CS0149", at=node.expression)
    return call_delegate(b, node, target, arguments)


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


def _name_place(node: syntax.Expression) -> Any:
    """Where C# points for an error about the method: its name."""
    match node:
        case syntax.MemberAccess() | syntax.MemberBinding():
            return node.name
        case syntax.ConditionalAccess():
            return _name_place(node.chain)
        case syntax.Parenthesized():
            return _name_place(node.expression)
    return node


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
    if any(one.value.type is types.DYNAMIC for one in arguments):
        return b.unsupported(
            node, "certgate does not simulate dynamic", *(one.value for one in arguments if _plain(one.value))
        )
    found = resolve(b, group.candidates, arguments, group.type_arguments)
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
    found = resolve(b, callees, full, group.type_arguments)
    if found.best is None:
        lenient = _leniently(b, callees, full, group.type_arguments)
        if lenient is not None and lenient.best is not None:
            found = lenient
    if found.best is not None:
        return finish_call(b, node, None, found.best, full, group)
    place = _name_place(node.expression) if isinstance(node, syntax.Invocation) else node
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


def finish_call(
    b: Binder,
    node: syntax.Node,
    receiver: bound.Expression | None,
    best: Candidate,
    arguments: Sequence[Argument],
    group: bound.MethodGroup,
) -> bound.Expression:
    """The call of the chosen method, its arguments converted and completed."""
    callee = best.callee
    values, modes = finish_arguments(b, node, best, arguments)
    if any(isinstance(one, bound.Bad) for one in values):
        return bound.Bad(node, types.UNKNOWN)
    if callee.function is not None:
        return bound.FunctionCall(node, best.returns, callee.function, values, modes)
    member = callee.member
    assert member is not None and callee.owner is not None  # noqa: S101 - only delegates and functions have none
    operands = [one for one in (receiver, *values) if one is not None]
    place = _name_place(node.expression) if isinstance(node, syntax.Invocation) else node
    if callee.static and receiver is not None and not callee.extension:
        return b.bad(node, "CS0176", callee.text, at=node.expression if isinstance(node, syntax.Invocation) else node)
    if not callee.static and receiver is None:
        return b.bad(node, "CS0120", callee.text, at=node.expression if isinstance(node, syntax.Invocation) else node)
    if isinstance(node, syntax.Invocation):
        allow.check(b, node, callee.owner, callee.name)
    if any(map(types.mentions_unknown, best.type_arguments)) or any(map(types.is_opaque, group.type_arguments)):
        return b.unknown(node, *operands)
    if member.call is None:
        message = f"certgate does not simulate '{callee.owner.display}.{callee.name}'"
        return b.unsupported(node, message, *operands, type_=best.returns, at=place)
    return bound.Call(node, best.returns, receiver, member, callee.owner, best.type_arguments, values, modes)


def finish_arguments(
    b: Binder, node: syntax.Node, best: Candidate, arguments: Sequence[Argument]
) -> tuple[tuple[bound.Expression, ...], tuple[str, ...]]:
    """One value for each parameter: converted, defaults filled in, the last ones gathered in an array in the expanded
    form."""
    parameters = best.callee.parameters
    mapping = dict(zip(best.callee.type_parameters, best.type_arguments, strict=True)) if best.type_arguments else {}
    values: list[bound.Expression | None] = [None] * len(parameters)
    gathered: list[bound.Expression] = []
    for argument, index, kind in zip(arguments, best.targets, best.kinds, strict=True):
        parameter = parameters[index]
        if parameter.mode in ("out", "ref"):
            values[index] = _by_reference(b, argument, kind)
        elif best.expanded and index == len(parameters) - 1:
            gathered.append(convert(b, argument.value, kind))
        else:
            values[index] = convert(b, argument.value, kind)
    for index, parameter in enumerate(parameters):
        if values[index] is None:
            kind = types.substitute(parameter.type, mapping)
            values[index] = _missing(node, parameter, kind, gathered if best.expanded else None)
    return tuple(one for one in values if one is not None), tuple(one.mode for one in parameters)


def _missing(
    node: syntax.Node, parameter: Parameter, kind: NetType, gathered: list[bound.Expression] | None
) -> bound.Expression:
    if parameter.mode == "params" and gathered is not None:
        if any(isinstance(one, bound.Bad) for one in gathered):
            return bound.Bad(node, types.UNKNOWN)
        size = bound.Constant(node, types.INT32, len(gathered))
        return bound.NewArray(node, kind, (size,), tuple(gathered))
    if parameter.default is None and kind.is_value:
        return default_value(node, kind)
    if parameter.optional:
        return bound.Constant(node, kind, parameter.default)
    return bound.Constant(node, kind, default_of(kind))


def _by_reference(b: Binder, argument: Argument, kind: NetType) -> bound.Expression:
    value = argument.value
    if isinstance(value, bound.OutDeclaration):
        variable = value.variable
        if variable is None:
            variable = b.temporary(kind)
        variable.type = kind
        return bound.Local(value.syntax, kind, variable)
    match value:
        case bound.Local() if value.variable.kind in ("foreach", "using"):
            word = "foreach iteration variable" if value.variable.kind == "foreach" else "using variable"
            return b.bad(value.syntax, "CS1657", value.variable.name, word)
        case bound.Local() | bound.Element() | bound.Unsupported() | bound.Bad():
            return value
        case bound.Property() | bound.Indexer():
            return b.bad(value.syntax, "CS0206")
    return b.bad(value.syntax, "CS1510")
