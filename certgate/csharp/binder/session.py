"""The state of binding one expression: scopes, problems found, and the dispatch from a syntax node to the function
that binds it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from certgate.csharp import bound, types
from certgate.csharp.bound import Function, Variable
from certgate.csharp.depth import MAX_DEPTH
from certgate.csharp.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp import syntax
    from certgate.csharp.binder.switches import Labels
    from certgate.csharp.environment import Environment
    from certgate.csharp.types import NetType

    ExpressionBinder = Callable[["Binder", Any], bound.Expression]
    StatementBinder = Callable[["Binder", Any], bound.Statement]

_MAX_DEPTH = 2 * MAX_DEPTH
"""Nodes that are bound inside one another: a level of the text is one or two."""

MAX_NODES = 50_000
"""How many nodes are bound, lambdas that are tried with several types counted each time."""

RARER = (
    *("interpolation", "lambdas", "creation", "patterns", "assignment", "tuples", "queries", "functions"),
    *("statements", "jumps", "blocks", "switches"),
)
"""The modules of this package for nodes that most expressions have not, loaded in this order until one declares what
binds the node that came."""

EXPRESSIONS: dict[type, ExpressionBinder] = {}
STATEMENTS: dict[type, StatementBinder] = {}

T = TypeVar("T")


def binds(*nodes: type) -> Callable[[ExpressionBinder], ExpressionBinder]:
    """Declare the function that binds an expression node."""

    def declare(function: ExpressionBinder) -> ExpressionBinder:
        EXPRESSIONS.update(dict.fromkeys(nodes, function))
        return function

    return declare


def binds_statement(*nodes: type) -> Callable[[StatementBinder], StatementBinder]:
    """Declare the function that binds a statement node."""

    def declare(function: StatementBinder) -> StatementBinder:
        STATEMENTS.update(dict.fromkeys(nodes, function))
        return function

    return declare


def _declared(binders: dict[type, T], kind: type) -> T:
    """What binds a node of that class."""
    if kind not in binders:
        for module in RARER:
            import_module(f"certgate.csharp.binder.{module}")
            if kind in binders:
                break
    return binders[kind]


class Report:
    """The problems found in one piece of text; those of a lambda that is only tried are dropped with it."""

    __slots__ = ("diagnostics", "refused", "unsupported")

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.refused: list[Diagnostic] = []
        self.unsupported: list[tuple[str, int, int]] = []

    def merge(self, other: Report) -> None:
        self.diagnostics += other.diagnostics
        self.refused += other.refused
        self.unsupported += other.unsupported


class Alias:
    """A range variable of a query: a member, by its indexes one inside the other, of the parameter that holds it."""

    __slots__ = ("path", "variable")

    def __init__(self, variable: Variable, path: tuple[str, ...]) -> None:
        self.variable = variable
        self.path = path


class Scope:
    """The names of one block, lambda or statement.

    `lambdas` remembers the lambdas bound here with given parameter types.
    """

    __slots__ = ("aliases", "function", "functions", "is_section", "labels", "lambdas", "names", "parent", "types")

    def __init__(self, parent: Scope | None, function: Function) -> None:
        self.parent = parent
        self.function = function
        self.names: dict[str, Variable] = {}
        self.functions: dict[str, Function] = {}
        self.lambdas: dict[Any, Any] = {}
        self.labels: set[str] = set()
        self.is_section = False
        self.types: dict[str, NetType] = {}
        """What the type parameters of a generic local function stand for."""
        self.aliases: dict[str, Alias] = {}

    def find(self, name: str) -> Variable | Function | Alias | None:
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name) or scope.functions.get(name) or scope.aliases.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def find_type(self, name: str) -> NetType | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.types:
                return scope.types[name]
            scope = scope.parent
        return None


class TooComplex(Exception):
    """The expression nests deeper, or takes more work, than certgate allows."""


class Binder:
    """Binds one expression or block.

    The functions that know the single nodes are in the other modules of this package.
    """

    def __init__(self, text: str, environment: Environment, root: syntax.Node) -> None:
        self.text = text
        self.environment = environment
        self.report = Report()
        self.function = self.root = Function("", None, root)
        self.scope = Scope(None, self.function)
        self.checked = False
        self.constant_checked: bool | None = None
        self.depth = 0
        self.nodes = 0
        self.placeholders: list[bound.Expression] = []
        self.returned: list[bound.Return] = []
        self.return_type: NetType | None = None
        self.lenient = False
        self.has_locals = False
        """Whether anything was declared that could be read before it has a value."""
        self.generic: dict[Function, Scope] = {}
        """The generic local functions, each with the scope that it is declared in."""
        self.switches: list[Labels] = []
        """The labels of each open switch."""
        self.nested: list[str] = []

    @property
    def iterator(self) -> bool:
        return self.function.is_iterator

    # Problems

    def error(self, code: str, place: Any, *names: object, hint: str | None = None) -> None:
        """Report C#'s error at a node, or at a ``(start, end)``."""
        from certgate.csharp.binder.messages import MESSAGES

        start, end = place if isinstance(place, tuple) else (place.start, place.end)
        self.report.diagnostics.append(Diagnostic(code, MESSAGES[code].format(*names), start, end, hint=hint))

    def bad(self, node: syntax.Node, code: str, *names: object, at: Any = None, hint: str | None = None) -> bound.Bad:
        """Report an error and stand in for what could not be bound."""
        self.error(code, at or node, *names, hint=hint)
        return bound.Bad(node, types.UNKNOWN)

    def unsupported(
        self,
        node: syntax.Node,
        message: str,
        *operands: bound.Expression,
        type_: NetType = types.UNKNOWN,
        at: Any = None,
    ) -> bound.Expression:
        """Stand in for what certgate does not simulate; reaching it ends the evaluation."""
        if any(isinstance(operand, bound.Bad) for operand in operands):
            return bound.Bad(node, types.UNKNOWN)
        place = at or node
        start, end = place if isinstance(place, tuple) else (place.start, place.end)
        self.report.unsupported.append((message, start, end))
        return bound.Unsupported(node, type_, message, operands)

    def unknown(self, node: syntax.Node, *operands: bound.Expression) -> bound.Expression:
        """The result of an operation on something that is not simulated, or that was wrong."""
        if any(isinstance(operand, bound.Bad) for operand in operands):
            return bound.Bad(node, types.UNKNOWN)
        return bound.Unsupported(node, types.UNKNOWN, "depends on something that certgate does not simulate", operands)

    def refuse(self, node: syntax.Node, message: str) -> None:
        if not self.environment.unrestricted:
            self.report.refused.append(Diagnostic("refused", message, node.start, node.end, "refused"))

    # Nodes

    def expression(self, node: syntax.Expression) -> bound.Expression:
        """Bind a node to whatever it means: a value, a type, a namespace, a method group, a lambda …"""
        self.depth += 1
        self.nodes += 1
        if self.depth > _MAX_DEPTH or self.nodes > MAX_NODES:
            raise TooComplex
        found = _declared(EXPRESSIONS, type(node))(self, node)
        self.depth -= 1
        return found

    def statement(self, node: syntax.Statement) -> bound.Statement:
        self.depth += 1
        self.nodes += 1
        if self.depth > _MAX_DEPTH or self.nodes > MAX_NODES:
            raise TooComplex
        found = _declared(STATEMENTS, type(node))(self, node)
        self.depth -= 1
        return found

    def operand(self, node: syntax.Expression) -> bound.Expression:
        """Bind a node that must be a value, though it may lack a type of its own (null, lambdas, method groups)."""
        return self.as_operand(node, self.expression(node))

    def as_operand(self, node: syntax.Expression, found: bound.Expression) -> bound.Expression:
        """What was bound, if it is a value; a type or a namespace is none."""
        match found:
            case bound.TypeName():
                return self.bad(node, "CS0119", found.type.display, "type")
            case bound.Namespace():
                return self.bad(node, "CS0118", found.name, "namespace", "variable")
        return found

    def value(self, node: syntax.Expression) -> bound.Expression:
        """Bind a node that must be a value with a type of its own."""
        from certgate.csharp.binder.convert import natural

        return natural(self, self.operand(node))

    # Scopes

    def enter(self) -> Scope:
        """Open a scope inside the present one; give the result back to :meth:`leave`."""
        previous = self.scope
        self.scope = Scope(previous, self.function)
        return previous

    def leave(self, previous: Scope) -> None:
        self.scope = previous

    def declare(self, name: str, type_: NetType, kind: str, place: Any) -> Variable:
        """Declare a variable in the present scope, or complete one that the scope knew to come."""
        self.has_locals = self.has_locals or kind != "parameter"
        waiting = self.scope.names.get(name)
        if waiting is None and self.scope.is_section and self.scope.parent is not None:
            # Locals of a section belong to the whole switch block; only the variables of its patterns do not.
            outer = self.scope.parent.names.get(name)
            if outer is not None and not outer.declared:
                here, self.scope = self.scope, self.scope.parent
                declared = self.declare(name, type_, kind, place)
                self.scope = here
                return declared
        if waiting is not None and not waiting.declared:
            waiting.declared = True
            waiting.type = type_
            waiting.kind = kind
            self._check_outer(name, place)
            return waiting
        if waiting is not None or name in self.scope.functions:
            self.error("CS0128", place, name)
        else:
            self._check_outer(name, place)
        variable = Variable(name, type_, kind, self.function)
        self.scope.names[name] = variable
        return variable

    def _check_outer(self, name: str, place: Any) -> None:
        outer = self.scope.parent.find(name) if self.scope.parent is not None else None
        if outer is not None or name in self.environment.globals:
            self.error("CS0136", place, name)

    def temporary(self, type_: NetType, name: str = "") -> Variable:
        """A place for an intermediate value."""
        return Variable(name, type_, "temporary", self.function)

    def local(self, node: syntax.Node, variable: Variable) -> bound.Local:
        """A use of a variable, which an inner function may capture."""
        if variable.function is not self.function:
            variable.captured = True
        return bound.Local(node, variable.type, variable)
