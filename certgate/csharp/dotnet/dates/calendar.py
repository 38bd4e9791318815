"""The calendar in ticks of 100 nanoseconds since 0001-01-01T00:00:00. Of time zones it knows their offsets only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import tzinfo

MILLISECOND = 10_000
SECOND = 10_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MAX_TICKS = 3_155_378_975_999_999_999
UNIX_EPOCH = 621_355_968_000_000_000

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Parts(NamedTuple):
    """A moment taken apart; `fraction` is in ticks below a second."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    fraction: int


def parts(ticks: int) -> Parts:
    day = date_of(ticks)
    time = ticks % DAY
    hour, minute, second = time // HOUR, time // MINUTE % 60, time // SECOND % 60
    return Parts(day.year, day.month, day.day, hour, minute, second, time % SECOND)


def date_of(ticks: int) -> date:
    return date.fromordinal(ticks // DAY + 1)


def date_ticks(year: int, month: int, day: int) -> int | None:
    """The ticks of midnight; None when there is no such day."""
    try:
        return (date(year, month, day).toordinal() - 1) * DAY
    except (ValueError, OverflowError):
        return None


def day_of_week(ticks: int) -> int:
    """0 for Sunday."""
    return (ticks // DAY + 1) % 7


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def from_datetime(moment: datetime) -> int:
    """The ticks of what the clock of `moment` shows, whatever its zone."""
    passed = moment.replace(tzinfo=None) - datetime.min  # noqa: DTZ901 - a clock reading, without a zone
    return (passed.days * 86400 + passed.seconds) * SECOND + passed.microseconds * 10


def utc_to_local(ticks: int, zone: tzinfo) -> int:
    """What the clocks of `zone` show at a moment of UTC."""
    return _within(ticks + utc_offset(ticks, zone))


def local_to_utc(ticks: int, zone: tzinfo) -> int:
    return _within(ticks - local_offset(ticks, zone))


def utc_offset(ticks: int, zone: tzinfo) -> int:
    """The offset of `zone` at a moment of UTC, in ticks."""
    return 0 if zone is UTC else offset_of(reading(ticks).replace(tzinfo=UTC).astimezone(zone))


def local_offset(ticks: int, zone: tzinfo) -> int:
    """The offset of `zone` when its clocks show this, in ticks.

    As .NET has it, that of standard time where they show it twice, and that from before where they never show it.
    """
    if zone is UTC:
        return 0
    moment = reading(ticks).replace(tzinfo=zone)
    return min(offset_of(moment), offset_of(moment.replace(fold=1)))


def reading(ticks: int) -> datetime:
    """A clock reading without a zone, kept a day away from both ends, where a zone's arithmetic would overflow."""
    inside = min(max(ticks, DAY), MAX_TICKS - DAY)
    return datetime.min + timedelta(microseconds=inside // 10)  # noqa: DTZ901 - the zone is added by the caller


def offset_of(moment: datetime) -> int:
    """In ticks."""
    offset = moment.utcoffset() or timedelta()
    return (offset.days * 86400 + offset.seconds) * SECOND


def _within(ticks: int) -> int:
    return min(max(ticks, 0), MAX_TICKS)
