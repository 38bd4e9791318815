"""The call that overload resolution chose: its arguments converted, completed, and in their order (C# specification
12.6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder import allow
from certgate.csharp.binder.convert import convert, default_value
from certgate.csharp.values import default_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.binder.overload import Argument, Candidate
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.members import Parameter
    from certgate.csharp.types import NetType


def name_place(node: syntax.Expression) -> Any:
    """Where C# points for an error about the method: its name."""
    match node:
        case syntax.MemberAccess() | syntax.MemberBinding():
            return node.name
        case syntax.ConditionalAccess():
            return name_place(node.chain)
        case syntax.Parenthesized():
            return name_place(node.expression)
    return node


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
        return _call_local(b, node, best, values, modes)
    member = callee.member
    assert member is not None and callee.owner is not None  # noqa: S101 - only delegates and functions have none
    operands = [one for one in (receiver, *values) if one is not None]
    place = name_place(node.expression) if isinstance(node, syntax.Invocation) else node
    if callee.static and receiver is not None and not callee.extension:
        return b.bad(node, "CS0176", callee.text, at=node.expression if isinstance(node, syntax.Invocation) else node)
    if not callee.static and receiver is None:
        return b.bad(node, "CS0120", callee.text, at=node.expression if isinstance(node, syntax.Invocation) else node)
    if isinstance(node, syntax.Invocation):
        allow.check(b, node, callee.owner, callee.name, member.refused)
    if callee.owner is types.OBJECT and callee.name == "ReferenceEquals":
        b.root.compares_identity = True
        return bound.Equality(node, types.BOOLEAN, "==", values[0], values[1], "reference")
    if callee.owner is types.STRING and callee.name == "Intern":
        b.root.compares_identity = True
        return bound.Intern(node, types.STRING, *values)
    if any(map(types.mentions_unknown, best.type_arguments)) or any(map(types.is_opaque, group.type_arguments)):
        return b.unknown(node, *operands)
    if member.call is None:
        message = f"certgate does not simulate '{callee.owner.display}.{callee.name}'"
        return b.unsupported(node, message, *operands, type_=best.returns, at=place)
    return bound.Call(node, best.returns, receiver, member, callee.owner, best.type_arguments, values, modes)


def _call_local(
    b: Binder, node: syntax.Node, best: Candidate, values: tuple[bound.Expression, ...], modes: tuple[str, ...]
) -> bound.Expression:
    function = best.callee.function
    if function is not None and function.type_parameters:
        from certgate.csharp.binder.functions import instance_of

        function = instance_of(b, function, best.type_arguments)
    if function is None:
        return b.unsupported(node, "certgate does not follow generic functions this far", *values)
    return bound.FunctionCall(node, best.returns, function, values, modes)


def finish_arguments(
    b: Binder, node: syntax.Node, best: Candidate, arguments: Sequence[Argument]
) -> tuple[tuple[bound.Expression, ...], tuple[str, ...]]:
    """One value for each parameter: converted, defaults filled in, the last ones gathered in an array in the expanded
    form."""
    parameters = best.callee.parameters
    mapping = dict(zip(best.callee.type_parameters, best.type_arguments, strict=True)) if best.type_arguments else {}
    values: list[bound.Expression | None] = [None] * len(parameters)
    gathered: list[bound.Expression] = []
    shuffled = list(best.targets) != sorted(best.targets)
    for argument, index, kind in zip(arguments, best.targets, best.kinds, strict=True):
        parameter = parameters[index]
        if parameter.mode in ("out", "ref"):
            values[index] = _by_reference(b, argument, kind)
        elif best.expanded and index == len(parameters) - 1:
            gathered.append(convert(b, argument.value, kind))
        else:
            values[index] = convert(b, argument.value, kind)
    if shuffled and not best.expanded:
        _in_source_order(b, node, values, best.targets)
    for index, parameter in enumerate(parameters):
        if values[index] is None:
            kind = types.substitute(parameter.type, mapping)
            values[index] = _missing(node, parameter, kind, gathered if best.expanded else None)
    return tuple(one for one in values if one is not None), tuple(one.mode for one in parameters)


def _in_source_order(
    b: Binder, node: syntax.Node, values: list[bound.Expression | None], targets: Sequence[int]
) -> None:
    """Named arguments are evaluated as they are written (12.6.2.3): before the first parameter takes its value, all are
    put aside."""
    steps: list[bound.Expression] = []
    for index in targets:
        value = values[index]
        if value is None or isinstance(value, bound.Constant | bound.Local | bound.Bad | bound.Lambda):
            continue
        held = bound.Local(value.syntax, value.type, b.temporary(value.type))
        steps.append(bound.Assign(value.syntax, value.type, held, value))
        values[index] = held
    first = min(targets)
    if steps and (value := values[first]) is not None:
        values[first] = bound.Sequence(node, value.type, tuple(steps), value)


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
    return value
