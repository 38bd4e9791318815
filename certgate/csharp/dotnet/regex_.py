"""``System.Text.RegularExpressions``: Regex, Match, Group, Capture, their collections and options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults, regex_pattern
from certgate.csharp.dotnet.collection_interfaces import EnumeratorValue
from certgate.csharp.dotnet.regex_values import (
    Captured,
    CaptureValue,
    Groups,
    GroupValue,
    Listing,
    Matches,
    MatchValue,
    RegexValue,
    compile_pattern,
)
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import EnumValue, array

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.values import DelegateValue, NetArray

_SPACE = "System.Text.RegularExpressions"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
_COLLECTION = f"CopyTo Count GetEnumerator IsReadOnly IsSynchronized Item SyncRoot {_OBJECT}"

OPTIONS = define_enum(
    f"{_SPACE}.RegexOptions",
    {
        "None": 0,
        "IgnoreCase": 1,
        "Multiline": 2,
        "ExplicitCapture": 4,
        "Compiled": 8,
        "Singleline": 16,
        "IgnorePatternWhitespace": 32,
        "RightToLeft": 64,
        "ECMAScript": 256,
        "CultureInvariant": 512,
        "NonBacktracking": 1024,
    },
    allowed=True,
    flags=True,
)
REGEX = define(
    f"{_SPACE}.Regex",
    allowed=".ctor IsMatch Match Matches Replace Split Unescape",
    python=RegexValue,
    known="CacheSize CompileToAssembly Count EnumerateMatches EnumerateSplits Escape GetGroupNames GetGroupNumbers "
    "GroupNameFromNumber GroupNumberFromName InfiniteMatchTimeout IsMatch Match MatchTimeout Matches Options Replace "
    f"RightToLeft Split Unescape {_OBJECT}",
)
CAPTURE = define(
    f"{_SPACE}.Capture",
    allowed="Index Length Value",
    python=CaptureValue,
    known=f"Index Length Value ValueSpan {_OBJECT}",
)
GROUP = define(
    f"{_SPACE}.Group",
    allowed="Captures Success",
    bases=(f"{_SPACE}.Capture",),
    python=GroupValue,
    known=f"Captures Index Length Name Success Synchronized Value ValueSpan {_OBJECT}",
)
MATCH = define(
    f"{_SPACE}.Match",
    allowed="Empty Groups Result",
    bases=(f"{_SPACE}.Group",),
    python=MatchValue,
    known="Captures Empty Groups Index Length Name NextMatch Result Success Synchronized Value ValueSpan " + _OBJECT,
)
EVALUATOR = define(f"{_SPACE}.MatchEvaluator", kind="delegate", allowed=True, invoke="string (Match match)")
PARSE_EXCEPTION = define(f"{_SPACE}.RegexParseException", bases=("System.ArgumentException",), known="Error Offset")
TIMEOUT_EXCEPTION = define(f"{_SPACE}.RegexMatchTimeoutException", bases=("System.TimeoutException",))


def _collection(name: str, item: str, python: type, allowed: str | bool, more: str = "") -> types.TypeDefinition:
    generic = "System.Collections.Generic"
    bases = (f"{generic}.IList<{item}>", f"{generic}.IReadOnlyList<{item}>", "System.Collections.IList")
    return define(f"{_SPACE}.{name}", allowed=allowed, bases=bases, python=python, known=f"{_COLLECTION} {more}")


GROUPS = _collection("GroupCollection", "Group", Groups, "Count Item", "ContainsKey Keys TryGetValue Values")
CAPTURES = _collection("CaptureCollection", "Capture", Captured, "Count Item")
MATCHES = _collection("MatchCollection", "Match", Matches, True)


# Regex


@REGEX.constructor("Regex(string pattern)")
def create(pattern: str | None) -> RegexValue:
    return compile_pattern(pattern)


@REGEX.constructor("Regex(string pattern, RegexOptions options)")
def create_with(pattern: str | None, options: EnumValue) -> RegexValue:
    return compile_pattern(pattern, options.value)


# The static forms stand first, as in .NET: where no overload fits, C# speaks of the first that comes near.


@REGEX.method("static bool IsMatch(string input, string pattern)")
def is_match_of(text: str | None, pattern: str | None) -> bool:
    return is_match(compile_pattern(pattern), text)


@REGEX.method("static bool IsMatch(string input, string pattern, RegexOptions options)")
def is_match_with(text: str | None, pattern: str | None, options: EnumValue) -> bool:
    return is_match(compile_pattern(pattern, options.value), text)


@REGEX.method("static Match Match(string input, string pattern)")
def match_of(text: str | None, pattern: str | None) -> MatchValue:
    return match(compile_pattern(pattern), text)


@REGEX.method("static Match Match(string input, string pattern, RegexOptions options)")
def match_with(text: str | None, pattern: str | None, options: EnumValue) -> MatchValue:
    return match(compile_pattern(pattern, options.value), text)


@REGEX.method("static MatchCollection Matches(string input, string pattern)")
def matches_of(text: str | None, pattern: str | None) -> Matches:
    return matches(compile_pattern(pattern), text)


@REGEX.method("static MatchCollection Matches(string input, string pattern, RegexOptions options)")
def matches_with(text: str | None, pattern: str | None, options: EnumValue) -> Matches:
    return matches(compile_pattern(pattern, options.value), text)


@REGEX.method("static string Replace(string input, string pattern, string replacement)")
def replace_of(text: str | None, pattern: str | None, replacement: str | None) -> str:
    return replace(compile_pattern(pattern), text, replacement)


@REGEX.method("static string Replace(string input, string pattern, string replacement, RegexOptions options)")
def replace_with(text: str | None, pattern: str | None, replacement: str | None, options: EnumValue) -> str:
    return replace(compile_pattern(pattern, options.value), text, replacement)


@REGEX.method("static string Replace(string input, string pattern, MatchEvaluator evaluator)")
def replace_of_by(text: str | None, pattern: str | None, evaluator: DelegateValue | None) -> str:
    return replace_by(compile_pattern(pattern), text, evaluator)


@REGEX.method("static string Replace(string input, string pattern, MatchEvaluator evaluator, RegexOptions options)")
def replace_with_by(text: str | None, pattern: str | None, evaluator: DelegateValue | None, options: EnumValue) -> str:
    return replace_by(compile_pattern(pattern, options.value), text, evaluator)


@REGEX.method("static string[] Split(string input, string pattern)")
def split_of(text: str | None, pattern: str | None) -> NetArray:
    return split(compile_pattern(pattern), text)


@REGEX.method("static string[] Split(string input, string pattern, RegexOptions options)")
def split_with(text: str | None, pattern: str | None, options: EnumValue) -> NetArray:
    return split(compile_pattern(pattern, options.value), text)


REGEX.signatures(
    "static bool IsMatch(string input, string pattern, RegexOptions options, TimeSpan matchTimeout)",
    "static Match Match(string input, string pattern, RegexOptions options, TimeSpan matchTimeout)",
    "static MatchCollection Matches(string input, string pattern, RegexOptions options, TimeSpan matchTimeout)",
    "static string Replace(string input, string pattern, string replacement, RegexOptions options, TimeSpan "
    "matchTimeout)",
)


def _input(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("input")
    return text


def _start(text: str, start: int) -> int:
    if not 0 <= start <= len(text):
        message = "Start index cannot be less than 0 or greater than input length."
        raise faults.out_of_range(message, "startat")
    return start


@REGEX.method("bool IsMatch(string input)")
def is_match(self: RegexValue, text: str | None) -> bool:
    given = _input(text)
    return self.match(given, self.start_of(given)).success


@REGEX.method("bool IsMatch(string input, int startat)")
def is_match_from(self: RegexValue, text: str | None, start: int) -> bool:
    return self.match(_input(text), _start(_input(text), start)).success


@REGEX.method("Match Match(string input)")
def match(self: RegexValue, text: str | None) -> MatchValue:
    given = _input(text)
    return self.match(given, self.start_of(given))


@REGEX.method("Match Match(string input, int startat)")
def match_from(self: RegexValue, text: str | None, start: int) -> MatchValue:
    return self.match(_input(text), _start(_input(text), start))


@REGEX.method("Match Match(string input, int beginning, int length)")
def match_within(self: RegexValue, text: str | None, begin: int, length: int) -> MatchValue:
    given = _input(text)
    if not 0 <= begin <= len(given):
        raise faults.out_of_range("Beginning index cannot be less than 0 or greater than input length.", "beginning")
    if not 0 <= length <= len(given) - begin:
        raise faults.out_of_range("Length cannot be less than 0 or exceed input length.", "length")
    end = begin + length
    return self.match(given, end if self.right_to_left else begin, begin, end)


@REGEX.method("MatchCollection Matches(string input)")
def matches(self: RegexValue, text: str | None) -> Matches:
    given = _input(text)
    return Matches(list(self.matches(given, self.start_of(given))))


@REGEX.method("MatchCollection Matches(string input, int startat)")
def matches_from(self: RegexValue, text: str | None, start: int) -> Matches:
    return Matches(list(self.matches(_input(text), _start(_input(text), start))))


@REGEX.method("string Replace(string input, string replacement)")
def replace(self: RegexValue, text: str | None, replacement: str | None) -> str:
    return replace_count(self, text, replacement, -1)


@REGEX.method("string Replace(string input, string replacement, int count)")
def replace_count(self: RegexValue, text: str | None, replacement: str | None, count: int) -> str:
    given = _input(text)
    return _replace(self, given, _expander(replacement), count, self.start_of(given))


@REGEX.method("string Replace(string input, string replacement, int count, int startat)")
def replace_from(self: RegexValue, text: str | None, replacement: str | None, count: int, start: int) -> str:
    return _replace(self, _input(text), _expander(replacement), count, _start(_input(text), start))


@REGEX.method("string Replace(string input, MatchEvaluator evaluator)")
def replace_by(self: RegexValue, text: str | None, evaluator: DelegateValue | None) -> str:
    return replace_count_by(self, text, evaluator, -1)


@REGEX.method("string Replace(string input, MatchEvaluator evaluator, int count)")
def replace_count_by(self: RegexValue, text: str | None, evaluator: DelegateValue | None, count: int) -> str:
    given = _input(text)
    return _replace(self, given, _evaluator(evaluator), count, self.start_of(given))


@REGEX.method("string Replace(string input, MatchEvaluator evaluator, int count, int startat)")
def replace_from_by(self: RegexValue, text: str | None, evaluator: DelegateValue | None, count: int, start: int) -> str:
    return _replace(self, _input(text), _evaluator(evaluator), count, _start(_input(text), start))


def _expander(replacement: str | None) -> Callable[[MatchValue], str]:
    if replacement is None:
        raise faults.argument_null("replacement")
    if "$" not in replacement:
        return lambda _: replacement
    return lambda found: found.expand(replacement)


def _evaluator(evaluator: DelegateValue | None) -> Callable[[MatchValue], str]:
    if evaluator is None:
        raise faults.argument_null("evaluator")
    return lambda found: evaluator(found) or ""


def _replace(self: RegexValue, text: str, write: Callable[[MatchValue], str], count: int, start: int) -> str:
    _check_count(count)
    return self.replace(text, write, count, start)


def _check_count(count: int) -> None:
    if count < -1:
        raise faults.out_of_range("Count cannot be less than -1.", "count")


@REGEX.method("string[] Split(string input)")
def split(self: RegexValue, text: str | None) -> NetArray:
    return split_count(self, text, 0)


@REGEX.method("string[] Split(string input, int count)")
def split_count(self: RegexValue, text: str | None, count: int) -> NetArray:
    given = _input(text)
    return split_from(self, given, count, self.start_of(given))


@REGEX.method("string[] Split(string input, int count, int startat)")
def split_from(self: RegexValue, text: str | None, count: int, start: int) -> NetArray:
    given = _input(text)
    if count < 0:
        raise faults.out_of_range("Count cannot be less than -1.", "count")
    return array(types.STRING, self.split(given, count, _start(given, start)))


_ESCAPED = {"\n": "n", "\r": "r", "\t": "t", "\f": "f"}


@REGEX.method("static string Escape(string str)")
def escape(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("str")
    charge_size(len(text) * 2)
    return re.sub(r"[\\*+?|{\[()^$.# \n\r\t\f]", lambda found: "\\" + _ESCAPED.get(found[0], found[0]), text)


@REGEX.method("static string Unescape(string str)")
def unescape(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("str")
    return regex_pattern.unescape(text)


@REGEX.method("string ToString()")
def to_string(self: RegexValue) -> str:
    return self.text


@REGEX.property("RegexOptions Options")
def options(self: RegexValue) -> EnumValue:
    return self.options_value


@REGEX.property("bool RightToLeft")
def right_to_left(self: RegexValue) -> bool:
    return self.right_to_left


@REGEX.method("string[] GetGroupNames()")
def group_names(self: RegexValue) -> NetArray:
    return array(types.STRING, [self.pattern.names[number] for number in self.pattern.numbers])


@REGEX.method("int[] GetGroupNumbers()")
def group_numbers(self: RegexValue) -> NetArray:
    return array(types.INT32, list(self.pattern.numbers))


@REGEX.method("string GroupNameFromNumber(int i)")
def group_name(self: RegexValue, number: int) -> str:
    return self.pattern.names.get(number, "")


@REGEX.method("int GroupNumberFromName(string name)")
def group_number(self: RegexValue, name: str | None) -> int:
    if name is None:
        raise faults.argument_null("name")
    found = self.number_of(name)
    return -1 if found is None else found


# Captures, groups, matches


@CAPTURE.property("int Index")
def index(self: CaptureValue) -> int:
    return self.start


@CAPTURE.property("int Length")
def length(self: CaptureValue) -> int:
    return self.end - self.start


@CAPTURE.property("string Value")
def value(self: CaptureValue) -> str:
    return self.value


@CAPTURE.method("string ToString()")
def capture_to_string(self: CaptureValue) -> str:
    return self.value


@GROUP.property("bool Success")
def success(self: GroupValue) -> bool:
    return self.success


@GROUP.property("string Name")
def name_of(self: GroupValue) -> str:
    return self.name


@GROUP.property("CaptureCollection Captures")
def captures(self: GroupValue) -> Captured:
    return Captured(self.captures())


@MATCH.property("GroupCollection Groups")
def groups(self: MatchValue) -> Groups:
    return Groups(self.groups(), self)


@MATCH.property("static Match Empty")
def empty() -> MatchValue:
    return MatchValue(compile_pattern(""), "", None, 0, 0)


@MATCH.method("Match NextMatch()")
def next_match(self: MatchValue) -> MatchValue:
    return self.next()


@MATCH.method("string Result(string replacement)")
def result(self: MatchValue, replacement: str | None) -> str:
    if replacement is None:
        raise faults.argument_null("replacement")
    if not self.success:
        raise faults.not_supported("Result cannot be called on a failed Match.")
    return self.expand(replacement)


# Collections


def _count(self: Listing) -> int:
    return len(self.items)


def _at(self: Listing, place: int) -> Any:
    if not 0 <= place < len(self.items):
        raise faults.not_valid("i")
    return self.items[place]


def _enumerate(self: Listing) -> EnumeratorValue:
    return EnumeratorValue(self, types.named("System.Collections.IEnumerator"))


for _definition in (GROUPS, CAPTURES, MATCHES):
    _definition.property("int Count")(_count)
    # The one without a type argument: `foreach (var m in matches)` gives objects.
    _definition.method("System.Collections.IEnumerator GetEnumerator()")(_enumerate)
CAPTURES.indexer("Capture this[int i]")(_at)
MATCHES.indexer("Match this[int i]")(_at)


@GROUPS.indexer("Group this[int groupnum]")
def group_at(self: Groups, number: int) -> GroupValue:
    return _match_of(self).group(number)


@GROUPS.indexer("Group this[string groupname]")
def group_by_name(self: Groups, name: str | None) -> GroupValue:
    if name is None:
        raise faults.argument_null("groupname")
    found = _match_of(self)
    return found.group(found.regex.number_of(name))


@GROUPS.method("bool ContainsKey(string key)")
def contains_key(self: Groups, key: str | None) -> bool:
    return key is not None and _match_of(self).regex.number_of(key) is not None


def _match_of(self: Groups) -> MatchValue:
    if self.match is None:
        raise TypeError("groups without their match")
    return self.match
