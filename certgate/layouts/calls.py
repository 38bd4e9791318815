"""The functions with which templates make policies: joining, formatting, replacing, reading a file, choosing.

Each is given its arguments, which have been evaluated, and answers what it comes to; None: not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.layouts.tokens import Language
from certgate.layouts.value import MAX_OPTIONS, Link, Options, Value, joined, replaced

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.layouts.evaluate import Evaluator
    from certgate.policy.derived import Derived


class Call:
    """A call and its arguments, as the functions below take it."""

    def __init__(
        self, evaluator: Evaluator, first: int, end: int, arguments: list[tuple[Options, int]], depth: int
    ) -> None:
        self._evaluator = evaluator
        self._depth = depth
        self._first = first
        self._end = end
        self._arguments = arguments
        self.language = evaluator.code.language
        self.base = evaluator.code.base

    def __len__(self) -> int:
        return len(self._arguments)

    def options(self, at: int) -> Options:
        return self._arguments[at][0] if at < len(self._arguments) else ()

    def start(self, at: int) -> int:
        return self._arguments[at][1]

    def one(self, at: int) -> Value:
        """An argument that is one value; what chooses, or is a parameter, is a hole."""
        found = self.options(at)
        if len(found) == 1 and not found[0].assumed and (found[0].text is not None or found[0].link is not None):
            return found[0]
        start = self._arguments[at][1] if at < len(self._arguments) else self._first
        end = self._arguments[at + 1][1] - 1 if at + 1 < len(self._arguments) else self._end - 1
        return Value(self._evaluator.hole(start, max(end, start + 1)))

    def text(self, at: int) -> Derived:
        value = self.one(at)
        if value.text is not None:
            return value.text
        return self._evaluator.hole(self._arguments[at][1], self._end)

    def entries(self, at: int) -> tuple[tuple[str, str | None], ...]:
        return self._evaluator.entries(self._arguments[at][1], self._depth) if at < len(self._arguments) else ()

    def linked(
        self, path: Derived, filled: tuple[tuple[str, str | None], ...] = (), variables: bool = False
    ) -> Options:
        whole = self._evaluator.code.source
        tokens = self._evaluator.code.tokens
        span = whole.span(tokens[self._first].start, tokens[self._end - 1].end)
        return (Value(link=Link(path.text, span, filled, variables)),)


def _concat(call: Call) -> Options | None:
    return (Value(joined(call.base, [call.text(at) for at in range(len(call))])),) if len(call) else None


_NET_ITEM = re.compile(r"\{\{|\}\}|\{(\d{1,3})[^{}]*\}")
_GO_ITEM = re.compile(r"%%|%(?:\[(\d{1,3})\])?[a-z]")


def _format(call: Call) -> Options | None:
    """``format``: .NET's ``{0}`` in ARM and Bicep, Go's ``%s`` in Terraform."""
    pattern = call.text(0) if len(call) else None
    if pattern is None:
        return None
    go = call.language is Language.TERRAFORM
    parts: list[Derived] = []
    at, serial = 0, 0
    for match in (_GO_ITEM if go else _NET_ITEM).finditer(pattern.text):
        if match[0] == "{{" and pattern.text[match.start() : match.start() + 5] == "{{\ue000}}":
            continue
        if match[0] == "}}" and pattern.text[match.start() - 1 : match.start()] == "\ue000":
            continue
        parts.append(pattern.cut(at, match.start()))
        at = match.end()
        if match[0] in {"{{", "}}", "%%"}:
            parts.append(pattern.cut(match.start(), match.start() + 1))
            continue
        serial += 1
        number = int(match[1]) - go if match[1] else serial - 1
        if not 0 <= number + 1 < len(call):
            return None
        parts.append(call.text(number + 1))
    parts.append(pattern.cut(at, len(pattern.text)))
    return (Value(joined(call.base, parts)),)


def _replace(call: Call) -> Options | None:
    if len(call) != 3:
        return None
    old, new, found = call.one(1).plain, call.text(2), []
    for value in call.options(0):
        if value.link is not None and old is not None:
            filled = (*value.link.filled, (old, Value(new).plain))
            found.append(Value(link=value.link._replace(filled=filled), assumed=value.assumed))
        elif value.text is not None and old is not None:
            found.append(Value(replaced(call.base, value.text, old, new), assumed=value.assumed))
        else:
            found.append(value)
    return tuple(found) or None


def _file(call: Call) -> Options | None:
    return call.linked(call.text(0)) if len(call) else None


def _template_file(call: Call) -> Options | None:
    return call.linked(call.text(0), call.entries(1), variables=True) if len(call) else None


def _first(call: Call) -> Options | None:
    return call.options(0) or None


def _second(call: Call) -> Options | None:
    return call.options(1) or None


def _any(call: Call) -> Options | None:
    return tuple(value for at in range(len(call)) for value in call.options(at))[:MAX_OPTIONS] or None


def _if(call: Call) -> Options | None:
    return (*call.options(1), *call.options(2))[:MAX_OPTIONS] or None


FUNCTIONS: dict[str, Callable[[Call], Options | None]] = {
    "concat": _concat,
    "format": _format,
    "replace": _replace,
    "loadtextcontent": _file,
    "file": _file,
    "templatefile": _template_file,
    **dict.fromkeys(("string", "tostring", "trim", "trimspace", "chomp", "sensitive", "nonsensitive", "any"), _first),
    "indent": _second,
    **dict.fromkeys(("coalesce", "try"), _any),
    "if": _if,
}
"""The functions that are known, in lower case: Bicep and ARM do not tell case apart."""
