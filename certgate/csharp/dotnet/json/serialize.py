"""C# values to tokens: what Newtonsoft's serializer makes of the types that expressions can make.

Knows anonymous objects, dictionaries, sequences, tuples and simple values; anything else is not simulated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.conversions import bases_of
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.json import faults as json_faults
from certgate.csharp.dotnet.json.containers import ArrayToken, ObjectToken, PropertyToken
from certgate.csharp.dotnet.json.tokens import BigInteger, Token, ValueToken, null
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.types import OBJECT, AnonymousType, NetType
from certgate.csharp.values import (
    AnonymousValue,
    ByteArray,
    Char,
    EnumValue,
    NetArray,
    TupleValue,
    default_of,
    equals,
    iterate,
    text_of,
    type_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_G = "System.Collections.Generic"
DICTIONARIES = (f"{_G}.IDictionary", f"{_G}.IReadOnlyDictionary", f"{_G}.Dictionary")
_KEPT = ("System.DateTime", "System.DateTimeOffset", "System.Guid", "System.Uri", "System.TimeSpan")
_AS_TEXT = ("System.Version", "System.Globalization.CultureInfo")
_MAX_DEPTH = 100


@frozen
class WriteOptions:
    """What the serializer leaves out, and how it names things."""

    skip_nulls: bool = False
    skip_defaults: bool = False
    camel_case: bool = False
    enum_names: bool = False
    loops: str = "Error"
    max_depth: int | None = None


PLAIN = WriteOptions()


def to_token(value: Any, options: WriteOptions = PLAIN) -> Token:
    """``JToken.FromObject``; null gives a JValue. UnsupportedReached for types that are not simulated."""
    return _Serializer(options).token(value)


class _Serializer:
    def __init__(self, options: WriteOptions) -> None:
        self.options = options
        self.open: list[Any] = []

    def token(self, value: Any) -> Token:
        charge_steps(1)
        if isinstance(value, Token):
            return value.clone() if value.parent is not None else value
        simple = self._simple(value)
        if simple is not None:
            return simple
        if len(self.open) > _MAX_DEPTH:
            raise UnsupportedReached("certgate does not simulate serializing objects that nest so deep")
        self.open.append(value)
        made = self._composed(value)
        self.open.pop()
        return made

    def _simple(self, value: Any) -> Token | None:
        if isinstance(value, EnumValue) and self.options.enum_names:
            text = value.to_text()
            return ValueToken(value if text.lstrip("-").isdigit() else text)
        if value is None or isinstance(value, (bool, int, float, NetDecimal, ByteArray, EnumValue, BigInteger)):
            return null() if value is None else ValueToken(value)
        if isinstance(value, str):
            return ValueToken(str.__str__(value) if isinstance(value, Char) else value)
        kind = type_of(value).full_name
        if kind in _KEPT:
            return ValueToken(value)
        return ValueToken(text_of(value)) if kind in _AS_TEXT else None

    def _composed(self, value: Any) -> Token:
        own = getattr(value, "json_token", None)
        if own is not None:
            written: Token = own()
            return written
        pairs = _pairs(value)
        if pairs is not None:
            return self._dictionary(pairs)
        members = _members(value)
        if members is not None:
            return self._object(members)
        if not hasattr(value, "__iter__"):
            raise UnsupportedReached(f"certgate does not simulate serializing {type_of(value).display} as JSON")
        if isinstance(value, NetArray) and len(value.lengths) > 1:
            return self._grid(value.lengths, iterate(value))
        made = ArrayToken()
        for item in iterate(value):
            if not self._loops(item, made.path()):
                made.load(self.token(item))
        return made

    def _grid(self, lengths: tuple[int, ...], items: Iterator[Any]) -> Token:
        """An array of several dimensions as arrays of arrays."""
        made = ArrayToken()
        for _ in range(lengths[0]):
            charge_steps(1)
            made.load(self._grid(lengths[1:], items) if len(lengths) > 1 else self.token(next(items)))
        return made

    def _object(self, members: Iterator[tuple[str, NetType | None, Any]]) -> Token:
        made = ObjectToken()
        for name, kind, part in members:
            if (part is None and self.options.skip_nulls) or (self.options.skip_defaults and _is_default(part, kind)):
                continue
            made.load(PropertyToken(self._named(name), self.token(part)))
        return made

    def _dictionary(self, pairs: Iterator[tuple[Any, Any]]) -> Token:
        made = ObjectToken()
        for key, part in pairs:
            name = self._named(_key_text(key))
            known = made.properties.get(name)
            if known is not None:
                made.remove_child(known)
            if not self._loops(part, ""):
                made.load(PropertyToken(name, self.token(part)))
        return made

    def _loops(self, value: Any, path: str) -> bool:
        """Whether a value that holds itself is left out. JsonSerializationException where it may not be there."""
        if value is None or not any(value is holder for holder in self.open):
            return False
        if self.options.loops == "Ignore":
            return True
        if self.options.loops == "Serialize":
            raise UnsupportedReached("certgate does not simulate serializing an object that holds itself")
        message = f"Self referencing loop detected with type '{type_of(value).reflection_name}'."
        if len(self.open) > 1:
            raise UnsupportedReached("the path of a loop in serialized objects is not simulated")
        raise json_faults.located(json_faults.SERIALIZATION, message, path)

    def _named(self, name: str) -> str:
        return camel_case(name) if self.options.camel_case else name


def _is_default(value: Any, kind: NetType | None) -> bool:
    return equals(value, default_of(kind if kind is not None else type_of(value)))


def camel_case(name: str) -> str:
    """Newtonsoft's camel case: capitals at the start become small, but for the one that begins the next word."""
    chars = list(name)
    if not name or not name[0].isupper():
        return name
    for at, char in enumerate(chars):
        if at == 1 and not char.isupper():
            break
        following = chars[at + 1] if at + 1 < len(chars) else ""
        if at > 0 and following and not following.isupper():
            if following == " ":
                chars[at] = char.lower()
            break
        chars[at] = char.lower()
    return "".join(chars)


def _key_text(key: Any) -> str:
    """A dictionary's key as the name of a property."""
    from certgate.csharp.dotnet.json.writer import scalar

    if type_of(key).full_name in ("System.DateTime", "System.DateTimeOffset"):
        return scalar(key)[1:-1]
    return text_of(key)


def _pairs(value: Any) -> Iterator[tuple[Any, Any]] | None:
    """Key and value pairs of a dictionary, None for anything else."""
    if not is_dictionary(type_of(value)):
        return None
    return ((_property(pair, "Key"), _property(pair, "Value")) for pair in iterate(value))


def _members(value: Any) -> Iterator[tuple[str, NetType | None, Any]] | None:
    """Name, type and value of what becomes a property of a JSON object; None for anything else."""
    if isinstance(value, AnonymousValue):
        kind = value.net_type
        assert isinstance(kind, AnonymousType)  # noqa: S101 - an anonymous object has such a type
        return zip(kind.names, kind.types, value.items, strict=True)
    if isinstance(value, TupleValue):
        return iter([(f"Item{place}", None, item) for place, item in enumerate(value.items, 1)])
    kind = type_of(value)
    if kind is OBJECT:
        return iter(())
    name = kind.definition.full_name if kind.definition is not None else ""
    if name == "System.Tuple":
        places = range(1, len(kind.arguments) + 1)
        return iter([(f"Item{at}", kind.arguments[at - 1], _property(value, f"Item{at}")) for at in places])
    if name == f"{_G}.KeyValuePair":
        # Its converter knows no settings: nothing of a pair is left out.
        return iter([(name, None, _property(value, name)) for name in ("Key", "Value")])
    return None


def is_dictionary(kind: NetType) -> bool:
    return any(
        found.definition is not None and found.definition.full_name in DICTIONARIES for found in (kind, *bases_of(kind))
    )


def _property(value: Any, name: str) -> Any:
    definition = type_of(value).definition
    for member in definition.members(name) if definition is not None else ():
        if member.call is not None:
            return member.call(value)
    raise UnsupportedReached(f"certgate does not simulate serializing {type_of(value).display} as JSON")
