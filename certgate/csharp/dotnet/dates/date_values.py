"""The values of DateTime, TimeSpan and DateTimeOffset, with what all three modules need of each other."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_format import LOCAL, UNSPECIFIED, Moment, format_moment
from certgate.csharp.dotnet.dates.timespan_format import format_timespan
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import Hashed, fold
from certgate.csharp.dotnet.text.composite import Formattable
from certgate.csharp.dotnet.text.ordering import Comparable
from certgate.csharp.types import define, define_enum

if TYPE_CHECKING:
    from datetime import tzinfo

_INTERFACES = ("System.ValueType", "IComparable", "IFormattable")

DATE_TIME = define(
    "System.DateTime",
    kind="struct",
    bases=(*_INTERFACES, "IConvertible", "IComparable<DateTime>", "IEquatable<DateTime>"),
    allowed=".ctor Add AddDays AddHours AddMilliseconds AddMinutes AddMonths AddSeconds AddTicks "
    "AddYears Date Day DayOfWeek "
    "DayOfYear DaysInMonth Hour IsDaylightSavingTime IsLeapYear MaxValue Millisecond Minute MinValue "
    "Month Now Parse Second "
    "Subtract Ticks TimeOfDay Today ToString UtcNow Year",
    known="Add AddDays AddHours AddMicroseconds AddMilliseconds AddMinutes AddMonths AddSeconds "
    "AddTicks AddYears Compare "
    "CompareTo Date Day DayOfWeek DayOfYear DaysInMonth Deconstruct Equals FromBinary FromFileTime "
    "FromFileTimeUtc FromOADate "
    "GetDateTimeFormats GetHashCode GetType GetTypeCode Hour IsDaylightSavingTime IsLeapYear Kind MaxValue Microsecond "
    "Millisecond MinValue Minute Month Nanosecond Now Parse ParseExact ReferenceEquals Second "
    "SpecifyKind Subtract Ticks "
    "TimeOfDay ToBinary ToFileTime ToFileTimeUtc ToLocalTime ToLongDateString ToLongTimeString "
    "ToOADate ToShortDateString "
    "ToShortTimeString ToString ToUniversalTime Today TryFormat TryParse TryParseExact UnixEpoch UtcNow Year",
    default=lambda _: DateTimeValue(0),
)
TIME_SPAN = define(
    "System.TimeSpan",
    kind="struct",
    bases=(*_INTERFACES, "IComparable<TimeSpan>", "IEquatable<TimeSpan>"),
    allowed=True,
    known="Add Compare CompareTo Days Divide Duration Equals FromDays FromHours FromMicroseconds "
    "FromMilliseconds FromMinutes "
    "FromSeconds FromTicks GetHashCode GetType Hours HoursPerDay MaxValue Microseconds "
    "MicrosecondsPerDay MicrosecondsPerHour "
    "MicrosecondsPerMillisecond MicrosecondsPerMinute MicrosecondsPerSecond Milliseconds "
    "MillisecondsPerDay MillisecondsPerHour "
    "MillisecondsPerMinute MillisecondsPerSecond MinValue Minutes MinutesPerDay MinutesPerHour Multiply Nanoseconds "
    "NanosecondsPerTick Negate Parse ParseExact ReferenceEquals Seconds SecondsPerDay SecondsPerHour "
    "SecondsPerMinute Subtract "
    "Ticks TicksPerDay TicksPerHour TicksPerMicrosecond TicksPerMillisecond TicksPerMinute "
    "TicksPerSecond ToString TotalDays "
    "TotalHours TotalMicroseconds TotalMilliseconds TotalMinutes TotalNanoseconds TotalSeconds TryFormat TryParse "
    "TryParseExact Zero",
    default=lambda _: TimeSpanValue(0),
)
DATE_TIME_OFFSET = define(
    "System.DateTimeOffset",
    kind="struct",
    bases=(*_INTERFACES, "IComparable<DateTimeOffset>", "IEquatable<DateTimeOffset>"),
    allowed=True,
    known="Add AddDays AddHours AddMicroseconds AddMilliseconds AddMinutes AddMonths AddSeconds "
    "AddTicks AddYears Compare "
    "CompareTo Date DateTime Day DayOfWeek DayOfYear Deconstruct Equals EqualsExact FromFileTime "
    "FromUnixTimeMilliseconds "
    "FromUnixTimeSeconds GetHashCode GetType Hour LocalDateTime MaxValue Microsecond Millisecond MinValue Minute Month "
    "Nanosecond Now Offset Parse ParseExact ReferenceEquals Second Subtract Ticks TimeOfDay "
    "ToFileTime ToLocalTime ToOffset "
    "ToString ToUniversalTime ToUnixTimeMilliseconds ToUnixTimeSeconds TotalOffsetMinutes TryFormat "
    "TryParse TryParseExact "
    "UnixEpoch UtcDateTime UtcNow UtcTicks Year",
    default=lambda _: DateTimeOffsetValue(0, 0),
)
DATE_TIME_KIND = define_enum("System.DateTimeKind", {"Unspecified": 0, "Utc": 1, "Local": 2}, allowed="Utc")
DAY_OF_WEEK = define_enum("System.DayOfWeek", {name: number for number, name in enumerate(calendar.DAYS)})


class DateTimeValue(Comparable, Formattable, Hashed):
    """A DateTime: clock reading in ticks, and kind. The gateway's zone goes with it, for texts that show an offset."""

    __slots__ = ("kind", "ticks", "zone")

    net_type = DATE_TIME.type

    def __init__(self, ticks: int, kind: int = UNSPECIFIED, zone: tzinfo = UTC) -> None:
        self.ticks = ticks
        self.kind = kind
        self.zone = zone

    def to_text(self) -> str:
        return format_moment(Moment(self.ticks), "G")

    def format(self, spec: str) -> str:
        return format_moment(Moment(self.ticks, self.kind, self.zone), spec)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, DateTimeValue) and self.ticks == other.ticks

    def key(self) -> Any:
        return (DateTimeValue, self.ticks)

    def hash_code(self) -> int:
        return fold(self.ticks)

    def compare(self, other: Any) -> int:
        return _order(self.ticks, other.ticks)

    def moved(self, ticks: int, parameter: str = "value") -> DateTimeValue:
        """This moment and `ticks` more. ArgumentOutOfRangeException."""
        moved = self.ticks + ticks
        if not 0 <= moved <= calendar.MAX_TICKS:
            message = "The added or subtracted value results in an un-representable DateTime."
            raise faults.out_of_range(message, parameter)
        return self.at(moved)

    def at(self, ticks: int) -> DateTimeValue:
        """Another clock reading of the same kind."""
        return DateTimeValue(ticks, self.kind, self.zone)

    def utc_ticks(self) -> int:
        """As ``ToUniversalTime`` has it: what is not UTC counts as local."""
        return self.ticks if self.kind == 1 else calendar.local_to_utc(self.ticks, self.zone)


class TimeSpanValue(Comparable, Formattable, Hashed):
    __slots__ = ("ticks",)

    net_type = TIME_SPAN.type

    def __init__(self, ticks: int) -> None:
        self.ticks = ticks

    def to_text(self) -> str:
        return format_timespan(self.ticks, "c")

    def format(self, spec: str) -> str:
        return format_timespan(self.ticks, spec)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, TimeSpanValue) and self.ticks == other.ticks

    def key(self) -> Any:
        return (TimeSpanValue, self.ticks)

    def hash_code(self) -> int:
        return fold(self.ticks)

    def compare(self, other: Any) -> int:
        return _order(self.ticks, other.ticks)


class DateTimeOffsetValue(Comparable, Formattable, Hashed):
    """A DateTimeOffset: clock reading and offset, both in ticks."""

    __slots__ = ("offset", "ticks")

    net_type = DATE_TIME_OFFSET.type

    def __init__(self, ticks: int, offset: int) -> None:
        self.ticks = ticks
        self.offset = offset

    @property
    def utc_ticks(self) -> int:
        return self.ticks - self.offset

    def to_text(self) -> str:
        return format_moment(Moment(self.ticks, offset=self.offset), None)

    def format(self, spec: str) -> str:
        return format_moment(Moment(self.ticks, offset=self.offset), spec)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, DateTimeOffsetValue) and self.utc_ticks == other.utc_ticks

    def key(self) -> Any:
        return (DateTimeOffsetValue, self.utc_ticks)

    def hash_code(self) -> int:
        return fold(self.utc_ticks)

    def compare(self, other: Any) -> int:
        return _order(self.utc_ticks, other.utc_ticks)


def local(ticks: int, zone: tzinfo) -> DateTimeValue:
    """The DateTime of kind Local for a moment of UTC."""
    return DateTimeValue(calendar.utc_to_local(ticks, zone), LOCAL, zone)


def _order(left: int, right: int) -> int:
    return (left > right) - (left < right)
