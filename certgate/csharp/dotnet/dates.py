"""DateTime, TimeSpan and DateTimeOffset refer to each other: naming one of them loads all three modules."""

from __future__ import annotations

from certgate.csharp.dotnet import datetime_, datetime_make, datetimeoffset, datetimeoffset_read, timespan

MODULES = (datetime_, datetime_make, datetimeoffset, datetimeoffset_read, timespan)
