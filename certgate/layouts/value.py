"""What an expression of a template comes to, as far as the template says: text with holes, or another file.

Values only. The text of a value is made directly of the template's own text, so that every character of it has its
place; :data:`~certgate.policy.named_values.HOLE` stands where something is filled in that the template does not say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from certgate.policy.derived import Building, Derived
from certgate.policy.named_values import HOLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.core.source import Span, Text

MAX_TEXT = 1024 * 1024
"""SECURITY: the most characters of one value, so that nested joins and replacements cannot fill the memory."""


MAX_OPTIONS = 8
"""The most texts that one expression is read as, where it chooses among them."""


class Link(NamedTuple):
    """The text of another file. `path` as the template writes it, holes included; `filled`: texts of it that the
    template replaces, each with what comes there (None: not known)."""

    path: str
    span: Span
    filled: tuple[tuple[str, str | None], ...] = ()
    variables: bool = False
    """Terraform's `templatefile`: `filled` holds names of variables."""


class Value(NamedTuple):
    """`text` or `link`. `assumed`: a parameter's default, which a deployment may replace."""

    text: Derived | None = None
    link: Link | None = None
    assumed: bool = False

    @property
    def plain(self) -> str | None:
        """The text where it is known to the last character."""
        return None if self.text is None or self.assumed or HOLE in self.text.text else self.text.text


Options = tuple[Value, ...]
"""What an expression may come to: one value, or several where it chooses."""


def hole(base: Text, start: int, end: int) -> Derived:
    """What ``[start, end)`` of the file stands for is not known."""
    building = Building(base)
    building.replace(HOLE, start, end)
    return building.done()


def joined(base: Text, parts: Iterable[Derived]) -> Derived:
    """Parts one behind the other; a hole throughout where they come to too much."""
    given = list(parts)
    if sum(len(part.text) for part in given) > MAX_TEXT:
        span = given[0].span(0)
        return hole(base, span.start, span.end)
    return Derived.join(given) if given else Building(base).done()


def replaced(base: Text, text: Derived, old: str, new: Derived) -> Derived:
    """`text` with every `old` replaced; occurrences are looked for from left to right, as all three languages do."""
    if not old or old not in text.text:
        return text
    parts: list[Derived] = []
    at, length = 0, 0
    while (found := text.text.find(old, at)) >= 0:
        parts += [text.cut(at, found), new]
        length += found - at + len(new.text)
        if length > MAX_TEXT:
            break
        at = found + len(old)
    parts.append(text.cut(at, len(text.text)))
    return joined(base, parts)


_NAME = re.compile(r"""\$?\{?\s*(?:(?:parameters|variables)\(\s*'([^']{1,100})'\s*\)|([A-Za-z_][\w.-]{0,200}))\s*\}?""")
_FRONT = ("var", "local", "module", "each")
"""Terraform's words in front of a name."""


def symbolic(text: Derived) -> str:
    """A name that a template does not write out, with what it calls the parts that are not known: ``${apiName}`` is
    ``apiName``, ``module.orders.name`` is ``orders``. What has no such name stays a hole."""
    result, at = "", 0
    while (found := text.text.find(HOLE, at)) >= 0:
        result += text.text[at:found] + (_symbol(text.span(found, found + len(HOLE)).content) or HOLE)
        at = found + len(HOLE)
    return result + text.text[at:]


def _symbol(code: str) -> str | None:
    match = _NAME.fullmatch(code.strip())
    if match is None:
        return None
    if match[1]:
        return match[1]
    parts = match[2].split(".")
    if parts[0] == "data":
        return parts[2] if len(parts) > 2 else None
    at = 1 if parts[0] in _FRONT or parts[0].startswith(("azurerm_", "azapi_")) else 0
    return parts[at] if at < len(parts) and parts[at] not in {"key", "value"} else None


_OPENINGS = (("<?", "?>"), ("<!--", "-->"))


def root(text: str) -> str | None:
    """``policies`` or ``fragment`` where that is the first element of a text, behind comments."""
    at = 0
    while True:
        while at < len(text) and (text[at].isspace() or text[at] == "\ufeff"):
            at += 1
        for opening, closing in _OPENINGS:
            if text.startswith(opening, at):
                end = text.find(closing, at + len(opening))
                at = len(text) if end < 0 else end + len(closing)
                break
        else:
            break
    for name in ("policies", "fragment"):
        if text.startswith("<" + name, at) and not text[at + len(name) + 1 : at + len(name) + 2].isalnum():
            return name
    return None
