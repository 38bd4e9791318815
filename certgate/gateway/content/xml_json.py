"""XML as JSON, as ``xml-to-json`` writes it. Microsoft publishes no rules; these are read off published answers.

Names keep their prefix, with ``$`` for the colon; attributes are members with ``@`` before the name, declarations of
namespaces too; text beside attributes or elements is ``#text``; elements of one name are an array; an element without
content is null, or empty text where it has an end tag of its own; what the XML declaration says are members of the
root. All values are texts. What no published answer shows raises UnsupportedReached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.dotnet.json.writer import quote
from certgate.csharp.dotnet.xml.output import attribute_prefix, prefix_of
from certgate.csharp.dotnet.xml.tree import CData, Comment, DocumentType, Element, Instruction, Text
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.tree import Attribute, Document

_MAX_HEIGHT = 150
"""SECURITY: what writes an element calls itself for those inside."""


@frozen
class Options:
    """`arrays`: an element inside another is an array even where it is the only one of its name."""

    arrays: bool = False


def converted(document: Document, options: Options) -> str:
    """The JSON text of a document."""
    root = document.root()
    _check(list(document.nodes()), root)
    members: dict[str, str] = {}
    if document.declaration is not None:
        for name in ("version", "encoding", "standalone"):
            if value := getattr(document.declaration, name):
                members[name] = quote(value)
    if root is not None:
        members[_element_name(root)] = _value(root, options, 1)
    return _object(members)


def _check(nodes: list[Any], root: Element | None) -> None:
    for node in nodes:
        if isinstance(node, Comment | Instruction | DocumentType | CData) or (node is not root and not _is_blank(node)):
            written = ", but that it writes it between /* and */" if isinstance(node, Comment) else ""
            raise UnsupportedReached(
                f"certgate does not know what xml-to-json makes of a node of type {node.kind}{written}"
            )


def _is_blank(node: Any) -> bool:
    return isinstance(node, Element) or (isinstance(node, Text) and not node.value.strip())


def _value(element: Element, options: Options, height: int) -> str:
    charge_steps(1)
    if height > _MAX_HEIGHT:
        raise UnsupportedReached(f"certgate converts no XML that is nested more than {_MAX_HEIGHT} levels deep")
    attributes = list(element.attributes())
    ends_itself = element.content is None
    nodes = list(element.nodes())
    texts = [node for node in nodes if isinstance(node, Text) and node.value.strip()]
    children = [node for node in nodes if isinstance(node, Element)]
    _check([node for node in nodes if node not in texts or isinstance(node, CData)], None)
    if len(texts) > 1:
        raise UnsupportedReached("certgate does not know what xml-to-json makes of several texts in one element")
    text = texts[0].value if texts else (None if ends_itself or children else _blanks(nodes))
    if not attributes and not children:
        return "null" if text is None else quote(text)
    members = {f"@{_attribute_name(each)}": quote(each.value) for each in attributes}
    if text is not None:
        members["#text"] = quote(text)
    return _object(members | _children(children, options, height))


def _blanks(nodes: list[Any]) -> str:
    return "".join(node.value for node in nodes if isinstance(node, Text))


def _children(children: list[Element], options: Options, height: int) -> dict[str, str]:
    """Elements of one name together, in the order in which the names appear."""
    groups: dict[str, list[str]] = {}
    for child in children:
        groups.setdefault(_element_name(child), []).append(_value(child, options, height + 1))
    return {
        name: values[0] if len(values) == 1 and not options.arrays else f"[{','.join(values)}]"
        for name, values in groups.items()
    }


def _object(members: dict[str, str]) -> str:
    made = "{" + ",".join(f"{quote(name)}:{value}" for name, value in members.items()) + "}"
    charge_size(len(made))
    return made


def _element_name(element: Element) -> str:
    prefix = prefix_of(element, element.name.space) if element.name.space else ""
    return _joined(prefix, element.name.local)


def _attribute_name(attribute: Attribute) -> str:
    if attribute.is_declaration():
        return "xmlns" if not attribute.name.space else f"xmlns${attribute.name.local}"
    return _joined(attribute_prefix(attribute), attribute.name.local)


def _joined(prefix: str | None, local: str) -> str:
    return f"{prefix}${local}" if prefix else local
