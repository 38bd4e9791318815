"""Text made from other text, with the way back.

A policy's text passes several hands before C# sees it: named values are filled in, entities decoded, comments left out.
A :class:`Derived` knows for each of its characters where it came from; nothing here knows what the text means.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.core.source import Place, Span, Text


@frozen
class Segment:
    """A stretch of the derived text that starts at `out` and stands for ``[start, end)`` of the text below. `kept`: the
    same characters stand there, so offsets inside it count on."""

    out: int
    start: int
    end: int
    kept: bool


class Derived:
    """`text`, made of segments of `base`, which is a derived text itself or the text of a file."""

    __slots__ = ("_base", "_outs", "_place", "_segments", "text")

    def __init__(self, base: Derived | Text, text: str, segments: tuple[Segment, ...]) -> None:
        self._base = base
        self._segments = segments
        self._outs = [segment.out for segment in segments]
        self._place: Place | None = None
        self.text = text

    def _back(self, offset: int, *, end: bool) -> int:
        if not self._segments:
            return 0
        # The end of a span belongs to the character before it.
        at = bisect_right(self._outs, offset - 1 if end else offset) - 1
        segment = self._segments[max(at, 0)]
        if segment.kept:
            return min(segment.start + max(0, offset - segment.out), segment.end)
        return segment.end if end or offset >= len(self.text) else segment.start

    def span(self, start: int, end: int | None = None) -> Span:
        """Where ``[start, end)`` of this text stands in the file; without `end` one character."""
        stop = start + 1 if end is None else end
        first = self._back(start, end=False)
        return self._base.span(first, max(first, self._back(stop, end=True)) if stop > start else first)

    @property
    def place(self) -> Place:
        """Where all of it stands, remembered: every run of a policy asks for it."""
        if self._place is None:
            self._place = self.span(0, len(self.text)).place()
        return self._place

    def part(self, start: int, end: int) -> Derived:
        """``[start, end)`` of this text as a text of its own."""
        return Derived(self, self.text[start:end], (Segment(0, start, end, True),))

    def cut(self, start: int, end: int) -> Derived:
        """The same made directly of the text below, as :meth:`join` takes it."""
        cut: list[Segment] = []
        at = max(bisect_right(self._outs, start) - 1, 0)
        for number in range(at, len(self._segments)):
            segment = self._segments[number]
            if segment.out >= end:
                break
            after = self._outs[number + 1] if number + 1 < len(self._outs) else len(self.text)
            first, last = max(segment.out, start), min(after, end)
            if segment.kept:
                begin = segment.start - segment.out
                cut.append(Segment(first - start, begin + first, begin + last, True))
            elif last > first:
                cut.append(Segment(first - start, segment.start, segment.end, False))
        return Derived(self._base, self.text[start:end], tuple(cut))

    @staticmethod
    def join(parts: Sequence[Derived]) -> Derived:
        """Parts of one text, one behind the other; at least one, all made directly of the same base."""
        segments, length = [], 0
        for part in parts:
            segments += [Segment(length + each.out, each.start, each.end, each.kept) for each in part._segments]
            length += len(part.text)
        return Derived(parts[0]._base, "".join(part.text for part in parts), tuple(segments))


class Building:
    """Puts a derived text together, front to back."""

    __slots__ = ("_base", "_parts", "_segments", "_source", "length")

    def __init__(self, base: Derived | Text) -> None:
        self._base = base
        self._source = base.text
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self.length = 0
        """The characters so far."""

    def keep(self, start: int, end: int) -> None:
        """Take ``[start, end)`` of the text below as it is."""
        if end > start:
            self._add(self._source[start:end], Segment(self.length, start, end, True))

    def replace(self, text: str, start: int, end: int) -> None:
        """Write `text` for ``[start, end)`` of the text below."""
        self._add(text, Segment(self.length, start, end, False))

    def _add(self, text: str, segment: Segment) -> None:
        self._parts.append(text)
        self._segments.append(segment)
        self.length += len(text)

    def done(self) -> Derived:
        return Derived(self._base, "".join(self._parts), tuple(self._segments))
