"""``AsJwt``, ``TryParseJwt`` and ``Jwt``: a signed token taken apart. Nobody checks its signature or its dates here.

The rules are those of the token library that the gateway is built with: three parts in base64url, the first two JSON
objects; what is no such token is null, not an exception. Numbers, objects and lists become the text that they have in
the token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, array, to_utf16
from certgate.gateway.context import messages
from certgate.gateway.context.extensions import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Decode = Callable[[str, int], tuple[Any, int]]
    """Python's reader of one JSON value: what it is, and where it ends."""

JWT = define(
    "Jwt",
    allowed=True,
    known="Algorithm Audiences Claims ExpirationTime Id IssuedAt Issuer NotBefore Subject ToString Type",
)

MAX_DEPTH = 64
"""Objects and lists inside one another, as .NET's reader has it."""
_SCHEME = "bearer "
_PART = r"[A-Za-z0-9_-]*"
_BLANK = " \t\r\n"
_SECONDS = r"(-?)(\d+)(?:\.\d+)?"
_LONGEST = 18
"""Digits of a number of seconds; as many lie far beyond the last DateTime."""


class JwtValue(NetObject):
    """A token: the texts of its header, and its claims in order, each with its values."""

    __slots__ = ("claims", "header")

    net_type = JWT.type

    def __init__(self, header: dict[str, list[str]], claims: dict[str, list[str]]) -> None:
        self.header = header
        self.claims = claims

    def first(self, name: str) -> str | None:
        """The first value of a claim; null without one."""
        return next(iter(self.claims.get(name, ())), None)

    def moment(self, name: str) -> Any:
        """A claim of seconds since 1970 as a ``DateTime`` in UTC; null where it is none."""
        import re

        from certgate.csharp.dotnet.dates import dates  # noqa: F401 - declares the members
        from certgate.csharp.dotnet.dates.calendar import MAX_TICKS, SECOND, UNIX_EPOCH
        from certgate.csharp.dotnet.dates.date_values import DateTimeValue

        found = re.fullmatch(_SECONDS, self.first(name) or "")
        if found is None:
            return None
        seconds = 0 if found[1] else int(found[2][:_LONGEST])
        return DateTimeValue(min(UNIX_EPOCH + seconds * SECOND, MAX_TICKS), kind=1)


class Listed(list[str]):
    """The texts of a member that is a JSON list."""

    __slots__ = ()


class _NotJson(Exception):
    """A part of the token that is not what it has to be."""


def parse(value: str | None) -> JwtValue | None:
    """The token in a header value, with ``Bearer`` before it or without; None for anything else."""
    import re

    text = (value or "").strip()
    if text[: len(_SCHEME)].lower() == _SCHEME:
        text = text[len(_SCHEME) :].strip()
    charge_size(len(text))
    if re.fullmatch(rf"{_PART}(?:\.{_PART}){{4}}", text):
        raise UnsupportedReached("certgate does not open encrypted tokens")
    if not re.fullmatch(rf"{_PART}(?:\.{_PART}){{2}}", text):
        return None
    header, payload, _ = text.split(".")
    return decoded(header, payload)


def decoded(header: str, payload: str) -> JwtValue | None:
    """The token of these two parts, in base64url; None where one of them is no JSON object."""
    try:
        return JwtValue(members(header), members(payload))
    except (_NotJson, ValueError, RecursionError):
        return None


def header_of(part: str) -> dict[str, list[str]] | None:
    """The members of a header; None where it is no JSON object."""
    try:
        return members(part)
    except (_NotJson, ValueError, RecursionError):
        return None


def members(part: str) -> dict[str, list[str]]:
    """The members of the JSON object in a part of the token. ValueError, _NotJson, RecursionError."""
    import base64
    import json

    data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
    # Numbers stay text: they may have any length.
    reader = json.JSONDecoder(parse_constant=_refuse, parse_int=str, parse_float=str)
    _check(reader.decode(data), MAX_DEPTH)
    decode = reader.raw_decode
    found: dict[str, list[str]] = {}
    for name, raw in _members(data, decode):
        listed = raw[0] == "["
        texts = [to_utf16(_text(each)) for each in (_elements(raw, decode) if listed else (raw,))]
        found[to_utf16(name)] = Listed(texts) if listed else texts
    return found


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise _NotJson
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        _check(each, depth - 1)


def _refuse(text: str) -> None:
    """Python's reader takes NaN and Infinity."""
    raise _NotJson(text)


def _members(text: str, decode: Decode) -> Iterator[tuple[str, str]]:
    """Name and raw text of each member of a JSON object that is known to be well-formed."""
    at = _skip(text, 0)
    if text[at] != "{":
        raise _NotJson
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, at = decode(text, at)
        start = _skip(text, _skip(text, at) + 1)
        _, end = decode(text, start)
        yield name, text[start:end]
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at


def _elements(text: str, decode: Decode) -> Iterator[str]:
    """The raw text of each element of a JSON list that is known to be well-formed."""
    at = _skip(text, 1)
    while text[at] != "]":
        _, end = decode(text, at)
        yield text[at:end]
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANK:
        at += 1
    return at


def _text(raw: str) -> str:
    """What a claim says of a JSON value."""
    import json

    from certgate.csharp.float_text import float_text

    match raw[0]:
        case '"':
            return str(json.loads(raw))
        case "n":
            return ""
        case "-" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9":
            return raw if raw.lstrip("-").isdigit() else float_text(float(raw))
    return raw


def _first(name: str, claim: str) -> None:
    JWT.property(f"string {name}")(lambda self: self.first(claim))


def _moment(name: str, claim: str) -> None:
    JWT.property(f"System.DateTime? {name}")(lambda self: self.moment(claim))


def _header(name: str, member: str) -> None:
    JWT.property(f"string {name}")(lambda self: next(iter(self.header.get(member, ())), None))


for _name, _claim in (("Id", "jti"), ("Issuer", "iss"), ("Subject", "sub")):
    _first(_name, _claim)
for _name, _claim in (("ExpirationTime", "exp"), ("NotBefore", "nbf"), ("IssuedAt", "iat")):
    _moment(_name, _claim)
for _name, _claim in (("Algorithm", "alg"), ("Type", "typ")):
    _header(_name, _claim)


@JWT.property("IEnumerable<string> Audiences")
def audiences(self: JwtValue) -> Any:
    return array(types.STRING, self.claims.get("aud", ()))


@JWT.property("IReadOnlyDictionary<string, string[]> Claims")
def claims(self: JwtValue) -> Any:
    """Names with regard to case."""
    lists = ((name, array(types.STRING, values)) for name, values in self.claims.items() if values)
    return messages.dictionary(types.STRING.array(), lists)


# What the gateway's text of a token is, no source says.
JWT.signatures("string ToString()")


@EXTENSIONS.method("static Jwt AsJwt(this string value)")
def as_jwt(value: str | None) -> JwtValue | None:
    return parse(value)


@EXTENSIONS.method("static bool TryParseJwt(this string value, out Jwt token)")
def try_parse_jwt(value: str | None) -> tuple[bool, JwtValue | None]:
    found = parse(value)
    return found is not None, found
