"""Writes pages to stdout: with colour on a terminal that wants it, and only with glyphs that its encoding has."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from certgate.report.page import plain, substituted

if TYPE_CHECKING:
    from certgate.report.page import Page

PIPE_WIDTH = 80
"""Columns of a page that goes to a file or a pipe: the same wherever it is made."""


def columns() -> int:
    """The width for pages: that of the terminal, at least 40; 80 off a terminal."""
    if not sys.stdout.isatty():
        return int(os.environ.get("COLUMNS", "")) if os.environ.get("COLUMNS", "").isdigit() else PIPE_WIDTH
    return max(40, shutil.get_terminal_size().columns)


def write(text: str) -> None:
    """Write text to stdout as it is, but for glyphs that the encoding lacks."""
    sys.stdout.write(substituted(text, sys.stdout.encoding or "utf-8"))


def show(page: Page) -> None:
    """Write a page to stdout."""
    if not _colour():
        write(plain(page))
        return
    # Imported here: a third of the start-up of a command that needs no colour.
    from rich.console import Console
    from rich.text import Text

    console = Console(width=10_000, highlight=False, soft_wrap=True, force_terminal=True)
    for line in page.lines:
        console.print(Text.assemble(*((substituted(p.text, console.encoding), str(p.style)) for p in line)))


def _colour() -> bool:
    """NO_COLOR wins, then FORCE_COLOR and CLICOLOR_FORCE, else colour on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
