"""``certgate.evaluate``: plain Python values, and what is raised where there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import certgate
from certgate.gateway.context.data import ContextData
from certgate.pki.certificate import Certificate
from tests.gateway import authority

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("@(1 + 1)", 2),
        ("1 + 1", 2),
        ("@{ return 5L; }", 5),
        ("1.5", 1.5),
        ("1.50m", Decimal("1.50")),
        ("1.5f", 1.5),
        ("1 < 2", True),
        ("null as string", None),
        ('"a\\U0001F600"', "a\U0001f600"),
        ("'x'", "x"),
        ("new byte[] { 1, 2 }", b"\x01\x02"),
        (
            "new DateTime(2026, 3, 1, 10, 20, 30, DateTimeKind.Utc).AddTicks(15)",
            datetime(2026, 3, 1, 10, 20, 30, 1, UTC),
        ),
        ("new DateTime(2026, 3, 1)", datetime(2026, 3, 1)),  # noqa: DTZ001 - C# gives it no zone
        (
            "new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(2))",
            datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("TimeSpan.FromMinutes(90)", timedelta(minutes=90)),
        ("Guid.Empty", UUID(int=0)),
        ("StringComparison.Ordinal", "Ordinal"),
        ('new JObject(new JProperty("a", new JArray(1, null, "x")))', {"a": [1, None, "x"]}),
        ('new Dictionary<string, int[]> { ["a"] = new[] { 1 } }', {"a": [1]}),
        ("new[] { 1, 2 }.Select(x => x * 2)", [2, 4]),
        ('new { A = 1, B = "x" }', {"A": 1, "B": "x"}),
        ('(1, "x")', (1, "x")),
        ('new Uri("https://a.b/c")', "https://a.b/c"),
    ],
)
def test_values(expression: str, value: object) -> None:
    """The nearest Python value, and Python's own types."""
    found = certgate.evaluate(expression)
    assert (found, type(found)) == (value, type(value))


def test_a_certificate() -> None:
    """It comes back as it was given."""
    client = authority.client()
    found = certgate.evaluate("context.Request.Certificate", client=client)
    assert isinstance(found, Certificate)
    assert found == client


@pytest.mark.parametrize(
    "context",
    [
        {"variables": {"n": {"type": "int", "value": 7}}},
        ContextData.parse(None, {"variables": {"n": 7}}),
        certgate.Gateway(context=ContextData.parse(None, {"variables": {"n": 7}})),
    ],
)
def test_contexts(context: Any) -> None:
    """A mapping in the shape of the file, the parsed file, a gateway that holds it."""
    assert certgate.evaluate('(int)context.Variables["n"]', context) == 7


def test_a_context_file() -> None:
    """A path, as text or Path."""
    for path in (GOLDEN / "context.json", str(GOLDEN / "context.json")):
        assert certgate.evaluate("context.Request.Method", path) == "POST"


@pytest.mark.parametrize(
    ("expression", "code", "exception"),
    [
        ("context.Request.Certificate.Subject", "exception", "System.NullReferenceException"),
        ("foo", "CS0103", None),
        ("DayOfWeek.Monday", "not-allowed", None),
        ("context.Deployment.Sku", "unsupported", None),
        ("@{ while (true) { } }", "undecided", None),
        ("@{ var a = new object[1]; a[0] = a; return a; }", "undecided", None),
    ],
)
def test_no_value(expression: str, code: str, exception: str | None) -> None:
    """One exception for all; its code says which, its place where."""
    with pytest.raises(certgate.ExpressionError) as raised:
        certgate.evaluate(expression)
    assert (raised.value.code, raised.value.exception) == (code, exception)
    assert isinstance(raised.value, certgate.InputError)


def test_sequences_without_end() -> None:
    """They exceed the budget."""
    endless = "@{ IEnumerable<int> F() { while (true) yield return 1; } return F(); }"
    with pytest.raises(certgate.ExpressionError, match="exceeded"):
        certgate.evaluate(endless)


def test_a_context_that_is_wrong() -> None:
    """It is named."""
    with pytest.raises(certgate.InputError, match="unknown member"):
        certgate.evaluate("1", {"reqest": {}})
