"""Tokens, literal values and lexical errors."""

from __future__ import annotations

import pytest

from certgate.csharp.lexer import BAD, END, IDENTIFIER, Tokens
from certgate.csharp.syntax import LiteralKind

NUMBERS = [
    ("0", LiteralKind.INT, 0),
    ("2147483647", LiteralKind.INT, 2147483647),
    ("2147483648", LiteralKind.UINT, 2147483648),
    ("4294967296", LiteralKind.LONG, 4294967296),
    ("9223372036854775808", LiteralKind.ULONG, 9223372036854775808),
    ("1u", LiteralKind.UINT, 1),
    ("1L", LiteralKind.LONG, 1),
    ("1Lu", LiteralKind.ULONG, 1),
    ("0xFF", LiteralKind.INT, 255),
    ("0x_FF_FF", LiteralKind.INT, 65535),
    ("0b1010", LiteralKind.INT, 10),
    ("1_000", LiteralKind.INT, 1000),
    ("1.5", LiteralKind.DOUBLE, 1.5),
    (".5", LiteralKind.DOUBLE, 0.5),
    ("1e3", LiteralKind.DOUBLE, 1000.0),
    ("1d", LiteralKind.DOUBLE, 1.0),
    ("0.1f", LiteralKind.FLOAT, 0.10000000149011612),
    ("16777217f", LiteralKind.FLOAT, 16777216.0),
    ("16777217.0000000001f", LiteralKind.FLOAT, 16777218.0),
    ("1.50m", LiteralKind.DECIMAL, (150, 2)),
    ("1e2m", LiteralKind.DECIMAL, (100, 0)),
    ("0.00000000000000000000000000005m", LiteralKind.DECIMAL, (0, 28)),
    ("79228162514264337593543950335m", LiteralKind.DECIMAL, (2**96 - 1, 0)),
]


def tokens(text: str) -> Tokens:
    return Tokens(text, 0, len(text))


@pytest.mark.parametrize(("text", "kind", "value"), NUMBERS)
def test_a_number_has_the_type_and_value_of_csharp(text: str, kind: LiteralKind, value: object) -> None:
    """The suffix, and without one the size, gives the type."""
    found = tokens(text)
    assert found.values[0] == (kind, value)
    assert (found.ends[0], found.errors) == (len(text), [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a\\tb"', "a\tb"),
        ('"\\x41\\u0042\\U00000043"', "ABC"),
        ('@"a\\""b"', 'a\\"b'),
        ('"\\U0001F600"', "\ud83d\ude00"),
        ('"\U0001f600"', "\ud83d\ude00"),
        ('"\0"', "\0"),
    ],
)
def test_a_string_holds_utf16_code_units(text: str, value: str) -> None:
    """Escapes are decoded, and what lies beyond U+FFFF becomes two units."""
    found = tokens(text)
    assert (found.values[0], found.errors) == (value, [])


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ('"\\q"', "CS1009", 1),
        ('"abc', "CS1010", 0),
        ("''", "CS1011", 0),
        ("'ab'", "CS1012", 0),
        ("1_", "CS1013", 0),
        ("0x", "CS1013", 0),
        ("18446744073709551616", "CS1021", 0),
        ("1e400", "CS0594", 0),
        ("1e", "CS0595", 0),
        ("a /* b", "CS1035", 2),
        ('@"abc', "CS1039", 0),
        ('$"abc', "CS1010", 4),
        ('$"{a', "CS8076", 2),
        ("a #if b", "CS1040", 2),
        ("“", "CS1056", 0),
        ('@$"a"', "CS8401", 0),
        ('"""a"""', "CS8370", 0),
    ],
)
def test_a_lexical_error_has_the_code_and_place_of_csharp(text: str, code: str, start: int) -> None:
    """The first error of a broken token."""
    _, (found, _, at, _) = tokens(text).errors[0]
    assert (found, at) == (code, start)


def test_greater_than_is_lexed_singly() -> None:
    """Type arguments may end twice in a row, so the parser joins shifts itself."""
    assert tokens("a>>=b").kinds[:5] == [IDENTIFIER, ">", ">=", IDENTIFIER, END]


def test_unusual_identifiers_are_decoded() -> None:
    """The at sign and escapes are no part of a name; other letters are."""
    found = tokens("@class \\u0041b été ²")
    assert found.values[:4] == ["class", "Ab", "été", None]
    assert found.kinds[3] is BAD


def test_directives_that_change_nothing_are_skipped() -> None:
    """A region may stand in a block."""
    assert tokens("{\n#region r\n}\n#endregion").kinds[:3] == ["{", "}", END]
