"""A real trace beside the simulated one: the first step where they part, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.report.json_ import dump
from certgate.report.page import Page, Piece, Style

if TYPE_CHECKING:
    from certgate.gateway.outcome import TraceEntry
    from certgate.result import Comparison

SCHEMA = "certgate/compare-trace/1"
_COLUMN = 16


def report(comparison: Comparison) -> str:
    """The comparison as JSON."""
    return dump(
        {
            "schema": SCHEMA,
            "file": comparison.file,
            "same": not comparison.parts and comparison.open is None,
            "steps": comparison.same,
            "real": _step(comparison.real),
            "simulated": _step(comparison.simulated),
            "differs": list(comparison.differs),
            "not_compared": dict(comparison.ignored),
            "open": comparison.open,
        }
    )


def _step(step: TraceEntry | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {"section": step.section, "source": step.source, "facts": dict(step.facts), "failed": step.failed}


def page(comparison: Comparison, columns: int = 80) -> Page:
    """The comparison for people."""
    page = Page(columns)
    count = f"{comparison.same} step{'s' if comparison.same != 1 else ''}"
    if comparison.open is not None and not comparison.parts:
        page.add(Piece(f"? — the same as far as certgate knows: {count}", Style.OPEN))
    elif not comparison.parts:
        page.add(Piece(f"the same — {count}", Style.GOOD))
    else:
        page.add(Piece(f"they part at step {comparison.same + 1}", Style.BAD))
        page.entry("the same", f"the {count} before it" if comparison.same else "nothing before it", column=_COLUMN)
        page.entry("real", _told(comparison.real), column=_COLUMN)
        page.entry("simulated", _told(comparison.simulated), column=_COLUMN)
        for name in comparison.differs:
            if comparison.real and comparison.simulated and name != "step":
                one, other = _fact(comparison.real, name), _fact(comparison.simulated, name)
                page.entry(name, f"{one}   simulated: {other}", column=_COLUMN)
    if comparison.open is not None:
        page.entry("open", comparison.open, column=_COLUMN)
    if comparison.ignored:
        rows = ", ".join(f"{count} {source}" for source, count in comparison.ignored.items())
        page.entry("not compared", rows, column=_COLUMN, style=Style.FAINT)
    return page


def _fact(step: TraceEntry, name: str) -> str:
    return (step.failed if name == "message" else step.facts.get(name)) or "nothing"


def _told(step: TraceEntry | None) -> str:
    if step is None:
        return "nothing more"
    facts = "".join(f", {name} {text}" for name, text in step.facts.items())
    return f"{step.section}: {step.source}{facts}{f', failed: {step.failed}' if step.failed is not None else ''}"
