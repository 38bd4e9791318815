"""Standard numeric format strings: C, D, E, F, G, N, P, R, X and B, in the invariant culture.

https://learn.microsoft.com/dotnet/standard/base-types/standard-numeric-format-strings. Custom ones: number_custom.py.
"""

from __future__ import annotations

import math

from certgate.csharp.dotnet.numbers import number_buffer
from certgate.csharp.dotnet.numbers.number_buffer import NumberBuffer
from certgate.csharp.dotnet.numbers.number_custom import format_custom, format_exponent
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size


def format_integer(value: int, bits: int, spec: str | None) -> str:
    """An integer of that many bits; X and B show a negative one in two's complement."""
    if not spec:
        return str(value)
    letter, precision = specifier(spec)
    match letter.upper():
        case "D":
            return _decimal_text(value, precision)
        case "G" if precision < 1:
            return str(value)
        case "X":
            return format(value & ((1 << bits) - 1), letter).rjust(precision, "0")
        case "B":
            return format(value & ((1 << bits) - 1), "b").rjust(precision, "0")
    return _apply(number_buffer.of_integer(value), spec, letter, precision)


def format_decimal(coefficient: int, scale: int, negative: bool, spec: str | None) -> str:
    """A Decimal: `coefficient` over ten to the power of `scale`."""
    letter, precision = specifier(spec or "")
    return _apply(number_buffer.of_decimal(coefficient, scale, negative), spec or "", letter, precision)


def format_float(value: float, single: bool, spec: str | None) -> str:
    """A Double, or a Single."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    letter, precision = specifier(spec or "")
    match letter.upper():
        case "":
            number = number_buffer.of_float_digits(value, number_buffer.CUSTOM_DIGITS[single])
        case "E":
            number = number_buffer.of_float_digits(value, 7 if precision < 0 else precision + 1)
        case "F" | "N" | "C":
            number = number_buffer.of_float_places(value, 2 if precision < 0 else precision)
        case "P":
            number = number_buffer.of_float_places(value, 4 if precision < 0 else precision + 2)
        case "G" if precision > 0:
            number = number_buffer.of_float_digits(value, precision)
        case "G" | "R":
            number = number_buffer.of_float(value, single)
            precision = max(len(number.digits), number_buffer.ROUND_TRIP_DIGITS[single])
        case _:
            raise faults.bad_format_specifier()
    return _apply(number, spec or "", letter, precision)


def specifier(spec: str) -> tuple[str, int]:
    """The letter and precision of a standard format (-1: none given); ``("", -1)`` for a custom one."""
    if not spec or spec[0] == "\0":
        return "G", -1
    letter, rest = spec[0], spec[1:].split("\0")[0]
    if not (letter.isascii() and letter.isalpha()) or (rest and not (rest.isascii() and rest.isdigit())):
        return "", -1
    precision = int(rest.lstrip("0")[:12] or 0) if rest else -1
    if precision > 999_999_999:
        raise faults.bad_format_specifier()
    # SECURITY: .NET writes up to 999,999,999 digits; here they count as what the evaluation makes.
    charge_size(max(precision, 0))
    return letter, precision


def _decimal_text(value: int, precision: int) -> str:
    return ("-" if value < 0 else "") + str(abs(value)).rjust(precision, "0")


def _apply(number: NumberBuffer, spec: str, letter: str, precision: int) -> str:
    rounded = number.floating
    match letter.upper():
        case "":
            return format_custom(number, spec)
        case "F" | "N" | "C":
            places = 2 if precision < 0 else precision
            number.round(number.scale + places, rounded=rounded)
            text = _fixed(number, places, grouped=letter.upper() != "F")
            return _currency(text, number.negative) if letter.upper() == "C" else _signed(text, number)
        case "P":
            places = 2 if precision < 0 else precision
            number.scale += 2
            number.round(number.scale + places, rounded=rounded)
            return _signed(_fixed(number, places, grouped=True) + " %", number)
        case "E":
            significant = (6 if precision < 0 else precision) + 1
            number.round(significant, rounded=rounded)
            return _signed(_scientific(number, significant, letter), number)
        case "G" | "R":
            return _general_signed(number, "E" if letter.isupper() else "e", precision)
    raise faults.bad_format_specifier()


def _general_signed(number: NumberBuffer, exponent_letter: str, precision: int) -> str:
    if precision < 1:
        if not number.floating and precision == -1:
            text = _general(number, exponent_letter, None)
            return text if not number.digits else _signed(text, number)
        precision = len(number.digits)
    number.round(precision, rounded=number.floating)
    return _signed(_general(number, exponent_letter, precision), number)


def _general(number: NumberBuffer, exponent_letter: str, significant: int | None) -> str:
    """`significant` None: never in scientific notation."""
    scientific = significant is not None and (number.scale > significant or number.scale < -3)
    point = 1 if scientific else number.scale
    whole = number.digits[:point].ljust(point, "0") if point > 0 else "0"
    fraction = number.digits[max(point, 0) :]
    if fraction or point < 0:
        fraction = "." + "0" * max(-point, 0) + fraction
    return whole + fraction + (format_exponent(number.scale - 1, exponent_letter, 2, True) if scientific else "")


def _fixed(number: NumberBuffer, places: int, grouped: bool) -> str:
    scale = number.scale
    whole = number.digits[:scale].ljust(scale, "0") if scale > 0 else "0"
    fraction = ("0" * max(-scale, 0) + number.digits[max(scale, 0) :])[:places].ljust(places, "0")
    if grouped:
        whole = f"{int(whole):,}" if len(whole) < 4000 else _group(whole)
    return f"{whole}.{fraction}" if places else whole


def _group(whole: str) -> str:
    first = len(whole) % 3
    parts = [whole[:first]] if first else []
    return ",".join([*parts, *(whole[at : at + 3] for at in range(first, len(whole), 3))])


def _scientific(number: NumberBuffer, significant: int, letter: str) -> str:
    digits = (number.digits or "0").ljust(significant, "0")
    exponent = number.scale - 1 if number.digits else 0
    mantissa = digits[0] + ("." + digits[1:significant] if significant > 1 else "")
    return mantissa + format_exponent(exponent, letter, 3, True)


def _signed(text: str, number: NumberBuffer) -> str:
    return "-" + text if number.negative else text


def _currency(text: str, negative: bool) -> str:
    return f"(¤{text})" if negative else f"¤{text}"
