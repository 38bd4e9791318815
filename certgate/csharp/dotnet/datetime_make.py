"""``System.DateTime``: constructors, the present moment and texts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import calendar, faults
from certgate.csharp.dotnet.date_format import LOCAL, UNSPECIFIED, UTC_KIND
from certgate.csharp.dotnet.date_values import DATE_TIME, DateTimeValue, local
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import EnumValue, NetArray

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.date_parse import Reading
    from certgate.csharp.runtime import Evaluation

Date = DateTimeValue

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


def _microseconds(*parts: int) -> int:
    if not 0 <= parts[-1] <= 999:
        raise faults.out_of_range("Valid values are between 0 and 999, inclusive.", "microsecond")
    return clock_ticks(*parts[:-2]) + millisecond_ticks(parts[-2]) + parts[-1] * 10


@DATE_TIME.constructor(f"DateTime({_TO_MICROSECONDS})")
def make_microseconds(*parts: int) -> Date:
    return DateTimeValue(_microseconds(*parts))


@DATE_TIME.constructor(f"DateTime({_TO_MICROSECONDS}, DateTimeKind kind)", ambient=True)
def make_microseconds_kind(run: Evaluation, *parts: Any) -> Date:
    return DateTimeValue(_microseconds(*parts[:-1]), _check_kind(parts[-1]), run.zone)


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
    if reading.offset is None:
        if styles & ASSUME_UNIVERSAL:
            utc = reading.ticks
        elif styles & ASSUME_LOCAL:
            utc = calendar.local_to_utc(reading.ticks, run.zone)
        else:
            return DateTimeValue(reading.ticks, UNSPECIFIED, run.zone)
    else:
        utc = reading.ticks - reading.offset
        if not 0 <= utc <= calendar.MAX_TICKS:
            raise faults.format_error("The UTC representation of the date falls outside the year range 1-9999.")
    if styles & ADJUST_TO_UNIVERSAL or (styles & ROUND_TRIP and reading.zulu):
        return DateTimeValue(utc, UTC_KIND, run.zone)
    return DateTimeValue(calendar.utc_to_local(utc, run.zone), LOCAL, run.zone)


def _given(text: str | None, parameter: str) -> str:
    if text is None:
        raise faults.argument_null(parameter)
    return text


def _parse(run: Evaluation, text: str | None, styles: int, parameter: str = "s") -> Date:
    from certgate.csharp.dotnet.date_parse import parse_date

    default = (1, 1, 1) if styles & NO_DATE_DEFAULT else today(run)
    return _finish(run, parse_date(_given(text, parameter), default), styles)


def _exact(run: Evaluation, text: str | None, specs: list[str | None], styles: int) -> Date:
    """By the first format that fits; the error is that of the last."""
    from certgate.csharp.dotnet.date_exact import parse_exact

    body = _given(text, "s")
    default = (1, 1, 1) if styles & NO_DATE_DEFAULT else today(run)
    for index, spec in enumerate(specs):
        try:
            return _finish(run, parse_exact(body, _given(spec, "format"), default, styles), styles)
        except ThrownException:
            if index + 1 == len(specs):
                raise
    raise faults.bad_format()


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
    return _parse(run, text, styles.value)


@DATE_TIME.method("static bool TryParse(string s, out DateTime result)", ambient=True)
def try_parse(run: Evaluation, text: str | None) -> tuple[bool, Date]:
    return _try(lambda: _parse(run, text, 0))


@DATE_TIME.method(
    f"static bool TryParse(string s, IFormatProvider provider, {_STYLES} styles, out DateTime result)", ambient=True
)
def try_parse_styles(run: Evaluation, text: str | None, provider: Any, styles: EnumValue) -> tuple[bool, Date]:
    return _try(lambda: _parse(run, text, styles.value))


@DATE_TIME.method("static DateTime ParseExact(string s, string format, IFormatProvider provider)", ambient=True)
def parse_exact_one(run: Evaluation, text: str | None, spec: str | None, provider: Any) -> Date:
    return _exact(run, text, [spec], 0)


@DATE_TIME.method(
    f"static DateTime ParseExact(string s, string format, IFormatProvider provider, {_STYLES} style)", ambient=True
)
def parse_exact_styles(run: Evaluation, text: str | None, spec: str | None, provider: Any, styles: EnumValue) -> Date:
    return _exact(run, text, [spec], styles.value)


@DATE_TIME.method(
    f"static DateTime ParseExact(string s, string[] formats, IFormatProvider provider, {_STYLES} style)", ambient=True
)
def parse_exact_many(
    run: Evaluation, text: str | None, specs: NetArray | None, provider: Any, styles: EnumValue
) -> Date:
    if specs is None:
        raise faults.argument_null("formats")
    try:
        return _exact(run, text, list(specs.items), styles.value)
    except ThrownException as error:
        if error.type_name != "System.FormatException":
            raise
        raise faults.format_error(f"String '{text}' was not recognized as a valid DateTime.") from None


@DATE_TIME.method(
    f"static bool TryParseExact(string s, string format, IFormatProvider provider, {_STYLES} style, "
    "out DateTime result)",
    ambient=True,
)
def try_parse_exact(run: Evaluation, text: str | None, spec: str | None, provider: Any, styles: EnumValue) -> Any:
    return _try(lambda: _exact(run, text, [spec], styles.value))


@DATE_TIME.method(
    f"static bool TryParseExact(string s, string[] formats, IFormatProvider provider, {_STYLES} "
    "style, out DateTime result)",
    ambient=True,
)
def try_parse_exact_many(
    run: Evaluation, text: str | None, specs: NetArray | None, provider: Any, styles: EnumValue
) -> Any:
    if specs is None:
        raise faults.argument_null("formats")
    return _try(lambda: _exact(run, text, list(specs.items), styles.value))
