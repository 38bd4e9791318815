"""Texts that .NET reads as numbers, by NumberStyles, in the invariant culture.

https://learn.microsoft.com/dotnet/api/system.globalization.numberstyles. Results are plain Python numbers.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal

from certgate.core.value import slotted

LEADING_WHITE, TRAILING_WHITE, LEADING_SIGN, TRAILING_SIGN, PARENTHESES, POINT = 1, 2, 4, 8, 16, 32
THOUSANDS, EXPONENT, CURRENCY, HEX, BINARY = 64, 128, 256, 512, 1024
INTEGER = LEADING_WHITE | TRAILING_WHITE | LEADING_SIGN
NUMBER = INTEGER | TRAILING_SIGN | POINT | THOUSANDS
FLOAT = INTEGER | POINT | EXPONENT

_SYMBOLS = {
    "infinity": math.inf,
    "+infinity": math.inf,
    "-infinity": -math.inf,
    "nan": math.nan,
    "-nan": math.nan,
    "+nan": math.nan,
}
_DECIMAL_MAX = 79228162514264337593543950335


class TooLarge(Exception):
    """The text is a number, but one that does not fit."""


@slotted
class _Scan:
    """`digits` without leading zeros; `scale` of them stand left of the point."""

    digits: str = ""
    scale: int = 0
    negative: bool = False
    has_digits: bool = False
    has_point: bool = False


def parse_integer(text: str, styles: int, bits: int, signed: bool) -> int | None:
    """The integer that `text` spells; None when it is no number. Raises TooLarge."""
    if styles & (HEX | BINARY):
        return _parse_base(text, styles, bits, signed)
    scan = _scan(text, styles)
    if scan is None:
        return None
    if not scan.digits:
        return 0
    if scan.scale < len(scan.digits.rstrip("0")) or scan.scale > 40:
        raise TooLarge
    value = int(scan.digits[: max(scan.scale, 0)].ljust(scan.scale, "0") or "0")
    value = -value if scan.negative else value
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    if not low <= value <= high:
        raise TooLarge
    return value


def parse_float(text: str, styles: int) -> float | None:
    """The Double that `text` spells (infinite when it is too large); None when it is no number."""
    scan = _scan(text, styles)
    if scan is None:
        return _SYMBOLS.get(text.strip("\t\n\v\f\r ").lower())
    value = float(f"0.{scan.digits or '0'}e{scan.scale}")
    return -value if scan.negative else value


def parse_decimal(text: str, styles: int) -> tuple[int, int, bool] | None:
    """Coefficient, scale and sign of the Decimal that `text` spells; None when it is no number. Raises TooLarge."""
    scan = _scan(text, styles)
    if scan is None:
        return None
    places = len(scan.digits) - scan.scale
    if not scan.digits:
        return 0, min(max(-scan.scale, 0), 28), scan.negative
    value = int(scan.digits[:400])
    places -= max(len(scan.digits) - 400, 0)
    if places < 0:
        if places < -40:
            raise TooLarge
        value, places = value * 10**-places, 0
    while places > 28 or (value > _DECIMAL_MAX and places > 0):
        drop = max(places - 28, len(str(value)) - 29, 1)
        drop = min(drop, places)
        value, places = _shift(value, drop), places - drop
    if value > _DECIMAL_MAX:
        raise TooLarge
    return value, places, scan.negative


def _shift(value: int, places: int) -> int:
    """`value` over ten to the power of `places`, rounded half to even."""
    context = Context(prec=max(len(str(value)), 1) + 2, rounding=ROUND_HALF_EVEN)
    return int(Decimal(value).scaleb(-places, context).quantize(Decimal(1), context=context))


def _parse_base(text: str, styles: int, bits: int, signed: bool) -> int | None:
    body = text.rstrip("\0")
    body = body.lstrip("\t\n\v\f\r ") if styles & LEADING_WHITE else body
    body = body.rstrip("\t\n\v\f\r ") if styles & TRAILING_WHITE else body
    base, alphabet = (16, "0123456789abcdefABCDEF") if styles & HEX else (2, "01")
    if not body or any(char not in alphabet for char in body):
        return None
    value = int(body, base)
    if value >> bits:
        raise TooLarge
    return value - (1 << bits) if signed and value >> (bits - 1) else value


def _scan(text: str, styles: int) -> _Scan | None:
    reader = _Reader(text, styles)
    reader.lead()
    reader.body()
    if not reader.scan.has_digits:
        return None
    reader.exponent()
    reader.trail()
    if reader.parentheses or text[reader.at :].strip("\0"):
        return None
    scan = reader.scan
    if not scan.digits and not scan.has_point and not styles & POINT:
        scan.negative = False
    return scan


class _Reader:
    """One walk over a text: white space, signs, digits, exponent, white space again."""

    def __init__(self, text: str, styles: int) -> None:
        self.text = text
        self.styles = styles
        self.at = 0
        self.scan = _Scan()
        self.sign = False
        self.currency = False
        self.symbol = bool(styles & CURRENCY)
        self.parentheses = False

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def lead(self) -> None:
        while char := self.peek():
            if _white(char) and self.styles & LEADING_WHITE and not (self.sign and not self.currency):
                pass
            elif self.styles & LEADING_SIGN and not self.sign and char in "+-":
                self.sign, self.scan.negative = True, char != "+"
            elif char == "(" and self.styles & PARENTHESES and not self.sign:
                self.sign = self.parentheses = self.scan.negative = True
            elif char == "¤" and self.symbol:
                self.currency, self.symbol = True, False
            else:
                return
            self.at += 1

    def body(self) -> None:
        digits: list[str] = []
        scan = self.scan
        while char := self.peek():
            if char in "0123456789":
                scan.has_digits = True
                if char != "0" or digits:
                    digits.append(char)
                    scan.scale += not scan.has_point
                elif scan.has_point:
                    scan.scale -= 1
            elif char == "." and self.styles & POINT and not scan.has_point:
                scan.has_point = True
            elif not (char == "," and self.styles & THOUSANDS and scan.has_digits and not scan.has_point):
                break
            self.at += 1
        scan.digits = "".join(digits)

    def exponent(self) -> None:
        if not (self.styles & EXPONENT and self.peek() in ("e", "E")):
            return
        at = self.at + 1
        sign = self.text[at : at + 1]
        at += sign in ("+", "-")
        end = at
        while end < len(self.text) and self.text[end] in "0123456789":
            end += 1
        if end > at:
            value = min(int(self.text[at:end]), 9999) if end - at <= 12 else 9999
            self.scan.scale += -value if sign == "-" else value
            self.at = end

    def trail(self) -> None:
        while char := self.peek():
            if _white(char) and self.styles & TRAILING_WHITE:
                pass
            elif self.styles & TRAILING_SIGN and not self.sign and char in "+-":
                self.sign, self.scan.negative = True, char != "+"
            elif char == ")" and self.parentheses:
                self.parentheses = False
            elif char == "¤" and self.symbol:
                self.symbol = False
            else:
                return
            self.at += 1


def _white(char: str) -> bool:
    return char == " " or "\t" <= char <= "\r"
