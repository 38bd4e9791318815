"""``System.Math``."""

from __future__ import annotations

import math
from typing import Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet import faults, ordering, rounding
from certgate.csharp.types import KEYWORDS, define, define_enum
from certgate.csharp.values import NUMBER_CLASSES, EnumValue, Long, text_of

MIDPOINT = define_enum(
    "System.MidpointRounding",
    {"ToEven": 0, "AwayFromZero": 1, "ToZero": 2, "ToNegativeInfinity": 3, "ToPositiveInfinity": 4},
    allowed=True,
)

MATH = define(
    "System.Math",
    kind="static",
    allowed=True,
    known="Abs Acos Acosh Asin Asinh Atan Atan2 Atanh BigMul BitDecrement BitIncrement Cbrt Ceiling "
    "Clamp CopySign Cos Cosh "
    "DivRem E Exp Floor FusedMultiplyAdd IEEERemainder ILogB Log Log10 Log2 Max MaxMagnitude Min MinMagnitude PI Pow "
    "ReciprocalEstimate ReciprocalSqrtEstimate Round ScaleB Sign Sin SinCos Sinh Sqrt Tan Tanh Tau Truncate",
)
MATH.constant("double PI", math.pi)
MATH.constant("double E", math.e)
MATH.constant("double Tau", math.tau)

_SIGNED = {"sbyte": 8, "short": 16, "int": 32, "long": 64}
_ALL = ("byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal")


def _greater(left: Any, right: Any, sign: int) -> Any:
    """The greater (`sign` 1) or lesser value; NaN where either is NaN, and 0 is greater than -0."""
    for value in (left, right):
        if isinstance(value, float) and math.isnan(value):
            return value
    if left == right and isinstance(left, float):
        return left if math.copysign(1.0, left) * sign > 0 else right
    return left if sign * ordering.compare_same(left, right) >= 0 else right


def _clamp(value: Any, low: Any, high: Any) -> Any:
    if ordering.compare_same(low, high) > 0:
        raise faults.argument(f"'{text_of(low)}' cannot be greater than {text_of(high)}.")
    if isinstance(value, float) and math.isnan(value):
        return value
    return low if ordering.compare_same(value, low) < 0 else high if ordering.compare_same(value, high) > 0 else value


def _sign(value: Any) -> int:
    if isinstance(value, NetDecimal):
        return (value.number > 0) - (value.number < 0)
    if value != value:
        raise faults.thrown(
            "System.ArithmeticException", "Function does not accept floating point Not-a-Number values."
        )
    return bool(value > 0) - bool(value < 0)


def _declare(keyword: str) -> None:
    pair = f"{keyword} val1, {keyword} val2"
    python = NUMBER_CLASSES[KEYWORDS[keyword]]
    MATH.method(f"static {keyword} Max({pair})")(lambda left, right: _greater(left, right, 1))
    MATH.method(f"static {keyword} Min({pair})")(lambda left, right: _greater(left, right, -1))
    MATH.method(f"static {keyword} Clamp({keyword} value, {keyword} min, {keyword} max)")(_clamp)
    if keyword in _SIGNED:
        bits = _SIGNED[keyword]
        MATH.method(f"static {keyword} Abs({keyword} value)")(lambda value: python(_absolute(value, bits)))
        MATH.method(f"static int Sign({keyword} value)")(_sign)
    elif keyword in ("float", "double"):
        MATH.method(f"static {keyword} Abs({keyword} value)")(lambda value: python(abs(value)))
        MATH.method(f"static int Sign({keyword} value)")(_sign)


def _absolute(value: int, bits: int) -> int:
    if value == -(1 << (bits - 1)):
        raise faults.overflow("Negating the minimum value of a twos complement number is invalid.")
    return abs(value)


for _keyword in _ALL:
    _declare(_keyword)


@MATH.method("static decimal Abs(decimal value)")
def abs_decimal(value: NetDecimal) -> NetDecimal:
    return NetDecimal(abs(value.number), value.scale)


@MATH.method("static int Sign(decimal value)")
def sign_decimal(value: NetDecimal) -> int:
    return _sign(value)


@MATH.method("static double Round(double a)")
def round_double(value: float) -> float:
    return rounding.round_float(value, 0, rounding.TO_EVEN)


@MATH.method("static double Round(double value, int digits)")
def round_digits(value: float, digits: int) -> float:
    return rounding.round_float(value, digits, rounding.TO_EVEN)


@MATH.method("static double Round(double value, MidpointRounding mode)")
def round_mode(value: float, mode: EnumValue) -> float:
    return rounding.round_float(value, 0, mode.value)


@MATH.method("static double Round(double value, int digits, MidpointRounding mode)")
def round_digits_mode(value: float, digits: int, mode: EnumValue) -> float:
    return rounding.round_float(value, digits, mode.value)


@MATH.method("static decimal Round(decimal d)")
def round_decimal(value: NetDecimal) -> NetDecimal:
    return rounding.round_decimal(value, 0, rounding.TO_EVEN)


@MATH.method("static decimal Round(decimal d, int decimals)")
def round_decimal_digits(value: NetDecimal, digits: int) -> NetDecimal:
    return rounding.round_decimal(value, digits, rounding.TO_EVEN)


@MATH.method("static decimal Round(decimal d, MidpointRounding mode)")
def round_decimal_mode(value: NetDecimal, mode: EnumValue) -> NetDecimal:
    return rounding.round_decimal(value, 0, mode.value)


@MATH.method("static decimal Round(decimal d, int decimals, MidpointRounding mode)")
def round_decimal_digits_mode(value: NetDecimal, digits: int, mode: EnumValue) -> NetDecimal:
    return rounding.round_decimal(value, digits, mode.value)


def _declare_whole(name: str, mode: int) -> None:
    """Floor, Ceiling and Truncate."""

    def whole(value: float) -> float:
        return rounding.round_float(value, 0, mode)

    MATH.method(f"static double {name}(double d)")(whole)
    MATH.method(f"static decimal {name}(decimal d)")(lambda value: rounding.round_decimal(value, 0, mode))


_declare_whole("Floor", rounding.DOWN)
_declare_whole("Ceiling", rounding.UP)
_declare_whole("Truncate", rounding.TO_ZERO)


def _safe(function: Any, *values: float) -> float:
    """Where Python raises, .NET gives NaN or infinity."""
    try:
        return float(function(*values))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


for _name, _function in (
    ("Sin", math.sin),
    ("Cos", math.cos),
    ("Tan", math.tan),
    ("Asin", math.asin),
    ("Acos", math.acos),
    ("Atan", math.atan),
    ("Sinh", math.sinh),
    ("Cosh", math.cosh),
    ("Tanh", math.tanh),
    ("Exp", math.exp),
    ("Sqrt", math.sqrt),
    ("Cbrt", math.cbrt),
):
    MATH.method(f"static double {_name}(double d)")(lambda value, function=_function: _safe(function, value))


def _logarithm(value: float, function: Any) -> float:
    return -math.inf if value == 0 else _safe(function, value)


for _name, _function in (("Log", math.log), ("Log10", math.log10), ("Log2", math.log2)):
    MATH.method(f"static double {_name}(double d)")(lambda value, function=_function: _logarithm(value, function))


@MATH.method("static double Log(double a, double newBase)")
def log_base(value: float, base: float) -> float:
    if math.isnan(value) or math.isnan(base) or base == 1:
        return math.nan
    if value != 1 and (base == 0 or math.isinf(base)):
        return math.nan
    divisor = _logarithm(base, math.log)
    return _logarithm(value, math.log) / divisor if divisor else math.nan


@MATH.method("static double Atan2(double y, double x)")
def atan2(y: float, x: float) -> float:
    return math.atan2(y, x)


@MATH.method("static double Pow(double x, double y)")
def power(x: float, y: float) -> float:
    try:
        return math.pow(x, y)
    except OverflowError:
        return -math.inf if x < 0 and y % 2 == 1 else math.inf
    except ValueError:
        if x == 0:
            return math.copysign(math.inf, x) if y % 2 == 1 else math.inf
        return math.nan


def _declare_division(keyword: str) -> None:
    python = NUMBER_CLASSES[KEYWORDS[keyword]]

    def divide(left: int, right: int) -> tuple[Any, Any]:
        if right == 0:
            raise faults.thrown("System.DivideByZeroException", "Attempted to divide by zero.")
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        return python(quotient), python(left - quotient * right)

    MATH.method(f"static {keyword} DivRem({keyword} a, {keyword} b, out {keyword} result)")(divide)


_declare_division("int")
_declare_division("long")


@MATH.method("static double IEEERemainder(double x, double y)")
def ieee_remainder(x: float, y: float) -> float:
    return _safe(math.remainder, x, y)


@MATH.method("static long BigMul(int a, int b)")
def big_multiply(left: int, right: int) -> Any:
    return Long(left * right)
