"""``dynamic`` (C# specification 12.3.3): operations that are bound when they run, by the types of the values then.

The same binder does it, given the values as locals of their run-time types. An error is an exception then, with the
words of the runtime binder. The gateway takes no dynamic operation; this is for runs without its allow-list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.overload import Argument
from certgate.csharp.bound import Function, Variable
from certgate.csharp.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

    Build = Callable[[Binder, list[bound.Expression]], bound.Expression]


def late(
    b: Binder, node: syntax.Node, operands: Sequence[bound.Expression], build: Build, kind: NetType = types.DYNAMIC
) -> bound.Expression:
    """The operation that `build` makes of its operands once their types are known."""
    from certgate.csharp.binder.session import Binder

    text, environment = b.text, b.environment

    def bind(kinds: tuple[NetType, ...]) -> Function | str:
        inner = Binder(text, environment, node)
        function = inner.function
        function.parameters = tuple(
            Variable(f"operand{index}", one, "parameter", function) for index, one in enumerate(kinds)
        )
        values = [_operand(one, place) for one, place in zip(function.parameters, operands, strict=True)]
        body = build(inner, values)
        if inner.report.diagnostics:
            return _words(inner.report.diagnostics[0])
        function.body = body
        function.returns = body.type
        return function

    return bound.Dynamic(node, kind, tuple(operands), bind)


def _operand(variable: Variable, operand: bound.Expression) -> bound.Expression:
    if variable.type is types.NULL:
        return bound.Constant(operand.syntax, types.NULL, None)
    if isinstance(operand, bound.Constant) and operand.type is variable.type:
        return operand
    return bound.Local(operand.syntax, variable.type, variable)


_SHORTER = {
    "CS1061": " and no accessible extension method",
    "CS0117": "\0",
}


def _words(problem: Diagnostic) -> str:
    """The runtime binder says less of a missing member than the compiler."""
    return problem.message.partition(_SHORTER.get(problem.code, "\0"))[0]


def _refuse(b: Binder, node: syntax.Node) -> None:
    """SECURITY: what member it will be is not known when the policy is saved, so the gateway takes none."""
    b.refuse(node, "Dynamic member invocation is not supported")


def member(b: Binder, node: syntax.Node, left: bound.Expression, name: syntax.Name, called: bool) -> bound.Expression:
    """``d.Name``, or the ``d.Name`` of a call."""
    _refuse(b, node)
    if called:
        return bound.DynamicMember(node, types.DYNAMIC, left, name)
    return late(b, node, (left,), lambda inner, values: _member(inner, node, values[0], name, False))


def _member(b: Binder, node: syntax.Node, left: bound.Expression, name: syntax.Name, called: bool) -> bound.Expression:
    from certgate.csharp.binder.access import index_with, instance

    if left.type is types.NULL:
        return _on_null(b, node)
    if not called and left.type.full_name == "Newtonsoft.Json.Linq.JObject":
        key = bound.Constant(name, types.STRING, name.text)
        return index_with(b, node, left, [Argument(key, name)], checked=False)
    found = instance(b, node, left, name, called, checked=False)
    if isinstance(found, bound.MethodGroup) and not found.candidates:
        return b.bad(node, "CS0117", left.type.full_name, name.text)
    return found


def _on_null(b: Binder, node: syntax.Node) -> bound.Expression:
    """An operation on null."""
    message = "Cannot perform runtime binding on a null reference"
    b.report.diagnostics.append(Diagnostic("CS0186", message, node.start, node.end))
    return bound.Bad(node, types.UNKNOWN)


_JSON = "Newtonsoft.Json.Linq.JValue"


def binary(
    b: Binder, node: syntax.Node, operator: str, left: bound.Expression, right: bound.Expression
) -> bound.Expression:
    """An operator on values that are known. A JSON value has operators of its own here."""
    from certgate.csharp.binder.operators import binary_on

    if _JSON in (left.type.full_name, right.type.full_name) and types.NULL not in (left.type, right.type):
        return b.unsupported(node, "certgate does not simulate dynamic operators of JSON values", left, right)
    return binary_on(b, node, operator, left, right)


def converted(b: Binder, node: syntax.Node, value: bound.Expression, target: NetType) -> bound.Expression:
    """The implicit conversion of a value that is known. A JSON value converts to whatever its content does."""
    from certgate.csharp.binder.convert import cast, convert

    return cast(b, node, value, target) if value.type.full_name == _JSON else convert(b, value, target)


def element(b: Binder, node: syntax.Node, left: bound.Expression, arguments: list[Argument]) -> bound.Expression:
    """``d[i]``, and ``a[d]``."""
    _refuse(b, node)

    def build(inner: Binder, values: list[bound.Expression]) -> bound.Expression:
        from certgate.csharp.binder.access import index_with

        if values[0].type is types.NULL:
            return _on_null(inner, node)
        return index_with(inner, node, values[0], _with(arguments, values[1:]), checked=False)

    return late(b, node, (left, *(one.value for one in arguments)), build)


def call(
    b: Binder, node: syntax.Invocation, target: bound.DynamicMember, arguments: list[Argument]
) -> bound.Expression:
    """``d.Name(…)``."""
    problem = _no_dynamic_argument(b, arguments)
    if problem is not None:
        return problem

    def build(inner: Binder, values: list[bound.Expression]) -> bound.Expression:
        from certgate.csharp.binder.calls import call_bound

        group = _member(inner, target.syntax, values[0], target.name, True)
        if isinstance(group, bound.Bad):
            return group
        if isinstance(group, bound.MethodGroup):
            group = _without_extensions(group, group.receiver)
        return call_bound(inner, node, group, _with(arguments, values[1:]))

    return late(b, node, (target.receiver, *(one.value for one in arguments)), build)


def call_value(
    b: Binder, node: syntax.Invocation, target: bound.Expression, arguments: list[Argument]
) -> bound.Expression:
    """``f(…)`` where `f`, or an argument of a method group `f`, is dynamic."""
    _refuse(b, node)
    problem = _no_dynamic_argument(b, arguments)
    if problem is not None:
        return problem
    group = target if isinstance(target, bound.MethodGroup) else None
    held = target if group is None else group.receiver
    operands = [one for one in (held, *(argument.value for argument in arguments)) if one is not None]

    def build(inner: Binder, values: list[bound.Expression]) -> bound.Expression:
        from certgate.csharp.binder.calls import call_bound

        rest = values if held is None else values[1:]
        callee: bound.Expression = values[0] if group is None else group
        if group is not None and held is not None:
            callee = _without_extensions(group, values[0])
        return call_bound(inner, node, callee, _with(arguments, rest))

    return late(b, node, operands, build)


def _without_extensions(group: bound.MethodGroup, receiver: bound.Expression | None) -> bound.MethodGroup:
    """The runtime binder knows no extension methods."""
    parts = (group.name, group.candidates, group.type_arguments, group.owner)
    return bound.MethodGroup(group.syntax, group.type, receiver, *parts, False)


def _with(arguments: list[Argument], values: list[bound.Expression]) -> list[Argument]:
    return [
        Argument(value, one.node, one.mode, one.name, one.name_node)
        for one, value in zip(arguments, values, strict=True)
    ]


def _no_dynamic_argument(b: Binder, arguments: list[Argument]) -> bound.Expression | None:
    """What cannot be an argument of a dynamic operation."""
    for one in arguments:
        if isinstance(one.value, bound.UnboundLambda):
            return b.bad(one.node, "CS1977", at=one.value.syntax)
        if isinstance(one.value, bound.MethodGroup):
            return b.bad(one.node, "CS1976", at=one.value.syntax)
        if one.mode in ("out", "ref") or isinstance(one.value, bound.OutDeclaration):
            return b.unsupported(one.node, "certgate does not simulate ref and out arguments of dynamic operations")
    return None
