"""A page of text for people: styled lines, fitted to a width, that survive a pipe and an old code page.

Knows nothing of what the lines say. Colour is added by whoever owns the terminal.
"""

from __future__ import annotations

import textwrap
from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.excerpt import cells, visible
from certgate.core.value import field, frozen, slotted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.core.source import Place


class Style(StrEnum):
    """What a piece of text is; the values are styles of rich."""

    PLAIN = ""
    GOOD = "bold green"
    BAD = "bold red"
    OPEN = "bold yellow"
    LABEL = "cyan"
    FAINT = "dim"
    CARET = "bold red"


_SUBSTITUTES = {
    "✓": "ok",
    "✗": "no",
    "—": "-",
    "–": "-",
    "›": ">",
    "│": "|",
    "─": "-",
    "└": "`-",
    "├": "|-",
    "…": "...",
    "·": "-",
    "≤": "<=",
    "≥": ">=",
}
_OPEN_MARK = ("?", "??")
_FILLER = "\ue000"
"""Stands behind a wide character while lines are wrapped; nobody's character, and not printable by itself."""


@frozen
class Piece:
    text: str
    style: Style = Style.PLAIN


Line = tuple[Piece, ...]


@slotted
class Page:
    """Lines in the making. `width` is in columns."""

    width: int = 80
    lines: list[Line] = field(default_factory=list)

    def add(self, *parts: str | Piece) -> None:
        """A line, whatever its length; control characters in it show as their code points."""
        pieces = (part if isinstance(part, Piece) else Piece(part) for part in parts)
        self.lines.append(tuple(Piece(visible(piece.text), piece.style) for piece in pieces))

    def blank(self) -> None:
        """An empty line, but never two in a row and none at the top."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def entry(self, label: str, text: str, *, indent: int = 2, column: int = 10, style: Style = Style.PLAIN) -> None:
        """A label and a text beside it that wraps under itself at words.

        SECURITY: a line break within the text shows as its code point, so that nobody's name makes lines of its own.
        """
        lead = " " * indent + label.ljust(column - indent)
        lead = lead if len(lead) <= column else lead + "  "
        wrapped = wrap(visible(text), self.width - len(lead)) or [""]
        self.add(Piece(lead, Style.LABEL), Piece(wrapped[0], style))
        for line in wrapped[1:]:
            self.add(" " * len(lead), Piece(line, style))

    def items(self, label: str, items: Sequence[str], *, column: int, gap: int = 3) -> None:
        """A label and items beside it, as many to a line as fit; none is broken where it can stand on a line."""
        lines: list[str] = []
        for item in items:
            longer = f"{lines[-1]}{' ' * gap}{item}" if lines else ""
            if lines and width(longer) <= self.width - column:
                lines[-1] = longer
            else:
                lines.append(item)
        for at, line in enumerate(lines):
            self.entry("" if at else label, line, column=column)

    def paragraph(self, text: str, *, indent: int = 0, hang: int = 0, style: Style = Style.PLAIN) -> None:
        """A text that wraps at words; all lines but its first stand `hang` columns further in."""
        for at, line in enumerate(wrap(visible(text), self.width - indent - hang)):
            self.add(" " * (indent + (hang if at else 0)), Piece(line, style))

    def placed(self, head: str, text: str, *, indent: int = 0) -> None:
        """A place, which is never broken so that it can be copied, and what is said of it: beside it where that fits,
        else below."""
        if indent + width(visible(head)) + 2 + width(visible(text)) <= self.width:
            self.add(f"{' ' * indent}{head}  {text}")
            return
        self.add(f"{' ' * indent}{head}")
        self.paragraph(text, indent=indent + 4)

    def excerpt(self, place: Place, indent: int = 4) -> None:
        """The source line of a place with the caret below; nothing where there is no text."""
        number = str(place.line or "")
        margin = indent + len(number) + 3
        found = place.excerpt(max(20, self.width - margin))
        if found is None:
            return
        source, caret = found
        # Tabs stay tabs, so that the caret stands below its text.
        self.lines.append((Piece(f"{' ' * indent}{number} │ ", Style.FAINT), Piece(source)))
        self.lines.append((Piece(f"{' ' * (indent + len(number))} │ ", Style.FAINT), Piece(caret, Style.CARET)))

    def rows(self, rows: Sequence[Sequence[str | Piece]]) -> None:
        """Rows as columns; where they do not fit, the rest of each below its first cell."""
        cells = [[part.text if isinstance(part, Piece) else part for part in row] for row in rows]
        widest = [max((width(row[at]) for row in cells if at < len(row) - 1), default=0) for at in range(len(cells[0]))]
        if sum(widest) + 2 * len(widest) + 10 <= self.width:
            self.aligned(rows, indent=0)
            return
        for row, texts in zip(rows, cells, strict=True):
            self.add(row[0])
            self.paragraph("  ".join(text for text in texts[1:] if text), indent=4, hang=2)

    def aligned(self, rows: Sequence[Sequence[str | Piece]], indent: int = 2, gap: int = 2) -> None:
        """Rows as columns, each as wide as its widest cell; the last is cut at the width."""
        cut = [[part if isinstance(part, Piece) else Piece(part) for part in row] for row in rows]
        count = max((len(row) for row in cut), default=0)
        widths = [max((width(row[i].text) for row in cut if i < len(row) - 1), default=0) for i in range(count)]
        room = self.width - indent - sum(widths[:-1]) - gap * (count - 1)
        for row in cut:
            pieces: list[str | Piece] = [" " * indent]
            for i, piece in enumerate(row[:-1]):
                pieces += [piece, " " * (widths[i] - width(piece.text) + gap)]
            # A column too narrow to say anything is left out.
            pieces += [Piece(fit(row[-1].text, room), row[-1].style)] if row and room >= 12 else []
            self.add(*pieces)


def width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(map(cells, text))


def wrap(text: str, room: int) -> list[str]:
    """The lines of a text, wrapped at words; a word longer than the line is broken rather than lost.

    Control characters show as their code points, as on the page, and take as much room.
    """
    room = max(20, room)
    lines: list[str] = []
    for paragraph in map(visible, text.split("\n")):
        spread = paragraph if paragraph.isascii() else "".join(map(_spread, paragraph))
        found = textwrap.wrap(spread, room, break_on_hyphens=False, replace_whitespace=False) or [""]
        lines += [line.replace(_FILLER, "") for line in found]
    return lines


def _spread(char: str) -> str:
    """A character as many characters as it takes columns, for those who count characters."""
    return char + _FILLER if cells(char) == 2 else char


def fit(text: str, room: int) -> str:
    """The text, its middle left out where it is wider than `room`."""
    if width(text) <= room or room < 8:
        return text
    head = (room - 1) * 2 // 3
    return f"{_cut(text, head)}…{_cut(text[::-1], room - 1 - head)[::-1]}"


def _cut(text: str, room: int) -> str:
    """As much of the beginning as fits."""
    for at, char in enumerate(text):
        room -= cells(char)
        if room < 0:
            return text[:at]
    return text


def one_line(text: str) -> str:
    """An expression over several lines as one: white space folded, control characters made visible."""
    return visible(" ".join(text.split()))


def plain(page: Page) -> str:
    """The page as text without colour, each line ended by LF; no empty lines at its end."""
    lines = ["".join(piece.text for piece in line).rstrip() for line in page.lines]
    return "\n".join(lines).rstrip("\n") + "\n"


def substituted(text: str, encoding: str) -> str:
    """The text with the glyphs that an encoding lacks replaced: ✓ ✗ ? become ok no ??."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        for glyph, words in _SUBSTITUTES.items():
            text = text.replace(glyph, words)
        if text.startswith(_OPEN_MARK[0] + " "):
            text = _OPEN_MARK[1] + text[1:]
    return text
