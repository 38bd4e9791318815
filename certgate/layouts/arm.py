"""ARM templates: JSON whose strings may hold ``[expressions]``, with policies in resources, variables, parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from certgate.layouts import json_tree, resources
from certgate.layouts.evaluate import Budget, Code, Evaluator
from certgate.layouts.piece import Piece, Pieces, Said
from certgate.layouts.tokens import Language, tokens
from certgate.layouts.value import Options, Value, symbolic

if TYPE_CHECKING:
    from certgate.core.finding import Finding
    from certgate.core.source import Text
    from certgate.layouts.json_tree import Node, Written

_CONTENT = ("value", "policyContent")
"""The properties of a policy that hold its text, today's name and the one before."""


def pieces(base: Text) -> tuple[Piece, ...]:
    """The policies of an ARM template. Raises InputError ``template-syntax`` for what is no JSON."""
    return _Template(base).pieces()


_MAKES = re.compile(r"\[(?:concat|format|replace)\(", re.IGNORECASE)
"""Expressions that may make a policy of parts."""


class _Place(NamedTuple):
    """A value, the template it belongs to, and the resource it stands in: the parts of its type and their names."""

    node: Node
    template: Node
    parts: tuple[str, ...]
    names: tuple[str | None, ...]


class _Template:
    def __init__(self, base: Text) -> None:
        self._base = base
        self._root = json_tree.read(base)
        self._found = Pieces()
        self._budget = Budget()
        self._template = self._root
        """The template whose names are meant: a deployment may hold another one."""
        self._names: dict[tuple[int, str], Options | None] = {}
        self._notes: list[Finding] = []

    def pieces(self) -> tuple[Piece, ...]:
        waiting = [_Place(self._root, self._root, (), ())]
        while waiting:
            place = waiting.pop()
            self._template = place.template
            waiting.extend(reversed(self._read(place)))
        return self._found.done()

    # -- resources -----------------------------------------------------------------------------------------------------

    def _read(self, place: _Place) -> list[_Place]:
        """Read a value; the answer is what stands in it."""
        node, template, parts, names = place
        if node.string is not None:
            # Policies stand in variables, parameters and what is handed to other templates too.
            if _MAKES.match(self._base.text, node.string.start, node.string.end) or (
                self._base.text.find("<", node.string.start, node.string.end) >= 0
            ):
                self._add(node.string, Said())
            return []
        if node.members is not None and node.get("resources") is not None and node.get("type") is None:
            template = self._template = node
        here, own = self._type(node, parts, names)
        if here is None:
            here, own = parts, names
        else:
            self._resource(node, here, own)
        return [_Place(child, template, here, own) for _, child in node.children()]

    def _type(
        self, node: Node, above: tuple[str, ...], owners: tuple[str | None, ...]
    ) -> tuple[tuple[str, ...] | None, tuple[str | None, ...]]:
        """The type of a resource and the names that belong to its parts; None where `node` is none."""
        kind, name = node.get("type"), node.get("name")
        written = kind.plain if kind is not None else None
        if written is None or name is None or name.string is None:
            return None, ()
        full = resources.parts_of(written)
        whole = self._text(name.string) or ""
        split = tuple(part for part in whole.split("/"))
        if full is not None:
            # The first of the names is the service's.
            return full, split[1:]
        if "/" not in written and (above or written.lower() in {"policies", "policyfragments"}):
            return (*above, written.lower()), (*owners, whole)
        return None, ()

    def _resource(self, node: Node, parts: tuple[str, ...], names: tuple[str | None, ...]) -> None:
        properties = node.get("properties")
        if properties is None:
            return
        form = properties.get("format") or properties.get("contentFormat")
        said = resources.said(parts, names, form.plain if form is not None else None)
        for key in _CONTENT if said is not None else ():
            value = properties.get(key)
            if value is not None and value.string is not None and said is not None:
                self._add(value.string, said)

    def _add(self, written: Written, said: Said) -> None:
        self._notes = []
        options = self._options(written, 0)
        if not said.is_policy and not _is_expression(written.decoded().text):
            self._found.literal(options[0], self._notes)
        else:
            self._found.add(options, self._base.span(written.start, written.end), said, self._notes)

    # -- expressions ---------------------------------------------------------------------------------------------------

    def _text(self, written: Written) -> str | None:
        options = self._options(written, 0)
        return symbolic(options[0].text) if options and options[0].text is not None else None

    def _options(self, written: Written, depth: int) -> Options:
        """What a string comes to: itself, or what its expression comes to."""
        decoded = written.decoded()
        text = decoded.text
        if not _is_expression(text):
            return (Value(decoded),)
        inner = decoded.cut(1, len(text.rstrip()) - 1)
        code = Code(self._base, inner, tokens(inner.text, Language.ARM, self._base.name), Language.ARM)
        evaluator = Evaluator(code, self._name, self._budget)
        options, _ = evaluator.options(0, depth)
        self._notes += evaluator.notes
        return options

    def _name(self, name: str, depth: int) -> Options | None:
        """What a variable is, or a parameter's default."""
        known = (id(self._template), name)
        if known not in self._names:
            # While it is read it is unknown: it may use itself.
            self._names[known] = None
            group, _, key = name.partition(".")
            holder = self._template.get(group)
            node = holder.get(key) if holder is not None else None
            if node is not None and group == "parameters":
                node = node.get("defaultValue")
            if node is not None and node.string is not None:
                assumed = group == "parameters"
                options = self._options(node.string, depth)
                self._names[known] = tuple(each._replace(assumed=each.assumed or assumed) for each in options)
        return self._names[known]


def _is_expression(text: str) -> bool:
    return text.startswith("[") and not text.startswith("[[") and text.rstrip().endswith("]")
