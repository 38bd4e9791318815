"""``System.TimeZoneInfo``: UTC, the gateway's own zone, and IANA zones by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import calendar, faults
from certgate.csharp.dotnet.date_format import LOCAL, UTC_KIND
from certgate.csharp.dotnet.date_values import DateTimeOffsetValue, DateTimeValue, TimeSpanValue
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation

ZONE = define(
    "System.TimeZoneInfo",
    allowed=True,
    known="BaseUtcOffset ClearCachedData ConvertTime ConvertTimeBySystemTimeZoneId ConvertTimeFromUtc ConvertTimeToUtc "
    "CreateCustomTimeZone DaylightName DisplayName Equals FindSystemTimeZoneById "
    "FromSerializedString GetAdjustmentRules "
    "GetAmbiguousTimeOffsets GetHashCode GetSystemTimeZones GetType GetUtcOffset HasIanaId "
    "HasSameRules Id IsAmbiguousTime "
    "IsDaylightSavingTime IsInvalidTime Local ReferenceEquals StandardName "
    "SupportsDaylightSavingTime ToSerializedString "
    "ToString TryConvertIanaIdToWindowsId TryConvertWindowsIdToIanaId TryFindSystemTimeZoneById Utc",
)


class ZoneValue(NetObject):
    __slots__ = ("name", "zone")

    net_type = ZONE.type

    def __init__(self, name: str, zone: tzinfo) -> None:
        self.name = name
        self.zone = zone

    def net_equals(self, other: object) -> bool:
        return isinstance(other, ZoneValue) and self.name == other.name

    def key(self) -> Any:
        return (ZoneValue, self.name)


UTC_ZONE = ZoneValue("UTC", UTC)


@ZONE.property("static TimeZoneInfo Utc")
def get_utc() -> ZoneValue:
    return UTC_ZONE


@ZONE.property("static TimeZoneInfo Local", ambient=True)
def get_local(run: Evaluation) -> ZoneValue:
    return UTC_ZONE if run.zone is UTC else ZoneValue(str(run.zone), run.zone)


@ZONE.method("static TimeZoneInfo FindSystemTimeZoneById(string id)")
def find_zone(name: str | None) -> ZoneValue:
    """An IANA name. Windows names, which .NET knows too, are not simulated."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name is None:
        raise faults.argument_null("id")
    if name.upper() == "UTC":
        return UTC_ZONE
    if "/" not in name:
        raise UnsupportedReached(f"the time zone '{name}' is not simulated: use an IANA name")
    try:
        return ZoneValue(name, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"The time zone ID '{name}' was not found on the local computer."
        raise faults.thrown("System.TimeZoneNotFoundException", message) from None


@ZONE.property("string Id")
def get_id(self: ZoneValue) -> str:
    return self.name


@ZONE.property("TimeSpan BaseUtcOffset")
def get_base_offset(self: ZoneValue) -> TimeSpanValue:
    moment = datetime(2000, 1, 1, tzinfo=self.zone)
    offset = (moment.utcoffset() or timedelta()) - (moment.dst() or timedelta())
    return TimeSpanValue(round(offset.total_seconds()) * calendar.SECOND)


def _utc_ticks(run: Evaluation, value: DateTimeValue, zone: tzinfo | None = None) -> int:
    """The moment of UTC; a time without a kind is of `zone`, or local."""
    if value.kind == UTC_KIND:
        return value.ticks
    return calendar.local_to_utc(value.ticks, zone if zone is not None and value.kind != LOCAL else run.zone)


def _in_zone(run: Evaluation, ticks: int, target: ZoneValue) -> DateTimeValue:
    kind = UTC_KIND if target.zone is UTC else LOCAL if target.zone is run.zone else 0
    return DateTimeValue(calendar.utc_to_local(ticks, target.zone), kind, run.zone)


def _given(zone: ZoneValue | None, parameter: str = "destinationTimeZone") -> ZoneValue:
    if zone is None:
        raise faults.argument_null(parameter)
    return zone


@ZONE.method("static DateTime ConvertTime(DateTime dateTime, TimeZoneInfo destinationTimeZone)", ambient=True)
def convert_time(run: Evaluation, value: DateTimeValue, target: ZoneValue | None) -> DateTimeValue:
    return _in_zone(run, _utc_ticks(run, value), _given(target))


@ZONE.method(
    "static DateTime ConvertTime(DateTime dateTime, TimeZoneInfo sourceTimeZone, TimeZoneInfo destinationTimeZone)",
    ambient=True,
)
def convert_between(
    run: Evaluation, value: DateTimeValue, source: ZoneValue | None, target: ZoneValue | None
) -> DateTimeValue:
    zone = _given(source, "sourceTimeZone").zone
    return _in_zone(run, _utc_ticks(run, value, zone), _given(target))


@ZONE.method("static DateTimeOffset ConvertTime(DateTimeOffset dateTimeOffset, TimeZoneInfo destinationTimeZone)")
def convert_offset(value: DateTimeOffsetValue, target: ZoneValue | None) -> DateTimeOffsetValue:
    zone = _given(target).zone
    offset = calendar.utc_offset(value.utc_ticks, zone)
    return DateTimeOffsetValue(value.utc_ticks + offset, offset)


@ZONE.method("static DateTime ConvertTimeFromUtc(DateTime dateTime, TimeZoneInfo destinationTimeZone)", ambient=True)
def convert_from_utc(run: Evaluation, value: DateTimeValue, target: ZoneValue | None) -> DateTimeValue:
    if value.kind == LOCAL and run.zone is not UTC:
        raise _kind_mismatch()
    return _in_zone(run, value.ticks, _given(target))


def _kind_mismatch() -> Exception:
    return faults.argument(
        "The conversion could not be completed because the supplied DateTime did not have the Kind "
        "property set correctly.  For "
        "example, when the Kind property is DateTimeKind.Local, the source time zone must be TimeZoneInfo.Local.",
        "sourceTimeZone",
    )


@ZONE.method("static DateTime ConvertTimeToUtc(DateTime dateTime)", ambient=True)
def convert_to_utc(run: Evaluation, value: DateTimeValue) -> DateTimeValue:
    return DateTimeValue(_utc_ticks(run, value), UTC_KIND, run.zone)


@ZONE.method("static DateTime ConvertTimeToUtc(DateTime dateTime, TimeZoneInfo sourceTimeZone)", ambient=True)
def convert_to_utc_from(run: Evaluation, value: DateTimeValue, source: ZoneValue | None) -> DateTimeValue:
    zone = _given(source, "sourceTimeZone").zone
    return DateTimeValue(_utc_ticks(run, value, zone), UTC_KIND, run.zone)


@ZONE.method(
    "static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string destinationTimeZoneId)", ambient=True
)
def convert_by_id(run: Evaluation, value: DateTimeValue, name: str | None) -> DateTimeValue:
    return convert_time(run, value, find_zone(name))


@ZONE.method("TimeSpan GetUtcOffset(DateTime dateTime)", ambient=True)
def get_utc_offset(run: Evaluation, self: ZoneValue, value: DateTimeValue) -> TimeSpanValue:
    if value.kind == 0:
        return TimeSpanValue(calendar.local_offset(value.ticks, self.zone))
    return TimeSpanValue(calendar.utc_offset(_utc_ticks(run, value), self.zone))


@ZONE.method("TimeSpan GetUtcOffset(DateTimeOffset dateTimeOffset)")
def get_utc_offset_of(self: ZoneValue, value: DateTimeOffsetValue) -> TimeSpanValue:
    return TimeSpanValue(calendar.utc_offset(value.utc_ticks, self.zone))


@ZONE.method("bool IsDaylightSavingTime(DateTime dateTime)", ambient=True)
def is_daylight_saving_time(run: Evaluation, self: ZoneValue, value: DateTimeValue) -> bool:
    ticks = calendar.utc_to_local(_utc_ticks(run, value, self.zone), self.zone)
    moment = datetime.min + timedelta(microseconds=ticks // 10)  # noqa: DTZ901 - the zone follows
    return bool(moment.replace(tzinfo=self.zone).dst())


ZONE.signatures("static System.Collections.ObjectModel.ReadOnlyCollection<TimeZoneInfo> GetSystemTimeZones()")
