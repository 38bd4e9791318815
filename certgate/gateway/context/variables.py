"""The C# values of the context file's variables: what its types mean, and the objects that policies leave in variables.

Such objects are ``Jwt`` (validate-jwt), ``IResponse`` (send-request) and ``Authorization`` (get-authorization-context).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.csharp import types
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import NetObject
from certgate.gateway.context import entities, messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.gateway.context.data import Variable


class AuthorizationValue(NetObject):
    """What get-authorization-context leaves in its variable."""

    __slots__ = ("claims", "token")

    def __init__(self, token: str | None, claims: Mapping[str, Any]) -> None:
        self.token = token
        self.claims = claims


AUTHORIZATION = define("Authorization", python=AuthorizationValue, allowed=True, known="AccessToken Claims")


@AUTHORIZATION.property("string AccessToken")
def access_token(self: AuthorizationValue) -> str | None:
    return self.token


@AUTHORIZATION.property("IReadOnlyDictionary<string, object> Claims")
def claims(self: AuthorizationValue) -> Any:
    return messages.dictionary(types.OBJECT, self.claims.items())


def variable_value(variable: Variable) -> Any:
    """The C# value of a variable of the context file. Raises InputError ``context-invalid``."""
    try:
        return _value(variable.type, variable.value)
    except (ValueError, TypeError, KeyError, ThrownException, UnsupportedReached):
        message = f"{str(variable.value)[:100]!r} is no value of the type '{variable.type}'"
        raise InputError(message, code="context-invalid") from None


def _value(kind: str, value: Any) -> Any:
    import base64

    from certgate.csharp.values import ByteArray, Char, array

    match kind:
        case "null" if value is None:
            return None
        case "string":
            return _text(value)
        case "bool" if isinstance(value, bool):
            return value
        case "char" if len(text := _text(value)) == 1:
            return Char(text)
        case "string[]" if isinstance(value, list):
            return array(types.STRING, (None if text is None else _text(text) for text in value))
        case "byte[]":
            return ByteArray(base64.b64decode(value, validate=True))
        case "JObject" | "JArray" | "JToken" | "JValue":
            return entities.json_value(kind, _text(value))
        case "DateTime":
            return entities.moment(_text(value))
        case "TimeSpan" | "Guid" | "DateTimeOffset":
            return entities.parsed(f"System.{kind}", _text(value))
        case "IResponse" if isinstance(value, dict):
            return messages.given_response(value)
        case "Jwt":
            return _token(_text(value))
        case "Authorization" if isinstance(value, dict):
            return _authorization(**value)
    return _number(kind, value)


def _number(kind: str, value: Any) -> Any:
    from certgate.csharp.operations import BOUNDS
    from certgate.csharp.values import make_number

    number = make_number(types.KEYWORDS[kind], str(value))
    if low_and_high := BOUNDS.get(types.KEYWORDS[kind]):
        low, high = low_and_high
        if not low <= number <= high:
            raise ValueError(kind)
    return number


def _token(text: str) -> Any:
    from certgate.gateway.context import jwt as context_jwt

    found = context_jwt.parse(text)
    if found is None:
        raise ValueError("no token")
    return found


def _authorization(accessToken: Any = None, claims: Any = None) -> AuthorizationValue:  # noqa: N803 - JSON's name
    plain = {bool: "bool", int: "long", float: "double", str: "string"}
    values = {
        name: None if value is None else _value(plain[type(value)], value) for name, value in (claims or {}).items()
    }
    return AuthorizationValue(None if accessToken is None else _text(accessToken), values)


def _text(value: Any) -> str:
    from certgate.csharp.values import to_utf16

    if not isinstance(value, str):
        raise TypeError("no text")
    return to_utf16(value)
