"""The helper methods that the gateway adds to dictionaries and to header values: defaults and Basic credentials.

Its others stand in ``context_jwt.py``, ``context_forms.py`` and ``context_encryption.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.runtime import ThrownException
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, default_of, to_utf16, type_of
from certgate.gateway.context import messages

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

VARIABLES = "IReadOnlyDictionary<string, object>"

EXTENSIONS = define("ContextExtensions", kind="static", extensions=True, allowed=True)


# -- dictionaries ------------------------------------------------------------------------------------


@EXTENSIONS.method(
    f"static T GetValueOrDefault<T>(this {VARIABLES} dictionary, string key, T defaultValue = default)", generic=True
)
def variable_or_default(arguments: tuple[NetType, ...], dictionary: Any, key: str, default: Any = None) -> Any:
    """A variable of another type throws, with the gateway's own text (its context library)."""
    found, value = messages.look_up(dictionary, key)
    wanted = arguments[0]
    if not found:
        return default_of(wanted) if default is None else default
    if value is None or _is(value, wanted):
        return default_of(wanted) if value is None and wanted.is_value else value
    raise ThrownException(
        "UserVariableCastException",
        f"Unable to convert context variable `{key}` of type `{type_of(value).reflection_name}` to the type of "
        f"`{wanted.reflection_name}`.",
    )


def _is(value: Any, wanted: NetType) -> bool:
    from certgate.csharp.conversions import derives_from

    return derives_from(type_of(value), types.nullable_inner(wanted) or wanted)


@EXTENSIONS.method(
    "static string GetValueOrDefault(this IReadOnlyDictionary<string, string[]> dictionary, string key, "
    "string defaultValue = null)"
)
def texts_or_default(dictionary: Any, key: str, default: str | None = None) -> str | None:
    """The values of a header or query parameter, joined by a comma."""
    found, value = messages.look_up(dictionary, key)
    return ",".join(value) if found else default


@EXTENSIONS.method(
    "static string GetValueOrDefault(this IReadOnlyDictionary<string, string> dictionary, string key, "
    "string defaultValue = null)"
)
def text_or_default(dictionary: Any, key: str, default: str | None = None) -> str | None:
    found, value = messages.look_up(dictionary, key)
    return value if found else default


DICTIONARIES = define(
    "Gateway.DictionaryExtensions", kind="static", extensions=True, allowed=True, known="GetValueOrDefault"
)
"""The library's methods for dictionaries of other kinds than those above, looked at last: what .NET has itself, and
what is more than one kind of dictionary, is not theirs."""
_ANY = "this IDictionary<TKey, TValue> dictionary, TKey key"


@DICTIONARIES.method(
    "static T GetValueOrDefault<T>(this IDictionary<string, object> dictionary, string key, T defaultValue = default)",
    generic=True,
)
def object_or_default(arguments: tuple[NetType, ...], dictionary: Any, key: str, default: Any = None) -> Any:
    return variable_or_default(arguments, dictionary, key, default)


@DICTIONARIES.method(f"static TValue GetValueOrDefault<TKey, TValue>({_ANY})", generic=True)
def value_or_nothing(arguments: tuple[NetType, ...], dictionary: Any, key: Any) -> Any:
    return value_or_default(dictionary, key, default_of(arguments[1]))


@DICTIONARIES.method(f"static TValue GetValueOrDefault<TKey, TValue>({_ANY}, TValue defaultValue)")
def value_or_default(dictionary: Any, key: Any, default: Any) -> Any:
    found, value = messages.look_up(dictionary, key)
    return value if found else default


# -- credentials -------------------------------------------------------------------------------------


class BasicCredentials(NetObject):
    """``BasicAuthCredentials``."""

    __slots__ = ("password", "user")

    def __init__(self, user: str, password: str) -> None:
        self.user = user
        self.password = password


BASIC = define("BasicAuthCredentials", python=BasicCredentials, allowed=True, known="Password ToString UserId Username")


@BASIC.property("string UserId")
def user_id(self: BasicCredentials) -> str:
    return self.user


@BASIC.property("string Password")
def password(self: BasicCredentials) -> str:
    return self.password


@EXTENSIONS.method("static BasicAuthCredentials AsBasic(this string value)")
def as_basic(value: str | None) -> BasicCredentials | None:
    """Null for anything but ``Basic`` and base64 of ``user:password``."""
    import base64
    import binascii

    scheme, _, encoded = (value or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode("utf-8", "replace").partition(":")
    except (binascii.Error, ValueError):
        return None
    return BasicCredentials(to_utf16(user), to_utf16(secret)) if colon else None


@EXTENSIONS.method("static bool TryParseBasic(this string value, out BasicAuthCredentials credentials)")
def try_parse_basic(value: str | None) -> tuple[bool, BasicCredentials | None]:
    found = as_basic(value)
    return found is not None, found
