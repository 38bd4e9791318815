"""``System.TimeSpan``: the newer ways to make one, and its constants."""

from __future__ import annotations

from certgate.csharp.dotnet.dates.date_values import TIME_SPAN, TimeSpanValue
from certgate.csharp.dotnet.dates.timespan import UNITS, of_units
from certgate.csharp.values import Long

_SMALLER = tuple(UNITS)


@TIME_SPAN.constructor("TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds, int microseconds)")
def make_microseconds(*parts: int) -> TimeSpanValue:
    return of_units(sum(part * unit for part, unit in zip(parts, UNITS.values(), strict=True)))


def _declare(place: int) -> None:
    """``FromDays(1, hours: 2)`` and its kin: whole units, and smaller ones as many as are given."""
    names = [f"{name.lower()}s" for name in _SMALLER[place:]]
    kinds = ["int" if name in ("days", "hours") else "long" for name in names]
    # The first stands without a default; of milliseconds, the second too, because there is one of milliseconds alone.
    needed = 2 if _SMALLER[place] == "Millisecond" else 1
    parameters = [
        f"{kind} {name}" + ("" if at < needed else " = 0")
        for at, (kind, name) in enumerate(zip(kinds, names, strict=True))
    ]
    units = [UNITS[name] for name in _SMALLER[place:]]

    def make(*parts: int) -> TimeSpanValue:
        return of_units(sum(int(part) * unit for part, unit in zip(parts, units, strict=True)))

    TIME_SPAN.method(f"static TimeSpan From{_SMALLER[place]}s({', '.join(parameters)})")(make)


for _place in range(len(_SMALLER) - 1):
    _declare(_place)
for _at, _large in enumerate(_SMALLER):
    for _small in _SMALLER[_at + 1 :]:
        _count = UNITS[_large] // UNITS[_small]
        if (_large, _small) == ("Day", "Hour"):
            TIME_SPAN.constant("int HoursPerDay", _count)
        else:
            TIME_SPAN.constant(f"long {_small}sPer{_large}", Long(_count))
TIME_SPAN.constant("long NanosecondsPerTick", Long(100))
TIME_SPAN.property("int Nanoseconds")(lambda self: (self.ticks % 10 if self.ticks >= 0 else -(-self.ticks % 10)) * 100)
TIME_SPAN.property("double TotalNanoseconds")(lambda self: float(self.ticks) * 100.0)
