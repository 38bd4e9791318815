"""Distinguished names as people write them, and what has to be overlooked for such a text to be a certificate's name.

Reads the text form of .NET (fact sheet §1.4, §1.5): attributes of a relative name joined by ``+``, relative names by
comma or semicolon, quotes around a value, doubled inside it. Knows the names that .NET and OpenSSL give to attributes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.value import frozen
from certgate.pki import oid_names, oids
from certgate.pki.names import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.names import Name

MAX_CHARACTERS = 100_000
"""SECURITY: a bound on the text of one name."""

_KEY = re.compile(r"\s*([A-Za-z][\w.-]*|\d+(?:\.\d+)+)\s*=\s*")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"\s*')
_ATTRIBUTE_FOLLOWS = re.compile(r"\+\s*[\w.-]+\s*=")
_DOTTED = re.compile(r"\d+(?:\.\d+)+")


class NameTextError(ValueError):
    """The text is no distinguished name."""


class _Part(NamedTuple):
    key: str
    oid: str
    value: str


@frozen
class TextComparison:
    """Whether a text is a name. `relaxations` are what had to be overlooked, of ``order``, ``attribute names``,
    ``case``, ``spaces`` and ``quotes``; empty when the text is exactly what .NET prints. `problem` says why a text is
    no name."""

    same: bool
    relaxations: tuple[str, ...] = ()
    problem: str = ""


def parse_text(text: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Relative names in the order of the text, each a tuple of type (dotted) and value. Raises NameTextError."""
    return tuple(tuple((part.oid, part.value) for part in relative) for relative in _read(text))


def compare_text(text: str, name: Name) -> TextComparison:
    """Compare a text with a name: forward or reversed, any spelling of attribute names, values trimmed, no case."""
    if text == name.text:
        return TextComparison(True)
    try:
        written = _read(text)
    except NameTextError as error:
        return TextComparison(False, problem=str(error))
    encoded = [[_Part(key(each.oid), each.oid, each.text) for each in relative] for relative in name.attributes]
    for order, printed in ((), encoded[::-1]), (("order",), encoded):
        pairs = _pairs(written, printed)
        if pairs is not None:
            return TextComparison(True, (*order, *_differences(pairs)) or ("quotes",))
    return TextComparison(False)


_Pairs = list[tuple[_Part, _Part]]


def _pairs(written: Sequence[Sequence[_Part]], printed: Sequence[Sequence[_Part]]) -> _Pairs | None:
    """The attributes of both side by side; None where they are not the same name."""
    pairs: _Pairs = []
    if [len(relative) for relative in written] != [len(relative) for relative in printed]:
        return None
    for first, second in zip(written, printed, strict=True):
        pairs += zip(sorted(first, key=_folded), sorted(second, key=_folded), strict=True)
    return pairs if all(_folded(first) == _folded(second) for first, second in pairs) else None


def _folded(part: _Part) -> tuple[str, str]:
    return part.oid, part.value.strip().casefold()


def _differences(pairs: _Pairs) -> list[str]:
    found = {
        "attribute names": any(first.key != second.key for first, second in pairs),
        "case": any(first.value.strip() != second.value.strip() for first, second in pairs),
        "spaces": any(_spaces(first.value) != _spaces(second.value) for first, second in pairs),
    }
    return [name for name, differs in found.items() if differs]


def _spaces(value: str) -> tuple[int, int]:
    return len(value) - len(value.lstrip()), len(value) - len(value.rstrip())


def _read(text: str) -> list[list[_Part]]:
    if len(text) > MAX_CHARACTERS:
        raise NameTextError(f"a name of more than {MAX_CHARACTERS} characters")
    if not text.strip():
        return []
    names: list[list[_Part]] = [[]]
    at = 0
    while True:
        part, at = _read_part(text, at)
        names[-1].append(part)
        if at >= len(text):
            return names
        if text[at] != "+":
            names.append([])
        at += 1


def _read_part(text: str, at: int) -> tuple[_Part, int]:
    """One attribute and the offset of the separator behind it."""
    found = _KEY.match(text, at)
    if found is None:
        raise NameTextError(
            f"an attribute like CN= belongs at {text[at : at + 20].strip()!r}; quote a value with a comma"
        )
    name = found[1]
    oid = _identifier(name)
    quoted = _QUOTED.match(text, found.end())
    if quoted is None:
        end = _end_of_value(text, found.end())
        return _Part(name, oid, text[found.end() : end].rstrip()), end
    if quoted.end() < len(text) and text[quoted.end()] not in ",;+":
        raise NameTextError(f"a separator belongs after the quotes at {text[quoted.end() : quoted.end() + 20]!r}")
    return _Part(name, oid, quoted[1].replace('""', '"')), quoted.end()


def _end_of_value(text: str, start: int) -> int:
    for at in range(start, len(text)):
        if text[at] in ",;" or (text[at] == "+" and _ATTRIBUTE_FOLLOWS.match(text, at)):
            return at
    return len(text)


def _identifier(name: str) -> str:
    dotted = name[4:] if name[:4].upper() == "OID." else name
    if _DOTTED.fullmatch(dotted):
        return dotted
    oid = _identifiers().get(name.casefold())
    if oid is None:
        raise NameTextError(f"{name} is no attribute that certgate knows")
    return oid


@cache
def _identifiers() -> dict[str, str]:
    """Attribute names without case to object identifiers; .NET's names go before OpenSSL's."""
    table: dict[str, str] = {}
    for oid, names in oid_names.names().items():
        if oid.startswith(_ATTRIBUTE_ARCS):
            table.update(dict.fromkeys((name.casefold() for name in names), oid))
    for oid in list(table.values()):
        table[key(oid).casefold()] = oid
    table["uid"] = oids.USER_ID
    return table


_ATTRIBUTE_ARCS = ("2.5.4.", "0.9.2342.", "1.2.840.113549.1.9.", "1.3.6.1.4.1.311.60.", "1.2.643.")
