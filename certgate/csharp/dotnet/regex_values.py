"""Regular expressions, matches, groups and captures as values, and replacement patterns. Declares no members."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults, regex_pattern
from certgate.csharp.dotnet.regex_engine import Program, captures_of
from certgate.csharp.dotnet.regex_pattern import Option, TooNested
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.values import NetObject, enum_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.dotnet.regex_engine import Captures
    from certgate.csharp.values import EnumValue

_ALL_OPTIONS = 0x77F
_NON_BACKTRACKING = 0x400
# What RegexOptions.ECMAScript may be combined with: IgnoreCase, Multiline, Compiled.
_WITH_ECMASCRIPT = 0x10B
_REPLACEMENT = re.compile(r"\$(?:(\d+)|\{(\w+)\}|([$&`'+_]))")


class RegexValue(NetObject):
    """A ``Regex``: made by `compile`, which remembers the last ones."""

    __slots__ = ("options", "pattern", "program", "text")

    def __init__(self, text: str, options: int) -> None:
        self.text = text
        self.options = options
        try:
            self.pattern = regex_pattern.read(text, options)
        except TooNested:
            raise UnsupportedReached("certgate does not simulate regular expressions that nest so deep") from None
        self.program = Program(self.pattern.root, self.right_to_left)

    @property
    def right_to_left(self) -> bool:
        return bool(self.options & Option.RIGHT_TO_LEFT)

    @property
    def options_value(self) -> EnumValue:
        return enum_value("System.Text.RegularExpressions.RegexOptions", self.options)

    def to_text(self) -> str:
        return self.text

    def start_of(self, text: str) -> int:
        return len(text) if self.right_to_left else 0

    def match(self, text: str, start: int, begin: int = 0, end: int | None = None, skip_empty: int = -1) -> MatchValue:
        stop = len(text) if end is None else end
        found = self.program.find(text, start, begin, stop, skip_empty)
        return MatchValue(self, text, found, begin, stop)

    def matches(self, text: str, start: int) -> Iterator[MatchValue]:
        found = self.match(text, start)
        while found.success:
            yield found
            found = found.next()

    def number_of(self, name: str) -> int | None:
        """The number of a group by its name; a number is the name of an unnamed one."""
        return next((number for number, known in self.pattern.names.items() if known == name), None)

    def replace(self, text: str, write: Callable[[MatchValue], str], count: int, start: int) -> str:
        """`text` with its first `count` matches (all for -1) replaced by what `write` gives."""
        matches = [match for match, _ in zip(self.matches(text, start), _counter(count), strict=False)]
        if self.right_to_left:
            matches.reverse()
            written = [write(match) for match in reversed(matches)][::-1]
        else:
            written = [write(match) for match in matches]
        parts, place = [], 0
        for match, new in zip(matches, written, strict=True):
            parts += [text[place : match.start], new]
            place = match.end
        parts.append(text[place:])
        charge_size(sum(map(len, parts)))
        return "".join(parts)

    def split(self, text: str, count: int, start: int) -> list[str]:
        """What stands between the matches, at most `count` pieces (0: no limit), with the text of the groups."""
        if count == 1:
            return [text]
        matches = [match for match, _ in zip(self.matches(text, start), _counter(count - 1), strict=False)]
        if self.right_to_left:
            matches.reverse()
        parts, place = [], 0
        for match in matches:
            parts.append(text[place : match.start])
            parts += [group.value for group in match.groups() if group.number and group.success]
            place = match.end
        charge_size(len(text))
        return [*parts, text[place:]]


def _counter(count: int) -> Iterator[int]:
    """`count` numbers, or without end for a negative one."""
    made = 0
    while count < 0 or made < count:
        yield made
        made += 1


@lru_cache(maxsize=256)
def _compiled(text: str, options: int) -> RegexValue:
    return RegexValue(text, options)


def compile_pattern(text: str | None, options: int = 0) -> RegexValue:
    """The Regex of a pattern; .NET's exceptions for what it refuses."""
    if text is None:
        raise faults.argument_null("pattern")
    wrong = options & ~_ALL_OPTIONS or options < 0
    if wrong or (options & Option.ECMASCRIPT and options & ~_WITH_ECMASCRIPT):
        raise faults.not_valid("options")
    if options & _NON_BACKTRACKING:
        raise UnsupportedReached("certgate does not simulate RegexOptions.NonBacktracking")
    return _compiled(text, options)


class CaptureValue(NetObject):
    """A ``Capture``: a piece of `text`."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end

    @property
    def value(self) -> str:
        return self.text[self.start : self.end]

    def to_text(self) -> str:
        return self.value


class GroupValue(CaptureValue):
    """A ``Group``: its last capture, or nothing at 0; `name` is empty for a group that does not exist."""

    __slots__ = ("name", "number", "spans")

    def __init__(self, text: str, number: int, name: str, spans: list[tuple[int, int]]) -> None:
        super().__init__(text, *(spans[-1] if spans else (0, 0)))
        self.number = number
        self.name = name
        self.spans = spans

    @property
    def success(self) -> bool:
        return bool(self.spans)

    def captures(self) -> list[CaptureValue]:
        return [CaptureValue(self.text, start, end) for start, end in self.spans]


class MatchValue(GroupValue):
    """A ``Match``; without success every group is empty."""

    __slots__ = ("_found", "begin", "regex", "stop")

    def __init__(self, regex: RegexValue, text: str, found: Captures | None, begin: int, stop: int) -> None:
        super().__init__(text, 0, "0", captures_of(found.get(0)) if found is not None else [])
        self.regex = regex
        self.begin = begin
        self.stop = stop
        self._found: Captures = found or {}

    def group(self, number: int | None) -> GroupValue:
        """The group of that number; one that does not exist has no success and no text."""
        if number == 0:
            return self
        if number is None or number not in self.regex.pattern.names or not self.success:
            return GroupValue("", number or 0, "0" if not self.success else "", [])
        name = self.regex.pattern.names[number]
        return GroupValue(self.text, number, name, captures_of(self._found.get(number)))

    def groups(self) -> list[GroupValue]:
        return [self.group(number) for number in self.regex.pattern.numbers] if self.success else [self]

    def next(self) -> MatchValue:
        """The match after this one: an empty match is passed by one character."""
        if not self.success:
            return self
        start = self.start if self.regex.right_to_left else self.end
        if self.start == self.end:
            start += -1 if self.regex.right_to_left else 1
            if not self.begin <= start <= self.stop:
                return MatchValue(self.regex, self.text, None, self.begin, self.stop)
        return self.regex.match(self.text, start, self.begin, self.stop)

    def expand(self, replacement: str) -> str:
        """``Result``: the replacement pattern with this match filled in."""

        def fill(found: re.Match[str]) -> str:
            number, name, mark = found.groups()
            if mark:
                return self._marked(mark)
            group = int(number) if number else self.regex.number_of(name)
            if group is None or group not in self.regex.pattern.names:
                return found[0]
            return self.group(group).value

        return _REPLACEMENT.sub(fill, replacement)

    def _marked(self, mark: str) -> str:
        match mark:
            case "&":
                return self.value
            case "`":
                return self.text[: self.start]
            case "'":
                return self.text[self.end :]
            case "_":
                return self.text
            case "+":
                return self.group(self.regex.pattern.numbers[-1]).value
        return "$"


class Listing(NetObject):
    """A ``GroupCollection``, ``CaptureCollection`` or ``MatchCollection``; of groups, `match` is whose they are."""

    __slots__ = ("items", "match")

    def __init__(self, items: list[Any], match: MatchValue | None = None) -> None:
        self.items = items
        self.match = match

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class Groups(Listing):
    __slots__ = ()


class Captured(Listing):
    __slots__ = ()


class Matches(Listing):
    __slots__ = ()
