"""Lambdas and anonymous methods (C# specification 12.19): bound again for each set of parameter types that is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import classify, convert, natural
from certgate.csharp.binder.lookup import mapping_of
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.queries import QueryLambda
from certgate.csharp.binder.session import Alias, Report, Scope, binds
from certgate.csharp.bound import Function
from certgate.csharp.conversions import identical, implicit
from certgate.csharp.members import Parameter, Signature
from certgate.csharp.node import NodeType

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

INFER: NetType = types.NetType("special", "inferred", "inferred", "inferred")
"""The return type of a block whose type is being found out."""


class Body(metaclass=NodeType):
    """A lambda bound with certain parameter types: what it returns, and the problems found."""

    function: Function
    value: bound.Expression | bound.Statement
    returns: tuple[bound.Expression, ...]
    report: Report
    falls_through: bool
    plain_return: bool


@binds(syntax.Lambda, QueryLambda, syntax.AnonymousMethod)
def lambda_(b: Binder, node: syntax.Lambda | syntax.AnonymousMethod) -> bound.Expression:
    """Kept unbound until a delegate type gives the parameter types."""
    if node.is_async:
        return b.unsupported(node, "certgate does not simulate async functions")
    return bound.UnboundLambda(node, types.LAMBDA, b.scope, b.function, b.checked)


def word(value: bound.UnboundLambda) -> str:
    return "anonymous method" if isinstance(value.syntax, syntax.AnonymousMethod) else "lambda expression"


def _place(value: bound.UnboundLambda) -> syntax.Span:
    node = value.syntax
    if isinstance(node, syntax.Lambda):
        return node.operator_span
    assert isinstance(node, syntax.AnonymousMethod)  # noqa: S101 - the only other node that makes one
    return node.keyword_span


def _parameters(value: bound.UnboundLambda) -> tuple[syntax.Parameter, ...] | None:
    node = value.syntax
    return node.parameters if isinstance(node, syntax.Lambda | syntax.AnonymousMethod) else None


def delegate_of(kind: NetType) -> Signature | None:
    """The signature of a delegate type with its type arguments filled in; None for any other type."""
    definition = kind.definition
    if definition is None or kind.kind != "delegate":
        if definition is not None and definition.full_name == "System.Linq.Expressions.Expression" and kind.arguments:
            return delegate_of(kind.arguments[0])
        return None
    found = _signatures.get(kind)
    if found is None:
        definition.load()
        if definition.invoke_signature is None:
            return None
        from certgate.csharp.signatures import invoke_signature

        found = invoke_signature(definition)
        mapping = mapping_of(kind)
        if mapping:
            parameters = tuple(
                Parameter(one.name, types.substitute(one.type, mapping), one.mode, one.default)
                for one in found.parameters
            )
            found = Signature("Invoke", types.substitute(found.returns, mapping), parameters)
        if len(_signatures) > 10_000:
            _signatures.clear()
        _signatures[kind] = found
    return found


_signatures: dict[NetType, Signature] = {}


def explicit_types(b: Binder, value: bound.UnboundLambda) -> tuple[NetType, ...] | None:
    """The parameter types that the lambda writes out, or None."""
    parameters = _parameters(value)
    if not parameters or parameters[0].type is None:
        return () if parameters == () else None
    saved, b.report = b.report, Report()
    try:
        return tuple(bind_type(b, one.type) for one in parameters if one.type is not None)
    finally:
        b.report = saved


def bind_body(b: Binder, value: bound.UnboundLambda, parameters: tuple[NetType, ...], returns: NetType) -> Body:
    """The body with these parameter types.

    `returns` matters to blocks only: their return statements are converted to it.
    """
    node = value.syntax
    assert isinstance(node, syntax.Lambda | syntax.AnonymousMethod)  # noqa: S101 - made only of these
    is_block = isinstance(node.body, syntax.Block)
    key = (node, parameters, returns if is_block else None)
    found = value.scope.lambdas.get(key)
    if found is None:
        found = value.scope.lambdas[key] = _bind_body(b, value, node, parameters, returns)
    assert isinstance(found, Body)  # noqa: S101 - only these are kept
    return found


def _bind_body(
    b: Binder,
    value: bound.UnboundLambda,
    node: syntax.Lambda | syntax.AnonymousMethod,
    parameters: tuple[NetType, ...],
    returns: NetType,
) -> Body:
    from certgate.csharp.binder.functions import Inside
    from certgate.csharp.binder.reach import end_reachable

    function = Function(
        "lambda expression" if isinstance(node, syntax.Lambda) else "anonymous method", value.function, node
    )
    report = Report()
    with Inside(b, function, Scope(value.scope, function), report, returns, value.checked) as inside:
        declared = []
        for one, kind in zip(node.parameters or (), parameters, strict=False):
            if one.name in b.scope.names:
                b.error("CS0100", one.name_span, one.name)
                declared.append(b.temporary(kind, one.name))
                continue
            declared.append(b.declare(one.name, kind, "parameter", one.name_span))
        if isinstance(node, QueryLambda) and declared:
            b.scope.aliases.update({name: Alias(declared[0], path) for name, path in node.aliases})
        if node.parameters is None:
            declared = [b.temporary(kind) for kind in parameters]
        function.parameters = tuple(declared)
        if isinstance(node.body, syntax.Block):
            body: bound.Expression | bound.Statement = b.statement(node.body)
            given = tuple(one.value for one in inside.returned if one.value is not None)
            plain = any(one.value is None for one in inside.returned)
            return Body(function, body, given, report, end_reachable(body), plain)
        body = b.operand(node.body)
        return Body(function, body, (body,), report, False, False)


def inferred_return(b: Binder, value: bound.UnboundLambda, parameters: tuple[NetType, ...]) -> NetType | None:
    """The inferred return type (12.6.3.13), None where there is none; VOID for a block that returns nothing."""
    own = _parameters(value)
    if own is not None and len(own) != len(parameters):
        return None
    explicit = explicit_types(b, value)
    body = bind_body(b, value, explicit or parameters, INFER)
    if not body.returns:
        return types.VOID
    return common_type(b, body.returns)


def common_type(b: Binder, values: tuple[bound.Expression, ...]) -> NetType | None:
    """The best common type (12.6.3.15) of several expressions: the one type all convert to."""
    candidates: list[NetType] = []
    for value in values:
        kind = natural_type(b, value)
        if kind is types.UNKNOWN:
            return types.UNKNOWN
        if kind is not None and kind is not types.NULL and not any(identical(kind, other) for other in candidates):
            candidates.append(kind)
    fitting = [kind for kind in candidates if all(implicit(other, kind) is not None for other in candidates)]
    if len(fitting) != 1:
        return None
    return fitting[0] if all(classify(b, value, fitting[0]) is not None for value in values) else None


def natural_type(b: Binder, value: bound.Expression) -> NetType | None:
    """The type of an expression, None where it has none of its own."""
    if isinstance(value, bound.UnboundLambda | bound.MethodGroup | bound.UntypedConditional | bound.Throw):
        return None
    if isinstance(value, bound.TupleLiteral):
        return value.type
    return None if value.type in (types.DEFAULT, types.THROW) else value.type


def converts(b: Binder, value: bound.UnboundLambda, target: NetType) -> bool:
    """Whether the lambda converts to the delegate type (10.7): parameters fit, and the body binds and returns what
    fits."""
    if target is types.UNKNOWN:
        return True
    signature = delegate_of(target)
    if signature is None or not _parameters_fit(b, value, signature):
        return False
    kinds = tuple(one.type for one in signature.parameters)
    body = bind_body(b, value, kinds, signature.returns)
    if body.report.diagnostics and not b.lenient:
        return False
    return not _return_problem(b, value, body, signature.returns)


def _parameters_fit(b: Binder, value: bound.UnboundLambda, signature: Signature) -> bool:
    own = _parameters(value)
    if own is None:
        return not any(one.mode == "out" for one in signature.parameters)
    if len(own) != len(signature.parameters):
        return False
    explicit = explicit_types(b, value)
    if explicit:
        pairs = zip(own, explicit, signature.parameters, strict=True)
        return all(
            (kind is one.type or identical(kind, one.type)) and own_one.modifier == one.mode
            for own_one, kind, one in pairs
        )
    return not any(one.mode in ("out", "ref") for one in signature.parameters)


def _return_problem(b: Binder, value: bound.UnboundLambda, body: Body, returns: NetType) -> bool:
    """Whether what the body returns does not fit `returns`."""
    if isinstance(body.value, bound.Expression):
        if returns is types.VOID:
            return not is_statement(body.value)
        if body.value.type is types.VOID:
            return True
        return classify(b, body.value, returns) is None
    if returns is types.VOID:
        return bool(body.returns)
    if body.falls_through or body.plain_return:
        return True
    return any(one.type is types.VOID for one in body.returns)


def is_statement(value: bound.Expression) -> bool:
    """Whether an expression may stand as a statement."""
    return isinstance(
        value,
        bound.Assign
        | bound.Compound
        | bound.Call
        | bound.DelegateCall
        | bound.FunctionCall
        | bound.New
        | bound.Initialized
        | bound.Deconstruct
        | bound.Bad
        | bound.Unsupported
        | bound.Throw
        | bound.LiftedCall,
    ) or (isinstance(value, bound.ConditionalAccess) and is_statement(_unconverted(value.access)))


def _unconverted(value: bound.Expression) -> bound.Expression:
    return value.operand if isinstance(value, bound.Convert) else value


def finish(b: Binder, value: bound.UnboundLambda, target: NetType) -> bound.Expression:
    """The lambda as a delegate of a type that it converts to; what was wrong in its body is reported now."""
    node = value.syntax
    if target is types.UNKNOWN:
        return b.unknown(node)
    signature = delegate_of(target)
    if signature is None:
        return b.unsupported(node, f"certgate does not simulate the delegate '{target.display}'", type_=target)
    body = bind_body(b, value, tuple(one.type for one in signature.parameters), signature.returns)
    function = body.function
    function.returns = signature.returns
    function.signature = signature
    b.report.merge(body.report)
    if isinstance(body.value, bound.Expression):
        nothing = signature.returns is types.VOID
        function.body = natural(b, body.value) if nothing else convert(b, body.value, signature.returns)
    else:
        function.body = body.value
    if any(diagnostic.kind == "compile" for diagnostic in body.report.diagnostics):
        return bound.Bad(node, types.UNKNOWN)
    return bound.Lambda(node, target, function)


def report_mismatch(b: Binder, value: bound.UnboundLambda, target: NetType) -> None:
    """Why a lambda does not convert to a type."""
    signature = delegate_of(target)
    place = _place(value)
    if signature is None:
        return b.error("CS1660", place, word(value), target.full_name)
    own = _parameters(value)
    if own is not None and len(own) != len(signature.parameters):
        return b.error("CS1593", place, target.display, len(own))
    if not _parameters_fit(b, value, signature):
        return _report_parameters(b, value, signature, target)
    body = bind_body(b, value, tuple(one.type for one in signature.parameters), signature.returns)
    if body.report.diagnostics:
        return b.report.merge(body.report)
    return _report_return(b, value, body, signature.returns, target)


def _report_parameters(b: Binder, value: bound.UnboundLambda, signature: Signature, target: NetType) -> None:
    b.error("CS1661", _place(value), word(value), target.full_name)
    explicit = explicit_types(b, value) or ()
    for index, (one, kind, wanted) in enumerate(
        zip(_parameters(value) or (), explicit, signature.parameters, strict=False), 1
    ):
        if not identical(kind, wanted.type):
            b.error("CS1678", one.name_span, index, "", kind.full_name, "", wanted.type.full_name)


def _report_return(b: Binder, value: bound.UnboundLambda, body: Body, returns: NetType, target: NetType) -> None:
    if isinstance(body.value, bound.Expression):
        if returns is types.VOID:
            return b.error("CS0201", body.value.syntax)
        convert(b, body.value, returns)
        return b.error("CS1662", body.value.syntax, word(value))
    if body.falls_through:
        return b.error("CS1643", _place(value), word(value), target.full_name)
    if returns is types.VOID:
        return b.error("CS0127", body.returns[0].syntax, word(value))
    return b.error("CS0126", value.syntax, returns.full_name)
