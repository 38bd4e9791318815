"""``certgate explain``: what a code means, for people and as JSON; or all codes, a line each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from certgate.explanations import KINDS
from certgate.report.json_ import dump
from certgate.report.page import Page, Piece, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.explanations import Explanation

_COLUMN = 10


def to_json(found: Sequence[Explanation]) -> str:
    codes = [
        {
            "code": each.code,
            "kind": each.kind,
            "means": each.means,
            "why": each.why or None,
            "do": each.do or None,
            "source": each.source or None,
        }
        for each in found
    ]
    return dump({"schema": "certgate/explain/1", "codes": codes})


def to_page(found: Sequence[Explanation], columns: int = 80) -> Page:
    """A paragraph a code."""
    page = Page(columns)
    for each in found:
        page.blank()
        page.add(Piece(each.code, Style.LABEL), f"  {KINDS[each.kind].partition(':')[0]}")
        page.blank()
        page.entry("means", each.means, column=_COLUMN)
        if each.why:
            section = f" (fact sheet {each.source})" if each.source else ""
            page.entry("why", each.why + section, column=_COLUMN)
        if each.do:
            page.entry("do", each.do, column=_COLUMN)
    return page


def list_to_page(found: Sequence[Explanation], columns: int = 80) -> Page:
    """A line a code, under the title of its kind."""
    page = Page(columns)
    for kind, group in groupby(found, key=lambda each: each.kind):
        page.blank()
        page.paragraph(KINDS[kind], style=Style.LABEL)
        for each in group:
            page.paragraph(f"{each.code}  {_first_sentence(each.means)}", indent=2, hang=2)
    page.blank()
    page.paragraph(f"{len(found)} codes; certgate explain CODE says what to do")
    return page


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")
