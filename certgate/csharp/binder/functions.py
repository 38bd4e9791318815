"""Entering and leaving functions while binding, and local functions (C# specification 13.6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import classify, convert, describe, is_unknown
from certgate.csharp.binder.lookup import Callee
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.session import Scope, binds_statement
from certgate.csharp.bound import Function
from certgate.csharp.members import MISSING, Parameter, Signature

if TYPE_CHECKING:
    from types import TracebackType

    from certgate.csharp.binder.session import Binder, Report
    from certgate.csharp.types import NetType

_ITERATORS = (
    "System.Collections.Generic.IEnumerable",
    "System.Collections.Generic.IEnumerator",
    "System.Collections.IEnumerable",
    "System.Collections.IEnumerator",
)
_STATE = ("function", "scope", "report", "return_type", "returned", "nested", "checked")


class Inside:
    """While it is open, the binder is inside another function; then everything is as before. `returned`: its return
    statements."""

    def __init__(
        self, b: Binder, function: Function, scope: Scope, report: Report, returns: NetType | None, checked: bool
    ) -> None:
        self.b = b
        self.state: dict[str, Any] = {
            "function": function,
            "scope": scope,
            "report": report,
            "return_type": returns,
            "returned": [],
            "nested": [],
            "checked": checked,
        }
        self.returned: list[bound.Return] = self.state["returned"]

    def __enter__(self) -> Inside:
        self._exchange()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exchange()

    def _exchange(self) -> None:
        for name in _STATE:
            current = getattr(self.b, name)
            setattr(self.b, name, self.state[name])
            self.state[name] = current


def announce(b: Binder, node: syntax.LocalFunction) -> None:
    """Make a local function known in its whole block, before any statement is bound."""
    if node.name in b.scope.functions or node.name in b.scope.names:
        b.error("CS0128", node.name_span, node.name)
        return
    function = Function(node.name, b.function, node)
    b.scope.functions[node.name] = function
    if node.is_async or isinstance(node.return_type, syntax.RefType):
        return
    if not node.type_parameters:
        _sign(b, node, function)
        return
    limits = {one.name: one.constraints for one in node.constraints}
    function.type_parameters = tuple(types.TypeParameter(name, limits.get(name, ())) for name in node.type_parameters)
    b.generic[function] = b.scope
    previous = b.enter()
    b.scope.types = {one.display: one for one in function.type_parameters}
    _sign(b, node, function)
    b.leave(previous)


def _sign(b: Binder, node: syntax.LocalFunction, function: Function) -> None:
    """Read the signature."""
    parameters = []
    for one in node.parameters:
        if one.type is None:
            b.error("CS1001", (one.name_span[1], one.name_span[1] + 1))
        kind = bind_type(b, one.type) if one.type is not None else types.UNKNOWN
        parameters.append(Parameter(one.name, kind, one.modifier, _default(b, one, kind)))
        if one.default is None and one.modifier != "params" and any(two.default is not MISSING for two in parameters):
            b.error("CS1737", (one.end, one.end + 1))
    function.returns = bind_type(b, node.return_type)
    function.signature = Signature(node.name, function.returns, tuple(parameters), function.type_parameters)


_MOST_INSTANCES = 50


def instance_of(b: Binder, function: Function, arguments: tuple[NetType, ...]) -> Function | None:
    """The generic local function with these type arguments: its body is bound for each set of them. None where that
    goes too far, as a function that calls itself with ever larger types does."""
    found = function.instances.get(arguments)
    if found is not None or len(function.instances) >= _MOST_INSTANCES:
        return found
    node = function.syntax
    assert isinstance(node, syntax.LocalFunction)  # noqa: S101 - only these are generic
    made = function.instances[arguments] = Function(function.name, function.parent, node)
    scope = Scope(b.generic[function], made)
    scope.types = {one.display: kind for one, kind in zip(function.type_parameters, arguments, strict=True)}
    with Inside(b, made, scope, b.report, None, b.checked):
        _sign(b, node, made)
        _bind_body(b, node, made)
    return made


def _default(b: Binder, node: syntax.Parameter, kind: NetType) -> Any:
    if node.default is None:
        return MISSING
    given = b.operand(node.default)
    if not isinstance(given, bound.Bad) and classify(b, given, kind) is None:
        b.error("CS1750", node.name_span, describe(given), kind.display)
        return None
    value = convert(b, given, kind)
    if isinstance(value, bound.Constant):
        return value.value
    if isinstance(value, bound.Default):
        from certgate.csharp.values import default_of

        return default_of(kind)
    if not isinstance(value, bound.Bad) and not is_unknown(value):
        b.error("CS1736", node.default, node.name)
    return None


def group_of(b: Binder, node: syntax.Name, function: Function) -> bound.Expression:
    """A local function named in an expression."""
    if function.signature is None:
        return b.unsupported(node, "certgate does not simulate async or ref local functions")
    signature = function.signature
    callee = Callee(function.name, signature.parameters, signature.returns, function.type_parameters, function=function)
    arguments = tuple(bind_type(b, one) for one in node.arguments or ())
    return bound.MethodGroup(node, types.METHOD_GROUP, None, function.name, (callee,), arguments, None, False)


@binds_statement(syntax.LocalFunction)
def local_function(b: Binder, node: syntax.LocalFunction) -> bound.Statement:
    """Its body; the name was announced with the block. That of a generic one is bound where it is called."""
    # Those of a section of a switch belong to the whole switch.
    scope = b.scope.parent if b.scope.is_section and b.scope.parent is not None else b.scope
    function = scope.functions.get(node.name)
    if function is None or function.syntax is not node:
        return bound.Block(node, ())
    if function.signature is None:
        message = "certgate does not simulate async or ref local functions"
        b.unsupported(node, message)
        return bound.UnsupportedStatement(node, message)
    if node.body is None:
        b.error("CS8112", node.name_span, f"{node.name}()")
        return bound.Block(node, ())
    if not function.type_parameters:
        with Inside(b, function, Scope(b.scope, function), b.report, function.returns, b.checked):
            _bind_body(b, node, function)
    return bound.LocalFunction(node, function)


def _bind_body(b: Binder, node: syntax.LocalFunction, function: Function) -> None:
    from certgate.csharp.binder.reach import end_reachable

    signature = function.signature
    assert signature is not None and node.body is not None  # noqa: S101 - the callers asked
    returns = b.return_type = signature.returns
    function.is_iterator = isinstance(node.body, syntax.Block) and has_yield(node.body)
    if function.is_iterator:
        if returns.full_name.partition("<")[0] not in _ITERATORS:
            b.error("CS1624", node.name_span, _title(node, signature.parameters), returns.display)
        function.element = returns.arguments[0] if returns.arguments else types.OBJECT
    function.parameters = tuple(
        _parameter(b, one, parameter, function.is_iterator)
        for one, parameter in zip(node.parameters, signature.parameters, strict=True)
    )
    if not isinstance(node.body, syntax.Block):
        value = b.operand(node.body)
        function.body = value if returns is types.VOID else convert(b, value, returns)
        return
    function.body = b.statement(node.body)
    if returns is not types.VOID and not function.is_iterator and end_reachable(function.body):
        b.error("CS0161", node.name_span, _title(node, signature.parameters))


def _parameter(b: Binder, node: syntax.Parameter, parameter: Parameter, in_iterator: bool) -> bound.Variable:
    if in_iterator and parameter.mode in ("ref", "out", "in"):
        b.error("CS1623", node.name_span)
    if node.name not in b.scope.names:
        return b.declare(node.name, parameter.type, "parameter", node.name_span)
    b.error("CS0100", node.name_span, node.name)
    return b.temporary(parameter.type, node.name)


def _title(node: syntax.LocalFunction, parameters: tuple[Parameter, ...]) -> str:
    return f"{node.name}({', '.join(one.type.display for one in parameters)})"


def has_yield(node: syntax.Node) -> bool:
    """Whether a block yields, inner functions not counted."""
    if isinstance(node, syntax.YieldReturn | syntax.YieldBreak):
        return True
    if isinstance(node, syntax.LocalFunction | syntax.Expression):
        return False
    for field in type(node).__match_args__:
        value = getattr(node, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, syntax.Node) and has_yield(item):
                return True
    return False
