"""C# values to tokens and back: what Newtonsoft's serializer does with the types that expressions can make.

Knows anonymous objects, dictionaries, sequences, tuples and simple values; anything else is not simulated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.conversions import bases_of, derives_from
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.json_compare import change
from certgate.csharp.dotnet.json_tokens import ArrayToken, ObjectToken, PropertyToken, Token, ValueToken
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_steps
from certgate.csharp.types import AnonymousType, ArrayType, NamedType, NetType, nullable_inner
from certgate.csharp.values import (
    AnonymousValue,
    ByteArray,
    Char,
    EnumValue,
    TupleValue,
    array,
    default_of,
    iterate,
    text_of,
    type_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_G = "System.Collections.Generic"
_DICTIONARIES = (f"{_G}.IDictionary", f"{_G}.IReadOnlyDictionary", f"{_G}.Dictionary")
_LISTS = tuple(
    f"{_G}.{name}" for name in ("List", "IList", "IEnumerable", "ICollection", "IReadOnlyList", "IReadOnlyCollection")
)
_AS_TEXT = ("System.Guid", "System.Uri", "System.TimeSpan", "System.Version")
_MAX_DEPTH = 100


def to_token(value: Any, skip_nulls: bool = False, depth: int = 0) -> Token:
    """``JToken.FromObject``; null gives a JValue. UnsupportedReached for types that are not simulated."""
    charge_steps(1)
    if depth > _MAX_DEPTH:
        raise UnsupportedReached("certgate does not simulate serializing objects that nest so deep")
    if isinstance(value, Token):
        return value.clone() if value.parent is not None else value
    if _is_simple(value):
        return ValueToken(str.__str__(value) if isinstance(value, Char) else value)
    kind = type_of(value)
    if kind.full_name in _AS_TEXT:
        return ValueToken(value) if kind.full_name != "System.Version" else ValueToken(text_of(value))
    members = _members(value)
    if members is not None:
        made = ObjectToken()
        for name, part in members:
            if part is not None or not skip_nulls:
                made.add(PropertyToken(name, to_token(part, skip_nulls, depth + 1)))
        return made
    if not hasattr(value, "__iter__"):
        raise UnsupportedReached(f"certgate does not simulate serializing {kind.display} as JSON")
    items = ArrayToken()
    for item in iterate(value):
        items.add(to_token(item, skip_nulls, depth + 1))
    return items


def _is_simple(value: Any) -> bool:
    if value is None or isinstance(value, bool | int | float | str | NetDecimal | ByteArray | EnumValue):
        return True
    return type_of(value).full_name in ("System.DateTime", "System.DateTimeOffset")


def _members(value: Any) -> Iterator[tuple[str, Any]] | None:
    """The name and value pairs of what becomes a JSON object; None for anything else."""
    if isinstance(value, AnonymousValue):
        kind = value.net_type
        return zip(kind.names if isinstance(kind, AnonymousType) else (), value.items, strict=True)
    if isinstance(value, TupleValue):
        return iter([(f"Item{place}", item) for place, item in enumerate(value.items, 1)])
    kind = type_of(value)
    if kind.full_name.startswith("System.Tuple<"):
        count = len(kind.arguments)
        return iter([(f"Item{place}", _property(value, f"Item{place}")) for place in range(1, count + 1)])
    if _is_dictionary(kind):
        return ((text_of(_property(pair, "Key")), _property(pair, "Value")) for pair in iterate(value))
    if kind.full_name.startswith(f"{_G}.KeyValuePair<"):
        return iter([(name, _property(value, name)) for name in ("Key", "Value")])
    return None


def _is_dictionary(kind: NetType) -> bool:
    return any(
        found.definition is not None and found.definition.full_name in _DICTIONARIES
        for found in (kind, *bases_of(kind))
    )


def _property(value: Any, name: str) -> Any:
    definition = type_of(value).definition
    for member in definition.members(name) if definition is not None else ():
        if member.call is not None:
            return member.call(value)
    raise UnsupportedReached(f"certgate does not simulate serializing {type_of(value).display} as JSON")


def from_token(token: Token | None, kind: NetType) -> Any:
    """``ToObject<T>`` and what ``JsonConvert.DeserializeObject<T>`` makes of the token that it read."""
    charge_steps(1)
    inner = nullable_inner(kind)
    if token is None or (isinstance(token, ValueToken) and token.value is None and not _is_token(kind)):
        return _from_null(kind, token)
    if inner is not None:
        return from_token(token, inner)
    if _is_token(kind):
        return _as_token(token, kind)
    if kind is types.OBJECT or kind is types.DYNAMIC:
        return token.value if isinstance(token, ValueToken) else token
    if isinstance(kind, ArrayType) and kind.element is not types.BYTE:
        return array(kind.element, [from_token(item, kind.element) for item in _items(token, kind)])
    if isinstance(kind, NamedType) and kind.definition.full_name in _LISTS:
        return _list(kind.arguments[0], [from_token(item, kind.arguments[0]) for item in _items(token, kind)])
    if isinstance(kind, NamedType) and kind.definition.full_name in _DICTIONARIES:
        return _dictionary(token, kind)
    return _simple(token, kind)


def _is_token(kind: NetType) -> bool:
    return derives_from(kind, types.named("Newtonsoft.Json.Linq.JToken"))


def _from_null(kind: NetType, token: Token | None) -> Any:
    if kind.is_value and nullable_inner(kind) is None:
        raise _cannot(f"Error converting value {{null}} to type '{kind.reflection_name}'." + _where(token))
    return default_of(kind)


def _where(token: Token | None) -> str:
    """The end of a message: the path, and the place in the text where that is known."""
    if token is None:
        return ""
    place = f", line {token.place[0]}, position {token.place[1]}" if token.place is not None else ""
    return f" Path '{token.path()}'{place}."


def _cannot(message: str) -> ThrownException:
    return faults.thrown("Newtonsoft.Json.JsonSerializationException", message)


def _as_token(token: Token, kind: NetType) -> Token:
    if derives_from(type_of(token), kind):
        return token
    raise faults.invalid_cast(
        f"Unable to cast object of type '{type_of(token).reflection_name}' to type '{kind.reflection_name}'."
    )


def _items(token: Token, kind: NetType) -> list[Token]:
    if isinstance(token, ArrayToken):
        return token.items
    what = 'object (e.g. {"name":"value"})' if isinstance(token, ObjectToken) else "primitive value"
    raise _cannot(
        f"Cannot deserialize the current JSON {what} into type '{kind.reflection_name}' because the type requires a "
        "JSON array (e.g. [1,2,3]) to deserialize correctly.\nTo fix this error either change the JSON to a JSON array "
        "(e.g. [1,2,3]) or change the deserialized type so that it is a normal .NET type (e.g. not a primitive type "
        "like integer, not a collection type like an array or List<T>) that can be deserialized from a JSON object. "
        "JsonObjectAttribute can also be added to the type to force it to deserialize from a JSON object.\n"
        + _where(next(iter(token.children()), token)).lstrip()
    )


def _list(element: NetType, items: list[Any]) -> Any:
    from certgate.csharp.dotnet.list_values import NetList

    return NetList(element, items)


def _dictionary(token: Token, kind: NamedType) -> Any:
    from certgate.csharp.dotnet.dictionary import DictionaryValue

    key_type, value_type = kind.arguments
    if not isinstance(token, ObjectToken):
        raise _cannot(
            f"Cannot deserialize the current JSON array (e.g. [1,2,3]) into type '{kind.reflection_name}' because the "
            'type requires a JSON object (e.g. {"name":"value"}) to deserialize correctly.'
        )
    made = DictionaryValue(key_type, value_type)
    for child in token.properties.values():
        made.put(change(child.name, key_type), from_token(child.content, value_type))
    return made


def _simple(token: Token, kind: NetType) -> Any:
    if not isinstance(token, ValueToken):
        sign = "{" if isinstance(token, ObjectToken) else "["
        message = f"Unexpected character encountered while parsing value: {sign}." + _where(token)
        raise faults.thrown("Newtonsoft.Json.JsonReaderException", message)
    if kind.kind == "enum":
        raise UnsupportedReached(f"certgate does not simulate reading the enum {kind.display} from JSON")
    try:
        return convert_value(token.value, kind)
    except ThrownException as fault:
        if fault.type_name != "System.FormatException" or not isinstance(token.value, str):
            raise
        raise faults.thrown(
            "Newtonsoft.Json.JsonReaderException",
            f"Could not convert string to {_label(kind)}: {token.value}." + _where(token),
        ) from None


def _label(kind: NetType) -> str:
    if kind in (types.DOUBLE, types.SINGLE):
        return "double"
    return "boolean" if kind is types.BOOLEAN else "decimal" if kind is types.DECIMAL else "integer"


def convert_value(value: Any, kind: NetType) -> Any:
    """A value of a JValue as another simple type."""
    if type_of(value) is kind:
        return value
    if kind.full_name in ("System.DateTime", "System.DateTimeOffset", "System.Guid", "System.Uri", "System.TimeSpan"):
        from certgate.csharp.dotnet.json_casts import cast

        return cast(value, kind)
    return change(value, kind)
