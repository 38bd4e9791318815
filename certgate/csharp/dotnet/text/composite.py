"""Values as text by a format string, and composite formats: ``{0,10:F2}`` of String.Format and interpolation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import Byte, EnumValue, Long, NetObject, SByte, Short, Single, UInt, ULong, UShort, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.runtime import ThrownException

BITS: dict[type, int] = {int: 32, Long: 64, Byte: 8, SByte: 8, Short: 16, UShort: 16, UInt: 32, ULong: 64}
"""Python class of an integer -> its width in bits."""

_UNDERLYING = {"byte": 8, "sbyte": 8, "short": 16, "ushort": 16, "int": 32, "uint": 32, "long": 64, "ulong": 64}
_LEAST_TOO_LARGE = 1_000_000


class Formattable(NetObject):
    """Base of library values that take a format string."""

    __slots__ = ()

    def format(self, spec: str) -> str:
        """`spec` is not empty. FormatException for one that the type does not know."""
        raise NotImplementedError


def format_value(value: Any, spec: str | None) -> str:
    """``IFormattable.ToString(spec)``; for a value that takes no format its ``ToString()``; ``""`` for null."""
    if not spec:
        return text_of(value)
    if isinstance(value, (int, float, NetDecimal)) and not isinstance(value, bool):
        return _format_number(value, spec)
    if isinstance(value, EnumValue):
        return format_enum(value, spec)
    return value.format(spec) if isinstance(value, Formattable) else text_of(value)


def _format_number(value: Any, spec: str) -> str:
    from certgate.csharp.dotnet.numbers import number_format

    kind = value.__class__
    if bits := BITS.get(kind):
        return number_format.format_integer(value, bits, spec)
    if kind is float or kind is Single:
        return number_format.format_float(value, kind is Single, spec)
    return number_format.format_decimal(abs(value.number), value.scale, value.negative, spec)


def format_enum(value: EnumValue, spec: str) -> str:
    definition = value.net_type.definition
    bits = _UNDERLYING[definition.underlying] if definition is not None else 32
    match spec:
        case "G" | "g":
            return value.to_text()
        case "F" | "f":
            return _flags_text(value)
        case "D" | "d":
            return str(value.value)
        case "X" | "x":
            return format(value.value & ((1 << bits) - 1), f"0{bits // 4}X")
    raise faults.format_error('Format string can be only "G", "g", "X", "x", "F", "f", "D" or "d".')


def _flags_text(value: EnumValue) -> str:
    """Names as of an enum with [Flags]; the number where they do not make up the value."""
    definition = value.net_type.definition
    constants = definition.constants if definition is not None else {}
    rest, names = value.value, []
    for name, constant in sorted(constants.items(), key=lambda item: -item[1]):
        if constant == value.value:
            return name
        if constant and rest & constant == constant:
            rest &= ~constant
            names.append(name)
    return ", ".join(reversed(names)) if names and not rest else str(value.value)


def pad(text: str, width: int) -> str:
    """Align: to the right for a positive `width`, to the left for a negative one."""
    charge_size(abs(width))
    return text.rjust(width) if width > 0 else text.ljust(-width)


def format_composite(template: str, arguments: Sequence[Any]) -> str:
    """``String.Format``. Raises FormatException with .NET's offsets."""
    out: list[str] = []
    at = 0
    charge_steps(10)
    while at < len(template):
        brace = _next_brace(template, at)
        out.append(template[at:brace])
        if brace == len(template):
            break
        char, following = template[brace], template[brace + 1 : brace + 2]
        if following == char:
            out.append(char)
            at = brace + 2
        elif not following:
            raise _ends(brace + 1)
        elif char == "}":
            raise _parse_error(brace + 1, "Unexpected closing brace without a corresponding opening brace.")
        else:
            at = _hole(template, brace + 1, arguments, out)
    charge_size(len(template))
    return "".join(out)


def _next_brace(template: str, at: int) -> int:
    found = [place for place in (template.find("{", at), template.find("}", at)) if place >= 0]
    return min(found, default=len(template))


def _hole(template: str, at: int, arguments: Sequence[Any], out: list[str]) -> int:
    """One ``{index[,width][:format]}``, `at` behind its brace; the place behind it."""
    reader = _Hole(template, at)
    index = reader.number("Expected an ASCII digit.")
    reader.blanks()
    width = reader.width() if reader.peek() == "," else 0
    spec = reader.spec() if reader.peek() == ":" else ""
    if reader.peek() != "}":
        raise _ends(reader.at)
    if index >= len(arguments):
        raise faults.format_error(
            "Index (zero based) must be greater than or equal to zero and less than the size of the argument list."
        )
    text = pad(format_value(arguments[index], spec), width)
    charge_size(len(text))
    out.append(text)
    return reader.at + 1


class _Hole:
    def __init__(self, template: str, at: int) -> None:
        self.template = template
        self.at = at

    def peek(self) -> str:
        return self.template[self.at : self.at + 1]

    def number(self, why: str) -> int:
        start = self.at
        value = 0
        while self.peek() and self.peek() in "0123456789" and value < _LEAST_TOO_LARGE:
            value = 10 * value + int(self.peek())
            self.at += 1
        if start == self.at:
            raise _parse_error(self.at, why) if self.peek() else _ends(self.at)
        if not self.peek():
            raise _ends(self.at)
        return value

    def blanks(self) -> None:
        while self.peek() == " ":
            self.at += 1

    def width(self) -> int:
        self.at += 1
        self.blanks()
        negative = self.peek() == "-"
        self.at += negative
        value = self.number("Expected an ASCII digit.")
        self.blanks()
        return -value if negative else value

    def spec(self) -> str:
        start = self.at + 1
        end = _next_brace(self.template, start)
        if end == len(self.template):
            raise _ends(end)
        self.at = end
        if self.template[end] == "{":
            raise _ends(end)
        return self.template[start:end]


def _ends(offset: int) -> ThrownException:
    return _parse_error(offset, "Format item ends prematurely.")


def _parse_error(offset: int, why: str) -> ThrownException:
    return faults.format_error(
        f"Input string was not in a correct format. Failure to parse near offset {offset}. {why}"
    )
