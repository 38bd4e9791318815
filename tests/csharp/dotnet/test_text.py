"""Strings, their order and their encodings. Known answers: recordings of .NET 10 with ICU, and its documentation."""

from __future__ import annotations

from itertools import pairwise

import pytest

from certgate.csharp.dotnet.net import url_text
from certgate.csharp.dotnet.text import base64_text, casing, collation
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from tests.csharp.dotnet.evaluation import run, thrown


@pytest.mark.parametrize(
    "ordered", [["_", "1", "a", "A", "á", "b", "B"], ["a-b", "a_b"][::-1], ["côte", "coté"][::-1], ["ae", "æ", "af"]]
)
def test_order(ordered: list[str]) -> None:
    """Letters by alphabet, then accents, then case: lower before upper."""
    assert all(collation.compare(left, right) < 0 for left, right in pairwise(ordered))


def test_ignored_characters() -> None:
    """A left-to-right mark counts for nothing in a linguistic comparison, and for something in an ordinal one."""
    assert run('"\\u200eAB".CompareTo("AB")') == 0
    assert run('"\\u200eAB".StartsWith("AB")') is True
    assert run('"\\u200eAB" == "AB"') is False
    assert run('"\\u200eAB".Contains("\\u200eA")') is True


def test_unknown_order() -> None:
    """Characters that certgate cannot put in order are told apart, but their order is unsupported."""
    assert collation.same("漢", "字") is False
    with pytest.raises(UnsupportedReached):
        collation.compare("漢", "字")


@pytest.mark.parametrize(
    ("text", "upper"), [("straße", "STRAßE"), ("ı", "ı"), ("ﬁ", "ﬁ"), ("ǆ", "Ǆ"), ("\ud801\udc28", "\ud801\udc00")]
)
def test_upper(text: str, upper: str) -> None:
    """One character becomes one character."""
    assert casing.upper(text) == upper


def test_lower_of_final_sigma() -> None:
    """Case does not look at neighbours."""
    assert casing.lower("ΑΣ") == "ας".replace("ς", "σ")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('"abc".Substring(2, 2)', "Index and length must refer to a location within the string. (Parameter 'length')"),
        (
            '"abc".Insert(-1, "x")',
            "startIndex ('4294967295') must be less than or equal to '3'. (Parameter "
            "'startIndex')\nActual value was 4294967295.",
        ),
        (
            '"abc".LastIndexOf("b", 7)',
            "Index was out of range. Must be non-negative and less than or equal to the size of the "
            "collection. (Parameter 'startIndex')",
        ),
    ],
)
def test_ranges(call: str, message: str) -> None:
    """Arguments outside the string are told as .NET tells them."""
    assert thrown(call) == ("System.ArgumentOutOfRangeException", message)


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        (
            "\"a, b ,,c\".Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)",
            ["a", "b", "c"],
        ),
        ("\"a,,b,c\".Split(new[] { ',' }, 2, StringSplitOptions.RemoveEmptyEntries)", ["a", "b,c"]),
        ('"a--b".Split("--")', ["a", "b"]),
        ("\"\".Split(',')", [""]),
    ],
)
def test_split(call: str, parts: list[str]) -> None:
    """The last part keeps what the limit leaves together."""
    assert run(call).items == parts


def test_last_index_of_nothing() -> None:
    """The empty string stands last at the end."""
    assert run('"abc".LastIndexOf("")') == 3


@pytest.mark.parametrize(("text", "data"), [("YQ==", b"a"), (" Y Q\r\n=\t=", b"a"), ("", b""), ("YR==", b"a")])
def test_base64(text: str, data: bytes) -> None:
    """Space, tab, CR and LF may stand anywhere, bits left over are dropped."""
    assert base64_text.decode(text) == data


@pytest.mark.parametrize("text", ["YQ=", "Y===", "YQ==YQ==", "YQ\x0b==", "Y-==", "=YQ=", "YQ", "-----BEGIN"])
def test_bad_base64(text: str) -> None:
    """Everything else is a FormatException."""
    with pytest.raises(ThrownException) as caught:
        base64_text.decode(text)
    assert caught.value.type_name == "System.FormatException"


@pytest.mark.parametrize(
    ("text", "decoded"), [("a+b%20c", "a b c"), ("%C3%A9%C3", "é\ufffd"), ("%zz%", "%zz%"), ("%u0041", "%u0041")]
)
def test_form_decode(text: str, decoded: str) -> None:
    """A plus is a space, which damages base64 that was not encoded."""
    assert url_text.form_decode(text) == decoded


@pytest.mark.parametrize(
    ("text", "decoded"), [("a+b%2B", "a+b+"), ("%C3%A9%C3x", "é%C3x"), ("%F0%9F%98%80", "\ud83d\ude00")]
)
def test_percent_decode(text: str, decoded: str) -> None:
    """What is no UTF-8 stays as it is."""
    assert url_text.percent_decode(text) == decoded


def test_large_results_are_charged() -> None:
    """SECURITY: a string that doubles over and over ends the run."""
    from certgate.csharp import BudgetExceeded

    doubling = "string.Concat(Enumerable.Repeat(new string('x', 1000000), 100))"
    with pytest.raises(BudgetExceeded):
        run(doubling)
