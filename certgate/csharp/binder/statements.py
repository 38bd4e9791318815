"""Statements (C# specification, chapter 13): blocks, declarations, conditions and loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import convert, natural
from certgate.csharp.binder.functions import announce
from certgate.csharp.binder.lambdas import is_statement
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.session import binds_statement
from certgate.csharp.conversions import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


def expect_names(b: Binder, statements: Iterable[syntax.Statement]) -> None:
    """Note the locals, labels and local functions of a block before its statements are bound: their scope is the
    whole block."""
    for node in statements:
        while isinstance(node, syntax.Labeled):
            if node.label in b.scope.labels:
                b.error("CS0140", node.label_span, node.label)
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
    if inferred and is_const:
        b.error("CS0822", node)
    if inferred and len(node.variables) > 1:
        b.error("CS0819", node)
    type_ = types.UNKNOWN if inferred else bind_type(b, node.type)
    if type_ is types.VOID:
        b.error("CS1547", node.type)
        type_ = types.UNKNOWN
    if type_.kind == "static":
        b.error("CS0723", node.type, type_.display)
    if is_const and not _may_be_const(type_):
        b.error("CS0283", node.type, type_.display)
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
        return _inferred(b, node, kind)
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


def _may_be_const(kind: NetType) -> bool:
    return kind in NUMERIC or kind is types.BOOLEAN or kind.kind == "enum" or not kind.is_value


def _constant(b: Binder, node: syntax.Declarator, variable: bound.Variable, value: bound.Expression) -> bound.Statement:
    kind = variable.type
    if isinstance(value, bound.Constant) and (value.value is None or kind is types.STRING or not kind.is_reference):
        variable.constant = value
    elif kind.is_reference and kind is not types.STRING and isinstance(_inner(value), bound.Constant):
        b.error("CS0134", value.syntax, node.name, kind.display)
    elif not isinstance(value, bound.Bad | bound.Unsupported):
        b.error("CS0133", value.syntax, node.name)
    if variable.constant is None:
        variable.constant = bound.Bad(node, types.UNKNOWN)
    return bound.Block(node, ())


def _inner(value: bound.Expression) -> bound.Expression:
    return value.operand if isinstance(value, bound.Convert) else value


def _inferred(b: Binder, node: syntax.Declarator, kind: str) -> bound.Statement:
    """``var x = …``: the type of the value."""
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


@binds_statement(syntax.CheckedBlock)
def checked(b: Binder, node: syntax.CheckedBlock) -> bound.Statement:
    """``checked { … }`` and ``unchecked { … }``."""
    saved = b.checked, b.constant_checked
    b.checked = b.constant_checked = node.enabled
    try:
        return b.statement(node.block)
    finally:
        b.checked, b.constant_checked = saved


@binds_statement(syntax.Unsafe)
def unsafe(b: Binder, node: syntax.Unsafe) -> bound.Statement:
    """``unsafe``: the gateway does not compile with it."""
    b.error("CS0227", (node.start, node.start + len("unsafe")))
    return bound.Block(node, ())
