"""``System.DateTimeOffset``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_format import UTC_KIND
from certgate.csharp.dotnet.dates.date_values import (
    DATE_TIME_OFFSET,
    DAY_OF_WEEK,
    DateTimeOffsetValue,
    DateTimeValue,
    TimeSpanValue,
    local,
)
from certgate.csharp.dotnet.dates.datetime_ import (
    FILE_TIME_ZERO,
    PARTS,
    UNITS,
    add_months_ticks,
    check_months,
    check_years,
    units_ticks,
)
from certgate.csharp.dotnet.dates.datetime_ import from_file_time as from_date_file_time
from certgate.csharp.dotnet.dates.datetime_make import (
    clock_ticks,
    microsecond_ticks,
    millisecond_ticks,
    utc_now,
)
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import format_value
from certgate.csharp.values import EnumValue, Long, enum_value, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.runtime import Evaluation

Offset = DateTimeOffsetValue

LIMIT = 14 * calendar.HOUR


def check_offset(ticks: int) -> int:
    if ticks % calendar.MINUTE:
        raise faults.argument("Offset must be specified in whole minutes.", "offset")
    if not -LIMIT <= ticks <= LIMIT:
        raise faults.out_of_range("Offset must be within plus or minus 14 hours.", "offset")
    return ticks


def make(ticks: int, offset: int) -> Offset:
    """ArgumentOutOfRangeException where the moment of UTC has no place in the calendar."""
    if not 0 <= ticks - offset <= calendar.MAX_TICKS or not 0 <= ticks <= calendar.MAX_TICKS:
        raise faults.out_of_range(
            "The UTC time represented when the offset is applied must be between year 0 and 10,000.", "offset"
        )
    return DateTimeOffsetValue(ticks, offset)


def of_date(value: DateTimeValue, run: Evaluation) -> Offset:
    """UTC keeps offset zero, anything else gets that of the gateway's zone."""
    offset = 0 if value.kind == UTC_KIND else calendar.local_offset(value.ticks, run.zone)
    return make(value.ticks, offset)


@DATE_TIME_OFFSET.constructor("DateTimeOffset()")
def make_default() -> Offset:
    return DateTimeOffsetValue(0, 0)


@DATE_TIME_OFFSET.constructor("DateTimeOffset(DateTime dateTime)", ambient=True)
def make_date(run: Evaluation, value: DateTimeValue) -> Offset:
    return of_date(value, run)


@DATE_TIME_OFFSET.constructor("DateTimeOffset(DateTime dateTime, TimeSpan offset)", ambient=True)
def make_date_offset(run: Evaluation, value: DateTimeValue, offset: TimeSpanValue) -> Offset:
    if value.kind == UTC_KIND and offset.ticks:
        raise faults.argument("The UTC Offset for Utc DateTime instances must be 0.", "offset")
    if value.kind == 2 and offset.ticks != calendar.local_offset(value.ticks, run.zone):
        raise faults.argument(
            "The UTC Offset of the local dateTime parameter does not match the offset argument.", "offset"
        )
    return make(value.ticks, check_offset(offset.ticks))


@DATE_TIME_OFFSET.constructor("DateTimeOffset(long ticks, TimeSpan offset)")
def make_ticks(ticks: int, offset: TimeSpanValue) -> Offset:
    return make(int(ticks), check_offset(offset.ticks))


@DATE_TIME_OFFSET.constructor(
    "DateTimeOffset(int year, int month, int day, int hour, int minute, int second, TimeSpan offset)"
)
def make_time(*parts: Any) -> Offset:
    return make(clock_ticks(*parts[:-1]), check_offset(parts[-1].ticks))


@DATE_TIME_OFFSET.constructor(
    "DateTimeOffset(int year, int month, int day, int hour, int minute, int second, int millisecond, TimeSpan offset)"
)
def make_milliseconds(*parts: Any) -> Offset:
    return make(clock_ticks(*parts[:-2]) + millisecond_ticks(parts[-2]), check_offset(parts[-1].ticks))


@DATE_TIME_OFFSET.constructor(
    "DateTimeOffset(int year, int month, int day, int hour, int minute, int second, int millisecond, "
    "int microsecond, TimeSpan offset)"
)
def make_microseconds(*parts: Any) -> Offset:
    return make(microsecond_ticks(*parts[:-1]), check_offset(parts[-1].ticks))


@DATE_TIME_OFFSET.operator("implicit operator DateTimeOffset(DateTime dateTime)")
def from_date(value: DateTimeValue) -> Offset:
    offset = 0 if value.kind == UTC_KIND else calendar.local_offset(value.ticks, value.zone)
    return make(value.ticks, offset)


def _declare_field(name: str, value: Offset) -> None:
    DATE_TIME_OFFSET.field(f"static readonly DateTimeOffset {name}")(lambda: value)


for _name, _ticks in (("MinValue", 0), ("MaxValue", calendar.MAX_TICKS), ("UnixEpoch", calendar.UNIX_EPOCH)):
    _declare_field(_name, DateTimeOffsetValue(_ticks, 0))


@DATE_TIME_OFFSET.property("static DateTimeOffset UtcNow", ambient=True)
def get_utc_now(run: Evaluation) -> Offset:
    return DateTimeOffsetValue(utc_now(run), 0)


@DATE_TIME_OFFSET.property("static DateTimeOffset Now", ambient=True)
def get_now(run: Evaluation) -> Offset:
    return of_date(local(utc_now(run), run.zone), run)


def _declare_part(name: str, part: Callable[[calendar.Parts], int]) -> None:
    DATE_TIME_OFFSET.property(f"int {name}")(lambda self: part(calendar.parts(self.ticks)))


def _declare_unit(name: str, unit: int) -> None:
    DATE_TIME_OFFSET.method(f"DateTimeOffset Add{name}(double value)")(
        lambda self, value: _moved(self, units_ticks(value, unit))
    )


for _name, _part in PARTS.items():
    _declare_part(_name, _part)
for _name, _unit in UNITS.items():
    _declare_unit(_name, _unit)


def _moved(self: Offset, ticks: int, parameter: str = "value") -> Offset:
    return make(DateTimeValue(self.ticks).moved(ticks, parameter).ticks, self.offset)


@DATE_TIME_OFFSET.property("long Ticks")
def get_ticks(self: Offset) -> Long:
    return Long(self.ticks)


@DATE_TIME_OFFSET.property("long UtcTicks")
def get_utc_ticks(self: Offset) -> Long:
    return Long(self.utc_ticks)


@DATE_TIME_OFFSET.property("TimeSpan Offset")
def get_offset(self: Offset) -> TimeSpanValue:
    return TimeSpanValue(self.offset)


@DATE_TIME_OFFSET.property("int TotalOffsetMinutes")
def get_offset_minutes(self: Offset) -> int:
    return int(self.offset / calendar.MINUTE)


@DATE_TIME_OFFSET.property("DateTime DateTime")
def get_date_time(self: Offset) -> DateTimeValue:
    return DateTimeValue(self.ticks)


@DATE_TIME_OFFSET.property("DateTime UtcDateTime")
def get_utc_date_time(self: Offset) -> DateTimeValue:
    return DateTimeValue(self.utc_ticks, UTC_KIND)


@DATE_TIME_OFFSET.property("DateTime LocalDateTime", ambient=True)
def get_local_date_time(run: Evaluation, self: Offset) -> DateTimeValue:
    return local(self.utc_ticks, run.zone)


@DATE_TIME_OFFSET.property("DateTime Date")
def get_date(self: Offset) -> DateTimeValue:
    return DateTimeValue(self.ticks - self.ticks % calendar.DAY)


@DATE_TIME_OFFSET.property("TimeSpan TimeOfDay")
def get_time_of_day(self: Offset) -> TimeSpanValue:
    return TimeSpanValue(self.ticks % calendar.DAY)


@DATE_TIME_OFFSET.property("DayOfWeek DayOfWeek")
def get_day_of_week(self: Offset) -> EnumValue:
    return enum_value(DAY_OF_WEEK, calendar.day_of_week(self.ticks))


@DATE_TIME_OFFSET.property("int DayOfYear")
def get_day_of_year(self: Offset) -> int:
    return calendar.date_of(self.ticks).timetuple().tm_yday


@DATE_TIME_OFFSET.method("DateTimeOffset AddTicks(long ticks)")
def add_ticks(self: Offset, ticks: int) -> Offset:
    return _moved(self, int(ticks))


@DATE_TIME_OFFSET.method("DateTimeOffset AddMonths(int months)")
def add_months(self: Offset, months: int) -> Offset:
    return make(add_months_ticks(self.ticks, check_months(months), "months"), self.offset)


@DATE_TIME_OFFSET.method("DateTimeOffset AddYears(int years)")
def add_years(self: Offset, years: int) -> Offset:
    return make(add_months_ticks(self.ticks, 12 * check_years(years), "value"), self.offset)


@DATE_TIME_OFFSET.operator("DateTimeOffset operator +(DateTimeOffset dateTimeOffset, TimeSpan timeSpan)")
def plus(self: Offset, value: TimeSpanValue) -> Offset:
    return _moved(self, value.ticks, "t")


@DATE_TIME_OFFSET.operator("DateTimeOffset operator -(DateTimeOffset dateTimeOffset, TimeSpan timeSpan)")
def minus(self: Offset, value: TimeSpanValue) -> Offset:
    return _moved(self, -value.ticks, "t")


@DATE_TIME_OFFSET.method("DateTimeOffset Add(TimeSpan timeSpan)")
def add(self: Offset, value: TimeSpanValue) -> Offset:
    return _moved(self, value.ticks)


@DATE_TIME_OFFSET.method("DateTimeOffset Subtract(TimeSpan value)")
def subtract_span(self: Offset, value: TimeSpanValue) -> Offset:
    return _moved(self, -value.ticks)


@DATE_TIME_OFFSET.operator("TimeSpan operator -(DateTimeOffset left, DateTimeOffset right)")
@DATE_TIME_OFFSET.method("TimeSpan Subtract(DateTimeOffset value)")
def subtract(left: Offset, right: Offset) -> TimeSpanValue:
    return TimeSpanValue(left.utc_ticks - right.utc_ticks)


@DATE_TIME_OFFSET.operator("bool operator ==(DateTimeOffset left, DateTimeOffset right)")
@DATE_TIME_OFFSET.method("bool Equals(DateTimeOffset other)")
@DATE_TIME_OFFSET.method("static bool Equals(DateTimeOffset first, DateTimeOffset second)")
def equal(left: Offset, right: Offset) -> bool:
    return left.utc_ticks == right.utc_ticks


@DATE_TIME_OFFSET.method("bool Equals(object obj)")
def equals_object(self: Offset, other: Any) -> bool:
    return self.net_equals(other)


@DATE_TIME_OFFSET.method("bool EqualsExact(DateTimeOffset other)")
def equals_exact(self: Offset, other: Offset) -> bool:
    return self.ticks == other.ticks and self.offset == other.offset


@DATE_TIME_OFFSET.operator("bool operator !=(DateTimeOffset left, DateTimeOffset right)")
def not_equal(left: Offset, right: Offset) -> bool:
    return left.utc_ticks != right.utc_ticks


@DATE_TIME_OFFSET.operator("bool operator <(DateTimeOffset left, DateTimeOffset right)")
def less(left: Offset, right: Offset) -> bool:
    return left.utc_ticks < right.utc_ticks


@DATE_TIME_OFFSET.operator("bool operator <=(DateTimeOffset left, DateTimeOffset right)")
def less_or_equal(left: Offset, right: Offset) -> bool:
    return left.utc_ticks <= right.utc_ticks


@DATE_TIME_OFFSET.operator("bool operator >(DateTimeOffset left, DateTimeOffset right)")
def greater(left: Offset, right: Offset) -> bool:
    return left.utc_ticks > right.utc_ticks


@DATE_TIME_OFFSET.operator("bool operator >=(DateTimeOffset left, DateTimeOffset right)")
def greater_or_equal(left: Offset, right: Offset) -> bool:
    return left.utc_ticks >= right.utc_ticks


@DATE_TIME_OFFSET.method("int CompareTo(DateTimeOffset other)")
@DATE_TIME_OFFSET.method("static int Compare(DateTimeOffset first, DateTimeOffset second)")
def compare(left: Offset, right: Offset) -> int:
    return left.compare(right)


def _from_unix(value: int, unit: int, parameter: str) -> Offset:
    least, most = -calendar.UNIX_EPOCH // unit, (calendar.MAX_TICKS - calendar.UNIX_EPOCH) // unit
    if not least <= value <= most:
        raise faults.out_of_range(f"Valid values are between {least} and {most}, inclusive.", parameter, int(value))
    return DateTimeOffsetValue(int(value) * unit + calendar.UNIX_EPOCH, 0)


@DATE_TIME_OFFSET.method("static DateTimeOffset FromUnixTimeSeconds(long seconds)")
def from_unix_seconds(value: int) -> Offset:
    return _from_unix(value, calendar.SECOND, "seconds")


@DATE_TIME_OFFSET.method("static DateTimeOffset FromUnixTimeMilliseconds(long milliseconds)")
def from_unix_milliseconds(value: int) -> Offset:
    return _from_unix(value, calendar.MILLISECOND, "milliseconds")


@DATE_TIME_OFFSET.method("long ToUnixTimeSeconds()")
def to_unix_seconds(self: Offset) -> Long:
    return Long((self.utc_ticks - calendar.UNIX_EPOCH) // calendar.SECOND)


@DATE_TIME_OFFSET.method("long ToUnixTimeMilliseconds()")
def to_unix_milliseconds(self: Offset) -> Long:
    return Long((self.utc_ticks - calendar.UNIX_EPOCH) // calendar.MILLISECOND)


@DATE_TIME_OFFSET.method("DateTimeOffset ToOffset(TimeSpan offset)")
def to_offset(self: Offset, offset: TimeSpanValue) -> Offset:
    moved = DateTimeValue(self.utc_ticks).moved(offset.ticks, "t")
    return make(moved.ticks, check_offset(offset.ticks))


@DATE_TIME_OFFSET.method("DateTimeOffset ToUniversalTime()")
def to_universal_time(self: Offset) -> Offset:
    return DateTimeOffsetValue(self.utc_ticks, 0)


@DATE_TIME_OFFSET.method("DateTimeOffset ToLocalTime()", ambient=True)
def to_local_time(run: Evaluation, self: Offset) -> Offset:
    return of_date(local(self.utc_ticks, run.zone), run)


@DATE_TIME_OFFSET.method("string ToString()")
def to_string(self: Offset) -> str:
    return text_of(self)


@DATE_TIME_OFFSET.method("string ToString(IFormatProvider formatProvider)")
def to_string_culture(self: Offset, provider: Any) -> str:
    return text_of(self)


@DATE_TIME_OFFSET.method("string ToString(string format)")
def to_string_format(self: Offset, spec: str | None) -> str:
    return format_value(self, spec)


@DATE_TIME_OFFSET.method("string ToString(string format, IFormatProvider formatProvider)")
def to_string_provider(self: Offset, spec: str | None, provider: Any) -> str:
    return format_value(self, spec)


@DATE_TIME_OFFSET.method("long ToFileTime()")
def to_file_time(self: Offset) -> Long:
    ticks = self.utc_ticks - FILE_TIME_ZERO
    if ticks < 0:
        raise faults.out_of_range("Not a valid Win32 FileTime.")
    return Long(ticks)


@DATE_TIME_OFFSET.method("static DateTimeOffset FromFileTime(long fileTime)", ambient=True)
def from_file_time(run: Evaluation, value: int) -> Offset:
    return of_date(local(from_date_file_time(value).ticks, run.zone), run)


@DATE_TIME_OFFSET.method("int GetHashCode()")
def get_hash_code(self: Offset) -> int:
    return self.hash_code()
