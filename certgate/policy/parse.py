"""A policy file -> Document: named values filled in, expressions compiled, all problems collected.

The steps, each in its own module: :mod:`named_values` (text), :mod:`rawxml` (tree), :mod:`structure` and :mod:`values`
(declarations, literals, expressions). Here: what stands at the top of a document.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.finding import Finding, Severity
from certgate.core.value import frozen
from certgate.policy import rawxml, values
from certgate.policy.declaration import Section
from certgate.policy.derived import Building, Derived
from certgate.policy.document import BASE, Document, Element, Kind
from certgate.policy.named_values import NamedValues, Tolerance, fill
from certgate.policy.offering import TOO_LARGE, too_large
from certgate.policy.reading import Reading
from certgate.policy.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from certgate.core.source import Source, Text
    from certgate.csharp import Environment
    from certgate.policy.declaration import Declaration, GatewayKind
    from certgate.policy.including import Fragments
    from certgate.policy.rawxml import RawElement

MAX_SIZE = 512 * 1024
"""The largest document and the largest fragment that the gateway saves, in bytes (service limits page)."""

_NO_VALUES = NamedValues()


@frozen
class Saving:
    """Under which conditions a document would be saved. `scope` empty, `gateway` None and `fragments` None: not known,
    not checked.

    `tolerate_unknown`: an unknown named value or fragment is a note, and an expression that holds such a value outside
    a string is not compiled; `tolerate_holes`: the same of the holes of templates. `unplaced`: a snippet may belong to
    any section, not just to inbound.
    """

    scope: str = "api"
    gateway: GatewayKind | None = None
    fragments: Fragments | None = None
    tolerate_unknown: bool = False
    tolerate_holes: bool = False
    unplaced: bool = False


_ANYWHERE = Saving()


@frozen
class Examined:
    """What a file holds. `kind` None: no policy at all. `document` is None where there are problems."""

    kind: Kind | None
    document: Document | None
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def parse(
    source: Source | Derived,
    *,
    vocabulary: Mapping[str, Declaration],
    environment: Environment,
    named_values: NamedValues = _NO_VALUES,
    saving: Saving = _ANYWHERE,
) -> Document:
    """Read a policy, a fragment or a snippet; raise InputError with all problems of the file."""
    examined = examine(source, vocabulary=vocabulary, environment=environment, named_values=named_values, saving=saving)
    if examined.document is None:
        raise InputError.of(examined.problems)
    return examined.document


def examine(
    source: Source | Derived,
    *,
    vocabulary: Mapping[str, Declaration],
    environment: Environment,
    named_values: NamedValues = _NO_VALUES,
    saving: Saving = _ANYWHERE,
) -> Examined:
    """The same, problems and notes as values. A Derived is a policy taken out of another file, such as a template.
    Raises InputError only for what is not text."""
    text = source if isinstance(source, Derived) else source.decode()
    size = len(text.text.encode("utf-8", "surrogatepass"))
    if size > MAX_SIZE:
        # SECURITY: read no further; all bounds below are meant for documents of at most this size.
        message = f"is larger than {MAX_SIZE // 1024} KiB, the most that the gateway saves"
        return Examined(None, None, (Finding("document-too-large", message, text.span(0).place()),), ())
    tolerance = Tolerance(saving.tolerate_unknown, saving.tolerate_holes)
    filled = fill(text, named_values, _counting(text), tolerance)
    raw = rawxml.read(filled.text)
    kind, scope = _kind(raw.root), saving.scope
    reading = Reading(
        filled.text,
        vocabulary,
        environment,
        named_values,
        scope,
        kind,
        filled.secrets,
        saving.gateway,
        saving.fragments,
        Severity.WARNING if saving.tolerate_unknown else Severity.ERROR,
    )
    reading.add([*filled.problems, *filled.notes, *raw.problems])
    if too_large(saving.gateway, kind, size):
        reading.problem("document-too-large", TOO_LARGE, text.span(0))
    if not raw.lost:
        sections = _Top(reading, raw.root, None if saving.unplaced else Section.INBOUND).sections()
    if reading.problems:
        ordered = sorted(reading.problems, key=_position)
        notes = sorted(reading.notes, key=_position)
        return Examined(kind if raw.root.children else None, None, tuple(ordered), tuple(notes))
    document = Document(
        text.span(0).text.name, kind, scope, sections, size, tuple(sorted(reading.notes, key=_position))
    )
    return Examined(kind, document, (), document.notes)


def _position(finding: Finding) -> tuple[int, int]:
    place = finding.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _counting(text: Text | Derived) -> Callable[[int], bool]:
    """Tells at which offsets a ``{{name}}`` is a named value: not in comments, and not in Liquid bodies, which use the
    same braces for their own output."""
    if "{{" not in text.text or ("<!--" not in text.text and "liquid" not in text.text.lower()):
        return lambda offset: True
    building = Building(text)
    building.keep(0, len(text.text))
    raw = rawxml.read(building.done())
    liquid = sorted((each.open_end, each.inner_end) for each in _liquid(raw.root))
    return lambda offset: not _inside(raw.comments, offset) and not _inside(liquid, offset)


def _inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Is `offset` in one of these spans, which are in order and apart?"""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def _liquid(root: RawElement) -> Iterable[RawElement]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name == "set-body" and any(
            each.name == "template" and each.value.text.text.strip().lower() == "liquid" for each in element.attributes
        ):
            yield element
            continue
        waiting.extend(element.children)


def _kind(root: RawElement) -> Kind:
    names = {child.name for child in root.children}
    if names == {"fragment"}:
        return Kind.FRAGMENT
    return Kind.POLICY if names & {"policies", *Section} else Kind.SNIPPET


class _Top:
    """What stands at the top of a document: ``<policies>``, ``<fragment>`` or bare policies."""

    def __init__(self, reading: Reading, root: RawElement, snippet: Section | None) -> None:
        """`snippet`: the section that bare policies stand in; None: it may be any."""
        self._reading = reading
        self._root = root
        self._snippet = snippet
        self._structure = Structure(reading)

    def sections(self) -> dict[Section, tuple[Element, ...]]:
        reading, roots = self._reading, self._root.children
        for value in self._root.texts:
            where = reading.source.span(value.start, value.end)
            if values.stands_for_elements(value.text):
                reading.note("elements-unknown", "what stands here is not known, and not checked", where)
            elif value.text.text.strip() and roots:
                reading.problem("text-not-allowed", "text may not stand outside the policy", where)
        if not roots:
            reading.problem("policy-missing", "holds no policy: there is no element in it", reading.source.span(0))
            return {}
        if reading.kind is Kind.SNIPPET:
            elements = self._structure.policies(self._root, self._snippet)
            self._check_bases(elements)
            return {Section.INBOUND: elements}
        for extra in roots[1:]:
            message = f"<{extra.name}> stands beside <{roots[0].name}>; a document has one root"
            reading.problem("root-several", message, reading.source.span(extra.start, extra.open_end))
        self._structure.wrapper(roots[0])
        if reading.kind is Kind.FRAGMENT:
            return {Section.INBOUND: self._structure.policies(roots[0], None)}
        return self._policies(roots[0])

    def _policies(self, root: RawElement) -> dict[Section, tuple[Element, ...]]:
        reading = self._reading
        if root.name != "policies":
            span = reading.source.span(root.start, root.open_end)
            hint = "write <policies> around the sections"
            reading.problem("root-wrong", f"<{root.name}> must stand in <policies>", span, hint)
            return {}
        found: dict[Section, tuple[Element, ...]] = {}
        for child in root.children:
            span = reading.source.span(child.start, child.open_end)
            if child.name not in set(Section):
                hint = "the sections are: " + ", ".join(Section)
                reading.problem("section-unknown", f"'{child.name}' is not a section", span, hint)
                continue
            section = Section(child.name)
            self._structure.wrapper(child)
            if section in found:
                reading.problem("section-repeated", f"the section {section} stands here twice", span)
            found[section] = self._structure.policies(child, section)
            self._check_bases(found[section])
            if section is Section.BACKEND and len(found[section]) > 1:
                reading.note("backend-several", "backend holds more than one policy", span)
        return found

    def _check_bases(self, elements: tuple[Element, ...]) -> None:
        bases = [each for element in elements for each in element.walk() if each.name == BASE]
        for extra in bases[1:]:
            self._reading.note("base-repeated", "<base> stands in this section more than once", extra.span)
