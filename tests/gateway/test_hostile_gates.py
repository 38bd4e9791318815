"""What nobody knows lets no request through: tokens, addresses, actions, statuses that are not what they should be."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision
from tests.gateway import gateway_runs
from tests.gateway.test_validate_jwt import (
    KEYS,
    NOW,
    OPENID,
    RSA_KEY,
    SECRET,
    ask,
    numbers,
    policy,
    reason,
    token,
    url64,
)

GOOD: dict[str, Any] = {"sub": "me", "exp": NOW + 60, "iss": "https://i.example", "aud": "a"}


def signed(key: bytes, header: dict[str, Any], payload: bytes | dict[str, Any], signature: bytes | None = None) -> str:
    """A token whose signature is a hash with `key`, whatever its header says."""
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    text = f"{url64(json.dumps(header).encode())}.{url64(raw)}"
    made = hmac.digest(key, text.encode(), hashlib.sha256) if signature is None else signature
    return f"{text}.{url64(made)}" if made else f"{text}."


def published(*keys: dict[str, Any]) -> dict[str, Any]:
    def answer(content: Any) -> dict[str, Any]:
        return {"status": 200, "body": base64.b64encode(json.dumps(content).encode()).decode()}

    document = {"issuer": "https://i.example", "jwks_uri": "https://i.example/keys"}
    return {OPENID: answer(document), "https://i.example/keys": answer({"keys": keys})}


PUBLIC = RSA_KEY.public_key()
PEM = PUBLIC.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
DER = PUBLIC.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("algorithm", ["HS256", "hs256", "RS256", "ES256", "none", "None", "NONE", ""])
@pytest.mark.parametrize("key", [PEM, PEM.strip(), DER, json.dumps(numbers()).encode(), b"\0" * 16], ids=range(5))
def test_a_public_key_is_no_secret(algorithm: str, key: bytes) -> None:
    """Nor does a token without a signature pass, whatever it calls its algorithm."""
    listed = {"kty": "RSA", "kid": "k", **numbers()}
    inline = '<issuer-signing-keys><key n="{n}" e="{e}" /></issuer-signing-keys>'.format(**numbers())
    header = {"alg": algorithm, "kid": "k"}
    for made in (signed(key, header, GOOD), signed(key, header, GOOD, b"")):
        assert ask(policy(inline), f"Bearer {made}").status == 401
        found = ask(policy(f'<openid-config url="{OPENID}" />'), f"Bearer {made}", responses=published(listed))
        assert found.status == 401


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"exp": "abc"}, "JwtInvalid"),
        ({"nbf": "abc"}, "JwtInvalid"),
        ({"exp": {"a": 1}}, "undecided"),
        ({"exp": [NOW + 60]}, "undecided"),
        ({"nbf": 1e300}, "undecided"),
        ({"nbf": "\u0661"}, "undecided"),
        ({"exp": ""}, "undecided"),
        ({"exp": True}, "undecided"),
        ({"exp": 1e-5}, "undecided"),
    ],
    ids=str,
)
def test_a_date_that_is_none_is_not_missing(claims: dict[str, Any], expected: str) -> None:
    """A token may leave its dates out; one that has something else there does not pass for one that has none."""
    made = signed(SECRET, {"alg": "HS256"}, GOOD | claims)
    attributes = 'header-name="Authorization" require-expiration-time="false"'
    outcome = ask(policy(KEYS, attributes), f"Bearer {made}")
    assert outcome.decision is not Decision.ACCEPTED
    assert (reason(outcome) or str(outcome.decision)) == expected


def test_the_last_of_two_claims_counts() -> None:
    """As it does for the reader that the token library uses."""
    made = signed(SECRET, {"alg": "HS256"}, b'{"exp":%d,"exp":1}' % (NOW + 60))
    assert reason(ask(policy(), f"Bearer {made}")) == "TokenExpired"


def test_lists_where_texts_belong() -> None:
    """An issuer or an algorithm in a list is none."""
    issuers = f"{KEYS}<issuers><issuer>https://i.example</issuer></issuers>"
    made = signed(SECRET, {"alg": "HS256"}, GOOD | {"iss": ["https://i.example"]})
    assert reason(ask(policy(issuers), f"Bearer {made}")) == "TokenIssuerNotAllowed"
    assert ask(policy(), f"Bearer {signed(SECRET, {'alg': ['HS256']}, GOOD)}").status == 401


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ("<audiences><audience></audience></audiences>", "TokenAudienceNotAllowed"),
        ('<audiences><audience>@("")</audience></audiences>', "TokenAudienceNotAllowed"),
        ("<issuers><issuer></issuer></issuers>", "TokenIssuerNotAllowed"),
        ("<issuers><issuer>@((string)null)</issuer></issuers>", "TokenIssuerNotAllowed"),
        (
            '<required-claims><claim name="sub"><value>@((string)null)</value></claim></required-claims>',
            "TokenClaimValueNotAllowed",
        ),
        ('<required-claims><claim name="sub"><value></value></claim></required-claims>', "TokenClaimValueNotAllowed"),
    ],
)
def test_a_list_of_nothing_allows_nothing(lists: str, expected: str) -> None:
    """It is not a list that was left out."""
    made = token(iss=None)
    assert reason(ask(policy(KEYS + lists), f"Bearer {made}")) == expected


def test_several_tokens() -> None:
    """Nobody says which of two headers or parameters counts."""
    text = policy()
    headers = {"Authorization": [f"Bearer {token()}", "Bearer x.y.z"]}
    assert gateway_runs.ask(text, request=Request(headers=headers)).decision is Decision.UNDECIDED
    query = policy(KEYS, 'query-parameter-name="t"')
    twice = Request(url=f"https://g.example/?t={token()}&t=x")
    assert gateway_runs.ask(query, request=twice).decision is Decision.UNDECIDED


def test_keys_for_something_else_check_nothing() -> None:
    """A key that its set gives another use is passed over, and a set that is too long leaves the check open."""
    key = {"kty": "oct", "k": url64(SECRET)}
    text, header = policy(f'<openid-config url="{OPENID}" />'), f"Bearer {signed(SECRET, {'alg': 'HS256'}, GOOD)}"
    assert ask(text, header, responses=published(key | {"use": "sig"})).status == 200
    assert ask(text, header, responses=published(key | {"use": "tls"})).status == 401
    many = ask(text, header, responses=published(*([key] * 10_000)))
    assert many.decision is Decision.UNDECIDED
    assert many.open is not None and "more than 200 keys" in many.open.message


def test_a_failure_without_a_status() -> None:
    """0 is less than 400, and no acceptance."""
    outcome = ask(policy(KEYS, 'header-name="Authorization" failed-validation-httpcode="0"'), None)
    assert outcome.decision is Decision.UNDECIDED


@pytest.mark.parametrize(("first", "last"), [("10.0.0.9", "10.0.0.1"), ("10.0.0.1", "2001:db8::1")])
def test_a_range_of_nothing(first: str, last: str) -> None:
    """A range that runs backwards, or from one family to the other, forbids nobody that certgate could name."""
    text = f'<ip-filter action="forbid"><address-range from="{first}" to="{last}" /></ip-filter>'
    outcome = gateway_runs.ask(f"<policies><inbound>{text}</inbound></policies>", request=Request(ip="10.0.0.5"))
    assert outcome.decision is Decision.UNDECIDED


def test_an_action_that_is_null() -> None:
    """It is not the action *ignore*."""
    text = (
        '<validate-content unspecified-content-type-action="prevent" max-size="1" '
        'size-exceeded-action="@((string)null)" />'
    )
    request = Request(method="POST", body=b"{}  ", headers={"Content-Type": "application/json"})
    outcome = gateway_runs.ask(f"<policies><inbound>{text}</inbound></policies>", request=request)
    assert outcome.decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    "text",
    [
        '<set-header name="X"><value>@("a\\r\\nY: b")</value></set-header>',
        '<return-response><set-status code="200" reason=\'@("a\\r\\nY: b")\' /></return-response>',
    ],
)
def test_no_header_becomes_two(text: str) -> None:
    """What the gateway does with a line break in a header or a reason is not known."""
    assert gateway_runs.ask(f"<policies><inbound>{text}</inbound></policies>").decision is Decision.UNDECIDED


def test_many_parameters() -> None:
    """An address of thousands of parameters is read to its end."""
    url = "https://g.example/?" + "a=b&" * 3000 + "t=1"
    text = '<set-header name="X"><value>@(context.Request.Url.Query["t"][0])</value></set-header><return-response />'
    assert gateway_runs.ask(f"<policies><inbound>{text}</inbound></policies>", request=Request(url=url)).status == 200


def test_many_fields() -> None:
    """A form of more fields than certgate reads has no known value."""
    body = b"a=b&" * 10_001
    read = '@(context.Request.Body.AsFormUrlEncodedContent().Count + "")'
    text = f"<policies><inbound><return-response><set-body>{read}</set-body></return-response></inbound></policies>"
    outcome = gateway_runs.ask(text, request=Request(method="POST", body=body))
    assert outcome.decision is Decision.UNDECIDED


def test_a_version_of_many_digits() -> None:
    """It is no version, and no traceback."""
    request = Request(headers={"OData-Version": "9" * 5000})
    text = "<policies><inbound><validate-odata-request /></inbound></policies>"
    assert gateway_runs.ask(text, request=request).status == 400
