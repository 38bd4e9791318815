"""``System.Linq.Enumerable``: its definition, and the modules that declare its extension methods."""

from __future__ import annotations

from certgate.csharp.dotnet.linq import by as linq_by
from certgate.csharp.dotnet.linq import groups as linq_groups
from certgate.csharp.dotnet.linq import numbers as linq_numbers
from certgate.csharp.dotnet.linq import parts as linq_parts
from certgate.csharp.dotnet.linq import select as linq_select
from certgate.csharp.dotnet.linq import sequence as linq_sequence
from certgate.csharp.dotnet.linq import single as linq_single
from certgate.csharp.dotnet.linq import to as linq_to
from certgate.csharp.dotnet.linq.type import ENUMERABLE

PARTS = (linq_by, linq_groups, linq_numbers, linq_parts, linq_select, linq_sequence, linq_single, linq_to)

NAMES = ENUMERABLE.names()
