"""``System.TimeZone``: the gateway's own zone, as .NET knew it before TimeZoneInfo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import timezone
from certgate.csharp.dotnet.dates.date_format import UTC_KIND
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from certgate.csharp.dotnet.dates.date_values import DateTimeValue, TimeSpanValue
    from certgate.csharp.dotnet.dates.timezone import ZoneValue
    from certgate.csharp.runtime import Evaluation

TIME_ZONE = define(
    "System.TimeZone",
    allowed=True,
    abstract=True,
    known="CurrentTimeZone DaylightName Equals GetDaylightChanges GetHashCode GetType GetUtcOffset "
    "IsDaylightSavingTime ReferenceEquals StandardName ToLocalTime ToString ToUniversalTime",
)


class LegacyZone(NetObject):
    """What ``TimeZone.CurrentTimeZone`` gives."""

    __slots__ = ("zone",)

    net_type = TIME_ZONE.type

    def __init__(self, zone: ZoneValue) -> None:
        self.zone = zone


@TIME_ZONE.property("static TimeZone CurrentTimeZone", ambient=True)
def current(run: Evaluation) -> LegacyZone:
    return LegacyZone(timezone.own_zone(run))


for _place, _name in ((1, "StandardName"), (2, "DaylightName")):
    TIME_ZONE.property(f"string {_name}")(lambda self, place=_place: self.zone.shown(place))


@TIME_ZONE.method("TimeSpan GetUtcOffset(DateTime time)", ambient=True)
def get_utc_offset(run: Evaluation, self: LegacyZone, value: DateTimeValue) -> TimeSpanValue:
    """Nothing for a time of UTC."""
    zone = timezone.UTC_ZONE if value.kind == UTC_KIND else self.zone
    return timezone.get_utc_offset(run, zone, value)


@TIME_ZONE.method("bool IsDaylightSavingTime(DateTime time)", ambient=True)
def is_daylight_saving_time(run: Evaluation, self: LegacyZone, value: DateTimeValue) -> bool:
    return value.kind != UTC_KIND and timezone.is_daylight_saving_time(run, self.zone, value)


def _declare(name: str) -> None:
    def call(run: Evaluation, _: LegacyZone, value: DateTimeValue) -> Any:
        from certgate.csharp.dotnet.dates import datetime_

        convert = datetime_.to_universal_time if name == "ToUniversalTime" else datetime_.to_local_time
        return convert(run, value)

    TIME_ZONE.method(f"DateTime {name}(DateTime time)", ambient=True)(call)


_declare("ToUniversalTime")
_declare("ToLocalTime")
TIME_ZONE.signatures("System.Globalization.DaylightTime GetDaylightChanges(int year)")
