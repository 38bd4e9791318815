"""``System.TimeSpan``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.dates.date_values import TIME_SPAN, TimeSpanValue
from certgate.csharp.dotnet.dates.timespan_parse import parse_timespan, parse_timespan_exact, unrecognized
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import format_value
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import EnumValue, Long, NetArray, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

Span = TimeSpanValue

MAX = (1 << 63) - 1
UNITS = {
    "Day": 864_000_000_000,
    "Hour": 36_000_000_000,
    "Minute": 600_000_000,
    "Second": 10_000_000,
    "Millisecond": 10_000,
    "Microsecond": 10,
}
_CYCLES = {"Hour": 24, "Minute": 60, "Second": 60, "Millisecond": 1000, "Microsecond": 1000}
_TOO_LONG = "TimeSpan overflowed because the duration is too long."
_NOT_A_NUMBER = "TimeSpan does not accept floating point Not-a-Number values."


def span(ticks: int, message: str = _TOO_LONG) -> TimeSpanValue:
    """A TimeSpan of that many ticks. OverflowException."""
    if not -MAX - 1 <= ticks <= MAX:
        raise faults.overflow(message)
    return TimeSpanValue(ticks)


def of_units(ticks: int) -> TimeSpanValue:
    """What a count of units adds up to. ArgumentOutOfRangeException."""
    if not -MAX - 1 <= ticks <= MAX:
        raise faults.out_of_range(_TOO_LONG)
    return TimeSpanValue(ticks)


def _of_float_units(value: float, unit: int) -> TimeSpanValue:
    if math.isnan(value):
        raise faults.argument(_NOT_A_NUMBER)
    return of_float(value * unit)


def of_float(ticks: float) -> TimeSpanValue:
    if math.isnan(ticks):
        raise faults.overflow(_TOO_LONG)
    if ticks >= 2.0**63:
        if ticks == 2.0**63:
            return TimeSpanValue(MAX)
        raise faults.overflow(_TOO_LONG)
    if ticks < -(2.0**63):
        raise faults.overflow(_TOO_LONG)
    return TimeSpanValue(math.trunc(ticks))


@TIME_SPAN.constructor("TimeSpan()")
def make_zero() -> Span:
    return TimeSpanValue(0)


@TIME_SPAN.constructor("TimeSpan(long ticks)")
def make_ticks(ticks: int) -> Span:
    return TimeSpanValue(int(ticks))


@TIME_SPAN.constructor("TimeSpan(int hours, int minutes, int seconds)")
def make_time(hours: int, minutes: int, seconds: int) -> Span:
    return _make(0, hours, minutes, seconds)


@TIME_SPAN.constructor("TimeSpan(int days, int hours, int minutes, int seconds)")
def make_days(days: int, hours: int, minutes: int, seconds: int) -> Span:
    return _make(days, hours, minutes, seconds)


@TIME_SPAN.constructor("TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds)")
def make_milliseconds(days: int, hours: int, minutes: int, seconds: int, milliseconds: int) -> Span:
    return _make(days, hours, minutes, seconds, milliseconds)


def _make(days: int, hours: int, minutes: int, seconds: int, milliseconds: int = 0) -> Span:
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return of_units(total * UNITS["Second"] + milliseconds * UNITS["Millisecond"])


def _declare_field(name: str, value: TimeSpanValue) -> None:
    TIME_SPAN.field(f"static readonly TimeSpan {name}")(lambda: value)


for _name, _ticks in (("Zero", 0), ("MaxValue", MAX), ("MinValue", -MAX - 1)):
    _declare_field(_name, TimeSpanValue(_ticks))


def _declare_unit(name: str, ticks: int) -> None:
    TIME_SPAN.constant(f"long TicksPer{name}", Long(ticks))
    most = float(MAX // ticks) if name == "Millisecond" else math.inf
    TIME_SPAN.property(f"double Total{name}s")(lambda self: min(max(float(self.ticks) / ticks, -most), most))
    whole = "int" if name in ("Day", "Hour") else "long"
    TIME_SPAN.method(f"static TimeSpan From{name}s({whole} value)")(lambda value: of_units(int(value) * ticks))
    TIME_SPAN.method(f"static TimeSpan From{name}s(double value)")(lambda value: _of_float_units(value, ticks))
    cycle = _CYCLES.get(name)
    TIME_SPAN.property(f"int {name}s")(lambda self: _part(self.ticks, ticks, cycle))


def _part(ticks: int, unit: int, cycle: int | None) -> int:
    count = abs(ticks) // unit
    count = count % cycle if cycle else count
    return -count if ticks < 0 else count


for _name, _ticks in UNITS.items():
    _declare_unit(_name, _ticks)


@TIME_SPAN.property("long Ticks")
def get_ticks(self: Span) -> Long:
    return Long(self.ticks)


@TIME_SPAN.method("static TimeSpan FromTicks(long value)")
def from_ticks(value: int) -> Span:
    return TimeSpanValue(int(value))


@TIME_SPAN.operator("TimeSpan operator +(TimeSpan t1, TimeSpan t2)")
@TIME_SPAN.method("TimeSpan Add(TimeSpan ts)")
def add(left: Span, right: Span) -> Span:
    return span(left.ticks + right.ticks)


@TIME_SPAN.operator("TimeSpan operator -(TimeSpan t1, TimeSpan t2)")
@TIME_SPAN.method("TimeSpan Subtract(TimeSpan ts)")
def subtract(left: Span, right: Span) -> Span:
    return span(left.ticks - right.ticks)


@TIME_SPAN.operator("TimeSpan operator -(TimeSpan t)")
@TIME_SPAN.method("TimeSpan Negate()")
def negate(self: Span) -> Span:
    return span(-self.ticks, "Negating the minimum value of a twos complement number is invalid.")


@TIME_SPAN.operator("TimeSpan operator +(TimeSpan t)")
def plus(self: Span) -> Span:
    return self


@TIME_SPAN.method("TimeSpan Duration()")
def duration(self: Span) -> Span:
    message = (
        "The duration cannot be returned for TimeSpan.MinValue because the absolute value of TimeSpan.MinValue "
        "exceeds the value of TimeSpan.MaxValue."
    )
    return span(abs(self.ticks), message)


@TIME_SPAN.operator("TimeSpan operator *(TimeSpan timeSpan, double factor)")
@TIME_SPAN.method("TimeSpan Multiply(double factor)")
def multiply(self: Span, factor: float) -> Span:
    if math.isnan(factor):
        raise faults.argument(_NOT_A_NUMBER, "factor")
    return of_float(_round(self.ticks * factor))


@TIME_SPAN.operator("TimeSpan operator *(double factor, TimeSpan timeSpan)")
def multiply_left(factor: float, self: Span) -> Span:
    return multiply(self, factor)


@TIME_SPAN.operator("TimeSpan operator /(TimeSpan timeSpan, double divisor)")
@TIME_SPAN.method("TimeSpan Divide(double divisor)")
def divide(self: Span, divisor: float) -> Span:
    if math.isnan(divisor):
        raise faults.argument(_NOT_A_NUMBER, "divisor")
    return of_float(_round(_quotient(self.ticks, divisor)))


@TIME_SPAN.operator("double operator /(TimeSpan t1, TimeSpan t2)")
@TIME_SPAN.method("double Divide(TimeSpan ts)")
def ratio(left: Span, right: Span) -> float:
    return _quotient(left.ticks, right.ticks)


def _quotient(left: float, right: float) -> float:
    if right:
        return float(left) / float(right)
    return math.nan if not left else math.copysign(math.inf, left) * math.copysign(1.0, right)


def _round(value: float) -> float:
    return float(round(value)) if math.isfinite(value) else value


@TIME_SPAN.operator("bool operator ==(TimeSpan t1, TimeSpan t2)")
@TIME_SPAN.method("bool Equals(TimeSpan obj)")
@TIME_SPAN.method("static bool Equals(TimeSpan t1, TimeSpan t2)")
def equal(left: Span, right: Span) -> bool:
    return left.ticks == right.ticks


@TIME_SPAN.method("bool Equals(object value)")
def equals_object(self: Span, other: Any) -> bool:
    return self.net_equals(other)


@TIME_SPAN.operator("bool operator !=(TimeSpan t1, TimeSpan t2)")
def not_equal(left: Span, right: Span) -> bool:
    return left.ticks != right.ticks


@TIME_SPAN.operator("bool operator <(TimeSpan t1, TimeSpan t2)")
def less(left: Span, right: Span) -> bool:
    return left.ticks < right.ticks


@TIME_SPAN.operator("bool operator <=(TimeSpan t1, TimeSpan t2)")
def less_or_equal(left: Span, right: Span) -> bool:
    return left.ticks <= right.ticks


@TIME_SPAN.operator("bool operator >(TimeSpan t1, TimeSpan t2)")
def greater(left: Span, right: Span) -> bool:
    return left.ticks > right.ticks


@TIME_SPAN.operator("bool operator >=(TimeSpan t1, TimeSpan t2)")
def greater_or_equal(left: Span, right: Span) -> bool:
    return left.ticks >= right.ticks


@TIME_SPAN.method("int CompareTo(TimeSpan value)")
@TIME_SPAN.method("static int Compare(TimeSpan t1, TimeSpan t2)")
def compare(left: Span, right: Span) -> int:
    return left.compare(right)


@TIME_SPAN.method("int CompareTo(object value)")
def compare_object(self: Span, other: Any) -> int:
    if other is None:
        return 1
    if not isinstance(other, TimeSpanValue):
        raise faults.argument("Object must be of type TimeSpan.")
    return self.compare(other)


@TIME_SPAN.method("string ToString()")
def to_string(self: Span) -> str:
    return text_of(self)


@TIME_SPAN.method("string ToString(string format)")
def to_string_format(self: Span, spec: str | None) -> str:
    return format_value(self, spec)


@TIME_SPAN.method("string ToString(string format, IFormatProvider formatProvider)")
def to_string_provider(self: Span, spec: str | None, provider: Any) -> str:
    return format_value(self, spec)


def _given(text: str | None, parameter: str = "input") -> str:
    if text is None:
        raise faults.argument_null(parameter)
    return text


@TIME_SPAN.method("static TimeSpan Parse(string s)")
def parse(text: str | None) -> Span:
    return TimeSpanValue(parse_timespan(_given(text)))


@TIME_SPAN.method("static TimeSpan Parse(string input, IFormatProvider formatProvider)")
def parse_provider(text: str | None, provider: Any) -> Span:
    return parse(text)


@TIME_SPAN.method("static bool TryParse(string s, out TimeSpan result)")
def try_parse(text: str | None) -> tuple[bool, Span]:
    try:
        return (False, TimeSpanValue(0)) if text is None else (True, parse(text))
    except ThrownException:
        return False, TimeSpanValue(0)


@TIME_SPAN.method("static bool TryParse(string input, IFormatProvider formatProvider, out TimeSpan result)")
def try_parse_provider(text: str | None, provider: Any) -> tuple[bool, Span]:
    return try_parse(text)


_STYLES = "System.Globalization.TimeSpanStyles styles"
_PROVIDER = "IFormatProvider formatProvider"


def _exact(text: str | None, spec: str | None, styles: int = 0) -> Span:
    return TimeSpanValue(parse_timespan_exact(_given(text), _given(spec, "format"), styles == 1))


def _exact_any(text: str | None, specs: NetArray | None, styles: int = 0) -> Span:
    """By the first format that fits."""
    body = _given(text)
    if specs is None:
        raise faults.argument_null("formats")
    for spec in specs.items if body else ():
        if not spec:
            raise faults.bad_format()
        try:
            return _exact(body, spec, styles)
        except ThrownException:
            continue
    if not specs.items:
        raise faults.format_error("No format specifiers were provided.")
    raise unrecognized(body)


def _check_styles(styles: EnumValue) -> int:
    if not 0 <= styles.value <= 1:
        raise faults.argument("An undefined TimeSpanStyles value is being used.", "styles")
    return styles.value


def _try(read: Callable[[], Span]) -> tuple[bool, Span]:
    try:
        return True, read()
    except ThrownException:
        return False, TimeSpanValue(0)


def _declare_exact(parameter: str, read: Callable[..., Span]) -> None:
    parameters = f"string input, {parameter}, {_PROVIDER}"
    method = TIME_SPAN.method
    method(f"static TimeSpan ParseExact({parameters})")(lambda text, spec, _: read(text, spec))
    method(f"static TimeSpan ParseExact({parameters}, {_STYLES})")(
        lambda text, spec, _, styles: read(text, spec, _check_styles(styles))
    )
    method(f"static bool TryParseExact({parameters}, out TimeSpan result)")(
        lambda text, spec, _: _try(lambda: read(text, spec))
    )

    def try_styles(text: str | None, spec: Any, _: Any, styles: EnumValue) -> tuple[bool, Span]:
        checked = _check_styles(styles)
        return _try(lambda: read(text, spec, checked))

    method(f"static bool TryParseExact({parameters}, {_STYLES}, out TimeSpan result)")(try_styles)


_declare_exact("string format", _exact)
_declare_exact("string[] formats", _exact_any)


@TIME_SPAN.method("int GetHashCode()")
def get_hash_code(self: Span) -> int:
    return self.hash_code()
