"""XPath 1.0 over the nodes of System.Xml.Linq.

Knows axes, predicates and node-sets in document order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.xml import path_values as values
from certgate.csharp.dotnet.xml.path_read import Test, Tree, parse, xpath_fault
from certgate.csharp.dotnet.xml.tree import Attribute, Container, Document, DocumentType, Element, Instruction, Node
from certgate.csharp.dotnet.xml.walk import descendants, root_of
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_NEEDS_MANAGER = "Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function."
_KINDS = {"Text": "text", "CDATA": "text", "Comment": "comment", "ProcessingInstruction": "processing-instruction"}
_REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})


def evaluate(node: Any, expression: str, resolve: Callable[[str], str | None] | None = None) -> Any:
    """The value of an expression: a list of nodes, a float, a text or a Boolean. XPathException.

    `resolve` gives the namespace of a prefix, None where there is none.
    """
    return _Evaluator(resolve, root_of(node)).value(parse(expression), node, 1, 1)


class _Evaluator:
    def __init__(self, resolve: Callable[[str], str | None] | None, root: Any) -> None:
        self.resolve = resolve
        self.root = root
        self.order: dict[int, int] = {}

    def value(self, tree: Tree, node: Any, position: int, size: int) -> Any:
        charge_steps(1)
        match tree[0]:
            case "number" | "string":
                return tree[1]
            case "group":
                return self.value(tree[1], node, position, size)
            case "variable":
                raise xpath_fault(_NEEDS_MANAGER)
            case "call":
                return self._call(tree[1], tree[2], node, position, size)
            case "path":
                return self._path(tree, node, position, size)
            case "filter":
                found = values.nodes(self.value(tree[1], node, position, size))
                return self._filtered(found, tree[2])
            case "negate":
                return -values.as_number(self.value(tree[1], node, position, size))
            case "or" | "and":
                left = values.as_boolean(self.value(tree[1], node, position, size))
                if left == (tree[0] == "or"):
                    return left
                return values.as_boolean(self.value(tree[2], node, position, size))
        left = self.value(tree[1], node, position, size)
        right = self.value(tree[2], node, position, size)
        if tree[0] == "|":
            return self._sorted([*values.nodes(left), *values.nodes(right)])
        if tree[0] in ("+", "-", "*", "div", "mod"):
            return values.arithmetic(tree[0], values.as_number(left), values.as_number(right))
        return values.compare(tree[0], left, right)

    # -- functions -----------------------------------------------------------------------------------

    def _call(self, name: str, arguments: Sequence[Tree], node: Any, position: int, size: int) -> Any:
        if ":" in name:
            raise xpath_fault(_NEEDS_MANAGER)
        if name in ("position", "last") and not arguments:
            return float(position if name == "position" else size)
        found = [self.value(one, node, position, size) for one in arguments]
        if name in values.TEXT_FUNCTIONS and len(found) <= 1:
            if name == "number" and found:
                return values.as_number(found[0])
            return values.TEXT_FUNCTIONS[name](values.as_text(found[0] if found else [node]))
        if name in ("name", "local-name", "namespace-uri") and len(found) <= 1:
            chosen = values.nodes(found[0]) if found else [node]
            return self._name(name, chosen[0]) if chosen else ""
        return values.call(name, found)

    def _name(self, which: str, node: Any) -> str:
        if isinstance(node, Instruction):
            return "" if which == "namespace-uri" else node.target
        name = values.name_of(node)
        if name is None:
            return ""
        if which == "namespace-uri":
            return str(name.space)
        if which == "name" and name.space:
            return qualified(node)
        return str(name.local)

    # -- paths ---------------------------------------------------------------------------------------

    def _path(self, tree: Tree, node: Any, position: int, size: int) -> list[Any]:
        start = tree[1]
        if start is None:
            found = [node]
        elif start == "root":
            found = [self.root]
        else:
            found = values.nodes(self.value(start, node, position, size))
        for axis, test, predicates in tree[2]:
            found = self._step(found, axis, test, predicates)
        return found

    def _step(self, start: list[Any], axis: str, test: Test, predicates: Sequence[Tree]) -> list[Any]:
        space = self._space(test)
        found: list[Any] = []
        for node in start:
            part = [one for one in _axis(node, axis) if self._fits(one, axis, test, space)]
            charge_size(len(part))
            found += self._filtered(part, predicates)
        return self._sorted(found) if len(start) > 1 or axis in _REVERSE else found

    def _space(self, test: Test) -> str | None:
        if not test.prefix:
            return ""
        if self.resolve is None:
            raise xpath_fault(_NEEDS_MANAGER)
        found = self.resolve(test.prefix)
        if found is None:
            raise xpath_fault(f"Namespace prefix '{test.prefix}' is not defined.")
        return found

    def _fits(self, node: Any, axis: str, test: Test, space: str | None) -> bool:
        charge_steps(1)
        if test.kind == "node":
            return True
        if test.kind != "name":
            if _KINDS.get(node.kind) != test.kind:
                return False
            return test.name is None or (isinstance(node, Instruction) and node.target == test.name)
        if not isinstance(node, Attribute if axis == "attribute" else Element):
            return False
        if test.name is None:
            return test.prefix is None or node.name.space == space
        return bool(node.name.local == test.name and node.name.space == space)

    def _filtered(self, found: list[Any], predicates: Sequence[Tree]) -> list[Any]:
        for predicate in predicates:
            size = len(found)
            kept = []
            for at, node in enumerate(found, 1):
                value = self.value(predicate, node, at, size)
                if value == at if isinstance(value, float) else values.as_boolean(value):
                    kept.append(node)
            found = kept
        return found

    def _sorted(self, found: list[Any]) -> list[Any]:
        """In document order, each once."""
        if not self.order:
            self._number()
        kept = {id(node): node for node in found}
        return sorted(kept.values(), key=lambda node: self.order.get(id(node), 0))

    def _number(self) -> None:
        nodes = descendants(self.root, itself=True) if isinstance(self.root, Node) else iter((self.root,))
        for node in nodes:
            self.order[id(node)] = len(self.order)
            if isinstance(node, Element):
                for one in node.attributes():
                    self.order[id(one)] = len(self.order)
        charge_size(len(self.order))


def qualified(node: Element | Attribute) -> str:
    """The name with its prefix."""
    from certgate.csharp.dotnet.xml.output import namespace_of, prefix_of

    element = node if isinstance(node, Element) else node.parent
    if element is None:
        return node.name.local
    if isinstance(node, Element) and namespace_of(element, "xmlns") == node.name.space:
        return node.name.local
    prefix = prefix_of(element, node.name.space)
    return f"{prefix}:{node.name.local}" if prefix else node.name.local


def _axis(node: Any, axis: str) -> Iterator[Any]:
    match axis:
        case "self":
            return iter((node,))
        case "child":
            return _children(node)
        case "attribute":
            attributes = node.attributes() if isinstance(node, Element) else iter(())
            return (one for one in attributes if not one.is_declaration())
        case "descendant" | "descendant-or-self":
            return _descendants(node, itself=axis.endswith("self"))
        case "parent":
            return iter(() if node.parent is None else (node.parent,))
        case "ancestor" | "ancestor-or-self":
            return _ancestors(node, itself=axis.endswith("self"))
        case "following-sibling":
            return _siblings(node, forward=True)
        case "preceding-sibling":
            return _siblings(node, forward=False)
        case "following" | "preceding":
            return _elsewhere(node, forward=axis == "following")
    raise UnsupportedReached(f"certgate does not simulate the XPath axis '{axis}'")


def _is_seen(node: Node) -> bool:
    """The model of XPath has no document types and no XML declarations."""
    return not isinstance(node, DocumentType) and node.kind != "XmlDeclaration"


def _children(node: Any) -> Iterator[Any]:
    nodes = node.nodes() if isinstance(node, Container) else iter(())
    return (one for one in nodes if _is_seen(one))


def _descendants(node: Any, itself: bool) -> Iterator[Any]:
    if not isinstance(node, Node):
        return iter((node,) if itself else ())
    return (one for one in descendants(node, itself=itself) if _is_seen(one))


def _ancestors(node: Any, itself: bool) -> Iterator[Any]:
    if itself:
        yield node
    while node.parent is not None:
        node = node.parent
        yield node


def _siblings(node: Any, forward: bool) -> Iterator[Any]:
    if isinstance(node, Attribute) or node.parent is None:
        return iter(())
    items = list(_children(node.parent))
    at = next(index for index, one in enumerate(items) if one is node)
    return iter(items[at + 1 :]) if forward else reversed(items[:at])


def _elsewhere(node: Any, forward: bool) -> Iterator[Any]:
    """All nodes behind the end, or before the start, of a node; no ancestors."""
    for outer in list(_ancestors(node, itself=True)):
        for sibling in _siblings(outer, forward):
            if isinstance(sibling, Document):
                continue
            below = list(_descendants(sibling, itself=True))
            yield from below if forward else reversed(below)
