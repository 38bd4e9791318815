"""Definite assignment (C# specification 9.4): CS0165 for a local that is read before every path has given it a value.

The state is the set of variables that are assigned for certain; conditions give two of them, one for each outcome.
``None`` is
the state of what cannot be reached, in which everything counts as assigned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, syntax
from certgate.csharp.binder.reach import open_sections, takes_everything

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from certgate.csharp.binder.session import Binder

    State = frozenset[bound.Variable] | None

_TRACKED = ("local", "out", "pattern", "parameter")


def check(b: Binder, function: bound.Function, body: bound.Bound) -> None:
    """Report each use of an unassigned local in a function's body, and in the functions inside it."""
    _Flow(b).function(function, body, frozenset())


def _join(left: State, right: State) -> State:
    if left is None:
        return right
    return left if right is None else left & right


class _Flow:
    """Follows the typed tree. `jumps` holds, for each open loop or switch, the states at its breaks."""

    def __init__(self, b: Binder) -> None:
        self.b = b
        self.state: State = frozenset()
        self.breaks: list[list[State]] = []
        self.continues: list[list[State]] = []
        self.outs: frozenset[bound.Variable] = frozenset()
        self.inside: frozenset[bound.Function] | None = None
        """The functions whose variables are followed; None for all."""
        self.reported: set[bound.Variable] = set()

    def function(self, function: bound.Function, body: bound.Bound, state: State) -> None:
        """A function body of its own: what is assigned at its end does not matter outside, but its ``out`` parameters
        are to be assigned by then."""
        saved = self.state, self.breaks, self.continues, self.outs, self.inside
        if isinstance(function.syntax, syntax.LocalFunction):
            # It may use what is assigned where it is called: what belongs to the functions around it is not followed.
            self.inside = frozenset((function,))
        elif self.inside is not None:
            self.inside |= {function}
        self.outs = _outs(function)
        given = frozenset(one for one in function.parameters if one not in self.outs)
        self.state, self.breaks, self.continues = (state | given if state is not None else None), [], []
        self.visit(body)
        if isinstance(function.syntax, syntax.LocalFunction):
            self.leave(function.syntax.name_span)
        self.state, self.breaks, self.continues, self.outs, self.inside = saved

    def leave(self, place: Any) -> None:
        """The end of a function, or a return: every ``out`` parameter has a value now."""
        for variable in sorted(self.outs, key=lambda one: one.name):
            if self.state is not None and variable not in self.state:
                self.b.error("CS0177", place, variable.name)

    def assign(self, variable: bound.Variable) -> None:
        if self.state is not None:
            self.state |= {variable}

    def use(self, node: bound.Local) -> None:
        variable = node.variable
        if variable.kind not in _TRACKED or self.state is None or variable in self.state or variable in self.reported:
            return
        if self.inside is not None and variable.function not in self.inside:
            return
        self.reported.add(variable)
        self.b.error("CS0269" if variable in self.outs else "CS0165", node.syntax, variable.name)

    # Conditions

    def condition(self, node: bound.Expression) -> tuple[State, State]:
        """The states after a condition that was true, and after one that was false."""
        match node:
            case bound.Constant() if isinstance(node.value, bool):
                return (self.state, None) if node.value else (None, self.state)
            case bound.Unary() if node.operator == "!" and not node.lifted:
                when_true, when_false = self.condition(node.operand)
                return when_false, when_true
            case bound.Logical():
                return self._logical(node)
            case bound.Conditional():
                return self._choice(node)
            case bound.Is():
                self.visit(node.operand)
                before = self.state
                variable = _pattern_variable(node.pattern)
                return (before | {variable} if before is not None and variable is not None else before), before
        self.visit(node)
        return self.state, self.state

    def _logical(self, node: bound.Logical) -> tuple[State, State]:
        """A chain leans to the left and is followed without recursion."""
        chain: list[bound.Logical] = []
        left: bound.Expression = node
        while isinstance(left, bound.Logical):
            chain.append(left)
            left = left.left
        when_true, when_false = self.condition(left)
        for one in reversed(chain):
            both = one.operator == "&&"
            self.state = when_true if both else when_false
            right_true, right_false = self.condition(one.right)
            when_true = right_true if both else _join(when_true, right_true)
            when_false = _join(when_false, right_false) if both else right_false
        return when_true, when_false

    def _choice(self, node: bound.Conditional) -> tuple[State, State]:
        when_true, when_false = self.condition(node.condition)
        self.state = when_true
        one_true, one_false = self.condition(node.when_true)
        self.state = when_false
        other_true, other_false = self.condition(node.when_false)
        return _join(one_true, other_true), _join(one_false, other_false)

    # Nodes

    def visit(self, node: bound.Bound) -> None:
        method = _VISITS.get(type(node))
        if method is not None:
            method(self, node)
            return
        for child in bound.children(node):
            self.visit(child)

    def visit_all(self, nodes: Iterable[bound.Bound]) -> None:
        for node in nodes:
            self.visit(node)

    def local(self, node: bound.Local) -> None:
        self.use(node)

    def branching(self, node: bound.Logical | bound.Is | bound.Unary) -> None:
        self.state = _join(*self.condition(node))

    def conditional(self, node: bound.Conditional) -> None:
        when_true, when_false = self.condition(node.condition)
        self.state = when_true
        self.visit(node.when_true)
        after, self.state = self.state, when_false
        self.visit(node.when_false)
        self.state = _join(after, self.state)

    def coalesce(self, node: bound.Coalesce) -> None:
        self.visit(node.left)
        before = self.state
        self.visit(node.right)
        self.state = before

    def conditional_access(self, node: bound.ConditionalAccess) -> None:
        self.visit(node.receiver)
        before = self.state
        self.visit(node.access)
        self.state = before

    def unsupported(self, node: bound.Unsupported | bound.UnsupportedStatement) -> None:
        # Reaching it ends the evaluation.
        self.state = None

    def throw(self, node: bound.Throw) -> None:
        self.visit(node.value)
        self.state = None

    def assignment(self, node: bound.Assign) -> None:
        target = node.target
        if isinstance(target, bound.Local):
            self.visit(node.value)
            self.assign(target.variable)
            return
        self.visit(target)
        self.visit(node.value)

    def call(self, node: bound.Call | bound.New | bound.FunctionCall | bound.DelegateCall) -> None:
        if isinstance(node, bound.Call) and node.receiver is not None:
            self.visit(node.receiver)
        if isinstance(node, bound.DelegateCall):
            self.visit(node.target)
        assigned = []
        for argument, mode in zip(node.arguments, node.modes, strict=True):
            if mode == "out" and isinstance(argument, bound.Local):
                assigned.append(argument.variable)
            else:
                self.visit(argument)
        for variable in assigned:
            self.assign(variable)

    def inner_function(self, node: bound.Lambda | bound.LocalFunction) -> None:
        state = self.state if isinstance(node, bound.Lambda) else frozenset()
        for function in (node.function, *node.function.instances.values()):
            if isinstance(function.body, bound.Bound):
                self.function(function, function.body, state)

    def method_delegate(self, node: bound.MethodDelegate) -> None:
        if node.receiver is not None:
            self.visit(node.receiver)

    # Statements

    def declare(self, node: bound.Declare) -> None:
        if node.value is not None:
            self.visit(node.value)
            self.assign(node.variable)
        elif self.state is not None:
            self.state -= {node.variable}

    def if_(self, node: bound.If) -> None:
        when_true, when_false = self.condition(node.condition)
        self.state = when_true
        self.visit(node.then)
        after, self.state = self.state, when_false
        if node.otherwise is not None:
            self.visit(node.otherwise)
        self.state = _join(after, self.state)

    def loop(self, node: bound.Loop) -> None:
        self.visit_all(node.initializers)
        self.breaks.append([])
        self.continues.append([])
        when_true: State = self.state
        when_false: State = None
        if not node.test_last and node.condition is not None:
            when_true, when_false = self.condition(node.condition)
        self.state = when_true
        self.visit(node.body)
        for state in self.continues.pop():
            self.state = _join(self.state, state)
        self.visit_all(node.incrementors)
        if node.test_last and node.condition is not None:
            _, when_false = self.condition(node.condition)
        self.state = when_false
        for state in self.breaks.pop():
            self.state = _join(self.state, state)

    def for_each(self, node: bound.ForEach) -> None:
        self.visit(node.collection)
        before = self.state
        self.assign(node.variable)
        self.visit_all(node.steps)
        self.breaks.append([])
        self.continues.append([])
        self.visit(node.body)
        self.breaks.pop()
        self.continues.pop()
        self.state = before

    def switch(self, node: bound.Switch) -> None:
        self.visit(node.value)
        before = self.state
        after: list[State] = []
        opened = open_sections(node)
        self.breaks.append(after)
        for index, section in enumerate(node.sections):
            entry: State = None
            for label in section.labels:
                self.state = before if index in opened else None
                variable = _pattern_variable(label.pattern)
                if variable is not None:
                    self.assign(variable)
                if label.when is not None:
                    self.state, _ = self.condition(label.when)
                entry = _join(entry, self.state)
            self.state = entry
            self.visit(section.body)
            after.append(self.state)
        self.breaks.pop()
        self.state = None if takes_everything(node) else before
        for state in after:
            self.state = _join(self.state, state)

    def jump(self, node: bound.Bound) -> None:
        if isinstance(node, bound.Break) and self.breaks:
            self.breaks[-1].append(self.state)
        elif isinstance(node, bound.Continue) and self.continues:
            self.continues[-1].append(self.state)
        elif isinstance(node, bound.Return | bound.ThrowStatement):
            if node.value is not None:
                self.visit(node.value)
            if isinstance(node, bound.Return):
                self.leave(node.syntax)
        self.state = None

    def labeled(self, node: bound.Labeled) -> None:
        # Where the jumps to a label come from is not followed: nothing is reported after it.
        self.state = None
        self.visit(node.statement)

    def try_(self, node: bound.Try) -> None:
        before = self.state
        self.visit(node.body)
        after = self.state
        for clause in node.catches:
            self.state = before
            if clause.variable is not None:
                self.assign(clause.variable)
            if clause.when is not None:
                self.state, _ = self.condition(clause.when)
            self.visit(clause.body)
            after = _join(after, self.state)
        self.state = after
        if node.final is not None:
            self.state = before
            self.visit(node.final)
            if self.state is None or after is None:
                self.state = None
            else:
                self.state = after | self.state

    def using(self, node: bound.Using) -> None:
        self.visit_all(node.declarations)
        self.visit(node.body)


def _outs(function: bound.Function) -> frozenset[bound.Variable]:
    if function.signature is None:
        return frozenset()
    pairs = zip(function.parameters, function.signature.parameters, strict=False)
    return frozenset(variable for variable, parameter in pairs if parameter.mode == "out")


def _pattern_variable(node: bound.Pattern | None) -> bound.Variable | None:
    return node.variable if isinstance(node, bound.TypePattern | bound.AnyPattern) else None


_VISITS: dict[type, Callable[[_Flow, Any], None]] = {
    bound.Local: _Flow.local,
    bound.Logical: _Flow.branching,
    bound.Is: _Flow.branching,
    bound.Conditional: _Flow.conditional,
    bound.Coalesce: _Flow.coalesce,
    bound.ConditionalAccess: _Flow.conditional_access,
    bound.Throw: _Flow.throw,
    bound.Unsupported: _Flow.unsupported,
    bound.UnsupportedStatement: _Flow.unsupported,
    bound.Assign: _Flow.assignment,
    bound.Call: _Flow.call,
    bound.New: _Flow.call,
    bound.FunctionCall: _Flow.call,
    bound.DelegateCall: _Flow.call,
    bound.Lambda: _Flow.inner_function,
    bound.LocalFunction: _Flow.inner_function,
    bound.MethodDelegate: _Flow.method_delegate,
    bound.Declare: _Flow.declare,
    bound.If: _Flow.if_,
    bound.Loop: _Flow.loop,
    bound.ForEach: _Flow.for_each,
    bound.Switch: _Flow.switch,
    bound.Break: _Flow.jump,
    bound.Continue: _Flow.jump,
    bound.Goto: _Flow.jump,
    bound.GotoCase: _Flow.jump,
    bound.Return: _Flow.jump,
    bound.ThrowStatement: _Flow.jump,
    bound.Labeled: _Flow.labeled,
    bound.Try: _Flow.try_,
    bound.Using: _Flow.using,
}
