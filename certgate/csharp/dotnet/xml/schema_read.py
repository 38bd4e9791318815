"""Texts as XML Schema reads them: what XmlConvert and the casts of elements and attributes make of a text."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue, TimeSpanValue, local
from certgate.csharp.dotnet.numbers import number_parse
from certgate.csharp.dotnet.numbers.numbers import KINDS
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.chars import WHITESPACE
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_steps
from certgate.csharp.values import NUMBER_CLASSES, Char, single

if TYPE_CHECKING:
    from datetime import tzinfo

_INTEGERS = {kind.keyword: kind for kind in KINDS if kind.bits}
_RANGES = {kind.keyword: kind.range_name for kind in KINDS}
_PLAIN = number_parse.INTEGER
_DECIMAL = _PLAIN | number_parse.POINT
_FLOAT = _DECIMAL | number_parse.EXPONENT
LIMIT = 1 << 31


def bad_format(text: str, name: str) -> ThrownException:
    return faults.format_error(f"The string '{text}' is not a valid {name} value.")


def read_boolean(text: str) -> bool:
    body = text.strip(WHITESPACE)
    if body not in ("1", "true", "0", "false"):
        raise bad_format(body, "Boolean")
    return body in ("1", "true")


def read_char(text: str) -> Char:
    if len(text) != 1:
        raise faults.format_error("String must be exactly one character long.")
    return Char(text)


def read_number(text: str, keyword: str) -> Any:
    """A number of the C# type of that keyword. FormatException, OverflowException."""
    charge_steps(1 + (len(text) >> 4))
    try:
        found = _number(text, keyword)
    except number_parse.TooLarge:
        raise faults.overflow(f"Value was either too large or too small for {_RANGES[keyword]}.") from None
    if found is None:
        raise faults.bad_input(text)
    return found


def _number(text: str, keyword: str) -> Any:
    if keyword == "decimal":
        read = number_parse.parse_decimal(text, _DECIMAL)
        if read is None:
            return None
        number, scale, negative = read
        return NetDecimal(-number if negative else number, scale, negative)
    make = NUMBER_CLASSES[types.KEYWORDS[keyword]]
    if kind := _INTEGERS.get(keyword):
        whole = number_parse.parse_integer(text, _PLAIN, kind.bits, kind.signed)
        return None if whole is None else make(whole)
    body = text.strip(WHITESPACE)
    real = {"INF": float("inf"), "-INF": float("-inf")}.get(body)
    if real is None:
        real = number_parse.parse_float(body, _FLOAT)
        if real is None:
            raise faults.bad_input(body)
    return single(real) if keyword == "float" else real


_DURATION = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII
)


def read_duration(text: str) -> TimeSpanValue:
    """A duration; a year has 365 days and a month 30. FormatException, OverflowException."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()[1:]) or any(len(part or "") > 400 for part in found.groups()):
        raise bad_format(text, "TimeSpan")
    numbers = [int(part or 0) for part in found.groups()[1:7]]
    if max(numbers) >= LIMIT or int((found[8] or "0")[:10]) >= LIMIT:
        raise bad_format(text, "TimeSpan")
    years, months, days, hours, minutes, seconds = numbers
    days += (years + months // 12) * 365 + months % 12 * 30
    ticks = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * calendar.SECOND
    ticks += int((found[8] or "").ljust(7, "0")[:7] or 0)
    ticks = -ticks if found[1] else ticks
    if not -(1 << 63) <= ticks < 1 << 63:
        raise UnsupportedReached("certgate does not simulate durations that no TimeSpan can hold")
    return TimeSpanValue(ticks)


_DATE = re.compile(
    r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?)?)?(Z|z|[+-]\d\d:\d\d)?\s*", re.ASCII
)
_OTHER = re.compile(r"\s*(--\d\d|---\d\d|\d\d:\d\d:\d\d)")


def read_moment(text: str) -> tuple[int, int | None, bool]:
    """Ticks, offset from UTC in ticks (None: it names none), and whether it ends in ``Z``. FormatException."""
    charge_steps(1 + (len(text) >> 4))
    found = _DATE.fullmatch(text)
    if found is None:
        if _OTHER.match(text):
            raise UnsupportedReached("certgate does not simulate reading a day or time without its date")
        raise bad_format(text, "AllXsd")
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    ticks = calendar.date_ticks(int(year), int(month or 1), int(day or 1))
    clock = int(hour or 0), int(minute or 0), int(second or 0)
    if ticks is None or clock[1] > 59 or clock[2] > 59 or clock[0] > 24:
        raise bad_format(text, "AllXsd")
    part = _fraction(fraction)
    if clock[0] == 24 and (clock[1:] != (0, 0) or part):
        raise bad_format(text, "AllXsd")
    ticks += ((clock[0] * 60 + clock[1]) * 60 + clock[2]) * calendar.SECOND + part
    if ticks > calendar.MAX_TICKS:
        raise UnsupportedReached("certgate does not simulate times after the year 9999")
    return ticks, _offset(zone, text), zone in ("Z", "z")


def _fraction(digits: str | None) -> int:
    """Ticks of the digits behind the point, rounded to even."""
    if not digits:
        return 0
    kept = int(digits[:7].ljust(7, "0"))
    rest = digits[7:].ljust(1, "0")
    half = rest[0] == "5" and not rest[1:].strip("0")
    return kept + (kept & 1 if half else int(rest[0] >= "5"))


def _offset(zone: str | None, text: str) -> int | None:
    if zone is None:
        return None
    if zone in ("Z", "z"):
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:])
    if hours > 14 or minutes > 59 or (hours == 14 and minutes):
        raise bad_format(text, "AllXsd")
    ticks = (hours * 60 + minutes) * calendar.MINUTE
    return -ticks if zone[0] == "-" else ticks


def read_date_time(text: str, zone: tzinfo) -> DateTimeValue:
    """``XmlConvert.ToDateTime`` in round-trip mode: what names an offset becomes local."""
    ticks, offset, zulu = read_moment(text)
    if offset is None:
        return DateTimeValue(ticks, 0, zone)
    if zulu:
        return DateTimeValue(ticks, 1, zone)
    return local(_within(ticks - offset), zone)


def read_date_time_offset(text: str, zone: tzinfo = UTC) -> DateTimeOffsetValue:
    ticks, offset, _ = read_moment(text)
    chosen = calendar.local_offset(ticks, zone) if offset is None else offset
    _within(ticks - chosen)
    return DateTimeOffsetValue(ticks, chosen)


def _within(ticks: int) -> int:
    if not 0 <= ticks <= calendar.MAX_TICKS:
        raise UnsupportedReached("certgate does not simulate times outside the years 1 to 9999")
    return ticks


def read_round_trip(text: str) -> DateTimeValue:
    """``DateTime.Parse`` with RoundtripKind, which the casts of elements and attributes use.

    A text without a date would take that of today, which a cast is not told.
    """
    from certgate.csharp.dotnet.dates.date_parse import parse_date

    read = parse_date(text, (1, 1, 1))
    if read.ticks < 365 * calendar.DAY:
        raise UnsupportedReached("certgate does not simulate reading a time without its day from XML")
    if read.offset is None:
        return DateTimeValue(read.ticks)
    utc = read.ticks - read.offset
    if not 0 <= utc <= calendar.MAX_TICKS:
        raise faults.format_error("The UTC representation of the date falls outside the year range 1-9999.")
    return DateTimeValue(utc, 1) if read.zulu else local(utc, UTC)
