"""``System.DateTime``: parts, arithmetic, comparison and text. How one is made: datetime_make.py."""

from __future__ import annotations

import math
from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import calendar, datetime_make
from certgate.csharp.dotnet.dates.date_format import UTC_KIND
from certgate.csharp.dotnet.dates.date_values import (
    DATE_TIME,
    DATE_TIME_KIND,
    DAY_OF_WEEK,
    DateTimeValue,
    TimeSpanValue,
    local,
)
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import format_value
from certgate.csharp.values import EnumValue, Long, enum_value, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.runtime import Evaluation

MAKING = datetime_make
"""The module that declares the rest of the members."""

Date = DateTimeValue

PARTS: dict[str, Callable[[calendar.Parts], int]] = {
    "Year": lambda parts: parts.year,
    "Month": lambda parts: parts.month,
    "Day": lambda parts: parts.day,
    "Hour": lambda parts: parts.hour,
    "Minute": lambda parts: parts.minute,
    "Second": lambda parts: parts.second,
    "Millisecond": lambda parts: parts.fraction // 10_000,
    "Microsecond": lambda parts: parts.fraction // 10 % 1000,
    "Nanosecond": lambda parts: parts.fraction % 10 * 100,
}
UNITS = {
    "Days": calendar.DAY,
    "Hours": calendar.HOUR,
    "Minutes": calendar.MINUTE,
    "Seconds": calendar.SECOND,
    "Milliseconds": calendar.MILLISECOND,
    "Microseconds": 10,
}


def units_ticks(value: float, unit: int) -> int:
    """Ticks of a number of units; the fraction is cut. ArgumentOutOfRangeException."""
    if math.isnan(value):
        return 0
    if abs(value) > calendar.MAX_TICKS // unit:
        raise faults.out_of_range("Value to add was out of range.", "value")
    fraction, whole = math.modf(value)
    return int(whole) * unit + math.trunc(fraction * unit)


def add_months_ticks(ticks: int, months: int, parameter: str) -> int:
    """The same day of another month, or its last day. ArgumentOutOfRangeException."""
    day = calendar.date_of(ticks)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        message = "The added or subtracted value results in an un-representable DateTime."
        raise faults.out_of_range(message, parameter)
    moved = calendar.date_ticks(year, month + 1, min(day.day, calendar.days_in_month(year, month + 1)))
    return (moved or 0) + ticks % calendar.DAY


def check_months(months: int) -> int:
    if not -120_000 <= months <= 120_000:
        raise faults.out_of_range("Months value must be between +/-120000.", "months")
    return months


def check_years(years: int) -> int:
    if not -10_000 <= years <= 10_000:
        raise faults.out_of_range("Years value must be between +/-10000.", "years")
    return years


def _declare_part(name: str, part: Callable[[calendar.Parts], int]) -> None:
    DATE_TIME.property(f"int {name}")(lambda self: part(calendar.parts(self.ticks)))


def _declare_unit(name: str, unit: int) -> None:
    DATE_TIME.method(f"DateTime Add{name}(double value)")(lambda self, value: self.moved(units_ticks(value, unit)))


for _name, _part in PARTS.items():
    _declare_part(_name, _part)
for _name, _unit in UNITS.items():
    _declare_unit(_name, _unit)


@DATE_TIME.property("long Ticks")
def get_ticks(self: Date) -> Long:
    return Long(self.ticks)


@DATE_TIME.property("DateTimeKind Kind")
def get_kind(self: Date) -> EnumValue:
    return enum_value(DATE_TIME_KIND, self.kind)


@DATE_TIME.property("DateTime Date")
def get_date(self: Date) -> Date:
    return self.at(self.ticks - self.ticks % calendar.DAY)


@DATE_TIME.property("TimeSpan TimeOfDay")
def get_time_of_day(self: Date) -> TimeSpanValue:
    return TimeSpanValue(self.ticks % calendar.DAY)


@DATE_TIME.property("DayOfWeek DayOfWeek")
def get_day_of_week(self: Date) -> EnumValue:
    return enum_value(DAY_OF_WEEK, calendar.day_of_week(self.ticks))


@DATE_TIME.property("int DayOfYear")
def get_day_of_year(self: Date) -> int:
    return calendar.date_of(self.ticks).timetuple().tm_yday


@DATE_TIME.method("DateTime AddTicks(long value)")
def add_ticks(self: Date, value: int) -> Date:
    return self.moved(int(value))


@DATE_TIME.method("DateTime AddMonths(int months)")
def add_months(self: Date, months: int) -> Date:
    return self.at(add_months_ticks(self.ticks, check_months(months), "months"))


@DATE_TIME.method("DateTime AddYears(int value)")
def add_years(self: Date, years: int) -> Date:
    return self.at(add_months_ticks(self.ticks, 12 * check_years(years), "value"))


@DATE_TIME.method("DateTime Add(TimeSpan value)")
def add(self: Date, value: TimeSpanValue) -> Date:
    return self.moved(value.ticks)


@DATE_TIME.method("DateTime Subtract(TimeSpan value)")
def subtract_span(self: Date, value: TimeSpanValue) -> Date:
    return self.moved(-value.ticks)


@DATE_TIME.operator("DateTime operator +(DateTime d, TimeSpan t)")
def plus(self: Date, value: TimeSpanValue) -> Date:
    return self.moved(value.ticks, "t")


@DATE_TIME.operator("DateTime operator -(DateTime d, TimeSpan t)")
def minus_span(self: Date, value: TimeSpanValue) -> Date:
    return self.moved(-value.ticks, "t")


@DATE_TIME.operator("TimeSpan operator -(DateTime d1, DateTime d2)")
@DATE_TIME.method("TimeSpan Subtract(DateTime value)")
def minus(left: Date, right: Date) -> TimeSpanValue:
    return TimeSpanValue(left.ticks - right.ticks)


@DATE_TIME.operator("bool operator ==(DateTime d1, DateTime d2)")
@DATE_TIME.method("bool Equals(DateTime value)")
@DATE_TIME.method("static bool Equals(DateTime t1, DateTime t2)")
def equal(left: Date, right: Date) -> bool:
    return left.ticks == right.ticks


@DATE_TIME.method("bool Equals(object value)")
def equals_object(self: Date, other: Any) -> bool:
    return self.net_equals(other)


@DATE_TIME.operator("bool operator !=(DateTime d1, DateTime d2)")
def not_equal(left: Date, right: Date) -> bool:
    return left.ticks != right.ticks


@DATE_TIME.operator("bool operator <(DateTime t1, DateTime t2)")
def less(left: Date, right: Date) -> bool:
    return left.ticks < right.ticks


@DATE_TIME.operator("bool operator <=(DateTime t1, DateTime t2)")
def less_or_equal(left: Date, right: Date) -> bool:
    return left.ticks <= right.ticks


@DATE_TIME.operator("bool operator >(DateTime t1, DateTime t2)")
def greater(left: Date, right: Date) -> bool:
    return left.ticks > right.ticks


@DATE_TIME.operator("bool operator >=(DateTime t1, DateTime t2)")
def greater_or_equal(left: Date, right: Date) -> bool:
    return left.ticks >= right.ticks


@DATE_TIME.method("int CompareTo(DateTime value)")
@DATE_TIME.method("static int Compare(DateTime t1, DateTime t2)")
def compare(left: Date, right: Date) -> int:
    return left.compare(right)


@DATE_TIME.method("int CompareTo(object value)")
def compare_object(self: Date, other: Any) -> int:
    if other is None:
        return 1
    if not isinstance(other, DateTimeValue):
        raise faults.argument("Object must be of type DateTime.")
    return self.compare(other)


@DATE_TIME.method("static bool IsLeapYear(int year)")
def is_leap_year(year: int) -> bool:
    return calendar.is_leap(check_year(year))


def check_year(year: int) -> int:
    if not 1 <= year <= 9999:
        raise faults.out_of_range("Year must be between 1 and 9999.", "year")
    return year


@DATE_TIME.method("static int DaysInMonth(int year, int month)")
def days_in_month(year: int, month: int) -> int:
    if not 1 <= month <= 12:
        raise faults.out_of_range("Month must be between one and twelve.", "month", month)
    return calendar.days_in_month(check_year(year), month)


@DATE_TIME.method("bool IsDaylightSavingTime()")
def is_daylight_saving_time(self: Date) -> bool:
    if self.kind == UTC_KIND:
        return False
    utc = calendar.reading(calendar.local_to_utc(self.ticks, self.zone)).replace(tzinfo=UTC)
    return bool(utc.astimezone(self.zone).dst())


@DATE_TIME.method("DateTime ToUniversalTime()", ambient=True)
def to_universal_time(run: Evaluation, self: Date) -> Date:
    ticks = self.ticks if self.kind == UTC_KIND else calendar.local_to_utc(self.ticks, run.zone)
    return DateTimeValue(ticks, UTC_KIND, run.zone)


@DATE_TIME.method("DateTime ToLocalTime()", ambient=True)
def to_local_time(run: Evaluation, self: Date) -> Date:
    return self if self.kind == 2 else local(self.ticks, run.zone)


@DATE_TIME.method("string ToString()")
def to_string(self: Date) -> str:
    return text_of(self)


@DATE_TIME.method("string ToString(IFormatProvider provider)")
def to_string_culture(self: Date, provider: Any) -> str:
    return text_of(self)


@DATE_TIME.method("string ToString(string format)", ambient=True)
def to_string_format(run: Evaluation, self: Date, spec: str | None) -> str:
    return format_value(DateTimeValue(self.ticks, self.kind, run.zone), spec)


@DATE_TIME.method("string ToString(string format, IFormatProvider provider)", ambient=True)
def to_string_provider(run: Evaluation, self: Date, spec: str | None, provider: Any) -> str:
    return to_string_format(run, self, spec)


def _declare_text(name: str, spec: str) -> None:
    DATE_TIME.method(f"string {name}()")(lambda self: format_value(self, spec))


for _name, _spec in (
    ("ToShortDateString", "d"),
    ("ToLongDateString", "D"),
    ("ToShortTimeString", "t"),
    ("ToLongTimeString", "T"),
):
    _declare_text(_name, _spec)


_OLE_ZERO = 599_264_352_000_000_000
_OLE_LEAST = 31_241_376_000_000_000
_DAY_MILLISECONDS = 86_400_000
FILE_TIME_ZERO = 504_911_232_000_000_000


@DATE_TIME.method("double ToOADate()")
def to_ole_date(self: Date) -> float:
    if self.ticks == 0:
        return 0.0
    # A time of day alone counts from the day zero of such dates.
    passed = self.ticks if self.ticks < calendar.DAY else self.ticks - _OLE_ZERO
    if passed + _OLE_ZERO < _OLE_LEAST:
        raise faults.overflow("Not a legal OleAut date.")
    milliseconds = int(math.copysign(abs(passed) // calendar.MILLISECOND, passed))
    if milliseconds < 0 and (fraction := -milliseconds % _DAY_MILLISECONDS):
        milliseconds -= (_DAY_MILLISECONDS - fraction) * 2
    return milliseconds / _DAY_MILLISECONDS


@DATE_TIME.method("static DateTime FromOADate(double d)")
def from_ole_date(value: float) -> Date:
    if not -657_435.0 < value < 2_958_466.0:
        raise faults.argument("Not a legal OleAut date.")
    milliseconds = math.trunc(value * 86_400_000 + (0.5 if value >= 0 else -0.5))
    if milliseconds < 0:
        milliseconds -= int(math.fmod(milliseconds, 86_400_000)) * 2
    return DateTimeValue(milliseconds * calendar.MILLISECOND + _OLE_ZERO)


@DATE_TIME.method("long ToBinary()")
def to_binary(self: Date) -> Long:
    ticks = self.utc_ticks() if self.kind == 2 else self.ticks
    number = ticks | self.kind << 62
    return Long(number - (1 << 64) if number >> 63 else number)


@DATE_TIME.method("long ToFileTimeUtc()")
@DATE_TIME.method("long ToFileTime()")
def to_file_time(self: Date) -> Long:
    ticks = (self.utc_ticks() if self.kind == 2 else self.ticks) - FILE_TIME_ZERO
    if ticks < 0:
        raise faults.out_of_range("Not a valid Win32 FileTime.")
    return Long(ticks)


@DATE_TIME.method("static DateTime FromFileTimeUtc(long fileTime)")
def from_file_time(value: int) -> Date:
    if not 0 <= value <= calendar.MAX_TICKS - FILE_TIME_ZERO:
        raise faults.out_of_range("Not a valid Win32 FileTime.", "fileTime")
    return DateTimeValue(int(value) + FILE_TIME_ZERO, UTC_KIND)


@DATE_TIME.method("static DateTime FromFileTime(long fileTime)", ambient=True)
def from_local_file_time(run: Evaluation, value: int) -> Date:
    return local(from_file_time(value).ticks, run.zone)


@DATE_TIME.method("static DateTime FromBinary(long dateData)", ambient=True)
def from_binary(run: Evaluation, value: int) -> Date:
    bits = int(value) % (1 << 64)
    kind, ticks = bits >> 62, bits & ((1 << 62) - 1)
    if ticks > calendar.MAX_TICKS:
        message = "The binary data must result in a DateTime with ticks between DateTime.MinValue.Ticks and "
        raise faults.argument(f"{message}DateTime.MaxValue.Ticks.", "dateData")
    # A time of kind Local is kept as UTC, so that it is the same moment elsewhere.
    return local(ticks, run.zone) if kind >= 2 else DateTimeValue(ticks, kind, run.zone)


@DATE_TIME.method("void Deconstruct(out int year, out int month, out int day)")
def deconstruct(self: Date) -> tuple[None, int, int, int]:
    day = calendar.date_of(self.ticks)
    return None, day.year, day.month, day.day


@DATE_TIME.method("TypeCode GetTypeCode()")
def get_type_code(self: Date) -> EnumValue:
    return enum_value("System.TypeCode", "DateTime")


@DATE_TIME.method("int GetHashCode()")
def get_hash_code(self: Date) -> int:
    return self.hash_code()


DATE_TIME.signatures("string[] GetDateTimeFormats()", "string[] GetDateTimeFormats(char format)")
