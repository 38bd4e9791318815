"""Start tags: names, attributes, the namespaces they are in and the ones they declare.

Knows tags; what stands between them is ``reader.py``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import field, slotted
from certgate.csharp.dotnet.xml import chars as xml_chars
from certgate.csharp.dotnet.xml.input import PLAIN_VALUE, Namespaces
from certgate.csharp.dotnet.xml.names import XML, XMLNS
from certgate.csharp.runtime import charge_size, charge_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.xml.input import Input
    from certgate.csharp.runtime import ThrownException

_WHITE = re.compile("\r\n|[\r\n\t]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@slotted
class AttributeRead:
    """An attribute as written; `at` is where its name stands, `quoted` where its value starts."""

    prefix: str
    local: str
    value: str
    at: int
    quoted: int
    space: str = ""

    @property
    def name(self) -> str:
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@slotted
class StartTag:
    """A start tag as read. `keeps`: white space inside counts; `mark` is what :meth:`Tags.leave` takes back."""

    prefix: str
    local: str
    at: int
    mark: int
    keeps: bool
    space: str = ""
    empty: bool = False
    attributes: list[AttributeRead] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


class Tags:
    """Reads start tags from `source`. `unclosed` makes the fault for a text that ends within one."""

    def __init__(self, source: Input, unclosed: Callable[[], ThrownException]) -> None:
        self.input = source
        self.unclosed = unclosed
        self.spaces = Namespaces()

    def read(self, keeps: bool) -> StartTag:
        """The tag behind ``<``; `keeps` is said of the element around."""
        source = self.input
        start = source.at
        end, colon = source.qualified_end(start)
        prefix, local = _split(source.text, start, colon, end)
        tag = StartTag(prefix, local, start, self.spaces.mark(), keeps)
        source.at = end
        char = source.text[end]
        if char in xml_chars.WHITESPACE:
            tag.keeps = self._attributes(tag.attributes, keeps)
        elif char == "/":
            if end + 1 == len(source.text):
                raise source.unexpected_end(">", end)
            if source.text[end + 1] != ">":
                raise source.unexpected(end, ">")
        elif char != ">":
            raise source.fault(xml_chars.bad_name_char(source.text, end), end)
        tag.empty = source.peek() == "/"
        source.at += 1 + tag.empty
        tag.space = self._lookup(prefix, start)
        self._resolve(tag.attributes)
        return tag

    def leave(self, tag: StartTag) -> None:
        """The element ends: its declarations count no more."""
        self.spaces.release(tag.mark)

    def _lookup(self, prefix: str, at: int) -> str:
        found = self.spaces.get(prefix)
        if found is None:
            raise self.input.fault(f"'{prefix}' is an undeclared prefix.", at)
        return found

    def _resolve(self, attributes: list[AttributeRead]) -> None:
        """Namespaces of attributes, and that none stands twice."""
        for one in attributes:
            if one.prefix:
                one.space = self._lookup(one.prefix, one.at)
            elif one.local == "xmlns":
                one.space = XMLNS
        seen: dict[tuple[str, str], int] = {}
        twice: dict[int, AttributeRead] = {}
        for at, one in enumerate(attributes):
            first = seen.setdefault((one.local, one.space), at)
            if first != at:
                twice.setdefault(first, one)
        if twice:
            again = twice[min(twice)]
            raise self.input.fault(f"'{again.name}' is a duplicate attribute name.", again.at)

    def _attributes(self, found: list[AttributeRead], keeps: bool) -> bool:
        """The attributes up to the end of the tag. The result: whether white space inside counts."""
        source = self.input
        while True:
            charge_steps(1)
            white = source.skip_white()
            char = source.peek()
            if not xml_chars.NC_NAME.match(char):
                self._tag_ends(char)
                return keeps
            if not white:
                raise source.expecting_white(source.at)
            one = self._attribute()
            charge_size(len(one.value) + 1)
            found.append(one)
            if not one.prefix and one.local == "xmlns":
                self._bind("", one)
            elif one.prefix == "xmlns":
                self._bind(one.local, one)
            elif one.prefix == "xml" and one.local == "space":
                keeps = self._keeps_space(one)

    def _tag_ends(self, char: str) -> None:
        source = self.input
        if char == ">":
            return
        if not char or (char == "/" and source.at + 1 == len(source.text)):
            raise self.unclosed()
        if char != "/":
            raise source.fault(xml_chars.bad_start(source.text, source.at))
        if source.peek(1) != ">":
            raise source.unexpected(source.at + 1, ">")

    def _attribute(self) -> AttributeRead:
        source = self.input
        start = source.at
        end, colon = source.qualified_end(start)
        prefix, local = _split(source.text, start, colon, end)
        source.at = end
        quote = source.equals()
        quoted = source.at
        return AttributeRead(prefix, local, self._value(quote), start, quoted)

    def _value(self, quote: str) -> str:
        source = self.input
        depth = len(source.outer)
        parts: list[str] = []
        while True:
            plain = PLAIN_VALUE.match(source.text, source.at)
            if plain is not None:
                parts.append(_WHITE.sub(" ", plain[0]))
                source.at = plain.end()
            char = source.peek()
            if not char:
                if len(source.outer) == depth:
                    raise source.fault("There is an unclosed literal string.")
                source.leave()
            elif char == quote and len(source.outer) == depth:
                source.at += 1
                return "".join(parts)
            else:
                charge_steps(1)
                parts.append(self._special_value(char))

    def _special_value(self, char: str) -> str:
        source = self.input
        if char == "&":
            at = source.at
            found = source.reference()
            if isinstance(found, str):
                return found
            if found.external:
                message = f"External entity '{found.name}' reference cannot appear in the attribute value."
                raise source.fault(message, at + 1)
            source.enter(found, 0)
            return ""
        if char == "<":
            raise source.fault("'<', hexadecimal value 0x3C, is an invalid attribute character.")
        if char in ("'", '"'):
            source.at += 1
            return char
        pair = _PAIR.match(source.text, source.at)
        if pair is None:
            raise source.invalid(source.at)
        source.at = pair.end()
        return pair[0]

    def _bind(self, prefix: str, one: AttributeRead) -> None:
        source = self.input
        if prefix and not one.value:
            raise source.fault("Invalid namespace declaration.", one.quoted - 1)
        if one.value == XMLNS and prefix == "xmlns":
            raise source.fault('Prefix "xmlns" is reserved for use by XML.', one.quoted)
        if one.value == XMLNS or (one.value == XML and prefix != "xml"):
            message = f'Prefix \'{prefix}\' cannot be mapped to namespace name reserved for "xml" or "xmlns".'
            raise source.fault(message, one.quoted)
        if prefix == "xml" and one.value != XML:
            message = f'Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "{XML}".'
            raise source.fault(message, one.at)
        if prefix == "xmlns":
            raise source.fault('Prefix "xmlns" is reserved for use by XML.', one.at)
        self.spaces.add(prefix, one.value)

    def _keeps_space(self, one: AttributeRead) -> bool:
        value = one.value.strip(xml_chars.WHITESPACE)
        if value not in ("preserve", "default"):
            raise self.input.fault(f"'{one.value}' is an invalid xml:space value.", one.at)
        return value == "preserve"


def _split(text: str, start: int, colon: int, end: int) -> tuple[str, str]:
    return ("", text[start:end]) if colon < 0 else (text[start:colon], text[colon + 1 : end])
