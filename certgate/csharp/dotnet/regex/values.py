"""Regular expressions, matches, groups and captures as values, and replacement patterns. Declares no members."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.regex import pattern as regex_pattern
from certgate.csharp.dotnet.regex.engine import Impatient, Program, captures_of
from certgate.csharp.dotnet.regex.pattern import Option, TooNested
from certgate.csharp.dotnet.system import faults
from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size, charge_steps
from certgate.csharp.values import NetObject, array, enum_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.dotnet.regex.engine import Captures
    from certgate.csharp.values import EnumValue

INFINITE_TIMEOUT = -10_000
"""``Regex.InfiniteMatchTimeout`` in ticks."""
_LONGEST_TIMEOUT = (0x7FFFFFFF - 1) * 10_000
_ALL_OPTIONS = 0x7FF
_NON_BACKTRACKING = 0x400
# What RegexOptions.ECMAScript may be combined with: IgnoreCase, Multiline, Compiled.
_WITH_ECMASCRIPT = 0x10B
# What RegexOptions.NonBacktracking may not be combined with: RightToLeft, ECMAScript.
_NOT_LINEAR = 0x140
_REPLACEMENT = re.compile(r"\$(?:([0-9]+)|\{([0-9]+)\}|\{(\w+)\}|([$&`'+_]))")
_LARGEST = 0x7FFFFFFF
# A search that has a time limit gives up after so many steps for each tick of it, and after the second number anyway:
# what takes longer than that in .NET takes for ever, and the answer is to be the same on every machine.
_STEPS_PER_TICK = 2
_MOST_STEPS = 1_000_000
_TIMED_OUT = (
    "The Regex engine has timed out while trying to match a pattern to an input string. This can occur for many "
    "reasons, including very large inputs or excessive backtracking caused by nested quantifiers, back-references and "
    "other factors."
)


class RegexValue(NetObject):
    """A ``Regex``: made by `compile_pattern`, which remembers the last ones. `timeout`: ticks, -10,000 for none."""

    __slots__ = ("options", "pattern", "program", "text", "timeout")

    def __init__(self, text: str, options: int, timeout: int = INFINITE_TIMEOUT) -> None:
        self.text = text
        self.options = options
        self.timeout = timeout
        try:
            self.pattern = regex_pattern.read(text, options)
        except TooNested:
            raise UnsupportedReached("certgate does not simulate regular expressions that nest so deep") from None
        self.program = Program(self.pattern.root, self.right_to_left)
        if options & _NON_BACKTRACKING and not self.program.is_linear():
            raise UnsupportedReached("what RegexOptions.NonBacktracking refuses is not simulated")

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

    def match(self, text: str, start: int, begin: int = 0, end: int | None = None) -> MatchValue:
        """RegexMatchTimeoutException."""
        stop = len(text) if end is None else end
        patience = 0 if self.timeout < 0 else min(self.timeout * _STEPS_PER_TICK, _MOST_STEPS)
        try:
            found = self.program.find(text, start, begin, stop, patience)
        except Impatient:
            raise self._timed_out(text) from None
        return MatchValue(self, text, found, begin, stop)

    def _timed_out(self, text: str) -> ThrownException:
        from certgate.csharp.dotnet.dates.date_values import TimeSpanValue

        name = "System.Text.RegularExpressions.RegexMatchTimeoutException"
        data: dict[str, Any] = {"Input": text, "Pattern": self.text, "MatchTimeout": TimeSpanValue(self.timeout)}
        return ThrownException(name, _TIMED_OUT, ExceptionValue(name, _TIMED_OUT, None, **data))

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
            written = [_charged(write(match)) for match in reversed(matches)][::-1]
        else:
            written = [_charged(write(match)) for match in matches]
        parts, place = [], 0
        for match, new in zip(matches, written, strict=True):
            parts += [text[place : match.start], new]
            place = match.end
        parts.append(text[place:])
        charge_size(len(text))
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


def _charged(text: str) -> str:
    charge_size(len(text))
    return text


def _counter(count: int) -> Iterator[int]:
    """`count` numbers, or without end for a negative one."""
    made = 0
    while count < 0 or made < count:
        yield made
        made += 1


_LONG = 1_000
"""Characters of a pattern that is remembered."""


@lru_cache(maxsize=256)
def _compiled(text: str, options: int, timeout: int) -> RegexValue:
    return RegexValue(text, options, timeout)


def compile_pattern(text: str | None, options: int = 0, timeout: int = INFINITE_TIMEOUT) -> RegexValue:
    """The Regex of a pattern; .NET's exceptions for what it refuses."""
    if text is None:
        raise faults.argument_null("pattern")
    wrong = options & ~_ALL_OPTIONS or options < 0
    if wrong or (options & Option.ECMASCRIPT and options & ~_WITH_ECMASCRIPT):
        raise faults.not_valid("options")
    if options & _NON_BACKTRACKING and options & _NOT_LINEAR:
        raise faults.not_valid("options")
    if timeout != INFINITE_TIMEOUT and not 0 < timeout <= _LONGEST_TIMEOUT:
        raise faults.not_valid("matchTimeout")
    if len(text) <= _LONG:
        return _compiled(text, options, timeout)
    # SECURITY: a node of the pattern takes a few microseconds, and some hundred bytes that are not to stay.
    charge_steps(len(text) * 16)
    return RegexValue(text, options, timeout)


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
            plain, angled, name, mark = found.groups()
            if mark:
                return self._marked(mark)
            if plain and self.regex.options & Option.ECMASCRIPT:
                return self._longest(plain)
            number = plain or angled
            group = _group_number(number) if number else self.regex.number_of(name)
            if group is None or group not in self.regex.pattern.names:
                return found[0]
            return self.group(group).value

        return _REPLACEMENT.sub(lambda found: _charged(fill(found)), replacement)

    def _longest(self, digits: str) -> str:
        """ECMAScript: as many digits as name a group, the rest as they are."""
        for end in range(len(digits), 0, -1):
            if int(digits[:end]) in self.regex.pattern.names:
                return self.group(int(digits[:end])).value + digits[end:]
        return f"${digits}"

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


def _group_number(digits: str) -> int:
    if len(digits) > 10 or int(digits) > _LARGEST:
        raise UnsupportedReached("group numbers beyond Int32 in replacement patterns are not simulated")
    return int(digits)


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
    """As a dictionary, it goes from the names of the groups to the groups."""

    __slots__ = ()

    def keys(self) -> Any:
        return array(types.STRING, self._names())

    def values(self) -> Any:
        return array(types.named("System.Text.RegularExpressions.Group"), self.items)

    def _names(self) -> list[str]:
        match = self.match
        return (
            [match.regex.pattern.names[number] for number in match.regex.pattern.numbers] if match is not None else []
        )

    def contains_key(self, key: str | None) -> bool:
        return key in self._names()

    def try_get(self, key: str | None) -> tuple[bool, Any]:
        if self.match is None or not self.contains_key(key):
            return False, None
        return True, self.match.group(self.match.regex.number_of(key or ""))

    def lookup(self, key: str) -> Any:
        return self.match.group(self.match.regex.number_of(key)) if self.match is not None else None


class Captured(Listing):
    __slots__ = ()


class Matches(Listing):
    __slots__ = ()
