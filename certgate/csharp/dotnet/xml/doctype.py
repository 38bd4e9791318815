"""A document type declaration: its name, identifiers and the entities that it declares within the document.

SECURITY: external subsets and entities are named and never fetched. What a declaration could do to a document beyond
entities (default attributes, parameter entities) is not simulated, and neither are faults within one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import slotted
from certgate.csharp.dotnet.xml import chars as xml_chars
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.input import Input

_COMMENT = re.compile(r"<!--(?:(?!--).)*-->", re.DOTALL)
_INSTRUCTION = re.compile(r"<\?.*?\?>", re.DOTALL)
_PLAIN_DECLARATION = re.compile(r"<!(?:ELEMENT|NOTATION)\s(?:[^<>\"'%]|\"[^\"]*\"|'[^']*')*>")
_REFERENCE = re.compile("&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")


@slotted
class Entity:
    """A general entity. `external` and `unparsed` ones have no text."""

    name: str
    text: str = ""
    external: bool = False
    unparsed: bool = False


@slotted
class Doctype:
    name: str
    public: str | None = None
    system: str | None = None
    subset: str = ""


def read_doctype(source: Input) -> Doctype:
    """Read on behind ``<!DOCTYPE`` and white space. UnsupportedReached for what is not plain."""
    source.skip_white()
    found = Doctype(_name(source))
    source.skip_white()
    found.public, found.system = _identifiers(source, needs_system=True)
    source.skip_white()
    if source.peek() == "[":
        source.at += 1
        start = source.at
        _subset(source)
        found.subset = source.text[start : source.at - 1]
        source.skip_white()
    _expect(source, ">")
    charge_size(len(found.subset))
    return found


def _odd() -> UnsupportedReached:
    return UnsupportedReached("certgate does not simulate this document type declaration")


def _expect(source: Input, text: str) -> None:
    if not source.text.startswith(text, source.at):
        raise _odd()
    source.at += len(text)


def _name(source: Input) -> str:
    start = source.at
    end = xml_chars.name_end(source.text, start)
    if end == start:
        raise _odd()
    source.at = end
    return source.text[start:end]


def _white(source: Input) -> None:
    if not source.skip_white():
        raise _odd()


def _literal(source: Input) -> str:
    quote = source.peek()
    end = source.text.find(quote, source.at + 1) if quote in ('"', "'") and quote else -1
    if end < 0:
        raise _odd()
    text = source.text[source.at + 1 : end]
    source.at = end + 1
    return text


def _identifiers(source: Input, *, needs_system: bool) -> tuple[str | None, str | None]:
    """The public and the system identifier."""
    word = source.text[source.at : source.at + 6]
    if word not in ("PUBLIC", "SYSTEM"):
        return None, None
    source.at += 6
    _white(source)
    first = _literal(source)
    if word == "SYSTEM":
        return None, first
    white = source.skip_white()
    if not needs_system and source.peek() not in ('"', "'"):
        return first, None
    if not white:
        raise _odd()
    return first, _literal(source)


def _subset(source: Input) -> None:
    """The declarations up to ``]``."""
    while True:
        charge_steps(1)
        source.skip_white()
        if source.peek() == "]":
            source.at += 1
            return
        if source.text.startswith("<!ENTITY", source.at):
            _entity(source)
            continue
        for pattern in (_COMMENT, _INSTRUCTION, _PLAIN_DECLARATION):
            found = pattern.match(source.text, source.at)
            if found is not None:
                source.at = found.end()
                break
        else:
            raise _odd()


def _entity(source: Input) -> None:
    source.at += len("<!ENTITY")
    _white(source)
    made = Entity(_name(source))
    _white(source)
    if source.peek() in ('"', "'"):
        made.text = _replacement(_literal(source))
    else:
        public, system = _identifiers(source, needs_system=True)
        if public is None and system is None:
            raise _odd()
        made.external = True
        white = source.skip_white()
        if white and source.text.startswith("NDATA", source.at):
            source.at += len("NDATA")
            _white(source)
            _name(source)
            made.unparsed = True
    source.skip_white()
    _expect(source, ">")
    charge_size(len(made.text) + 1)
    source.entities.setdefault(made.name, made)


def _replacement(literal: str) -> str:
    """The text of an entity: references to characters are replaced, those to entities wait until it is used."""
    if "%" in literal or xml_chars.first_invalid(literal) >= 0:
        raise _odd()
    if re.search("&#", _REFERENCE.sub("", literal)):
        raise _odd()
    return _REFERENCE.sub(_character, literal.replace("\r\n", "\n").replace("\r", "\n"))


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    if number > 0x10FFFF:
        raise _odd()
    if number > 0xFFFF:
        number -= 0x10000
        return chr(0xD800 + (number >> 10)) + chr(0xDC00 + (number & 0x3FF))
    if xml_chars.first_invalid(chr(number)) == 0:
        raise _odd()
    return chr(number)
