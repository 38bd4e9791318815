"""JSON to values of a type that is asked for, as Newtonsoft's serializer makes them, with its errors.

Knows the types that expressions can name: simple ones, collections, dictionaries, tuples, anonymous types, tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.conversions import derives_from
from certgate.csharp.dotnet.json import dates as json_dates
from certgate.csharp.dotnet.json.containers import ObjectToken, PropertyToken
from certgate.csharp.dotnet.json.load import copy_tree
from certgate.csharp.dotnet.json.reading import ReadOptions, bytes_of
from certgate.csharp.dotnet.json.results import change_type
from certgate.csharp.dotnet.json.serialize import is_dictionary
from certgate.csharp.dotnet.json.tokens import BigInteger, Token
from certgate.csharp.dotnet.json.tree_reader import TreeReader
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size
from certgate.csharp.types import AnonymousType, ArrayType, NamedType, NetType, TupleType, nullable_inner
from certgate.csharp.values import (
    AnonymousValue,
    ByteArray,
    EnumValue,
    TupleValue,
    array,
    default_of,
    enum_value,
    text_of,
    type_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from certgate.csharp.dotnet.json.reading import JsonReader
    from certgate.csharp.types import TypeDefinition

_G = "System.Collections.Generic"
_READ_AS: dict[str, str] = {
    "byte[]": "Bytes",
    "byte": "Int32",
    "short": "Int32",
    "int": "Int32",
    "long": "Int64",
    "decimal": "Decimal",
    "bool": "Boolean",
    "string": "String",
    "System.DateTime": "DateTime",
    "System.DateTimeOffset": "DateTimeOffset",
    "float": "Double",
    "double": "Double",
}
"""Type -> what its reader is asked for; all others are read as they come."""
_LISTS = frozenset(
    f"{_G}.{name}" for name in ("List", "IList", "IEnumerable", "ICollection", "IReadOnlyList", "IReadOnlyCollection")
)
_OTHER_LISTS = frozenset(f"{_G}.{name}" for name in ("HashSet", "ISet", "Queue", "Stack", "LinkedList")) | {
    "System.Collections.ObjectModel.Collection",
    "System.Collections.ObjectModel.ReadOnlyCollection",
}
_CONVERTIBLE = frozenset(
    [
        "bool",
        "byte",
        "sbyte",
        "short",
        "ushort",
        "int",
        "uint",
        "long",
        "ulong",
        "float",
        "double",
        "decimal",
        "char",
        "string",
        "System.DateTime",
    ]
)
_PRIMITIVE = _CONVERTIBLE | {
    "byte[]",
    "System.DateTimeOffset",
    "System.Guid",
    "System.Uri",
    "System.TimeSpan",
    "System.Numerics.BigInteger",
}
_OBJECT_TEXT = 'JSON object (e.g. {"name":"value"})'
_ARRAY_TEXT = "JSON array (e.g. [1,2,3])"
_PRIMITIVE_TEXT = "JSON primitive value (e.g. string, number, boolean, null)"
_TO_FIX = "To fix this error either change the JSON to a {0} or change the deserialized type "


def deserialize(reader: JsonReader, kind: NetType) -> Any:
    """``JsonSerializer.Deserialize``."""
    if reader.kind == "None" and not reader.read_as(_read_as(kind)):
        if not _is_nullable(kind):
            name = kind.reflection_name
            raise reader.serialization(f"No JSON content found and type '{name}' is not nullable.")
        return None
    return value(reader, kind)


def from_token(token: Token, kind: NetType, options: ReadOptions | None = None) -> Any:
    """``ToObject``, where the type is none of those that a JValue is cast to."""
    return deserialize(TreeReader(token, options or ReadOptions()), kind)


def expect_end(reader: JsonReader) -> None:
    """Nothing but comments may follow."""
    while reader.read():
        if reader.kind != "Comment":
            raise reader.serialization("Additional text found in JSON string after finishing deserializing object.")


def _plain(kind: NetType) -> NetType:
    return nullable_inner(kind) or kind


def _read_as(kind: NetType) -> str:
    return _READ_AS.get(_plain(kind).full_name, _READ_AS.get(_plain(kind).display, ""))


def _is_nullable(kind: NetType) -> bool:
    return not kind.is_value or nullable_inner(kind) is not None


def is_token(kind: NetType) -> bool:
    return derives_from(kind, types.named("Newtonsoft.Json.Linq.JToken"))


def _is_untyped(kind: NetType) -> bool:
    return kind is types.OBJECT or kind is types.DYNAMIC


def value(reader: JsonReader, kind: NetType) -> Any:
    """The value at the current token."""
    if is_token(kind):
        return _token(reader, kind)
    if kind.full_name.startswith("System.Xml."):
        from certgate.csharp.dotnet.json import xml_read as json_xml_read

        return json_xml_read.value(reader, kind.full_name)
    while True:
        match reader.kind:
            case "StartObject":
                return _object(reader, kind)
            case "StartArray":
                return _list(reader, kind)
            case "Integer" | "Float" | "Boolean" | "Date" | "Bytes" | "Null" | "Undefined" | "StartConstructor":
                return _converted(reader, reader.value, kind)
            case "String":
                return _text(reader, kind)
            case "Comment":
                pass
            case token:
                raise reader.serialization(f"Unexpected token while deserializing object: {token}.")
        if not reader.read():
            raise reader.serialization("Unexpected end when deserializing object.")


def _token(reader: JsonReader, kind: NetType) -> Token | None:
    if reader.kind == "Null" and kind.full_name.rpartition(".")[2] not in ("JToken", "JValue"):
        return None
    if kind.full_name.endswith("JRaw"):
        raise UnsupportedReached("reading a JRaw from JSON is not simulated")
    made = _tree(reader, comments=True)
    if not derives_from(type_of(made), kind):
        raise reader.serialization(
            f"Deserialized JSON type '{type_of(made).full_name}' is not compatible with expected type "
            f"'{kind.full_name}'."
        )
    return made


def _tree(reader: JsonReader, *, comments: bool) -> Token:
    if isinstance(reader, TreeReader) and reader.node is not None and reader.kind != "None":
        made = reader.node.clone()
        reader.skip()
        return made
    return copy_tree(reader, comments=comments)


# Simple values


def _text(reader: JsonReader, kind: NetType) -> Any:
    text = reader.value
    if kind.display == "byte[]":
        return bytes_of(text)
    if not text and _is_nullable(kind) and kind is not types.STRING and not _is_untyped(kind):
        return None
    return _converted(reader, text, kind)


def _converted(reader: JsonReader, found: Any, kind: NetType) -> Any:
    """``EnsureType``: what a simple value is as a `kind`."""
    plain = _plain(kind)
    if _is_untyped(kind) or (found is not None and type_of(found) is plain):
        return found
    if found is None and _is_nullable(kind):
        return None
    try:
        return _convert(reader, found, plain)
    except ThrownException as cause:
        shown = "{null}" if found is None else f'"{found}"' if isinstance(found, str) else text_of(found)
        message = f"Error converting value {shown} to type '{kind.reflection_name}'."
        raise reader.serialization(message, cause) from None


def _convert(reader: JsonReader, found: Any, kind: NetType) -> Any:
    if kind.kind == "enum" and kind.definition is not None:
        return _enum(found, kind.definition)
    if kind.display not in _CONVERTIBLE and kind.full_name not in _CONVERTIBLE:
        return _other(reader, found, kind)
    if found is None:
        raise faults.invalid_cast("Null object cannot be converted to a value type.")
    if kind.full_name == "System.DateTime" and isinstance(found, str):
        taken = json_dates.taken(found, reader.options)
        return taken if taken is not None else change_type(found, kind)
    if isinstance(found, BigInteger):
        raise UnsupportedReached(f"an integer beyond 64 bits as {kind.display} is not simulated")
    return change_type(found, kind)


def _enum(found: Any, definition: TypeDefinition) -> EnumValue:
    if isinstance(found, str):
        return parse_enum(found, definition)
    if isinstance(found, int) and not isinstance(found, bool):
        return enum_value(definition, int(found))
    name = "enumType" if found is None else "value"
    raise faults.argument("The value passed in must be an enum base or an underlying type for an enum.", name)


def parse_enum(text: str, definition: TypeDefinition) -> EnumValue:
    """Names without regard to case, or numbers, joined by commas. ArgumentException."""
    if not definition.constants:
        raise UnsupportedReached(f"certgate does not know the constants of {definition.name}")
    body = text.strip()
    if not body:
        raise faults.argument("Must specify valid information for parsing in the string.")
    if body.lstrip("+-").isdigit() and body.isascii():
        return enum_value(definition, int(body))
    names = {name.lower(): number for name, number in definition.constants.items()}
    total = 0
    for part in body.split(","):
        word = part.strip()
        number = definition.constants.get(word, names.get(word.lower()))
        if number is None:
            raise faults.argument(f"Requested value '{text}' was not found.")
        total |= number
    return enum_value(definition, total)


def _other(reader: JsonReader, found: Any, kind: NetType) -> Any:
    """Types that ``System.Convert`` does not know."""
    name = kind.full_name
    made: Any = None
    if found is not None and name in _READ_FROM_TEXT:
        try:
            made = _made_of(reader, found, name)
        except ThrownException:
            made = None
    elif kind.display == "byte[]" and type_of(found).full_name == "System.Guid":
        made = bytes_of(text_of(found))
    elif name not in _PRIMITIVE and kind.kind == "struct":
        raise UnsupportedReached(f"reading {kind.display} from JSON is not simulated")
    if made is None:
        source = "{null}" if found is None else type_of(found).reflection_name
        raise faults.argument(f"Could not cast or convert from {source} to {kind.reflection_name}.")
    return made


_READ_FROM_TEXT = ("System.Guid", "System.Uri", "System.TimeSpan", "System.DateTimeOffset", "System.Version")


def _made_of(reader: JsonReader, found: Any, name: str) -> Any:
    match name:
        case "System.DateTimeOffset":
            from certgate.csharp.dotnet.dates.date_values import DateTimeValue

            if isinstance(found, DateTimeValue):
                return json_dates.with_offset(found, reader.options.zone)
            return json_dates.parsed(found, reader.options, offset=True) if isinstance(found, str) else None
        case "System.Guid":
            from certgate.csharp.dotnet.system.guid import make_bytes, parse_guid

            if isinstance(found, ByteArray):
                return make_bytes(found)
            return parse_guid(found) if isinstance(found, str) else None
        case "System.Uri":
            from certgate.csharp.dotnet.net import uri

            return uri.create(found, 0) if isinstance(found, str) else None
        case "System.Version":
            from certgate.csharp.dotnet.system import version

            return version.parse(found) if isinstance(found, str) else None
    from certgate.csharp.dotnet.dates import timespan

    return timespan.parse(found) if isinstance(found, str) else None


# Objects


def _object(reader: JsonReader, kind: NetType) -> Any:
    if _is_untyped(kind) and isinstance(reader, TreeReader) and isinstance(reader.node, ObjectToken):
        _refuse_metadata(next(iter(reader.node.properties), None))
        return _tree(reader, comments=False)
    if not reader.read():
        raise reader.serialization("Unexpected end when reading JSON.")
    _refuse_metadata(reader.value if reader.kind == "PropertyName" else None)
    if _is_untyped(kind):
        return _untyped(reader)
    plain = _plain(kind)
    if is_dictionary(plain) and isinstance(plain, NamedType):
        return _dictionary(reader, plain)
    maker = _maker(plain)
    if maker is not None:
        return _members(reader, *maker)
    wanted = _expected(reader, plain)
    raise reader.serialization(
        f"Cannot deserialize the current {_OBJECT_TEXT} into type '{kind.reflection_name}' because the type requires a "
        f"{wanted} to deserialize correctly.\n{_TO_FIX.format(wanted)}so that it is a normal .NET type (e.g. not a "
        "primitive type like integer, not a collection type like an array or List<T>) that can be deserialized from a "
        "JSON object. JsonObjectAttribute can also be added to the type to force it to deserialize from a JSON object."
        "\n"
    )


def _refuse_metadata(name: Any) -> None:
    if name in ("$id", "$ref", "$type", "$value", "$values"):
        raise UnsupportedReached("JSON with metadata such as $type is not simulated")


def _untyped(reader: JsonReader) -> ObjectToken:
    """A JObject; a name that comes again moves to the end. Where the text ends in a member, its reader says so."""
    made = ObjectToken()
    while reader.kind != "EndObject":
        if reader.kind == "PropertyName":
            name = reader.value
            if not reader.read_content():
                raise reader.serialization("Unexpected end when deserializing object.")
            known = made.properties.get(name)
            if known is not None:
                made.remove_child(known)
            made.load(PropertyToken(name, copy_tree(reader, comments=False)))
        if not reader.read():
            raise reader.serialization("Unexpected end when deserializing object.")
    return made


def _expected(reader: JsonReader, kind: NetType) -> str:
    """What kind of JSON a type is made of. UnsupportedReached for types that are not known here."""
    if kind.display in _PRIMITIVE or kind.full_name in _PRIMITIVE or kind.kind == "enum":
        return _PRIMITIVE_TEXT
    if isinstance(kind, ArrayType) or _list_name(kind) is not None:
        return _ARRAY_TEXT
    if is_dictionary(kind) or _maker(kind) is not None:
        return _OBJECT_TEXT
    raise UnsupportedReached(f"reading {kind.display} from JSON is not simulated")


def _dictionary(reader: JsonReader, kind: NamedType) -> Any:
    from certgate.csharp.dotnet.collections.dictionary import DictionaryValue

    if len(kind.arguments) != 2:
        raise UnsupportedReached(f"reading {kind.display} from JSON is not simulated")
    key_type, value_type = kind.arguments
    made = DictionaryValue(key_type, value_type)
    while reader.kind != "EndObject":
        if reader.kind == "PropertyName":
            key = _key(reader, key_type)
            if not reader.read_as("" if is_token(value_type) else _read_as(value_type)):
                raise reader.serialization("Unexpected end when deserializing object.")
            made.put(key, value(reader, value_type))
        elif reader.kind != "Comment":
            raise reader.serialization(f"Unexpected token when deserializing object: {reader.kind}.")
        if not reader.read():
            raise reader.serialization("Unexpected end when deserializing object.")
    return made


def _key(reader: JsonReader, kind: NetType) -> Any:
    text = reader.value
    if kind is types.STRING or _is_untyped(kind):
        return text
    try:
        if kind.kind == "enum" and kind.definition is not None:
            return parse_enum(text, kind.definition)
        return _converted(reader, text, kind)
    except ThrownException as cause:
        message = (
            f"Could not convert string '{text}' to dictionary key type '{kind.reflection_name}'. Create a "
            "TypeConverter to convert from the string to the key type object."
        )
        raise reader.serialization(message, cause) from None


def _maker(kind: NetType) -> tuple[tuple[str, ...], tuple[NetType, ...], Callable[[list[Any]], Any]] | None:
    """Names and types of the members of an object that is made of them, and what makes it."""
    if isinstance(kind, AnonymousType):
        return kind.names, kind.types, lambda items: AnonymousValue(kind, tuple(items))
    if isinstance(kind, TupleType):
        names = tuple(f"Item{at}" for at in range(1, len(kind.elements) + 1))
        return names, kind.elements, lambda items: TupleValue(kind, tuple(items))
    if not isinstance(kind, NamedType):
        return None
    match kind.definition.full_name:
        case "System.Tuple" if kind.arguments:
            from certgate.csharp.dotnet.system.tuple_ import ClassTuple

            names = tuple(f"Item{at}" for at in range(1, len(kind.arguments) + 1))
            return names, kind.arguments, lambda items: ClassTuple(kind, tuple(items))
        case "System.Collections.Generic.KeyValuePair" if kind.arguments:
            from certgate.csharp.dotnet.collections.dictionary import PairValue

            return ("Key", "Value"), kind.arguments, lambda items: PairValue(kind, *items)
    return None


def _members(
    reader: JsonReader, names: tuple[str, ...], kinds: tuple[NetType, ...], make: Callable[[list[Any]], Any]
) -> Any:
    found = [default_of(kind) for kind in kinds]
    lower = [name.lower() for name in names]
    while reader.kind != "EndObject":
        if reader.kind == "PropertyName":
            name = reader.value
            at = names.index(name) if name in names else lower.index(name.lower()) if name.lower() in lower else -1
            if at >= 0:
                if not reader.read_as("" if is_token(kinds[at]) else _read_as(kinds[at])):
                    raise reader.serialization(f"Unexpected end when setting {name}'s value.")
                found[at] = value(reader, kinds[at])
            elif reader.read():
                reader.skip()
        elif reader.kind != "Comment":
            raise reader.serialization(f"Unexpected token when deserializing object: {reader.kind}.")
        if not reader.read():
            raise reader.serialization("Unexpected end when deserializing object.")
    return make(found)


# Lists


def _list_name(kind: NetType) -> str | None:
    name = kind.definition.full_name if isinstance(kind, NamedType) and len(kind.arguments) == 1 else None
    return name if name in _LISTS or name in _OTHER_LISTS else None


def _list(reader: JsonReader, kind: NetType) -> Any:
    if _is_untyped(kind):
        return _tree(reader, comments=True)
    plain = _plain(kind)
    if isinstance(plain, ArrayType) and plain.rank == 1 and plain.element is not types.BYTE:
        return array(plain.element, _items(reader, plain.element))
    name = _list_name(plain)
    if name is not None:
        return _made_list(name, plain.arguments[0], _items(reader, plain.arguments[0]))
    wanted = _expected(reader, plain)
    raise reader.serialization(
        f"Cannot deserialize the current {_ARRAY_TEXT} into type '{kind.reflection_name}' because the type requires a "
        f"{wanted} to deserialize correctly.\n{_TO_FIX.format(wanted)}to an array or a type that implements a "
        "collection interface (e.g. ICollection, IList) like List<T> that can be deserialized from a JSON array. "
        "JsonArrayAttribute can also be added to the type to force it to deserialize from a JSON array.\n"
    )


def _items(reader: JsonReader, element: NetType) -> list[Any]:
    found: list[Any] = []
    how = "" if is_token(element) else _read_as(element)
    while reader.read_as(how):
        if reader.kind == "EndArray":
            return found
        if reader.kind != "Comment":
            charge_size(1)
            found.append(value(reader, element))
    raise reader.serialization("Unexpected end when deserializing array.")


def _made_list(name: str, element: NetType, items: Iterable[Any]) -> Any:
    if name in _LISTS:
        from certgate.csharp.dotnet.collections.list_values import NetList

        return NetList(element, items)
    if name in (f"{_G}.HashSet", f"{_G}.ISet"):
        from certgate.csharp.dotnet.collections.hashset import make_from

        return make_from((element,), list(items))
    if name == f"{_G}.Queue":
        from certgate.csharp.dotnet.collections.list_values import NetQueue

        return NetQueue(element, items)
    raise UnsupportedReached(f"reading {name} from JSON is not simulated")
