"""The nodes of C# 7.3: what may stand in a policy expression or block, in the shape of C#'s own syntax tree.

Knows no types and no meaning. Every node has `start` and `end`, 0-based offsets ``[start, end)`` into the whole text
given to the parser, which includes the ``@(`` and ``)``. A `Span` is such a pair, for a token that C# names in its
errors. Nodes compare by identity. A tree without diagnostics has no missing parts; with diagnostics, a missing name is
a `Name` with an empty `text`, and nothing else is promised.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from certgate.csharp.node import NodeType

Span: TypeAlias = tuple[int, int]


class Node(metaclass=NodeType):
    start: int
    end: int


class Expression(Node):
    pass


class Statement(Node):
    pass


class Pattern(Node):
    pass


class Designation(Node):
    """What a declaration names: one variable, nothing, or several in brackets."""


class TypeSyntax(Expression):
    """A type as written. A type may stand where an expression is (``int.Parse``), as in C#'s own tree."""


# Types and names


class PredefinedType(TypeSyntax):
    """``int``, ``string``, ``object``, ``void`` …: `keyword` as written."""

    keyword: str


class Name(TypeSyntax):
    """An identifier, as a type or as an expression: `text` without ``@`` and with escapes decoded.

    `arguments` is None without ``<…>``; in an unbound type (``typeof(List<>)``) they are `OmittedType`.
    `var` and `dynamic` are names like any other. `name_span` is the identifier alone.
    """

    text: str
    arguments: tuple[TypeSyntax, ...] | None
    name_span: Span
    verbatim: bool = False


class OmittedType(TypeSyntax):
    pass


class AliasQualifiedName(TypeSyntax):
    """``global::System``."""

    alias: str
    name: Name


class QualifiedName(TypeSyntax):
    """``System.Text.Encoding`` where only a type can stand; elsewhere it is a `MemberAccess`."""

    left: TypeSyntax
    name: Name


class NullableType(TypeSyntax):
    element: TypeSyntax
    question_span: Span


class PointerType(TypeSyntax):
    element: TypeSyntax


class RefType(TypeSyntax):
    element: TypeSyntax


class ArrayRank(Node):
    """``[]``, ``[,]`` or ``[2, n]``: one entry for each dimension, None where no size is given."""

    sizes: tuple[Expression | None, ...]


class ArrayType(TypeSyntax):
    """`ranks` from left to right: ``int[][,]`` has two of them."""

    element: TypeSyntax
    ranks: tuple[ArrayRank, ...]


class TupleTypeElement(Node):
    type: TypeSyntax
    name: str | None
    name_span: Span | None


class TupleType(TypeSyntax):
    elements: tuple[TupleTypeElement, ...]


# Literals


class LiteralKind(StrEnum):
    NULL = "null"
    BOOL = "bool"
    INT = "int"
    UINT = "uint"
    LONG = "long"
    ULONG = "ulong"
    FLOAT = "float"
    DOUBLE = "double"
    DECIMAL = "decimal"
    CHAR = "char"
    STRING = "string"


LiteralValue: TypeAlias = "bool | int | float | str | tuple[int, int] | None"


class Literal(Expression):
    """`value`: None, bool, int, float, str (UTF-16 code units; one of them for a char), or for a decimal the pair of
    the unscaled integer and the scale (``1.50m`` is 150 and 2).

    `text` is the token: ``-2147483648`` is a minus before a UINT.
    """

    kind: LiteralKind
    value: LiteralValue
    text: str


class InterpolatedText(Node):
    text: str


class Interpolation(Node):
    """``{expression,alignment:format}``; `format` None where there is none."""

    expression: Expression
    alignment: Expression | None
    format: str | None
    format_span: Span | None


class InterpolatedString(Expression):
    parts: tuple[InterpolatedText | Interpolation, ...]


# Primary expressions


class Parenthesized(Expression):
    expression: Expression


class This(Expression):
    pass


class Base(Expression):
    pass


class Argument(Node):
    """`modifier` is empty, ``ref``, ``out`` or ``in``; `name` is that of a named argument.

    ``out var x`` holds a `Declaration`.
    """

    expression: Expression
    modifier: str = ""
    name: str | None = None
    name_span: Span | None = None


class MemberAccess(Expression):
    """``expression.name``; C# names `name` (its start) in its errors."""

    expression: Expression
    operator_span: Span
    name: Name


class Invocation(Expression):
    """`arguments_span` runs from ``(`` to past ``)``."""

    expression: Expression
    arguments: tuple[Argument, ...]
    arguments_span: Span


class ElementAccess(Expression):
    expression: Expression
    arguments: tuple[Argument, ...]
    arguments_span: Span


class ConditionalAccess(Expression):
    """``expression?.chain``: `chain` is all that is skipped for null.

    The innermost left end of `chain` is a `MemberBinding` or an `ElementBinding`, which stands for the value of
    `expression`. Where a further ``?.`` follows, `chain` is again a `ConditionalAccess`.
    """

    expression: Expression
    operator_span: Span
    chain: Expression


class MemberBinding(Expression):
    """The ``.name`` after a ``?``."""

    operator_span: Span
    name: Name


class ElementBinding(Expression):
    """The ``[…]`` after a ``?``."""

    arguments: tuple[Argument, ...]
    arguments_span: Span


class Postfix(Expression):
    """`operator` is ``++`` or ``--``."""

    operand: Expression
    operator: str
    operator_span: Span


class TypeOf(Expression):
    type: TypeSyntax


class SizeOf(Expression):
    type: TypeSyntax


class NameOf(Expression):
    """``nameof(x)`` with one plain argument; anything else so named is an ordinary `Invocation`."""

    argument: Expression


class Default(Expression):
    """``default(T)``, or the literal ``default`` with `type` None."""

    type: TypeSyntax | None


class Checked(Expression):
    """``checked(…)``, or ``unchecked(…)`` with `enabled` False."""

    enabled: bool
    expression: Expression


class Tuple(Expression):
    elements: tuple[Argument, ...]


# Object creation


class MemberInitializer(Node):
    """``Name = value`` in an object initialiser."""

    name: Name
    operator_span: Span
    value: Expression


class IndexInitializer(Node):
    """``[key] = value`` in an object initialiser."""

    arguments: tuple[Argument, ...]
    arguments_span: Span
    operator_span: Span
    value: Expression


class InitializerKind(StrEnum):
    OBJECT = "object"
    COLLECTION = "collection"
    ARRAY = "array"
    COMPLEX = "complex"


class Initializer(Expression):
    """``{ … }``: of an object (empty, or the first element assigns), of a collection, of an array (nested ones too), or
    COMPLEX: the several arguments of one ``Add`` inside a collection initialiser."""

    kind: InitializerKind
    elements: tuple[Expression | MemberInitializer | IndexInitializer, ...]


class ObjectCreation(Expression):
    """`arguments` is None in ``new T { … }``."""

    type: TypeSyntax
    arguments: tuple[Argument, ...] | None
    initializer: Initializer | None


class AnonymousMember(Node):
    """`name` None: it is taken from the expression."""

    name: str | None
    name_span: Span | None
    expression: Expression


class AnonymousObject(Expression):
    members: tuple[AnonymousMember, ...]


class ArrayCreation(Expression):
    """``new T[n][] { … }``: sizes stand in the first of `type.ranks`; in another one they are CS0178, which the binder
    says."""

    type: ArrayType
    initializer: Initializer | None


class ImplicitArray(Expression):
    """``new[] { … }``; `rank` counts the dimensions."""

    rank: int
    initializer: Initializer


class StackAlloc(Expression):
    """``stackalloc T[n]``."""


# Functions


class Parameter(Node):
    """`type` None in ``(a, b) =>`` and ``a =>``; `modifier`: empty, ``ref``, ``out``, ``in``, ``params``, ``this``."""

    type: TypeSyntax | None
    name: str
    name_span: Span
    modifier: str = ""
    default: Expression | None = None


class Lambda(Expression):
    """C# names `operator_span` (the ``=>``) in its errors."""

    parameters: tuple[Parameter, ...]
    operator_span: Span
    body: Expression | Block
    is_async: bool = False


class AnonymousMethod(Expression):
    """``delegate (…) { … }``; `parameters` None in ``delegate { … }``. `keyword_span` is ``delegate``."""

    parameters: tuple[Parameter, ...] | None
    keyword_span: Span
    body: Block
    is_async: bool = False


# Operators


class Cast(Expression):
    type: TypeSyntax
    expression: Expression


class Unary(Expression):
    """`operator`: ``+ - ! ~ ++ -- & *``."""

    operator: str
    operator_span: Span
    operand: Expression


class Await(Expression):
    operand: Expression


class Binary(Expression):
    """`operator`: arithmetic, shift, comparison, ``& | ^ && || ??``."""

    left: Expression
    operator: str
    operator_span: Span
    right: Expression


class As(Expression):
    expression: Expression
    operator_span: Span
    type: TypeSyntax


class IsType(Expression):
    """``x is T``. A name may turn out to be a constant: `expression_of` gives it as an expression."""

    expression: Expression
    operator_span: Span
    type: TypeSyntax


class IsPattern(Expression):
    expression: Expression
    operator_span: Span
    pattern: Pattern


class Conditional(Expression):
    condition: Expression
    question_span: Span
    when_true: Expression
    when_false: Expression


class Assignment(Expression):
    """`operator`: ``=``, ``+=`` and the other compound ones."""

    left: Expression
    operator: str
    operator_span: Span
    right: Expression


class Throw(Expression):
    """``throw x`` as an expression."""

    expression: Expression


class Ref(Expression):
    expression: Expression


# Declarations in expressions, and patterns


class VariableDesignation(Designation):
    name: str


class DiscardDesignation(Designation):
    pass


class TupleDesignation(Designation):
    elements: tuple[Designation, ...]


class Declaration(Expression):
    """``var x``, ``int x``, ``var (a, b)`` as an expression: an ``out`` argument or the target of a deconstruction."""

    type: TypeSyntax
    designation: Designation


class ConstantPattern(Pattern):
    expression: Expression


class DeclarationPattern(Pattern):
    """``T x`` or ``T _``; ``var x`` is a `Name` ``var``."""

    type: TypeSyntax
    designation: Designation


# Queries


class FromClause(Node):
    type: TypeSyntax | None
    name: str
    name_span: Span
    expression: Expression


class LetClause(Node):
    name: str
    name_span: Span
    expression: Expression


class WhereClause(Node):
    condition: Expression


class JoinClause(Node):
    """``join T name in source on left equals right into group``; `into` None without it."""

    type: TypeSyntax | None
    name: str
    name_span: Span
    source: Expression
    left: Expression
    right: Expression
    into: str | None
    into_span: Span | None


class Ordering(Node):
    expression: Expression
    descending: bool


class OrderByClause(Node):
    orderings: tuple[Ordering, ...]


QueryClause: TypeAlias = FromClause | LetClause | WhereClause | JoinClause | OrderByClause


class SelectClause(Node):
    expression: Expression


class GroupClause(Node):
    element: Expression
    key: Expression


class QueryContinuation(Node):
    """``into name`` and what follows it."""

    name: str
    name_span: Span
    body: QueryBody


class QueryBody(Node):
    clauses: tuple[QueryClause, ...]
    result: SelectClause | GroupClause
    continuation: QueryContinuation | None


class Query(Expression):
    source: FromClause
    body: QueryBody


# Statements


class Block(Statement):
    """``{ … }``; that of ``@{ … }`` begins at its ``{``."""

    statements: tuple[Statement, ...]


class Empty(Statement):
    pass


class ExpressionStatement(Statement):
    expression: Expression


class Declarator(Node):
    """``x = value``; `value` may be an `Initializer` of kind ARRAY."""

    name: str
    name_span: Span
    value: Expression | None


class VariableDeclaration(Node):
    """The type and its variables, without the semicolon: of a statement, a ``for`` or a ``using``."""

    type: TypeSyntax
    variables: tuple[Declarator, ...]


class LocalDeclaration(Statement):
    declaration: VariableDeclaration
    is_const: bool


class TypeConstraint(Node):
    """``where T : …``: type parameter and the constraints' texts."""

    name: str
    constraints: tuple[str, ...]


class LocalFunction(Statement):
    """`body` is an expression after ``=>``, a block, or None where C# says that there must be one."""

    return_type: TypeSyntax
    name: str
    name_span: Span
    type_parameters: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    body: Expression | Block | None
    constraints: tuple[TypeConstraint, ...] = ()
    is_async: bool = False


class If(Statement):
    condition: Expression
    then: Statement
    otherwise: Statement | None


class CaseLabel(Node):
    """``case pattern when condition:``; a constant is a `ConstantPattern`."""

    pattern: Pattern
    when: Expression | None


class DefaultLabel(Node):
    pass


class SwitchSection(Node):
    labels: tuple[CaseLabel | DefaultLabel, ...]
    statements: tuple[Statement, ...]


class Switch(Statement):
    expression: Expression
    sections: tuple[SwitchSection, ...]


class While(Statement):
    condition: Expression
    body: Statement


class DoWhile(Statement):
    body: Statement
    condition: Expression


class For(Statement):
    """Either `declaration` or `initializers`; `condition` None is true."""

    declaration: VariableDeclaration | None
    initializers: tuple[Expression, ...]
    condition: Expression | None
    incrementors: tuple[Expression, ...]
    body: Statement


class ForEach(Statement):
    type: TypeSyntax
    name: str
    name_span: Span
    expression: Expression
    body: Statement


class ForEachDeconstruction(Statement):
    """``foreach (var (a, b) in …)`` or ``foreach ((int a, var b) in …)``: `target` is a `Declaration` or a `Tuple`."""

    target: Expression
    expression: Expression
    body: Statement


class Break(Statement):
    pass


class Continue(Statement):
    pass


class Goto(Statement):
    label: str
    label_span: Span


class GotoCase(Statement):
    expression: Expression


class GotoDefault(Statement):
    pass


class Labeled(Statement):
    label: str
    label_span: Span
    statement: Statement


class Return(Statement):
    expression: Expression | None


class ThrowStatement(Statement):
    """`expression` None: ``throw;``."""

    expression: Expression | None


class YieldReturn(Statement):
    expression: Expression


class YieldBreak(Statement):
    pass


class Catch(Node):
    """`type` None: ``catch { … }``."""

    type: TypeSyntax | None
    name: str | None
    name_span: Span | None
    when: Expression | None
    block: Block


class Try(Statement):
    block: Block
    catches: tuple[Catch, ...]
    final: Block | None


class Using(Statement):
    """Either `declaration` or `expression`."""

    declaration: VariableDeclaration | None
    expression: Expression | None
    body: Statement


class Lock(Statement):
    expression: Expression
    body: Statement


class CheckedBlock(Statement):
    enabled: bool
    block: Block


class Unsafe(Statement):
    block: Block


def expression_of(type_: TypeSyntax) -> Expression:
    """The same text read as an expression: what ``x is A.B`` means where ``A.B`` is a constant."""
    if isinstance(type_, QualifiedName):
        dot = type_.name.start - 1
        return MemberAccess(type_.start, type_.end, expression_of(type_.left), (dot, dot + 1), type_.name)
    return type_
