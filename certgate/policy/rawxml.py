"""API Management's relaxed XML: bare quotes, ``<`` and ``&&`` inside expressions -> a tree in which all has its place.

Reads what people really save: `rawxml`, where an expression stands as it is, and `xml`, where it is escaped with
entities. Knows XML and where an expression ends; nothing of policies. Own small reader: no XML library, so there are no
DTDs, no external entities and none but the five predefined ones.

Where does an expression end that starts an attribute's value? Two ways of writing meet in the field; both are tried:

1. *escaped*: the next quote of the attribute's kind ends the value, if what stands before it is one whole expression
   once entities are decoded. ``"@(x == &quot;)&quot;)"``, ``'@(x == "a")'``.
2. *raw*: else brackets are matched as C# sees them (strings, characters and comments skipped); if the closing quote of
   the attribute follows, the value is that. ``"@("a" + "b")"``.
3. Else every later quote is tried as in 1, for values that mix both.

The escaped way comes first because raw matching may run past an escaped string with a bracket in it; it cannot win by
mistake, since no C# has a quote directly behind the end of a whole expression. Element text likewise, with ``<`` for
the quote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.finding import Finding
from certgate.core.value import field, slotted
from certgate.policy.extent import Extents, decode

if TYPE_CHECKING:
    from certgate.policy.derived import Derived

MAX_DEPTH = 100
"""SECURITY: the deepest nesting of elements; keeps every walk over the tree within Python's stack."""

MAX_NODES = 100_000
"""SECURITY: the most elements and attributes of a document."""

MAX_PROBLEMS = 50
"""The most XML problems that are listed; reading stops there."""

_NAME = re.compile(r"[^\W\d][\w.:-]*")
_BLANK = re.compile(r"\s*")
_SWALLOWED = r"/?>\s*(?:<|\Z)"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOST_END = r"""["'](?=\s*/?>)"""

_LOSING = frozenset({"xml-unclosed", "xml-mismatch"})
"""Problems behind which the tree cannot be trusted."""


@slotted
class RawValue:
    """A value as it stands in the document. `text` is decoded. `whole`: one expression and nothing else."""

    text: Derived
    start: int
    end: int
    whole: bool = False
    broken: bool = False
    """A problem has been reported for it: look no further."""


@slotted
class RawAttribute:
    name: str
    start: int
    value: RawValue


@slotted
class RawElement:
    """An element. `start`..`open_end` is its start tag, its end tag begins at `inner_end`; offsets of the text read."""

    name: str
    start: int
    open_end: int
    attributes: list[RawAttribute] = field(default_factory=list)
    children: list[RawElement] = field(default_factory=list)
    texts: list[RawValue] = field(default_factory=list)
    inner_end: int = 0
    broken: bool = False
    """Part of the start tag could not be read."""


@slotted
class RawDocument:
    """What was read. `root` is a nameless element that holds all that stands at the top. `lost`: the tree is not what
    the author meant, so nothing more should be said about it."""

    root: RawElement
    comments: list[tuple[int, int]]
    problems: list[Finding]
    lost: bool


def read(text: Derived) -> RawDocument:
    """Read a document. Never raises for its content: what is wrong is in `problems`, codes ``xml-…`` and
    ``expression-unclosed``."""
    return _Reader(text).read()


class _LostError(Exception):
    """Nothing sensible can be said about what follows."""


class _Reader:
    def __init__(self, source: Derived) -> None:
        self._source = source
        self._text = source.text
        self._at = 0
        self._extents = Extents(source)
        self._root = RawElement("", 0, 0)
        self._open = [self._root]
        self._nodes = 0
        self._lost = False
        self._comments: list[tuple[int, int]] = []
        self._problems: list[Finding] = []

    def read(self) -> RawDocument:
        try:
            self._characters()
            while self._at < len(self._text):
                self._content()
            for element in self._open[:0:-1]:
                self._problem("xml-unclosed", f"<{element.name}> is never closed", element.start, element.open_end)
                break
        except _LostError:
            self._lost = True
        for element in self._open:
            element.inner_end = element.inner_end or len(self._text)
        lost = self._lost or any(problem.code in _LOSING for problem in self._problems)
        return RawDocument(self._root, self._comments, self._problems, lost)

    def _problem(
        self,
        code: str,
        message: str,
        start: int,
        end: int,
        hint: str | None = None,
        words: tuple[str, int] | None = None,
    ) -> None:
        """`words`: what System.Xml says of it, which the gateway shows, and the offset that it names."""
        said = None
        if words:
            place = self._source.span(words[1]).place()
            said = f"{words[0]} Line {place.line}, position {place.column}."
        self._problems.append(Finding(code, message, self._source.span(start, end).place(), hint=hint, words=said))
        if len(self._problems) >= MAX_PROBLEMS:
            raise _LostError

    def _position(self, offset: int) -> str:
        span = self._source.span(offset, offset)
        return f"{span.line}:{span.column}"

    def _characters(self) -> None:
        match = _CONTROL.search(self._text)
        if match:
            message = f"the character U+{ord(match[0]):04X} may not stand in XML"
            self._problem("xml-character", message, match.start(), match.end())

    def _count(self, start: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._problem("xml-too-large", f"more than {MAX_NODES} elements and attributes", start, start + 1)
            raise _LostError

    # -- content -------------------------------------------------------------------------------------------------------

    def _content(self) -> None:
        text, at = self._text, self._at
        if text[at] != "<":
            self._characters_of_element(at)
        elif text.startswith("<!--", at):
            self._at = self._skip_past("-->", at, 4, "the comment that starts here is never closed")
            self._comments.append((at, self._at))
        elif text.startswith("<![CDATA[", at):
            self._at = self._skip_past("]]>", at, 9, "the CDATA section that starts here is never closed")
            part = self._source.part(at + 9, self._at - 3)
            self._open[-1].texts.append(RawValue(part, at, self._at, self._extents.whole(part.text)))
        elif text.startswith("<?", at):
            self._at = self._skip_past("?>", at, 2, "the processing instruction that starts here is never closed")
        elif text.startswith("<!", at):
            # SECURITY: no document type, so no entity that expands or fetches.
            self._problem("xml-doctype", "a document type declaration may not stand in a policy", at, at + 9)
            raise _LostError
        elif text.startswith("</", at):
            self._end_tag(at)
        else:
            self._start_tag(at)

    def _skip_past(self, closing: str, start: int, length: int, message: str) -> int:
        end = self._text.find(closing, start + length)
        if end < 0:
            self._problem("xml-unclosed", message, start, start + length)
            raise _LostError
        return end + len(closing)

    def _characters_of_element(self, start: int) -> None:
        element = self._open[-1]
        first = not any(value.text.text.strip() for value in element.texts)
        extent = self._extents.text(start) if first else self._extents.later_text(start)
        self._at = extent.end
        if extent.unclosed is not None:
            self._unclosed(extent.unclosed)
        value = decode(self._source, start, extent.end, strict=not extent.expressions)
        for offset, length, what in value.bad:
            self._bad_entity(offset, length, what)
        element.texts.append(RawValue(value.text, start, extent.end, extent.whole, extent.unclosed is not None))

    def _unclosed(self, start: int) -> None:
        hint = "a bracket or a quote is missing"
        self._problem("expression-unclosed", "the expression that starts here is never closed", start, start + 2, hint)

    def _bad_entity(self, offset: int, length: int, what: str) -> None:
        message = "a bare & may not stand outside an expression" if what == "&" else f"{what} is not an entity of XML"
        name = _NAME.match(self._text, offset + 1) if what == "&" else None
        words, at = "An error occurred while parsing EntityName.", offset + 1
        if name and name.end() < len(self._text):
            words, at = f"'{self._text[name.end()]}' is an unexpected token. The expected token is ';'.", name.end()
        hint = "write &amp; for the character &"
        self._problem("xml-entity", message, offset, offset + length, hint, (words, at))

    # -- tags ----------------------------------------------------------------------------------------------------------

    def _stray(self, at: int) -> None:
        self._problem("xml-stray-lt", "a bare < may not stand here", at, at + 1, "write &lt; for the character <")

    def _start_tag(self, start: int) -> None:
        match = _NAME.match(self._text, start + 1)
        if match is None:
            self._stray(start)
            self._at = start + 1
            return
        if len(self._open) > MAX_DEPTH:
            self._problem("xml-too-deep", f"elements are nested deeper than {MAX_DEPTH}", start, match.end())
            raise _LostError
        self._count(start)
        element = RawElement(match[0], start, match.end())
        self._open[-1].children.append(element)
        self._at = match.end()
        closed = self._attributes(element)
        element.open_end = self._at
        if closed:
            element.inner_end = self._at
        else:
            self._open.append(element)

    def _attributes(self, element: RawElement) -> bool:
        """Read up to the end of the start tag; True when it closes itself."""
        text = self._text
        while True:
            blank = _BLANK.match(text, self._at)
            at = blank.end() if blank else self._at
            if at >= len(text):
                self._problem("xml-unclosed", f"the tag <{element.name}> is never closed", element.start, self._at)
                raise _LostError
            if text[at] == ">":
                self._at = at + 1
                return False
            if text.startswith("/>", at):
                self._at = at + 2
                return True
            match = _NAME.match(text, at)
            if match is None or at == self._at:
                return self._lost_in_tag(element, at)
            self._count(at)
            if not self._attribute(element, match):
                return self._lost_in_tag(element, self._at, reported=True)

    def _lost_in_tag(self, element: RawElement, at: int, *, reported: bool = False) -> bool:
        """Report what cannot be read and go on behind the tag."""
        element.broken = True
        if not reported and self._text[at] == "<":
            self._problem("xml-unclosed", f"the tag <{element.name}> is never closed", element.start, at)
            self._at = at
            return False
        if not reported:
            message, hint, words = f"{self._text[at]} may not stand in a tag", None, None
            if element.attributes:
                message = f"the value of '{element.attributes[-1].name}' ends before this; white space must follow"
                hint = "write &quot; for a quote inside a value"
                words = f"'{self._text[at]}' is an unexpected token. Expecting white space.", at
            self._problem("xml-tag", message, at, at + 1, hint, words)
        end = self._text.find(">", at)
        if end < 0:
            raise _LostError
        self._at = end + 1
        return self._text[end - 1] == "/"

    def _attribute(self, element: RawElement, match: re.Match[str]) -> bool:
        """Read ``name = "value"``; False when the rest of the tag is lost."""
        text, name = self._text, match[0]
        at = self._skip_blank(match.end())
        if not text.startswith("=", at):
            self._at = match.end()
            self._problem("xml-attribute", f"'=' is missing after '{name}'", match.start(), match.end())
            return False
        at = self._skip_blank(at + 1)
        if at >= len(text) or text[at] not in "\"'":
            self._at = at
            message = f"the value of '{name}' must stand in quotes"
            self._problem("xml-attribute", message, match.start(), match.end())
            return False
        value = self._value(name, at)
        element.broken = element.broken or value.broken
        if any(other.name == name for other in element.attributes):
            self._problem("xml-duplicate", f"the attribute '{name}' stands here twice", match.start(), match.end())
        element.attributes.append(RawAttribute(name, match.start(), value))
        return True

    def _skip_blank(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        return match.end() if match else at

    def _value(self, name: str, opening: int) -> RawValue:
        """Read the value behind the quote at `opening`."""
        start, quote = opening + 1, self._text[opening]
        extent = self._extents.attribute(start, quote)
        end, broken = extent.end, False
        if extent.unclosed is not None:
            self._unclosed(extent.unclosed)
            return self._recovered(start)
        if not extent.expressions:
            tag = self._text.find("<", start, end if end >= 0 else len(self._text))
            if end < 0 or tag >= 0:
                broken = True
                end = self._broken_literal(name, opening, tag, end)
        elif end < 0:
            self._unterminated(name, opening)
            return self._recovered(start)
        value = decode(self._source, start, end, strict=not extent.expressions)
        for offset, length, what in () if broken else value.bad:
            self._bad_entity(offset, length, what)
        self._at = end if self._text[end : end + 1] in {">", "/"} and broken else end + 1
        return RawValue(value.text, start, end, extent.whole, broken)

    def _unterminated(self, name: str, opening: int) -> None:
        message = f"the value of '{name}' that starts here has no closing quote"
        self._problem("xml-unterminated", message, opening, opening + 1)

    def _broken_literal(self, name: str, opening: int, tag: int, end: int) -> int:
        """A literal that swallows a tag, or never ends: report it, and say where it is taken to end."""
        limit = end if end >= 0 else len(self._text)
        swallowed = re.compile(_SWALLOWED).search(self._text, opening, limit)
        if end >= 0 and swallowed is None:
            self._stray(tag)
            return end
        self._unterminated(name, opening)
        if swallowed is None:
            raise _LostError
        return swallowed.start()

    def _recovered(self, start: int) -> RawValue:
        """After a value without an end: go on where the tag most likely does."""
        match = re.compile(_LOST_END).search(self._text, start)
        if match is None:
            raise _LostError
        self._at = match.end()
        return RawValue(self._source.part(start, match.start()), start, match.start(), broken=True)

    def _end_tag(self, start: int) -> None:
        match = _NAME.match(self._text, start + 2)
        if match is None:
            self._stray(start)
            self._at = start + 1
            return
        at = self._skip_blank(match.end())
        if not self._text.startswith(">", at):
            self._problem("xml-tag", f"'>' is missing after </{match[0]}", start, match.end())
            at -= 1
        self._at = max(at + 1, match.end())
        self._close(match[0], start)

    def _close(self, name: str, start: int) -> None:
        element, end = self._open[-1], start + 2 + len(name)
        if element.name == name:
            self._open.pop().inner_end = start
            return
        known = any(other.name == name for other in self._open[1:])
        if element is self._root:
            self._problem("xml-mismatch", f"</{name}> closes nothing", start, end)
        else:
            where = self._position(element.start)
            message = f"</{name}> does not match the start tag <{element.name}> at {where}"
            line, _, column = self._position(element.start + 1).partition(":")
            opened = f"The '{element.name}' start tag on line {line} position {column}"
            words = f"{opened} does not match the end tag of '{name}'.", start + 2
            self._problem("xml-mismatch", message, start, end, words=words)
        # An end tag of an element further out closes all within; another one is taken for a misspelt end of this one.
        while known and self._open[-1].name != name:
            self._open.pop().inner_end = start
        if len(self._open) > 1:
            self._open.pop().inner_end = start
