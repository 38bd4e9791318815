"""The functions of real numbers that ``Math``, ``MathF``, ``Double`` and ``Single`` share, on Python's floats."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def safe(function: Any, *values: float) -> float:
    """Where Python raises, .NET gives NaN or infinity."""
    try:
        return float(function(*values))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def logarithm(value: float, function: Any) -> float:
    return -math.inf if value == 0 else safe(function, value)


def log_base(value: float, base: float) -> float:
    if math.isnan(value) or math.isnan(base) or base == 1:
        return math.nan
    if value != 1 and (base == 0 or math.isinf(base)):
        return math.nan
    divisor = logarithm(base, math.log)
    return logarithm(value, math.log) / divisor if divisor else math.nan


def power(x: float, y: float) -> float:
    try:
        return math.pow(x, y)
    except OverflowError:
        return -math.inf if x < 0 and y % 2 == 1 else math.inf
    except ValueError:
        if x == 0:
            return math.copysign(math.inf, x) if y % 2 == 1 else math.inf
        return math.nan


def sinh(value: float) -> float:
    try:
        return math.sinh(value)
    except OverflowError:
        return math.copysign(math.inf, value)


def atanh(value: float) -> float:
    return math.copysign(math.inf, value) if abs(value) == 1 else safe(math.atanh, value)


ONE: dict[str, Callable[[float], float]] = {
    "Sin": lambda value: safe(math.sin, value),
    "Cos": lambda value: safe(math.cos, value),
    "Tan": lambda value: safe(math.tan, value),
    "Asin": lambda value: safe(math.asin, value),
    "Acos": lambda value: safe(math.acos, value),
    "Atan": lambda value: safe(math.atan, value),
    "Sinh": sinh,
    "Cosh": lambda value: safe(math.cosh, value),
    "Tanh": lambda value: safe(math.tanh, value),
    "Asinh": lambda value: safe(math.asinh, value),
    "Acosh": lambda value: safe(math.acosh, value),
    "Atanh": atanh,
    "Exp": lambda value: safe(math.exp, value),
    "Sqrt": lambda value: value if value == 0 else safe(math.sqrt, value),
    "Cbrt": lambda value: safe(math.cbrt, value),
    "Log": lambda value: logarithm(value, math.log),
    "Log10": lambda value: logarithm(value, math.log10),
    "Log2": lambda value: logarithm(value, math.log2),
}
"""The functions of one number."""

TWO: dict[str, Callable[[float, float], float]] = {
    "Atan2": math.atan2,
    "Pow": power,
    "IEEERemainder": lambda x, y: safe(math.remainder, x, y),
}
"""The functions of two numbers that are named alike everywhere."""


def fused(x: float, y: float, z: float) -> float:
    """``x * y + z``, rounded once."""
    if not all(map(math.isfinite, (x, y, z))):
        return x * y + z
    from fractions import Fraction

    exact = Fraction(x) * Fraction(y) + Fraction(z)
    if exact == 0:
        return x * y + z
    try:
        return float(exact)
    except OverflowError:
        return math.copysign(math.inf, exact)


def scale(value: float, places: int) -> float:
    """``value`` times two to the power of `places`."""
    try:
        return math.ldexp(value, max(min(places, 5_000), -5_000))
    except OverflowError:
        return math.copysign(math.inf, value)


def exponent(value: float) -> int:
    """The exponent of two, as ``ILogB`` has it."""
    if value == 0:
        return -(2**31)
    if not math.isfinite(value):
        return 2**31 - 1
    return math.frexp(value)[1] - 1
