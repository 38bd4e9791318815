"""Where a value stands in a JSON text: readers say what is wrong with it by line and column.

Only asked once something is wrong, so the text is gone through again rather than kept with its places.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from certgate.core.source import Place, Text

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class JsonText:
    """A JSON text that has been read, and so is known to be well formed."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def place(self, path: Sequence[str | int]) -> Place:
        """The place of the value at a path of names and numbers; of the nearest one around it that is there."""
        at = self._blank(0)
        end = _DECODER.raw_decode(self.text.text, at)[1]
        for step in path:
            found = next((found for key, *found in self._entries(at) if key == step), None)
            if found is None:
                break
            at, end = found
        # A long value is shown by its beginning.
        first = self.text.text[at:end].split("\n", 1)[0].rstrip("\r")
        return self.text.span(at, at + max(1, len(first))).place()

    def _blank(self, at: int) -> int:
        match = _BLANK.match(self.text.text, at)
        return match.end() if match else at

    def _entries(self, at: int) -> Iterator[tuple[Any, int, int]]:
        """The entries of the object or list at an offset: name or number, and from where to where the value goes."""
        text = self.text.text
        opening, number = text[at], 0
        if opening not in "{[":
            return
        at = self._blank(at + 1)
        while text[at] not in "}]":
            key: str | int = number
            if opening == "{":
                key, at = _DECODER.raw_decode(text, at)
                at = self._blank(self._blank(at) + 1)
            end = _DECODER.raw_decode(text, at)[1]
            yield key, at, end
            number += 1
            at = self._blank(end)
            if text[at] == ",":
                at = self._blank(at + 1)
