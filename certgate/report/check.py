"""``certgate check`` for people and as JSON: what would not be saved, file by file, then notes, then counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from certgate.core.excerpt import visible
from certgate.gateway.checked import TEMPLATE
from certgate.report.json_ import Document, dump
from certgate.report.page import Page, Piece, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.core.finding import Finding
    from certgate.gateway.checked import CheckedFile
    from certgate.result import CheckReport

KINDS = ("policy", "fragment", "snippet", TEMPLATE)
_PLURALS = {"policy": "policies"}
_SEVERAL = 3
"""Notes of one code that are shown of a file; of more the first is, and how many there are."""


def json_(report: CheckReport) -> str:
    return dump({"schema": "certgate/check/1", "files": list(map(_file, report.files))})


def _file(checked: CheckedFile) -> Document:
    return {
        "file": checked.file,
        "kind": checked.kind,
        "problems": list(map(_finding, checked.problems)),
        "notes": list(map(_finding, checked.notes)),
    }


def _finding(finding: Finding) -> Document:
    place = finding.place
    return {
        "code": finding.code,
        "message": finding.message,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
        "hint": finding.hint,
        "gateway": finding.words,
    }


def human(report: CheckReport, columns: int = 80) -> Page:
    page = Page(columns)
    for checked in report.files:
        if checked.problems:
            page.blank()
            page.paragraph(_headline(checked), hang=2, style=Style.BAD)
            for problem in checked.problems:
                page.blank()
                _problem(page, problem)
    noted = [checked for checked in report.files if checked.notes]
    if noted:
        page.blank()
        page.add("notes")
        for checked in noted:
            _notes(page, checked)
    if first := next((problem for each in report.files for problem in each.problems), None):
        page.blank()
        page.paragraph(f"what a code means: certgate explain {first.code}", style=Style.FAINT)
    page.blank()
    page.paragraph(_summary(report), style=Style.BAD if report.exit_code else Style.GOOD)
    return page


def _headline(checked: CheckedFile) -> str:
    if checked.kind is None:
        return f"{checked.file} cannot be read"
    return f"{checked.file} has {_count(len(checked.problems), 'problem')}; the gateway would refuse to save it"


def _problem(page: Page, problem: Finding) -> None:
    """Place, code and message; the line with a caret and the hint; the gateway's own words where they say it
    otherwise."""
    page.placed(f"{problem.place or ''}  {problem.code}", problem.message)
    hint = problem.hint
    found = problem.place.excerpt(max(20, page.width - 12)) if problem.place else None
    if found and problem.place:
        number = str(problem.place.line)
        page.lines.append((Piece(f"    {number} │ ", Style.FAINT), Piece(found[0])))
        beside = bool(hint) and len(found[1]) + len(hint or "") + len(number) + 8 <= page.width
        carets = Piece(found[1], Style.CARET), Piece(f" {visible(hint or '')}" if beside else "")
        page.lines.append((Piece(f"    {' ' * len(number)} │ ", Style.FAINT), *carets))
        hint = None if beside else hint
    if hint:
        page.paragraph(hint, indent=4)
    if problem.words and not problem.words.endswith(f": {problem.message}"):
        page.entry("gateway", problem.words, indent=4, column=13, style=Style.FAINT)


def _notes(page: Page, checked: CheckedFile) -> None:
    counts = Counter(note.code for note in checked.notes)
    seen: Counter[str] = Counter()
    for note in checked.notes:
        seen[note.code] += 1
        more = counts[note.code] - 1 if counts[note.code] > _SEVERAL else 0
        if not more or seen[note.code] == 1:
            rest = f", and {more} more like it" if more else ""
            page.placed(f"{note.place or checked.file}  {note.code}", f"{note.message}{rest}", indent=2)


def _summary(report: CheckReport) -> str:
    kinds = Counter(checked.kind for checked in report.files)
    checked = [_count(kinds[kind], kind) for kind in KINDS if kinds[kind]]
    faulty = [each for each in report.files if each.problems]
    if faulty:
        problems = _count(sum(len(each.problems) for each in faulty), "problem")
        verdict = f"{problems} in {_count(len(faulty), 'file')}"
    else:
        verdict = "all would be saved" if checked else "nothing to save"
    parts = [f"{verdict}: {', '.join(checked)}" if checked else verdict]
    if notes := sum(len(each.notes) for each in report.files):
        parts.append(_count(notes, "note"))
    if others := _without(report.files):
        parts.append(f"{_count(others, 'file')} without a policy")
    return " · ".join(parts)


def _without(files: Iterable[CheckedFile]) -> int:
    return sum(1 for each in files if each.kind is None and not each.problems)


def _count(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else _PLURALS.get(what, what + 's')}"
