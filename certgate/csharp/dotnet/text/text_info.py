"""What the invariant culture knows of texts, numbers and dates: TextInfo, NumberFormatInfo, DateTimeFormatInfo."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import casing
from certgate.csharp.dotnet.text.globalization import CULTURE, INVARIANT, Culture, unicode_category
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import Char, NetArray, NetObject, array

_SPACE = "System.Globalization"
TEXT = define(f"{_SPACE}.TextInfo", bases=("ICloneable",))
NUMBERS = define(f"{_SPACE}.NumberFormatInfo", bases=("IFormatProvider", "ICloneable"))
DATES = define(f"{_SPACE}.DateTimeFormatInfo", bases=("IFormatProvider", "ICloneable"))
# The categories of characters between words: 11 to 15 (blanks and controls), 18 to 28 (punctuation and symbols).
_BETWEEN = frozenset({*range(11, 16), *range(18, 29)})
_LETTERS = range(5)
_LOWER = 1


class TextInfoValue(NetObject):
    __slots__ = ()

    net_type = TEXT.type

    def to_text(self) -> str:
        return "TextInfo - "


class NumberInfoValue(NetObject):
    __slots__ = ()

    net_type = NUMBERS.type


class DateInfoValue(NetObject):
    __slots__ = ()

    net_type = DATES.type


_TEXT, _NUMBERS, _DATES = TextInfoValue(), NumberInfoValue(), DateInfoValue()

for _owner, _kind, _name, _value in (
    (CULTURE, TEXT, "TextInfo", _TEXT),
    (CULTURE, NUMBERS, "NumberFormat", _NUMBERS),
    (CULTURE, DATES, "DateTimeFormat", _DATES),
):
    _owner.property(f"{_kind.full_name} {_name}")(lambda self, value=_value: value)
for _kind, _value in ((NUMBERS, _NUMBERS), (DATES, _DATES)):
    for _name in ("InvariantInfo", "CurrentInfo"):
        _kind.property(f"static {_kind.full_name} {_name}")(lambda value=_value: value)
for _spelled, _text in (
    ("string EnglishName", "Invariant Language (Invariant Country)"),
    ("string DisplayName", "Invariant Language (Invariant Country)"),
    ("string NativeName", "Invariant Language (Invariant Country)"),
    ("string TwoLetterISOLanguageName", "iv"),
    ("string ThreeLetterISOLanguageName", "ivl"),
    ("string ThreeLetterWindowsLanguageName", "IVL"),
    ("string IetfLanguageTag", ""),
    ("int LCID", 127),
    ("bool IsNeutralCulture", False),
    ("bool IsReadOnly", True),
):
    CULTURE.property(_spelled)(lambda self, value=_text: value)


@CULTURE.constructor("CultureInfo(string name)")
@CULTURE.method("static CultureInfo GetCultureInfo(string name)")
def culture_of(name: str | None) -> Culture:
    """Only the invariant one is simulated."""
    from certgate.csharp.runtime import UnsupportedReached

    if name is None:
        raise faults.argument_null("name")
    if name:
        raise UnsupportedReached(f"the culture '{name}' is not simulated: only the invariant one is")
    return INVARIANT


@CULTURE.method("string ToString()")
def culture_text(self: Culture) -> str:
    return ""


# TextInfo


def _given(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("str")
    charge_size(len(text))
    return text


@TEXT.method("string ToUpper(string str)")
def to_upper(self: TextInfoValue, text: str | None) -> str:
    return casing.upper(_given(text))


@TEXT.method("string ToLower(string str)")
def to_lower(self: TextInfoValue, text: str | None) -> str:
    return casing.lower(_given(text))


@TEXT.method("char ToUpper(char c)")
def char_to_upper(self: TextInfoValue, char: Char) -> Char:
    return Char(casing.upper(char))


@TEXT.method("char ToLower(char c)")
def char_to_lower(self: TextInfoValue, char: Char) -> Char:
    return Char(casing.lower(char))


TEXT.property("string CultureName")(lambda self: "")
TEXT.property("string ListSeparator")(lambda self: ",")
TEXT.property("bool IsRightToLeft")(lambda self: False)


@TEXT.method("string ToTitleCase(string str)")
def to_title_case(self: TextInfoValue, text: str | None) -> str:
    """Each word begins with a capital and goes on small; a word of capitals stays as it is."""
    given = _given(text)
    charge_steps(len(given))
    parts: list[str] = []
    at = 0
    while at < len(given):
        kind = unicode_category(given[at]).value
        if kind not in _LETTERS:
            parts.append(given[at])
            at += 1
            continue
        parts.append(casing.upper(given[at]))
        end, rest = _word(given, at + 1, kind == _LOWER)
        parts.append(rest)
        at = end
    return "".join(parts)


def _word(text: str, begin: int, small: bool) -> tuple[int, str]:
    """The rest of a word: where it ends, and how it is written. `small`: a small letter was there before."""
    parts: list[str] = []
    at = start = begin
    while at < len(text):
        kind = unicode_category(text[at]).value
        if kind in _LETTERS:
            small = small or kind == _LOWER
        elif text[at] == "'":
            parts.append(casing.lower(text[start : at + 1]) if small else text[start : at + 1])
            start = at + 1
            small = True
        elif kind in _BETWEEN:
            break
        at += 1
    parts.append(casing.lower(text[start:at]) if small else text[start:at])
    return at, "".join(parts)


# Numbers and dates

for _spelled, _number_value in (
    ("string NumberDecimalSeparator", "."),
    ("string NumberGroupSeparator", ","),
    ("string CurrencyDecimalSeparator", "."),
    ("string CurrencyGroupSeparator", ","),
    ("string CurrencySymbol", "\xa4"),
    ("string PercentDecimalSeparator", "."),
    ("string PercentGroupSeparator", ","),
    ("string PercentSymbol", "%"),
    ("string PerMilleSymbol", "\u2030"),
    ("string NegativeSign", "-"),
    ("string PositiveSign", "+"),
    ("string NaNSymbol", "NaN"),
    ("string PositiveInfinitySymbol", "Infinity"),
    ("string NegativeInfinitySymbol", "-Infinity"),
    ("int NumberDecimalDigits", 2),
    ("int CurrencyDecimalDigits", 2),
    ("int PercentDecimalDigits", 2),
    ("bool IsReadOnly", True),
):
    NUMBERS.property(_spelled)(lambda self, value=_number_value: value)
for _spelled, _date_value in (
    ("string ShortDatePattern", "MM/dd/yyyy"),
    ("string LongDatePattern", "dddd, dd MMMM yyyy"),
    ("string ShortTimePattern", "HH:mm"),
    ("string LongTimePattern", "HH:mm:ss"),
    ("string FullDateTimePattern", "dddd, dd MMMM yyyy HH:mm:ss"),
    ("string MonthDayPattern", "MMMM dd"),
    ("string YearMonthPattern", "yyyy MMMM"),
    ("string RFC1123Pattern", "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"),
    ("string SortableDateTimePattern", "yyyy'-'MM'-'dd'T'HH':'mm':'ss"),
    ("string UniversalSortableDateTimePattern", "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"),
    ("string DateSeparator", "/"),
    ("string TimeSeparator", ":"),
    ("string AMDesignator", "AM"),
    ("string PMDesignator", "PM"),
    ("bool IsReadOnly", True),
):
    DATES.property(_spelled)(lambda self, value=_date_value: value)
_LISTS = {
    "MonthNames": (*calendar.MONTHS, ""),
    "DayNames": calendar.DAYS,
    "AbbreviatedMonthNames": (*(name[:3] for name in calendar.MONTHS), ""),
    "AbbreviatedDayNames": tuple(name[:3] for name in calendar.DAYS),
}


def _names(name: str) -> Any:
    def get(self: DateInfoValue) -> NetArray:
        return array(types.STRING, _LISTS[name])

    return get


for _list in _LISTS:
    DATES.property(f"string[] {_list}")(_names(_list))


def _month(names: tuple[str, ...]) -> Any:
    def get(self: DateInfoValue, month: int) -> str:
        if not 1 <= month <= 13:
            raise faults.out_of_range("Valid values are between 1 and 13, inclusive.", "month")
        return names[month - 1]

    return get


def _day(names: tuple[str, ...]) -> Any:
    def get(self: DateInfoValue, day: Any) -> str:
        if not 0 <= day.value <= 6:
            raise faults.out_of_range("Valid values are between Sunday and Saturday, inclusive.", "dayofweek")
        return names[int(day.value)]

    return get


DATES.method("string GetMonthName(int month)")(_month(_LISTS["MonthNames"]))
DATES.method("string GetAbbreviatedMonthName(int month)")(_month(_LISTS["AbbreviatedMonthNames"]))
DATES.method("string GetDayName(System.DayOfWeek dayofweek)")(_day(_LISTS["DayNames"]))
DATES.method("string GetAbbreviatedDayName(System.DayOfWeek dayofweek)")(_day(_LISTS["AbbreviatedDayNames"]))
