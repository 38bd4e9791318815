"""``System.Math``."""

from __future__ import annotations

import math
from typing import Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.numbers import float_functions, magnitudes, rounding
from certgate.csharp.dotnet.system import faults
from certgate.csharp.operations import BOUNDS
from certgate.csharp.types import KEYWORDS, define, define_enum
from certgate.csharp.values import NUMBER_CLASSES, EnumValue, Long, TupleValue, ULong

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


def _declare(keyword: str) -> None:
    pair = f"{keyword} val1, {keyword} val2"
    python = NUMBER_CLASSES[KEYWORDS[keyword]]
    MATH.method(f"static {keyword} Max({pair})")(lambda left, right: magnitudes.greater(left, right, 1))
    MATH.method(f"static {keyword} Min({pair})")(lambda left, right: magnitudes.greater(left, right, -1))
    MATH.method(f"static {keyword} Clamp({keyword} value, {keyword} min, {keyword} max)")(magnitudes.clamp)
    if keyword in _SIGNED:
        bits = _SIGNED[keyword]
        MATH.method(f"static {keyword} Abs({keyword} value)")(lambda value: python(magnitudes.absolute(value, bits)))
        MATH.method(f"static int Sign({keyword} value)")(magnitudes.sign_of)
    elif keyword in ("float", "double"):
        MATH.method(f"static {keyword} Abs({keyword} value)")(lambda value: python(abs(value)))
        MATH.method(f"static int Sign({keyword} value)")(magnitudes.sign_of)


for _keyword in _ALL:
    _declare(_keyword)


@MATH.method("static decimal Abs(decimal value)")
def abs_decimal(value: NetDecimal) -> NetDecimal:
    return NetDecimal(abs(value.number), value.scale)


@MATH.method("static int Sign(decimal value)")
def sign_decimal(value: NetDecimal) -> int:
    return magnitudes.sign_of(value)


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


for _name, _one in float_functions.ONE.items():
    MATH.method(f"static double {_name}(double d)")(_one)
for _name, _two in float_functions.TWO.items():
    MATH.method(f"static double {_name}(double x, double y)")(_two)
MATH.method("static double Log(double a, double newBase)")(float_functions.log_base)
MATH.method("static double CopySign(double x, double y)")(math.copysign)
MATH.method("static double FusedMultiplyAdd(double x, double y, double z)")(float_functions.fused)
MATH.method("static double ScaleB(double x, int n)")(float_functions.scale)
MATH.method("static int ILogB(double x)")(float_functions.exponent)
MATH.method("static double BitIncrement(double x)")(lambda x: math.nextafter(x, math.inf))
MATH.method("static double BitDecrement(double x)")(lambda x: math.nextafter(x, -math.inf))
MATH.method("static double MaxMagnitude(double x, double y)")(lambda x, y: magnitudes.greater_magnitude(x, y, 1))
MATH.method("static double MinMagnitude(double x, double y)")(lambda x, y: magnitudes.greater_magnitude(x, y, -1))
MATH.signatures("static double ReciprocalEstimate(double d)", "static double ReciprocalSqrtEstimate(double d)")


@MATH.method("static (double Sin, double Cos) SinCos(double x)")
def sin_cos(x: float) -> TupleValue:
    pair = (float_functions.ONE["Sin"](x), float_functions.ONE["Cos"](x))
    return TupleValue(types.tuple_type((types.DOUBLE, types.DOUBLE), ("Sin", "Cos")), pair)


def _declare_pair_division(keyword: str) -> None:
    """``DivRem`` that gives both numbers as a tuple."""
    kind = KEYWORDS[keyword]
    python = NUMBER_CLASSES[kind]
    pair_type = types.tuple_type((kind, kind), ("Quotient", "Remainder"))

    def divide(left: int, right: int) -> TupleValue:
        quotient, rest = magnitudes.divide(int(left), int(right))
        if quotient > BOUNDS[kind][1]:
            raise faults.overflow()
        return TupleValue(pair_type, (python(quotient), python(rest)))

    MATH.method(f"static ({keyword} Quotient, {keyword} Remainder) DivRem({keyword} left, {keyword} right)")(divide)


for _keyword in ("sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong"):
    _declare_pair_division(_keyword)


def _declare_division(keyword: str) -> None:
    python = NUMBER_CLASSES[KEYWORDS[keyword]]

    def divide(left: int, right: int) -> tuple[Any, Any]:
        quotient, rest = magnitudes.divide(int(left), int(right))
        if quotient > BOUNDS[KEYWORDS[keyword]][1]:
            raise faults.overflow()
        return python(quotient), python(rest)

    MATH.method(f"static {keyword} DivRem({keyword} a, {keyword} b, out {keyword} result)")(divide)


_declare_division("int")
_declare_division("long")


@MATH.method("static long BigMul(int a, int b)")
def big_multiply(left: int, right: int) -> Any:
    return Long(left * right)


@MATH.method("static ulong BigMul(uint a, uint b)")
def big_multiply_unsigned(left: int, right: int) -> Any:
    return ULong(int(left) * int(right))


@MATH.method("static long BigMul(long a, long b, out long low)")
def big_multiply_long(left: int, right: int) -> tuple[Any, Any]:
    product = int(left) * int(right)
    low = (product & 0xFFFFFFFFFFFFFFFF ^ 1 << 63) - (1 << 63)
    return Long(product >> 64), Long(low)


@MATH.method("static ulong BigMul(ulong a, ulong b, out ulong low)")
def big_multiply_unsigned_long(left: int, right: int) -> tuple[Any, Any]:
    product = int(left) * int(right)
    return ULong(product >> 64), ULong(product & 0xFFFFFFFFFFFFFFFF)
