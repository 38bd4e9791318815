"""``System.Linq.Enumerable``: its definition, and the modules that declare its extension methods."""

from __future__ import annotations

from certgate.csharp.dotnet import (
    linq_by,
    linq_groups,
    linq_numbers,
    linq_parts,
    linq_select,
    linq_sequence,
    linq_single,
    linq_to,
)
from certgate.csharp.dotnet.linq_type import ENUMERABLE

PARTS = (linq_by, linq_groups, linq_numbers, linq_parts, linq_select, linq_sequence, linq_single, linq_to)

NAMES = ENUMERABLE.names()
