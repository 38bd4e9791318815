"""Dates in JSON texts: which texts Newtonsoft takes for a date, and the time zone that it gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.dates import calendar, dates
from certgate.csharp.dotnet.dates.date_parse import parse_date
from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue, local
from certgate.csharp.runtime import ThrownException, UnsupportedReached

if TYPE_CHECKING:
    from datetime import tzinfo

    from certgate.csharp.dotnet.json.reading import ReadOptions

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7})\d*)?(?:(Z)|([+-])(\d\d):?(\d\d)?)?", re.ASCII
)
_MICROSOFT = re.compile(r"/Date\((-?\d+)([+-]\d{4})?\)/")
# Dates come out of JSON, so what they can do is declared from here on.
DATES = dates.MODULES
_EPOCH = calendar.UNIX_EPOCH
_UTC, _LOCAL = 1, 2


def _scan(text: str) -> tuple[int, int | None, bool] | None:
    """Clock reading and offset in ticks, and whether the text says UTC; None for what is no date to Newtonsoft."""
    if text.startswith("/Date(") and (found := _MICROSOFT.fullmatch(text)):
        ticks = _EPOCH + int(found[1]) * 10_000
        if not 0 <= ticks <= calendar.MAX_TICKS:
            return None
        if not found[2]:
            return ticks, 0, True
        sign = -1 if found[2][0] == "-" else 1
        offset = sign * (int(found[2][1:3]) * 60 + int(found[2][3:5])) * calendar.MINUTE
        return ticks + offset, offset, False
    found = _ISO.fullmatch(text) if 19 <= len(text) <= 40 else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    start = calendar.date_ticks(year, month, day)
    if start is None or hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    ticks = start + ((hour * 60 + minute) * 60 + second) * 10_000_000 + int((found[7] or "").ljust(7, "0"))
    if not found[9]:
        return ticks, 0 if found[8] else None, bool(found[8])
    offset = (int(found[10]) * 60 + int(found[11] or 0)) * calendar.MINUTE
    return ticks, -offset if found[9] == "-" else offset, False


def read_date(text: str, zone: tzinfo) -> DateTimeValue | None:
    """The DateTime that Newtonsoft takes a text for, None where it stays a text."""
    found = _scan(text)
    if found is None:
        return None
    ticks, offset, zulu = found
    if offset is None or zulu:
        return DateTimeValue(ticks, _UTC if zulu else 0, zone)
    return local(ticks - offset, zone)


def read_date_offset(text: str, zone: tzinfo) -> DateTimeOffsetValue | None:
    """The same as a DateTimeOffset, which keeps the offset of the text."""
    found = _scan(text)
    if found is None:
        return None
    ticks, offset, _ = found
    return DateTimeOffsetValue(ticks, calendar.local_offset(ticks, zone) if offset is None else offset)


def taken(text: str, options: ReadOptions, *, offset: bool = False) -> DateTimeValue | DateTimeOffsetValue | None:
    """The date that a reader with these options makes of a string, None where it stays one."""
    if offset:
        return read_date_offset(text, options.zone)
    found = read_date(text, options.zone)
    return None if found is None else moved(found, options.date_zone)


def parsed(text: str, options: ReadOptions, *, offset: bool) -> DateTimeValue | DateTimeOffsetValue | None:
    """A string that is read as a date, in any of the spellings that .NET takes; None for none of them."""
    if offset:
        exact = read_date_offset(text, options.zone)
        return exact if exact is not None else _parsed_offset(text, options.zone)
    found = read_date(text, options.zone)
    if found is None:
        found = _parsed_date(text, options.zone)
    return None if found is None else moved(found, options.date_zone)


def _parsed_date(text: str, zone: tzinfo) -> DateTimeValue | None:
    found = _any_spelling(text)
    if found is None:
        return None
    ticks, offset, zulu = found
    if offset is None or zulu:
        return DateTimeValue(ticks - (offset or 0), _UTC if zulu else 0, zone)
    return local(ticks - offset, zone)


def _parsed_offset(text: str, zone: tzinfo) -> DateTimeOffsetValue | None:
    found = _any_spelling(text)
    if found is None:
        return None
    ticks, offset, _ = found
    return DateTimeOffsetValue(ticks, calendar.local_offset(ticks, zone) if offset is None else offset)


def _any_spelling(text: str) -> tuple[int, int | None, bool] | None:
    try:
        read = parse_date(text, (1, 1, 1))
    except ThrownException:
        return None
    if read.ticks < 365 * calendar.DAY:
        raise UnsupportedReached("certgate does not simulate reading a time without its day from a JSON text")
    return read.ticks, read.offset, read.zulu


def moved(date: DateTimeValue, handling: str) -> DateTimeValue:
    """``DateTimeZoneHandling``: a DateTime as local time, as UTC, without a zone, or as it is."""
    match handling:
        case "Local" if date.kind == _UTC:
            return local(date.ticks, date.zone)
        case "Local":
            return DateTimeValue(date.ticks, _LOCAL, date.zone)
        case "Utc" if date.kind == _LOCAL:
            return DateTimeValue(date.utc_ticks(), _UTC, date.zone)
        case "Utc":
            return DateTimeValue(date.ticks, _UTC, date.zone)
        case "Unspecified":
            return DateTimeValue(date.ticks, 0, date.zone)
    return date


def with_offset(date: DateTimeValue, zone: tzinfo) -> DateTimeOffsetValue:
    """``new DateTimeOffset(date)``."""
    return DateTimeOffsetValue(date.ticks, 0 if date.kind == _UTC else calendar.local_offset(date.ticks, zone))


def microsoft_text(date: DateTimeValue | DateTimeOffsetValue) -> str:
    """``\\/Date(0+0100)\\/``: milliseconds since 1970, and the offset where it is not UTC."""
    zulu = isinstance(date, DateTimeValue) and date.kind == _UTC
    offset = date.offset if isinstance(date, DateTimeOffsetValue) else calendar.local_offset(date.ticks, date.zone)
    utc = date.ticks if zulu else date.ticks - offset
    minutes = abs(offset) // calendar.MINUTE
    sign = "-" if offset < 0 else "+"
    end = "" if zulu else f"{sign}{minutes // 60:02}{minutes % 60:02}"
    return f"\\/Date({(utc - _EPOCH) // 10_000}{end})\\/"
