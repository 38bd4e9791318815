"""Walks over trees of System.Xml.Linq: descendants, copies, and what deep equality compares.

SECURITY: nothing here calls itself, so the depth of a tree is bounded by the budget alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.tree import Container, Element, Node, Text, XObject
from certgate.csharp.runtime import charge_size, charge_steps

if TYPE_CHECKING:
    from collections.abc import Iterator


def descendants(top: Node, *, itself: bool = False) -> Iterator[Node]:
    """All nodes below `top`, in document order; texts that are content become nodes."""
    if itself:
        yield top
    node: Node = top
    while True:
        first = node.first() if isinstance(node, Container) else None
        if first is not None:
            node = first
        else:
            after = _after(node, top)
            if after is None:
                return
            node = after
        charge_steps(1)
        yield node


def descendant_elements(top: Container, *, itself: bool = False) -> Iterator[Element]:
    """All elements below `top`; texts that are content stay texts."""
    if itself and isinstance(top, Element):
        yield top
    node: Node = top
    while True:
        if isinstance(node, Container) and isinstance(node.content, Node):
            following = node.content.following
            if following is None:
                raise faults.null_reference()
            node = following
        else:
            after = _after(node, top)
            if after is None:
                return
            node = after
        charge_steps(1)
        if isinstance(node, Element):
            yield node


def _after(node: Node, top: Node) -> Node | None:
    """What follows a node and all below it, within `top`."""
    while node is not top:
        if node.parent is None:
            raise faults.null_reference()
        if node is not node.parent.content:
            return node.following
        node = node.parent
    return None


def root_of(node: XObject) -> XObject:
    while node.parent is not None:
        node = node.parent
    return node


def clone(node: Node) -> Node:
    """A copy of a node and all below it."""
    made = node.copy()
    if not isinstance(node, Container) or not isinstance(made, Container):
        return made
    holders: list[tuple[Container, Container]] = [(node, made)]
    while holders:
        source, target = holders.pop()
        if not isinstance(source.content, Node):
            charge_size(len(source.content or ""))
            target.content = source.content
            continue
        for child in source.nodes():
            copied = child.copy()
            target.append(copied)
            if isinstance(child, Container) and isinstance(copied, Container):
                holders.append((child, copied))
    return made


def deep_key(top: Node) -> tuple[Any, ...]:
    """Equal for nodes that DeepEquals calls equal: texts side by side are joined."""
    found: list[Any] = []
    texts: list[str] = []

    def flush() -> None:
        joined = "".join(texts)
        texts.clear()
        if joined:
            found.append(joined)

    open_: list[Any] = [top]
    while open_:
        node = open_.pop()
        charge_steps(1)
        if isinstance(node, Text) and node.kind == "Text" and node is not top:
            texts.append(node.value)
            continue
        flush()
        if node is None:
            found.append(None)
        elif isinstance(node, Container):
            found.append(_head(node))
            open_.append(None)
            if isinstance(node.content, Node):
                open_.extend(reversed(list(node.nodes())))
            elif node.content:
                texts.append(node.content)
        else:
            found.append(node.deep_key())
    return tuple(found)


def _head(node: Container) -> Any:
    only_text = isinstance(node.content, str) or (
        isinstance(node.content, Node) and all(child.kind == "Text" for child in node.nodes())
    )
    if not isinstance(node, Element):
        return (node.kind, only_text)
    pairs = tuple((one.name.local, one.name.space, one.value) for one in node.attributes())
    return (node.kind, only_text, node.name.local, node.name.space, pairs)
