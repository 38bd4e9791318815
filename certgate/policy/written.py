"""Elements as text again: start tags for reports, whole elements that can be saved.

Knows how values are written so that the reader reads the same again. An expression stands as it is where that reads the
same, which is how people write it; else its quotes and signs are escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.excerpt import XML_ESCAPE, unseen_as
from certgate.core.source import Text
from certgate.policy import rawxml
from certgate.policy.declaration import Content, Shape
from certgate.policy.derived import Building
from certgate.policy.document import INCLUDE, Expression
from certgate.policy.named_values import HOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from certgate.policy.declaration import Declaration
    from certgate.policy.document import Element, Value

SHOWN_HOLE = "${…}"
"""How a place is shown that a template fills in."""

_INDENT = "    "
_FREE = Shape(content=Content.XML)


def shown(text: str) -> str:
    """A text with the holes of templates as people know them."""
    return text.replace(HOLE, SHOWN_HOLE)


def start_tag(element: Element, *, empty: bool | None = None) -> str:
    """The start tag of an element. `empty`: whether it is the end too; None: as the element has it."""
    closed = not element.children and element.text is None if empty is None else empty
    attributes = "".join(f' {name}="{_attribute(each.value)}"' for name, each in element.attributes.items())
    return f"<{element.name}{attributes}{' />' if closed else '>'}"


def text_of(element: Element) -> str | None:
    """What stands in an element that holds no others; None where nothing does."""
    return shown(element.text.text) if element.text is not None else None


def _attribute(value: Value) -> str:
    text = shown(value.text)
    plain = unseen_as(XML_ESCAPE, text) == text
    if plain and isinstance(value, Expression) and _reads_same(f'<a b="{text}" />', text, attribute=True):
        return text
    escaped = unseen_as(XML_ESCAPE, text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;"))
    return escaped.replace("\r", "&#xD;").replace("\n", "&#xA;").replace("\t", "&#x9;")


def _content(value: Value, *, free: bool) -> str:
    text = shown(value.text)
    if free and text.lstrip().startswith("<"):
        return text
    plain = unseen_as(XML_ESCAPE, text) == text
    if plain and isinstance(value, Expression) and _reads_same(f"<a>{text}</a>", text, attribute=False):
        return text
    return unseen_as(XML_ESCAPE, text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#xD;"))


def _reads_same(markup: str, text: str, *, attribute: bool) -> bool:
    """Does the reader find this one expression in it?"""
    building = Building(Text("", markup))
    building.keep(0, len(markup))
    read = rawxml.read(building.done())
    if read.problems or len(read.root.children) != 1:
        return False
    element = read.root.children[0]
    values = [each.value for each in element.attributes] if attribute else element.texts
    return len(values) == 1 and values[0].whole and values[0].text.text == text


class Writer:
    """Writes elements line by line. `comment` gives what is to be said in front of a policy, or nothing."""

    def __init__(self, vocabulary: Mapping[str, Declaration], comment: Callable[[Element], str | None]) -> None:
        self._vocabulary = vocabulary
        self._comment = comment

    def policies(self, elements: Sequence[Element], depth: int) -> Iterator[str]:
        """Policies one below the other; a fragment's stand in the place of what includes them."""
        for element in elements:
            if element.name == INCLUDE:
                yield from self.policies(element.children, depth)
                continue
            said = self._comment(element)
            if said:
                yield f"{_INDENT * depth}<!-- {said.replace('--', '- -')} -->"
            declaration = self._vocabulary.get(element.name)
            yield from self._element(element, declaration.shape if declaration else _FREE, depth)

    def _element(self, element: Element, shape: Shape, depth: int) -> Iterator[str]:
        indent = _INDENT * depth
        if element.text is not None:
            content = _content(element.text, free=shape.content is Content.XML)
            yield f"{indent}{start_tag(element, empty=False)}{content}</{element.name}>"
        elif not element.children:
            yield indent + start_tag(element)
        else:
            yield indent + start_tag(element)
            yield from self._children(element, shape, depth + 1)
            yield f"{indent}</{element.name}>"

    def _children(self, element: Element, shape: Shape, depth: int) -> Iterator[str]:
        parts = {child.name: child.shape for child in shape.children}
        for child in element.children:
            inner = parts.get(child.name)
            if inner is not None:
                yield from self._element(child, inner, depth)
            else:
                yield from self.policies((child,), depth)
