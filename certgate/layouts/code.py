"""Policies in Bicep and Terraform: in resources, and in whatever else a file assigns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from certgate.layouts import resources
from certgate.layouts.evaluate import Budget, Code, Evaluator
from certgate.layouts.outline import Assignment, Block, outline
from certgate.layouts.piece import Piece, Pieces, Said
from certgate.layouts.tokens import Kind, Language, tokens
from certgate.layouts.value import Options, Value, symbolic
from certgate.policy.derived import Building

if TYPE_CHECKING:
    from certgate.core.finding import Finding
    from certgate.core.source import Span, Text

_BICEP_VALUES = ("properties.value", "properties.policyContent")
_TERRAFORM_VALUES = ("xml_content", "xml_link", "value")
_MAX_OWNERS = 6
"""The most resources that stand above one."""


def pieces(base: Text, language: Language) -> tuple[Piece, ...]:
    """The policies of a Bicep or Terraform file."""
    return File(base, language).pieces()


class File:
    """One file: its blocks, and what its expressions come to."""

    def __init__(self, base: Text, language: Language) -> None:
        self._base = base
        self.language = language
        building = Building(base)
        building.keep(0, len(base.text))
        self._tokens = tokens(base.text, language, base.name)
        self.outline = outline(self._tokens, language)
        code = Code(base, building.done(), self._tokens, language)
        self._evaluator = Evaluator(code, self._name, Budget())
        self._known: dict[str, tuple[Options, tuple[Finding, ...]] | None] = {}

    def pieces(self) -> tuple[Piece, ...]:
        found, taken = Pieces(), set[int]()
        for block in self.outline.blocks:
            said = self.said(block)
            for path in self._policy_values if said is not None else ():
                at = block.values.get(path)
                if at is not None and said is not None:
                    taken.add(at)
                    self._add(found, at, said)
        for assignment in self.outline.assignments:
            if assignment.value not in taken and self._may_be_policy(assignment):
                self._add(found, assignment.value, Said())
        return found.done()

    def _add(self, found: Pieces, at: int, said: Said) -> None:
        self._evaluator.notes = []
        options, end = self._evaluator.options(at)
        if not said.is_policy:
            options = tuple(value for value in options if value.link is None or _is_policy_file(value.link.path))
            if len(options) == 1 and self._tokens[at].kind is Kind.QUOTE and options[0].text is not None:
                found.literal(options[0], self._evaluator.notes)
                return
        found.add(options, self._span(at, end), said, self._evaluator.notes)

    def _span(self, at: int, end: int) -> Span:
        last = self._tokens[max(min(end, len(self._tokens)) - 1, at)]
        return self._base.span(self._tokens[at].start, last.end)

    def _may_be_policy(self, assignment: Assignment) -> bool:
        if assignment.value >= len(self._tokens):
            return False
        token = self._tokens[assignment.value]
        following = self._tokens[assignment.value + 1 : assignment.value + 2]
        called = token.kind is Kind.WORD and bool(following) and following[0].text == "("
        return token.kind is Kind.QUOTE or called or assignment.word == "var"

    # -- resources -----------------------------------------------------------------------------------------------------

    @property
    def _policy_values(self) -> tuple[str, ...]:
        return _BICEP_VALUES if self.language is Language.BICEP else (*_TERRAFORM_VALUES, "body.properties.value")

    def text(self, block: Block, path: str) -> str | None:
        """The text that a block assigns, where it is known to the last character."""
        value = self.value(block, path)
        return value.plain if value is not None else None

    def value(self, block: Block, path: str) -> Value | None:
        """What a block assigns."""
        at = block.values.get(path)
        if at is None:
            return None
        options, _ = self._evaluator.options(at)
        return options[0] if options else None

    def said(self, block: Block) -> Said | None:
        """What a resource says of the policy in it; None where it holds none."""
        if block.kind != "resource" or len(block.labels) < 2:
            return None
        if self.language is Language.BICEP:
            parts = self.parts(block)
            form = self.text(block, "properties.format") or self.text(block, "properties.contentFormat")
            return resources.said(parts, self.names(block, len(parts)), form) if parts else None
        kind = block.labels[0]
        if kind == "azapi_resource":
            parts = resources.parts_of(self.text(block, "type") or "") or ()
            names = (*(None for _ in parts[1:]), self.text(block, "name"))
            return resources.said(parts, names, self.text(block, "body.properties.format"))
        values = {key: self._reference(block, key) for key in ("product_id", "api_name", "operation_id", "name")}
        return resources.said_in_terraform(kind, None, values)

    def parts(self, block: Block) -> tuple[str, ...]:
        """The parts of a Bicep resource's type, those of the resource around it in front."""
        inner: tuple[str, ...] = ()
        current: Block | None = block
        for _ in range(_MAX_OWNERS):
            if current is None or current.kind != "resource":
                break
            kind = current.labels[1] if len(current.labels) > 1 else ""
            full = resources.parts_of(kind)
            if full is not None:
                return (*full, *inner)
            if "/" in kind:
                break
            inner = (kind.split("@", 1)[0].lower(), *inner)
            current = current.parent
        return ()

    def names(self, block: Block, count: int) -> tuple[str | None, ...]:
        """The names of a Bicep resource and those above it, one for each part of its type."""
        found: list[str | None] = []
        current: Block | None = block
        for _ in range(_MAX_OWNERS):
            if current is None or len(found) >= count:
                break
            value = self.value(current, "name")
            text = symbolic(value.text) if value is not None and value.text is not None else None
            written = text.split("/") if text is not None else [None]
            found[:0] = written
            current = self._above(current)
        return tuple(found[-count:]) if count else ()

    def _above(self, block: Block) -> Block | None:
        at = block.values.get("parent")
        if at is not None and self._tokens[at].kind is Kind.WORD:
            return self._symbols.get(self._tokens[at].text)
        return block.parent if block.parent is not None and block.parent.kind == "resource" else None

    @cached_property
    def _symbols(self) -> dict[str, Block]:
        return {block.labels[0]: block for block in self.outline.blocks if block.kind == "resource" and block.labels}

    @cached_property
    def _resources(self) -> dict[tuple[str, ...], Block]:
        """The resources of Terraform by their labels."""
        return {block.labels: block for block in self.outline.blocks if block.kind == "resource"}

    def _reference(self, block: Block, key: str) -> str | None:
        """A name that Terraform code writes out, or takes from another resource of the file."""
        text = self.text(block, key)
        at = block.values.get(key)
        if text is not None or at is None:
            return text
        words = [token.text for token in self._tokens[at : at + 4 : 2] if token.kind is Kind.WORD]
        other = self._resources.get(tuple(words)) if len(words) == 2 else None
        if other is not None and other is not block:
            wanted = next((name for name in (key, "name") if name in other.values), "")
            text = self.text(other, wanted)
        value = self.value(block, key) if text is None else None
        return symbolic(value.text) if value is not None and value.text is not None else text

    # -- names ---------------------------------------------------------------------------------------------------------

    @cached_property
    def _assigned(self) -> dict[str, tuple[int, bool]]:
        """The names of the file: where the value begins, and whether it is but a default."""
        found: dict[str, tuple[int, bool]] = {}
        for assignment in self.outline.assignments:
            if assignment.word in {"var", "param"}:
                found.setdefault(assignment.path, (assignment.value, assignment.word == "param"))
            elif assignment.block.kind == "locals":
                found.setdefault(f"local.{assignment.path}", (assignment.value, False))
            elif assignment.block.kind == "variable" and assignment.path == "default" and assignment.block.labels:
                found.setdefault(f"var.{assignment.block.labels[0]}", (assignment.value, True))
        return found

    def _name(self, name: str, depth: int) -> Options | None:
        if self.language is Language.TERRAFORM and name in {"path.module", "path.root", "path.cwd"}:
            building = Building(self._base)
            building.replace(".", 0, 0)
            return (Value(building.done()),)
        if name not in self._known and name in self._assigned:
            # While it is read it is unknown: it may use itself.
            self._known[name] = None
            at, assumed = self._assigned[name]
            before, self._evaluator.notes = self._evaluator.notes, []
            options, _ = self._evaluator.options(at, depth)
            options = tuple(each._replace(assumed=each.assumed or assumed) for each in options)
            self._known[name] = options, tuple(self._evaluator.notes)
            self._evaluator.notes = before
        known = self._known.get(name)
        self._evaluator.notes += known[1] if known else ()
        return known[0] if known else None


def _is_policy_file(path: str) -> bool:
    """May the file of this name hold a policy? Not every file that a template reads does."""
    name = path.lower()
    return ".xml" in name or ".cshtml" in name
