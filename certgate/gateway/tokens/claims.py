"""What a token says, held against what a policy asks for: its lifetime, audience and issuer as .NET's token library
checks them, then the claims that the policy requires."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.gateway.context.jwt import Listed
from certgate.gateway.tokens.reasons import (
    AUDIENCE,
    EXPIRED,
    ISSUER,
    OTHER,
    Invalid,
    Unknown,
    claim_value,
    library,
    missing_claims,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.gateway.context.jwt import JwtValue

_SECONDS = re.compile(r"(-?[0-9]{1,18})(?:\.[0-9]+)?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@frozen
class Lifetime:
    """`skew`: seconds that the clocks may differ."""

    now: datetime
    skew: int = 0
    required: bool = True


@frozen
class Required:
    """A claim that must be there. `every`: all of its `values` must be, else one of them; none given: any value does.
    `separator` splits what the token has."""

    name: str
    values: tuple[str, ...] = ()
    every: bool = True
    separator: str = ""


def lifetime(token: JwtValue, asked: Lifetime) -> Invalid | Unknown | None:
    for name in ("exp", "nbf"):
        if wrong := _no_date(token, name):
            return wrong
    starts, ends = _seconds(token, "nbf"), _seconds(token, "exp")
    now = (asked.now - _EPOCH).total_seconds()
    if ends is None and asked.required:
        text = "IDX10225: Lifetime validation failed. The token is missing an Expiration Time."
        return library(OTHER, text)
    if starts is not None and ends is not None and starts > ends:
        text = f"NotBefore: '{_date(starts)}', Expires: '{_date(ends)}'."
        return library(OTHER, f"IDX10224: Lifetime validation failed. The NotBefore is after Expires. {text}")
    if starts is not None and starts > now + asked.skew:
        text = f"ValidFrom: '{_date(starts)}', Current time: '{_date(int(now))}'."
        return library(OTHER, f"IDX10222: Lifetime validation failed. The token is not yet valid. {text}")
    if ends is not None and ends < now - asked.skew:
        text = f"ValidTo: '{_date(ends)}', Current time: '{_date(int(now))}'."
        return library(EXPIRED, f"IDX10223: Lifetime validation failed. The token is expired. {text}")
    return None


def audience(token: JwtValue, allowed: Sequence[str]) -> Invalid | None:
    """None of them: any audience does."""
    given = [text for text in token.claims.get("aud", ()) if text]
    if not allowed or any(_same(one, other) for one in given for other in allowed):
        return None
    if not given:
        return library(AUDIENCE, "IDX10206: Unable to validate audience. The 'audiences' parameter is empty.")
    text = f"Audiences: '{', '.join(given)}'. Did not match: validationParameters.ValidAudience: 'null' or "
    text += f"validationParameters.ValidAudiences: '{', '.join(allowed)}'."
    return library(AUDIENCE, f"IDX10214: Audience validation failed. {text}")


def _same(one: str, other: str) -> bool:
    """The library overlooks one stroke at the end of either."""
    return one == other or (abs(len(one) - len(other)) == 1 and one.removesuffix("/") == other.removesuffix("/"))


def issuer(token: JwtValue, allowed: Sequence[str]) -> Invalid | None:
    """None of them: any issuer does."""
    # An issuer that is a list is no text that a policy could name.
    given = "" if isinstance(token.claims.get("iss"), Listed) else token.first("iss") or ""
    if not allowed or (given.strip() and given in allowed):
        return None
    if not given.strip():
        text = "IDX10211: Unable to validate issuer. The 'issuer' parameter is null or whitespace."
        return library(ISSUER, text)
    text = f"Issuer: '{given}'. Did not match: validationParameters.ValidIssuer: 'null' or "
    text += f"validationParameters.ValidIssuers: '{', '.join(allowed)}'."
    return library(ISSUER, f"IDX10205: Issuer validation failed. {text}")


def required(token: JwtValue, claims: Sequence[Required]) -> Invalid | None:
    missing = [claim.name for claim in claims if not token.claims.get(claim.name)]
    if missing:
        return missing_claims(missing)
    for claim in claims:
        if not _has(values(token, claim), claim):
            return claim_value(claim.name, token.claims[claim.name])
    return None


def values(token: JwtValue, claim: Required) -> list[str]:
    """What the token has of a claim."""
    texts = token.claims.get(claim.name, [])
    if not claim.separator:
        return texts
    return [part.strip() for text in texts for part in text.split(claim.separator) if part.strip()]


def _has(given: Sequence[str], claim: Required) -> bool:
    if not claim.values:
        return True
    found = [value in given for value in claim.values]
    return all(found) if claim.every else any(found)


def _seconds(token: JwtValue, name: str) -> int | None:
    found = _SECONDS.fullmatch(token.first(name) or "")
    return int(found[1]) if found else None


def _no_date(token: JwtValue, name: str) -> Invalid | Unknown | None:
    """A claim that is there and no number. SECURITY: it is never taken for one that is not there."""
    values = token.claims.get(name)
    if not values or (not isinstance(values, Listed) and _SECONDS.fullmatch(values[0])):
        return None
    said = values[0].strip().lower()
    if isinstance(values, Listed) or said in ("", "true", "false") or any(map(str.isdigit, said)):
        # .NET converts more than digits, and null is not told from empty text here.
        return Unknown(f"what the gateway makes of a token whose {name} is no plain number is not known")
    text = f"IDX12700: Error found while parsing date time. The '{name}' claim could not be parsed to an integer."
    return library(OTHER, text)


def _date(seconds: int) -> str:
    """A moment as .NET's invariant culture writes it."""
    try:
        return f"{_EPOCH + timedelta(seconds=seconds):%m/%d/%Y %H:%M:%S}"
    except OverflowError:
        return "12/31/9999 23:59:59" if seconds > 0 else "01/01/0001 00:00:00"
