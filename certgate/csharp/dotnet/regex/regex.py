"""``System.Text.RegularExpressions.Regex``; what a match is made of is in ``matches.py``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp import types
from certgate.csharp.dotnet.regex import matches as regex_matches
from certgate.csharp.dotnet.regex import pattern as regex_pattern
from certgate.csharp.dotnet.regex.types import REGEX
from certgate.csharp.dotnet.regex.values import INFINITE_TIMEOUT, Matches, MatchValue, RegexValue, compile_pattern
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import EnumValue, array

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.dates.date_values import TimeSpanValue
    from certgate.csharp.values import DelegateValue, NetArray

PARTS = (regex_matches,)
"""The modules that declare members of the same family."""

# Regex


@REGEX.constructor("Regex(string pattern)")
def create(pattern: str | None) -> RegexValue:
    return compile_pattern(pattern)


@REGEX.constructor("Regex(string pattern, RegexOptions options)")
def create_with(pattern: str | None, options: EnumValue) -> RegexValue:
    return compile_pattern(pattern, options.value)


@REGEX.constructor("Regex(string pattern, RegexOptions options, TimeSpan matchTimeout)")
def create_timed(pattern: str | None, options: EnumValue, timeout: TimeSpanValue) -> RegexValue:
    return compile_pattern(pattern, options.value, timeout.ticks)


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


_TIMED = "RegexOptions options, TimeSpan matchTimeout"


@REGEX.method(f"static bool IsMatch(string input, string pattern, {_TIMED})")
def is_match_timed(text: str | None, pattern: str | None, options: EnumValue, timeout: TimeSpanValue) -> bool:
    return is_match(create_timed(pattern, options, timeout), text)


@REGEX.method(f"static Match Match(string input, string pattern, {_TIMED})")
def match_timed(text: str | None, pattern: str | None, options: EnumValue, timeout: TimeSpanValue) -> MatchValue:
    return match(create_timed(pattern, options, timeout), text)


@REGEX.method(f"static MatchCollection Matches(string input, string pattern, {_TIMED})")
def matches_timed(text: str | None, pattern: str | None, options: EnumValue, timeout: TimeSpanValue) -> Matches:
    return matches(create_timed(pattern, options, timeout), text)


@REGEX.method(f"static string Replace(string input, string pattern, string replacement, {_TIMED})")
def replace_timed(
    text: str | None, pattern: str | None, replacement: str | None, options: EnumValue, timeout: TimeSpanValue
) -> str:
    return replace(create_timed(pattern, options, timeout), text, replacement)


@REGEX.method(f"static string Replace(string input, string pattern, MatchEvaluator evaluator, {_TIMED})")
def replace_timed_by(
    text: str | None, pattern: str | None, evaluator: DelegateValue | None, options: EnumValue, timeout: TimeSpanValue
) -> str:
    return replace_by(create_timed(pattern, options, timeout), text, evaluator)


@REGEX.method(f"static string[] Split(string input, string pattern, {_TIMED})")
def split_timed(text: str | None, pattern: str | None, options: EnumValue, timeout: TimeSpanValue) -> NetArray:
    return split(create_timed(pattern, options, timeout), text)


@REGEX.method("static int Count(string input, string pattern)")
def count_of(text: str | None, pattern: str | None) -> int:
    return count(compile_pattern(pattern), text)


@REGEX.method("static int Count(string input, string pattern, RegexOptions options)")
def count_with(text: str | None, pattern: str | None, options: EnumValue) -> int:
    return count(compile_pattern(pattern, options.value), text)


@REGEX.method(f"static int Count(string input, string pattern, {_TIMED})")
def count_timed(text: str | None, pattern: str | None, options: EnumValue, timeout: TimeSpanValue) -> int:
    return count(create_timed(pattern, options, timeout), text)


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


@REGEX.method("int Count(string input)")
def count(self: RegexValue, text: str | None) -> int:
    given = _input(text)
    return sum(1 for _ in self.matches(given, self.start_of(given)))


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
    # Each character that is escaped is a piece of its own for a while.
    charge_size(len(text) * 8)
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


@REGEX.property("TimeSpan MatchTimeout")
def match_timeout(self: RegexValue) -> TimeSpanValue:
    from certgate.csharp.dotnet.dates.date_values import TimeSpanValue

    return TimeSpanValue(self.timeout)


@REGEX.field("static readonly TimeSpan InfiniteMatchTimeout")
def infinite_match_timeout() -> TimeSpanValue:
    from certgate.csharp.dotnet.dates.date_values import TimeSpanValue

    return TimeSpanValue(INFINITE_TIMEOUT)


@REGEX.property("static int CacheSize { get; set; }")
def cache_size() -> int:
    return 15


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
