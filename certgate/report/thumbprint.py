"""``certgate thumbprint`` as JSON, and the answer of ``--check`` for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.excerpt import visible
from certgate.report.json_ import dump
from certgate.report.page import Page, Piece, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.thumbprint import ThumbprintCheck

SCHEMA = "certgate/thumbprint/1"


def to_json(rows: Sequence[tuple[str, str, str]]) -> str:
    """Rows of source, algorithm and thumbprint."""
    certificates = [
        {"source": source, "algorithm": algorithm, "thumbprint": thumbprint} for source, algorithm, thumbprint in rows
    ]
    return dump({"schema": SCHEMA, "certificates": certificates})


def checks_to_json(checks: Sequence[tuple[str, ThumbprintCheck]]) -> str:
    certificates = [
        {
            "source": source,
            "algorithm": "sha1",
            "thumbprint": check.expected,
            "check": {
                "equal": check.equal,
                "summary": check.summary,
                "differences": [{"kind": str(item.kind), "text": item.text} for item in check.differences],
            },
        }
        for source, check in checks
    ]
    return dump({"schema": SCHEMA, "certificates": certificates})


def checks_to_page(checks: Sequence[tuple[str, ThumbprintCheck]], columns: int) -> Page:
    page = Page(columns)
    for source, check in checks:
        name = f"{source}: " if len(checks) > 1 else ""
        if check.equal:
            page.add(name, Piece("yes", Style.GOOD), ": equal, character by character")
            continue
        page.add(name, Piece("no", Style.BAD), f": {check.summary}")
        page.add(f"  a policy compares text: {check.expected}")
        if check.differences:
            texts = " · ".join(visible(item.text) for item in check.differences)
            page.entry("yours has", texts, column=13)
    return page
