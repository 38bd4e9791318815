"""Names that hold what a name may not: ``Order Details`` as ``Order_x0020_Details``, and back."""

from __future__ import annotations

import re

from certgate.csharp.dotnet.xml import chars as xml_chars

_LOOKS_ENCODED = re.compile("_(?=[Xx](?:[0-9a-fA-F]{4}|[0-9a-fA-F]{8})_)")
_ENCODED = re.compile("_[Xx]([0-9a-fA-F]{4}|[0-9a-fA-F]{8})_")
_UNIT = re.compile("[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL)


def encode(name: str | None, *, first: bool = True, local: bool = False) -> str | None:
    """`first`: the first character must be one that starts a name. `local`: a colon is no part of a name."""
    if not name:
        return name
    taken = {found.start() for found in _LOOKS_ENCODED.finditer(name)}

    def part(found: re.Match[str]) -> str:
        unit, at = found[0], found.start()
        if len(unit) == 2:
            return f"_x{0x10000 + ((ord(unit[0]) - 0xD800) << 10) + ord(unit[1]) - 0xDC00:08X}_"
        fits = xml_chars.is_name_start(unit) if first and at == 0 else xml_chars.is_name_char(unit)
        if at not in taken and (fits or (unit == ":" and not local)):
            return unit
        return f"_x{ord(unit):04X}_"

    return _UNIT.sub(part, name)


def decode(name: str | None) -> str | None:
    return _ENCODED.sub(_decoded, name) if name else name


def _decoded(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    if len(found[1]) == 4:
        return chr(number)
    if not 0x10000 <= number <= 0x10FFFF:
        return found[0]
    number -= 0x10000
    return chr(0xD800 + (number >> 10)) + chr(0xDC00 + (number & 0x3FF))
