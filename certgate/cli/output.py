"""Writes pages to stdout: with colour on a terminal that wants it, and only with glyphs that its encoding has."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.report.page import plain, substituted

if TYPE_CHECKING:
    from certgate.report.page import Page

PIPE_WIDTH = 80
"""Columns of a page that goes to a file or a pipe: the same wherever it is made, unless COLUMNS says otherwise."""
_LEAST = 40


def columns() -> int:
    """The width for pages: that of the terminal; off a terminal 80, or what COLUMNS says. At least 40."""
    if not sys.stdout.isatty():
        said = os.environ.get("COLUMNS", "")
        return max(_LEAST, int(said[:6])) if said.isdecimal() and said.isascii() else PIPE_WIDTH
    return max(_LEAST, shutil.get_terminal_size().columns)


def write(text: str) -> None:
    """Write text to stdout as it is, but for glyphs that the encoding lacks."""
    _write(substituted(text, sys.stdout.encoding or "utf-8"))


def write_json(text: str) -> None:
    """Write a JSON document to stdout: UTF-8, or plain ASCII where stdout has another encoding."""
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "").replace("_", "")
    _write(text if encoding in {"utf8", "utf8sig"} else "".join(map(_escaped, text)))


def write_line(text: str) -> None:
    """Write one line of plain ASCII to stdout, at once."""
    _write(f"{text}\n")


def _escaped(char: str) -> str:
    if char < "\x80":
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _write(text: str) -> None:
    """Raises InputError ``output-unwritable`` for a full disk and the like; BrokenPipeError passes."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is closed"
        raise InputError(f"stdout cannot be written: {reason}", code="output-unwritable") from None


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
