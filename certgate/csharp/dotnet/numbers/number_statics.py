"""The static members of numeric types that came with generic maths: ``int.Max``, ``byte.PopCount``, ``double.Abs``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.numbers import magnitudes
from certgate.csharp.dotnet.system import faults
from certgate.csharp.operations import BOUNDS, numeric_conversion
from certgate.csharp.values import NUMBER_CLASSES, TupleValue, type_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.types import NetType, TypeDefinition

_ALL = "Clamp CreateChecked CreateSaturating CreateTruncating IsEvenInteger IsOddInteger Max Min Sign"
_SIGNED = "Abs CopySign IsNegative IsPositive MaxMagnitude MinMagnitude"
_INTEGERS = "DivRem IsPow2 LeadingZeroCount Log2 PopCount RotateLeft RotateRight TrailingZeroCount"


def known(bits: int, signed: bool) -> str:
    """The names of these members for a type of that kind; `bits` 0 for one that is no integer."""
    return f"{_ALL} {_SIGNED if signed else ''} {_INTEGERS if bits else ''}"


def declare(definition: TypeDefinition, bits: int, signed: bool) -> None:
    """Declare them."""
    kind: NetType = definition.type
    keyword = kind.display
    pair = f"{keyword} x, {keyword} y"
    method = definition.method
    method(f"static {keyword} Max({pair})")(lambda left, right: magnitudes.greater(left, right, 1))
    method(f"static {keyword} Min({pair})")(lambda left, right: magnitudes.greater(left, right, -1))
    method(f"static {keyword} Clamp({keyword} value, {keyword} min, {keyword} max)")(magnitudes.clamp)
    method(f"static int Sign({keyword} value)")(magnitudes.sign_of)
    method(f"static bool IsEvenInteger({keyword} value)")(lambda value: _rest(value, 2) == 0)
    method(f"static bool IsOddInteger({keyword} value)")(lambda value: _rest(value, 2) == 1)
    for name, how in (("Checked", True), ("Saturating", None), ("Truncating", False)):
        method(f"static {keyword} Create{name}<TOther>(TOther value)")(_creator(kind, how))
    if signed:
        _declare_signed(definition, bits)
    if bits:
        _declare_bits(definition, bits, signed)


def _rest(value: Any, divisor: int) -> float:
    """What is left of the magnitude of a whole number; -1 for any other number."""
    if isinstance(value, NetDecimal):
        unit = 10**value.scale
        return -1 if value.number % unit else abs(value.number) // unit % divisor
    if isinstance(value, float):
        return -1 if not math.isfinite(value) or value % 1 else math.fmod(abs(value), divisor)
    return abs(int(value)) % divisor


def _creator(kind: NetType, how: bool | None) -> Callable[[Any], Any]:
    """`how`: True throws for what does not fit, False cuts it to its bits, None takes the nearest value."""

    def create(value: Any) -> Any:
        if value is None or not isinstance(value, (int, float, NetDecimal)):
            raise faults.not_supported()
        source = type_of(value)
        if how is None and kind in BOUNDS:
            return _nearest(value, kind)
        return numeric_conversion(source, kind, bool(how))(value)

    return create


def _nearest(value: Any, kind: NetType) -> Any:
    low, high = BOUNDS[kind]
    make = NUMBER_CLASSES[kind]
    if isinstance(value, float) and not math.isfinite(value):
        return make(0 if value != value else high if value > 0 else low)
    whole = value.truncate() if isinstance(value, NetDecimal) else int(value)
    return make(min(max(whole, low), high))


def _declare_signed(definition: TypeDefinition, bits: int) -> None:
    keyword, make = definition.type.display, NUMBER_CLASSES[definition.type]
    method = definition.method

    def absolute(value: Any) -> Any:
        if isinstance(value, NetDecimal):
            return magnitudes.magnitude(value)
        return make(magnitudes.absolute(value, bits) if bits else abs(value))

    def copy_sign(value: Any, sign: Any) -> Any:
        negative = magnitudes.is_negative(sign)
        if isinstance(value, NetDecimal):
            number = abs(value.number)
            return NetDecimal(-number if negative else number, value.scale, negative)
        if bits and negative:
            return make(-abs(int(value)))
        found = absolute(value)
        return make(-found) if negative else found

    pair = f"{keyword} x, {keyword} y"
    method(f"static {keyword} Abs({keyword} value)")(absolute)
    method(f"static {keyword} CopySign({keyword} value, {keyword} sign)")(copy_sign)
    method(f"static {keyword} MaxMagnitude({pair})")(lambda x, y: magnitudes.greater_magnitude(x, y, 1))
    method(f"static {keyword} MinMagnitude({pair})")(lambda x, y: magnitudes.greater_magnitude(x, y, -1))
    method(f"static bool IsNegative({keyword} value)")(magnitudes.is_negative)
    method(f"static bool IsPositive({keyword} value)")(lambda value: not magnitudes.is_negative(value))


def _declare_bits(definition: TypeDefinition, bits: int, signed: bool) -> None:
    kind: NetType = definition.type
    keyword, make = kind.display, NUMBER_CLASSES[kind]
    mask = (1 << bits) - 1

    def wrap(number: int) -> Any:
        number &= mask
        return make(number - (1 << bits) if signed and number >> (bits - 1) else number)

    def log2(value: int) -> Any:
        if value < 0:
            raise faults.out_of_range("Non-negative number required.", "value")
        return make(max(int(value).bit_length() - 1, 0))

    def rotate(value: int, by: int, sign: int) -> Any:
        left = by * sign % bits
        unsigned = int(value) & mask
        return wrap(unsigned << left | unsigned >> (bits - left))

    def trailing(value: int) -> Any:
        unsigned = int(value) & mask
        return make((unsigned & -unsigned).bit_length() - 1 if unsigned else bits)

    def divide(left: int, right: int) -> TupleValue:
        pair = magnitudes.divide(int(left), int(right))
        if pair[0] > BOUNDS[kind][1]:
            raise faults.overflow()
        return TupleValue(types.tuple_type((kind, kind), ("Quotient", "Remainder")), tuple(map(make, pair)))

    one = f"{keyword} value"
    definition.method(f"static {keyword} PopCount({one})")(lambda value: make((int(value) & mask).bit_count()))
    definition.method(f"static {keyword} LeadingZeroCount({one})")(
        lambda value: make(bits - (int(value) & mask).bit_length())
    )
    definition.method(f"static {keyword} TrailingZeroCount({one})")(trailing)
    definition.method(f"static {keyword} Log2({one})")(log2)
    definition.method(f"static bool IsPow2({one})")(lambda value: value > 0 and int(value).bit_count() == 1)
    definition.method(f"static {keyword} RotateLeft({one}, int rotateAmount)")(lambda value, by: rotate(value, by, 1))
    definition.method(f"static {keyword} RotateRight({one}, int rotateAmount)")(lambda value, by: rotate(value, by, -1))
    definition.method(f"static ({keyword} Quotient, {keyword} Remainder) DivRem({keyword} left, {keyword} right)")(
        divide
    )
    wider = {32: "long" if signed else "ulong"}.get(bits)
    if wider is not None:
        python = NUMBER_CLASSES[types.KEYWORDS[wider]]
        definition.method(f"static {wider} BigMul({keyword} left, {keyword} right)")(
            lambda left, right: python(int(left) * int(right))
        )
