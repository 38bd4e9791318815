"""What values are: types, text, equality, arithmetic by type, decimals."""

from __future__ import annotations

import pytest

from certgate.csharp import operations, types, values
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.runtime import ThrownException

TEXTS = [
    (1e15, "1000000000000000"),
    (1e16, "10000000000000000"),
    (1e17, "1E+17"),
    (123456789012345.0, "123456789012345"),
    (0.0001, "0.0001"),
    (0.00001, "1E-05"),
    (0.1 + 0.2, "0.30000000000000004"),
    (-0.0, "-0"),
    (float("nan"), "NaN"),
    (values.single(0.1), "0.1"),
    (values.single(1e8), "100000000"),
    (values.single(1e9), "1E+09"),
    (True, "True"),
    (values.Char("x"), "x"),
    (None, ""),
    (NetDecimal(150, 2), "1.50"),
    (values.enum_value("System.MidpointRounding", "ToZero"), "ToZero"),
]


@pytest.mark.parametrize(("value", "wanted"), TEXTS)
def test_text(value: object, wanted: str) -> None:
    """``ToString()`` by type, invariant."""
    assert values.text_of(value) == wanted


def test_type_of_every_number() -> None:
    """Each Python class stands for one C# type."""
    for kind, python in values.NUMBER_CLASSES.items():
        made = NetDecimal(1) if python is NetDecimal else python(1)
        assert values.type_of(made) is kind
    assert values.type_of(values.array(types.STRING, ["a"])).reflection_name == "System.String[]"


def test_equals_minds_the_type() -> None:
    """``Equals`` of two boxed numbers is true only for one type; keys follow it."""
    assert values.equals(5, 5)
    assert not values.equals(5, values.Long(5))
    assert not values.equals(1, True)
    assert values.equals(float("nan"), float("nan"))
    assert values.key_of(5) != values.key_of(values.Long(5))


def test_integer_arithmetic_wraps_or_throws() -> None:
    """Unchecked arithmetic cuts to the type's bits, checked arithmetic throws."""
    add = operations.binary("+", types.INT32)
    assert add(2**31 - 1, 1) == -(2**31)
    with pytest.raises(ThrownException) as caught:
        operations.binary("+", types.INT32, checked=True)(2**31 - 1, 1)
    assert caught.value.type_name == "System.OverflowException"
    assert operations.binary("/", types.INT32)(-7, 2) == -3
    assert operations.binary("%", types.INT32)(-7, 2) == -1
    assert operations.binary(">>", types.INT32)(-8, 33) == -4


DECIMALS = [
    ("+", "1.10", "2.2", "3.30"),
    ("*", "1.10", "2.0", "2.200"),
    ("/", "1", "3", "0.3333333333333333333333333333"),
    ("/", "2", "3", "0.6666666666666666666666666667"),
    ("/", "1.00", "2", "0.50"),
    ("%", "-7.5", "2", "-1.5"),
    ("-", "79228162514264337593543950335", "0.4", "79228162514264337593543950335"),
]


@pytest.mark.parametrize(("operator", "left", "right", "wanted"), DECIMALS)
def test_decimal_arithmetic(operator: str, left: str, right: str, wanted: str) -> None:
    """Scales are kept and 96 bits are the limit."""
    found = operations.binary(operator, types.DECIMAL)(NetDecimal.parse(left), NetDecimal.parse(right))
    assert found.to_text() == wanted


def test_utf16() -> None:
    """Text outside the basic plane stands as surrogates inside and as characters outside."""
    inside = values.to_utf16("a😀")
    assert len(inside) == 3
    assert values.from_utf16(inside) == "a😀"


def test_display() -> None:
    """Values are shown as C# writes them."""
    assert values.display('a"b\n') == '"a\\"b\\n"'
    assert values.display(values.Char("'")) == "'\\''"
    assert values.display(None) == "null"
    assert values.display(values.array(types.INT32, [1, 2])) == "{ 1, 2 }"
    assert values.display(values.ByteArray(b"ab")) == "byte[2]"
