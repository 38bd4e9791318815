"""Where an expression ends inside other text."""

from __future__ import annotations

import pytest

from certgate.csharp.extent import find_end, scan_interpolated

CLOSED = [
    "@(1)",
    '@(a[")"])',
    '@("\\")")',
    '@(@"\\" + ")")',
    '@(@"a"")" + 1)',
    "@(')')",
    "@('\\'' + ')')",
    "@(1 /* ) */)",
    "@(1 // )\n)",
    '@($"{a[")"]}")',
    '@($"{f(")")}) {{ )")',
    '@($@"{d["x)"]} "")")',
    '@($"{1:0)}")',
    '@($"{$"{")"}"}")',
    '@{ if (a) { return "}"; } return $"{{}}"; }',
    "@{ /* } */ return '}'; }",
    "@((a) + (b))",
]


@pytest.mark.parametrize("text", CLOSED)
def test_the_closing_bracket_is_found_past_strings_and_comments(text: str) -> None:
    """Brackets inside strings, characters and comments do not count."""
    assert find_end(f'<a b="{text}" c="@(1)"/>', 6) == 6 + len(text)


@pytest.mark.parametrize("text", ["@(1", "@(/* )", "@(// )", '@(@")', "@{ {}", '@($"{")'])
def test_an_expression_without_an_end_has_none(text: str) -> None:
    """Where no bracket closes the expression, there is no end."""
    assert find_end(text, 0) is None


def test_only_brackets_of_the_same_kind_count() -> None:
    """A missing bracket of another kind is the parser's to report, so it does not hide the end."""
    assert find_end("@(a[1) b", 0) == 6


def test_strings_nested_without_end_are_bounded() -> None:
    """Ten thousand nested strings are read in time and without a traceback."""
    assert find_end("@(" + '$"{' * 10_000 + '}"' * 10_000 + ")", 0) is None


@pytest.mark.parametrize(
    ("text", "holes"),
    [
        ('$"{{{1}}}"', [(4, None, 6)]),
        ('$"{1:0}}}"', [(2, 4, 6)]),
        ('$"{(a ? b : c)}"', [(2, None, 14)]),
        ('$"{a ? b : c}"', [(2, 9, 12)]),
        ('$@"{d["k"]}""{2}"', [(3, None, 10), (13, None, 15)]),
    ],
)
def test_the_holes_of_a_string_are_where_csharp_sees_them(text: str, holes: list[tuple[int, int | None, int]]) -> None:
    """Doubled braces are text, a colon outside brackets begins a format, and the first brace ends it."""
    found = scan_interpolated(text, 0)
    assert [(hole.start, hole.colon, hole.end) for hole in found.holes] == holes
    assert (found.end, found.error) == (len(text), None)
