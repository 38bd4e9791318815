"""Statements (C# specification, chapter 13): blocks, declarations, conditions, loops and jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import convert, natural
from certgate.csharp.binder.functions import announce
from certgate.csharp.binder.lambdas import INFER, is_statement
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.session import binds_statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


def expect_names(b: Binder, statements: Iterable[syntax.Statement]) -> None:
    """Note the locals, labels and local functions of a block before its statements are bound: their scope is the
    whole block."""
    for node in statements:
        while isinstance(node, syntax.Labeled):
            b.scope.labels.add(node.label)
            node = node.statement
        if isinstance(node, syntax.LocalDeclaration):
            for one in node.declaration.variables:
                if one.name not in b.scope.names:
                    variable = bound.Variable(one.name, types.UNKNOWN, "local", b.function)
                    variable.declared = False
                    b.scope.names[one.name] = variable
    for node in statements:
        if isinstance(node, syntax.LocalFunction):
            announce(b, node)


def bind_all(b: Binder, statements: Iterable[syntax.Statement]) -> tuple[bound.Statement, ...]:
    return tuple(b.statement(one) for one in statements)


@binds_statement(syntax.Block)
def block(b: Binder, node: syntax.Block) -> bound.Block:
    """``{ … }``: a scope of its own."""
    previous = b.enter()
    expect_names(b, node.statements)
    made = bound.Block(node, bind_all(b, node.statements))
    b.leave(previous)
    return made


def embedded(b: Binder, node: syntax.Statement) -> bound.Statement:
    """The body of ``if`` or of a loop: a scope of its own even where it is one statement."""
    if isinstance(node, syntax.LocalDeclaration | syntax.Labeled | syntax.LocalFunction):
        b.error("CS1023", node)
    previous = b.enter()
    made = b.statement(node)
    b.leave(previous)
    return made


@binds_statement(syntax.Empty)
def empty(b: Binder, node: syntax.Empty) -> bound.Statement:
    """``;``."""
    return bound.Block(node, ())


@binds_statement(syntax.ExpressionStatement)
def expression_statement(b: Binder, node: syntax.ExpressionStatement) -> bound.Statement:
    """An expression that may stand alone: an assignment, a call, ``++``, ``new``."""
    value = b.operand(node.expression)
    inner = node.expression
    allowed = isinstance(
        inner,
        syntax.Assignment
        | syntax.Invocation
        | syntax.Postfix
        | syntax.ObjectCreation
        | syntax.Await
        | syntax.ConditionalAccess,
    ) or (isinstance(inner, syntax.Unary) and inner.operator in ("++", "--"))
    if not isinstance(value, bound.Bad) and (
        not allowed or (isinstance(inner, syntax.ConditionalAccess) and not is_statement(value))
    ):
        b.error("CS0201", inner)
    return bound.ExpressionStatement(node, natural(b, value))


@binds_statement(syntax.LocalDeclaration)
def local_declaration(b: Binder, node: syntax.LocalDeclaration) -> bound.Statement:
    """``int x = 1, y;``, ``var z = …;`` and ``const``."""
    made = declare_all(b, node.declaration, node.is_const)
    return made[0] if len(made) == 1 else bound.Block(node, made)


def is_var(b: Binder, node: syntax.TypeSyntax) -> bool:
    return isinstance(node, syntax.Name) and node.text == "var" and node.arguments is None


def declare_all(
    b: Binder, node: syntax.VariableDeclaration, is_const: bool = False, kind: str = "local"
) -> tuple[bound.Statement, ...]:
    """The variables of one declaration, in order."""
    inferred = is_var(b, node.type)
    if inferred and len(node.variables) > 1:
        b.error("CS0819", node)
    type_ = types.UNKNOWN if inferred else bind_type(b, node.type)
    if type_ is types.VOID:
        b.error("CS1547", node.type)
        type_ = types.UNKNOWN
    if type_.kind == "static":
        b.error("CS0723", node.type, type_.display)
    return tuple(_declarator(b, node, one, type_, inferred, is_const, kind) for one in node.variables)


def _declarator(
    b: Binder,
    declaration: syntax.VariableDeclaration,
    node: syntax.Declarator,
    type_: NetType,
    inferred: bool,
    is_const: bool,
    kind: str,
) -> bound.Statement:
    if inferred:
        return _inferred(b, node, is_const, kind)
    variable = b.declare(node.name, type_, kind, node.name_span)
    if node.value is None:
        if is_const:
            b.error("CS0145", node)
        return bound.Declare(node, variable, None)
    if isinstance(node.value, syntax.Initializer):
        from certgate.csharp.binder.creation import array_initializer

        if not isinstance(type_, types.ArrayType):
            b.error("CS0622", node.value)
            return bound.Declare(node, variable, None)
        value: bound.Expression = array_initializer(b, node.value, type_, node.value)
    else:
        value = convert(b, b.operand(node.value), type_)
    if is_const:
        return _constant(b, node, variable, value)
    return bound.Declare(node, variable, value)


def _constant(b: Binder, node: syntax.Declarator, variable: bound.Variable, value: bound.Expression) -> bound.Statement:
    if isinstance(value, bound.Constant):
        variable.constant = value
    elif not isinstance(value, bound.Bad | bound.Unsupported):
        b.error("CS0133", value.syntax, node.name)
    if variable.constant is None:
        variable.constant = bound.Bad(node, types.UNKNOWN)
    return bound.Block(node, ())


def _inferred(b: Binder, node: syntax.Declarator, is_const: bool, kind: str) -> bound.Statement:
    """``var x = …``: the type of the value."""
    if is_const:
        b.error("CS0822", node)
    if node.value is None:
        b.error("CS0818", node)
        return bound.Declare(node, b.declare(node.name, types.UNKNOWN, "bad", node.name_span), None)
    if isinstance(node.value, syntax.Initializer):
        b.error("CS0820", node)
        return bound.Declare(node, b.declare(node.name, types.UNKNOWN, "bad", node.name_span), None)
    value = natural(b, b.operand(node.value))
    wrong = ""
    if isinstance(value, bound.UnboundLambda | bound.MethodGroup):
        b.error("CS8370", node.value, "inferred delegate type", "10.0")
        value = bound.Bad(node.value, types.UNKNOWN)
    elif value.type in (types.NULL, types.VOID):
        wrong = value.type.display
    if wrong:
        b.error("CS0815", node, wrong)
    if wrong or isinstance(value, bound.Bad):
        variable = b.declare(node.name, types.UNKNOWN, "bad", node.name_span)
        return bound.Declare(node, variable, None)
    variable = b.declare(node.name, value.type, kind, node.name_span)
    return bound.Declare(node, variable, value)


def condition(b: Binder, node: syntax.Expression) -> bound.Expression:
    """A condition: it must convert to bool."""
    return convert(b, b.operand(node), types.BOOLEAN)


@binds_statement(syntax.If)
def if_(b: Binder, node: syntax.If) -> bound.Statement:
    """``if … else``. Chains of ``else if`` are bound without recursion."""
    links: list[tuple[syntax.If, bound.Expression, bound.Statement]] = []
    current: syntax.Statement | None = node
    while isinstance(current, syntax.If):
        test = condition(b, current.condition)
        links.append((current, test, embedded(b, current.then)))
        current = current.otherwise
    otherwise = embedded(b, current) if current is not None else None
    for one, test, then in reversed(links):
        otherwise = bound.If(one, test, then, otherwise)
    assert otherwise is not None  # noqa: S101 - there was at least one link
    return otherwise


def body(b: Binder, node: syntax.Statement) -> bound.Statement:
    """The body of a loop, in which break and continue may stand."""
    b.nested.append("loop")
    try:
        return embedded(b, node)
    finally:
        b.nested.pop()


@binds_statement(syntax.While)
def while_(b: Binder, node: syntax.While) -> bound.Statement:
    """``while``."""
    previous = b.enter()
    test = condition(b, node.condition)
    made = bound.Loop(node, (), test, (), body(b, node.body), False)
    b.leave(previous)
    return made


@binds_statement(syntax.DoWhile)
def do_while(b: Binder, node: syntax.DoWhile) -> bound.Statement:
    """``do … while``."""
    inner = body(b, node.body)
    return bound.Loop(node, (), condition(b, node.condition), (), inner, True)


@binds_statement(syntax.For)
def for_(b: Binder, node: syntax.For) -> bound.Statement:
    """``for``."""
    previous = b.enter()
    first: tuple[bound.Statement, ...] = ()
    if node.declaration is not None:
        first = declare_all(b, node.declaration)
    else:
        first = tuple(bound.ExpressionStatement(one, natural(b, b.operand(one))) for one in node.initializers)
    test = condition(b, node.condition) if node.condition is not None else None
    steps = tuple(natural(b, b.operand(one)) for one in node.incrementors)
    made = bound.Loop(node, first, test, steps, body(b, node.body), False)
    b.leave(previous)
    return made


@binds_statement(syntax.Break)
def break_(b: Binder, node: syntax.Break) -> bound.Statement:
    """``break``."""
    _leaving(b, node, ("loop", "switch"))
    return bound.Break(node)


@binds_statement(syntax.Continue)
def continue_(b: Binder, node: syntax.Continue) -> bound.Statement:
    """``continue``."""
    _leaving(b, node, ("loop",))
    return bound.Continue(node)


def _leaving(b: Binder, node: syntax.Statement, targets: tuple[str, ...]) -> None:
    """Errors of a jump: nothing to jump out of, or out of a ``finally``."""
    for place in reversed(b.nested):
        if place in targets:
            return
        if place == "finally":
            b.error("CS0157", node)
            return
    b.error("CS0139", node)


@binds_statement(syntax.Return)
def return_(b: Binder, node: syntax.Return) -> bound.Statement:
    """``return``."""
    if "finally" in b.nested:
        b.error("CS0157", node)
    wanted = b.return_type
    value = b.operand(node.expression) if node.expression is not None else None
    if b.iterator:
        b.error("CS1622", node)
    elif value is None and wanted is not None and wanted not in (types.VOID, INFER, types.UNKNOWN):
        b.error("CS0126", node, wanted.full_name)
    elif value is not None and wanted is types.VOID:
        if b.function.name in ("lambda expression", "anonymous method"):
            b.error("CS8030", node, b.function.name)
        else:
            b.error("CS0127", node, f"{b.function.name}()")
    elif value is not None and wanted is not None and wanted is not INFER:
        before = len(b.report.diagnostics)
        value = convert(b, value, wanted)
        if len(b.report.diagnostics) > before and b.function.name in ("lambda expression", "anonymous method"):
            b.error("CS1662", node.expression, b.function.name)
    made = bound.Return(node, value)
    b.returned.append(made)
    return made


@binds_statement(syntax.ThrowStatement)
def throw(b: Binder, node: syntax.ThrowStatement) -> bound.Statement:
    """``throw x;`` and ``throw;``."""
    from certgate.csharp.binder.expressions import thrown_value

    if node.expression is None:
        if "catch" not in b.nested:
            b.error("CS0156", node)
        return bound.ThrowStatement(node, None)
    return bound.ThrowStatement(node, thrown_value(b, node.expression))


@binds_statement(syntax.CheckedBlock)
def checked(b: Binder, node: syntax.CheckedBlock) -> bound.Statement:
    """``checked { … }`` and ``unchecked { … }``."""
    saved = b.checked, b.constant_checked
    b.checked = b.constant_checked = node.enabled
    try:
        return b.statement(node.block)
    finally:
        b.checked, b.constant_checked = saved


@binds_statement(syntax.Labeled)
def labeled(b: Binder, node: syntax.Labeled) -> bound.Statement:
    """``name: statement``."""
    return bound.Labeled(node, node.label, b.statement(node.statement))


@binds_statement(syntax.Goto)
def goto(b: Binder, node: syntax.Goto) -> bound.Statement:
    """``goto name``."""
    scope = b.scope
    while node.label not in scope.labels:
        if scope.parent is None or scope.parent.function is not b.function:
            b.error("CS0159", node.label_span, node.label)
            break
        scope = scope.parent
    return bound.Goto(node, node.label)


@binds_statement(syntax.YieldReturn)
def yield_return(b: Binder, node: syntax.YieldReturn) -> bound.Statement:
    """``yield return``."""
    value = b.operand(node.expression)
    element = b.function.element
    if element is None:
        b.error("CS1621", node) if b.function.parent is not None else b.error("CS1624", node, "F", "object")
        return bound.Yield(node, None)
    return bound.Yield(node, convert(b, value, element))


@binds_statement(syntax.YieldBreak)
def yield_break(b: Binder, node: syntax.YieldBreak) -> bound.Statement:
    """``yield break``."""
    return bound.Yield(node, None)


@binds_statement(syntax.Unsafe)
def unsafe(b: Binder, node: syntax.Unsafe) -> bound.Statement:
    """``unsafe``."""
    b.unsupported(node, "certgate does not simulate unsafe code")
    return bound.UnsupportedStatement(node, "certgate does not simulate unsafe code")
