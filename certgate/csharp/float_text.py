"""How ``double`` and ``float`` print without a format: the shortest digits that read back."""

from __future__ import annotations

import struct


def float_text(value: float) -> str:
    """``double.ToString()``: the shortest digits that read back, exponent from 1E+17 on (.NET's ``R``)."""
    return _shortest(repr(float(value)), 17)


def single_text(value: float) -> str:
    """``float.ToString()``: the shortest digits that read back as 32 bits, exponent from 1E+09 on."""
    for digits in range(1, 10):
        text = f"{float(value):.{digits - 1}e}"
        if value != value or struct.unpack("f", struct.pack("f", float(text)))[0] == value:
            return _shortest(text, 9)
    return _shortest(repr(float(value)), 9)


def _shortest(text: str, limit: int) -> str:
    if text in ("nan", "inf", "-inf"):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[text]
    sign = "-" if text.startswith("-") else ""
    mantissa, _, exponent = text.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    if not digits:
        return sign + "0"
    if point > limit or point < -3:
        tail = f".{digits[1:]}" if len(digits) > 1 else ""
        power = point - 1
        return f"{sign}{digits[0]}{tail}E{'-' if power < 0 else '+'}{abs(power):02d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    if len(digits) <= point:
        return sign + digits + "0" * (point - len(digits))
    return f"{sign}{digits[:point]}.{digits[point:]}"
