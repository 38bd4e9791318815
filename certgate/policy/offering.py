"""The policies of a document, and what of them a kind of gateway does not have; the limits of its size there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.finding import Finding
from certgate.core.source import Text
from certgate.policy.declaration import Content, GatewayKind
from certgate.policy.document import BASE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certgate.policy.declaration import Declaration, Shape
    from certgate.policy.document import Document, Element

MAX_CONSUMPTION_SIZE = 16 * 1024
"""The largest document, but no fragment, that the Consumption tier saves, in bytes (service limits page)."""


def refused(document: Document, kind: GatewayKind, vocabulary: Mapping[str, Declaration]) -> Iterator[Finding]:
    """What a gateway of that kind would not save of a document that is right otherwise. A self-hosted one has every
    document of its service: it passes over what it does not have (fact sheet §5.7)."""
    if too_large(kind, document.kind, document.size):
        yield Finding("document-too-large", TOO_LARGE, Text(document.file, "").span(0, 0).place())
    if kind is GatewayKind.SELF_HOSTED:
        return
    for elements in document.sections.values():
        for element in policies(elements, vocabulary):
            declaration = vocabulary[element.name]
            if not declaration.offered(kind):
                message, hint = not_offered(declaration, kind)
                yield element.finding("gateway-wrong", message, hint=hint)


def policies(elements: tuple[Element, ...], vocabulary: Mapping[str, Declaration]) -> Iterator[Element]:
    """The policies among elements and in those that hold policies; the parts of a policy are none of their own."""
    for element in elements:
        declaration = vocabulary.get(element.name) if element.name != BASE else None
        if declaration is not None:
            yield element
            yield from _inside(element, declaration.shape, vocabulary)


def _inside(element: Element, shape: Shape, vocabulary: Mapping[str, Declaration]) -> Iterator[Element]:
    parts = {child.name: child.shape for child in shape.children}
    for child in element.children:
        if child.name not in parts:
            if shape.content is Content.POLICIES:
                yield from policies((child,), vocabulary)
        elif (inner := parts[child.name]) is not None:
            yield from _inside(child, inner, vocabulary)


TOO_LARGE = f"is larger than {MAX_CONSUMPTION_SIZE // 1024} KiB, the most that the Consumption tier saves"


def too_large(kind: GatewayKind | None, document: Kind, size: int) -> bool:
    return kind is GatewayKind.CONSUMPTION and document is not Kind.FRAGMENT and size > MAX_CONSUMPTION_SIZE


def not_offered(declaration: Declaration, kind: GatewayKind) -> tuple[str, str | None]:
    """The message and the hint for a policy that such a gateway does not have."""
    allowed = ", ".join(each for each in GatewayKind if each in (declaration.gateways or ()))
    hint = f"it is there on gateways of these kinds: {allowed}" if allowed else None
    return f"{declaration.name} is not there on a {kind} gateway", hint
