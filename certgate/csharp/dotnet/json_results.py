"""What the declarations of Newtonsoft's types share: sequences of tokens, and a token as a value of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults, json_serialize
from certgate.csharp.dotnet.json_tokens import Container, PropertyToken, Token, ValueToken
from certgate.csharp.dotnet.json_types import ARRAY, CONTAINER, OBJECT, PROPERTY, TOKEN
from certgate.csharp.types import nullable_inner
from certgate.csharp.values import NetSequence, default_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from certgate.csharp.types import NetType


def sequence(element: NetType, items: Iterable[Any]) -> NetSequence:
    """A sequence of what is there now."""
    found = list(items)
    return NetSequence(element, lambda: iter(found))


def tokens(items: Iterable[Token]) -> NetSequence:
    return sequence(TOKEN.type, items)


def given(value: Any, name: str) -> Any:
    if value is None:
        raise faults.argument_null(name)
    return value


def converted(token: Token | None, kind: NetType) -> Any:
    """A token as a value of another type, as ``Value<T>`` gives it. InvalidCastException, FormatException."""
    if token is None:
        return default_of(kind)
    if type_of(token) is kind or (kind is TOKEN.type) or (kind is CONTAINER.type and isinstance(token, Container)):
        return token
    inner = nullable_inner(kind)
    if not isinstance(token, ValueToken) or _is_token(kind):
        # Newtonsoft names the type it asked for the token, not the one that was wanted of it.
        raise faults.invalid_cast(f"Cannot cast {token.net_type.full_name} to {TOKEN.type.full_name}.")
    if token.value is None:
        if kind.is_value and inner is None:
            raise faults.invalid_cast("Null object cannot be converted to a value type.")
        return None
    if kind is types.OBJECT:
        return token.value
    return json_serialize.convert_value(token.value, inner or kind)


def _is_token(kind: NetType) -> bool:
    return kind in (OBJECT.type, ARRAY.type, PROPERTY.type, CONTAINER.type)


def contents(items: Iterable[Token]) -> Iterator[Token]:
    """The values of the properties among `items`, and all others as they are."""
    return (item.content if isinstance(item, PropertyToken) else item for item in items)
