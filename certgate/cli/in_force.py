"""What is in force for a request, out of options, configuration and the files of a service: documents read, put
together, and made into what reports take.

Named values that are known and no secrets are filled in; all others stay as they are written. Nothing is run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.cli.service import written
from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.core.value import frozen
from certgate.policy.named_values import NamedValue, NamedValues
from certgate.report.effective import InForce, Item, Lost, Part

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from certgate.cli.service import Written
    from certgate.config import Settings
    from certgate.core.finding import Finding
    from certgate.core.source import Source
    from certgate.layouts.inventory import Selection, Service, Stored
    from certgate.policy.compose import Effective
    from certgate.policy.declaration import Section, Shape
    from certgate.policy.derived import Derived
    from certgate.policy.document import Document, Element

Asked = dict[str, str | None]


@frozen
class _Read:
    """The documents of a request. `filled`: with named values; `written`: without, as they can be pasted."""

    filled: Effective
    written: Effective


def in_force(settings: Settings, service: Service | None, asked: Asked) -> InForce:
    """The policy in force. Options and configuration win over the files of the service.

    Raises UsageError for a name that the service does not have; InputError with all that is wrong with the documents.
    """
    selection = service.select(**asked) if service is not None else None
    secrets = _values(settings, selection, secret=True)
    reader = _Reader(settings, selection)
    read = reader.read(_values(settings, selection, secret=False))
    known = {*settings.named_values, *(selection.named_values if selection is not None else ())}
    return InForce(
        service.folder if service is not None else None,
        service.layout if service is not None else None,
        asked,
        tuple((scope, reader.place(scope, document)) for scope, document in read.filled.documents.items()),
        tuple(_part(read.filled, section, secrets) for section in read.filled.sections),
        selection.said if selection is not None else (),
        tuple(note for note in reader.notes if not _names_one(note, known)),
        service.recognised if service is not None else (),
        markup=secrets.redact("\n".join(_markup(read.written)) + "\n"),
    )


def _values(settings: Settings, selection: Selection | None, *, secret: bool) -> NamedValues:
    """The named values that are secrets, or those that are none."""
    kept = selection.named_values.values() if selection is not None else ()
    values = {each.name: (each.text, each.secret) for each in kept if each.text is not None}
    values |= {name: (each.text, each.secret) for name, each in settings.named_values.items()}
    return NamedValues({name: NamedValue(text, secret) for name, (text, hidden) in values.items() if hidden is secret})


class _Reader:
    """Reads the documents of one request; `notes` are what the gateway saves all the same."""

    def __init__(self, settings: Settings, selection: Selection | None) -> None:
        self._settings, self._selection = settings, selection
        kept = selection.policies if selection is not None else {}
        self._stored: dict[str, Stored] = {str(scope): stored for scope, stored in kept.items()}
        self._files = settings.policies
        self._fragments: Mapping[str, Stored] = selection.fragments if selection is not None else {}
        self._fragment_files = settings.fragments
        self.notes: list[Finding] = []

    def place(self, scope: str, document: Document) -> Place:
        """Where the document of a scope stands."""
        if scope in self._files:
            return _start(document)
        return self._stored[scope].place if scope in self._stored else _start(document)

    def read(self, values: NamedValues) -> _Read:
        texts = written(self._settings, self._selection)
        filled = self._composed(texts, values, noted=True)
        return _Read(filled, self._composed(texts, NamedValues()) if len(values) else filled)

    def _composed(
        self,
        texts: Written,
        values: NamedValues,
        *,
        noted: bool = False,
    ) -> Effective:
        from certgate.policy.compose import compose

        problems: list[Finding] = []
        documents: dict[str, Document] = {}
        pieces: dict[str, Document] = {}
        for scope, source in texts.policies.items():
            self._read(source, scope, values, documents, scope, problems)
        wanted = _included(documents.values())
        for name in wanted & set(texts.fragments):
            self._read(texts.fragments[name], "", values, pieces, name, problems)
        if problems:
            raise InputError.of(problems)
        if noted:
            self._note(documents, pieces)
        return compose(documents, pieces)

    def _note(self, documents: Mapping[str, Document], pieces: Mapping[str, Document]) -> None:
        for scope, document in documents.items():
            self.notes += document.notes
            if scope in self._stored and scope not in self._files:
                self.notes += self._stored[scope].notes
        for name, document in pieces.items():
            self.notes += document.notes
            if name in self._fragments and name not in self._fragment_files:
                self.notes += self._fragments[name].notes

    def _read(
        self,
        source: Source | Derived,
        scope: str,
        values: NamedValues,
        into: dict[str, Document],
        name: str,
        problems: list[Finding],
    ) -> None:
        from certgate.gateway.context.context import environment
        from certgate.gateway.elements import VOCABULARY
        from certgate.policy.parse import Saving, examine

        examined = examine(
            source,
            vocabulary=VOCABULARY,
            environment=environment(),
            named_values=values,
            saving=Saving(scope, tolerate_unknown=True, tolerate_holes=True),
        )
        problems += examined.problems
        if examined.document is not None:
            into[name] = examined.document


def _names_one(note: Finding, known: Container[str]) -> bool:
    """Is a note about a named value that is known, and not filled in since it is a secret?"""
    place = note.place
    if note.code != "named-value-unknown" or place is None or place.source_line is None or not place.column:
        return False
    return place.source_line[place.column - 1 : (place.end_column or 0) - 1].strip("{}") in known


def _start(document: Document) -> Place:
    return Place(document.file)


def _included(documents: Iterable[Document]) -> set[str]:
    """The fragments that documents include."""
    from certgate.policy.document import INCLUDE

    return {
        each.literal("fragment-id") or ""
        for document in documents
        for elements in document.sections.values()
        for element in elements
        for each in element.walk()
        if each.name == INCLUDE
    }


# -- what reports take -------------------------------------------------------------------------------------------------


def _part(whole: Effective, section: Section, secrets: NamedValues) -> Part:
    lost = tuple(Lost(each.scopes, each.by, each.file) for each in whole.dropped.get(section, ()))
    return Part(str(section), tuple(_policies(whole.sections[section], "", secrets)), lost)


def _policies(elements: Sequence[Element], fragment: str, secrets: NamedValues) -> Iterator[Item]:
    """Policies in the order in which they run."""
    from certgate.gateway.elements import VOCABULARY
    from certgate.policy.declaration import Shape

    for element in elements:
        declaration = VOCABULARY.get(element.name)
        yield _item(element, declaration.shape if declaration is not None else Shape(), fragment, secrets, policy=True)


def _item(element: Element, shape: Shape, fragment: str, secrets: NamedValues, *, policy: bool) -> Item:
    from certgate.policy.document import INCLUDE
    from certgate.policy.written import start_tag, text_of

    text = text_of(element)
    inside = (element.literal("fragment-id") or "") if element.name == INCLUDE else fragment
    return Item(
        element.name,
        element.path,
        element.scope,
        element.place(),
        secrets.redact(start_tag(element, empty=True if element.name == INCLUDE else None)),
        secrets.redact(text) if text is not None else None,
        fragment,
        policy,
        tuple(_children(element, shape, inside, secrets)),
    )


def _children(element: Element, shape: Shape, fragment: str, secrets: NamedValues) -> Iterator[Item]:
    parts = {child.name: child.shape for child in shape.children}
    for child in element.children:
        inner = parts.get(child.name)
        if inner is not None:
            yield _item(child, inner, fragment, secrets, policy=False)
        else:
            yield from _policies((child,), fragment, secrets)


def _markup(whole: Effective) -> Iterator[str]:
    """The policy as one document that can be saved, the origin of its elements in comments."""
    from certgate.gateway.elements import VOCABULARY
    from certgate.policy.written import Writer

    said = [""]

    def origin(element: Element) -> str | None:
        here = f"{element.scope}: {element.span.text.name}"
        if here == said[0]:
            return None
        said[0] = here
        return f"{here}:{element.span.line}"

    writer = Writer(VOCABULARY, origin)
    yield "<policies>"
    for section, elements in whole.sections.items():
        said[0] = ""
        yield f"    <{section}>"
        yield from writer.policies(elements, 2)
        yield f"    </{section}>"
    yield "</policies>"
