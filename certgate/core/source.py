"""Sources, the text in them and places in that text.

The only module that opens a file a user named. Offsets are 0-based inside the program; lines and columns are 1-based,
in characters, and appear only in :class:`Place`.
"""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import NamedTuple

from certgate.core.errors import InputError
from certgate.core.value import frozen

MAX_BYTES = 16 * 1024 * 1024
"""The largest file that is read, in bytes. SECURITY: a bound on memory for everything that comes from outside."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@frozen
class Place:
    """Where something stands, for a person and for JSON: 1-based; ``None`` where only the file is known."""

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    source_line: str | None = None
    """The whole line that the place starts in; None where the place has no text."""

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def excerpt(self, width: int = 100) -> tuple[str, str] | None:
        """The source line, cut around the place to `width` columns, and the caret line that goes below it."""
        if self.source_line is None or self.column is None:
            return None
        # Imported here: an excerpt is only made where something is wrong or explained.
        from certgate.core.excerpt import caret

        same_line = self.end_line == self.line and self.end_column is not None
        end = (self.end_column or 0) - 1 if same_line else len(self.source_line)
        return caret(self.source_line, self.column - 1, end, width)


class Source(NamedTuple):
    """Bytes and the name under which the user gave them (``-`` for standard input)."""

    name: str
    data: bytes

    @classmethod
    def read(cls, path: str | Path, limit: int = MAX_BYTES) -> Source:
        """Read a file.

        Raises InputError (``file-missing``, ``file-is-folder``, ``file-unreadable``, ``file-too-large``).
        """
        name = str(path)
        place = Place(name)
        if not name:
            raise InputError("an empty file name", code="file-missing")
        try:
            with Path(path).open("rb") as stream:
                data = stream.read(limit + 1)
        except FileNotFoundError:
            raise InputError("no such file", code="file-missing", place=place) from None
        except IsADirectoryError:
            raise InputError("is a folder, not a file", code="file-is-folder", place=place) from None
        except (OSError, ValueError) as error:
            # Windows answers "permission denied" for a folder.
            if os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises for names that no system takes
                raise InputError("is a folder, not a file", code="file-is-folder", place=place) from None
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(f"cannot be read: {reason}", code="file-unreadable", place=place) from None
        return cls(name, data).within(limit)

    def within(self, limit: int = MAX_BYTES) -> Source:
        """This source, or InputError ``file-too-large`` when it holds more than `limit` bytes."""
        if len(self.data) > limit:
            raise InputError(
                f"is larger than {limit // (1024 * 1024)} MiB, the most that certgate reads",
                code="file-too-large",
                place=Place(self.name),
            )
        return self

    def decode(self) -> Text:
        """The text of this source: UTF-8, or UTF-16/32 told by a byte-order mark or by its zeros.

        Raises InputError ``not-text`` with the offset of the first bad byte.
        """
        encoding, skip = _encoding(self.data)
        try:
            return Text(self.name, self.data[skip:].decode(encoding))
        except UnicodeDecodeError as error:
            raise InputError(
                f"is not text: byte {error.start + skip} does not fit {encoding.upper()}",
                code="not-text",
                place=Place(self.name),
            ) from None


def _encoding(data: bytes) -> tuple[str, int]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding, len(bom)
    head = data[:64]
    if len(head) >= 4 and len(data) % 2 == 0:
        if not any(head[1::2]) and all(head[0::2]):
            return "utf-16-le", 0
        if not any(head[0::2]) and all(head[1::2]):
            return "utf-16-be", 0
    return "utf-8", 0


class Text:
    """Decoded text that knows its lines. A line ends at LF, CR LF or CR."""

    __slots__ = ("_last", "_places", "_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None
        self._last = (0, "")
        self._places: dict[tuple[int, int], Place] = {}

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            # Imported here, as all that only texts need.
            import re

            self._starts = [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", self.text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        # Imported here, as all that only texts need: binary files are not asked for their lines.
        from bisect import bisect_right

        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its end."""
        # Places on one line share its text: a document on a single line would else be copied for each of them.
        if self._last[0] != number:
            starts = self._line_starts()
            end = starts[number] if number < len(starts) else len(self.text)
            self._last = (number, self.text[starts[number - 1] : end].rstrip("\r\n"))
        return self._last[1]

    def place(self, start: int, end: int) -> Place:
        """The place of ``[start, end)``, remembered: every run of a policy asks for the same ones."""
        found = self._places.get((start, end))
        if found is None:
            line, column = self.position(start)
            end_line, end_column = self.position(max(start, end))
            found = Place(self.name, line, column, end_line, end_column, self.line(line))
            self._places[start, end] = found
        return found

    def span(self, start: int, end: int | None = None) -> Span:
        return Span(self, start, start + 1 if end is None else end)


class Span(NamedTuple):
    """A stretch of a text, ``[start, end)`` in characters."""

    text: Text
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.text.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.text.position(self.start)[1]

    @property
    def content(self) -> str:
        return self.text.text[self.start : self.end]

    def place(self) -> Place:
        return self.text.place(self.start, self.end)
