"""Policy files with places to fill in: Terraform's templates (``${x}``, ``%{ if }``), tokens of deployment pipelines.

Knows how such places are written. Which files are templates, their name says, or who uses them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.layouts.evaluate import Branch, Budget, Code, Evaluator
from certgate.layouts.piece import Piece, Said
from certgate.layouts.tokens import Language, tokens
from certgate.layouts.value import Value
from certgate.policy.derived import Building
from certgate.policy.named_values import HOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.core.source import Text
    from certgate.layouts.value import Options
    from certgate.policy.derived import Derived

_PLAIN_TOKENS = re.compile(r"#\{[^{}#\r\n]{1,100}\}#|__[A-Za-z][A-Za-z0-9_.-]{0,100}?__")
"""Tokens that are nothing else anywhere."""

_TOKENS = re.compile(
    r"""\#\{[^{}#\r\n]{1,100}\}\#        # Replace Tokens, Octopus
    |\#\{[A-Za-z][\w.:-]{0,100}\}        # the same without its end
    |__[A-Za-z][A-Za-z0-9_.-]{0,100}?__
    |\$\([A-Za-z][\w.:-]{0,100}\)        # Azure Pipelines
    |\$\{[^{}\r\n]{1,200}\}              # Terraform, envsubst, azd
    |%\{[^{}\r\n]{1,200}\}
    |<%=?[^%\r\n]{1,200}%>
    |(?<=["'])(?<!\$")(?:\{[\w.-]{1,100}\}|\#[A-Za-z]\w{0,100}\#)(?=["'])  # what scripts replace, as a whole value
    |(?<=>)\{[A-Za-z][\w.-]{0,100}\}(?=<)
    |(?<!\{)\{[A-Za-z][A-Za-z0-9]{0,50}(?:-[A-Za-z0-9]{1,50}){1,5}\}(?!\})  # with a dash, as no name of C# has
    |^[ \t]*\{[A-Za-z][\w.-]{0,100}\}(?=[ \t]*\r?$)              # or on a line of its own
    """,
    re.VERBOSE | re.MULTILINE,
)

_DIRECTIVE = re.compile(r"%\{~?[ \t]*(?:if|for)\b")


def is_terraform(text: str) -> bool:
    """Does a text hold what only Terraform's templates do?"""
    return _DIRECTIVE.search(text) is not None


def ways(base: Text) -> tuple[Piece, ...]:
    """A file as ``templatefile`` reads it: once, or with each branch of its ``%{ if }`` and ``%{ else }``."""
    first, branched = _read(base, {}, Branch.FIRST)
    return (first, _read(base, {}, Branch.OTHER)[0]) if branched else (first,)


def terraform(base: Text, variables: Mapping[str, str | None]) -> Piece:
    """A file as ``templatefile`` reads it. `variables`: what is handed to it; None for what is not known."""
    return _read(base, variables, Branch.ONLY_FIRST)[0]


def _read(base: Text, given: Mapping[str, str | None], branch: Branch) -> tuple[Piece, bool]:
    """The file, and whether there is another branch to read."""
    building = Building(base)
    building.keep(0, len(base.text))
    code = Code(
        base, building.done(), tokens(base.text, Language.TERRAFORM, base.name, template=True), Language.TERRAFORM
    )

    def named(name: str, depth: int) -> Options | None:
        value = given.get(name)
        return None if value is None else (Value(_made(base, value)),)

    evaluator = Evaluator(code, named, Budget(), branch)
    text = _without_tokens(evaluator.string(0))
    return Piece(text, base.span(0, len(base.text)), Said(), notes=tuple(evaluator.notes)), evaluator.branched


def _without_tokens(text: Derived) -> Derived:
    """A template with the tokens of pipelines in it besides."""
    building, at = Building(text), 0
    for match in _PLAIN_TOKENS.finditer(text.text):
        building.keep(at, match.start())
        building.replace(HOLE, *match.span())
        at = match.end()
    building.keep(at, len(text.text))
    return building.done()


def tokenised(base: Text, filled: tuple[tuple[str, str | None], ...] = ()) -> Piece:
    """A file with the tokens of pipelines in it, each a hole. `filled`: texts that are replaced before, and by what."""
    building, at = Building(base), 0
    for start, end, value in _places(base.text, filled):
        building.keep(at, start)
        building.replace(HOLE if value is None else value, start, end)
        at = end
    building.keep(at, len(base.text))
    return Piece(building.done(), base.span(0, len(base.text)), Said())


def has_tokens(text: str) -> bool:
    """Are there tokens of pipelines in this text, or what looks like one?"""
    return _TOKENS.search(text) is not None


def _places(text: str, filled: tuple[tuple[str, str | None], ...]) -> list[tuple[int, int, str | None]]:
    """What is replaced, in order and apart: the given texts, longest first, and tokens."""
    values = {old: new for old, new in filled if old}
    given = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
    found: list[tuple[int, int, str | None]] = []
    for pattern in ([re.compile(given)] if given else []) + [_TOKENS]:
        taken = {start for start, _, _ in found}
        matches = (match for match in pattern.finditer(text) if match.start() not in taken)
        found += [(*match.span(), values.get(match[0])) for match in matches]
    found.sort()
    apart: list[tuple[int, int, str | None]] = []
    for start, end, value in found:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, value))
    return apart


def _made(base: Text, text: str) -> Derived:
    building = Building(base)
    building.replace(text, 0, 0)
    return building.done()
