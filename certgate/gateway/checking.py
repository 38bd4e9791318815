"""What the gateway would refuse to save, file by file: policies, fragments, snippets, and policies inside templates.

Nothing is run. A file that holds no policy has no kind and no problem. Which files there are is the command's business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.finding import Finding, Severity
from certgate.core.registry import did_you_mean
from certgate.core.value import field, frozen, replace
from certgate.gateway.checked import TEMPLATE, CheckedFile
from certgate.policy.declaration import Section
from certgate.policy.document import Kind
from certgate.policy.named_values import NamedValues, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from certgate.core.source import Source
    from certgate.layouts.piece import Piece
    from certgate.policy.declaration import GatewayKind
    from certgate.policy.derived import Derived
    from certgate.policy.document import Document
    from certgate.policy.parse import Examined

_REMARKS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
"""What may stand before the first element, besides text: how it begins and ends."""
_ELEMENT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_WORD = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_LOOKED_AT = 64 * 1024
"""How far the first element of a file is looked for, in characters."""


@frozen
class Conditions:
    """What files are checked against. `scope` and `gateway` None: not known, so not checked, unless a template says it.

    `complete`: the named values and fragments are all there are; else one that is not among them is a note.
    """

    named_values: NamedValues = field(default_factory=NamedValues)
    fragments: Mapping[str, Source] = field(default_factory=dict)
    scope: str | None = None
    gateway: GatewayKind | None = None
    unrestricted: bool = False
    complete: bool = False


class Checker:
    """Checks files under the same conditions; fragments are read once."""

    def __init__(self, conditions: Conditions) -> None:
        from certgate.gateway.context.context import environment
        from certgate.gateway.elements import VOCABULARY

        self._conditions = conditions
        self._vocabulary = VOCABULARY
        self._environment = environment(conditions.unrestricted)
        self._fragments: dict[str, Document | None] = {}
        """Read without one another: they may not include any."""
        for name, source in conditions.fragments.items():
            self._fragments[name] = self._readable(source)

    def _readable(self, source: Source) -> Document | None:
        try:
            return self._examined(source, "").document
        except InputError:
            return None

    def check(self, source: Source, *, named: bool = True, scope: str = "") -> CheckedFile:
        """One file. `named`: a user named it, so that it is a fault when it cannot be read; else a note. `scope`: where
        its folder says that it is saved, which the conditions overrule."""
        try:
            return self._check(source, named, self._conditions.scope or scope)
        except InputError as error:
            return faulty(source.name, error, named=named)

    def _check(self, source: Source, named: bool, scope: str) -> CheckedFile:
        from certgate.layouts.templates import is_template, pieces

        if is_template(source.name):
            return self._template(source.name, pieces(source))
        text = source.decode().text
        if text.lstrip("\ufeff \t\r\n")[:1] != "<" and (template := pieces(source)):
            return self._template(source.name, template)
        first = first_element(text)
        if first is None or not self._is_policy(first, named):
            return CheckedFile(source.name)
        found = self._examined(source, scope)
        if found.problems:
            filled = self._template(source.name, _filled_in(source, found) or pieces(source))
            if filled.kind and len(filled.problems) < len(found.problems):
                return filled
        kind = found.kind or _kind(first)
        return CheckedFile(source.name, kind, found.problems, found.notes)

    def _is_policy(self, first: str, named: bool) -> bool:
        tops = ("policies", "fragment", *Section)
        if first in tops or first in self._vocabulary:
            return True
        return named and did_you_mean(first, [*tops, *self._vocabulary]) is not None

    def _template(self, name: str, found: Iterable[Piece]) -> CheckedFile:
        problems: dict[tuple[object, ...], Finding] = {}
        notes: dict[tuple[object, ...], Finding] = {}
        kind = None
        for piece in found:
            kind = TEMPLATE
            bad, good = self._piece(piece)
            problems.update((_key(each), each) for each in bad)
            notes.update((_key(each), each) for each in (*piece.notes, *good))
        return CheckedFile(name, kind, tuple(problems.values()), tuple(notes.values()))

    def _piece(self, piece: Piece) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        if piece.text is None:
            if piece.link is None:
                return (), ()
            message = f"the policy stands in another file: {shortened(piece.link.path)}"
            return (), (Finding("template-link", message, piece.span.place(), Severity.NOTE),)
        found = self._examined(piece.text, self._conditions.scope or piece.scope or "")
        return found.problems, found.notes

    def _examined(self, source: Source | Derived, scope: str) -> Examined:
        from certgate.policy.parse import Saving, examine

        conditions = self._conditions
        saving = Saving(
            scope,
            conditions.gateway,
            self._fragments,
            tolerate_unknown=not conditions.complete,
            tolerate_holes=True,
            unplaced=True,
        )
        return examine(
            source,
            vocabulary=self._vocabulary,
            environment=self._environment,
            named_values=conditions.named_values,
            saving=saving,
        )


def _filled_in(source: Source, found: Examined) -> tuple[Piece, ...]:
    """The file with holes for words in capitals, such as ``RETRY_COUNT``, where something else must stand."""
    wrong = (each.place for each in found.problems if each.code == "value-wrong")
    values = {
        place.source_line[place.column - 1 : place.end_column - 1]
        for place in wrong
        if place and place.source_line and place.column and place.end_column and place.line == place.end_line
    }
    words = tuple((value, None) for value in sorted(values) if _WORD.fullmatch(value))
    if not words:
        return ()
    from certgate.layouts import marked

    return (marked.tokenised(source.decode(), words),)


def first_element(text: str) -> str | None:
    """The name of the first element of a text, where text and comments may stand before it; None: there is none near
    its beginning, or the text before it is no mere remark."""
    text = text[:_LOOKED_AT].removeprefix("\ufeff")
    # SECURITY: the last end of each is found once, so that nothing without an end is searched for again and again.
    ends = {closing: text.rfind(closing) for _, closing in _REMARKS}
    at = text.find("<")
    while at >= 0:
        if match := _ELEMENT.match(text, at):
            return match[1]
        remarks = ((at + len(start), end) for start, end in _REMARKS if text.startswith(start, at))
        inside, closing = next(((begin, end) for begin, end in remarks if ends[end] >= begin), (at, ""))
        if not closing:
            return None
        at = text.find("<", text.find(closing, inside) + len(closing))
    return None


def faulty(name: str, error: InputError, *, named: bool) -> CheckedFile:
    """A file that cannot be read: a problem where a user named it, else a note."""
    if named:
        return CheckedFile(name, None, error.problems)
    notes = tuple(replace(each, severity=Severity.NOTE) for each in error.problems)
    return CheckedFile(name, None, (), notes)


def _kind(first: str) -> str:
    if first == "fragment":
        return Kind.FRAGMENT
    return Kind.POLICY if first in ("policies", *Section) else Kind.SNIPPET


def _key(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return finding.code, finding.message, place.line if place else None, place.column if place else None
