"""``System.DateTime``: constructors, the present moment and texts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_format import LOCAL, UNSPECIFIED, UTC_KIND
from certgate.csharp.dotnet.dates.date_values import DATE_TIME, DateTimeValue, local
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import EnumValue, NetArray

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.dates.date_parse import Reading
    from certgate.csharp.runtime import Evaluation

Date = DateTimeValue

OFFSET_LIMIT = 14 * calendar.HOUR
NO_DATE_DEFAULT, ADJUST_TO_UNIVERSAL, ASSUME_LOCAL, ASSUME_UNIVERSAL, ROUND_TRIP = 8, 16, 32, 64, 128


def clock_ticks(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """ArgumentOutOfRangeException for what no calendar and no clock shows."""
    ticks = calendar.date_ticks(year, month, day)
    if ticks is None:
        raise faults.out_of_range("Year, Month, and Day parameters describe an un-representable DateTime.")
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59):
        raise faults.out_of_range("Hour, Minute, and Second parameters describe an un-representable DateTime.")
    return ticks + hour * calendar.HOUR + minute * calendar.MINUTE + second * calendar.SECOND


def millisecond_ticks(millisecond: int) -> int:
    if not 0 <= millisecond <= 999:
        raise faults.out_of_range("Valid values are between 0 and 999, inclusive.", "millisecond")
    return millisecond * calendar.MILLISECOND


def _check_kind(kind: EnumValue) -> int:
    if not 0 <= kind.value <= 2:
        raise faults.argument("Invalid DateTimeKind value.", "kind")
    return kind.value


def _check_ticks(ticks: int) -> int:
    if not 0 <= ticks <= calendar.MAX_TICKS:
        raise faults.out_of_range("Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.", "ticks")
    return int(ticks)


@DATE_TIME.constructor("DateTime()")
def make_default() -> Date:
    return DateTimeValue(0)


@DATE_TIME.constructor("DateTime(long ticks)")
def make_ticks(ticks: int) -> Date:
    return DateTimeValue(_check_ticks(ticks))


@DATE_TIME.constructor("DateTime(long ticks, DateTimeKind kind)", ambient=True)
def make_ticks_kind(run: Evaluation, ticks: int, kind: EnumValue) -> Date:
    return DateTimeValue(_check_ticks(ticks), _check_kind(kind), run.zone)


@DATE_TIME.constructor("DateTime(int year, int month, int day)")
def make_date(year: int, month: int, day: int) -> Date:
    return DateTimeValue(clock_ticks(year, month, day))


@DATE_TIME.constructor("DateTime(int year, int month, int day, int hour, int minute, int second)")
def make_time(year: int, month: int, day: int, hour: int, minute: int, second: int) -> Date:
    return DateTimeValue(clock_ticks(year, month, day, hour, minute, second))


@DATE_TIME.constructor(
    "DateTime(int year, int month, int day, int hour, int minute, int second, DateTimeKind kind)", ambient=True
)
def make_time_kind(run: Evaluation, *parts: Any) -> Date:
    return DateTimeValue(clock_ticks(*parts[:-1]), _check_kind(parts[-1]), run.zone)


@DATE_TIME.constructor("DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond)")
def make_milliseconds(*parts: int) -> Date:
    return DateTimeValue(clock_ticks(*parts[:-1]) + millisecond_ticks(parts[-1]))


@DATE_TIME.constructor(
    "DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond, DateTimeKind kind)",
    ambient=True,
)
def make_milliseconds_kind(run: Evaluation, *parts: Any) -> Date:
    ticks = clock_ticks(*parts[:-2]) + millisecond_ticks(parts[-2])
    return DateTimeValue(ticks, _check_kind(parts[-1]), run.zone)


_TO_MICROSECONDS = "int year, int month, int day, int hour, int minute, int second, int millisecond, int microsecond"


def microsecond_ticks(*parts: int) -> int:
    if not 0 <= parts[-1] <= 999:
        raise faults.out_of_range("Valid values are between 0 and 999, inclusive.", "microsecond")
    return clock_ticks(*parts[:-2]) + millisecond_ticks(parts[-2]) + parts[-1] * 10


@DATE_TIME.constructor(f"DateTime({_TO_MICROSECONDS})")
def make_microseconds(*parts: int) -> Date:
    return DateTimeValue(microsecond_ticks(*parts))


@DATE_TIME.constructor(f"DateTime({_TO_MICROSECONDS}, DateTimeKind kind)", ambient=True)
def make_microseconds_kind(run: Evaluation, *parts: Any) -> Date:
    return DateTimeValue(microsecond_ticks(*parts[:-1]), _check_kind(parts[-1]), run.zone)


@DATE_TIME.field("static readonly DateTime MinValue")
def min_value() -> Date:
    return DateTimeValue(0)


@DATE_TIME.field("static readonly DateTime MaxValue")
def max_value() -> Date:
    return DateTimeValue(calendar.MAX_TICKS)


@DATE_TIME.field("static readonly DateTime UnixEpoch")
def unix_epoch() -> Date:
    return DateTimeValue(calendar.UNIX_EPOCH, UTC_KIND)


def utc_now(run: Evaluation) -> int:
    """The moment of evaluation in ticks of UTC."""
    from datetime import UTC

    return calendar.from_datetime(run.now.astimezone(UTC))


def today(run: Evaluation) -> tuple[int, int, int]:
    parts = calendar.parts(calendar.utc_to_local(utc_now(run), run.zone))
    return parts.year, parts.month, parts.day


@DATE_TIME.property("static DateTime UtcNow", ambient=True)
def get_utc_now(run: Evaluation) -> Date:
    return DateTimeValue(utc_now(run), UTC_KIND, run.zone)


@DATE_TIME.property("static DateTime Now", ambient=True)
def get_now(run: Evaluation) -> Date:
    return local(utc_now(run), run.zone)


@DATE_TIME.property("static DateTime Today", ambient=True)
def get_today(run: Evaluation) -> Date:
    now = local(utc_now(run), run.zone)
    return now.at(now.ticks - now.ticks % calendar.DAY)


@DATE_TIME.method("static DateTime SpecifyKind(DateTime value, DateTimeKind kind)", ambient=True)
def specify_kind(run: Evaluation, value: Date, kind: EnumValue) -> Date:
    return DateTimeValue(value.ticks, _check_kind(kind), run.zone)


def _finish(run: Evaluation, reading: Reading, styles: int) -> Date:
    """The DateTime that a reading stands for under DateTimeStyles."""
    offset = reading.offset
    if offset is None:
        if not styles & (ASSUME_UNIVERSAL | ASSUME_LOCAL):
            return DateTimeValue(reading.ticks, UNSPECIFIED, run.zone)
        if styles & ASSUME_LOCAL and not styles & ADJUST_TO_UNIVERSAL:
            return DateTimeValue(reading.ticks, LOCAL, run.zone)
        offset = calendar.local_offset(reading.ticks, run.zone) if styles & ASSUME_LOCAL else 0
    elif abs(offset) > OFFSET_LIMIT:
        message = f"The time zone offset of string '{reading.text}' must be within plus or minus 14 hours."
        raise faults.format_error(message)
    if styles & ROUND_TRIP and reading.zulu:
        return DateTimeValue(reading.ticks, UTC_KIND, run.zone)
    utc = reading.ticks - offset
    if styles & ADJUST_TO_UNIVERSAL:
        return DateTimeValue(_in_range(utc + calendar.DAY if utc < 0 else utc, reading), UTC_KIND, run.zone)
    if reading.ticks < calendar.DAY:
        here = utc + calendar.local_offset(reading.ticks, run.zone)
        return DateTimeValue(here + calendar.DAY if here < 0 else here, LOCAL, run.zone)
    return DateTimeValue(calendar.utc_to_local(_in_range(utc, reading), run.zone), LOCAL, run.zone)


def _in_range(ticks: int, reading: Reading) -> int:
    if not 0 <= ticks <= calendar.MAX_TICKS:
        raise faults.format_error(f"The DateTime represented by the string '{reading.text}' is out of range.")
    return ticks


def check_styles(styles: int, parameter: str) -> int:
    """ArgumentException for DateTimeStyles that contradict each other."""
    if styles & ~0xFF:
        raise faults.argument("An undefined DateTimeStyles value is being used.", parameter)
    if styles & ASSUME_LOCAL and styles & ASSUME_UNIVERSAL:
        message = "The DateTimeStyles values AssumeLocal and AssumeUniversal cannot be used together."
        raise faults.argument(message, parameter)
    return styles


def _check_styles(styles: int, parameter: str) -> int:
    check_styles(styles, parameter)
    if styles & ROUND_TRIP and styles & (ASSUME_LOCAL | ASSUME_UNIVERSAL | ADJUST_TO_UNIVERSAL):
        message = (
            "The DateTimeStyles value RoundtripKind cannot be used with the values AssumeLocal, "
            "AssumeUniversal or AdjustToUniversal."
        )
        raise faults.argument(message, parameter)
    return styles


def _given(text: str | None, parameter: str) -> str:
    if text is None:
        raise faults.argument_null(parameter)
    return text


def _parse(run: Evaluation, text: str | None, styles: int, parameter: str = "s") -> Date:
    from certgate.csharp.dotnet.dates.date_parse import parse_date

    default = (1, 1, 1) if styles & NO_DATE_DEFAULT else today(run)
    return _finish(run, parse_date(_given(text, parameter), default), styles)


def _exact(run: Evaluation, text: str | None, spec: str | None, styles: int) -> Date:
    from certgate.csharp.dotnet.dates.date_exact import parse_exact

    body, pattern = _given(text, "s"), _given(spec, "format")
    default = (1, 1, 1) if styles & NO_DATE_DEFAULT else today(run)
    return _finish(run, parse_exact(body, pattern, default, styles), styles)


def _exact_any(run: Evaluation, text: str | None, specs: NetArray | None, styles: int) -> Date:
    """By the first format that fits."""
    from certgate.csharp.dotnet.dates.date_exact import first_that_fits

    body = _given(text, "s")
    if specs is None:
        raise faults.argument_null("formats")
    found: Date = first_that_fits(body, list(specs.items), lambda spec: _exact(run, body, spec, styles))
    return found


def _try(read: Callable[[], Date]) -> tuple[bool, Date]:
    try:
        return True, read()
    except ThrownException:
        return False, DateTimeValue(0)


_STYLES = "System.Globalization.DateTimeStyles"


@DATE_TIME.method("static DateTime Parse(string s)", ambient=True)
def parse(run: Evaluation, text: str | None) -> Date:
    return _parse(run, text, 0)


@DATE_TIME.method("static DateTime Parse(string s, IFormatProvider provider)", ambient=True)
def parse_provider(run: Evaluation, text: str | None, provider: Any) -> Date:
    return _parse(run, text, 0)


@DATE_TIME.method(f"static DateTime Parse(string s, IFormatProvider provider, {_STYLES} styles)", ambient=True)
def parse_styles(run: Evaluation, text: str | None, provider: Any, styles: EnumValue) -> Date:
    return _parse(run, text, _check_styles(styles.value, "styles"))


@DATE_TIME.method("static bool TryParse(string s, out DateTime result)", ambient=True)
def try_parse(run: Evaluation, text: str | None) -> tuple[bool, Date]:
    return _try(lambda: _parse(run, text, 0))


@DATE_TIME.method("static bool TryParse(string s, IFormatProvider provider, out DateTime result)", ambient=True)
def try_parse_provider(run: Evaluation, text: str | None, provider: Any) -> tuple[bool, Date]:
    return try_parse(run, text)


@DATE_TIME.method(
    f"static bool TryParse(string s, IFormatProvider provider, {_STYLES} styles, out DateTime result)", ambient=True
)
def try_parse_styles(run: Evaluation, text: str | None, provider: Any, styles: EnumValue) -> tuple[bool, Date]:
    checked = _check_styles(styles.value, "styles")
    return _try(lambda: _parse(run, text, checked))


@DATE_TIME.method("static DateTime ParseExact(string s, string format, IFormatProvider provider)", ambient=True)
def parse_exact_one(run: Evaluation, text: str | None, spec: str | None, provider: Any) -> Date:
    return _exact(run, text, spec, 0)


@DATE_TIME.method(
    f"static DateTime ParseExact(string s, string format, IFormatProvider provider, {_STYLES} style)", ambient=True
)
def parse_exact_styles(run: Evaluation, text: str | None, spec: str | None, provider: Any, styles: EnumValue) -> Date:
    return _exact(run, text, spec, _check_styles(styles.value, "style"))


@DATE_TIME.method(
    f"static DateTime ParseExact(string s, string[] formats, IFormatProvider provider, {_STYLES} style)", ambient=True
)
def parse_exact_many(
    run: Evaluation, text: str | None, specs: NetArray | None, provider: Any, styles: EnumValue
) -> Date:
    return _exact_any(run, text, specs, _check_styles(styles.value, "style"))


@DATE_TIME.method(
    f"static bool TryParseExact(string s, string format, IFormatProvider provider, {_STYLES} style, "
    "out DateTime result)",
    ambient=True,
)
def try_parse_exact(run: Evaluation, text: str | None, spec: str | None, provider: Any, styles: EnumValue) -> Any:
    checked = _check_styles(styles.value, "style")
    return _try(lambda: _exact(run, text, spec, checked))


@DATE_TIME.method(
    f"static bool TryParseExact(string s, string[] formats, IFormatProvider provider, {_STYLES} "
    "style, out DateTime result)",
    ambient=True,
)
def try_parse_exact_many(
    run: Evaluation, text: str | None, specs: NetArray | None, provider: Any, styles: EnumValue
) -> Any:
    checked = _check_styles(styles.value, "style")
    return _try(lambda: _exact_any(run, text, specs, checked))
