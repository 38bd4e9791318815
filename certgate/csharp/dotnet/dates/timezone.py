"""``System.TimeZoneInfo``: UTC, the gateway's own zone, and zones by their IANA or Windows names.

The names that .NET shows of a zone come from ICU and are known here for UTC only.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_format import LOCAL, UTC_KIND
from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue, TimeSpanValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, NetObject, array

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation

ZONE = define(
    "System.TimeZoneInfo",
    allowed=True,
    bases=("System.IEquatable<System.TimeZoneInfo>",),
    known="BaseUtcOffset ClearCachedData ConvertTime ConvertTimeBySystemTimeZoneId ConvertTimeFromUtc ConvertTimeToUtc "
    "CreateCustomTimeZone DaylightName DisplayName Equals FindSystemTimeZoneById "
    "FromSerializedString GetAdjustmentRules "
    "GetAmbiguousTimeOffsets GetHashCode GetSystemTimeZones GetType GetUtcOffset HasIanaId "
    "HasSameRules Id IsAmbiguousTime "
    "IsDaylightSavingTime IsInvalidTime Local ReferenceEquals StandardName "
    "SupportsDaylightSavingTime ToSerializedString "
    "ToString TryConvertIanaIdToWindowsId TryConvertWindowsIdToIanaId TryFindSystemTimeZoneById Utc",
)
_UTC_NAME = "Coordinated Universal Time"
_YEARS = range(1890, 2038)
_INVALID = (
    "The supplied DateTime represents an invalid time.  For example, when the clock is adjusted forward, any time in "
    "the period that is skipped is invalid."
)
_NOT_AMBIGUOUS = "The supplied DateTime is not in an ambiguous time range."


class ZoneValue(NetObject):
    """A TimeZoneInfo. `kind`: what a DateTime of it has, 1 for UTC, 2 for the gateway's own zone, 0 for others.

    `names`: display, standard and daylight name, where they are known.
    """

    __slots__ = ("kind", "name", "names", "zone")

    net_type = ZONE.type

    def __init__(self, name: str, zone: tzinfo, kind: int = 0, names: tuple[str, str, str] | None = None) -> None:
        self.name = name
        self.zone = zone
        self.kind = kind
        self.names = names

    def net_equals(self, other: object) -> bool:
        return isinstance(other, ZoneValue) and self.name.lower() == other.name.lower() and self.zone == other.zone

    def key(self) -> Any:
        return (ZoneValue, self.name.lower())

    def to_text(self) -> str:
        return self.shown(0)

    def shown(self, place: int) -> str:
        if self.names is None:
            raise UnsupportedReached(f"the names that ICU has for the time zone '{self.name}' are not simulated")
        return self.names[place]

    def offsets(self, ticks: int) -> tuple[int, int]:
        """The offsets of a clock reading, should it come twice the earlier one first."""
        moment = calendar.reading(ticks)
        first, second = (calendar.offset_of(moment.replace(tzinfo=self.zone, fold=fold)) for fold in (0, 1))
        return first, second

    def is_ambiguous(self, ticks: int) -> bool:
        first, second = self.offsets(ticks)
        return first > second

    def is_invalid(self, ticks: int) -> bool:
        first, second = self.offsets(ticks)
        return first < second

    def is_daylight(self, utc_ticks: int) -> bool:
        return bool(calendar.reading(utc_ticks).replace(tzinfo=UTC).astimezone(self.zone).dst())

    def has_rules(self) -> bool:
        """Whether its offset ever changed: .NET says of each such zone that it supports daylight saving time."""
        if isinstance(self.zone, timezone):
            return False
        moments = (datetime(year, month, 1, tzinfo=self.zone) for year in _YEARS for month in (1, 4, 7, 10))
        return len({moment.utcoffset() for moment in moments}) > 1


_UTC_NAMES = (f"(UTC) {_UTC_NAME}", _UTC_NAME, _UTC_NAME)
UTC_ZONE = ZoneValue("UTC", UTC, UTC_KIND, _UTC_NAMES)


@ZONE.property("static TimeZoneInfo Utc")
def get_utc() -> ZoneValue:
    return UTC_ZONE


def own_zone(run: Evaluation) -> ZoneValue:
    """The gateway's."""
    names = _UTC_NAMES if run.zone is UTC else None
    return ZoneValue("UTC" if run.zone is UTC else str(run.zone), run.zone, LOCAL, names)


ZONE.property("static TimeZoneInfo Local", ambient=True)(own_zone)


@ZONE.method("static TimeZoneInfo FindSystemTimeZoneById(string id)")
def find_zone(name: str | None) -> ZoneValue:
    """A zone by its IANA or its Windows name. TimeZoneNotFoundException."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from certgate.csharp.dotnet.dates.timezone_names import WINDOWS

    if name is None:
        raise faults.argument_null("id")
    if name.upper() == "UTC":
        return UTC_ZONE
    try:
        return ZoneValue(name, ZoneInfo(WINDOWS.get(name.lower(), name)))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"The time zone ID '{name}' was not found on the local computer."
        raise faults.thrown("System.TimeZoneNotFoundException", message) from None


@ZONE.method("static bool TryFindSystemTimeZoneById(string id, out TimeZoneInfo timeZoneInfo)")
def try_find_zone(name: str | None) -> tuple[bool, ZoneValue | None]:
    try:
        return True, find_zone(name)
    except ThrownException:
        return False, None


@ZONE.method("static bool TryConvertWindowsIdToIanaId(string windowsId, out string ianaId)")
def windows_to_iana(name: str | None) -> tuple[bool, str | None]:
    from certgate.csharp.dotnet.dates.timezone_names import WINDOWS

    if name is not None and name.lower() == "utc":
        return True, "Etc/UTC"
    found = None if name is None else WINDOWS.get(name.lower())
    return found is not None, found


@ZONE.method("static bool TryConvertIanaIdToWindowsId(string ianaId, out string windowsId)")
def iana_to_windows(name: str | None) -> tuple[bool, str | None]:
    from certgate.csharp.dotnet.dates.timezone_names import IANA

    if name in ("UTC", "Etc/UTC"):
        return True, "UTC"
    if name not in IANA:
        raise UnsupportedReached(f"the Windows name of the time zone '{name}' is not simulated")
    return True, IANA[name]


@ZONE.method(
    "static TimeZoneInfo CreateCustomTimeZone(string id, TimeSpan baseUtcOffset, string displayName, "
    "string standardDisplayName)"
)
def create_zone(name: str | None, offset: TimeSpanValue, display: str | None, standard: str | None) -> ZoneValue:
    if name is None:
        raise faults.argument_null("id")
    if not name:
        raise faults.argument("The specified ID parameter '' is not supported.", "id")
    if offset.ticks % calendar.MINUTE:
        message = "The TimeSpan parameter cannot be specified more precisely than whole minutes."
        raise faults.argument(message, "baseUtcOffset")
    if abs(offset.ticks) > 14 * calendar.HOUR:
        message = "The TimeSpan parameter must be within plus or minus 14.0 hours."
        raise faults.out_of_range(message, "baseUtcOffset")
    names = (display or "", standard or "", standard or "")
    return ZoneValue(name, timezone(timedelta(microseconds=offset.ticks // 10), name), 0, names)


for _place, _name in enumerate(("DisplayName", "StandardName", "DaylightName")):
    ZONE.property(f"string {_name}")(lambda self, place=_place: self.shown(place))


@ZONE.method("string ToString()")
def to_string(self: ZoneValue) -> str:
    return self.shown(0)


@ZONE.property("string Id")
def get_id(self: ZoneValue) -> str:
    return self.name


@ZONE.property("bool HasIanaId")
def has_iana_id(self: ZoneValue) -> bool:
    from certgate.csharp.dotnet.dates.timezone_names import WINDOWS

    return (not isinstance(self.zone, timezone) and self.name.lower() not in WINDOWS) or self.zone is UTC


@ZONE.property("TimeSpan BaseUtcOffset", ambient=True)
def get_base_offset(run: Evaluation, self: ZoneValue) -> TimeSpanValue:
    moment = run.now.astimezone(self.zone)
    offset = (moment.utcoffset() or timedelta()) - (moment.dst() or timedelta())
    return TimeSpanValue(round(offset.total_seconds()) * calendar.SECOND)


@ZONE.property("bool SupportsDaylightSavingTime")
def supports_daylight_saving_time(self: ZoneValue) -> bool:
    return self.has_rules()


@ZONE.method("bool Equals(TimeZoneInfo other)")
@ZONE.method("bool Equals(object obj)")
def equals(self: ZoneValue, other: Any) -> bool:
    return self.net_equals(other)


@ZONE.method("bool HasSameRules(TimeZoneInfo other)")
def has_same_rules(self: ZoneValue, other: ZoneValue | None) -> bool:
    if other is None:
        raise faults.argument_null("other")
    if self.zone == other.zone:
        return True
    raise UnsupportedReached("whether two time zones have the same rules is not simulated")


@ZONE.method("static void ClearCachedData()")
def clear_cached_data() -> None:
    return None


# Conversions


def _utc_ticks(run: Evaluation, value: DateTimeValue, zone: tzinfo | None = None) -> int:
    """The moment of UTC; a time without a kind is of `zone`, or local."""
    if value.kind == UTC_KIND:
        return value.ticks
    return calendar.local_to_utc(value.ticks, zone if zone is not None and value.kind != LOCAL else run.zone)


def _in_zone(run: Evaluation, ticks: int, target: ZoneValue) -> DateTimeValue:
    return DateTimeValue(calendar.utc_to_local(ticks, target.zone), target.kind, run.zone)


def _given(zone: ZoneValue | None, parameter: str = "destinationTimeZone") -> ZoneValue:
    if zone is None:
        raise faults.argument_null(parameter)
    return zone


def _moved(run: Evaluation, value: DateTimeValue, source: ZoneValue, target: ZoneValue) -> DateTimeValue:
    """ArgumentException for a kind that is not the source's, and for a clock reading that it skips."""
    if value.kind not in (0, source.kind):
        raise _kind_mismatch()
    if source.zone is not UTC and source.is_invalid(value.ticks):
        raise faults.argument(_INVALID, "dateTime")
    if value.kind == source.kind == target.kind != 0:
        return value
    return _in_zone(run, calendar.local_to_utc(value.ticks, source.zone), target)


def _own(run: Evaluation, value: DateTimeValue) -> ZoneValue:
    """The zone that a DateTime is of, by its kind."""
    return UTC_ZONE if value.kind == UTC_KIND else own_zone(run)


@ZONE.method("static DateTime ConvertTime(DateTime dateTime, TimeZoneInfo destinationTimeZone)", ambient=True)
def convert_time(run: Evaluation, value: DateTimeValue, target: ZoneValue | None) -> DateTimeValue:
    return _moved(run, value, _own(run, value), _given(target))


@ZONE.method(
    "static DateTime ConvertTime(DateTime dateTime, TimeZoneInfo sourceTimeZone, TimeZoneInfo destinationTimeZone)",
    ambient=True,
)
def convert_between(
    run: Evaluation, value: DateTimeValue, source: ZoneValue | None, target: ZoneValue | None
) -> DateTimeValue:
    return _moved(run, value, _given(source, "sourceTimeZone"), _given(target))


@ZONE.method("static DateTimeOffset ConvertTime(DateTimeOffset dateTimeOffset, TimeZoneInfo destinationTimeZone)")
def convert_offset(value: DateTimeOffsetValue, target: ZoneValue | None) -> DateTimeOffsetValue:
    zone = _given(target).zone
    offset = calendar.utc_offset(value.utc_ticks, zone)
    return DateTimeOffsetValue(value.utc_ticks + offset, offset)


@ZONE.method("static DateTime ConvertTimeFromUtc(DateTime dateTime, TimeZoneInfo destinationTimeZone)", ambient=True)
def convert_from_utc(run: Evaluation, value: DateTimeValue, target: ZoneValue | None) -> DateTimeValue:
    return _moved(run, value, UTC_ZONE, _given(target))


def _kind_mismatch() -> ThrownException:
    return faults.argument(
        "The conversion could not be completed because the supplied DateTime did not have the Kind "
        "property set correctly.  For "
        "example, when the Kind property is DateTimeKind.Local, the source time zone must be TimeZoneInfo.Local.",
        "sourceTimeZone",
    )


@ZONE.method("static DateTime ConvertTimeToUtc(DateTime dateTime)", ambient=True)
def convert_to_utc(run: Evaluation, value: DateTimeValue) -> DateTimeValue:
    return _moved(run, value, _own(run, value), UTC_ZONE)


@ZONE.method("static DateTime ConvertTimeToUtc(DateTime dateTime, TimeZoneInfo sourceTimeZone)", ambient=True)
def convert_to_utc_from(run: Evaluation, value: DateTimeValue, source: ZoneValue | None) -> DateTimeValue:
    return _moved(run, value, _given(source, "sourceTimeZone"), UTC_ZONE)


@ZONE.method(
    "static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string destinationTimeZoneId)", ambient=True
)
def convert_by_id(run: Evaluation, value: DateTimeValue, name: str | None) -> DateTimeValue:
    return convert_time(run, value, find_zone(name))


@ZONE.method(
    "static DateTimeOffset ConvertTimeBySystemTimeZoneId(DateTimeOffset dateTimeOffset, string destinationTimeZoneId)"
)
def convert_offset_by_id(value: DateTimeOffsetValue, name: str | None) -> DateTimeOffsetValue:
    return convert_offset(value, find_zone(name))


@ZONE.method(
    "static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string sourceTimeZoneId, "
    "string destinationTimeZoneId)",
    ambient=True,
)
def convert_between_ids(run: Evaluation, value: DateTimeValue, source: str | None, target: str | None) -> DateTimeValue:
    if value.kind == LOCAL and source == own_zone(run).name:
        return _moved(run, value, own_zone(run), find_zone(target))
    return _moved(run, value, find_zone(source), find_zone(target))


# Offsets and daylight saving time


def _reading(run: Evaluation, self: ZoneValue, value: DateTimeValue) -> int:
    """What the clocks of this zone show at a moment; a time without a kind is such a reading."""
    if value.kind in (0, self.kind):
        return value.ticks
    return calendar.utc_to_local(_utc_ticks(run, value), self.zone)


@ZONE.method("TimeSpan GetUtcOffset(DateTime dateTime)", ambient=True)
def get_utc_offset(run: Evaluation, self: ZoneValue, value: DateTimeValue) -> TimeSpanValue:
    if value.kind in (0, self.kind):
        return TimeSpanValue(calendar.local_offset(value.ticks, self.zone))
    return TimeSpanValue(calendar.utc_offset(_utc_ticks(run, value), self.zone))


@ZONE.method("TimeSpan GetUtcOffset(DateTimeOffset dateTimeOffset)")
def get_utc_offset_of(self: ZoneValue, value: DateTimeOffsetValue) -> TimeSpanValue:
    return TimeSpanValue(calendar.utc_offset(value.utc_ticks, self.zone))


@ZONE.method("bool IsDaylightSavingTime(DateTime dateTime)", ambient=True)
def is_daylight_saving_time(run: Evaluation, self: ZoneValue, value: DateTimeValue) -> bool:
    if value.kind in (0, self.kind):
        return self.is_daylight(calendar.local_to_utc(value.ticks, self.zone))
    return self.is_daylight(_utc_ticks(run, value))


@ZONE.method("bool IsDaylightSavingTime(DateTimeOffset dateTimeOffset)")
def is_daylight_saving_time_of(self: ZoneValue, value: DateTimeOffsetValue) -> bool:
    return self.is_daylight(value.utc_ticks)


@ZONE.method("bool IsAmbiguousTime(DateTime dateTime)", ambient=True)
def is_ambiguous_time(run: Evaluation, self: ZoneValue, value: DateTimeValue) -> bool:
    return self.is_ambiguous(_reading(run, self, value))


@ZONE.method("bool IsAmbiguousTime(DateTimeOffset dateTimeOffset)")
def is_ambiguous_time_of(self: ZoneValue, value: DateTimeOffsetValue) -> bool:
    return self.is_ambiguous(calendar.utc_to_local(value.utc_ticks, self.zone))


@ZONE.method("bool IsInvalidTime(DateTime dateTime)")
def is_invalid_time(self: ZoneValue, value: DateTimeValue) -> bool:
    return value.kind in (0, LOCAL if self.kind == LOCAL else 0) and self.is_invalid(value.ticks)


@ZONE.method("TimeSpan[] GetAmbiguousTimeOffsets(DateTime dateTime)", ambient=True)
def get_ambiguous_offsets(run: Evaluation, self: ZoneValue, value: DateTimeValue) -> NetArray:
    return _ambiguous_offsets(self, _reading(run, self, value), "dateTime")


@ZONE.method("TimeSpan[] GetAmbiguousTimeOffsets(DateTimeOffset dateTimeOffset)")
def get_ambiguous_offsets_of(self: ZoneValue, value: DateTimeOffsetValue) -> NetArray:
    return _ambiguous_offsets(self, calendar.utc_to_local(value.utc_ticks, self.zone), "dateTimeOffset")


def _ambiguous_offsets(self: ZoneValue, ticks: int, parameter: str) -> NetArray:
    first, second = self.offsets(ticks)
    if first <= second:
        raise faults.argument(_NOT_AMBIGUOUS.replace("DateTime", parameter[0].upper() + parameter[1:]), parameter)
    return array(types.named("System.TimeSpan"), [TimeSpanValue(second), TimeSpanValue(first)])


ZONE.signatures(
    "static System.Collections.ObjectModel.ReadOnlyCollection<TimeZoneInfo> GetSystemTimeZones()",
    "static bool TryConvertWindowsIdToIanaId(string windowsId, string region, out string ianaId)",
    "static TimeZoneInfo FromSerializedString(string source)",
    "string ToSerializedString()",
    "int GetHashCode()",
)
