"""Why a condition came out as it did: the sub-expressions that mattered, picked from the explain tree.

A true ``||`` rests on its one true operand, a false one on all of them; ``&&`` the other way round. What was not read
after the answer was clear is named too. Knows the tree only, not what its members mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.trace import Trace

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_SHORT_CIRCUITS = {"||": "true", "&&": "false"}
"""The operator and the value of an operand that ends it."""


@frozen
class Ground:
    """One sub-expression that mattered. `skipped_after`: the operator whose answer was clear before it was read."""

    trace: Trace
    skipped_after: str = ""

    @property
    def sides(self) -> tuple[Trace, ...]:
        """The two sides of a comparison, the operand of ``!``; nothing for anything else."""
        if self.trace.kind in COMPARISONS or self.trace.kind == "!":
            return self.trace.children
        return ()


def grounds(trace: Trace) -> Iterator[Ground]:
    """The grounds of a value, in the order of the text."""
    if trace.exception is not None:
        yield Ground(thrower(trace))
        return
    ending = _SHORT_CIRCUITS.get(trace.kind)
    if ending is None:
        only = trace.children[0] if len(trace.children) == 1 else None
        if only is not None and trace.kind == "parenthesized":
            yield from grounds(only)
        else:
            yield Ground(trace)
        return
    operands = list(_operands(trace, trace.kind))
    ended = trace.value == ending
    for operand in operands:
        if operand.skipped:
            yield Ground(operand, trace.kind)
        elif not ended or operand.value == ending:
            yield from grounds(operand)


def thrower(trace: Trace) -> Trace:
    """The innermost sub-expression that the exception came from."""
    for child in trace.children:
        if child.exception is not None:
            return thrower(child)
    return trace


def focus(trace: Trace) -> Trace:
    """The first sub-expression that the value rests on."""
    return next((ground.trace for ground in grounds(trace) if not ground.skipped_after), trace)


def _operands(trace: Trace, kind: str) -> Iterator[Trace]:
    """The operands of a chain of one operator, from left to right."""
    for child in trace.children:
        if child.kind == kind and not child.skipped:
            yield from _operands(child, kind)
        else:
            yield child


def subexpressions(trace: Trace) -> Iterator[Trace]:
    """Every sub-expression that was read, outer before inner."""
    if not trace.skipped:
        yield trace
        for child in trace.children:
            yield from subexpressions(child)
