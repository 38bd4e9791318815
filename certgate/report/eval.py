"""``certgate eval``: one expression's answer for people and for machines. The value first, then what it rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.core.excerpt import visible
from certgate.core.value import frozen
from certgate.csharp.grounds import COMPARISONS, subexpressions
from certgate.report.evidence import asked_for
from certgate.report.json_ import tree as json_tree
from certgate.report.page import Page, Piece, Style, fit, one_line, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.core.finding import Finding
    from certgate.csharp.trace import Trace
    from certgate.result import ExpressionCase

COLUMN = 12
"""Where the texts beside labels begin."""

MOST_LINES = 400
"""How many sub-expressions a page shows."""

MOST_PROBLEMS = 100

_NAMESPACE = r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])"


# -- for machines ----------------------------------------------------------------------------------


def to_json(case: ExpressionCase) -> dict[str, Any]:
    """What one line of ``certgate eval -`` says besides its id: the value with its type, or why there is none."""
    answer = case.answer
    document: dict[str, Any]
    if answer.diagnostics:
        document = _not_savable(case)
    elif answer.exception is not None:
        document = {"exception": answer.exception, "message": _message(case)}
    elif answer.unsupported is not None:
        document = {"unsupported": answer.unsupported}
    elif answer.undecided is not None:
        document = {"undecided": answer.undecided}
        document |= {"wanted": list(answer.wanted), "settle": list(answer.settle)} if answer.settle else {}
    else:
        document = {"type": answer.type, "value": answer.shown}
    if notes := _notes(case):
        document["warnings"] = notes
    if answer.trace is not None:
        document["trace"] = json_tree(answer.trace)
    return document


def _not_savable(case: ExpressionCase) -> dict[str, Any]:
    diagnostics = case.answer.diagnostics
    refused = next((each.message for each in diagnostics if each.kind == "refused"), None)
    errors = [each for each in diagnostics if each.kind == "compile"][:MOST_PROBLEMS]
    if refused is not None and not errors:
        return {"refused": refused}
    rows = []
    for each in errors:
        line, column = case.typed.recorded(each.start, each.end)
        rows.append({"code": each.code, "message": each.message, "line": line, "column": column})
    return {"compile": rows}


def _message(case: ExpressionCase) -> str:
    return case.problems[0].message.removeprefix(f"{case.answer.exception}: ")


def _notes(case: ExpressionCase) -> list[str]:
    answer = case.answer
    findings = [f"{each.message}; {each.hint}" if each.hint else each.message for each in case.typed.notes]
    return list(dict.fromkeys([*(each.message for each in answer.cautions), *answer.notes, *findings]))


# -- for people ------------------------------------------------------------------------------------


def to_page(case: ExpressionCase, columns: int = 80, *, trace: bool = False) -> Page:
    """The page of a value, of an exception, or of why nobody knows; `trace` adds the tree of sub-expressions."""
    page = Page(columns)
    answer = case.answer
    problems = case.problems
    if problems:
        _problem(page, problems[0], Style.BAD if answer.exception is not None else Style.OPEN)
        _open(page, case)
    else:
        # A secret is masked as a whole.
        value, kind = answer.shown if isinstance(answer.shown, tuple) else (answer.shown, "")
        _value(page, value, _type(kind, answer.static_type))
    tree = answer.trace
    if tree is not None and answer.exception is not None:
        _null(page, tree)
    if tree is not None and trace:
        _tree(page, tree)
    for note in _notes(case):
        page.entry("note", note, indent=0, column=COLUMN - 2, style=Style.FAINT)
    return page


def short_type(full_name: str) -> str:
    """A type's C# name without namespaces."""
    return re.sub(_NAMESPACE, "", full_name)


def _type(kind: str, static: str | None) -> str:
    """The run-time type, and the one that C# gave the expression where that is another."""
    declared = short_type(static) if static else kind
    if kind in ("", declared):
        return declared
    return f"{kind} (as {declared})"


def _value(page: Page, value: str, kind: str) -> None:
    """The value, and its type at the right where there is room."""
    lines = value.split("\n")
    gap = page.width - width(lines[0]) - width(kind)
    if gap >= 2:
        page.add(lines[0], " " * gap, Piece(kind, Style.FAINT))
        lines = lines[1:]
    else:
        lines.append(" " * max(2, page.width - width(kind)) + kind)
    for line in lines:
        page.add(line)


def _problem(page: Page, problem: Finding, style: Style) -> None:
    for line in wrap(visible(problem.message), page.width):
        page.add(Piece(line, style))
    if problem.place is not None:
        page.add(Piece(f"  {problem.place}", Style.LABEL))
        page.excerpt(problem.place)


def _open(page: Page, case: ExpressionCase) -> None:
    """What would settle it."""
    answer = case.answer
    asked_for(page, answer.wanted, answer.settle, COLUMN)
    page.items("settle it", answer.settle, column=COLUMN)
    if answer.unsupported is not None:
        page.entry("see", "certgate list types, certgate list members TYPE: what certgate has", column=COLUMN)


def _null(page: Page, tree: Trace) -> None:
    for each in subexpressions(tree):
        if each.null_at:
            page.entry("because", f"{one_line(each.text)}   is null", column=COLUMN)


# -- the tree --------------------------------------------------------------------------------------


@frozen
class _Row:
    """One line of the tree; `below` leads a line that goes on with it."""

    lead: str
    below: str
    trace: Trace


def _tree(page: Page, trace: Trace) -> None:
    """A line for each sub-expression below the whole: its text, its value, and what is remarkable about it."""
    rows = list(_rows(trace, ""))
    widest = max((width(row.lead) + width(one_line(row.trace.text)) for row in rows), default=0)
    column = min(widest, max(16, page.width * 3 // 5)) + 2
    for row in rows[:MOST_LINES]:
        _line(page, row, column)
    if len(rows) > MOST_LINES:
        page.add(Piece(f"… and {len(rows) - MOST_LINES} more", Style.FAINT))


def _line(page: Page, row: _Row, column: int) -> None:
    text = fit(one_line(row.trace.text), max(12, column - 2 - width(row.lead)))
    value, style = _said(row.trace)
    if not value:
        page.add(row.lead, text)
        return
    gap = max(2, column - width(row.lead) - width(text))
    used = width(row.lead) + width(text) + gap
    value, remark = fit(value, max(12, page.width - used)), _remark(row.trace)
    if not remark or used + width(value) + 3 + width(remark) <= page.width:
        page.add(row.lead, text, " " * gap, Piece(value, style), Piece(f"   {remark}" if remark else "", Style.FAINT))
        return
    page.add(row.lead, text, " " * gap, Piece(value, style))
    page.add(row.below, " " * max(0, column - width(row.below)), Piece(remark, Style.FAINT))


def _rows(trace: Trace, lead: str) -> Iterator[_Row]:
    children = list(_children(trace))
    for at, child in enumerate(children):
        is_last = at == len(children) - 1
        inner = lead + ("  " if is_last else "│ ")
        yield _Row(lead + ("└ " if is_last else "├ "), inner + ("│" if any(_children(child)) else ""), child)
        yield from _rows(child, inner)


def _children(trace: Trace) -> Iterator[Trace]:
    """The sub-expressions that say something; what is inside of others comes up in their place."""
    for child in trace.children:
        if child.kind == "literal":
            if trace.kind in COMPARISONS and child.text.endswith('"'):
                yield child
        elif _is_silent(trace, child):
            yield from _children(child)
        else:
            yield child


def _is_silent(trace: Trace, child: Trace) -> bool:
    """Whether a line would only repeat its parent's, or would show a type's name for a value."""
    if child.skipped or child.exception is not None or child.null_at:
        return False
    value = child.value or ""
    repeats = (child.start, child.end) == (trace.start, trace.end) or child.kind == "parenthesized"
    continues = child.text.startswith((".", "[")) and trace.kind == "?."
    only_type = value == child.static_type or (value.startswith("System.") and "`" in value)
    return repeats or continues or only_type


def _said(trace: Trace) -> tuple[str, Style]:
    if trace.skipped:
        return "not read", Style.FAINT
    if trace.exception is not None:
        # Its message stands above the tree; where it came from is the innermost line that throws.
        inner = any(child.exception is not None for child in trace.children)
        return "throws" if inner else f"throws {short_type(trace.exception.partition(':')[0])}", Style.BAD
    if trace.kind == "literal":
        return "", Style.PLAIN
    return visible(trace.value or ""), Style.BAD if trace.null_at else Style.PLAIN


def _remark(trace: Trace) -> str:
    if trace.kind == "/" and trace.static_type in ("int", "long", "uint", "ulong"):
        sides = [child.value or "" for child in trace.children]
        digits = [int(side) for side in sides if side.removeprefix("-").isdigit()]
        if len(digits) == 2 and digits[1] and digits[0] % digits[1]:
            return f"{trace.static_type}: the division drops the fraction"
    return ""
