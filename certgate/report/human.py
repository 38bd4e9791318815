"""``certgate validate`` for people: the answer first, then what decided it, then why, then what to do."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from certgate.core.excerpt import visible
from certgate.csharp.grounds import COMPARISONS, Ground, grounds
from certgate.gateway.outcome import Decision
from certgate.report.chain import REVOCATION_FLAGS, chain, short_name
from certgate.report.evidence import asked_for, evidence
from certgate.report.messages import asked, in_row, sent
from certgate.report.page import Page, Piece, Style, fit, one_line, width

if TYPE_CHECKING:
    from certgate.core.source import Place
    from certgate.csharp.trace import Trace
    from certgate.gateway.outcome import Evaluated, LastError, Outcome, Step
    from certgate.result import Case, Report

STYLES = {Decision.ACCEPTED: Style.GOOD, Decision.REJECTED: Style.BAD, Decision.UNDECIDED: Style.OPEN}
MARKS = {Decision.ACCEPTED: "✓", Decision.REJECTED: "✗", Decision.UNDECIDED: "?"}
COLUMN = 12
"""Where the texts beside labels begin."""
_VERIFY = r"context\.Request\.Certificate\??\.Verify(NoRevocation)?\(\)"
_LONGEST_LABEL = 20
"""Columns of an answer that may stand before its text, although other labels are shorter."""


def validate(report: Report, columns: int = 80, *, steps: bool = False) -> Page:
    """The page of a report. Several certificates: a line each, then the details of those not accepted, then counts."""
    page = Page(columns)
    if len(report.cases) == 1:
        _details(page, report.cases[0], report, steps)
    else:
        _several(page, report, steps)
    _noted(page, report)
    return page


def _several(page: Page, report: Report, steps: bool) -> None:
    page.rows([_row(case) for case in report.cases])
    for case in report.cases:
        if case.outcome.decision is not Decision.ACCEPTED or case.unmet or steps:
            page.blank()
            _details(page, case, report, steps)
    page.blank()
    counts = Counter(case.outcome.decision for case in report.cases)
    page.add(" · ".join(f"{counts[decision]} {decision}" for decision in Decision if counts[decision]))


def _noted(page: Page, report: Report) -> None:
    """What had to be decided about the policies in force; how many notes there are on them, and what shows those."""
    page.blank()
    for note in report.notes:
        if note.place is None:
            page.entry("note", note.message, column=COLUMN)
    placed = [note.place.file for note in report.notes if note.place]
    if placed:
        files = " ".join(dict.fromkeys(placed))
        text = f"{len(placed)} note{'s' if len(placed) > 1 else ''} on the policy: certgate check {files}"
        page.paragraph(text, indent=2, hang=2, style=Style.FAINT)


def _row(case: Case) -> list[str | Piece]:
    """One case of several: mark, status with the gateway's own reason code or the phrase, request, certificate."""
    outcome = case.outcome
    code = outcome.last_error.reason if outcome.last_error else ""
    said = f"{outcome.status} {code}" if code and outcome.status else answer(outcome)
    head = Piece(f"{MARKS[outcome.decision]} {said}", STYLES[outcome.decision])
    which = [in_row(case.request)] if case.request else []
    if case.client is None:
        return [head, *which, "no certificate", ""]
    return [head, *which, case.client.source, short_name(case.client.subject)]


def answer(outcome: Outcome) -> str:
    """The answer in one phrase: ``403 Invalid client certificate``; ``?`` where it is not known."""
    if outcome.status is None:
        return "?"
    return f"{outcome.status} {visible(outcome.reason)}" if outcome.reason else str(outcome.status)


def _details(page: Page, case: Case, report: Report, steps: bool) -> None:
    outcome = case.outcome
    _headline(page, case)
    if case.request:
        asked(page, case.request, report.now, COLUMN)
    if case.unmet:
        page.add(Piece(f"  expectation not met: {case.unmet}", Style.BAD))
    page.blank()
    match outcome.decision:
        case Decision.UNDECIDED:
            _open(page, outcome)
        case Decision.ACCEPTED if outcome.decided_by is None:
            page.paragraph(f"no policy stopped the request: {_tally(outcome)}", indent=2, hang=2)
        case _:
            _decided(page, outcome)
    if outcome.verdict and outcome.verdict.elements:
        page.blank()
        chain(page, outcome.verdict)
        if steps:
            evidence(page, outcome.verdict)
    page.blank()
    for note in outcome.verdict.notes if outcome.verdict else ():
        page.entry("note", note, column=COLUMN, style=Style.FAINT)
    for assumption in outcome.assumptions:
        page.entry("assumed", f"{assumption.text} [{assumption.id}]", column=COLUMN, style=Style.FAINT)
    page.blank()
    for hint in outcome.hints:
        page.entry("try", hint, column=COLUMN)
    if steps:
        _steps(page, outcome)
        sent(page, outcome, COLUMN)


def _headline(page: Page, case: Case) -> None:
    """The answer and, at column 48 where it fits, the caller; else on a line of its own."""
    head = f"{answer(case.outcome)} — {case.outcome.decision}"
    who = _who(case, page.width - 2)
    at = max(48, width(head) + 2)
    if at + width(who) > page.width:
        at = width(head) + 2
    if at + width(who) <= page.width:
        page.add(Piece(head, STYLES[case.outcome.decision]), " " * (at - width(head)), who)
    else:
        page.paragraph(head, hang=2, style=STYLES[case.outcome.decision])
        page.add("  ", who)


def _who(case: Case, room: int) -> str:
    if case.client is None:
        return "no certificate"
    return fit(f"{case.client.source}  {visible(case.client.subject)}", max(20, room))


def _tally(outcome: Outcome) -> str:
    """What stood in the way and let the request through: ``1 choose, 0 of 1 conditions true``."""
    gates = Counter(step.element for step in outcome.steps)
    conditions = [item for step in outcome.steps if step.element == "choose" for item in step.expressions]
    parts = [f"{count} {name}" for name, count in gates.items()]
    if conditions:
        parts.append(f"{sum(item.value == 'true' for item in conditions)} of {len(conditions)} conditions true")
    return ", ".join(parts) or "it holds no policy that could"


def _decided(page: Page, outcome: Outcome) -> None:
    by = outcome.decided_by
    if by is None:
        return
    _located(page, 2, by.place, _path(by.path))
    condition = _condition(outcome)
    page.excerpt(condition.focus or condition.place if condition else by.place)
    if outcome.last_error:
        page.entry("because", _error(outcome.last_error), column=COLUMN)
    if condition:
        _because(page, condition, outcome)


def _located(page: Page, indent: int, place: Place, text: str) -> None:
    """A place and what is there, below it where both do not fit on a line."""
    lead = Piece(f"{' ' * indent}{place}", Style.LABEL)
    if width(lead.text) + 2 + width(text) <= page.width:
        page.add(lead, f"  {text}")
    else:
        page.add(lead)
        page.paragraph(text, indent=indent + 2, hang=2)


def _path(path: str) -> str:
    """``choose[1]/when[2]/set-body[1]`` as ``choose › when[2] › set-body``: a first one needs no number."""
    parts = (part if part.startswith("when[") else part.removesuffix("[1]") for part in path.split("/"))
    return " › ".join(parts)


def _error(error: LastError) -> str:
    return ": ".join(visible(part) for part in (error.reason, error.message) if part)


def _condition(outcome: Outcome) -> Evaluated | None:
    """The expression that led to what decided: the last one that ran in the policy or in one around it."""
    by = outcome.decided_by
    if by is None:
        return None
    around = [
        step.expressions[-1]
        for step in outcome.steps
        if step.expressions and step.place.file == by.place.file and _within(by.path, step)
    ]
    return around[-1] if around else None


def _within(path: str, step: Step) -> bool:
    return path == step.path or path.startswith(f"{step.path}/")


def _because(page: Page, evaluated: Evaluated, outcome: Outcome) -> None:
    if evaluated.trace is None:
        value = evaluated.exception or evaluated.value or ""
        page.entry("because", f"{one_line(evaluated.text)}   is {visible(value)}", column=COLUMN)
        return
    said = False
    for ground in grounds(evaluated.trace):
        if ground.skipped_after:
            page.entry(
                "not read",
                f"{one_line(ground.trace.text)}   (after {_ended(ground)})",
                column=COLUMN,
                style=Style.FAINT,
            )
            continue
        page.entry("because" if not said else "and", _stated(ground.trace), column=COLUMN)
        _sides(page, ground, outcome)
        said = True


def _ended(ground: Ground) -> str:
    return "a true ||" if ground.skipped_after == "||" else "a false &&"


def _stated(trace: Trace) -> str:
    if trace.exception is not None:
        return f"{one_line(trace.text)}   throws {visible(trace.exception)}"
    return f"{one_line(trace.text)}   is {visible(trace.value or '')}"


def _sides(page: Page, ground: Ground, outcome: Outcome) -> None:
    """What stood on each side of a comparison, or under a ``!``; and why Verify() said what it said."""
    for side in ground.sides:
        if side.kind not in {"literal", "parenthesized"} or ground.trace.kind not in COMPARISONS:
            text = one_line(side.text)
            page.entry("", f"{text} is {visible(side.value or '')}{_flags(side, outcome)}", column=COLUMN + 2)


def _flags(side: Trace, outcome: Outcome) -> str:
    """The flags behind a ``Verify()`` or ``VerifyNoRevocation()`` of the client's certificate that is false."""
    asked = re.fullmatch(_VERIFY, "".join(side.text.split()))
    if asked is None or side.value != "false" or outcome.verdict is None:
        return ""
    passed_over = REVOCATION_FLAGS if asked[1] else ()
    flags = ", ".join(flag for flag in outcome.verdict.status if flag not in passed_over)
    return f": {flags}" if flags else ""


def _open(page: Page, outcome: Outcome) -> None:
    why = outcome.open
    if why is None:
        return
    if why.place:
        page.add(Piece(f"  {why.place}", Style.LABEL))
        page.excerpt(why.place)
    page.entry("open", why.message, column=COLUMN)
    asked_for(page, why.wanted, why.settle, COLUMN)
    beside = all(width(way.given) <= _LONGEST_LABEL for way in why.ways)
    for way in why.ways:
        status = f"{way.status} {way.reason or ''}".rstrip() if way.status is not None else "?"
        label, text = (f"if {visible(way.given)}", status) if beside else ("if", f"{way.given}: {status}")
        page.entry(label, text, column=COLUMN)
    page.items("settle it", why.settle, column=COLUMN)


def _steps(page: Page, outcome: Outcome) -> None:
    page.blank()
    page.add(Piece("  steps", Style.LABEL))
    for step in outcome.steps:
        _located(page, 4, step.place, f"{step.scope}  {_path(step.path)}")
        if step.effect:
            page.entry("", one_line(step.effect), column=8)
        for evaluated in step.expressions:
            if evaluated.trace:
                tree(page, evaluated.trace, 8)
            else:
                value = evaluated.exception or evaluated.value or ""
                page.entry("", f"{one_line(evaluated.text)}  =  {visible(value)}", column=8)


def tree(page: Page, trace: Trace, indent: int, lead: str = "") -> None:
    """The explain tree of one expression, a line for each sub-expression that is no literal."""
    value = "not read" if trace.skipped else trace.exception or trace.value or ""
    room = page.width - indent - width(lead) - 4
    text, shown = fit(one_line(trace.text), max(16, room * 2 // 3)), visible(value)
    style = Style.BAD if trace.exception else Style.FAINT if trace.skipped else Style.PLAIN
    page.add(" " * indent, lead, text, "  ", Piece(fit(shown, max(16, room - width(text))), style))
    inner = lead.replace("├ ", "│ ").replace("└ ", "  ")
    children = [child for child in trace.children if child.kind != "literal"]
    for i, child in enumerate(children):
        tree(page, child, indent, inner + ("└ " if i == len(children) - 1 else "├ "))
