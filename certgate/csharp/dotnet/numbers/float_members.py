"""What Double and Single have and the other numbers have not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.numbers import float_functions, rounding
from certgate.csharp.values import single

if TYPE_CHECKING:
    from certgate.csharp.types import TypeDefinition

KNOWN = (
    "Epsilon NaN NegativeInfinity PositiveInfinity IsFinite IsInfinity IsInteger IsNaN IsNegativeInfinity IsNormal "
    "IsPositiveInfinity IsPow2 IsRealNumber IsSubnormal E NegativeZero Pi Tau Acos AcosPi Acosh Asin AsinPi Asinh Atan "
    "Atan2 Atan2Pi AtanPi Atanh BitDecrement BitIncrement Cbrt Ceiling ClampNative ConvertToInteger "
    "ConvertToIntegerNative Cos CosPi Cosh DegreesToRadians Exp Exp10 Exp10M1 Exp2 Exp2M1 ExpM1 Floor FusedMultiplyAdd "
    "Hypot ILogB Ieee754Remainder Lerp Log Log10 Log10P1 Log2 Log2P1 LogP1 MaxMagnitudeNumber MaxNative MaxNumber "
    "MinMagnitudeNumber MinNative MinNumber MultiplyAddEstimate Pow RadiansToDegrees ReciprocalEstimate "
    "ReciprocalSqrtEstimate RootN Round ScaleB Sin SinCos SinCosPi SinPi Sinh Sqrt Tan TanPi Tanh Truncate"
)

_BOUNDS = {
    "double": (1.7976931348623157e308, 5e-324),
    "float": (3.4028234663852886e38, 1.401298464324817e-45),
}


def declare(definition: TypeDefinition, keyword: str, python: Any) -> None:
    greatest, epsilon = _BOUNDS[keyword]
    constants = {
        "MaxValue": greatest,
        "MinValue": -greatest,
        "Epsilon": epsilon,
        "NaN": math.nan,
        "PositiveInfinity": math.inf,
        "NegativeInfinity": -math.inf,
    }
    for name, value in constants.items():
        definition.constant(f"{keyword} {name}", python(value))
    tests: dict[str, Any] = {
        "IsNaN": math.isnan,
        "IsInfinity": math.isinf,
        "IsFinite": math.isfinite,
        "IsPositiveInfinity": lambda value: value == math.inf,
        "IsNegativeInfinity": lambda value: value == -math.inf,
        "IsInteger": lambda value: math.isfinite(value) and float(value).is_integer(),
        "IsRealNumber": lambda value: not math.isnan(value),
        "IsNormal": lambda value: math.isfinite(value) and abs(value) >= _LEAST_NORMAL[keyword],
        "IsSubnormal": lambda value: 0 < abs(value) < _LEAST_NORMAL[keyword],
        "IsPow2": lambda value: math.isfinite(value) and value > 0 and math.frexp(value)[0] == 0.5,
    }
    for name, test in tests.items():
        definition.method(f"static bool {name}({keyword} d)")(test)
    _declare_functions(definition, keyword, python)


_LEAST_NORMAL = {"double": 2.2250738585072014e-308, "float": 1.1754943508222875e-38}


def _declare_functions(definition: TypeDefinition, keyword: str, python: Any) -> None:
    """What Math has under the same names."""
    make = single if keyword == "float" else float
    for name, value in {"E": math.e, "Pi": math.pi, "Tau": math.tau, "NegativeZero": -0.0}.items():
        definition.constant(f"{keyword} {name}", make(value))
    for name, one in float_functions.ONE.items():
        definition.method(f"static {keyword} {name}({keyword} x)")(lambda x, one=one: make(one(float(x))))
    pairs = {**float_functions.TWO, "Hypot": math.hypot, "Log": float_functions.log_base}
    pairs["Ieee754Remainder"] = pairs.pop("IEEERemainder")
    for name, two in pairs.items():
        definition.method(f"static {keyword} {name}({keyword} x, {keyword} y)")(
            lambda x, y, two=two: make(two(float(x), float(y)))
        )
    definition.method(f"static {keyword} Lerp({keyword} value1, {keyword} value2, {keyword} amount)")(
        lambda one, other, amount: make(float(one) * (1.0 - float(amount)) + float(other) * float(amount))
    )
    for name, mode in (("Floor", rounding.DOWN), ("Ceiling", rounding.UP), ("Truncate", rounding.TO_ZERO)):
        definition.method(f"static {keyword} {name}({keyword} x)")(
            lambda x, mode=mode: make(rounding.round_float(float(x), 0, mode))
        )
    if keyword == "double":
        _declare_rounding(definition)


def _declare_rounding(definition: TypeDefinition) -> None:
    even = rounding.TO_EVEN
    definition.method("static double Round(double x)")(lambda x: rounding.round_float(x, 0, even))
    definition.method("static double Round(double x, int digits)")(lambda x, n: rounding.round_float(x, n, even))
    definition.method("static double Round(double x, MidpointRounding mode)")(
        lambda x, mode: rounding.round_float(x, 0, mode.value)
    )
    definition.method("static double Round(double x, int digits, MidpointRounding mode)")(
        lambda x, n, mode: rounding.round_float(x, n, mode.value)
    )
