"""JSON tokens as Newtonsoft.Json.Linq keeps them: what all have in common, and the values. Each knows its parent.

What holds other tokens: ``containers.py``; reading, writing and queries are its siblings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import Formattable, format_value
from certgate.csharp.dotnet.text.ordering import Comparable
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import ByteArray, Char, EnumValue, NetObject, Single, enum_value, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.json.containers import Container

_LINQ = "Newtonsoft.Json.Linq"
TOKEN_COST = 24
"""SECURITY: what a token is charged, in characters: it takes some hundred bytes."""

_SPECIAL = re.compile(r"""[. '/"\[\]()\t\n\r\f\x08\\\x85\u2028\u2029]""")


class Token(NetObject):
    """A JToken; `parent` is the container that holds it, `place` the line and position at which its text was read."""

    __slots__ = ("height", "parent", "place")

    kind = "None"

    def __init__(self) -> None:
        charge_steps(1)
        charge_size(TOKEN_COST)
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
        from certgate.csharp.dotnet.json.writer import write

        return write(self, indented=True)

    def get(self, key: Any) -> Token | None:
        """``this[key]``."""
        raise faults.invalid_operation(f"Cannot access child value on {self.net_type.full_name}.")

    def set(self, key: Any, value: Token | None) -> None:
        raise faults.invalid_operation(f"Cannot set child value on {self.net_type.full_name}.")

    def clone(self) -> Token:
        raise NotImplementedError

    def placed(self, copy: Token) -> Token:
        """`copy` with the place of this: Newtonsoft copies what it has noted on a token."""
        copy.place = self.place
        return copy

    def same(self, other: Token) -> bool:
        """``DeepEquals``."""
        raise NotImplementedError

    def path(self) -> str:
        parts: list[str] = []
        token: Token = self
        while token.parent is not None:
            parts.append(token.parent.step(token))
            token = token.parent
        text = ""
        for part in reversed(parts):
            text += part if text else part.removeprefix(".")
        return text

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


class ValueToken(Token, Formattable, Comparable):
    """A JValue: `value` is a C# value, and `kind` the name of its JTokenType. A JRaw is one of the kind Raw."""

    __slots__ = ("kind", "value")

    def __init__(self, value: Any, kind: str | None = None) -> None:
        super().__init__()
        self.value = value
        self.kind = kind_of(value) if kind is None else kind

    @property
    def net_type(self) -> types.NetType:  # type: ignore[override]
        return types.named(f"{_LINQ}.JRaw" if self.kind == "Raw" else f"{_LINQ}.JValue")

    def to_text(self) -> str:
        return text_of(self.value)

    def format(self, spec: str) -> str:
        """A JValue is formatted as the value in it."""
        return format_value(self.value, spec)

    def compare(self, other: Any) -> int:
        """By the type of this, but that a text follows the other. FormatException, ArgumentException."""
        from certgate.csharp.dotnet.json.compare import compare_values

        kind = other.kind if self.kind == "String" and other.kind != "String" else self.kind
        return compare_values(kind, self.value, other.value)

    def clone(self) -> Token:
        return self.placed(ValueToken(self.value, self.kind))

    def same(self, other: Token) -> bool:
        from certgate.csharp.dotnet.json.compare import compare_values

        if not isinstance(other, ValueToken) or self.kind != other.kind:
            return False
        return self is other or compare_values(self.kind, self.value, other.value) == 0

    def net_equals(self, other: object) -> bool:
        return isinstance(other, ValueToken) and self.same(other)

    def key(self) -> Any:
        return (ValueToken, self.kind, text_of(self.value))


def shown(value: Any) -> str:
    """A key as messages show it."""
    return f'"{value}"' if isinstance(value, str) and not isinstance(value, Char) else text_of(value)


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
        case str() if not isinstance(value, Char):
            return "String"
        case ByteArray():
            return "Bytes"
    found = _KINDS.get(type_of(value).full_name)
    if found is None:
        raise faults.argument(f"Could not determine JSON object type for type {type_of(value).reflection_name}.")
    return found


def content(value: Any) -> Token:
    """What stands for a value that is put into a container: a token as it is, anything else as a JValue."""
    return value if isinstance(value, Token) else ValueToken(value)


def path_name(name: str, first: bool) -> str:
    """A property name within a path: quoted where it holds what a path would take apart."""
    if _SPECIAL.search(name):
        from certgate.csharp.dotnet.json.writer import quote

        return f"[{quote(name, chr(39))}]"
    return name if first else f".{name}"


def json_error(message: str) -> Any:
    return faults.thrown("Newtonsoft.Json.JsonException", message)
