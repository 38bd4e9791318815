"""What may come next in an expression that is being typed, from the declarations. Runs nothing.

Knows the text before the cursor: what stands before a dot is compiled for its type, whose members are offered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from certgate.csharp.environment import Environment
    from certgate.csharp.listed import Listed
    from certgate.csharp.types import NetType

MOST_TEXT = 4_000
"""Characters before the cursor that are looked at."""

_WORD = r"[A-Za-z_]\w*$"
_NEW = r"\bnew\s+$"
_KEY = r"([A-Za-z_][\w.]*)\[\"([^\"]*)$"
_NAME_BEFORE = re.compile(r"[A-Za-z_]\w*(?:<[\w\s,<>.\[\]?]*>)?$")
_KEYWORDS = ("as", "bool", "decimal", "default", "double", "false", "foreach", "if", "int", "is", "long", "nameof")
_MORE_KEYWORDS = ("new", "null", "out", "return", "string", "switch", "throw", "true", "try", "typeof", "var", "while")
_PAIRS = {")": "(", "]": "["}
_HIDDEN = frozenset({"operator", "constructor", "indexer"})


@frozen
class Completion:
    """`text` takes the place of all behind the offset `start`; `note` says what it is."""

    text: str
    start: int
    note: str = ""


def complete(text: str, environment: Environment, keys: Mapping[str, Sequence[str]]) -> list[Completion]:
    """What could go on behind `text`. `keys` are known keys by the end of what is indexed (``.Variables``)."""
    text = text[-MOST_TEXT:]
    if key := re.search(_KEY, text):
        return [
            Completion(f'{name}"]', key.start(2))
            for end, names in keys.items()
            if key[1].endswith(end)
            for name in names
            if name.startswith(key[2])
        ]
    word = re.search(_WORD, text)
    start = word.start() if word else len(text)
    prefix = text[start:].casefold()
    before = text[:start]
    rows = _members(before[:-1].removesuffix("?"), environment) if before.endswith(".") else _names(environment)
    found = {name: note for name, note in rows if name.casefold().startswith(prefix)}
    return [Completion(name, start, note) for name, note in sorted(found.items(), key=lambda row: row[0].casefold())]


def _names(environment: Environment) -> Iterator[tuple[str, str]]:
    yield from environment.globals.items()
    for word in (*_KEYWORDS, *_MORE_KEYWORDS):
        yield word, "keyword"
    for definition in catalogue.load_all():
        if (definition.allowed or environment.unrestricted) and definition.namespace in environment.namespaces:
            yield definition.name, definition.kind


def _members(before: str, environment: Environment) -> Iterator[tuple[str, str]]:
    """The members of what ends `before`: of its type, or of the type that it names."""
    start = _receiver(before)
    created = re.search(_NEW, before[:start])
    receiver = before[created.start() if created else start :]
    kind = _type(receiver, environment)
    if kind is not None:
        rows, static = _of(kind), False
    else:
        definitions = catalogue.found(receiver) if receiver else ()
        rows, static = [row for each in definitions for row in catalogue.members(each)], True
    for row in rows:
        if row.static is static and row.kind not in _HIDDEN and (row.allowed or environment.unrestricted):
            yield row.name, row.signature if row.simulated else f"{row.signature}  (not simulated)"


def _of(kind: NetType) -> list[Listed]:
    from certgate.core.value import replace

    if kind.definition is None:
        inherited = [row for base in kind.bases if base.definition for row in catalogue.members(base.definition)]
        return [*inherited, *(replace(row, static=False) for row in catalogue.extensions(kind))]
    own = list(catalogue.members(kind.definition))
    own += [row for _, rows in catalogue.inherited(kind.definition) for row in rows]
    return [*own, *(replace(row, static=False) for row in catalogue.extensions(kind))]


def _type(receiver: str, environment: Environment) -> NetType | None:
    """The static type of an expression, or None where it is none."""
    from certgate.csharp.expression import compile as compile_expression
    from certgate.csharp.signatures import parse_type

    compilation = compile_expression(f"@({receiver})", environment)
    if compilation.static_type is None or compilation.diagnostics:
        return None
    try:
        return parse_type(compilation.static_type)
    except ValueError:
        # A tuple, an anonymous type, or one that certgate knows no name of.
        return None


def _receiver(before: str) -> int:
    """Where the chain that ends `before` begins: names, calls, indexes and strings joined by dots."""
    at = len(before)
    while at > 0:
        start = _link(before, at)
        if start == at:
            return at
        at = start
        if at == 0 or before[at - 1] not in ".?":
            if before[at : at + 1] in ("(", "["):
                continue
            return at
        at = len(before[:at].rstrip(".?"))
    return at


def _link(before: str, at: int) -> int:
    """The start of the link of a chain that ends at `at`: a pair of brackets, a string, or a name."""
    last = before[at - 1]
    if last in _PAIRS:
        return _opening(before, at)
    if last == '"':
        return max(before.rfind('"', 0, at - 1), 0)
    name = _NAME_BEFORE.search(before, 0, at)
    return name.start() if name else at


def _opening(before: str, at: int) -> int:
    depth = 0
    for position in range(at - 1, -1, -1):
        depth += before[position] in ")]"
        depth -= before[position] in "(["
        if not depth:
            return position
    return at
