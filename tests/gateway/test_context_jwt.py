"""``AsJwt``, ``TryParseJwt``, ``AsBasic``: what is a token or a credential, and what their members say."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from certgate import api
from certgate.core.world import World
from certgate.csharp.values import display
from certgate.gateway.exchange import Request
from certgate.gateway.settings import Gateway
from tests.gateway import authority

HEADER = {"alg": "RS256", "typ": "JWT", "kid": "k"}


def part(value: Any) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def token(payload: Any, header: Any = HEADER, signature: str = "c2ln") -> str:
    return f"{part(header)}.{part(payload)}.{signature}"


def ask(text: str, header: str) -> str:
    """The value of an expression in which ``value`` stands for a header's value."""
    read = 'context.Request.Headers.GetValueOrDefault("X", "")'
    request = Request(headers={"X": header})
    answer = api.evaluate(f"@({text.replace('value', read)})", Gateway(), request=request, world=World(authority.NOW))
    assert answer.unsupported is None and not answer.diagnostics, answer
    return answer.exception or display(answer.value)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (f"Bearer {token({})}", True),
        (f"bearer  {token({})} ", True),
        (token({}), True),
        (token({}, signature=""), True),
        (token({}, {}), True),
        ("", False),
        ("Bearer", False),
        (f"Basic {token({})}", False),
        ("Bearer not.a.jwt", False),
        (f"{part(HEADER)}.{part({})}", False),
        (f"{token({})}.x", False),
        (token([]), False),
        (token({}, "text"), False),
        (token(b"\xff\xfe"), False),
        (token(b'{"a": NaN}'), False),
        (token(b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}"), False),
        (token(b'{"a": ' + b"[" * 100_000), False),
        (f"{part(HEADER)}.{part({})}.sig+nature", False),
    ],
)
def test_what_is_a_token(header: str, found: bool) -> None:
    """Three parts in base64url, the first two JSON objects; all else is null."""
    assert ask("value.AsJwt() != null", header) == str(found).lower()
    assert ask("value.TryParseJwt(out var t) == (t != null)", header) == "true"


PAYLOAD = {
    "iss": "https://issuer.contoso.com",
    "sub": "jane",
    "aud": ["a", "b"],
    "jti": "7",
    "exp": 2_000_000_000,
    "nbf": 1_700_000_000,
    "iat": "1700000001",
    "admin": True,
    "none": None,
    "ratio": 1.50,
    "big": 12345678901234567890,
    "empty": [],
    "mixed": ["x", 1, False, {"k": [1, 2]}],
    "address": {"city": "Köln", "zip": [1, "é"]},
}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("Issuer", '"https://issuer.contoso.com"'),
        ("Subject", '"jane"'),
        ("Id", '"7"'),
        ("Algorithm", '"RS256"'),
        ("Type", '"JWT"'),
        ("Audiences.Count()", "2"),
        ("Audiences.Last()", '"b"'),
        ('ExpirationTime.Value.ToString("yyyy-MM-ddTHH:mm:ss")', '"2033-05-18T03:33:20"'),
        ('NotBefore?.ToString("yyyy-MM-ddTHH:mm:ss")', '"2023-11-14T22:13:20"'),
        ("IssuedAt?.Second", "21"),
        ("Claims.Count", "13"),
        ('Claims.ContainsKey("Sub")', "false"),
        ('Claims["admin"][0]', '"true"'),
        ('Claims["none"][0]', '""'),
        ('Claims["ratio"][0]', '"1.5"'),
        ('Claims["big"][0]', '"12345678901234567890"'),
        ('Claims.ContainsKey("empty")', "false"),
        ('Claims.GetValueOrDefault("mixed")', r'"x,1,false,{\"k\": [1, 2]}"'),
        ('Claims.GetValueOrDefault("aud", "")', '"a,b"'),
        ('Claims.GetValueOrDefault("missing", "no")', '"no"'),
        ('Claims["missing"]', "System.Collections.Generic.KeyNotFoundException"),
    ],
)
def test_members(member: str, value: str) -> None:
    """Single claims have one value, lists several; numbers, Booleans and objects are text."""
    assert ask(f"value.AsJwt().{member}", f"Bearer {token(PAYLOAD)}") == value


@pytest.mark.parametrize(
    ("payload", "member", "value"),
    [
        ({}, "ExpirationTime", "null"),
        ({}, "Subject", "null"),
        ({}, "Audiences.Any()", "false"),
        ({"exp": "soon"}, "ExpirationTime", "null"),
        ({"exp": -5}, "ExpirationTime.Value.Year", "1970"),
        ({"exp": 10**18}, "ExpirationTime.Value.Year", "9999"),
        (b'{"exp": ' + b"9" * 5000 + b"}", "ExpirationTime.Value.Year", "9999"),
        ({"aud": "one"}, "Audiences.Single()", '"one"'),
    ],
)
def test_odd_claims(payload: dict[str, Any] | bytes, member: str, value: str) -> None:
    """What is not there is null; a time beyond the calendar is the last moment that a DateTime has."""
    assert ask(f"value.AsJwt().{member}", token(payload)) == value


def test_encrypted_tokens_are_not_opened() -> None:
    """A token of five parts may well be good: nobody says null."""
    text = f"{part(HEADER)}.a.b.c.d"
    answer = api.evaluate(f'@("{text}".AsJwt() == null)', Gateway(), world=World(authority.NOW))
    assert answer.unsupported


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("header", "value"),
    [
        (basic("user:pass"), '"user|pass"'),
        (basic("user:pa:ss"), '"user|pa:ss"'),
        (basic(":pass"), '"|pass"'),
        (basic("user:"), '"user|"'),
        (basic("usér:pä"), '"usér|pä"'),
        (basic("user:pass").replace("Basic", "BASIC"), '"user|pass"'),
        (basic("nocolon"), '"none"'),
        ("Basic !!!", '"none"'),
        ("Basic", '"none"'),
        ("", '"none"'),
        (token({}), '"none"'),
    ],
)
def test_basic_credentials(header: str, value: str) -> None:
    """The user ends at the first colon; what is no such header is null."""
    text = 'value.TryParseBasic(out var c) ? c.UserId + "|" + value.AsBasic().Password : "none"'
    assert ask(text, header) == value
