"""Values as XML Schema writes them: what XmlConvert, attributes and elements make of numbers, dates and durations."""

from __future__ import annotations

import math
from typing import Any

from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue, TimeSpanValue
from certgate.csharp.values import text_of

_MOMENT = "yyyy-MM-ddTHH:mm:ss.FFFFFFF"


def schema_text(value: Any) -> str:
    """The text of any value; ``ToString()`` of those that XML Schema does not know."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return float_text(value)
        case DateTimeValue():
            return value.format(_MOMENT + "K")
        case DateTimeOffsetValue():
            return value.format(_MOMENT) + ("Z" if value.offset == 0 else value.format("zzz"))
        case TimeSpanValue():
            return duration_text(value.ticks)
    return text_of(value)


def float_text(value: float) -> str:
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return text_of(value)


def duration_text(ticks: int) -> str:
    """``P1DT2H3M4.5S``."""
    sign = "-" if ticks < 0 else ""
    seconds, fraction = divmod(abs(ticks), 10_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    text = f"{days}D" if days else ""
    time = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if fraction:
        time += f"{seconds}.{fraction:07d}".rstrip("0") + "S"
    elif seconds:
        time += f"{seconds}S"
    if time:
        return f"{sign}P{text}T{time}"
    return f"{sign}P{text}" if text else f"{sign}PT0S"
