"""What C# means by its values: every value is a Python object that knows its C# type.

``bool`` is bool, ``int`` is int, ``double`` is float, ``string`` is str and ``null`` is None; all others are the
classes
here or, for library types, those of ``dotnet``. Text holds UTF-16 code units: a character beyond U+FFFF stands as two
surrogates.
Does not know operators (``operations.py``) or conversions between types (``conversions.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.decimals import NetDecimal
from certgate.csharp.float_text import float_text, single_text
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import ArrayType, NetType, TypeDefinition
from certgate.csharp.utf16 import from_utf16 as from_utf16
from certgate.csharp.utf16 import to_utf16 as to_utf16

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Long(int):
    __slots__ = ()


class Byte(int):
    __slots__ = ()


class SByte(int):
    __slots__ = ()


class Short(int):
    __slots__ = ()


class UShort(int):
    __slots__ = ()


class UInt(int):
    __slots__ = ()


class ULong(int):
    __slots__ = ()


class Single(float):
    """A float that holds a value which 32 bits can hold: make it with :func:`single`."""

    __slots__ = ()


class Char(str):
    """One UTF-16 code unit."""

    __slots__ = ()


class NetObject:
    """Base of the values of library types.

    `net_type` is a class attribute, or set for each object of a generic type.
    """

    __slots__ = ()

    net_type: NetType

    def to_text(self) -> str:
        """``ToString()``."""
        return type_of(self).reflection_name

    def net_equals(self, other: object) -> bool:
        """``Equals(object)``."""
        return self is other

    def key(self) -> Any:
        """What stands for this value in a Python dict or set: equal where ``Equals`` says so."""
        return (NetObject, id(self))


class EnumValue(NetObject):
    """A value of an enum: get it from :func:`enum_value`."""

    __slots__ = ("net_type", "value")

    def __init__(self, net_type: NetType, value: int) -> None:
        self.net_type = net_type
        self.value = value

    def __repr__(self) -> str:
        return f"{self.net_type.display}.{self.to_text()}"

    def __int__(self) -> int:
        return self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EnumValue) and self.value == other.value and self.net_type is other.net_type

    def __hash__(self) -> int:
        return hash((self.net_type, self.value))

    def net_equals(self, other: object) -> bool:
        return self == other

    def key(self) -> Any:
        return self

    def to_text(self) -> str:
        definition = self.net_type.definition
        assert definition is not None  # noqa: S101 - an enum always has one
        return enum_text(definition, self.value)


def enum_text(definition: TypeDefinition, value: int) -> str:
    """``Enum.ToString()``: a name, names joined for [Flags], or the number."""
    for name, constant in definition.constants.items():
        if constant == value:
            return name
    if definition.flags and value:
        rest, names = value, []
        for name, constant in sorted(definition.constants.items(), key=lambda item: -item[1]):
            if constant and rest & constant == constant:
                rest &= ~constant
                names.append(name)
        if not rest:
            return ", ".join(reversed(names))
    return str(value)


_enum_values: dict[tuple[TypeDefinition, int], EnumValue] = {}


def enum_value(definition: TypeDefinition | str, value: int | str) -> EnumValue:
    """The value of an enum by number or by constant name; `definition` may be a full type name."""
    if isinstance(definition, str):
        definition = types.named(definition).definition
    number = definition.constants[value] if isinstance(value, str) else value
    found = _enum_values.get((definition, number))
    if found is None:
        found = EnumValue(definition.type, number)
        if len(_enum_values) < 10_000:
            _enum_values[definition, number] = found
    return found


class NetArray(NetObject):
    """``T[]``; `items` is the list of its elements. Made with :func:`array`."""

    __slots__ = ("items", "lengths", "net_type")

    def __init__(self, net_type: ArrayType, items: Any, lengths: tuple[int, ...] | None = None) -> None:
        self.net_type: NetType = net_type
        self.items = items
        self.lengths = lengths or (len(items),)

    @property
    def element_type(self) -> NetType:
        assert isinstance(self.net_type, ArrayType)  # noqa: S101 - set so in __init__
        return self.net_type.element

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def get(self, index: int) -> Any:
        """The element; a Python IndexError where .NET throws (negative indexes too)."""
        if index < 0:
            raise IndexError(index)
        return self.items[index]

    def put(self, index: int, value: Any) -> None:
        if index < 0:
            raise IndexError(index)
        self.items[index] = value


BYTES = tuple(Byte(number) for number in range(256))
"""All values of ``byte``."""


class ByteArray(NetArray):
    """``byte[]``; `items` is a bytearray."""

    __slots__ = ()

    def __init__(self, data: Iterable[int] = b"") -> None:
        super().__init__(types.BYTE.array(), bytearray(data))

    def __iter__(self) -> Iterator[Byte]:
        return map(BYTES.__getitem__, self.items)

    def __bytes__(self) -> bytes:
        return bytes(self.items)

    def get(self, index: int) -> Any:
        if index < 0:
            raise IndexError(index)
        return BYTES[self.items[index]]


def array(element: NetType, items: Iterable[Any]) -> NetArray:
    """A one-dimensional array of that element type (a ByteArray for ``byte``)."""
    return ByteArray(items) if element is types.BYTE else NetArray(element.array(), list(items))


class NetSequence(NetObject):
    """A lazy ``IEnumerable<T>``: `start` gives a fresh iterator each time it is enumerated."""

    __slots__ = ("element_type", "net_type", "start")

    def __init__(self, element_type: NetType, start: Callable[[], Iterator[Any]]) -> None:
        self.element_type = element_type
        self.net_type: NetType = types.unnamed(types.named("System.Collections.Generic.IEnumerable", element_type))
        self.start = start

    def __iter__(self) -> Iterator[Any]:
        return self.start()


class DelegateValue(NetObject):
    """A delegate: calling it runs the lambda or method behind it. `out` and `ref` work as in ``members.Member``."""

    __slots__ = ("call", "net_type", "target")

    def __init__(self, net_type: NetType, call: Callable[..., Any], target: Any = None) -> None:
        self.net_type = net_type
        self.call = call
        self.target = target

    def __call__(self, *arguments: Any) -> Any:
        return self.call(*arguments)


class AnonymousValue(NetObject):
    """``new { A = 1 }``."""

    __slots__ = ("items", "net_type")

    def __init__(self, net_type: types.AnonymousType, items: tuple[Any, ...]) -> None:
        self.net_type: NetType = net_type
        self.items = items

    def to_text(self) -> str:
        names = self.net_type.names if isinstance(self.net_type, types.AnonymousType) else ()
        parts = ", ".join(f"{name} = {text_of(item)}" for name, item in zip(names, self.items, strict=True))
        return f"{{ {parts} }}"

    def net_equals(self, other: object) -> bool:
        if not isinstance(other, AnonymousValue) or other.net_type is not self.net_type:
            return False
        return all(map(equals, self.items, other.items))

    def key(self) -> Any:
        return (self.net_type, *map(key_of, self.items))


class ItemsValue(NetObject):
    """A value that is its items, equal to another of its kind with equal items."""

    __slots__ = ("items", "net_type")

    def __init__(self, net_type: NetType, items: tuple[Any, ...]) -> None:
        self.net_type = net_type
        self.items = items

    def to_text(self) -> str:
        return f"({', '.join(map(text_of, self.items))})"

    def net_equals(self, other: object) -> bool:
        if type(other) is not type(self) or len(other.items) != len(self.items):
            return False
        return all(map(equals, self.items, other.items))

    def key(self) -> Any:
        return (type(self), *map(key_of, self.items))


class TupleValue(ItemsValue):
    """A ValueTuple; `items` are its elements. A value: never changed in place."""

    __slots__ = ()


class TypeValue(NetObject):
    """What ``typeof(T)`` and ``GetType()`` give: a ``System.Type``."""

    __slots__ = ("of",)

    def __init__(self, of: NetType) -> None:
        self.of = of

    @property
    def net_type(self) -> NetType:  # type: ignore[override]
        return types.named("System.Type")

    def to_text(self) -> str:
        return self.of.reflection_name

    def net_equals(self, other: object) -> bool:
        return isinstance(other, TypeValue) and other.of is self.of

    def key(self) -> Any:
        return (TypeValue, self.of)


_CLASSES: dict[type, NetType] = {
    bool: types.BOOLEAN,
    int: types.INT32,
    float: types.DOUBLE,
    str: types.STRING,
    Char: types.CHAR,
    Long: types.INT64,
    Byte: types.BYTE,
    SByte: types.SBYTE,
    Short: types.INT16,
    UShort: types.UINT16,
    UInt: types.UINT32,
    ULong: types.UINT64,
    Single: types.SINGLE,
    NetDecimal: types.DECIMAL,
}
types.PYTHON_CLASSES.update(_CLASSES)


def type_of(value: Any) -> NetType:
    """The run-time type of a value; the type of ``null`` for None. TypeError for what is no C# value."""
    if value is None:
        return types.NULL
    found = types.PYTHON_CLASSES.get(value.__class__)
    if found is not None:
        return found
    found = getattr(value, "net_type", None)
    if isinstance(found, NetType):
        return found
    for base in type(value).__mro__:
        if base in types.PYTHON_CLASSES:
            return types.PYTHON_CLASSES[base]
    raise TypeError(f"{type(value).__name__} is not a C# value")


def text_of(value: Any) -> str:
    """``ToString()`` of any value, the invariant culture's; ``""`` for null, as concatenation has it."""
    if value is None:
        return ""
    writer = _WRITERS.get(value.__class__)
    if writer is not None:
        return writer(value)
    if isinstance(value, NetObject) and type(value).to_text is not NetObject.to_text:
        charge_steps(1)
        text = value.to_text()
        charge_size(len(text))
        return text
    return _declared_text(value)


def _declared_text(value: Any) -> str:
    kind = type_of(value)
    definition = kind.definition
    if definition is not None and kind is not types.OBJECT:
        for member in definition.members("ToString"):
            if member.call is not None and not member.signature.parameters:
                return str.__str__(member.call(value))
    return kind.reflection_name


def _integer_text(value: int) -> str:
    return int.__str__(value)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: lambda value: value,
    Char: str.__str__,
    bool: lambda value: "True" if value else "False",
    int: _integer_text,
    float: float_text,
    Single: single_text,
    NetDecimal: NetDecimal.to_text,
    **dict.fromkeys((Long, Byte, SByte, Short, UShort, UInt, ULong), _integer_text),
}


def equals(left: Any, right: Any) -> bool:
    """``object.Equals(left, right)``."""
    if left is None or right is None:
        return left is right
    if isinstance(left, NetObject):
        charge_steps(1)
        return left.net_equals(right)
    if left.__class__ is not right.__class__:
        return False
    return bool(left == right or (left != left and right != right))


def key_of(value: Any) -> Any:
    """What stands for a value in a Python dict or set: equal keys where ``Equals`` says so."""
    kind = value.__class__
    if kind is str or kind is int or value is None:
        return value
    if isinstance(value, NetObject):
        charge_steps(1)
        return value.key()
    if value != value:
        return (kind, "NaN")
    return (kind, value)


def iterate(value: Any) -> Iterator[Any]:
    """The elements of anything that C# enumerates: a string gives its characters as Char."""
    if isinstance(value, str):
        return map(Char, value)
    return iter(value)


def iterate_as(value: Any, element: NetType) -> Iterator[Any]:
    """The elements as ones of type `element`: a collection that is more than one sequence is asked for that one."""
    enumerated = getattr(value, "enumerated", None)
    return iterate(value) if enumerated is None else enumerated(element)


def single(number: float) -> Single:
    """The nearest 32-bit float."""
    import struct

    try:
        return Single(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return Single(float("inf") if number > 0 else float("-inf"))


def convert_literal(text: str, kind: NetType) -> Any:
    """The value that a literal in a declaration spells, as a value of `kind`: numbers, strings, ``true``, ``null``,
    enum constants."""
    if text in ("null", "default"):
        return default_of(kind)
    if text in ("true", "false"):
        return text == "true"
    if text.startswith('"'):
        return text[1:-1]
    if text.startswith("'"):
        return Char(text[1:-1])
    inner = types.nullable_inner(kind) or kind
    if inner.kind == "enum" and inner.definition is not None:
        return enum_value(inner.definition, inner.definition.constants[text.rpartition(".")[2]])
    return make_number(inner, text)


def make_number(kind: NetType, text: str) -> Any:
    maker = NUMBER_CLASSES.get(kind)
    if maker is None:
        raise ValueError(f"{text!r} is not a value of {kind.display}")
    if maker is NetDecimal:
        return NetDecimal.parse(text)
    return maker(float(text)) if issubclass(maker, float) else maker(int(text, 0))


NUMBER_CLASSES: dict[NetType, Any] = {
    kind: python for python, kind in _CLASSES.items() if python not in (bool, str, Char)
}
"""C# numeric type -> Python class."""


def default_of(kind: NetType) -> Any:
    """``default(T)``."""
    if not kind.is_value:
        return None
    match kind:
        case types.TupleType():
            return TupleValue(kind, tuple(map(default_of, kind.elements)))
        case types.NamedType() if kind.definition is types.NULLABLE:
            return None
        case types.NamedType() if kind.kind == "enum":
            return enum_value(kind.definition, 0)
    if kind is types.BOOLEAN:
        return False
    if kind is types.CHAR:
        return Char("\0")
    if maker := NUMBER_CLASSES.get(kind):
        return NetDecimal(0, 0) if maker is NetDecimal else maker(0)
    definition = kind.definition
    if definition is None:
        return None
    definition.load()
    return definition.default(kind) if definition.default is not None else StructDefault(kind)


class StructDefault(NetObject):
    """The default value of a struct that certgate has not got."""

    __slots__ = ("net_type",)

    def __init__(self, net_type: NetType) -> None:
        self.net_type = net_type


def display(value: Any, limit: int = 20) -> str:
    """A value for a person, as C# would write it; of a collection the first `limit` elements."""
    from certgate.csharp import display as module

    return module.display(value, limit)
