"""The text that an XML reader works on: places, names, references, and the faults in .NET's words.

Knows characters, names and references; does not know elements (``reader.py``) or declarations (``doctype.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.xml import chars as xml_chars
from certgate.csharp.dotnet.xml.exception import xml_fault
from certgate.csharp.dotnet.xml.names import XML, XMLNS
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.doctype import Entity
    from certgate.csharp.runtime import ThrownException

_LINE_END = re.compile("\r\n|\r|\n")
_WHITE = re.compile("[ \t\r\n]*")
_DIGITS = {"x": re.compile("[0-9A-Fa-f]*"), "": re.compile("[0-9]*")}
PLAIN_VALUE = re.compile("[^<&\"'\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NAMED_REFERENCE = re.compile("&(amp|lt|gt|quot|apos);")
MAX_FROM_ENTITIES = 10_000_000
"""SECURITY: what all references to entities together may bring in, as XElement.Parse has it."""

EOF = "Unexpected end of file has occurred."


class Input:
    """A text and a place in it. References to entities put other texts before the rest."""

    def __init__(self, text: str) -> None:
        charge_size(len(text))
        self.text = text
        self.at = 0
        self.outer: list[tuple[str, int, Entity, int]] = []
        self.entities: dict[str, Entity] = {}
        self.from_entities = 0
        self._known = (1, 0, 0)
        self._known_in = text

    # -- faults --------------------------------------------------------------------------------------

    def place(self, at: int) -> tuple[int, int]:
        """Line and position, from 1. Quick where places are asked for in their order."""
        line, start, known = self._known if self._known[2] <= at and self._known_in is self.text else (1, 0, 0)
        charge_steps(1 + ((at - known) >> 4))
        for found in _LINE_END.finditer(self.text, known, at):
            line, start = line + 1, found.end()
        if not self.text.startswith("\r\n", at - 1):
            self._known, self._known_in = (line, start, at), self.text
        return line, at - start + 1

    def fault(self, message: str, at: int | None = None) -> ThrownException:
        """XmlException. UnsupportedReached for a fault within an entity, whose place .NET counts in its own way."""
        if self.outer:
            raise UnsupportedReached("certgate does not simulate faults within the entities of an XML text")
        return xml_fault(message, *self.place(self.at if at is None else at))

    def unexpected_end(self, what: str, at: int | None = None) -> ThrownException:
        return self.fault(f"Unexpected end of file while parsing {what} has occurred.", at)

    def token(self, at: int) -> str | None:
        """What stands there instead of what was expected; None at the end."""
        found = xml_chars.NC_NAME.match(self.text, at)
        return found[0] if found else self.text[at : at + 1] or None

    def unexpected(self, at: int, *expected: str) -> ThrownException:
        found = self.token(at)
        if found is None:
            return self.fault(EOF, at)
        wanted = " or ".join(f"'{one}'" for one in expected)
        return self.fault(f"'{found}' is an unexpected token. The expected token is {wanted}.", at)

    def expecting_white(self, at: int) -> ThrownException:
        found = self.token(at)
        if found is None:
            return self.fault(EOF, at)
        return self.fault(f"'{found}' is an unexpected token. Expecting whitespace.", at)

    def invalid(self, at: int) -> ThrownException:
        """A character that XML does not allow; behind half a surrogate pair .NET names the one that follows."""
        if xml_chars.is_high(self.text[at]) and at + 1 < len(self.text):
            at += 1
        return self.fault(xml_chars.invalid(self.text, at), at)

    # -- pieces --------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def skip_white(self) -> int:
        """The number of white space characters passed over."""
        start = self.at
        found = _WHITE.match(self.text, start)
        self.at = found.end() if found else start
        return self.at - start

    def name_end(self, start: int) -> int:
        """Where the name without colon that starts there ends."""
        return self.qualified_end(start, colons=0)[0]

    def qualified_end(self, start: int, colons: int = 1) -> tuple[int, int]:
        """Where the name that starts there ends, and where its colon stands, -1 for nowhere."""
        at, colon = start, -1
        while True:
            found = xml_chars.NC_NAME.match(self.text, at)
            if found is None:
                if at + 1 >= len(self.text):
                    raise self.unexpected_end("Name", at)
                raise self.fault(xml_chars.bad_start(self.text, at), at)
            at = found.end()
            if self.text[at : at + 1] != ":":
                break
            if colon >= 0 or not colons:
                raise self.fault(xml_chars.bad_name_char(self.text, at), at)
            colon, at = at, at + 1
        if at == len(self.text):
            raise self.unexpected_end("Name", at)
        return at, colon

    def equals(self) -> str:
        """``=`` and the quote behind it."""
        if self.peek() != "=":
            self.skip_white()
            if self.peek() != "=":
                raise self.unexpected(self.at, "=")
        self.at += 1
        if self.peek() not in ('"', "'"):
            self.skip_white()
        quote = self.peek()
        if quote not in ('"', "'") or not quote:
            raise self.unexpected(self.at, '"', "'")
        self.at += 1
        return quote

    # -- references ----------------------------------------------------------------------------------

    def reference(self) -> str | Entity:
        """The character or the entity that ``&…;`` here names; the place moves behind it."""
        if self.at + 1 == len(self.text):
            raise self.fault(EOF)
        if self.peek(1) == "#":
            return self._numeric()
        named = _NAMED_REFERENCE.match(self.text, self.at)
        if named is not None:
            self.at = named.end()
            return _NAMED[named[1]]
        return self._general()

    def _numeric(self) -> str:
        start = self.at
        kind = "x" if self.peek(2) == "x" else ""
        digits = start + 2 + len(kind)
        found = _DIGITS[kind].match(self.text, digits)
        end = found.end() if found else digits
        if end == len(self.text):
            raise self.unexpected_end("", start)
        number = self._number(digits, end, 16 if kind else 10)
        if self.text[end] != ";" or digits == end:
            word = "hexadecimal" if kind else "decimal"
            raise self.fault(f"Invalid syntax for a {word} numeric entity reference.", end)
        self.at = end + 1
        if number <= 0xFFFF:
            char = chr(number)
            if xml_chars.first_invalid(char) == 0:
                raise self.fault(xml_chars.invalid(char, 0), digits)
            return char
        number -= 0x10000
        high = chr((0xD800 + number // 1024) & 0xFFFF)
        if not xml_chars.is_high(high):
            raise self.fault(xml_chars.invalid(high, 0), digits)
        return high + chr(0xDC00 + number % 1024)

    def _number(self, start: int, end: int, base: int) -> int:
        number = 0
        for at in range(start, end):
            number = number * base + int(self.text[at], 16)
            if number >= 1 << 31:
                raise self.fault("Invalid value of a character entity reference.", at)
        return number

    def _general(self) -> Entity:
        start = self.at + 1
        found = xml_chars.NC_NAME.match(self.text, start)
        end = found.end() if found else start
        if end in (start, len(self.text)) or self.text[end] == ":":
            raise self.fault("An error occurred while parsing EntityName.", start)
        if self.text[end] != ";":
            raise self.unexpected(end, ";")
        name = self.text[start:end]
        entity = self.entities.get(name)
        if entity is None:
            raise self.fault(f"Reference to undeclared entity '{name}'.", start)
        if entity.unparsed:
            raise self.fault(f"Reference to unparsed entity '{name}'.", start)
        self.at = end + 1
        return entity

    def enter(self, entity: Entity, depth: int) -> None:
        """Put the text of an entity before the rest; `depth` is given back by :meth:`leave`."""
        if any(one is entity for _, _, one, _ in self.outer):
            raise UnsupportedReached(f"the entity '{entity.name}' refers to itself")
        charge_size(len(entity.text) + 1)
        self.from_entities += len(entity.text)
        if self.from_entities > MAX_FROM_ENTITIES:
            raise xml_fault("The input document has exceeded a limit set by MaxCharactersFromEntities.")
        self.outer.append((self.text, self.at, entity, depth))
        self.text, self.at = entity.text, 0

    def leave(self) -> int:
        self.text, self.at, _, depth = self.outer.pop()
        return depth


class Namespaces:
    """The prefixes in scope, innermost last."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = [("xmlns", XMLNS), ("xml", XML), ("", "")]

    def mark(self) -> int:
        return len(self.found)

    def release(self, mark: int) -> None:
        del self.found[mark:]

    def add(self, prefix: str, space: str) -> None:
        charge_size(1)
        self.found.append((prefix, space))

    def get(self, prefix: str) -> str | None:
        charge_steps(1 + (len(self.found) >> 3))
        return next((space for one, space in reversed(self.found) if one == prefix), None)
