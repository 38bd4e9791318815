"""The tree of System.Xml.Linq: nodes that know their parent and the node behind them.

The children of a container form a ring, and the container knows the last one, as in .NET: so a tree that is changed
while it is enumerated behaves alike. Content that is one text only is kept as that text until somebody asks for its
node. Knows the tree; what may be put where is ``content.py``, text is ``output.py``.
SECURITY: nothing here calls itself, so the depth of a tree is bounded by the budget alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.types import (
    ATTRIBUTE,
    CDATA,
    COMMENT,
    DOCUMENT,
    DOCUMENT_TYPE,
    ELEMENT,
    INSTRUCTION,
    TEXT,
)
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.xml.names import Name

NODE_COST = 8
"""What a node counts as, in characters."""


class XObject(NetObject):
    """`kind` is the name of its XmlNodeType; `place` the line and position it was read from, where that was kept."""

    __slots__ = ("annotations", "parent", "place")

    kind = "None"

    def __init__(self) -> None:
        charge_size(NODE_COST)
        charge_steps(10)
        self.parent: Any = None
        self.annotations: list[Any] | None = None
        self.place: tuple[int, int] | None = None

    def to_text(self) -> str:
        from certgate.csharp.dotnet.xml.output import save_options, to_text

        return to_text(self, save_options(self))

    def json_token(self) -> Any:
        """What Newtonsoft's serializer makes of it."""
        from certgate.csharp.dotnet.json.xml_write import token

        return token(self)


class Node(XObject):
    __slots__ = ("following",)

    parent: Container | None

    def __init__(self) -> None:
        super().__init__()
        self.following: Node | None = None

    def copy(self) -> Node:
        """The node itself, without children."""
        raise NotImplementedError

    def deep_key(self) -> Any:
        """What DeepEquals compares, of a node that has no children."""
        raise NotImplementedError

    def next(self) -> Node | None:
        return None if self.parent is None or self.parent.content is self else self.following

    def previous(self) -> Node | None:
        if self.parent is None:
            return None
        found = None
        for node in self.parent.nodes():
            if node is self:
                break
            charge_steps(1)
            found = node
        return found


class Worded(Node):
    """A node that is a text."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        super().__init__()
        charge_size(len(value))
        self.value = value

    def copy(self) -> Node:
        return type(self)(self.value)

    def deep_key(self) -> Any:
        return (self.kind, self.value)


class Text(Worded):
    """An XText."""

    __slots__ = ()

    kind = "Text"
    net_type = TEXT.type


class CData(Text):
    __slots__ = ()

    kind = "CDATA"
    net_type = CDATA.type


class Comment(Worded):
    __slots__ = ()

    kind = "Comment"
    net_type = COMMENT.type


class Instruction(Node):
    """An XProcessingInstruction."""

    __slots__ = ("data", "target")

    kind = "ProcessingInstruction"
    net_type = INSTRUCTION.type

    def __init__(self, target: str, data: str) -> None:
        super().__init__()
        charge_size(len(target) + len(data))
        self.target = target
        self.data = data

    def copy(self) -> Node:
        return Instruction(self.target, self.data)

    def deep_key(self) -> Any:
        return (self.kind, self.target, self.data)


class DocumentType(Node):
    __slots__ = ("name", "public", "subset", "system")

    kind = "DocumentType"
    net_type = DOCUMENT_TYPE.type

    def __init__(self, name: str, public: str | None, system: str | None, subset: str | None) -> None:
        super().__init__()
        self.name = name
        self.public = public
        self.system = system
        self.subset = subset

    def copy(self) -> Node:
        return DocumentType(self.name, self.public, self.system, self.subset)

    def deep_key(self) -> Any:
        return (self.kind, self.name, self.public, self.system, self.subset)


class Attribute(XObject):
    __slots__ = ("following", "name", "value")

    kind = "Attribute"
    net_type = ATTRIBUTE.type
    parent: Element | None

    def __init__(self, name: Name, value: str) -> None:
        super().__init__()
        charge_size(len(value))
        self.following: Attribute | None = None
        self.name = name
        self.value = value

    def is_declaration(self) -> bool:
        """Whether it declares a namespace."""
        from certgate.csharp.dotnet.xml.names import XMLNS

        return self.name.local == "xmlns" if not self.name.space else self.name.space == XMLNS


Link = TypeVar("Link", Node, "Attribute")


def _unlinked(last: Link, gone: Link) -> Link | None:
    """Take `gone` out of the ring that `last` closes: the last one that is left. NullReferenceException where it is
    not in the ring."""
    before = last
    while before.following is not gone:
        charge_steps(1)
        if before.following is None:
            raise faults.null_reference()
        before = before.following
    if before is gone:
        return None
    before.following = gone.following
    return before if last is gone else last


class Container(Node):
    """`content` is None, a text, or the last child."""

    __slots__ = ("content",)

    def __init__(self) -> None:
        super().__init__()
        self.content: str | Node | None = None

    def last(self) -> Node | None:
        """The last child; a text becomes a node."""
        if isinstance(self.content, str):
            if not self.content:
                return None
            self.text_to_node()
        return self.content if isinstance(self.content, Node) else None

    def first(self) -> Node | None:
        last = self.last()
        return None if last is None else last.following

    def text_to_node(self) -> None:
        if isinstance(self.content, str) and self.content:
            node = Text(self.content)
            node.parent = self
            node.following = node
            self.content = node

    def nodes(self) -> Iterator[Node]:
        """The children, as ``Nodes()`` gives them while they may change."""
        node = self.last()
        while node is not None:
            node = node.following
            if node is None:
                raise faults.null_reference()
            yield node
            if node.parent is not self or node is self.content:
                return

    def append(self, node: Node) -> None:
        """Put a node that has no parent behind the last child; a text that is content is forgotten."""
        node.parent = self
        if isinstance(self.content, Node):
            node.following = self.content.following
            self.content.following = node
        else:
            node.following = node
        self.content = node

    def insert(self, node: Node, previous: Node | None) -> None:
        """Put a node that has no parent behind `previous`, or before all."""
        node.parent = self
        if not isinstance(self.content, Node):
            node.following = node
            self.content = node
            return
        anchor = self.content if previous is None else previous
        node.following = anchor.following
        anchor.following = node
        if self.content is previous:
            self.content = node

    def remove(self, node: Node) -> None:
        last = self.content
        if not isinstance(last, Node):
            raise faults.null_reference()
        self.content = _unlinked(last, node)
        node.parent = node.following = None

    def clear(self) -> None:
        """Remove all children."""
        node = self.content if isinstance(self.content, Node) else None
        last = node
        while node is not None:
            charge_steps(1)
            following = node.following
            node.parent = node.following = None
            node = following if following is not last else None
        self.content = None

    def text(self) -> str:
        """The texts below, joined."""
        from certgate.csharp.dotnet.xml.walk import descendants

        if isinstance(self.content, str):
            return self.content
        parts = [node.value for node in descendants(self) if isinstance(node, Text)]
        charge_size(sum(map(len, parts)))
        return "".join(parts)


class Element(Container):
    __slots__ = ("last_attribute", "name")

    kind = "Element"
    net_type = ELEMENT.type

    def __init__(self, name: Name) -> None:
        super().__init__()
        self.name = name
        self.last_attribute: Attribute | None = None

    def copy(self) -> Element:
        made = Element(self.name)
        for attribute in self.attributes():
            made.put(Attribute(attribute.name, attribute.value))
        return made

    def attributes(self) -> Iterator[Attribute]:
        """The attributes, as ``Attributes()`` gives them while they may change."""
        found = self.last_attribute
        while found is not None:
            found = found.following
            if found is None:
                raise faults.null_reference()
            yield found
            if found.parent is not self or found is self.last_attribute:
                return

    def attribute(self, name: Name | None) -> Attribute | None:
        return next((one for one in self.attributes() if one.name is name), None)

    def put(self, attribute: Attribute) -> None:
        """Add an attribute that has no parent."""
        attribute.parent = self
        if self.last_attribute is None:
            attribute.following = attribute
        else:
            attribute.following = self.last_attribute.following
            self.last_attribute.following = attribute
        self.last_attribute = attribute

    def take(self, attribute: Attribute) -> None:
        """Remove an attribute."""
        last = self.last_attribute
        if last is None:
            raise faults.null_reference()
        self.last_attribute = _unlinked(last, attribute)
        attribute.parent = attribute.following = None


class Document(Container):
    __slots__ = ("declaration",)

    kind = "Document"
    net_type = DOCUMENT.type

    def __init__(self) -> None:
        super().__init__()
        self.declaration: Any = None

    def copy(self) -> Document:
        from certgate.csharp.dotnet.xml.leaves import Declaration

        made = Document()
        if isinstance(self.declaration, Declaration):
            made.declaration = self.declaration.copy()
        return made

    def root(self) -> Element | None:
        return next((node for node in self.nodes() if isinstance(node, Element)), None)
