"""``System.DateTimeOffset``: texts read. What one is and does: datetimeoffset.py, which this module loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates import calendar
from certgate.csharp.dotnet.dates.date_exact import first_that_fits, parse_exact
from certgate.csharp.dotnet.dates.date_parse import Reading, parse_date
from certgate.csharp.dotnet.dates.date_values import DATE_TIME_OFFSET, DateTimeOffsetValue
from certgate.csharp.dotnet.dates.datetime_make import (
    ADJUST_TO_UNIVERSAL,
    ASSUME_UNIVERSAL,
    NO_DATE_DEFAULT,
    check_styles,
    today,
)
from certgate.csharp.dotnet.dates.datetimeoffset import LIMIT, make, to_universal_time
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import EnumValue, NetArray

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.runtime import Evaluation

Offset = DateTimeOffsetValue


def _finish(run: Evaluation, reading: Reading, styles: int) -> Offset:
    offset = reading.offset
    if offset is None:
        offset = 0 if styles & ASSUME_UNIVERSAL else calendar.local_offset(reading.ticks, run.zone)
    elif reading.guessed_year:
        message = f"There must be at least a partial date with a year present in the input string '{reading.text}'."
        raise faults.format_error(message)
    if not 0 <= reading.ticks - offset <= calendar.MAX_TICKS:
        message = f"The UTC representation of the date '{reading.text}' falls outside the year range 1-9999."
        raise faults.format_error(message)
    if not -LIMIT <= offset <= LIMIT:
        message = f"The time zone offset of string '{reading.text}' must be within plus or minus 14 hours."
        raise faults.format_error(message)
    value = make(reading.ticks, offset)
    return to_universal_time(value) if styles & ADJUST_TO_UNIVERSAL else value


def _check_styles(styles: int) -> int:
    if check_styles(styles, "styles") & NO_DATE_DEFAULT:
        message = "The DateTimeStyles value 'NoCurrentDateDefault' is not allowed when parsing DateTimeOffset."
        raise faults.argument(message, "styles")
    return styles


def _parse(run: Evaluation, text: str | None, styles: int) -> Offset:
    if text is None:
        raise faults.argument_null("input")
    return _finish(run, parse_date(text, today(run)), styles)


def _exact(run: Evaluation, text: str | None, spec: str | None, styles: int) -> Offset:
    if text is None or spec is None:
        raise faults.argument_null("input" if text is None else "format")
    return _finish(run, parse_exact(text, spec, today(run), styles, with_offset=True), styles)


def _exact_any(run: Evaluation, text: str | None, specs: NetArray | None, styles: int) -> Offset:
    if text is None or specs is None:
        raise faults.argument_null("input" if text is None else "formats")
    found: Offset = first_that_fits(text, list(specs.items), lambda spec: _exact(run, text, spec, styles))
    return found


def _try(read: Callable[[], Offset]) -> tuple[bool, Offset]:
    try:
        return True, read()
    except ThrownException:
        return False, DateTimeOffsetValue(0, 0)


_STYLES = "System.Globalization.DateTimeStyles styles"
_OUT = "out DateTimeOffset result"


@DATE_TIME_OFFSET.method("static DateTimeOffset Parse(string input)", ambient=True)
def parse(run: Evaluation, text: str | None) -> Offset:
    return _parse(run, text, 0)


@DATE_TIME_OFFSET.method("static DateTimeOffset Parse(string input, IFormatProvider formatProvider)", ambient=True)
def parse_provider(run: Evaluation, text: str | None, provider: Any) -> Offset:
    return _parse(run, text, 0)


@DATE_TIME_OFFSET.method(
    f"static DateTimeOffset Parse(string input, IFormatProvider formatProvider, {_STYLES})", ambient=True
)
def parse_styles(run: Evaluation, text: str | None, provider: Any, styles: EnumValue) -> Offset:
    return _parse(run, text, _check_styles(styles.value))


@DATE_TIME_OFFSET.method(f"static bool TryParse(string input, {_OUT})", ambient=True)
def try_parse(run: Evaluation, text: str | None) -> tuple[bool, Offset]:
    return _try(lambda: _parse(run, text, 0))


@DATE_TIME_OFFSET.method(f"static bool TryParse(string s, IFormatProvider provider, {_OUT})", ambient=True)
def try_parse_provider(run: Evaluation, text: str | None, provider: Any) -> tuple[bool, Offset]:
    return try_parse(run, text)


@DATE_TIME_OFFSET.method(
    f"static bool TryParse(string input, IFormatProvider formatProvider, {_STYLES}, {_OUT})", ambient=True
)
def try_parse_styles(run: Evaluation, text: str | None, provider: Any, styles: EnumValue) -> tuple[bool, Offset]:
    checked = _check_styles(styles.value)
    return _try(lambda: _parse(run, text, checked))


@DATE_TIME_OFFSET.method(
    "static DateTimeOffset ParseExact(string input, string format, IFormatProvider formatProvider)", ambient=True
)
def parse_exact_one(run: Evaluation, text: str | None, spec: str | None, provider: Any) -> Offset:
    return _exact(run, text, spec, 0)


@DATE_TIME_OFFSET.method(
    f"static DateTimeOffset ParseExact(string input, string format, IFormatProvider formatProvider, {_STYLES})",
    ambient=True,
)
def parse_exact_styles(run: Evaluation, text: str | None, spec: str | None, provider: Any, styles: EnumValue) -> Offset:
    return _exact(run, text, spec, _check_styles(styles.value))


@DATE_TIME_OFFSET.method(
    f"static bool TryParseExact(string input, string format, IFormatProvider formatProvider, {_STYLES}, {_OUT})",
    ambient=True,
)
def try_parse_exact(run: Evaluation, text: str | None, spec: str | None, provider: Any, styles: EnumValue) -> Any:
    checked = _check_styles(styles.value)
    return _try(lambda: _exact(run, text, spec, checked))


@DATE_TIME_OFFSET.method(
    f"static DateTimeOffset ParseExact(string input, string[] formats, IFormatProvider formatProvider, {_STYLES})",
    ambient=True,
)
def parse_exact_many(
    run: Evaluation, text: str | None, specs: NetArray | None, provider: Any, styles: EnumValue
) -> Offset:
    return _exact_any(run, text, specs, _check_styles(styles.value))


@DATE_TIME_OFFSET.method(
    f"static bool TryParseExact(string input, string[] formats, IFormatProvider formatProvider, {_STYLES}, {_OUT})",
    ambient=True,
)
def try_parse_exact_many(
    run: Evaluation, text: str | None, specs: NetArray | None, provider: Any, styles: EnumValue
) -> Any:
    checked = _check_styles(styles.value)
    return _try(lambda: _exact_any(run, text, specs, checked))
