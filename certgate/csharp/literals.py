"""The values of C# literals: numbers with every suffix, and text with its escapes. Knows only the token given."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, TypeAlias

from certgate.csharp.syntax import LiteralKind

if TYPE_CHECKING:
    from certgate.csharp.syntax import LiteralValue

Problem: TypeAlias = tuple[str, str, int, int]
"""Code, message, and the offsets of the place inside the token."""

# Patterns are compiled when first used: most expressions have no literal that needs one.
_NUMBER = (
    r"(?P<radix>0[xX](?P<hex>[0-9a-fA-F_]*)|0[bB](?P<bin>[01_]*))"
    r"|(?P<whole>[0-9][0-9_]*)?(?P<fraction>\.[0-9][0-9_]*)?(?P<exponent>[eE][+-]?[0-9_]*)?"
)
_REAL_SUFFIX = {"f": LiteralKind.FLOAT, "d": LiteralKind.DOUBLE, "m": LiteralKind.DECIMAL}
_INTEGER_SUFFIX = r"[uU][lL]|[lL][uU]|[uUlL]|"
_INTEGERS = (
    (LiteralKind.INT, 2**31 - 1, ("",)),
    (LiteralKind.UINT, 2**32 - 1, ("", "u")),
    (LiteralKind.LONG, 2**63 - 1, ("", "l")),
    (LiteralKind.ULONG, 2**64 - 1, ("", "u", "l", "lu")),
)
_MAX_DECIMAL = 2**96 - 1
_MAX_DIGITS = 10_000
_SIMPLE_ESCAPES = dict(zip("'\"\\0abfnrtv", "'\"\\\0\a\b\f\n\r\t\v", strict=True))
_ESCAPE = r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,4})|(['\"\\0abfnrtv])|((?s:.?)))"
_ASTRAL = "[\U00010000-\U0010ffff]"


def read_number(text: str, start: int) -> tuple[int, LiteralKind, LiteralValue, list[Problem]]:
    """The number at `start`: where it ends, its type, its value (0 where there is a problem) and C#'s errors."""
    found = re.compile(_NUMBER).match(text, start)
    if found is None:
        raise ValueError("no number here")
    end = found.end()
    suffix = text[end : end + 1].lower()
    if found["radix"]:
        return _integer(text, start, end, found["hex"] or found["bin"] or "", 16 if found["hex"] is not None else 2)
    if suffix in _REAL_SUFFIX or found["fraction"] or found["exponent"]:
        kind = _REAL_SUFFIX.get(suffix, LiteralKind.DOUBLE)
        value, problems = _real(found[0], kind)
        return end + (suffix in _REAL_SUFFIX), kind, value, problems
    return _integer(text, start, end, found[0], 10)


def _integer(
    text: str, start: int, end: int, digits: str, radix: int
) -> tuple[int, LiteralKind, LiteralValue, list[Problem]]:
    matched = re.compile(_INTEGER_SUFFIX).match(text, end)
    written = matched[0] if matched else ""
    end += len(written)
    whole = (0, end - start)
    bare = digits.replace("_", "")
    if not bare or digits.endswith("_") or (radix == 10 and digits.startswith("_")):
        return end, LiteralKind.INT, 0, [("CS1013", "Invalid number", *whole)]
    suffix = "".join(sorted(written.lower()))
    value = int(bare, radix) if len(bare) <= _MAX_DIGITS // 100 or not bare.strip("0") else 2**64
    for kind, limit, suffixes in _INTEGERS:
        if suffix in suffixes and value <= limit:
            return end, kind, value, []
    return end, LiteralKind.ULONG, 0, [("CS1021", "Integral constant is too large", *whole)]


def _real(written: str, kind: LiteralKind) -> tuple[LiteralValue, list[Problem]]:
    whole = (0, len(written))
    if re.search(r"_(?=[.eE]|$)|[eE][+-]?_", written):
        return 0.0, [("CS1013", "Invalid number", *whole)]
    if re.search(r"[eE][+-]?$", written):
        return 0.0, [("CS0595", "Invalid real literal.", *whole)]
    digits = written.replace("_", "")
    value = _decimal(digits) if kind is LiteralKind.DECIMAL else _binary(digits, kind)
    if value is None:
        return 0.0, [("CS0594", f"Floating-point constant is outside the range of type '{kind}'", *whole)]
    return value, []


def _binary(digits: str, kind: LiteralKind) -> float | None:
    value = float(digits)
    if kind is LiteralKind.FLOAT and math.isfinite(value):
        value = _single(digits, value)
    return value if math.isfinite(value) else None


def _single(digits: str, double: float) -> float:
    """The nearest float32: where the double lies between two of them, the digits themselves decide."""
    below, above = (_pack(math.nextafter(double, to)) for to in (-math.inf, math.inf))
    if below == above or len(digits) > _MAX_DIGITS:
        return _pack(double)
    from fractions import Fraction

    exact = Fraction(digits)
    if exact == Fraction(double):
        return _pack(double)
    return above if exact > Fraction(double) else below


def _pack(value: float) -> float:
    import struct

    try:
        packed: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return packed


def _decimal(digits: str) -> tuple[int, int] | None:
    """Unscaled integer and scale; what a decimal cannot hold is rounded half to even, as .NET reads decimals."""
    mantissa, _, exponent = digits.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    if len(mantissa) > _MAX_DIGITS or len(exponent) > 6:
        return None
    unscaled, scale = int(whole + fraction), len(fraction) - int(exponent or 0)
    if scale < 0:
        if unscaled and -scale > 28:
            return None
        unscaled, scale = unscaled * 10**-scale if unscaled else 0, 0
    drop = max(scale - 28, 0)
    while True:
        rounded = _divide(unscaled, drop)
        if rounded <= _MAX_DECIMAL:
            return rounded, scale - drop
        drop += 1
        if drop > scale:
            return None


def _divide(value: int, digits: int) -> int:
    if digits > _MAX_DIGITS:
        return 0
    divisor: int = 10**digits
    quotient, remainder = divmod(value, divisor)
    return quotient + (remainder * 2 > divisor or (remainder * 2 == divisor and quotient % 2 == 1))


def unescape(text: str) -> tuple[str, list[Problem]]:
    """The characters (UTF-16 code units) that the inside of a regular literal stands for, and C#'s errors."""
    problems: list[Problem] = []

    def replace(found: re.Match[str]) -> str:
        short, long, hexadecimal, simple, other = found.groups()
        if simple:
            return _SIMPLE_ESCAPES[simple]
        if other is not None or (long and int(long, 16) > 0x10FFFF):
            problems.append(("CS1009", "Unrecognized escape sequence", found.start(), found.end()))
            return other or ""
        return chr(int(short or long or hexadecimal, 16))

    return to_units(re.sub(_ESCAPE, replace, text) if "\\" in text else text), problems


def to_units(text: str) -> str:
    """`text` with each character beyond U+FFFF as its two surrogates."""
    return re.sub(_ASTRAL, _surrogates, text)


def _surrogates(found: re.Match[str]) -> str:
    offset = ord(found[0]) - 0x10000
    return chr(0xD800 + (offset >> 10)) + chr(0xDC00 + (offset & 0x3FF))
