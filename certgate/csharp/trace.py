"""The explain tree: what every sub-expression of one evaluation gave. Values only; offsets are into its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen

if TYPE_CHECKING:
    from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached


@frozen
class Trace:
    """One sub-expression: `text` is its source text, ``[start, end)`` its place in the expression's text.

    `kind` is the node's kind (``||``, ``&&``, ``!``, ``==``, ``member``, ``call``, ``index``, ``literal``, …). Exactly
    one of `value` (as C# would write it; ``void`` of a call that gives none), `exception`
    (``System.NullReferenceException: message``) and `skipped` says how it went.
    `static_type` is its C# type. `null_at` marks the operand whose null was dereferenced.
    """

    text: str
    start: int
    end: int
    kind: str
    static_type: str = ""
    value: str | None = None
    exception: str | None = None
    skipped: bool = False
    null_at: bool = False
    children: tuple[Trace, ...] = ()


@frozen
class Explained:
    """One evaluation: its `value`, or the `error` that ended it, and the tree, where one was made."""

    value: Any = None
    error: ThrownException | UnsupportedReached | BudgetExceeded | None = None
    trace: Trace | None = None
