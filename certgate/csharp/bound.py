"""The typed tree: what the binder makes of the syntax and the compiler turns into code. Every conversion is explicit.

Each node keeps the syntax it came from. `type` is its C# type; ``types.UNKNOWN`` where certgate cannot tell, because
something
below it is not simulated. Nodes compare by identity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.node import NodeType

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp import syntax
    from certgate.csharp.conversions import Conversion
    from certgate.csharp.members import Member, Signature
    from certgate.csharp.types import NetType, TypeParameter


class Variable:
    """A local, a parameter or a place for an intermediate value.

    `function` owns it; `captured`: an inner function uses it.
    """

    __slots__ = ("captured", "constant", "declared", "function", "kind", "name", "slot", "type")

    def __init__(self, name: str, type_: NetType, kind: str, function: Function) -> None:
        self.name = name
        self.type = type_
        self.kind = kind
        self.function = function
        self.captured = False
        self.declared = True
        self.constant: Expression | None = None
        self.slot = -1


class Function:
    """The expression or block itself, a lambda, or a local function. The body is set when it has been bound."""

    __slots__ = (
        *("body", "element", "instances", "is_iterator", "name", "parameters", "parent", "returns", "signature"),
        *("compares_identity", "syntax", "type_parameters"),
    )

    def __init__(self, name: str, parent: Function | None, node: syntax.Node) -> None:
        self.name = name
        self.parent = parent
        self.syntax = node
        self.parameters: tuple[Variable, ...] = ()
        self.returns: NetType | None = None
        self.body: Expression | Statement | None = None
        self.signature: Signature | None = None
        self.is_iterator = False
        self.compares_identity = False
        """Of the outermost function: somewhere in it two references are compared that may be strings."""
        self.element: NetType | None = None
        self.type_parameters: tuple[TypeParameter, ...] = ()
        self.instances: dict[tuple[NetType, ...], Function] = {}
        """Of a generic local function: the functions for the type arguments that it is called with."""


class Bound(metaclass=NodeType):
    syntax: syntax.Node


class Expression(Bound):
    type: NetType


class Statement(Bound):
    pass


# Values


class Constant(Expression):
    """A compile-time constant; the literal ``null`` has the type ``types.NULL``."""

    value: Any


class Local(Expression):
    variable: Variable


class Global(Expression):
    name: str


class Default(Expression):
    """``default(T)`` of a type whose default is no constant."""


class TypeOf(Expression):
    of: NetType


class Call(Expression):
    """A method, or a user-defined operator. `receiver` None: static. `owner` is the type that declares it, with its
    arguments.

    `arguments` are in the order of the parameters; `modes` say how each is passed.
    """

    receiver: Expression | None
    member: Member
    owner: NetType
    type_arguments: tuple[NetType, ...]
    arguments: tuple[Expression, ...]
    modes: tuple[str, ...]


class LiftedCall(Expression):
    """A user-defined operator on nullable operands: null when one of them is (false, or true for ``!=``, when it
    compares)."""

    operator: str
    member: Member
    arguments: tuple[Expression, ...]


class FunctionCall(Expression):
    """A call of a local function."""

    function: Function
    arguments: tuple[Expression, ...]
    modes: tuple[str, ...]


class DelegateCall(Expression):
    target: Expression
    arguments: tuple[Expression, ...]
    modes: tuple[str, ...]


class Property(Expression):
    """A property or a field."""

    receiver: Expression | None
    member: Member
    owner: NetType


class Indexer(Expression):
    receiver: Expression
    member: Member
    owner: NetType
    arguments: tuple[Expression, ...]


class Element(Expression):
    """An element of an array."""

    array: Expression
    indices: tuple[Expression, ...]


class ArrayLength(Expression):
    array: Expression


class Item(Expression):
    """A property of an anonymous object or an element of a tuple, by its index."""

    receiver: Expression
    index: int


class New(Expression):
    member: Member
    arguments: tuple[Expression, ...]
    modes: tuple[str, ...]


class Initialized(Expression):
    """`value` is made, kept in `variable`, the steps run on it, and it is the result."""

    value: Expression
    variable: Variable
    steps: tuple[Expression, ...]


class NewArray(Expression):
    """`sizes` for each dimension; `items` (of one dimension, or nested NewArrays for more) or None for default
    values."""

    sizes: tuple[Expression, ...]
    items: tuple[Expression, ...] | None


class NewObject(Expression):
    """An anonymous object or a tuple."""

    items: tuple[Expression, ...]


class Lambda(Expression):
    function: Function


class MethodDelegate(Expression):
    """A delegate on a method: `function` calls it. With a `receiver`, evaluated once, that is the function's first
    parameter."""

    receiver: Expression | None
    function: Function


class Intern(Expression):
    """``string.Intern(value)``."""

    value: Expression


class Hole(Bound):
    value: Expression
    alignment: int | None
    format: str | None


class Interpolated(Expression):
    parts: tuple[str | Hole, ...]


class Formattable(Expression):
    """An interpolated string as a FormattableString: `template` is the format string, with a number for each hole."""

    template: str
    arguments: tuple[Expression, ...]


# Operators


class Unary(Expression):
    """`kind` is the type the operation works on."""

    operator: str
    operand: Expression
    kind: NetType
    lifted: bool
    checked: bool


class Binary(Expression):
    """Numbers, bools and enums, on operands of type `kind`."""

    operator: str
    left: Expression
    right: Expression
    kind: NetType
    lifted: bool
    checked: bool


class Concat(Expression):
    left: Expression
    right: Expression


class Equality(Expression):
    """``==`` and ``!=``; `mode` is ``string``, ``reference``, ``null`` (`right` is null) or ``tuple``."""

    operator: str
    left: Expression
    right: Expression
    mode: str


class Combine(Expression):
    """``+`` and ``-`` of delegates."""

    operator: str
    left: Expression
    right: Expression


class Logical(Expression):
    """``&&`` and ``||`` on bool."""

    operator: str
    left: Expression
    right: Expression


class Conditional(Expression):
    condition: Expression
    when_true: Expression
    when_false: Expression


class Coalesce(Expression):
    """`left` when it is not null, converted by `conversion`; else `right`."""

    left: Expression
    right: Expression
    conversion: Conversion | None


class ConditionalAccess(Expression):
    """`access` with `variable` standing for the value of `receiver`, or null where that is null."""

    receiver: Expression
    variable: Variable
    access: Expression


class Convert(Expression):
    operand: Expression
    conversion: Conversion
    checked: bool


class As(Expression):
    operand: Expression


class Is(Expression):
    operand: Expression
    pattern: Pattern


class Assign(Expression):
    target: Expression
    value: Expression


class Compound(Expression):
    """`target` is read into `variable`, `value` computed from it and written; `old`: the result is the value before."""

    operator: str
    target: Expression
    variable: Variable
    value: Expression
    old: bool


class Deconstruct(Expression):
    """The tuple `value`, kept in `variable`, is taken apart by `steps`."""

    value: Expression
    variable: Variable
    steps: tuple[Expression, ...]


class Sequence(Expression):
    """The steps in turn, then `value`, which is the result."""

    steps: tuple[Expression, ...]
    value: Expression


class Throw(Expression):
    value: Expression


class Unsupported(Expression):
    """What certgate does not simulate: `operands` are evaluated, then the evaluation ends."""

    message: str
    operands: tuple[Expression, ...] = ()


class Dynamic(Expression):
    """An operation on ``dynamic`` values. `bind`, given the types that the operands have at run time, gives a function
    of them, or the words of an error."""

    operands: tuple[Expression, ...]
    bind: Callable[[tuple[NetType, ...]], Function | str]


class Bad(Expression):
    """What was wrong; an error has been reported."""


# What stands only while binding: no values


class TypeName(Expression):
    """A type where an expression is. `type` is that type."""


class Namespace(Expression):
    name: str


class MethodGroup(Expression):
    """`receiver` None: static or not known. `missing` notes that more methods of the name may exist."""

    receiver: Expression | None
    name: str
    candidates: tuple[Any, ...]
    type_arguments: tuple[NetType, ...]
    owner: NetType | None
    extensions: bool


class DynamicMember(Expression):
    """``d.Name`` of a call ``d.Name(…)``."""

    receiver: Expression
    name: syntax.Name


class UnboundLambda(Expression):
    scope: Any
    function: Function
    checked: bool


class UntypedConditional(Expression):
    """``?:`` without a common type."""

    condition: Expression
    when_true: Expression
    when_false: Expression


class TupleLiteral(Expression):
    """`type` is UNKNOWN where an element has no type of its own."""

    items: tuple[Expression, ...]
    names: tuple[str | None, ...]


class OutDeclaration(Expression):
    """``out var x`` before its type is known; `variable` None is a discard."""

    variable: Variable | None


# Patterns


class Pattern(Bound):
    pass


class ConstantPattern(Pattern):
    value: Expression


class TypePattern(Pattern):
    type: NetType
    variable: Variable | None


class AnyPattern(Pattern):
    """``var x`` or ``_``."""

    variable: Variable | None


# Statements


class Block(Statement):
    statements: tuple[Statement, ...]


class ExpressionStatement(Statement):
    expression: Expression


class Declare(Statement):
    """A local; `value` None leaves it unassigned."""

    variable: Variable
    value: Expression | None


class If(Statement):
    condition: Expression
    then: Statement
    otherwise: Statement | None


class Loop(Statement):
    """``while``, ``do`` (`test_last`) and ``for``; `condition` None is true."""

    initializers: tuple[Statement, ...]
    condition: Expression | None
    incrementors: tuple[Expression, ...]
    body: Statement
    test_last: bool


class ForEach(Statement):
    """`convert` takes `item`, the element as enumerated, to the variable's type; `steps` deconstruct it."""

    variable: Variable
    collection: Expression
    item: Variable
    convert: Expression
    steps: tuple[Expression, ...]
    body: Statement


class Label(Bound):
    """`pattern` None is ``default``."""

    pattern: Pattern | None
    when: Expression | None


class Section(Bound):
    labels: tuple[Label, ...]
    body: Block


class Switch(Statement):
    value: Expression
    sections: tuple[Section, ...]


class Break(Statement):
    pass


class Continue(Statement):
    pass


class GotoCase(Statement):
    """`value` is the constant, or None for ``goto default``."""

    value: Any
    default: bool


class Goto(Statement):
    label: str


class Labeled(Statement):
    label: str
    statement: Statement


class Return(Statement):
    value: Expression | None


class Yield(Statement):
    """`value` None is ``yield break``."""

    value: Expression | None


class ThrowStatement(Statement):
    """`value` None is ``throw;``."""

    value: Expression | None


class Catch(Bound):
    type: NetType | None
    variable: Variable | None
    when: Expression | None
    body: Block


class Try(Statement):
    body: Block
    catches: tuple[Catch, ...]
    final: Block | None


class Using(Statement):
    """`disposals` are the calls of Dispose; None where that does nothing that can be seen."""

    declarations: tuple[Declare, ...]
    disposals: tuple[Expression | None, ...]
    body: Statement


class LocalFunction(Statement):
    function: Function


class UnsupportedStatement(Statement):
    message: str


_LONG_ROW = 8


def row(node: Logical) -> list[Expression]:
    """The operands of ``a || b || c …``. A long row is one operation, which keeps the code and the tree of it flat; a
    short one is as C# has it, an operation on the first ones and the last."""
    found: list[Expression] = []
    current: Expression = node
    while isinstance(current, Logical) and current.operator == node.operator:
        found.append(current.right)
        current = current.left
    found.append(current)
    return found[::-1] if len(found) > _LONG_ROW else [node.left, node.right]


def children(node: Bound) -> list[Bound]:
    """The nodes directly below `node`, in source order of evaluation."""
    found: list[Bound] = []
    for field in type(node).__match_args__[1:]:
        value = getattr(node, field)
        if isinstance(value, Bound):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(item for item in value if isinstance(item, Bound))
        elif isinstance(value, Function) and isinstance(node, Lambda | LocalFunction | MethodDelegate):
            found += [one.body for one in (value, *value.instances.values()) if isinstance(one.body, Bound)]
    return found


def height(root: Bound) -> int:
    """The most nodes on a way down from `root`; counted without recursion, each node once."""
    met: dict[Bound, int] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node not in met:
            met[node] = 1
            waiting += children(node)
    for node in reversed(met):
        met[node] = 1 + max((met[child] for child in children(node)), default=0)
    return met[root]
