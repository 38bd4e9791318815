"""Numbers as text and text as numbers. Known answers: .NET's documentation of formats and recordings of .NET 10."""

from __future__ import annotations

import math

import pytest

from certgate.csharp.dotnet.numbers import number_parse
from certgate.csharp.dotnet.numbers.number_format import format_decimal, format_float, format_integer
from certgate.csharp.dotnet.numbers.number_parse import TooLarge
from certgate.csharp.runtime import BudgetExceeded, Evaluation, ThrownException


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (1.005, "F2", "1.00"),
        (1.005, "0.00", "1.01"),
        (0.125, "F2", "0.12"),
        (-0.001, "0.00", "-0.00"),
        (-0.456, "#", ""),
        (1234.567, "(###) ###-####", "() -1235"),
        (1e16, None, "10000000000000000"),
        (1e17, None, "1E+17"),
        (0.1, "F20", "0.10000000000000000555"),
        (1234.5678, "P1", "123,456.8 %"),
        (-0.5, "C", "(¤0.50)"),
        (math.nan, "0.0", "NaN"),
        (-math.inf, "N2", "-Infinity"),
    ],
)
def test_double(value: float, spec: str | None, text: str) -> None:
    """Standard formats round the exact value half to even, custom ones fifteen digits half up."""
    assert format_float(value, False, spec) == text


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (-42, "X", "FFFFFFD6"),
        (-42, "D5", "-00042"),
        (5, "D2x", "D2x"),
        (12345, "E0", "1E+004"),
        (5, "+0;-0;zero", "+5"),
    ],
)
def test_integer(value: int, spec: str, text: str) -> None:
    """An unknown letter with more behind it is a custom format."""
    assert format_integer(value, 32, spec) == text


@pytest.mark.parametrize(("spec", "text"), [("G", "19.90"), ("F1", "19.9"), ("0.000", "19.900"), ("E2", "1.99E+001")])
def test_decimal(spec: str, text: str) -> None:
    """G keeps the zeros of a Decimal."""
    assert format_decimal(1990, 2, False, spec) == text


@pytest.mark.parametrize("spec", ["Q", "A", "D"])
def test_bad_specifier(spec: str) -> None:
    """A single letter that is no standard format of the type is an error."""
    with pytest.raises(ThrownException) as caught:
        format_float(1.5, False, spec)
    assert caught.value.type_name == "System.FormatException"


@pytest.mark.parametrize(
    ("text", "styles", "number"),
    [
        (" -42 ", number_parse.INTEGER, -42),
        ("1,234", number_parse.INTEGER, None),
        ("(5)", 511, -5),
        ("3.00", number_parse.NUMBER, 3),
        ("0.00", number_parse.NUMBER, 0),
        ("ffffffff", number_parse.HEX, -1),
        ("1e2", number_parse.FLOAT, 100),
        ("1_000", number_parse.INTEGER, None),
        ("٣", number_parse.INTEGER, None),
        ("5\0\0", number_parse.INTEGER, 5),
    ],
)
def test_parse_integer(text: str, styles: int, number: int | None) -> None:
    """Only what the styles allow is read; None stands for a FormatException."""
    assert number_parse.parse_integer(text, styles, 32, True) == number


@pytest.mark.parametrize("text", ["2147483648", "3.5", "9" * 5000])
def test_parse_integer_too_large(text: str) -> None:
    """A number that is not whole or does not fit is an overflow, not a bad format."""
    with pytest.raises(TooLarge):
        number_parse.parse_integer(text, number_parse.NUMBER, 32, True)


def test_parse_float() -> None:
    """Infinity and NaN are words, in any case; a number that is too large is infinite."""
    assert number_parse.parse_float("-INFINITY", number_parse.FLOAT) == -math.inf
    assert number_parse.parse_float("1e400", number_parse.FLOAT) == math.inf
    assert math.isnan(number_parse.parse_float("nan", number_parse.FLOAT) or 0)


def test_precision_is_charged() -> None:
    """SECURITY: a format that asks for a hundred million digits ends the run instead of filling the memory."""
    from datetime import UTC, datetime

    from certgate.csharp import Environment
    from certgate.csharp import compile as compile_expression

    expression = compile_expression('@(1.ToString("D900000000"))', Environment()).expression
    assert expression is not None
    with pytest.raises(BudgetExceeded):
        expression.run(Evaluation({}, datetime(2026, 1, 1, tzinfo=UTC), UTC))
