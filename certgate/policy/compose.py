"""Scopes and ``<base />``: the policies of one request put together, each element with its scope and file.

Knows the order of scopes and what an absent one means; fragments stay where they are included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.registry import did_you_mean
from certgate.core.source import Text
from certgate.core.value import field, frozen, replace
from certgate.policy.declaration import Scope, Section
from certgate.policy.document import BASE, INCLUDE, Document, Element, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ELEMENTS = 100_000
"""SECURITY: the most elements of a section put together, those of fragments counted wherever they are included: each
scope may repeat its parent's, and each fragment may be included again and again."""

MAX_DEPTH = 160
"""SECURITY: the deepest nesting of a section put together: each scope may put its parent's inside its own."""

DEFAULT_FILE = "(default global policy)"


@frozen
class Dropped:
    """Policies of broader scopes that do not run: the document of scope `by` has the section without ``<base />``.
    `scopes`: whose they are."""

    scopes: tuple[str, ...]
    by: str
    file: str


@frozen
class Effective:
    """What is in force: per section the elements in the order they run, without ``<base />``; `documents` by scope.

    `lacking`: the sections that some document does not have, so that policies of broader scopes run in its place.
    """

    sections: Mapping[Section, tuple[Element, ...]]
    documents: Mapping[str, Document]
    lacking: frozenset[Section] = frozenset()
    dropped: Mapping[Section, tuple[Dropped, ...]] = field(default_factory=dict)


def compose(documents: Mapping[str, Document], fragments: Mapping[str, Document] | None = None) -> Effective:
    """Put the documents of the scopes together, ``global`` first; a scope that is not there is ``<base />`` throughout.

    The elements of a fragment stand inside each ``include-fragment`` that names it, in the scope of the document that
    includes them. Without a global document APIM's default one stands there: ``<forward-request />`` in backend. Raises
    InputError ``policy-too-large`` where bases or fragments multiply, ``fragment-as-policy`` for a fragment,
    ``fragment-unknown`` for one that is not there.
    """
    for document in documents.values():
        if document.kind is Kind.FRAGMENT:
            place = Text(document.file, "").span(0, 0).place()
            raise InputError("is a fragment, not a policy", code="fragment-as-policy", place=place)
    given: dict[str, Document] = {scope: documents[scope] for scope in Scope if scope in documents}
    sections: dict[Section, tuple[Element, ...]] = {}
    lacking: set[Section] = set()
    dropped: dict[Section, tuple[Dropped, ...]] = {}
    pieces = _Fragments(fragments or {})
    for section in Section:
        inherited = () if Scope.GLOBAL in given else _default(section)
        lost: list[Dropped] = []
        for document in given.values():
            if section not in document.sections:
                if inherited:
                    lacking.add(section)
                continue
            own = document.sections[section]
            if inherited and not _has_base(own):
                lost.append(
                    Dropped(tuple(dict.fromkeys(each.scope for each in inherited)), document.scope, document.file)
                )
            inherited = _Composing(document, pieces, inherited).composed(own)
        sections[section] = inherited
        if lost:
            dropped[section] = tuple(lost)
    return Effective(sections, given, frozenset(lacking), dropped)


def _default(section: Section) -> tuple[Element, ...]:
    """The elements of the global policy that every service has at first (forward-request page)."""
    if section is not Section.BACKEND:
        return ()
    span = Text(DEFAULT_FILE, "<forward-request />").span(0, 19)
    return (Element("forward-request", span, "forward-request[1]", Scope.GLOBAL),)


def _has_base(elements: tuple[Element, ...]) -> bool:
    return any(each.name == BASE for element in elements for each in element.walk())


class _Fragments:
    """The fragments; each is made ready once for each scope that includes it."""

    def __init__(self, fragments: Mapping[str, Document]) -> None:
        self._fragments = fragments
        self._ready: dict[tuple[str, str], tuple[Element, ...]] = {}

    def policies(self, include: Element, scope: str) -> tuple[Element, ...]:
        """What an ``include-fragment`` stands for."""
        name = include.literal("fragment-id") or ""
        if name not in self._fragments:
            hint = did_you_mean(name, self._fragments) or f"give it: --fragment {name}=FILE"
            raise InputError(
                f"there is no fragment '{name}'", code="fragment-unknown", place=include.place(), hint=hint
            )
        if (name, scope) not in self._ready:
            written = self._fragments[name].sections.get(Section.INBOUND, ())
            self._ready[name, scope] = tuple(_moved(each, scope) for each in written)
        return self._ready[name, scope]


def _moved(element: Element, scope: str) -> Element:
    return replace(element, scope=scope, children=tuple(_moved(child, scope) for child in element.children))


class _Composing:
    """One section of one document: fragments put in, and the parent's policies in the place of ``<base />``."""

    def __init__(self, document: Document, fragments: _Fragments, parent: tuple[Element, ...]) -> None:
        self._document = document
        self._fragments = fragments
        self._parent = parent
        self._sizes: dict[int, tuple[int, int]] = {id(()): (0, 0)}
        """Elements and depth of a tuple of elements, by its identity: those of parents and fragments, which live as
        long as this does."""
        self._count = 0

    def composed(self, elements: tuple[Element, ...], depth: int = 1) -> tuple[Element, ...]:
        result: list[Element] = []
        for element in elements:
            if element.name == BASE:
                self._take(self._parent, depth)
                result += self._parent
                continue
            self._count_in(1, depth)
            if element.name == INCLUDE:
                children = self._fragments.policies(element, self._document.scope)
                self._take(children, depth + 1)
                result.append(replace(element, children=children))
            elif element.children:
                result.append(replace(element, children=self.composed(element.children, depth + 1)))
            else:
                result.append(element)
        return tuple(result)

    def _take(self, elements: tuple[Element, ...], depth: int) -> None:
        if id(elements) not in self._sizes:
            self._sizes[id(elements)] = _size(elements)
        count, height = self._sizes[id(elements)]
        self._count_in(count, depth + height - 1)

    def _count_in(self, count: int, depth: int) -> None:
        self._count += count
        if self._count > MAX_ELEMENTS or depth > MAX_DEPTH:
            place = Text(self._document.file, "").span(0, 0).place()
            fault = "repeats <base /> or fragments too often" if depth <= MAX_DEPTH else "nests <base /> too deeply"
            raise InputError(fault, code="policy-too-large", place=place)


def _size(elements: tuple[Element, ...]) -> tuple[int, int]:
    """How many elements there are, and how deeply they are nested."""
    count, height, level = 0, 0, list(elements)
    while level:
        count, height = count + len(level), height + 1
        level = [child for element in level for child in element.children]
    return count, height
