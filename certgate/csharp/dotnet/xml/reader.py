"""Reads XML 1.0 with namespaces as .NET's XmlReader does for XElement.Parse, and says what is wrong in its words.

Knows the language; what is made of it is up to the :class:`Handler`.
SECURITY: nothing outside the text is read, ever: an external entity or subset stands for nothing, as in .NET without a
resolver. Nothing here calls itself; entities are bounded in ``input.py``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from certgate.csharp.dotnet.xml import chars as xml_chars
from certgate.csharp.dotnet.xml.exception import xml_fault
from certgate.csharp.dotnet.xml.input import EOF, PLAIN_VALUE, Input
from certgate.csharp.dotnet.xml.tags import Tags
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.doctype import Doctype
    from certgate.csharp.dotnet.xml.tags import StartTag
    from certgate.csharp.runtime import ThrownException

_PLAIN_TEXT = re.compile("[^<&\\]\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ROOT = "Data at the root level is invalid."
_DECLARED = ("version", "encoding", "standalone")


Place = tuple[int, int] | None


class Handler(Protocol):
    """Takes what the reader meets, in order."""

    def declaration(self, version: str, encoding: str | None, standalone: str | None) -> None: ...

    def doctype(self, doctype: Doctype) -> None: ...

    def start(self, tag: StartTag) -> None: ...

    def end(self) -> None: ...

    def text(self, text: str, at: int) -> None: ...

    def cdata(self, text: str, at: int) -> None: ...

    def comment(self, text: str, at: int) -> None: ...

    def instruction(self, target: str, data: str, at: int) -> None: ...


class Reader:
    """`preserve`: white space between elements counts too."""

    def __init__(self, text: str, preserve: bool) -> None:
        self.input = Input(text)
        self.preserve = preserve
        self.tags = Tags(self.input, self._unclosed)
        self.open: list[StartTag] = []
        self.rooted = False
        self.doctype: Doctype | None = None

    def place(self, at: int) -> Place:
        """Line and position; None within an entity."""
        return None if self.input.outer else self.input.place(at)

    def read(self, handler: Handler) -> None:
        """Read the whole document. XmlException."""
        self._declaration(handler)
        source = self.input
        while True:
            charge_steps(1)
            if self.open:
                self._content(handler)
            elif source.at == len(source.text):
                break
            else:
                self._document(handler)
        if not self.rooted:
            raise xml_fault("Root element is missing.")

    # -- the document level --------------------------------------------------------------------------

    def _declaration(self, handler: Handler) -> None:
        source = self.input
        if len(source.text) < 6 or not source.text.startswith("<?xml"):
            return
        if xml_chars.is_name_char(source.text[5]) or source.text[5] == ":":
            return
        source.at = 5
        found: dict[str, str] = {}
        while True:
            white = source.skip_white()
            if source.peek() == "?" and self._declaration_ends(bool(found)):
                break
            if not white and found:
                raise source.unexpected(source.at, "?>")
            name, value = self._declared(found)
            found[name] = value
        handler.declaration(found["version"], found.get("encoding"), found.get("standalone"))

    def _declaration_ends(self, complete: bool) -> bool:
        source = self.input
        if source.peek(1) == ">":
            if not complete:
                raise source.fault("Syntax for an XML declaration is invalid.")
            source.at += 2
            return True
        if source.at + 1 == len(source.text):
            raise source.fault(EOF)
        raise source.unexpected(source.at, "'>'")

    def _declared(self, found: dict[str, str]) -> tuple[str, str]:
        """One of the attributes of the declaration: they have an order, and a version must come first."""
        source = self.input
        invalid = "Syntax for an XML declaration is invalid."
        end = source.name_end(source.at)
        name = source.text[source.at : end]
        later = _DECLARED[_DECLARED.index(next(reversed(found))) + 1 :] if found else ("version",)
        if name not in later:
            raise source.fault(invalid)
        source.at = end
        quote = source.equals()
        start = source.at
        end = start
        while plain := PLAIN_VALUE.match(source.text, end):
            end = plain.end()
        if end == len(source.text):
            raise source.fault("There is an unclosed literal string.")
        if source.text[end] != quote:
            raise source.fault(invalid)
        value = source.text[start:end]
        if name == "version" and value != "1.0":
            raise source.fault(f"Version number '{value}' is invalid.")
        if name == "standalone" and value not in ("yes", "no"):
            raise source.fault(invalid, start - 1)
        source.at = end + 1
        return name, value

    def _document(self, handler: Handler) -> None:
        source = self.input
        at = source.at
        char = source.text[at]
        if char != "<":
            self._root_white(handler, char)
            return
        if len(source.text) - at < 4:
            raise source.fault(_ROOT)
        match source.text[at + 1]:
            case "?":
                source.at = at + 2
                self._instruction(handler)
            case "!":
                self._markup(handler)
            case "/":
                raise source.fault("Unexpected end tag.", at + 2)
            case _:
                if self.rooted:
                    raise source.fault("There are multiple root elements.", at + 1)
                source.at = at + 1
                self.rooted = True
                self._element(handler)

    def _root_white(self, handler: Handler, char: str) -> None:
        source = self.input
        start = source.at
        if char == "&":
            raise source.fault(_ROOT)
        source.skip_white()
        if source.peek() not in ("<", ""):
            if xml_chars.first_invalid(source.peek()) == 0:
                raise source.invalid(source.at)
            raise source.fault(_ROOT)
        if self.preserve:
            handler.text(_lines(source.text[start : source.at]), start)

    def _markup(self, handler: Handler) -> None:
        """``<!`` outside the root element."""
        source = self.input
        at = source.at + 2
        if source.text[at] == "-":
            if source.text[at + 1] != "-":
                raise source.unexpected(at + 1, "-")
            source.at = at + 2
            self._comment(handler)
        elif source.text[at] == "[":
            raise source.fault(_ROOT)
        else:
            source.at = at
            self._doctype(handler)

    def _doctype(self, handler: Handler) -> None:
        from certgate.csharp.dotnet.xml.doctype import read_doctype

        source = self.input
        if len(source.text) - source.at < 8:
            raise source.unexpected_end("DOCTYPE")
        if not source.text.startswith("DOCTYPE", source.at):
            raise source.unexpected(source.at, "<!--" if self.rooted or self.doctype else "DOCTYPE")
        if source.text[source.at + 7] not in xml_chars.WHITESPACE:
            raise source.expecting_white(source.at + 7)
        if self.doctype is not None:
            raise source.fault("Cannot have multiple DTDs.", source.at - 2)
        if self.rooted:
            raise source.fault("DTD must be defined before the document root element.", source.at - 2)
        source.at += 8
        self.doctype = read_doctype(source)
        handler.doctype(self.doctype)

    # -- the content of elements ---------------------------------------------------------------------

    def _content(self, handler: Handler) -> None:
        source = self.input
        at = source.at
        if at == len(source.text):
            if not source.outer:
                raise self._unclosed()
            self._leave()
        elif source.text[at] != "<":
            self._text(handler)
        elif source.text[at + 1 : at + 2] == "?":
            source.at = at + 2
            self._instruction(handler)
        elif source.text[at + 1 : at + 2] == "!":
            self._inner_markup(handler)
        elif source.text[at + 1 : at + 2] == "/":
            source.at = at + 2
            self._end(handler)
        elif at + 1 == len(source.text):
            raise self._unclosed()
        else:
            source.at = at + 1
            self._element(handler)

    def _leave(self) -> None:
        if self.input.leave() != len(self.open):
            raise UnsupportedReached("certgate does not simulate entities that hold half an element")

    def _unclosed(self) -> ThrownException:
        names = ", ".join(one.name for one in reversed(self.open))
        ending = f"{names}." if names else ""
        message = f"Unexpected end of file has occurred. The following elements are not closed: {ending}"
        return self.input.fault(message, len(self.input.text))

    def _inner_markup(self, handler: Handler) -> None:
        source = self.input
        at = source.at + 2
        text = source.text
        if len(text) - at < 2:
            raise self._unclosed()
        if text[at] == "-":
            if text[at + 1] != "-":
                raise source.unexpected(at + 1, "-")
            source.at = at + 2
            self._comment(handler)
        elif text[at] == "[":
            if len(text) - at - 1 < 6:
                raise self._unclosed()
            if not text.startswith("CDATA[", at + 1):
                raise source.unexpected(at + 1, "CDATA[")
            source.at = at + 7
            start = source.at
            handler.cdata(self._until("]", "CDATA"), start)
        elif source.token(at) == "DOCTYPE":
            raise source.fault("Unexpected DTD declaration.", at)
        else:
            raise source.unexpected(at, "<!--", "<[CDATA[")

    def _comment(self, handler: Handler) -> None:
        start = self.input.at
        handler.comment(self._until("-", "Comment"), start)

    def _until(self, stop: str, what: str) -> str:
        """The text up to ``-->`` or ``]]>``."""
        source = self.input
        start, text = source.at, source.text
        end = text.find(stop + stop, start) if what == "Comment" else text.find("]]>", start)
        bad = xml_chars.first_invalid(text[start : end if end >= 0 else len(text)])
        if bad >= 0:
            raise source.invalid(start + bad)
        if end < 0 or end + 2 == len(text):
            kept = 2 if text.endswith(stop + stop) else 1 if text.endswith(stop) else 0
            raise source.unexpected_end(what, start if len(text) - start < 3 else len(text) - kept)
        if text[end + 2] != ">":
            raise source.fault("An XML comment cannot contain '--', and '-' cannot be the last character.", end)
        source.at = end + 3
        charge_size(end - start)
        return _lines(text[start:end])

    def _instruction(self, handler: Handler) -> None:
        source = self.input
        start = source.at
        end = source.name_end(start)
        target = source.text[start:end]
        if target == "xml":
            message = (
                "Unexpected XML declaration. The XML declaration must be the first node in the document, and no "
                "whitespace characters are allowed to appear before it."
            )
            raise source.fault(message)
        if target.lower() == "xml":
            raise source.fault(f"'{target}' is an invalid name for processing instructions.")
        source.at = end
        if not source.skip_white() and source.text[end : end + 2] != "?>":
            raise source.fault(xml_chars.bad_name_char(source.text, end))
        stop = source.text.find("?>", source.at)
        bad = xml_chars.first_invalid(source.text[source.at : stop if stop >= 0 else len(source.text)])
        if bad >= 0:
            raise source.invalid(source.at + bad)
        if stop < 0:
            raise source.unexpected_end("PI", len(source.text))
        data = _lines(source.text[source.at : stop])
        source.at = stop + 2
        charge_size(len(data))
        handler.instruction(target, data, start)

    def _text(self, handler: Handler) -> None:
        """Characters and references up to the next markup; entities may bring in both."""
        source = self.input
        start = source.at
        parts: list[str] = []
        while True:
            plain = _PLAIN_TEXT.match(source.text, source.at)
            if plain is not None:
                parts.append(_lines(plain[0]))
                source.at = plain.end()
            char = source.peek()
            if char == "<" or (not char and not source.outer):
                break
            if not char:
                self._leave()
                continue
            charge_steps(1)
            parts.append(self._special(char))
        self._hand_text("".join(parts), handler, start)

    def _special(self, char: str) -> str:
        """What a character stands for that is not plain text."""
        source = self.input
        if char == "&":
            found = source.reference()
            if isinstance(found, str):
                return found
            if not found.external:
                source.enter(found, len(self.open))
            return ""
        if char == "]":
            if source.text.startswith("]]>", source.at):
                raise source.fault("']]>' is not allowed in character data.")
            source.at += 1
            return char
        pair = _PAIR.match(source.text, source.at)
        if pair is None:
            raise source.invalid(source.at)
        source.at = pair.end()
        return pair[0]

    def _hand_text(self, text: str, handler: Handler, at: int) -> None:
        if not text:
            return
        charge_size(len(text))
        if self.preserve or self.open[-1].keeps or not xml_chars.is_whitespace(text):
            handler.text(text, at)

    def _element(self, handler: Handler) -> None:
        tag = self.tags.read(self.open[-1].keeps if self.open else False)
        handler.start(tag)
        if tag.empty:
            self.tags.leave(tag)
        else:
            charge_size(1)
            self.open.append(tag)

    def _end(self, handler: Handler) -> None:
        source = self.input
        opened = self.open[-1]
        end = source.at + len(opened.name)
        following = source.text[end : end + 1]
        if not source.text.startswith(opened.name, source.at) or following == ":" or xml_chars.is_name_char(following):
            raise self._mismatch(opened)
        source.at = end
        source.skip_white()
        if not source.peek():
            raise self._unclosed()
        if source.peek() != ">":
            raise source.unexpected(source.at, ">")
        source.at += 1
        if source.outer and source.outer[-1][3] == len(self.open):
            raise UnsupportedReached("certgate does not simulate entities that hold half an element")
        self.open.pop()
        self.tags.leave(opened)
        handler.end()

    def _mismatch(self, opened: StartTag) -> ThrownException:
        source = self.input
        end, _ = source.qualified_end(source.at)
        line, position = source.place(opened.at)
        return source.fault(
            f"The '{opened.name}' start tag on line {line} position {position} does not match the end tag of "
            f"'{source.text[source.at : end]}'."
        )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
