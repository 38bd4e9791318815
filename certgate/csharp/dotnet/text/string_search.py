"""Members of ``System.String`` that compare and search."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import (
    CULTURE,
    ORDINAL,
    compare,
    compare_ordinal,
    ends_with,
    find,
    find_last,
    mode,
    same,
    starts_with,
)
from certgate.csharp.dotnet.text.string_type import STRING
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import EnumValue, NetArray


def _given(value: str | None) -> str:
    if value is None:
        raise faults.argument_null("value")
    return value


def _window(text: str, start: int, count: int | None) -> int:
    """The end of the searched part; the same checks as .NET's."""
    if not 0 <= start <= len(text):
        raise faults.index_less_or_equal("startIndex")
    if count is not None and not 0 <= count <= len(text) - start:
        raise faults.count()
    return len(text) if count is None else start + count


def _index(text: str, value: str | None, start: int, count: int | None, how: int) -> int:
    wanted = _given(value)
    end = _window(text, start, count)
    found = find(text[start:end], wanted, how)
    return start + found[0] if found else -1


@STRING.method("int IndexOf(char value)")
def index_of_char(self: str, value: str) -> int:
    return self.find(value)


@STRING.method("int IndexOf(char value, int startIndex)")
def index_of_char_from(self: str, value: str, start: int) -> int:
    return self.find(value, start, _window(self, start, None))


@STRING.method("int IndexOf(char value, StringComparison comparisonType)")
def index_of_char_how(self: str, value: str, comparison: EnumValue) -> int:
    return _index(self, str.__str__(value), 0, None, mode(comparison))


@STRING.method("int IndexOf(char value, int startIndex, int count)")
def index_of_char_within(self: str, value: str, start: int, count: int) -> int:
    return self.find(value, start, _window(self, start, count))


@STRING.method("int IndexOf(string value)")
def index_of(self: str, value: str | None) -> int:
    return _index(self, value, 0, None, CULTURE)


@STRING.method("int IndexOf(string value, int startIndex)")
def index_of_from(self: str, value: str | None, start: int) -> int:
    return _index(self, value, start, None, CULTURE)


@STRING.method("int IndexOf(string value, int startIndex, int count)")
def index_of_within(self: str, value: str | None, start: int, count: int) -> int:
    return _index(self, value, start, count, CULTURE)


@STRING.method("int IndexOf(string value, StringComparison comparisonType)")
def index_of_how(self: str, value: str | None, comparison: EnumValue) -> int:
    return _index(self, value, 0, None, mode(comparison))


@STRING.method("int IndexOf(string value, int startIndex, StringComparison comparisonType)")
def index_of_from_how(self: str, value: str | None, start: int, comparison: EnumValue) -> int:
    return _index(self, value, start, None, mode(comparison))


@STRING.method("int IndexOf(string value, int startIndex, int count, StringComparison comparisonType)")
def index_of_within_how(self: str, value: str | None, start: int, count: int, comparison: EnumValue) -> int:
    return _index(self, value, start, count, mode(comparison))


def _any(anyof: NetArray | None) -> frozenset[str]:
    if anyof is None:
        raise faults.argument_null("anyOf")
    return frozenset(map(str.__str__, anyof.items))


@STRING.method("int IndexOfAny(char[] anyOf)")
def index_of_any(self: str, anyof: NetArray | None) -> int:
    return index_of_any_from(self, anyof, 0)


@STRING.method("int IndexOfAny(char[] anyOf, int startIndex)")
def index_of_any_from(self: str, anyof: NetArray | None, start: int) -> int:
    return index_of_any_within(self, anyof, start, len(self) - start)


@STRING.method("int IndexOfAny(char[] anyOf, int startIndex, int count)")
def index_of_any_within(self: str, anyof: NetArray | None, start: int, count: int) -> int:
    wanted = _any(anyof)
    end = _window(self, start, count)
    return next((at for at in range(start, end) if self[at] in wanted), -1)


@STRING.method("int LastIndexOfAny(char[] anyOf)")
def last_index_of_any(self: str, anyof: NetArray | None) -> int:
    return last_index_of_any_within(self, anyof, len(self) - 1, len(self))


@STRING.method("int LastIndexOfAny(char[] anyOf, int startIndex)")
def last_index_of_any_from(self: str, anyof: NetArray | None, start: int) -> int:
    return last_index_of_any_within(self, anyof, start, start + 1)


@STRING.method("int LastIndexOfAny(char[] anyOf, int startIndex, int count)")
def last_index_of_any_within(self: str, anyof: NetArray | None, start: int, count: int) -> int:
    wanted = _any(anyof)
    if not self:
        return -1
    if not 0 <= start < len(self):
        raise faults.index_less("startIndex")
    if count < 0 or count - 1 > start:
        raise faults.count()
    return next((at for at in range(start, start - count, -1) if self[at] in wanted), -1)


@STRING.method("int LastIndexOf(char value)")
def last_index_of_char(self: str, value: str) -> int:
    return self.rfind(value)


@STRING.method("int LastIndexOf(char value, int startIndex)")
def last_index_of_char_from(self: str, value: str, start: int) -> int:
    return last_index_of_char_within(self, value, start, start + 1)


@STRING.method("int LastIndexOf(char value, int startIndex, int count)")
def last_index_of_char_within(self: str, value: str, start: int, count: int) -> int:
    if not self:
        return -1
    if not 0 <= start < len(self):
        raise faults.index_less("startIndex")
    if not 0 <= count <= start + 1:
        raise faults.count()
    return self.rfind(value, start - count + 1, start + 1)


def _last_index(text: str, value: str | None, start: int, count: int, how: int) -> int:
    wanted = _given(value)
    if not text and start in (-1, 0):
        return -1 if wanted else 0
    if not 0 <= start <= len(text):
        raise faults.index_less_or_equal("startIndex")
    if start == len(text):
        start -= 1
        count -= count > 0
    if count < 0 or start - count + 1 < 0:
        raise faults.count()
    first = start - count + 1
    found = find_last(text[first : start + 1], wanted, how)
    return first + found[0] if found else -1


@STRING.method("int LastIndexOf(string value)")
def last_index_of(self: str, value: str | None) -> int:
    return _last_index(self, value, len(self) - 1, len(self), CULTURE)


@STRING.method("int LastIndexOf(string value, int startIndex)")
def last_index_of_from(self: str, value: str | None, start: int) -> int:
    return _last_index(self, value, start, start + 1, CULTURE)


@STRING.method("int LastIndexOf(string value, int startIndex, int count)")
def last_index_of_within(self: str, value: str | None, start: int, count: int) -> int:
    return _last_index(self, value, start, count, CULTURE)


@STRING.method("int LastIndexOf(string value, StringComparison comparisonType)")
def last_index_of_how(self: str, value: str | None, comparison: EnumValue) -> int:
    return _last_index(self, value, len(self) - 1, len(self), mode(comparison))


@STRING.method("int LastIndexOf(string value, int startIndex, StringComparison comparisonType)")
def last_index_of_from_how(self: str, value: str | None, start: int, comparison: EnumValue) -> int:
    return _last_index(self, value, start, start + 1, mode(comparison))


@STRING.method("int LastIndexOf(string value, int startIndex, int count, StringComparison comparisonType)")
def last_index_of_within_how(self: str, value: str | None, start: int, count: int, comparison: EnumValue) -> int:
    return _last_index(self, value, start, count, mode(comparison))


@STRING.method("bool Contains(string value)")
def contains(self: str, value: str | None) -> bool:
    return _given(value) in self


@STRING.method("bool Contains(string value, StringComparison comparisonType)")
def contains_how(self: str, value: str | None, comparison: EnumValue) -> bool:
    return find(self, _given(value), mode(comparison)) is not None


@STRING.method("bool Contains(char value)")
def contains_char(self: str, value: str) -> bool:
    return value in self


@STRING.method("bool Contains(char value, StringComparison comparisonType)")
def contains_char_how(self: str, value: str, comparison: EnumValue) -> bool:
    return find(self, str.__str__(value), mode(comparison)) is not None


@STRING.method("bool StartsWith(string value)")
def starts(self: str, value: str | None) -> bool:
    return starts_with(self, _given(value), CULTURE)


@STRING.method("bool StartsWith(string value, StringComparison comparisonType)")
def starts_how(self: str, value: str | None, comparison: EnumValue) -> bool:
    return starts_with(self, _given(value), mode(comparison))


@STRING.method("bool StartsWith(string value, bool ignoreCase, System.Globalization.CultureInfo culture)")
def starts_culture(self: str, value: str | None, ignore_case: bool, culture: Any) -> bool:
    return starts_with(self, _given(value), int(ignore_case))


@STRING.method("bool StartsWith(char value)")
def starts_char(self: str, value: str) -> bool:
    return self.startswith(value)


@STRING.method("bool EndsWith(string value)")
def ends(self: str, value: str | None) -> bool:
    return ends_with(self, _given(value), CULTURE)


@STRING.method("bool EndsWith(string value, StringComparison comparisonType)")
def ends_how(self: str, value: str | None, comparison: EnumValue) -> bool:
    return ends_with(self, _given(value), mode(comparison))


@STRING.method("bool EndsWith(string value, bool ignoreCase, System.Globalization.CultureInfo culture)")
def ends_culture(self: str, value: str | None, ignore_case: bool, culture: Any) -> bool:
    return ends_with(self, _given(value), int(ignore_case))


@STRING.method("bool EndsWith(char value)")
def ends_char(self: str, value: str) -> bool:
    return self.endswith(value)


@STRING.method("static bool Equals(string a, string b)")
def equals_static(a: str | None, b: str | None) -> bool:
    return a == b


@STRING.method("static bool Equals(string a, string b, StringComparison comparisonType)")
def equals_static_how(a: str | None, b: str | None, comparison: EnumValue) -> bool:
    return same(a, b, mode(comparison))


@STRING.method("static int Compare(string strA, string strB)")
def compare_static(a: str | None, b: str | None) -> int:
    return compare(a, b, CULTURE)


@STRING.method("static int Compare(string strA, string strB, bool ignoreCase)")
def compare_case(a: str | None, b: str | None, ignore_case: bool) -> int:
    return compare(a, b, int(ignore_case))


@STRING.method("static int Compare(string strA, string strB, StringComparison comparisonType)")
def compare_how(a: str | None, b: str | None, comparison: EnumValue) -> int:
    return compare(a, b, mode(comparison))


@STRING.method(
    "static int Compare(string strA, string strB, bool ignoreCase, System.Globalization.CultureInfo culture)"
)
def compare_culture(a: str | None, b: str | None, ignore_case: bool, culture: Any) -> int:
    return compare(a, b, int(ignore_case))


def _parts(a: str | None, at: int, b: str | None, bt: int, length: int, how: int) -> int:
    if a is None or b is None:
        return compare(a, b, how)
    if length < 0:
        raise faults.negative("length", length)
    if at < 0 or bt < 0:
        raise faults.index_less_or_equal("indexA" if at < 0 else "indexB")
    if at > len(a) or bt > len(b):
        raise faults.index_less_or_equal("indexA" if at > len(a) else "indexB")
    return compare(a[at : at + length], b[bt : bt + length], how)


def _culture_parts(a: str | None, at: int, b: str | None, bt: int, length: int, how: int) -> int:
    inside = 0 <= at <= len(a or "") and 0 <= bt <= len(b or "")
    if length < 0 or not inside:
        raise UnsupportedReached("how .NET words a range outside of the compared strings is not simulated")
    return _parts(a, at, b, bt, length, how)


@STRING.method("static int Compare(string strA, int indexA, string strB, int indexB, int length)")
def compare_parts(a: str | None, at: int, b: str | None, bt: int, length: int) -> int:
    return _culture_parts(a, at, b, bt, length, CULTURE)


@STRING.method("static int Compare(string strA, int indexA, string strB, int indexB, int length, bool ignoreCase)")
def compare_parts_case(a: str | None, at: int, b: str | None, bt: int, length: int, ignore_case: bool) -> int:
    return _culture_parts(a, at, b, bt, length, int(ignore_case))


@STRING.method(
    "static int Compare(string strA, int indexA, string strB, int indexB, int length, StringComparison comparisonType)"
)
def compare_parts_how(a: str | None, at: int, b: str | None, bt: int, length: int, comparison: EnumValue) -> int:
    return _parts(a, at, b, bt, length, mode(comparison))


@STRING.method("static int CompareOrdinal(string strA, string strB)")
def compare_ordinal_static(a: str | None, b: str | None) -> int:
    return compare(a, b, ORDINAL) if a is None or b is None else compare_ordinal(a, b)


@STRING.method("static int CompareOrdinal(string strA, int indexA, string strB, int indexB, int length)")
def compare_ordinal_parts(a: str | None, at: int, b: str | None, bt: int, length: int) -> int:
    return _parts(a, at, b, bt, length, ORDINAL)
