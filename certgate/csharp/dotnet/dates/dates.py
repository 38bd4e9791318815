"""``System.DateTime`` for whoever makes its values: importing this declares the members."""

from __future__ import annotations

from certgate.csharp.dotnet.dates import datetime_

MODULES = (datetime_,)
