"""A policy document as the gateway sees it: sections, elements, values; each knows its place in the file.

Values only. Knows what was written, not what it does. All of it is frozen and may be run many times.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certgate.core.source import Place, Span
    from certgate.csharp import Expression as Compiled
    from certgate.csharp import Unsupported
    from certgate.policy.declaration import Section
    from certgate.policy.derived import Derived


BASE = "base"
INCLUDE = "include-fragment"
"""Two elements that are looked for by name: other policies stand in their place."""


class Kind(StrEnum):
    POLICY = "policy"
    FRAGMENT = "fragment"
    SNIPPET = "snippet"
    """Elements without ``<policies>``: taken for an inbound section."""


@frozen
class Literal:
    """A value that is text. `text` has named values filled in and entities decoded; of typed attributes (numbers,
    Booleans, dates) it has no blanks around it."""

    text: str
    span: Span


@frozen
class Expression:
    """A value that is a C# expression. `text` is what C# sees, with its ``@( )`` or ``@{ }``; offsets are 0-based into
    it. `compiled` is None only where an unknown named value kept it from being compiled; `unsupported` is what certgate
    has not got in it: reached, it makes the outcome undecided.

    SECURITY: where `secret`, a secret named value stands in `text`: redact it before it is shown, and show no value,
    message or part of it.
    """

    text: str
    span: Span
    compiled: Compiled | None
    derived: Derived
    static_type: str | None = None
    unsupported: tuple[Unsupported, ...] = ()
    secret: bool = False

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where ``[start, end)`` of `text` stands in the file; without `end` up to its own end."""
        if start == 0 and end is None:
            return self.derived.place
        return self.derived.span(start, len(self.text) if end is None else end).place()


Value = Literal | Expression


@frozen
class Attribute:
    """An attribute as written. `span` is its name, the value has its own."""

    name: str
    value: Value
    span: Span


@frozen
class Element:
    """An element as written.

    `path` is its position in its section: names with the 1-based index among siblings of the same name, joined by
    ``/``, as ``choose[1]/when[2]/return-response[1]``; what ``LastError.Path`` holds. `text` is None where there is
    none but blanks. Where the content is free XML, `text` is all of it, as written. `secret`: a secret named value
    stands between its start and its end.
    """

    name: str
    span: Span
    """The start tag."""
    path: str
    scope: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    children: tuple[Element, ...] = ()
    text: Value | None = None
    secret: bool = False

    @property
    def id(self) -> str | None:
        """The ``id`` attribute: ``LastError.PolicyId``."""
        return self.literal("id")

    def value(self, name: str) -> Value | None:
        """The value of an attribute, None where it is not written."""
        attribute = self.attributes.get(name)
        return attribute.value if attribute else None

    def literal(self, name: str, default: str | None = None) -> str | None:
        """The text of an attribute that is no expression; else `default`."""
        value = self.value(name)
        return value.text if isinstance(value, Literal) else default

    def named(self, name: str) -> tuple[Element, ...]:
        """The children of that name."""
        return tuple(child for child in self.children if child.name == name)

    def place(self) -> Place:
        return self.span.place()

    def walk(self) -> Iterator[Element]:
        """This element and all below, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def finding(
        self,
        code: str,
        message: str,
        severity: Severity = Severity.ERROR,
        *,
        attribute: str = "",
        hint: str | None = None,
    ) -> Finding:
        """Something said about this element, or about one of its attributes."""
        written = self.attributes.get(attribute)
        return Finding(code, message, (written.span if written else self.span).place(), severity, hint)


@frozen
class Document:
    """A policy document, a fragment or a snippet. `sections` holds those that are written, ``<base />`` included; a
    fragment's elements stand under INBOUND. `notes` are what the gateway would save all the same."""

    file: str
    kind: Kind
    scope: str
    sections: Mapping[Section, tuple[Element, ...]]
    size: int
    """Bytes of its text in UTF-8, named values not filled in: what the gateway's limits count."""
    notes: tuple[Finding, ...] = ()

    def walk(self) -> Iterator[Element]:
        """All elements, in the order of the file within each section."""
        for elements in self.sections.values():
            for element in elements:
                yield from element.walk()
