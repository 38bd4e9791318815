"""What Double and Single have and the other numbers have not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certgate.csharp.types import TypeDefinition

KNOWN = (
    "Epsilon NaN NegativeInfinity PositiveInfinity IsFinite IsInfinity IsInteger IsNaN IsNegativeInfinity IsNormal "
    "IsPositiveInfinity IsRealNumber IsSubnormal E NegativeZero Pi Tau Acos Asin Atan Cbrt Ceiling Cos Cosh Exp Floor "
    "Log Log10 Pow Round Sin Sinh Sqrt Tan Tanh Truncate Hypot Lerp"
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
        "IsNegative": lambda value: math.copysign(1.0, value) < 0,
    }
    for name, test in tests.items():
        definition.method(f"static bool {name}({keyword} d)")(test)
