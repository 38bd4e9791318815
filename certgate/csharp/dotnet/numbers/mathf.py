"""``System.MathF``: the functions of ``Math`` on floats; the gateway refuses it."""

from __future__ import annotations

import math
from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.numbers import float_functions, magnitudes, rounding
from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import define
from certgate.csharp.values import EnumValue, TupleValue, single

MATHF = define(
    "System.MathF",
    kind="static",
    known="Abs Acos Acosh Asin Asinh Atan Atan2 Atanh BitDecrement BitIncrement Cbrt Ceiling CopySign Cos Cosh E Exp "
    "Floor FusedMultiplyAdd IEEERemainder ILogB Log Log10 Log2 Max MaxMagnitude Min MinMagnitude PI Pow "
    "ReciprocalEstimate ReciprocalSqrtEstimate Round ScaleB Sign Sin SinCos Sinh Sqrt Tan Tanh Tau Truncate",
)
MATHF.constant("float PI", single(math.pi))
MATHF.constant("float E", single(math.e))
MATHF.constant("float Tau", single(math.tau))

for _name, _function in float_functions.ONE.items():
    MATHF.method(f"static float {_name}(float x)")(lambda x, function=_function: single(function(float(x))))
for _name, _pair in float_functions.TWO.items():
    MATHF.method(f"static float {_name}(float x, float y)")(lambda x, y, pair=_pair: single(pair(float(x), float(y))))
for _name, _sign in (("Max", 1), ("Min", -1)):
    MATHF.method(f"static float {_name}(float x, float y)")(lambda x, y, sign=_sign: magnitudes.greater(x, y, sign))
    MATHF.method(f"static float {_name}Magnitude(float x, float y)")(
        lambda x, y, sign=_sign: magnitudes.greater_magnitude(x, y, sign)
    )
MATHF.method("static float Abs(float x)")(lambda x: single(abs(x)))
MATHF.method("static int Sign(float x)")(magnitudes.sign_of)
MATHF.method("static float CopySign(float x, float y)")(lambda x, y: single(math.copysign(x, y)))
MATHF.method("static float Log(float x, float y)")(lambda x, y: single(float_functions.log_base(float(x), float(y))))
MATHF.method("static float ScaleB(float x, int n)")(lambda x, n: single(float_functions.scale(float(x), n)))
MATHF.method("static int ILogB(float x)")(lambda x: float_functions.exponent(float(x)))
MATHF.method("static float FusedMultiplyAdd(float x, float y, float z)")(
    lambda x, y, z: single(float_functions.fused(float(x), float(y), float(z)))
)
for _name, _mode in (("Floor", rounding.DOWN), ("Ceiling", rounding.UP), ("Truncate", rounding.TO_ZERO)):
    MATHF.method(f"static float {_name}(float x)")(
        lambda x, mode=_mode: single(rounding.round_float(float(x), 0, mode))
    )


@MATHF.method("static (float Sin, float Cos) SinCos(float x)")
def sin_cos(x: float) -> TupleValue:
    pair = tuple(single(float_functions.ONE[name](float(x))) for name in ("Sin", "Cos"))
    return TupleValue(types.tuple_type((types.SINGLE, types.SINGLE), ("Sin", "Cos")), pair)


def _round(value: float, digits: int, mode: int) -> Any:
    if not 0 <= digits <= 6:
        raise faults.out_of_range("Rounding digits must be between 0 and 6, inclusive.", "digits")
    if abs(value) >= 1e8 or not math.isfinite(value):
        return single(value)
    power = 10.0**digits
    scaled = single(float(value) * power)
    return single(math.copysign(rounding.round_float(float(scaled), 0, mode) / power, value))


MATHF.method("static float Round(float x)")(lambda x: _round(x, 0, rounding.TO_EVEN))
MATHF.method("static float Round(float x, int digits)")(lambda x, digits: _round(x, digits, rounding.TO_EVEN))


@MATHF.method("static float Round(float x, MidpointRounding mode)")
def round_mode(x: float, mode: EnumValue) -> Any:
    return _round(x, 0, mode.value)


@MATHF.method("static float Round(float x, int digits, MidpointRounding mode)")
def round_digits_mode(x: float, digits: int, mode: EnumValue) -> Any:
    return _round(x, digits, mode.value)
