"""Runs the typed tree with every sub-expression noted: one evaluation gives the value and the explain tree of it.

The second compile of the same tree: the ordinary code carries nothing for it. Both charge the same, so they end alike;
what the tree shows of the values is paid from a budget of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, syntax, types
from certgate.csharp.compiler import compile_function
from certgate.csharp.compiler.core import EVALUATION
from certgate.csharp.display import SHOWING, shown
from certgate.csharp.runtime import TOO_DEEP, Budget, BudgetExceeded, Evaluation, ThrownException, UnsupportedReached
from certgate.csharp.trace import Explained, Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.compiler.core import Code, Frame

MAX_ENTRIES = 2_000
"""How many sub-expressions one tree shows; a loop is cut there."""

MAX_LEVELS = 100
"""How many levels it shows: of a longer chain of calls, the last ones."""

_SHORT = bound.Logical | bound.Conditional | bound.Coalesce | bound.ConditionalAccess


class _Entry:
    """One evaluation of one node."""

    __slots__ = ("children", "error", "is_null", "node", "null_at", "shown")

    def __init__(self, node: bound.Expression) -> None:
        self.node = node
        self.children: list[_Entry] = []
        self.is_null = False
        self.shown: str | None = None
        self.error: Exception | None = None
        self.null_at = False


class _Recorder:
    """The entries of one run. `top` is the one being evaluated, None at the outermost level."""

    __slots__ = ("budget", "count", "level", "roots", "top")

    def __init__(self) -> None:
        self.budget = Budget(SHOWING)
        self.level = 0
        self.top: _Entry | None = None
        self.roots: list[_Entry] = []
        self.count = 0


def tracing(function: bound.Function, text: str, static_type: str | None) -> Callable[[Evaluation], Explained | None]:
    """A function that makes an evaluation and the tree of it; the root stands for the whole text.

    It gives None where noting the parts took it deeper than Python goes: the ordinary code may still come to an end.
    """
    run = compile_function(function, _wrap)

    def explain(evaluation: Evaluation) -> Explained | None:
        recorder = _Recorder()
        evaluation.recorder = recorder
        value, error = None, None
        try:
            value = run(evaluation)
        except (ThrownException, UnsupportedReached, BudgetExceeded) as raised:
            error = raised
            if isinstance(raised, BudgetExceeded) and raised.message == TOO_DEEP:
                return None
        # A lambda of it that is called later notes nothing.
        recorder.count = MAX_ENTRIES
        root = shown(value, recorder.budget) if error is None else None
        return Explained(value, error, _root(function, text, static_type or "", recorder.roots, root, error))

    return explain


def _root(
    function: bound.Function,
    text: str,
    static_type: str,
    entries: list[_Entry],
    value: str | None,
    error: Exception | None,
) -> Trace:
    children = tuple(_trace(entry, text) for entry in entries)
    if isinstance(function.body, bound.Expression) and len(children) == 1:
        return children[0]
    start, end = function.syntax.start, function.syntax.end
    kind = "block" if isinstance(function.syntax, syntax.Block) else "expression"
    return Trace(text[start:end], start, end, kind, static_type, value, _text(error), children=children)


def _text(error: Exception | None) -> str | None:
    return None if error is None else str(error)


def _is_shown(node: bound.Expression) -> bool:
    """Whether a node is one that a person wrote: not an implicit conversion, not a place for an intermediate value."""
    match node:
        case bound.Convert():
            return isinstance(node.syntax, syntax.Cast)
        case bound.Local():
            return node.variable.kind != "temporary"
    return True


def _wrap(node: bound.Expression, code: Code) -> Code:
    if not _is_shown(node):
        return code

    def run(frame: Frame) -> Any:
        recorder = frame[EVALUATION].recorder
        if recorder.count >= MAX_ENTRIES or recorder.level >= MAX_LEVELS:
            return code(frame)
        recorder.count += 1
        recorder.level += 1
        entry = _Entry(node)
        outer = recorder.top
        (recorder.roots if outer is None else outer.children).append(entry)
        recorder.top = entry
        try:
            value = code(frame)
            entry.is_null = value is None
            entry.shown = "void" if node.type is types.VOID else shown(value, recorder.budget)
            return value
        except (ThrownException, UnsupportedReached, BudgetExceeded) as error:
            entry.error = error
            _mark_null(entry, error)
            raise
        finally:
            recorder.top = outer
            recorder.level -= 1

    return run


def _mark_null(entry: _Entry, error: Exception) -> None:
    """Mark the operand whose null was dereferenced, where the error began at this entry."""
    if not isinstance(error, ThrownException) or error.type_name != "System.NullReferenceException":
        return
    if any(child.error is error for child in entry.children):
        return
    receiver = _written(_receiver(entry.node))
    for child in entry.children:
        if child.node is receiver and child.error is None and child.is_null:
            child.null_at = True


def _receiver(node: bound.Expression) -> bound.Expression | None:
    match node:
        case bound.Call() | bound.Property() | bound.Indexer() | bound.Item():
            return node.receiver
        case bound.Element() | bound.ArrayLength():
            return node.array
        case bound.DelegateCall():
            return node.target
        case bound.Convert():
            return node.operand
    return None


def _written(node: bound.Expression | None) -> bound.Expression | None:
    """The node inside implicit conversions."""
    while isinstance(node, bound.Convert) and not _is_shown(node):
        node = node.operand
    return node


def _trace(entry: _Entry, text: str) -> Trace:
    node = entry.node
    children = [_trace(child, text) for child in entry.children]
    if isinstance(node, _SHORT):
        children += _skipped(node, entry, text)
        children.sort(key=lambda child: child.start)
    start, end = node.syntax.start, node.syntax.end
    static_type = "" if node.type is types.UNKNOWN else node.type.display
    return Trace(
        text[start:end],
        start,
        end,
        kind_of(node),
        static_type,
        entry.shown,
        _text(entry.error),
        False,
        entry.null_at,
        tuple(children),
    )


def _skipped(node: bound.Expression, entry: _Entry, text: str) -> list[Trace]:
    """The operands that were not evaluated."""
    seen = {child.node for child in entry.children}
    found = []
    for child in bound.row(node) if isinstance(node, bound.Logical) else bound.children(node):
        inner = _written(child) if isinstance(child, bound.Expression) else None
        if inner is not None and inner not in seen and _is_shown(inner) and not isinstance(inner, bound.Constant):
            start, end = inner.syntax.start, inner.syntax.end
            found.append(Trace(text[start:end], start, end, kind_of(inner), inner.type.display, skipped=True))
    return found


_KINDS: dict[type, str] = {
    bound.Property: "member",
    bound.ArrayLength: "member",
    bound.Item: "member",
    bound.Call: "call",
    bound.FunctionCall: "call",
    bound.DelegateCall: "call",
    bound.Indexer: "index",
    bound.Element: "index",
    bound.Local: "variable",
    bound.Global: "variable",
    bound.Lambda: "lambda",
    bound.MethodDelegate: "method",
    bound.Interpolated: "interpolation",
    bound.New: "new",
    bound.Initialized: "new",
    bound.NewArray: "new",
    bound.NewObject: "new",
    bound.Conditional: "?:",
    bound.Coalesce: "??",
    bound.ConditionalAccess: "?.",
    bound.As: "as",
    bound.Is: "is",
    bound.Convert: "cast",
    bound.TypeOf: "typeof",
    bound.Default: "default",
    bound.Throw: "throw",
    bound.Unsupported: "unsupported",
}


def kind_of(node: bound.Expression) -> str:
    """The kind of a node for the tree: the operator's sign, or a word."""
    written = node.syntax
    if isinstance(written, syntax.Binary | syntax.Unary | syntax.Assignment | syntax.Postfix):
        return written.operator
    if isinstance(node, bound.Constant):
        return "literal" if isinstance(written, syntax.Literal) else "constant"
    return _KINDS.get(type(node), "expression")
