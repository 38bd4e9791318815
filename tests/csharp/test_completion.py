"""What is offered behind a text that is being typed."""

from __future__ import annotations

import pytest

from certgate.csharp.completion import complete
from certgate.gateway.context.context import environment

KEYS = {".Variables": ("price", "product"), ".Headers": ("Host",)}


def offered(typed: str, *, unrestricted: bool = False) -> list[str]:
    return [typed[: each.start] + each.text for each in complete(typed, environment(unrestricted), KEYS)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("con", "context"),
        ("Conv", "Convert"),
        ("context.", "context.Request"),
        ("context.request", "context.RequestId"),
        ("@(context.Request.Certificate?.Thumb", "@(context.Request.Certificate?.Thumbprint"),
        ("1 + (context.Request.Url.P", "1 + (context.Request.Url.Path"),
        ('"a".ToU', '"a".ToUpper'),
        ("\"a b\".Split(' ').Fir", "\"a b\".Split(' ').First"),
        ("new List<int>().Cou", "new List<int>().Count"),
        ("new[] { 1 }.Sel", ""),
        ("DateTime.", "DateTime.UtcNow"),
        ("DateTime.UtcNow.AddD", "DateTime.UtcNow.AddDays"),
        ("Math.Ro", "Math.Round"),
        (
            'context.Request.Headers.GetValueOrDefault("a", "").Len',
            'context.Request.Headers.GetValueOrDefault("a", "").Length',
        ),
        ("context.Request.Body.As<string>(true).Leng", "context.Request.Body.As<string>(true).Length"),
        ('context.Variables["pri', 'context.Variables["price"]'),
        ('context.Request.Headers["H', 'context.Request.Headers["Host"]'),
        ("@{ var x = context.Request.Meth", "@{ var x = context.Request.Method"),
    ],
)
def test_offers(typed: str, wanted: str) -> None:
    """Names, members of values and of types, keys; the first part that was typed is kept."""
    assert wanted in offered(typed) or not wanted


@pytest.mark.parametrize(
    "typed", ["nothing.", "x => x.", "1 +", '"', '"a', "a.b.c.", ")", "].", "((((", '".', "?.", "..", ""]
)
def test_nothing_breaks(typed: str) -> None:
    """Whatever stands before the cursor."""
    assert isinstance(offered(typed), list)


def test_what_the_gateway_refuses_is_not_offered() -> None:
    """Unless it is asked for."""
    assert "DateTime.UtcNow.ToUniversalTime" not in offered("DateTime.UtcNow.ToUni")
    assert "DateTime.UtcNow.ToUniversalTime" in offered("DateTime.UtcNow.ToUni", unrestricted=True)


def test_notes() -> None:
    """An offer says the signature."""
    [found] = complete("context.Request.Meth", environment(), {})
    assert found.note == "string Method { get; }"
