"""A policy that stands in a template: its text with the way back, and what the template says of it. Values only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.value import field, frozen
from certgate.layouts.value import Link, Value, root
from certgate.policy.named_values import HOLE, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from certgate.core.source import Span
    from certgate.policy.derived import Derived

MAX_PIECES = 1_000
"""SECURITY: the most policies that are taken out of one file."""


@frozen
class Said:
    """What a template says of a policy: its scope (None: it does not say, ``fragment`` for a fragment), its format, and
    names: ``workspace``, ``product``, ``api``, ``operation``, ``fragment`` as far as they are written out."""

    scope: str | None = None
    format: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    is_policy: bool = False
    """It is a policy whatever its text begins with: the resource says so."""


@frozen
class Piece:
    """`text`: the policy, each hole of it as :data:`~certgate.policy.named_values.HOLE`; None where the template only
    says where it comes from, in `link` or in `notes`. `span` is where it stands. `assumed`: a parameter's default."""

    text: Derived | None
    span: Span
    said: Said
    link: Link | None = None
    assumed: bool = False
    notes: tuple[Finding, ...] = ()

    @property
    def kind(self) -> str | None:
        """``policy`` or ``fragment``; None where neither text nor template say."""
        found = root(self.text.text) if self.text is not None else None
        if found is not None:
            return "fragment" if found == "fragment" else "policy"
        return "fragment" if self.said.scope == "fragment" else "policy" if self.said.is_policy else None

    @property
    def format(self) -> str | None:
        """``xml``, ``rawxml`` and so on, as written."""
        return self.said.format

    @property
    def scope(self) -> str | None:
        return self.said.scope if self.said.scope != "fragment" else None

    @property
    def id(self) -> str | None:
        """The id of a fragment."""
        return self.said.names.get("fragment")

    @property
    def holes(self) -> tuple[Span, ...]:
        """Where something is filled in that the template does not say."""
        return tuple(self._holes())

    def _holes(self) -> Iterator[Span]:
        at = self.text.text.find(HOLE) if self.text is not None else -1
        while self.text is not None and at >= 0:
            yield self.text.span(at, at + len(HOLE))
            at = self.text.text.find(HOLE, at + len(HOLE))


class Pieces:
    """Collects the pieces of one file, each text once."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, str]] = set()
        self._found: list[Piece] = []
        self._literals: list[Piece] = []
        """Strings that are policies by themselves: read only where nothing is made of them."""

    def add(self, options: Sequence[Value], span: Span, said: Said, notes: Sequence[Finding] = ()) -> None:
        """Take over what an expression comes to, where that is a policy; `span` is where the expression stands."""
        pieces = [piece for value in options for piece in self._pieces(value, said, tuple(notes))]
        if not pieces and said.is_policy:
            pieces.append(Piece(None, span, said, notes=(*notes, _missing(span))))
        for piece in pieces[: MAX_PIECES - len(self._found)]:
            key = (piece.span.start, piece.text.text if piece.text is not None else "")
            if key not in self._taken or (said.is_policy and piece.text is None):
                self._taken.add(key)
                self._found.append(piece)

    def literal(self, value: Value, notes: Sequence[Finding] = ()) -> None:
        """A string that stands somewhere by itself."""
        self._literals += list(self._pieces(value, Said(), tuple(notes)))[: MAX_PIECES - len(self._literals)]

    def done(self) -> tuple[Piece, ...]:
        """All, in the order of the file."""
        starts = {piece.span.start for piece in self._found}
        found = self._found + [piece for piece in self._literals if piece.span.start not in starts]
        return tuple(sorted(found, key=lambda piece: piece.span.start)[:MAX_PIECES])

    def _pieces(self, value: Value, said: Said, notes: tuple[Finding, ...]) -> Iterator[Piece]:
        if value.link is not None:
            yield Piece(None, value.link.span, said, value.link, value.assumed, notes)
        if value.text is None:
            return
        text = value.text.text
        if root(text) is None and not (said.is_policy and "<" in text):
            return
        yield Piece(value.text, value.text.span(0, len(text)), said, assumed=value.assumed, notes=notes)


def _missing(span: Span) -> Finding:
    message = f"the policy is not in this file: it comes from {shortened(span.content)}"
    return Finding("template-value", message, span.place(), Severity.WARNING)
