"""What a cache holds, as a table and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.excerpt import visible
from certgate.core.value import frozen
from certgate.report.page import Page, Piece, Style, fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_MOMENT = "%Y-%m-%d %H:%M"


@frozen
class CacheRow:
    """One entry: `size` in bytes, `next_update` when a newer answer is due, None where the body does not say."""

    url: str
    kind: str
    size: int
    fetched: datetime
    status: int
    next_update: datetime | None


def to_json(folder: str, rows: Sequence[CacheRow]) -> dict[str, Any]:
    from certgate.report.json_ import timestamp

    entries = [
        {
            "url": row.url,
            "kind": row.kind,
            "size": row.size,
            "fetched": timestamp(row.fetched),
            "status": row.status,
            "next_update": timestamp(row.next_update) if row.next_update else None,
        }
        for row in rows
    ]
    return {"schema": "certgate/cache/1", "folder": folder, "entries": entries}


def to_page(folder: str, rows: Sequence[CacheRow], now: datetime, columns: int = 80) -> Page:
    page = Page(columns)
    if not rows:
        page.add(f"nothing is kept in {folder}")
        return page
    for row in rows:
        page.add(fit(visible(row.url), columns))
        page.add(f"  {row.kind:<6}  {size(row.size):>8}  fetched {row.fetched:{_MOMENT}}  ", _due(row, now))
    page.blank()
    page.add(f"{count(len(rows))}, {size(sum(row.size for row in rows))}, in {folder}")
    return page


def _due(row: CacheRow, now: datetime) -> Piece:
    if row.next_update is None:
        return Piece("")
    over = row.next_update <= now
    return Piece(f"{'ran out' if over else 'until'} {row.next_update:{_MOMENT}}", Style.OPEN if over else Style.PLAIN)


def count(number: int) -> str:
    return f"{number} entr{'y' if number == 1 else 'ies'}"


def size(number: int) -> str:
    """A number of bytes, short."""
    for unit in ("B", "KiB"):
        if number < 1024:
            return f"{number} {unit}"
        number = (number + 512) // 1024
    return f"{number} MiB"
