"""Regular expressions as .NET matches, replaces and refuses them."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from certgate.csharp.dotnet.regex import regex as members
from certgate.csharp.dotnet.regex.values import MatchValue, compile_pattern
from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "golden" / "expr.jsonl").read_text(encoding="utf-8").splitlines()
]
_CALL = re.compile(r'@\(Regex\.IsMatch\("a", (@?)"(.*)"\)\)')
REFUSED = [
    (found[2] if found[1] else found[2].replace("\\\\", "\\"), row["message"])
    for row in ROWS
    if "exception" in row and (found := _CALL.fullmatch(row["expr"]))
]


def first(text: str, pattern: str, options: int = 0) -> MatchValue:
    regex = compile_pattern(pattern, options)
    return regex.match(text, regex.start_of(text))


@pytest.mark.parametrize(
    ("text", "pattern", "options", "value"),
    [
        ("123\n", r"^\d+$", 0, "123"),
        ("123\n", r"^\d+\z", 0, None),
        ("aBC aBc", "a(?i:b)C", 0, "aBC"),
        ("HELLO", "(?i)hello", 0, "HELLO"),
        ("ab", "a # first\nb", 32, "ab"),
        ("abc123def456", r"\d+", 64, "456"),
        ("٣", r"^\d$", 0, "٣"),
        ("٣", r"^\d$", 256, None),
        ("Ünï", r"^\p{Lu}\p{Ll}+$", 0, "Ünï"),
        ("я", r"\p{IsCyrillic}", 0, "я"),
        ("a\rb", "a.b", 0, "a\rb"),
        ("a\nb", "a.b", 0, None),
        ("a\nb", "^b$", 2, "b"),
        ("aaab", "(?>a+)ab", 0, None),
        ("<a><b>", "<.+?>", 0, "<a>"),
        ("abcd", "ab|abcd", 0, "ab"),
        ("foobar foobaz", "foo(?!bar)...", 0, "foobaz"),
        ("cat dog", r"(?<=cat )\w+", 0, "dog"),
        ("abab", r"^(?<p>ab)\k<p>$", 0, "abab"),
        ("xbe", "[a-z-[aeiou]]+", 0, "xb"),
        ("ab", "^(a)?(?(1)b|c)$", 0, "ab"),
        ("c", "^(a)?(?(1)b|c)$", 0, "c"),
        ("aaaa", "a{2,3}", 0, "aaa"),
        ("", "(a|b*)*", 0, ""),
    ],
)
def test_the_first_match_is_that_of_dotnet(text: str, pattern: str, options: int, value: str | None) -> None:
    """Anchors, classes, options, look-around, loops and conditions."""
    found = first(text, pattern, options)
    assert (found.value if found.success else None) == value


def test_every_capture_of_a_group_is_kept() -> None:
    """A group that matched three times has three captures, and its own value is the last."""
    group = first("a1b2c3", r"(?:[a-z](\d))+").group(1)
    assert [(capture.value, capture.start) for capture in group.captures()] == [("1", 1), ("2", 3), ("3", 5)]
    assert group.value == "3"


def test_named_groups_are_numbered_after_the_unnamed() -> None:
    """Numbers go to unnamed groups first."""
    pattern = compile_pattern("(?<a>x)(y)(?<b>z)").pattern
    assert pattern.names == {0: "0", 1: "1", 2: "a", 3: "b"}


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "expected"),
    [
        ("2026-03-01", r"(\d+)-(\d+)-(\d+)", "$3/$2/$1", "01/03/2026"),
        ("John Smith", r"(?<f>\w+) (?<l>\w+)", "${l} ${f}", "Smith John"),
        ("5", r"\d", "$$&", "$&"),
        ("abc", "b", "<$`|$'|$_|$&>", "a<a|c|abc|b>c"),
        ("ab", "(a)", "$2x${nope}$", "$2x${nope}$b"),
        ("ab", "(a)", "${1}0", "a0b"),
        ("abc", "", "-", "-a-b-c-"),
        ("1234567", r"(?<=\d)(?=(\d{3})+$)", ",", "1,234,567"),
    ],
)
def test_a_replacement_is_filled_in_as_dotnet_does(text: str, pattern: str, replacement: str, expected: str) -> None:
    """Groups by number and name, the marks, and what stays as written."""
    assert members.replace_of(text, pattern, replacement) == expected


@pytest.mark.parametrize(
    ("text", "pattern", "count", "parts"),
    [
        ("a1b22c", r"\d+", 0, ["a", "b", "c"]),
        ("abc", "", 0, ["", "a", "b", "c", ""]),
        ("a,b,c", ",", 2, ["a", "b,c"]),
        ("a1b", r"(\d)", 0, ["a", "1", "b"]),
    ],
)
def test_a_text_is_split_as_dotnet_does(text: str, pattern: str, count: int, parts: list[str]) -> None:
    """The text of groups is part of the result."""
    assert members.split_count(compile_pattern(pattern), text, count).items == parts


@pytest.mark.parametrize(("pattern", "message"), REFUSED)
def test_a_wrong_pattern_is_refused_in_the_words_of_dotnet(pattern: str, message: str) -> None:
    """The offset is where .NET's own reader stood."""
    with pytest.raises(ThrownException) as refused:
        compile_pattern(pattern)
    assert refused.value.type_name == "System.Text.RegularExpressions.RegexParseException"
    assert refused.value.message == message


def test_escapes_go_both_ways() -> None:
    """What Escape makes, Unescape undoes."""
    text = "a.b*c?(d)[e]{f}^$|\\ #\t"
    assert members.escape(text) == "a\\.b\\*c\\?\\(d\\)\\[e]\\{f}\\^\\$\\|\\\\\\ \\#\\t"
    assert members.unescape(members.escape(text)) == text


def test_a_time_limit_ends_a_search_after_steps_and_not_after_seconds() -> None:
    """The answer is the same on every machine: too many steps are too much time."""
    from tests.csharp.dotnet.evaluation import run, thrown

    limited = 'Regex.IsMatch(new string(\'a\', {0}) + "!", "^(a+)+$", RegexOptions.None, TimeSpan.FromSeconds(1))'
    assert run(limited.replace("{0}", "5")) is False
    kind, message = thrown(limited.replace("{0}", "60"))
    assert kind == "System.Text.RegularExpressions.RegexMatchTimeoutException"
    assert message.startswith("The Regex engine has timed out while trying to match a pattern to an input string.")


def test_endless_backtracking_ends_with_the_budget() -> None:
    """A pattern that would run for hours is charged by the step."""
    from certgate.csharp import runtime

    limits = runtime.Limits(steps=200_000)
    evaluation: Any = runtime.Evaluation({}, datetime.datetime.now(datetime.UTC), datetime.UTC, limits=limits)
    token = runtime._current.set(evaluation.budget)
    try:
        with pytest.raises(BudgetExceeded):
            first("a" * 40 + "b", "(a+)+$")
    finally:
        runtime._current.reset(token)


def test_deep_nesting_is_said_and_not_followed() -> None:
    """Ten thousand groups in one another give no traceback."""
    with pytest.raises(UnsupportedReached, match="nest"):
        compile_pattern("(" * 10_000 + ")" * 10_000)
