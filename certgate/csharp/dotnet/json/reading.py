"""What Newtonsoft's readers share: the current token, the path to it, and tokens read as a type that is asked for.

Knows no text and no tree: ``text_reader.py`` and ``tree_reader.py`` bring the tokens.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.dotnet.dates.date_values import DateTimeOffsetValue, DateTimeValue
from certgate.csharp.dotnet.json import dates as json_dates
from certgate.csharp.dotnet.json import faults as json_faults
from certgate.csharp.dotnet.json.tokens import BigInteger, path_name
from certgate.csharp.dotnet.numbers import number_parse
from certgate.csharp.dotnet.numbers.convert_values import convert
from certgate.csharp.dotnet.system import boolean
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import ByteArray, text_of

if TYPE_CHECKING:
    from datetime import tzinfo

STARTS = frozenset({"StartObject", "StartArray", "StartConstructor"})
ENDS = frozenset({"EndObject", "EndArray", "EndConstructor"})
PRIMITIVES = frozenset({"Integer", "Float", "String", "Boolean", "Undefined", "Null", "Date", "Bytes"})
DATE_PARSING = ("None", "DateTime", "DateTimeOffset")
_CLOSES = {"EndObject": "Object", "EndArray": "Array", "EndConstructor": "Constructor"}
MAX_DEPTH = 64


@frozen
class ReadOptions:
    """How texts are taken. `date_zone`: ``Local``, ``Utc``, ``Unspecified`` or ``RoundtripKind``."""

    zone: tzinfo = UTC
    dates: str = "DateTime"
    date_zone: str = "RoundtripKind"
    decimals: bool = False
    max_depth: int | None = MAX_DEPTH


class Position:
    """One container that is open: its kind, the property or the index that was read last."""

    __slots__ = ("index", "kind", "name")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = ""
        self.index = -1


class JsonReader:
    """`kind` is a name of ``JsonToken``, `value` a C# value; `state` decides what may come next."""

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.kind = "None"
        self.value: Any = None
        self.state = "Start"
        self.stack: list[Position] = []
        self.current: Position | None = None

    def read(self) -> bool:
        """The next token; False at the end."""
        raise NotImplementedError

    def place(self) -> tuple[int, int] | None:
        """Line and position of the current token, None where they are not known."""
        return None

    # State

    @property
    def depth(self) -> int:
        return len(self.stack) + (self.current is not None and self.kind not in STARTS)

    def set_token(self, kind: str, value: Any = None, *, moves: bool = True) -> None:
        self.kind = kind
        self.value = value
        if kind in STARTS:
            self._push(kind[5:])
        elif kind in _CLOSES:
            self._close(kind)
        elif kind == "PropertyName":
            self.state = "Property"
            if self.current is not None:
                self.current.name = value
        elif kind in PRIMITIVES:
            self.after_value(moves)

    def _push(self, kind: str) -> None:
        self.state = f"{kind}Start"
        self._count()
        nested = self.current is not None
        if self.current is not None:
            self.stack.append(self.current)
        self.current = Position(kind)
        deepest = self.options.max_depth
        if nested and deepest is not None and self.depth + 1 > deepest:
            raise self.fail(f"The reader's MaxDepth of {deepest} has been exceeded.")

    def _close(self, token: str) -> None:
        closed = self.current
        self.current = self.stack.pop() if self.stack else None
        kind = closed.kind if closed is not None else "None"
        if kind != _CLOSES[token]:
            raise self.fail(f"JsonToken {token} is not valid for closing JsonType {kind}.")
        self.state = "Finished" if self.current is None else "PostValue"

    def after_value(self, moves: bool) -> None:
        self.state = "Finished" if self.current is None else "PostValue"
        if moves:
            self._count()

    def _count(self) -> None:
        if self.current is not None and self.current.kind != "Object":
            self.current.index += 1

    def path(self) -> str:
        if self.current is None:
            return ""
        inside = not self.state.endswith("Start")
        return path_of([*self.stack, self.current] if inside else self.stack)

    def fail(self, message: str, cause: ThrownException | None = None) -> ThrownException:
        return json_faults.located(json_faults.READER, message, self.path(), self.place(), cause)

    def serialization(self, message: str, cause: ThrownException | None = None) -> ThrownException:
        return json_faults.located(json_faults.SERIALIZATION, message, self.path(), self.place(), cause)

    # Moving

    def skip_comments(self) -> bool:
        """Move on to what is neither a comment nor nothing."""
        while self.kind in ("None", "Comment"):
            if not self.read():
                return False
        return True

    def read_content(self) -> bool:
        return self.read() and self.skip_comments()

    def skip(self) -> None:
        """Pass over what the current token begins."""
        if self.kind == "PropertyName":
            self.read()
        if self.kind in STARTS:
            depth = self.depth
            while self.read() and depth < self.depth:
                pass

    # Reading as a type

    def read_as(self, kind: str) -> bool:
        """The next token as `kind`, a name that ends ``ReadAs…`` in Newtonsoft; False where nothing comes."""
        if kind == "":
            return self.read_content()
        if kind == "Int64":
            result = self.read_content()
            if self.kind == "Undefined":
                raise self.fail("An undefined token is not a valid System.Int64.")
            return result
        self.read_typed(kind)
        return self.kind != "None"

    def read_typed(self, kind: str) -> None:
        found = self._content_token()
        if found in ("None", "Null", "EndArray"):
            return
        self.typed(kind, found)

    def _content_token(self) -> str:
        while self.read():
            if self.kind != "Comment":
                return self.kind
        self.set_token("None")
        return "None"

    def typed(self, kind: str, found: str) -> None:
        """The current found of a tree as `kind`."""
        if kind == "String":
            return self._as_string(found)
        if found == "String" and kind != "Bytes":
            return self.from_text(kind, self.value)
        if kind in ("DateTime", "DateTimeOffset"):
            return self._as_date(kind, found)
        if kind == "Bytes":
            return self._as_bytes(found)
        if found in ("Integer", "Float"):
            return self._as_number(kind)
        if kind == "Boolean" and found == "Boolean":
            return None
        name = {"Int32": "integer", "Boolean": "boolean", "Decimal": "decimal", "Double": "double"}[kind]
        raise self.fail(f"Error reading {name}. Unexpected found: {found}.")

    def _as_string(self, found: str) -> None:
        if found == "String":
            return
        if found not in PRIMITIVES or self.value is None:
            raise self.fail(f"Error reading string. Unexpected found: {found}.")
        value = self.value
        text = value.original if hasattr(value, "original") else text_of(value)
        self.set_token("String", text, moves=False)

    def _as_number(self, kind: str) -> None:
        value = self.value
        try:
            made = convert(value.number if isinstance(value, BigInteger) else value, kind)
        except ThrownException as cause:
            if kind == "Boolean" or isinstance(value, BigInteger):
                raise
            name = {"Int32": "integer", "Decimal": "decimal", "Double": "double"}[kind]
            raise self.fail(f"Could not convert to {name}: {text_of(value)}.", cause) from None
        self.set_token({"Int32": "Integer", "Boolean": "Boolean"}.get(kind, "Float"), made, moves=False)

    def _as_date(self, kind: str, found: str) -> None:
        if found != "Date":
            raise self.fail(f"Error reading date. Unexpected found: {found}.")
        value = self.value
        if kind == "DateTime" and isinstance(value, DateTimeOffsetValue):
            self.set_token("Date", DateTimeValue(value.ticks), moves=False)
        elif kind == "DateTimeOffset" and isinstance(value, DateTimeValue):
            self.set_token("Date", json_dates.with_offset(value, self.options.zone), moves=False)

    def _as_bytes(self, found: str) -> None:
        if found == "String":
            return self.set_token("Bytes", bytes_of(self.value), moves=False)
        if found == "StartArray":
            return self._bytes_of_array()
        if found != "Bytes":
            raise self.fail(f"Error reading bytes. Unexpected found: {found}.")
        return None

    def _bytes_of_array(self) -> None:
        made = bytearray()
        while True:
            if not self.read():
                raise self.fail("Unexpected end when reading bytes.")
            if self.kind == "EndArray":
                break
            if self.kind == "Integer":
                made.append(convert(self.value, "Byte"))
            elif self.kind != "Comment":
                raise self.fail(f"Unexpected token when reading bytes: {self.kind}.")
        self.kind, self.value = "Bytes", ByteArray(made)

    def from_text(self, kind: str, text: str) -> None:
        """A text as `kind`; an empty one is null."""
        if not text:
            return self.set_token("Null", moves=False)
        found: Any = None
        match kind:
            case "Int32":
                found = _integer(text)
                token, name = "Integer", "integer"
            case "Boolean":
                found = boolean.read(text)
                token, name = "Boolean", "boolean"
            case "Decimal":
                found = _decimal(text)
                token, name = "Float", "decimal"
            case "Double":
                found = number_parse.parse_float(text, number_parse.FLOAT | number_parse.THOUSANDS)
                token, name = "Float", "double"
            case _:
                found = json_dates.parsed(text, self.options, offset=kind == "DateTimeOffset")
                token, name = "Date", kind
        if found is None:
            self.set_token("String", text, moves=False)
            raise self.fail(f"Could not convert string to {name}: {text}.")
        self.set_token(token, found, moves=False)
        return None


def path_of(positions: list[Position]) -> str:
    parts: list[str] = []
    for position in positions:
        if position.kind == "Object":
            parts.append(path_name(position.name, first=not any(parts)))
        else:
            parts.append(f"[{position.index}]")
    return "".join(parts)


def bytes_of(text: str) -> ByteArray:
    """The bytes that a JSON string holds: a Guid's, or Base64. FormatException."""
    from certgate.csharp.dotnet.system import guid
    from certgate.csharp.dotnet.text import base64_text

    if len(text) == 36 and "-" in text:
        try:
            return guid.to_byte_array(guid.parse_guid(text, "D"))
        except ThrownException:
            pass
    return ByteArray(base64_text.decode(text))


def _integer(text: str) -> int | None:
    try:
        return number_parse.parse_integer(text, number_parse.INTEGER, 32, True)
    except number_parse.TooLarge:
        return None


def _decimal(text: str) -> Any:
    from certgate.csharp.decimals import NetDecimal

    for styles in (number_parse.NUMBER, number_parse.FLOAT):
        try:
            read = number_parse.parse_decimal(text, styles)
        except number_parse.TooLarge:
            return None
        if read is not None:
            return NetDecimal(-read[0] if read[2] else read[0], read[1], read[2])
    return None
