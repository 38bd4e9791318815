"""JSON as Newtonsoft.Json.Linq keeps it: objects, arrays, properties and values that know their parent.

Knows the tree and its rules; reading, writing and queries are the siblings ``json_*.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet import faults
from certgate.csharp.dotnet.composite import Formattable, format_value
from certgate.csharp.runtime import BudgetExceeded, charge_size, charge_steps
from certgate.csharp.values import ByteArray, Char, EnumValue, NetObject, Single, enum_value, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINQ = "Newtonsoft.Json.Linq"
# SECURITY: what walks a tree calls itself; a program could nest tokens without end.
_MAX_HEIGHT = 150


class Token(NetObject):
    """A JToken; `parent` is the container that holds it, `place` the line and position at which its text was read."""

    __slots__ = ("height", "parent", "place")

    kind = "None"

    def __init__(self) -> None:
        self.parent: Container | None = None
        self.height = 0
        self.place: tuple[int, int] | None = None

    @property
    def net_type(self) -> types.NetType:  # type: ignore[override]
        return types.named(f"{_LINQ}.J{self.kind}")

    @property
    def kind_value(self) -> EnumValue:
        return enum_value(f"{_LINQ}.JTokenType", self.kind)

    def children(self) -> list[Token]:
        return []

    def __iter__(self) -> Iterator[Token]:
        return iter(tuple(self.children()))

    def to_text(self) -> str:
        from certgate.csharp.dotnet.json_writer import write

        return write(self, indented=True)

    def get(self, key: Any) -> Token | None:
        """``this[key]``."""
        raise faults.invalid_operation(f"Cannot access child value on {self.net_type.full_name}.")

    def set(self, key: Any, value: Token | None) -> None:
        raise faults.invalid_operation(f"Cannot set child value on {self.net_type.full_name}.")

    def clone(self) -> Token:
        raise NotImplementedError

    def same(self, other: Token) -> bool:
        """``DeepEquals``."""
        raise NotImplementedError

    def path(self) -> str:
        parts: list[str] = []
        token: Token = self
        while token.parent is not None:
            holder = token.parent
            if isinstance(token, PropertyToken):
                parts.append(path_name(token.name, first=False))
            elif isinstance(holder, ArrayToken):
                parts.append(f"[{holder.position(token)}]")
            token = holder
        return "".join(reversed(parts)).removeprefix(".")

    def remove(self) -> None:
        if self.parent is None:
            raise faults.invalid_operation("The parent is missing.")
        self.parent.remove_child(self)

    def replace(self, new: Token) -> None:
        if self.parent is None:
            raise faults.invalid_operation("The parent is missing.")
        self.parent.replace_child(self, new)


class BigInteger(NetObject):
    """An integer beyond 64 bits, which only JSON brings along: it can be written, and converts to nothing."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    @property
    def net_type(self) -> types.NetType:  # type: ignore[override]
        return types.named("System.Numerics.BigInteger")

    def to_text(self) -> str:
        return str(self.number)

    def key(self) -> Any:
        return (BigInteger, self.number)


class ValueToken(Token, Formattable):
    """A JValue: `value` is a C# value, and `kind` the name of its JTokenType."""

    __slots__ = ("kind", "value")

    def __init__(self, value: Any, kind: str | None = None) -> None:
        super().__init__()
        self.value = value
        self.kind = kind_of(value) if kind is None else kind

    @property
    def net_type(self) -> types.NetType:  # type: ignore[override]
        return types.named(f"{_LINQ}.JValue")

    def to_text(self) -> str:
        return text_of(self.value)

    def format(self, spec: str) -> str:
        """A JValue is formatted as the value in it."""
        return format_value(self.value, spec)

    def clone(self) -> Token:
        return ValueToken(self.value, self.kind)

    def same(self, other: Token) -> bool:
        from certgate.csharp.dotnet.json_compare import compare_values

        if not isinstance(other, ValueToken) or self.kind != other.kind:
            return False
        return compare_values(self.kind, self.value, other.value) == 0

    def net_equals(self, other: object) -> bool:
        return isinstance(other, ValueToken) and self.same(other)

    def key(self) -> Any:
        return (ValueToken, self.kind, text_of(self.value))


class Container(Token):
    """What holds other tokens."""

    __slots__ = ()

    def remove_child(self, child: Token) -> None:
        raise NotImplementedError

    def replace_child(self, child: Token, new: Token) -> None:
        raise NotImplementedError

    def position(self, child: Token) -> int:
        return next((at for at, token in enumerate(self.children()) if token is child), -1)

    def adopt(self, token: Token) -> Token:
        """`token` as a child of this: one that has a parent already, or holds this, is copied."""
        root: Token | None = self
        held = token.parent is not None
        while root is not None and not held:
            held = root is token
            root = root.parent
        child = token.clone() if held else token
        child.parent = self
        self._rise(child.height + 1)
        return child

    def _rise(self, height: int) -> None:
        holder: Container | None = self
        while holder is not None and holder.height < height:
            if height > _MAX_HEIGHT:
                raise BudgetExceeded(f"expression exceeded its limit of {_MAX_HEIGHT} levels of JSON")
            holder.height = height
            holder, height = holder.parent, height + 1

    def descendants(self) -> Iterator[Token]:
        for child in tuple(self.children()):
            charge_steps(1)
            yield child
            if isinstance(child, Container):
                yield from child.descendants()


class ArrayToken(Container):
    """A JArray."""

    __slots__ = ("items",)

    kind = "Array"

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Token] = []

    def children(self) -> list[Token]:
        return self.items

    def add(self, token: Token) -> None:
        charge_size(1)
        self.items.append(self.adopt(token))

    def insert(self, at: int, token: Token) -> None:
        if not 0 <= at <= len(self.items):
            raise faults.out_of_range("Index was out of range.", "index")
        charge_size(1)
        self.items.insert(at, self.adopt(token))

    def check(self, at: int) -> int:
        if not 0 <= at < len(self.items):
            raise faults.index_less("index")
        return at

    def get(self, key: Any) -> Token | None:
        return self.items[self.check(self._index(key, "Accessed"))]

    def set(self, key: Any, value: Token | None) -> None:
        at = self.check(self._index(key, "Set"))
        self.items[at].parent = None
        self.items[at] = self.adopt(value or null())

    def _index(self, key: Any, verb: str) -> int:
        if key is None:
            raise faults.argument_null("key")
        if not isinstance(key, int) or isinstance(key, bool):
            shown = f'"{key}"' if isinstance(key, str) else text_of(key)
            message = f"{verb} JArray values with invalid key value: {shown}. Int32 array index expected."
            raise faults.argument(message)
        return key

    def remove_child(self, child: Token) -> None:
        at = self.position(child)
        if at >= 0:
            self.items.pop(at).parent = None

    def replace_child(self, child: Token, new: Token) -> None:
        self.items[self.position(child)] = self.adopt(new)
        child.parent = None

    def clone(self) -> Token:
        made = ArrayToken()
        for item in self.items:
            made.add(item.clone())
        return made

    def same(self, other: Token) -> bool:
        if not isinstance(other, ArrayToken) or len(other.items) != len(self.items):
            return False
        return all(left.same(right) for left, right in zip(self.items, other.items, strict=True))


class PropertyToken(Container):
    """A JProperty: always holds one value."""

    __slots__ = ("content", "name")

    kind = "Property"

    def __init__(self, name: str, value: Token) -> None:
        super().__init__()
        self.name = name
        self.content = self.adopt(value)

    def children(self) -> list[Token]:
        return [self.content]

    def put(self, value: Token) -> None:
        self.content.parent = None
        self.content = self.adopt(value)

    def remove_child(self, child: Token) -> None:
        raise json_error(f"Cannot add or remove items from {_LINQ}.JProperty.")

    def replace_child(self, child: Token, new: Token) -> None:
        self.put(new)

    def clone(self) -> Token:
        return PropertyToken(self.name, self.content.clone())

    def same(self, other: Token) -> bool:
        return isinstance(other, PropertyToken) and other.name == self.name and self.content.same(other.content)


class ObjectToken(Container):
    """A JObject: properties by name, in their order."""

    __slots__ = ("properties",)

    kind = "Object"

    def __init__(self) -> None:
        super().__init__()
        self.properties: dict[str, PropertyToken] = {}

    def children(self) -> list[Token]:
        return list(self.properties.values())

    def add(self, token: Token) -> None:
        if not isinstance(token, PropertyToken):
            raise faults.argument(f"Can not add {token.net_type.full_name} to {_LINQ}.JObject.")
        if token.name in self.properties:
            message = (
                f"Can not add property {token.name} to {_LINQ}.JObject. "
                "Property with the same name already exists on object."
            )
            raise faults.argument(message)
        charge_size(1)
        child = self.adopt(token)
        if isinstance(child, PropertyToken):
            self.properties[child.name] = child

    def value_of(self, name: str) -> Token | None:
        found = self.properties.get(name)
        return None if found is None else found.content

    def get(self, key: Any) -> Token | None:
        return self.value_of(self._name(key, "Accessed"))

    def set(self, key: Any, value: Token | None) -> None:
        name = self._name(key, "Set")
        found = self.properties.get(name)
        if found is not None:
            found.put(value or null())
        else:
            self.add(PropertyToken(name, value or null()))

    def _name(self, key: Any, verb: str) -> str:
        if key is None:
            raise faults.argument_null("key")
        if not isinstance(key, str):
            message = f"{verb} JObject values with invalid key value: {text_of(key)}. Object property name expected."
            raise faults.argument(message)
        return key

    def remove_child(self, child: Token) -> None:
        if isinstance(child, PropertyToken) and self.properties.get(child.name) is child:
            del self.properties[child.name]
            child.parent = None

    def replace_child(self, child: Token, new: Token) -> None:
        if not isinstance(new, PropertyToken):
            raise faults.argument(f"Can not add {new.net_type.full_name} to {_LINQ}.JObject.")
        adopted = self.adopt(new)
        child.parent = None
        kept = [adopted if token is child else token for token in self.children()]
        self.properties = {token.name: token for token in kept if isinstance(token, PropertyToken)}

    def clone(self) -> Token:
        made = ObjectToken()
        for child in self.properties.values():
            made.add(child.clone())
        return made

    def same(self, other: Token) -> bool:
        if not isinstance(other, ObjectToken) or len(other.properties) != len(self.properties):
            return False
        return all(
            (found := other.properties.get(name)) is not None and child.same(found)
            for name, child in self.properties.items()
        )


_KINDS = {"System.DateTime": "Date", "System.DateTimeOffset": "Date", "System.TimeSpan": "TimeSpan"} | {
    "System.Guid": "Guid",
    "System.Uri": "Uri",
}


def null() -> ValueToken:
    return ValueToken(None, "Null")


def kind_of(value: Any) -> str:
    """The JTokenType of a C# value in a JValue. ArgumentException for what no JValue holds."""
    match value:
        case None:
            return "Null"
        case bool():
            return "Boolean"
        case EnumValue() | int() | BigInteger():
            return "Integer"
        case float() | Single() | NetDecimal():
            return "Float"
        case str():
            return "String"
        case ByteArray():
            return "Bytes"
    found = _KINDS.get(type_of(value).full_name)
    if found is None:
        message = (
            f"Could not determine JSON object type for type {type_of(value).reflection_name}. "
            "Use JToken.FromObject or JsonSerializer to convert the object to a JToken."
        )
        raise faults.argument(message.partition(" Use")[0])
    return found


def content(value: Any) -> Token:
    """What stands for a value that is put into a container: a token as it is, anything else as a JValue."""
    if isinstance(value, Token):
        return value
    return ValueToken(str.__str__(value) if isinstance(value, Char) else value)


def add_content(holder: ArrayToken | ObjectToken, value: Any) -> None:
    """``Add(object)``: the elements of a sequence are added one by one."""
    if _is_sequence(value):
        for item in value:
            add_content(holder, item)
    else:
        holder.add(content(value))


def property_content(values: list[Any]) -> Token:
    """The value of a JProperty made from several: an array; from one: itself, a sequence becoming an array."""
    if len(values) == 1 and not _is_sequence(values[0]):
        return content(values[0])
    made = ArrayToken()
    for value in values:
        add_content(made, value)
    return made


def _is_sequence(value: Any) -> bool:
    return not isinstance(value, str | Token | ByteArray) and hasattr(value, "__iter__")


def path_name(name: str, first: bool) -> str:
    """A property name within a path: quoted where it holds what a path would take apart."""
    if any(char in " .'\"[]()/\\\t\n\r\f\b\x85\u2028\u2029" for char in name):
        escaped = name.replace("\\", "\\\\").replace("'", "\\'")
        return f"['{escaped}']"
    return name if first else f".{name}"


def json_error(message: str) -> Any:
    return faults.thrown("Newtonsoft.Json.JsonException", message)
