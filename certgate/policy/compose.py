"""Scopes and ``<base />``: the policies of one request put together, each element with its scope and file.

Knows the order of scopes and what an absent one means; fragments stay where they are included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.registry import did_you_mean
from certgate.core.source import Text
from certgate.core.value import frozen, replace
from certgate.policy.declaration import Scope, Section
from certgate.policy.document import Document, Element, Kind
from certgate.policy.structure import BASE, INCLUDE

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ELEMENTS = 100_000
"""SECURITY: the most elements of a section put together: each scope may repeat its parent's."""

DEFAULT_FILE = "(default global policy)"


@frozen
class Effective:
    """What is in force: per section the elements in the order they run, without ``<base />``; `documents` by scope.

    `lacking`: the sections that some document does not have, so that policies of broader scopes run in its place.
    """

    sections: Mapping[Section, tuple[Element, ...]]
    documents: Mapping[str, Document]
    lacking: frozenset[Section] = frozenset()


def compose(documents: Mapping[str, Document], fragments: Mapping[str, Document] | None = None) -> Effective:
    """Put the documents of the scopes together, ``global`` first; a scope that is not there is ``<base />`` throughout.

    The elements of a fragment stand inside each ``include-fragment`` that names it, in the scope of the document that
    includes them. Without a global document APIM's default one stands there: ``<forward-request />`` in backend. Raises
    InputError ``policy-too-large`` where repeated bases multiply, ``fragment-as-policy`` for a fragment,
    ``fragment-unknown`` for one that is not there.
    """
    for document in documents.values():
        if document.kind is Kind.FRAGMENT:
            place = Text(document.file, "").span(0, 0).place()
            raise InputError("is a fragment, not a policy", code="fragment-as-policy", place=place)
    given: dict[str, Document] = {scope: documents[scope] for scope in Scope if scope in documents}
    sections: dict[Section, tuple[Element, ...]] = {}
    lacking: set[Section] = set()
    for section in Section:
        inherited = () if Scope.GLOBAL in given else _default(section)
        for document in given.values():
            if section in document.sections:
                own = _included(document.sections[section], fragments or {}, document.scope)
                inherited = _filled(own, inherited)
                _check_size(document, inherited)
            elif inherited:
                lacking.add(section)
        sections[section] = inherited
    return Effective(sections, given, frozenset(lacking))


def _default(section: Section) -> tuple[Element, ...]:
    """The elements of the global policy that every service has at first (forward-request page)."""
    if section is not Section.BACKEND:
        return ()
    span = Text(DEFAULT_FILE, "<forward-request />").span(0, 19)
    return (Element("forward-request", span, "forward-request[1]", Scope.GLOBAL),)


def _filled(elements: tuple[Element, ...], parent: tuple[Element, ...]) -> tuple[Element, ...]:
    """`elements` with the parent's in the place of each ``<base />``, at any depth."""
    if not any(each.name == BASE for element in elements for each in element.walk()):
        return elements
    result: list[Element] = []
    for element in elements:
        if element.name == BASE:
            result += parent
        else:
            result.append(replace(element, children=_filled(element.children, parent)))
    return tuple(result)


def _included(elements: tuple[Element, ...], fragments: Mapping[str, Document], scope: str) -> tuple[Element, ...]:
    """`elements` with the policies of each fragment inside what includes it."""
    result = []
    for element in elements:
        if element.name == INCLUDE:
            result.append(replace(element, children=_pieces(element, fragments, scope)))
        elif element.children:
            result.append(replace(element, children=_included(element.children, fragments, scope)))
        else:
            result.append(element)
    return tuple(result)


def _pieces(include: Element, fragments: Mapping[str, Document], scope: str) -> tuple[Element, ...]:
    name = include.literal("fragment-id") or ""
    if name not in fragments:
        hint = did_you_mean(name, fragments) or f"give it: --fragment {name}=FILE"
        raise InputError(f"there is no fragment '{name}'", code="fragment-unknown", place=include.place(), hint=hint)
    return tuple(_moved(each, scope) for each in fragments[name].sections.get(Section.INBOUND, ()))


def _moved(element: Element, scope: str) -> Element:
    return replace(element, scope=scope, children=tuple(_moved(child, scope) for child in element.children))


def _check_size(document: Document, elements: tuple[Element, ...]) -> None:
    count = 0
    for element in elements:
        for _ in element.walk():
            count += 1
            if count > MAX_ELEMENTS:
                place = Text(document.file, "").span(0, 0).place()
                raise InputError("repeats <base /> too often", code="policy-too-large", place=place)
